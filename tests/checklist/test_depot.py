"""The checklist for a site with both: nothing of ammunition or firearms is missing, and nobody answers twice."""

from __future__ import annotations

from functools import cache

import pytest

from stockcheck.checklist.loading import compose
from stockcheck.checklist.model import Checklist
from stockcheck.checklist.shipped import shipped
from stockcheck.checklist.translation import in_language

each_part = pytest.mark.parametrize("part", ["ammunition", "firearms"])


@cache
def loaded(name: str) -> Checklist:
    return compose(shipped() / f"{name}.yaml")[0]


@each_part
def test_it_holds_every_section_and_question_of_both(part: str) -> None:
    sections = {section.id for section in loaded(part).sections}
    assert sections - {section.id for section in loaded("depot").sections} == set()
    assert set(loaded(part).question) - set(loaded("depot").question) == set()


def test_it_holds_nothing_else() -> None:
    both = {name for part in ("ammunition", "firearms") for name in loaded(part).question}
    assert set(loaded("depot").question) == both


@each_part
def test_it_asks_every_fact_of_both_with_the_same_options(part: str) -> None:
    for field in loaded(part).profile:
        asked = loaded("depot").field[field.id]
        assert (asked.type, asked.text, asked.options) == (field.type, field.text, field.options), field.id
        assert (asked.least, asked.minimum, asked.maximum) == (field.least, field.minimum, field.maximum)


@each_part
def test_it_lists_the_standards_and_the_levels_of_both(part: str) -> None:
    assert loaded("depot").levels == loaded(part).levels
    assert loaded(part).standards.items() <= loaded("depot").standards.items()
    spanish, own = in_language(loaded(part), "es"), in_language(loaded("depot"), "es")
    assert spanish.standards.items() <= own.standards.items()
    assert own.levels == spanish.levels


@each_part
def test_a_section_applies_wherever_it_does_in_one_of_the_two(part: str) -> None:
    """A condition of the whole is that of one part, and none where one part has none."""
    conditions = {section.id: section.when for section in loaded("depot").sections}
    others = {
        section.id: section.when
        for other in ("ammunition", "firearms")
        if other != part
        for section in loaded(other).sections
    }
    for section in loaded(part).sections:
        both = [section.when, others.get(section.id, section.when)]
        assert conditions[section.id] in both, section.id
        assert conditions[section.id] is None or None not in both, section.id
