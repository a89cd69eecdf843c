"""The cells of a form, as whoever writes one and whoever reads one know them.

A row is known by its key, in a hidden column, and its cells by the columns that the workbook's defined names give: so
sheets may be renamed, columns moved and rows sorted. A hidden sheet says which checklist, language and assessment the
form is of, and what each question offers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.worded import control_in_words
from stockcheck.checklist.model import Asked, Checklist, ProfileField, Question
from stockcheck.language import _, number
from stockcheck.plaintext import folded, one_line

#: The version of this contract; raised when an older program could no longer read a form.
VERSION = 1
#: How every defined name of a form begins.
PREFIX = "stockcheck_form_"
#: The names of the two tables of the hidden sheet: pairs of what is said of the form, and what is offered.
ABOUT, OFFERED = PREFIX + "about", PREFIX + "offered"
#: The columns of a sheet that are read. `applies` is not: by it the sheet alone greys out what is not asked.
KEY, ANSWER, REASON, NOTE, APPLIES = "key", "answer", "reason", "note", "applies"
READ = (KEY, ANSWER, REASON, NOTE)
#: The columns of the table `OFFERED`.
OFFERED_COLUMNS = ("key", "type", "revision", "option", "text")

#: What marks an option of a question that takes several.
TICK = "X"
#: What is taken for it as well, on paper forms that somebody types off.
_TICKS = frozenset("x×✓✔✗✘☑☒")

#: Stands for "not applicable", which takes a reason of its own, among what a question offers.
NOT_APPLICABLE = Answer(status="na")


def column_name(sheet: int, column: str) -> str:
    """The defined name of a column of the form's sheet number `sheet`, from 1."""
    return f"{PREFIX}{sheet}_{column}"


def key(asked: Asked, option: str = "") -> str:
    """What a row is known by: a question or a fact, and the option of one that takes several."""
    kind = "fact" if isinstance(asked, ProfileField) else "question"
    return f"{kind}:{asked.id}/{option}" if option else f"{kind}:{asked.id}"


def split(key: str) -> tuple[str, str]:
    """The key of the question or fact that a row belongs to, and the option it is for, or nothing. No id has a "/"."""
    asked, _slash, option = key.partition("/")
    return asked, option


def by_key(checklist: Checklist) -> dict[str, Asked]:
    """The facts and questions of `checklist` by their keys."""
    return {key(asked): asked for asked in (*checklist.profile, *checklist.questions)}


def keyed(facts: Mapping[str, Answer], answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Answers to facts and to questions, each by its id, together by their keys."""
    return {f"fact:{name}": answer for name, answer in facts.items()} | {
        f"question:{name}": answer for name, answer in answers.items()
    }


@dataclass(frozen=True)
class About:
    """What a form says of itself. Of one that was made of an assessment, `start` and `head` are the hashes of the
    first and of the then last entry in it; of any other they are empty. `on` is year-month-day.
    """

    checklist: str
    version: str
    digest: str
    language: str
    start: str = ""
    head: str = ""
    form: str = str(VERSION)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """What the table `ABOUT` holds."""
        yield from vars(self).items()

    @classmethod
    def of(cls, pairs: Mapping[str, str]) -> About | None:
        """What the table `ABOUT` said; None where it lacks something."""
        try:
            return cls(**{name: pairs[name] for name in cls.__dataclass_fields__})
        except KeyError:
            return None


def may_be_set_aside(asked: Asked) -> bool:
    """Whether "not applicable" is offered."""
    return isinstance(asked, Question) and asked.na and asked.type != "text"


def offered(asked: Asked) -> dict[str, Answer]:
    """What the answer cell of a question offers, in the language in use, in order, no two alike but for case.

    Of one that takes several, its options have rows of their own; of a number or a date, the figure is written; free
    text offers nothing.
    """
    found: list[tuple[str, Answer, str]] = []
    match asked.type:
        case "control":
            found = [(text, Answer(word), word) for word, text in control_in_words().items()]
        case "choice":
            found = [(option.text, Answer(word), word) for word, option in asked.options.items()]
        case "several" if not (isinstance(asked, ProfileField) and asked.least):
            found = [(_("None of these"), Answer(()), "none")]
        case "text":
            return {}
    found.append((_("Unknown"), UNKNOWN, "unknown"))
    if may_be_set_aside(asked):
        found.append((_("Not applicable"), NOT_APPLICABLE, "na"))
    texts = [folded(text) for text, _answer, _word in found]
    return {
        one_line(text) if texts.count(folded(text)) == 1 else f"{one_line(text)} ({word})": answer
        for text, answer, word in found
    }


def by_hand(asked: Asked) -> str:
    """What is written on paper before any box is ticked; empty where there are only boxes."""
    words = {
        "number": _("Number: write it"),
        "date": _("Date: year-month-day"),
        "several": _("Mark below what holds, or:"),
    }
    return words.get(asked.type, "")


def is_tick(text: str) -> bool:
    """Whether `text` marks an option."""
    return folded(text) in _TICKS or folded(text) == folded(control_in_words()["yes"])


def wanted_in_cell(asked: Asked, option: str = "", spelt: Iterable[str] | None = None) -> str:
    """What the answer cell takes, in one line, with what it offers as it is `spelt` there."""
    if option:
        return _("Write {tick}, or leave it empty.").format(tick=TICK)
    words = ", ".join(_("“{text}”").format(text=text) for text in (offered(asked) if spelt is None else spelt))
    match asked.type:
        case "number" if asked.minimum is not None and asked.maximum is not None:
            said = _("A number from {least} to {most}, or {words}.")
            return said.format(least=number(asked.minimum), most=number(asked.maximum), words=words)
        case "number" if asked.minimum is not None:
            return _("A number, {least} or more, or {words}.").format(least=number(asked.minimum), words=words)
        case "number" if asked.maximum is not None:
            return _("A number, {most} at most, or {words}.").format(most=number(asked.maximum), words=words)
        case "number":
            return _("A number, or {words}.").format(words=words)
        case "date":
            return _("A date (year-month-day), or {words}.").format(words=words)
        case "text":
            return _("A text.")
        case "several":
            return _("Mark what holds in the rows below, or one of: {words}.").format(words=words)
    return _("One of: {words}.").format(words=words)
