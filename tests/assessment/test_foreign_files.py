"""Files that this program did not write, or not so: refused in words, or shown to be changed; never a crash, a hang or
a harm to another file.
"""

from __future__ import annotations

import os
import random
import socket
import sqlite3
import struct
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from stockcheck.answers.answer import Answer
from stockcheck.assessment import checks, tables
from stockcheck.assessment.file import open_file
from stockcheck.errors import AssessmentFileError, UsageError
from tests.assessment.conftest import SmallDisk
from tests.assessment.crafting import (
    Found,
    alter,
    answered,
    checklist,
    crafted,
    half_written,
    journal_of,
    new,
    printed,
    program,
    read,
)


@pytest.fixture(params=[False, True], ids=["read", "write"])
def write(request: pytest.FixtureRequest) -> bool:
    """Whether the file is opened to answer: what is refused is refused either way."""
    return bool(request.param)


def patched(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        for statement in statements:
            connection.execute(statement)


def other_database(path: Path, *statements: str) -> None:
    path.unlink()
    sql(path, *statements)


NOT_ONE = "is not a stockcheck assessment"
CHANGED = "is damaged or was changed by another program"
WITH_SCHEMA = "PRAGMA writable_schema = ON"
NOT_OURS: dict[str, tuple[Callable[[Path], object], str]] = {
    "nothing": (lambda path: path.write_bytes(b""), NOT_ONE),
    "text": (lambda path: path.write_text("id: depot\n" * 1000), NOT_ONE),
    "ninety-nine bytes": (lambda path: path.write_bytes(path.read_bytes()[:99]), NOT_ONE),
    "a header alone": (lambda path: path.write_bytes(path.read_bytes()[:100]), "cut off|not a database|damaged"),
    "another SQLite database": (lambda path: other_database(path, "CREATE TABLE t (x)"), NOT_ONE),
    "another one with our mark": (
        lambda path: other_database(
            path,
            f"PRAGMA application_id = {checks.APPLICATION_ID}",
            "PRAGMA user_version = 1",
            "CREATE TABLE event (seq INTEGER PRIMARY KEY, at, by, kind, subject, body, previous, hash)",
        ),
        CHANGED,
    ),
    "our mark and nothing else": (
        lambda path: other_database(
            path, f"PRAGMA application_id = {checks.APPLICATION_ID}", "PRAGMA user_version = 1"
        ),
        CHANGED,
    ),
    "a later format": (
        lambda path: sql(path, "PRAGMA user_version = 3"),
        "has format 3; this program reads the formats 1, 2",
    ),
    "no format": (lambda path: sql(path, "PRAGMA user_version = 0"), "has format 0"),
    "a huge format": (lambda path: patched(path, 60, b"\xff" * 4), "has format 4294967295"),
    "WAL mode": (lambda path: sql(path, "PRAGMA journal_mode = WAL"), CHANGED),
    "an unknown mode": (lambda path: patched(path, 18, b"\7\7"), CHANGED),
    "another table": (lambda path: sql(path, "CREATE TABLE more (x)"), CHANGED),
    "a view": (lambda path: sql(path, "CREATE VIEW v AS SELECT * FROM event"), CHANGED),
    "a view in a table's place": (
        lambda path: sql(
            path,
            "DROP TABLE event",
            "CREATE VIEW event AS SELECT 1 AS seq, '' AS at, '' AS by, '' AS kind, '' AS subject, '' AS body, "
            "'' AS previous, hex(randomblob(1000000000)) AS hash",
        ),
        CHANGED,
    ),
    "an index": (lambda path: sql(path, "CREATE INDEX i ON event (body)"), CHANGED),
    "a trigger": (
        lambda path: sql(path, "CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM checklist; END"),
        CHANGED,
    ),
    "a trigger less": (lambda path: sql(path, "DROP TRIGGER event_stays"), CHANGED),
    "a trigger that does nothing": (
        lambda path: sql(
            path,
            "DROP TRIGGER event_stays",
            "CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT 1; END",
        ),
        CHANGED,
    ),
    "a line of the schema twice": (
        lambda path: sql(
            path,
            WITH_SCHEMA,
            "INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name = 'event_stays'",
        ),
        "cannot be read|" + CHANGED,
    ),
    "a column more": (lambda path: sql(path, "ALTER TABLE event ADD COLUMN more TEXT"), CHANGED),
    "a virtual table": (lambda path: sql(path, "CREATE VIRTUAL TABLE v USING fts5(x)"), CHANGED),
    "statistics": (lambda path: sql(path, "ANALYZE"), CHANGED),
    "many tables": (lambda path: sql(path, *(f"CREATE TABLE t{number} (x)" for number in range(100))), CHANGED),
    "a schema in bytes": (
        lambda path: sql(
            path, WITH_SCHEMA, "UPDATE sqlite_schema SET sql = CAST(sql AS BLOB) WHERE name = 'event_stays'"
        ),
        CHANGED,
    ),
    "a schema that is no SQL": (
        lambda path: sql(path, WITH_SCHEMA, "UPDATE sqlite_schema SET sql = 'CREATE TABLE' WHERE name = 'event'"),
        "cannot be read: malformed database schema",
    ),
    "a schema that is no text": (
        lambda path: sql(
            path, WITH_SCHEMA, "UPDATE sqlite_schema SET sql = CAST(x'ff43' AS TEXT) WHERE name = 'event_stays'"
        ),
        "cannot be read|" + CHANGED,
    ),
    "one table's pages for both": (
        lambda path: sql(
            path,
            WITH_SCHEMA,
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'event') "
            "WHERE name = 'checklist'",
        ),
        CHANGED,
    ),
    "a table of another kind": (
        lambda path: sql(
            path,
            WITH_SCHEMA,
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name LIKE '%autoindex%') "
            "WHERE name = 'event'",
        ),
        "cannot be read|" + CHANGED,
    ),
    "numbers where texts belong": (lambda path: _with_other_types(path, 7), CHANGED),
    "bytes where texts belong": (lambda path: _with_other_types(path, b"\0"), CHANGED),
    "nothing where texts belong": (lambda path: _with_other_types(path, None), CHANGED),
    "text that is no UTF-8": (
        lambda path: alter(path, "UPDATE event SET body = CAST(x'ff' AS TEXT) WHERE seq = 2"),
        "cannot be read",
    ),
    "a checklist that is no UTF-8": (
        lambda path: alter(path, "UPDATE checklist SET content = CAST(x'7bff' AS TEXT)"),
        "cannot be read",
    ),
    "no events": (lambda path: alter(path, "DELETE FROM event"), "holds no assessment"),
    "no beginning": (lambda path: alter(path, "DELETE FROM event WHERE seq = 1"), "holds no assessment"),
    "no checklist": (lambda path: alter(path, "DELETE FROM checklist"), "the checklist in it cannot be read"),
}


