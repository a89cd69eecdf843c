"""Scenario files: what is wrong with one is named at its place; a sound one is told in each language."""

from __future__ import annotations

import itertools
from pathlib import Path
from xml.etree import ElementTree

import pytest

from stockcheck.answers.answer import Answer
from stockcheck.checklist.faults import ChecklistError
from stockcheck.language import speaking
from stockcheck.workshop import handout, scenarios
from stockcheck.workshop.scenario import ScenarioFile
from stockcheck.workshop.sketch import svg
from tests.workshop.small import SCENARIO, SPANISH, checklist, scenario_file

#: What is changed in the scenario, ^ at the place of the fault that comes of it, and its kind.
WRONG = {
    "no such question": ("  B-2: {", "  ^B-9: {", "unknown-question"),
    "no such fact": ("  size: 3", "  ^sise: 3", "unknown-field"),
    "no such answer": ("A-2: {answer: shut", "A-2: {answer: ^ajar", "key-does-not-fit"),
    "a date to come": ('"2026-02-01"', '^"2027-02-01"', "key-does-not-fit"),
    "a fact is missing": (
        "facts:\n  kinds: [arms, rounds]\n  size: 3\n",
        "facts:\n  ^kinds: [arms, rounds]\n",
        "key-lacks",
    ),
    "what is not asked": ("answer: partial", "answer: no", "key-not-asked"),
    "no such scene": ("why: A rope is no lock., scenes: [gate]", "why: A rope., scenes: [^gaet]", "unknown-scene"),
    "no date": ('on: "2026-03-01"', "on: ^tomorrow", "not-a-date"),
    "another name": ("id: small", "id: ^tiny", "id-not-file"),
    "a scene twice": ("key:\n", "  - {id: ^gate, title: Again}\nkey:\n", "scene-twice"),
    "a key that is not known": ("title: A small depot", "^titel: A small depot", "unknown-key"),
    "off the plan": ("x: 10, y: 10", "x: ^-10, y: 10", "too-small"),
    "another checklist": ("checklist: depot", "checklist: ^rapid", "not-one-of"),
}
#: The same of its translation.
WRONG_TRANSLATION = {
    "a question is left out": ("  B-2: {why: Nadie lo probó.}\n", "", "untranslated"),
    "a question too many": ("  B-2: {why", "  B-9: {why: Sobra.}\n  B-2: {why", "nothing-to-translate"),
    "the mistake is left out": (", mistake: Mirar solo el frente.", "", "text-untranslated"),
    "what is seen is left out": ("    see: [El portón está atado con una cuerda.]\n", "", "text-untranslated"),
    "a label is left out": ("{store: Almacén}", "{}", "untranslated"),
    "a label too many": ("store: Almacén", "store: Almacén, fence: Cerco", "nothing-to-translate"),
    "the plan is left out": ("plan: {caption: El sitio, labels: {store: Almacén}}\n", "", "text-untranslated"),
    "another language": ("language: es", "language: fr", "language-not-folder"),
    "a scene that is not there": ("  - id: gate", "  - id: gaet", "nothing-to-translate"),
}


def faults(folder: Path, text: str, spanish: str | None = SPANISH) -> list[str]:
    with pytest.raises(ChecklistError) as caught:
        scenarios.read(scenario_file(folder, text, spanish), checklist(folder))
    return [f"{fault.line}:{fault.column} {fault.kind}" for fault in caught.value.faults]


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_at_its_place(case: tuple[str, str, str], tmp_path: Path) -> None:
    old, new, kind = case
    assert SCENARIO.count(old) == 1
    before, mark, after = SCENARIO.replace(old, new).partition("^")
    found = faults(tmp_path, before + after, None)
    place = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    assert f"{place} {kind}" in found if mark else kind in {fault.partition(" ")[2] for fault in found}


def test_the_key_answers_all_that_is_asked(tmp_path: Path) -> None:
    """Free text, which nothing scores, needs no answer."""
    found = faults(tmp_path, SCENARIO.replace("  A-4: {answer: 3, why: By the book.}\n", ""), None)
    assert [fault.partition(" ")[2] for fault in found] == ["key-lacks"]


@pytest.mark.parametrize("case", WRONG_TRANSLATION.values(), ids=WRONG_TRANSLATION)
def test_a_translation_is_whole_or_named(case: tuple[str, str, str], tmp_path: Path) -> None:
    old, new, kind = case
    assert SPANISH.count(old) == 1
    assert kind in {fault.partition(" ")[2] for fault in faults(tmp_path, SCENARIO, SPANISH.replace(old, new))}


