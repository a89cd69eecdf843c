"""The days of an assessment: its date, from which ages are reckoned, and the last day that its answers may speak of."""

from __future__ import annotations

import datetime as dt

#: Days after its date on which an assessment is still answered as things stand that day: a sitting may go on. After
#: that ages, reckoned from the date, would be too good; its date has to be moved.
SITTING = 31


def last_day(on: dt.date, today: dt.date) -> dt.date:
    """The latest date that an answer given `today` may be, in an assessment on the date `on`."""
    return today if 0 <= (today - on).days <= SITTING else on


def last_day_recorded(on: dt.date, recorded: dt.date) -> dt.date:
    """The same of an answer recorded on a day in UTC: where it was given, the next one may have begun."""
    return max(on, min(_after(recorded, 1), _after(on, SITTING)))


def age(day: dt.date, on: dt.date) -> int:
    """The age of `day` in whole days at an assessment dated `on`, 0 for a later one. Source: docs/scoring.md, S-1."""
    return max(0, (on - day).days)


def _after(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(min(day.toordinal() + days, dt.date.max.toordinal()))
