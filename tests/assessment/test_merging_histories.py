"""What becomes of histories that are brought together: redactions, earlier merges, files of older formats."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockcheck.answers.answer import Answer
from stockcheck.assessment.file import create, open_file
from stockcheck.assessment.merged_file import open_pair
from stockcheck.assessment.record import broken, findings
from stockcheck.assessment.redaction import MARK
from stockcheck.errors import AssessmentFileError, UsageError
from tests.assessment.crafting import ON, alter, chained, checklist, crafted, first_event, printed, program, read
from tests.assessment.test_merging import (
    FIXTURES,
    LATER,
    NA,
    START,
    answers,
    clock,
    copies,
    done,
    figures,
    flags,
    found,
    keys,
    merged,
    notes,
    said,
    values,
)
from tests.volume import examples, number

__all__ = ["copies"]


def test_what_was_removed_in_the_second_copy_stays_removed_with_who_and_when(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    done(ours, "Ana", answers("B-1", "no"), answers("B-1", "yes"))
    done(
        theirs,
        "Ben",
        notes("A-2", "the General"),
        flags("A-2"),
        lambda file: file.redact(4),
        lambda f: f.redact(4, "name"),
    )
    done(theirs, "Dan", lambda file: file.redact(6, "name"))
    output = merged(ours, theirs)
    both = read(output)
    assert both.broken is None
    assert both.state.notes["A-2"] == "[removed]"
    assert [(one.entry, one.removed) for one in record(output)] == [(7, "text"), (7, "name"), (9, "name")]
    alter(output, 'UPDATE event SET body = \'{"text":"forged"}\' WHERE seq = 7')
    assert read(output).broken is not None


def record(path: Path) -> Any:
    with open_file(path) as file:
        return file.record.redactions


def test_a_removed_text_is_recorded_again_by_nobody(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    done(ours, "Ana", notes("A-1", "the General"), lambda file: file.redact(4))
    done(theirs, "Ben", notes("A-1", "nobody"))
    with pytest.raises(UsageError, match="removed from the history"):
        merged(ours, theirs, side="ours")
    assert read(merged(ours, theirs, side="theirs")).state.notes["A-1"] == "nobody"
    assert read(merged(theirs, ours, side="theirs", name="c")).state.notes["A-1"] == "[removed]"


# Again, and nested


def test_a_copy_that_went_on_is_brought_in_once_more_with_what_is_new_alone(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    done(ours, "Ana", answers("A-1", "yes"))
    done(theirs, "Ben", answers("B-1", "no"), notes("B-1", "the General"))
    both = merged(ours, theirs)
    done(theirs, "Ben", answers("B-1", "yes"), lambda file: file.redact(5))
    again = read(merged(both, theirs, name="again"))
    assert again.broken is None
    assert again.state.answers == {"A-1": Answer("yes"), "B-1": Answer("yes")}
    assert [event.kind for event in again.events[7:]] == ["merge", "answer", "redact"]
    assert again.events[6].data == {"text": MARK}
    with pytest.raises(UsageError, match="was brought together with an earlier state of") as refused:
        found(theirs, both)
    assert "Name that one first" in str(refused.value)


def test_what_was_imported_or_merged_before_counts_its_own_entries(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    third = shutil.copy(ours, ours.with_name("third.stockcheck"))
    done(ours, "Ana", flags("A-3"))
    done(theirs, "Ben", answers("B-1", NA))
    done(Path(third), "Dan", flags("A-2"), flags("B-2"))
    both = merged(theirs, Path(third), name="two")
    form = {"source": "form", "sha256": "0" * 64, "entries": 2}
    done(
        both,
        "Ben",
        lambda file: file.record_all(
            [("import", "", form), ("flag", "A-4", {"set": True}), ("flag", "A-5", {"set": True})]
        ),
    )
    every = read(merged(ours, both)).events
    assert [(event.kind, event.data.get("entries")) for event in every if event.kind in ("merge", "import")] == [
        ("merge", 7),
        ("merge", 2),
        ("import", 2),
    ]
    assert not broken(every)


def test_times_that_run_backwards_into_a_merge_are_not_odd_and_elsewhere_are(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    day = dt.timedelta(days=1)
    done(ours, "Ana", answers("A-1", "yes"), start=START + 3 * day)
    done(theirs, "Ben", answers("B-1", "no"), start=START + day)
    output = merged(ours, theirs)
    assert findings(read(output).events, [], LATER + day) == []
    assert read(output).state.changed == LATER
    done(output, "Ana", flags("A-1"), start=START + 5 * day)
    assert [one.kind for one in findings(read(output).events, [], LATER + day)] == ["backwards"]
    done(theirs, "Ben", flags("A-1"), start=START)
    assert [one.kind for one in findings(read(merged(ours, theirs, name="c")).events, [], LATER + day)] == ["backwards"]


def test_what_a_merge_says_to_have_brought_over_and_did_not_is_brought_over(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    done(theirs, "Ben", answers("B-1", "no"))
    last = read(theirs).events
    said: dict[str, object] = {"from": last[2].hash, "head": last[3].hash, "entries": 0, "left_out": 0}
    done(ours, "Eve", lambda file: file.record_all([("merge", "", said)]))
    assert read(merged(ours, theirs)).state.answers["B-1"] == Answer("no")


def test_of_three_copies_the_third_comes_over_once_by_way_of_the_second(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    third = Path(shutil.copy(ours, ours.with_name("third.stockcheck")))
    done(ours, "Ana", flags("A-1"))
    done(theirs, "Ben", answers("B-1", NA))
    done(third, "Dan", answers("B-1", NA), flags("A-2"))
    two = merged(theirs, third, name="two")
    three = merged(ours, two, name="three")
    with open_pair(three, third) as pair:
        assert pair.nothing_of_theirs
    done(third, "Dan", flags("A-3"))
    again = read(merged(three, third, name="again"))
    assert [event.subject for event in again.events if event.by == "Dan"] == ["B-1", "A-2", "A-3"]


@pytest.mark.parametrize("version", [1, 3])
def test_a_copy_of_an_earlier_format_is_brought_in(tmp_path: Path, version: int) -> None:
    theirs = Path(shutil.copy(FIXTURES / f"format-{version}.stockcheck", tmp_path / "theirs.stockcheck"))
    ours = Path(shutil.copy(theirs, tmp_path / "ours.stockcheck"))
    events = read(theirs).events
    alter(ours, f"DELETE FROM event WHERE seq = {len(events)}")
    done(ours, "Ana", lambda file: file.describe({"depot": "Elsewhere"}), start=LATER)
    both = read(merged(ours, theirs))
    assert (both.broken, both.state.depot) == (None, "Elsewhere")
    assert said(both.events[-1]) == said(events[-1])


# What is refused, or is nothing to do


def test_a_copy_that_holds_all_of_the_other_has_nothing_to_bring_together(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    with open_pair(ours, theirs) as pair:
        assert (pair.merge, pair.nothing_of_ours, pair.nothing_of_theirs) == (None, True, True)
    done(ours, "Ana", flags("A-1"))
    for one, other, mine in ((ours, theirs, False), (theirs, ours, True)):
        with open_pair(one, other) as pair:
            assert (pair.merge, pair.nothing_of_ours, pair.nothing_of_theirs) == (None, mine, not mine)
    done(theirs, "Ben", flags("A-2"))
    both = merged(ours, theirs)
    for one in (ours, theirs):
        with open_pair(both, one) as pair:
            assert (pair.merge, pair.nothing_of_theirs) == (None, True)


def test_another_assessment_of_another_depot_is_refused_by_both_names(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    theirs.unlink()
    create(theirs, checklist(), depot="South", marking="", on=ON, by="tester")
    with pytest.raises(AssessmentFileError, match=r"\(North\) and .*\(South\) are two assessments"):
        found(ours, theirs)


def test_a_history_that_was_changed_is_not_brought_together(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    done(ours, "Ana", flags("A-1"))
    done(theirs, "Ben", flags("A-2"))
    alter(theirs, "UPDATE event SET by = 'Eve' WHERE seq = 2")
    for one, other in ((ours, theirs), (theirs, ours)):
        with pytest.raises(AssessmentFileError, match=r"theirs\.stockcheck: the history was changed"):
            found(one, other)


def test_a_change_of_checklist_in_one_copy_is_refused_by_its_name(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    done(ours, "Ana", flags("A-1"))
    newer = checklist().model_copy(update={"version": "1.1"})
    done(theirs, "Ben", lambda file: file.change_checklist(newer, {}, []))
    with pytest.raises(AssessmentFileError, match=r"theirs\.stockcheck went on with another version"):
        found(ours, theirs)


def test_a_name_that_is_taken_stays(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    done(ours, "Ana", flags("A-1"))
    done(theirs, "Ben", flags("A-2"))
    both = ours.with_name("both.stockcheck")
    both.symlink_to(ours.with_name("nowhere"))
    with pytest.raises(UsageError, match="exists already"):
        merged(ours, theirs)
    assert not ours.with_name("nowhere").exists()
    linked = ours.with_name("link.stockcheck")
    linked.symlink_to(theirs)
    assert read(merged(ours, linked, name="c")).state.flags == {"A-1", "A-2"}


@pytest.mark.parametrize("body", ["{}", '{"from":"x","head":"y","entries":1,"left_out":0}', "[]"])
def test_a_merge_that_says_nothing_is_no_event(tmp_path: Path, body: str) -> None:
    first = first_event()
    path = crafted(tmp_path / "d.stockcheck", [first, chained(first, "merge", "", body)])
    with pytest.raises(AssessmentFileError, match="Event 2 in the file cannot be understood"):
        read(path)


def test_ten_thousand_entries_are_quick(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    many = [("note", "A-1", {"text": f"{number}"}) for number in range(5000)]
    done(ours, "Ana", lambda file: file.record_all(many))  # type: ignore[arg-type]
    done(theirs, "Ben", lambda file: file.record_all(many))  # type: ignore[arg-type]
    began = time.perf_counter()
    assert len(read(merged(ours, theirs)).events) == 10_004
    assert time.perf_counter() - began < 10


@number("times", 8, 60)
def test_killed_at_any_moment_the_new_file_is_there_whole_or_not_at_all(tmp_path: Path, times: int) -> None:
    whole, none = map(int, printed(program("kill_while_merging", tmp_path, times)).split())
    assert whole + none == times
    assert none


# In any order

_QUESTIONS = {"ours": ("A-1", "A-2", "A-3"), "theirs": ("B-1", "B-2", "A-4")}


@st.composite
def _doings(draw: st.DrawFn, questions: Sequence[str]) -> list[tuple[str, str, object]]:
    found: list[tuple[str, str, object]] = []
    for _number in range(draw(st.integers(1, 6))):
        name = draw(st.sampled_from(questions))
        kind = draw(st.sampled_from(["answer", "note", "flag", "action"]))
        number = draw(st.integers(0, 2))
        data = {
            "answer": ({"unknown": True}, {"na": "not here"}, None)[number],
            "note": {"text": f"note {number}"},
            "flag": {"set": bool(number)},
            "action": {"owner": f"owner {number}"},
        }[kind]
        found.append((kind, name, data))
    return found


@examples(12, 400)
@given(_doings(_QUESTIONS["ours"]), _doings(_QUESTIONS["theirs"]))
def test_what_does_not_touch_comes_to_the_same_as_one_done_after_the_other(mine: Any, yours: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for ours, theirs in _apart(Path(folder), mine, yours):
            assert keys(ours, theirs) == []
            both = read(merged(ours, theirs))
            assert both.broken is None
            one_after_the_other = shutil.copy(ours, Path(folder, "d.stockcheck"))
            done(Path(one_after_the_other), "Ben", lambda file: file.record_all(yours))
            wanted = read(Path(one_after_the_other))
            assert values(both.state) == values(wanted.state)
            assert figures(both.state) == figures(wanted.state)
            other = read(merged(theirs, ours, name="other"))
            assert values(other.state) == values(both.state)
            assert {name: entry.by for name, entry in other.state.entries.items()} == {
                name: entry.by for name, entry in both.state.entries.items()
            }


@examples(12, 400)
@given(_doings(("A-1", "A-3", "B-1")), _doings(("A-1", "A-3", "B-1")))
def test_it_commutes_up_to_the_choice_and_nothing_of_either_is_lost(mine: Any, yours: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for ours, theirs in _apart(Path(folder), mine, yours):
            one = read(merged(ours, theirs, side="ours", name="one"))
            other = read(merged(theirs, ours, side="theirs", name="other"))
            assert values(one.state) == values(other.state)
            assert figures(one.state) == figures(other.state)
            for path in (ours, theirs):
                assert {said(event) for event in read(path).events} <= {said(event) for event in one.events}
            assert (one.broken, other.broken) == (None, None)


def _apart(folder: Path, mine: Any, yours: Any) -> Iterator[tuple[Path, Path]]:
    ours, theirs = folder / "ours.stockcheck", folder / "theirs.stockcheck"
    create(ours, checklist(), depot="North", marking="", on=ON, by="tester", clock=clock())
    done(ours, "Ana", answers("A-1", "no"))
    shutil.copy(ours, theirs)
    done(ours, "Ana", lambda file: file.record_all(mine))
    done(theirs, "Ben", lambda file: file.record_all(yours))
    yield ours, theirs
