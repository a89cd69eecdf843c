"""What must hold of any checklist and any answers."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck.checklist.model import Checklist
from tests.scoring.building import Given, built, card, control, options

CREDITS = ("0", "0.1", "0.3", "0.5", "0.75", "1")
WORDS = [f"c{number}" for number in range(len(CREDITS))]
KEPT = options(**dict(zip(WORDS, CREDITS, strict=True)))

Case = tuple[Checklist, dict[str, Given]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A checklist without conditions, so that scope hangs on `na` alone, and answers to it. Credit rises with WORDS."""
    questions: list[dict[str, Any]] = []
    given_: dict[str, Given] = {}
    for number in range(draw(st.integers(1, 8))):
        questions.append(
            control(
                f"Q{number}",
                type="choice",
                options=KEPT,
                weight=draw(st.integers(1, 5)),
                level=draw(st.integers(1, 3)),
                critical=draw(st.booleans()) and draw(st.booleans()),
            )
        )
        given_[f"Q{number}"] = draw(st.sampled_from([None, None, "unknown", "na", *WORDS, "c5"]))
    thresholds = tuple(draw(st.sampled_from(["0.3", "0.5", "0.8", "1"])) for _level in range(3))
    return built(*questions, thresholds=thresholds), given_


@settings(max_examples=150, deadline=None)
@given(cases())
def test_the_interval_lies_within_nothing_and_all(case: Case) -> None:
    scorecard = card(*case)
    for score in (scorecard.overall, *(result.score for result in scorecard.levels)):
        if score.lower is None or score.upper is None or score.answered is None:
            assert score.weight == 0
            continue
        assert 0 <= score.lower <= score.upper <= 1
        assert (score.lower == score.upper) == score.complete
        assert 0 <= score.answered <= 1
    assert scorecard.achieved <= scorecard.reachable


@settings(max_examples=150, deadline=None)
@given(cases(), st.sampled_from(WORDS), st.randoms(use_true_random=False))
def test_settling_an_open_question_stays_within_the_interval(case: Case, word: str, chance: random.Random) -> None:
    checklist, given_ = case
    before = card(checklist, given_)
    if not before.open:
        return
    chosen = chance.choice(before.open).question.id
    after = card(checklist, {**given_, chosen: word})
    assert before.overall.lower is not None
    assert before.overall.upper is not None
    assert after.overall.lower is not None
    assert after.overall.upper is not None
    assert before.overall.lower <= after.overall.lower <= after.overall.upper <= before.overall.upper
    assert before.achieved <= after.achieved <= after.reachable <= before.reachable
    assert after.overall.open == before.overall.open - 1


@settings(max_examples=150, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_a_better_answer_never_makes_a_figure_worse(case: Case, chance: random.Random) -> None:
    checklist, given_ = case
    raisable = [name for name, value in given_.items() if value in WORDS[:-1]]
    if not raisable:
        return
    name = chance.choice(raisable)
    better = chance.choice(WORDS[WORDS.index(str(given_[name])) + 1 :])
    before, after = card(checklist, given_), card(checklist, {**given_, name: better})
    assert before.overall.lower is not None
    assert after.overall.lower is not None
    assert after.overall.lower > before.overall.lower
    assert after.achieved >= before.achieved
    assert after.reachable >= before.reachable
    if after.achieved == before.achieved and before.route is not None:
        assert after.route is not None
        assert after.route.effort <= before.route.effort


@settings(max_examples=60, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_in_which_answers_were_given_does_not_matter(case: Case, chance: random.Random) -> None:
    checklist, given_ = case
    names = list(given_)
    chance.shuffle(names)
    one, other = card(checklist, given_), card(checklist, {name: given_[name] for name in names})
    assert one.overall == other.overall
    assert one.levels == other.levels
    assert one.gaps == other.gaps
    assert one.route == other.route


@settings(max_examples=60, deadline=None)
@given(cases())
def test_an_answer_to_what_the_checklist_does_not_ask_changes_nothing(case: Case) -> None:
    checklist, given_ = case
    assert card(checklist, {**given_, "elsewhere": "c0"}).overall == card(checklist, given_).overall
