"""The time that a remedy names, and whether a question gives it as much."""

from __future__ import annotations

import pytest

from stockcheck.checklist.deadline import agrees, days_named


@pytest.mark.parametrize(
    ("remedy", "days"),
    [
        ("Lock it today.", [0]),
        ("At once, post a guard.", [0]),
        ("Mend it this week.", [7]),
        ("Mend it this month and report within three months.", [30, 90]),
        ("Write it within a month.", [30]),
        ("Write it within 60 days.", [60]),
        ("Write it within the quarter.", [90]),
        ("Write it within two weeks.", [14]),
        ("Fund it this year.", [365]),
        ("Keep it within hearing of the guard, in a known place.", []),
        ("Within reach of twelve months of work.", []),
    ],
)
def test_times_are_read_as_days(remedy: str, days: list[int]) -> None:
    assert list(days_named(remedy)) == days


@pytest.mark.parametrize(
    ("within", "remedy", "fits"),
    [
        (0, "Lock it today.", True),
        (7, "Lock it today.", False),
        (7, "Mend it this week.", True),
        (0, "Mend it this week.", False),
        (30, "Mend it this week.", False),
        (7, "Mend it within two weeks.", True),  # the step below, and the step above
        (30, "Mend it within two weeks.", True),
        (90, "Mend it within two weeks.", False),
        (0, "Guard it today; mend it this month.", True),  # either
        (30, "Guard it today; mend it this month.", True),
        (7, "Guard it today; mend it this month.", False),
        (365, "Ask for it within three years.", True),  # there is no longer time
        (90, "Ask for it within three years.", False),
        (90, "Mend it.", True),
    ],
)
def test_a_question_gives_the_time_that_its_remedy_names(within: int, remedy: str, fits: bool) -> None:
    assert agrees(within, remedy) is fits
