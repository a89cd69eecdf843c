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
from stockcheck.language import _, ngettext
from stockcheck.plaintext import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from stockcheck.assessment.state import State
    from stockcheck.checklist.model import Checklist
    from stockcheck.checklist.succession import Upgrade
    from stockcheck.questionnaire.linewise import LineByLine, Say
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
    from stockcheck.checklist.answers import typed_date
    from stockcheck.errors import AnswerError

    try:
        return typed_date(text)
    except AnswerError as error:
        raise UsageError(error.message, error.hint) from error


def answer(
    file: FileArgument,
    plain: Annotated[bool, typer.Option("--plain", help=_("Line by line instead of full-screen."))] = False,
    classroom: Annotated[
        bool, typer.Option("--classroom", help=_("In a workshop: first the help for where nobody can go and look."))
    ] = False,
    by: By = "",
) -> None:
    """Answer the questionnaire."""
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.file import open_file
    from stockcheck.questionnaire.session import Session

    check_input()
    with open_file(file, write=True, by=by or user_name()) as opened:
        session = Session(opened, language.current(), classroom=classroom)
        at_terminal = sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()  # the screen is painted there
        if plain or not at_terminal or os.environ.get("TERM", "") in ("", "dumb"):
            _answer_plainly(session)
        else:
            from stockcheck.questionnaire.screen.app import run

            run(session)


def check_input() -> None:
    """Raises `UsageError` when standard input was closed by whoever started the program."""
    if sys.stdin is None:
        raise UsageError(
            _("Standard input is closed: there is nothing to read answers from."),
            _("Give them by a pipe or a file, or answer at a terminal."),
        )


def _answer_plainly(session: Session) -> None:
    from stockcheck.questionnaire.plain import PlainQuestionnaire

    if session.file.read_only and not sys.stdin.isatty():
        raise AssessmentFileError(session.file.read_only)
    line_by_line(lambda say, patient, encoding: PlainQuestionnaire(session, say, patient=patient, encoding=encoding))


def line_by_line(make: Callable[[Say, bool, str], LineByLine]) -> None:
    """Go through the lines of standard input, saying things on standard output.

    `make` is given how to say one, whether a person types them, and what they are written in.
    """
    import shutil
    import textwrap

    from stockcheck.questionnaire.lines import lines_of

    width = min(shutil.get_terminal_size().columns, 100) if sys.stdout.isatty() else 0

    def say_wrapped(line: str) -> None:
        say(textwrap.fill(line, width, subsequent_indent="  ") if width else line)

    patient = sys.stdin.isatty()
    # A terminal speaks what the locale says; a file is UTF-8, as checklists are.
    encoding = sys.stdin.encoding.lower() if patient else "utf-8"
    try:
        make(say_wrapped, patient, encoding).run(lines_of(sys.stdin.buffer))
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
    from stockcheck.assessment.upgrade import upgrade as carry_over

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
        before = opened.state
        _tell_upgrade(carry_over(opened, newer), before, opened.state)


def _tell_upgrade(plan: Upgrade, before: State, after: State) -> None:
    """What became of each answer, as the file has it now; those that are in the history only are named."""
    from stockcheck.assessment.outcome import outcome
    from stockcheck.checklist.translation import in_language
    from stockcheck.scoring.scorecard import Scorecard

    was, spoken = in_language(before.checklist, language.current()), in_language(after.checklist, language.current())
    found = outcome(plan, before, after)
    say(
        _("Now with {title}, version {version}.").format(title=spoken.title, version=spoken.version),
        provenance_line(after.checklist),
    )
    if after.checklist.rules != before.checklist.rules:
        say(
            _("From now on it is scored by version {new} of the rules; up to now it was by version {old}.").format(
                new=after.checklist.rules, old=before.checklist.rules
            )
        )
    say(
        _("Answers carried: {carried}; moved: {moved}; to review: {review}; kept in the history only: {gone}.").format(
            carried=len(found.carried),
            moved=len(found.moved),
            review=len(found.review),
            gone=len(found.gone) + len(found.facts),
        )
    )
    for name in found.review:
        say(_("  review {id}: {text}").format(id=name, text=spoken.question[name].text))
    for name in found.facts:
        say(_("  history only, about the depot: {text}").format(text=was.field[name].text))
    for name in found.gone:
        say(_("  history only {id}: {text}").format(id=name, text=was.question[name].text))
    if aside := Scorecard(spoken, after.answers, after.facts, after.on, after.accepted).set_aside:
        words = ngettext(
            "{n} answer is “not applicable” and counts as open until somebody else has countersigned it: {ids}.",
            "{n} answers are “not applicable” and count as open until somebody else has countersigned them: {ids}.",
            len(aside),
        )
        say(words.format(n=len(aside), ids=", ".join(line.question.id for line in aside)), _("Next: stockcheck review"))
