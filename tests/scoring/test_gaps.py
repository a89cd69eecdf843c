"""S-6 and S-7: losses and dangers found, gaps by priority, and what is to check."""

from __future__ import annotations

from decimal import Decimal

import pytest

from stockcheck.scoring.gaps import Gap, Priority, Rule
from tests.scoring.building import Given, built, card, control, options


def ids(found: tuple[Gap, ...]) -> str:
    return "".join(gap.line.question.id for gap in found)


@pytest.mark.parametrize(
    ("answer", "found", "not_checked"),
    [
        ("yes", False, False),
        ("partial", True, False),
        ("no", True, False),
        ("unknown", False, True),
        (None, False, True),
        ("na", False, True),
    ],
)
def test_a_finding_is_found_not_checked_or_neither(answer: Given, found: bool, not_checked: bool) -> None:
    """S-6."""
    findings = card(built(control("A", finding="loss"), control("B")), {"A": answer, "B": "no"}).findings
    assert [line.question.id for line in findings.found] == ["A"] * found
    assert [line.question.id for line in findings.not_checked] == ["A"] * not_checked


def test_findings_stand_in_checklist_order_whatever_they_weigh() -> None:
    """S-6."""
    checklist = built(
        control("A", finding="loss"),
        control("B", finding="danger", weight=5, critical=True),
        control("C", finding="loss"),
    )
    findings = card(checklist, {"A": "partial", "B": "no", "C": "no"}).findings
    assert [line.question.id for line in findings.found] == ["A", "B", "C"]


def test_a_finding_out_of_scope_is_not_spoken_of() -> None:
    """S-6: by a condition, or set aside and countersigned."""
    checklist = built(
        control("A"),
        control("B", finding="loss", when={"question": "A", "is": "yes"}),
        control("C", finding="danger"),
    )
    findings = card(checklist, {"A": "no", "B": "no", "C": "na"}, accepted=["C"]).findings
    assert (findings.found, findings.not_checked) == ((), ())


def test_a_finding_that_fails_with_its_parent_was_not_looked_for() -> None:
    """S-3, S-6: nobody has counted, so nothing is known to be lost, and nothing known not to be."""
    checklist = built(
        control("A"), control("B", finding="loss", part_of="A", when={"question": "A", "is": ["yes", "partial"]})
    )
    findings = card(checklist, {"A": "no"}).findings
    assert findings.found == ()
    assert [line.question.id for line in findings.not_checked] == ["B"]


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
        ({"critical": Decimal("0.5")}, "no", Priority.IMMEDIATE, Rule.CRITICAL_LEVEL_1),
        ({"critical": Decimal("0.5")}, "partial", Priority.LOW, Rule.OTHER),  # it is met
        ({"critical": Decimal("0.5"), "level": 3, "weight": 3}, "partial", Priority.MEDIUM, Rule.HEAVY),
        ({"finding": "loss", "level": 3}, "no", Priority.IMMEDIATE, Rule.FOUND),
        ({"finding": "loss", "level": 2, "critical": True}, "no", Priority.IMMEDIATE, Rule.FOUND),
        ({"finding": "loss", "level": 1, "critical": True}, "no", Priority.IMMEDIATE, Rule.CRITICAL_LEVEL_1),
        ({"finding": "danger"}, "partial", Priority.HIGH, Rule.FINDING),
        ({"finding": "danger", "weight": 5}, "unknown", Priority.HIGH, Rule.FINDING),
        ({"finding": "danger", "critical": True}, "unknown", Priority.IMMEDIATE, Rule.CRITICAL_LEVEL_1),
        ({"weight": 1, "level": 3}, "unknown", Priority.LOW, Rule.OTHER),
    ],
)
def test_the_priority_of_a_gap_and_the_rule_that_gives_it(
    keys: dict[str, object], answer: str, priority: Priority, rule: Rule
) -> None:
    """S-7."""
    (gap,) = card(built(control("A", **keys), thresholds=("0.8",) * 4), {"A": answer}).gaps
    assert (gap.priority, gap.rule) == (priority, rule)


@pytest.mark.parametrize("answer", ["yes", None, "na"])
def test_what_is_met_unanswered_or_set_aside_is_no_gap(answer: str | None) -> None:
    """S-3, S-7."""
    assert card(built(control("A", critical=True)), {"A": answer}).gaps == ()


def test_gaps_are_ordered_by_priority_then_shortfall_then_position() -> None:
    """S-7."""
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


def test_an_unanswered_critical_or_finding_is_to_check_at_the_priority_it_would_have() -> None:
    """S-7: in the order of gaps; what is set aside, answered or out of scope is not among them."""
    checklist = built(
        control("A", critical=True, level=3),
        control("B", finding="loss"),
        control("C", critical=True, level=2, weight=3),
        control("D", critical=True, weight=1),
        control("E", critical=True, weight=2, when={"question": "D", "is": "yes"}),  # pending
        control("F", weight=5),
        control("G", critical=True),
        control("H", finding="loss"),
        control("I", critical=True, when={"question": "G", "is": "yes"}),
    )
    found = card(checklist, {"G": "no", "H": "na", "F": None}).to_check
    assert ids(found) == "EDCBA"
    assert [gap.priority for gap in found] == [1, 1, 2, 2, 3]
    assert all(gap.to_check for gap in found)
    assert not any(gap.to_check for gap in card(checklist, {"G": "no"}).gaps)


def test_what_fails_with_a_gap_is_listed_with_it_and_not_apart() -> None:
    """S-3: down to the last of a chain, and across what is asked between."""
    after = {"is": ["yes", "partial"]}
    checklist = built(
        control("A"),
        control("B", part_of="A", when={"question": "A", **after}),
        control("C", part_of="B", when={"question": "B", **after}),
        control("D"),
        control("E", part_of="D", when={"question": "D", **after}),
        control("F", critical=True, part_of="A", when={"question": "A", **after}),
    )
    found = card(checklist, {"A": "no", "D": "partial", "E": "no"}).gaps
    parts = {gap.line.question.id: [line.question.id for line in gap.parts] for gap in found}
    assert parts == {"A": ["B", "C", "F"], "D": [], "E": []}
    assert [line.question.id for line in card(checklist, {"A": "no"}).open] == ["D", "E"]
