"""What the room agrees on, line by line: each question with its spread, and the answer that all gave as a proposal.

Nothing is taken silently: a proposal counts once somebody has said so. The answers go into the trainer's file.
"""

from __future__ import annotations

from collections.abc import Iterator

from stockcheck.answers.answer import Answer
from stockcheck.answers.worded import wanted
from stockcheck.checklist.model import Asked, ProfileField, Question
from stockcheck.errors import AnswerError
from stockcheck.language import _, ngettext
from stockcheck.plaintext import folded
from stockcheck.questionnaire.linewise import BY_ID, Leave, LineByLine, Say, named
from stockcheck.questionnaire.session import Session
from stockcheck.scoring.agreement import Spread
from stockcheck.workshop.figures import RoomFigures, unanimous
from stockcheck.workshop.tallies import said


class Settling(LineByLine):
    """Goes through what the trainer's file leaves open. `take` takes the proposal, any other line is the answer."""

    def __init__(
        self, session: Session, figures: RoomFigures, say: Say, *, patient: bool, encoding: str = "utf-8"
    ) -> None:
        """As in `LineByLine`; `session` is at the trainer's file, `figures` are the room's."""
        super().__init__(say, patient=patient, encoding=encoding)
        self.session = session
        self._spreads = {one.question.id: one.spread for one in figures.questions}
        self._figures = figures

    def begin(self) -> None:
        """Say what counts, and ask the first."""
        n = len(self._figures.participants)
        self.say(
            ngettext(
                "{n} has answered. What is agreed here is kept in the trainer's file.",
                "{n} have answered. What is agreed here is kept in the trainer's file.",
                n,
            ).format(n=n)
        )
        self.say(_("take: what is proposed; skip: leave it open; quit: stop; anything else is the answer."))
        self._ask()

    def take(self, line: str) -> None:
        """One line: what the room has agreed on about the question shown, or `ID=` it about any."""
        text = line.strip()
        if not text:
            if self.patient:
                self._ask()
            return
        if text.startswith("#") and not self.patient:
            return
        match = BY_ID.fullmatch(text)
        if match:
            item: Asked = named(self.session, match[1])
            text = match[2].strip()
        else:
            item = self._asked()
        word = folded(text)
        if not match and word in (_("quit"), "quit", ":quit"):
            raise Leave
        if not match and word in (_("skip"), "skip", ":skip"):
            if not self._skip():
                raise Leave
            self._ask()
            return
        if word in (_("take"), "take", "="):
            if (proposed := self._proposed(item)) is None:
                raise AnswerError(
                    _("Nothing is proposed for {id}: not all say the same.").format(id=item.id),
                    _("Type what the room has agreed on."),
                )
            self.session.answer(item, proposed)
        else:
            self.session.answer_typed(item, text)
        self.saved += 1
        self.say(_("Kept {id}: {answer}").format(id=self.session.name(item), answer=self.session.said(item)))
        self._ask_next()

    def end(self) -> None:
        """What is kept, and what is left open."""
        waiting = sum(part.asked - part.settled for part in self.session.progress())
        kept = ngettext("{n} answer kept.", "{n} answers kept.", self.saved).format(n=self.saved)
        left = ngettext("{n} question waits for an answer.", "{n} questions wait for an answer.", waiting)
        self.say(f"{kept} {left.format(n=waiting)}")

    def _asked(self) -> Asked:
        if self.session.is_done:
            raise AnswerError(_("Everything is settled: nothing is being asked."), _("ID=answer changes an answer."))
        return self.session.current

    def _skip(self) -> bool:
        """Go to the next open one; whether there is another than this."""
        here = self.session.at
        return self.session.next_open() and self.session.at > here

    def _ask_next(self) -> None:
        self.session.next_open()
        self._ask()

    def _ask(self) -> None:
        if self.session.is_done:
            self.say(_("Everything is settled. ID=answer changes an answer; quit stops."))
            return
        for line in self._question(self.session.current):
            self.say(line)

    def _question(self, item: ProfileField | Question) -> Iterator[str]:
        yield f"{item.id}: {item.text}"
        found = self._spread(item)
        for answer, count in sorted(found.counts.items(), key=lambda one: -one[1]):
            yield f"  {count} × {said(item, answer)}"
        if not found.counts:
            yield "  " + _("Nobody has said anything.")
        if (proposed := self._proposed(item)) is not None:
            yield _("Proposed, for all say so: {answer}").format(answer=said(item, proposed))
        else:
            yield wanted(item)

    def _spread(self, item: Asked) -> Spread[Answer]:
        if isinstance(item, ProfileField):
            return self._figures.fact(item.id)
        return self._spreads.get(item.id, Spread({}))

    def _proposed(self, item: Asked) -> Answer | None:
        return unanimous(self._spread(item))
