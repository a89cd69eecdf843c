"""Answers: what they are, what fits a question, and the JSON form in which they are kept.

An answer is a value of the question's type, or `unknown`, or `na` (not applicable) with a justification.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from stockcheck.checklist.model import Asked, ProfileField, Question
from stockcheck.checklist.yamltext import MAX_DIGITS
from stockcheck.errors import AnswerError
from stockcheck.language import _, number
from stockcheck.plaintext import MAX_TEXT, clean, says_something

#: A control's or a choice's word, the words ticked (in checklist order), a number, a date, or free text.
Value = str | tuple[str, ...] | Decimal | dt.date

_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")  # the library would also read weeks, such as 2026-W13-2


@dataclass(frozen=True)
class Answer:
    """One answer. `value` is None when `standing` is not ``given``; `justification` belongs to ``na`` alone."""

    value: Value | None = None
    standing: Literal["given", "unknown", "na"] = "given"
    justification: str = ""

    def to_json(self) -> dict[str, Any]:
        """The form kept in an assessment file."""
        if self.standing == "unknown":
            return {"unknown": True}
        if self.standing == "na":
            return {"na": self.justification}
        value = self.value
        if isinstance(value, tuple):
            return {"value": list(value)}
        return {"value": value.isoformat() if isinstance(value, dt.date) else str(value)}


UNKNOWN = Answer(standing="unknown")


def not_applicable(justification: str) -> Answer:
    """The answer `na`. Raises `AnswerError` without a justification."""
    justification = clean(justification).strip()
    if not says_something(justification):
        raise AnswerError(
            _("“Not applicable” needs a justification."), _("Say why this control cannot apply to this depot.")
        )
    return Answer(standing="na", justification=justification)


def from_json(asked: Asked, form: object, on: dt.date) -> Answer:
    """The answer that `Answer.to_json` wrote, checked against what is asked. Raises `AnswerError`."""
    match form:
        case {"unknown": True}:
            return fitting(asked, UNKNOWN, on)
        case {"na": str(justification)}:
            return fitting(asked, not_applicable(justification), on)
        case {"value": list(words)} if asked.type == "several" and all(isinstance(word, str) for word in words):
            return fitting(asked, Answer(tuple(words)), on)
        case {"value": str(text)} if asked.type != "several":
            if asked.type == "number":
                return fitting(asked, Answer(decimal(text)), on)
            return fitting(asked, Answer(iso_date(text) if asked.type == "date" else text), on)
    raise AnswerError(_("{id}: the stored answer does not have the form of an answer.").format(id=asked.id))


def fitting(asked: Asked, answer: Answer, on: dt.date) -> Answer:
    """`answer` put into its one canonical form, given an assessment on the date `on`.

    Raises `AnswerError` saying what would fit, when it does not fit the type of what is asked.
    """
    if answer.standing == "unknown":
        if asked.type == "text":
            raise AnswerError(_("{id} takes free text; leave it open instead.").format(id=asked.id))
        return UNKNOWN
    if answer.standing == "na":
        if isinstance(asked, ProfileField) or asked.type == "text":
            raise AnswerError(_("{id} cannot be “not applicable”; leave it open instead.").format(id=asked.id))
        if isinstance(asked, Question) and not asked.na:
            raise AnswerError(
                _("{id} cannot be “not applicable”: where it is asked, it applies.").format(id=asked.id),
                _("Answer it as it stands, or leave it open."),
            )
        return not_applicable(answer.justification)
    value = answer.value
    match asked.type, value:
        case (("control" | "choice"), str()) if value in asked.words:
            return answer
        case "several", tuple() if set(value) <= set(asked.words):
            if not value and isinstance(asked, ProfileField) and asked.least:
                raise AnswerError(
                    _("{id}: “none of these” is no answer here; at least one of them holds.").format(id=asked.id),
                    wanted(asked),
                )
            return Answer(tuple(word for word in asked.words if word in value))
        case "number", Decimal() if _reasonable(value):
            return Answer(_possible(asked, value))
        case "date", dt.date():
            return Answer(_past(value, on))
        case "text", str() if text := clean(value).strip():
            return Answer(text)
    raise AnswerError(_("{id}: that is no answer to this question.").format(id=asked.id), wanted(asked))


def _reasonable(value: Decimal) -> bool:
    return value.is_finite() and len(value.as_tuple().digits) <= MAX_DIGITS and abs(value.adjusted()) <= MAX_DIGITS


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


def _past(value: dt.date, on: dt.date) -> dt.date:
    if value > on:
        raise AnswerError(
            _("{date} lies after the date of the assessment, {on}.").format(date=value.isoformat(), on=on.isoformat())
        )
    return value


def decimal(text: str) -> Decimal:
    """The finite decimal that `text` spells with digits and a point. Raises `AnswerError`."""
    try:
        value = Decimal(text) if len(text) <= 2 * MAX_DIGITS and text.isascii() and "_" not in text else None
    except InvalidOperation:
        value = None
    if value is None or not _reasonable(value):
        raise AnswerError(_("“{text}” is not a number.").format(text=clean(text, limit=60)), _("Such as 12 or 12.5."))
    return value


def iso_date(text: str) -> dt.date:
    """The date that `text` spells as year-month-day. Raises `AnswerError`."""
    try:
        if not _DATE.fullmatch(text):
            raise ValueError
        return dt.date.fromisoformat(text)
    except ValueError:
        raise AnswerError(
            _("“{text}” is not a date.").format(text=clean(text, limit=60)),
            _("Write year-month-day, such as 2026-03-31."),
        ) from None


def wanted(asked: Asked) -> str:
    """One line that says what answers fit."""
    match asked.type:
        case "control":
            return _("Answer with one of: {words}.").format(
                words=", ".join(word.lower() for word in _control_in_words().values())
            )
        case "choice":
            return _("Answer with one of: {words}.").format(words=_numbered(asked))
        case "several":
            return _("Answer with any of: {words}.").format(words=_numbered(asked))
        case "number":
            return _("Answer with a number, such as {example}.").format(example=number(Decimal("12.5")))
        case "date":
            return _("Answer with a date as year-month-day, such as 2026-03-31.")
    return _("Answer with text of at most {most} characters.").format(most=MAX_TEXT)


def _control_in_words() -> dict[str, str]:
    return {"yes": _("Yes"), "partial": _("Partial"), "no": _("No")}


def _numbered(asked: Asked) -> str:
    """The options as the screen numbers them; each may also be named by its id."""
    options = enumerate(asked.options.values(), start=1)
    return ", ".join(f"{number} ({clean(option.text, limit=40)})" for number, option in options)


def shown(asked: Question | ProfileField, answer: Answer | None) -> str:
    """`answer` as a person reads it, in the language in use; empty for no answer."""
    if answer is None:
        return ""
    if answer.standing == "unknown":
        return _("Unknown")
    if answer.standing == "na":
        return _("Not applicable: {why}").format(why=answer.justification)
    match answer.value:
        case tuple() as words:
            return "; ".join(asked.options[word].text for word in words) or _("None of these")
        case Decimal() as value:
            return number(value)
        case dt.date() as day:
            return day.isoformat()
        case str() as text if asked.type == "control":
            return _control_in_words()[text]
        case str() as text if asked.type == "choice":
            return asked.options[text].text
    return str(answer.value)
