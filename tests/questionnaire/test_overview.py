"""The whole of an assessment at a glance: what is listed is what the scorecard says, and one goes there and back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from stockcheck import language
from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.assessment.countersigning import Review
from stockcheck.assessment.file import AssessmentFile
from stockcheck.assessment.state import Entry, State
from stockcheck.checklist.model import ProfileField
from stockcheck.questionnaire.agenda import PROFILE, Agenda
from stockcheck.questionnaire.overview import Filter, listed, looked_at, next_step, parts, still_to_do
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.screen.overview import OverviewDialog
from tests.questionnaire.test_palette import click_on
from tests.questionnaire.test_presenter import seen
from tests.questionnaire.test_screen import drive, file, given, shown
from tests.scoring.building import ON, answers
from tests.scoring.depots import Case, Depots

__all__ = ["file"]  # the fixture

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def agenda_of(case: Case) -> Agenda:
    state = State(case.checklist, on=ON)
    state.entries = {name: Entry(answer, "Ana", NOW) for name, answer in answers(case.given).items()}
    state.profile = {name: Entry(answer, "Ana", NOW) for name, answer in answers(case.profile).items()}
    state.accepted = {name: Review("Bea", NOW) for name in case.accepted}
    names = list(case.given)
    state.flags, state.review = set(names[::2]), set(list(state.entries)[::3])
    state.notes = dict.fromkeys(names[::4], "seen")
    return Agenda(case.checklist, state)


@pytest.mark.parametrize("seed", range(5))
def test_what_a_filter_lists_is_what_the_scorecard_says(seed: int) -> None:
    depots = Depots(seed)
    for _time in range(40):
        agenda = agenda_of(depots.one())
        card, state = agenda.scorecard, agenda.state

        def ids(wanted: Filter, agenda: Agenda = agenda) -> list[str]:
            return [item.id for item in listed(agenda, wanted) if not isinstance(item, ProfileField)]

        scored = [name for name in ids(Filter.OPEN) if agenda.checklist.question[name].scored]
        assert scored == [line.question.id for line in card.open]
        assert sorted(ids(Filter.GAPS)) == sorted(gap.line.question.id for gap in card.gaps)
        assert len(ids(Filter.GAPS)) == card.overall.gaps
        assert ids(Filter.WAITING) == [line.question.id for line in card.set_aside]
        assert ids(Filter.COUNTERSIGNED) == [line.question.id for line in card.not_applicable]
        assert set(ids(Filter.ROUTE)) == card.on_route
        assert set(ids(Filter.FLAGGED)) == state.flags
        assert set(ids(Filter.NOTED)) == state.notes.keys()
        assert set(ids(Filter.TO_REVIEW)) == state.review
        if card.levels:  # the highest stands on every question with a level
            unmet = {line.question.id for one in card.levels for line in one.criticals}
            assert unmet <= set(ids(Filter.CRITICAL))
        found = {line.question.id for line in (*card.findings.found, *card.findings.not_checked)}
        assert found <= set(ids(Filter.FINDINGS))
        assert listed(agenda, Filter.ALL) == list(agenda.items)


@pytest.mark.parametrize("seed", range(5))
def test_the_parts_add_up_to_the_whole(seed: int) -> None:
    depots = Depots(seed + 100)
    for _time in range(40):
        agenda = agenda_of(depots.one())
        rows = list(parts(agenda))
        assert rows[0].section == PROFILE
        for kind in (rows[1:],):
            domains = [row for row in kind if row.section is None]
            sections = [row for row in kind if row.section is not None]
            for group in (domains, sections):
                assert sum(row.score.open for row in group if row.score) == agenda.scorecard.overall.open
                assert sum(row.score.gaps for row in group if row.score) == agenda.scorecard.overall.gaps
                assert sum(row.critical for row in group) == len(
                    [item for item in listed(agenda, Filter.CRITICAL) if not isinstance(item, ProfileField)]
                )
                assert sum(row.asked for row in group) == sum(line.in_scope for line in agenda.scorecard.lines)


def test_nothing_found_says_among_what(file: AssessmentFile) -> None:
    agenda = Agenda(file.checklist, file.state)
    assert listed(agenda, Filter.GAPS) == []
    assert looked_at(agenda) == "None. Looked at: 8 questions, 0 of the 8 that apply answered."
    assert looked_at(agenda, "two") == "None. Looked at: 2 questions, 0 of the 2 that apply answered."


def test_what_is_still_to_do_and_what_comes_next(file: AssessmentFile) -> None:
    file.flag("A-1", True)
    agenda = Agenda(file.checklist, file.state)
    assert still_to_do(agenda) == [
        "2 facts about the depot are open.",
        "8 questions are open.",
        "1 question is flagged.",
    ]
    assert next_step(agenda).startswith("Next: answer what is open")


def drive_to_the_end(file: AssessmentFile) -> None:
    given: dict[str, Answer] = {"A-1": Answer("no"), "A-3": Answer(()), "A-6": Answer("Nothing")}
    for name, answer in given.items():
        file.answer(file.checklist.question[name], answer)
    for name in ("A-4", "A-5"):
        file.answer(file.checklist.question[name], UNKNOWN)
    file.answer(file.checklist.field["kinds"], Answer(("arms",)))
    file.answer(file.checklist.field["size"], UNKNOWN)


def test_the_last_answer_opens_the_overview_with_what_comes_next(file: AssessmentFile) -> None:
    drive_to_the_end(file)
    file.answer(file.checklist.question["A-1"], None)

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("n")
        assert isinstance(app.screen, OverviewDialog)
        assert shown(app, ".heading").startswith("Saved A-1: No"), "the message below is covered"
        still = shown(app, "#overview-still")
        assert "Next: leave with q. On the home screen r writes the report" in still
        await pilot.press("escape", "n")
        assert not isinstance(app.screen, OverviewDialog), "it was all answered before"

    drive(file, script, at="A-1")


def test_one_goes_to_a_question_and_comes_back_where_one_was(file: AssessmentFile) -> None:
    file.answer(file.checklist.question["A-1"], Answer("no"))
    file.answer(file.checklist.question["A-4"], Answer(Decimal(1)))
    file.answer(file.checklist.question["B-1"], Answer("no"))

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("v", "right", "right")
        kind = app.screen.query_one("#overview-kind", Static)
        assert "gaps" in str(kind.render())
        await pilot.press("down", "enter")
        assert app.session.current.id == "A-4"
        await pilot.press("escape", "v")
        questions = app.screen.query_one("#overview-questions", OptionList)
        assert "gaps" in str(app.screen.query_one("#overview-kind", Static).render())
        assert questions.highlighted == 1

    drive(file, script, at="A-1")


def test_a_part_narrows_the_list_and_widens_it_again(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("v")
        questions = app.screen.query_one("#overview-questions", OptionList)
        assert questions.option_count == 10
        await pilot.press("shift+tab", "down", "down", "enter")
        assert questions.option_count == 6
        await pilot.press("enter")
        assert questions.option_count == 10

    drive(file, script, at="A-1")


@pytest.mark.parametrize("code", ["en", "es"])
def test_every_filter_is_named_in_every_language(code: str) -> None:
    with language.speaking(code):
        names = [one.title for one in Filter]
    assert len(set(names)) == len(names) == 12


@pytest.mark.parametrize("code", ["en", "es"])
def test_on_the_usual_screen_nothing_of_the_overview_is_cut_off(file: AssessmentFile, code: str) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        assert len(shown(app, "#keys")) <= 78
        await pilot.press("v")
        head, still = shown(app, "#overview-head"), shown(app, "#overview-still")
        assert max(map(len, (head, *still.split("\n")))) <= 76

    with language.speaking(code):
        drive(file, script, at="A-1")


def test_the_keys_of_the_overview_and_of_the_changes_can_be_clicked(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("n", "v")
        await click_on(pilot, app, "→ which")
        assert "◂ open" in seen(app)
        await click_on(pilot, app, "← →")
        assert "◂ all" in seen(app)
        await click_on(pilot, app, "Enter goes")
        assert (len(app.screen_stack), app.session.current.id) == (1, "kinds")
        await pilot.press("l")
        await click_on(pilot, app, "z undoes")
        assert given(file, "A-1") is None
        await pilot.press("l")
        await click_on(pilot, app, "x does")
        assert given(file, "A-1") == "no"

    drive(file, script, at="A-1")
