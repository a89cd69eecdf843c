"""How the tasks of the home screen run a command and tell what it said, and the lines that several of them ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from stockcheck.assessment.checks import SUFFIX
from stockcheck.home import shelf
from stockcheck.home.commands import Said
from stockcheck.home.desk import Desk
from stockcheck.home.dialogs import Field, FormDialog
from stockcheck.language import _


def yes_no() -> dict[str, str]:
    return {"no": _("no"), "yes": _("yes")}


def recorded_by(app: Desk) -> Field:
    return Field("by", _("Who records it"), app.kept.by, hint=_("The name that stands beside what is recorded."))


def about_depot(now: Mapping[str, str]) -> list[Field]:
    """The lines for what a file says of its depot, `now` by `depot`, `marking`, `code` and `date`."""
    hints = {
        "depot": (_("Depot"), _("What the depot is called. It stands on every page of the report.")),
        "marking": (_("Marking"), _("Stands above every page, such as RESTRICTED; may stay empty.")),
        "code": (_("Code"), _("A short text that tells the depot from others; may stay empty.")),
        "date": (_("Date"), _("The day the assessment is about, year-month-day.")),
    }
    return [Field(name, label, now.get(name, ""), hint=hint) for name, (label, hint) in hints.items()]


def beside(file: Path, what: str, ending: str) -> str:
    """A free name for what is made of an assessment, in its folder."""
    name = shelf.proposed_name(f"{file.name.removesuffix(SUFFIX)} {what}", "", file.parent, ending)
    return shelf.shown(file.parent / name)


def reader(app: Desk, heading: str) -> Callable[[Said], None]:
    return lambda said: app.read(heading, said.text)


def read(app: Desk, heading: str, work: Callable[[], Said]) -> None:
    """Work something out, and show it to be read; a refusal is said on the message line."""

    def done(said: Said) -> None:
        if said.refused and not said.lines:
            app.tell(said.refused, trouble=True)
        else:
            app.read(heading, said.text)

    app.work(work, done)


def run(app: Desk, dialog: FormDialog, work: Callable[[], Said], done: Callable[[Said], None]) -> None:
    """Have a command run for a dialog: it stays, with what was typed, where the command refuses."""
    dialog.working(_("Working …"))

    def after(said: Said) -> None:
        dialog.working("")
        if said.refused:
            dialog.tell(said.text)
        else:
            app.kept.forget_draft(dialog.drafts)
            dialog.dismiss(None)
            app.renew()
            done(said)

    if not app.work(work, after):
        dialog.working("")
