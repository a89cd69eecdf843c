"""Whether any answers bring a question into scope: where none do, its conditions are mistaken.

Found by trying answers, with the three values of `conditions`, so that a branch is left as soon as it is settled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain, combinations, pairwise

from stockcheck.checklist.answers import decimal
from stockcheck.checklist.conditions import Condition, Leaf, ProfileIs, Truth, both, evaluate, leaves
from stockcheck.checklist.model import Asked, Checklist, ProfileField, Question
from stockcheck.checklist.yamltext import MAX_DIGITS

#: Most answers read, one by way of another, and most combinations tried. Beyond that a condition is taken as sound.
_MOST_READ = 30
_MOST_TRIED = 2_000
#: Numbers below and above all that a checklist may hold.
_BELOW, _ABOVE = (Decimal((sign, (1,), MAX_DIGITS + 1)) for sign in (1, 0))

Subject = tuple[bool, str]  # whether it is a profile field, and its id
#: What is tried as an answer: a word, the words ticked, a number; "" fits no leaf, None leaves scope (not applicable).
Tried = str | frozenset[str] | Decimal | None


def can_hold(goal: Condition, checklist: Checklist) -> bool:
    """Whether some answers make `goal` true, each given to a question that is itself in scope."""
    tests: dict[Subject, list[Leaf]] = {}
    needs: dict[Subject, Condition | None] = {}
    waiting = [goal]
    while waiting:
        for leaf, _place in leaves(waiting.pop()):
            subject = _subject(leaf)
            tests.setdefault(subject, []).append(leaf)
            if subject not in needs:
                needs[subject] = _condition_of(subject, checklist)
                waiting += [condition for condition in (needs[subject],) if condition is not None]
    if len(needs) > _MOST_READ:
        return True
    positions = {question.id: number for number, question in enumerate(checklist.questions)}
    order = sorted(needs, key=lambda subject: -1 if subject[0] else positions[subject[1]])
    tried = 0

    def search(given: Mapping[Subject, Tried]) -> bool:
        nonlocal tried
        tried += 1
        applies: dict[Subject, Truth] = {}

        def read(leaf: Leaf) -> Truth:
            subject = _subject(leaf)
            if applies[subject] is False or (subject in given and given[subject] is None):
                return False
            return _holds(leaf, given[subject]) if applies[subject] and subject in given else None

        for subject in order:
            need = needs[subject]
            applies[subject] = True if need is None else evaluate(need, read)
        truth = evaluate(goal, read)
        if truth is not None or tried > _MOST_TRIED:
            return truth is not False
        subject = next(subject for subject in order if subject not in given and applies[subject] is not False)
        asked = checklist.field[subject[1]] if subject[0] else checklist.question[subject[1]]
        return any(search({**given, subject: value}) for value in _worth_trying(asked, tests[subject]))

    return search({})


def _subject(leaf: Leaf) -> Subject:
    return (True, leaf.profile) if isinstance(leaf, ProfileIs) else (False, leaf.question)


def _condition_of(subject: Subject, checklist: Checklist) -> Condition | None:
    """What must hold for a subject to be asked at all; the profile always is."""
    is_field, name = subject
    return None if is_field else both(checklist.section_of[name].when, checklist.question[name].when)


def _worth_trying(asked: Asked, tests: list[Leaf]) -> Iterator[Tried]:
    """Answers that differ in what they make of `tests`: one of every kind that there can be."""
    listed = list(dict.fromkeys(word for leaf in tests for word in leaf.listed))
    match asked.type:
        case "control" | "choice":
            yield from asked.words
        case "several":
            # Nothing ticked of what is listed may still be something ticked of the rest.
            least = 1 if isinstance(asked, ProfileField) and asked.least and set(asked.options) <= set(listed) else 0
            sizes = (combinations(listed, size) for size in range(least, len(listed) + 1))
            yield from map(frozenset, chain.from_iterable(sizes))
        case "number":
            bounds = {bound for leaf in tests for bound in (leaf.at_least, leaf.at_most) if bound is not None}
            marks = sorted(bounds | {decimal(word) for word in listed})
            yield from marks
            yield from ((low + high) / 2 for low, high in pairwise(marks))
            yield from (_BELOW, _ABOVE)
        case _:
            yield from listed
            yield ""
    if isinstance(asked, Question) and asked.scored and asked.na:
        yield None


def _holds(leaf: Leaf, value: Tried) -> bool:
    match value:
        case frozenset():
            return not value.isdisjoint(leaf.listed)
        case Decimal() if leaf.is_ is None:
            return (leaf.at_least is None or value >= leaf.at_least) and (leaf.at_most is None or value <= leaf.at_most)
        case Decimal():
            return any(value == decimal(word) for word in leaf.listed)
    return value in leaf.listed
