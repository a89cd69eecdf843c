"""Each test has a folder of its own, and nothing that is remembered outside of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from stockcheck.assessment.file import create
from stockcheck.checklist.loading import compose
from stockcheck.checklist.model import Checklist
from tests.depot import checklist_file

ON = dt.date(2026, 3, 1)
MOMENT = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the home screen remembers things."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("STOCKCHECK_NO_RECENT", raising=False)
    return tmp_path / "state" / "stockcheck"


@pytest.fixture
def small(tmp_path: Path) -> Checklist:
    (tmp_path / "lists").mkdir()
    return compose(checklist_file(tmp_path / "lists"))[0]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the program is called in."""
    here = tmp_path / "depots"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def depot(folder: Path, small: Checklist) -> Path:
    """An assessment that nobody has answered."""
    path = folder / "north.stockcheck"
    create(path, small, depot="[bold]North[/]", marking="SECRET", on=ON, by="ana", clock=lambda: MOMENT)
    return path
