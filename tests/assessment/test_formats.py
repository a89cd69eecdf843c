"""Files of earlier formats: they open as they are, and become files of this format when something is written."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from stockcheck.answers.answer import Answer
from stockcheck.assessment.checks import FORMAT, FORMATS
from stockcheck.assessment.file import open_file
from stockcheck.cli import main
from stockcheck.errors import AssessmentFileError
from tests.assessment.crafting import new, read

FIXTURES = Path(__file__).parent / "fixtures"
#: What the first version of the program left behind: 17 entries by two officers, with notes, a reason, an upgrade.
HEAD_OF_FORMAT_1 = "3c977e598a9d0ab8f7452b78609d5b19db096e6a68c8d41765d2e41d45727598"

HEAD_OF_FORMAT_2 = "c9a3bbf920060b3de77379b3a53152c05376201dc5e3cc72af93b2a65c31bc37"
HEAD_OF_FORMAT_3 = "14f0688c01a4a14b882535054b799383d2983764a6bfffea6333c139e2bb3bf0"


def format_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copy(FIXTURES / "format-1.stockcheck", tmp_path / "d.stockcheck"))


def test_a_file_of_format_2_is_what_it_was_and_can_be_gone_on_with(tmp_path: Path) -> None:
    """Every kind of entry that came with that format: countersigned, planned, imported, redacted, upgraded."""
    path = Path(shutil.copy(FIXTURES / "format-2.stockcheck", tmp_path / "d.stockcheck"))
    before = path.read_bytes()
    found = read(path)
    assert (found.broken, found.events[-1].hash, path.read_bytes()) == (None, HEAD_OF_FORMAT_2, before)
    state = found.state
    assert (state.depot, state.code, state.checklist.version, state.accepted.keys()) == ("North", "", "1.1", {"A-4"})
    assert (state.actions["A-1"].owner, state.answers["A-3"].value) == ("Works", ("locks",))
    (left,) = state.left.values()
    assert (left.id, left.entry and left.entry.answer, left.checklist.version) == (
        "A-6",
        Answer("Lamps by the fence"),
        "1.0",
    )
    with open_file(path, write=True, by="clerk") as file:
        assert file.describe({"code": "D-4", "on": "2026-03-02"})
    assert format_of(path) == FORMAT
    state = read(path).state
    assert (state.depot, state.code, state.marking, str(state.on)) == ("North", "D-4", "SECRET", "2026-03-02")


def test_a_file_of_format_3_takes_the_tables_that_came_later_with_its_first_new_entry(tmp_path: Path) -> None:
    path = Path(shutil.copy(FIXTURES / "format-3.stockcheck", tmp_path / "d.stockcheck"))
    before = path.read_bytes()
    found = read(path)
    assert (found.broken, found.events[-1].hash, path.read_bytes()) == (None, HEAD_OF_FORMAT_3, before)
    assert (found.state.code, str(found.state.on), found.state.notes["A-1"]) == ("D-4", "2026-03-02", "Seen again")
    with closing(sqlite3.connect(path)) as connection:
        assert tables(connection) == {"checklist", "event"}
    with open_file(path, write=True, by="clerk") as file:
        file.note("A-1", "Seen once more")
    assert format_of(path) == FORMAT
    with closing(sqlite3.connect(path)) as connection:
        assert tables(connection) == {"checklist", "event", "attachment", "protection"}
    assert read(path).state.notes["A-1"] == "Seen once more"


def tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_there_is_an_example_of_every_format_but_this_one() -> None:
    assert {path.name for path in FIXTURES.iterdir()} == {f"format-{one}.stockcheck" for one in FORMATS if one < FORMAT}


def test_a_new_file_has_this_format(tmp_path: Path) -> None:
    assert format_of(new(tmp_path / "d.stockcheck")) == FORMAT


@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
def test_an_old_file_opens_as_it_is(old: Path, write: bool) -> None:
    before = old.read_bytes()
    found = read(old, write=write)
    assert found.broken is None
    assert found.events[-1].hash == HEAD_OF_FORMAT_1
    state = found.state
    assert (state.depot, state.marking, state.checklist.version) == ("North", "SECRET", "1.1")
    assert state.answers["A-2"].justification == "There is no gate"
    assert state.answers["A-6"] == Answer("Lamps by the fence")
    assert (state.notes, state.review) == ({"A-44": "Counted by the guard"}, {"A-44"})
    assert state.respondents == ["First officer", "Second officer"]
    assert old.read_bytes() == before


def test_an_old_file_becomes_one_of_this_format_with_the_first_answer(old: Path) -> None:
    with open_file(old, write=True, by="tester") as file:
        file.answer(file.checklist.question["A-1"], Answer("no"))
        assert format_of(old) == FORMAT
        file.note("A-1", "Seen again")
    found = read(old)
    assert found.broken is None
    assert found.events[16].hash == HEAD_OF_FORMAT_1
    assert (len(found.events), found.state.answers["A-1"]) == (19, Answer("no"))


def test_an_answer_that_is_not_kept_leaves_the_format_as_it_was(old: Path) -> None:
    before = old.read_bytes()
    with open_file(old, write=True, by="tester") as file:
        file._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(AssessmentFileError, match="Not saved"):
            file.note("A-1", "Seen again")
        assert format_of(old) == 1
    assert old.read_bytes() == before


def test_a_note_of_an_old_file_can_be_redacted(old: Path) -> None:
    with open_file(old, write=True, by="clerk") as file:
        file.redact(5)
    assert format_of(old) == FORMAT
    assert read(old).broken is None
    assert b"A hole by the gate" not in old.read_bytes()


def test_an_old_file_is_verified_scored_and_reported(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (
        ["verify", str(old), "--against", HEAD_OF_FORMAT_1],
        ["score", str(old)],
        ["report", str(old), "-o", str(tmp_path / "gap.xlsx")],
    ):
        with pytest.raises(SystemExit) as left:
            main(command)
        assert not left.value.code
    said = capsys.readouterr().out
    assert "17 entries.\n" in said
    assert "The code is the same" in said
    first = openpyxl.load_workbook(tmp_path / "gap.xlsx")["Summary"]
    assert any(HEAD_OF_FORMAT_1[:12] in str(cell.value) for row in first.iter_rows() for cell in row)
