"""What events add up to: the order counts, everything can be taken back, nothing that was answered is forgotten."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.answers.stored import to_json
from stockcheck.assessment.events import Event
from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.assessment.folding import apply, fold
from stockcheck.assessment.state import State
from stockcheck.checklist.model import Asked, Checklist
from stockcheck.errors import AnswerError, AssessmentFileError
from tests.assessment.crafting import ON, answered, chained, checklist, clock, first_event, new, read
from tests.scoring.building import built, control, options, section

FITTING: dict[str, list[Answer | None]] = {
    "kinds": [Answer(("arms",)), Answer(()), UNKNOWN, None],
    "size": [Answer(Decimal("12.5")), Answer(Decimal(0)), UNKNOWN, None],
    "A-1": [Answer("yes"), Answer("no"), UNKNOWN, not_applicable("No fence"), None],
    "A-2": [Answer("shut"), UNKNOWN, None],
    "A-3": [Answer(("locks", "rust")), Answer(()), None],
    "A-4": [Answer(Decimal("1E+3")), Answer(Decimal("-0.10")), not_applicable("None held"), None],
    "A-5": [Answer(dt.date(2026, 3, 1)), Answer(dt.date(1, 1, 1)), None],
    "A-6": [Answer("señal\n=1+1"), None],
}


def asked(name: str) -> Asked:
    return checklist().question.get(name) or checklist().field[name]


@st.composite
def happenings(draw: st.DrawFn) -> tuple[str, str, Any]:
    """One thing that an official does: its kind, what it is about, and the answer, note or flag."""
    kind = draw(st.sampled_from(["answer", "answer", "note", "flag"]))
    subject = draw(st.sampled_from(sorted(FITTING if kind == "answer" else checklist().question)))
    if kind == "answer":
        return ("profile" if subject in checklist().field else kind), subject, draw(st.sampled_from(FITTING[subject]))
    return kind, subject, draw(st.sampled_from(["Seen", "Rusty; mend it", ""]) if kind == "note" else st.booleans())


def body(kind: str, value: Any) -> str:
    if kind == "note":
        return json.dumps({"text": value})
    if kind == "flag":
        return json.dumps({"set": value})
    return json.dumps(to_json(value) if value else None)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(happenings(), max_size=25))
def test_the_last_word_on_each_thing_stands(happened: list[tuple[str, str, Any]]) -> None:
    events = [first_event()]
    wanted: dict[str, dict[str, Any]] = {"answer": {}, "profile": {}, "note": {}, "flag": {}}
    for kind, subject, value in happened:
        events.append(chained(events[-1], kind, subject, body(kind, value), by=f"officer {len(events)}"))
        wanted[kind].pop(subject, None)
        if value not in (None, "", False):
            wanted[kind][subject] = (value, events[-1].by)
    state = fold(events, checklist(), lambda _digest: checklist())
    assert {name: (entry.answer, entry.by) for name, entry in state.entries.items()} == wanted["answer"]
    assert {name: (entry.answer, entry.by) for name, entry in state.profile.items()} == wanted["profile"]
    assert state.notes == {name: text for name, (text, _by) in wanted["note"].items()}
    assert state.flags == set(wanted["flag"])
    assert set(state.respondents) == {by for kind in ("answer", "profile") for _value, by in wanted[kind].values()}


def test_what_is_kept_is_read_back_as_it_was(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="Zoë \x1b[1m ", clock=clock) as file:
        for name, answers in FITTING.items():
            for answer in answers[:-1]:
                file.answer(asked(name), answer)
        file.note("A-1", " Two lines:\r\nthe second\x1b[2J ")
        file.flag("A-1", True)
        events, state = file.events, file.state
    found = read(path)
    assert (found.events, found.state, found.broken) == (events, state, None)
    assert state.answers == {name: answers[-2] for name, answers in FITTING.items() if name in checklist().question}
    assert state.notes == {"A-1": "Two lines:\nthe second␛[2J"}
    assert (state.depot, state.marking, state.on) == ("North", "SECRET", ON)
    assert (state.started, state.changed) == (clock(), clock())
    assert state.respondents == ["Zoë ␛[1m"]


def test_who_answered_is_named_in_the_order_of_a_list_of_names(tmp_path: Path) -> None:
    path = new(tmp_path / "a.stockcheck")
    for name, by in zip(("A-1", "A-2", "A-4", "A-5"), ("Zoe", "ana", "Álvaro", "Zoé"), strict=True):
        with open_file(path, write=True, by=by) as file:
            file.answer(asked(name), FITTING[name][0])
    assert read(path).state.respondents == ["Álvaro", "ana", "Zoe", "Zoé"]


def test_history_tells_what_happened_to_one_question_and_no_other(tmp_path: Path) -> None:
    with open_file(new(tmp_path / "d.stockcheck"), write=True, by="tester") as file:
        file.answer(asked("A-1"), Answer("no"))
        file.answer(asked("B-1"), Answer("no"))
        file.note("A-1", "Hole by the gate")
        file.answer(asked("A-1"), Answer("yes"))
        file.flag("A-1", True)
        file.answer(asked("A-1"), None)
        told = [(event.kind, event.data) for event in file.history("A-1")]
        assert "A-1" not in file.state.entries
    assert told == [
        ("answer", {"value": "no"}),
        ("note", {"text": "Hole by the gate"}),
        ("answer", {"value": "yes"}),
        ("flag", {"set": True}),
        ("answer", None),
    ]


def test_the_assessment_as_it_stood_is_found_by_the_hash_of_its_last_entry(tmp_path: Path) -> None:
    with open_file(new(tmp_path / "d.stockcheck"), write=True, by="tester") as file:
        stood = [(file.head, file.state)]
        for answer in (Answer("no"), Answer("partial"), None):
            file.answer(asked("A-1"), answer)
            stood.append((file.head, file.state))
        for head, state in stood:
            assert file.as_of(head) == state
        for unknown in ("", "0" * 64, file.head[:12]):
            assert file.as_of(unknown) is None


def test_a_checklist_is_found_by_its_digest_if_the_assessment_was_ever_made_against_it(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    other, stray = built(control("A-1")), built(control("Z-1"))
    with open_file(path, write=True, by="tester") as file:
        file.change_checklist(other, {}, [])
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO checklist VALUES (?, ?)", (stray.digest, stray.content))
    with open_file(path) as file:
        assert file.checklist_by_digest(checklist().digest) == checklist()
        assert file.checklist_by_digest(other.digest) == other
        assert file.checklist_by_digest(stray.digest) is None, "it is in the file, and no entry names it"
        assert file.checklist_by_digest("0" * 64) is None


def test_a_file_opened_for_reading_says_so_whatever_is_to_be_recorded(tmp_path: Path) -> None:
    attempts: list[Callable[[AssessmentFile], object]] = [
        lambda file: file.answer(asked("A-1"), Answer("no")),
        lambda file: file.note("A-1", "x"),
        lambda file: file.flag("A-1", True),
        lambda file: file.review("A-1", True),
        lambda file: file.act({"A-1": {"status": "Done"}}),
        lambda file: file.change_checklist(checklist(), {}, []),
        lambda file: file.redact(1),
    ]
    with open_file(new(tmp_path / "d.stockcheck"), by="tester") as file:
        for attempt in attempts:
            with pytest.raises(AssessmentFileError, match="opened for reading"):
                attempt(file)


def test_an_answer_whose_question_no_longer_applies_is_kept(tmp_path: Path) -> None:
    with open_file(new(tmp_path / "d.stockcheck"), write=True, by="tester") as file:
        file.answer(asked("A-1"), Answer("yes"))
        file.answer(asked("A-2"), Answer("locked"))
        file.answer(asked("A-1"), Answer("no"))
        assert file.state.answers["A-2"] == Answer("locked")


REFUSED: list[tuple[str, Answer]] = [
    ("A-1", Answer("perhaps")),
    ("A-1", Answer(("yes",))),
    ("A-1", Answer(status="na", justification=" \n")),
    ("A-2", Answer("ajar")),
    ("A-3", Answer(("locks", "doors"))),
    ("A-4", Answer(Decimal("NaN"))),
    ("A-4", Answer(Decimal("1e999999"))),
    ("A-4", Answer("4")),
    ("A-5", Answer(dt.date(2026, 3, 2))),
    ("A-6", Answer(" \n")),
    ("A-6", UNKNOWN),
    ("kinds", Answer(status="na", justification="There are none")),
]


@pytest.mark.parametrize(("name", "answer"), REFUSED)
def test_an_answer_that_does_not_fit_is_refused_and_leaves_no_trace(tmp_path: Path, name: str, answer: Answer) -> None:
    path = new(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="tester") as file:
        with pytest.raises(AnswerError):
            file.answer(asked(name), answer)
        assert len(file.events) == 1
    assert len(read(path).events) == 1


@pytest.mark.parametrize(
    "attempt",
    [
        lambda file: file.answer(control_named("Z-9"), Answer("yes")),
        lambda file: file.answer(checklist().field["size"].model_copy(update={"id": "A-1"}), Answer(Decimal(1))),
        lambda file: file.note("Z-9", "x"),
        lambda file: file.note("kinds", "x"),
        lambda file: file.flag("Z-9", True),
    ],
)
def test_nothing_is_recorded_of_what_the_checklist_does_not_ask(
    tmp_path: Path, attempt: Callable[[Any], object]
) -> None:
    path = new(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="tester") as file, pytest.raises(KeyError):
        attempt(file)
    assert len(read(path).events) == 1, "an event about it would make the file unreadable for ever"


def control_named(name: str) -> Asked:
    return checklist().question["A-1"].model_copy(update={"id": name})


# Another version of the checklist

OLD = built(
    control("Q-1"),
    control("Q-2"),
    control("Q-3", type="choice", options=options(good="1", bad="0")),
    control("Q-4"),
    profile=({"id": "where", "type": "choice", "text": "Where?", "options": {"hill": "Hill", "vale": "Vale"}},),
)
YES, NO = Answer("yes"), Answer("no")


def changed(
    folder: Path,
    new_one: Checklist,
    moved: dict[str, str] | None = None,
    review: list[str] | None = None,
    order: tuple[str, ...] = ("Q-1", "Q-2", "Q-3", "Q-4"),
) -> State:
    """OLD answered in the given order, all but Q-3 with a note and a flag, and then changed; as read back from disk."""
    answers = {"Q-1": YES, "Q-2": NO, "Q-3": Answer("good"), "Q-4": UNKNOWN}
    path = folder / f"{''.join(order)}.stockcheck"
    create(path, OLD, depot="North", marking="", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as file:
        file.answer(OLD.field["where"], Answer("vale"))
        for name in order:
            file.answer(OLD.question[name], answers[name])
        for name in ("Q-1", "Q-2"):
            file.note(name, f"About {name}")
        file.flag("Q-1", True)
        file.change_checklist(new_one, moved or {}, review or [])
        state = file.state
        assert file.checklist.digest == new_one.digest
    found = read(path)
    assert found.state == state
    assert found.broken is None
    assert found.state.checklist == new_one
    return found.state


PLACE = OLD.profile[0].model_dump()


def test_answers_follow_a_question_that_moved(tmp_path: Path) -> None:
    state = changed(
        tmp_path, built(control("N-1"), control("Q-2"), profile=(PLACE,)), {"Q-1": "N-1"}, ["N-1", "Q-3", "none"]
    )
    assert state.answers == {"N-1": YES, "Q-2": NO}
    assert state.notes == {"N-1": "About Q-1", "Q-2": "About Q-2"}
    assert state.flags == {"N-1"}
    assert state.review == {"N-1"}, "only what has an answer can be reviewed"
    assert {name: entry.answer for name, entry in state.gone.items()} == {"Q-3": Answer("good"), "Q-4": UNKNOWN}
    assert state.facts == {"where": Answer("vale")}


def test_what_no_longer_fits_is_kept_aside(tmp_path: Path) -> None:
    where = {"id": "where", "type": "choice", "text": "Where?", "options": {"hill": "Hill"}}
    other = control("Q-3", type="choice", options=options(fair="1", bad="0"))
    state = changed(tmp_path, built(control("Q-1"), control("Q-2"), other, control("Q-4"), profile=(where,)))
    assert state.answers == {"Q-1": YES, "Q-2": NO, "Q-4": UNKNOWN}
    assert {name: entry.answer for name, entry in state.gone.items()} == {"Q-3": Answer("good")}
    assert state.facts == {}


@pytest.mark.parametrize("order", [("Q-1", "Q-2", "Q-4"), ("Q-4", "Q-2", "Q-1")])
def test_where_answers_meet_the_order_they_were_given_in_decides_nothing(
    tmp_path: Path, order: tuple[str, ...]
) -> None:
    merged = built(section("one", control("Q-2"), control("N-1")), profile=(PLACE,))
    state = changed(tmp_path, merged, {"Q-1": "Q-2", "Q-4": "Q-2"}, ["Q-2"], order)
    assert state.answers == {"Q-2": NO}, "a question's own answer stands"
    assert {name: entry.answer for name, entry in state.gone.items()} == {"Q-1": YES, "Q-4": UNKNOWN}
    assert state.notes == {"Q-2": "About Q-2\nAbout Q-1"}
    state = changed(tmp_path, merged, {"Q-1": "N-1", "Q-4": "N-1"}, order=(*order, "Q-3"))
    assert state.answers == {"N-1": YES, "Q-2": NO}, "and of two that moved, the one that stood first"
    assert set(state.gone) == {"Q-3", "Q-4"}


def test_where_answers_meet_the_one_whose_question_stood_first_is_it_whatever_they_are_called(tmp_path: Path) -> None:
    old = built(control("Z-1"), control("A-1"))
    create(tmp_path / "a.stockcheck", old, depot="North", marking="", on=ON, by="tester")
    with open_file(tmp_path / "a.stockcheck", write=True, by="tester") as file:
        for name, answer in (("A-1", NO), ("Z-1", YES)):
            file.answer(old.question[name], answer)
            file.note(name, f"About {name}")
        file.change_checklist(built(control("N-1")), {"A-1": "N-1", "Z-1": "N-1"}, [])
        assert file.state.answers == {"N-1": YES}
        assert file.state.notes == {"N-1": "About Z-1\nAbout A-1"}


@pytest.mark.parametrize(("sent_back", "still"), [("Q-1", {"Q-1"}), ("Q-2", set())])
def test_what_was_said_of_an_answer_that_gives_way_is_not_said_of_the_one_that_stands(
    tmp_path: Path, sent_back: str, still: set[str]
) -> None:
    path = tmp_path / "a.stockcheck"
    create(path, OLD, depot="North", marking="", on=ON, by="Ana")
    with open_file(path, write=True, by="Ana") as file:
        for name in ("Q-1", "Q-2"):
            file.answer(OLD.question[name], not_applicable(f"No {name} here"))
    with open_file(path, write=True, by="Ben") as file:
        file.review(sent_back, False, "There is one")
        file.change_checklist(built(control("Q-1")), {"Q-2": "Q-1"}, ["Q-1"])
        assert file.state.answers == {"Q-1": not_applicable("No Q-1 here")}
        assert set(file.state.sent_back) == still


def test_an_answer_looked_at_again_needs_no_review(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="tester") as file:
        file.change_checklist(checklist(), {}, ["A-1", "A-2"])
        assert file.state.review == {"A-1", "A-2"}
        file.answer(asked("A-1"), Answer("partial"))
        file.answer(asked("A-2"), None)
    assert read(path).state.review == set()


def test_a_copy_of_a_state_goes_its_own_way(tmp_path: Path) -> None:
    before = read(answered(tmp_path / "d.stockcheck"))
    after, last = before.state.copy(), before.events[-1]
    happened: list[Event] = []
    for kind, subject, data in (
        ("profile", "kinds", "null"),
        ("answer", "A-1", "null"),
        ("note", "A-1", '{"text":""}'),
        ("flag", "A-3", '{"set":false}'),
        ("checklist", "", json.dumps({"checklist": checklist().digest, "moved": {}, "review": ["A-2"]})),
    ):
        happened.append(chained(happened[-1] if happened else last, kind, subject, data))
        apply(after, happened[-1], lambda _digest: checklist())
    assert (after.profile, set(after.entries), after.notes, after.flags) == ({}, {"A-2"}, {}, set())
    assert after.review == {"A-2"}
    assert before.state == fold(before.events, checklist(), lambda _digest: checklist())
