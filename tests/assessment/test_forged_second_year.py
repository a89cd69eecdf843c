"""Files of a second year that no honest program would write: what they claim is not believed, and none takes long."""

from __future__ import annotations

import base64
import contextlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stockcheck import ciphers
from stockcheck.answers.answer import Answer
from stockcheck.assessment import parting, pictures
from stockcheck.assessment.events import Event, as_body
from stockcheck.assessment.file import open_file
from stockcheck.assessment.merged_file import open_pair
from stockcheck.assessment.pictures import JPEG, has_position, size_of, stripped
from stockcheck.assessment.protection import by_passphrase
from stockcheck.assessment.shown import pictures as pictures_of
from stockcheck.assessment.vault import in_text
from stockcheck.checklist.model import Checklist
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.keys.public import PublicKey, from_line
from tests.assessment.crafting import alter, chained, checklist, crafted, first_event, insert, read, start
from tests.assessment.photographs import SCAN_HEADER, jpeg
from tests.assessment.protecting import PASSPHRASE, QUICK
from tests.assessment.test_evidence import found as odd
from tests.assessment.test_evidence import opened
from tests.assessment.test_evidence import photo as attachment
from tests.assessment.test_merging import answers, copies, done, flags, merged, notes, reviews
from tests.second_year import begin

__all__ = ["copies"]

HASH = "1" * 64


def second(**of_the_first: object) -> Event:
    """The start of an assessment that says it began from another one."""
    origin = {"first": HASH, "head": HASH, "entries": 3, "checklist": checklist().digest, "on": "2025-03-01"}
    said = {**origin, "moved": {}, "joined": {}, "options": {}, **of_the_first}
    return chained(None, "start", "", start(checklist().digest, **{"from": said}))


def following(first: Event, kind: str, body: object, times: int = 1) -> list[Event]:
    events = [first]
    for _number in range(times):
        events.append(chained(events[-1], kind, "A-1" if kind in ("carry", "evidence") else "", json.dumps(body)))
    return events


# Copies of a second year


def test_copies_that_began_from_one_by_another_checklist_are_brought_together_with_what_it_was(tmp_path: Path) -> None:
    old = tmp_path / "first.stockcheck"
    with open_file(crafted(old), write=True, by="Ana") as file:
        file.answer(file.checklist.question["A-1"], Answer("partial"))
    later = Checklist.model_validate_json(json.dumps({**json.loads(checklist().content), "version": "2.0"}))
    ours = begin(old, tmp_path / "ours.stockcheck", later)
    theirs = tmp_path / "theirs.stockcheck"
    theirs.write_bytes(ours.read_bytes())
    both = merged(done(ours, "Ana", answers("B-1", "yes")), done(theirs, "Ben", answers("A-2", "shut")))
    with open_file(both) as file:
        assert [one.kind for one in file.findings() if one.kind == "stray"] == []
        assert file.state.earlier is not None
        assert file.state.earlier.state.answers == {"A-1": Answer("partial")}
        assert file.state.answers == {"B-1": Answer("yes"), "A-2": Answer("shut")}


# What a merge says that it brought over


def forged_merge(ours: Path, theirs: Path, *, entries: int, left_out: int) -> None:
    """Have `ours` say that it holds what was recorded in `theirs`."""
    known, head = read(ours).events, read(theirs).events[-1].hash
    body = {"from": known[-1].hash, "head": head, "entries": entries, "left_out": left_out}
    added = [chained(known[-1], "merge", "", as_body(body))]
    for event in read(theirs).events[len(known) :][:entries]:
        text = event.body.replace("no", "yes")
        added.append(chained(added[-1], event.kind, event.subject, text, at=event.at, by=event.by))
    with open_file(ours, write=True) as file:
        insert(file.connection, added)


@pytest.mark.parametrize("entries", [0, 1, 2])
def test_a_merge_that_left_out_or_changed_what_comes_over_is_not_believed(
    copies: tuple[Path, Path], entries: int
) -> None:
    ours, theirs = copies
    done(theirs, "Ben", answers("B-1", "no"), flags("B-2"))
    forged_merge(ours, theirs, entries=entries, left_out=2 - entries)
    with open_pair(ours, theirs) as pair:
        assert not pair.nothing_of_theirs
        assert pair.merge is not None
        assert [event.subject for event in pair.merge.kept] == ["B-1", "B-2"]


