"""Plain phrases of a word list, found in a text as whole words: no pattern language, so that any list is harmless.

In a phrase, a ``*`` at the end of a word stands for any ending, and `` … `` for up to eight words, none of them
after a comma.
Case counts in an abbreviation alone: NEQ is no neq.
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


def has(text: str, phrase: str) -> bool:
    """Whether `text` has `phrase`, which is plain words alone; as `finder` finds it, and much faster.

    `text` is in lower case, but for an abbreviation. It counts where every term of a glossary is looked for in every
    text of a checklist, each time it is read.
    """
    phrase = phrase if phrase.isupper() else phrase.casefold()
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        if not (_is_word(text[at - 1 : at]) or _is_word(text[end : end + 1])):
            return True
        at = text.find(phrase, at + 1)
    return False


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


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
    found = re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
    return f"(?-i:{found})" if word.isupper() and len(word) > 1 else found
