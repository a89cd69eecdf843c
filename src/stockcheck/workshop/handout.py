"""What participants are handed: how to answer, and, with a scenario, the depot as they would see it. Never the key.

One page of HTML that opens anywhere, prints, and needs nothing from elsewhere; built as the report's is, as a tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from stockcheck.checklist.model import Checklist
from stockcheck.checklist.translation import in_language
from stockcheck.language import SOURCE, _, date
from stockcheck.report.html.element import Content, Element, element, written
from stockcheck.workshop.scenario import Plan, ScenarioFile
from stockcheck.workshop.sketch import svg

_STYLE = """\
body { font: 12pt/1.45 Georgia, "Liberation Serif", serif; max-width: 44em; margin: 1.5em auto; padding: 0 1em;
  color: #111; background: #fff; }
h1 { font-size: 1.5em; } h2 { font-size: 1.15em; border-bottom: 1px solid #555; break-after: avoid; }
.marking { text-align: center; font-weight: bold; letter-spacing: .1em; }
.marking { margin: 0; padding: 0 0 .6em; break-inside: avoid; }
.word { white-space: nowrap; } ol { padding-left: 1.6em; }
svg { display: block; box-sizing: border-box; width: 100%; max-height: 60vh; border: 1px solid #555; }
figure { margin: 1em 0; } figure, li, blockquote { break-inside: avoid; } .who { break-after: avoid; }
blockquote { margin: .4em 0 .4em 1em; padding-left: .8em; border-left: 3px solid #555; }
@page { margin: 14mm; }
@media print {
  body { font-size: 10.5pt; line-height: 1.35; max-width: none; margin: 0; padding: 0; }
  .sheet { display: table; width: 100%; }
  .marking:first-child { display: table-header-group; } .marking:last-child { display: table-footer-group; }
  svg { max-height: 85mm; }
}
"""


def page(checklist: Checklist, language: str, *, groups: int, marking: str, scenario: ScenarioFile | None) -> bytes:
    """The sheet for participants, in the language in use, which is `language`."""
    title = scenario.title if scenario is not None else in_language(checklist, language).title
    sheet = element(
        "div",
        _marking(marking),
        element(
            "div",
            element("h1", title),
            _how(checklist.id, language, groups, scenario),
            _scenario(scenario) if scenario is not None else None,
        ),
        _marking(marking),
        class_="sheet",
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    top = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("style", _STYLE),
    )
    return written(element("html", top, element("body", sheet), lang=language))


def _marking(marking: str) -> Element | None:
    return element("p", marking, class_="marking") if marking else None


def _commands(text: str) -> Content:
    """A text in which commands and numbers stand: no word of them is broken at a hyphen."""
    parts = re.split(r"([^\s“”«»]*-[^\s“”«»]*)", text)
    return [element("span", part, class_="word") if place % 2 else part for place, part in enumerate(parts)]


def _how(checklist: str, language: str, groups: int, scenario: ScenarioFile | None) -> Iterator[Element]:
    program = "stockcheck" if language == SOURCE else f"stockcheck --lang {language}"
    day = "" if scenario is None else f" --date {scenario.on.isoformat()}"
    said = [
        _("Work in groups; there are {n}. Call your file as your group is called, such as group-3.").format(n=groups),
        _(
            "Answer in the workbook form.xlsx. Or in the program: first “{program} new group-3.stockcheck --checklist "
            "{checklist}{day}”, then “{program} answer group-3.stockcheck --classroom”. Or write lines such as "
            "“PER-01=no” into a chat."
        ).format(program=program, checklist=checklist, day=day),
        _("Answer what you know. “Unknown” is an honest answer; leave open what you did not come to."),
        _("“Not applicable” is for what cannot apply to this depot, and takes a reason."),
        _("Hand the file back to the trainer. What is compared is answers, not people."),
    ]
    if scenario is not None:
        said.append(_("Take {date} as today. What is not told here nobody can see.").format(date=date(scenario.on)))
    yield element("h2", _("How to answer"))
    yield element("ol", [element("li", _commands(one)) for one in said])


def _drawing(plan: Plan) -> Element:
    """The plan, as what it is in a page of HTML: a drawing without a name space."""
    drawing = ElementTree.fromstring(svg(plan))  # noqa: S314  # made here
    for part in drawing.iter():
        part.tag = part.tag.rpartition("}")[2]
    return drawing


def _scenario(scenario: ScenarioFile) -> Iterator[Element]:
    yield element("h2", scenario.depot)
    yield from (element("p", part) for part in scenario.situation.split("\n") if part.strip())
    if scenario.plan is not None:
        yield element("figure", _drawing(scenario.plan), element("figcaption", scenario.plan.caption))
    for scene in scenario.scenes:
        told = [
            part
            for one in scene.told
            for part in (element("p", element("b", one.who), class_="who"), element("blockquote", one.says))
        ]
        seen = [
            element("p", element("b", _("You see")), class_="who"),
            element("ul", [element("li", one) for one in scene.see]),
        ]
        yield element("section", element("h2", scene.title), seen if scene.see else None, told)
    yield element("p", element("em", _("Everything here is made up. No such depot exists.")))
