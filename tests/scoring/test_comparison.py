"""S-9: two assessments of one depot, by hand. At random: `test_second_reading`."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from stockcheck.checklist.model import Checklist
from stockcheck.scoring.comparison import ChangeKind, Comparison, compare
from tests.scoring.building import ON, Given, built, card, control, options

WHERE = ({"id": "where", "type": "choice", "text": "Where?", "options": {"hill": "Hill", "vale": "Vale"}},)
ON_THE_HILL = {"profile": "where", "is": "hill"}


def depot(*questions: dict[str, Any]) -> Checklist:
    return built(*questions, profile=WHERE)


def compared(
    old: Checklist, before: dict[str, Given], new: Checklist, after: dict[str, Given], *places: str
) -> Comparison:
    """`places` are where the depot lies before and after; on the hill unless it is said."""
    first, last = places or ("hill", "hill")
    return compare(card(old, before, {"where": first}), card(new, after, {"where": last}))


def kinds(comparison: Comparison) -> dict[str, ChangeKind]:
    return {change.question.id: change.kind for change in comparison.changes}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (None, "no", ChangeKind.NEWLY_ANSWERED),
        (None, "unknown", ChangeKind.NEWLY_ANSWERED),
        ("no", None, ChangeKind.NO_LONGER_ANSWERED),
        ("no", "partial", ChangeKind.IMPROVED),
        ("unknown", "partial", ChangeKind.IMPROVED),
        ("yes", "partial", ChangeKind.WORSENED),
        ("yes", "unknown", ChangeKind.WORSENED),
        ("partial", "no", ChangeKind.WORSENED),
        ("yes", "na", ChangeKind.WORSENED),  # set aside on one person's word, it counts 0
        ("no", "no", ChangeKind.STILL_A_GAP),
        ("no", "unknown", ChangeKind.STILL_A_GAP),
        ("partial", "partial", ChangeKind.STILL_A_GAP),
        ("yes", "yes", ChangeKind.UNCHANGED),
        ("na", "no", ChangeKind.UNCHANGED),
        (None, None, ChangeKind.UNCHANGED),
    ],
)
def test_what_became_of_a_question(before: Given, after: Given, kind: ChangeKind) -> None:
    checklist = built(control("A"))
    assert kinds(compare(card(checklist, {"A": before}), card(checklist, {"A": after}))) == {"A": kind}


def test_what_entered_and_what_left_scope_comes_before_what_was_answered() -> None:
    checklist = built(control("A"), control("B", when={"question": "A", "is": "yes"}), control("C"))
    old, new = card(checklist, {"A": "no"}), card(checklist, {"A": "yes", "B": "no", "C": "na"}, accepted=["C"])
    assert kinds(compare(old, new)) == {
        "A": ChangeKind.IMPROVED,
        "B": ChangeKind.ENTERED_SCOPE,
        "C": ChangeKind.LEFT_SCOPE,
    }
    assert kinds(compare(new, old)) == {
        "A": ChangeKind.WORSENED,
        "B": ChangeKind.LEFT_SCOPE,
        "C": ChangeKind.ENTERED_SCOPE,
    }


@pytest.mark.parametrize("rules", [1, 2])
def test_what_was_out_of_scope_and_waits_for_a_countersignature_is_in_scope_now(rules: int) -> None:
    """S-3: set aside on one person's word, it is in scope and open."""
    old = card(built(control("A"), control("B"), rules=rules), {"A": "na"}, accepted=["A"])
    new = card(built(control("A"), control("B")), {"A": "na"})
    assert kinds(compare(old, new)) == {"A": ChangeKind.ENTERED_SCOPE, "B": ChangeKind.UNCHANGED}


def test_what_was_set_aside_was_in_scope_and_does_not_come_into_it() -> None:
    old = card(built(control("A"), control("B")), {"A": "na", "B": "na"})
    new = card(built(control("A"), control("B")), {"B": "no"})
    assert kinds(compare(old, new)) == {"A": ChangeKind.NO_LONGER_ANSWERED, "B": ChangeKind.UNCHANGED}


