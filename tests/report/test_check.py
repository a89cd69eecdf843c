"""The check of the scores: another program reckons every figure anew from the data sheets, and agrees."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl import Workbook

from stockcheck.report.choices import Choices
from stockcheck.report.content.checks import checks
from stockcheck.report.excel import write
from tests.libreoffice import converted, needs_libreoffice
from tests.report.showing import MIXED, shown
from tests.report.test_excel import MADE
from tests.scoring.depots import Depots
from tests.volume import number

ONLY = ["Scores", "sc_scores", "sc_answers"]


def reckoned(folder: Path, paths: list[Path]) -> list[Workbook]:
    """The workbooks after LibreOffice has reckoned their formulas."""
    return [openpyxl.load_workbook(path, data_only=True) for path in converted(paths, "xlsx", folder / "out")]


def signs(workbook: Workbook) -> list[str]:
    """What the check says; the signs in its headers apart."""
    cells = [cell for row in workbook["Scores"].iter_rows() for cell in row if cell.value in ("=", "≠")]
    return [str(cell.value) for cell in cells if not cell.font.bold]


@needs_libreoffice
@number("cases", 3, 12)
def test_another_program_agrees_with_every_figure_and_sees_a_changed_one(tmp_path: Path, cases: int) -> None:
    depots, paths, figures = Depots(3), [], []
    for case_number in range(cases):
        case = depots.one()
        one = shown(tmp_path, case.given, case.checklist, case.profile, case.accepted)
        paths.append(tmp_path / f"{case_number}.xlsx")
        write(one, paths[-1], made=MADE, choices=Choices(only=ONLY))
        figures.append(sum(len(table.rows) * 4 for part in checks(one) for table in part.tables))
    changed = openpyxl.load_workbook(paths[0])
    header = [cell.value for cell in changed["sc_answers"][1]]
    row = next(row for row in changed["sc_answers"].iter_rows(min_row=2) if row[header.index("counts")].value)
    row[header.index("weight")].value += 1
    row[header.index("is_open")].value = not row[header.index("is_open")].value
    changed.save(tmp_path / "changed.xlsx")
    *workbooks, wrong = reckoned(tmp_path, [*paths, tmp_path / "changed.xlsx"])
    for workbook, count in zip(workbooks, figures, strict=True):
        assert signs(workbook) == ["="] * count
        assert workbook["Scores"].cell(workbook["Scores"].max_row, 2).value == 0
    found = signs(wrong).count("≠")
    assert found > 0
    assert wrong["Scores"].cell(wrong["Scores"].max_row, 2).value == found


def test_without_the_data_sheets_there_is_no_check(tmp_path: Path) -> None:
    write(shown(tmp_path, MIXED), tmp_path / "gap.xlsx", made=MADE, choices=Choices(only=["Scores"]))
    sheet = openpyxl.load_workbook(tmp_path / "gap.xlsx")["Scores"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
