"""What the home screen remembers: where assessments lie, and the language and the look that were chosen.

A list of paths tells where depots' files are, and nothing of what is in them. It is its owner's alone, bounded, and a
convenience: one that cannot be read, or that somebody else may have written, is as if there were none, and one that
cannot be written is left.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stockcheck import files
from stockcheck.errors import StockcheckError, UsageError

#: Set to anything in the environment, no list is kept, and none is shown.
NO_RECENT = "STOCKCHECK_NO_RECENT"
#: The most paths that are kept.
MOST = 30
#: The longest path that is kept, in characters, and the largest file that is read, in bytes.
_LONGEST, _LARGEST = 4096, 1 << 18
_RECENT, _CHOICES = "recent.json", "choices.json"


def folder() -> Path:
    """Where it is kept: the place that the system has for what a program remembers."""
    from platformdirs import user_state_path

    return user_state_path("stockcheck", appauthor=False)


def keeps_recent() -> bool:
    """Whether a list is kept."""
    return not os.environ.get(NO_RECENT) and choice("recent") != "none"


def recent() -> list[Path]:
    """Where assessments were opened, the last one first."""
    found = _read(_RECENT).get("paths") if keeps_recent() else None
    return [Path(one) for one in found if _is_path(one)][:MOST] if isinstance(found, list) else []


def remember(path: Path) -> None:
    """Put `path` first."""
    if keeps_recent():
        here = Path(os.path.abspath(path))
        if _is_path(str(here)):
            _keep_recent([here, *(one for one in recent() if one != here)])


def forget(path: Path | None = None) -> None:
    """Take `path` off the list, or all of it. The file itself stays as it is."""
    left = [] if path is None else [one for one in recent() if one != Path(os.path.abspath(path))]
    if left:
        _keep_recent(left)
    else:
        with contextlib.suppress(OSError):
            (folder() / _RECENT).unlink()


def choice(name: str) -> str:
    """What was chosen under `name`, such as the language; empty where nothing was."""
    found = _read(_CHOICES).get(name)
    return found if isinstance(found, str) and len(found) < 80 else ""


def choose(name: str, value: str) -> None:
    """Remember a choice."""
    known = {key: one for key, one in _read(_CHOICES).items() if isinstance(one, str) and len(key) + len(one) < 160}
    _write(_CHOICES, {**dict(list(known.items())[:20]), name: value})


def _keep_recent(paths: list[Path]) -> None:
    _write(_RECENT, {"paths": [str(path) for path in paths[:MOST]]})


def _is_path(one: object) -> bool:
    """Whether it is the whole path of a file, as this module writes them."""
    return (
        isinstance(one, str) and len(one) <= _LONGEST and "\0" not in one and os.path.isabs(one) and _can_be_named(one)
    )


def _can_be_named(text: str) -> bool:
    try:
        os.fsencode(text)
    except ValueError:
        return False
    return True


def _read(name: str) -> dict[str, Any]:
    """What is kept in the file `name`; nothing where it is not a sound file of ours."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(folder() / name, flags)
        with open(descriptor, "rb") as file:
            if not _is_ours(os.fstat(descriptor)):
                return {}
            text = file.read(_LARGEST + 1)
        found = json.loads(text) if len(text) <= _LARGEST else None
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_ours(found: os.stat_result) -> bool:
    """Whether it is a file, and its owner's alone to write. Windows knows no such owner."""
    return _is_own_file(found) and (os.name == "nt" or not found.st_mode & 0o022)


def _is_own_file(found: os.stat_result) -> bool:
    return stat.S_ISREG(found.st_mode) and (os.name == "nt" or found.st_uid == os.geteuid())


def _write(name: str, content: Mapping[str, object]) -> None:
    place = folder()
    with contextlib.suppress(OSError, ValueError, StockcheckError):
        place.mkdir(0o700, parents=True, exist_ok=True)
        if os.name != "nt":
            if place.lstat().st_uid != os.geteuid():
                return
            place.chmod(0o700)
        path = place / name
        if path.is_symlink():  # what it leads to is somebody's, and is not written over
            path.unlink()
        files.write(path, lambda file: file.write(json.dumps(content).encode("ascii")), _may_replace)


def _may_replace(path: Path) -> None:
    if not _is_own_file(path.lstat()):
        raise UsageError("")  # nobody is told: what is remembered is a convenience
