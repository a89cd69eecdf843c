"""A report in which something was filled in that the assessment does not know is not written over."""

# ruff: noqa: F811 - a fixture that is imported is an argument as well
from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from tests.cli.running import run
from tests.exchange.test_plan_comes_back import (  # noqa: F401  # fixtures
    PLAN,
    brought_in,
    changed,
    columns,
    depot,
    exported,
    filled,
    made,
    row_of,
)
from tests.libreoffice import converted, needs_libreoffice
from tests.volume import long


def test_a_report_with_entries_that_the_file_does_not_know_is_not_written_over(depot: Path) -> None:
    run(depot, "report", "d.stockcheck", "-o", "r.xlsx", "--force")
    path = filled(depot, {"B-2": {"owner": "Guard"}})
    content = path.read_bytes()
    said = run(depot, "report", "d.stockcheck", "-o", "f.xlsx", "--force", status=2).stderr
    assert "stockcheck plan import f.xlsx --into d.stockcheck" in said
    sheet = load_workbook(path)[PLAN]
    assert f"“{PLAN}”, cell {sheet.cell(row_of(sheet, 'B-2'), columns(sheet)['owner']).coordinate}." in said
    assert path.read_bytes() == content
    brought_in(depot)
    run(depot, "report", "d.stockcheck", "-o", "f.xlsx", "--force")
    assert path.read_bytes() != content


@pytest.mark.parametrize("value", [{"due": "end of March"}, {"owner": "x", "id": "Z-9"}])
def test_nor_is_one_whose_entries_cannot_be_read(depot: Path, value: dict[str, Any]) -> None:
    filled(depot, {"B-2": value})
    assert "plan import" in run(depot, "report", "d.stockcheck", "-o", "f.xlsx", "--force", status=2).stderr


def rewritten(depot: Path, status: int = 0) -> str:
    """What is said when a report takes the place of f.xlsx; where it may not, that is as it was."""
    before = (depot / "f.xlsx").read_bytes()
    said = run(depot, "report", "d.stockcheck", "-o", "f.xlsx", "--force", status=status).stderr
    assert ((depot / "f.xlsx").read_bytes() == before) == (status != 0)
    return said


@long
@needs_libreoffice
def test_one_that_another_program_has_saved_is_read_and_written_over_when_nothing_new_is_in_it(depot: Path) -> None:
    (saved,) = converted([depot / "r.xlsx"], "xlsx", depot / "saved")
    saved.replace(depot / "f.xlsx")
    filled(depot, {"B-2": {"owner": "Guard", "remarks": "Ordered."}}, source="f.xlsx", name="g.xlsx")
    rewritten(depot)
    (depot / "g.xlsx").replace(depot / "f.xlsx")
    said = rewritten(depot, status=2)
    assert len(re.findall(r"sheet “Action plan”, cell [A-Z]+\d+", said)) == 2
    brought_in(depot)
    rewritten(depot)


@long
def test_an_answer_written_among_what_is_to_check_is_an_entry_as_well(depot: Path) -> None:
    def answer(workbook: Workbook) -> None:
        sheet = workbook["Still to check"]
        headers = {str(cell.value): place for place, cell in enumerate(sheet[1], start=1)}
        row = next(cell.row for cell in sheet[get_column_letter(headers["Id"])] if cell.value == "B-2")
        sheet.cell(row, headers["Note"]).value = "Locked in March."

    exported(depot, whole=True)
    changed(depot, answer)
    said = rewritten(depot, status=2)
    assert re.search(r"does not know: sheet “Still to check”, cell [A-Z]+\d+\.", said)
    assert "stockcheck import d.stockcheck f.xlsx" in said
    assert "plan import" not in said
    run(depot, "import", "d.stockcheck", "f.xlsx")
    rewritten(depot)


def test_where_nothing_was_to_be_filled_in_nothing_is_lost(depot: Path) -> None:
    run(depot, "report", "d.stockcheck", "-o", "r.xlsx", "--force", "--only", "Summary")
    changed(depot, lambda workbook: setattr(workbook.properties, "lastModifiedBy", "somebody"))
    rewritten(depot)


def test_where_the_names_are_gone_nobody_can_say(depot: Path) -> None:
    def forget(workbook: Workbook) -> None:
        workbook.properties.lastModifiedBy = "somebody"
        workbook.defined_names.clear()

    changed(depot, forget)
    assert "Nobody can say" in rewritten(depot, status=2)
