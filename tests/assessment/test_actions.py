"""Actions: what is done about a question is kept beside its answer, as it was said, and changes no answer."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from stockcheck.answers.answer import Answer
from stockcheck.assessment.actions import NOTHING, Action, Change, after, as_data, in_words
from stockcheck.assessment.checks import FORMAT
from stockcheck.assessment.file import open_file
from stockcheck.assessment.upgrade import upgrade
from stockcheck.errors import AnswerError, AssessmentFileError
from tests.assessment.crafting import answered, clock, new, read
from tests.scoring.building import built, control

DUE, DONE = dt.date(2026, 6, 30), dt.date(2026, 5, 1)
SHA = "ab" * 32


def acted(path: Path, *changes: Change, question: str = "A-1") -> Action:
    """What stands about a question after `changes`, one after the other; as read back from disk."""
    with open_file(path, write=True, by="clerk", clock=clock) as file:
        for change in changes:
            file.act({question: change})
        state = file.state
    assert read(path).state == state
    return state.actions[question]


def test_what_is_new_is_kept_and_the_rest_stays(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    action = acted(path, {"owner": "Storekeeper", "due": DUE}, {"status": "under_way", "remarks": "Ordered."})
    assert action == Action(
        owner="Storekeeper", due=DUE, status="under_way", remarks="Ordered.", by="clerk", at=clock()
    )
    assert json.loads(read(path).events[-1].body) == {"status": "under_way", "remarks": "Ordered."}


def test_an_action_changes_no_answer(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    before = read(path).state
    acted(path, {"status": "done", "done_on": DONE, "verified_by": "Inspector"})
    after = read(path).state
    assert (after.entries, after.notes, after.flags, after.accepted) == (
        before.entries,
        before.notes,
        before.flags,
        before.accepted,
    )


def test_what_is_empty_takes_away(tmp_path: Path) -> None:
    action = acted(answered(tmp_path / "d.stockcheck"), {"owner": "X", "due": DUE}, {"owner": " ", "due": None})
    assert not action.says_something


def test_what_stands_already_is_no_entry(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    acted(path, {"owner": "Store  keeper", "due": DUE})
    entries = len(read(path).events)
    acted(path, {"owner": " Store keeper ", "due": DUE, "until": None, "status": "open", "measure": ""})
    assert len(read(path).events) == entries


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"status": "waived"}, "A waiver needs a date"),
        ({"status": "waived", "until": DUE}, "A waiver needs a date"),
        ({"status": "waived", "measure": "Guards doubled"}, "A waiver needs a date"),
        ({"status": "Done"}, "is no status"),
        ({"done_on": DONE}, "its status is not done"),
        ({"due": "end of March"}, "is not a date"),
        ({"owner": "x" * 201}, "at most 200"),
        ({"remarks": "x" * 20_001}, "at most 20000"),
    ],
)
def test_what_does_not_go_together_is_refused_and_nothing_written(tmp_path: Path, change: Change, why: str) -> None:
    path = answered(tmp_path / "d.stockcheck")
    before = path.read_bytes()
    with open_file(path, write=True, by="clerk", clock=clock) as file, pytest.raises(AnswerError, match=why):
        file.act({"A-2": {"owner": "Storekeeper"}, "A-1": change})
    assert path.read_bytes() == before


def test_a_waiver_holds_until_a_date_with_a_measure(tmp_path: Path) -> None:
    waiver: Change = {"status": "waived", "until": DUE, "measure": "Guards doubled."}
    path = answered(tmp_path / "d.stockcheck")
    assert acted(path, waiver).until == DUE
    with open_file(path, write=True, by="clerk", clock=clock) as file, pytest.raises(AnswerError):
        file.act({"A-1": {"measure": ""}})


def test_a_question_that_there_is_not_has_no_action(tmp_path: Path) -> None:
    with open_file(answered(tmp_path / "d.stockcheck"), write=True, by="clerk") as file, pytest.raises(KeyError):
        file.act({"Z-9": {"owner": "X"}})


def test_several_are_kept_in_one_transaction_and_say_where_from(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="clerk", clock=clock) as file:
        assert file.act({"A-1": {"owner": "X"}, "A-2": {"owner": "Y"}, "A-3": {"owner": ""}}, SHA) == 2
    last = read(path).events[-2:]
    assert [(event.kind, event.subject, json.loads(event.body)) for event in last] == [
        ("action", "A-1", {"owner": "X", "from": SHA}),
        ("action", "A-2", {"owner": "Y", "from": SHA}),
    ]


def test_a_failure_in_the_middle_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = answered(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="clerk", clock=clock) as file:
        before = file.state
        monkeypatch.setattr("stockcheck.assessment.tables.MAX_EVENTS", len(file.events) + 1)
        with pytest.raises(AssessmentFileError):
            file.act({"A-1": {"owner": "X"}, "A-2": {"owner": "Y"}})
        assert file.state == before
    assert read(path).state == before


def test_actions_go_where_their_questions_went(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="clerk", clock=clock) as file:
        file.answer(file.checklist.question["A-1"], Answer("no"))
        for name in ("A-1", "A-2", "A-3", "B-1"):
            file.act({name: {"owner": f"Owner of {name}"}})
        upgrade(file, built(control("N", replaces=["A-1", "A-2"]), control("B-1"), control("M", replaces=["A-3"])))
        owners = {name: action.owner for name, action in file.state.actions.items()}
    assert owners == {"N": "Owner of A-1", "B-1": "Owner of B-1", "M": "Owner of A-3"}


def test_an_action_left_behind_by_its_answer_goes_with_the_one_that_is_carried(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="clerk", clock=clock) as file:
        for name in ("A-1", "B-1"):
            file.answer(file.checklist.question[name], Answer("no"))
        file.act({"B-1": {"status": "waived", "until": DUE, "measure": "Guards"}})
        upgrade(file, built(control("N", replaces=["A-1", "B-1"])))
        assert file.state.actions["N"].measure == "Guards"


@pytest.mark.parametrize("part", ["owner", "verified_by", "evidence", "remarks", "measure"])
def test_each_text_can_be_removed_from_every_byte(tmp_path: Path, part: str) -> None:
    path = answered(tmp_path / "d.stockcheck")
    waiver: Change = {"status": "waived", "until": DUE, "measure": "Guards", "owner": "X", part: "Colonel Zugzwang"}
    acted(path, waiver)
    entry = len(read(path).events)
    with open_file(path, write=True, by="clerk", clock=clock) as file:
        file.redact(entry, part)  # type: ignore[arg-type]
        assert file.record.chain_holds
    assert b"Zugzwang" not in path.read_bytes()
    assert read(path).state.actions["A-1"].status == "waived"
    assert getattr(read(path).state.actions["A-1"], part) == "[removed]"


def test_an_older_file_becomes_the_current_format_with_its_first_action(tmp_path: Path) -> None:
    path = tmp_path / "old.stockcheck"
    path.write_bytes((Path(__file__).parent / "fixtures/format-1.stockcheck").read_bytes())
    question = next(iter(read(path).state.checklist.question))
    acted(path, {"owner": "X"}, question=question)
    assert int.from_bytes(path.read_bytes()[60:64]) == FORMAT


def test_what_it_holds_is_told_by_name_and_what_is_empty_is_none() -> None:
    assert Action(owner="X", due=DUE, by="clerk", at=clock()).values == {
        "owner": "X",
        "due": DUE,
        "status": "open",
        "done_on": None,
        "verified_by": None,
        "evidence": None,
        "remarks": None,
        "until": None,
        "measure": None,
    }


def test_what_does_not_fit_is_told_with_what_helps() -> None:
    with pytest.raises(AnswerError) as refused:
        as_data(NOTHING, {"done_on": DONE})
    assert "its status is not done" in refused.value.message
    assert "Set the status to done" in refused.value.hint
    with pytest.raises(AnswerError) as refused:
        as_data(NOTHING, {"status": "finished"})
    assert refused.value.message == "“finished” is no status."
    assert refused.value.hint == "One of: open, under_way, done, waived."


@pytest.mark.parametrize("name", ["colour", "by", "at"])
def test_an_action_holds_what_it_holds_and_nothing_else(name: str) -> None:
    with pytest.raises(KeyError):
        as_data(NOTHING, {name: "red"})
    with pytest.raises(TypeError):
        after(NOTHING, {name: "red"})


@pytest.mark.parametrize(
    "said",
    [{"owner": 0}, {"remarks": False}, {"evidence": []}, {"due": 20260630}, {"status": "finished"}, {"status": None}],
)
def test_what_another_program_wrote_of_an_action_is_understood_or_refused(said: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        after(NOTHING, said)


def test_what_another_program_wrote_without_a_bound_is_whole_and_refuses_nothing_later() -> None:
    assert after(NOTHING, {"owner": "x" * 20_001}).owner == "x" * 20_001
    odd = after(NOTHING, {"done_on": "2026-05-01"})
    assert as_data(odd, {"owner": " "}) == {}, "nothing is new, so nothing has to go together"


def test_it_is_said_in_words_with_what_was_taken_away() -> None:
    assert in_words({"due": "2026-06-30", "owner": "Storekeeper\x1b"}) == "Owner: Storekeeper␛\nDue: 2026-06-30"
    assert in_words({"status": "under_way", "owner": None, "from": SHA}) == "Owner: –\nStatus: Under way"
    assert not NOTHING.says_something
