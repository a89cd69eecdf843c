"""What participants are handed: how to answer, and, with a scenario, the depot as they would see it. Never the key.

One page of HTML that opens anywhere, prints, and needs nothing from elsewhere. Every text is data and is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from stockcheck.checklist.model import Checklist
from stockcheck.checklist.translation import in_language
from stockcheck.language import SOURCE, _, date
from stockcheck.plaintext import whole
from stockcheck.workshop.scenario import ScenarioFile
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


def page(checklist: Checklist, language: str, *, groups: int, marking: str, scenario: ScenarioFile | None) -> str:
    """The sheet for participants, in the language in use, which is `language`."""
    title = scenario.title if scenario is not None else in_language(checklist, language).title
    marked = f'<p class="marking">{_data(marking)}</p>\n' if marking else ""
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(language)}"><head><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<title>{_data(title)}</title><style>{_STYLE}</style></head><body><div class="sheet">',
        f"{marked}<div><h1>{_data(title)}</h1>",
        *_how(checklist.id, language, groups, scenario),
        *(_scenario(scenario) if scenario is not None else ()),
        f"</div>{marked}</div></body></html>",
    ]
    return "\n".join(lines) + "\n"


def _data(text: str) -> str:
    return escape(whole(text))


def _commands(text: str) -> str:
    """A text in which commands and numbers stand: no word of them is broken at a hyphen."""
    return re.sub(r"[^\s“”«»]*-[^\s“”«»]*", r'<span class="word">\g<0></span>', _data(text))


def _how(checklist: str, language: str, groups: int, scenario: ScenarioFile | None) -> Iterator[str]:
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
    heading = _("How to answer")
    yield f"<h2>{_data(heading)}</h2><ol>"
    yield from (f"<li>{_commands(one)}</li>" for one in said)
    yield "</ol>"


def _scenario(scenario: ScenarioFile) -> Iterator[str]:
    yield f"<h2>{_data(scenario.depot)}</h2>"
    yield from (f"<p>{_data(part)}</p>" for part in scenario.situation.split("\n") if part.strip())
    if scenario.plan is not None:
        yield f"<figure>{svg(scenario.plan)}<figcaption>{_data(scenario.plan.caption)}</figcaption></figure>"
    seen = _("You see")
    for scene in scenario.scenes:
        yield f"<section><h2>{_data(scene.title)}</h2>"
        if scene.see:
            yield f'<p class="who"><b>{_data(seen)}</b></p><ul>'
            yield from (f"<li>{_data(one)}</li>" for one in scene.see)
            yield "</ul>"
        for told in scene.told:
            yield f'<p class="who"><b>{_data(told.who)}</b></p>'
            yield f"<blockquote>{_data(told.says)}</blockquote>"
        yield "</section>"
    invented = _("Everything here is made up. No such depot exists.")
    yield f"<p><em>{_data(invented)}</em></p>"
