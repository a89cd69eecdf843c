"""The days (`within`) that a question gives its remedy: by when that is, and the time that an English remedy names."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import get_args

from stockcheck.checklist.model import Question, Within

_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 90, "year": 365}
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ONE = ("a", "an", "the", "this", "one")
_TIME = re.compile(
    r"\b(?:(?P<now>today|tonight|now|at once|immediately)|this (?P<this>week|month|quarter|year)|"
    rf"within (?P<count>[0-9]{{1,3}}|{'|'.join((*_ONE, *_NUMBERS))}) (?P<unit>day|week|month|quarter|year)s?)\b",
    re.IGNORECASE,
)
_STEPS: tuple[int, ...] = get_args(Within)


def due(question: Question, on: dt.date) -> dt.date | None:
    """By when the remedy should be done, from `on`; None where no days are given, or they lead past every calendar."""
    if question.within is None:
        return None
    try:
        return on + dt.timedelta(days=question.within)
    except OverflowError:
        return None


def days_named(remedy: str) -> Iterator[int]:
    """Each time that `remedy` names, in days: "today" is 0, "this month" 30, "within two weeks" 14."""
    for match in _TIME.finditer(remedy):
        if match["now"]:
            yield 0
            continue
        count = (match["count"] or "one").lower()
        times = 1 if count in _ONE else int(count) if count.isdigit() else _NUMBERS.index(count) + 1
        yield times * _DAYS[(match["this"] or match["unit"]).lower()]


def agrees(within: int, remedy: str) -> bool:
    """Whether `within` is among the times that `remedy` names, or next to one; it is where none is named."""
    named = tuple(days_named(remedy))
    return not named or any(within in _nearest(days) for days in named)


def _nearest(days: int) -> tuple[int, ...]:
    """The steps between which so many days lie; the step itself where they are one."""
    below, above = bisect_right(_STEPS, days), bisect_left(_STEPS, days)
    return _STEPS[max(0, below - 1) : above + 1]