def test_an_honest_merge_is_believed_whatever_it_left_out_or_was_removed_since(copies: tuple[Path, Path]) -> None:
    ours, theirs = copies
    na = Answer(status="na", justification="a cave")
    for path in copies:
        done(path, "Ana", answers("A-3", na), notes("A-2", "by the gate"))
    done(ours, "Cora", reviews("A-3"))
    done(theirs, "Dan", reviews("A-3"), notes("A-2", "the General"), flags("B-1"))
    both = merged(ours, theirs, side="theirs")
    done(both, "Mia", lambda file: file.redact(file.events[-2].seq))
    with open_pair(both, theirs) as pair:
        assert pair.nothing_of_theirs


def test_merges_that_are_made_up_are_looked_at_once(copies: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = copies
    done(theirs, "Ben", flags("B-1"), flags("B-2"))
    yours = read(theirs).events
    body = as_body({"from": yours[2].hash, "head": yours[-1].hash, "entries": 0, "left_out": 2})
    events: list[Event] = read(ours).events[:3]
    looked: list[object] = []
    for _number in range(3):
        events.append(chained(events[-1], "merge", "", body))
    copied = parting._copied

    def look(*given: Any) -> Any:
        looked.append(given)
        return copied(*given)

    monkeypatch.setattr(parting, "_copied", look)
    one, other = (parting.Copy("a", "North", found) for found in (events, yours))
    assert parting.parted(one, other).seen == 3
    assert len(looked) == 1


# Numbers and keys


@pytest.mark.parametrize("number", ["2.0", "true", "-2", "99"])
def test_an_item_is_taken_back_by_its_number_alone(tmp_path: Path, number: str) -> None:
    events = following(first_event(), "evidence", {"record": "File 7"})
    events.append(chained(events[-1], "evidence", "A-1", f'{{"withdrawn":{number}}}'))
    with pytest.raises(AssessmentFileError, match="takes back what is not attached"):
        read(crafted(tmp_path / "d.stockcheck", events))


def test_what_is_carried_as_evidence_is_an_object(tmp_path: Path) -> None:
    pairs = list({"record": "File 7", "at": "2025-03-01T10:00:00+00:00"}.items())
    with pytest.raises(AssessmentFileError, match="does not say what was attached"):
        read(crafted(tmp_path / "d.stockcheck", following(second(), "carry", {"evidence": pairs})))


def test_nothing_has_fallen_short_since_after_the_earlier_assessment(tmp_path: Path) -> None:
    for since, opens in (("2025-03-01", True), ("2025-03-02", False), ("9999-12-31", False)):
        path = crafted(tmp_path / since, following(second(), "carry", {"since": since}))
        if opens:
            assert read(path).state.earlier is not None
        else:
            with pytest.raises(AssessmentFileError, match="fell short after the day"):
                read(path)


def forged_seal(tmp_path: Path, body: str) -> Path:
    return crafted(tmp_path / "d.stockcheck", [first_event(), chained(first_event(), "seal", "", body)])


def test_a_seal_that_says_a_thing_twice_is_none(tmp_path: Path) -> None:
    body = f'{{"role":"Clerk","role":"Commander","head":"{first_event().hash}","open":0,"set_aside":0}}'
    with pytest.raises(AssessmentFileError, match="says a thing twice"):
        read(forged_seal(tmp_path, body))


@pytest.mark.parametrize("sign", [0, 0x80])
@pytest.mark.parametrize("point", sorted(ciphers._NOBODYS))
def test_a_key_by_which_anybody_can_sign_signs_nothing(tmp_path: Path, point: bytes, sign: int) -> None:
    weak = point[:-1] + bytes((point[-1] | sign,))
    made_up = [
        base64.b64encode(one[:-1] + bytes((one[-1] | bit,)) + bytes(32)).decode()
        for one in ciphers._NOBODYS
        for bit in (0, 0x80)
    ]
    said = {"role": "Commander", "head": first_event().hash, "open": 0, "set_aside": 0}
    key = PublicKey(weak, bytes(31) + b"\x09")
    for signature in made_up:
        path = forged_seal(tmp_path, as_body({**said, "key": key.text, "signature": signature}))
        with open_file(path) as file:
            assert [one.signature for one in file.record.seals] == ["wrong"]
        path.unlink()
    with pytest.raises(UsageError, match="no public key"):
        from_line(key.line)


# What takes long


@pytest.mark.parametrize(
    ("first", "kind", "body"),
    [
        (first_event(), "evidence", {"record": "File 7"}),
        (second(), "carry", {"evidence": {"record": "File 7", "at": "2025-03-01T10:00:00+00:00"}}),
        (second(), "carry", {"note": "by the gate"}),
    ],
)
def test_what_is_heaped_on_one_question_is_refused(tmp_path: Path, first: Event, kind: str, body: object) -> None:
    path = crafted(tmp_path / "d.stockcheck", following(first, kind, body, 1100))
    with pytest.raises(AssessmentFileError, match=r"at most|in more pieces"):
        read(path)


def test_a_carried_note_is_no_longer_than_one_is(tmp_path: Path) -> None:
    path = crafted(tmp_path / "d.stockcheck", following(second(), "carry", {"note": "y" * 200_000}, 2))
    with pytest.raises(AssessmentFileError, match="longer"):
        read(path)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8" + b"\xff" * (8 << 20) + b"\xd9",
        b"\xff\xd8" + b"\xff\x01" * (4 << 20) + b"\xff\xd9",
        b"\xff\xd8" + b"\xff\xc4\x00\x02" * (2 << 20) + b"\xff\xd9",
        b"\xff\xd8" + SCAN_HEADER + b"\xff\x00" * (4 << 20) + b"\xff\xd9",
        b"\xff\xd8" + SCAN_HEADER + b"\xff" * (8 << 20) + b"\xd9",
    ],
    ids=["fill", "bare", "segments", "noughts", "fill in a scan"],
)
@pytest.mark.parametrize("look", [has_position, stripped, size_of])
def test_a_picture_of_nothing_but_parts_is_looked_at_in_no_time(
    content: bytes, look: Callable[[bytes, str], object]
) -> None:
    began = time.process_time()
    with contextlib.suppress(ValueError):
        look(content, JPEG)
    assert time.process_time() - began < 1


