"""What fits a question, and the one canonical form in which it does."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.keeping import kept
from stockcheck.answers.worded import wanted
from stockcheck.checklist.model import Asked, ProfileField, Question
from stockcheck.checklist.values import is_bounded
from stockcheck.errors import AnswerError
from stockcheck.language import _, number
from stockcheck.plaintext import MAX_TEXT, says_something


def not_applicable(justification: str, *, most: int = MAX_TEXT) -> Answer:
    """The answer `na`. Raises `AnswerError` without a justification, or with one longer than `most` characters."""
    justification = kept(justification, most=most)
    if not says_something(justification):
        raise AnswerError(
            _("“Not applicable” needs a justification."), _("Say why this control cannot apply to this depot.")
        )
    return Answer(status="na", justification=justification)


def fitting(asked: Asked, answer: Answer, last: dt.date, *, most: int = MAX_TEXT) -> Answer:
    """`answer` put into its one canonical form, given the `last` day of the assessment (see `days`).

    A text has `most` characters.

    Raises `AnswerError` saying what would fit, when it does not fit the type of what is asked.
    """
    if answer.status == "unknown":
        if asked.type == "text":
            raise AnswerError(_("{id} takes free text; leave it open instead.").format(id=asked.id))
        return UNKNOWN
    if answer.status == "na":
        if isinstance(asked, ProfileField) or asked.type == "text":
            raise AnswerError(_("{id} cannot be “not applicable”; leave it open instead.").format(id=asked.id))
        if isinstance(asked, Question) and not asked.na:
            raise AnswerError(
                _("{id} cannot be “not applicable”: where it is asked, it applies.").format(id=asked.id),
                _("Answer it as it stands, or leave it open."),
            )
        return not_applicable(answer.justification, most=most)
    value = answer.value
    match asked.type, value:
        case (("control" | "choice"), str()) if value in asked.place_of_word:
            return answer
        case "several", tuple() if (ticked := set(value)) <= asked.place_of_word.keys():
            if not ticked and isinstance(asked, ProfileField) and asked.least:
                raise AnswerError(
                    _("{id}: “none of these” is no answer here; at least one of them holds.").format(id=asked.id),
                    wanted(asked),
                )
            return Answer(tuple(sorted(ticked, key=asked.place_of_word.__getitem__)))
        case "number", Decimal() if is_bounded(value):
            return Answer(_possible(asked, value))
        case "date", dt.date():
            return Answer(_past(value, last))
        case "text", str() if text := kept(value, most=most):
            return Answer(text)
    raise AnswerError(_("{id}: that is no answer to this question.").format(id=asked.id), wanted(asked))


def _possible(asked: Asked, value: Decimal) -> Decimal:
    if asked.minimum is not None and value < asked.minimum:
        raise AnswerError(
            _("{id}: {value} is less than {least}, the least there can be.").format(
                id=asked.id, value=number(value), least=number(asked.minimum)
            )
        )
    if asked.maximum is not None and value > asked.maximum:
        raise AnswerError(
            _("{id}: {value} is more than {most}, the most there can be.").format(
                id=asked.id, value=number(value), most=number(asked.maximum)
            )
        )
    return value


def _past(value: dt.date, last: dt.date) -> dt.date:
    if value > last:
        raise AnswerError(
            _("{date} lies after the last day of the assessment, {on}.").format(
                date=value.isoformat(), on=last.isoformat()
            ),
            _("If it went on until then, move its date: stockcheck set FILE --date {date}").format(
                date=value.isoformat()
            ),
        )
    return value
