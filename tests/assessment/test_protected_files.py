"""A protected file as a file: changed, swapped, hostile, of an earlier format."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from stockcheck import ciphers
from stockcheck.assessment import protecting
from stockcheck.assessment.checks import FORMAT
from stockcheck.assessment.events import as_body
from stockcheck.assessment.file import open_file
from stockcheck.assessment.protecting import protect, unprotect
from stockcheck.assessment.protection import MAX_SLOTS
from stockcheck.errors import AssessmentFileError, UsageError
from tests.assessment.crafting import alter, answered, clock, read, sql
from tests.assessment.protecting import PASSPHRASE, QUICK, asked, protected
from tests.assessment.test_protection import DAMAGED, _nobody_knows, flip, holds, rows, spoilt

__all__ = ["_nobody_knows"]


@pytest.mark.parametrize("column", ["at", "by", "kind", "subject", "body", "previous", "hash"])
@pytest.mark.parametrize("seq", [1, 4, 8])
def test_a_changed_row_is_told(tmp_path: Path, column: str, seq: int) -> None:
    path = protected(tmp_path / "d.stockcheck")
    alter(path, f"UPDATE event SET {column} = replace({column}, substr({column}, 5, 3), '') || 'x' WHERE seq = {seq}")
    asked(PASSPHRASE)
    with pytest.raises(AssessmentFileError, match=DAMAGED):
        open_file(path)
    with pytest.raises(AssessmentFileError, match=DAMAGED):
        protecting.head_of(path)


def test_a_row_whose_hashes_were_reckoned_anew_is_told_by_its_seal(tmp_path: Path) -> None:
    path = protected(tmp_path / "d.stockcheck")
    flip("event", "body", "seq", 8)(path)
    ((*_, body, previous, _),) = [row for row in rows(path) if row[0] == 8]
    own = hashlib.sha256(as_body([8, "", "", "encrypted", "", body, previous]).encode()).hexdigest()
    alter(path, f"UPDATE event SET hash = '{own}' WHERE seq = 8")
    assert protecting.head_of(path) == (8, own), "which nobody can see without the key"
    asked(PASSPHRASE)
    with pytest.raises(AssessmentFileError, match="entry 8 cannot be opened"):
        open_file(path)


def test_rows_that_were_swapped_or_come_from_elsewhere_are_told(tmp_path: Path) -> None:
    path, other = protected(tmp_path / "d.stockcheck"), protected(tmp_path / "other.stockcheck")
    swapped, mixed, short = (Path(shutil.copy(path, tmp_path / name)) for name in ("swapped", "mixed", "short"))
    five, six = rows(path)[4:6]
    alter(
        swapped,
        f"UPDATE event SET body = '{six[5]}' WHERE seq = 5",
        f"UPDATE event SET body = '{five[5]}' WHERE seq = 6",
    )
    alter(mixed, f"UPDATE event SET body = '{rows(other)[7][5]}' WHERE seq = 8")
    alter(short, "DELETE FROM event WHERE seq = 5")
    for one in (swapped, mixed, short):
        asked(PASSPHRASE)
        with pytest.raises(AssessmentFileError, match=DAMAGED):
            open_file(one)


def test_what_was_cut_off_the_end_only_a_code_shows(tmp_path: Path) -> None:
    path = protected(tmp_path / "d.stockcheck")
    asked(PASSPHRASE)
    head = read(path).events[-1].hash
    alter(path, "DELETE FROM event WHERE seq > 6")
    found = read(path)
    assert len(found.events) == 6
    assert found.broken is None
    assert head not in [event.hash for event in found.events]


@pytest.mark.parametrize("column", ["digest", "content"])
def test_a_changed_checklist_is_told(tmp_path: Path, column: str) -> None:
    path = protected(tmp_path / "d.stockcheck")
    ((name, content),) = rows(path, "checklist")
    alter(path, f"UPDATE checklist SET {column} = '{spoilt(str(content if column == 'content' else name))}'")
    asked(PASSPHRASE)
    with pytest.raises(AssessmentFileError, match=DAMAGED):
        open_file(path)


def test_a_plain_row_in_a_protected_file_is_told(tmp_path: Path) -> None:
    path = protected(tmp_path / "d.stockcheck")
    last = rows(path)[-1]
    plain = "'2026-03-01T10:00:00.000+00:00', 'me', 'answer', 'A-1', '{}'"
    alter(path, f"INSERT INTO event VALUES (9, {plain}, '{last[7]}', '{'0' * 64}')")
    asked(PASSPHRASE)
    with pytest.raises(AssessmentFileError, match=DAMAGED):
        open_file(path)


def test_without_its_slots_a_file_is_no_plain_assessment(tmp_path: Path) -> None:
    path = protected(tmp_path / "d.stockcheck")
    sql(path, "DELETE FROM protection")
    with pytest.raises(AssessmentFileError, match="holds no assessment"):
        open_file(path)


def slot(path: Path, **changes: object) -> str:
    """The slot of a file with something else in it, and a right check."""
    (_, about), (_, content) = rows(path, "protection")
    found = json.loads(str(content)) | changes
    names = ("kind", "salt", "memory", "iterations", "lanes", "nonce", "wrapped")
    listed = as_body([json.loads(str(about))["id"], *(found[name] for name in names)])
    found["check"] = hashlib.sha256(listed.encode()).hexdigest()
    return as_body(found)


def put(path: Path, *contents: str) -> None:
    """Put slots in the place of those of a file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM protection WHERE slot > 0")
        connection.executemany("INSERT INTO protection (content) VALUES (?)", [(content,) for content in contents])
        connection.commit()


