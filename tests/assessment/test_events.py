"""The chain of hashes: whatever is changed afterwards shows, and where."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck.assessment.events import Event, digest, following, user_name
from tests.assessment.crafting import chained, first_broken

CHAIN = settings(max_examples=80, deadline=None, derandomize=True)

#: Anything that SQLite may hand back as text, which includes half characters and NUL.
TEXT = st.text(st.characters(codec=None), max_size=12)
FIELDS = ("seq", "at", "by", "kind", "subject", "body", "previous", "hash")


@st.composite
def chains(draw: st.DrawFn, least: int = 1) -> list[Event]:
    events: list[Event] = []
    kinds = TEXT.filter(lambda kind: kind != "redact")  # one that removes nothing is a broken entry
    for kind, subject, body, by in draw(st.lists(st.tuples(kinds, TEXT, TEXT, TEXT), min_size=least, max_size=6)):
        events.append(chained(events[-1] if events else None, kind, subject, body, by=by))
    return events


@CHAIN
@given(chains())
def test_what_nobody_touched_is_whole(events: list[Event]) -> None:
    assert first_broken(events) is None


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.integers(), st.lists(st.text(st.characters(codec=None)), min_size=6, max_size=6))
def test_the_hash_is_that_of_the_fields_as_a_json_list(seq: int, texts: list[str]) -> None:
    spelt = json.dumps([seq, *texts], ensure_ascii=False, separators=(",", ":"))
    at, by, kind, subject, body, previous = texts
    assert (
        digest(seq, at, by, kind, subject, body, previous)
        == hashlib.sha256(spelt.encode("utf-8", "surrogatepass")).hexdigest()
    )


@CHAIN
@given(chains(), st.data())
def test_a_change_of_any_field_shows_in_that_event(events: list[Event], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(events) - 1))
    field = data.draw(st.sampled_from(FIELDS))
    before = getattr(events[place], field)
    after = data.draw((st.integers() if field == "seq" else TEXT).filter(lambda value: value != before))
    changes: dict[str, Any] = {field: after}
    events[place] = replace(events[place], **changes)
    assert first_broken(events) is events[place]


@CHAIN
@given(chains(least=2), st.data())
def test_a_change_with_a_new_hash_shows_in_the_next_event(events: list[Event], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(events) - 2))
    old = events[place]
    body = data.draw(TEXT.filter(lambda text: text != old.body))
    before = events[place - 1] if place else None
    events[place] = chained(before, old.kind, old.subject, body, by=old.by)
    assert first_broken(events) is events[place + 1]


@CHAIN
@given(chains(least=2), st.data())
def test_a_missing_event_shows(events: list[Event], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(events) - 2))
    del events[place]
    assert first_broken(events) is events[place]


@CHAIN
@given(chains(), st.data())
def test_an_event_put_in_shows(events: list[Event], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(events) - 1))
    events.insert(place, chained(events[place - 1] if place else None, "note", data.draw(TEXT), "{}"))
    assert first_broken(events) is events[place + 1]


@CHAIN
@given(chains(least=2), st.data())
def test_another_order_shows(events: list[Event], data: st.DataObject) -> None:
    one, other = data.draw(st.lists(st.integers(0, len(events) - 1), min_size=2, max_size=2, unique=True))
    events[one], events[other] = events[other], events[one]
    assert first_broken(events) is events[min(one, other)]


@CHAIN
@given(chains(least=2), st.data())
def test_what_is_cut_off_the_end_shows_in_the_last_hash_alone(events: list[Event], data: st.DataObject) -> None:
    kept = events[: data.draw(st.integers(1, len(events) - 1))]
    assert first_broken(kept) is None
    assert kept[-1].hash != events[-1].hash


@pytest.mark.parametrize("fields", [("ab", "c", "d"), ("a", "bc", "d"), ('a","b', "", "cd"), ("a", 'b","c', "d")])
def test_no_text_can_pass_from_one_field_to_the_next(fields: tuple[str, str, str]) -> None:
    assert chained(None, *fields).hash != chained(None, "a", "b", "cd").hash


def test_the_hash_is_the_one_that_another_program_works_out() -> None:
    """Files have to be verifiable in thirty years, without this program. Worked out with `sha256sum` over
    ``[1,"2026-03-01T10:00:00.000+00:00","Zoë","note","A-1","{\\"text\\":\\"señal\\"}","000…0"]`` in UTF-8.
    """
    at = dt.datetime(2026, 3, 1, 11, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    event = following(None, at, "Zoë", "note", "A-1", {"text": "señal"})
    assert event.at == "2026-03-01T10:00:00.000+00:00"
    assert event.hash == "13d834788805e256a2f14126d5b92916ce11d14d2f6e6174c85eee1f736766db"


@pytest.mark.parametrize(
    "at", ["", "yesterday", "2026-03-01", "2026-03-01T10:00:00", "2026-03-01T10:00:00+01:00", "2026-02-30T10:00:00Z"]
)
def test_a_moment_is_one_in_utc_or_none(at: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        _ = replace(chained(None, "note", "A-1", "{}"), at=at).moment


@pytest.mark.parametrize(
    "error", [OSError("no account"), KeyError("getpwuid(): uid not found: 999"), ImportError("pwd")]
)
def test_an_account_without_a_name_is_unknown(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """As in a container that runs as somebody whom no account database knows."""

    def nobody() -> str:
        raise error

    monkeypatch.setattr("getpass.getuser", nobody)
    assert user_name() == "unknown"
    monkeypatch.setattr("getpass.getuser", lambda: "clerk")
    assert user_name() == "clerk"
