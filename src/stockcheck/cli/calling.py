"""Checklists as a command names them; it is said when the one found is not the one that the name is known for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from stockcheck.language import _

if TYPE_CHECKING:
    from stockcheck.checklist.model import Checklist


def called(name: str) -> Checklist:
    """The checklist called `name`, or at the path `name`. Raises `UsageError` and `ChecklistError`."""
    from stockcheck.checklist.loading import load

    announce(name)
    return load(name)


def announce(*names: str) -> None:
    """Say on standard error which of `names` mean a checklist in the user's folder that hides a shipped one."""
    from stockcheck.checklist.loading import hiding
    from stockcheck.plaintext import clean

    for name, path in hiding().items():
        if name in names:
            message = _("Note: {name} is {file} here, and hides the checklist of that name that stockcheck ships.")
            print(message.format(name=name, file=clean(str(path))), file=sys.stderr)
