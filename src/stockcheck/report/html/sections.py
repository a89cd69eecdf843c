"""The sections after the first page, each of one part of the content, as the sheets of the workbook are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from stockcheck.assessed import Assessed
from stockcheck.assessment.actions import status_in_words
from stockcheck.language import _
from stockcheck.report.content import (
    actions,
    aside,
    by_section,
    changes,
    findings,
    method,
    plan,
    questions,
    results,
    still_to_check,
    summary,
    way,
)
from stockcheck.report.content.parts import Fact, none
from stockcheck.report.html import rendering
from stockcheck.report.html.element import Element, element
from stockcheck.report.html.rendering import Links
from stockcheck.report.html.section import Section

#: Columns of the plan that are there only where something is waived.
_OF_WAIVERS = ("until", "measure")
#: What somebody ticks on paper.
_BOX = "☐"


def after_the_first(assessed: Assessed, before: Assessed | None) -> list[Section]:
    """Every section but the summary, in the order of the workbook; `before` is an earlier assessment."""
    card = assessed.scorecard
    changed = [_changes(before)] if before else []
    return [
        Section("details", summary.details_title(), findings.about(), _details),
        Section("way", way.title(card), way.about(card), _way),
        Section("plan", actions.title(), actions.about(), _plan, wide=True),
        Section("by-section", by_section.title(), by_section.about(), _by_section),
        Section("still", still_to_check.title(), still_to_check.about(), _still),
        Section("aside", aside.title(), aside.about(), _aside, wide=True),
        Section("answers", questions.title(), questions.about(), _answers),
        _scores(before),
        *changed,
        Section("method", method.title(), method.about(), _method),
    ]


def places(assessed: Assessed, keys: Collection[str]) -> dict[str, str]:
    """Where each id is told on a page with the sections of those `keys`: among the findings, else among the answers.

    The places are counted: no id becomes part of the page.
    """
    found = (one for sheetful in by_section.by_section(assessed) for one in sheetful.found)
    told = {one.id: f"finding-{number}" for number, one in enumerate(found, start=1)}
    answers = _answered(assessed) if "answers" in keys else {}
    return answers | (told if "by-section" in keys else {})


def _answered(assessed: Assessed) -> dict[str, str]:
    return {question.id: f"answer-{number}" for number, question in enumerate(assessed.checklist.questions, start=1)}


def _details(assessed: Assessed, links: Links, made: dt.datetime) -> list[Element]:
    first = summary.summary(assessed, made)
    marking = assessed.state.marking
    whole = [Fact(_("Depot"), first.depot), *first.about, Fact(_("Verdict"), first.verdict)]
    if marking:
        whole.insert(0, Fact(_("Marking"), marking))
    return [
        rendering.facts(whole, links, class_="facts on-paper"),
        *rendering.parts(findings.findings_and_facts(assessed), links),
    ]


def _way(assessed: Assessed, links: Links, _made: dt.datetime) -> list[Element]:
    return rendering.parts(way.way(assessed), links)


def _plan(assessed: Assessed, links: Links, made: dt.datetime) -> list[Element]:
    table, to_fill_in = actions.plan(assessed, made.date()), plan.to_fill_in(assessed)
    if not any(action.status == "waived" for action in assessed.state.actions.values()):
        kept = [column.key for column in to_fill_in.columns if column.key not in _OF_WAIVERS]
        to_fill_in = to_fill_in.only(kept)
    meanings = (Fact(status_in_words(status), words) for status, words in actions.meanings().items())
    return [
        rendering.table(table, links, caption=actions.title(), beside=to_fill_in, class_="plan"),
        rendering.heading(3, _("What the status means")),
        rendering.facts(meanings, links),
    ]


def _by_section(assessed: Assessed, links: Links, _made: dt.datetime) -> list[Element]:
    made = []
    for sheetful in by_section.by_section(assessed):
        found = [element("p", sheetful.words)] if sheetful.words else []
        for one in sheetful.found:
            title = element("h4", element("span", one.id, class_="id"), " ", one.question, dir="auto")
            standing = element("p", one.standing, class_="standing", dir="auto")
            found.append(
                element(
                    "article",
                    title,
                    standing,
                    rendering.facts(one.more, {}),
                    [rendering.picture(picture) for picture in one.pictures],
                    id=links.get(one.id),
                    class_="found",
                )
            )
        made.append(_folding(sheetful.title, found))
    return made


def _folding(title: str, content: list[Element]) -> Element:
    """What stands under a heading that folds it away."""
    return element("details", element("summary", rendering.heading(3, title)), content, open="")


def _still(assessed: Assessed, links: Links, _made: dt.datetime) -> list[Element]:
    said = _("To print and write on. Nothing that is written on this page comes back: a workbook or a form does.")
    made = [element("p", said, class_="remark")]
    for sheetful in still_to_check.on_paper(assessed):
        made.append(_folding(sheetful.title, [_asking(one, links) for one in sheetful.asked]))
    return made if len(made) > 1 else [element("p", none())]


def _asking(one: still_to_check.Asking, links: Links) -> Element:
    name = element("span", rendering.named(one.id, links), class_="id") if one.id else None
    boxes = [element("li", f"{_BOX} {text}", dir="auto") for text in one.boxes]
    lines = [element("p", label, class_="line") for label in one.to_write]
    return element(
        "article",
        element("h4", name, f" {one.question}", dir="auto"),
        rendering.facts(one.more, {}) if one.more else None,
        element("ul", boxes, class_="boxes") if boxes else None,
        lines,
        class_="asked",
    )


def _aside(assessed: Assessed, links: Links, _made: dt.datetime) -> list[Element]:
    return rendering.parts(aside.aside(assessed), links)


def _answers(assessed: Assessed, links: Links, _made: dt.datetime) -> list[Element]:
    told, table = _answered(assessed), questions.answers(assessed)
    leading = {name: place for name, place in links.items() if place != told.get(name)}  # elsewhere, not to itself
    return [rendering.table(table, leading, caption=questions.title(), class_="records", told=told)]


def _scores(before: Assessed | None) -> Section:
    earlier = before.scorecard if before else None

    def fill(assessed: Assessed, links: Links, _made: dt.datetime) -> list[Element]:
        card = assessed.scorecard
        content = [
            results.in_short(card),
            results.overall(assessed, earlier),
            results.domains(card, earlier),
            *results.levels(card, earlier),
            *results.stops(card),
            results.sections(card, earlier),
            results.standards(assessed, earlier),
        ]
        return rendering.parts(content, links)

    return Section("scores", results.title(), results.about(), fill, wide=True)


def _changes(before: Assessed) -> Section:
    def fill(assessed: Assessed, links: Links, made: dt.datetime) -> list[Element]:
        return rendering.parts(changes.changes(before, assessed, made.date()), links)

    return Section("changes", changes.title(), changes.about(), fill, wide=True)


def _method(assessed: Assessed, links: Links, _made: dt.datetime) -> list[Element]:
    return rendering.parts(method.method(assessed), links)
