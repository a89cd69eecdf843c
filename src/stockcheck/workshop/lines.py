"""Answers as lines of text: what a group writes into a chat and a trainer pastes into a file."""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from stockcheck.answers.answer import Answer
from stockcheck.answers.typed import read_answer
from stockcheck.checklist.model import Asked, Checklist, ProfileField, Question
from stockcheck.errors import AnswerError, StockcheckError
from stockcheck.language import _

#: An id, then "=" or ":", then an answer. What a chat puts before it (a bullet, a quotation mark) means nothing.
_LINE = re.compile(r"[\s>*•–-]*([A-Za-z0-9][A-Za-z0-9._-]*)\s*[=:]\s*(.*\S)\s*")
#: The same, where a chat puts the time and who speaks before it, or somebody a word.
_WITHIN = re.compile(r"(?<![\w.-])([A-Za-z0-9][A-Za-z0-9._-]*)\s*[=:]")
_BOMS = {  # that of UTF-32 begins as that of UTF-16 does
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


@dataclass(frozen=True)
class Lines:
    """The facts and answers of a text, by id; and the lines that were refused, as number and why."""

    facts: dict[str, Answer]
    answers: dict[str, Answer]
    refused: tuple[tuple[int, str], ...]


def read(content: bytes, checklist: Checklist, on: dt.date) -> Lines:
    """The answers in `content`, a text in UTF-8, to `checklist` on the date `on`.

    Of several lines about a question the last counts. A line without an id of the checklist is talk, and passed over,
    and so is what stands before the id of a question; one with an id and an answer that does not fit is refused.
    Raises `StockcheckError` for what is no UTF-8.
    """
    for mark, encoding in _BOMS.items():
        if content.startswith(mark):
            raise StockcheckError(_("It is written in {encoding}; save it as UTF-8.").format(encoding=encoding))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = content.count(b"\n", 0, error.start) + 1
        raise StockcheckError(_("Line {number} is not UTF-8 text; save it as UTF-8.").format(number=place)) from error
    asked = {name.casefold(): one for name, one in [*checklist.field.items(), *checklist.question.items()]}
    facts: dict[str, Answer] = {}
    answers: dict[str, Answer] = {}
    refused: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        one, said = _said(line, asked)
        if one is None or not said:
            continue
        into = facts if isinstance(one, ProfileField) else answers
        try:
            into[one.id] = read_answer(one, said if one.type == "text" else said.rstrip(".!") or said, on)
        except AnswerError as error:
            refused.append((number, error.message))
    return Lines(facts, answers, tuple(refused))


def _said(line: str, asked: Mapping[str, Asked]) -> tuple[Asked | None, str]:
    """What a line answers, and its answer as it was typed; nothing for talk."""
    match = _LINE.fullmatch(line)
    if match and (one := asked.get(match[1].casefold())) is not None:
        return one, match[2]
    for within in _WITHIN.finditer(line):
        one = asked.get(within[1].casefold())
        if isinstance(one, Question):  # a fact is called by a plain word, so it has to stand first
            return one, line[within.end() :].strip()
    return None, ""
