"""The language of the program's own text, and numbers and dates as that language writes them.

`use` chooses the language once, at start; `_` and `ngettext` translate from then on. Checklist text has its own
translations, kept with the checklist (see `stockcheck.checklist.translation`).
"""

from __future__ import annotations

import datetime as dt
import gettext as _gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # not needed to start, and every command pays for what is imported here
    from decimal import Decimal
    from fractions import Fraction

#: Languages the program itself speaks; the first is the source language.
LANGUAGES = ("en", "es")
#: Where the language is written as dates are written here: English as the United Nations write it.
_LOCALES = {"en": "en_GB", "es": "es"}

#: Where the translations of the program's own text lie.
LOCALE_DIR = os.path.join(os.path.dirname(__file__), "locale")
_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
_current = "en"


def _(message: str) -> str:
    """`message` in the language in use."""
    return _catalogue.gettext(message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """`message` as it is, marked for translation: for tables whose words `_` translates when they are shown."""
    return message


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the message that `n` things ask for, in the language in use."""
    return _catalogue.ngettext(singular, plural, n)


def preferred() -> str:
    """The best of `LANGUAGES` for the environment (LC_ALL, LC_MESSAGES, LANG, in that order)."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            code = value.split(".")[0].split("_")[0].lower()
            return code if code in LANGUAGES else LANGUAGES[0]
    return LANGUAGES[0]


def use(language: str | None = None) -> str:
    """Speak `language` from now on (default: `preferred`). Returns the language chosen."""
    global _catalogue, _current
    _current = language if language in LANGUAGES else preferred() if language is None else LANGUAGES[0]
    _catalogue = (
        _gettext.NullTranslations()
        if _current == LANGUAGES[0]
        else _gettext.translation("stockcheck", LOCALE_DIR, [_current], fallback=True)
    )
    return _current


def current() -> str:
    """The language in use."""
    return _current


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` inside the block, for a report in another language than the screen's."""
    before = _current
    use(language)
    try:
        yield
    finally:
        use(before)


def percent(share: Fraction | None) -> str:
    """`share` (0 to 1) as a percentage with one decimal, rounded half up; None is "not applicable".

    Source: scoring.md, "Rounding happens only where a figure is shown".
    """
    if share is None:
        return _("not applicable")
    separator = "," if _current == "es" else "."
    tenths = tenths_of_percent(share)
    return f"{tenths // 10}{separator}{tenths % 10} %"


def tenths_of_percent(share: Fraction) -> int:
    """`share` (0 to 1) in tenths of a percent, 0 to 1000, rounded half up, by exact arithmetic."""
    return (share * 2000 + 1).__floor__() // 2


def number(value: Decimal, places: int | None = None) -> str:
    """`value` with the decimal mark of the language in use; `places` decimals, or as many as it has."""
    text = f"{value:.{places}f}" if places is not None else f"{value.normalize():f}"
    return text.replace(".", ",") if _current == "es" else text


def whole(value: int) -> str:
    """A whole number; from five digits on, thousands are set apart as the language in use does."""
    return f"{value:,}".replace(",", " " if _current == "es" else ",") if abs(value) >= 10_000 else str(value)


def date(value: dt.date) -> str:
    """`value` written for a reader, such as 24 Nov 2026 or 24 nov 2026."""
    from babel.dates import format_date  # imported late: Babel costs more than the rest of a start

    return format_date(value, format="medium", locale=_LOCALES[_current])


def moment(value: dt.datetime) -> str:
    """A UTC moment as date and time to the minute, marked UTC: the file may be read in another time zone."""
    return f"{date(value.date())} {value:%H:%M} UTC"
