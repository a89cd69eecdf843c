"""S-4: scores of sets of questions, by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stockcheck import figures
from tests.scoring.building import built, card, control, section


def test_the_score_is_weighted_and_unanswered_questions_are_the_interval() -> None:
    checklist = built(control("A", weight=5), control("B", weight=2), control("C", weight=3), control("D", weight=1))
    overall = card(checklist, {"A": "yes", "B": "partial", "D": "unknown"}).overall
    assert overall.lower == Fraction(6, 11)  # (5 + 1) / 11
    assert overall.upper == Fraction(10, 11)  # and C 3, D 1
    assert overall.answered == Fraction(8, 11)  # A 5, B 2, D 1
    assert (overall.weight, overall.questions, overall.open, overall.gaps) == (11, 4, 2, 2)
    assert not overall.complete


def test_every_set_is_scored_from_its_questions_and_never_from_averages() -> None:
    checklist = built(
        section("one", control("A", weight=1), domain="storage"),
        section("two", control("B", weight=5), control("C", weight=4), domain="transfer"),
        section("three", control("D", weight=2), domain="storage"),
    )
    scorecard = card(checklist, {"A": "yes", "B": "no", "C": "partial", "D": "no"})
    assert [(one.id, score.lower) for one, score in scorecard.sections] == [
        ("one", Fraction(1)),
        ("two", Fraction(2, 9)),
        ("three", Fraction(0)),
    ]
    assert {name: score.lower for name, score in scorecard.domains} == {
        "storage": Fraction(1, 3),
        "transfer": Fraction(2, 9),
    }
    assert scorecard.overall.lower == Fraction(3, 12)


def test_nothing_in_scope_is_not_applicable_and_no_percentage() -> None:
    checklist = built(section("one", control("A")), section("two", control("B")))
    scorecard = card(checklist, {"A": "na", "B": "yes"}, accepted=["A"])
    nothing = scorecard.sections[0][1]
    assert nothing.lower is nothing.upper is nothing.answered is nothing.assessed is None
    assert figures.percent(nothing.lower) == "not applicable"
    everything_away = card(checklist, {"A": "na", "B": "na"}, accepted=["A", "B"])
    assert everything_away.overall.lower is None
    assert (everything_away.achieved, everything_away.route) == (0, None)


def test_the_share_assessed_is_told_beside_the_score() -> None:
    checklist = built(control("A", weight=5), control("B", weight=2), control("C", weight=3), control("D", type="text"))
    overall = card(checklist, {"A": "yes", "B": "na", "C": "na", "D": "Words."}, accepted=["B"]).overall
    assert (overall.lower, overall.upper) == (Fraction(5, 8), 1)  # C waits for a countersignature
    assert overall.assessed == Fraction(8, 10)
    assert overall.answered == 1  # set aside is not unanswered
    assert (overall.set_aside, overall.set_aside_weight) == (1, 3)
    assert (overall.accepted, overall.accepted_weight, overall.given) == (1, 2, 1)
    assert (overall.weight, overall.open, overall.questions, overall.gaps) == (8, 1, 2, 0)


def test_what_fails_with_its_parent_is_in_the_score_and_not_open() -> None:
    checklist = built(control("A"), control("B", weight=3, part_of="A", when={"question": "A", "is": "yes"}))
    overall = card(checklist, {"A": "partial", "B": "yes"}).overall
    assert (overall.lower, overall.upper, overall.answered) == (Fraction(1, 8), Fraction(1, 8), 1)
    assert (overall.open, overall.gaps, overall.questions, overall.complete) == (0, 1, 2, True)


def test_a_standard_is_scored_from_the_questions_that_cite_it_each_once() -> None:
    checklist = built(
        control("A", weight=3, references=["IATG 09.10", "IATG 09.10 §8.2"]),
        control("B", weight=1, references=["IATG 09.10 §1", "MOSAIC 05.20"]),
        control("C", weight=5, references=["IATG 09.10.1"]),  # another document, not a part of 09.10
        control("D", weight=5),
        standards=("IATG 09.10", "IATG 09.10.1", "MOSAIC 05.20", "ISO 1"),
    )
    scorecard = card(checklist, {"A": "no", "B": "yes", "C": "yes", "D": "yes"})
    assert [(name, score.lower, score.weight) for name, score in scorecard.standards] == [
        ("IATG 09.10", Fraction(1, 4), 4),
        ("IATG 09.10.1", Fraction(1), 5),
        ("MOSAIC 05.20", Fraction(1), 1),
    ]


def test_the_longest_standard_that_a_reference_names_is_the_one_cited() -> None:
    checklist = built(control("A", references=["IATG 09 annex B"]), standards=("IATG 09", "IATG 09 annex"))
    assert [name for name, _score in card(checklist, {"A": "yes"}).standards] == ["IATG 09 annex"]
    assert checklist.cited("IATG 09") == "IATG 09"
    assert checklist.cited("IATG 090") is None
    assert checklist.cited("IATG") is None


@settings(max_examples=100, deadline=None)
@given(st.fractions(0, 1, max_denominator=10**6))
def test_rounding_is_to_the_nearest_tenth_and_up_from_the_middle(share: Fraction) -> None:
    assume(figures.places(share) == 1)
    tenths = Decimal(figures.digits(share)) * 10
    assert Fraction(-1, 2) < Fraction(tenths) - share * 1000 <= Fraction(1, 2)
