"""What a room is shown of a question and of the result: few words, and nothing that is for the assessor's eyes only."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from textual.content import Content

from stockcheck.answers.answer import Answer
from stockcheck.answers.worded import answer_in_words
from stockcheck.checklist.model import ProfileField, Question
from stockcheck.language import _
from stockcheck.plaintext import clean
from stockcheck.questionnaire import headline
from stockcheck.questionnaire.consequences import NOT_ASKED
from stockcheck.questionnaire.screen.keyline import target
from stockcheck.questionnaire.screen.panels import choices, is_chosen
from stockcheck.questionnaire.session import Session
from stockcheck.scoring.scope import Line, Standing
from stockcheck.scoring.scorecard import Scorecard

#: Cells before the words of an answer: a mark, its key, and what sets them apart.
_INDENT = 7


def answers(item: ProfileField | Question, answer: Answer | None, *, shown: bool, width: int, apart: bool) -> Content:
    """The answers to pick from, in `width` cells; which was given is marked only when it is `shown`."""
    said = []
    digits = max(len(one) for _name, one, _keys, _text in choices(item))
    for name, shown_key, _keys, text in choices(item):
        given = shown and is_chosen(name, answer)
        rows = textwrap.wrap(clean(text), max(width - _INDENT, 10)) or [""]
        before = [f"{'▶' if given else ' '}  {shown_key:>{digits}}   ", *[" " * _INDENT] * (len(rows) - 1)]
        action = f"screen.choose({name!r})"
        parts = [target(f"{space}{row}", action) for space, row in zip(before, rows, strict=True)]
        said.append(Content("\n").join(parts).stylize("bold" if given or not shown else ""))
    return Content("\n\n" if apart else "\n").join(said)


def given(item: ProfileField | Question, answer: Answer | None) -> str:
    """The answer that was given, in words: no reason, which may name somebody."""
    if answer is None:
        return _("No answer yet.")
    if answer.status == "na":
        return _("Not applicable")
    return answer_in_words(item, answer)


def meaning(session: Session, item: ProfileField | Question) -> Iterator[str]:
    """What follows from the answer to an item, in short sentences; what to do comes last."""
    if isinstance(item, ProfileField):
        return
    line = session.scorecard.line[item.id]
    if line.standing is Standing.SET_ASIDE:
        yield _("It counts as open until somebody else has agreed that it does not apply.")
    if not line.is_answered or not item.scored:
        return
    if line in session.scorecard.findings.found:
        yield _("Found: a loss.") if item.finding == "loss" else _("Found: a danger.")
    yield _standing(line, session.scorecard)
    if line.is_gap and item.remedy:
        yield _("What to do: {remedy}").format(remedy=item.remedy)


def _standing(line: Line, card: Scorecard) -> str:
    if line.is_critical_unmet:
        if card.checklist.levels:
            return _("Critical: level {level} cannot be reached without it.").format(level=line.question.level)
        return _("Critical, and not met.")
    if line.standing is Standing.UNKNOWN:
        return _("It counts as a gap until somebody knows.")
    return _("This is a gap.") if line.is_gap else _("This is met.")


def aid(session: Session, item: ProfileField | Question) -> str:
    """What helps the room: in a classroom that alone which can be done there."""
    there = item.classroom if session.classroom and isinstance(item, Question) else ""
    return there or session.help(item) or _("Nothing more is said about this question.")


def in_the_way(session: Session, item: ProfileField | Question) -> str:
    """Why an item takes no answer now; empty where it does."""
    if parent := session.fails_with(item):
        return _("Fails with {parent}: not asked, and counts as not met.").format(parent=parent)
    if isinstance(item, Question) and session.standing(item) is Standing.PENDING:
        return _("Pending: asked once {ids} is known.").format(ids=", ".join(session.waits_for(item)))
    return _("Does not apply as things stand.") if session.standing(item) in NOT_ASKED else ""


def result(card: Scorecard) -> tuple[str, str, str]:
    """What was found, the score in figures, and the rest of how the assessment stands; any may be empty."""
    total = card.overall
    rest = [headline.level(card), *headline.counts(card), headline.not_checked(card), headline.rules(card)]
    score = ""
    if nothing := headline.nothing_answered(card):
        rest.insert(0, nothing)
    elif total.lower is None:
        rest.insert(0, _("Score: not applicable yet"))
    else:
        score = headline.score(card)
    return headline.found(card), score, "\n".join(part for part in rest if part)
