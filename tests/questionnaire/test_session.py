"""The engine behind both faces: what is asked next, in which language, and what a search finds."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from stockcheck import language
from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.assessment.state import Entry, State
from stockcheck.checklist.loading import compose
from stockcheck.errors import AnswerError
from stockcheck.questionnaire.agenda import PROFILE, Agenda
from stockcheck.questionnaire.session import Session
from stockcheck.scoring.scope import Standing
from tests.assessment.crafting import chained
from tests.depot import checklist_file
from tests.scoring.building import built, control, section

ON = dt.date(2026, 3, 1)

SPANISH = {
    "depot": "id: depot\nlanguage: es\ntitle: Depósito chico\nlevels: {1: Básico, 2: Mejor}\n"
    "profile:\n  - {id: kinds, text: ¿Qué se guarda?, options: {arms: Armas, rounds: Tiros}}\n",
    "one": "id: one\nlanguage: es\ntitle: Primera\nquestions:\n"
    "  - {id: A-1, text: ¿Está entero el cerco?, help: Recórralo., evidence: Visto., remedy: Repárelo.}\n"
    "  - {id: A-2, text: ¿Cómo se cierra el portón?, options: {locked: Con llave, shut: Cerrado, open: Abierto}}\n",
}


@pytest.fixture
def file(tmp_path: Path, no_shipped_checklists: Path) -> Iterator[AssessmentFile]:
    path = tmp_path / "d.stockcheck"
    folder = tmp_path / "translations" / "es"
    folder.mkdir(parents=True)
    for name, text in SPANISH.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    create(path, compose(checklist_file(tmp_path))[0], depot="North", marking="", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as opened:
        yield opened


def test_every_way_to_a_question_leads_to_its_translation(file: AssessmentFile) -> None:
    file.answer(file.checklist.question["A-1"], Answer("yes"))  # looked up in the source language first
    with language.speaking("es"):
        session = Session(file, "es")
    question = session.find("a-1")
    assert question is not None
    assert question.text == "¿Está entero el cerco?"
    assert session.checklist.field["kinds"].options["rounds"].text == "Tiros"
    assert [item.id for item in session.search("portón")] == ["A-2"]
    session.go_to(file.checklist.question["A-2"])
    assert session.current.text == "¿Cómo se cierra el portón?"
    assert session.scorecard.line["A-1"].question.remedy == "Repárelo."


@pytest.mark.parametrize("words", ["porton", "PORTÓN", "porto\u0301n", "cierra  el porton"])
def test_a_search_minds_neither_case_nor_accents(file: AssessmentFile, words: str) -> None:
    with language.speaking("es"):
        session = Session(file, "es")
    assert [item.id for item in session.search(words)] == ["A-2"]
    session.note(file.checklist.question["A-1"], "el cañón oxidado, AÑO 2024")
    assert [item.id for item in session.search("canon ano")] == ["A-1"]
    assert session.search("ventana") == []


def test_a_search_finds_what_holds_every_word_and_not_what_holds_some(file: AssessmentFile) -> None:
    session = Session(file, "en")
    assert [item.id for item in session.search("gate closed")] == ["A-2"]
    assert [item.id for item in session.search("fence")] == ["A-1"]
    assert session.search("gate fence") == [], "no item speaks of both"
    assert [item.id for item in session.search("walk it")] == ["A-1"], "the help is searched as well"
    assert session.search("none") == session.search("x") == [], "and nothing that nobody has written"


@pytest.mark.parametrize(("answered", "wanted"), [((), "B-1"), (("B-1",), "B-2"), (("B-1", "B-2"), "B-1")])
def test_a_section_is_entered_at_what_waits_there_or_at_its_first(
    file: AssessmentFile, answered: tuple[str, ...], wanted: str
) -> None:
    session = Session(file, "en")
    session.answer(session.checklist.field["kinds"], Answer(("rounds",)))
    for name in answered:
        session.answer(session.checklist.question[name], Answer("yes"))
    session.go_to_section("two")
    assert session.current.id == wanted
    session.go_to_section(PROFILE)
    assert session.current.id == "size", "of the facts, the first that nobody has given"
    session.go_to_section("one")
    assert session.current.id == "A-1"


def test_an_agenda_needs_no_file() -> None:
    checklist = built(section("one", control("Q1"), control("Q2")), section("two", control("Q3")))
    agenda = Agenda(checklist, State(checklist, on=ON))
    assert (agenda.current.id, agenda.is_done) == ("Q1", False)
    for name in ("Q2", "Q1"):
        state = agenda.state.copy()
        state.entries[name] = Entry(Answer("yes"), "tester", dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
        agenda.bring_forward(checklist.question[name], state)
    assert agenda.next_open()
    assert agenda.current.id == "Q3"
    assert [(part.settled, part.asked) for part in agenda.progress()] == [(2, 2), (0, 1)]


def test_an_exact_id_comes_before_one_in_another_case(tmp_path: Path, no_shipped_checklists: Path) -> None:
    path = checklist_file(tmp_path)
    path.write_text(path.read_text().replace("{id: size,", "{id: a-6,"), encoding="utf-8")
    create(tmp_path / "e.stockcheck", compose(path)[0], depot="D", marking="", on=ON, by="t")
    with open_file(tmp_path / "e.stockcheck", write=True, by="t") as opened:
        session = Session(opened, "en")
        found = {name: session.find(name) for name in ("a-6", "A-6", "profile.a-6", "KINDS", "a-1", "Z")}
    assert found["a-6"] is found["profile.a-6"] is session.checklist.field["a-6"]
    assert found["A-6"] is session.checklist.question["A-6"]
    assert found["KINDS"] is session.checklist.field["kinds"]
    assert found["a-1"] is session.checklist.question["A-1"]
    assert found["Z"] is None


def test_it_begins_with_the_first_item_that_waits_for_an_answer(file: AssessmentFile) -> None:
    assert Session(file, "en").current.id == "kinds"
    file.answer(file.checklist.field["kinds"], Answer(("arms",)))
    file.answer(file.checklist.field["size"], UNKNOWN)
    file.answer(file.checklist.question["A-1"], Answer("no"))
    session = Session(file, "en")
    assert session.current.id == "A-3", "A-2 is not asked where there is no fence"
    assert session.section(session.items[0]) == PROFILE


def test_what_does_not_apply_is_passed_over_in_both_directions(file: AssessmentFile) -> None:
    session = Session(file, "en")
    session.answer(session.checklist.field["kinds"], Answer(("arms",)))
    session.answer(session.checklist.question["A-1"], Answer("no"))
    session.go_to(session.checklist.question["A-1"])
    assert session.forward()
    assert session.current.id == "A-3"
    assert session.back()
    assert session.current.id == "A-1"
    session.go_to(session.checklist.question["A-6"])
    assert not session.forward(), "section two is about rounds, and there are none"
    session.go_to(session.checklist.question["A-1"])
    assert (session.back(), session.current.id) == (True, "size")
    assert (session.back(), session.current.id) == (True, "kinds")
    assert (session.back(), session.current.id) == (False, "kinds"), "nothing stands before the first"


def test_progress_counts_what_applies_and_unknown_as_settled(file: AssessmentFile) -> None:
    session = Session(file, "en")
    session.answer(session.checklist.field["kinds"], Answer(("arms",)))
    session.answer(session.checklist.question["A-1"], UNKNOWN)
    session.answer(session.checklist.question["A-3"], Answer(()))

    def found() -> dict[str, tuple[int, int]]:
        return {part.section: (part.settled, part.asked) for part in session.progress()}

    assert found() == {PROFILE: (1, 2), "one": (2, 6), "two": (0, 0)}
    session.answer(session.checklist.question["A-3"], None)
    assert found() == {PROFILE: (1, 2), "one": (1, 6), "two": (0, 0)}
    session.answer(session.checklist.field["kinds"], Answer(("rounds",)))
    assert found()["two"] != (0, 0), "a fact may bring in a section that nobody has been to"
    titles = ["About the depot", "Section one", "Section two"]
    assert [part.title for part in session.progress()] == titles
    assert [session.title(session.find(name) or session.current) for name in ("kinds", "A-1", "B-1")] == titles


def test_a_pending_question_names_what_it_waits_for(file: AssessmentFile) -> None:
    session = Session(file, "en")
    assert session.waits_for(session.checklist.question["B-2"]) == ["kinds", "B-1"]


def test_the_next_open_one_is_looked_for_round_the_end(file: AssessmentFile) -> None:
    session = Session(file, "en")
    session.go_to(session.checklist.question["A-6"])
    session.answer_typed(session.current, "nothing")
    assert session.next_open()
    assert session.current.id == "kinds"


@pytest.mark.parametrize(
    ("open_", "at", "then"),
    [
        ("Q1 Q3 Q4", "Q2", "Q3"),
        ("Q1", "Q2", "Q1"),
        ("Q2", "Q2", "Q2"),
        ("Q1 Q4", "Q4", "Q1"),
        ("", "Q2", None),
        ("", "Q4", None),
    ],
)
def test_the_next_open_one_is_the_first_after_it_else_the_first_of_all_be_it_the_same(
    open_: str, at: str, then: str | None
) -> None:
    checklist = built(*(control(f"Q{n}") for n in (1, 2, 3, 4)))
    entry = Entry(Answer("yes"), "tester", dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    state = State(checklist, on=ON, entries={name: entry for name in checklist.question if name not in open_.split()})
    agenda = Agenda(checklist, state)
    agenda.go_to(checklist.question[at])
    assert agenda.next_open() is (then is not None)
    assert agenda.current.id == (then or at)


def test_what_a_pending_question_waits_for_is_named_once_be_it_asked_by_its_section_or_by_itself() -> None:
    yes: dict[str, object] = {"question": "Q1", "is": "yes"}
    large = {"profile": "size", "at_least": 3}
    checklist = built(
        section("one", control("Q1"), control("Q2", when=yes)),
        section("two", control("Q3"), control("Q4", when={"all": [yes, large]}), when=large),
        profile=({"id": "size", "type": "number", "text": "How many buildings?"},),
    )
    agenda = Agenda(checklist, State(checklist, on=ON))
    waits = {name: agenda.waits_for(checklist.question[name]) for name in ("Q2", "Q3", "Q4")}
    assert waits == {"Q2": ["Q1"], "Q3": ["size"], "Q4": ["size", "Q1"]}


def test_where_there_are_no_facts_there_is_no_way_to_them() -> None:
    checklist = built(control("Q1"), control("Q2"))
    agenda = Agenda(checklist, State(checklist, on=ON))
    agenda.go_to(checklist.question["Q2"])
    agenda.go_to_section(PROFILE)
    assert agenda.current.id == "Q2"
    assert agenda.back()
    assert (agenda.back(), agenda.current.id) == (False, "Q1")


def test_a_fact_is_named_by_no_more_than_the_beginning_of_its_text() -> None:
    text = "How many buildings hold ammunition of any kind?"
    checklist = built(control("Q1"), profile=({"id": "n", "type": "number", "text": text},))
    agenda = Agenda(checklist, State(checklist, on=ON))
    assert agenda.name(checklist.field["n"]) == f"“{text[:39]}…”"
    assert agenda.name(checklist.question["Q1"]) == "Q1"


def test_notes_and_flags_belong_to_questions(file: AssessmentFile) -> None:
    session = Session(file, "en")
    for act in (lambda: session.note(session.items[0], "x"), lambda: session.toggle_flag(session.items[0])):
        with pytest.raises(AnswerError, match="Notes and flags belong to questions; this is a fact about the depot"):
            act()
    assert len(file.events) == 1


def test_a_note_is_recorded_where_it_says_something_new(file: AssessmentFile) -> None:
    session = Session(file, "en")
    gate = session.checklist.question["A-2"]
    for text in ("", "rusty", " rusty\n", "rusty", "", " "):
        session.note(gate, text)
    assert [words for _event, words in session.history(gate)] == ["#2 Note: rusty", "#3 Note taken back"]


def test_what_is_told_of_an_answer_is_the_answer_and_of_one_that_is_set_aside_what_it_waits_for(
    file: AssessmentFile,
) -> None:
    session = Session(file, "en")
    gate, fence = session.checklist.question["A-2"], session.checklist.question["A-1"]
    assert session.said(fence) == ""
    session.answer(fence, Answer("yes"))
    assert session.said(fence) == "Yes"
    session.answer_typed(gate, "na: it is a cave")
    assert session.said(gate) == "Set aside: waits for a countersignature. Reason: it is a cave"
    assert re.fullmatch(r"Set aside by tester, .* \d{4} \d\d:\d\d UTC\.", session.set_aside_by(gate))


def test_what_nobody_has_answered_may_be_taken_back(file: AssessmentFile) -> None:
    session = Session(file, "en")
    for item, answer in ((session.items[0], Answer(("arms",))), (session.checklist.question["A-1"], Answer("yes"))):
        session.answer(item, None)
        assert session.standing(item) is Standing.UNANSWERED
        session.answer(item, answer)
        assert session.standing(item) is Standing.ANSWERED
        session.answer(item, UNKNOWN)
        assert session.standing(item) is Standing.UNKNOWN
        session.answer(item, None)
        assert session.standing(item) is Standing.UNANSWERED


def test_a_notice_of_the_file_is_told_once_after_what_became_of_others(
    file: AssessmentFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(file, "en")
    assert session.consequence() == ""
    session.answer(session.checklist.question["A-2"], Answer("shut"))
    notices = ["The disk is nearly full.", ""]
    monkeypatch.setattr(file, "take_notice", lambda: notices.pop(0))
    session.answer(session.checklist.question["A-1"], Answer("yes"))
    assert session.consequence() == "1 answer counts now: A-2. The disk is nearly full."
    session.answer(session.checklist.question["A-1"], Answer("yes"))
    assert session.consequence() == ""


def test_history_tells_an_answer_in_words(file: AssessmentFile) -> None:
    session = Session(file, "en")
    gate = session.checklist.question["A-2"]
    session.answer(gate, Answer("shut"))
    session.note(gate, "rusty")
    session.toggle_flag(gate)
    session.answer(gate, None)
    assert [words for _event, words in session.history(gate)] == [
        "#2 Shut",
        "#3 Note: rusty",
        "#4 Flagged",
        "#5 Answer taken back",
    ]


def test_nothing_in_a_history_steers_a_terminal(file: AssessmentFile) -> None:
    """Another program may have written what this one would have cleaned."""
    hostile = "x\x1b[2J\u202e"
    for kind, subject, data in [
        ("note", "A-2", {"text": hostile}),
        ("answer", "A-2", {"na": hostile}),
        ("answer", "A-6", {"value": hostile}),
        ("answer", "A-5", {"value": hostile}),  # what no longer fits was given to an earlier version of the question
        ("answer", "A-5", {"value": [hostile, 7]}),
        ("answer", "A-6", {"na": hostile}),
    ]:
        file.events.append(chained(file.events[-1], kind, subject, json.dumps(data), by=hostile))
    session = Session(file, "en")
    told = [line for name in ("A-2", "A-5", "A-6") for line in session.history(session.checklist.question[name])]
    shown = "x␛[2J\ufffd"
    assert {event.by for event, _words in told} == {shown}
    assert [words for _event, words in told] == [
        f"#2 Note: {shown}",
        f"#3 Not applicable: {shown}",
        f"#5 {shown}",
        f"#6 {shown}; 7",
        f"#4 {shown}",
        f"#7 Not applicable: {shown}",
    ]


def test_a_text_too_long_to_be_kept_is_refused_whole_and_one_that_was_kept_stays(file: AssessmentFile) -> None:
    session = Session(file, "en")
    gate, missing = session.checklist.question["A-2"], session.checklist.question["A-6"]
    longest, longer = "ñ" * 20_000, "ñ" * 20_001
    session.note(gate, longest)
    session.answer_typed(missing, longest)
    session.answer_typed(gate, f"na: {longest}")
    kept = list(file.events)
    refusals = [
        lambda: session.note(gate, longer),
        lambda: session.answer_typed(missing, longer),
        lambda: session.answer_typed(gate, f"na: {longer}"),
        lambda: session.answer(missing, Answer(longer)),
        lambda: session.answer(gate, Answer(status="na", justification=longer)),
    ]
    for refused in refusals:
        with pytest.raises(AnswerError, match="has 20001 characters; at most 20000 can be kept"):
            refused()
    assert file.events == kept
    assert file.state.notes["A-2"] == longest
    assert file.state.answers == {"A-2": Answer(status="na", justification=longest), "A-6": Answer(longest)}
