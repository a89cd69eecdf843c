"""Checklists as a command names them; it is said when the one found is not the one that the name is known for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from stockcheck import MADE
from stockcheck.cli.saying import complain
from stockcheck.language import _
from stockcheck.plaintext import named

if TYPE_CHECKING:
    from stockcheck.checklist.model import Checklist

#: How long after the program was made a clock may stand before it is asked after.
FAR_OFF = dt.timedelta(days=15 * 366)


def load_named(name: str) -> Checklist:
    """The checklist called `name`, or at the path `name`. Raises `UsageError` and `ChecklistError`."""
    from stockcheck.checklist.library import load

    announce(name)
    return load(name)


def doubtful_today() -> dt.date:
    """Today by this computer's clock; on standard error a word where that can hardly be: before the program was made,
    or long after.
    """
    today = dt.datetime.now().date()  # not `date.today`, which knows no year after 2262
    made = dt.date.fromisoformat(MADE)
    if not made <= today <= made + FAR_OFF:
        said = _("Note: this computer’s clock says {date}, and this program was made on {made}. Is the clock right?")
        complain(
            said.format(date=today.isoformat(), made=MADE)
            + " "
            + _("Entries bear its time, and an assessment its date unless one is given.")
        )
    return today


def warn_of_future(on: dt.date, today: dt.date) -> None:
    """Say on standard error that a date lies in the future."""
    if (on - today).days > 1:  # tomorrow has begun elsewhere
        complain(_("Note: {date} lies in the future. Is it what you meant?").format(date=on.isoformat()))


def announce(*names: str) -> None:
    """Say on standard error which of `names` mean a checklist in the user's folder that hides a shipped one."""
    from stockcheck.checklist.sources import hiding

    for name, path in hiding().items():
        if name in names:
            message = _("Note: {name} is {file} here, and hides the checklist of that name that stockcheck ships.")
            complain(message.format(name=named(name), file=named(path)))


def tell_plain(output: Path, *made_from: Path) -> None:
    """Say on standard error that `output` is a plain file, where one of the assessments it was made from is not."""
    from stockcheck.assessment.protecting import protection_of

    if any(protection_of(file) is not None for file in made_from):
        complain(
            _("Note: {file} is not protected, and tells what the protected assessment tells.").format(
                file=named(output)
            )
        )


def tell_what_protection_means(*, there_before: bool) -> None:
    """Say on standard error what somebody should know before a file is protected; `there_before`: a plain one was."""
    complain(
        _("A passphrase that is forgotten cannot be got back by anybody: all that is in the file is lost with it.")
    )
    if there_before:
        complain(
            _(
                "Copies, backups and reports made before stay readable, and so may what the file was before, on parts "
                "of the disk that are free now."
            )
        )
