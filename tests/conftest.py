"""What every test shares: nothing of the machine it runs on shows through."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stockcheck import language

for _variable in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
    os.environ.pop(_variable, None)


@pytest.fixture(autouse=True)
def _english() -> None:
    """Each test starts in English, whatever the one before it chose."""
    language.use("en")


@pytest.fixture
def no_shipped_checklists(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder in place of the shipped checklists, so that a test stands on its own files alone."""
    folder = tmp_path_factory.mktemp("shipped")
    for module in ("sources", "loading", "library"):
        monkeypatch.setattr(f"stockcheck.checklist.{module}.shipped", lambda: folder)
    return folder
