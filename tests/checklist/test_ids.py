"""questions.lock: an id is for ever, and a revision only rises."""

from __future__ import annotations

from pathlib import Path

import pytest

from stockcheck.checklist.faults import ChecklistError
from stockcheck.checklist.ids import NAME, compared, update
from stockcheck.checklist.model import Checklist
from tests.checklist.folder import told
from tests.scoring.building import built, control


def checklist(**revisions: int) -> Checklist:
    return built(*(control(name, revision=revision) for name, revision in revisions.items()))


def locked(folder: Path) -> list[str]:
    return (folder / NAME).read_text().splitlines()


def said(folder: Path, *checklists: Checklist, whole: bool = True) -> list[str]:
    pairs = [(folder / f"{number}.yaml", one) for number, one in enumerate(checklists)]
    return [told(fault).split(": ")[1] for fault in compared(pairs, whole_folder=whole)]


def test_without_a_lock_file_nothing_is_said_and_one_is_made_by_update(tmp_path: Path) -> None:
    assert said(tmp_path, checklist(A=1)) == []
    update(tmp_path, [checklist(B=3, A=1)])
    assert locked(tmp_path) == ["A 1", "B 3"]
    assert said(tmp_path, checklist(A=1, B=3)) == []


@pytest.mark.parametrize(
    ("now", "code", "after"),
    [
        ({"A": 1, "B": 2, "C": 1}, "not-locked id=C", ["A 1", "B 2", "C 1"]),
        ({"A": 2, "B": 2}, "revision-rose id=A revision=2", ["A 2", "B 2"]),
        ({"B": 2}, "id-gone id=A", ["A gone", "B 2"]),
    ],
)
def test_a_change_is_named_until_it_is_confirmed(
    tmp_path: Path, now: dict[str, int], code: str, after: list[str]
) -> None:
    update(tmp_path, [checklist(A=1, B=2)])
    assert said(tmp_path, checklist(**now)) == [code]
    update(tmp_path, [checklist(**now)])
    assert locked(tmp_path) == after
    assert said(tmp_path, checklist(**now)) == []


def test_a_lowered_revision_cannot_be_confirmed(tmp_path: Path) -> None:
    update(tmp_path, [checklist(A=3)])
    for _again in range(2):
        assert said(tmp_path, checklist(A=2)) == ["revision-fell id=A locked=3 revision=2"]
        update(tmp_path, [checklist(A=2)])
    assert locked(tmp_path) == ["A 3"]


def test_an_id_that_is_gone_cannot_be_used_again(tmp_path: Path) -> None:
    update(tmp_path, [checklist(A=1, B=1)])
    update(tmp_path, [checklist(B=1)])
    for _again in range(2):
        assert said(tmp_path, checklist(A=1, B=1)) == ["id-used-again id=A"]
        update(tmp_path, [checklist(A=1, B=1)])
    assert locked(tmp_path) == ["A gone", "B 1"]


def test_what_is_replaced_is_not_missed(tmp_path: Path) -> None:
    update(tmp_path, [checklist(A=1)])
    assert said(tmp_path, built(control("B", replaces=["A"]))) == ["not-locked id=B"]


def test_an_id_is_gone_only_if_no_checklist_of_the_folder_has_it(tmp_path: Path) -> None:
    update(tmp_path, [checklist(A=1), checklist(B=1)])
    assert locked(tmp_path) == ["A 1", "B 1"]
    assert said(tmp_path, checklist(A=1), checklist(B=1)) == []
    assert said(tmp_path, checklist(A=1), whole=False) == []
    assert said(tmp_path, checklist(A=1)) == ["id-gone id=B"]


def test_each_folder_has_its_own_lock_file(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    update(first, [checklist(A=1)])
    pairs = [(first / "x.yaml", checklist(A=1)), (second / "y.yaml", checklist(Z=1))]
    assert list(compared(pairs, whole_folder=True)) == []


@pytest.mark.parametrize(
    "content",
    [
        b"A 1\r\nB 2\r\n",
        b"\n# written by hand\nA  1 \nB\t2\n",
        b"<<<<<<< HEAD\nA 1\n=======\nB 2\n",
        b"\xff\xfe\nA 1\nB 2\n",
        "A 1\nB 2\nC ²\nD x\nE -1\nF 1 2\n".encode(),
    ],
)
def test_lines_that_say_nothing_are_passed_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert said(tmp_path, checklist(A=1, B=2)) == []
    assert said(tmp_path, checklist(A=1, B=2, C=1)) == ["not-locked id=C"]


def test_a_lock_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError, match=r"questions\.lock: cannot be written: .* \[unwritable\]"):
        update(tmp_path / "absent", [checklist(A=1)])
