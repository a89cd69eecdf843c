"""new, answer, verify, upgrade: making an assessment, filling it, and keeping it sound."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stockcheck import language
from stockcheck.cli.usage import App
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _, ngettext

if TYPE_CHECKING:
    from stockcheck.questionnaire.session import Session

FileArgument = Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The assessment, such as depot.stockcheck."))]
By = Annotated[str, typer.Option("--by", help=_("Who answers (default: the account's name)."), show_default=False)]


def add_to(app: App) -> None:
    """Register the commands of this module."""
    app.command(help=_("Start an assessment in a new file."))(new)
    app.command(help=_("Answer the questionnaire; go on where it was left."))(answer)
    app.command(help=_("Check that nothing recorded was changed afterwards."))(verify)
    app.command(help=_("Carry the answers to a newer version of the checklist."))(upgrade)


def new(
    file: FileArgument,
    checklist: Annotated[str, typer.Option("--checklist", "-c", help=_("A name from “checklist list”, or a file."))],
    depot: Annotated[
        str, typer.Option(help=_("The depot's name (default: the file's name)."), show_default=False)
    ] = "",
    marking: Annotated[
        str, typer.Option(help=_("Marking for every page, such as RESTRICTED."), show_default=False)
    ] = "",
    date: Annotated[
        str, typer.Option(help=_("Date of the assessment, year-month-day (default: today)."), show_default=False)
    ] = "",
    by: By = "",
) -> None:
    """Start an assessment."""
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.file import SUFFIX, create
    from stockcheck.checklist.library import load
    from stockcheck.plaintext import one_line

    on = _date(date) if date else dt.date.today()
    if on > dt.date.today() + dt.timedelta(days=1):  # tomorrow has begun elsewhere
        print(_("Note: {date} lies in the future. Is it what you meant?").format(date=on.isoformat()), file=sys.stderr)
    name = one_line(depot) or one_line(file.name.removesuffix(SUFFIX))
    create(file, load(checklist), depot=name, marking=marking, on=on, by=by or user_name())
    print(_("{file} is ready. Answer with: stockcheck answer {file}").format(file=file))


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

    with open_file(file, write=True, by=by or user_name()) as opened:
        session = Session(opened, language.current())
        at_terminal = sys.stdin.isatty() and sys.stdout.isatty()
        if plain or not at_terminal or os.environ.get("TERM", "") in ("", "dumb"):
            _answer_plainly(session)
        else:
            from stockcheck.questionnaire.screen.app import run

            run(session)


def _answer_plainly(session: Session) -> None:
    import shutil
    import textwrap

    from stockcheck.questionnaire.plain import PlainQuestionnaire

    width = min(shutil.get_terminal_size().columns, 100) if sys.stdout.isatty() else 0

    def say(line: str) -> None:
        print(textwrap.fill(line, width, subsequent_indent="  ") if width else line, flush=True)

    if session.file.read_only and not sys.stdin.isatty():
        raise AssessmentFileError(session.file.read_only)
    sys.stdin.reconfigure(errors="surrogateescape")  # type: ignore[union-attr]
    PlainQuestionnaire(session, say, patient=sys.stdin.isatty()).run(sys.stdin)


def verify(file: FileArgument) -> None:
    """Check the chain of events."""
    from stockcheck.assessment.file import open_file

    with open_file(file) as opened:
        broken = opened.first_broken()
        if broken is not None:
            raise AssessmentFileError(
                _("{file}: entry {seq} was changed after it was recorded.").format(file=file, seq=broken.seq),
                _("What comes before it is as recorded. Compare with a copy."),
            )
        count = len(opened.events)
        print(
            ngettext("{n} entry, all as recorded.", "{n} entries, all as recorded.", count).format(n=count),
            _("Last hash: {hash}").format(hash=opened.head),
            _("Write the hash down elsewhere: it proves later that nothing was cut off the end."),
            sep="\n",
        )


def upgrade(
    file: FileArgument,
    checklist: Annotated[
        str,
        typer.Option("--checklist", "-c", help=_("A name or a file (default: the same name)."), show_default=False),
    ] = "",
    by: By = "",
) -> None:
    """Carry the answers to a newer version of the checklist."""
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.file import open_file
    from stockcheck.assessment.upgrade import upgrade as carry_over
    from stockcheck.checklist.library import load
    from stockcheck.checklist.translation import in_language

    with open_file(file, write=True, by=by or user_name()) as opened:
        newer = load(checklist or opened.checklist.id)
        if newer.id != opened.checklist.id:
            message = _("The assessment is one of {old}; {new} is another checklist, not a newer version of it.")
            raise UsageError(
                message.format(old=opened.checklist.id, new=newer.id), _("Start a new one with: stockcheck new")
            )
        if newer.digest == opened.checklist.digest:
            print(_("The assessment already uses this version of the checklist."))
            return
        plan = carry_over(opened, newer)
        spoken = in_language(newer, language.current())
        print(
            _("Now with {title}, version {version}.").format(title=spoken.title, version=spoken.version),
            _(
                "Answers carried: {carried}; moved: {moved}; to review: {review}; kept in the history only: {gone}."
            ).format(carried=len(plan.carried), moved=len(plan.moved), review=len(plan.review), gone=len(plan.gone)),
            sep="\n",
        )
        for name in plan.review:
            print(_("  review {id}: {text}").format(id=name, text=spoken.question[name].text))
