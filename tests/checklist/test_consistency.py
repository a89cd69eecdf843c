"""What must hold between the parts of a checklist: each broken rule is named, once, where it can be mended."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from stockcheck.checklist.consistency import is_sound
from stockcheck.checklist.model import Checklist
from tests.checklist.folder import HEAD, ONE, TWO, Folder

B2 = "{question: B-1, is: yes}"
USE = "{profile: kinds, has: rounds}"

#: File, what is changed in it (^ marks where the one fault should be placed), and what should be said of it.
CASES: dict[str, tuple[str, str, str, str]] = {
    "levels out of order": (
        HEAD,
        "standards:",
        "  - {level: ^4, title: Best, threshold: 1}\nstandards:",
        "levels[2].level: level-order number=3",
    ),
    "doubled profile field": (
        HEAD,
        "sections:",
        "  - {id: ^size, text: Or?}\nsections:",
        "profile[2].id: duplicate-field id=size",
    ),
    "profile option with credit": (
        HEAD,
        "{arms: Arms,",
        "{arms: {text: Arms, credit: ^1},",
        "profile[0].options.arms.credit: profile-credit",
    ),
    "profile choice without options": (
        HEAD,
        "{id: size, type: number, text: How",
        "^{id: size, type: choice, text: How",
        "profile[1]: missing-options type=choice",
    ),
    "reserved option": (
        ONE,
        "open: {text: Open",
        "unknown: ^{text: Open",
        "questions[1].options.unknown: reserved-option option=unknown",
    ),
    "reserved profile option": (
        HEAD,
        "rounds: Rounds}",
        "rounds: Rounds, na: ^None}",
        "profile[0].options.na: reserved-option option=na",
    ),
    "doubled id in a section": (ONE, "id: A-3", "id: ^A-2", "questions[2].id: duplicate-id id=A-2 section=one"),
    "doubled id across sections": (
        TWO,
        "- id: B-2",
        "- id: ^A-3",
        "questions[1].id: duplicate-id id=A-3 section=one",
    ),
    "level not in the list": (
        ONE,
        "    weight: 2\n    level: 2\n",
        "    level: ^3\n",
        "questions[2].level: unknown-level checklist=depot level=3 levels=1, 2",
    ),
    "unlisted standard": (
        ONE,
        '["DOC 1"]',
        '["DOC 1 §2", ^"DOC 11"]',
        "questions[0].references[1]: unlisted-standard checklist=depot nearest=DOC 1 reference=DOC 11",
    ),
    "choice without options": (
        TWO,
        "id: B-1\n    text: Is there a plan?",
        "^id: B-1\n    type: choice\n    text: What plan?",
        "questions[0]: missing-options type=choice",
    ),
    "control with options": (
        ONE,
        "text: Is the fence whole?",
        "text: Which?\n    options:\n      ^a: {text: A, credit: 1}",
        "questions[0].options: key-not-for-type key=options type=control types=choice, several",
    ),
    "option without credit": (
        ONE,
        "shut: {text: Shut, credit: 0.5}",
        "shut: ^Shut",
        "questions[1].options.shut: missing-credit",
    ),
    "negative credit of a choice": (
        ONE,
        "{text: Open, credit: 0}",
        "{text: Open, credit: ^-0.1}",
        "questions[1].options.open.credit: negative-credit",
    ),
    "date without bands": (
        TWO,
        "id: B-2\n    text: Is the plan practised?",
        "^id: B-2\n    type: date\n    text: When?",
        "questions[1]: missing-bands type=date",
    ),
    "bands of a text": (
        ONE,
        "type: text\n",
        "type: text\n    bands: ^[{credit: 1}]\n",
        "questions[5].bands: key-not-for-type key=bands type=text types=number, date",
    ),
    "impossible band": (
        ONE,
        "{at_most: 31, credit: 1}",
        "^{at_least: 32, at_most: 31, credit: 1}",
        "questions[4].bands[0]: bound-order high=at_most low=at_least",
    ),
    "critical text": (
        ONE,
        "type: text\n",
        "type: text\n    critical: ^true\n",
        "questions[5].critical: key-of-text key=critical",
    ),
    **{
        f"text with {key}": (
            ONE,
            "type: text\n",
            f"type: text\n    {key}: ^{value}\n    when: {{question: A-1, is: yes}}\n",
            f"questions[5].{key}: key-of-text key={key}",
        )
        for key, value in (("na", "false"), ("part_of", "A-1"), ("finding", "loss"))
    },
    "part of a later question": (
        ONE,
        "type: several\n",
        "type: several\n    when: {question: A-1, is: yes}\n    part_of: ^A-4\n",
        "questions[2].part_of: part-of-later id=A-4",
    ),
    "part of itself": (
        ONE,
        "type: several\n",
        "type: several\n    when: {question: A-1, is: yes}\n    part_of: ^A-3\n",
        "questions[2].part_of: part-of-later id=A-3",
    ),
    "part of nothing known": (
        TWO,
        B2,
        B2 + "\n    part_of: ^B-11",
        "questions[1].part_of: unknown-question id=B-11 nearest=B-1",
    ),
    "part of a text": (TWO, B2, B2 + "\n    part_of: ^A-6", "questions[1].part_of: part-of-text id=A-6"),
    "part without a condition": (
        ONE,
        "type: several\n",
        "type: several\n    part_of: ^A-1\n",
        "questions[2].part_of: part-without-condition id=A-1",
    ),
    "least of a choice": (
        HEAD,
        "{id: size, type: number,",
        "{id: size, type: number, least: ^1,",
        "profile[1].least: key-not-for-type key=least type=number types=several",
    ),
    "levels of two documents": (
        HEAD,
        "edition: 2nd}",
        "kind: levels-of}\n  DOC 2: {title: Another, kind: ^levels-of}",
        "standards.DOC 2.kind: levels-of-twice name=DOC 1",
    ),
    "condition on a later question": (
        TWO,
        "text: Is there a plan?",
        "text: Is there a plan?\n    when: {question: ^B-2, is: yes}",
        "questions[0].when.question: later-question id=B-2",
    ),
    "condition on itself": (TWO, B2, "{question: ^B-2, is: yes}", "questions[1].when.question: later-question id=B-2"),
    "condition on nothing known": (
        TWO,
        B2,
        "{question: ^B-11, is: yes}",
        "questions[1].when.question: unknown-question id=B-11 nearest=B-1",
    ),
    "condition on an unknown field": (
        HEAD,
        USE,
        "{profile: ^kind, has: rounds}",
        "sections[1].when.profile: unknown-field id=kind nearest=kinds",
    ),
    "question and field confused": (
        TWO,
        B2,
        "{profile: ^B-1, is: yes}",
        "questions[1].when.profile: unknown-field id=B-1 known=kinds, size",
    ),
    "unknown word": (
        TWO,
        B2,
        "{question: B-1, is: [yes, ^perhaps]}",
        "questions[1].when.is[1]: unknown-answer id=B-1 known=yes, partial, no word=perhaps",
    ),
    "lone unknown word": (
        TWO,
        B2,
        "{question: B-1, is: ^yess}",
        "questions[1].when.is[0]: unknown-answer id=B-1 nearest=yes word=yess",
    ),
    "condition on unknown": (
        TWO,
        B2,
        "{question: B-1, is: ^unknown}",
        "questions[1].when.is[0]: reserved-answer word=unknown",
    ),
    "bound of a choice": (
        TWO,
        B2,
        "{question: A-2, at_least: ^1}",
        "questions[1].when.at_least: test-not-for-type id=A-2 test=at_least tests=has, is type=choice",
    ),
    "has of a number": (
        TWO,
        B2,
        "{profile: size, has: ^3}",
        "questions[1].when.has: test-not-for-type id=size test=has tests=at_least, at_most, is type=number",
    ),
    "word for a number": (TWO, B2, "{profile: size, is: ^many}", "questions[1].when.is[0]: not-a-number"),
    "word for a date": (
        TWO,
        B2,
        "{question: A-5, is: ^2026-02-30}",
        "questions[1].when.is[0]: not-a-date",
    ),
    "no test": (
        TWO,
        B2,
        "^{question: B-1}",
        "questions[1].when: missing-test tests=has, is",
    ),
    "is and a bound": (TWO, B2, "^{profile: size, is: 3, at_least: 1}", "questions[1].when: is-not-alone"),
    "deep inside a condition": (
        TWO,
        B2,
        "{any: [{not: {all: [{question: B-1, is: ^yas}]}}]}",
        "questions[1].when.any[0].not.all[0].is[0]: unknown-answer id=B-1 nearest=yes word=yas",
    ),
    "replaces what is still there": (
        TWO,
        "    level: 2\n",
        "    level: 2\n    replaces: [OLD, ^A-1]\n",
        "questions[1].replaces[1]: still-there id=A-1",
    ),
    "replaces itself": (
        TWO,
        "    level: 2\n",
        "    level: 2\n    replaces: [^B-2]\n",
        "questions[1].replaces[0]: still-there id=B-2",
    ),
    "an option replaces one that is still there": (
        ONE,
        "shut: {text: Shut, credit: 0.5}",
        "shut: {text: Shut, credit: 0.5, replaces: [old, ^open]}",
        "questions[1].options.shut.replaces[1]: option-still-there id=open",
    ),
    "two options replace one": (
        ONE,
        "shut: {text: Shut, credit: 0.5}\n      open: {text: Open, credit: 0}",
        "shut: {text: Shut, credit: 0.5, replaces: [old]}\n      open: {text: Open, credit: 0, replaces: [^old]}",
        "questions[1].options.open.replaces[0]: option-replaced-twice id=old other=shut",
    ),
    "replaces what is replaced": (
        TWO,
        "weight: 4\n    remedy: Write one.\n  - id: B-2\n",
        "replaces: [OLD]\n  - id: B-2\n    replaces: [^OLD]\n",
        "questions[1].replaces[0]: replaced-twice id=OLD other=B-1",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_broken_rule_is_named_where_it_can_be_mended(folder: Folder, name: str) -> None:
    file, old, new, said = CASES[name]
    place = folder.change(file, (old, new)).marked(file)
    faults = folder.faults()
    assert len(faults) == 1, faults
    assert faults[0].startswith(f"{place}: {said}") or (faults[0].startswith(place) and said in faults[0])


def test_a_sound_checklist_has_no_fault(folder: Folder) -> None:
    assert folder.faults() == []
    assert is_sound(folder.checklist())


def test_every_new_key_in_its_place_is_sound(folder: Folder) -> None:
    folder.change(HEAD, ("{id: kinds, type: several,", "{id: kinds, type: several, least: 1,"))
    folder.change(HEAD, ("edition: 2nd}", "kind: levels-of}"), ("language: en", "language: en\nlicense: CC BY 4.0"))
    folder.change(HEAD, ("license: CC BY 4.0", "license: CC BY 4.0\nauthority: Ministry\nissued: 2026-01-31"))
    keys = "\n    part_of: B-1\n    na: false\n    finding: danger\n    within: 7\n    classroom: Tell how."
    folder.change(TWO, (B2, B2 + keys), ("critical: true", "critical: 0.5"))
    assert folder.faults() == []
    checklist = folder.checklist()
    assert is_sound(checklist)
    assert Checklist.model_validate_json(checklist.content) == checklist
    asked = checklist.question["B-2"]
    assert (asked.floor, asked.na, asked.part_of, asked.within) == (Fraction(1, 2), False, "B-1", 7)
    assert (checklist.license, checklist.authority, checklist.issued) == ("CC BY 4.0", "Ministry", "2026-01-31")
    assert checklist.rules == 2


def test_a_part_may_have_its_condition_from_its_section(folder: Folder) -> None:
    folder.change(HEAD, (f"when: {USE}", "when: {question: A-1, is: yes}"))
    folder.change(TWO, ("text: Is there a plan?", "text: Is there a plan?\n    part_of: A-1"))
    assert folder.faults() == []


def test_a_checklist_without_levels_does_not_ask_what_level_a_question_is_of(folder: Folder) -> None:
    levels = "levels:\n  - {level: 1, title: Basic, threshold: 0.80}\n  - {level: 2, title: Better, threshold: 0.80}\n"
    folder.change(HEAD, (levels, "levels: []\n"))
    assert folder.faults() == []  # A-3 and B-2 are of level 2
    assert is_sound(folder.checklist())


def test_a_checklist_says_whether_it_has_levels(folder: Folder) -> None:
    levels = "levels:\n  - {level: 1, title: Basic, threshold: 0.80}\n  - {level: 2, title: Better, threshold: 0.80}\n"
    folder.change(HEAD, (levels, ""))
    assert [fault.split(": ", 1)[1] for fault in folder.faults()] == ["missing-key key=levels"]


@pytest.mark.parametrize(("written", "kept"), [("true", True), ("1", True), ("1.0", True), ("0.5", Decimal("0.5"))])
def test_a_floor_of_one_is_what_true_says(folder: Folder, written: str, kept: object) -> None:
    folder.change(TWO, ("critical: true", f"critical: {written}"))
    assert folder.checklist().question["B-2"].critical == kept
    assert type(folder.checklist().question["B-2"].critical) is type(kept)


UNSOUND = {
    "doubled id": ("sections", 1, "questions", 0, "id", "A-1"),
    "unlisted level": ("sections", 0, "questions", 0, "level", 7),
    "unlisted standard": ("sections", 0, "questions", 0, "references", ["DOC 7"]),
    "later question": ("sections", 0, "questions", 0, "when", {"question": "B-1", "is": ["yes"]}),
    "unknown field": ("sections", 1, "when", {"profile": "x", "is": ["y"]}),
    "no options": ("sections", 0, "questions", 1, "options", {}),
    "no bands": ("sections", 0, "questions", 3, "bands", []),
    "doubled field": ("profile", 1, "id", "kinds"),
    "levels": ("levels", 1, "level", 5),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_a_checklist_carried_by_an_assessment_is_held_to_the_same_rules(folder: Folder, name: str) -> None:
    data = folder.checklist().model_dump(by_alias=True, exclude_defaults=True)
    *path, key, value = UNSOUND[name]
    part: Any = data
    for step in path:
        part = part[step]
        part = list(part) if isinstance(part, tuple) else part
    changed = _replaced(data, path, key, value)
    assert is_sound(Checklist.model_validate(data))
    assert not is_sound(Checklist.model_validate(changed))


def _replaced(data: object, path: list[object], key: object, value: object) -> object:
    """`data` with `value` under `key` at the end of `path`."""
    if not path:
        assert isinstance(data, dict)
        return {**data, key: value}
    step, *rest = path
    if isinstance(data, dict):
        return {**data, step: _replaced(data[step], rest, key, value)}
    assert isinstance(data, (list, tuple))
    return [_replaced(item, rest, key, value) if number == step else item for number, item in enumerate(data)]


def test_thresholds_and_credits_are_exact(folder: Folder) -> None:
    checklist = folder.checklist()
    assert checklist.levels[0].threshold == Decimal("0.80")
    assert checklist.question["A-3"].options["rust"].credit == Decimal("-0.5")
