"""Countersigning line by line: each question that is set aside, its reason, who gave it, and whether somebody agrees.

``accept``, ``back`` and why, or ``skip`` is about the question shown; ``ID=accept`` and ``ID=back: why`` about any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stockcheck.assessment.countersigning import check_rules
from stockcheck.checklist.model import Asked, Question
from stockcheck.errors import AnswerError
from stockcheck.language import _, ngettext
from stockcheck.plaintext import folded, one_line
from stockcheck.questionnaire import headline
from stockcheck.questionnaire.linewise import BY_ID, Leave, LineByLine, Say, named
from stockcheck.questionnaire.session import Session

_DECISION = re.compile(r"\s*(\w+)[\s:,]*(.*)", re.DOTALL)


def set_aside_in_words(session: Session, question: Question) -> Iterator[str]:
    """A question that is set aside: its text, the reason, who gave it, and who did not agree."""
    answer = session.answer_to(question)
    yield f"{question.id}" + (_(" (critical)") if question.critical else "") + f": {question.text}"
    yield "  " + _("Reason: {why}").format(why=one_line(answer.justification) if answer else "")
    yield "  " + session.set_aside_by(question)
    if reviewed := session.reviewed(question):
        yield "  " + reviewed


def score_in_words(session: Session) -> str:
    """The score with its interval, and the level where there are any."""
    card = session.scorecard
    if nothing := headline.nothing_answered(card):
        return nothing
    parts = (headline.score(card), headline.achieved(card), headline.partly_met(card))
    return ", ".join(part for part in parts if part)


class PlainReview(LineByLine):
    """Goes through what is set aside and keeps what is decided; one's own are for somebody else."""

    def __init__(self, session: Session, say: Say, *, patient: bool, encoding: str = "utf-8") -> None:
        """As in `LineByLine`. Raises `AnswerError` where the rules know no countersigning."""
        super().__init__(say, patient=patient, encoding=encoding)
        check_rules(session.checklist)
        self.session = session
        self._waiting = [question for question in session.set_aside_to_review() if self._refusal(question) is None]
        self._before = score_in_words(session)

    def _refusal(self, question: Question) -> AnswerError | None:
        try:
            self.session.may_review(question)
        except AnswerError as error:
            return error
        return None

    def begin(self) -> None:
        """Say how many there are, and show the first."""
        state = self.session.state
        if state.marking:
            self.say(state.marking)
        self.say(f"{state.called}. {self.session.checklist.title}.")
        aside = self.session.set_aside_to_review()
        words = ngettext(
            "{n} question is set aside: waits for a countersignature.",
            "{n} questions are set aside: wait for a countersignature.",
            len(aside),
        )
        self.say(words.format(n=len(aside)))
        for question in aside:
            if (refusal := self._refusal(question)) is not None:
                self.say(refusal.message)
        self.say(_("Score before: {score}.").format(score=self._before))
        if self.patient:
            if not self._waiting:
                raise Leave
            self.say(_("Type accept, back and why, or skip; :quit stops. What is decided is saved at once."))
        self._show()

    def _show(self) -> None:
        for line in set_aside_in_words(self.session, self._waiting[0]) if self._waiting else ():
            self.say(line)

    def take(self, line: str) -> None:
        """One decision, or a comment in a script."""
        text = line.strip()
        if not text or (text.startswith("#") and not self.patient):
            self.gap |= not text and not self.patient  # perhaps a decision that is missing
            return
        if text.startswith(":"):
            if len(text) > 1 and any(word.startswith(folded(text)) for word in (":quit", folded(_(":quit")))):
                raise Leave
            raise AnswerError(_("There is no command {name}.").format(name=one_line(text, limit=40)), _ways())
        if match := BY_ID.fullmatch(text):
            self._decide(named(self.session, match[1]), match[2])
        elif self._waiting:
            self.check_no_gap()
            self._decide(self._waiting[0], text)
        else:
            raise AnswerError(_("No question is waiting for your review."), _ways())
        if self.patient and not self._waiting:
            raise Leave

    def _decide(self, question: Asked, text: str) -> None:
        shown = bool(self._waiting) and question.id == self._waiting[0].id
        if self.patient and not shown and question.id in {one.id for one in self.session.set_aside_to_review()}:
            for line in set_aside_in_words(self.session, self.session.checklist.question[question.id]):
                self.say(line)  # nothing is decided that was not shown
        match = _DECISION.fullmatch(text)
        word, why = (folded(match[1]), match[2].strip()) if match else ("", "")
        if word in ("accept", folded(_("accept"))) and not why:
            self.session.review(question, True)
            self._say_saved(_("{id} is countersigned: it does not apply.").format(id=question.id))
        elif word in ("back", folded(_("back"))):
            self.session.review(question, False, why)
            self._say_saved(_("{id} is sent back.").format(id=question.id))
        elif word not in ("skip", folded(_("skip"))) or why:
            raise AnswerError(_("“{text}” decides nothing.").format(text=one_line(text, limit=60)), _ways())
        self._waiting = [one for one in self._waiting if one.id != question.id]
        if shown:
            self._show()

    def _say_saved(self, what: str) -> None:
        self.saved += 1
        self.say(_("{what} Score {score}.").format(what=what, score=score_in_words(self.session)))
        if consequence := self.session.consequence():
            self.say(consequence)

    def end(self) -> None:
        """What was decided, and what the score has become."""
        left = len(self.session.set_aside_to_review())
        self.say(
            ngettext("{n} entry saved.", "{n} entries saved.", self.saved).format(n=self.saved)
            + " "
            + ngettext(
                "{n} question is set aside: waits for a countersignature.",
                "{n} questions are set aside: wait for a countersignature.",
                left,
            ).format(n=left)
        )
        self.say(_("Score before: {before}; now: {now}.").format(before=self._before, now=score_in_words(self.session)))


def _ways() -> str:
    return _("Answer accept, back and why, or skip; or ID=accept, ID=back: why.")
