"""A protected assessment at the home screen: its passphrase is asked for in a dialog, and kept in memory alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from stockcheck.assessment import unlocking
from stockcheck.assessment.protecting import protection_of
from stockcheck.home import shelf
from stockcheck.home.commands import Said
from stockcheck.home.desk import Desk
from stockcheck.home.dialogs import Field, FormDialog
from stockcheck.home.running import run
from stockcheck.language import _


def unlock(app: Desk, file: Path, then: Callable[[], object]) -> None:
    """Ask for the passphrase of `file` until it is the right one, or the person goes back; then do `then`."""
    hint = _("What the file was protected with. One that is forgotten cannot be got back.")

    def do(dialog: FormDialog, given: dict[str, str]) -> None:
        run(app, dialog, lambda: _tried(file, given["passphrase"]), opened)

    def opened(_said: Said) -> None:
        then()

    title = _("{file} is protected by a passphrase.").format(file=shelf.shown(file))
    field = Field("passphrase", _("Passphrase"), hint=hint, hidden=True)
    app.push_screen(FormDialog(title, [field], _("Open"), do, {}))  # what is typed is kept nowhere


def _tried(file: Path, passphrase: str) -> Said:
    protection = protection_of(file)
    if protection is not None and not unlocking.is_open(protection):
        vault = unlocking.opened_by(protection, passphrase)
        if vault is None:
            return Said(refused=str(unlocking.wrong(file)))
        unlocking.remember(vault)
    return Said()
