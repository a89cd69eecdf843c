"""Typed text as an answer: the words people type in either language, numbers and dates as they write them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from stockcheck.checklist.answers import UNKNOWN, Answer, decimal, fitting, iso_date, not_applicable, wanted
from stockcheck.checklist.model import Asked
from stockcheck.errors import AnswerError
from stockcheck.language import _, current
from stockcheck.plaintext import one_line, whole

_CONTROL = {
    **dict.fromkeys(("yes", "y", "si", "s"), "yes"),
    **dict.fromkeys(("partial", "p", "parcial"), "partial"),
    **dict.fromkeys(("no", "n"), "no"),
}
_UNKNOWN = frozenset({"?", "unknown", "u", "desconocido", "d", "no se", "no se sabe"})
_NONE = frozenset({"-", "none", "ninguno", "ninguna"})
_TODAY = frozenset({"today", "hoy"})
_NOT_APPLICABLE = re.compile(
    r"(?:na|n/a|not applicable|no (?:se )?aplica)\b[\s:,.–—-]*(?P<why>.*)", re.IGNORECASE | re.DOTALL
)
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_GROUPED = re.compile(r"[-+]?\d{1,3}[.,]\d{3}")


def read_answer(asked: Asked, typed: str, on: dt.date) -> Answer:
    """The answer that `typed` means, for an assessment on the date `on`.

    Raises `AnswerError` saying what would fit. Nothing is guessed: what could mean two things is refused.
    """
    text = whole(typed).strip()  # cut, it would be kept cut
    word = _folded(text)
    if asked.type == "text":
        return fitting(asked, Answer(text), on)
    # A word of the question's own comes first: an option may well be called "d" or "none".
    exact = {_folded(name): name for name in asked.words} | {name: name for name in asked.words}
    if (name := exact.get(text, exact.get(word))) is not None:
        return fitting(asked, Answer((name,) if asked.type == "several" else name), on)
    if word in _UNKNOWN:
        return fitting(asked, UNKNOWN, on)
    if match := _NOT_APPLICABLE.fullmatch(text):
        return fitting(asked, not_applicable(match["why"]), on)
    match asked.type:
        case "control" if word in _CONTROL:
            return Answer(_CONTROL[word])
        case "control" | "choice":
            return fitting(asked, Answer(_numbered(asked, word)), on)
        case "several":
            parts = [] if word in _NONE else re.split(r"[\s,;]+", text.strip(" ,;"))
            words = (exact.get(part) or exact.get(_folded(part)) or _numbered(asked, part) for part in parts)
            return fitting(asked, Answer(tuple(words)), on)
        case "number":
            return fitting(asked, Answer(_number(text)), on)
    return fitting(asked, Answer(on if word in _TODAY else _date(text)), on)


def _folded(text: str) -> str:
    """Lower case, without accents: "Sí" and "si" are one word."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def _numbered(asked: Asked, word: str) -> str:
    """The word at the place that `word` numbers, counting from 1 as the screen does."""
    if word.isascii() and word.isdigit() and 1 <= int(word[:4]) <= len(asked.words):
        return asked.words[int(word[:4]) - 1]
    raise AnswerError(
        _("“{text}” is no answer to {id}.").format(text=one_line(word, limit=60), id=asked.id), wanted(asked)
    )


def _number(text: str) -> Decimal:
    """A number with a decimal point or comma. One mark before just three digits could group thousands: it is refused,
    but for the point in English. Those who speak Spanish write 1500 as 1,500 in one country and 1.500 in another.
    """
    compact = text.replace(" ", "")
    if _GROUPED.fullmatch(compact) and not (current() == "en" and "." in compact):
        mark = "," if current() == "es" else "."
        raise AnswerError(
            _("“{text}” could mean two numbers.").format(text=one_line(text, limit=60)),
            _("Write thousands without a mark, such as 1500, and decimals as 1{mark}5.").format(mark=mark),
        )
    return decimal(compact.replace(",", ".") if compact.count(",") == 1 and "." not in compact else compact)


def _date(text: str) -> dt.date:
    """Year-month-day; day/month/year where it can mean only that."""
    if match := _DAY_MONTH_YEAR.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        if current() != "es" and day <= 12 and day != month:
            raise AnswerError(
                _("“{text}” could mean two dates.").format(text=text),
                _("Write year-month-day, such as 2026-03-31."),
            )
        text = f"{year:04}-{month:02}-{day:02}"
    return iso_date(text)
