"""Checklists that were composed before version 2 of the rules are scored as they were then, to the last digit.

An assessment of 0.1.0 carries its checklist, which says nothing of rules; what was signed stays as it was.
"""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockcheck.checklist.model import Checklist
from stockcheck.scoring.gaps import Priority
from stockcheck.scoring.rules import VERSION_1, VERSION_2, rules_of
from stockcheck.scoring.scope import Standing
from stockcheck.scoring.scorecard import Scorecard
from tests.scoring.building import Given, built, card, control, options, section
from tests.volume import examples


def first(*parts: dict[str, Any], **keys: Any) -> Checklist:
    return built(*parts, rules=1, **keys)


def test_a_checklist_that_does_not_say_is_of_the_first_version() -> None:
    content = json.loads(first(control("A")).content)
    assert "rules" not in content
    assert rules_of(Checklist.model_validate(content)) is VERSION_1
    assert rules_of(built(control("A"))) is VERSION_2
    assert json.loads(built(control("A")).content)["rules"] == 2


def test_what_0_1_0_stored_keeps_its_digest() -> None:
    """No new key stands in the content of an old checklist: its hash is in the chain of every old assessment."""
    content = json.loads(first(control("A", critical=True)).content)
    assert content["sections"][0]["questions"] == [{"id": "A", "text": "Is A in place?", "critical": True}]


def test_not_applicable_leaves_scope_on_one_persons_word() -> None:
    scorecard = card(first(control("A", weight=5), control("B")), {"A": "na", "B": "partial"})
    assert scorecard.line["A"].standing is Standing.NOT_APPLICABLE
    assert scorecard.overall.lower == scorecard.overall.upper == Fraction(1, 2)
    assert [gap.line.question.id for gap in scorecard.gaps] == ["B"]


@pytest.mark.parametrize("first_answer", [None, "unknown", "yes"])
def test_not_applicable_leaves_scope_even_while_the_condition_is_undetermined(first_answer: Given) -> None:
    checklist = first(control("A"), control("Z", when={"question": "A", "is": "yes"}))
    assert card(checklist, {"A": first_answer, "Z": "na"}).line["Z"].standing is Standing.NOT_APPLICABLE


def test_a_leaf_that_reads_what_is_not_applicable_is_false() -> None:
    checklist = first(control("A"), control("Z", when={"question": "A", "is": "yes"}))
    assert card(checklist, {"A": "na"}).line["Z"].standing is Standing.DORMANT


def test_everything_not_applicable_achieves_every_level() -> None:
    scorecard = card(first(control("A", critical=True), control("B", level=3)), {"A": "na", "B": "na"})
    assert (scorecard.overall.lower, scorecard.achieved, scorecard.route) == (None, 3, None)


def test_a_level_is_had_from_every_question_up_to_it() -> None:
    checklist = first(control("A", weight=3, level=1), control("B", weight=2, level=2), control("C", weight=5, level=3))
    scorecard = card(checklist, {"A": "yes", "B": "partial", "C": "no"})
    assert [result.score.lower for result in scorecard.levels] == [Fraction(1), Fraction(4, 5), Fraction(4, 10)]
    assert [result.holds for result in scorecard.levels] == [True, True, False]
    assert scorecard.achieved == 2
    assert scorecard.next_level is scorecard.levels[2]


def test_a_level_holds_by_itself_though_it_is_not_achieved_above_one_that_does_not() -> None:
    scorecard = card(first(control("A", level=1), control("B", weight=5, level=2)), {"A": "no", "B": "yes"})
    assert [result.holds for result in scorecard.levels] == [False, True, True]  # 0; 5/6; 5/6
    assert [result.reachable for result in scorecard.levels] == [False, True, True]
    assert (scorecard.achieved, scorecard.reachable) == (0, 0)


def test_a_level_without_questions_is_achieved_with_the_one_below() -> None:
    scorecard = card(first(control("A", level=2)), {"A": "no"})
    assert scorecard.levels[0].score.lower is None
    assert scorecard.achieved == 1
    assert card(first(control("A")), {"A": "yes"}).achieved == 3


