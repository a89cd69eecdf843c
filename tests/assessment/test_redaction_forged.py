"""What of a redaction shows afterwards: a change of what remains, a mark that nobody has put there by redacting."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from stockcheck.assessment.events import Event
from stockcheck.assessment.record import broken, loosened, place_of
from stockcheck.assessment.redaction import MARK, body, redactions, without
from stockcheck.errors import AssessmentFileError
from tests.assessment.crafting import (
    alter,
    chained,
    checklist,
    crafted,
    first_event,
    read,
    start,
)
from tests.assessment.test_redaction import redacted, told

# Afterwards


CHANGED: dict[str, str] = {
    "a time": "UPDATE event SET at = '2026-03-01T10:00:01.000+00:00' WHERE seq = 2",
    "a name": "UPDATE event SET by = 'somebody' WHERE seq = 2",
    "a subject": "UPDATE event SET subject = 'A-2' WHERE seq = 2",
    "a text put there": """UPDATE event SET body = '{"text":"All is well"}' WHERE seq = 2""",
    "another mark": f"""UPDATE event SET by = '{MARK}' WHERE seq = 2""",
    "a reason turned into an answer": """UPDATE event SET body = '{"value":"locked"}' WHERE seq = 3""",
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_change_of_what_remains_is_found(tmp_path: Path, what: str) -> None:
    path = told(tmp_path / "d.stockcheck")
    redacted(path, 2)
    redacted(path, 3)
    alter(path, CHANGED[what])
    found = read(path)
    assert found.broken is not None
    assert f"seq = {found.broken.seq}" in CHANGED[what]


def _forged(events: list[Event], entry: int, data: dict[str, object]) -> list[Event]:
    """`events` with one more that says of an entry what `data` says."""
    return [*events, chained(events[-1], "redact", events[entry - 1].subject, json.dumps(data))]


def _note() -> list[Event]:
    first = first_event()
    note = chained(first, "note", "A-1", '{"text":"Seen"}')
    return [first, note, chained(note, "flag", "A-1", '{"set":true}')]


def _with_mark(*, by: bool = False) -> list[Event]:
    first, note, flag = _note()
    return [first, without(note, "name" if by else "text"), flag]


NOTE = _note()[1]
FORGED: dict[str, tuple[Callable[[], list[Event]], list[int]]] = {
    "a mark and no redaction": (_with_mark, [2]),
    "a mark for a name and no redaction": (lambda: _with_mark(by=True), [2]),
    "a mark under a right hash": (
        lambda: [first_event(), chained(first_event(), "note", "A-1", json.dumps({"text": MARK}))],
        [2],
    ),
    "a name's mark under a right hash": (lambda: [replace(first_event(), by=MARK)], [1]),
    "a redaction and no mark": (lambda: _forged(_note(), 2, body(NOTE, "text")), [4]),
    "a redaction of a name and a mark on the text": (lambda: _forged(_with_mark(), 2, body(NOTE, "name")), [2]),
    "a redaction that says another part": (
        lambda: _forged(_with_mark(), 2, {**body(NOTE, "text"), "removed": "name"}),
        [2],
    ),
    "the hash of something else": (lambda: _forged(_with_mark(), 2, {**body(NOTE, "text"), "left": "0" * 64}), [2]),
    "a redaction of the entry beside": (lambda: _forged(_with_mark(), 2, {**body(NOTE, "text"), "entry": 3}), [2, 4]),
    "one redaction too many": (
        lambda: _forged(_forged(_with_mark(), 2, body(NOTE, "text")), 2, body(NOTE, "text")),
        [2],
    ),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_redaction_is_a_broken_entry(tmp_path: Path, what: str) -> None:
    make, wanted = FORGED[what]
    events = make()
    assert [event.seq for event in broken(events)] == wanted
    assert read(crafted(tmp_path / "d.stockcheck", events)).broken == events[wanted[0] - 1]


def test_a_code_noted_before_a_redaction_does_not_vouch_for_what_a_forger_put_before_it() -> None:
    """The hash of a redacted entry can be reckoned by nobody: it would follow anything."""
    honest = _note()
    noted, later = honest[1].hash, honest[2]
    other = chained(None, "start", "", start(checklist().digest, depot="Elsewhere"))
    bare = replace(without(honest[1], "text"), previous=other.hash)
    data = {**body(honest[1], "text"), "left": bare.reckoned}
    forged = _forged([other, bare, later], 2, data)
    assert broken(forged) == []
    for code, loose in ((noted, 2), (later.hash, 2), (forged[3].hash, 0)):
        place = place_of(code, forged)
        assert place is not None
        assert loosened(redactions(forged), place) == loose
    assert loosened(redactions(_forged(_with_mark(), 2, body(NOTE, "text"))), honest[0]) == 0, (
        "it binds what was before"
    )


def test_an_honest_redaction_made_by_hand_is_whole() -> None:
    """So that the forged ones differ from it by what they say."""
    assert broken(_forged(_with_mark(), 2, body(NOTE, "text"))) == []


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"entry": 0},
        {"entry": 4},
        {"entry": 10**30},
        {"entry": "2"},
        {"entry": True},
        {"entry": 2.0},
        {"removed": "answer"},
        {"removed": ["text"]},
        {"sha256": "x"},
        {"sha256": "X" * 64},
        {"sha256": ["a"] * 64},
        {"left": None},
        {"left": "A" * 64},
    ],
)
def test_a_redaction_that_means_nothing_is_named(tmp_path: Path, data: dict[str, object]) -> None:
    whole = {**body(NOTE, "text"), **data} if data else {}
    path = crafted(tmp_path / "d.stockcheck", _forged(_with_mark(), 2, whole))
    with pytest.raises(AssessmentFileError, match="Event 4 in the file cannot be understood"):
        read(path)


@pytest.mark.parametrize("data", ["{}", "3", "null", "no JSON", "[" * 100_000])
def test_what_records_no_redaction_is_left_out_of_them(data: str) -> None:
    """Whatever stands in its place, what else the record shows is told."""
    events = _forged(_with_mark(), 2, body(NOTE, "text"))
    odd = [*events, chained(events[-1], "redact", "A-1", data)]
    assert redactions(odd) == redactions(events)
    assert [event.seq for event in broken(odd)] == [5]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"entry": 4}, "it names no earlier entry, or nothing that can be removed from one"),
        ({"removed": "answer"}, "it names no earlier entry, or nothing that can be removed from one"),
        ({"left": None}, "it lacks the hash of what was removed, or of what remains"),
    ],
)
def test_it_is_told_what_a_redaction_lacks(tmp_path: Path, data: dict[str, object], why: str) -> None:
    path = crafted(tmp_path / "d.stockcheck", _forged(_with_mark(), 2, {**body(NOTE, "text"), **data}))
    with pytest.raises(AssessmentFileError, match=rf"\({why}\)"):
        read(path)