def test_questions_stand_in_the_newer_checklists_order_and_what_is_gone_comes_last() -> None:
    old = card(built(control("A"), control("B"), control("C")), {"A": "no", "B": "no"})
    new = card(built(control("D"), control("C"), control("T", type="text")), {"D": "no"})
    assert list(kinds(compare(old, new)).items()) == [
        ("D", ChangeKind.NEW),
        ("C", ChangeKind.UNCHANGED),
        ("A", ChangeKind.REMOVED),
        ("B", ChangeKind.REMOVED),
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


@pytest.mark.parametrize(
    ("given", "old_id", "kind"),
    [
        ({"A": "yes", "Z": "no"}, "Z", ChangeKind.IMPROVED),
        ({"A": "no"}, "A", ChangeKind.IMPROVED),
        ({}, "Z", ChangeKind.NEWLY_ANSWERED),
    ],
)
def test_its_own_id_comes_before_what_it_replaces_when_it_was_answered_or_neither_was(
    given: dict[str, Given], old_id: str, kind: ChangeKind
) -> None:
    old = card(built(control("A"), control("Z")), given)
    (change,) = compare(old, card(built(control("Z", replaces=["A"])), {"Z": "yes"})).changes
    assert (change.before.question.id, change.kind) == (old_id, kind)


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
    assert kinds(compare(old, card(checklist, {"A": counted}))) == {"A": ChangeKind.WORSENED}
    assert kinds(compare(old, card(checklist, {"A": ON}))) == {"A": ChangeKind.UNCHANGED}


def test_an_old_answer_that_fits_no_more_counts_nothing() -> None:
    old = card(built(control("A", type="choice", options=options(good="1", bad="0"))), {"A": "good"})
    new = card(built(control("A", type="choice", options=options(best="1", worst="0"))), {"A": "best"})
    comparison = compare(old, new)
    assert kinds(comparison) == {"A": ChangeKind.IMPROVED}
    assert (comparison.by_answers, comparison.by_checklist) == (1, -1)


def test_an_old_answer_earns_what_the_newer_checklist_gives_it() -> None:
    def asked(fair: str) -> Checklist:
        return built(control("A", type="choice", options=options(good="1", fair=fair)))

    comparison = compare(card(asked("0.5"), {"A": "fair"}), card(asked("0.25"), {"A": "fair"}))
    assert kinds(comparison) == {"A": ChangeKind.STILL_A_GAP}
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
    assert kinds(compare(old, new))["B"] is ChangeKind.IMPROVED
    assert kinds(compare(old, old)) == {"A": ChangeKind.STILL_A_GAP, "B": ChangeKind.UNCHANGED}
    assert kinds(compare(old, card(checklist, {"A": "yes"})))["B"] is ChangeKind.NO_LONGER_ANSWERED


# Scope by facts

Q = depot(control("Q"))
Q_ON_THE_HILL = depot(control("Q", when=ON_THE_HILL))


@pytest.mark.parametrize(
    ("places", "kind"),
    [
        (("hill", "vale"), ChangeKind.LEFT_SCOPE),
        (("vale", "vale"), ChangeKind.UNCHANGED),
        (("hill", "hill"), ChangeKind.UNCHANGED),
    ],
)
def test_what_no_longer_applies_left_scope(places: tuple[str, str], kind: ChangeKind) -> None:
    assert kinds(compared(Q_ON_THE_HILL, {}, Q_ON_THE_HILL, {}, *places)) == {"Q": kind}


@pytest.mark.parametrize("after", [None, "no", "yes"])
def test_what_applies_now_entered_scope_whether_it_is_answered_or_not(after: Given) -> None:
    found = compared(Q_ON_THE_HILL, {}, Q_ON_THE_HILL, {"Q": after}, "vale", "hill")
    assert kinds(found) == {"Q": ChangeKind.ENTERED_SCOPE}


def test_what_one_checklist_lacks_is_new_or_removed() -> None:
    both = depot(control("Q"), control("R"))
    assert kinds(compared(Q, {"Q": "yes"}, both, {"Q": "yes", "R": "no"})) == {
        "Q": ChangeKind.UNCHANGED,
        "R": ChangeKind.NEW,
    }
    assert kinds(compared(both, {"Q": "yes", "R": "no"}, Q, {"Q": "yes"})) == {
        "Q": ChangeKind.UNCHANGED,
        "R": ChangeKind.REMOVED,
    }


def test_free_text_is_left_out_until_it_is_scored() -> None:
    text = depot(control("Q"), control("R", type="text"))
    scored = depot(control("Q"), control("R"))
    assert kinds(compared(text, {"R": "Much."}, text, {"R": "Little."})) == {"Q": ChangeKind.UNCHANGED}
    assert kinds(compared(text, {"R": "Much."}, scored, {"R": "no"}))["R"] is ChangeKind.ENTERED_SCOPE
    assert kinds(compared(text, {"R": "Much."}, scored, {}))["R"] is ChangeKind.ENTERED_SCOPE


# Which old question a new one continues

OLD = depot(control("A-4"), control("A-5"), control("A-6"))
MERGED = depot(control("A-44", replaces=["A-4", "A-5"]), control("A-6"))


def test_a_merged_question_is_compared_with_the_first_of_its_list_that_was_answered() -> None:
    found = compared(OLD, {"A-5": "yes", "A-6": "no"}, MERGED, {"A-44": "yes", "A-6": "no"})
    assert (found.by_answers, found.by_checklist) == (0, Fraction(1, 6))
    assert kinds(found) == {"A-44": ChangeKind.UNCHANGED, "A-6": ChangeKind.STILL_A_GAP}, (
        "what was merged was not removed"
    )
    assert [(one.before and one.before.question.id) for one in found.changes] == ["A-5", "A-6"]


@pytest.mark.parametrize(
    ("before", "earlier", "kind"),
    [
        ({"A-4": "no", "A-5": "yes"}, "A-4", ChangeKind.IMPROVED),
        ({"A-4": "unknown", "A-5": "yes"}, "A-4", ChangeKind.IMPROVED),
        ({"A-4": "na", "A-5": "yes"}, "A-4", ChangeKind.IMPROVED),
        ({}, "A-4", ChangeKind.NEWLY_ANSWERED),
        ({"A-5": "no"}, "A-5", ChangeKind.IMPROVED),
    ],
)
def test_else_with_the_first_that_there_was(before: dict[str, Given], earlier: str, kind: ChangeKind) -> None:
    found = compared(OLD, before, MERGED, {"A-44": "yes"})
    merged = found.changes[0]
    assert merged.before is not None
    assert (merged.before.question.id, merged.kind) == (earlier, kind)


def test_a_question_that_keeps_its_id_is_never_called_removed() -> None:
    new = depot(control("A-4", replaces=["A-5"]), control("A-6"))
    found = compared(OLD, {"A-5": "yes"}, new, {"A-4": "yes"})
    assert kinds(found) == {"A-4": ChangeKind.UNCHANGED, "A-6": ChangeKind.UNCHANGED}
    assert found.by_answers == 0


# What the change of the score is owed to


def test_an_old_answer_counts_with_the_weights_and_credits_of_the_newer_checklist() -> None:
    old = depot(control("Q", type="choice", options=options(a="1", b="0")), control("R", weight=4))
    new = depot(control("Q", type="choice", options=options(a="0.5", b="0"), weight=3), control("R"))
    found = compared(old, {"Q": "a", "R": "no"}, new, {"Q": "a", "R": "yes"})
    assert (found.before, found.after) == (Fraction(1, 5), Fraction(5, 8))
    assert found.by_answers == Fraction(1, 4)
    assert found.by_checklist == Fraction(5, 8) - Fraction(1, 5) - Fraction(1, 4)
    # By the newer credits, a half then and a half now; by its own checklist's it was no gap then.
    assert kinds(found) == {"Q": ChangeKind.UNCHANGED, "R": ChangeKind.IMPROVED}


def test_an_old_answer_that_no_longer_fits_counts_nothing() -> None:
    new = depot(control("Q", type="choice", options=options(good="1", bad="0")))
    found = compared(Q, {"Q": "yes"}, new, {"Q": "good"})
    assert (found.by_answers, found.by_checklist) == (1, -1)


def test_only_questions_in_scope_in_both_are_owed_to_answers() -> None:
    both = depot(control("Q"), control("R", when=ON_THE_HILL))
    found = compared(both, {"Q": "no", "R": "no"}, both, {"Q": "yes"}, "hill", "vale")
    assert (found.before, found.after, found.by_answers, found.by_checklist) == (0, 1, 1, 0)
    found = compared(both, {"Q": "no", "R": "no"}, both, {"Q": "yes", "R": "no"}, "vale", "hill")
    assert (found.before, found.after, found.by_answers) == (0, Fraction(1, 2), 1)


def test_an_old_answer_that_did_not_count_yet_counts_nothing() -> None:
    """Where the depot lies was not known, so that it was open whether the question applies."""
    found = compare(card(Q_ON_THE_HILL, {"Q": "yes"}), card(Q_ON_THE_HILL, {"Q": "yes"}, {"where": "hill"}))
    assert (found.before, found.after, found.by_answers) == (0, 1, 1)


def test_where_nothing_is_shared_nothing_is_owed_to_answers() -> None:
    found = compared(depot(control("Q")), {"Q": "no"}, depot(control("R")), {"R": "yes"})
    assert (found.by_answers, found.by_checklist) == (0, 1)


def test_no_part_is_given_where_a_score_is_not() -> None:
    for places in (("vale", "hill"), ("hill", "vale")):
        found = compared(Q_ON_THE_HILL, {"Q": "yes"}, Q_ON_THE_HILL, {"Q": "yes"}, *places)
        assert (found.by_answers, found.by_checklist) == (None, None)
