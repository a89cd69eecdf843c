"""The questionnaire engine: what is asked next, what is pending, how far one is. It knows no screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from stockcheck.answers.answer import Answer
from stockcheck.answers.stored import from_json
from stockcheck.answers.typed import read_answer
from stockcheck.answers.worded import answer_in_words
from stockcheck.assessment import actions
from stockcheck.assessment.events import Event
from stockcheck.assessment.file import AssessmentFile
from stockcheck.assessment.redaction import Redaction, in_words, name_of, readable
from stockcheck.checklist.conditions import ProfileIs, leaves
from stockcheck.checklist.model import Asked, Checklist, ProfileField, Question
from stockcheck.checklist.translation import in_language
from stockcheck.errors import AnswerError
from stockcheck.language import _, moment
from stockcheck.plaintext import folded, one_line, whole
from stockcheck.questionnaire.consequences import NOT_ASKED, consequence
from stockcheck.scoring.scope import Line, Standing
from stockcheck.scoring.scorecard import Scorecard

#: The name of the profile among the sections.
PROFILE = ""


@dataclass(frozen=True)
class Progress:
    """How far one part is: of `asked` items that apply, `settled` have an answer."""

    section: str
    title: str
    settled: int
    asked: int


class Session:
    """One sitting at an assessment. Items are the profile fields, then the questions, in checklist order."""

    def __init__(self, file: AssessmentFile, language: str) -> None:
        self.file = file
        self.checklist: Checklist = in_language(file.checklist, language)
        self.items: tuple[ProfileField | Question, ...] = (*self.checklist.profile, *self.checklist.questions)
        self._place = {self.key(item): number for number, item in enumerate(self.items)}
        self.at = 0
        self._consequence = self._notice = ""
        self._answers, self._facts = file.state.answers, file.state.facts
        self.scorecard = Scorecard(self.checklist, self._answers, self._facts, self.on, file.state.accepted)
        self.at = self.first_open() or 0

    @staticmethod
    def key(item: Asked) -> tuple[bool, str]:
        """Profile fields and questions may share an id; this tells them apart."""
        return isinstance(item, ProfileField), item.id

    @property
    def current(self) -> ProfileField | Question:
        """The item that is being asked."""
        return self.items[self.at]

    @property
    def on(self) -> dt.date:
        """The date of the assessment."""
        return self.file.state.on

    # Where things stand

    def answer_to(self, item: Asked) -> Answer | None:
        """The answer that stands, or None."""
        entries = self.file.state.profile if isinstance(item, ProfileField) else self.file.state.entries
        entry = entries.get(item.id)
        return entry.answer if entry else None

    def standing(self, item: Asked) -> Standing:
        """How an item stands; a profile field always applies."""
        if not isinstance(item, ProfileField):
            return self.scorecard.line[item.id].standing
        answer = self.answer_to(item)
        if answer is None:
            return Standing.UNANSWERED
        return Standing.UNKNOWN if answer.status == "unknown" else Standing.ANSWERED

    def name(self, item: Asked) -> str:
        """What to call an item: a question by its id, a fact by its quoted text: its id is a word of one language."""
        return _("“{text}”").format(text=one_line(item.text, limit=40)) if isinstance(item, ProfileField) else item.id

    def consequence(self) -> str:
        """What the last answer did to others, or what else there is to tell of it, in words; empty when nothing."""
        return " ".join(part for part in (self._consequence, self._notice) if part)

    def said(self, item: Asked) -> str:
        """The answer to an item in words; of one that is set aside, what it waits for as well. Empty for none."""
        answer = self.answer_to(item)
        if answer is not None and self.standing(item) is Standing.SET_ASIDE:
            return _("Set aside: waits for a countersignature. Reason: {why}").format(
                why=one_line(answer.justification)
            )
        known = self.checklist.field if isinstance(item, ProfileField) else self.checklist.question
        return answer_in_words(known[item.id], answer)

    def reviewed(self, item: Asked) -> str:
        """Who has countersigned an item, or sent it back and why, in words; empty when nobody has."""
        state = self.file.state
        if isinstance(item, ProfileField):
            return ""
        if (review := state.accepted.get(item.id)) is not None:
            return _("Countersigned by {who}, {when}.").format(who=review.by, when=moment(review.at))
        if (review := state.sent_back.get(item.id)) is not None:
            return _("Sent back by {who}, {when}: {why}").format(who=review.by, when=moment(review.at), why=review.why)
        return ""

    def set_aside_by(self, item: Asked) -> str:
        """Who set an item aside, and when, in words."""
        entry = self.file.state.entries[item.id]
        return _("Set aside by {who}, {when}.").format(who=entry.by, when=moment(entry.at))

    def fails_with(self, item: Asked) -> str:
        """The id of the question that an item fails with; empty when it does not."""
        parent = None if isinstance(item, ProfileField) else self.scorecard.line[item.id].parent
        return "" if parent is None else self.checklist.questions[parent].id

    def title(self, item: Asked) -> str:
        """The title of an item's section, or of the profile."""
        return _("About the depot") if isinstance(item, ProfileField) else self.checklist.section_of[item.id].title

    def section(self, item: Asked) -> str:
        """The id of an item's section; `PROFILE` for a profile field."""
        return PROFILE if isinstance(item, ProfileField) else self.checklist.section_of[item.id].id

    def waits_for(self, question: Question) -> list[str]:
        """What a pending question's condition reads that is not known yet, by id."""
        section = self.checklist.section_of[question.id]
        names = []
        for condition in (section.when, question.when):
            for leaf, _place in leaves(condition) if condition is not None else ():
                item: Asked
                if isinstance(leaf, ProfileIs):
                    item = self.checklist.field[leaf.profile]
                else:
                    item = self.checklist.question[leaf.question]
                if self.standing(item) in (Standing.UNANSWERED, Standing.UNKNOWN, Standing.PENDING):
                    names.append(item.id)
        return list(dict.fromkeys(names))

    def progress(self) -> Iterator[Progress]:
        """The profile first, if there is one, then each section."""
        if self.checklist.profile:
            settled = sum(self.answer_to(field) is not None for field in self.checklist.profile)
            yield Progress(PROFILE, _("About the depot"), settled, len(self.checklist.profile))
        for section in self.checklist.sections:
            lines = [self.scorecard.line[question.id] for question in section.questions]
            applies = [line for line in lines if line.in_scope]
            settled = sum(self._is_settled(line) for line in applies)
            yield Progress(section.id, section.title, settled, len(applies))

    def _is_settled(self, line: Line) -> bool:
        """Whether nothing more can be asked there: what is set aside waits for somebody else, unless it came back."""
        if line.standing is Standing.SET_ASIDE:
            return line.question.id not in self.file.state.sent_back
        return line.is_answered or line.standing is Standing.PART

    # Moving

    def _is_to_answer(self, place: int) -> bool:
        item = self.items[place]
        standing = self.standing(item)
        return standing is Standing.UNANSWERED or (
            standing is Standing.SET_ASIDE and item.id in self.file.state.sent_back
        )

    def _can_be_asked(self, place: int) -> bool:
        return self.standing(self.items[place]) not in NOT_ASKED

    @property
    def is_done(self) -> bool:
        """Whether no item waits for an answer. Quick where the current one does."""
        return not self._is_to_answer(self.at) and self.first_open() is None

    def first_open(self) -> int | None:
        """The place of the first item that waits for an answer."""
        return next((place for place in range(len(self.items)) if self._is_to_answer(place)), None)

    def next_open(self) -> bool:
        """Go to the next item that waits for an answer, round the end; False when there is none."""
        places = chain(range(self.at + 1, len(self.items)), range(self.at + 1))
        return self._go(next((place for place in places if self._is_to_answer(place)), None))

    def forward(self) -> bool:
        """Go to the next item that applies; False at the end."""
        return self._go(
            next((place for place in range(self.at + 1, len(self.items)) if self._can_be_asked(place)), None)
        )

    def back(self) -> bool:
        """Go to the item before that applies; False at the start."""
        return self._go(next((place for place in range(self.at - 1, -1, -1) if self._can_be_asked(place)), None))

    def _go(self, place: int | None) -> bool:
        if place is None:
            return False
        self.at = place
        return True

    def find(self, name: str) -> ProfileField | Question | None:
        """The item with that id, or with that id in another case; questions come before profile fields, and
        ``profile.`` before an id names a field.
        """
        return self._called.get(name) or self._called_in_any_case.get(folded(name))

    @cached_property
    def _called(self) -> dict[str, ProfileField | Question]:
        called: dict[str, ProfileField | Question] = {f"profile.{field.id}": field for field in self.checklist.profile}
        return called | self.checklist.field | self.checklist.question

    @cached_property
    def _called_in_any_case(self) -> dict[str, ProfileField | Question]:
        return {folded(name): item for name, item in self._called.items()}  # of several, the last

    def go_to(self, item: Asked) -> None:
        """Go to `item`, also one that does not apply."""
        self.at = self._place[self.key(item)]

    def go_to_section(self, section: str) -> None:
        """Go to a section's first item that waits for an answer, or to its first."""
        places = [place for place, item in enumerate(self.items) if self.section(item) == section]
        self._go(next((place for place in places if self._is_to_answer(place)), places[0] if places else None))

    def search(self, words: str) -> list[ProfileField | Question]:
        """The items whose id, texts or note hold every word, whatever case and accents, in checklist order."""
        wanted = folded(words).split()
        notes = self.file.state.notes
        return [
            item
            for item in self.items
            for said in [folded(f"{item.id} {item.text} {item.help or ''} {notes.get(item.id, '')}")]
            if all(word in said for word in wanted)
        ]

    # Recording: on disk before any of these returns

    def answer_typed(self, item: Asked, typed: str) -> Answer | None:
        """Read an answer, then as `answer`."""
        return self.answer(item, read_answer(item, typed, self.on))

    def answer(self, item: Asked, answer: Answer | None) -> Answer | None:
        """Keep an answer, and give it back; None takes away the one that stands.

        Raises `AnswerError` and `AssessmentFileError`.
        """
        self.file.answer(item, answer)
        known = self._facts if isinstance(item, ProfileField) else self._answers
        if (kept := self.answer_to(item)) is None:
            known.pop(item.id, None)
        else:
            known[item.id] = kept
        self._bring_up_to_date(item)
        return answer

    def _bring_up_to_date(self, item: Asked) -> None:
        self.scorecard = self.scorecard.after(item, self._answers, self._facts, self.file.state.accepted)
        others = [(was, now) for was, now in self.scorecard.changed if self.key(now.question) != self.key(item)]
        self._consequence = consequence(others, self.checklist)
        self._notice = self.file.take_notice()

    def set_aside_to_review(self) -> list[Question]:
        """The questions that wait for somebody else to agree that they do not apply, in checklist order."""
        return [line.question for line in self.scorecard.set_aside]

    def may_review(self, item: Asked) -> None:
        """Raises `AnswerError`, in words, when `item` waits for no countersignature, or not for this person's."""
        if isinstance(item, ProfileField):
            raise AnswerError(_("{id} is not set aside: there is nothing to review.").format(id=self.name(item)))
        if self.standing(item) in NOT_ASKED:
            raise AnswerError(_("{id} does not apply as things stand: there is nothing to review.").format(id=item.id))
        self.file.state.check_review(item.id, self.file.by)

    def review(self, item: Asked, accept: bool, why: str = "") -> None:
        """Countersign that a question does not apply, or send it back and say `why`.

        Raises `AnswerError` as `may_review` does, and without a reason; and `AssessmentFileError`.
        """
        self.may_review(item)
        self.file.review(item.id, accept, why)
        self._bring_up_to_date(item)

    def note(self, item: Asked, text: str) -> None:
        """Keep a note with a question; an empty one takes it back. Nothing is recorded when nothing changes.

        Raises `AnswerError` for a profile field, and `AssessmentFileError`.
        """
        self._only_questions(item)
        if whole(text).strip() != self.file.state.notes.get(item.id, ""):
            self.file.note(item.id, text)

    def toggle_flag(self, item: Asked) -> bool:
        """Flag a question for a second look, or take the flag away; whether it is flagged now. Raises as `note`."""
        self._only_questions(item)
        flagged = item.id not in self.file.state.flags
        self.file.flag(item.id, flagged)
        return flagged

    def _only_questions(self, item: Asked) -> None:
        if isinstance(item, ProfileField):
            raise AnswerError(_("Notes and flags belong to questions; this is a fact about the depot."))

    def history(self, item: ProfileField | Question) -> list[tuple[Event, str]]:
        """Each event about an item, with its number and what it recorded in words, the oldest first.

        Names and words are fit to be shown, whatever the file holds.
        """
        wanted = {"profile"} if isinstance(item, ProfileField) else {"answer", "note", "flag", "review", "action"}
        found = [event for event in self.file.history(item.id) if event.kind in wanted]
        numbers = {event.seq for event in found}
        for event in self.file.history(item.id):
            if event.kind == "redact" and Redaction.of(event).entry in numbers:
                found.append(event)
                numbers.add(event.seq)  # for its own name may have been removed later
        found.sort(key=lambda event: event.seq)
        return [(replace(event, by=name_of(event)), f"#{event.seq} {self._in_words(item, event)}") for event in found]

    def _in_words(self, item: ProfileField | Question, event: Event) -> str:
        data = readable(event.data)
        if event.kind == "redact":
            redaction = Redaction.of(event)
            return in_words(redaction)
        if event.kind == "note":
            return _("Note: {text}").format(text=whole(str(data["text"]))) if data["text"] else _("Note taken back")
        if event.kind == "review":
            if data["accept"]:
                return _("Countersigned: not applicable")
            return _("Sent back: {why}").format(why=whole(str(data["why"])))
        if event.kind == "action":
            return actions.in_words(data)
        if event.kind == "flag":
            return _("Flagged") if data["set"] else _("Flag taken away")
        if data is None:
            return _("Answer taken back")
        try:
            return answer_in_words(item, from_json(item, data, self.on))
        except AnswerError:  # given to an earlier version of the question
            return _as_given(data)


def _as_given(data: dict[str, object]) -> str:
    """A stored answer in words, without the question that it was given to."""
    if "na" in data:
        return _("Not applicable: {why}").format(why=whole(str(data["na"])))
    if data.get("unknown") is True:
        return _("Unknown")
    value = data.get("value", "")
    return whole("; ".join(map(str, value)) if isinstance(value, list) else str(value))
