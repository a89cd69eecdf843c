"""A new file: private, whole or not there at all, and never in the place of another."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stockcheck.assessment.beginning import start
from stockcheck.assessment.file import create, open_file
from stockcheck.errors import AssessmentFileError, UsageError
from tests.assessment.conftest import SmallDisk
from tests.assessment.crafting import ON, checklist, clock, new, printed, program, read


@pytest.mark.parametrize("umask", [0, 0o077, 0o177, 0o777])
def test_only_its_owner_can_read_it_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        path = new(tmp_path / "d.stockcheck")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["d.stockcheck"]


PRESENT: dict[str, Callable[[Path], object]] = {
    "a file": lambda path: path.write_text("precious"),
    "an empty file": lambda path: path.touch(),
    "a folder": lambda path: path.mkdir(),
    "a pipe": lambda path: os.mkfifo(path),
    "a link to a file": lambda path: path.symlink_to("precious"),
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path.name),
}


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "no hard links"])
@pytest.mark.parametrize("present", PRESENT)
def test_nothing_is_ever_overwritten(
    tmp_path: Path, present: str, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_hard_links)
    (tmp_path / "precious").write_text("precious")
    path = tmp_path / "d.stockcheck"
    PRESENT[present](path)
    before = path.lstat()
    with pytest.raises(UsageError, match=r"d\.stockcheck exists already"):
        new(path)
    assert path.lstat() == before
    assert (tmp_path / "precious").read_text() == "precious"
    assert sorted(os.listdir(tmp_path)) == ["d.stockcheck", "precious"]


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "no hard links"])
def test_a_file_that_appears_at_the_last_moment_is_not_overwritten(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "d.stockcheck"
    real = os.link

    def somebody_is_quicker(source: Path, target: Path) -> None:
        path.write_text("precious")
        (real if links else _no_hard_links)(source, target)

    monkeypatch.setattr(os, "link", somebody_is_quicker)
    with pytest.raises(UsageError, match="exists already"):
        new(path)
    assert path.read_text() == "precious"
    assert os.listdir(tmp_path) == ["d.stockcheck"]


def _no_hard_links(_source: Path, _target: Path) -> None:
    """As the file system of a memory stick says it."""
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


def test_a_file_system_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", _no_hard_links)
    path = new(tmp_path / "d.stockcheck")
    assert read(path).state.depot == "North"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["d.stockcheck"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("absent/d.stockcheck", "No such file or directory"),
        ("file/d.stockcheck", "Not a directory"),
        ("x" * 300, "File name too long"),
        ("\x1b[2J/\u202e", "No such file or directory"),
    ],
    ids=["no folder", "a file for a folder", "a long name", "escapes"],
)
def test_a_place_where_no_file_can_be_is_named(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AssessmentFileError, match=why) as caught:
        new(tmp_path / name)
    assert "cannot be made" in str(caught.value)
    assert "\x1b" not in str(caught.value)
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.parametrize("suffix", ["-journal", "-wal"])
def test_what_another_file_of_that_name_left_behind_is_not_taken_for_a_part_of_the_new_one(
    tmp_path: Path, suffix: str
) -> None:
    left = tmp_path / f"d.stockcheck{suffix}"
    left.write_bytes(b"of a file that was moved away")
    with pytest.raises(UsageError, match=f"d.stockcheck{suffix} was left behind"):
        new(tmp_path / "d.stockcheck")
    assert os.listdir(tmp_path) == [left.name]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=1+1'); DROP TABLE event", "=1+1'); DROP TABLE event"),
        ("\x1b[2J\u202e", "␛[2J\ufffd"),
        ("\ud800", "\ufffd"),
        (" two\r\n lines\t", "two lines"),
        ("ñ" * 200, "ñ" * 200),
    ],
    ids=["code", "escapes", "half a character", "lines", "long"],
)
def test_what_people_call_things_is_kept_as_plain_text(tmp_path: Path, text: str, kept: str) -> None:
    path = tmp_path / "d.stockcheck"
    create(path, checklist(), depot=text, marking=text, on=ON, by=text, clock=clock)
    found = read(path)
    assert found.broken is None
    assert found.state.depot == found.state.marking == kept
    assert found.events[0].by == kept


def test_what_is_made_and_what_is_opened_is_kept_out_of_core_dumps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_out: list[str] = []
    monkeypatch.setattr("stockcheck.files.keep_out_of_core_dumps", lambda: kept_out.append("so far"))
    path = new(tmp_path / "d.stockcheck")
    assert len(kept_out) == 1
    with open_file(path):
        assert len(kept_out) == 2


@pytest.mark.parametrize("demo", [True, False])
def test_what_the_program_made_up_says_so_and_nothing_else_does(tmp_path: Path, demo: bool) -> None:
    path = tmp_path / "d.stockcheck"
    path.touch()
    start(path, checklist(), depot="North", marking="", on=ON, by="tester", clock=clock, demo=demo)
    found = read(path)
    assert found.state.demo is demo
    assert found.events[0].data.get("demo") is (True if demo else None)


@pytest.mark.parametrize(
    ("what", "most", "said"),
    [("depot", 20_000, "The depot's name"), ("marking", 20_000, "The marking"), ("by", 200, "Who answers")],
)
def test_what_would_have_to_be_cut_is_refused(tmp_path: Path, what: str, most: int, said: str) -> None:
    names: dict[str, Any] = {"depot": "North", "marking": "", "by": "tester"}
    with pytest.raises(
        UsageError, match=f"{said}: The text has {most + 1} characters; at most {most} can be kept"
    ) as refused:
        create(tmp_path / "d.stockcheck", checklist(), on=ON, **{**names, what: "ñ" * (most + 1)})
    assert refused.value.hint == "Shorten it. Nothing of it was saved."
    assert os.listdir(tmp_path) == []
    create(tmp_path / "d.stockcheck", checklist(), on=ON, **{**names, what: "ñ" * most})
    with pytest.raises(UsageError, match="Who answers: The text has 201 characters"):
        open_file(tmp_path / "d.stockcheck", write=True, by="x" * 201)
    assert os.listdir(tmp_path) == ["d.stockcheck"]


def test_without_room_for_all_of_it_there_is_none_of_it(tmp_path: Path) -> None:
    assert "d.stockcheck cannot be made: disk I/O error." in printed(program("make_with_ever_more_room", tmp_path))


def test_a_full_disk_is_named_and_left_as_it_was(tmp_path: Path, small_disk: SmallDisk) -> None:
    done = program("make", tmp_path / "d.stockcheck", before=small_disk("8k", tmp_path))
    assert "d.stockcheck cannot be made: database or disk is full." in printed(done)


def test_a_folder_that_takes_no_writing_is_named(public_folder: Path) -> None:
    done = program("as_nobody", "make", public_folder / "d.stockcheck")
    assert "d.stockcheck cannot be made: Permission denied." in printed(done)
    assert os.listdir(public_folder) == []


def test_a_folder_that_cannot_be_looked_into_is_named(public_folder: Path) -> None:
    (public_folder / "closed").mkdir(mode=0o700)
    for name in ("make", "look"):
        done = program("as_nobody", name, public_folder / "closed" / "d.stockcheck")
        assert "Permission denied" in printed(done)


def test_a_program_killed_while_it_makes_a_file_leaves_a_whole_one_or_none(tmp_path: Path) -> None:
    whole, none = map(int, printed(program("kill_while_making", tmp_path, 40)).split())
    assert whole + none == 40
    assert whole
    assert none
