"""Evidence: kept with its question, whole or not at all, within bounds; found when it was changed; removed for good."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from stockcheck.answers.answer import Answer
from stockcheck.assessment import attaching, evidence, from_disk
from stockcheck.assessment.checks import SCHEMA
from stockcheck.assessment.evidence import Item, counted, file_name, listed
from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.assessment.from_disk import Attachment, read
from stockcheck.assessment.outcome import outcome
from stockcheck.assessment.upgrade import upgrade
from stockcheck.errors import AnswerError, AssessmentFileError, UsageError
from tests.assessment.crafting import (
    alter,
    answered,
    chained,
    clock,
    crafted,
    first_event,
    new,
    printed,
    program,
    sql,
)
from tests.assessment.crafting import read as read_file
from tests.assessment.photographs import exif, jpeg, png, segment
from tests.scoring.building import built, control

PHOTO = jpeg(segment(0xE1, b"Exif\0\0" + exif(position=True)))
SHA = hashlib.sha256(PHOTO).hexdigest()


def opened(path: Path) -> AssessmentFile:
    return open_file(path, write=True, by="clerk", clock=clock)


def photo(name: str = "fence.jpg", content: bytes = PHOTO) -> Attachment:
    return Attachment(name, content, "image/jpeg")


def found(path: Path) -> list[str]:
    with open_file(path) as file:
        return [f"{one.kind} {one.event.seq if one.event else one.digest[:4]}" for one in file.findings()]


def test_what_is_attached_is_there_again_and_changes_no_answer(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    before = read_file(path).state
    with opened(path) as file:
        items = file.evidence.attach("A-1", [photo(), photo("other.txt", b"text")], "North side")
        record = file.evidence.record("A-1", " File  12/2026 ")
        state = file.state
    assert [item.entry for item in items] == [9, 10]
    with open_file(path) as file:
        assert file.state == state
        assert file.state.evidence == {"A-1": (*items, record)}
        assert file.evidence.content(items[0]) == PHOTO
        assert file.record.chain_holds
        assert file.findings() == []
        assert json.loads(file.events[8].body) == {
            "name": "fence.jpg",
            "type": "image/jpeg",
            "size": len(PHOTO),
            "sha256": SHA,
            "remark": "North side",
        }
        with pytest.raises(UsageError, match="without a file"):
            file.evidence.content(record)
    assert record.record == "File 12/2026"
    assert listed(state.evidence["A-1"]) == (
        f"2 files, 1 record: fence.jpg ({SHA[:12]}); other.txt ({items[1].short_code}); File 12/2026"
    )
    assert (state.entries, state.notes, state.flags) == (before.entries, before.notes, before.flags)


def test_a_content_is_kept_once_however_often_it_is_attached(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    with opened(path) as file:
        file.evidence.attach("A-1", [photo()])
        size = path.stat().st_size
        file.evidence.attach("A-2", [photo("same.jpg")])
        assert path.stat().st_size == size
        with pytest.raises(UsageError, match=r"again.jpg is attached to A-1 already: #2\."):
            file.evidence.attach("A-1", [photo("new.jpg", b"new"), photo("again.jpg")])
        assert len(file.events) == 3, "all of them, or none"


def test_what_is_taken_back_stays_in_the_history(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    with opened(path) as file:
        (item,) = file.evidence.attach("A-1", [photo()])
        assert file.evidence.withdraw(2) == ("A-1", item)
        assert file.state.evidence == {}
        assert file.evidence.content(item) == PHOTO
        with pytest.raises(UsageError, match="No evidence has the number 2"):
            file.evidence.withdraw(2)
        assert file.findings() == []


def test_what_is_no_question_or_says_nothing_is_refused(tmp_path: Path) -> None:
    with opened(new(tmp_path / "d.stockcheck")) as file:
        with pytest.raises(KeyError):
            file.evidence.attach("X-1", [photo()])
        with pytest.raises(AnswerError, match="number, or where it lies"):
            file.evidence.record("A-1", "  ")
        with pytest.raises(AnswerError, match="at most 500"):
            file.evidence.record("A-1", "x" * 501)
        with pytest.raises(AnswerError, match="at most 20000"):
            file.evidence.attach("A-1", [photo()], "x" * 20_001)
        assert len(file.events) == 1


def test_more_than_a_question_or_an_assessment_takes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new(tmp_path / "d.stockcheck")
    monkeypatch.setattr(attaching, "MAX_ITEMS", 3)
    monkeypatch.setattr(attaching, "MAX_CONTENTS", 2000)
    with opened(path) as file:
        file.evidence.attach("A-1", [photo("a", b"a" * 1000), photo("b", b"b" * 999)])
        with pytest.raises(UsageError, match="takes 64 pieces of evidence at most"):
            file.evidence.attach("A-1", [photo("c", b"c"), photo("d", b"d")])
        file.evidence.record("A-1", "12")
        with pytest.raises(UsageError, match="at most"):
            file.evidence.record("A-1", "13")
        with pytest.raises(UsageError, match=r"takes 128\.0 MiB of evidence at most"):
            file.evidence.attach("A-2", [photo("c", b"cc")])
        file.evidence.attach("A-2", [photo("c", b"c")])


def test_the_largest_file_there_may_be_is_kept_and_read_again(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    large = tmp_path / "large.bin"
    large.write_bytes(b"\xff" * evidence.MAX_CONTENT)
    with opened(path) as file:
        (item,) = file.evidence.attach("A-1", read([large], path))
        assert len(file.evidence.content(item)) == evidence.MAX_CONTENT
    assert found(path) == []


# Room on the disk, and what stops half way


def test_that_the_disk_has_no_room_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new(tmp_path / "d.stockcheck")
    whole = path.read_bytes()
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10**9, 10**9, 1_048_576))
    with opened(path) as file, pytest.raises(AssessmentFileError, match=r"not room enough on the disk of d\.stock"):
        file.evidence.attach("A-1", [photo()])
    assert path.read_bytes() == whole


def test_attaching_without_room_or_killed_leaves_the_old_or_the_new_state_whole(tmp_path: Path) -> None:
    failed, said = printed(program("attach_without_room", tmp_path)).split("\n", 1)
    assert int(failed) >= 4
    assert said.startswith("Not saved: ")
    assert "Traceback" not in said


def test_a_program_killed_while_it_attaches_has_lost_nothing(tmp_path: Path) -> None:
    there, not_there = map(int, printed(program("kill_while_attaching", tmp_path, 12)).split())
    assert there + not_there == 12


# Files that are to be attached


def test_a_file_is_called_by_its_name_and_known_by_its_content(tmp_path: Path) -> None:
    plan = tmp_path / "plan.exe"
    plan.write_bytes(PHOTO)
    (one,) = read([plan], tmp_path / "d.stockcheck")
    assert (one.name, one.type, one.sha256, one.stripped) == ("plan.exe", "image/jpeg", SHA, False)
    assert one.remarks == (f"{plan} says where it was taken. With --strip it is attached without that.",)
    (one,) = read([plan], tmp_path / "d.stockcheck", strip=True)
    assert one.stripped
    assert one.content == jpeg().replace(b"\x01\x01RGB", b"\0\0").replace(b"\xff\xe0\x00\x13", b"\xff\xe0\x00\x10")


def test_a_link_is_followed_to_a_file_and_said_and_to_nothing_else(tmp_path: Path) -> None:
    real, link = tmp_path / "real.png", tmp_path / "link.png"
    real.write_bytes(png())
    link.symlink_to(real)
    (one,) = read([link], tmp_path / "d.stockcheck")
    assert one.name == "real.png"
    assert one.remarks == (f"{link} is a link: attached is {real}.",)
    for target, why in (("/dev/null", "is a device"), (tmp_path, "is a folder"), ("nowhere", "There is no file")):
        link.unlink()
        link.symlink_to(target)
        with pytest.raises(UsageError, match=why):
            read([link], tmp_path / "d.stockcheck")
    link.unlink()
    link.symlink_to(link)
    with pytest.raises(UsageError, match="cannot be read"):
        read([link], tmp_path / "d.stockcheck")


def test_what_is_no_file_empty_or_huge_is_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = new(tmp_path / "d.stockcheck")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").touch()
    with (tmp_path / "huge.jpg").open("wb") as huge:
        huge.truncate(2 << 30)
    hard = tmp_path / "hard"
    os.link(path, hard)
    monkeypatch.setattr(os, "open", None)
    for name, why in (
        ("pipe", "is a device"),
        ("empty", "is empty"),
        ("huge.jpg", r"has 2048\.0 MiB: a piece of evidence has 16\.0 MiB at most"),
        ("d.stockcheck", "is the assessment itself"),
        ("hard", "is the assessment itself"),
        ("no", "There is no file"),
        ("a\0b", "cannot be read"),
        ("n" * 5000, "cannot be read"),
    ):
        with pytest.raises(UsageError, match=why):
            read([tmp_path / name], path)


def test_many_files_are_refused_by_their_sizes_before_any_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = tmp_path / "one"
    one.write_bytes(b"x" * 100)
    monkeypatch.setattr(os, "open", None)
    with pytest.raises(UsageError, match="takes 64 pieces"):
        read([one] * 65, tmp_path / "d.stockcheck")
    monkeypatch.setattr(from_disk, "MAX_CONTENTS", 199)
    with pytest.raises(UsageError, match="of evidence at most"):
        read([one] * 2, tmp_path / "d.stockcheck")


@pytest.mark.parametrize("change", ["append", "exchange", "touch"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    one = tmp_path / "one"
    one.write_bytes(b"x" * 100)
    really = os.open

    def meanwhile(path: Path, flags: int) -> int:
        match change:
            case "append":
                one.write_bytes(b"x" * 101)
            case "exchange":
                (tmp_path / "two").write_bytes(b"y" * 100)
                (tmp_path / "two").rename(one)
            case "touch":
                os.utime(one, (1, 1))
        return really(path, flags)

    monkeypatch.setattr(os, "open", meanwhile)
    with pytest.raises(UsageError, match="was changed while it was read"):
        read([one], tmp_path / "d.stockcheck")


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"%PDF-1.7", "only JPEG and PNG pictures can"), (PHOTO[:-2], "it is cut off or damaged")],
)
def test_what_cannot_be_stripped_is_not_attached_as_if_it_were(tmp_path: Path, content: bytes, why: str) -> None:
    one = tmp_path / "one"
    one.write_bytes(content)
    with pytest.raises(UsageError, match=why):
        read([one], tmp_path / "d.stockcheck", strip=True)


# Names


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("fence.jpg", "fence.jpg"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        (".bashrc", "bashrc"),
        ("..", "evidence-7.jpg"),
        ("a\x1b[2Jb.jpg", "a[2Jb.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("con.jpg", "_con.jpg"),
        ('a<b>:"c|?*.jpg', "a_b___c___.jpg"),
        ("end. ", "end"),
        ("ñandú 1.jpg", "ñandú 1.jpg"),
        ("é" * 100 + ".jpg", "é" * 73 + ".jpg"),
        ("\u200b", "evidence-7.jpg"),
    ],
)
def test_a_name_leads_nowhere_and_hides_nothing(tmp_path: Path, name: str, safe: str) -> None:
    path = new(tmp_path / "d.stockcheck")
    with opened(path) as file:
        (item,) = file.evidence.attach("A-1", [photo(name)])
    assert file_name(Item(7, item.by, item.at, name=item.name, type=item.type)) == safe


def test_a_long_name_keeps_its_ending(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 240 + ".jpeg")
    path.write_bytes(PHOTO)
    (one,) = read([path], tmp_path / "d.stockcheck")
    assert len(one.name) == 200
    assert one.name.endswith("x….jpeg")


# What somebody else has changed


def test_a_content_that_was_changed_taken_out_or_put_in_is_found_and_the_file_opens(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    with opened(path) as file:
        items = file.evidence.attach("A-1", [photo(), photo("b", b"bb"), photo("c", b"cc")])
    alter(
        path,
        f"UPDATE attachment SET content = x'00' WHERE digest = '{SHA}'",
        f"DELETE FROM attachment WHERE digest = '{items[1].sha256}'",
        "INSERT INTO attachment VALUES ('stray', x'00')",
        f"INSERT INTO attachment VALUES ('{'long' * 100}', x'00')",
    )
    assert sorted(found(path)) == ["altered 2", "missing 3", "unnamed ?", "unnamed stra"]
    with opened(path) as file:
        for item, why in zip(items, ("is not what was attached", "is missing"), strict=False):
            with pytest.raises(AssessmentFileError, match=why):
                file.evidence.content(item)
        with pytest.raises(AssessmentFileError, match="changed by another program"):
            file.evidence.attach("A-2", [photo()])
        assert file.evidence.content(items[2]) == b"cc"


def test_a_content_longer_than_was_ever_written_is_never_read(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    with opened(path) as file:
        (item,) = file.evidence.attach("A-1", [photo()])
    alter(path, f"UPDATE attachment SET content = zeroblob({evidence.MAX_CONTENT + 1})")
    assert found(path) == ["altered 2"]
    with open_file(path) as file, pytest.raises(AssessmentFileError, match="is missing"):
        file.evidence.content(item)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "a", "type": "b", "size": -1, "sha256": SHA},
        {"name": "a", "type": "b", "size": True, "sha256": SHA},
        {"name": "a", "type": "b", "size": 1 << 40, "sha256": SHA},
        {"name": "a", "type": "b", "size": 1, "sha256": "../x"},
        {"name": "a", "type": ["b"], "size": 1, "sha256": SHA},
        {"name": "a", "type": "b", "size": 1, "sha256": SHA, "path": "/"},
        {"record": ""},
        {"record": "1", "sha256": SHA},
        {"withdrawn": 1},
        {"withdrawn": "2"},
        [],
    ],
)
def test_an_entry_that_attaches_nothing_is_refused(tmp_path: Path, body: object) -> None:
    path = crafted(
        tmp_path / "d.stockcheck", [first_event(), chained(first_event(), "evidence", "A-1", json.dumps(body))]
    )
    with pytest.raises(AssessmentFileError, match="cannot be understood"):
        open_file(path)


def test_a_file_of_an_earlier_format_that_names_a_content_opens(tmp_path: Path) -> None:
    body = json.dumps({"name": "a", "type": "b", "size": 1, "sha256": SHA})
    path = crafted(tmp_path / "d.stockcheck", [first_event(), chained(first_event(), "evidence", "A-1", body)])
    tables = [line for line in SCHEMA if " attachment" in line or " protection" in line]
    sql(path, *(f"DROP TABLE {name}" for name in ("attachment", "protection")), "PRAGMA user_version = 3")
    assert len(tables) == 4
    assert found(path) == ["missing 2"]
    with opened(path) as file:
        file.evidence.attach("A-2", [photo("whole.jpg")])
    assert found(path) == []


# Removing for good


def test_a_file_that_is_redacted_is_in_no_byte_of_the_assessment(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    content = b"\xff\xd8\xff" + bytes(range(256)) * 100 + b"the gate code is seen here"
    with opened(path) as file:
        file.evidence.attach("A-1", [photo("gate code.jpg", content)], "Shows the keypad")
        entry = file.events[-1].seq
        with pytest.raises(UsageError, match=r"several texts"):
            file.redact(entry)
        for part in ("file", "file_name", "remarks"):
            file.redact(entry, part)
        (item,) = file.state.evidence["A-1"]
        assert (item.name, item.remark, item.is_removed) == ("[removed]", "[removed]", True)
        assert file_name(item) == f"evidence-{entry}.jpg"
        with pytest.raises(AssessmentFileError, match="was removed"):
            file.evidence.content(item)
    kept = path.read_bytes()
    for secret in (
        content[:64],
        b"the gate code is seen here",
        b"gate code.jpg",
        b"keypad",
        item.sha256.encode() or b"\1!",
    ):
        assert secret not in kept
    assert hashlib.sha256(content).hexdigest().encode() not in kept
    with open_file(path) as file:
        assert file.record.chain_holds
        assert file.findings() == []
    with opened(path) as file:  # and the triggers are back
        file.evidence.attach("A-1", [photo()])
    with pytest.raises(Exception, match="attachments are never deleted"):
        sql(path, "DELETE FROM attachment")


def test_a_content_stays_while_another_entry_names_it_and_goes_with_the_last(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    with opened(path) as file:
        file.evidence.attach("A-1", [photo()])
        file.evidence.attach("A-2", [photo()])
        file.redact(2, "file")
        assert file.evidence.content(file.state.evidence["A-2"][0]) == PHOTO
        file.evidence.withdraw(3)
        assert SHA[:4].encode() in path.read_bytes()
        file.redact(3, "file")
    assert PHOTO not in path.read_bytes()
    assert found(path) == []


# A newer checklist


def test_evidence_goes_where_its_question_goes_and_is_left_where_that_is_gone(tmp_path: Path) -> None:
    older = built(control("Q-1"), control("Q-2"), control("Q-3"), control("Q-4"))
    newer = built(control("Q-1"), control("N-1", replaces=["Q-2", "Q-3"]))
    path = tmp_path / "d.stockcheck"
    create(path, older, depot="North", marking="", on=clock().date(), by="clerk", clock=clock)
    with opened(path) as file:
        for name in ("Q-2", "Q-3"):
            file.answer(older.question[name], Answer("yes"))
        for number, name in enumerate(("Q-1", "Q-2", "Q-3", "Q-4")):
            file.evidence.attach(name, [photo(f"{number}.jpg", PHOTO + bytes([number]))])
        file.evidence.attach("Q-3", [photo("1.jpg", PHOTO + bytes([1]))])
        before = file.state
        plan = upgrade(file, newer)
        after = file.state
        assert {id_: sorted(item.name for item in items) for id_, items in after.evidence.items()} == {
            "Q-1": ["0.jpg"],
            "N-1": ["1.jpg", "2.jpg"],
        }
        assert outcome(plan, before, after).evidence == ("Q-4",)
        assert [item.name for item in after.left[False, "Q-4"].evidence] == ["3.jpg"]
        for items in after.evidence.values():
            for item in items:
                assert hashlib.sha256(file.evidence.content(item)).hexdigest() == item.sha256
    assert read_file(path).state == after


def test_items_are_counted_in_words() -> None:
    at = clock()
    assert counted([]) == ""
    assert counted([Item(1, "", at, record="12")]) == "1 record"
    assert counted([Item(1, "", at, name="a"), Item(2, "", at, name="b")]) == "2 files"
