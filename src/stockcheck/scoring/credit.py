"""How far an answer meets its control. Source: docs/scoring.md, S-1."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from stockcheck.answers.answer import Value
from stockcheck.answers.days import age
from stockcheck.checklist.model import CREDIT_OF_CONTROL, Question
from stockcheck.checklist.words import as_fraction

NONE = Fraction(0)
FULL = Fraction(1)

_OF_CONTROL = {word: as_fraction(credit) for word, credit in CREDIT_OF_CONTROL.items()}


def credit(question: Question, value: Value, on: dt.date) -> Fraction:
    """The credit, 0 to 1, of `value` as the answer to a scored question at an assessment on the date `on`.

    Raises `TypeError` for a value that is not of the question's type.
    """
    match question.type, value:
        case "control", str():
            return _OF_CONTROL[value]
        case "choice", str():
            return _of_option(question, value)
        case "several", tuple():
            return min(FULL, max(NONE, sum((_of_option(question, word) for word in value), NONE)))
        case "number", Decimal():
            return _of_band(question, value)
        case "date", dt.date():
            return _of_band(question, age(value, on))
    raise TypeError(f"{question.id}: a {question.type} question has no credit for {value!r}")


def _of_option(question: Question, word: str) -> Fraction:
    return as_fraction(question.options[word].credit or Decimal(0))


def _of_band(question: Question, value: Decimal | int) -> Fraction:
    """The first band, in file order, that holds the value; none: 0."""
    return next((as_fraction(band.credit) for band in question.bands if band.holds(value)), NONE)
