"""The editorial rules: each fires on the text it is meant for, and none on a clean checklist."""

from __future__ import annotations

import pytest

from stockcheck.checklist.lint import LONGEST
from tests.checklist.clean import ES, ES_DEPOT, ES_GATES, ES_STOCK, GATES, HEAD, LONG, LONG_ES, S2, S2_REST, STOCK, WHEN
from tests.checklist.folder import Folder


def test_a_clean_checklist_has_no_fault(clean: Folder) -> None:
    assert clean.lint() == []


#: File, what is changed in it (^ marks where the one fault should be placed), and what should be said of it.
RULES: dict[str, tuple[str, str, str, str]] = {
    "and": (
        GATES,
        "text: Is the gate locked?",
        "text: ^Is the gate shut and locked?",
        "questions[0].text: joined-controls about=G-1 word=and",
    ),
    "or": (
        GATES,
        "text: Is the gate locked?",
        "text: ^Is the gate locked OR watched?",
        "questions[0].text: joined-controls about=G-1 word=OR",
    ),
    "and/or": (
        GATES,
        "text: Is the gate locked?",
        "text: ^Is the gate locked and/or watched?",
        "questions[0].text: joined-controls about=G-1 word=and",
    ),
    **{
        f"long {key}": (
            GATES,
            old,
            f"^{LONG[key]}z",
            f"long-text about=G-1 key={key} length={LONGEST[key] + 1} limit={LONGEST[key]}",
        )
        for key, old in zip(
            LONGEST, ("Is the gate locked?", "Try it.", "Tell how it is shut.", "Lock seen.", "Lock it."), strict=True
        )
    },
    "another time than the remedy's": (
        GATES,
        "remedy: Lock it.",
        "remedy: Lock it today.\n    within: ^30",
        "questions[0].within: within-disagrees about=G-1 days=30",
    ),
    "left classroom": (
        ES_GATES,
        "Cuente cómo se cierra.",
        "^Cuente which lock.",
        "questions[0].classroom: source-word about=G-1 word=which",
    ),
    "impossible condition": (
        GATES,
        WHEN,
        "when: ^{all: [{question: G-1, is: yes}, {question: G-1, is: no}]}",
        "questions[1].when: never-holds about=G-2",
    ),
    "impossible bounds": (
        GATES,
        WHEN,
        "when: ^{profile: size, at_least: 3, at_most: 2}",
        "questions[1].when: never-holds about=G-2",
    ),
    "impossible with its section": (
        STOCK,
        S2,
        S2 + "    when: ^{not: {profile: kinds, has: arms}}\n",
        "questions[1].when: never-holds-in-section about=S-2",
    ),
    "impossible by what it reads": (
        STOCK,
        S2,
        S2 + "    when: ^{all: [{question: G-1, is: no}, {question: G-2, is: one}]}\n",
        "questions[1].when: never-holds about=S-2",
    ),
    "impossible section": (
        HEAD,
        "{use: stock, when: {profile: kinds, has: arms}}",
        "^{use: stock, when: {all: [{profile: night, is: yes}, {profile: night, is: no}]}}",
        "sections[1]: section-never-applies section=stock",
    ),
    "left text": (
        ES_GATES,
        "¿Está cerrado el portón?",
        "^Is el portón locked?",
        "questions[0].text: source-word about=G-1 word=Is",
    ),
    "left help": (ES_GATES, "Pruébelo.", "^Pruébelo with care.", "questions[0].help: source-word about=G-1 word=with"),
    "left noun": (
        ES_STOCK,
        "evidence: Hoja de conteo., remedy",
        "evidence: ^Hoja del ledger., remedy",
        "questions[0].evidence: source-word about=S-1 word=ledger",
    ),
    "left option": (
        ES_GATES,
        "one: Solo el encargado",
        "one: ^El encargado and nadie",
        "questions[1].options.one: source-word about=G-2 word=and",
    ),
    "left profile option": (
        ES_DEPOT,
        "arms: Armas pequeñas",
        "arms: ^Weapons",
        "profile[0].options.arms: source-word about=kinds word=Weapons",
    ),
    "left section title": (
        ES_GATES,
        "title: Los portones",
        "title: ^The gates",
        "title: source-text",
    ),
    "left checklist title": (
        ES_DEPOT,
        "title: Lista del depósito",
        "title: ^Depot checklist",
        "title: source-text",
    ),
    "left standard": (
        ES_DEPOT,
        "DOC 1: Reglas para depósitos",
        "DOC 1: ^Rules for depots",
        "standards.DOC 1: source-text",
    ),
    "left word in a standard": (
        ES_DEPOT,
        "DOC 1: Reglas para depósitos",
        "DOC 1: ^Reglas for the depósitos",
        "standards.DOC 1: source-word word=the",
    ),
    "left level": (ES_DEPOT, "1: Básico", "1: ^Without nada", "levels.1: source-word word=Without"),
    "same text": (
        ES_GATES,
        "evidence: Candado visto.",
        "evidence: ^Lock seen.",
        "questions[0].evidence: source-text about=G-1",
    ),
    "same option": (
        ES_DEPOT,
        "arms: Armas pequeñas",
        "arms: ^Small arms",
        "profile[0].options.arms: source-text about=kinds",
    ),
    "same profile text": (
        ES_DEPOT,
        "¿Cuántos edificios hay aquí?",
        "^How many buildings stand here?",
        "profile[2].text: source-text about=size",
    ),
    "options that read alike": (
        GATES,
        "many: {text: Manual, credit: 0}",
        "many: ^{text: the  Storekeeper alone, credit: 0}",
        "questions[1].options.many: same-option-text about=G-2 first=one second=many",
    ),
    "profile options that read alike": (
        HEAD,
        "{yes: Yes, no: No}",
        "{yes: Yes, no: No, perhaps: ^YES}",
        "profile[1].options.perhaps: same-option-text about=night first=yes second=perhaps",
    ),
    "translated options that read alike": (
        ES_GATES,
        "many: Manual",
        "many: ^Solo el Encargado",
        "questions[1].options.many: same-option-text about=G-2 first=one second=many",
    ),
    "option ids that differ by case": (
        GATES,
        "      many: {",
        "      ONE: ^{text: The guard, credit: 0}\n      many: {",
        "questions[1].options.ONE: same-but-case about=G-2 first=one second=ONE",
    ),
    "an option id that differs by case from what every question takes": (
        GATES,
        "      many: {",
        "      Unknown: ^{text: Nobody can tell, credit: 0}\n      many: {",
        "questions[1].options.Unknown: same-but-case about=G-2 first=unknown second=Unknown",
    ),
    "question ids that differ by case": (
        STOCK,
        S2,
        S2.replace("S-2", "^s-1") + S2_REST + S2,
        "questions[1].id: same-but-case first=S-1 second=s-1",
    ),
    "profile ids that differ by case": (
        HEAD,
        "  - {id: size",
        "  - {id: ^Night, type: text, text: Who guards it?}\n  - {id: size",
        "profile[2].id: same-but-case first=night second=Night",
    ),
    **{
        f"long Spanish {key}": (
            ES_GATES,
            old,
            f"^{LONG_ES[key]}z",
            f"long-text about=G-1 key={key} length={len(LONG_ES[key]) + 1}",
        )
        for key, old in zip(
            LONGEST,
            ("¿Está cerrado el portón?", "Pruébelo.", "Cuente cómo se cierra.", "Candado visto.", "Ciérrelo."),
            strict=True,
        )
    },
}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("    help: Try it.\n", "questions[0].help: missing-text about=G-1 key=help"),
        ("    evidence: Lock seen.\n", "questions[0].evidence: missing-text about=G-1 key=evidence"),
        ("    remedy: Lock it.\n", "questions[0].remedy: missing-text about=G-1 key=remedy"),
        ('    references: ["DOC 1 §2"]\n', "questions[0].references: missing-reference about=G-1"),
    ],
)
def test_what_an_official_cannot_do_without_is_missed(clean: Folder, line: str, code: str) -> None:
    (fault,) = clean.change(GATES, (line, "")).lint()
    assert fault.startswith(f"{GATES}:5:5: ")
    assert fault.endswith(code)


