"""Where a fault between the parts of a checklist is placed, and of what nothing more is said beside it."""

from __future__ import annotations

import pytest

from tests.checklist.folder import HEAD, ONE, TWO, Folder
from tests.checklist.test_consistency import B2, USE


def test_both_conditions_of_a_section_are_checked_each_in_its_file(folder: Folder) -> None:
    three = "when: {all: [{profile: size, is: ^x}, {profile: size, is: 1}, {profile: size, is: 2}]}\n"
    folder.write(TWO, (folder.path / TWO).read_text() + three).change(HEAD, ("has: rounds", "has: ^round"))
    head, section = folder.marked(HEAD), folder.marked(TWO)
    assert folder.faults() == [
        f"{head}: sections[1].when.has[0]: unknown-answer id=kinds nearest=rounds word=round",
        f"{section}: when.all[0].is[0]: not-a-number",
    ]


@pytest.mark.parametrize(
    ("head", "section", "where"),
    [
        ("when: CONDITION", "", HEAD),
        ("only: [B-1]", "when: CONDITION\n", TWO),
    ],
)
def test_a_condition_at_fault_is_placed_where_it_is_written(
    folder: Folder, head: str, section: str, where: str
) -> None:
    wrong = "{profile: size, is: x}"
    folder.change(HEAD, (f"when: {USE}", head.replace("CONDITION", wrong)))
    folder.write(TWO, (folder.path / TWO).read_text() + section.replace("CONDITION", wrong))
    faults = folder.faults()
    assert faults
    assert all(fault.startswith(where) and fault.endswith(": not-a-number") for fault in faults)


@pytest.mark.parametrize(("head", "section"), [("when: ", ""), ("only: [B-1]", "when:\n")])
def test_a_condition_begun_and_not_finished_is_a_fault(folder: Folder, head: str, section: str) -> None:
    folder.change(HEAD, (f"when: {USE}", head))
    folder.write(TWO, (folder.path / TWO).read_text() + section)
    assert [fault.split("when: ")[-1] for fault in folder.faults()] == ["empty"]


def test_a_list_is_not_called_empty_for_what_is_at_fault_in_it(folder: Folder) -> None:
    folder.write(TWO, "id: two\ntitle: Two\ndomain: storage\nquestions:\n  - {id: B-1, text: A?, weight: 9}\n")
    assert [fault for fault in folder.faults() if "empty" in fault] == []


@pytest.mark.parametrize("credit", ["0_1", "0_.5", "١"])
def test_what_yaml_takes_for_a_word_is_no_number(folder: Folder, credit: str) -> None:
    folder.change(ONE, ("shut: {text: Shut, credit: 0.5}", f"shut: {{text: Shut, credit: {credit}}}"))
    assert any("credit: not-a-number" in fault for fault in folder.faults())


def test_faults_are_placed_right_behind_an_item_that_is_left_out(folder: Folder) -> None:
    folder.change(
        HEAD,
        ("profile:\n", "profile:\n  - {id: broken}\n"),
        ("How many buildings?", "How many?, options: {a: B}"),
        ("  - one\n", "  - ../one\n  - missing\n  - one\n"),
        ("has: rounds", "has: round"),
    )
    folder.change(
        ONE,
        ("  - id: A-1\n", "  - id: A-2\n    text:\n  - id: A-1\n"),
        ("shut: {text: Shut, credit: 0.5}", "shut: Shut"),
    )
    assert folder.faults() == [
        f"{HEAD}:11:5: profile[0]: missing-key key=text",
        f"{HEAD}:13:56: profile[2].options: key-not-for-type key=options type=number types=choice, several",
        f"{HEAD}:15:5: sections[0].use: not-a-word",
        f"{HEAD}:16:5: sections[1]: missing-section section=missing",
        f"{HEAD}:18:44: sections[3].when.has[0]: unknown-answer id=kinds nearest=rounds word=round",
        f"{ONE}:6:10: questions[0].text: not-a-text",
        f"{ONE}:20:13: questions[2].options.shut: missing-credit",
    ]


def test_both_of_two_questions_with_one_id_are_checked_in_their_places(folder: Folder) -> None:
    folder.change(ONE, ("id: A-2", "id: A-4"), ("shut: {text: Shut, credit: 0.5}", "shut: Shut"))
    assert [fault.split(" ")[0:2] for fault in folder.faults()] == [
        [f"{ONE}:18:13:", "questions[1].options.shut:"],
        [f"{ONE}:31:9:", "questions[3].id:"],
    ]


def test_nothing_is_said_of_what_reads_a_question_that_is_itself_at_fault(folder: Folder) -> None:
    folder.change(ONE, ("weight: 5", "weight: 50"))
    assert folder.faults() == [f"{ONE}:10:13: questions[0].weight: too-great most=5"]


@pytest.mark.parametrize("text", ["id: one\ntitle: [\n", "- one\n", "id: one\n"])
def test_nothing_is_said_of_what_reads_a_section_that_cannot_be_read(folder: Folder, text: str) -> None:
    folder.change(TWO, (B2, "{question: A-1, is: yes}")).write(ONE, text)
    assert all(fault.startswith(ONE) for fault in folder.faults())
