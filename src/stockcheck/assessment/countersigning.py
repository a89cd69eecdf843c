"""Countersigning: a question set aside as not applicable stays open until somebody else has agreed.

Source: docs/scoring.md, S-3. A name is only a name: nothing here shows who sat at the keyboard.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from stockcheck.answers.keeping import kept
from stockcheck.assessment.names import alike, same_person
from stockcheck.checklist.model import Checklist, Question
from stockcheck.errors import AnswerError
from stockcheck.language import _
from stockcheck.plaintext import one_line, says_something

#: The first version of the rules in which one person's word does not set a question aside.
FIRST_RULES = 2


@dataclass(frozen=True)
class Review:
    """Who has accepted, or sent back, that a question does not apply, and when (UTC); `why` it was sent back."""

    by: str
    at: dt.datetime
    why: str = ""


def check_rules(checklist: Checklist) -> None:
    """Raises `AnswerError` where the rules that `checklist` is scored by ask for no second name."""
    if checklist.rules < FIRST_RULES:
        raise AnswerError(
            _("This assessment is scored by version {version} of the rules, which knows no countersigning.").format(
                version=checklist.rules
            ),
            _("stockcheck upgrade carries it over to the rules of today."),
        )


def check_reviewer(question: str, *, by: str, set_aside_by: str | None) -> None:
    """Whether the person called `by` may review what `set_aside_by` set aside; None: that name was removed.

    Raises `AnswerError` in words.
    """
    if not says_something(by):
        raise AnswerError(_("Whoever reviews gives a name."), _("Give it with --by."))
    if set_aside_by is None:
        raise AnswerError(
            _("{id}: the name of who set it aside has been removed, so nobody can countersign it.").format(id=question),
            _("Answer it anew first."),
        )
    if same_person(by, set_aside_by):
        raise AnswerError(
            _("Nobody countersigns their own: {id} was set aside by {who}.").format(id=question, who=set_aside_by),
            _("Somebody else has to review it."),
        )
    if alike(by, set_aside_by):
        message = _("“{by}” cannot be told from “{who}”, who set {id} aside: nobody countersigns their own.")
        raise AnswerError(
            message.format(by=one_line(by), who=set_aside_by, id=question),
            _("Somebody whose name is another has to review it."),
        )


def reason_why(text: str) -> str:
    """Why a question is sent back, as it is kept. Raises `AnswerError` without a reason, or for one too long."""
    if not says_something(why := kept(text)):
        raise AnswerError(_("To send a question back, say why."))
    return why


def asks_the_same(new: Question, old: Question) -> bool:
    """Whether what was agreed about `old` holds for `new`: the same words, of the same revision, answered alike."""
    return all(
        getattr(new, part) == getattr(old, part)
        for part in ("id", "revision", "type", "text", "help", "options", "when")
    )
