"""What the documents say of commands and of the file is what the code says."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from stockcheck.assessment.events import EVENT_KINDS, MEANINGS

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.parametrize("name", ["commands.md", "assessment-file.md"])
def test_the_page_is_up_to_date(name: str, tmp_path: Path) -> None:
    script = tmp_path / "reference.py"
    script.write_bytes((DOCS / "reference.py").read_bytes())
    subprocess.run([sys.executable, str(script)], check=True, timeout=60, capture_output=True)
    assert (tmp_path / name).read_text(encoding="utf-8") == (DOCS / name).read_text(encoding="utf-8"), (
        "python docs/reference.py"
    )


def test_every_kind_of_event_is_explained() -> None:
    assert set(MEANINGS) == EVENT_KINDS


def test_every_command_is_in_the_reference() -> None:
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    headings = {line[3:] for line in module.commands().splitlines() if line.startswith("## ")}
    assert {"stockcheck score", "stockcheck verify", "stockcheck checklist lint", "stockcheck redact"} <= headings
