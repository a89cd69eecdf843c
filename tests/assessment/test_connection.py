"""How SQLite is let at a file, and what is said when it cannot read one."""

from __future__ import annotations

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from stockcheck.assessment.checks import MAX_FILE, check_beside, check_header, check_inside, is_assessment, unreadable
from stockcheck.assessment.connection import connect
from stockcheck.assessment.lock import Lock, lock_or_why
from stockcheck.assessment.tables import MAX_CHECKLISTS
from stockcheck.errors import AssessmentFileError
from tests.assessment.crafting import journal_of, new, patched

ALWAYS = {"trusted_schema": 0, "cell_size_check": 1, "mmap_size": 0, "temp_store": 2}


@pytest.mark.parametrize(
    ("write", "wanted"),
    [
        (True, {**ALWAYS, "synchronous": 3, "secure_delete": 1, "query_only": 0}),
        (False, {**ALWAYS, "query_only": 1}),
    ],
)
def test_writes_are_durable_and_nothing_is_run_that_the_file_holds(
    tmp_path: Path, write: bool, wanted: dict[str, int]
) -> None:
    connection = connect(new(tmp_path / "d.stockcheck"), write=write)
    try:
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
        assert found == wanted
        assert connection.execute("PRAGMA locking_mode").fetchone() == ("normal",)
        assert connection.getlimit(sqlite3.SQLITE_LIMIT_ATTACHED) == 0
        assert MAX_CHECKLISTS < connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) < 2 * MAX_CHECKLISTS
    finally:
        connection.close()