def test_a_picture_with_as_many_parts_as_any_has_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_MOST_PARTS", 6)
    assert stripped(jpeg(), JPEG)
    with pytest.raises(ValueError, match="no end"):
        stripped(jpeg(scans=2), JPEG)


# Contents


def test_a_file_whose_size_is_another_than_its_entry_says_is_told_and_shown_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "d.stockcheck"
    with opened(crafted(path)) as file:
        (item,) = file.evidence.attach("A-1", [attachment("one.jpg", jpeg())])
    body = as_body({"name": "one.jpg", "type": JPEG, "size": 1, "sha256": item.sha256})
    alter(path, f"UPDATE event SET body = '{body}' WHERE seq = 2")
    assert odd(path) == ["broken 2", "altered 2"]
    with open_file(path) as file:
        shown = pictures_of(file.evidence, file.state)
        assert (dict(shown.shown), [one.entry for one in shown.left_out]) == ({}, [2])


# Protected files, by somebody who knows the passphrase


@pytest.mark.parametrize("plain", ["1", "null", "{}", '[true,"","","","","","",""]', '[1.0,"","","","","","",""]'])
def test_what_is_encrypted_and_is_no_event_is_refused_in_words(plain: str) -> None:
    vault = by_passphrase(PASSPHRASE, QUICK).vault
    body = in_text(vault._encrypt("event", plain.encode(), 1, "0" * 64))
    row = chained(None, "encrypted", "", body, at="", by="")
    with pytest.raises(AssessmentFileError, match="entry 1 cannot be opened"):
        vault.decrypt_event(row, "0" * 64)
