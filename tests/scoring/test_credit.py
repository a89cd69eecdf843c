"""S-1: what each answer is worth. Every figure here is worked out by hand from the rules."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.scoring.building import ON, built, card, control, lower, options


@pytest.mark.parametrize(("word", "credit"), [("yes", Fraction(1)), ("partial", Fraction(1, 2)), ("no", Fraction(0))])
def test_a_control_earns_one_half_or_nothing(word: str, credit: Fraction) -> None:
    assert lower(built(control("A")), {"A": word}) == credit


def test_a_choice_earns_the_credit_of_its_option() -> None:
    checklist = built(control("A", type="choice", options=options(good="1", fair="0.3", bad="0")))
    assert lower(checklist, {"A": "good"}) == 1
    assert lower(checklist, {"A": "fair"}) == Fraction(3, 10)
    assert lower(checklist, {"A": "bad"}) == 0


def test_decimals_in_a_checklist_are_exact() -> None:
    checklist = built(control("A", type="several", options=options(one="0.1", two="0.2", three="0.7")))
    assert lower(checklist, {"A": ("one", "two")}) == Fraction(3, 10)
    assert lower(checklist, {"A": ("one", "two", "three")}) == 1


@pytest.mark.parametrize(
    ("ticked", "credit"),
    [
        ((), Fraction(0)),
        (("a",), Fraction(6, 10)),
        (("a", "b"), Fraction(1)),  # 0.6 + 0.7 = 1.3, capped
        (("minus",), Fraction(0)),  # -0.5, never below 0
        (("a", "minus"), Fraction(1, 10)),  # 0.6 - 0.5
        (("a", "b", "minus"), Fraction(8, 10)),  # 1.3 - 0.5: the cap is on the sum, not on its way there
    ],
)
def test_several_sums_the_ticked_options_between_nothing_and_one(ticked: tuple[str, ...], credit: Fraction) -> None:
    checklist = built(control("A", type="several", options=options(a="0.6", b="0.7", minus="-0.5")))
    assert lower(checklist, {"A": ticked}) == credit


NUMBER = control(
    "A",
    type="number",
    bands=[
        {"at_least": Decimal("2.5"), "at_most": 4, "credit": Decimal("0.25")},
        {"at_least": 4, "credit": 1},
        {"at_most": 3, "credit": Decimal("0.75")},
    ],
)


@pytest.mark.parametrize(
    ("value", "credit"),
    [
        ("2.5", Fraction(1, 4)),  # bounds are inclusive
        ("2.4999999999999999999999999999999999999", Fraction(3, 4)),
        ("3", Fraction(1, 4)),  # both the first and the third band hold: the first in file order counts
        ("4", Fraction(1, 4)),  # the first again, though the second earns more
        ("4.0000000000000000000000000000000000001", Fraction(1)),
        ("-7", Fraction(3, 4)),
    ],
)
def test_a_number_earns_the_first_band_that_holds_it(value: str, credit: Fraction) -> None:
    assert lower(built(NUMBER), {"A": Decimal(value)}) == credit


def test_a_number_that_no_band_holds_earns_nothing() -> None:
    checklist = built(control("A", type="number", bands=[{"at_least": 1, "at_most": 2, "credit": 1}]))
    assert lower(checklist, {"A": Decimal("2.01")}) == 0
    assert lower(checklist, {"A": Decimal("0.99")}) == 0


@pytest.mark.parametrize(
    ("date", "credit"),
    [
        (dt.date(2026, 6, 30), Fraction(1)),  # the day of the assessment itself: age 0
        (dt.date(2026, 6, 23), Fraction(1)),  # 7 days
        (dt.date(2026, 6, 22), Fraction(1, 2)),  # 8 days
        (dt.date(2026, 5, 30), Fraction(1, 2)),  # 1 day of May and 30 of June: 31
        (dt.date(2026, 5, 29), Fraction(0)),  # 32: no band
    ],
)
def test_a_date_is_scored_by_its_age_in_days(date: dt.date, credit: Fraction) -> None:
    bands = [{"at_most": 7, "credit": 1}, {"at_most": 31, "credit": Decimal("0.5")}]
    assert lower(built(control("A", type="date", bands=bands)), {"A": date}) == credit


def test_the_age_of_a_date_hangs_on_the_assessment_and_not_on_today() -> None:
    checklist = built(control("A", type="date", bands=[{"at_most": 1, "credit": 1}]))
    then = dt.date(1999, 12, 31)
    assert card(checklist, {"A": then}, on=dt.date(2000, 1, 1)).overall.lower == 1
    assert card(checklist, {"A": then}, on=dt.date(2000, 1, 2)).overall.lower == 0


def test_free_text_stands_in_no_sum_and_is_never_a_gap() -> None:
    checklist = built(control("A", weight=2), control("B", type="text", weight=5))
    for given in ({"A": "yes"}, {"A": "yes", "B": "Some words"}):
        scorecard = card(checklist, given)
        assert scorecard.overall.lower == scorecard.overall.upper == 1
        assert scorecard.overall.weight == 2
        assert scorecard.overall.questions == 1
        assert scorecard.overall.open == 0
        assert scorecard.gaps == ()
        assert scorecard.open == ()


def test_unknown_counts_nothing_below_and_everything_above() -> None:
    scorecard = card(built(control("A", weight=3), control("B", weight=1)), {"A": "unknown", "B": "yes"})
    assert scorecard.overall.lower == Fraction(1, 4)
    assert scorecard.overall.upper == 1
    assert scorecard.overall.answered == 1  # unknown is an answer
    assert scorecard.overall.open == 1
    assert [gap.line.question.id for gap in scorecard.gaps] == ["A"]


def test_what_is_set_aside_counts_nothing_below_and_everything_above() -> None:
    scorecard = card(built(control("A", weight=3), control("B", weight=1)), {"A": "na", "B": "yes"})
    assert (scorecard.overall.lower, scorecard.overall.upper) == (Fraction(1, 4), 1)
    assert scorecard.gaps == ()


def test_credit_of_an_answer_does_not_hang_on_the_date_for_a_number() -> None:
    assert card(built(NUMBER), {"A": Decimal(5)}, on=ON - dt.timedelta(days=9)).overall.lower == 1
