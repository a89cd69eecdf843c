"""Answers in words, in the language in use: one that was given, and which would fit."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from stockcheck.answers.answer import Answer
from stockcheck.checklist.model import Asked
from stockcheck.language import _, number
from stockcheck.plaintext import MAX_TEXT, one_line


def wanted(asked: Asked) -> str:
    """One line that says what answers fit."""
    match asked.type:
        case "control":
            return _("Answer with one of: {words}.").format(
                words=", ".join(word.lower() for word in control_in_words().values())
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


def control_in_words() -> dict[str, str]:
    return {"yes": _("Yes"), "partial": _("Partial"), "no": _("No")}


def _numbered(asked: Asked) -> str:
    """The options as the screen numbers them; each may also be named by its id."""
    options = enumerate(asked.options.values(), start=1)
    return ", ".join(f"{number} ({one_line(option.text, limit=40)})" for number, option in options)


def answer_in_words(asked: Asked, answer: Answer | None) -> str:
    """`answer` as a person reads it, in the language in use; empty for no answer."""
    if answer is None:
        return ""
    if answer.status == "unknown":
        return _("Unknown")
    if answer.status == "na":
        return _("Not applicable: {why}").format(why=answer.justification)
    match answer.value:
        case tuple() as words:
            return "; ".join(asked.options[word].text for word in words) or _("None of these")
        case Decimal() as value:
            return number(value)
        case dt.date() as day:
            return day.isoformat()
        case str() as text if asked.type == "control":
            return control_in_words()[text]
        case str() as text if asked.type == "choice":
            return asked.options[text].text
    return str(answer.value)
