"""answer, upgrade: filling an assessment, and carrying it to a newer checklist."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stockcheck import language
from stockcheck.cli.arguments import By, FileArgument, Theme, provenance_line
from stockcheck.cli.calling import load_named
from stockcheck.cli.saying import say
from stockcheck.cli.standard_input import check_input, line_by_line, takes_a_full_screen
from stockcheck.cli.usage import App
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _, ngettext
from stockcheck.plaintext import named

if TYPE_CHECKING:
    from stockcheck.assessment.state import State
    from stockcheck.checklist.model import Checklist
    from stockcheck.checklist.succession import Upgrade
    from stockcheck.questionnaire.session import Session


def add_to(app: App) -> None:
    """Register the commands of this module."""
    app.command(help=_("Answer the questionnaire; go on where it was left."))(answer)
    app.command(help=_("Carry the answers to a newer version of the checklist."))(upgrade)


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
    from stockcheck.assessment.evidence import listed
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
    for name in found.evidence:
        items = after.left[False, name].evidence
        say(_("  history only, the evidence of {id}: {evidence}").format(id=name, evidence=listed(items)))
    if found.facts or found.gone or found.notes or found.evidence:
        say(_("What is in the history only: stockcheck show {file}").format(file=named(file)))
    if aside := scorecard_of(after, language.current()).set_aside:
        words = ngettext(
            "{n} answer is “not applicable” and counts as open until somebody else has countersigned it: {ids}.",
            "{n} answers are “not applicable” and count as open until somebody else has countersigned them: {ids}.",
            len(aside),
        )
        say(words.format(n=len(aside), ids=", ".join(line.question.id for line in aside)), _("Next: stockcheck review"))
