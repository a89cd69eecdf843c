"""Typed text as an answer: the words people type in any language, numbers and dates as they write them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.fitting import fitting, not_applicable
from stockcheck.answers.worded import wanted
from stockcheck.checklist.model import Asked
from stockcheck.checklist.values import decimal, iso_date
from stockcheck.errors import AnswerError
from stockcheck.language import _, table_in_use
from stockcheck.language.typed import Meaning, meaning, reason
from stockcheck.plaintext import folded, one_line, whole

#: The earliest year that a date typed may have; no record of a depot goes back further.
EARLIEST_YEAR = 1900

_ALWAYS: tuple[Meaning, ...] = ("unknown",)
#: What can be meant by a word, for each type of question.
_MEANINGS: dict[str, tuple[Meaning, ...]] = {
    "control": ("yes", "partial", "no", *_ALWAYS),
    "several": ("none", *_ALWAYS),
    "date": ("today", *_ALWAYS),
}
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
#: A number whose thousands are set apart by spaces; those that may not break a line are what spreadsheets write.
_SPACED = re.compile(r"[-+]? ?\d{1,3}(?:[ \u00a0\u2007\u2009\u202f]\d{3})+(?:[.,]\d*)?")
#: A number that may have its thousands set apart by one mark. What begins with a nought has no thousands.
_GROUPED = re.compile(r"[-+]?(?!0+[.,])\d{1,3}(?P<mark>[.,])\d{3}")


def typed_date(text: str) -> dt.date:
    """As `iso_date`, for what a person has just typed: 0226 for 2026 is asked back. Raises `AnswerError`."""
    day = iso_date(text)
    if day.year < EARLIEST_YEAR:
        raise AnswerError(
            _("{date} lies before the year {year}.").format(date=day.isoformat(), year=EARLIEST_YEAR),
            _("Write year-month-day, such as 2026-03-31."),
        )
    return day


def read_answer(asked: Asked, typed: str, last: dt.date, today: dt.date | None = None) -> Answer:
    """The answer that `typed` means `today`, by default the `last` day of the assessment (see `days`).

    Raises `AnswerError` saying what would fit. Nothing is guessed: what could mean two things is refused.
    """
    text = whole(typed).strip()  # cut, it would be kept cut
    word = folded(text)
    if asked.type == "text":
        return fitting(asked, Answer(text), last)
    # A word of the question's own comes first: an option may well be called "d" or "none".
    exact = {folded(name): name for name in asked.words} | {name: name for name in asked.words}
    if (name := exact.get(text, exact.get(word))) is not None:
        return fitting(asked, Answer((name,) if asked.type == "several" else name), last)
    meant = meaning(word, _MEANINGS.get(asked.type, _ALWAYS))
    if meant == "unknown":
        return fitting(asked, UNKNOWN, last)
    if meant is None and (why := reason(text)) is not None:
        return fitting(asked, not_applicable(why), last)
    match asked.type:
        case "control" if meant is not None:
            return Answer(meant)
        case "control":  # by its words alone: a number may be meant for another question
            raise _no_answer(asked, word)
        case "choice":
            return fitting(asked, Answer(_numbered(asked, word)), last)
        case "several":
            parts = [] if meant == "none" else re.split(r"[\s,;]+", text.strip(" ,;"))
            words = (exact.get(part) or exact.get(folded(part)) or _numbered(asked, part) for part in parts)
            return fitting(asked, Answer(tuple(words)), last)
        case "number":
            return fitting(asked, Answer(_number(text)), last)
    return fitting(asked, Answer((today or last) if meant == "today" else _date(text)), last)


def _numbered(asked: Asked, word: str) -> str:
    """The word at the place that `word` numbers, counting from 1 as the screen does."""
    place = int(word) if word.isascii() and word.isdigit() and len(word) <= 4 else 0
    if 1 <= place <= len(asked.words):
        return asked.words[place - 1]
    raise _no_answer(asked, word)


def _no_answer(asked: Asked, word: str) -> AnswerError:
    return AnswerError(
        _("“{text}” is no answer to {id}.").format(text=one_line(word, limit=60), id=asked.id), wanted(asked)
    )


def _number(text: str) -> Decimal:
    """A number with a decimal point or comma, its thousands set apart by spaces at most.

    One mark before just three digits is refused where it may group thousands (see `Table.thousands_marks`).
    """
    compact = "".join(text.split()) if _SPACED.fullmatch(text) else re.sub("^([-+]) ", r"\1", text)
    used = table_in_use()
    if (grouped := _GROUPED.fullmatch(compact)) and grouped["mark"] in used.thousands_marks:
        raise AnswerError(
            _("“{text}” could mean two numbers.").format(text=one_line(text, limit=60)),
            _("Write thousands without a mark, such as 1500, and decimals as 1{mark}5.").format(mark=used.decimal_mark),
        )
    return decimal(compact.replace(",", ".") if compact.count(",") == 1 and "." not in compact else compact)


def _date(text: str) -> dt.date:
    """Year-month-day; day/month/year where it can mean only that."""
    if match := _DAY_MONTH_YEAR.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        if not table_in_use().day_first and day <= 12 and day != month:
            raise AnswerError(
                _("“{text}” could mean two dates.").format(text=text),
                _("Write year-month-day, such as 2026-03-31."),
            )
        text = f"{year:04}-{month:02}-{day:02}"
    return typed_date(text)
