"""A folder of checklist files for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checklist.folder import Folder


@pytest.fixture
def folder(tmp_path: Path, no_shipped_checklists: Path) -> Folder:
    """The small checklist, with no shipped ones behind it."""
    return Folder(tmp_path)
