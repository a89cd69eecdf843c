"""The check of the scores: beside each figure a formula over the data sheets, and whether the two agree.

Formulas hold places and names of this program alone: what is compared with is looked up in sc_scores, so that no text
of a checklist becomes part of one.
"""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from stockcheck.assessed import Assessed
from stockcheck.report.content import checks
from stockcheck.report.content.parts import Share, Table
from stockcheck.report.data import scores
from stockcheck.report.data.answers import ANSWERS
from stockcheck.report.data.assessment import COMMON
from stockcheck.report.data.columns import Source
from stockcheck.report.data.scores import SCORES
from stockcheck.report.excel import rendering
from stockcheck.scoring.rules import VERSION_1
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.cells import CellValue, Formula
from stockcheck.spreadsheet.page import Page
from stockcheck.spreadsheet.styles import Style

#: How far two figures of floating point may lie apart that are one.
_ALIKE = "0.000000000001"


def show(page: Page, assessed: Assessed, source: Source) -> None:
    """Put the check below what stands on `page`; the book has to have the data sheets."""
    answers = _Answers(len(assessed.checklist.profile) + len(assessed.scorecard.lines), assessed)
    places = {(row.set, row.key): number for number, row in enumerate(scores.rows(source), 2) if not _is_part(row)}
    signs: list[str] = []
    for part in checks.checks(assessed):
        rendering.parts(page, [part.without_tables()])
        for table in part.tables:
            signs.append(_table(page, table, answers, places))
        page.space()
    wrong = "+".join(f'SUMPRODUCT(1*({range_}="≠"))' for range_ in signs)
    page.cells([checks.not_agreeing(), Formula(f"={wrong}")], [styles.CELL_STRONG, styles.CELL_WHOLE])


def _is_part(row: scores.Row) -> bool:
    return row.set == "level_domain"


def _table(page: Page, table: Table, answers: _Answers, places: dict[tuple[str, str], int]) -> str:
    """The table with its formulas; where its signs stand."""
    figures = table.columns[3:]
    headers = [title for column in figures for title in (column.title, checks.reckoned(), "=")]
    page.header([table.columns[2].title, *headers])
    first = page.row
    for set_, key, name, *cells in table.rows:
        which = answers.those(str(set_), places[str(set_), str(key)])
        values: list[CellValue] = [rendering.value(name)]
        looks: list[Style] = [styles.CELL]
        for number, (column, cell) in enumerate(zip(figures, cells, strict=True)):
            shown, reckoned = (f"{get_column_letter(2 + 3 * number + place)}{page.row}" for place in (0, 1))
            exact = cell.value if isinstance(cell, Share) else cell
            look = styles.CELL_EXACT if isinstance(cell, Share) else styles.CELL_WHOLE
            value = rendering.value(cell) if exact is None else exact
            assert isinstance(value, CellValue)  # noqa: S101  # a share is a fraction, or words
            values += [value, Formula(f"={answers.figure(column.key, which)}"), Formula(_sign(shown, reckoned))]
            looks += [look, look, styles.CELL_CENTRE]
        page.cells(values, looks)
    return f"A{first}:{get_column_letter(1 + 3 * len(figures))}{page.row - 1}"


def _sign(shown: str, reckoned: str) -> str:
    """ "=" where both are figures and alike, or neither is one."""
    alike = f'IF(ABS({shown}-{reckoned})<{_ALIKE},"=","≠")'
    return f'=IF(ISNUMBER({shown})<>ISNUMBER({reckoned}),"≠",IF(ISNUMBER({shown}),{alike},"="))'


@dataclass(frozen=True)
class _Answers:
    """The rows of sc_answers, as formulas name them."""

    rows: int
    assessed: Assessed

    def __getitem__(self, name: str) -> str:
        return f"sc_answers!{_place(name, ANSWERS.columns, 2)}:{_place(name, ANSWERS.columns, self.rows + 1)}"

    def those(self, set_: str, row: int) -> str:
        """Which rows are of the set in that row of sc_scores: 1 for each that is."""
        key, level = (f"sc_scores!{_place(name, SCORES.columns, row)}" for name in ("key", "level"))
        match set_:
            case "domain":
                return f"EXACT({self['domain']},{key})"
            case "section":
                return f"EXACT({self['section_id']},{key})"
            case "standard":
                one, all_ = f'"; "&SUBSTITUTE({key},";",",")&";"', f'"; "&{self["standards"]}&";"'
                return f"ISNUMBER(FIND({one},{all_}))"
            case "level":
                first = self.assessed.scorecard.rules is VERSION_1
                return f"({self['level']}{'<=' if first else '='}{level})"
        return "1"

    def figure(self, name: str, which: str) -> str:
        """The formula of a figure of `which` rows."""
        counting = f"{which}*{self['counts']}"
        weight = f"SUMPRODUCT({counting}*{self['weight']})"
        standing = self["standing"]
        match name:
            case "score" | "up_to":
                credit = self["credit" if name == "score" else "upper"]
                return f'IF({weight}=0,"–",SUMPRODUCT({counting}*{self["weight"]}*{credit})/{weight})'
            case "answered":
                silent = f'(EXACT({standing},"unanswered")+EXACT({standing},"pending"))'
                return f'IF({weight}=0,"–",SUMPRODUCT({counting}*{self["weight"]}*(1-{silent}))/{weight})'
            case "rests_on":
                out = f'SUMPRODUCT({which}*EXACT({standing},"na")*{self["weight"]})'
                return f'IF({weight}=0,"–",{weight}/({weight}+{out}))'
            case "open" | "gaps":
                return f"SUMPRODUCT({which}*{self['is_open' if name == 'open' else 'is_gap']})"
            case "set_aside":
                return f'SUMPRODUCT({counting}*EXACT({standing},"set aside"))'
        return f"SUMPRODUCT({counting}*1)"


def _place(name: str, columns: tuple[object, ...], row: int) -> str:
    names = [getattr(column, "name", "") for column in (*COMMON, *columns)]
    return f"${get_column_letter(names.index(name) + 1)}${row}"
