"""An assessment brought to a newer version: the state that is kept is the one that was planned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck.answers.answer import Answer
from stockcheck.assessment.file import create, open_file
from stockcheck.assessment.state import State
from stockcheck.assessment.upgrade import upgrade
from stockcheck.checklist.model import Checklist
from stockcheck.checklist.succession import predecessors
from stockcheck.plaintext import MAX_TEXT
from tests.assessment.crafting import ON, read
from tests.scoring.building import built, control

ALL = ("A", "B", "C")
OLD = built(*(control(name) for name in ALL))
YES, NO, PARTIAL = Answer("yes"), Answer("no"), Answer("partial")


def upgraded(
    path: Path, new: Checklist, answers: dict[str, Answer], noted: tuple[str, ...] = (), flagged: tuple[str, ...] = ()
) -> State:
    """OLD answered, noted and flagged as given, then upgraded to `new`; as read back from disk."""
    create(path, OLD, depot="North", marking="", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as file:
        for name, answer in answers.items():
            file.answer(OLD.question[name], answer)
        for name in noted:
            file.note(name, f"About {name}.")
        for name in flagged:
            file.flag(name, True)
        plan = upgrade(file, new)
        state = file.state
    assert read(path).state == state
    assert set(state.review) == set(plan.review)
    assert set(state.entries) == {*plan.carried, *plan.moved.values()}
    assert set(state.gone) == set(plan.gone)
    return state


def test_of_several_the_answer_of_the_first_that_the_list_names_is_carried(tmp_path: Path) -> None:
    new = built(control("N", replaces=["B", "A"]), control("C"))
    state = upgraded(tmp_path / "a", new, {"A": NO, "B": YES}, noted=("A", "B"), flagged=("A",))
    assert state.answers == {"N": YES}
    assert {name: entry.answer for name, entry in state.gone.items()} == {"A": NO}
    assert state.notes == {"N": "About B.\nAbout A."}
    assert state.flags == {"N"}


def test_of_several_the_first_that_was_answered_is_carried(tmp_path: Path) -> None:
    new = built(control("N", replaces=["B", "A"]), control("C"))
    state = upgraded(tmp_path / "a", new, {"A": NO}, noted=("A", "B", "C"), flagged=("B",))
    assert state.answers == {"N": NO}
    assert state.notes == {"N": "About A.\nAbout B.", "C": "About C."}
    assert state.flags == {"N"}


def test_a_question_of_the_same_id_keeps_its_answer_and_takes_the_notes_of_what_it_replaces(tmp_path: Path) -> None:
    new = built(control("A", replaces=["B", "C"]))
    state = upgraded(tmp_path / "a", new, {"A": PARTIAL, "B": YES}, noted=ALL)
    assert state.answers == {"A": PARTIAL}
    assert set(state.gone) == {"B"}
    assert state.notes == {"A": "About A.\nAbout B.\nAbout C."}


def test_what_nothing_replaces_is_neither_shown_nor_lost(tmp_path: Path) -> None:
    state = upgraded(tmp_path / "a", built(control("N")), {"A": YES}, noted=("A",), flagged=("A",))
    assert (state.answers, state.notes, state.flags) == ({}, {}, set())
    assert [event.subject for event in read(tmp_path / "a").events] == ["", "A", "A", "A", ""]


def test_a_note_that_was_joined_before_an_upgrade_broke_off_is_not_joined_twice(tmp_path: Path) -> None:
    path, new = tmp_path / "a", built(control("N", replaces=["B", "A"]))
    create(path, OLD, depot="North", marking="", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as file:
        for name in "AB":
            file.answer(OLD.question[name], YES)
        file.note("A", "About A.")
        file.note("B", "About B.\nAbout A.")
        upgrade(file, new)
        assert file.state.notes == {"N": "About B.\nAbout A."}


def test_notes_are_joined_whole_however_long_and_whatever_they_have_in_common(tmp_path: Path) -> None:
    new = built(control("N", replaces=["B", "A"]))
    for first, second in (("gate", "The gate is open."), ("x" * MAX_TEXT, "y" * MAX_TEXT)):
        path = tmp_path / str(len(first))
        create(path, OLD, depot="North", marking="", on=ON, by="tester")
        with open_file(path, write=True, by="tester") as file:
            for name, note in {"A": first, "B": second}.items():
                file.answer(OLD.question[name], YES)
                file.note(name, note)
            upgrade(file, new)
        assert read(path).state.notes == {"N": f"{second}\n{first}"}


@pytest.mark.parametrize(("removed", "left"), [("A", "About B."), ("B", "About A.")])
def test_a_note_that_was_removed_is_not_joined(tmp_path: Path, removed: str, left: str) -> None:
    path = tmp_path / "a"
    create(path, OLD, depot="North", marking="", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as file:
        for name in "AB":
            file.answer(OLD.question[name], YES)
            file.note(name, f"About {name}.")
        file.redact(next(one.seq for one in file.history(removed) if one.kind == "note"))
        upgrade(file, built(control("N", replaces=["B", "A"])))
        assert file.state.notes == {"N": left}


def test_an_upgrade_records_no_more_than_it_has_to(tmp_path: Path) -> None:
    """What stands at the question that is carried is not said again, and nothing is said of what has nothing."""
    path = tmp_path / "a"
    create(path, OLD, depot="North", marking="", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as file:
        for name in "AB":
            file.answer(OLD.question[name], YES)
            file.flag(name, True)
            file.act({name: {"owner": f"Owner of {name}"}})
        file.note("B", "About B.")
        before = len(file.events)
        upgrade(file, built(control("N", replaces=["B", "A", "C"])))
        assert [event.kind for event in file.events[before:]] == ["checklist"]
        assert file.events[-1].data["moved"] == {"B": "N"}
        state = file.state
    assert (state.notes, state.flags, set(state.actions)) == ({"N": "About B."}, {"N"}, {"N"})
    assert state.actions["N"].owner == "Owner of B", "of two actions, that of the answer that is carried"


@pytest.mark.parametrize("what", ["note", "flag", "action"])
def test_what_was_said_of_a_question_without_an_answer_goes_where_it_went(tmp_path: Path, what: str) -> None:
    path = tmp_path / "a"
    create(path, OLD, depot="North", marking="", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as file:
        if what == "note":
            file.note("A", "About A.")
        elif what == "flag":
            file.flag("A", True)
        else:
            file.act({"A": {"owner": "Somebody"}})
        upgrade(file, built(control("N", replaces=["A"]), control("B")))
        state = file.state
    about = {"note": set(state.notes), "flag": state.flags, "action": set(state.actions)}
    assert about == {kind: {"N"} if kind == what else set() for kind in about}


GIVEN = st.dictionaries(st.sampled_from(ALL), st.sampled_from([YES, NO, PARTIAL]))
SOME = st.lists(st.sampled_from(ALL), unique=True).map(tuple)


@st.composite
def newer(draw: st.DrawFn) -> Checklist:
    kept = draw(st.sets(st.sampled_from(ALL), max_size=2))
    gone = draw(st.permutations([name for name in ALL if name not in kept]))
    cut = draw(st.integers(0, len(gone)))
    first: dict[str, Any] = control("N", replaces=gone[:cut])
    second: dict[str, Any] = control(draw(st.sampled_from([*sorted(kept), "M"])), replaces=gone[cut:])
    return built(first, second, *(control(name) for name in sorted(kept - {second["id"]})))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(new=newer(), answers=GIVEN, noted=SOME, flagged=SOME)
def test_every_answer_is_where_the_one_rule_puts_it(
    tmp_path_factory: pytest.TempPathFactory,
    new: Checklist,
    answers: dict[str, Answer],
    noted: tuple[str, ...],
    flagged: tuple[str, ...],
) -> None:
    state = upgraded(tmp_path_factory.mktemp("any") / "a", new, answers, noted, flagged)
    earlier = predecessors(OLD, new, answers)
    assert state.answers == {now: answers[old] for now, old in earlier.items() if old in answers}
    heirs = {old: one.id for one in new.questions for old in (one.id, *one.replaces) if old in ALL}
    for name in noted:
        assert name not in heirs or f"About {name}." in state.notes[heirs[name]]
    assert state.flags == {heirs[name] for name in flagged if name in heirs}
