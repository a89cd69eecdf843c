"""Files that this program did not write, or not so: refused in words, or shown to be changed; never a crash, a hang or
a harm to another file.
"""

from __future__ import annotations

import os
import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from stockcheck.assessment import checks, tables
from stockcheck.assessment.file import open_file
from stockcheck.errors import AssessmentFileError
from tests.assessment.conftest import SmallDisk
from tests.assessment.crafting import (
    alter,
    answered,
    crafted,
    half_written,
    journal_of,
    outcome,
    patched,
    printed,
    program,
    read,
    sql,
)


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
        lambda path: sql(path, "PRAGMA user_version = 5"),
        "has format 5; this program reads the formats 1, 2, 3, 4",
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
        target.execute(f"PRAGMA user_version = {checks.FORMAT}")
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
    assert seen["shown"] > 4
    assert seen["whole"] > 50
    assert sum(seen[one] for one in ("refused", "shown", "whole", "cut")) == 400, seen
    assert set(os.listdir(tmp_path)) == {"d.stockcheck"}


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


# A medium that takes no writing


def test_a_medium_that_takes_no_writing_is_read_scored_reported_and_verified(
    tmp_path: Path, small_disk: SmallDisk
) -> None:
    answered(tmp_path / "d.stockcheck")
    (tmp_path / "medium").mkdir()
    said = printed(program("use_read_only", tmp_path / "d.stockcheck", before=small_disk("1m", tmp_path / "medium")))
    assert "8 entries.\nDepot: North\nThe chain of entries holds" in said
    assert "Small depot" in said
    assert "Written: " in said
    assert said.endswith("d.stockcheck is write-protected: it can be read, not answered.\n")
