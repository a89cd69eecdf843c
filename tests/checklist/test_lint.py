"""The editorial rules: each fires on the text it is meant for, and none on a clean checklist."""

from __future__ import annotations

from pathlib import Path

import pytest

from stockcheck.checklist import lint
from stockcheck.checklist.lint import LONGEST, STRETCH
from tests.checklist.folder import Folder

HEAD = "depot.yaml"
GATES = "sections/gates.yaml"
STOCK = "sections/stock.yaml"
ES = "translations/es"
ES_DEPOT, ES_GATES, ES_STOCK = (f"{ES}/{name}.yaml" for name in ("depot", "gates", "stock"))

#: Parts of the files below that many a test changes.
WHEN = "when: {question: G-1, is: [yes, partial]}"
S2 = "  - id: S-2\n    type: text\n"
S2_REST = "    text: What else?\n    help: Ask.\n    evidence: Notes.\n    references: [DOC 2]\n"

FILES = {
    HEAD: """\
id: depot
version: "1.0"
language: en
title: Depot checklist
levels:
  - {level: 1, title: Basic, threshold: 0.80}
  - {level: 2, title: Total, threshold: 0.80}
standards:
  DOC 1: {title: Rules for depots}
  DOC 2: {title: Small Arms Survey}
profile:
  - {id: kinds, type: several, text: What is held?, help: Tick each., options: {arms: Small arms, rounds: Loose rounds}}
  - {id: night, type: choice, text: Is there a night guard?, options: {yes: Yes, no: No}}
  - {id: size, type: number, text: How many buildings stand here?}
sections:
  - gates
  - {use: stock, when: {profile: kinds, has: arms}}
""",
    GATES: """\
id: gates
title: The gates
domain: physical-security
questions:
  - id: G-1
    text: Is the gate locked?
    help: Try it.
    classroom: Tell how it is shut.
    evidence: Lock seen.
    remedy: Lock it.
    references: ["DOC 1 §2"]
  - id: G-2
    type: choice
    text: Who holds the keys?
    help: Ask.
    evidence: Key list.
    remedy: Name a holder.
    references: ["DOC 1"]
    options:
      one: {text: The storekeeper alone, credit: 1}
      many: {text: Manual, credit: 0}
    part_of: G-1
    when: {question: G-1, is: [yes, partial]}
""",
    STOCK: """\
id: stock
title: Stock
domain: inventory
questions:
  - id: S-1
    text: Does the count match?
    help: Count it.
    evidence: Count sheet.
    remedy: Order a count.
    level: 2
    references: ["DOC 2"]
  - id: S-2
    type: text
    text: What is missing?
    help: Write it down.
    evidence: Count sheet.
    references: ["DOC 2"]
""",
    ES_DEPOT: """\
id: depot
language: es
title: Lista del depósito
levels: {1: Básico, 2: Total}
standards: {DOC 1: Reglas para depósitos, DOC 2: Small Arms Survey}
profile:
  - id: kinds
    text: ¿Qué se guarda?
    help: Marque cada uno.
    options: {arms: Armas pequeñas, rounds: Tiros sueltos}
  - {id: night, text: ¿Hay guardia nocturna?, options: {yes: Sí, no: No}}
  - {id: size, text: ¿Cuántos edificios hay aquí?}
""",
    ES_GATES: """\
id: gates
language: es
title: Los portones
questions:
  - id: G-1
    text: ¿Está cerrado el portón?
    help: Pruébelo.
    classroom: Cuente cómo se cierra.
    evidence: Candado visto.
    remedy: Ciérrelo.
  - id: G-2
    text: ¿Quién tiene las llaves?
    help: Pregunte.
    evidence: Lista de llaves.
    remedy: Nombre un responsable.
    options: {one: Solo el encargado, many: Manual}
""",
    ES_STOCK: """\
id: stock
language: es
title: Existencias
questions:
  - {id: S-1, text: ¿Coincide el conteo?, help: Cuéntelo., evidence: Hoja de conteo., remedy: Ordene un conteo.}
  - {id: S-2, text: ¿Qué falta?, help: Anótelo., evidence: Hoja de conteo.}
""",
}


@pytest.fixture
def clean(folder: Folder) -> Folder:
    """A checklist and its translation that no rule finds fault with."""
    for name in ("one", "two"):
        (folder.path / f"sections/{name}.yaml").unlink()
    for name, text in FILES.items():
        folder.write(name, text)
    return folder


def test_a_clean_checklist_has_no_fault(clean: Folder) -> None:
    assert clean.lint() == []


LONG = {key: "x" * (longest - 2) + " y" for key, longest in LONGEST.items()}
LONG_ES = {key: "x" * (int(longest * STRETCH) - 2) + " y" for key, longest in LONGEST.items()}

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
