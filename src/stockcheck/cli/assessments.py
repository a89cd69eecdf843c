"""new, answer, upgrade: making an assessment, filling it, and carrying it to a newer checklist."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stockcheck import language
from stockcheck.cli.arguments import By, FileArgument, Theme, date_argument, provenance_line
from stockcheck.cli.calling import doubtful_today, load_named, warn_of_future
from stockcheck.cli.saying import say
from stockcheck.cli.standard_input import check_input, line_by_line, takes_a_full_screen
from stockcheck.cli.usage import App
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _, ngettext
from stockcheck.language import date as date_in_words
from stockcheck.plaintext import named

if TYPE_CHECKING:
    from stockcheck.assessment.state import State
    from stockcheck.checklist.model import Checklist
    from stockcheck.checklist.succession import Upgrade
    from stockcheck.questionnaire.session import Session


def add_to(app: App) -> None:
    """Register the commands of this module."""
    app.command(help=_("Start an assessment in a new file."))(new)
    app.command(help=_("Answer the questionnaire; go on where it was left."))(answer)
    app.command(help=_("Carry the answers to a newer version of the checklist."))(upgrade)


def new(
    file: FileArgument,
    checklist: Annotated[
        str,
        typer.Option(
            "--checklist",
            "-c",
            metavar=_("CHECKLIST"),
            help=_("A name from “checklist list”, or a file (with --from: the newest of that one's, if not given)."),
            show_default=False,
        ),
    ] = "",
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar=_("EARLIER"),
            help=_(
                "Begin from an earlier assessment of the depot. Its answers are shown, and count once each is "
                "confirmed; its notes, flags and actions come along. It is not changed."
            ),
            show_default=False,
        ),
    ] = None,
    depot: Annotated[
        str,
        typer.Option(
            metavar=_("NAME"),
            help=_("The depot's name (default: that of the earlier assessment, or the file's name)."),
            show_default=False,
        ),
    ] = "",
    code: Annotated[
        str | None,
        typer.Option(
            metavar=_("CODE"), help=_("The depot's code, a short text that tells it from others."), show_default=False
        ),
    ] = None,
    marking: Annotated[
        str | None,
        typer.Option(metavar=_("TEXT"), help=_("Marking for every page, such as RESTRICTED."), show_default=False),
    ] = None,
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
    """Start an assessment, by default dated today, and named as its file, or with what an earlier one says.

    Raises as `assessment.file.create`, and as `assessed.score_file` for the earlier one.
    """
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.file import SUFFIX, create
    from stockcheck.plaintext import one_line

    if not checklist and from_ is None:
        raise UsageError(
            _("{name} is missing.").format(name="--checklist"),
            _("Give a checklist, or with --from the assessment to begin from."),
        )
    today = doubtful_today()
    on = date_argument(date) if date else today
    warn_of_future(on, today)
    name = depot if one_line(depot) else file.name.removesuffix(SUFFIX)
    if from_ is not None:
        told = _begin_from(from_, file, checklist, depot=depot, code=code, marking=marking, on=on, by=by or user_name())
    else:
        against = load_named(checklist)
        create(file, against, depot=name, code=code or "", marking=marking or "", on=on, by=by or user_name())
        told = [provenance_line(against)]
    say(_("{file} is ready. Answer with: stockcheck answer {file}").format(file=named(file)), *told)


def _begin_from(
    earlier: Path,
    file: Path,
    checklist: str,
    *,
    depot: str,
    code: str | None,
    marking: str | None,
    on: dt.date,
    by: str,
) -> list[str]:
    """Start an assessment in `file` from an `earlier` one, which stays as it is; what there is to say of it."""
    from stockcheck.assessed import carried_from, score_file
    from stockcheck.assessment.beginning import check_free
    from stockcheck.assessment.carrying import kept_of
    from stockcheck.assessment.file import SUFFIX, create
    from stockcheck.plaintext import one_line

    check_free(file)
    found = score_file(earlier, language.current())
    old = found.state
    if on < old.on:
        raise UsageError(
            _("The earlier assessment is of {earlier}: one of {date} cannot begin from it.").format(
                earlier=old.on.isoformat(), date=on.isoformat()
            ),
            _("Give a later date with --date, or another file with --from."),
        )
    against = load_named(checklist) if checklist else _newest_of(old.checklist)
    name = depot if one_line(depot) else kept_of(old.depot) or file.name.removesuffix(SUFFIX)
    create(
        file,
        against,
        depot=name,
        code=kept_of(old.code) if code is None else code,
        marking=kept_of(old.marking) if marking is None else marking,
        on=on,
        by=by,
        carried=carried_from(found, against),
    )
    return [provenance_line(against), *_tell_begun(file, old)]


def _newest_of(checklist: Checklist) -> Checklist:
    """The checklist of that name that is here, unless it is an older one, or another that continues no question of the
    one given; then that.
    """
    from stockcheck.checklist.sources import names
    from stockcheck.checklist.succession import is_older, predecessors

    if checklist.id not in names():
        return checklist
    here = load_named(checklist.id)
    another = here.id != checklist.id or not predecessors(checklist, here, ())
    return checklist if another or is_older(here, checklist) else here


def _tell_begun(file: Path, old: State) -> list[str]:
    """What came along, as the new file has it."""
    from stockcheck.assessed import score_file
    from stockcheck.assessment.last_year import last_year, to_confirm

    state = score_file(file, language.current()).state
    items = [*state.checklist.profile, *state.checklist.questions]
    wait = sum(to_confirm(state, item) is not None for item in items)
    known = sum(last_year(state, item) is not None for item in items)
    answers = len(old.entries) + len(old.profile)
    words = ngettext(
        "{n} answer of the assessment of {date} waits to be confirmed: it is shown, and counts once somebody has "
        "confirmed it.",
        "{n} answers of the assessment of {date} wait to be confirmed: each is shown, and counts once somebody has "
        "confirmed it.",
        wait,
    )
    said = [words.format(n=wait, date=date_in_words(old.on))]
    if known > wait:
        words = ngettext(
            "{n} more is shown, and no longer fits its question.",
            "{n} more are shown, and no longer fit their questions.",
            known - wait,
        )
        said.append(words.format(n=known - wait))
    if answers > known:
        words = ngettext(
            "{n} answer has no question any more.", "{n} answers have no question any more.", answers - known
        )
        said.append(words.format(n=answers - known))
    said.append(
        _("Along came: notes {notes}, flags {flags}, actions {actions}.").format(
            notes=len(state.notes), flags=len(state.flags), actions=len(state.actions)
        )
    )
    return said


def answer(
    file: FileArgument,
    plain: Annotated[bool, typer.Option("--plain", help=_("Line by line instead of full-screen."))] = False,
    classroom: Annotated[
        bool, typer.Option("--classroom", help=_("In a workshop: first the help for where nobody can go and look."))
    ] = False,
    presenter: Annotated[
        bool, typer.Option("--presenter", help=_("For a room to see: one question, large, its answer covered."))
    ] = False,
    theme: Theme = "",
    by: By = "",
) -> None:
    """Answer full-screen at a capable terminal, else line by line.

    Raises as `assessment.file.open_file`, and `UsageError` for a theme that there is not, or a presentation where no
    screen is.
    """
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.file import open_file
    from stockcheck.questionnaire import themes
    from stockcheck.questionnaire.session import Session

    colours = themes.wanted(theme)
    check_input()
    lines = plain or not takes_a_full_screen()
    if presenter and lines:
        raise UsageError(_("A presentation needs the full screen of a terminal."), _("Leave out --presenter."))
    with open_file(file, write=True, by=by or user_name()) as opened:
        session = Session(opened, language.current(), classroom=classroom)
        if lines:
            _answer_plainly(session)
        else:
            from stockcheck.questionnaire.screen.app import run

            run(session, theme=colours, presenting=presenter)


def _answer_plainly(session: Session) -> None:
    from stockcheck.questionnaire.plain import PlainQuestionnaire

    if session.file.read_only and not sys.stdin.isatty():
        raise AssessmentFileError(session.file.read_only)
    line_by_line(lambda say, patient, encoding: PlainQuestionnaire(session, say, patient=patient, encoding=encoding))


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
    older: Annotated[
        bool, typer.Option("--older", help=_("Go back to an older version, which is refused otherwise."))
    ] = False,
    by: By = "",
) -> None:
    """Carry the answers to a newer version of the checklist."""
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.file import open_file
    from stockcheck.assessment.upgrade import upgrade as carry_over
    from stockcheck.checklist.succession import is_older

    with open_file(file, write=True, by=by or user_name()) as opened:
        newer = load_named(checklist) if checklist else _of_that_name(opened.checklist.id)
        if newer.id != opened.checklist.id:
            message = _("The assessment is one of {old}; {new} is another checklist, not a newer version of it.")
            raise UsageError(
                message.format(old=opened.checklist.id, new=newer.id), _("Start a new one with: stockcheck new")
            )
        if newer.digest == opened.checklist.digest:
            say(_("The assessment already uses this version of the checklist."), provenance_line(newer))
            return
        if is_older(newer, opened.checklist) and not older:
            raise UsageError(
                _("The assessment uses version {old} of the checklist; {new} is an older one.").format(
                    old=opened.checklist.version, new=newer.version
                ),
                _("Answers to what it does not ask would be in the history only. Ask for it with --older."),
            )
        before = opened.state
        _tell_upgrade(file, carry_over(opened, newer), before, opened.state)


def _of_that_name(name: str) -> Checklist:
    """The checklist that an assessment's own names. Raises `UsageError` where it is one that only a file has."""
    from stockcheck.checklist.sources import names

    if name not in names():
        message = _("No checklist here is called {name}, as the one of this assessment is.")
        raise UsageError(
            message.format(name=named(name)), _("Give its newer version with --checklist: a name or a file.")
        )
    return load_named(name)


