"""The report as a page: every text is data, nothing is asked of any network, and whoever cannot see it can read it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from stockcheck import language
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessed import Assessed
from stockcheck.errors import UsageError
from stockcheck.plaintext import unsafe_character
from stockcheck.report.choices import Choices, Paper
from stockcheck.report.content.parts import Bar
from stockcheck.report.html import write
from stockcheck.report.html.element import element, written
from stockcheck.report.html.rendering import bar
from tests.report.pages import Node, read, rows
from tests.report.showing import FACTS, KINDS, MIXED, checklist, finding, shown
from tests.report.test_excel import MADE
from tests.scoring.building import Given, built, control, options, section

#: Attributes that hold a text from a checklist or a person, which is data there as well.
OF_DATA = {"data-label", "aria-label"}
HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "' onmouseover='alert(1)",
    "</style></title></textarea><svg onload=alert(1)>",
    "<!-- &lt;b&gt; &#60; ]]> <![CDATA[",
    "javascript:alert(1) http://example.org/",
)


def page_of(one: Assessed, folder: Path, choices: Choices | None = None) -> str:
    write(one, folder / "gap.html", made=MADE, force=True, choices=choices)
    return (folder / "gap.html").read_text(encoding="utf-8")


def told(folder: Path, words: str) -> Assessed:
    """A depot with something in every section, each of its texts saying `words`."""
    made = built(
        section(
            "store",
            control("A-1", text=words, help=words, evidence=words, remedy=words, critical=True, references=[words]),
            control("A-2", text=words, type="choice", options=options(good="1", bad="0"), remedy=words),
            finding("LOS-01", "loss", text=words, remedy=words),
            control("A-3", text=words, remedy=words, help=words, evidence=words),
            control("A-4", text=words, when={"question": "A-3", "is": ["yes"]}),
            {"id": "T-1", "type": "text", "text": words},
            title=words,
        ),
        section("books", control("B-1", text=words), control("B-2", text=words), title=words, domain="inventory"),
        profile=(KINDS | {"text": words},),
        standards=(words,),
    )
    reason = not_applicable(words)
    given: dict[str, Given] = {"A-1": "no", "A-2": "bad", "LOS-01": Decimal(3), "A-3": "unknown", "T-1": words}
    given |= {"B-1": reason, "B-2": reason}
    one = shown(folder, given, made, FACTS, accepted=("B-2",))
    state = one.state
    state.depot, state.marking = words, words
    state.notes |= {"A-1": words, "A-3": f"{words}\n{words}"}
    state.flags |= {"A-2"}
    state.entries |= {name: replace(entry, by=words) for name, entry in state.entries.items()}
    return one


def skeleton(page: Node) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Every element with its attributes, without what they say where that is data."""
    return [
        (node.tag, tuple((name, "" if name in OF_DATA else value) for name, value in node.attributes.items()))
        for node in page
    ]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_becomes_an_element_or_an_attribute(words: str, tmp_path: Path) -> None:
    plain, hostile = (read(page_of(told(tmp_path, said), tmp_path)) for said in ("plain words", words))
    assert skeleton(hostile) == skeleton(plain)
    assert hostile.text.count(words) == plain.text.count("plain words") > 60


def test_no_text_steers_the_reading_order_or_hides_a_sign() -> None:
    text = written(element("p", "a\u202eb\x00c\x1bd\u2066e\ud800f\ufffe", title="\u202e\x07")).decode()
    assert unsafe_character(text.replace("\n", "")) is None
    assert "a\ufffdb\u2400c\u241bd\ufffde\ufffdf\ufffd" in text


def test_what_belongs_to_a_person_reads_in_its_own_direction(tmp_path: Path) -> None:
    page = read(page_of(told(tmp_path, "مستودع"), tmp_path))
    own = [node for node in page if "مستودع" in "".join(one for one in node.content if isinstance(one, str))]
    isolated = {"bdi", "dt", "span", "h3", "h4", "h2", "title", "caption"}
    assert [node.tag for node in own if node.tag not in isolated and node.attributes.get("dir") != "auto"] == []


