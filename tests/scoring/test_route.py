"""The route to the next level: by hand for each rule, then against trying every subset."""

from __future__ import annotations

import time
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck.checklist.model import Checklist
from stockcheck.scoring.scorecard import Scorecard
from tests.scoring.building import Given, built, card, control, options


def way(checklist: Checklist, given_: dict[str, Given]) -> str:
    """The questions of the route, run together."""
    found = card(checklist, given_).route
    assert found is not None
    return "".join(line.question.id for line in found.lines)


def test_there_is_no_route_from_the_top() -> None:
    assert card(built(control("A"), thresholds=("0.5",)), {"A": "yes"}).route is None


def test_the_route_takes_the_least_effort_and_not_the_greatest_gain() -> None:
    # 10 in all, 4 had, 8 wanted: 4 missing. B gives 5 for 3 effort; C and D give 2 + 2 for 1 + 1.
    checklist = built(
        control("A", weight=1, effort=1),
        control("B", weight=5, effort=3),
        control("C", weight=2, effort=1),
        control("D", weight=2, effort=1),
        thresholds=("0.4",),
    )
    # 10 in all, 1 had, 4 wanted: 3 missing
    assert way(checklist, {"A": "yes", "B": "no", "C": "no", "D": "no"}) == "CD"


def test_greedy_would_go_wrong() -> None:
    # Gain for effort: A 5/2, B and C 4/2. 8 missing: A and B give 9 for 4, as B and C give 8 for 4 — the greater gain
    # wins; and at 3, 3, 1 of effort nothing but the exact set is least.
    checklist = built(
        control("A", weight=5, effort=2),
        control("B", weight=4, effort=2),
        control("C", weight=4, effort=2),
        control("D", weight=3, effort=1),
        thresholds=("0.5",),
    )  # 16 in all, 8 missing: A + D = 8 for 3
    assert way(checklist, dict.fromkeys("ABCD", "no")) == "AD"


def test_of_equal_effort_the_greater_gain() -> None:
    checklist = built(control("A", weight=1), control("B", weight=2), control("C", weight=1), thresholds=("0.25",))
    assert way(checklist, {"A": "no", "B": "no", "C": "no"}) == "B"


def test_of_equal_effort_and_gain_the_fewer_questions() -> None:
    checklist = built(
        control("A", weight=2, effort=1),
        control("B", weight=2, effort=1),
        control("C", weight=4, effort=2),
        thresholds=("0.5",),
    )
    assert way(checklist, {"A": "no", "B": "no", "C": "no"}) == "C"


def test_of_all_else_equal_the_smallest_positions() -> None:
    checklist = built(*(control(name, weight=2) for name in "ABCD"), thresholds=("0.5",))
    assert way(checklist, dict.fromkeys("ABCD", "no")) == "AB"
    # A and D (1 + 3) or B and C (2 + 2): equal effort, gain and number; A comes first.
    checklist = built(
        control("A", weight=1),
        control("B", weight=2),
        control("C", weight=2),
        control("D", weight=3, effort=3),
        thresholds=("1",),
    )
    assert way(checklist, dict.fromkeys("ABCD", "no")) == "ABCD"


def test_every_critical_shortfall_is_on_the_route_even_when_the_score_suffices() -> None:
    checklist = built(
        control("A", weight=5),
        control("B", weight=1, critical=True, effort=3),
        control("C", weight=1, effort=1),
        thresholds=("0.5",),
    )
    assert way(checklist, {"A": "yes", "B": "partial", "C": "no"}) == "B"


def test_what_the_criticals_gain_is_counted_towards_the_threshold() -> None:
    checklist = built(
        control("A", weight=4, critical=True, effort=3), control("B", weight=1, effort=1), thresholds=("0.8",)
    )
    assert way(checklist, {"A": "no", "B": "no"}) == "A"  # 4/5 is the threshold


def test_the_route_is_to_the_next_level_and_looks_no_higher() -> None:
    checklist = built(
        control("A", level=1),
        control("B", level=2, weight=3),
        control("C", level=3, weight=5, critical=True, effort=1),
        thresholds=("0.8", "0.8", "0.8"),
    )
    found = card(checklist, {"A": "yes", "B": "no", "C": "no"}).route
    assert found is not None
    assert found.level.level == 2
    assert [line.question.id for line in found.lines] == ["B"]


def test_open_questions_can_be_on_the_route_but_not_what_is_out_of_scope_or_free_text() -> None:
    checklist = built(
        control("A", weight=5),
        control("B", weight=1),
        control("C", weight=5),
        control("D", type="text"),
        thresholds=("1",),
    )
    found = card(checklist, {"B": "unknown", "C": "na"}).route
    assert found is not None
    assert [line.question.id for line in found.lines] == ["A", "B"]
    assert (found.effort, found.gain) == (4, 6)


