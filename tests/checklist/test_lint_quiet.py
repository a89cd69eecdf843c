"""What no editorial rule fires on, and what the lint says of several checklists together."""

from __future__ import annotations

from pathlib import Path

import pytest

from stockcheck.checklist import lint
from tests.checklist.clean import ES, ES_DEPOT, ES_GATES, ES_STOCK, FILES, GATES, HEAD, LONG, LONG_ES, S2, STOCK, WHEN
from tests.checklist.folder import Folder

SOUND: dict[str, tuple[str, str, str]] = {
    "joined for a reason": (
        GATES,
        "text: Is the gate locked?",
        "joins: One lock does both.\n    text: Is it shut and locked?",
    ),
    "part of one of two": (
        GATES,
        WHEN,
        "when: {any: [{question: G-1, is: yes}, {profile: kinds, has: arms}]}",
    ),
    "a condition that asks for no": (
        GATES,
        "part_of: G-1\n    when: {question: G-1, is: [yes, partial]}",
        "when: {question: G-1, is: [partial, no]}",
    ),
    "a condition that asks for anything but yes": (
        GATES,
        "part_of: G-1\n    when: {question: G-1, is: [yes, partial]}",
        "when: {not: {question: G-1, is: yes}}",
    ),
    "the remedy's time": (GATES, "remedy: Lock it.", "remedy: Lock it within two weeks.\n    within: 30"),
    "a remedy without a time": (GATES, "remedy: Lock it.", "remedy: Lock it.\n    within: 365"),
    "and inside a word": (GATES, "text: Is the gate locked?", "text: Is the sandbag store on land in order?"),
    "as long as may be": (GATES, "text: Is the gate locked?", f"text: {LONG['text']}"),
    "as long in Spanish": (ES_GATES, "¿Está cerrado el portón?", LONG_ES["text"]),
    "two ticks of several": (GATES, WHEN, "when: {all: [{profile: kinds, has: arms}, {profile: kinds, has: rounds}]}"),
    "one tick of several": (
        GATES,
        WHEN,
        "when: {all: [{profile: kinds, has: arms}, {not: {profile: kinds, has: rounds}}]}",
    ),
    "none of several": (GATES, WHEN, "when: {not: {profile: kinds, has: [arms, rounds]}}"),
    "between two numbers": (
        GATES,
        WHEN,
        "when: {all: [{not: {profile: size, at_most: 3}}, {not: {profile: size, at_least: 4}}]}",
    ),
    "a number and a bound": (
        GATES,
        WHEN,
        "when: {any: [{profile: size, is: 3}, {profile: size, at_least: 10}, {profile: size, is: 2.5}]}",
    ),
    "not applicable": (STOCK, S2, S2 + "    when: {not: {question: G-1, is: [yes, partial, no]}}\n"),
    "the same name": (ES_GATES, "one: Solo el encargado", "one: Small Arms Survey"),
    "words of other languages": (
        ES_GATES,
        "Pruébelo.",
        "Es in situ, on, as, do, no, a, me, son, once, red, pie, sin, real, total, legal.",
    ),
}


@pytest.mark.parametrize("name", SOUND)
def test_no_rule_fires_without_reason(clean: Folder, name: str) -> None:
    file, old, new = SOUND[name]
    assert clean.change(file, (old, new)).lint() == []


def test_free_text_needs_no_remedy(clean: Folder) -> None:
    assert "remedy" not in FILES[STOCK].split("S-2")[1]
    assert clean.lint() == []


def test_a_section_that_can_never_apply_is_named_once_and_not_its_questions(clean: Folder) -> None:
    clean.change(STOCK, (S2, S2 + "    when: {profile: kinds, has: arms}\n"))
    clean.change(HEAD, ("when: {profile: kinds, has: arms}", "when: {profile: size, at_least: 2, at_most: 1}"))
    assert len(clean.lint()) == 1


def test_what_is_not_translated_is_named(clean: Folder) -> None:
    (clean.path / ES / "gates.yaml").unlink()
    clean.change(ES_STOCK, (", remedy: Ordene un conteo.", ""))
    assert sorted(clean.lint()) == [
        f"{ES}/gates.yaml: section-untranslated",
        f"{ES}/stock.yaml: text-untranslated about=S-1 key=remedy",
    ]


def test_other_source_languages_are_not_taken_for_english(clean: Folder) -> None:
    clean.change(HEAD, ("language: en", "language: fr"))
    clean.change(GATES, ("Is the gate locked?", "La porte est-elle fermée and or?"))
    clean.change(ES_GATES, ("Pruébelo.", "The of is."))
    assert clean.lint() == []


def test_an_id_that_two_checklists_use_for_different_questions_is_named(clean: Folder) -> None:
    clean.write("sections/other.yaml", FILES[STOCK].replace("id: stock", "id: other").replace("S-2", "O-2"))
    clean.write(f"{ES}/other.yaml", FILES[ES_STOCK].replace("id: stock", "id: other").replace("S-2", "O-2"))
    clean.write(f"{ES}/second.yaml", FILES[ES_DEPOT].replace("id: depot", "id: second"))
    second = FILES[HEAD].replace("use: stock", "use: other").replace("id: depot", "id: second")
    clean.write("second.yaml", second)
    paths = [clean.path / "depot.yaml", clean.path / "second.yaml"]
    assert clean.told(lint.faults(paths)) == [
        "sections/other.yaml:5:9: questions[0].id: duplicate-id id=S-1 section=stock"
    ]
    clean.write("second.yaml", second.replace("use: other", "use: stock"))
    assert lint.faults(paths) == [], "a section may be shared"


def test_faults_that_hinder_reading_come_with_those_of_the_checklists_that_can_be_read(clean: Folder) -> None:
    clean.write("broken.yaml", "id: [\n").change(GATES, ("    help: Try it.\n", ""))
    found = clean.told(lint.faults([clean.path / "broken.yaml", clean.head]))
    assert [one.split(":")[0] for one in found] == ["broken.yaml", GATES]


def test_a_shared_fault_is_named_once(clean: Folder, tmp_path: Path) -> None:
    clean.change(GATES, ("    help: Try it.\n", ""))
    assert len(lint.faults([clean.head, clean.head])) == 1