def test_it_runs_nothing_and_asks_for_nothing(tmp_path: Path) -> None:
    text = page_of(shown(tmp_path, MIXED), tmp_path)
    page = read(text)
    assert page.all("script", "link", "img", "iframe", "object", "embed", "form", "input", "base") == []
    assert all(name not in node.attributes for node in page for name in ("src", "style", "action", "ping"))
    assert not any(name.startswith("on") for node in page for name in node.attributes)
    assert all(node.attributes["href"].startswith("#") for node in page.all("a"))
    (style,) = page.all("style")
    assert "url(" not in style.text
    assert "@import" not in style.text
    policy = page.one("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"https?:", text)


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_whoever_hears_it_finds_the_way(spoken: str, tmp_path: Path) -> None:
    one = shown(tmp_path, MIXED)
    with language.speaking(spoken):
        page = read(page_of(one, tmp_path))
    assert page.one("html").attributes["lang"] == spoken
    names = Counter(node.attributes["id"] for node in page if "id" in node.attributes)
    assert set(names.values()) == {1}
    assert {node.attributes["href"][1:] for node in page.all("a")} <= names.keys()
    assert {node.attributes["aria-labelledby"] for node in page if "aria-labelledby" in node.attributes} <= names.keys()
    levels = [int(node.tag[1]) for node in page.all("h1", "h2", "h3", "h4", "h5")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(page.all("main")) == len(page.all("nav")) == 1
    for table in page.all("table"):
        assert table.all("caption"), table.attributes
        assert all(head.attributes["scope"] in ("row", "col") for head in table.all("th"))
    drawn = [node for node in page.all("svg") if node.attributes.get("aria-hidden") != "true"]
    assert drawn
    assert all(node.attributes["role"] == "img" and "%" in node.attributes["aria-label"] for node in drawn)


@pytest.mark.parametrize(
    ("met", "up_to", "line"),
    [
        (Fraction(7999, 10000), Fraction(9999, 10000), Fraction(8, 10)),
        (Fraction(8, 10), Fraction(8, 10), Fraction(8, 10)),
        (Fraction(1, 3), Fraction(2, 3), Fraction(667, 1000)),
    ],
)
def test_a_bar_is_never_longer_than_the_share_and_reaches_the_line_only_where_it_does(
    met: Fraction, up_to: Fraction, line: Fraction
) -> None:
    drawn = {node.get("class"): node for node in bar(Bar(met, up_to, line)).iter()}
    shares = {name: Fraction(drawn[name].get("width", "").rstrip("%")) / 100 for name in ("met", "open")}
    at = Fraction(drawn["limit"].get("x1", "").rstrip("%")) / 100
    assert shares["met"] <= met
    assert shares["open"] <= up_to
    assert (shares["met"] >= at, shares["open"] >= at) == (met >= line, up_to >= line)


def test_ids_lead_to_where_the_question_is_told(tmp_path: Path) -> None:
    page = read(page_of(shown(tmp_path, MIXED), tmp_path))
    plan = page.one("section", id="plan")
    links = {node.text: node.attributes["href"][1:] for node in plan.all("a")}
    assert len(links) == len(rows(plan, "plan")) > 5
    for name, place in links.items():
        (told,) = [node for node in page if node.attributes.get("id") == place]
        assert told.all("h4", "th")[0].text.startswith(name)
    assert {place.partition("-")[0] for place in links.values()} == {"finding", "answer"}


def test_the_one_that_is_empty_says_so(tmp_path: Path) -> None:
    well = shown(tmp_path, {"A-1": "yes"}, built(control("A-1"), thresholds=("0.8",)), {})
    page = read(page_of(well, tmp_path))
    assert rows(page.one("section", id="plan"), "plan") == []
    assert "None." in page.one("section", id="plan").text
    assert "None." in page.one("section", id="still").text


def test_sections_are_chosen_as_sheets_are(tmp_path: Path) -> None:
    one = shown(tmp_path, MIXED)
    chosen = read(page_of(one, tmp_path, Choices(only=["scores", "Action plan"])))
    assert [node.attributes["id"] for node in chosen.all("section")] == ["plan", "scores"]
    assert chosen.one("section", id="plan").all("a") == [], "nothing leads to what is not there"
    with pytest.raises(UsageError, match="no sheet “sc_plan”"):
        page_of(one, tmp_path, Choices(only=["sc_plan"]))


def test_the_same_is_the_same_file_for_its_owner_alone(tmp_path: Path) -> None:
    one = shown(tmp_path, MIXED)
    assert page_of(one, tmp_path) == page_of(one, tmp_path)
    assert (tmp_path / "gap.html").stat().st_mode & 0o777 == 0o600
    assert "size: letter portrait" in page_of(one, tmp_path, Choices(paper=Paper.LETTER))


def test_what_changed_is_told_beside_an_earlier_assessment(tmp_path: Path) -> None:
    (tmp_path / "then").mkdir()
    before, after = shown(tmp_path / "then", {"CRI-01": "yes"}), shown(tmp_path, MIXED)
    page = read(page_of(after, tmp_path, Choices(previous=before)))
    assert "Worsened (1)" in page.one("section", id="changes").text
    assert "last_time" in rows(page.one("section", id="scores"), "overall")[0]
    with pytest.raises(UsageError, match="older one comes first"):
        page_of(before, tmp_path, Choices(previous=after))


def test_what_is_read_is_read_on_enough_contrast_in_light_and_dark() -> None:
    """Four and a half to one, by the colours of the style sheet. Source: WCAG 2.2, 1.4.3."""
    style = (Path(write.__code__.co_filename).parent / "style.css").read_text(encoding="utf-8")
    schemes = [dict(re.findall(r"--([\w-]+): (#\w{6});", part)) for part in re.findall(r":root \{(.*?)\}", style, re.S)]
    light, dark = (schemes[0], schemes[0] | schemes[1])
    assert light != dark
    pairs = [("text", "ground"), ("quiet", "ground"), ("link", "ground"), ("text", "pale"), ("on-ink", "ink")]
    pairs += [("text", "write"), ("quiet", "write")]
    for scheme in (light, dark):
        assert [pair for pair in pairs if contrast(scheme[pair[0]], scheme[pair[1]]) < 4.5] == []
        assert contrast(scheme["met"], scheme["ground"]) > 3, "a bar is seen"
        assert contrast(scheme["frame"], scheme["ground"]) > 3, "what is written in is framed"


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_old_rules_and_no_levels_are_told_too(tmp_path: Path) -> None:
    assert "rules of version 1" in read(page_of(shown(tmp_path, MIXED, checklist(rules=1)), tmp_path)).text
    without = read(page_of(shown(tmp_path, MIXED, checklist(levels=False)), tmp_path))
    assert "way" in {node.attributes["id"] for node in without.all("section")}
    assert "Way to level" not in without.text
