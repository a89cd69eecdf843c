"""Scores: by domain, section, standard and level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.checklist.model import Level
from stockcheck.language import _
from stockcheck.report import wording
from stockcheck.report.assessed import Assessed
from stockcheck.report.excel.sheet import Sheet
from stockcheck.scoring.scores import Score
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import percentage
from stockcheck.spreadsheet.page import Page

_LOOKS = [
    styles.CELL,
    styles.CELL_PERCENT_STRONG,
    styles.CELL_PERCENT,
    styles.CELL_PERCENT,
    styles.CELL_WHOLE,
    styles.CELL_WHOLE,
    styles.CELL_WHOLE,
]


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(_("Scores"), _("by domain, section, standard and level"), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    card = assessed.scorecard
    page = Page(sheet, book, (56, 14, 12, 14, 14, 16, 12), landscape=True)
    page.line(_("Scores"), styles.TITLE)
    page.space()
    _scores(page, _("Whole checklist"), [(assessed.checklist.title, card.overall)])
    _scores(page, _("By domain"), ((wording.domain(name), score) for name, score in card.domains))
    _levels(page, assessed)
    _way_up(page, assessed)
    page.new_sheet_of_paper()
    _scores(page, _("By section"), ((section.title, score) for section, score in card.sections))
    page.new_sheet_of_paper()
    standards = assessed.checklist.standards
    _scores(page, _("By standard"), ((f"{name}  {standards[name].title}", score) for name, score in card.standards))


def _scores(page: Page, heading: str, scores: Iterable[tuple[str, Score]]) -> None:
    page.line(heading, styles.HEADING)
    page.header([heading, _("Score"), _("Up to"), _("Answered"), _("Questions"), _("Open"), _("Gaps")])
    for name, score in scores:
        shares = [percentage(score.lower), percentage(score.upper), percentage(score.answered)]
        page.cells([name, *shares, score.questions, score.open, score.gaps], _LOOKS)
    page.space()


def _levels(page: Page, assessed: Assessed) -> None:
    page.line(_("Levels"), styles.HEADING)
    page.header([_("Level"), _("Score"), _("Up to"), _("Threshold"), _("Holds"), _("Within reach")])
    looks = [styles.CELL, styles.CELL_PERCENT_STRONG, *[styles.CELL_PERCENT] * 2, *[styles.CELL_CENTRE] * 2]
    for result in assessed.scorecard.levels:
        page.cells(
            [
                _named(result.level),
                percentage(result.score.lower),
                percentage(result.score.upper),
                percentage(wording.threshold(result.level)),
                _("yes") if result.holds else _("no"),
                _("yes") if result.reachable else _("no"),
            ],
            looks,
        )
    page.space()


def _way_up(page: Page, assessed: Assessed) -> None:
    """What keeps the levels from holding, and the route to the next."""
    short = [result for result in assessed.scorecard.levels if result.criticals]
    if not short and assessed.scorecard.route is None:
        return
    page.new_sheet_of_paper()
    if short:
        page.line(_("Critical controls that fall short"), styles.HEADING)
    for result in short:
        page.fact(_named(result.level), ", ".join(line.question.id for line in result.criticals))
    if (route := assessed.scorecard.route) is not None:
        page.space()
        page.line(_("Route to the next level"), styles.HEADING)
        page.fact(wording.route(route), ", ".join(line.question.id for line in route.lines))
    page.space()


def _named(level: Level) -> str:
    return f"{level.level}  {level.title}"
