"""show, set: what an assessment file is, and its depot, marking and date put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from stockcheck import language
from stockcheck.cli.arguments import By, FileArgument, date_argument
from stockcheck.cli.calling import doubtful_today, warn_of_future
from stockcheck.cli.saying import complain, say, say_json
from stockcheck.cli.usage import App
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _, ngettext

if TYPE_CHECKING:
    from stockcheck.assessment.state import State

#: Entries of the history that are shown where not all were asked for.
LATEST = 10


def add_to(app: App) -> None:
    """Register the commands of this module."""
    app.command(help=_("Say what a file is. Depot, dates, checklist, people, how far it is, its history in words."))(
        show
    )
    app.command(
        "set",
        help=_("Put the depot’s name, its code, the marking or the date right. What it was stays in the history."),
    )(set_)


def show(
    file: FileArgument,
    history: Annotated[
        bool, typer.Option("--history", help=_("The whole history, not only its latest entries."))
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON."))] = False,
) -> None:
    """Say what the file is. Raises as `assessment.file.open_file`."""
    from stockcheck.assessed import score_opened
    from stockcheck.assessment.file import open_file
    from stockcheck.questionnaire.recorded import log
    from stockcheck.report import about

    with open_file(file) as opened:
        found = score_opened(opened, language.current())
        told = list(log(opened.events, opened.checklist_named, language.current()))
    if as_json:
        say_json(about.as_json(found, opened.events, told if history else None))
        return
    say(*about.in_words(found, opened.events))
    shown = told if history else told[-LATEST:]
    say(_("History:") if len(shown) == len(told) else _("History, the latest {n} entries:").format(n=len(shown)))
    say(*(f"  {about.told_in_words(one)}" for one in shown))


def set_(
    file: FileArgument,
    depot: Annotated[
        str | None, typer.Option(metavar=_("NAME"), help=_("The depot’s name."), show_default=False)
    ] = None,
    code: Annotated[
        str | None,
        typer.Option(metavar=_("CODE"), help=_("The depot’s code; an empty one takes it away."), show_default=False),
    ] = None,
    marking: Annotated[
        str | None,
        typer.Option(
            metavar=_("TEXT"), help=_("Marking for every page; an empty one takes it away."), show_default=False
        ),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            metavar=_("DATE"), help=_("Date of the assessment, from which ages are reckoned."), show_default=False
        ),
    ] = None,
    by: By = "",
) -> None:
    """Put right what the file says of the assessment."""
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.file import open_file

    given = {"depot": depot, "code": code, "marking": marking}
    new = {name: text for name, text in given.items() if text is not None}
    if date is not None:
        on = date_argument(date)
        warn_of_future(on, doubtful_today())
        new["on"] = on.isoformat()
    if not new:
        raise UsageError(_("Nothing is to be set."), _("Such as: stockcheck set FILE --date 2026-03-31"))
    with open_file(file, write=True, by=by or user_name()) as opened:
        if opened.read_only:
            raise AssessmentFileError(opened.read_only)
        before = opened.state
        if not opened.describe(new):
            say(_("That is what the file says already: nothing was recorded."))
            return
        _tell(before, opened.state)
        if notice := opened.take_notice():
            say(notice)


def _tell(before: State, after: State) -> None:
    """What has become of what, and of the ages."""
    for title, was, now in (
        (_("Depot"), before.depot, after.depot),
        (_("Code of the depot"), before.code, after.code),
        (_("Marking"), before.marking, after.marking),
        (_("Date of the assessment"), before.on.isoformat(), after.on.isoformat()),
    ):
        if was != now:
            say(f"{title}: {was or '–'} → {now or '–'}")
    if before.on == after.on:
        return
    say(_("Ages are reckoned from that date from now on."))
    given = {**after.facts, **after.answers}
    ids = [name for name, answer in given.items() if answer.figure is not None and _is_later(answer.figure, after)]
    if ids:
        words = ngettext(
            "Note: {n} answer is a later date, and counts as of age 0: {ids}.",
            "Note: {n} answers are later dates, and count as of age 0: {ids}.",
            len(ids),
        )
        complain(words.format(n=len(ids), ids=", ".join(ids)))


def _is_later(figure: object, state: State) -> bool:
    import datetime as dt

    return isinstance(figure, dt.date) and figure > state.on
