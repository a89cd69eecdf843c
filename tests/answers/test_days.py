"""The days of an assessment: which dates its answers may be, and what age a date is of."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from stockcheck.answers.days import SITTING, age, last_day, last_day_recorded
from stockcheck.scoring.credit import credit
from tests.assessment.crafting import checklist

ON = dt.date(2026, 3, 1)


def after(days: int) -> dt.date:
    return ON + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("today", "last"), [(-400, 0), (-1, 0), (0, 0), (1, 1), (SITTING, SITTING), (SITTING + 1, 0), (365, 0)]
)
def test_a_sitting_goes_on_for_a_month_at_most(today: int, last: int) -> None:
    assert last_day(ON, after(today)) == after(last)


@pytest.mark.parametrize("today", range(-2, SITTING + 3))
def test_what_was_taken_is_read_back_wherever_it_was_given(today: int) -> None:
    """A day is over in one place before it begins in another: at most one day apart from that in UTC."""
    for apart in (-1, 0, 1):
        recorded = after(today + apart)
        assert last_day_recorded(ON, recorded) >= last_day(ON, after(today)) - dt.timedelta(days=max(0, -apart - 1))
        assert last_day_recorded(ON, recorded) <= after(SITTING)
    assert last_day_recorded(ON, after(-300)) == ON


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_ends_of_the_calendar_are_days_like_others(day: dt.date) -> None:
    assert last_day(day, day) == last_day_recorded(day, day) == day or day == dt.date.min
    assert age(dt.date.min, dt.date.max) > 3_000_000


@pytest.mark.parametrize(("day", "expected"), [(-400, 0), (-31, 1), (0, 1), (5, 1)])
def test_a_later_date_is_of_age_nought(day: int, expected: int) -> None:
    question = checklist().question["A-5"]  # up to 31 days: 1; up to 365: a half
    assert credit(question, after(day), ON) == Fraction(expected)
    assert age(after(day), ON) == max(0, -day)
