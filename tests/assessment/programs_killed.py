"""What runs as a program of its own and is killed, again and again; and several that come at once."""

from __future__ import annotations

import contextlib
import os
import random
import select
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from stockcheck.assessment.file import AssessmentFile, open_file
from stockcheck.assessment.from_disk import Attachment
from stockcheck.assessment.media import OTHER
from stockcheck.assessment.merged_file import open_pair, write
from tests.assessment.crafting import answered, checklist, journal_of, new, read


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
    checklist()
    _kill_while_it_grows(folder, times, new)


def kill_while_merging(folder: str, times: str) -> None:
    """Kill a program that brings two copies together; print how often the new file was there, and how often not."""
    ours, theirs = answered(Path(folder, "ours")), Path(folder, "theirs")
    theirs.write_bytes(ours.read_bytes())
    for path in (ours, theirs):
        with open_file(path, write=True, by=path.name) as file:
            file.record_all([("flag", name, {"set": True}) for name in ("A-1", "A-2", "A-3") * 100])
    before = [path.read_bytes() for path in (ours, theirs)]

    def both(path: Path) -> None:
        with open_pair(ours, theirs) as pair:
            assert pair.merge is not None
            write(pair, pair.merge, path, {}, by="killed")

    _kill_while_it_grows(folder, times, both)
    assert [path.read_bytes() for path in (ours, theirs)] == before


def _kill_while_it_grows(folder: str, times: str, make: Callable[[Path], object]) -> None:
    chance = random.Random(3)

    def made(name: str, seconds: float | None) -> tuple[Path, float]:
        """The path of a file, and how long its making took; it is cut short after so many seconds."""
        path = Path(folder, name)

        def work(writing: int) -> None:
            os.write(writing, b".")
            make(path)

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


def kill_while_attaching(folder: str, times: str) -> None:
    """Kill a program that attaches two files, again and again; print how often they were there, and how often not."""
    chance = random.Random(11)
    path = new(Path(folder, "d.stockcheck"))
    there = 0

    def files(turn: int) -> list[Attachment]:
        return [
            Attachment(f"{turn}-{one}.bin", random.Random(f"{turn} {one}").randbytes(400_000), OTHER) for one in "ab"
        ]

    with open_file(path, write=True, by="tester") as file, _timed() as taken:
        file.evidence.attach("A-1", files(0))
    for turn in range(1, int(times) + 1):
        before = len(read(path).events)

        def work(writing: int, turn: int = turn) -> None:
            with open_file(path, write=True, by="killed") as file:
                made = files(turn)
                os.write(writing, b".")
                file.evidence.attach("A-1", made)

        _kill_after(*_fork(work), 1, chance.random() * 1.5 * taken[0])
        with open_file(path) as file:
            assert file.findings() == [], "whole, and nothing that nobody names"
            more = len(file.events) - before
            assert more in (0, 2)
            for item, one in zip(file.state.evidence["A-1"][-2:], files(turn), strict=True):
                assert more == 0 or file.evidence.content(item) == one.content
        there += more // 2
    print(there, int(times) - there)
