"""Where keys are kept: a folder of the user's own configuration, for its owner alone.

Who could write here could have a forger called by the name of a friend. So what somebody else may write is refused.
"""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

from stockcheck import files
from stockcheck.errors import StockcheckError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import named, reason


def folder() -> Path:
    """The folder, whether or not it is there."""
    from platformdirs import user_config_path

    return user_config_path("stockcheck", appauthor=False) / "keys"


def read(name: str, most: int) -> dict[str, Any] | None:
    """What the file `name` holds, `most` bytes of JSON; None where there is none.

    Raises `StockcheckError` for one that cannot be read, is too large, is no JSON object, or is not its owner's alone.
    """
    path = folder() / name
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags)
        with open(descriptor, "rb") as file:
            if not _is_ours(os.fstat(descriptor)):
                raise _not_ours(path)
            content = file.read(most + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StockcheckError(_("{file} cannot be read: {why}.").format(file=named(path), why=reason(error))) from error
    try:
        found = json.loads(content) if len(content) <= most else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise damaged(name)
    return found


def damaged(name: str) -> StockcheckError:
    """That the file `name` is not as it was written."""
    return StockcheckError(
        _("{file} is damaged: it is not as stockcheck wrote it.").format(file=named(folder() / name)),
        _("Put a copy in its place, or take it away."),
    )


def write(name: str, content: object) -> Path:
    """Keep `content` in the file `name`, whole or not at all, and say where. Raises `StockcheckError`."""
    path = folder() / name
    try:
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
        if os.name != "nt":
            if path.parent.lstat().st_uid != os.geteuid():
                raise _not_ours(path.parent)
            path.parent.chmod(0o700)
        text = json.dumps(content, ensure_ascii=False, indent=1)
        files.write(path, lambda file: file.write(text.encode("utf-8")), _may_replace)
    except OSError as error:
        raise StockcheckError(
            _("{file} cannot be written: {why}.").format(file=named(path), why=reason(error))
        ) from error
    return path


def _may_replace(path: Path) -> None:
    found = path.lstat()
    if path.parent != folder() or not _is_ours(found):
        raise UsageError(_("{file} is somebody else’s: it stays as it is.").format(file=named(path)))


def _is_ours(found: os.stat_result) -> bool:
    """Whether it is a file, and its owner's alone to write. Windows knows no such owner."""
    return stat.S_ISREG(found.st_mode) and (
        os.name == "nt" or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)
    )


def _not_ours(path: Path) -> StockcheckError:
    return StockcheckError(
        _("{file} can be written by somebody else: nothing in it is trusted.").format(file=named(path)),
        _("Look at what is in it, then give it to yourself alone."),
    )
