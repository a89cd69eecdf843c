"""A folder of checklist files for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checklist.clean import FILES
from tests.checklist.folder import Folder


@pytest.fixture
def folder(tmp_path: Path, no_shipped_checklists: Path) -> Folder:
    """The small checklist, with no shipped ones behind it."""
    return Folder(tmp_path)


@pytest.fixture
def clean(folder: Folder) -> Folder:
    """A checklist and its translation that no rule finds fault with."""
    for name in ("one", "two"):
        (folder.path / f"sections/{name}.yaml").unlink()
    for name, text in FILES.items():
        folder.write(name, text)
    return folder
