"""The language of the program's own text, and numbers and dates as that language writes them.

`use` chooses the language once, at start; `_` and `ngettext` translate from then on. Checklist text has its own
translations, kept with the checklist (see `stockcheck.checklist.translation`), perhaps in more languages than the
program speaks.
"""

from __future__ import annotations

import datetime as dt
import gettext as _gettext
import os
import pkgutil
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from stockcheck.language.table import Table

if TYPE_CHECKING:  # not needed to start, and every command pays for what is imported here
    from decimal import Decimal

#: The language that the program's texts are written in.
SOURCE = "en"
_PACKAGE = os.path.dirname(__file__)
#: Where the translations of the program's own text lie.
LOCALE_DIR = os.path.join(os.path.dirname(_PACKAGE), "locale")


def _with_a_table() -> Iterator[str]:
    """The modules of this package that are called as languages are: with two or three letters."""
    for module in pkgutil.iter_modules([_PACKAGE]):
        if re.fullmatch("[a-z]{2,3}", module.name):
            yield module.name


#: Languages the program itself speaks; the first is the source language.
LANGUAGES = (SOURCE, *sorted(set(_with_a_table()) - {SOURCE}))


@cache
def table(language: str) -> Table:
    """The table of one of `LANGUAGES`."""
    found: Table = import_module(f"stockcheck.language.{language}").TABLE
    return found


_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
_current = SOURCE
_table = table(SOURCE)


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
            return _nearest(value.split(".")[0].lower())
    return SOURCE


def _nearest(language: str) -> str:
    """The one of `LANGUAGES` that those who want `language` read best: "es" for "es_MX" and "es-MX"."""
    return next((code for code in (language, re.split("[-_]", language)[0]) if code in LANGUAGES), SOURCE)


def use(language: str | None = None) -> str:
    """Speak `language` from now on (default: `preferred`). Returns the language chosen.

    A language without a table is one that only checklists are translated into: the program's own words are then in
    the nearest language that has one.
    """
    global _catalogue, _current, _table
    _current = preferred() if language is None else language
    _table = table(_nearest(_current))
    _catalogue = (
        _gettext.NullTranslations()
        if _table.code == SOURCE
        else _gettext.translation("stockcheck", LOCALE_DIR, [_table.code], fallback=True)
    )
    return _current


def current() -> str:
    """The language in use: that of the checklists' texts, and of the program's own if it has a table."""
    return _current


def table_in_use() -> Table:
    """The table that the program's own words, its numbers and dates go by."""
    return _table


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` inside the block, for a report in another language than the screen's."""
    before = _current
    use(language)
    try:
        yield
    finally:
        use(before)


def number(value: Decimal, places: int | None = None) -> str:
    """`value` with the decimal mark of the language in use; `places` decimals, or as many as it has."""
    text = f"{value:.{places}f}" if places is not None else f"{value.normalize():f}"
    return text.replace(".", _table.decimal_mark)


def whole_number(value: int) -> str:
    """A whole number; from five digits on, thousands are set apart as the language in use does."""
    return f"{value:,}".replace(",", _table.thousands_mark) if abs(value) >= 10_000 else str(value)


def date(value: dt.date) -> str:
    """`value` written for a reader, such as 24 Nov 2026 or 24 nov 2026."""
    from babel.dates import format_date  # imported late: Babel costs more than the rest of a start

    return format_date(value, format="medium", locale=_table.locale)


def moment(value: dt.datetime) -> str:
    """A UTC moment as date and time to the minute, marked UTC: the file may be read in another time zone."""
    return f"{date(value.date())} {value:%H:%M} UTC"