def test_what_is_opened_for_reading_makes_no_file_and_takes_no_writing(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        connect(tmp_path / "none.stockcheck", write=False).execute("SELECT 1 FROM event")
    assert os.listdir(tmp_path) == []
    connection = connect(new(tmp_path / "d.stockcheck"), write=False)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM event")
    connection.close()


def test_a_file_may_be_read_and_let_go_of_by_another_thread(tmp_path: Path) -> None:
    """It is not bound to the thread that opened it, such as one that a signal ends."""
    connection = connect(new(tmp_path / "d.stockcheck"), write=True)
    with ThreadPoolExecutor(max_workers=1) as other:
        count = other.submit(lambda: connection.execute("SELECT count(*) FROM event").fetchone()).result()
        other.submit(connection.close).result()
    assert count == (1,)


def failed(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("it failed")
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("error", "helps"),
    [
        (failed("SQLITE_BUSY"), "Another program is using it. Try again in a moment."),
        (failed("SQLITE_BUSY_RECOVERY"), "Another program is using it. Try again in a moment."),
        (failed("SQLITE_READONLY_ROLLBACK"), "The program or the machine stopped while it was written."),
        (failed("SQLITE_IOERR"), ""),
        (failed("SQLITE_CORRUPT"), ""),
        (OSError(5, "it failed"), ""),
    ],
)
def test_what_helps_is_said_where_something_does(tmp_path: Path, error: Exception, helps: str) -> None:
    said = unreadable(new(tmp_path / "d.stockcheck"), error)
    assert said.message == "d.stockcheck cannot be read: it failed."
    assert said.hint.startswith(helps)
    assert bool(said.hint) is bool(helps)


def test_a_file_that_is_too_large_once_its_journal_is_undone_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The header was another one when it was looked at first."""
    path = new(tmp_path / "d.stockcheck")
    size = path.stat().st_size
    with closing(connect(path, write=False)) as connection:
        for most, large in ((size, False), (size - 1, True)):
            monkeypatch.setattr("stockcheck.assessment.checks.MAX_FILE", most)
            connection.execute("BEGIN")
            if large:
                with pytest.raises(AssessmentFileError) as refused:
                    check_inside(connection, path)
                assert refused.value.message == "d.stockcheck is too large to be an assessment."
            else:
                check_inside(connection, path)
            connection.execute("ROLLBACK")


def test_a_file_that_ends_before_its_header_says_is_cut_off(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    said = unreadable(path, failed("SQLITE_CORRUPT"))
    assert said.message == "d.stockcheck is cut off: some of it is missing."
    assert said.hint == "Copy it again, or use a copy."
    path.write_bytes(whole + b"x")
    assert "cut off" not in unreadable(path, failed("SQLITE_CORRUPT")).message


@pytest.mark.parametrize(
    ("place", "content", "said", "helps"),
    [
        (0, b"SQLite format 4\0", "is not a stockcheck assessment", "stockcheck new depot.stockcheck"),
        (18, b"\2\2", "is damaged or was changed by another program", "Use a copy of it."),
        (60, b"\0\0\0\x63", "has format 99; this program reads the formats 1, 2", "Use that one, or a newer one."),
        (68, b"none", "is not a stockcheck assessment", "stockcheck new depot.stockcheck"),
    ],
)
def test_what_a_header_shows_is_told_with_what_helps(
    tmp_path: Path, place: int, content: bytes, said: str, helps: str
) -> None:
    path = new(tmp_path / "d.stockcheck")
    check_header(path)
    patched(path, place, content)
    with pytest.raises(AssessmentFileError) as refused:
        check_header(path)
    assert said in refused.value.message
    assert helps in refused.value.hint


@pytest.mark.parametrize("begins", [b"", b"\0" * 12, b"\0" * 12 + b"\xff" * 100])
def test_a_journal_that_is_finished_or_not_yet_begun_stands_in_nobodys_way(tmp_path: Path, begins: bytes) -> None:
    """SQLite undoes nothing by it, whatever stands behind its beginning."""
    path = new(tmp_path / "d.stockcheck")
    journal_of(path).write_bytes(begins)
    check_beside(path)


@pytest.mark.parametrize(
    ("pages", "size", "hostile"),
    [
        (MAX_FILE // 4096, 4096, False),
        (MAX_FILE // 4096 + 1, 4096, True),
        (1 << 24, 4096, True),
        (MAX_FILE // 65536 + 1, 0, True),
        (1, 1 << 31, True),
    ],
)
def test_a_journal_that_would_make_the_file_huge_is_refused(
    tmp_path: Path, pages: int, size: int, hostile: bool
) -> None:
    """As its header says: mark, records, nonce, pages at first, bytes of a sector and of a page."""
    path = new(tmp_path / "d.stockcheck")
    numbers = (0, 0, pages, 512, size)
    header = bytes.fromhex("d9d505f920a163d7") + b"".join(number.to_bytes(4) for number in numbers)
    journal_of(path).write_bytes(header.ljust(512, b"\0"))
    if hostile:
        with pytest.raises(AssessmentFileError, match=r"^d\.stockcheck-journal lies beside the assessment"):
            check_beside(path)
    else:
        check_beside(path)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            PermissionError(13, "Permission denied"),
            "The folder of d.stockcheck takes no writing (Permission denied): it can be read, not answered.",
        ),
        (
            FileExistsError(17, "File exists", "/depot/d.stockcheck.lock"),
            "d.stockcheck.lock was not made by this program. Take it away to answer.",
        ),
        (AssessmentFileError("It is held."), "It is held."),
    ],
)
def test_where_there_is_no_lock_it_is_told_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def no_lock(_path: Path) -> Lock:
        raise error

    monkeypatch.setattr(Lock, "take", no_lock)
    assert lock_or_why(new(tmp_path / "d.stockcheck")) == (None, said)


def test_an_assessment_is_known_by_its_header_sound_or_not(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    assert is_assessment(path)
    path.write_bytes(path.read_bytes()[:80])
    assert is_assessment(path)
    patched(path, 68, b"none")
    assert not is_assessment(path)
    for other in (b"", b"precious", b"x" * 68 + b"stck"):
        path.write_bytes(other)
        assert not is_assessment(path)


def test_who_lets_go_of_a_lock_keeps_no_file_open(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _turn in range(3):
        lock = Lock.take(new(tmp_path / f"{_turn}.stockcheck"))
        lock.release()
        lock.release()
    assert len(os.listdir("/proc/self/fd")) == before
    assert sorted(os.listdir(tmp_path)) == ["0.stockcheck", "1.stockcheck", "2.stockcheck"]
