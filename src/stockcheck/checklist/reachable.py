"""Whether any answers bring a question into scope: where none do, its conditions are mistaken.

Found by trying answers, with the three values of `conditions`, so that a branch is left as soon as it is settled. Of
several options each is ticked or not on its own, and those that no condition tells apart are tried as one. To try all
can take for ever, so there is a bound: past it a condition is not checked, and nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from stockcheck.checklist.conditions import (
    Condition,
    Leaf,
    ProfileIs,
    Ticks,
    Truth,
    accepts,
    conjunction,
    evaluate,
    leaves,
)
from stockcheck.checklist.model import Asked, Checklist, ProfileField, Question
from stockcheck.checklist.values import decimal
from stockcheck.checklist.yamltext import MAX_DIGITS

#: Most answers read, one by way of another, and most tests and words in all that is read of them. A condition past
#: that is not checked.
_MOST_READ = 30
_MOST_TESTS = 500
#: Most tests made to check one condition, and all conditions of a run.
_MOST_STEPS = 50_000
_MOST_STEPS_IN_ALL = 2_000_000
#: Numbers below and above all that a checklist may hold.
_BELOW, _ABOVE = (Decimal((sign, (1,), MAX_DIGITS + 1)) for sign in (1, 0))


Subject = tuple[bool, str]  # whether it is a profile field, and its id
#: What is tried as an answer: a word, options, a number; "" fits no leaf, None leaves scope (not applicable).
Tried = str | Ticks | Decimal | None
Given = dict[Subject, Tried]


class _NotCheckedError(Exception):
    """It would take too long."""


@dataclass
class Steps:
    """How many tests may still be made in this run; every one of them takes about a microsecond."""

    left: int = _MOST_STEPS_IN_ALL


def can_hold(goal: Condition, checklist: Checklist, steps: Steps | None = None) -> bool:
    """Whether some answers make `goal` true, each given to a question that is itself in scope.

    True as well for a condition that cannot be checked within the bounds, of which `steps` is what is left.
    """
    try:
        return _Search(goal, checklist, steps or Steps()).succeeds()
    except _NotCheckedError:
        return True


class _Search:
    def __init__(self, goal: Condition, checklist: Checklist, steps: Steps) -> None:
        self.goal = goal
        self.checklist = checklist
        self.steps = steps
        self.most = _MOST_STEPS
        self.tests: dict[Subject, list[Leaf]] = {}
        self.needs: dict[Subject, Condition | None] = {}
        self._collect()
        place = checklist.place
        self.order = sorted(self.needs, key=lambda subject: -1 if subject[0] else place[subject[1]])
        #: Of what takes several options, those that a test names; options that no test tells apart count as one.
        self.options = {
            subject: _told_apart(self.tests[subject])
            for subject in self.order
            if self._asked(subject).type == "several"
        }

    def _collect(self) -> None:
        """What the goal reads, and what must hold for that to be asked."""
        waiting = [self.goal]
        size = 0
        while waiting:
            for leaf, _place in leaves(waiting.pop()):
                size += 1 + len(leaf.listed)
                subject = _subject(leaf)
                self.tests.setdefault(subject, []).append(leaf)
                if size > _MOST_TESTS or len(self.tests) > _MOST_READ:
                    raise _NotCheckedError
                if subject not in self.needs:
                    self.needs[subject] = need = _condition_of(subject, self.checklist)
                    waiting += [need] if need is not None else []

    def succeeds(self) -> bool:
        forced = self._forced()
        waiting = [forced] if forced is not None else []
        while waiting:
            given = waiting.pop()
            truth, applies = self._truth(given)
            if truth:
                return True
            if truth is None:
                subject = next(one for one in self.order if applies[one] is not False and self._is_open(one, given))
                waiting += [{**given, subject: value} for value in self._next(subject, given)]
        return False

    def _forced(self) -> Given | None:
        """The answers without which the goal is false; None where one has to be what it cannot be.

        That finds most mistaken conditions without trying one answer together with another.
        """
        given: Given = {}
        before = None
        while before != given and self.most > _MOST_STEPS // 2:
            before = given
            for subject in self.order:
                for option in self.options.get(subject, (None,)):
                    if not self._is_open(subject, given, option):
                        continue
                    tries = ({**given, subject: value} for value in self._next(subject, given, option))
                    left = [answers for answers in tries if self._truth(answers)[0] is not False]
                    if not left:
                        return None
                    given = left[0] if len(left) == 1 else given
        return given

    def _truth(self, given: Given) -> tuple[Truth, dict[Subject, Truth]]:
        """What is known of the goal, and of whether each subject is asked, from the answers `given`."""
        applies: dict[Subject, Truth] = {}

        def read(leaf: Leaf) -> Truth:
            self._count()
            subject = _subject(leaf)
            if applies[subject] is False:
                return False
            if subject not in given:
                return None
            value = given[subject]
            holds = False if value is None else accepts(leaf, value)
            return holds if applies[subject] or holds is False else None

        for subject in self.order:
            need = self.needs[subject]
            applies[subject] = True if need is None else evaluate(need, read)
        return evaluate(self.goal, read), applies

    def _count(self) -> None:
        self.most -= 1
        self.steps.left -= 1
        if self.most < 0 or self.steps.left < 0:
            raise _NotCheckedError

    def _asked(self, subject: Subject) -> Asked:
        is_field, name = subject
        return self.checklist.field[name] if is_field else self.checklist.question[name]

    def _is_open(self, subject: Subject, given: Given, option: frozenset[str] | None = None) -> bool:
        """Whether something is still to be said of the answer to `subject`, or of one of its options."""
        value = given.get(subject, Ticks()) if subject in self.options else None
        if not isinstance(value, Ticks):
            return subject not in given
        said = value.on | value.off
        return subject not in given or not all(one <= said for one in ([option] if option else self.options[subject]))

    def _next(self, subject: Subject, given: Given, option: frozenset[str] | None = None) -> Iterator[Tried]:
        """Answers to try; of several options, `option` or the next one not ticked and ticked."""
        asked = self._asked(subject)
        if subject in self.options:
            ticks = given.get(subject, Ticks())
            assert isinstance(ticks, Ticks)  # noqa: S101  # any other is not open
            said = ticks.on | ticks.off
            option = option or next((one for one in self.options[subject] if not one <= said), frozenset())
            off = ticks.off | option
            if not (isinstance(asked, ProfileField) and asked.least and off.issuperset(asked.words)):
                yield Ticks(ticks.on, off)
            yield Ticks(ticks.on | option, ticks.off)
        else:
            yield from _worth_trying(asked, self.tests[subject])
        if subject not in given and isinstance(asked, Question) and asked.scored and asked.na:
            yield None


def _worth_trying(asked: Asked, tests: list[Leaf]) -> Iterator[Tried]:
    """Answers that differ in what they make of `tests`: one of every kind that there can be."""
    if asked.type == "number":
        bounds = {bound for leaf in tests for bound in (leaf.at_least, leaf.at_most) if bound is not None}
        marks = sorted(bounds | {decimal(word) for leaf in tests for word in leaf.listed})
        yield from marks
        yield from ((low + high) / 2 for low, high in pairwise(marks))
        yield from (_BELOW, _ABOVE)
        return
    told_apart = _told_apart(tests)
    yield from (min(words) for words in told_apart)
    listed = frozenset[str]().union(*told_apart)
    yield from [word for word in asked.place_of_word or ("",) if word not in listed][:1]


def _told_apart(tests: Iterable[Leaf]) -> list[frozenset[str]]:
    """The words that the tests list; those that stand in the same tests together, for they come to the same."""
    listing: dict[str, list[int]] = {}
    for number, leaf in enumerate(tests):
        for word in dict.fromkeys(leaf.listed):
            listing.setdefault(word, []).append(number)
    together: dict[tuple[int, ...], set[str]] = {}
    for word, numbers in listing.items():
        together.setdefault(tuple(numbers), set()).add(word)
    return [frozenset(words) for words in together.values()]


def _subject(leaf: Leaf) -> Subject:
    return (True, leaf.profile) if isinstance(leaf, ProfileIs) else (False, leaf.question)


def _condition_of(subject: Subject, checklist: Checklist) -> Condition | None:
    """What must hold for a subject to be asked at all; the profile always is."""
    is_field, name = subject
    return None if is_field else conjunction(checklist.section_of[name].when, checklist.question[name].when)
