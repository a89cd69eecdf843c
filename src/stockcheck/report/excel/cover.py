"""Cover: whose report it is, how complete, what level, the gravest gaps, and where to find the rest."""

from __future__ import annotations

import datetime as dt
from types import ModuleType

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.checklist.provenance import Origin
from stockcheck.language import _, ngettext
from stockcheck.report import wording
from stockcheck.report.assessed import Assessed
from stockcheck.report.excel import (
    action_plan,
    all_answers,
    dashboard,
    gap_register,
    long_texts,
    method,
    open_questions,
    scores,
    styles,
)
from stockcheck.report.excel.cells import utc
from stockcheck.report.excel.page import Page
from stockcheck.report.excel.styles import Looks
from stockcheck.scoring.gaps import Priority

_GRAVEST = 5


def title() -> str:
    """The sheet's name."""
    return _("Cover")


def fill(sheet: Worksheet, looks: Looks, assessed: Assessed, made: dt.datetime) -> None:
    """Fill the sheet."""
    state, card = assessed.state, assessed.scorecard
    page = Page(sheet, looks, (26, 18, 18, 18, 22), landscape=False)
    sheet.page_setup.fitToHeight = 1
    if state.marking:
        page.line(state.marking, styles.MARKING)
    page.space()
    page.line(_("Gap report"), styles.TITLE)
    page.line(state.depot, styles.DEPOT)
    page.line(f"{assessed.checklist.title}, {assessed.checklist.version}", styles.SUBTITLE)
    origin = assessed.provenance
    page.line(origin.statement, styles.NOTICE if origin.origin is Origin.ADAPTED else styles.TEXT)
    page.space()
    if not card.overall.complete:
        notice = ngettext(
            "NOT COMPLETE: {n} question is open", "NOT COMPLETE: {n} questions are open", card.overall.open
        )
        page.line(notice.format(n=card.overall.open), styles.NOTICE)
        page.space()
    changed = _("ENTRIES WERE CHANGED AFTER THEY WERE RECORDED")
    if not assessed.intact:
        page.line(changed, styles.NOTICE)
        page.space()
    page.fact(_("Score"), wording.interval(card.overall), styles.FACT_STRONG)
    if set_aside := wording.set_aside(card):
        page.fact(_("Left out"), set_aside)
    page.fact(_("Level achieved"), wording.level(card, card.achieved), styles.FACT_STRONG)
    if card.reachable > card.achieved:
        page.fact(_("Level within reach"), wording.level(card, card.reachable))
    if (result := card.next_level) is not None:
        label = _("Blocks level {level}").format(level=result.level.level)
        page.fact(label, "\n".join(wording.blockers(result)))
    if card.route is not None:
        page.fact(
            _("Route"), wording.route(card.route) + "\n" + _("It is marked in the action plan and the open questions.")
        )
    page.fact(_("Date of assessment"), state.on, styles.FACT_DATE)
    page.fact(_("Answered by"), ", ".join(state.respondents) or _("nobody yet"))
    page.fact(_("Report made"), f"{utc(made):%Y-%m-%d %H:%M} UTC")
    integrity = _("every entry is as it was recorded") if assessed.intact else changed
    page.fact(_("History of the file"), f"{integrity}\n{assessed.head}")
    page.space()
    page.line(_("Gaps by priority"), styles.HEADING)
    _priorities(page, assessed)
    page.space()
    if card.gaps:
        page.line(_("The gravest gaps"), styles.HEADING)
        for gap in card.gaps[:_GRAVEST]:
            question = gap.line.question
            todo = "\n→ ".join(text for text in (question.text, wording.remedy(gap.line)) if text)
            page.fact(f"{wording.priority(gap.priority)}  {question.id}", todo)
        page.space()
    page.line(_("Contents"), styles.HEADING)
    for module in contents(assessed):
        page.fact(module.title(), module.about(), styles.FACT_LINK, link=module.title())


def contents(assessed: Assessed) -> list[ModuleType]:
    """The sheets between the cover and the lists, in the order a commander reads them."""
    sheets = [dashboard, scores, gap_register, action_plan, all_answers, open_questions, long_texts, method]
    return [sheet for sheet in sheets if sheet is not long_texts or long_texts.wanted(assessed)]


def _priorities(page: Page, assessed: Assessed) -> None:
    gaps = assessed.scorecard.gaps
    page.cells(
        [None, *(wording.priority(priority) for priority in Priority)],
        [styles.TEXT, *(styles.PRIORITY_HEADER[priority] for priority in Priority)],
    )
    page.cells(
        [None, *(sum(gap.priority is priority for gap in gaps) for priority in Priority)],
        [styles.TEXT, *(styles.COUNT for _priority in Priority)],
    )