def test_no_domain_and_no_weight_stops_a_level() -> None:
    checklist = first(
        section("one", control("A", weight=5), control("B", weight=5), control("C", weight=5), domain="storage"),
        section("two", control("D", weight=5), domain="transfer"),
        thresholds=("0.75",),
    )
    scorecard = card(checklist, {"A": "yes", "B": "yes", "C": "yes", "D": "no"})
    assert scorecard.achieved == 1
    assert scorecard.levels[0].domains == ()
    assert scorecard.levels[0].absent == ()


@pytest.mark.parametrize(
    ("keys", "answer", "priority"),
    [
        ({"critical": True}, "partial", Priority.IMMEDIATE),
        ({"critical": True, "level": 2}, "partial", Priority.HIGH),
        ({"weight": 4}, "no", Priority.HIGH),
        ({"critical": True, "level": 3}, "partial", Priority.MEDIUM),
        ({"weight": 4}, "partial", Priority.MEDIUM),
        ({"weight": 2}, "no", Priority.LOW),
    ],
)
def test_the_priority_of_a_gap(keys: dict[str, Any], answer: str, priority: Priority) -> None:
    (gap,) = card(first(control("A", **keys)), {"A": answer}).gaps
    assert gap.priority is priority


def raised(scorecard: Scorecard, chosen: tuple[int, ...]) -> bool:
    """Whether the next level holds once the questions at the positions `chosen` have full credit."""
    level = scorecard.levels[scorecard.achieved].level
    weight = earned = Fraction(0)
    for line in scorecard.lines:
        if not line.counts or line.question.level > level.level:
            continue
        credit = Fraction(1) if line.position in chosen else line.credit
        if line.question.critical and credit != 1:
            return False
        weight += line.question.weight
        earned += line.question.weight * credit
    return earned >= Fraction(level.threshold) * weight


def best_of_all(scorecard: Scorecard) -> tuple[int, ...]:
    """The route by its definition: every set is tried."""
    level = scorecard.levels[scorecard.achieved].level
    candidates = {
        line.position: line
        for line in scorecard.lines
        if line.counts and line.question.level <= level.level and line.credit < 1
    }

    def rank(chosen: tuple[int, ...]) -> tuple[Any, ...]:
        lines = [candidates[position] for position in chosen]
        effort = sum(line.question.effort for line in lines)
        gain = sum((line.question.weight * (1 - line.credit) for line in lines), Fraction(0))
        return effort, -gain, len(chosen), chosen

    sets = (chosen for size in range(len(candidates) + 1) for chosen in combinations(sorted(candidates), size))
    return min((chosen for chosen in sets if raised(scorecard, chosen)), key=rank)


ONE = st.tuples(
    st.integers(1, 5),  # weight
    st.integers(1, 3),  # effort
    st.sampled_from([1, 1, 2, 3]),  # level
    st.sampled_from([False] * 5 + [True]),  # critical
    st.sampled_from([None, "unknown", "na", *"aabbccdde"]),  # the answer
)
KEPT = options(a="0.1", b="0.25", c="0.3", d="0.9", e="1")


@examples(120, 400)
@given(st.lists(ONE, min_size=1, max_size=8), st.sampled_from(["0.3", "0.5", "0.75", "0.8", "0.955", "1"]))
def test_the_route_is_the_best_of_all_subsets(
    ones: list[tuple[int, int, int, bool, str | None]], threshold: str
) -> None:
    questions = [
        control(f"Q{n}", type="choice", options=KEPT, weight=weight, effort=effort, level=level, critical=critical)
        for n, (weight, effort, level, critical, _answer) in enumerate(ones)
    ]
    checklist = first(*questions, thresholds=(threshold,) * 3)
    scorecard = card(checklist, {f"Q{n}": one[4] for n, one in enumerate(ones)})
    if scorecard.achieved == 3:
        assert scorecard.route is None
        return
    assert scorecard.route is not None
    assert tuple(line.position for line in scorecard.route.lines) == best_of_all(scorecard)
