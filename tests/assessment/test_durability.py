"""What was said to be saved is there: after a kill, on a full disk, when the file is pulled from under the program."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from stockcheck.answers.answer import Answer
from stockcheck.assessment import checks, folding, tables
from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.errors import AssessmentFileError
from tests.assessment.conftest import SmallDisk
from tests.assessment.crafting import (
    ON,
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
from tests.scoring.building import built, control


def test_a_program_killed_at_any_moment_has_lost_nothing_that_it_said_was_saved(tmp_path: Path) -> None:
    entries, more, journals = map(int, printed(program("kill_while_answering", tmp_path, 80)).split())
    assert entries > 100
    assert more <= 80
    assert journals, "it was never killed in the middle of an answer"


# Every way in which the files can lie there after a kill or a power cut


@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
def test_what_was_half_written_is_undone(tmp_path: Path, write: bool) -> None:
    whole, path = answered(tmp_path / "whole.stockcheck"), tmp_path / "d.stockcheck"
    half_written(whole, path)
    assert path.stat().st_size > 2 * whole.stat().st_size
    assert read(path, write=write) == read(whole)
    assert path.read_bytes() == whole.read_bytes()
    assert not journal_of(path).exists()


def test_what_was_half_written_is_undone_through_a_link(tmp_path: Path) -> None:
    whole, path = answered(tmp_path / "whole.stockcheck"), tmp_path / "d.stockcheck"
    half_written(whole, path)
    (tmp_path / "link").symlink_to(path)
    assert read(tmp_path / "link") == read(whole)


def test_a_header_that_was_written_before_the_file_grew_does_not_make_it_cut_off(tmp_path: Path) -> None:
    """SQLite writes the first page, which says how long the file is, before those at the end."""
    path = answered(tmp_path / "d.stockcheck")
    before = path.read_bytes()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO checklist VALUES ('x', ?)", ("y" * 20_000,))
        journal = journal_of(path).read_bytes()
        connection.execute("COMMIT")
    after = path.read_bytes()
    assert len(after) > len(before)
    path.write_bytes(after[: len(before)])
    with pytest.raises(AssessmentFileError, match="is cut off"):
        read(path)
    # Until the journal is synced its header is blank; this one would have been.
    journal_of(path).write_bytes(_hot(journal))
    assert len(read(path).events) == 8
    assert path.read_bytes() == before


def _hot(journal: bytes) -> bytes:
    """`journal` with the header it has once it is synced: its magic and the number of pages in it."""
    pages = (len(journal) - 512) // (4096 + 8)
    return bytes.fromhex("d9d505f920a163d7") + pages.to_bytes(4) + journal[12:]


def test_what_cannot_be_undone_there_says_where_it_can(public_folder: Path) -> None:
    path = public_folder / "d.stockcheck"
    half_written(answered(public_folder / "whole.stockcheck"), path)
    for one in (path, journal_of(path)):
        one.chmod(0o644)
    said = printed(program("as_nobody", "look", path))
    assert "d.stockcheck cannot be read: attempt to write a readonly database.\n" in said
    assert "Open it once where it can be written." in said
    assert len(read(path).events) == 8
    assert "8 events" in printed(program("as_nobody", "look", path))


def test_the_journal_is_as_private_as_the_file(tmp_path: Path) -> None:
    path, before = new(tmp_path / "d.stockcheck"), os.umask(0)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO checklist VALUES ('x', 'y')")
            assert stat.S_IMODE(journal_of(path).stat().st_mode) == 0o600
    finally:
        os.umask(before)


def test_each_answer_is_forced_to_the_disk(tmp_path: Path) -> None:
    """What a kill cannot show: SQLite waits for the disk, and for the folder too, before it says that it is done."""
    with open_file(new(tmp_path / "d.stockcheck"), write=True) as file:
        connection = file._connection
        assert connection.execute("PRAGMA synchronous").fetchone() == (3,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


# No room


def test_an_error_of_the_disk_loses_the_one_answer_and_says_so(tmp_path: Path) -> None:
    said = printed(program("answer_without_room", tmp_path))
    assert "Not saved: 0.stockcheck: disk I/O error." in said
    assert "What was saved before is safe." in said


def test_a_full_disk_loses_the_one_answer_and_says_so(tmp_path: Path, small_disk: SmallDisk) -> None:
    said = printed(program("answer_on_a_full_disk", tmp_path, before=small_disk("128k", tmp_path)))
    assert said.startswith("Not saved: d.stockcheck: ")
    assert "What was saved before is safe." in said


def test_on_a_full_disk_nobody_is_asked_what_cannot_be_kept(tmp_path: Path, small_disk: SmallDisk) -> None:
    said = printed(program("open_on_a_full_disk", tmp_path, before=small_disk("64k", tmp_path)))
    assert "The folder of d.stockcheck takes no writing (No space left on device): it can be read" in said


# Pulled from under the program


@pytest.mark.parametrize(
    "pull",
    [
        lambda path: path.rename(path.with_name("elsewhere")),
        lambda path: path.unlink(),
        lambda path: new(path.with_name("other")).replace(path),
    ],
    ids=["moved", "deleted", "replaced"],
)
def test_an_answer_is_not_called_saved_when_the_file_is_gone(tmp_path: Path, pull: Callable[[Path], object]) -> None:
    path = new(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="tester") as file:
        pull(path)
        with pytest.raises(AssessmentFileError, match="Not saved"):
            file.answer(checklist().question["A-1"], Answer("yes"))
        assert file.state.answers == {}


def test_an_answer_does_not_follow_what_another_program_wrote_meanwhile(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="first") as file:
        (tmp_path / "d.stockcheck.lock").unlink()
        with open_file(path, write=True, by="second") as second:
            second.answer(checklist().question["A-1"], Answer("no"))
        for _again in range(2):
            with pytest.raises(AssessmentFileError, match=r"another program has changed d\.stockcheck") as caught:
                file.answer(checklist().question["A-1"], Answer("yes"))
        assert "Open it again" in str(caught.value)
    found = read(path)
    assert found.broken is None
    assert found.state.answers == {"A-1": Answer("no")}


# Nothing is written that could not be read again

MANY = built(control("A-1"), *(control(f"{number:063}") for number in range(40)))


def _fill(file: AssessmentFile) -> None:
    for number in range(30):
        file.note("A-1", f"{number} " + "x" * 1500)


def _change_back_and_forth(file: AssessmentFile) -> None:
    for number in range(9):
        file.change_checklist(built(control(f"A-{number}", help="x" * 3000)), {}, [])


def _review_much(file: AssessmentFile) -> None:
    file.change_checklist(MANY, {}, [question.id for question in MANY.questions])


def _be_given_one_that_is_unsound(file: AssessmentFile) -> None:
    file.change_checklist(built(control("A-1", level=9)), {}, [])


def _move_to_nonsense(file: AssessmentFile) -> None:
    file.change_checklist(checklist(), {"A-1": ["A-2"]}, [])  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("bound", "limit", "attempt", "said"),
    [
        ((tables, "MAX_EVENTS"), 12, _fill, "holds more than an assessment can"),
        ((tables, "MAX_EVENT"), 1500, _fill, "holds more than an assessment can"),
        ((tables, "MAX_EVENT"), 1500, _review_much, "holds more than an assessment can"),
        ((folding, "MAX_UPGRADES"), 2, _change_back_and_forth, "can be changed 2 times at most"),
        ((tables, "MAX_CHECKLISTS"), 12_000, _change_back_and_forth, "The checklist is too large"),
        ((checks, "MAX_FILE"), 40_000, _fill, "Not saved: d.stockcheck: database or disk is full."),
        (None, 0, _be_given_one_that_is_unsound, "the checklist in it cannot be read"),
        (None, 0, _move_to_nonsense, "cannot be understood"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(
    tmp_path: Path,
    bound: tuple[object, str] | None,
    limit: int,
    attempt: Callable[[AssessmentFile], None],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = answered(tmp_path / "d.stockcheck")
    if bound is not None:
        monkeypatch.setattr(*bound, limit)
    with open_file(path, write=True, by="tester") as file:
        with pytest.raises(AssessmentFileError, match=said):
            attempt(file)
        kept = list(file.events), file.state.copy()
    assert read(path) == (*kept, None)
    with closing(sqlite3.connect(path)) as connection:
        stored = {digest for (digest,) in connection.execute("SELECT digest FROM checklist")}
    assert stored == {str(event.data["checklist"]) for event in kept[0] if event.kind in ("start", "checklist")}


def test_a_checklist_that_would_not_fit_makes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_CHECKLISTS", len(checklist().content.encode()) - 1)
    with pytest.raises(AssessmentFileError, match="The checklist is too large"):
        create(tmp_path / "d.stockcheck", checklist(), depot="North", marking="", on=ON, by="")
    assert os.listdir(tmp_path) == []
    monkeypatch.setattr(tables, "MAX_CHECKLISTS", len(checklist().content.encode()))
    assert read(new(tmp_path / "d.stockcheck")).broken is None


def test_a_file_that_was_opened_for_reading_takes_no_answer(tmp_path: Path) -> None:
    path = crafted(tmp_path / "d.stockcheck")
    before = path.read_bytes()
    with open_file(path) as file, pytest.raises(AssessmentFileError, match="was opened for reading"):
        file.answer(checklist().question["A-1"], Answer("yes"))
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["d.stockcheck"]