def test_the_key_is_answers_and_what_they_come_to(tmp_path: Path) -> None:
    key = scenarios.read(scenario_file(tmp_path), checklist(tmp_path)).key
    assert key.answers["A-3"] == Answer(("locks",))
    assert key.scorecard.line["A-2"].credit * 2 == 1


def test_it_is_told_in_each_language_and_else_as_it_was_written(tmp_path: Path) -> None:
    found = scenarios.read(scenario_file(tmp_path), checklist(tmp_path))
    spanish, french = found.told_in("es"), found.told_in("fr")
    assert (spanish.title, spanish.scenes[0].told[0].who) == ("Un depósito pequeño", "El guardia")
    assert (spanish.key["A-1"].why, spanish.key["A-1"].answer) == ("Un tramo es débil.", "partial")
    assert spanish.plan is not None
    assert [shape.label for shape in spanish.plan.shapes] == [None, "Almacén"]
    assert french == found.written


@pytest.mark.parametrize("name", scenarios.names())
def test_shipped_scenarios_are_whole_in_every_language(name: str) -> None:
    path = scenarios.find(name)
    found = scenarios.read(path)
    assert list(scenarios.untranslated(found, path)) == []
    for language in found.languages:
        told = found.told_in(language)
        assert told.plan is not None
        ElementTree.fromstring(svg(told.plan))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", scenarios.names())
def test_every_name_on_a_shipped_plan_stands_clear_of_the_others_and_on_the_drawing(name: str, language: str) -> None:
    plan = scenarios.read(scenarios.find(name)).told_in(language).plan
    assert plan is not None
    names = []
    for text in ElementTree.fromstring(svg(plan)).iter("{http://www.w3.org/2000/svg}text"):
        size = float(text.attrib["font-size"])
        wide = size / 2 * len(text.text or "")
        left = float(text.attrib["x"]) - (wide / 2 if "text-anchor" in text.attrib else 0)
        names.append((left, left + wide, float(text.attrib["y"]) - size, float(text.attrib["y"])))
    assert len(names) == 1 + sum(shape.label is not None for shape in plan.shapes)  # the scale has one
    assert all(left >= 0 and right <= plan.width for left, right, _top, _foot in names)
    for one, other in itertools.combinations(names, 2):
        apart = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]
        assert apart, (one, other)


def test_a_name_too_long_for_what_it_names_stands_beside_it_and_never_within_another(tmp_path: Path) -> None:
    text = SCENARIO.replace(
        "label: Store}",
        "label: The store of smoke}\n    - {id: b, kind: building, x: 40, y: 5, width: 59, height: 40, label: Yard}",
    )
    spanish = SPANISH.replace("labels: {store: Almacén}", "labels: {store: Almacén, b: Patio}")
    plan = scenarios.read(scenario_file(tmp_path, text, spanish), checklist(tmp_path)).written.plan
    assert plan is not None
    label = next(one for one in ElementTree.fromstring(svg(plan)).iter() if (one.text or "").startswith("The store"))
    assert float(label.attrib["x"]) < 40
    assert not 10 < float(label.attrib["y"]) < 20


def told(folder: Path, text: str = SCENARIO) -> ScenarioFile:
    return scenarios.read(scenario_file(folder, text), checklist(folder)).told_in("en")


def test_the_handout_tells_what_is_seen_and_never_the_key(tmp_path: Path) -> None:
    page = handout.page(checklist(tmp_path), "en", groups=4, marking="EXERCISE", scenario=told(tmp_path)).decode()
    assert "shut with a rope" in page
    assert "there are 4" in page
    assert page.count("EXERCISE") == 2
    assert '--date</span> <span class="word">2026-03-01</span>' in page
    for secret in ("A rope is no lock", "One stretch is weak", "Looking at the front"):
        assert secret not in page


def test_texts_in_the_handout_and_the_plan_are_data(tmp_path: Path) -> None:
    text = SCENARIO.replace("label: Store", 'label: "</text><script>"').replace(
        "title: A small depot", 'title: "<img src=x onerror=alert(1)>"'
    )
    with speaking("en"):
        page = handout.page(checklist(tmp_path), "en", groups=1, marking="<b>", scenario=told(tmp_path, text)).decode()
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>EX" not in page
    assert "&lt;script&gt;" in page