def refused_unasked(path: Path) -> None:
    told = asked(PASSPHRASE)
    with pytest.raises(AssessmentFileError, match="its protection cannot be read"):
        open_file(path)
    assert told == []


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "null",
        "{",
        "[" * 2000,
        "x" * 100_000,
        '{"kind":"passphrase"}',
        '{"kind":"other"}',
        '{"kind":[]}',
    ],
    ids=lambda text: text[:20],
)
def test_what_is_no_slot_is_refused_before_anybody_is_asked(tmp_path: Path, content: str) -> None:
    path = protected(tmp_path / "d.stockcheck")
    put(path, content)
    refused_unasked(path)


@pytest.mark.parametrize(
    "changes",
    [
        *({"memory": value} for value in (1 << 40, (256 << 10) + 1, 7, -1, True, "64", None, 64.0)),
        *({"iterations": value} for value in (17, 0)),
        *({"lanes": value} for value in (17, 0, 8)),
        *({"salt": value} for value in ("", "AA==", "!", 5, None)),
        *({"nonce": "AA=="}, {"nonce": None}, {"wrapped": "A"}, {"wrapped": "AA=="}),
    ],
    ids=str,
)
def test_a_hostile_slot_is_refused_before_anybody_is_asked(tmp_path: Path, changes: dict[str, object]) -> None:
    path = protected(tmp_path / "d.stockcheck")
    put(path, slot(path))
    asked(PASSPHRASE)
    read(path)
    put(path, slot(path, **changes))
    refused_unasked(path)


def test_slots_that_are_too_many_or_cost_too_much_together_are_refused(tmp_path: Path) -> None:
    path = protected(tmp_path / "d.stockcheck")
    dear, cheap = slot(path, memory=256 << 10, iterations=3), slot(path)
    for contents in ([dear] * 5, [cheap] * (MAX_SLOTS + 1), []):
        put(path, *contents)
        refused_unasked(path)
        put(path, cheap)
    put(path, *[cheap] * MAX_SLOTS)
    asked(PASSPHRASE)
    read(path)
    sql(path, "DELETE FROM protection WHERE slot = 0")
    refused_unasked(path)


@pytest.mark.parametrize("number", [0, 1])
def test_an_accident_to_a_slot_is_no_wrong_passphrase(tmp_path: Path, number: int) -> None:
    path = protected(tmp_path / "d.stockcheck")
    content = str(rows(path, "protection")[number][1])
    for place in range(0, len(content), 3):
        with closing(sqlite3.connect(path)) as connection:
            spoilt_ = content[:place] + ("0" if content[place] != "0" else "1") + content[place + 1 :]
            connection.execute("UPDATE protection SET content = ? WHERE slot = ?", (spoilt_, number))
            connection.commit()
        asked(PASSPHRASE)
        with pytest.raises(AssessmentFileError, match=r"its protection cannot be read|does not know"):
            open_file(path)


# With the rest of the program


def test_a_redaction_takes_the_words_out_and_leaves_both_chains(tmp_path: Path) -> None:
    path = protected(tmp_path / "d.stockcheck")
    asked(PASSPHRASE)
    bodies = [str(row[5]) for row in rows(path)]
    with open_file(path, write=True, by="clerk", clock=clock) as file:
        file.redact(5)
    with open_file(path) as file:
        assert file.record.chain_holds
        assert len(file.record.redactions) == 1
        assert "Seen 0 times" not in "".join(event.body for event in file.events)
    assert protecting.head_of(path)[0] == 9
    assert [holds(path, body) for body in bodies] == [True] * 4 + [False] * 4
    unprotect(path)
    assert read(path).broken is None


def test_an_older_file_becomes_one_of_the_present_format(tmp_path: Path) -> None:
    path = tmp_path / "old.stockcheck"
    shutil.copy(sorted((Path(__file__).parent / "fixtures").glob("*3*.stockcheck"))[0], path)
    before = read(path)
    protect(path, PASSPHRASE, cost=QUICK)
    assert read(path) == before
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)


def test_attachments_go_along_by_digest_and_content(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    digest = hashlib.sha256(b"a picture").hexdigest()
    sql(path, f"INSERT INTO attachment VALUES ('{digest}', x'{b'a picture'.hex()}')")
    protect(path, PASSPHRASE, cost=QUICK)
    assert not holds(path, "a picture")
    assert not holds(path, digest)
    unprotect(path)
    assert rows(path, "attachment") == [(digest, b"a picture")]


def test_a_missing_library_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, plain = protected(tmp_path / "d.stockcheck"), answered(tmp_path / "plain.stockcheck")
    for name in {"cryptography", *(name for name in sys.modules if name.split(".")[0] == "cryptography")}:
        monkeypatch.setitem(sys.modules, name, None)
    asked(PASSPHRASE)
    for work in (lambda: open_file(path), lambda: protect(plain, PASSPHRASE, cost=QUICK)):
        with pytest.raises(UsageError, match="needs the library cryptography"):
            work()
    read(plain)


def test_a_broken_library_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        """As one of a library written in Rust: no `Exception`."""

    class Finder:
        def find_spec(self, name: str, *_: object) -> None:
            if name.split(".")[0] == "cryptography":
                raise PanicException

    for name in [name for name in sys.modules if name.split(".")[0] == "cryptography"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    with pytest.raises(UsageError, match="needs the library cryptography"):
        ciphers.check_is_there()