def test_gains_are_exact_fractions() -> None:
    # 3 × 0.1 short each; the threshold asks for 0.3 of 9: a sum of floats would ask for one more.
    kept = options(most="0.9", all="1")
    checklist = built(
        *(control(name, weight=3, type="choice", options=kept) for name in "ABC"),
        control("D", weight=1),
        thresholds=("0.93",),
    )
    # 10 in all; had 3 × 2.7 + 0.6... D yes: 8.1 + 1 = 9.1; wanted 9.3: 0.2 missing, A alone gives 0.3
    assert way(checklist, {"A": "most", "B": "most", "C": "most", "D": "yes"}) == "A"


def raised(scorecard: Scorecard, chosen: tuple[int, ...]) -> bool:
    """Whether the next level holds once the questions at the positions `chosen` have full credit."""
    level = scorecard.levels[scorecard.achieved].level
    weight = earned = Fraction(0)
    for line in scorecard.lines:
        if not line.counts or line.question.level > level.level:
            continue
        credit = Fraction(1) if line.position in chosen else line.credit
        if line.question.critical and credit != 1:
            return False
        weight += line.question.weight
        earned += line.question.weight * credit
    return earned >= Fraction(level.threshold) * weight


def best_of_all(scorecard: Scorecard) -> tuple[int, ...]:
    """The route by its definition: every set is tried."""
    level = scorecard.levels[scorecard.achieved].level
    candidates = [
        line for line in scorecard.lines if line.counts and line.question.level <= level.level and line.credit < 1
    ]
    by_position = {line.position: line for line in candidates}
    sets = (
        chosen
        for size in range(len(candidates) + 1)
        for chosen in combinations(sorted(by_position), size)
        if raised(scorecard, chosen)
    )

    def rank(chosen: tuple[int, ...]) -> tuple[Any, ...]:
        lines = [by_position[position] for position in chosen]
        effort = sum(line.question.effort for line in lines)
        gain = sum((line.question.weight * (1 - line.credit) for line in lines), Fraction(0))
        return effort, -gain, len(chosen), chosen

    return min(sets, key=rank)


KEPT = options(a="0.1", b="0.25", c="0.3", d="0.9", e="1")
ONE = st.tuples(
    st.integers(1, 5),  # weight
    st.integers(1, 3),  # effort
    st.sampled_from([1, 1, 2, 3]),  # level
    st.sampled_from([False] * 5 + [True]),  # critical
    st.sampled_from([None, "unknown", "na", *"aabbccdde"]),  # the answer
)


def random_case(ones: list[tuple[int, int, int, bool, str | None]], threshold: str) -> Scorecard:
    checklist = built(
        *(
            control(f"Q{n}", type="choice", options=KEPT, weight=weight, effort=effort, level=level, critical=critical)
            for n, (weight, effort, level, critical, _answer) in enumerate(ones)
        ),
        thresholds=(threshold, threshold, threshold),
    )
    return card(checklist, {f"Q{n}": one[4] for n, one in enumerate(ones)})


@settings(max_examples=120, deadline=None)
@given(st.lists(ONE, min_size=1, max_size=8), st.sampled_from(["0.3", "0.5", "0.75", "0.8", "0.955", "1"]))
def test_the_route_is_the_best_of_all_subsets(
    ones: list[tuple[int, int, int, bool, str | None]], threshold: str
) -> None:
    scorecard = random_case(ones, threshold)
    if scorecard.achieved == 3:
        assert scorecard.route is None
        return
    assert scorecard.route is not None
    assert tuple(line.position for line in scorecard.route.lines) == best_of_all(scorecard)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from([1, 2, 2, 4]), min_size=9, max_size=10), st.sampled_from(["0.4", "0.5", "0.7"]))
def test_the_route_breaks_ties_as_all_subsets_do(weights: list[int], threshold: str) -> None:
    """Few different weights, with effort to match, so that many sets are equally good."""
    checklist = built(
        *(control(f"Q{n}", weight=weight, effort=max(1, weight // 2)) for n, weight in enumerate(weights)),
        thresholds=(threshold,),
    )
    scorecard = card(checklist, {f"Q{n}": "no" for n in range(len(weights))})
    assert scorecard.route is not None
    assert tuple(line.position for line in scorecard.route.lines) == best_of_all(scorecard)


@pytest.mark.parametrize("number", [300, 3_000])
def test_a_long_checklist_is_quick(number: int) -> None:
    checklist = built(
        *(control(f"Q{n}", weight=n % 5 + 1, effort=n % 3 + 1) for n in range(number)), thresholds=("0.9",)
    )
    scorecard = card(checklist, {f"Q{n}": ("no", "partial")[n % 2] for n in range(number)})
    started = time.perf_counter()
    assert scorecard.route is not None
    assert raised(scorecard, tuple(line.position for line in scorecard.route.lines))
    assert time.perf_counter() - started < 2  # it takes some 50 ms; a table of every effort would take a minute
