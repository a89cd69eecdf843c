"""Cover: whose report it is, how complete, what level, the gravest gaps, and where to find the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.assessed import Assessed
from stockcheck.checklist.provenance import Origin
from stockcheck.language import _, ngettext
from stockcheck.questionnaire import headline
from stockcheck.report import standing, wording
from stockcheck.report.excel import priorities
from stockcheck.report.excel.sheet import Sheet
from stockcheck.scoring.gaps import Gap, Priority
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import utc
from stockcheck.spreadsheet.page import Page

_GRAVEST = 5
_REDACTIONS = 3


def sheet(contents: Callable[[], Iterable[Sheet]]) -> Sheet:
    """The sheet, in the language in use. `contents`: the sheets that it lists, asked for when all else is filled."""
    return Sheet(_("Cover"), "", partial(_fill, contents))


def _fill(
    contents: Callable[[], Iterable[Sheet]], sheet: Worksheet, book: Book, assessed: Assessed, made: dt.datetime
) -> None:
    state, card = assessed.state, assessed.scorecard
    page = Page(sheet, book, (26, 18, 18, 18, 22), landscape=False)
    if state.marking:
        page.line(state.marking, styles.MARKING)
    page.space()
    page.line(_("Gap report"), styles.TITLE)
    page.line(state.depot, styles.DEPOT)
    page.line(f"{assessed.checklist.title}, {assessed.checklist.version}", styles.SUBTITLE)
    origin = assessed.provenance
    page.line(origin.statement, styles.NOTICE if origin.origin is Origin.ADAPTED else styles.TEXT)
    if rules := headline.rules(card):
        page.line(rules, styles.NOTICE)
    page.space()
    _findings(page, assessed)
    nothing = headline.nothing_answered(card)
    if nothing:
        page.line(nothing.upper(), styles.NOTICE)
        page.space()
    if not card.overall.complete:
        notice = ngettext(
            "NOT COMPLETE: {n} question is open", "NOT COMPLETE: {n} questions are open", card.overall.open
        )
        page.line(notice.format(n=card.overall.open), styles.NOTICE)
        page.space()
    changed = _("ENTRIES WERE CHANGED AFTER THEY WERE RECORDED")
    record = assessed.record
    if not record.chain_holds:
        page.line(changed, styles.NOTICE)
        page.space()
    page.fact(_("Score"), nothing or wording.interval(card.overall), styles.FACT_STRONG)
    page.fact(_("Set aside"), "\n".join(standing.set_aside(card) or [_("No question is set aside")]))
    if card.levels and not nothing:
        _levels(page, assessed)
    _facts(page, assessed)  # on the first page, whatever else there is to tell
    if card.levels and not nothing:
        _way_up(page, assessed)
    page.fact(_("Date of assessment"), state.on, styles.FACT_DATE)
    page.fact(_("Answered by"), ", ".join(state.respondents) or _("nobody yet"))
    page.fact(_("Report made"), f"{utc(made):%Y-%m-%d %H:%M} UTC")
    if record.chain_holds:
        page.fact(_("Short code of the file"), record.code, styles.FACT_STRONG)
        entries = ngettext("{n} entry.", "{n} entries.", record.entries).format(n=record.entries)
        said = [f"{entries} {wording.what_the_chain_shows()} {wording.what_it_cannot_show()}", record.head]
    else:
        said = [changed]
    page.fact(_("History of the file"), "\n".join(said + wording.removed(record, _REDACTIONS)))
    page.space()
    page.line(_("Gaps, and what is to check, by priority"), styles.HEADING)
    _priorities(page, assessed)
    page.space()
    if card.gaps:
        page.line(_("The gravest gaps"), styles.HEADING)
        for gap in card.gaps[:_GRAVEST]:
            todo = "\n→ ".join(text for text in (wording.with_parts(gap), wording.remedy(gap.line)) if text)
            page.fact(_label(gap), todo)
        page.space()
    if card.to_check:
        page.line(_("To check first: nobody has looked"), styles.HEADING)
        for gap in card.to_check[:_GRAVEST]:
            page.fact(_label(gap), gap.line.question.text)
        page.space()
    page.line(_("Contents"), styles.HEADING)
    for one in contents():
        page.fact(one.title, one.about, styles.FACT_LINK, link=one.title)


def _findings(page: Page, assessed: Assessed) -> None:
    """Losses and dangers, in words, before any figure."""
    graver = standing.found(assessed)
    for said in graver:
        page.line(said, styles.NOTICE)
    for said in standing.findings(assessed)[len(graver) :]:
        page.line(said, styles.TEXT)
    page.space()


def _levels(page: Page, assessed: Assessed) -> None:
    card = assessed.scorecard
    page.fact(_("Level achieved"), wording.level(card, card.achieved), styles.FACT_STRONG)
    if partly := standing.partly_met(card):
        page.fact(_("Only partly met"), "\n".join(partly))
    page.fact(_("Levels"), wording.whose_levels(assessed.checklist))
    if card.reachable > card.achieved:
        page.fact(_("Level within reach"), wording.level(card, card.reachable))


def _way_up(page: Page, assessed: Assessed) -> None:
    """What stops the next level, and the route to it."""
    card = assessed.scorecard
    if (result := card.next_level) is not None:
        label = _("Blocks level {level}").format(level=result.level.level)
        page.fact(label, "\n".join(standing.blockers(result)))
    if card.route is not None:
        marked = _("It is marked in the action plan and the open questions; its steps are with the scores.")
        page.fact(_("Route"), f"{standing.route(card.route)}\n{marked}")


def _facts(page: Page, assessed: Assessed) -> None:
    """The facts, and which critical questions have left scope because of one."""
    if said := standing.facts(assessed):
        page.fact(_("Facts about the depot"), "\n".join(said))
    if out := standing.out_by_fact(assessed.scorecard):
        page.fact(_("Left out by a fact"), "\n".join(out))


def _priorities(page: Page, assessed: Assessed) -> None:
    page.cells(
        [None, *(wording.priority(priority) for priority in Priority)],
        [styles.TEXT, *(priorities.STYLE_OF_HEADER[priority] for priority in Priority)],
    )
    looks = [styles.LABEL, *(styles.COUNT for _priority in Priority)]
    if not assessed.scorecard.untouched:
        page.cells([_("Gaps"), *_counted(assessed.scorecard.gaps)], looks)
    if to_check := assessed.scorecard.to_check:
        page.cells([_("To check"), *_counted(to_check)], looks)


def _label(gap: Gap) -> str:
    return f"{wording.priority(gap.priority)}  {gap.line.question.id}"


def _counted(gaps: Iterable[Gap]) -> list[int]:
    gaps = list(gaps)
    return [sum(gap.priority is priority for gap in gaps) for priority in Priority]
