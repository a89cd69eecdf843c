"""Scores: by domain, section, standard and level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.checklist.model import Level
from stockcheck.language import _
from stockcheck.questionnaire import headline
from stockcheck.report import standing, wording
from stockcheck.report.assessed import Assessed
from stockcheck.report.excel.intervals import interval
from stockcheck.report.excel.sheet import Sheet
from stockcheck.scoring.levels import LevelResult
from stockcheck.scoring.scores import Score
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import as_set, percentage
from stockcheck.spreadsheet.page import Page

_LOOKS = [
    styles.CELL,
    styles.CELL_PERCENT_STRONG,
    *[styles.CELL_PERCENT] * 2,
    *[styles.CELL_WHOLE] * 4,
    styles.CELL_PERCENT,
    styles.CELL_WHOLE,
]


def sheet() -> Sheet:
    """The sheet, in the language in use."""
    return Sheet(_("Scores"), _("by domain, section and standard"), _fill)


def _fill(sheet: Worksheet, book: Book, assessed: Assessed, _made: dt.datetime) -> None:
    card = assessed.scorecard
    page = Page(sheet, book, (46, 13, 11, 13, 12, 10, 10, 11, 11, 9), landscape=True)
    page.line(_("Scores"), styles.TITLE)
    if found := standing.short_findings(card):
        page.line(found, styles.NOTICE)
    if nothing := headline.nothing_answered(card):
        page.line(nothing, styles.NOTICE)
    if rules := headline.rules(card):
        page.line(rules, styles.SUBTITLE)
    for said in [*standing.set_aside(card), *standing.partly_met(card)]:
        page.line(said, styles.TEXT)
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
    page.header([heading, _("Score"), _("Up to"), _("Answered"), _("Questions"), _("Open"), *_aside_and_gaps()])
    for name, score in scores:
        gaps = score.gaps if score.given else None  # where nobody has answered, none has been looked for
        aside = [
            score.set_aside or None,
            score.accepted or None,
            percentage(score.assessed) if score.accepted else None,
        ]
        shares = [*interval(score), percentage(score.answered)]
        page.cells([name, *shares, score.questions, score.open, *aside, gaps], _LOOKS)
    page.space()


def _aside_and_gaps() -> list[str]:
    return [_("Set aside"), _("Accepted"), _("Rests on"), _("Gaps")]


def _levels(page: Page, assessed: Assessed) -> None:
    if not assessed.scorecard.levels:
        return
    page.line(_("Levels"), styles.HEADING)
    page.header([_("Level"), _("Score"), _("Up to"), _("Threshold"), _("Holds"), _("Within reach"), *_partly()])
    looks = [
        styles.CELL,
        styles.CELL_PERCENT_STRONG,
        *[styles.CELL_PERCENT] * 2,
        *[styles.CELL_CENTRE] * 2,
        styles.CELL_WHOLE,
    ]
    for result in assessed.scorecard.levels:
        least = standing.threshold(result)
        page.cells(
            [
                _named(result.level),
                *interval(result.score, least),
                as_set(least),
                _yes_or_no(result, result.holds),
                _yes_or_no(result, result.reachable),
                len(result.criticals_partly_met) or None,
            ],
            looks,
        )
    page.space()


def _partly() -> list[str]:
    return [_("Critical, partly met")]


def _yes_or_no(result: LevelResult, holds: bool) -> str:
    """A level without a question that applies is neither had nor refused (S-5)."""
    return _("no question applies") if result.empty else _("yes") if holds else _("no")


def _way_up(page: Page, assessed: Assessed) -> None:
    """What keeps the levels from holding, and the route to the next, step by step."""
    short = [result for result in assessed.scorecard.levels if not result.holds]
    route = assessed.scorecard.route
    if assessed.scorecard.untouched or (not short and route is None):
        return
    page.new_sheet_of_paper()
    if short:
        page.line(_("What keeps the levels from holding"), styles.HEADING)
    for result in short:
        page.fact(_named(result.level), "\n".join(standing.stops(result)))
    if route is None:
        return
    page.space()
    page.line(_("Route to the next level"), styles.HEADING)
    page.line(standing.route(route), styles.TEXT)
    page.header([_("Step"), _("To do"), _("Effort"), _("Score then")])
    for number, step in enumerate(route.steps, start=1):
        what = f"{number}. " + ", ".join(line.question.id for line in step.lines) + f"  {step.line.question.text}"
        after = percentage(step.score_after, standing.threshold(route.result))
        looks = [styles.CELL, styles.CELL, styles.CELL_WHOLE, styles.CELL_PERCENT]
        page.cells([what, standing.to_do(step), step.effort, after], looks)
    page.space()


def _named(level: Level) -> str:
    return f"{level.level}  {level.title}"
