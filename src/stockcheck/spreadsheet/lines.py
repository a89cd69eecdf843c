"""Lines: how many a text takes in a column, how high its row must be, and where a text too long for a cell parts."""

from __future__ import annotations

import sys
import unicodedata
from bisect import bisect_right
from itertools import accumulate, pairwise

from stockcheck.plaintext import clean
from stockcheck.spreadsheet.styles import Style

#: Column widths count digits of the workbook's own font, which has this size.
_BASE_SIZE = 10
#: Line spacing in points, for each point of the font's size; generous, as typefaces that stand in for ours are taller.
_LINE = 1.22
#: What a row's height has beside its text, in points.
PADDING = 4.0
#: The highest row there is, in points.
_HIGHEST = 409.0
#: The most lines that any cell shows: a row stays readable, and below the highest row there is.
_MOST_LINES = 30

#: The most characters in a line: with all of its lines a cell stays below what it may hold, however it is written.
_LONGEST_LINE = 500

#: Widths of the characters from space to ~, in thousandths of the font's size. Source: Adobe's font metrics for
#: Helvetica, whose widths those of Arial are.
_ASCII = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 "
    "584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 "
    "278 556 500 722 500 500 500 334 260 334 584"
)
_DIGIT = 556
#: How much wider bold letters are, what of a column its cell keeps clear, in digits, and what is left for other
#: typefaces and other ways of breaking lines: it errs on the side of too little room.
_BOLD, _CLEAR, _SAFE = 1.1, 0.8, 0.96


class _Widths(dict[str, int]):
    """The widths of characters, in thousandths of the font's size; of those not known, wide enough for most."""

    def __missing__(self, character: str) -> int:
        plain = unicodedata.normalize("NFD", character)[0]
        if plain in self:
            width = self[plain]
        elif unicodedata.east_asian_width(character) in "WF":
            width = 2 * _DIGIT
        else:
            width = 780 if character.islower() else 1000
        self[character] = width
        return width


_WIDTHS = _Widths({"æ": 889, "œ": 944})
_WIDTHS.update((chr(code), int(width)) for code, width in enumerate(_ASCII.split(), start=32))


def line_starts(text: str, width: float, style: Style) -> list[int]:
    """Where each line of `text` begins in columns of `width`; words are kept whole where they fit.

    A text that begins at one of these places has its lines begin at those that follow.
    """
    room = int((width - _CLEAR) * _DIGIT * _SAFE * _BASE_SIZE / style.size / (_BOLD if style.bold else 1))
    ends = list(accumulate(map(_WIDTHS.__getitem__, text), initial=0))
    starts = []
    place = 0
    for paragraph in text.split("\n"):
        end = place + len(paragraph)
        seen = place + len(paragraph.rstrip(" "))  # spaces at the end of a line take no room
        starts.append(place)
        while (seen - place > 1 and ends[seen] - ends[place] > room) or end - place > _LONGEST_LINE + 1:
            fits = bisect_right(ends, ends[place] + room, place, end) - 1
            fits = max(place + 1, min(fits, place + _LONGEST_LINE))
            space = text.rfind(" ", place, fits + 1)
            place = space + 1 if space > place else fits
            starts.append(place)
        place = end + 1
    return starts


def most_lines(style: Style) -> int:
    """The most lines of text that a cell of that style shows."""
    return min(_MOST_LINES, int((_HIGHEST - PADDING) / _LINE / style.size))


def parts(text: str, width: float, style: Style) -> list[str]:
    """`text`, clean, in parts that each fit one cell; an end of line between two parts is that of the cell."""
    text = clean(text, limit=sys.maxsize)
    starts = line_starts(text, width, style)[:: most_lines(style)]
    return [text[start:end].removesuffix("\n") for start, end in pairwise([*starts, len(text)])]


def height(letters: int, padding: float = PADDING) -> float:
    """The height, in points, of a row whose lines of text have `letters` points together, spacing left aside."""
    return min(_HIGHEST, round(letters * _LINE + padding, 1))