def test_a_level_that_no_question_belongs_to_is_named(clean: Folder) -> None:
    assert clean.change(STOCK, ("    level: 2\n", "")).lint() == [f"{HEAD}:7:5: levels[1]: empty-level"]


@pytest.mark.parametrize("name", RULES)
def test_a_rule_fires_where_the_text_breaks_it(clean: Folder, name: str) -> None:
    file, old, new, said = RULES[name]
    place = clean.change(file, (old, new)).marked(file)
    # What is added is not translated either; that is another fault.
    (fault,) = [one for one in clean.lint() if not one.startswith(f"{ES}/") or file.startswith(ES)]
    assert fault.startswith(f"{place}: ")
    assert said in fault


@pytest.mark.parametrize(
    "when",
    [
        "{question: G-1, is: [yes, partial]}",
        "{question: G-1, is: yes}",
        "{all: [{question: G-1, is: partial}, {profile: kinds, has: arms}]}",
    ],
)
def test_what_is_asked_only_after_a_yes_should_be_part_of_it(clean: Folder, when: str) -> None:
    clean.change(GATES, ("    part_of: G-1\n    " + WHEN, f"    when: {when}"))
    assert clean.lint() == [f"{GATES}:12:5: questions[1]: part-of-proposed about=G-2 parent=G-1"]


def test_a_section_that_applies_only_after_a_yes_should_be_part_of_it_as_well(clean: Folder) -> None:
    clean.change(HEAD, ("when: {profile: kinds, has: arms}", "when: {question: G-1, is: yes}"))
    # S-2 is free text, and is never scored.
    assert clean.lint() == [f"{STOCK}:5:5: questions[0]: part-of-proposed about=S-1 parent=G-1"]
