"""Where checklist files are found: in the user's own folder, with the program, or at a path."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from stockcheck.checklist.shipped import heads, shipped
from stockcheck.closest import closest
from stockcheck.errors import UsageError
from stockcheck.language import _
from stockcheck.plaintext import named, one_line


def folders() -> list[Path]:
    """Where checklists are looked for by name: the user's own folder, then the ones that come with the program."""
    from platformdirs import user_data_path  # late: most commands open a file that carries its checklist

    return [user_data_path("stockcheck") / "checklists", shipped()]


def names() -> dict[str, Path]:
    """Every checklist that can be called by name; one of the user's own stands before a shipped one of that name."""
    found: dict[str, Path] = {}
    for folder in folders():
        for path in heads(folder):
            found.setdefault(path.stem, path)
    return found


def hiding() -> dict[str, Path]:
    """The user's own checklists that are called as a shipped one is, and are found in its place."""
    found = names().items()
    return {name: path for name, path in found if path != (its := shipped() / f"{name}.yaml") and its.is_file()}


def find(name: str) -> Path:
    """The file of the checklist called `name`, or at the path `name`. Raises `UsageError`."""
    if name.endswith((".yaml", ".yml")) or os.sep in name:
        if not os.path.isfile(name):
            raise UsageError(_("There is no checklist file {file}.").format(file=named(name)))
        return Path(name)
    known = names()
    if name not in known:
        raise not_known(_("There is no checklist called {name}."), name, known)
    return known[name]


def not_known(message: str, name: str, known: Collection[str]) -> UsageError:
    """That there is nothing called `name`, in the words of `message`, with what was meant, or all that is `known`."""
    meant = closest(name, known)
    return UsageError(
        message.format(name=one_line(name, limit=200)),
        _("Did you mean {name}?").format(name=one_line(meant, limit=200))
        if meant
        else _("There are: {names}.").format(names=one_line(", ".join(known))),
    )
