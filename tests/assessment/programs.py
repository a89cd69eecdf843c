"""What runs as a program of its own: to be killed, to be short of room, to be somebody else, or to be the second."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from stockcheck.answers.answer import Answer
from stockcheck.assessment.file import open_file
from stockcheck.assessment.from_disk import Attachment
from stockcheck.assessment.media import OTHER
from stockcheck.cli import main
from stockcheck.errors import AssessmentFileError, StockcheckError
from tests.assessment.crafting import checklist, new, read


def make(path: str) -> None:
    """Make a file; say why not."""
    try:
        new(Path(path))
    except StockcheckError as error:
        print(error)
    assert not list(Path(path).parent.glob(".*")), "no draft is left"


def look(path: str) -> None:
    """Read a file; say what is in it, or why not."""
    try:
        print(f"{len(read(Path(path)).events)} events")
    except StockcheckError as error:
        print(error)


def answer(path: str) -> None:
    """Open a file to answer one question; say why not."""
    try:
        with open_file(Path(path), write=True, by="second") as file:
            assert file.state.depot == "North"
            file.answer(checklist().question["A-1"], Answer("no"))
            print("saved")
    except StockcheckError as error:
        print(error)


def hold(path: str) -> None:
    """Open a file to answer, say so, answer once, and keep it open until there is nothing more to read."""
    with open_file(Path(path), write=True, by="first") as file:
        file.answer(checklist().question["A-1"], Answer("yes"))
        print(os.getpid(), flush=True)
        sys.stdin.read()


def as_nobody(name: str, path: str) -> None:
    """Do what `name` says without root's rights."""
    # What is imported late has to be imported before: it may lie in root's home.
    with tempfile.TemporaryDirectory() as folder:
        answer(str(new(Path(folder, "d.stockcheck"))))
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
    globals()[name](path)


# Short of room


