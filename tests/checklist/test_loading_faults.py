"""A file that cannot be read as a checklist: each fault with its place and what would be right, all in one go."""

from __future__ import annotations

import time

import pytest

from stockcheck.checklist.faults import ChecklistError
from stockcheck.checklist.loading import MAX_FAULTS, compose
from tests.checklist.folder import HEAD, ONE, TWO, Folder
from tests.depot import SECTION_ONE

WRONG: dict[str, tuple[str, str, str, str]] = {
    "misspelt key": (
        ONE,
        "weight: 5",
        "^wieght: 5",
        "questions[0].wieght: unknown-key key=wieght nearest=weight",
    ),
    "misspelt key of a band": (
        ONE,
        "{at_least: 4,",
        "{^atleast: 4,",
        "questions[3].bands[0].atleast: unknown-key key=atleast nearest=at_least",
    ),
    "misspelt key of an option": (
        ONE,
        "{text: Shut, credit",
        "{text: Shut, ^credits",
        "questions[1].options.shut.credits: unknown-key key=credits nearest=credit",
    ),
    "misspelt key of a condition": (
        TWO,
        "{question: B-1, is: yes}",
        "{question: B-1, ^iss: yes}",
        "questions[1].when.iss: unknown-key key=iss nearest=is",
    ),
    "misspelt key of a checklist": (
        HEAD,
        "standards:",
        "^standarts:",
        "standarts: unknown-key key=standarts nearest=standards",
    ),
    "misspelt key of a level": (
        HEAD,
        "title: Basic, threshold",
        "title: Basic, ^treshold",
        "levels[0].treshold: unknown-key key=treshold nearest=threshold",
    ),
    "misspelt key of a use": (
        HEAD,
        "{use: two, when:",
        "{use: two, ^wehn:",
        "sections[1].wehn: unknown-key key=wehn nearest=when",
    ),
    "unknown key far from any": (
        HEAD,
        "title: Small depot",
        "title: Small depot\n^zzzzzz: 1",
        "zzzzzz: unknown-key key=zzzzzz known=id, version, language, title, license, authority, issued, levels,",
    ),
    "missing key of a question": (
        TWO,
        "id: B-1\n    text: Is there a plan?",
        "^id: B-1",
        "questions[0]: missing-key key=text",
    ),
    "missing key of a checklist": (HEAD, 'id: depot\nversion: "1.0"', "^id: depot", "missing-key key=version"),
    "missing key of a level": (
        HEAD,
        "{level: 1, title: Basic, threshold: 0.80}",
        "^{level: 1, title: Basic}",
        "levels[0]: missing-key key=threshold",
    ),
    "number for text": (
        ONE,
        "text: Is the fence whole?",
        "text: ^12",
        "questions[0].text: not-a-text",
    ),
    "nothing for text": (ONE, "help: Walk it.", "help: ^''", "questions[0].help: empty"),
    "boolean for text": (HEAD, "title: Small depot", "title: ^true", "title: not-a-text"),
    "text for a number": (ONE, "weight: 5", "weight: ^five", "questions[0].weight: not-a-whole-number"),
    "decimal for a whole number": (ONE, "weight: 5", "weight: ^5.0", "questions[0].weight: not-a-whole-number"),
    "octal for a whole number": (ONE, "weight: 5", "weight: ^0o5", "questions[0].weight: not-a-whole-number"),
    "quoted whole number": (ONE, "weight: 5", "weight: ^'5'", "questions[0].weight: not-a-whole-number"),
    "word for a boolean": (ONE, "critical: true", "critical: ^yes", "questions[0].critical: not-a-floor"),
    "floor of nothing": (ONE, "critical: true", "critical: ^0", "questions[0].critical: not-a-floor"),
    "floor above one": (ONE, "critical: true", "critical: ^1.01", "questions[0].critical: not-a-floor"),
    "quoted na": (ONE, "weight: 5", 'na: ^"no"', "questions[0].na: not-a-boolean"),
    "no such finding": (ONE, "weight: 5", "finding: ^theft", "questions[0].finding: not-one-of names=loss, danger"),
    "no such time": (ONE, "weight: 5", "within: ^14", "questions[0].within: not-one-of names=0, 7, 30, 90, 365"),
    "false for a time": (ONE, "weight: 5", "within: ^false", "questions[0].within: not-one-of names=0, 7, 30, 90, 365"),
    "true for one": (
        HEAD,
        "- {id: kinds, type: several,",
        "- {id: kinds, type: several, least: ^true,",
        "profile[0].least: not-one-of names=1",
    ),
    "more than least": (
        HEAD,
        "- {id: kinds, type: several,",
        "- {id: kinds, type: several, least: ^2,",
        "profile[0].least: not-one-of names=1",
    ),
    "rules of the author's own": (
        HEAD,
        "language: en",
        "language: en\n^rules: 1",
        "rules: unknown-key key=rules",
    ),
    "too much weight": (ONE, "weight: 5", "weight: ^6", "questions[0].weight: too-great most=5"),
    "no weight": (ONE, "weight: 5", "weight: ^0", "questions[0].weight: too-small least=1"),
    "too much effort": (TWO, "weight: 4", "effort: ^4", "questions[0].effort: too-great most=3"),
    "credit above one": (
        ONE,
        "{text: Shut, credit: 0.5}",
        "{text: Shut, credit: ^1.01}",
        "questions[1].options.shut.credit: too-great most=1",
    ),
    "negative band credit": (
        ONE,
        "{at_least: 4, credit: 1}",
        "{at_least: 4, credit: ^-0.1}",
        "questions[3].bands[0].credit: too-small least=0",
    ),
    "infinite credit": (
        ONE,
        "{text: Shut, credit: 0.5}",
        "{text: Shut, credit: ^.inf}",
        "questions[1].options.shut.credit: not-a-number",
    ),
    "huge quoted exponent": (
        ONE,
        "{text: Shut, credit: 0.5}",
        "{text: Shut, credit: ^'1e99999999999999999999'}",
        "questions[1].options.shut.credit: not-a-number",
    ),
    "tiny quoted exponent": (
        ONE,
        "{text: Shut, credit: 0.5}",
        "{text: Shut, credit: ^'1e-999'}",
        "questions[1].options.shut.credit: long-number limit=40",
    ),
    "threshold above one": (
        HEAD,
        "title: Basic, threshold: 0.80",
        "title: Basic, threshold: ^80",
        "levels[0].threshold: too-great most=1",
    ),
    "unknown type": (
        ONE,
        "type: choice",
        "type: ^choise",
        "questions[1].type: not-one-of names=control, choice, several, number, date, text",
    ),
    "unknown domain": (
        ONE,
        "domain: storage",
        "domain: ^store",
        "domain: not-one-of names=physical-security, storage, inventory, management, transfer",
    ),
    "map for a list": (ONE, '["DOC 1"]', "^{DOC 1: yes}", "questions[0].references: not-a-list"),
    "word for a list": (ONE, '["DOC 1"]', "^DOC 1", "questions[0].references: not-a-list"),
    "list for a map": (
        HEAD,
        "DOC 1: {title: A document, edition: 2nd}",
        "DOC 1: ^[A document]",
        "standards.DOC 1: not-a-map",
    ),
    "word for a condition": (
        TWO,
        "{question: B-1, is: yes}",
        "^B-1 == yes",
        "questions[1].when: not-a-condition",
    ),
    "condition without a subject": (
        TWO,
        "{question: B-1, is: yes}",
        "^{is: yes}",
        "questions[1].when: not-a-condition",
    ),
    "empty condition": (TWO, "{question: B-1, is: yes}", "{all: ^[]}", "questions[1].when.all: empty"),
    "empty list of words": (
        TWO,
        "{question: B-1, is: yes}",
        "{question: B-1, is: ^[]}",
        "questions[1].when.is: empty",
    ),
    "id of two words": (
        TWO,
        "- id: B-1",
        "- id: ^B 1",
        "questions[0].id: not-a-word",
    ),
    "id too long": (TWO, "- id: B-1", f"- id: ^{'B' * 65}", "questions[0].id: too-long limit=64"),
    "option id of two words": (ONE, "      shut: {", "      ^shut it: {", "questions[1].options.shut it: not-a-word"),
    "text too long": (
        TWO,
        "text: Is there a plan?",
        f"text: ^{'x' * 4001}",
        "questions[0].text: too-long limit=4000",
    ),
    "text that steers a terminal": (
        TWO,
        "text: Is there a plan?",
        'text: ^"Is \\e[2J?"',
        "questions[0].text: invisible-character character=U+001B",
    ),
    "text that turns the reading order": (
        TWO,
        "text: Is there a plan?",
        'text: ^"Is \\u202E?"',
        "questions[0].text: invisible-character character=U+202E",
    ),
    "section missing": (
        HEAD,
        "  - one\n",
        "  - one\n  - ^three\n",
        "sections[1]: missing-section section=three",
    ),
    "section used twice": (
        HEAD,
        "  - one\n",
        "  - one\n  - ^{use: one, only: [A-1]}\n",
        "sections[1]: section-twice section=one",
    ),
    "section of another name": (TWO, "id: two", "id: ^tow", "id: id-not-file id=tow name=two"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_is_named_with_its_place_and_what_would_be_right(folder: Folder, name: str) -> None:
    file, old, new, said = WRONG[name]
    place = folder.change(file, (old, new)).marked(file)
    faults = folder.faults()
    assert [fault for fault in faults if fault.startswith(f"{place}: ") and said in fault], faults


@pytest.mark.parametrize("name", [HEAD, ONE, TWO])
@pytest.mark.parametrize("text", ["", "null\n", "12\n", "word\n", "[]\n", "- a\n", "{}\n", "[[]]\n", "sections: {}\n"])
def test_a_file_of_another_shape_is_named(folder: Folder, name: str, text: str) -> None:
    faults = folder.write(name, text).faults()
    assert faults
    assert all(fault.startswith(f"{name}:1:") for fault in faults)


def test_all_faults_of_all_files_come_in_one_go(folder: Folder) -> None:
    folder.write("translations/es/one.yaml", "id: one\nlanguage: es\n").write(TWO, "id: two\ntitle: [\n")
    folder.change(ONE, ("weight: 5", "wieght: 5"), ("shut: {text: Shut, credit: 0.5}", "shut: Shut"))
    folder.change(HEAD, ("type: number", "type: numbr"))
    assert [fault.split(": ")[0] for fault in folder.faults()] == [
        f"{HEAD}:12:22",
        f"{ONE}:10:5",
        f"{ONE}:18:13",
        f"{TWO}:3:1",
        "translations/es/one.yaml:1:1",
        "translations/es/one.yaml:1:1",
    ]


def test_sections_are_read_even_if_the_checklist_itself_cannot_be_used(folder: Folder) -> None:
    folder.change(HEAD, ("levels:", "lvels:"), ("  - one\n", f"  - one\n  - ../two\n  - [x]\n  - {'s' * 5000}\n"))
    folder.change(ONE, ("weight: 5", "weight: 50"))
    faults = folder.faults()
    assert f"{ONE}:10:13: questions[0].weight: too-great most=5" in faults
    assert f"{HEAD}:5:1: lvels: unknown-key key=lvels nearest=levels" in faults


def test_so_many_faults_that_nobody_would_read_them_end_early(folder: Folder) -> None:
    references = ", ".join(f"DOK {number}" for number in range(15_000))
    start = time.process_time()
    faults = folder.change(ONE, ('["DOC 1"]', f"[{references}]")).faults()
    assert len(faults) == MAX_FAULTS + 1
    assert any("too-many-faults limit=1000" in fault for fault in faults)
    folder.write(ONE, SECTION_ONE + "".join(f"    k{number}: 1\n" for number in range(9_000)))
    assert len(folder.faults()) == MAX_FAULTS + 1
    assert time.process_time() - start < 10


def test_what_a_file_says_cannot_steer_a_terminal_through_a_fault(folder: Folder) -> None:
    folder.change(ONE, ("weight: 5", '"\\e[2Jweight": 5'))
    folder.change(TWO, ("is: yes", 'is: ["\\e[31m\\r\\u202E", yes]'))
    faults = folder.faults()
    assert len(faults) == 2
    assert all(fault.isprintable() for fault in faults)


def test_a_section_called_as_the_checklist_is_refused_when_it_is_translated(folder: Folder) -> None:
    folder.change(HEAD, ("id: depot", "id: one"))
    assert folder.faults() == []
    folder.write("translations/es/one.yaml", "id: one\nlanguage: es\ntitle: Uno\n")
    (fault,) = folder.faults()
    assert fault.startswith(f"{HEAD}:14:5: sections[0]: section-like-checklist section=one")


def test_faults_come_sorted_by_file_and_line(folder: Folder) -> None:
    folder.change(ONE, ("weight: 4", "weight: 40"), ("weight: 5", "weight: 50")).change(TWO, ("weight: 4", "weight: 0"))
    with pytest.raises(ChecklistError) as caught:
        compose(folder.head)
    places = [(fault.file, fault.line) for fault in caught.value.faults]
    assert places == sorted(places)
    assert str(caught.value).count("\n") == 2
