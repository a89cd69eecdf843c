"""Dashboard: the picture on one page, with the figures behind each chart beside it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.drawing.text import Font as DrawingFont
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.language import _
from stockcheck.questionnaire import headline
from stockcheck.report import standing, wording
from stockcheck.report.content.results import interval, nothing_answered
from stockcheck.report.excel import priorities, rendering
from stockcheck.report.excel.sheet import Sheet
from stockcheck.scoring.gaps import Priority
from stockcheck.scoring.scores import Score
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import CellValue, percentage
from stockcheck.spreadsheet.page import Page

#: Centimetres: a bar with its share of the gaps, a row of usual height, and the highest chart that a page takes.
_BAR, _ROW, _HIGHEST = 0.88, 0.53, 15.5
#: The most bars in one chart; labels of more would not be read.
_MOST_BARS = 26
#: Up to so many, labels may be large.
_FEW_BARS = 12


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(_("Dashboard"), _("the picture, by domain, priority and section"), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    card = assessed.scorecard
    page = Page(sheet, book, (34, 12, 12, 12, 4, 20, 20, 20, 20), landscape=True)
    page.line(_("Dashboard"), styles.TITLE)
    nothing = headline.nothing_answered(card)
    if found := standing.short_findings(card):
        page.line(found, styles.NOTICE)
    figures = [nothing] if nothing else [wording.interval(card.overall), headline.level(card)]
    page.line("  ·  ".join(part for part in (assessed.state.depot, *figures) if part), styles.DEPOT)
    if rules := headline.rules(card):
        page.line(rules, styles.SUBTITLE)
    for said in standing.set_aside(card) or [_("No question is set aside")]:
        page.line(said, styles.TEXT)
    note = _(
        "Dark: the score. Hatched: open, so that nobody knows yet. Where nothing was answered, or nothing applies, "
        "there is no bar."
    )
    page.line(note, styles.SUBTITLE)
    page.space()
    top = page.row
    domains = [(wording.domain(name), score) for name, score in card.domains]
    first, last = _scores(page, _("Domain"), domains)
    _bars(sheet, _("Score by domain"), first, last, f"F{top}")
    page.row = max(page.row, top + _rows(last - first + 1)) + 1
    top = page.row
    page.header([_("Priority"), _("Gaps"), _("To check")])
    for priority in Priority:
        count = None if nothing else sum(gap.priority is priority for gap in card.gaps)
        to_check = sum(gap.priority is priority for gap in card.to_check)
        looks = [priorities.STYLE[priority], styles.CELL_WHOLE, styles.CELL_WHOLE]
        page.cells([wording.priority(priority), count, to_check or None], looks)
    _gap_bars(sheet, top + 1, page.row - 1, f"F{top}")
    page.row = max(page.row, top + _rows(4)) + 1
    sections = [(section.title, score) for section, score in card.sections]
    for start in range(0, len(sections), _MOST_BARS):  # each on a page of its own
        page.new_sheet_of_paper()
        top = page.row
        first, last = _scores(page, _("Section"), sections[start : start + _MOST_BARS])
        # One row down, so that its frame does not show on the page before.
        _bars(sheet, _("Score by section"), first, last, f"F{top + 1}")
        page.row = max(page.row, top + 1 + _rows(last - first + 1))


def _height(bars: int) -> float:
    """The height in centimetres of a chart with so many bars: never more than a page in landscape takes."""
    return min(_HIGHEST, bars * _BAR + 3)


def _rows(bars: int) -> int:
    """How many rows of usual height a chart of so many bars covers."""
    return int(_height(bars) / _ROW) + 1


def _scores(page: Page, heading: str, scores: list[tuple[str, Score]]) -> tuple[int, int]:
    """A table of scores: what is met, what is still possible. Gives its first and last row."""
    page.header([heading, _("Score"), _("Up to"), _("Open part")])
    first = page.row
    for name, score in scores:
        page.cells(
            [name, *map(rendering.value, interval(score)), _possible(score)],
            [styles.CELL, styles.CELL_PERCENT_STRONG, styles.CELL_PERCENT, styles.CELL_PERCENT],
        )
    return first, page.row - 1


def _possible(score: Score) -> CellValue:
    """The length of the hatched part of a bar: what open questions could still add. Where nothing was answered, no bar
    but a word: one that runs to 100 % would look good.
    """
    if nothing_answered(score):
        return _("open")
    if score.lower is None or score.upper is None:
        return None
    return percentage(score.upper - score.lower)


def _bars(sheet: Worksheet, heading: str, first: int, last: int, anchor: str) -> None:
    chart = _chart(heading, last - first + 1)
    chart.grouping = "stacked"
    chart.overlap = 100
    for column, looks in ((2, GraphicalProperties(solidFill=styles.INK)), (4, _hatched())):
        chart.add_data(Reference(sheet, min_col=column, min_row=first - 1, max_row=last), titles_from_data=True)
        chart.series[-1].graphicalProperties = looks
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 1
    chart.y_axis.number_format = "0%"
    chart.y_axis.majorUnit = 0.2
    chart.legend.position = "b"
    sheet.add_chart(chart, anchor)


def _hatched() -> GraphicalProperties:
    """How looks what nobody has looked at: pale, and not to be taken for what is there."""
    hatch = PatternFillProperties(prst="ltUpDiag", fgClr=_colour(styles.MIDDLE), bgClr=_colour(styles.WHITE))
    looks = GraphicalProperties(pattFill=hatch)
    looks.line.solidFill = styles.LINE
    return looks


def _colour(rgb: str) -> Any:
    return ColorChoice(srgbClr=rgb)  # type: ignore[arg-type]  # as its own documentation has it


def _gap_bars(sheet: Worksheet, first: int, last: int, anchor: str) -> None:
    chart = _chart(_("Gaps, and what is to check, by priority"), last - first + 1)
    for column, looks in ((2, GraphicalProperties(solidFill=styles.INK)), (3, _hatched())):
        chart.add_data(Reference(sheet, min_col=column, min_row=first - 1, max_row=last), titles_from_data=True)
        chart.series[-1].graphicalProperties = looks
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    chart.y_axis.number_format = "0"
    chart.y_axis.scaling.min = 0
    chart.legend.position = "b"
    sheet.add_chart(chart, anchor)


def _chart(heading: str, bars: int) -> BarChart:
    chart = BarChart()
    chart.type = "bar"
    chart.title = heading
    chart.width = 17
    chart.height = _height(bars)
    chart.gapWidth = 40
    chart.x_axis.delete = chart.y_axis.delete = False  # without this, newer Excel shows no axes
    chart.x_axis.scaling.orientation = "maxMin"  # the first row at the top, as in the table
    chart.x_axis.tickLblSkip = 1  # every bar has its label, however many there are
    title: Any = chart.title
    title.tx.rich.p[0].r[0].rPr = _letters(13, bold=True)
    labels = 9 if bars <= _FEW_BARS else 7
    for part, size in ((chart.x_axis, labels), (chart.y_axis, 8), (chart.legend, 8)):
        paragraph = Paragraph(pPr=ParagraphProperties(defRPr=_letters(size)), endParaRPr=_letters(size))
        part.txPr = RichText(p=[paragraph])
    return chart


def _letters(size: float, *, bold: bool = False) -> CharacterProperties:
    """The report's typeface in a chart, `size` in points."""
    return CharacterProperties(sz=int(size * 100), b=bold, latin=DrawingFont(typeface=styles.TYPEFACE))
