"""Checklists by name: what comes with the program is read once, what a person may be changing each time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from stockcheck.checklist import sources
from stockcheck.checklist.faults import ChecklistError
from stockcheck.checklist.library import load
from tests.checklist.folder import HEAD, Folder


@pytest.fixture
def shipped(folder: Folder, no_shipped_checklists: Path) -> Path:
    """The small checklist, shipped with the program."""
    shutil.copytree(folder.path, no_shipped_checklists, dirs_exist_ok=True)
    return no_shipped_checklists


def test_a_shipped_checklist_is_read_once(shipped: Path) -> None:
    assert load("depot") is load("depot")
    assert load("depot") is load(str(shipped / "depot.yaml"))


def test_a_checklist_of_ones_own_is_read_each_time(folder: Folder) -> None:
    assert load(str(folder.head)).title == "Small depot"
    folder.change(HEAD, ("Small depot", "Large depot"))
    assert load(str(folder.head)).title == "Large depot"
    folder.change(HEAD, ("Large depot", "''"))
    with pytest.raises(ChecklistError):
        load(str(folder.head))


def test_ones_own_stands_before_a_shipped_one_of_its_name(
    folder: Folder, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.change(HEAD, ("Small depot", "Own depot"))
    monkeypatch.setattr(sources, "folders", lambda: [folder.path, shipped])
    assert load("depot").title == "Own depot"
