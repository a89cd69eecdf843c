"""What the record shows: accidents, careless edits, odd times, stray checklists; and what a code noted earlier adds."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from stockcheck.assessment.events import Event
from stockcheck.assessment.file import open_file
from stockcheck.assessment.record import CODE_LENGTH, Finding, as_code, findings, place_of, record_of
from stockcheck.errors import UsageError
from tests.assessment.crafting import alter, answered, chained, first_event, read

NOW = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
START = dt.datetime(2026, 3, 1, 10, 0, tzinfo=dt.UTC)


def told(path: Path) -> list[tuple[str, int | None]]:
    """EventKind and entry of everything that is odd about a file."""
    with open_file(path, clock=lambda: NOW) as file:
        return [(one.kind, one.event.seq if one.event else None) for one in file.findings()]


BROKEN: dict[str, tuple[str, list[int]]] = {
    "an answer": ('UPDATE event SET body = \'{"value":"yes"}\' WHERE seq = 3', [3]),
    "a name": ("UPDATE event SET by = 'somebody' WHERE seq = 3", [3]),
    "two answers": ("UPDATE event SET at = '2026-03-01T10:00:01.000+00:00' WHERE seq IN (3, 6)", [3, 6]),
    "a hash": (f"UPDATE event SET hash = '{'ab' * 32}' WHERE seq = 3", [3, 4]),
    "an entry is missing": ("DELETE FROM event WHERE seq = 5", [6]),
    "the last one": ("UPDATE event SET body = '{\"set\":false}' WHERE seq = 8", [8]),
}


@pytest.mark.parametrize("what", BROKEN)
def test_every_entry_that_does_not_fit_is_told_and_no_other(tmp_path: Path, what: str) -> None:
    statement, wanted = BROKEN[what]
    path = answered(tmp_path / "d.stockcheck")
    assert told(path) == []
    alter(path, statement)
    assert told(path) == [("broken", seq) for seq in wanted]
    with open_file(path) as file:
        assert not file.record.chain_holds


@pytest.mark.parametrize("digest", ["x", hashlib.sha256(b"{}").hexdigest(), "y" * 300, ""])
def test_a_checklist_that_no_entry_names_is_told(tmp_path: Path, digest: str) -> None:
    path = answered(tmp_path / "d.stockcheck")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO checklist VALUES (?, '{}')", (digest,))
    assert told(path) == [("stray", None)]
    assert read(path).broken is None


def test_a_digest_that_only_begins_like_one_that_is_named_is_told(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO checklist SELECT digest || char(0) || 'x', '{}' FROM checklist")
    assert told(path) == [("stray", None)]


def at(*minutes: float) -> list[Event]:
    """Entries so many minutes after the start of the first."""
    events: list[Event] = []
    for later in minutes:
        moment = (START + dt.timedelta(minutes=later)).isoformat(timespec="milliseconds")
        last = events[-1] if events else None
        events.append(chained(last, "flag" if last else "start", "A-1", '{"set":true}', at=moment))
    return events


@pytest.mark.parametrize(
    ("minutes", "wanted"),
    [
        ((0, 1, 1, 60), []),
        ((5, 3), []),
        ((5, 2.99), [("backwards", 2)]),
        ((5, 60, 1, 2, 3), [("backwards", 3)]),
        ((60, 58.5, 57, 56.9), [("backwards", 3)]),
        ((0, 122), []),
        ((0, 122.01), [("future", 2)]),
        ((0, 14 * 525_600, 1, 2), [("future", 2), ("backwards", 3)]),
        ((0, 999, 1000, 30), [("future", 2), ("future", 3), ("backwards", 4)]),
    ],
)
def test_times_that_run_backwards_or_ahead_are_told(minutes: tuple[float, ...], wanted: list[tuple[str, int]]) -> None:
    found = findings(at(*minutes), [], NOW)
    assert [(one.kind, one.event.seq if one.event else 0) for one in found] == wanted


def test_what_runs_backwards_is_told_with_the_latest_time_before_it() -> None:
    events = at(5, 60, 50, 1)
    assert findings(events, [], NOW) == [
        Finding("backwards", events[2], before=events[1].moment),
        Finding("backwards", events[3], before=events[2].moment),
    ]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59.999999+00:00"])
def test_no_time_is_too_early_or_too_late_to_be_reckoned_with(moment: str) -> None:
    first = first_event()
    last = chained(first, "flag", "A-1", '{"set":true}', at=moment)
    assert [one.event for one in findings([first, last], [], NOW)] == [last]


def test_all_findings_come_in_the_order_of_the_entries(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    alter(
        path,
        "UPDATE event SET at = '2040-01-01T00:00:00.000+00:00' WHERE seq = 4",
        "INSERT INTO checklist VALUES ('x', '{}')",
    )
    assert told(path) == [("broken", 4), ("future", 4), ("backwards", 5), ("stray", None)]


# A code noted elsewhere

CODES = [event.hash for event in at(0, 1, 2)]


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code,
        lambda code: code[:12],
        lambda code: code[:40].upper(),
        lambda code: f" {code[:4]} {code[4:8]}\t{code[8:12]}\n",
        lambda code: f"{code[:6]}-{code[6:12]}–{code[12:20]}",
    ],
)
def test_a_code_is_found_however_it_is_copied(typed: Callable[[str], str]) -> None:
    events = at(0, 1, 2)
    for event in events:
        assert place_of(as_code(typed(event.hash)), events) is event
    assert place_of(as_code(typed("0" * 64)), events) is None


@pytest.mark.parametrize("typed", ["", "abc", "0" * 11, "0" * 65, "g" * 12, "0x0123456789ab", "٠" * 12, "\x1b[2J" * 5])
def test_what_is_no_code_is_refused_in_words(typed: str) -> None:
    with pytest.raises(UsageError, match="is no code") as caught:
        as_code(typed)
    assert caught.value.message.isprintable()
    assert caught.value.hint == "A code has 12 to 64 signs, each of them 0 to 9 or a to f."


def test_an_assessment_is_known_by_its_first_entry_and_its_code_is_that_of_the_last() -> None:
    events = at(0, 1, 2)
    record = record_of(events)
    assert (record.entries, record.first, record.head) == (3, events[0].hash, events[2].hash)
    assert record.code == events[2].hash[:12]
    assert record_of(events[:1]).first == record.first


def test_of_two_entries_that_a_code_fits_the_later_is_meant() -> None:
    events = at(0, 1, 2)
    events[1], events[2] = (replace(one, hash=f"{'ab' * 6}{one.hash[12:]}") for one in events[1:])
    assert place_of("ab" * 6, events) is events[2]


def test_what_is_cut_off_the_end_shows_by_the_code_alone() -> None:
    events = at(*range(6))
    noted = record_of(events).code
    assert len(noted) == CODE_LENGTH
    for kept in range(1, 6):
        assert findings(events[:kept], [], NOW) == []
        assert place_of(noted, events[:kept]) is None


def test_a_history_that_was_written_anew_shows_by_the_code_alone() -> None:
    noted = record_of(at(0, 1, 2)).code
    anew: list[Event] = [first_event()]
    for _turn in range(2):
        anew.append(chained(anew[-1], "flag", "A-2", '{"set":true}'))
    assert findings(anew, [], NOW) == list[Finding]()
    assert place_of(noted, anew) is None
