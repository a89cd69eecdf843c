"""Last time's answers in a second year: shown with their age, confirmed one by one, told in the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from stockcheck import language
from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.errors import AnswerError
from stockcheck.questionnaire import recorded
from stockcheck.questionnaire.last_time import answered_ago
from stockcheck.questionnaire.overview import Filter, filters, listed, next_step, still_to_do
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.screen.dialogs import HelpDialog
from stockcheck.questionnaire.screen.presenter import Presenter
from stockcheck.questionnaire.session import Session
from tests.assessment.crafting import checklist
from tests.questionnaire.test_plain import say
from tests.questionnaire.test_screen import drive, given, shown
from tests.second_year import begin

FIRST = dt.date(2025, 1, 20)
MOMENT = dt.datetime(2025, 1, 20, 9, tzinfo=dt.UTC)
NOW = dt.date(2026, 3, 25)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[AssessmentFile]:
    """A second year: A-1 was not met, A-3 did not apply, A-4 was unknown, A-6 was a text; nothing is answered yet."""
    old = tmp_path / "first"
    create(old, checklist(), depot="North", marking="", on=FIRST, by="Ana", clock=lambda: MOMENT)
    with open_file(old, write=True, by="Ana", clock=lambda: MOMENT) as first:
        first.answer(first.checklist.field["kinds"], Answer(("arms",)))
        for name, answer in {
            "A-1": Answer("no"),
            "A-3": not_applicable("Ana has the keys"),
            "A-4": UNKNOWN,
            "A-6": Answer("Two lamps"),
        }.items():
            first.answer(first.checklist.question[name], answer)
        first.note("A-1", "By the gate")
    begin(old, tmp_path / "second", on=NOW)
    with open_file(tmp_path / "second", write=True, by="Ben") as second:
        yield second


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-03-25", "answered 0 days ago"),
        ("2026-04-01", "answered 0 days ago"),
        ("2026-03-24", "answered 1 day ago"),
        ("2026-02-08", "answered 45 days ago"),
        ("2026-02-07", "answered 1 month ago"),
        ("2025-01-26", "answered 13 months ago"),
        ("2025-01-25", "answered 14 months ago"),
        ("2024-03-26", "answered 23 months ago"),
        ("2024-03-25", "answered 2 years ago"),
        ("2020-03-26", "answered 5 years ago"),
    ],
)
def test_an_age_is_told_in_the_unit_that_says_most(day: str, words: str) -> None:
    assert answered_ago(dt.date.fromisoformat(day), NOW) == words


def test_an_answer_is_shown_with_its_age_and_name_and_counts_once_it_is_confirmed(file: AssessmentFile) -> None:
    session = Session(file, "en")
    item = file.checklist.question["A-1"]
    assert session.last_time(item) == "Last time (20 Jan 2025): No  ·  answered 14 months ago by Ana"
    assert session.scorecard.untouched
    assert [one.to_confirm for one in session.progress()][:2] == [1, 4]
    assert session.confirm(item) == Answer("no")
    assert [one.to_confirm for one in session.progress()][:2] == [1, 3]
    assert (file.state.entries["A-1"].by, session.scorecard.untouched) == ("Ben", False)
    session.undo()
    assert session.to_confirm(item) == Answer("no")


def test_what_is_to_confirm_is_listed_counted_and_comes_next(file: AssessmentFile) -> None:
    session = Session(file, "en")
    assert [item.id for item in listed(session, Filter.TO_CONFIRM)] == ["kinds", "A-1", "A-3", "A-4", "A-6"]
    assert "5 of them are to be confirmed as last time, or answered anew." in still_to_do(session)
    assert next_step(session).startswith("Next: confirm last time’s answers (k)")
    for item in listed(session, Filter.TO_CONFIRM):
        session.confirm(item)
    assert listed(session, Filter.TO_CONFIRM) == []
    assert not any("confirmed" in one for one in still_to_do(session))
    assert next_step(session).startswith("Next: answer what is open")
    assert sum(one.to_confirm for one in session.progress()) == 0


def test_where_no_assessment_came_before_nothing_speaks_of_one(tmp_path: Path) -> None:
    create(tmp_path / "a", checklist(), depot="North", marking="", on=NOW, by="Ana")
    with open_file(tmp_path / "a", write=True, by="Ana") as file:
        session = Session(file, "en")
        assert Filter.TO_CONFIRM not in filters(session)
        assert session.last_time(file.checklist.question["A-1"]) == ""
        with pytest.raises(AnswerError, match="A-1 was not answered last time"):
            session.confirm(file.checklist.question["A-1"])


def test_only_what_waits_and_is_asked_can_be_confirmed(file: AssessmentFile) -> None:
    session = Session(file, "en")
    session.answer(file.checklist.question["A-1"], Answer("yes"))
    with pytest.raises(AnswerError, match="A-1 has been answered"):
        session.confirm(file.checklist.question["A-1"])
    with pytest.raises(AnswerError, match="A-5 was not answered last time"):
        session.confirm(file.checklist.question["A-5"])
    with pytest.raises(AnswerError, match="does not apply"):
        session.confirm(file.checklist.question["B-2"])


def test_the_history_shows_last_years_answer_beside_this_ones(file: AssessmentFile) -> None:
    session = Session(file, "en")
    session.confirm(file.checklist.question["A-1"])
    (before, words), (now, answer) = session.history(file.checklist.question["A-1"])
    assert words.splitlines() == [
        f"#{before.seq} Last time (20 Jan 2025): No (Ana, 20 Jan 2025 09:00 UTC)",
        "Note: By the gate",
        "It has fallen short since 20 Jan 2025.",
    ]
    assert answer == f"#{now.seq} No"
    file.redact(before.seq, "answered_by")
    said = [words for _event, words in session.history(file.checklist.question["A-1"])]
    assert "([name removed], 20 Jan 2025 09:00 UTC)" in said[0]
    assert said[-1].endswith(f"Who had answered was removed from entry #{before.seq}.")
    (fact, *_rest) = session.history(file.checklist.field["kinds"])
    assert "Last time (20 Jan 2025): Arms (Ana, " in fact[1]


def test_the_whole_log_tells_what_was_carried(file: AssessmentFile) -> None:
    told = [
        one for one in recorded.log(file.events, file.checklist_named, "en") if one.event.kind in ("start", "carry")
    ]
    assert "; Begun from the assessment of 20 Jan 2025; Depot: North;" in told[0].words
    assert told[1].text == "What is held?"
    assert told[1].words.startswith("Last time (20 Jan 2025): Arms (Ana, ")


def test_line_by_line_it_is_shown_and_confirmed_by_a_command(file: AssessmentFile) -> None:
    said = say(file, ":go A-1", ":confirm", ":sections", ":list", ":list confirm", ":go A-1", ":clear")
    assert "Last time (20 Jan 2025): No  ·  answered 14 months ago by Ana" in said
    assert "To answer as last time: :confirm" in said
    assert "Confirmed A-1: No" in said
    assert "Section one: 1/5, 3 to confirm" in said
    assert "confirm: to confirm (4)" in said
    assert "to confirm: 4" in said
    assert any(one.startswith("Of these, 5 were answered last time") for one in said)
    assert given(file, "A-1") is None


def test_one_confirm_answers_one_question(file: AssessmentFile) -> None:
    said = say(file, ":go A-1", ":confirm", ":confirm", patient=True)
    assert sum(one.startswith("Confirmed") for one in said) == 2
    assert set(file.state.entries) == {"A-1", "A-3"}
    shown_before = said.index("Confirmed A-3: Set aside: waits for a countersignature. Reason: Ana has the keys")
    assert any(one.startswith("Last time") and "Ana has the keys" in one for one in said[:shown_before])


def test_in_spanish_it_is_told_in_spanish(file: AssessmentFile) -> None:
    with language.speaking("es"):
        session = Session(file, "es")
        said = session.last_time(file.checklist.question["A-1"])
        assert said == "La vez anterior (20 ene 2025): No  ·  respondida hace 14 meses por Ana"
        assert "Confirmada A-1: No" in say(file, ":go A-1", ":confirmar")


def test_a_key_confirms_and_goes_on_and_stands_below_only_where_there_is_something(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        assert "k confirm" in shown(app, "#keys")
        assert "answered 14 months ago by Ana  ·  k confirms it" in shown(app, "#notice")
        assert "4 to confirm" in shown(app, "#place")
        await pilot.press("k")
        assert given(file, "A-1") == "no"
        assert "Confirmed A-1: No" in shown(app, "#message")
        await pilot.press("left")
        assert "A-1" in shown(app, "#place")
        assert "confirm" not in shown(app, "#keys")
        assert "Last time" not in shown(app, "#notice")
        await pilot.press("k")
        assert "A-1 has been answered" in shown(app, "#message")
        assert [event.kind for event in file.history("A-1")] == ["carry", "answer"]

    drive(file, script, at="A-1")


def test_the_help_explains_the_key_where_it_does_something(file: AssessmentFile) -> None:
    assert "k       confirm the answer of last time" in HelpDialog(Session(file, "en")).body()


def test_in_a_field_letters_are_text_and_f12_confirms(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        assert "F12 confirm" in shown(app, "#keys")
        await pilot.press("k", "f12")
        assert "What was typed is not kept yet" in shown(app, "#message")
        assert given(file, "A-6") is None
        await pilot.press("escape", "f12")
        assert given(file, "A-6") == "Two lamps"

    drive(file, script, at="A-6")


def test_beside_the_question_last_times_answer_stays_when_this_ones_is_given(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("y", "left")
        said = [str(row.render()) for row in app.standing.query("_Row")]
        assert said[0] == "Last time (20 Jan 2025): No  ·  answered 14 months ago by Ana"

    drive(file, script, at="A-1", size=(150, 40))


def test_in_a_room_it_is_confirmed_only_where_it_is_shown_and_no_name_is(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("f5", "k")
        assert isinstance(app.screen, Presenter)
        assert "Show the answer first" in shown(app, "#stage-message")
        assert "A-3" not in file.state.entries
        await pilot.press("space")
        said = shown(app, "#given")
        assert "Last time (20 Jan 2025): Not applicable" in said
        assert "Ana" not in said
        await pilot.press("k")
        assert file.state.entries["A-3"].answer.status == "na"

    drive(file, script, at="A-3")
