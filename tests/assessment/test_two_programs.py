"""One writer at a time, and whoever comes second learns who the first is; readers come and go as they like."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stockcheck.answers.answer import Answer
from stockcheck.assessment.events import user_name
from stockcheck.assessment.file import open_file
from stockcheck.errors import AssessmentFileError
from tests.assessment.crafting import ROOT, checklist, new, printed, program, read
from tests.volume import long


@contextmanager
def held(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that has the file open to answer, and has answered once."""
    code = "import sys; from tests.assessment.programs import hold; hold(sys.argv[1])"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert int(holder.stdout.readline()) == holder.pid
        try:
            yield holder
        finally:
            holder.kill()


def lock_of(path: Path) -> Path:
    return path.with_name(path.name + ".lock")


def test_the_second_can_read_and_is_told_who_is_first(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    with held(path) as holder:
        assert stat.S_IMODE(lock_of(path).stat().st_mode) == 0o600
        with open_file(path, write=True, by="second") as file:
            assert f"user {user_name()} on {socket.gethostname()}, process {holder.pid}, since 20" in file.read_only
            assert "d.stockcheck is open in another program" in file.read_only
            assert file.state.answers == {"A-1": Answer("yes")}
            with pytest.raises(AssessmentFileError, match=f"process {holder.pid}"):
                file.answer(checklist().question["A-1"], Answer("no"))
        assert lock_of(path).exists(), "the second's leaving opens nothing to a third"
        assert "open in another program" in printed(program("answer", path))
        holder.communicate("")
    assert os.listdir(tmp_path) == ["d.stockcheck"]
    assert printed(program("answer", path)) == "saved\n"


def test_a_holder_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    with held(path) as holder:
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        assert lock_of(path).exists()
        assert printed(program("answer", path)) == "saved\n"
    assert os.listdir(tmp_path) == ["d.stockcheck"]
    assert read(path).state.answers == {"A-1": Answer("no")}


def test_another_name_of_the_file_is_no_way_round_the_lock(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "link").symlink_to(path)
    with open_file(path, write=True), open_file(tmp_path / "folder" / "link", write=True) as second:
        assert "is open in another program" in second.read_only
    with open_file(tmp_path / "folder" / "link", write=True), open_file(path, write=True) as second:
        assert "is open in another program" in second.read_only
    os.link(path, tmp_path / "hard link")
    with open_file(path, write=True) as first, open_file(tmp_path / "hard link", write=True) as second:
        second.note("A-1", "The first does not see this")
        with pytest.raises(AssessmentFileError, match="another program has changed"):
            first.note("A-1", "Written over it?")
    assert read(path).broken is None
    assert read(path).state.notes == {"A-1": "The first does not see this"}


def test_programs_that_come_all_at_once_take_turns(tmp_path: Path) -> None:
    assert printed(program("answer_at_once", tmp_path, 4, 10)) == ""


def test_a_lock_on_a_file_that_was_just_taken_away_is_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = new(tmp_path / "d.stockcheck")
    first, really = open_file(path, write=True), fcntl.flock

    def after_the_first_has_left(descriptor: int, operation: int) -> None:
        first.close()  # which deletes the file that the second has opened already
        really(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", after_the_first_has_left)
    with open_file(path, write=True) as second:
        assert second.read_only == ""
        with open_file(path, write=True) as third:
            assert "is open in another program" in third.read_only


@long
def test_readers_are_never_in_the_way_and_never_see_half_an_answer(tmp_path: Path) -> None:
    assert int(printed(program("read_while_another_writes", tmp_path, 10))) >= 5


# What may lie in the lock file's place

FOREIGN: dict[str, Callable[[Path], object]] = {
    "a link": lambda path: path.symlink_to("precious"),
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
    "a second name of a file": lambda path: path.hardlink_to(path.with_name("precious")),
    "a folder": lambda path: path.mkdir(),
    "a pipe": lambda path: os.mkfifo(path),
    "a socket": lambda path: socket.socket(socket.AF_UNIX).bind(str(path)),
    "a text": lambda path: path.write_text("what somebody wrote"),
    "another assessment": lambda path: path.write_bytes(Path("d.stockcheck").read_bytes()),
    "bytes": lambda path: path.write_bytes(b"\xff" * 100_000),
    "zeros without end": lambda path: path.write_bytes(bytes(100_000)),
    "JSON": lambda path: path.write_text('{"user": "somebody", "password": "x"}'),
    "JSON that begins like ours": lambda path: path.write_text('{"user": "somebody",\n "host": "x'),
    "a long text that begins like ours": lambda path: path.write_text('{"user": "' + "x" * 5000),
    "a line of crosses": lambda path: path.write_text("XXXX"),
}


@pytest.mark.parametrize("foreign", FOREIGN)
def test_what_has_the_lock_files_name_is_neither_followed_nor_written_to(
    tmp_path: Path, foreign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path has to be short
    path = new(Path("d.stockcheck"))
    Path("precious").write_text("precious")
    FOREIGN[foreign](lock_of(path))
    before = lock_of(path).lstat()
    content = lock_of(path).read_bytes() if lock_of(path).is_file() else None
    with open_file(path, write=True) as file:
        assert file.read_only == "d.stockcheck.lock was not made by this program. Take it away to answer."
        assert len(file.events) == 1
    after = lock_of(path).lstat()
    assert (after.st_ino, after.st_size, after.st_mtime_ns) == (before.st_ino, before.st_size, before.st_mtime_ns)
    assert content is None or lock_of(path).read_bytes() == content
    assert Path("precious").read_text() == "precious"
    assert sorted(os.listdir()) == ["d.stockcheck", "d.stockcheck.lock", "precious"]


@long
def test_a_lock_file_that_was_left_behind_stops_nobody_however_much_of_it_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new(tmp_path / "d.stockcheck")
    monkeypatch.setenv("LOGNAME", "}Zoë\n🜁" * 2000)  # what a name may be
    with open_file(path, write=True):
        text = lock_of(path).read_bytes()
    assert len(text) < 4096
    for left in [*(text[:length] for length in range(len(text) + 1)), bytes(len(text))]:
        lock_of(path).write_bytes(left)
        with open_file(path, write=True, by="tester") as file:
            assert file.read_only == "", left
            assert json.loads(lock_of(path).read_bytes())["process"] == os.getpid()
    assert os.listdir(tmp_path) == ["d.stockcheck"]


WHO = {"user": "Zoë", "host": "depot-7", "process": 12, "since": "2026"}
HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "it does not say which"),
    "no JSON": (b"mine!", "it does not say which"),
    "not UTF-8": (b"\xff\xfe\xff", "it does not say which"),
    "a list": (b"[1, 2]", "it does not say which"),
    "a text": (b'"user"', "it does not say which"),
    "too little": (b'{"user": "x"}', "it does not say which"),
    "very deep": (b"[" * 4096, "it does not say which"),
    "a very long number": (b'{"user": ' + b"9" * 4000, "it does not say which"),
    "too long to be read": (json.dumps({**WHO, "user": "x" * 5000}).encode(), "it does not say which"),
    "escapes": (json.dumps({**WHO, "user": "\x1b[2J\u202e\n\nroot"}).encode(), "user ␛[2J\ufffd root on depot-7"),
    "blanks to fill": (json.dumps({**WHO, "user": "{host}{0}%s"}).encode(), "user {host}{0}%s on depot-7"),
    "half a character": (json.dumps({**WHO, "user": "\ud800"}).encode(), "user \ufffd on depot-7"),
    "a list for a name": (json.dumps({**WHO, "user": [["x"]]}).encode(), "user [['x']] on depot-7, process 12"),
    "a long name": (json.dumps({**WHO, "user": "x" * 2000}).encode(), "user " + "x" * 190),
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_a_lock_file_says_is_only_text(tmp_path: Path, hostile: str) -> None:
    content, shown = HOSTILE[hostile]
    path = new(tmp_path / "d.stockcheck")
    with open_file(path, write=True):
        lock_of(path).write_bytes(content)
        with open_file(path, write=True) as second:
            assert second.read_only.startswith("d.stockcheck is open in another program: ")
            assert shown in second.read_only
            assert len(second.read_only) < 300
            assert second.read_only.isprintable()


def test_who_leaves_takes_no_lock_of_another_away(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    first = open_file(path, write=True)
    lock_of(path).unlink()  # by somebody who thought that it was left behind
    with open_file(path, write=True) as second:
        assert second.read_only == ""
        first.close()
        assert lock_of(path).exists()
        with open_file(path, write=True) as third:
            assert "is open in another program" in third.read_only
    first.close()
    assert os.listdir(tmp_path) == ["d.stockcheck"]


@pytest.mark.parametrize("in_its_place", [None, "a file"])
def test_leaving_never_fails(tmp_path: Path, in_its_place: str | None) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with open_file(new(folder / "d.stockcheck"), write=True) as file:
        assert file.read_only == ""
        folder.rename(tmp_path / "elsewhere")
        if in_its_place is not None:
            folder.write_text(in_its_place)
    with open_file(tmp_path / "elsewhere" / "d.stockcheck", write=True) as file:
        assert file.read_only == "", "the lock file that had to stay behind stops nobody"


def test_a_file_that_cannot_be_opened_is_not_held(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    whole = path.read_bytes()
    for damaged in (whole[:5000], whole[:-1], b"x" * 5000, whole[:8000] + b"x" * 200 + whole[8200:]):
        path.write_bytes(damaged)
        with pytest.raises(AssessmentFileError):
            open_file(path, write=True)
        assert os.listdir(tmp_path) == ["d.stockcheck"]
    path.write_bytes(whole)
    assert printed(program("answer", path)) == "saved\n"


# Where nothing can be written


def test_without_the_right_to_write_one_can_read_and_is_told_why(public_folder: Path) -> None:
    path = new(public_folder / "d.stockcheck")
    path.chmod(0o644)
    said = printed(program("as_nobody", "answer", path))
    assert said.endswith("d.stockcheck is write-protected: it can be read, not answered.\n")
    path.chmod(0o666)
    said = printed(program("as_nobody", "answer", path))
    assert "The folder of d.stockcheck takes no writing (Permission denied): it can be read, not answered." in said
    assert "1 events" in printed(program("as_nobody", "look", path))
    path.chmod(0o600)
    assert "d.stockcheck cannot be read: Permission denied." in printed(program("as_nobody", "look", path))
