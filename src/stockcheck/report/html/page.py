"""The whole page: what a browser has to know, what stands around the sections, and the sections in order.

The page holds no script and asks for nothing: its only style is named by its hash, and everything else is refused by
its own policy, whatever a text in it says.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from importlib import resources

from stockcheck import __version__, language
from stockcheck.assessed import Assessed
from stockcheck.language import _
from stockcheck.report.choices import Choices, Paper, wanted
from stockcheck.report.content.changes import check_order
from stockcheck.report.html import first_page, sections
from stockcheck.report.html.element import Element, element
from stockcheck.report.html.rendering import HATCHING
from stockcheck.report.html.section import Section
from stockcheck.report.output import GENERATOR

_PAPER = {Paper.A4: ("A4", "297mm"), Paper.LETTER: ("letter", "279.4mm")}


def page(assessed: Assessed, made: dt.datetime, choices: Choices) -> Element:
    """The report in the language in use, whole or as chosen; `made` is the moment it bears, zone-aware.

    Raises `UsageError` for a section that is wanted and that there is not, and for a previous assessment that is later.
    """
    if choices.previous:
        check_order(choices.previous, assessed)
    rest = sections.after_the_first(assessed, choices.previous)
    chosen = wanted([first_page.section(()), *rest], choices.only)
    keys = [one.key for one in chosen]
    links = sections.places(assessed, keys)
    if "summary" in keys:
        chosen[0] = first_page.section(keys)  # now that it is known what it can lead to
    shown = []
    for one in chosen:
        choices.told(one.title)
        shown.append(_section(one, assessed, one.fill(assessed, links, made)))
    marking = assessed.state.marking
    body = element(
        "body",
        element("a", _("Skip to the content"), href="#content", class_="skip"),
        element("header", element("p", marking, class_="marking", dir="auto")) if marking else None,
        _contents(chosen),
        _hatching(),
        element("main", shown, id="content", tabindex="-1"),
        element("footer", *_about(assessed)),
    )
    return element("html", _head(assessed, choices.paper), body, lang=language.current(), translate="no")


def _head(assessed: Assessed, paper: Paper) -> Element:
    state, style = assessed.state, _style(paper)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    pictures = "img-src data:; " if assessed.pictures.shown else ""  # they stand in the page itself
    policy = f"default-src 'none'; {pictures}style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = f"{state.marking} – {state.depot}" if state.marking else state.depot
    said = {
        "viewport": "width=device-width, initial-scale=1",
        "color-scheme": "light dark",
        "referrer": "no-referrer",
        "format-detection": "telephone=no",  # figures are not numbers to call
        "google": "notranslate",  # nobody is asked to send the page to a translator
        "robots": "noindex",
    }
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="generator", content=f"{GENERATOR} {__version__}"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        (element("meta", name=name, content=content) for name, content in said.items()),
        element("title", f"{title}: {assessed.checklist.title}"),
        element("style", style),
    )


def _style(paper: Paper) -> str:
    """The style sheet for that paper. No text of an assessment is ever part of it."""
    size, height = _PAPER[paper]
    text = resources.files(__package__).joinpath("style.css").read_text(encoding="utf-8")
    return text.replace("/*SIZE*/ A4", size).replace("/*HEIGHT*/ 297mm", height)


def _contents(chosen: list[Section]) -> Element | None:
    if len(chosen) < 2:
        return None
    items = (element("li", element("a", one.title, href=f"#{one.key}")) for one in chosen)
    listed = element("details", element("summary", _("Contents")), element("ul", items))
    return element("nav", listed, aria_label=_("Contents"))


def _section(one: Section, assessed: Assessed, content: list[Element]) -> Element:
    """A section, which folds; on paper each begins a page, and bears marking, depot and code on each of its pages."""
    state, record = assessed.state, assessed.record
    code = element("span", record.code) if record.chain_holds else None
    name = f"{one.key}-title"
    body = [element("h2", one.title, id=name, class_="unseen"), *content]
    if one.key != "summary":
        about = element("p", one.about, class_="remark")
        folds = element("summary", element("h2", one.title, id=name))
        body = [element("details", folds, about, content, open="")]
    return element(
        "section",
        element("p", element("span", state.marking), class_="running", aria_hidden="true"),
        element("div", body, class_="body"),
        element("p", element("span", element("bdi", state.depot), code), class_="foot", aria_hidden="true"),
        id=one.key,
        class_="sheet wide" if one.wide else "sheet",
        aria_labelledby=name,
    )


def _hatching() -> Element:
    """What open parts of bars are drawn with, for every bar on the page."""
    drawn = [
        element("rect", width="6", height="6", class_="hatching-ground"),
        element("path", d="M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2", class_="hatching-lines"),
    ]
    pattern = element("pattern", drawn, id=HATCHING, width="6", height="6", patternUnits="userSpaceOnUse")
    return element("svg", element("defs", pattern), class_="unseen", aria_hidden="true")


def _about(assessed: Assessed) -> list[Element]:
    state = assessed.state
    said = f"stockcheck {__version__} · {assessed.checklist.title}, {assessed.checklist.version}"
    marking = [element("p", state.marking, class_="marking-below", dir="auto")] if state.marking else []
    return [*marking, element("p", said)]
