"""Evidence: kept with its question, whole or not at all, within bounds; found when it was changed; removed for good."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from stockcheck.assessment import attaching, evidence, from_disk
from stockcheck.assessment.evidence import listed
from stockcheck.assessment.file import AssessmentFile, open_file
from stockcheck.assessment.from_disk import Attachment, read
from stockcheck.errors import AnswerError, AssessmentFileError, UsageError
from tests.assessment.crafting import (
    answered,
    clock,
    new,
    printed,
    program,
)
from tests.assessment.crafting import read as read_file
from tests.assessment.photographs import exif, jpeg, png, segment

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
