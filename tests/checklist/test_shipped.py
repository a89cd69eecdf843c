"""The checklists that come with the program, held to their own rules."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from stockcheck.checklist import lint
from stockcheck.checklist.ids import NAME
from stockcheck.checklist.loading import compose
from stockcheck.checklist.model import DOMAINS, Checklist
from stockcheck.checklist.shipped import heads, shipped
from stockcheck.checklist.translation import in_language, shortcomings
from stockcheck.checklist.yamltext import read_file
from tests.checklist.test_headlines import EVERY_QUESTION, NAMES
from tests.volume import long, some

HEADS = heads(shipped())
SECTIONS = sorted((shipped() / "sections").glob("*.yaml"))
each_checklist = pytest.mark.parametrize("path", HEADS, ids=lambda path: path.stem)


@cache
def loaded(path: Path) -> Checklist:
    return compose(path)[0]


def test_the_checklists_that_the_documentation_names_are_there() -> None:
    assert {path.stem for path in HEADS} >= {
        "ammunition",
        "depot",
        "firearms",
        "gender",
        "rapid",
        "tracing",
        "transfers",
    }


def test_four_checklists_have_every_section_and_question() -> None:
    paths = [path for path in HEADS if path.stem in EVERY_QUESTION]
    assert len(paths) == len(EVERY_QUESTION)
    for kind in ("sections", "questions"):
        every, theirs = ({one.id for path in those for one in getattr(loaded(path), kind)} for those in (HEADS, paths))
        assert theirs == every


@long
@some("names", [NAMES, EVERY_QUESTION], sample=[EVERY_QUESTION])
def test_the_lint_finds_no_fault_with_everything_on(names: list[str]) -> None:
    assert (shipped() / NAME).is_file(), "without a lock file no change of an id is noticed"
    looked = lint.looked_over([path for path in HEADS if path.stem in names], whole_folder=names is NAMES)
    assert [str(fault) for fault in (*looked.faults, *looked.warnings)] == []


def test_every_id_is_unique_across_all_sections() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in SECTIONS:
        for question in read_file(path).data["questions"]:
            places[str(question["id"])].append(path.name)
    assert {name: files for name, files in places.items() if len(files) > 1} == {}


def test_every_section_and_translation_is_used() -> None:
    used = {section.id for path in HEADS for section in loaded(path).sections}
    assert {path.stem for path in SECTIONS} == used
    for language in (shipped() / "translations").iterdir():
        assert {path.stem for path in language.glob("*.yaml")} == used | {path.stem for path in HEADS} | {"glossary"}


def test_every_domain_is_covered() -> None:
    assert {section.domain for path in HEADS for section in loaded(path).sections} == set(DOMAINS)


@each_checklist
def test_a_checklist_is_called_as_its_file_and_has_questions_at_every_level(path: Path) -> None:
    checklist = loaded(path)
    assert checklist.id == path.stem
    assert not checklist.levels or {question.level for question in checklist.questions if question.scored} == {
        level.level for level in checklist.levels
    }


@each_checklist
def test_every_question_can_be_understood_shown_and_acted_on(path: Path) -> None:
    checklist = loaded(path)
    for question in checklist.questions:
        assert question.help, question.id
        assert question.evidence, question.id
        assert question.remedy or not question.scored, question.id
        assert question.within is not None or not question.scored, question.id
        assert question.references, question.id
        assert all(checklist.cited(reference) for reference in question.references), question.id


@each_checklist
def test_every_listed_standard_is_cited(path: Path) -> None:
    checklist = loaded(path)
    cited = {checklist.cited(reference) for question in checklist.questions for reference in question.references}
    assert set(checklist.standards) - cited == set()


@each_checklist
def test_every_text_is_in_spanish_at_the_revision_of_its_source(path: Path) -> None:
    checklist = loaded(path)
    assert list(shortcomings(checklist, "es")) == []
    translation = checklist.translations["es"]
    rendered = {one.id: one for texts in translation.sections.values() for one in texts.questions}
    spanish = in_language(checklist, "es")
    for question in checklist.questions:
        assert rendered[question.id].revision == question.revision
        other = spanish.question[question.id]
        for key in ("text", "help", "evidence", "remedy"):
            text = getattr(question, key)
            assert (getattr(other, key) != text) or text is None, (question.id, key)


def test_every_question_of_the_rapid_one_can_be_answered_in_a_class_room() -> None:
    """From memory, and said to be so: whoever sits in a class room has seen nothing today."""
    english = loaded(shipped() / "rapid.yaml")
    spanish = in_language(english, "es")
    for question in english.questions:
        assert "not seen" in (question.classroom or ""), question.id
        assert "no visto" in (spanish.question[question.id].classroom or ""), question.id


@each_checklist
def test_full_credit_can_be_had_for_every_question(path: Path) -> None:
    for question in loaded(path).questions:
        worth = [option.credit or 0 for option in question.options.values()]
        match question.type:
            case "choice":
                assert max(worth) == 1, question.id
            case "several":
                assert sum(credit for credit in worth if credit > 0) >= 1, question.id
            case "number" | "date":
                assert max(band.credit for band in question.bands) == 1, question.id
