"""What a checklist and its answers mean by a word that spells a number or a date, and what lies within bounds."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from stockcheck.checklist.yamltext import MAX_DIGITS
from stockcheck.errors import AnswerError
from stockcheck.language import _
from stockcheck.plaintext import one_line

_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")  # the library would also read weeks, such as 2026-W13-2


def is_bounded(value: Decimal) -> bool:
    """Whether `value` is finite, with at most 40 digits, and of at most 40 places before or after the point."""
    return value.is_finite() and len(value.as_tuple().digits) <= MAX_DIGITS and abs(value.adjusted()) <= MAX_DIGITS


def decimal(text: str) -> Decimal:
    """The finite decimal that `text` spells with digits and a point. Raises `AnswerError`."""
    try:
        value = Decimal(text) if len(text) <= 2 * MAX_DIGITS and text.isascii() and "_" not in text else None
    except InvalidOperation:
        value = None
    if value is None or not is_bounded(value):
        raise AnswerError(
            _("“{text}” is not a number.").format(text=one_line(text, limit=60)), _("Such as 12 or 12.5.")
        )
    return value


def iso_date(text: str) -> dt.date:
    """The date that `text` spells as year-month-day. Raises `AnswerError`."""
    try:
        if not _DATE.fullmatch(text):
            raise ValueError
        return dt.date.fromisoformat(text)
    except ValueError:
        raise AnswerError(
            _("“{text}” is not a date.").format(text=one_line(text, limit=60)),
            _("Write year-month-day, such as 2026-03-31."),
        ) from None


def lies_within(value: Decimal | int, at_least: Decimal | None, at_most: Decimal | None) -> bool:
    """Whether `value` is neither less than `at_least` nor more than `at_most`; None bounds nothing.

    The one test of bounds: of a band, of a condition, and in the search for answers that fulfil one.
    """
    return (at_least is None or value >= at_least) and (at_most is None or value <= at_most)
