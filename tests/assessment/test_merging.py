"""Two copies of an assessment brought together: nothing is lost, nothing is decided silently, the chain holds."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from stockcheck.answers.answer import Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessment.events import Event
from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.assessment.merged_file import open_pair, write
from stockcheck.assessment.merging import Merge, Merged, Side
from stockcheck.assessment.record import place_of
from stockcheck.assessment.redaction import MARK
from stockcheck.assessment.state import State
from stockcheck.errors import UsageError
from stockcheck.scoring.scorecard import Scorecard
from tests.assessment.crafting import ON, checklist, read

START = dt.datetime(2026, 3, 1, 10, tzinfo=dt.UTC)
FIXTURES = Path(__file__).parent / "fixtures"
LATER = START + dt.timedelta(days=9)
Do = Callable[[AssessmentFile], object]


def clock(start: dt.datetime = START) -> Callable[[], dt.datetime]:
    """A clock that goes on by a second each time it is looked at."""
    seconds = itertools.count()
    return lambda: start + dt.timedelta(seconds=next(seconds))


def done(path: Path, by: str, *what: Do, start: dt.datetime = START) -> Path:
    with open_file(path, write=True, by=by, clock=clock(start)) as file:
        for do in what:
            do(file)
    return path


def answers(name: str, value: str | Answer | None) -> Do:
    answer = Answer(value) if isinstance(value, str) else value
    return lambda file: file.answer(file.checklist.question[name], answer)


def notes(name: str, text: str) -> Do:
    return lambda file: file.note(name, text)


def flags(name: str, flagged: bool = True) -> Do:
    return lambda file: file.flag(name, flagged)


def acts(name: str, **change: Any) -> Do:
    return lambda file: file.act({name: change})


def reviews(name: str, accept: bool = True) -> Do:
    return lambda file: file.review(name, accept, "" if accept else "it is there")


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    """Two copies that have A-1 answered in common, and nothing since."""
    ours, theirs = tmp_path / "ours.stockcheck", tmp_path / "theirs.stockcheck"
    create(ours, checklist(), depot="North", marking="", on=ON, by="tester", clock=clock(START - dt.timedelta(days=1)))
    done(ours, "Ana", answers("A-1", "partial"), notes("A-1", "Colonel Z. has the key"))
    shutil.copy(ours, theirs)
    return ours, theirs


def found(ours: Path, theirs: Path) -> Merge:
    with open_pair(ours, theirs) as pair:
        assert pair.merge is not None
        return pair.merge


def keys(ours: Path, theirs: Path) -> list[str]:
    return [one.key for one in found(ours, theirs).conflicts]


def merged(ours: Path, theirs: Path, *, side: Side | None = None, name: str = "both", **sides: Side) -> Path:
    """Both brought together in a new file; a name such as A_1 stands for A-1."""
    output = ours.parent / f"{name}.stockcheck"
    result(ours, theirs, output, side=side, **sides)
    return output


def result(ours: Path, theirs: Path, output: Path, *, side: Side | None = None, **sides: Side) -> Merged:
    chosen = {one.replace("_", "-"): whose for one, whose in sides.items()}
    with open_pair(ours, theirs) as pair:
        assert pair.merge is not None
        every: dict[str, Side] = {one.key: side for one in pair.merge.conflicts} if side else {}
        return write(pair, pair.merge, output, every | chosen, by="Mia", clock=clock(LATER))


def said(event: Event) -> tuple[str, str, str, str, str]:
    return event.at, event.by, event.kind, event.subject, event.body


def figures(state: State) -> Any:
    card = Scorecard(state.checklist, state.answers, state.facts, state.on, state.accepted)
    return card.overall, card.achieved, card.reachable, card.set_aside


def values(state: State) -> Any:
    """How it stands, whoever has recorded it."""
    acts = {name: action.values for name, action in state.actions.items() if action.says_something}
    about = (state.depot, state.code, state.marking, state.on)
    return state.answers, state.facts, state.notes, state.flags, state.accepted.keys(), acts, about


# Without a conflict


def test_different_sections_come_together_without_a_question(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    done(ours, "Ana", answers("A-1", "yes"), flags("A-3"))
    done(theirs, "Ben", answers("B-1", "no"), notes("B-1", "none seen"))
    both = read(merged(ours, theirs))
    assert both.broken is None
    assert {name: entry.by for name, entry in both.state.entries.items()} == {"A-1": "Ana", "B-1": "Ben"}
    assert both.state.notes == {"A-1": "Colonel Z. has the key", "B-1": "none seen"}
    assert both.state.flags == {"A-3"}
    assert [event.kind for event in both.events[-3:]] == ["merge", "answer", "note"]


def test_the_first_copys_entries_stay_as_they_are_and_the_seconds_bear_their_times_and_names(
    copies: tuple[Path, Path],
) -> None:
    ours, theirs = copies
    done(ours, "Ana", answers("A-1", "yes"))
    done(theirs, "Ben", answers("B-1", "no"), flags("B-1"))
    before = [path.read_bytes() for path in copies]
    mine, yours, both = read(ours).events, read(theirs).events, read(merged(ours, theirs)).events
    assert both[: len(mine)] == mine
    merge = both[len(mine)]
    assert merge.data == {"from": yours[2].hash, "head": yours[-1].hash, "entries": 2, "left_out": 0}
    assert (merge.by, merge.moment) == ("Mia", LATER)
    assert [said(event) for event in both[len(mine) + 1 :]] == [said(event) for event in yours[3:]]
    assert [path.read_bytes() for path in copies] == before
    assert place_of(mine[-1].hash[:12], both) == mine[-1]


def test_the_same_said_in_both_is_no_conflict(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    for path, by in ((ours, "Ana"), (theirs, "Ben")):
        done(path, by, answers("A-1", "no"), notes("A-1", "a gap"), flags("A-1"), acts("A-1", owner="Eva"))
    assert keys(ours, theirs) == []
    assert read(merged(ours, theirs)).state.entries["A-1"].answer == Answer("no")


def test_different_parts_of_an_action_come_together(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    done(ours, "Ana", acts("A-1", owner="Eva"))
    done(theirs, "Ben", acts("A-1", due=dt.date(2026, 5, 1)))
    action = read(merged(ours, theirs)).state.actions["A-1"]
    assert (action.owner, action.due) == ("Eva", dt.date(2026, 5, 1))


# Conflicts


def test_what_both_recorded_differently_is_in_conflict_with_who_and_when(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    done(ours, "Ana", answers("A-1", "yes"), start=LATER)
    done(theirs, "Ben", answers("A-1", "no"))
    (conflict,) = found(ours, theirs).conflicts
    assert conflict.key == "A-1"
    assert [(one.value, one.by) for one in (conflict.before, conflict.ours, conflict.theirs)] == [
        (Answer("partial"), "Ana"),
        (Answer("yes"), "Ana"),
        (Answer("no"), "Ben"),
    ]
    assert (conflict.ours.at, conflict.theirs.at) == (LATER, START)


def test_what_one_answered_and_the_other_took_back_is_in_conflict(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    done(ours, "Ana", answers("B-1", "yes"))
    done(theirs, "Ben", answers("B-1", "no"), answers("B-1", None))
    assert keys(ours, theirs) == ["B-1"]
    assert "B-1" not in read(merged(ours, theirs, side="theirs")).state.entries


def everything(number: int) -> Sequence[Do]:
    """Everything that can be in conflict, recorded otherwise for each `number`."""
    return (
        answers("A-1", ("yes", "no")[number]),
        lambda file: file.answer(file.checklist.field["size"], Answer(Decimal(number))),
        notes("A-1", f"note {number}"),
        flags("A-1"),
        flags("A-1", bool(number)),
        acts("A-1", owner=f"owner {number}", remarks="the same"),
        lambda file: file.describe({"depot": f"Depot {number}", "code": f"C{number}", "on": f"2026-03-0{number + 2}"}),
    )


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_ours_and_theirs_give_exactly_that_copys_values(copies: tuple[Path, Path], side: Side) -> None:
    ours, theirs = copies
    done(ours, "Ana", *everything(0))
    done(theirs, "Ben", *everything(1))
    assert keys(ours, theirs) == [
        "set:code",
        "set:date",
        "set:depot",
        "size",
        "A-1",
        "A-1:action",
        "A-1:flag",
        "A-1:note",
    ]
    both = read(merged(ours, theirs, side=side))
    wanted = read(ours if side == "ours" else theirs).state
    assert values(both.state) == values(wanted)
    assert figures(both.state) == figures(wanted)
    assert {event.by for event in both.events[-8:]} == {"Mia"}, "what was decided is recorded by whoever decided"


def test_each_can_be_decided_by_itself_and_two_notes_joined(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    done(ours, "Ana", answers("A-1", "yes"), answers("B-1", "yes"), notes("A-1", "one"))
    done(theirs, "Ben", answers("A-1", "no"), answers("B-1", "no"), notes("A-1", "two"))
    with open_pair(ours, theirs) as pair:
        assert pair.merge is not None
        sides: dict[str, Side] = {"A-1": "ours", "B-1": "theirs", "A-1:note": "both"}
        write(pair, pair.merge, ours.with_name("c.stockcheck"), sides, by="Mia")
    state = read(ours.with_name("c.stockcheck")).state
    assert state.answers == {"A-1": Answer("yes"), "B-1": Answer("no")}
    assert state.notes == {"A-1": "one\ntwo"}


def test_nothing_is_written_while_anything_is_undecided(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    done(ours, "Ana", answers("A-1", "yes"), answers("B-1", "yes"))
    done(theirs, "Ben", answers("A-1", "no"), answers("B-1", "no"))
    with pytest.raises(UsageError, match="B-1 is not decided"):
        merged(ours, theirs, A_1="ours")
    assert sorted(path.name for path in ours.parent.iterdir()) == ["ours.stockcheck", "theirs.stockcheck"]


def test_an_action_whose_two_halves_do_not_go_together_is_in_conflict_as_a_whole(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    until = dt.date(2026, 9, 1)
    for path in copies:
        done(path, "Ana", acts("A-1", measure="a guard"))
    shutil.copy(ours, theirs)
    done(ours, "Ana", acts("A-1", measure=None))
    done(theirs, "Ben", acts("A-1", status="waived", until=until))
    assert keys(ours, theirs) == ["A-1:action"]
    sides: tuple[Side, ...] = ("ours", "theirs")
    for side in sides:
        both = read(merged(ours, theirs, side=side, name=f"both by {side}"))
        wanted = read(ours if side == "ours" else theirs).state.actions["A-1"].values
        assert both.state.actions["A-1"].values == wanted


# Countersignatures

NA = not_applicable("a cave")


def test_a_countersignature_falls_where_the_other_copy_has_a_new_answer(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    done(ours, "Ana", answers("B-1", NA))
    shutil.copy(ours, theirs)
    done(ours, "Cleo", reviews("B-1"))
    done(theirs, "Ben", answers("B-1", "no"))
    for one, other, left in ((ours, theirs, []), (theirs, ours, ["changed"])):
        output = one.with_name(f"both of {one.name}")
        outcome = result(one, other, output)
        assert [(fallen.question, fallen.review.by) for fallen in outcome.fallen] == [("B-1", "Cleo")]
        assert read(output).state.answers["B-1"] == Answer("no")
        assert [one.why for one in found(one, other).left_out] == left


def test_a_countersignature_holds_for_the_answer_that_was_countersigned_alone(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    done(ours, "Ana", answers("B-1", NA))
    shutil.copy(ours, theirs)
    done(ours, "Dan", answers("B-1", not_applicable("no plan is needed")))
    done(theirs, "Cleo", reviews("B-1"))
    assert [one.why for one in found(ours, theirs).left_out] == ["changed"]
    assert not read(merged(ours, theirs)).state.accepted


def test_where_one_agreed_and_another_did_not_it_is_open_in_either_order(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    done(ours, "Ana", answers("B-1", NA))
    shutil.copy(ours, theirs)
    done(ours, "Cleo", reviews("B-1"))
    done(theirs, "Dan", reviews("B-1", accept=False))
    for one, other in ((ours, theirs), (theirs, ours)):
        output = one.with_name(f"both of {one.name}")
        assert [fallen.review.by for fallen in result(one, other, output).fallen] == ["Cleo"]
        state = read(output).state
        assert (state.accepted, [review.by for review in state.sent_back.values()]) == ({}, ["Dan"])


def test_two_who_agreed_are_no_conflict(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    done(ours, "Ana", answers("B-1", NA))
    shutil.copy(ours, theirs)
    done(ours, "Cleo", reviews("B-1"))
    done(theirs, "Dan", reviews("B-1"))
    assert [one.why for one in found(ours, theirs).left_out] == ["countersigned"]
    assert read(merged(ours, theirs)).state.accepted["B-1"].by == "Cleo"


# What was removed


@pytest.mark.parametrize("where", ["ours", "theirs", "both", "name and text"])
def test_what_one_copy_removed_is_in_no_byte_of_both(copies: tuple[Path, Path], where: str) -> None:
    ours, theirs = copies
    done(ours, "Eve", answers("B-1", "no"))
    done(theirs, "Eve", flags("A-2"))
    if where != "theirs":
        done(ours, "Ana", lambda file: file.redact(3))
    if where in ("theirs", "both"):
        done(theirs, "Ben", lambda file: file.redact(3))
    if where == "name and text":
        done(theirs, "Ben", lambda file: file.redact(3, "name"))
    output = merged(ours, theirs)
    both = read(output)
    assert both.broken is None
    assert b"Colonel" not in output.read_bytes()
    assert (both.events[2].by == MARK) == (where == "name and text")
    assert both.events[2].hash == read(ours).events[2].hash
