"""What runs as a program of its own: to be killed, to be short of room, to be somebody else, or to be the second."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from stockcheck.answers.answer import Answer
from stockcheck.assessment.file import AssessmentFile, open_file
from stockcheck.cli import main
from stockcheck.errors import AssessmentFileError, StockcheckError
from tests.assessment.crafting import answered, checklist, journal_of, new, read


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


# Killed


def _fork(work: Callable[[int], None]) -> tuple[int, int]:
    """Start `work` in a process of its own; its id, and the end of a pipe that it writes to."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        try:
            work(writing)
        finally:
            os._exit(0)
    os.close(writing)
    return process, reading


def _kill_after(process: int, reading: int, acknowledged: int, seconds: float) -> bytes:
    """Kill `process` so long after it has written so many bytes; everything that it wrote."""
    told = b""
    while len(told) < acknowledged and (part := os.read(reading, 4096)):
        told += part
    select.select([], [], [], seconds)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    while part := os.read(reading, 4096):
        told += part
    os.close(reading)
    return told


def _write_one(file: AssessmentFile) -> None:
    file.note("A-1", f"{len(file.events)} " + "x" * (len(file.events) * 997 % 4000))


@contextlib.contextmanager
def _timed() -> Iterator[list[float]]:
    """How many seconds something takes on this machine, once it is done."""
    taken: list[float] = []
    start = time.perf_counter()
    yield taken
    taken.append(time.perf_counter() - start)


def kill_while_answering(folder: str, times: str) -> None:
    """Kill a program that answers, again and again, on one file; what it said was saved has to be there each time.

    Prints how many entries were acknowledged, how often one more was there, and how often a journal was left behind.
    """
    chance = random.Random(7)
    path = answered(Path(folder, "d.stockcheck"))
    with open_file(path, write=True, by="tester") as file, _timed() as taken:
        _write_one(file)
    expected = [event.body for event in read(path).events]
    more = journals = 0

    def work(writing: int) -> None:
        with open_file(path, write=True, by="killed") as file:
            while True:
                _write_one(file)
                os.write(writing, b".")

    for turn in range(int(times)):
        told = len(_kill_after(*_fork(work), chance.randrange(1, 6), chance.random() * 2 * taken[0]))
        journals += journal_of(path).exists()
        found = read(path, write=turn % 2 == 0)
        assert found.broken is None
        bodies = [event.body for event in found.events]
        assert bodies[: len(expected)] == expected, "what was there before is as it was"
        assert len(bodies) - len(expected) in (told, told + 1), "what was acknowledged is there"
        assert found.state.notes["A-1"].startswith(str(len(bodies) - 1))
        more += len(bodies) - len(expected) - told
        expected = bodies
    with open_file(path, write=True, by="tester") as file:
        _write_one(file)
    assert os.listdir(folder) == ["d.stockcheck"], "nothing stays behind"
    print(len(expected), more, journals)


def kill_while_making(folder: str, times: str) -> None:
    """Kill a program that makes a file; print how often it was there, and how often not."""
    chance = random.Random(3)
    checklist()

    def made(name: str, seconds: float | None) -> tuple[Path, float]:
        """The path of a file, and how long its making took; it is cut short after so many seconds."""
        path = Path(folder, name)

        def work(writing: int) -> None:
            os.write(writing, b".")
            new(path)

        process, reading = _fork(work)
        os.read(reading, 1)
        start = time.perf_counter()
        select.select([reading], [], [], seconds)
        taken = time.perf_counter() - start
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(reading)
        return path, taken

    longest = max(made(f"whole-{turn}.stockcheck", None)[1] for turn in range(5))
    there = 0
    for turn in range(int(times)):
        path, _taken = made(f"{turn}.stockcheck", chance.random() * 1.5 * longest)
        if path.exists():
            there += 1
            assert read(path).broken is None
    print(there, int(times) - there)


def kill_while_redacting(folder: str, times: str) -> None:
    """Kill a program that redacts a note; print how often the file was the old one afterwards, and how often the new.

    Either is whole, and its schema the right one; the new one holds nothing of the note's words.
    """
    chance = random.Random(11)
    path, words = answered(Path(folder, "d.stockcheck"), notes=0), "Colonel Zugzwang"
    with open_file(path, write=True, by="tester") as file:
        for number in range(40):
            file.note("A-1", f"{words} {number} " + "x" * 4000)
        entry = len(file.events)
    whole, before = path.read_bytes(), read(path).events

    def work(writing: int) -> None:
        with open_file(path, write=True, by="killed") as file:
            os.write(writing, b".")
            file.redact(entry)

    with _timed() as taken:
        process, reading = _fork(work)
        os.waitpid(process, 0)
        os.close(reading)
    old = new = 0
    for turn in range(int(times)):
        path.write_bytes(whole)
        _kill_after(*_fork(work), 1, chance.random() * taken[0])
        found = read(path, write=turn % 2 == 0)
        assert found.broken is None
        if found.events == before:
            old += 1
            assert path.read_bytes() == whole
        else:
            new += 1
            assert len(found.events) == len(before) + 1
            assert found.state.notes == {"A-1": "[removed]"}
            beside = [one.read_bytes() for one in Path(folder).iterdir()]
            assert not any(f"{words} 39 ".encode() in content for content in beside)
        journal_of(path).unlink(missing_ok=True)  # one that was never begun
    with open_file(path, write=True, by="tester") as file:
        _write_one(file)
    assert os.listdir(folder) == ["d.stockcheck"]
    print(old, new)


# At once


def answer_at_once(folder: str, programs: str, times: str) -> None:
    """Several programs open one file again and again, until each could answer so many times."""
    path = new(Path(folder, "d.stockcheck"))

    def work(writing: int) -> None:
        saved = 0
        while saved < int(times):
            with open_file(path, write=True, by=str(os.getpid())) as file:
                if not file.read_only:
                    file.flag("A-1", "A-1" not in file.state.flags)
                    saved += 1
        os.write(writing, b".")

    for process, reading in [_fork(work) for _program in range(int(programs))]:
        assert os.read(reading, 1) == b".", "it ended too early"
        os.close(reading)
        os.waitpid(process, 0)
    found = read(path)
    assert found.broken is None
    assert len(found.events) == 1 + int(programs) * int(times)
    assert len({event.by for event in found.events}) == 1 + int(programs)
    assert os.listdir(folder) == ["d.stockcheck"]


def read_while_another_writes(folder: str, rounds: str) -> None:
    """Read a file while another program writes to it in bursts; what is read is whole, and only ever grows.

    Prints how often something new was read.
    """
    path = new(Path(folder, "d.stockcheck"))
    waiting, calling = os.pipe()

    def work(writing: int) -> None:
        os.close(calling)
        with open_file(path, write=True, by="writer") as file:
            while os.read(waiting, 1):
                for _turn in range(40):
                    _write_one(file)
                os.write(writing, b".")

    process, reading = _fork(work)
    seen: list[str] = []
    grown = 0
    for _round in range(int(rounds)):
        os.write(calling, b".")
        while not select.select([reading], [], [], 0)[0]:
            found = read(path)
            hashes = [event.hash for event in found.events]
            assert found.broken is None
            assert hashes[: len(seen)] == seen
            assert len(hashes) == 1 or found.state.notes["A-1"].startswith(str(len(hashes) - 1))
            grown += len(hashes) > len(seen)
            seen = hashes
        os.read(reading, 1)
    os.close(calling)
    assert os.waitpid(process, 0)[1] == 0
    assert len(read(path).events) == 1 + 40 * int(rounds), "no reader kept the writer from writing"
    print(grown)


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
