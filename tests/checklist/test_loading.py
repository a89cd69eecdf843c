"""Reading checklists: what they become, and every fault of every file in one go."""

from __future__ import annotations

from pathlib import Path

from stockcheck.checklist.conditions import ProfileIs, QuestionIs
from stockcheck.checklist.model import Checklist
from tests.checklist.folder import HEAD, ONE, TWO, Folder

# What a checklist becomes


def test_a_checklist_is_composed_in_the_order_it_is_written(folder: Folder) -> None:
    checklist, composition = folder.compose()
    assert [question.id for question in checklist.questions] == ["A-1", "A-2", "A-3", "A-4", "A-5", "A-6", "B-1", "B-2"]
    assert checklist.section_of["B-1"].id == "two"
    assert checklist.sections[1].when is not None
    assert checklist.standards["DOC 1"].edition == "2nd"
    assert composition.sections["one"].values["questions", 1, "options", "shut", "credit"] == (18, 34)
    defaults = checklist.question["B-1"]
    assert (defaults.level, defaults.effort, defaults.revision, defaults.critical) == (1, 2, 1, False)


def test_the_same_files_make_the_same_checklist_and_a_changed_credit_another(folder: Folder) -> None:
    before = folder.checklist()
    assert folder.checklist().digest == before.digest
    assert Checklist.model_validate_json(before.content) == before
    assert Checklist.model_validate_json(before.content).digest == before.digest
    folder.change(ONE, ("credit: -0.5", "credit: -0.51"))
    assert folder.checklist().digest != before.digest


def test_options_may_be_a_list_that_says_the_same(folder: Folder) -> None:
    before = folder.checklist().question["A-2"]
    folder.change(
        ONE,
        ("locked: {text: L", "- {id: locked, text: L"),
        ("shut: {text: S", "- {id: shut, text: S"),
        ("open: {text: O", "- {id: open, text: O"),
    )
    assert folder.checklist().question["A-2"] == before


def test_words_that_look_like_booleans_and_numbers_may_be_ids(folder: Folder) -> None:
    folder.change(ONE, ("locked: {", "yes: {"), ("shut: {", "true: {"), ("open: {", "1: {"))
    folder.change(ONE, ("- id: A-4", "- id: true"), ("is: [yes, partial]", "is: no"))
    checklist = folder.change(TWO, ("{question: B-1, is: yes}", "{question: A-2, is: [true, 1]}")).checklist()
    assert checklist.question["A-2"].words == ("yes", "true", "1")
    assert "true" in checklist.question


def test_a_word_that_looks_like_a_number_is_taken_as_it_is_spelt(folder: Folder) -> None:
    folder.change(HEAD, ('version: "1.0"', "version: 1.10"), ("size, type: number", "007, type: number"))
    folder.change(ONE, ("- id: A-1", "- id: 010"), ("{question: A-1, is: [yes, partial]}", "{question: 010, is: yes}"))
    folder.change(ONE, ("locked: {", "01: {"), ("shut: {", "1: {"), ("open: {", "1e3: {"))
    folder.change(TWO, ("- id: B-1", "- id: 10"), ("{question: B-1, is: yes}", "{question: A-2, is: [01, 1e3]}"))
    folder.change(TWO, ("    level: 2\n", "    level: 2\n    replaces: [0010, 1.0]\n"))
    folder.change(
        HEAD,
        ("  - one\n", "  - {use: one, only: [010, A-2]}\n"),
        ("{profile: kinds, has: rounds}", "{profile: 007, is: 03}"),
    )
    checklist = folder.checklist()
    assert checklist.version == "1.10"
    assert list(checklist.field) == ["kinds", "007"]
    assert list(checklist.question) == ["010", "A-2", "10", "B-2"]
    assert checklist.question["B-2"].replaces == ("0010", "1.0")
    assert checklist.question["B-2"].when == QuestionIs(question="A-2", **{"is": ("01", "1e3")})
    assert checklist.sections[1].when == ProfileIs(profile="007", **{"is": ("03",)})


def test_a_section_is_found_by_a_symbolic_link(folder: Folder, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.yaml"
    (folder.path / ONE).rename(target)
    (folder.path / ONE).symlink_to(target)
    assert folder.faults() == []


def test_a_checklist_may_use_some_of_a_sections_questions(folder: Folder) -> None:
    folder.change(HEAD, ("  - one\n", "  - {use: one, only: [A-5, A-1]}\n"))
    assert [question.id for question in folder.checklist().sections[0].questions] == ["A-1", "A-5"]
    folder.change(HEAD, ("only: [A-5, A-1]", "only: [A-5, A-11]"))
    (fault,) = folder.faults()
    assert fault == f"{HEAD}:14:28: sections[0].only[1]: not-in-section nearest=A-1 question=A-11 section=one"


def test_faults_of_a_section_used_in_part_are_placed_in_its_file(folder: Folder) -> None:
    folder.change(HEAD, ("  - one\n", "  - {use: one, only: [A-2, A-5]}\n"))
    folder.change(ONE, ("{at_most: 31, credit: 1}", "^{at_least: 32, at_most: 31, credit: 1}"))
    place = folder.marked(ONE)
    assert [fault for fault in folder.faults() if fault.startswith(place)] == [
        f"{place}: questions[4].bands[0]: bound-order high=at_most low=at_least"
    ]
    assert f"{ONE}:21:22: questions[1].when.question: unknown-question id=A-1" in folder.faults()[0]


def test_what_is_asked_for_by_only_is_not_missed_when_it_is_at_fault_itself(folder: Folder) -> None:
    folder.change(HEAD, ("  - one\n", "  - {use: one, only: [A-1]}\n")).change(ONE, ("weight: 5", "weight: 50"))
    assert folder.faults() == [f"{ONE}:10:13: questions[0].weight: too-great most=5"]
