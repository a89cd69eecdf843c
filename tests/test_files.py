"""A file is written whole or not at all; what a killed program left goes, and nothing else does."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stockcheck import files
from stockcheck.errors import StockcheckError, UsageError

LONG_AGO = 1_000_000_000


def anything(_path: Path) -> None:
    """Lets every file go."""


def nothing(path: Path) -> None:
    raise UsageError(f"{path.name} has to stay")


def write(path: Path, content: bytes = b"new", may_replace: files.Judge = anything) -> None:
    files.write(path, lambda file: file.write(content), may_replace)


def test_a_file_is_there_whole_and_private(tmp_path: Path) -> None:
    before = os.umask(0o777)
    try:
        write(tmp_path / "f")
    finally:
        os.umask(before)
    assert (tmp_path / "f").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "f").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["f"]


def test_nothing_is_there_when_it_cannot_be_filled(tmp_path: Path) -> None:
    def fill(file: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "f").write_text("old")
    with pytest.raises(OSError, match="No space"):
        files.write(tmp_path / "f", fill, anything)
    assert (tmp_path / "f").read_text() == "old"
    assert os.listdir(tmp_path) == ["f"]


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "f").write_text("old")
    (tmp_path / "link").symlink_to("far/f")
    judged: list[Path] = []
    write(tmp_path / "link", may_replace=judged.append)
    assert set(judged) == {tmp_path / "far" / "f"}
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "far" / "f").read_bytes() == b"new"
    assert os.listdir(tmp_path / "far") == ["f"]


@pytest.mark.parametrize("kind", ["folder", "pipe", "link to nowhere", "link to a folder", "link to itself"])
def test_what_is_no_file_is_refused_in_words(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "out"
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "link to nowhere":
            path.symlink_to("nowhere")
        case "link to a folder":
            path.symlink_to(".")
        case "link to itself":
            path.symlink_to("out")
    before = path.lstat()
    with pytest.raises(UsageError, match=r"is a (folder|device|link)"):
        write(path)
    assert path.lstat() == before
    assert os.listdir(tmp_path) == ["out"]


def test_a_device_is_refused() -> None:
    with pytest.raises(UsageError, match="is a device"):
        write(Path("/dev/null"))


def test_what_has_to_stay_stays_also_when_it_comes_while_the_draft_is_filled(tmp_path: Path) -> None:
    def fill(file: object) -> None:
        (tmp_path / "f").write_text("somebody's")

    with pytest.raises(UsageError, match="f has to stay"):
        files.write(tmp_path / "f", fill, nothing)
    assert (tmp_path / "f").read_text() == "somebody's"


def test_what_comes_after_the_last_look_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.link

    def link(source: Path, target: Path) -> None:
        target.write_text("somebody's")
        real(source, target)

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(UsageError, match="exists already"):
        write(tmp_path / "f")
    assert (tmp_path / "f").read_text() == "somebody's"
    assert os.listdir(tmp_path) == ["f"]


@pytest.mark.parametrize("there", [True, False])
def test_a_disk_that_does_not_confirm_a_file_in_its_place_is_told_as_that(
    tmp_path: Path, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(descriptor)

    if there:
        (tmp_path / "f").write_text("old")
    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(
        StockcheckError, match="f is in its place, but the disk has not confirmed it: Input/output error"
    ):
        write(tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == b"new"


def test_a_folder_that_the_system_cannot_confirm_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fsync(_descriptor: int) -> None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    monkeypatch.setattr(os, "fsync", fsync)
    write(tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == b"new"


# What is swept away


@contextmanager
def left_behind(folder: Path, name: str = ".stockcheck-0123abcd") -> Iterator[Path]:
    """A hidden folder as a program leaves it that was killed while it wrote."""
    hidden = folder / name
    hidden.mkdir(0o700)
    (hidden / "mark").write_bytes(files._MARKED)
    for other in ("draft", "draft-journal", "draft.lock"):
        (hidden / other).write_text("secret")
    yield hidden


def test_what_a_killed_program_left_goes_with_the_next_file(tmp_path: Path) -> None:
    with left_behind(tmp_path):
        write(tmp_path / "f")
    assert os.listdir(tmp_path) == ["f"]


def test_the_draft_of_a_living_program_stays(tmp_path: Path) -> None:
    with files.draft(tmp_path / "slow") as slow:
        slow.write_text("half")
        write(tmp_path / "f")
        assert slow.read_text() == "half"
        files.publish(slow, tmp_path / "slow")
    assert sorted(os.listdir(tmp_path)) == ["f", "slow"]


def test_a_mark_that_somebody_holds_keeps_the_folder(tmp_path: Path) -> None:
    with left_behind(tmp_path) as hidden, (hidden / "mark").open() as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        write(tmp_path / "f")
        assert len(os.listdir(hidden)) == 4


def _other_mark(hidden: Path) -> None:
    (hidden / "mark").write_text("notes")


def _no_mark(hidden: Path) -> None:
    (hidden / "mark").unlink()


def _linked_mark(hidden: Path) -> None:
    (hidden / "mark").rename(hidden.parent / "elsewhere")
    (hidden / "mark").symlink_to("../elsewhere")


def _something_else(hidden: Path) -> None:
    (hidden / "holiday.jpg").write_text("picture")


def _a_folder_for_a_draft(hidden: Path) -> None:
    (hidden / "draft").unlink()
    (hidden / "draft").mkdir()


def _linked_draft(hidden: Path) -> None:
    (hidden / "draft").unlink()
    (hidden / "draft").symlink_to("../precious")


def _linked_folder(hidden: Path) -> None:
    hidden.rename(hidden.parent / "private")
    hidden.symlink_to("private")


def _another_name(hidden: Path) -> None:
    hidden.rename(hidden.with_name(".stockcheck-backup"))


def _young_and_empty(hidden: Path) -> None:
    for one in hidden.iterdir():
        one.unlink()


@pytest.mark.parametrize(
    "change",
    [
        _other_mark,
        _no_mark,
        _linked_mark,
        _something_else,
        _a_folder_for_a_draft,
        _linked_draft,
        _linked_folder,
        _another_name,
        _young_and_empty,
    ],
)
def test_nothing_is_swept_away_that_may_be_somebody_elses(tmp_path: Path, change: object) -> None:
    (tmp_path / "precious").write_text("precious")
    with left_behind(tmp_path) as hidden:
        change(hidden)
    before = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*"))
    write(tmp_path / "f")
    (tmp_path / "f").unlink()
    assert sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*")) == before
    assert (tmp_path / "precious").read_text() == "precious"


@pytest.mark.skipif(os.getuid() != 0, reason="only root can make somebody else's folder")
def test_another_persons_folder_stays(tmp_path: Path) -> None:
    with left_behind(tmp_path) as hidden:
        os.chown(hidden, 65534, 65534)
    write(tmp_path / "f")
    assert len(os.listdir(hidden)) == 4


@pytest.mark.parametrize("marked", [True, False])
def test_a_folder_whose_maker_was_killed_before_it_was_marked_goes_once_it_is_old(tmp_path: Path, marked: bool) -> None:
    hidden = tmp_path / ".stockcheck-0123abcd"
    hidden.mkdir()
    if marked:
        (hidden / "mark").touch()
    os.utime(hidden, (LONG_AGO, LONG_AGO))
    write(tmp_path / "f")
    assert os.listdir(tmp_path) == ["f"]
