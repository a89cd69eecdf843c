"""What is shown of a room, one thing at a time: the question, then how it was answered, then the key and its reason.

It knows no screen; `presenting` paints it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from stockcheck.answers.worded import control_in_words
from stockcheck.checklist.model import Question
from stockcheck.figures import percent
from stockcheck.language import _, ngettext
from stockcheck.plaintext import one_line
from stockcheck.report.content.parts import Fact
from stockcheck.workshop import content
from stockcheck.workshop.content import Told
from stockcheck.workshop.figures import QuestionFigures, counted
from stockcheck.workshop.tallies import Tally, said, tallies

#: The most names that stand with an answer.
NAMES = 12


class Step(IntEnum):
    """How much of a question is shown."""

    QUESTION = 0
    SPREAD = 1
    KEY = 2


@dataclass(frozen=True)
class Row:
    """One answer, how many gave it, of how many, and who, where names are shown. `right`: the key says so."""

    answer: str
    count: int
    of: int
    who: str = ""
    right: bool = False


@dataclass(frozen=True)
class Slide:
    """What stands on the screen."""

    title: str
    place: str
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    hint: str = ""


class Deck:
    """The questions of a room in an order, and where one is. The last slide closes."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.disputed_first = False
        self.names = False
        self.at = 0
        self.step = Step.QUESTION
        self.order: Sequence[QuestionFigures] = self._ordered()

    def _ordered(self) -> list[QuestionFigures]:
        found = [one for one in self.told.figures.questions if one.spread.answers]
        return sorted(found, key=lambda one: -one.worth) if self.disputed_first else found

    @property
    def closing(self) -> bool:
        """Whether the closing slide is shown."""
        return self.at >= len(self.order)

    @property
    def _last(self) -> Step:
        return Step.SPREAD if self.told.key is None else Step.KEY

    def forward(self) -> None:
        """Show more of the question; then the next one, closed again."""
        if self.closing:
            return
        if self.step < self._last:
            self.step = Step(self.step + 1)
        else:
            self.at, self.step = self.at + 1, Step.QUESTION

    def back(self) -> None:
        """Show less; then the question before, as it was left: whole."""
        if not self.closing and self.step > Step.QUESTION:
            self.step = Step(self.step - 1)
        elif self.at > 0:
            self.at, self.step = self.at - 1, self._last

    def next_question(self) -> None:
        """Go to the next question, closed."""
        self.at, self.step = min(self.at + 1, len(self.order)), Step.QUESTION

    def most_disputed(self) -> None:
        """Take the questions in the order of what is worth talking about, from the first; or in theirs again."""
        self.disputed_first = not self.disputed_first
        self.order, self.at, self.step = self._ordered(), 0, Step.QUESTION

    @property
    def slide(self) -> Slide:
        """What stands on the screen now."""
        if self.closing:
            return self._closing()
        one = self.order[self.at]
        question = self.told.question(one)
        place = _("{n} of {all}").format(n=self.at + 1, all=len(self.order))
        if self.disputed_first:
            place = f"{place}  ·  " + _("most disputed first")
        rows: tuple[Row, ...] = ()
        notes: list[str] = []
        if self.step >= Step.SPREAD:
            rows = self._rows(one, question)
            if one.spread.pairwise is not None:
                notes.append(_("Pairs that agree: {share}").format(share=percent(one.spread.pairwise)))
        if self.step >= Step.KEY:
            notes = self._key(one, question)
        return Slide(f"{question.id}  {question.text}", place, rows, tuple(notes), self._hint(question))

    def _hint(self, question: Question) -> str:
        if self.step is not Step.QUESTION:
            return ""
        if question.type == "control":
            return "  ·  ".join(control_in_words().values())
        return "  ·  ".join(one_line(option.text) for option in question.options.values())

    def _rows(self, one: QuestionFigures, question: Question) -> tuple[Row, ...]:
        key = one.key.answer if self.step >= Step.KEY and one.key is not None else None
        return tuple(
            Row(
                one_line(tally.text),
                tally.count,
                one.spread.answers,
                self._who(one, tally) if self.names else "",
                right=key is not None and tally.is_given_by(key),
            )
            for tally in tallies(question, one.spread)
        )

    def _who(self, one: QuestionFigures, tally: Tally) -> str:
        found = [
            one_line(participant.name, limit=30)
            for participant, line in zip(self.told.figures.participants, one.given, strict=True)
            if line is not None and tally.is_given_by(counted(line))
        ]
        more = len(found) - NAMES
        return ", ".join([*found[:NAMES], *([_("… and {n} more.").format(n=more)] if more > 0 else [])])

    def _key(self, one: QuestionFigures, question: Question) -> list[str]:
        keyed = self.told.key.get(question.id) if self.told.key is not None else None
        if keyed is None or one.key is None or one.key.answer is None:
            return [_("The key says nothing about this one.")]
        notes = [keyed.why]
        if question.type != "several":  # whose options bear the mark one by one
            notes.insert(0, _("Key: {answer}").format(answer=said(question, one.key.answer)))
        if keyed.mistake:
            notes.append(_("Usual mistake: {text}").format(text=keyed.mistake))
        if (against := one.against) is not None:
            notes.append(
                _("Right: {right}; too lenient: {lenient}; too strict: {strict}").format(
                    right=against.right, lenient=against.too_lenient, strict=against.too_strict
                )
            )
        return notes

    def _closing(self) -> Slide:
        n = len(self.told.figures.participants)
        notes = [ngettext("{n} participant", "{n} participants", n).format(n=n)]
        for part in (content.agreement(self.told), content.scores(self.told)):
            notes += [f"{fact.label}: {fact.text}" for fact in part.content if isinstance(fact, Fact)]
        worth = self.told.figures.disputed[:5]
        if worth:
            notes.append(_("Most worth talking about: {ids}").format(ids=", ".join(one.question.id for one in worth)))
        return Slide(_("What the room found"), self.told.checklist.title, notes=tuple(notes))
