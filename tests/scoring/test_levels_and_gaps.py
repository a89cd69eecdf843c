"""Levels, the priority of gaps and their order, by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from stockcheck.scoring.gaps import Priority, Rule
from tests.scoring.building import built, card, control, options


def test_a_threshold_that_is_exactly_met_is_met() -> None:
    checklist = built(control("A", weight=4), control("B", weight=1), thresholds=("0.8",))
    assert card(checklist, {"A": "yes", "B": "no"}).achieved == 1  # 4 / 5
    checklist = built(control("A", weight=4), control("B", weight=1), thresholds=("0.8001",))
    assert card(checklist, {"A": "yes", "B": "no"}).achieved == 0


def test_a_third_is_not_rounded_up_to_a_threshold() -> None:
    checklist = built(control("A"), control("B"), control("C"), thresholds=("0.6667",))
    scorecard = card(checklist, {"A": "yes", "B": "yes", "C": "no"})
    assert scorecard.achieved == 0
    assert scorecard.levels[0].points_missing == Fraction(1, 30000)  # 6667/10000 − 2/3


def test_a_level_is_had_from_every_question_up_to_it() -> None:
    checklist = built(control("A", weight=3, level=1), control("B", weight=2, level=2), control("C", weight=5, level=3))
    scorecard = card(checklist, {"A": "yes", "B": "partial", "C": "no"})
    assert [result.score.lower for result in scorecard.levels] == [Fraction(1), Fraction(4, 5), Fraction(4, 10)]
    assert [result.holds for result in scorecard.levels] == [True, True, False]
    assert scorecard.achieved == 2
    assert scorecard.next_level is scorecard.levels[2]


def test_a_level_that_holds_above_one_that_does_not_is_not_achieved() -> None:
    checklist = built(control("A", weight=1, level=1), control("B", weight=5, level=2), thresholds=("0.8", "0.8"))
    scorecard = card(checklist, {"A": "no", "B": "yes"})
    assert [result.holds for result in scorecard.levels] == [False, True]  # 0; 5/6
    assert scorecard.achieved == 0


@pytest.mark.parametrize(("answer", "achieved"), [("yes", 1), ("partial", 0), ("no", 0), (None, 0), ("unknown", 0)])
def test_a_critical_question_short_of_full_credit_stops_its_level(answer: str | None, achieved: int) -> None:
    checklist = built(control("A", critical=True, weight=1), control("B", weight=5), thresholds=("0.5",))
    assert card(checklist, {"A": answer, "B": "yes"}).achieved == achieved


def test_a_critical_question_of_level_two_leaves_level_one_alone() -> None:
    checklist = built(control("A"), control("B", critical=True, level=2), thresholds=("0.5", "0.5"))
    scorecard = card(checklist, {"A": "yes", "B": "partial"})
    assert scorecard.achieved == 1
    assert [line.question.id for line in scorecard.levels[1].criticals] == ["B"]


def test_a_critical_question_that_does_not_apply_stops_nothing() -> None:
    checklist = built(control("A", critical=True), control("B"), thresholds=("0.5",))
    assert card(checklist, {"A": "na", "B": "yes"}).achieved == 1


def test_a_level_without_questions_is_not_stopped() -> None:
    checklist = built(control("A", level=2), thresholds=("0.8", "0.8"))
    scorecard = card(checklist, {"A": "no"})
    assert scorecard.levels[0].score.lower is None
    assert scorecard.achieved == 1


def test_a_threshold_of_nothing_is_held_by_nothing() -> None:
    assert card(built(control("A"), thresholds=("0",)), {"A": "no"}).achieved == 1


@pytest.mark.parametrize(
    ("first", "second", "achieved", "reachable"),
    [
        (None, None, 0, 2),
        ("unknown", None, 0, 2),
        ("no", None, 0, 0),
        ("yes", None, 1, 2),
        ("yes", "no", 1, 1),
        ("partial", None, 0, 0),  # A is critical: no open question makes up for it
    ],
)
def test_the_reachable_level_counts_open_questions_as_met(
    first: str | None, second: str | None, achieved: int, reachable: int
) -> None:
    checklist = built(control("A", critical=True, level=1), control("B", level=2), thresholds=("0.5", "0.8"))
    scorecard = card(checklist, {"A": first, "B": second})
    assert (scorecard.achieved, scorecard.reachable) == (achieved, reachable)


@pytest.mark.parametrize(
    ("keys", "answer", "priority", "rule"),
    [
        ({"critical": True, "level": 1, "weight": 1}, "partial", Priority.IMMEDIATE, Rule.CRITICAL_LEVEL_1),
        ({"critical": True, "level": 1, "weight": 5}, "unknown", Priority.IMMEDIATE, Rule.CRITICAL_LEVEL_1),
        ({"critical": True, "level": 2, "weight": 1}, "partial", Priority.HIGH, Rule.CRITICAL_LEVEL_2),
        ({"critical": True, "level": 2, "weight": 5}, "no", Priority.HIGH, Rule.CRITICAL_LEVEL_2),
        ({"weight": 4}, "no", Priority.HIGH, Rule.HEAVY_AND_ABSENT),
        ({"weight": 5}, "unknown", Priority.HIGH, Rule.HEAVY_AND_ABSENT),
        ({"critical": True, "level": 3, "weight": 4}, "no", Priority.HIGH, Rule.HEAVY_AND_ABSENT),
        ({"critical": True, "level": 3, "weight": 5}, "partial", Priority.MEDIUM, Rule.CRITICAL_LEVEL_3),
        ({"critical": True, "level": 4, "weight": 1}, "no", Priority.MEDIUM, Rule.CRITICAL_LEVEL_3),
        ({"weight": 4}, "partial", Priority.MEDIUM, Rule.HEAVY),
        ({"weight": 3}, "no", Priority.MEDIUM, Rule.HEAVY),
        ({"weight": 2}, "no", Priority.LOW, Rule.OTHER),
        ({"weight": 1, "level": 3}, "unknown", Priority.LOW, Rule.OTHER),
    ],
)
def test_the_priority_of_a_gap_and_the_rule_that_gives_it(
    keys: dict[str, object], answer: str, priority: Priority, rule: Rule
) -> None:
    (gap,) = card(built(control("A", **keys), thresholds=("0.8",) * 4), {"A": answer}).gaps
    assert (gap.priority, gap.rule) == (priority, rule)


@pytest.mark.parametrize("answer", ["yes", None, "na"])
def test_what_is_met_unanswered_or_not_applicable_is_no_gap(answer: str | None) -> None:
    assert card(built(control("A", critical=True)), {"A": answer}).gaps == ()


def test_gaps_are_ordered_by_priority_then_shortfall_then_position() -> None:
    checklist = built(
        control("A", weight=2),  # low, 2 × 1/2 = 1
        control("B", weight=1),  # low, 1 × 1 = 1: as A, and after it
        control("C", weight=2),  # low, 2
        control("D", weight=5, type="choice", options=options(some="0.1", none="0")),  # medium, 4.5
        control("E", weight=4),  # high, 4
        control("F", weight=1, critical=True, level=2),  # high, 0.5
        control("G", weight=1, critical=True),  # immediate, 0.5
        control("H", weight=5),  # high, unknown: 5
        control("I", weight=3),  # medium, 3
    )
    given = {
        **{"A": "partial", "B": "no", "C": "unknown", "D": "some", "E": "no"},
        **{"F": "partial", "G": "partial", "H": "unknown", "I": "no"},
    }
    assert "".join(gap.line.question.id for gap in card(checklist, given).gaps) == "GHEFDICAB"
