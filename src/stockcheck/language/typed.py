"""What people type and press, in the language in use first, then in any other language that does not contradict it.

A Spanish speaker may well type "yes". A word that means two things in two languages, neither of them in use, means
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Literal, get_args

from stockcheck.language.spoken import LANGUAGES, table, table_in_use
from stockcheck.language.table import Table
from stockcheck.plaintext import folded

Meaning = Literal["yes", "partial", "no", "unknown", "not_applicable", "none", "today"]
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)

#: What is understood whatever the language.
_SIGNS: dict[str, Meaning] = {"?": "unknown", "-": "none"}
#: What may stand between "not applicable" and the reason.
_BEFORE_A_REASON = " \t\n\r:,.–—-"


def meaning(word: str, among: Collection[Meaning] = MEANINGS) -> Meaning | None:
    """What `word` means, of the meanings `among`; None when it means none of them, or two."""
    found = _understood(_words, folded(word), among)
    return found or next((one for sign, one in _SIGNS.items() if sign == word.strip() and one in among), None)


def reason(text: str) -> str | None:
    """The reason in a text such as "na: there is no fence", perhaps empty; None for any other text."""
    longest = max(len(word) for code in LANGUAGES for word in table(code).words.not_applicable)
    for end in range(min(len(text), 2 * longest), 0, -1):  # twice: each accent may be a character of its own
        if not text[end : end + 1].isalnum() and meaning(text[:end]) == "not_applicable":
            return text[end:].lstrip(_BEFORE_A_REASON)
    return None


def keys(answer: Meaning) -> str:
    """The keys that stand for an answer, that of the language in use first."""
    every = dict.fromkeys(letter for one in _tables() for letter, meant in _letters(one) if meant == answer)
    return "".join(letter for letter in every if _understood(_letters, letter, MEANINGS) == answer)


def _understood(
    offered: Callable[[Table], Iterable[tuple[str, Meaning]]], word: str, among: Collection[Meaning]
) -> Meaning | None:
    own, *others = ({meant for one, meant in offered(each) if one == word and meant in among} for each in _tables())
    found = own or set().union(*others)
    return found.pop() if len(found) == 1 else None


def _tables() -> Iterator[Table]:
    """The table in use, then the others."""
    used = table_in_use()
    yield used
    yield from (table(code) for code in LANGUAGES if code != used.code)


def _words(one: Table) -> list[tuple[str, Meaning]]:
    return [(folded(word), meant) for meant in MEANINGS for word in getattr(one.words, meant)]


def _letters(one: Table) -> list[tuple[str, Meaning]]:
    return [(getattr(one.keys, meant), meant) for meant in MEANINGS if hasattr(one.keys, meant)]
