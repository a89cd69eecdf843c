"""One question as somebody who acts on it reads it: what was found, what to do, what it takes, and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from stockcheck import figures
from stockcheck.answers.worded import answer_in_words
from stockcheck.assessment.evidence import Item, counted
from stockcheck.checklist.model import Band, Question
from stockcheck.checklist.words import as_fraction
from stockcheck.language import _, ngettext, number
from stockcheck.report import wording
from stockcheck.scoring.scope import Line, Standing


def finding(line: Line, on: dt.date, parts: Iterable[Line] = (), evidence: Iterable[Item] = ()) -> str:
    """What was found, in words, at the assessment on the date `on`; what falls short with it stands below, and how
    much evidence there is.
    """
    said = [_finding(line, on), *map(wording.part, parts)]
    if attached := counted(evidence):
        said.append(_("Evidence: {items}").format(items=attached))
    return "\n".join(said)


def _finding(line: Line, on: dt.date) -> str:
    question, text = line.question, line.question.text
    if line.is_unanswered:
        return _("Find out: {question}").format(question=in_a_sentence(text))
    if line.standing is Standing.SET_ASIDE:
        return _("Set aside: {question}").format(question=in_a_sentence(text))
    answer = wording.answer(line, on)
    if line.standing is Standing.UNKNOWN or question.type == "control":
        return _("{answer}: {question}").format(answer=answer, question=in_a_sentence(text))
    match question.type:
        case "several":
            said = _several(line)
        case "number" | "date":
            said = [answer, *wanted(question)]
        case _:
            said = [answer]
    return f"{text} {'; '.join(said)}"


def in_a_sentence(question: str) -> str:
    """A question as it goes on after a colon: its first letter small, unless it begins a name in capitals."""
    place = next((place for place, letter in enumerate(question) if letter.isalpha()), len(question))
    first, after = question[place : place + 1], question[place + 1 : place + 2]
    if after.isupper() or after.isdigit():
        return question
    return question[:place] + first.lower() + question[place + 1 :]


def _several(line: Line) -> list[str]:
    """What is missing of what counts, and what is there that should not be."""
    ticked = line.answer.ticked if line.answer else frozenset()
    options = line.question.options.items()
    missing = [option.text for name, option in options if (option.credit or 0) > 0 and name not in ticked]
    wrong = [option.text for name, option in options if (option.credit or 0) < 0 and name in ticked]
    said = []
    if missing:
        said.append(_("Missing: {options}").format(options=", ".join(missing)))
    if wrong:
        said.append(_("Against it: {options}").format(options=", ".join(wrong)))
    return said or [answer_in_words(line.question, line.answer)]


def wanted(question: Question) -> list[str]:
    """What a number or an age would have to be for full credit; empty where no band gives it."""
    full = [band for band in question.bands if band.credit == 1]
    if not full:
        return []
    return [_("full credit: {range}").format(range=_(" or ").join(within(band, question) for band in full))]


def within(band: Band, question: Question) -> str:
    """The range of a band in words, in days for a date."""
    least, most = (_figure(bound, question) if bound is not None else "" for bound in (band.at_least, band.at_most))
    if band.at_least is not None and band.at_most is not None:
        return least if least == most else _("{least} to {most}").format(least=least, most=most)
    if least:
        return _("at least {least}").format(least=least)
    return _("at most {most}").format(most=most) if most else _("any")


def _figure(bound: Decimal, question: Question) -> str:
    if question.type != "date":
        return number(bound)
    return ngettext("{n} day", "{n} days", int(bound)).format(n=number(bound))


def effort(steps: int) -> str:
    """How much an effort of 1 to 3 is, in a word."""
    return {1: _("days"), 2: _("weeks"), 3: _("works")}[steps]


def order(line: Line) -> str:
    """What to do about a question. Where nobody knows how things stand, to find out comes first."""
    if line.standing is Standing.SET_ASIDE:
        text = line.question.remedy or ""
        return " ".join(part for part in (_("Countersign that it does not apply, or put it right."), text) if part)
    if not (line.is_open or line.is_gap):
        return ""
    return wording.remedy(line) or _("Put it right.")


def in_short(line: Line) -> str:
    """What to do, where there is room for an order and no more: what nobody has looked at is to be found out."""
    if line.is_unanswered:
        return _finding(line, dt.date.min)
    return order(line)


def scale(question: Question) -> str:
    """What each answer is worth, in short; empty for yes, partial and no, which are worth the same everywhere."""
    match question.type:
        case "choice" | "several":
            said = [f"{option.text}: {_share(option.credit)}" for option in question.options.values()]
        case "number" | "date":
            said = [f"{within(band, question)}: {_share(band.credit)}" for band in question.bands]
        case _:
            return ""
    return "; ".join(said)


def _share(credit: Decimal | None) -> str:
    return (
        figures.percent(as_fraction(credit)) if credit and credit > 0 else f"{number((credit or Decimal(0)) * 100)} %"
    )


def order_of(line: Line) -> str:
    """As `order`; what nobody has looked at is to be found out first, in the words of the question."""
    if not line.is_unanswered:
        return order(line)
    then = _("If it falls short: {remedy}").format(remedy=line.question.remedy) if line.question.remedy else ""
    return "\n".join(part for part in (_finding(line, dt.date.min), then) if part)
