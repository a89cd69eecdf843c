"""Text as it is kept: clean and whole, or refused. What is only shown may be cut (see `plaintext`); this never is."""

from __future__ import annotations

from stockcheck.errors import AnswerError
from stockcheck.language import _
from stockcheck.plaintext import MAX_TEXT, whole

#: Longest name kept of who answers, in characters.
MAX_NAME = 200
#: Longest code kept of a depot, in characters.
MAX_CODE = 40


def kept(text: str, *, most: int = MAX_TEXT) -> str:
    """`text` as it is kept: clean, whole, without white space at its ends.

    Raises `AnswerError` with both counts when it is longer than `most` characters: nothing is cut without a word.
    """
    text = whole(text).strip()
    if len(text) > most:
        raise AnswerError(
            _("The text has {n} characters; at most {most} can be kept.").format(n=len(text), most=most),
            _("Shorten it. Nothing of it was saved."),
        )
    return text


def kept_line(text: str, *, most: int = MAX_TEXT) -> str:
    """`kept` with every run of white space folded to one space. Raises as `kept` does."""
    return kept(" ".join(whole(text).split()), most=most)
