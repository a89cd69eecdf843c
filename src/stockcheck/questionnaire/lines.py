"""Lines of text from a pipe or a terminal: what is not text is refused, never mended."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from stockcheck.errors import AnswerError
from stockcheck.language import _

#: Most bytes of one line. The longest text that can be kept is a small part of it.
MAX_LINE = 1 << 20

_WIDE = {
    codecs.BOM_UTF32_LE: "UTF-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
#: Encodings of one byte a letter, the most common first, as people know them.
_NARROW = {"cp1252": "Windows-1252 (ANSI, ISO 8859-1)", "cp850": "code page 850 (DOS)", "mac_roman": "Mac Roman"}
#: What is not ASCII and is often, or at times, in a text of theirs.
_COMMON = frozenset("áéíóúñÁÉÍÓÚÑ¿¡")
_RARE = frozenset("üÜàâãçèêëîïôõöäßùûÀÂÃÇÈÊËÎÏÔÕÖÄÙÛºª°«»“”‘’–—…€·§±½²³")


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of `stream`; of one that is too long, one byte more than it may have."""
    while line := stream.readline(MAX_LINE + 1):
        rest = line
        while len(rest) > MAX_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_LINE + 1)
        yield line


def text_of(line: bytes, encoding: str = "utf-8") -> str:
    """The text of `line`, without its end, and without the mark that some editors put before UTF-8.

    Raises `AnswerError` saying what it is instead of text in `encoding`.
    """
    if len(line) > MAX_LINE:
        raise AnswerError(_("The line is longer than {most} bytes.").format(most=MAX_LINE))
    wide = next((name for mark, name in _WIDE.items() if line.startswith(mark)), "UTF-16" if b"\0" in line else "")
    if wide:
        raise AnswerError(_("This looks like {encoding}, not UTF-8.").format(encoding=wide), _("Save it as UTF-8."))
    try:
        text = line.decode(encoding)
    except UnicodeDecodeError:
        raise _not_text(line, encoding) from None
    text = text.removeprefix("\ufeff").rstrip("\r\n")
    if "\r" in text:  # or the answer to the next question would be kept as part of this one
        raise AnswerError(
            _("There is a line end of another system in this line: it may be several lines."),
            _("Save it with line ends of this system."),
        )
    return text


def _not_text(line: bytes, encoding: str) -> AnswerError:
    """What to say of bytes that are no text in `encoding`, naming what they look like where that can be told."""
    if encoding != "utf-8":
        return AnswerError(_("This is not {encoding} text.").format(encoding=encoding.upper()))
    if (looks := _looks_like(line)) is None:
        return AnswerError(_("This is not UTF-8 text."), _("Save it as UTF-8."))
    return AnswerError(_("This looks like {encoding}, not UTF-8.").format(encoding=looks), _("Save it as UTF-8."))


def _looks_like(line: bytes) -> str | None:
    """Of the encodings that officials' programs save in, the one by which all that is not ASCII is of their languages,
    and most of it common.
    """
    found: dict[str, int] = {}
    for codec, name in _NARROW.items():
        beyond = [letter for letter in line.decode(codec, "replace") if not letter.isascii()]
        if set(beyond) <= _COMMON | _RARE:
            found[name] = sum(letter in _COMMON for letter in beyond)
    return max(found, key=found.__getitem__, default=None)
