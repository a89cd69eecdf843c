"""Method: how the figures are made, in plain words, and what they are measured against."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from stockcheck.language import _, percent
from stockcheck.report import wording
from stockcheck.report.assessed import Assessed
from stockcheck.report.excel import styles
from stockcheck.report.excel.page import Page
from stockcheck.report.excel.styles import Looks
from stockcheck.scoring.gaps import PRIORITY_OF, Rule


def title() -> str:
    """The sheet's name."""
    return _("Method")


def about() -> str:
    """Its line in the contents."""
    return _("how the figures are made, and against what")


def fill(sheet: Worksheet, looks: Looks, assessed: Assessed, _made: dt.datetime) -> None:
    """Fill the sheet."""
    page = Page(sheet, looks, (26, 80), landscape=False)
    page.line(_("Method"), styles.TITLE)
    page.space()
    for paragraph in _paragraphs():
        page.line(paragraph, styles.TEXT)
    page.space()
    page.line(_("Levels"), styles.HEADING)
    for level in assessed.checklist.levels:
        name = f"{level.level}  {level.title}"
        page.fact(name, _("threshold {share}").format(share=percent(wording.threshold(level))))
    page.space()
    page.line(_("Priorities: the first rule that applies"), styles.HEADING)
    for rule in Rule:
        page.fact(wording.priority(PRIORITY_OF[rule]), wording.rule(rule))
    page.space()
    page.line(_("Measured against"), styles.HEADING)
    origin = assessed.provenance
    page.fact(
        _("Checklist"), f"{assessed.checklist.title}, {origin.version}\n{origin.statement}\nSHA-256 {origin.digest}"
    )
    for name, standard in assessed.checklist.standards.items():
        page.fact(name, f"{standard.title}. {standard.edition}" if standard.edition else standard.title)


def _paragraphs() -> list[str]:
    return [
        _(
            "Each question has a weight from 1 to 5. An answer earns a credit from nothing to full. The score of any "
            "set of questions is weight times credit, summed, divided by the sum of the weights. Sections are not "
            "averaged: every score is reckoned from its questions."
        ),
        _(
            "Open questions, whether unanswered or unknown, count as nothing in the score and as full in “up to”. "
            "Unknown is also a gap: nobody can vouch for the control. Questions that do not apply count nowhere."
        ),
        _(
            "A level holds when the score of all questions up to it reaches its threshold and every critical control "
            "among them is fully met. The level achieved is the highest that holds with all below it."
        ),
        _(
            "The route to the next level is the set of controls with the least total effort that makes the level hold. "
            "Effort 1 is an order or a day’s work, 2 weeks or some money, 3 construction, procurement or staff. The "
            "route is reckoned with today’s scope: a changed answer may open new questions."
        ),
        _("Figures are exact and are rounded, half up, only where they are shown."),
    ]
