"""A seal: what it signs can be checked without stockcheck, what is changed shows, and nothing is recorded after it."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from stockcheck import ciphers
from stockcheck.answers.answer import Answer
from stockcheck.assessment import closing as closes
from stockcheck.assessment import sealing
from stockcheck.assessment.events import Event, as_body, digest
from stockcheck.assessment.file import AssessmentFile, open_file
from stockcheck.assessment.sealing import Found
from stockcheck.assessment.upgrade import upgrade
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.keys.own import Identity
from stockcheck.keys.public import PublicKey
from tests.assessment.crafting import ON, alter, answered, chained, clock, first_event, insert, read
from tests.assessment.crafting import crafted as crafted_file


def identity(name: str) -> Identity:
    signing, receiving = (hashlib.sha256(f"{name} {half}".encode()).digest() for half in ("signs", "receives"))
    return Identity(PublicKey(*ciphers.public_halves(signing, receiving), name), signing, receiving)


ANA, BEN = identity("ana"), identity("ben")


def opened(path: Path, by: str = "Ana Roca") -> AssessmentFile:
    return open_file(path, write=True, by=by, clock=clock)


def sealed(path: Path, *signers: Identity | None) -> Path:
    answered(path)
    for signer in signers:
        with opened(path) as file:
            closes.seal(file, "Depot commander", still_open=3, set_aside=1, signer=signer)
    return path


def seals(path: Path) -> tuple[Found, ...]:
    with open_file(path) as file:
        return file.record.seals


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    return sealed(tmp_path / "d.stockcheck", ANA)


def test_a_seal_is_checked_by_whoever_follows_the_document(signed: Path) -> None:
    with closing(sqlite3.connect(signed)) as connection:
        rows = connection.execute("SELECT seq, at, by, previous, body, hash FROM event ORDER BY seq").fetchall()
    seq, at, by, previous, body, _hash = rows[-1]
    said = json.loads(body)
    signature = base64.b64decode(said.pop("signature"))
    signed_list = [rows[0][-1], seq, at, by, previous, said]
    text = json.dumps(signed_list, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(said["key"].split(" ")[0]))
    key.verify(signature, b"stockcheck seal 1\n" + text.encode())
    with pytest.raises(InvalidSignature):
        key.verify(signature, b"stockcheck seal 1\n" + text.replace("commander", "Commander").encode())
    assert said["head"] == previous == rows[-2][-1]


def test_a_seal_says_who_when_in_what_role_and_what_was_open(signed: Path) -> None:
    (found,) = seals(signed)
    one = found.seal
    assert (one.by, one.role, one.at, one.open, one.set_aside) == ("Ana Roca", "Depot commander", clock(), 3, 1)
    assert one.key == ANA.public
    assert found.stands
    assert found.binds
    assert found.loose == 0


def rewritten(path: Path, change: Callable[[Event], Event]) -> None:
    """What a forger does: every event changed as wanted, and the whole chain reckoned anew."""
    events: list[Event] = []
    for one in map(change, read(path).events):
        previous = events[-1].hash if events else one.previous
        body = one.body
        if one.kind == "seal":
            body = as_body({**json.loads(body), "head": previous})
        hash_ = digest(one.seq, one.at, one.by, one.kind, one.subject, body, previous)
        events.append(replace(one, body=body, previous=previous, hash=hash_))
    alter(path, "DELETE FROM event")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        insert(connection, events)


def with_body(**new: object) -> Callable[[Event], Event]:
    def change(event: Event) -> Event:
        return replace(event, body=as_body({**json.loads(event.body), **new})) if event.kind == "seal" else event

    return change


CHANGES: dict[str, Callable[[Event], Event]] = {
    "role": with_body(role="Minister"),
    "open": with_body(open=0),
    "set_aside": with_body(set_aside=0),
    "key": with_body(key=BEN.public.text),
    "signature": with_body(signature=base64.b64encode(bytes(64)).decode()),
    "by": lambda event: replace(event, by="Ben") if event.kind == "seal" else event,
    "at": lambda event: replace(event, at="2026-03-02T10:00:00.000+00:00") if event.kind == "seal" else event,
    "an answer": lambda event: (
        replace(event, body='{"value":"yes"}') if event.kind == "answer" and event.subject == "A-1" else event
    ),
    "the depot": lambda event: replace(event, body=event.body.replace("North", "South")),
    "who answered": lambda event: replace(event, by="x") if event.kind == "answer" else event,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_a_forger_changes_the_signature_no_longer_fits(signed: Path, change: Callable[[Event], Event]) -> None:
    rewritten(signed, change)
    with open_file(signed) as file:
        assert file.record.chain_holds, "the chain by itself shows nothing"
        (found,) = file.record.seals
    assert found.signature == "wrong"
    assert not found.binds


def test_what_is_written_anew_as_it_was_still_fits(signed: Path) -> None:
    rewritten(signed, lambda event: event)
    assert seals(signed)[0].binds


def test_a_signature_does_not_come_along_into_another_file(signed: Path, tmp_path: Path) -> None:
    seal = read(signed).events[-1]
    other = answered(tmp_path / "e.stockcheck")
    with opened(other) as file:
        file.note("A-1", "Another depot")
        body = as_body({**json.loads(seal.body), "head": file.head})
        last = chained(file.events[-1], "seal", "", body, at=seal.at, by=seal.by)
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        insert(connection, [last])
    assert seals(other)[0].signature == "wrong"


def test_a_seal_over_a_careless_edit_says_nothing_of_it(signed: Path) -> None:
    alter(signed, """UPDATE event SET body = '{"value":"no"}' WHERE kind = 'answer' AND subject = 'A-1'""")
    (found,) = seals(signed)
    assert found.signature == "fits"
    assert not found.binds


def test_a_seal_that_names_another_entry_is_no_seal_of_this_one(tmp_path: Path) -> None:
    body = as_body({"role": "x", "head": "0" * 64, "open": 0, "set_aside": 0})
    events = [first := first_event(), chained(first, "seal", "", body)]
    (found,) = seals(crafted_file(tmp_path / "d.stockcheck", events))
    assert not found.follows


def test_without_a_key_it_is_plainly_unsigned(tmp_path: Path) -> None:
    (found,) = seals(sealed(tmp_path / "d.stockcheck", None))
    assert (found.signature, found.binds, found.stands) == ("none", False, True)


def test_another_key_signs_as_well_and_the_same_one_does_not(tmp_path: Path) -> None:
    path = sealed(tmp_path / "d.stockcheck", ANA, BEN)
    first, second = seals(path)
    assert first.binds
    assert first.stands
    assert second.binds
    assert second.seal.key == BEN.public
    with opened(path) as file, pytest.raises(UsageError, match="has sealed it already"):
        closes.seal(file, "Inspector", still_open=0, set_aside=0, signer=ANA)


WRITES: dict[str, Callable[[AssessmentFile], object]] = {
    "answer": lambda file: file.answer(file.checklist.question["A-1"], Answer("yes")),
    "fact": lambda file: file.answer(file.checklist.field["kinds"], None),
    "note": lambda file: file.note("A-1", "late"),
    "flag": lambda file: file.flag("A-1", True),
    "review": lambda file: file.review("A-1", True),
    "act": lambda file: file.act({"A-1": dict[str, str | dt.date | None](owner="x")}),
    "set": lambda file: file.describe({"on": ON.replace(day=2).isoformat()}),
    "redact": lambda file: file.redact(5),
    "upgrade": lambda file: upgrade(file, file.checklist),
    "import": lambda file: file.record_all(
        [("import", "", {"source": "form", "sha256": "0" * 64, "entries": 1}), ("note", "A-1", {"text": "x"})]
    ),
    "with a seal": lambda file: file.record_all([("seal", "", {}), ("note", "A-1", {"text": "x"})]),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_what_is_sealed_takes_nothing_and_says_who_sealed_it_and_how_to_go_on(
    signed: Path, write: Callable[[AssessmentFile], object]
) -> None:
    before = read(signed).events
    with opened(signed) as file:
        assert file.read_only.startswith("Sealed by Ana Roca (Depot commander) on 1 Mar 2026: nothing is recorded")
        with pytest.raises(AssessmentFileError, match=r"until it is reopened \(stockcheck reopen FILE --why REASON\)"):
            write(file)
    assert read(signed).events == before


def test_it_is_reopened_with_a_reason_and_sealed_again(signed: Path) -> None:
    with opened(signed, "Ben") as file:
        for empty in ("", " \n", "–"):
            with pytest.raises(UsageError, match="say why"):
                closes.reopen(file, empty)
        closes.reopen(file, "Two magazines were left out")
        assert file.read_only == ""
        with pytest.raises(UsageError, match="is not sealed"):
            closes.reopen(file, "again")
        file.note("A-1", "counted")
        closes.seal(file, "Depot commander", still_open=0, set_aside=0, signer=ANA)
    first, second = seals(signed)
    assert not first.stands
    assert first.ended == first.seal.seq + 1
    assert not first.overrun
    assert first.binds, "what it was put on has not changed"
    assert second.stands
    assert second.binds


def test_what_another_program_writes_after_a_seal_opens_and_the_seal_does_not_stand(signed: Path) -> None:
    last = chained(read(signed).events[-1], "flag", "A-1", '{"set":true}')
    with closing(sqlite3.connect(signed, isolation_level=None)) as connection:
        insert(connection, [last])
    with opened(signed) as file:
        (found,) = file.record.seals
        assert file.read_only == ""
        assert file.state.seals == ()
    assert found.overrun
    assert found.ended == last.seq
    assert not found.stands


def test_what_was_redacted_since_is_bound_no_more(signed: Path) -> None:
    with opened(signed) as file:
        closes.reopen(file, "A name has to go")
        note = next(event.seq for event in file.events if event.kind == "note")
        file.redact(note)
        (found,) = file.record.seals
        assert found.binds
        assert found.loose == note
        file.redact(found.seal.seq, "name")
        assert file.record.seals[0].signature == "removed"


def test_what_was_redacted_before_is_sealed_as_what_remains_of_it(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    with opened(path) as file:
        file.redact(next(event.seq for event in file.events if event.kind == "note"))
        closes.seal(file, "Commander", still_open=0, set_aside=0, signer=ANA)
    (found,) = seals(path)
    assert (found.binds, found.loose) == (True, 0)


def test_without_the_library_a_signature_is_not_called_right(signed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric", None)
    (found,) = seals(signed)
    assert (found.signature, found.binds) == ("unchecked", False)
    sealed(signed.with_name("e.stockcheck"), None)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"role": 1, "head": "0" * 64, "open": 0, "set_aside": 0},
        {"role": "x" * 201, "head": "0" * 64, "open": 0, "set_aside": 0},
        {"role": "x", "head": "0", "open": 0, "set_aside": 0},
        {"role": "x", "head": "0" * 64, "open": -1, "set_aside": 0},
        {"role": "x", "head": "0" * 64, "open": True, "set_aside": 0},
        {"role": "x", "head": "0" * 64, "open": 0, "set_aside": 0, "more": 1},
        {"role": "x", "head": "0" * 64, "open": 0, "set_aside": 0, "key": ANA.public.text},
        {"role": "x", "head": "0" * 64, "open": 0, "set_aside": 0, "key": "AA== AA==", "signature": "AA=="},
        {"role": "x", "head": "0" * 64, "open": 0, "set_aside": 0, "key": 7, "signature": 7},
        [],
    ],
    ids=range(11),
)
def test_a_seal_that_means_nothing_is_no_assessment(tmp_path: Path, body: Any) -> None:
    events = [first := first_event(), chained(first, "seal", "", as_body(body))]
    with pytest.raises(AssessmentFileError, match="cannot be understood"):
        read(crafted_file(tmp_path / "d.stockcheck", events))


def test_so_many_seals_that_checking_them_would_take_long_are_refused(tmp_path: Path) -> None:
    events = [first_event()]
    for _turn in range(sealing.MAX_SEALS + 1):
        body = as_body({"role": "x", "head": events[-1].hash, "open": 0, "set_aside": 0})
        events.append(chained(events[-1], "seal", "", body))
    path = crafted_file(tmp_path / "d.stockcheck", events[:-1])
    with opened(path) as file, pytest.raises(AssessmentFileError, match="can be sealed 200 times at most"):
        closes.seal(file, "x", still_open=0, set_aside=0, signer=None)
    with pytest.raises(AssessmentFileError, match="can be sealed 200 times at most"):
        read(crafted_file(tmp_path / "e.stockcheck", events))


@pytest.mark.parametrize(("role", "by", "what"), [("", "Ana", "role"), ("x" * 201, "Ana", "201"), ("x", "", "name")])
def test_a_seal_needs_a_role_and_a_name(tmp_path: Path, role: str, by: str, what: str) -> None:
    with opened(answered(tmp_path / "d.stockcheck"), by) as file, pytest.raises(UsageError, match=what):
        closes.seal(file, role, still_open=0, set_aside=0, signer=None)


def test_what_does_not_hold_is_not_sealed(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    alter(path, "UPDATE event SET by = 'x' WHERE seq = 3")
    with opened(path) as file, pytest.raises(AssessmentFileError, match="Entry 3 does not fit the chain"):
        closes.seal(file, "x", still_open=0, set_aside=0, signer=None)
