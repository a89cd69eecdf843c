"""What may lie beside an assessment: a journal, a log, or what somebody put there in the place of one."""

from __future__ import annotations

import os
import random
import sqlite3
import struct
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from stockcheck.assessment import checks
from stockcheck.assessment.file import open_file
from stockcheck.errors import AssessmentFileError
from tests.assessment.crafting import (
    answered,
    half_written,
    journal_of,
    new,
    outcome,
    patched,
    read,
)


def test_a_planted_journal_is_refused_or_shown_or_without_effect(tmp_path: Path) -> None:
    path, chance, seen = tmp_path / "d.stockcheck", random.Random(5), Counter[str]()
    whole = read(answered(tmp_path / "whole.stockcheck"))
    half_written(tmp_path / "whole.stockcheck", path)
    half, journal = path.read_bytes(), journal_of(path).read_bytes()
    for _turn in range(300):
        planted = bytearray(journal)
        for _place in range(chance.choice((1, 2, 6))):
            planted[chance.choice((chance.randrange(28), chance.randrange(len(planted))))] = chance.randrange(256)
        path.write_bytes(half)
        journal_of(path).write_bytes(planted[: chance.choice((len(planted), chance.randrange(len(planted))))])
        seen[outcome(path, whole, write=chance.random() < 0.3)] += 1
        assert path.stat().st_size <= checks.MAX_FILE
    assert seen["refused"]
    assert seen["whole"]
    assert sum(seen[one] for one in ("refused", "shown", "whole", "cut")) == 300, seen


def test_a_journal_of_another_assessment_does_not_pass_unseen(tmp_path: Path) -> None:
    path, other = answered(tmp_path / "d.stockcheck", notes=40), tmp_path / "other.stockcheck"
    whole = read(path)
    half_written(answered(tmp_path / "whole.stockcheck", notes=20), other)
    journal_of(other).rename(journal_of(path))
    assert outcome(path, whole) in ("refused", "shown")


def _naming(victim: Path, journal: bytes) -> bytes:
    """`journal` with a second journal's name at its end, which SQLite deletes when it has undone the first."""
    name = os.fsencode(victim)
    page = (0x40000000 // 4096 + 1).to_bytes(4)
    return journal + page + name + struct.pack(">II", len(name), sum(name) & 0xFFFFFFFF) + journal[:8]


def _swelling(journal: bytes, pages: int) -> bytes:
    return journal[:16] + pages.to_bytes(4) + journal[20:]


BESIDE = "lies beside the assessment and was not made by this program"
PLANTED: dict[str, Callable[[Path, bytes], object]] = {
    "a journal that names a file to delete": lambda path, journal: journal_of(path).write_bytes(
        _naming(path.with_name("precious"), journal)
    ),
    "a journal that makes the file huge": lambda path, journal: journal_of(path).write_bytes(
        _swelling(journal, 1 << 20)
    ),
    "a journal that makes the file huger": lambda path, journal: journal_of(path).write_bytes(
        _swelling(journal, (1 << 32) - 2)
    ),
    "a journal of no page size that makes it huge": lambda path, journal: journal_of(path).write_bytes(
        _swelling(journal, 1 << 20)[:24] + bytes(4) + journal[28:]
    ),
    "a text for a journal": lambda path, _journal: journal_of(path).write_text("what somebody wrote"),
    "a letter for a journal": lambda path, _journal: journal_of(path).write_text("x"),
    "another assessment for a journal": lambda path, _journal: new(path.with_name("other")).rename(journal_of(path)),
    "a journal whose mark is another": lambda path, journal: journal_of(path).write_bytes(b"\0" + journal[1:]),
    "a text behind a zero for a journal": lambda path, _journal: journal_of(path).write_bytes(b"\0\0\0what it is"),
    "a pipe for a journal": lambda path, _journal: os.mkfifo(journal_of(path)),
    "a folder for a journal": lambda path, _journal: journal_of(path).mkdir(),
    "a link for a journal": lambda path, _journal: journal_of(path).symlink_to("precious"),
    "a link to nowhere for a journal": lambda path, _journal: journal_of(path).symlink_to("nowhere"),
    "a WAL": lambda path, _journal: path.with_name(path.name + "-wal").write_bytes(b"x" * 5000),
    "an empty WAL": lambda path, _journal: path.with_name(path.name + "-wal").touch(),
    "a pipe for a WAL": lambda path, _journal: os.mkfifo(path.with_name(path.name + "-wal")),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_what_lies_beside_the_file_harms_neither_it_nor_another(tmp_path: Path, planted: str, write: bool) -> None:
    path = tmp_path / "d.stockcheck"
    half_written(answered(tmp_path / "whole.stockcheck"), path)
    (tmp_path / "precious").write_text("precious")
    journal = journal_of(path).read_bytes()
    journal_of(path).unlink()
    PLANTED[planted](path, journal)
    before, beside = path.read_bytes(), sorted(os.listdir(tmp_path))
    with pytest.raises(AssessmentFileError, match=BESIDE):
        read(path, write=write)
    assert path.read_bytes() == before
    assert (tmp_path / "precious").read_text() == "precious"
    assert sorted(os.listdir(tmp_path)) == beside


def test_a_journal_that_sqlite_has_finished_or_not_begun_is_in_nobodys_way(tmp_path: Path, write: bool) -> None:
    """It empties a journal, or writes zeros over its header, or has not yet put its mark in when the power goes."""
    path = answered(tmp_path / "d.stockcheck")
    whole = read(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = PERSIST")
        connection.execute(f"PRAGMA user_version = {checks.FORMAT}")
    finished = journal_of(path).read_bytes()
    assert finished[:28] == bytes(28)
    unsure = bytes(12) + b"\x12\x34\x56\x78" + (3).to_bytes(4) + (512).to_bytes(4) + (4096).to_bytes(4)
    for left in (finished, b"", bytes(5), bytes(100_000), unsure + bytes(484), bytes.fromhex("d9d505f9")):
        journal_of(path).write_bytes(left)
        assert read(path, write=write) == whole
        with open_file(path, write=True, by="tester") as file:
            assert file.read_only == ""


def test_a_write_ahead_log_takes_no_answers_that_the_file_alone_would_lack(tmp_path: Path) -> None:
    """SQLite reads a log that lies beside a file, whatever the file's header says, and then writes to it too."""
    path = answered(tmp_path / "d.stockcheck")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_checkpoint")
        connection.execute("INSERT INTO checklist VALUES ('x', 'y')")
        log = path.with_name(path.name + "-wal").read_bytes()
    patched(path, 18, b"\1\1")
    assert read(path).broken is None
    path.with_name(path.name + "-wal").write_bytes(log)
    with pytest.raises(AssessmentFileError, match=BESIDE):
        read(path, write=True)


def test_an_index_of_shared_memory_is_left_alone(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    beside = path.with_name(path.name + "-shm")
    beside.write_bytes(b"x" * 32768)
    assert read(path).broken is None
    assert beside.read_bytes() == b"x" * 32768
