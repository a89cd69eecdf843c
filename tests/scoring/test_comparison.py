"""S-9: two assessments of one depot, by hand. At random: `test_second_reading`."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from stockcheck.checklist.model import Checklist
from stockcheck.scoring.comparison import Comparison, Kind, compare
from tests.scoring.building import ON, Given, built, card, control, options


def kinds(comparison: Comparison) -> dict[str, Kind]:
    return {change.question.id: change.kind for change in comparison.changes}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (None, "no", Kind.NEWLY_ANSWERED),
        (None, "unknown", Kind.NEWLY_ANSWERED),
        ("no", None, Kind.NO_LONGER_ANSWERED),
        ("no", "partial", Kind.IMPROVED),
        ("unknown", "partial", Kind.IMPROVED),
        ("yes", "partial", Kind.WORSENED),
        ("yes", "unknown", Kind.WORSENED),
        ("yes", "na", Kind.WORSENED),  # set aside on one person's word, it counts 0
        ("no", "no", Kind.STILL_A_GAP),
        ("no", "unknown", Kind.STILL_A_GAP),
        ("partial", "partial", Kind.STILL_A_GAP),
        ("yes", "yes", Kind.UNCHANGED),
        ("na", "no", Kind.UNCHANGED),
        (None, None, Kind.UNCHANGED),
    ],
)
def test_what_became_of_a_question(before: Given, after: Given, kind: Kind) -> None:
    checklist = built(control("A"))
    assert kinds(compare(card(checklist, {"A": before}), card(checklist, {"A": after}))) == {"A": kind}


def test_what_entered_and_what_left_scope_comes_before_what_was_answered() -> None:
    checklist = built(control("A"), control("B", when={"question": "A", "is": "yes"}), control("C"))
    old, new = card(checklist, {"A": "no"}), card(checklist, {"A": "yes", "B": "no", "C": "na"}, accepted=["C"])
    assert kinds(compare(old, new)) == {"A": Kind.IMPROVED, "B": Kind.ENTERED_SCOPE, "C": Kind.LEFT_SCOPE}
    assert kinds(compare(new, old)) == {"A": Kind.WORSENED, "B": Kind.LEFT_SCOPE, "C": Kind.ENTERED_SCOPE}


@pytest.mark.parametrize("rules", [1, 2])
def test_what_only_waits_for_a_countersignature_did_not_come_into_scope(rules: int) -> None:
    old = card(built(control("A"), control("B"), rules=rules), {"A": "na"}, accepted=["A"])
    new = card(built(control("A"), control("B")), {"A": "na"})
    assert kinds(compare(old, new)) == {"A": Kind.UNCHANGED, "B": Kind.UNCHANGED}
    answered = card(built(control("A"), control("B")), {"A": "no"})
    assert kinds(compare(old, answered))["A"] is Kind.ENTERED_SCOPE


def test_questions_stand_in_the_newer_checklists_order_and_what_is_gone_comes_last() -> None:
    old = card(built(control("A"), control("B"), control("C")), {"A": "no", "B": "no"})
    new = card(built(control("D"), control("C"), control("T", type="text")), {"D": "no"})
    assert list(kinds(compare(old, new)).items()) == [
        ("D", Kind.NEW),
        ("C", Kind.UNCHANGED),
        ("A", Kind.REMOVED),
        ("B", Kind.REMOVED),
    ]


@pytest.mark.parametrize(
    ("given", "old_id"),
    [({}, "B"), ({"A": "no"}, "A"), ({"A": "no", "B": "yes"}, "B"), ({"B": "unknown", "A": "no"}, "B")],
)
def test_what_a_question_replaces_is_the_first_answered_of_its_list(given: dict[str, Given], old_id: str) -> None:
    old = card(built(control("A"), control("B")), given)
    new = card(built(control("Z", replaces=["GONE", "B", "A"])), {"Z": "yes"})
    (change,) = compare(old, new).changes  # and neither of the others is called removed
    assert change.before is not None
    assert change.before.question.id == old_id


def test_its_own_id_comes_before_what_it_replaces() -> None:
    old = card(built(control("A"), control("Z")), {"A": "no"})
    (change,) = compare(old, card(built(control("Z", replaces=["A"])), {"Z": "yes"})).changes
    assert (change.before.question.id, change.kind) == ("Z", Kind.NEWLY_ANSWERED)  # type: ignore[union-attr]


def test_the_change_is_split_between_answers_and_the_rest() -> None:
    """The newer weights count: A went from 0 to 1 of weight 2, B from 1 to 1/2 of weight 1; C is new."""
    old = card(built(control("A", weight=1), control("B", weight=3)), {"A": "no", "B": "yes"})
    new = card(built(control("A", weight=2), control("B"), control("C", weight=5)), {"A": "yes", "B": "partial"})
    comparison = compare(old, new)
    assert (comparison.before, comparison.after) == (Fraction(3, 4), Fraction(5, 16))
    assert comparison.by_answers == Fraction(1, 2)  # (2·1 − 1·1/2) / 3
    assert comparison.by_checklist == Fraction(5, 16) - Fraction(3, 4) - Fraction(1, 2)


def test_each_date_is_aged_at_its_own_assessments_date() -> None:
    checklist = built(control("A", type="date", bands=[{"at_most": 31, "credit": 1}]))
    counted = dt.date(2025, 6, 20)
    old = card(checklist, {"A": counted}, on=dt.date(2025, 6, 30))
    assert kinds(compare(old, card(checklist, {"A": counted}))) == {"A": Kind.WORSENED}
    assert kinds(compare(old, card(checklist, {"A": ON}))) == {"A": Kind.UNCHANGED}


def test_an_old_answer_that_fits_no_more_counts_nothing() -> None:
    old = card(built(control("A", type="choice", options=options(good="1", bad="0"))), {"A": "good"})
    new = card(built(control("A", type="choice", options=options(best="1", worst="0"))), {"A": "best"})
    comparison = compare(old, new)
    assert kinds(comparison) == {"A": Kind.IMPROVED}
    assert (comparison.by_answers, comparison.by_checklist) == (1, -1)


def test_an_old_answer_earns_what_the_newer_checklist_gives_it() -> None:
    def asked(fair: str) -> Checklist:
        return built(control("A", type="choice", options=options(good="1", fair=fair)))

    comparison = compare(card(asked("0.5"), {"A": "fair"}), card(asked("0.25"), {"A": "fair"}))
    assert kinds(comparison) == {"A": Kind.STILL_A_GAP}
    assert (comparison.by_answers, comparison.by_checklist) == (0, Fraction(-1, 4))


def test_where_nothing_is_shared_answers_owe_nothing_and_where_nothing_applies_no_part_is_given() -> None:
    old = card(built(control("A")), {"A": "no"})
    comparison = compare(old, card(built(control("B")), {"B": "yes"}))
    assert (comparison.by_answers, comparison.by_checklist) == (0, 1)
    nothing = compare(old, card(built(control("A")), {"A": "na"}, accepted=["A"]))
    assert (nothing.after, nothing.by_answers, nothing.by_checklist) == (None, None, None)


def test_what_fails_with_its_parent_was_answered_with_it() -> None:
    """S-4: it is not unanswered."""
    part: dict[str, Any] = {"part_of": "A", "when": {"question": "A", "is": "yes"}}
    checklist = built(control("A"), control("B", **part))
    old, new = card(checklist, {"A": "no"}), card(checklist, {"A": "yes", "B": "partial"})
    assert kinds(compare(old, new))["B"] is Kind.IMPROVED
    assert kinds(compare(old, old)) == {"A": Kind.STILL_A_GAP, "B": Kind.UNCHANGED}
    assert kinds(compare(old, card(checklist, {"A": "yes"})))["B"] is Kind.NO_LONGER_ANSWERED
