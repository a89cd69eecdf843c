"""The JSON form in which an answer is kept. Source: docs/assessment-file.md."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.fitting import fitting
from stockcheck.checklist.model import Asked
from stockcheck.checklist.succession import renamed_options
from stockcheck.checklist.values import decimal, iso_date
from stockcheck.errors import AnswerError
from stockcheck.language import _


def to_json(answer: Answer) -> dict[str, Any]:
    """The form of `answer` that an assessment file keeps: `value`, or `unknown`, or `na` with the justification."""
    if answer.status == "unknown":
        return {"unknown": True}
    if answer.status == "na":
        return {"na": answer.justification}
    value = answer.value
    if isinstance(value, tuple):
        return {"value": list(value)}
    return {"value": value.isoformat() if isinstance(value, dt.date) else str(value)}


def from_json(asked: Asked, form: object, last: dt.date = dt.date.max) -> Answer:
    """The answer that `to_json` wrote, checked against what is asked. Raises `AnswerError`.

    A date after the `last` day of the assessment is refused; of what was checked before, it need not be given.
    Texts are read whole, however long: what was kept once is never cut.
    """
    match form:
        case {"unknown": True}:
            return fitting(asked, UNKNOWN, last)
        case {"na": str(justification)}:
            return fitting(asked, Answer(status="na", justification=justification), last, most=sys.maxsize)
        case {"value": list(words)} if asked.type == "several" and all(isinstance(word, str) for word in words):
            return fitting(asked, Answer(tuple(words)), last)
        case {"value": str(text)} if asked.type != "several":
            if asked.type == "number":
                return fitting(asked, Answer(decimal(text)), last)
            return fitting(asked, Answer(iso_date(text) if asked.type == "date" else text), last, most=sys.maxsize)
    raise AnswerError(_("{id}: the stored answer does not have the form of an answer.").format(id=asked.id))


def continued(was: Asked, now: Asked, answer: Answer, last: dt.date = dt.date.max) -> Answer:
    """The answer to `was` as one to `now`, which continues it: options by their new names, other types by form.

    Raises `AnswerError` where it does not fit, as `from_json` does.
    """
    return from_json(now, to_json(answer.renamed(renamed_options(was, now))), last)