def _with_other_types(path: Path, value: object) -> None:
    """The column `by` without its type and filled with `value`, under a schema that says it is text."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(WITH_SCHEMA)
        ours = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'event'").fetchone()
        loose = ours[0].replace(" TEXT NOT NULL", "").replace(" STRICT", "")
        connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'event'", (loose,))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO event SELECT seq + 100, at, ?, kind, subject, body, '', '' FROM event", (value,)
        )
        connection.execute(WITH_SCHEMA)
        connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'event'", ours)


@pytest.mark.parametrize("what", NOT_OURS)
def test_what_is_not_as_this_program_made_it_is_refused(tmp_path: Path, what: str, write: bool) -> None:
    spoil, said = NOT_OURS[what]
    path = answered(tmp_path / "d.stockcheck")
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(AssessmentFileError, match=f"d.stockcheck.*({said})") as caught:
        read(path, write=write)
    assert len(str(caught.value)) < 500
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["d.stockcheck"]


def test_a_database_in_utf_16_is_read_like_any_other(tmp_path: Path) -> None:
    whole, path = answered(tmp_path / "whole.stockcheck"), tmp_path / "d.stockcheck"
    with closing(sqlite3.connect(whole)) as source, closing(sqlite3.connect(path, isolation_level=None)) as target:
        target.execute("PRAGMA encoding = 'UTF-16le'")
        for line in source.iterdump():
            target.execute(line)
        target.execute(f"PRAGMA application_id = {checks.APPLICATION_ID}")
        target.execute("PRAGMA user_version = 1")
    assert read(path) == read(whole)


def test_not_even_this_program_could_run_what_a_schema_holds_or_change_it(tmp_path: Path, write: bool) -> None:
    path = tmp_path / "d.stockcheck"
    half_written(answered(tmp_path / "whole.stockcheck"), path)  # to undo that, SQLite has to be let write
    with open_file(path, write=write) as file:
        connection = file._connection
        assert connection.execute("PRAGMA trusted_schema").fetchone() == (0,)
        for statement in (
            "UPDATE event SET body = 'null'",
            "DELETE FROM event WHERE seq = 8",
            "DELETE FROM checklist",
            "ATTACH ':memory:' AS other",
            *(() if write else ("INSERT INTO checklist VALUES ('x', 'y')",)),
            *(("UPDATE sqlite_schema SET sql = ''",) if hasattr(connection, "setconfig") else ()),
        ):
            connection.execute("PRAGMA writable_schema = ON")
            with pytest.raises(sqlite3.DatabaseError):
                connection.execute(statement)


# Damage


def outcome(path: Path, whole: Found, *, write: bool = False) -> str:
    """How a file that may be damaged is taken. Whatever is not said here is an error of the program."""
    try:
        found = read(path, write=write)
    except AssessmentFileError as error:
        return "refused" if len(str(error)) < 800 and str(error).replace("\n", "").isprintable() else str(error)
    if found.broken is not None:
        return "shown"
    if found == whole:
        return "whole"
    assert found.events == whole.events[: len(found.events)], "a change that nobody sees"
    return "cut"


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    whole, content = read(path), path.read_bytes()
    lengths = {*range(0, len(content), 4096), *range(0, len(content), 512), *range(len(content) - 20, len(content))}
    for length in sorted(lengths | {1, 99, 100, 101, 4095, 4097}):
        path.write_bytes(content[:length])
        assert outcome(path, whole) == "refused", length
        if length >= 100:
            with pytest.raises(AssessmentFileError, match=r"d\.stockcheck is cut off: some of it is missing"):
                read(path)
    path.write_bytes(content + b"what a bad stick adds")
    assert outcome(path, whole) == "whole"


@pytest.mark.parametrize("seed", range(4))
def test_damage_anywhere_is_refused_or_shown_or_without_effect(tmp_path: Path, seed: int) -> None:
    path, chance, seen = answered(tmp_path / "d.stockcheck", notes=12), random.Random(seed), Counter[str]()
    whole, content = read(path), path.read_bytes()
    heads = [page + offset for page in range(0, len(content), 4096) for offset in range(110)]
    for _turn in range(400):
        damaged = bytearray(content)
        for _place in range(chance.choice((1, 1, 1, 2, 5))):
            at = chance.choice(heads) if chance.random() < 0.4 else chance.randrange(len(content))
            match chance.randrange(4):
                case 0 | 1:
                    damaged[at] ^= 1 << chance.randrange(8)
                case 2:
                    damaged[at] = chance.choice((0, 255, chance.randrange(256)))
                case 3:
                    source, length = chance.randrange(len(content)), chance.choice((4, 64, 512))
                    part = damaged[source : source + length]
                    damaged[at : at + len(part)] = part
        path.write_bytes(damaged[: len(content)])
        seen[outcome(path, whole, write=chance.random() < 0.2)] += 1
        journal_of(path).unlink(missing_ok=True)
    assert seen["refused"] > 50
    assert seen["shown"] > 10
    assert seen["whole"] > 50
    assert sum(seen[one] for one in ("refused", "shown", "whole", "cut")) == 400, seen
    assert set(os.listdir(tmp_path)) == {"d.stockcheck"}


# What may lie beside the file


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
        connection.execute("PRAGMA user_version = 2")
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


# Sizes


@pytest.mark.parametrize(
    ("bound", "limit", "said"),
    [
        ((tables, "MAX_EVENTS"), 7, "holds more than an assessment can"),
        ((tables, "MAX_EVENT"), 200, "holds more than an assessment can"),
        ((tables, "MAX_CHECKLISTS"), 1000, "holds more than an assessment can|string or blob too big"),
        ((checks, "MAX_FILE"), 16_000, "d.stockcheck is too large to be an assessment"),
    ],
)
def test_what_is_larger_than_this_program_makes_it_is_refused(
    tmp_path: Path, bound: tuple[object, str], limit: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = answered(tmp_path / "d.stockcheck")
    assert len(read(path).events) == 8
    monkeypatch.setattr(*bound, limit)
    with pytest.raises(AssessmentFileError, match=said):
        read(path)


@pytest.mark.parametrize("column", ["at", "by", "kind", "subject", "body", "previous", "hash"])
@pytest.mark.parametrize("text", ["'x'", "'x' || char(0)"], ids=["long", "long behind a NUL"])
def test_a_huge_value_is_refused_before_it_is_read_any_further(tmp_path: Path, column: str, text: str) -> None:
    path = answered(tmp_path / "d.stockcheck")
    alter(path, f"UPDATE event SET {column} = {text} || hex(zeroblob(200000)) WHERE seq = 3")
    with pytest.raises(AssessmentFileError, match="holds more than an assessment can"):
        read(path)


def test_checklists_are_bounded_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = crafted(tmp_path / "d.stockcheck")
    sql(path, *(f"INSERT INTO checklist VALUES ('{n}', '{{}}' || char(0) || hex(zeroblob(500000)))" for n in range(4)))
    assert len(read(path).events) == 1
    monkeypatch.setattr(tables, "MAX_CHECKLISTS", 2_000_000)
    with pytest.raises(AssessmentFileError, match="holds more than an assessment can"):
        read(path)


def test_a_file_that_claims_to_be_huge_is_refused_unread(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    os.truncate(path, checks.MAX_FILE + 1)
    with pytest.raises(AssessmentFileError, match="too large"):
        read(path)
    os.truncate(path, checks.MAX_FILE)
    assert len(read(path).events) == 8


# Names, and what is no file


@pytest.mark.parametrize(
    "name",
    [
        b"a?mode=memory",
        b"a#b",
        b"a%41",
        b"a%00b",
        b"file:a?vfs=x",
        b":memory:",
        b" ",
        b"a\nb",
        b"\xff\xfe\x80",
        "ñandú — ".encode(),
        b"\x1b[2J",
        b"x" * 230,
    ],
)
def test_a_file_may_be_called_anything(tmp_path: Path, name: bytes) -> None:
    folder = os.fsencode(tmp_path) + b"/" + name[:100]
    os.mkdir(folder)
    path = Path(os.fsdecode(folder + b"/" + name))
    new(path)
    with open_file(path, write=True, by="tester") as file:
        file.answer(checklist().question["A-1"], Answer("yes"))
        assert os.listdir(folder) == [name, name + b".lock"] or os.listdir(folder) == [name + b".lock", name]
        with open_file(path, write=True) as second:
            assert second.read_only.isprintable()
    assert read(path).state.answers == {"A-1": Answer("yes")}
    assert os.listdir(folder) == [name]
    path.write_bytes(b"damaged")
    with pytest.raises(AssessmentFileError) as caught:
        read(path)
    assert str(caught.value).replace("\n", "").isprintable()


def _socket(path: Path) -> None:
    socket.socket(socket.AF_UNIX).bind(str(path))


def _link_to_a_pipe(path: Path) -> None:
    os.mkfifo("pipe")
    path.symlink_to("pipe")


NO_FILES: dict[str, tuple[Callable[[Path], object], type[Exception], str]] = {
    "nothing": (lambda _path: None, UsageError, "There is no file"),
    "a link to nowhere": (lambda path: path.symlink_to("nowhere"), UsageError, "There is no file"),
    "a link to itself": (lambda path: path.symlink_to(path.name), AssessmentFileError, "cannot be read: Too many"),
    "a folder": (lambda path: path.mkdir(), AssessmentFileError, "cannot be read: Is a directory"),
    "a pipe": (lambda path: os.mkfifo(path), AssessmentFileError, NOT_ONE),
    "a socket": (_socket, AssessmentFileError, NOT_ONE),
    "a device without end": (lambda path: path.symlink_to("/dev/zero"), AssessmentFileError, NOT_ONE),
    "a device that is full": (lambda path: path.symlink_to("/dev/full"), AssessmentFileError, NOT_ONE),
    "a link to a pipe": (_link_to_a_pipe, AssessmentFileError, NOT_ONE),
}


@pytest.mark.parametrize("what", NO_FILES)
def test_what_is_no_file_is_named_and_never_waited_for(
    tmp_path: Path, what: str, write: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path has to be short
    make, kind, said = NO_FILES[what]
    make(Path("d.stockcheck"))
    before = sorted(os.listdir())
    with pytest.raises(kind, match=said):
        open_file(Path("d.stockcheck"), write=write)
    assert sorted(os.listdir()) == before


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", AssessmentFileError),
        (".", AssessmentFileError),
        ("..", AssessmentFileError),
        ("", AssessmentFileError),
        ("x" * 300, AssessmentFileError),
        ("file/d.stockcheck", UsageError),
        ("absent/d.stockcheck", UsageError),
    ],
)
def test_a_path_that_leads_to_no_file_is_named(
    tmp_path: Path, path: str, kind: type[Exception], write: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    with pytest.raises(kind):
        open_file(Path(path), write=write)
    assert os.listdir() == ["file"]


# A medium that takes no writing


def test_a_medium_that_takes_no_writing_is_read_scored_reported_and_verified(
    tmp_path: Path, small_disk: SmallDisk
) -> None:
    answered(tmp_path / "d.stockcheck")
    (tmp_path / "medium").mkdir()
    said = printed(program("use_read_only", tmp_path / "d.stockcheck", before=small_disk("1m", tmp_path / "medium")))
    assert "8 entries.\nThe chain of entries holds" in said
    assert "Small depot" in said
    assert "Written: " in said
    assert said.endswith("d.stockcheck is write-protected: it can be read, not answered.\n")
