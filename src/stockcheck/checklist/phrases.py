"""Plain phrases of a word list, found in a text as whole words: no pattern language, so that any list is harmless.

In a phrase, a ``*`` at the end of a word stands for any ending, and `` … `` for up to eight words, none of them
after a comma.
Case counts nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

#: What `` … `` stands for: words, eight at most, with no comma or stop between them.
_GAP = r"(?:[^\w,;:.]+\w+){0,8}?[^\w,;:.]+"


@cache
def finder(phrases: tuple[str, ...], before_an_order: tuple[str, ...] = ()) -> re.Pattern[str]:
    """What finds any of `phrases`; the longest of those that begin at one place is found. None finds nothing.

    A phrase that begins with ``^`` is found only where an order begins: at the start of the text, after a comma or a
    colon, or after one of the words `before_an_order`.
    """
    found = [_pattern(phrase, before_an_order) for phrase in sorted(phrases, key=len, reverse=True)]
    return re.compile("|".join(found) if found else "(?!)", re.IGNORECASE)


def words_of(match: re.Match[str]) -> str:
    """What was found, without what has to stand before an order, and on one line."""
    return " ".join(match[match.lastindex or 0].split())


def _pattern(phrase: str, before: Iterable[str]) -> str:
    is_order = phrase.startswith("^")
    parts = (r"\s+".join(map(_word, part.split())) for part in phrase.removeprefix("^").split("…"))
    words = rf"(\b{_GAP.join(parts)}(?!\w))"
    if not is_order:
        return words
    openings = "|".join((r"\A\W*", r"[,:(]\s*", *(rf"\b{re.escape(word)}\s+" for word in before)))
    return rf"(?:{openings}){words}"


def _word(word: str) -> str:
    return re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
