"""Checklists as a command names them; it is said when the one found is not the one that the name is known for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockcheck.cli.saying import complain
from stockcheck.language import _
from stockcheck.plaintext import named

if TYPE_CHECKING:
    from stockcheck.checklist.model import Checklist


def load_named(name: str) -> Checklist:
    """The checklist called `name`, or at the path `name`. Raises `UsageError` and `ChecklistError`."""
    from stockcheck.checklist.library import load

    announce(name)
    return load(name)


def announce(*names: str) -> None:
    """Say on standard error which of `names` mean a checklist in the user's folder that hides a shipped one."""
    from stockcheck.checklist.sources import hiding

    for name, path in hiding().items():
        if name in names:
            message = _("Note: {name} is {file} here, and hides the checklist of that name that stockcheck ships.")
            complain(message.format(name=named(name), file=named(path)))
