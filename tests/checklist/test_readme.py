"""checklists/README.md says what the checklists cite today."""

from __future__ import annotations

from stockcheck.checklist.coverage import table
from stockcheck.checklist.library import load
from stockcheck.checklist.shipped import heads, shipped


def test_the_table_of_sections_and_standards_is_up_to_date() -> None:
    folder = shipped()
    names = [path.stem for path in heads(folder)]
    shown = (folder / "README.md").read_text(encoding="utf-8")
    assert shown.endswith(table([load(name) for name in names])), "print it anew with: stockcheck checklist coverage"
