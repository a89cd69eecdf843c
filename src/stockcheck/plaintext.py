"""Text from people and files is data: it may not steer a terminal, a spreadsheet or the reading order.

Controls are replaced by a visible picture rather than dropped, so that nobody wonders where a character went.
"""

from __future__ import annotations

import re
import sys
import unicodedata

#: Longest text kept for one field, in characters. Far above any note; far below what would slow a screen.
MAX_TEXT = 20_000
#: Longest path that a sentence shows whole, in characters: the longest that most systems know.
_LONGEST_NAME = 4096

# C0 and C1 controls, the Unicode characters that reorder or hide text, lone surrogates and non-characters.
_NON_CHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufdd0-\ufdef\ufff9-\ufffb\U000e0000-\U000e007f" + _NON_CHARACTERS + "]"
)


# Accents and such; not the vowel signs of scripts in which they are letters.
_ACCENTS = re.compile("[\u0300-\u036f]")


# Dashes and quotation marks, each kind one sign for a search; and what shows nothing.
_ONE_MARK = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u2018\u2019\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u00ab\u00bb", '"')
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def clean(text: str, *, limit: int = MAX_TEXT) -> str:
    """`text` without terminal controls, reordering marks or half characters; tabs become a space.

    Line ends of every kind become ``\\n``. Text longer than `limit` characters ends in "…".
    """
    if text.isprintable() and len(text) <= limit:  # nearly every text: nothing that is unsafe is printable
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = _UNSAFE.sub(_picture, text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def whole(text: str) -> str:
    """`clean` without a limit: what is kept is never cut."""
    return clean(text, limit=sys.maxsize)


def one_line(text: str, *, limit: int = MAX_TEXT) -> str:
    """`clean` with every run of white space folded to one space."""
    return clean(" ".join(whole(text).split()), limit=limit)


def named(path: object) -> str:
    """What to call a file or a folder in a sentence: its name is data like any other, and one line of it."""
    return one_line(str(path), limit=_LONGEST_NAME)


def reason(error: Exception) -> str:
    """Why something failed, in the words of the system."""
    return one_line(error.strerror if isinstance(error, OSError) and error.strerror else str(error), limit=200)


def folded(text: str) -> str:
    """`text` for comparing, searching and sorting: "Sí", "SI" and "si" are one word, as are "señal" and "senal", which
    is how many a keyboard has it. White space is one space.
    """
    text = " ".join(text.split())
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", letters))


def sought(text: str, *, accents: bool = False) -> str:
    """`text` as a search looks through it, and for it: `folded`, and neither what does not show nor which of several
    forms of a letter, dash or quotation mark it has makes a difference. With `accents` those do, so that "año" can be
    told from "ano".
    """
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text).translate(_ONE_MARK))
    if not accents:
        return folded(text)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", " ".join(text.split())).casefold())


def compact(text: str) -> str:
    """The letters and figures of `text` alone, as `sought` has them: how an id is typed in a hurry."""
    return "".join(character for character in sought(text) if character.isalnum())


def says_something(text: str) -> bool:
    """Whether `text` has a letter or a figure in it."""
    return any(character.isalnum() for character in text)


def unsafe_character(text: str) -> str | None:
    """The first character that `clean` would replace, as ``U+001B``, or None."""
    match = _UNSAFE.search(text)
    return f"U+{ord(match[0]):04X}" if match else None