def _tell_upgrade(file: Path, plan: Upgrade, before: State, after: State) -> None:
    """What became of each answer, as the file has it now; those that are in the history only are named."""
    from stockcheck.answers.worded import answer_in_words
    from stockcheck.assessed import scorecard_of
    from stockcheck.assessment.outcome import outcome
    from stockcheck.checklist.translation import in_language
    from stockcheck.plaintext import one_line

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
            carried=len(found.carried) + len(found.kept_facts),
            moved=len(found.moved),
            review=len(found.review),
            gone=len(found.gone) + len(found.facts),
        )
    )
    for name in found.review:
        say(_("  review {id}: {text}").format(id=name, text=spoken.question[name].text))
    for old, new in found.renamed:
        say(
            _("  option renamed {id}: {before} → {after}").format(
                id=new,
                before=answer_in_words(was.question[old], before.entries[old].answer),
                after=answer_in_words(spoken.question[new], after.entries[new].answer),
            )
        )
    for name in found.facts:
        said = answer_in_words(was.field[name], before.profile[name].answer)
        say(_("  history only, about the depot: {text} {answer}").format(text=was.field[name].text, answer=said))
    for name in found.gone:
        said = answer_in_words(was.question[name], before.entries[name].answer)
        say(_("  history only {id}: {text} {answer}").format(id=name, text=was.question[name].text, answer=said))
    for name in found.notes:
        say(_("  history only, the note with {id}: {text}").format(id=name, text=one_line(before.notes[name])))
    for name in found.acts:
        say(_("  history only, what is done about {id}: {text}").format(id=name, text=was.question[name].text))
    if found.facts or found.gone or found.notes:
        say(_("What is in the history only: stockcheck show {file}").format(file=named(file)))
    if aside := scorecard_of(after, language.current()).set_aside:
        words = ngettext(
            "{n} answer is “not applicable” and counts as open until somebody else has countersigned it: {ids}.",
            "{n} answers are “not applicable” and count as open until somebody else has countersigned them: {ids}.",
            len(aside),
        )
        say(words.format(n=len(aside), ids=", ".join(line.question.id for line in aside)), _("Next: stockcheck review"))
