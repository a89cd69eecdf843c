"""What must hold of any checklist and any answers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from stockcheck.scoring.scope import Standing
from stockcheck.scoring.scorecard import Scorecard
from stockcheck.scoring.scores import Score
from tests.scoring.building import Given
from tests.scoring.depots import FACTS, KINDS, Case, Depots

SEEDS = range(8)


def scores(card: Scorecard) -> dict[str, Score]:
    """Every score that a scorecard has, by what it is of."""
    return {
        "all": card.overall,
        **{section.id: score for section, score in card.sections},
        **dict(card.domains),
        **dict(card.standards),
        **{f"level {result.level.level}": result.score for result in card.levels},
    }


def cases(seed: int, number: int, **keys: Any) -> Iterator[Case]:
    depots = Depots(seed, **keys)
    return (depots.one() for _number in range(number))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_interval_lies_within_nothing_and_all(seed: int) -> None:
    """S-4, S-5."""
    for case in cases(seed, 80):
        card = case.card
        for score in scores(card).values():
            if score.lower is None or score.upper is None or score.answered is None or score.assessed is None:
                assert score.weight == 0
                continue
            assert 0 <= score.lower <= score.upper <= 1
            assert (score.lower == score.upper) == score.complete
            assert 0 <= score.answered <= 1
            assert 0 < score.assessed <= 1
        assert card.achieved <= card.reachable


@pytest.mark.parametrize("seed", SEEDS)
def test_a_better_answer_never_makes_a_figure_worse(seed: int) -> None:
    """S-3: nor does a parent's "no" score better than its "yes" with bad particulars."""
    tried = 0
    for case in cases(seed, 80, orderly=True):
        before = case.card
        for question in case.checklist.questions:
            worst_first = KINDS[question.type][1]
            if case.given.get(question.id) not in worst_first or question.type == "text":
                continue
            for better in worst_first[worst_first.index(case.given[question.id]) + 1 :]:
                after = case.answering(**{question.id: better}).card
                tried += 1
                for name, score in scores(after).items():
                    was = scores(before)[name]
                    if was.lower is None or was.upper is None or score.lower is None or score.upper is None:
                        continue
                    assert score.lower >= was.lower
                    assert score.upper >= was.upper
                assert after.achieved >= before.achieved
                assert after.reachable >= before.reachable
    assert tried > 100


def settled(case: Case, chance: random.Random) -> Case:
    """`case` with everything answered that is open, one way or another, until nothing is."""
    profile: dict[str, Given] = {
        name: chance.choice(FACTS[name][2:]) if value in (None, "unknown") else value
        for name, value in case.profile.items()
    }
    case = replace(case, profile=profile)
    while still_open := [line for line in case.card.lines if line.is_open]:
        for line in still_open:
            name = line.question.id
            if line.standing is Standing.SET_ASIDE and chance.random() < 0.5:
                case = replace(case, accepted=(*case.accepted, name))
            elif line.standing is not Standing.PENDING:
                case = case.answering(**{name: chance.choice(KINDS[line.question.type][1])})
    return case


@pytest.mark.parametrize("seed", SEEDS)
def test_the_interval_holds_every_way_in_which_it_may_be_settled(seed: int) -> None:
    """S-2, S-4, S-5: an assessment never looks better because something has not been asked."""
    chance = random.Random(seed)
    for case in cases(seed, 60, pure=True):
        before = case.card
        for _time in range(4):
            after = settled(case, chance).card
            assert after.overall.complete
            assert before.achieved <= after.achieved <= before.reachable
            for name, score in scores(after).items():
                was = scores(before)[name]
                if score.lower is not None:
                    assert was.lower is not None
                    assert was.upper is not None
                    assert was.lower <= score.lower <= was.upper


@pytest.mark.parametrize("seed", SEEDS)
def test_a_countersignature_never_lowers_a_score_and_what_is_set_aside_never_lifts_one(seed: int) -> None:
    """S-3: nobody alone can lift a figure by "not applicable"."""
    for case in cases(seed, 60, pure=True):
        alone = replace(case, accepted=())
        accepted = tuple(name for name, value in case.given.items() if value == "na")
        low, high = alone.card.overall, replace(case, accepted=accepted).card.overall
        if low.lower is not None and high.lower is not None:
            assert low.lower <= high.lower
        # Read by a condition, what is set aside is not known either: as if it had not been answered.
        open_instead = replace(alone, given={n: v for n, v in alone.given.items() if v != "na"}).card
        assert low.lower == open_instead.overall.lower
        assert alone.card.achieved == open_instead.achieved


@pytest.mark.parametrize("seed", SEEDS)
def test_raising_what_the_route_names_makes_the_level_hold(seed: int) -> None:
    """S-8, where no new question is opened by it."""
    tried = 0
    for case in cases(seed, 60, most=20, kinds=("control", "choice", "several")):
        card = case.card
        if card.route is None:
            continue
        on_route = {line.question.id for line in card.route.lines}
        best = {line.question.id: KINDS[line.question.type][1][-1] for line in card.route.lines}
        after = case.answering(**best).card
        held = all(
            now.credit == 1 if now.question.id in on_route else now.standing is was.standing
            for was, now in zip(card.lines, after.lines, strict=True)
        )
        if held:
            tried += 1
            assert after.achieved >= card.route.result.level.level
    assert tried > 5


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_in_which_answers_were_given_does_not_matter(seed: int) -> None:
    chance = random.Random(seed)
    for case in cases(seed, 20):
        names = list(case.given)
        chance.shuffle(names)
        one, other = case.card, replace(case, given={name: case.given[name] for name in names}).card
        assert scores(one) == scores(other)
        assert one.levels == other.levels
        assert (one.gaps, one.to_check, one.findings) == (other.gaps, other.to_check, other.findings)
        assert (one.route and one.route.lines) == (other.route and other.route.lines)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_answer_to_what_the_checklist_does_not_ask_changes_nothing(seed: int) -> None:
    for case in cases(seed, 20):
        assert scores(case.answering(elsewhere="no").card) == scores(case.card)


def test_credits_are_exact() -> None:
    """Every figure is a fraction: nothing is a float on its way."""
    for case in cases(1, 20):
        for score in scores(case.card).values():
            assert isinstance(score.lower, Fraction | None)
