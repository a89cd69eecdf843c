"""What there is to ask: which questions, which is next, what is pending, how far one is, what a search finds.

It knows neither files nor screens.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from stockcheck.answers.answer import Answer
from stockcheck.answers.worded import answer_in_words
from stockcheck.assessment.last_year import to_confirm
from stockcheck.assessment.state import State
from stockcheck.checklist.conditions import ProfileIs, leaves
from stockcheck.checklist.glossary import in_order, occurring, texts_of
from stockcheck.checklist.model import Asked, Checklist, ProfileField, Question, Section, Term
from stockcheck.language import _
from stockcheck.plaintext import compact, folded, one_line
from stockcheck.questionnaire import searching
from stockcheck.questionnaire.consequences import NOT_ASKED
from stockcheck.scoring.scope import Line, Standing
from stockcheck.scoring.scorecard import Scorecard

#: The name of the profile among the sections.
PROFILE = ""


@dataclass(frozen=True)
class Progress:
    """How far one part is: of `asked` items that apply, `settled` have an answer; `to_confirm` of the others were
    answered in the assessment that this one began from.
    """

    section: str
    title: str
    settled: int
    asked: int
    to_confirm: int = 0


class Agenda:
    """The items of an assessment that stands at `state`, and the one that is being asked, at the place `at`.

    Items are the profile fields, then the questions, in checklist order. In a `classroom`, where nobody can go and
    look, the help for that comes before the other.
    """

    def __init__(self, checklist: Checklist, state: State, *, classroom: bool = False) -> None:
        """`checklist` is that of `state`, in the language in which it is asked."""
        self.checklist = checklist
        self._state = state
        self.classroom = classroom
        self.items: tuple[ProfileField | Question, ...] = (*checklist.profile, *checklist.questions)
        self._place = {self.key(item): number for number, item in enumerate(self.items)}
        self._answers, self._facts = state.answers, state.facts
        self.scorecard = Scorecard(checklist, self._answers, self._facts, state.on, state.accepted)
        self._progress: dict[str, Progress] = {}
        self.at = 0
        self.at = self.first_open() or 0

    @property
    def state(self) -> State:
        """The assessment as it stands."""
        return self._state

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
        return self.state.on

    def bring_forward(self, item: Asked, state: State) -> None:
        """Go on from `state`, in which no answer differs but that to `item`, or what somebody else says of it."""
        self._state = state
        known = self._facts if isinstance(item, ProfileField) else self._answers
        entry = (state.profile if isinstance(item, ProfileField) else state.entries).get(item.id)
        if entry is None:
            known.pop(item.id, None)
        else:
            known[item.id] = entry.answer
        self.scorecard = self.scorecard.after(item, self._answers, self._facts, state.accepted)
        for section in {self.section(item), *(now.section.id for _was, now in self.scorecard.changed)}:
            self._progress.pop(section, None)

    # Where things stand

    def answer_to(self, item: Asked) -> Answer | None:
        """The answer that stands, or None."""
        entries = self.state.profile if isinstance(item, ProfileField) else self.state.entries
        entry = entries.get(item.id)
        return entry.answer if entry else None

    def to_confirm(self, item: Asked) -> Answer | None:
        """The answer of the assessment that this one began from, where it waits for somebody to confirm it: nobody has
        answered yet, and it can be answered now.
        """
        return to_confirm(self.state, item) if self.standing(item) is Standing.UNANSWERED else None

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

    def fails_with(self, item: Asked) -> str:
        """The id of the question that an item fails with; empty when it does not."""
        parent = None if isinstance(item, ProfileField) else self.scorecard.line[item.id].parent
        return "" if parent is None else self.checklist.questions[parent].id

    def set_aside_to_review(self) -> list[Question]:
        """The questions that wait for somebody else to agree that they do not apply, in checklist order."""
        return [line.question for line in self.scorecard.set_aside]

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
            fields = self.checklist.profile
            settled = sum(self.answer_to(field) is not None for field in fields)
            yield Progress(PROFILE, _("About the depot"), settled, len(fields), self._waiting_among(fields))
        for section in self.checklist.sections:
            if section.id not in self._progress:
                self._progress[section.id] = self._progress_in(section)
            yield self._progress[section.id]

    def _progress_in(self, section: Section) -> Progress:
        applies = [line for question in section.questions if (line := self.scorecard.line[question.id]).in_scope]
        settled = sum(map(self._is_settled, applies))
        return Progress(section.id, section.title, settled, len(applies), self._waiting_among(section.questions))

    def _waiting_among(self, items: Iterable[ProfileField | Question]) -> int:
        return sum(self.to_confirm(item) is not None for item in items) if self.state.earlier is not None else 0

    def _is_settled(self, line: Line) -> bool:
        """Whether nothing more can be asked there: what is set aside waits for somebody else, unless it came back."""
        if line.standing is Standing.SET_ASIDE:
            return line.question.id not in self.state.sent_back
        return line.is_answered or line.standing is Standing.PART

    # Moving

    def _is_to_answer(self, place: int) -> bool:
        item = self.items[place]
        standing = self.standing(item)
        return standing is Standing.UNANSWERED or (standing is Standing.SET_ASIDE and item.id in self.state.sent_back)

    def _can_be_asked(self, place: int) -> bool:
        return self.standing(self.items[place]) not in NOT_ASKED

    @property
    def is_done(self) -> bool:
        """Whether no item waits for an answer. Quick where the current one does."""
        return not self._is_to_answer(self.at) and self.first_open() is None

    def first_open(self) -> int | None:
        """The place of the first item that waits for an answer."""
        return next((place for place in range(len(self.items)) if self._is_to_answer(place)), None)

    def waiting(self) -> list[tuple[str, list[ProfileField | Question]]]:
        """What waits for an answer: the title of each section that has any, and its items."""
        found: dict[str, tuple[str, list[ProfileField | Question]]] = {}
        for place, item in enumerate(self.items):
            if self._is_to_answer(place):
                found.setdefault(self.section(item), (self.title(item), []))[1].append(item)
        return list(found.values())

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
        """The item with that id, or with that id in another case or without its hyphen, where only one is meant;
        questions come before profile fields, and ``profile.`` before an id names a field.
        """
        meant = self._called.get(name)
        for known, typed in ((self._in_any_case, folded(name)), (self._in_a_hurry, compact(name))):
            meant = meant or known.get(typed)
        return meant

    @cached_property
    def _called(self) -> dict[str, ProfileField | Question]:
        called: dict[str, ProfileField | Question] = {f"profile.{field.id}": field for field in self.checklist.profile}
        return called | self.checklist.field | self.checklist.question

    @cached_property
    def _in_any_case(self) -> dict[str, ProfileField | Question]:
        return self._once(folded)

    @cached_property
    def _in_a_hurry(self) -> dict[str, ProfileField | Question]:
        return self._once(compact)

    def _once(self, how: Callable[[str], str]) -> dict[str, ProfileField | Question]:
        """Items by what `how` makes of their names, where it makes that of one name alone."""
        count = Counter(map(how, self._called))
        return {typed: item for name, item in self._called.items() if count[typed := how(name)] == 1}

    def go_to(self, item: Asked) -> None:
        """Go to `item`, also one that does not apply."""
        self.at = self._place[self.key(item)]

    def go_to_section(self, section: str) -> None:
        """Go to a section's first item that waits for an answer, or to its first."""
        places = [place for place, item in enumerate(self.items) if self.section(item) == section]
        self._go(next((place for place in places if self._is_to_answer(place)), places[0] if places else None))

    def help(self, item: Asked) -> str:
        """What to look at and how; in a classroom, first what one can do there. Empty where nothing is said."""
        there = item.classroom if self.classroom and isinstance(item, Question) else None
        if not there:
            return item.help or ""
        parts = [_("In the classroom: {help}").format(help=there)]
        if item.help:
            parts.append(_("At the depot: {help}").format(help=item.help))
        return "\n\n".join(parts)

    def terms(self, item: Asked) -> tuple[Term, ...]:
        """The terms of art that the texts of an item use, in alphabetical order."""
        return in_order(occurring(self.checklist.glossary, texts_of(item)))

    def search(self, words: str) -> list[ProfileField | Question]:
        """The items whose id, texts, options, note, answer or section title hold every word, whatever case and
        accents, the best first (see `searching.found`).
        """
        places = searching.found(words, ((text, self._written(item)) for item, text in self._searched))
        return [self._searched[place][0] for place in places]

    @cached_property
    def _searched(self) -> list[tuple[ProfileField | Question, searching.Searched]]:
        return [
            (item, searching.Searched(item.id, " ".join(texts_of(item)), one_line(self.title(item))))
            for item in self.items
        ]

    def _written(self, item: ProfileField | Question) -> str:
        """What somebody has written of an item: the answer in words, and the note."""
        note = "" if isinstance(item, ProfileField) else self.state.notes.get(item.id, "")
        return f"{answer_in_words(item, self.answer_to(item))} {note}".strip()
