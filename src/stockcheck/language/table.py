"""What a language is to this program: one table, apart from the texts themselves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """What people type for the answers that every language has a word for.

    Case and accents do not matter. ``?`` (unknown) and ``-`` (none of these) are understood in every language.
    """

    yes: tuple[str, ...]
    partial: tuple[str, ...]
    no: tuple[str, ...]
    unknown: tuple[str, ...]
    #: A reason follows: "na: there is no fence".
    not_applicable: tuple[str, ...]
    none: tuple[str, ...]
    today: tuple[str, ...]


@dataclass(frozen=True)
class Keys:
    """The key of the full screen for each of those answers: one lower-case letter that no command of the screen has."""

    yes: str
    partial: str
    no: str
    unknown: str
    not_applicable: str


@dataclass(frozen=True)
class Table:
    """One language. Its module in this package is called as `code` is."""

    #: As in `--lang`, in LANG, and in the names of the folders of translations.
    code: str
    #: What those who speak it call it.
    own_name: str
    #: Babel's name of the locale whose dates are written here.
    locale: str
    #: The mark before decimals, as numbers are shown.
    decimal_mark: str
    #: What sets thousands apart, as whole numbers of five digits and more are shown.
    thousands_mark: str
    #: The marks that may group thousands where it is spoken: one before just three digits is not taken for a decimal
    #: mark, as nobody could say which number is meant.
    thousands_marks: str
    #: Whether 3/4/2026 can only be 3 April. Where it can not, such a date is asked for again.
    day_first: bool
    words: Words
    keys: Keys
    #: Words that may join two questions into one; `checklist lint` asks about them in a checklist of this language.
    joining: str = ""
    #: Words that show a text to have been left in this language when it was to be translated from it.
    telltales: str = ""
