"""The summary: what a commander with ten minutes reads, and one sheet of paper when it is printed.

On paper as many findings, sections and orders are seen as there is room for, the worst first: what finds no room is a
row that the style sheet lets slip aside. Every one of them, and what is cut, stands whole in another section.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from stockcheck.assessed import Assessed
from stockcheck.language import _
from stockcheck.report.content import actions, results
from stockcheck.report.content import summary as content
from stockcheck.report.content.parts import Sentence, Table, in_words
from stockcheck.report.content.summary import Summary
from stockcheck.report.html import rendering
from stockcheck.report.html.element import Element, element
from stockcheck.report.html.rendering import Links
from stockcheck.report.html.section import Section

#: So many sections and orders find room on paper, whatever else there is to tell; the style sheet says so as well.
_ALWAYS_SEEN = 3


def section(led_to: Iterable[str]) -> Section:
    """The section, in the language in use; `led_to` are the keys of the sections on the page, which it may point to."""
    known = frozenset(led_to)

    def fill(assessed: Assessed, links: Links, made: dt.datetime) -> list[Element]:
        said = content.summary(assessed, made)
        upper = [
            element("h1", element("span", said.title, class_="what"), " ", element("bdi", said.depot)),
            rendering.facts(said.about, {}, class_="facts about"),
            _notices(said),
            element("p", said.verdict, class_="verdict", dir="auto"),
            _tiles(said.tiles),
            _sentences(said.facts, "said"),
            element("p", said.bars, class_="remark legend"),
            rendering.table(said.domains, links, caption=said.domains.columns[0].title, class_="bars"),
            rendering.table(said.sections, links, caption=said.sections.columns[0].title, class_="bars sections"),
            _more_sections(said, known),
            rendering.table(said.orders, links, caption=_("The first orders"), class_="orders"),
            _more_orders(assessed, known),
        ]
        lower = [
            element("div", (element("p", text) for text in said.signatures), class_="signatures"),
            rendering.facts(said.record, {}, class_="facts record"),
        ]
        return [element("div", element("div", upper, class_="upper"), lower, class_="one-page")]

    return Section("summary", content.title(), content.about(), fill)


def _notices(said: Summary) -> Element:
    """What has to be known before any figure, then what was found."""
    return _sentences((*said.notices, *said.findings), "notices")


def _sentences(said: Iterable[Sentence], class_: str) -> Element:
    return element("div", map(rendering.sentence, said), class_=class_)


def _tiles(tiles: Table) -> Element:
    """What each figure is, the figure, and what belongs to it."""
    rows = tiles.only(("label", "figure", "detail")).rows
    return element(
        "dl",
        (
            element(
                "div",
                element("dt", in_words(label)),
                element("dd", in_words(figure), class_="figure"),
                element("dd", in_words(detail), class_="detail"),
            )
            for label, figure, detail in rows
        ),
        class_="tiles",
    )


def _more_sections(said: Summary, known: frozenset[str]) -> Element | None:
    words = _("The worst first; all {n} stand in “{section}”.")
    return _pointer(words, len(said.sections.rows), results.title(), "scores", known)


def _more_orders(assessed: Assessed, known: frozenset[str]) -> Element | None:
    words = _("The most pressing first; all {n} stand in “{section}”.")
    return _pointer(words, content.count_of_orders(assessed), actions.title(), "plan", known)


def _pointer(words: str, n: int, section: str, key: str, known: frozenset[str]) -> Element | None:
    """Where all stand, of which paper may have room for these few alone."""
    if n <= _ALWAYS_SEEN:
        return None
    text = words.format(n=n, section=section)
    return element("p", element("a", text, href=f"#{key}") if key in known else text, class_="pointer")
