"""One sitting at an open assessment: what may be done there, and the writing of it. It knows no screen."""

from __future__ import annotations

from stockcheck.answers.answer import Answer
from stockcheck.answers.typed import read_answer
from stockcheck.answers.worded import answer_in_words
from stockcheck.assessment.events import Event, asked_of
from stockcheck.assessment.file import AssessmentFile
from stockcheck.assessment.last_year import last_year, subject_of
from stockcheck.assessment.state import State
from stockcheck.checklist.model import Asked, ProfileField, Question
from stockcheck.checklist.translation import in_language
from stockcheck.errors import AnswerError
from stockcheck.language import _, moment
from stockcheck.plaintext import one_line, whole
from stockcheck.questionnaire import last_time, recorded
from stockcheck.questionnaire.agenda import Agenda
from stockcheck.questionnaire.consequences import NOT_ASKED
from stockcheck.questionnaire.effect import effect, remedy, scope
from stockcheck.questionnaire.undoing import MOST_LISTED, Change, Journal, Kind
from stockcheck.scoring.scope import Standing
from stockcheck.scoring.scorecard import Scorecard


class Session(Agenda):
    """The agenda of an open file, and what may be recorded in it."""

    def __init__(self, file: AssessmentFile, language: str, *, classroom: bool = False) -> None:
        self.file = file
        self._consequence = self._notice = ""
        self._effect: tuple[Asked, Scorecard, Scorecard] | None = None
        self._disagreed = False
        self._journal = Journal()
        self._language = language
        super().__init__(in_language(file.checklist, language), file.state, classroom=classroom)

    @property
    def state(self) -> State:
        """The assessment as it stands on the disk."""
        return self.file.state

    # What has been recorded, in words

    def consequence(self) -> str:
        """What the last answer did to others, or what else there is to tell of it, in words; empty when nothing."""
        return " ".join(part for part in (self._consequence, self._notice) if part)

    def spoken(self, item: Asked) -> ProfileField | Question:
        """An item with its texts in the language of the sitting."""
        known = self.checklist.field if isinstance(item, ProfileField) else self.checklist.question
        return known[item.id]

    def effect(self, *, score: bool = True) -> list[str]:
        """What the last answer did to the figures, the most important first; see `effect`."""
        said = effect(*self._effect, score=score) if self._effect is not None else []
        return [_("its countersignature is gone"), *said] if self._disagreed else said

    def told(self, *, score: bool = True) -> list[str]:
        """All that there is to tell of the last thing that was recorded, the most important first."""
        return [part for part in (self._notice, *self.effect(score=score), self._consequence) if part]

    def remedy(self, item: Asked) -> str:
        """What to do about the answer to an item, and by when; empty where it does not fall short."""
        return remedy(item, self.scorecard)

    def said(self, item: Asked) -> str:
        """The answer to an item in words; of one that is set aside, what it waits for as well. Empty for none."""
        answer = self.answer_to(item)
        if answer is not None and self.standing(item) is Standing.SET_ASIDE:
            return _("Set aside: waits for a countersignature. Reason: {why}").format(
                why=one_line(answer.justification)
            )
        return answer_in_words(self.spoken(item), answer)

    def reviewed(self, item: Asked) -> str:
        """Who has countersigned an item, or sent it back and why, in words; empty when nobody has."""
        state = self.state
        if isinstance(item, ProfileField):
            return ""
        if (review := state.accepted.get(item.id)) is not None:
            return _("Countersigned by {who}, {when}.").format(who=review.by, when=moment(review.at))
        if (review := state.sent_back.get(item.id)) is not None:
            return _("Sent back by {who}, {when}: {why}").format(who=review.by, when=moment(review.at), why=review.why)
        return ""

    def set_aside_by(self, item: Asked) -> str:
        """Who set an item aside, and when, in words."""
        entry = self.state.entries[item.id]
        return _("Set aside by {who}, {when}.").format(who=entry.by, when=moment(entry.at))

    def history(self, item: ProfileField | Question) -> list[tuple[Event, str]]:
        """Each event about an item, with its number and what it recorded in words; see `recorded.history`."""
        earlier, asked = self.state.earlier, self._asked_before(item)
        if earlier is None or asked is None:
            return recorded.history(item, self.file.history(item.id))
        events = self.file.history(subject_of(earlier, item) or "")
        return recorded.history(item, self.file.history(item.id), recorded.Before(asked, earlier.state.on, events))

    # What was answered last time: it counts for nothing until it is confirmed

    def _asked_before(self, item: Asked) -> Asked | None:
        """What of the assessment that this one began from `item` continues, in the language of the sitting."""
        earlier = self.state.earlier
        if earlier is None or (subject := subject_of(earlier, item)) is None:
            return None
        return asked_of(in_language(earlier.state.checklist, self._language), subject)

    def last_time(self, item: Asked, *, for_a_room: bool = False) -> str:
        """The answer of the assessment that this one began from, in words; empty where there is none."""
        found, asked = last_year(self.state, item), self._asked_before(item)
        if found is None or asked is None:
            return ""
        if for_a_room:
            return last_time.for_a_room(found, asked)
        return last_time.in_words(found, asked, self.on)

    def confirm(self, item: Asked) -> Answer:
        """Answer an item as last time. Raises `AnswerError` where there is nothing to confirm, and as `answer`."""
        self.may_answer(item)
        name = self.name(item)
        if self.answer_to(item) is not None:
            raise AnswerError(_("{id} has been answered: there is nothing to confirm.").format(id=name))
        found = last_year(self.state, item)
        if found is None:
            raise AnswerError(_("{id} was not answered last time: there is nothing to confirm.").format(id=name))
        if found.answer is None:
            raise AnswerError(_("The answer of last time no longer fits {id}: answer it anew.").format(id=name))
        self.answer(item, found.answer)
        return found.answer

    # Recording: on disk before any of these returns

    def answer_typed(self, item: Asked, typed: str) -> Answer | None:
        """Read an answer, then as `answer`."""
        return self.answer(item, read_answer(item, typed, self.file.last_day, self.file.today))

    def answer(self, item: Asked, answer: Answer | None) -> Answer | None:
        """Keep an answer, and give it back; None takes away the one that stands.

        Raises `AnswerError` and `AssessmentFileError`.
        """
        if (change := self._answered(item, answer)) is not None:
            self._journal.add(change)
        return answer

    def _answered(self, item: Asked, answer: Answer | None) -> Change | None:
        before, state = self.answer_to(item), self.state
        agreed = not isinstance(item, ProfileField) and item.id in state.accepted
        marked = not isinstance(item, ProfileField) and item.id in state.review
        self.file.answer(item, answer)
        self._bring_up_to_date(item)
        self._disagreed = agreed
        if before == (after := self.answer_to(item)) and not agreed:
            return None
        return self._change("answer", item, before, after, agreed=agreed, marked=marked)

    def _change(
        self,
        kind: Kind,
        item: Asked,
        before: Answer | str | bool | None,
        after: Answer | str | bool | None,
        **lost: bool,
    ) -> Change:
        return Change(kind, self.spoken(item), before, after, self.file.events[-1].moment, **lost)

    def _bring_up_to_date(self, item: Asked) -> None:
        before = self.scorecard
        self.bring_forward(item, self.file.state)
        self._effect, self._disagreed = (item, before, self.scorecard), False
        self._consequence = scope(item, self.scorecard)
        self._notice = self.file.take_notice()

    def may_answer(self, item: Asked) -> None:
        """Raises `AnswerError`, in words, when `item` is not asked as things stand."""
        if parent := self.fails_with(item):
            raise AnswerError(_("{id} fails with {parent}: it is not asked.").format(id=item.id, parent=parent))
        if self.standing(item) in NOT_ASKED:
            raise AnswerError(_("{id} does not apply as things stand.").format(id=item.id))

    def may_review(self, item: Asked) -> None:
        """Raises `AnswerError`, in words, when `item` waits for no countersignature, or not for this person's."""
        if isinstance(item, ProfileField):
            raise AnswerError(_("{id} is not set aside: there is nothing to review.").format(id=self.name(item)))
        if self.standing(item) in NOT_ASKED:
            raise AnswerError(_("{id} does not apply as things stand: there is nothing to review.").format(id=item.id))
        self.state.check_review(item.id, self.file.by)

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
        if whole(text).strip() != self.state.notes.get(item.id, ""):
            self._journal.add(self._noted(item, text))

    def _noted(self, item: Asked, text: str) -> Change:
        before = self.state.notes.get(item.id, "")
        self.file.note(item.id, text)
        return self._change("note", item, before, self.state.notes.get(item.id, ""))

    def toggle_flag(self, item: Asked) -> bool:
        """Flag a question for a second look, or take the flag away; whether it is flagged now. Raises as `note`."""
        self._only_questions(item)
        flagged = item.id not in self.state.flags
        self._journal.add(self._flagged(item, flagged))
        return flagged

    def _flagged(self, item: Asked, flagged: bool) -> Change:
        self.file.flag(item.id, flagged)
        return self._change("flag", item, not flagged, flagged)

    def _only_questions(self, item: Asked) -> None:
        if isinstance(item, ProfileField):
            raise AnswerError(_("Notes and flags belong to questions; this is a fact about the depot."))

    # Taking back: what stood before is recorded anew, and nothing is erased

    def undo(self, change: Change | None = None) -> str:
        """Take back `change`, or the last one of this sitting that stands, and go there; what that did, in words.

        Raises `AnswerError` when there is nothing to take back or something newer stands on it, and
        `AssessmentFileError`.
        """
        change = self._journal.last() if change is None else change
        self._journal.check_undo(change)
        self._put(change, change.before)
        self._journal.took_back(change)
        return change.taken_back(self.name(change.item))

    def redo(self, change: Change | None = None) -> str:
        """Do again `change`, or what was undone last, and go there; what that did, in words. Raises as `undo`."""
        change = self._journal.last_undone() if change is None else change
        self._journal.check_redo(change)
        self._put(change, change.after)
        self._journal.did_again(change)
        return change.done_again(self.name(change.item))

    @property
    def recorded(self) -> int:
        """How many changes have been made in this sitting, whether or not they still stand."""
        return len(self._journal.log)

    def changes(self) -> list[tuple[Change, bool]]:
        """The last changes of this sitting, the newest first, and whether each still stands."""
        return [(change, self._journal.stands(change)) for change in self._journal.log[: -MOST_LISTED - 1 : -1]]

    def _put(self, change: Change, what: Answer | str | bool | None) -> None:
        self._effect, self._disagreed = None, False
        self._consequence = self._notice = ""
        match change.kind, what:
            case "note", str(text):
                self._noted(change.item, text)
            case "flag", bool(flagged):
                self._flagged(change.item, flagged)
            case _:
                self._answered(change.item, what if isinstance(what, Answer) else None)
        self._notice = self._notice or self.file.take_notice()
        self.go_to(change.item)
