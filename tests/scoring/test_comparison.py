"""Two assessments of one depot: what became of each question, and what the change of the score is owed to."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from stockcheck.checklist.model import Checklist
from stockcheck.scoring.comparison import Comparison, Kind, compare
from tests.scoring.building import Given, built, card, control, options

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


def kinds(comparison: Comparison) -> dict[str, Kind]:
    return {change.question.id: change.kind for change in comparison.changes}


Q = depot(control("Q"))
Q_ON_THE_HILL = depot(control("Q", when=ON_THE_HILL))


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("no", "partial", Kind.IMPROVED),
        ("partial", "yes", Kind.IMPROVED),
        ("unknown", "yes", Kind.IMPROVED),
        ("yes", "partial", Kind.WORSENED),
        ("partial", "no", Kind.WORSENED),
        ("partial", "partial", Kind.UNCHANGED),
        ("no", "no", Kind.UNCHANGED),
        (None, None, Kind.UNCHANGED),
        (None, "no", Kind.NEWLY_ANSWERED),
        (None, "unknown", Kind.NEWLY_ANSWERED),
        ("na", "yes", Kind.NEWLY_ANSWERED),
        ("na", None, Kind.ENTERED_SCOPE),
        ("yes", "na", Kind.LEFT_SCOPE),
        (None, "na", Kind.LEFT_SCOPE),
        ("na", "na", Kind.UNCHANGED),
    ],
)
def test_an_answer_makes_the_kind_of_change(before: Given, after: Given, kind: Kind) -> None:
    assert kinds(compared(Q, {"Q": before}, Q, {"Q": after})) == {"Q": kind}


@pytest.mark.parametrize(
    ("places", "kind"),
    [
        (("hill", "vale"), Kind.LEFT_SCOPE),
        (("vale", "vale"), Kind.UNCHANGED),
        (("hill", "hill"), Kind.UNCHANGED),
    ],
)
def test_what_no_longer_applies_left_scope(places: tuple[str, str], kind: Kind) -> None:
    assert kinds(compared(Q_ON_THE_HILL, {}, Q_ON_THE_HILL, {}, *places)) == {"Q": kind}


def test_what_applies_now_entered_scope_and_is_newly_answered_once_it_has_an_answer() -> None:
    for after, kind in ((None, Kind.ENTERED_SCOPE), ("yes", Kind.NEWLY_ANSWERED)):
        found = compared(Q_ON_THE_HILL, {}, Q_ON_THE_HILL, {"Q": after}, "vale", "hill")
        assert kinds(found) == {"Q": kind}


def test_what_one_checklist_lacks_is_new_or_removed() -> None:
    both = depot(control("Q"), control("R"))
    assert kinds(compared(Q, {"Q": "yes"}, both, {"Q": "yes", "R": "no"})) == {"Q": Kind.UNCHANGED, "R": Kind.NEW}
    assert kinds(compared(both, {"Q": "yes", "R": "no"}, Q, {"Q": "yes"})) == {"Q": Kind.UNCHANGED, "R": Kind.REMOVED}


def test_free_text_is_left_out_until_it_is_scored() -> None:
    text = depot(control("Q"), control("R", type="text"))
    scored = depot(control("Q"), control("R"))
    assert kinds(compared(text, {"R": "Much."}, text, {"R": "Little."})) == {"Q": Kind.UNCHANGED}
    assert kinds(compared(text, {"R": "Much."}, scored, {"R": "no"}))["R"] is Kind.NEWLY_ANSWERED
    assert kinds(compared(text, {"R": "Much."}, scored, {}))["R"] is Kind.ENTERED_SCOPE


# Which old question a new one continues

OLD = depot(control("A-4"), control("A-5"), control("A-6"))
MERGED = depot(control("A-44", replaces=["A-4", "A-5"]), control("A-6"))


def test_a_merged_question_is_compared_with_the_first_of_its_list_that_was_answered() -> None:
    found = compared(OLD, {"A-5": "yes", "A-6": "no"}, MERGED, {"A-44": "yes", "A-6": "no"})
    assert (found.by_answers, found.by_checklist) == (0, Fraction(1, 6))
    assert kinds(found) == {"A-44": Kind.UNCHANGED, "A-6": Kind.UNCHANGED}, "what was merged was not removed"
    assert [(one.before and one.before.question.id) for one in found.changes] == ["A-5", "A-6"]


@pytest.mark.parametrize(
    ("before", "earlier", "kind"),
    [
        ({"A-4": "no", "A-5": "yes"}, "A-4", Kind.IMPROVED),
        ({"A-4": "unknown", "A-5": "yes"}, "A-4", Kind.IMPROVED),
        ({"A-4": "na", "A-5": "yes"}, "A-4", Kind.NEWLY_ANSWERED),
        ({}, "A-4", Kind.NEWLY_ANSWERED),
        ({"A-5": "no"}, "A-5", Kind.IMPROVED),
    ],
)
def test_else_with_the_first_that_there_was(before: dict[str, Given], earlier: str, kind: Kind) -> None:
    found = compared(OLD, before, MERGED, {"A-44": "yes"})
    merged = found.changes[0]
    assert merged.before is not None
    assert (merged.before.question.id, merged.kind) == (earlier, kind)


def test_a_question_that_keeps_its_id_is_never_called_removed() -> None:
    new = depot(control("A-4", replaces=["A-5"]), control("A-6"))
    found = compared(OLD, {"A-5": "yes"}, new, {"A-4": "yes"})
    assert kinds(found) == {"A-4": Kind.UNCHANGED, "A-6": Kind.UNCHANGED}
    assert found.by_answers == 0


# What the change of the score is owed to


def test_an_old_answer_counts_with_the_weights_and_credits_of_the_newer_checklist() -> None:
    old = depot(control("Q", type="choice", options=options(a="1", b="0")), control("R", weight=4))
    new = depot(control("Q", type="choice", options=options(a="0.5", b="0"), weight=3), control("R"))
    found = compared(old, {"Q": "a", "R": "no"}, new, {"Q": "a", "R": "yes"})
    assert (found.before, found.after) == (Fraction(1, 5), Fraction(5, 8))
    assert found.by_answers == Fraction(1, 4)
    assert found.by_checklist == Fraction(5, 8) - Fraction(1, 5) - Fraction(1, 4)
    # By the credits that each earned in its own checklist, 1 then and a half now.
    assert kinds(found) == {"Q": Kind.WORSENED, "R": Kind.IMPROVED}


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