@contextlib.contextmanager
def room(size: int) -> Iterator[None]:
    """No file may grow past `size` bytes meanwhile; a program is told so by an I/O error."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def make_with_ever_more_room(folder: str) -> None:
    """Make a file with as much room as it takes; print what was said before."""
    said = set()
    checklist()
    for size in range(0, 1 << 20, 2000):
        try:
            with room(size):
                new(Path(folder, "d.stockcheck"))
            break
        except AssessmentFileError as error:
            said.add(str(error))
        assert os.listdir(folder) == []
    assert size > 10_000
    assert os.listdir(folder) == ["d.stockcheck"]
    assert read(Path(folder, "d.stockcheck")).state.depot == "North"
    print(*said, sep="\n")


def answer_without_room(folder: str) -> None:
    """Answer while the disk is full in every way; print what was said."""
    said, failed, saved = set(), 0, 0
    whole = new(Path(folder, "whole.stockcheck")).read_bytes()
    for more in (-len(whole), -6000, -4096, -100, 0, 100, 4096, 5000, 9000, 20_000):
        path = Path(folder, f"{more}.stockcheck")
        path.write_bytes(whole)
        with open_file(path, write=True, by="tester") as file:
            for number in range(14):
                kept = list(file.events), file.state.copy()
                try:
                    with room(max(len(whole) + more, 0)):
                        file.note("A-1", f"{number} " + "x" * 1500)
                    saved += 1
                except AssessmentFileError as error:
                    failed += 1
                    said.add(str(error))
                    assert (file.events, file.state) == kept
            # What is in memory is what is on disk, also to a program that reads it meanwhile; and now there is room.
            assert read(path) == (file.events, file.state, None)
            file.note("A-1", "There is room again")
            kept = list(file.events), file.state.copy()
        assert read(path) == (*kept, None)
        assert sorted(os.listdir(folder)) == sorted({path.name, "whole.stockcheck"})
        path.unlink()
    assert saved > 10
    assert failed > 50
    print(*said, sep="\n")


def _fill_up(ballast: Path, leaving: int = 0) -> None:
    with ballast.open("wb", buffering=0) as filling:
        with contextlib.suppress(OSError):
            while True:
                filling.write(bytes(4096))
        filling.truncate(filling.tell() - leaving)


def answer_on_a_full_disk(folder: str) -> None:
    """Answer until a disk of 128 KiB is full, make room, answer again."""
    path, ballast = new(Path(folder, "d.stockcheck")), Path(folder, "ballast")
    with open_file(path, write=True, by="tester") as file:
        _fill_up(ballast, leaving=48 << 10)
        try:
            for number in range(200):
                file.note("A-1", f"{number} " + "x" * 2000)
        except AssessmentFileError as error:
            print(error)
        assert read(path) == (file.events, file.state, None)
        ballast.unlink()
        file.note("A-1", "There is room again")
        assert 5 < len(file.events) < 200
    assert read(path).state.notes == {"A-1": "There is room again"}


def answer_on_a_failing_disk(folder: str, call: str) -> None:
    """Answer while a call of the system fails, and while it does not, in turn.

    Prints how many answers were saved, how many not, and how often there was more to tell.
    """
    path, switch = new(Path(folder, "d.stockcheck")), Path(os.environ["FAIL_SWITCH"])
    saved = failed = told = 0
    with open_file(path, write=True, by="tester") as file:
        for number in range(12):
            kept = list(file.events), file.state.copy()
            if number % 3:
                switch.write_text(call)
            try:
                file.note("A-1", f"{number} " + "x" * 1500)
                saved += 1
            except AssessmentFileError:
                failed += 1
                assert (file.events, file.state) == kept
            told += bool(file.take_notice())
            switch.write_text("")
            assert number % 3 or len(file.events) > len(kept[0]), "what failed before is no hindrance"
            assert read(path) == (file.events, file.state, None)
    assert read(path).broken is None
    print(saved, failed, told)


def open_on_a_full_disk(folder: str) -> None:
    """Open a file where not even the lock file's few bytes find room."""
    path = new(Path(folder, "d.stockcheck"))
    _fill_up(Path(folder, "ballast"))
    for _again in range(3):  # a lock that stayed behind in this program would be in the way of the second
        with open_file(path, write=True, by="tester") as file:
            print(file.read_only)
    Path(folder, "ballast").unlink()
    with open_file(path, write=True, by="tester") as file:
        file.note("A-1", "There is room again")


# A medium that takes no writing


def use_read_only(path: str) -> None:
    """Copy a file to the disk `medium` beside it, make that read-only, and do with the copy what can be done."""
    medium = Path(path).with_name("medium")
    copy = Path(shutil.copy(path, medium))
    subprocess.run(["mount", "-o", "remount,ro", str(medium)], check=True)
    for command in (
        ["verify", str(copy)],
        ["score", str(copy)],
        ["report", str(copy), "-o", str(medium.with_name("gap.xlsx"))],
    ):
        try:
            main(command)
        except SystemExit as left:
            if left.code:
                raise
    answer(str(copy))


def attach_without_room(folder: str) -> None:
    """Attach files while the disk is full in every way; print how often that failed, and what was said."""
    said, failed = set(), 0
    path = new(Path(folder, "d.stockcheck"))
    size = path.stat().st_size
    files = [Attachment(f"{number}.bin", bytes([number]) * 60_000, OTHER) for number in range(3)]
    for more in (-100, 0, 4096, 50_000, 100_000, 150_000, 400_000):
        with open_file(path, write=True, by="tester") as file:
            kept = list(file.events), file.state.copy()
            try:
                with room(size + more):
                    file.evidence.attach("A-1", files)
            except AssessmentFileError as error:
                failed += 1
                said.add(str(error))
                assert (file.events, file.state) == kept
            else:
                assert len(file.state.evidence["A-1"]) == 3
                assert [file.evidence.content(item) for item in file.state.evidence["A-1"]] == [
                    one.content for one in files
                ]
        with open_file(path) as file:
            assert file.findings() == []
    assert "A-1" in read(path).state.evidence, "with room it is attached"
    assert os.listdir(folder) == ["d.stockcheck"]
    print(failed, *said, sep="\n")
