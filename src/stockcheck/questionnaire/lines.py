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
        raise AnswerError(
            _("This is not {encoding} text.").format(encoding=encoding.upper()),
            _("Save it as UTF-8.") if encoding == "utf-8" else "",
        ) from None
    return text.removeprefix("\ufeff").rstrip("\r\n")
