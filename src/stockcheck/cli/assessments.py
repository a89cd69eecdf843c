"""new, answer, upgrade: making an assessment, filling it, and carrying it to a newer checklist."""

from __future__ import annotations

import datetime as dt
import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stockcheck import language
from stockcheck.cli.calling import called
from stockcheck.cli.saying import complain, say
from stockcheck.cli.usage import App
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import named

if TYPE_CHECKING:
    from stockcheck.checklist.model import Checklist
    from stockcheck.questionnaire.session import Session

FileArgument = Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The assessment, such as depot.stockcheck."))]
By = Annotated[
    str,
    typer.Option("--by", metavar=_("NAME"), help=_("Who answers (default: the account's name)."), show_default=False),
]


def add_to(app: App) -> None:
    """Register the commands of this module."""
    app.command(help=_("Start an assessment in a new file."))(new)
    app.command(help=_("Answer the questionnaire; go on where it was left."))(answer)
    app.command(help=_("Carry the answers to a newer version of the checklist."))(upgrade)


def new(
    file: FileArgument,
    checklist: Annotated[
        str,
        typer.Option("--checklist", "-c", metavar=_("CHECKLIST"), help=_("A name from “checklist list”, or a file.")),
    ],
    depot: Annotated[
        str,
        typer.Option(metavar=_("NAME"), help=_("The depot's name (default: the file's name)."), show_default=False),
    ] = "",
    marking: Annotated[
        str,
        typer.Option(metavar=_("TEXT"), help=_("Marking for every page, such as RESTRICTED."), show_default=False),
    ] = "",
    date: Annotated[
        str,
        typer.Option(
            metavar=_("DATE"),
            help=_("Date of the assessment, year-month-day (default: today)."),
            show_default=False,
        ),
    ] = "",
    by: By = "",
) -> None:
    """Start an assessment."""
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.file import SUFFIX, create
    from stockcheck.plaintext import one_line

    today = dt.datetime.now().date()  # not `date.today`, which knows no year after 2262
    on = _date(date) if date else today
    if (on - today).days > 1:  # tomorrow has begun elsewhere
        complain(_("Note: {date} lies in the future. Is it what you meant?").format(date=on.isoformat()))
    name = depot if one_line(depot) else file.name.removesuffix(SUFFIX)
    against = called(checklist)
    create(file, against, depot=name, marking=marking, on=on, by=by or user_name())
    say(_("{file} is ready. Answer with: stockcheck answer {file}").format(file=named(file)), provenance_line(against))


def provenance_line(checklist: Checklist) -> str:
    """What checklist it is, as every command says it."""
    from stockcheck.checklist.provenance import provenance_of

    return provenance_of(checklist).line


def _date(text: str) -> dt.date:
    from stockcheck.checklist.answers import iso_date
    from stockcheck.errors import AnswerError

    try:
        return iso_date(text)
    except AnswerError as error:
        raise UsageError(error.message, error.hint) from error


def answer(
    file: FileArgument,
    plain: Annotated[bool, typer.Option("--plain", help=_("Line by line instead of full-screen."))] = False,
    by: By = "",
) -> None:
    """Answer the questionnaire."""
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.file import open_file
    from stockcheck.questionnaire.session import Session

    if sys.stdin is None:  # closed by whoever started the program
        raise UsageError(
            _("Standard input is closed: there is nothing to read answers from."),
            _("Give them by a pipe or a file, or answer at a terminal."),
        )
    with open_file(file, write=True, by=by or user_name()) as opened:
        session = Session(opened, language.current())
        at_terminal = sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()  # the screen is painted there
        if plain or not at_terminal or os.environ.get("TERM", "") in ("", "dumb"):
            _answer_plainly(session)
        else:
            from stockcheck.questionnaire.screen.app import run

            run(session)


def _answer_plainly(session: Session) -> None:
    import shutil
    import textwrap

    from stockcheck.questionnaire.lines import lines_of
    from stockcheck.questionnaire.plain import PlainQuestionnaire

    width = min(shutil.get_terminal_size().columns, 100) if sys.stdout.isatty() else 0

    def say_wrapped(line: str) -> None:
        say(textwrap.fill(line, width, subsequent_indent="  ") if width else line)

    if session.file.read_only and not sys.stdin.isatty():
        raise AssessmentFileError(session.file.read_only)
    patient = sys.stdin.isatty()
    # A terminal speaks what the locale says; a file is UTF-8, as checklists are.
    encoding = sys.stdin.encoding.lower() if patient else "utf-8"
    try:
        PlainQuestionnaire(session, say_wrapped, patient=patient, encoding=encoding).run(lines_of(sys.stdin.buffer))
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the terminal is gone: nobody can be told
        raise typer.Exit(1) from error


def upgrade(
    file: FileArgument,
    checklist: Annotated[
        str,
        typer.Option(
            "--checklist",
            "-c",
            metavar=_("CHECKLIST"),
            help=_("A name or a file (default: the same name)."),
            show_default=False,
        ),
    ] = "",
    by: By = "",
) -> None:
    """Carry the answers to a newer version of the checklist."""
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.file import open_file
    from stockcheck.checklist.translation import in_language
    from stockcheck.checklist.upgrade import upgrade as plan_upgrade

    with open_file(file, write=True, by=by or user_name()) as opened:
        newer = called(checklist or opened.checklist.id)
        if newer.id != opened.checklist.id:
            message = _("The assessment is one of {old}; {new} is another checklist, not a newer version of it.")
            raise UsageError(
                message.format(old=opened.checklist.id, new=newer.id), _("Start a new one with: stockcheck new")
            )
        if newer.digest == opened.checklist.digest:
            say(_("The assessment already uses this version of the checklist."), provenance_line(newer))
            return
        state = opened.state
        plan = plan_upgrade(opened.checklist, newer, state.entries.keys())
        noted = plan_upgrade(opened.checklist, newer, state.notes.keys() | state.flags)  # answered or not
        opened.change_checklist(newer, {**noted.moved, **plan.moved}, list(plan.review))
        spoken = in_language(newer, language.current())
        say(
            _("Now with {title}, version {version}.").format(title=spoken.title, version=spoken.version),
            provenance_line(newer),
            _(
                "Answers carried: {carried}; moved: {moved}; to review: {review}; kept in the history only: {gone}."
            ).format(carried=len(plan.carried), moved=len(plan.moved), review=len(plan.review), gone=len(plan.gone)),
        )
        for name in plan.review:
            say(_("  review {id}: {text}").format(id=name, text=spoken.question[name].text))
