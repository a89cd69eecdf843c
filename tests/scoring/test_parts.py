"""S-3: what is set aside, and what fails with what it is part of."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from stockcheck.scoring.scope import Standing
from tests.scoring.building import Given, built, card, control, section

FACT = {"id": "fact", "type": "choice", "text": "f", "options": {"a": "A", "b": "B"}}


def after(name: str, *words: str) -> dict[str, Any]:
    """Part of a question, and asked after some of its answers."""
    return {"part_of": name, "when": {"question": name, "is": list(words or ("yes", "partial"))}}


@pytest.mark.parametrize(
    ("accepted", "standing", "lower", "upper"),
    [
        ((), Standing.SET_ASIDE, Fraction(1, 4), Fraction(1)),
        (("A",), Standing.NOT_APPLICABLE, Fraction(1), Fraction(1)),
    ],
)
def test_what_is_set_aside_is_open_until_it_is_countersigned(
    accepted: tuple[str, ...], standing: Standing, lower: Fraction, upper: Fraction
) -> None:
    scorecard = card(built(control("A", weight=3), control("B")), {"A": "na", "B": "yes"}, accepted=accepted)
    assert scorecard.line["A"].standing is standing
    assert (scorecard.overall.lower, scorecard.overall.upper) == (lower, upper)
    assert [line.question.id for line in scorecard.set_aside] == ["A"] * (not accepted)
    assert [line.question.id for line in scorecard.not_applicable] == ["A"] * len(accepted)


def test_a_countersignature_of_what_is_not_set_aside_does_nothing() -> None:
    checklist = built(control("A"), control("B"))
    for answer in (None, "unknown", "no"):
        assert card(checklist, {"A": answer}, accepted=["A"]).lines == card(checklist, {"A": answer}).lines


@pytest.mark.parametrize(
    ("answer", "standing"),
    [
        ("yes", Standing.ANSWERED),
        ("partial", Standing.PART),
        ("no", Standing.PART),
        ("unknown", Standing.PENDING),
        (None, Standing.PENDING),
        ("na", Standing.PENDING),
    ],
)
def test_a_part_fails_while_its_condition_is_false_and_its_parent_a_gap(answer: Given, standing: Standing) -> None:
    line = card(built(control("A"), control("B", **after("A", "yes"))), {"A": answer, "B": "yes"}).line["B"]
    assert line.standing is standing
    assert line.in_scope
    if standing is Standing.PART:
        assert (line.credit, line.upper, line.parent, line.is_open, line.is_gap) == (0, 0, 0, False, False)


def test_a_part_is_asked_where_its_condition_holds_though_its_parent_is_a_gap() -> None:
    line = card(built(control("A"), control("B", **after("A"))), {"A": "partial", "B": "yes"}).line["B"]
    assert (line.standing, line.credit, line.parent) == (Standing.ANSWERED, 1, None)


@pytest.mark.parametrize("given", [{"A": "yes"}, {"A": "na"}])
def test_a_part_whose_parent_is_no_gap_is_out_of_scope(given: dict[str, Given]) -> None:
    """The parent is met, or out of scope itself."""
    parts = control("A"), control("B", part_of="A", when={"question": "A", "is": "no"})
    assert card(built(*parts), given, accepted=["A"]).line["B"].standing is Standing.DORMANT


def test_a_part_of_what_fails_fails_too_and_what_reads_it_reads_false() -> None:
    checklist = built(
        control("A"),
        control("B", **after("A")),
        control("C", **after("B")),
        control("D", when={"question": "B", "is": ["yes", "no"]}),
        control("E", when={"not": {"question": "B", "is": ["yes", "no"]}}),
    )
    lines = card(checklist, {"A": "no", "B": "yes", "C": "yes"}).line
    assert [lines[name].standing for name in "BCDE"] == [
        Standing.PART,
        Standing.PART,
        Standing.DORMANT,
        Standing.UNANSWERED,
    ]
    assert [lines[name].parent for name in "BC"] == [0, 1]


def test_a_part_fails_across_sections_and_levels_each_in_its_own() -> None:
    checklist = built(
        section("one", control("A"), domain="storage"),
        section("two", control("B", weight=5, level=2, **after("A")), control("C", level=2), domain="transfer"),
        thresholds=("0.5", "0.5"),
    )
    scorecard = card(checklist, {"A": "no", "C": "yes"})
    assert {name: score.lower for name, score in scorecard.domains} == {"storage": 0, "transfer": Fraction(1, 6)}
    assert [line.question.id for line in scorecard.levels[1].absent] == ["B"]
    assert [gap.line.question.id for gap in scorecard.gaps] == ["A"]


def test_free_text_does_not_fail_with_anything() -> None:
    checklist = built(control("A"), control("B", type="text", **after("A")))
    assert card(checklist, {"A": "no"}).line["B"].standing is Standing.DORMANT


def test_the_condition_of_a_part_is_its_own_and_its_sections_together() -> None:
    """Where the rules leave room: a fact that makes it false lets the part fail with its parent all the same."""
    when = {"profile": "fact", "is": "a"}
    for checklist in (
        built(control("A"), control("B", part_of="A", when={"all": [after("A")["when"], when]}), profile=(FACT,)),
        built(section("one", control("A")), section("two", control("B", **after("A")), when=when), profile=(FACT,)),
    ):
        standings = {
            answer: card(checklist, {"A": answer}, {"fact": "b"}).line["B"].standing
            for answer in ("no", "partial", "unknown", "yes", None)
        }
        assert standings == {
            "no": Standing.PART,
            "partial": Standing.PART,
            "unknown": Standing.PART,
            "yes": Standing.DORMANT,
            None: Standing.DORMANT,
        }
