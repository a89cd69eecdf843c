"""With all else equal, a better answer never lowers a score, a level or an upper bound (S-3), in any shipped checklist.

Only what takes questions out of scope, or brings them in, can break it. So it is tried on the questions that the
conditions of others read: every pair of their answers, with those others answered well, badly or not, in depots from
perfect to poor.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.checklist.conditions import QuestionIs, conjunction, leaves
from stockcheck.checklist.model import Checklist, Question
from stockcheck.scoring.scorecard import Scorecard
from tests.checklist.test_headlines import EVERY_QUESTION, NAMES, ON, choices, earned, loaded
from tests.volume import some

Answers = dict[str, Answer]


def read_by_others(checklist: Checklist) -> dict[str, list[str]]:
    """The questions that conditions read, each with the scored questions whose condition reads it."""
    found: dict[str, list[str]] = {}
    for section in checklist.sections:
        for question in section.questions:
            condition = conjunction(section.when, question.when)
            if condition is None or not question.scored:
                continue
            for read in {leaf.question for leaf, _place in leaves(condition) if isinstance(leaf, QuestionIs)}:
                found.setdefault(read, []).append(question.id)
    return found


def figures(card: Scorecard) -> Iterator[tuple[str, Fraction | int | None]]:
    """Every headline of a depot, each as it is and as it may yet become."""
    scored = [("whole", card.overall)]
    scored += [(section.id, score) for section, score in card.sections]
    scored += [*card.domains, *card.standards]
    scored += [(f"level {one.level.level}", one.score) for one in card.levels]
    for name, score in scored:
        yield name, score.lower
        yield f"{name}, upper bound", score.upper
    if card.checklist.levels:
        yield "achieved", card.achieved
        yield "reachable", card.reachable


def depot(checklist: Checklist, kind: str) -> Answers:
    """A depot without a flaw, one where all is bad, one where nothing is answered, or some of everything."""
    ranked = {question.id: by_merit(question) for question in checklist.questions}
    if kind == "unanswered":
        return {}
    if kind in ("perfect", "bad"):
        return {one: answers[-1 if kind == "perfect" else 0] for one, answers in ranked.items()}
    chance = random.Random(kind)
    answered = [one for one in ranked if chance.random() < 0.8]
    return {one: chance.choice([*ranked[one], UNKNOWN]) for one in answered}


def by_merit(question: Question) -> list[Answer]:
    if not question.scored:
        return [Answer("none")]
    return sorted(choices(question), key=lambda answer: earned(question, answer))


def lowered(checklist: Checklist, kind: str) -> Iterator[str]:
    """Every pair of answers of which the better one lowers a figure in a depot of some kind, with the figure."""
    rest = depot(checklist, kind)
    facts = {
        field.id: Answer(tuple(field.words) if field.type == "several" else field.words[0])
        for field in checklist.profile
    }
    for read, readers in read_by_others(checklist).items():
        question = checklist.question[read]
        ends = [by_merit(checklist.question[one])[:: len(by_merit(checklist.question[one])) - 1] for one in readers]
        for others in product(*ends):
            answers = rest | dict(zip(readers, others, strict=True))
            cards = [
                (answer, dict(figures(Scorecard(checklist, answers | {read: answer}, facts, ON))))
                for answer in by_merit(question)
            ]
            for (worse, before), (better, after) in combinations(cards, 2):
                if earned(question, worse) == earned(question, better):
                    continue
                for name, figure in after.items():
                    was = before[name]
                    if was is not None and figure is not None and figure < was:
                        yield f"{read} {better.value} instead of {worse.value}: {name} {was} -> {figure}"


@some("kind", ["perfect", "bad", "unanswered", "mixed", "mixed otherwise"], sample=["mixed"])
@some("name", NAMES, sample=EVERY_QUESTION)
def test_a_better_answer_never_lowers_a_figure(name: str, kind: str) -> None:
    assert sorted(set(lowered(loaded(name), kind))) == []
