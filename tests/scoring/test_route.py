"""S-8: the route to the next level, by hand for each rule. Against trying every choice: `test_route_exact`."""

from __future__ import annotations

import time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck.checklist.model import DOMAINS, Checklist
from tests.scoring.building import ON, Given, answers, built, card, control, options, section
from tests.scoring.naive import Depot


def way(checklist: Checklist, given_: dict[str, Given]) -> str:
    """The questions of the route, run together."""
    found = card(checklist, given_).route
    assert found is not None
    return "".join(line.question.id for line in found.lines)


def test_there_is_no_route_from_the_top() -> None:
    assert card(built(control("A"), thresholds=("0.5",)), {"A": "yes"}).route is None


def test_the_route_takes_the_least_effort_and_not_the_greatest_gain() -> None:
    # 9 in all, 1 had, 3.6 wanted: 2.6 missing. B gives 4 for 3 effort; C and D give 2 + 2 for 1 + 1.
    checklist = built(
        control("A", weight=1, effort=1),
        control("B", weight=4, effort=3),
        control("C", weight=2, effort=1),
        control("D", weight=2, effort=1),
        thresholds=("0.4",),
    )
    assert way(checklist, {"A": "yes", "B": "no", "C": "no", "D": "no"}) == "CD"


def test_greedy_would_go_wrong() -> None:
    # 7 in all, 3.99 wanted. A is worth more for its effort (3/2 against 4/3), but does not do alone; B does.
    checklist = built(control("A", weight=3, effort=2), control("B", weight=4, effort=3), thresholds=("0.57",))
    assert way(checklist, {"A": "no", "B": "no"}) == "B"


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
    )
    found = card(checklist, {"A": "yes", "B": "no", "C": "no"}).route
    assert found is not None
    assert found.result.level.level == 2
    assert [line.question.id for line in found.lines] == ["B"]


def test_open_questions_can_be_on_the_route_but_not_what_is_out_of_scope_or_free_text() -> None:
    checklist = built(
        control("A", weight=5),
        control("B", weight=1),
        control("C", weight=5),
        control("D", type="text"),
        thresholds=("1",),
    )
    found = card(checklist, {"B": "unknown", "C": "na"}, accepted=["C"]).route
    assert found is not None
    assert [line.question.id for line in found.lines] == ["A", "B"]
    assert (found.effort, found.gain) == (4, 6)


def test_an_empty_level_is_passed_over() -> None:
    checklist = built(control("A", level=1), control("B", level=3))
    found = card(checklist, {"A": "yes", "B": "no"}).route
    assert found is not None
    assert found.result.level.level == 3


def test_what_matters_most_is_on_the_route_even_when_the_score_suffices() -> None:
    """S-5 d."""
    checklist = built(
        *(control(name, weight=5) for name in "ABCD"), control("E", weight=5, effort=3), thresholds=("0.5",)
    )
    assert way(checklist, {**dict.fromkeys("ABC", "yes"), "D": "partial", "E": "no"}) == "E"


def test_a_critical_that_meets_its_floor_need_not_be_on_the_route() -> None:
    checklist = built(
        control("A", critical=Decimal("0.5"), weight=1, effort=1), control("B", weight=3), thresholds=("0.8",)
    )
    assert way(checklist, {"A": "partial", "B": "no"}) == "B"


def test_a_domain_that_is_abandoned_is_brought_up() -> None:
    """S-5 b: the whole would be had for less elsewhere."""
    checklist = built(
        section("one", *(control(name, weight=4, effort=1) for name in "ABC"), domain="storage"),
        section("two", control("D", weight=2, effort=3), control("E", weight=2, effort=3), domain="transfer"),
        thresholds=("0.7",),
    )  # 16 in all, 11.2 wanted, and of transfer's 4 half
    assert way(checklist, {"A": "yes", "B": "yes", "C": "no", "D": "no", "E": "no"}) == "CD"
    assert way(checklist, dict.fromkeys("ABCDE", "no")) == "ABCD"


AFTER_A: dict[str, Any] = {"part_of": "A", "when": {"question": "A", "is": ["yes", "partial"]}}


def test_a_step_is_a_question_with_what_is_part_of_it() -> None:
    """S-8: effort and gain of all of them count."""
    checklist = built(
        control("A", weight=1, effort=1),
        control("B", weight=3, effort=3, **AFTER_A),
        control("C", weight=2, effort=1),
        control("D", weight=4, effort=1),
        thresholds=("0.6",),
    )  # 10 in all
    found = card(checklist, dict.fromkeys("ABCD", "no")).route
    assert found is not None
    assert [[line.question.id for line in step.lines] for step in found.steps] == [["D"], ["C"]]  # 6 for 2
    found = card(checklist, {"A": "no", "C": "yes", "D": "partial"}).route
    assert found is not None
    assert [(step.line.question.id, step.effort, step.gain) for step in found.steps] == [("D", 1, 2)]
    found = card(checklist, {"A": "no", "C": "no", "D": "yes"}).route
    assert found is not None
    assert [[line.question.id for line in step.lines] for step in found.steps] == [["C"]]
    found = card(built(*checklist_parts(checklist), thresholds=("0.8",)), {"A": "no", "C": "no", "D": "yes"}).route
    assert found is not None
    assert [([line.question.id for line in step.lines], step.effort, step.gain) for step in found.steps] == [
        (["A", "B"], 4, 4)
    ]


def checklist_parts(checklist: Checklist) -> list[dict[str, Any]]:
    return [question.model_dump(by_alias=True, exclude_defaults=True) for question in checklist.questions]


def test_a_part_brings_its_parent_along_though_that_is_of_another_level() -> None:
    """S-8: the parent's effort counts, its gain is none of this level's."""
    checklist = built(
        control("A", level=1, weight=4, effort=3),
        control("X", level=1, weight=5),
        control("B", level=2, weight=5, effort=2, **AFTER_A),
        thresholds=("0.5", "0.5"),
    )
    found = card(checklist, {"A": "no", "X": "yes"}).route
    assert found is not None
    assert [line.question.id for line in found.lines] == ["A", "B"]
    assert (found.effort, found.gain) == (5, 5)


def test_steps_are_to_check_first_then_criticals_then_by_gain_for_effort() -> None:
    checklist = built(
        control("A", weight=2, effort=2),  # 1 for 1
        control("B", weight=4, effort=2),  # 2
        control("C", weight=1, effort=1),  # 1, after A
        control("D", weight=1, effort=3, critical=True),
        control("E", weight=1, effort=3, finding="loss"),
        control("F", weight=2, effort=1, critical=True),  # 2, a better critical than D
        control("G", weight=1, effort=1, critical=Decimal("0.5")),  # it is met: 1/2
        thresholds=("1",),
    )  # 12 in all
    given_: dict[str, Given] = {**dict.fromkeys("ABCDF", "no"), "G": "partial"}
    found = card(checklist, given_).route
    assert found is not None
    assert "".join(step.line.question.id for step in found.steps) == "EFGDBAC"
    reached = [Fraction(n, 24) for n in (3, 7, 8, 10, 18, 22, 24)]
    assert [step.score_after for step in found.steps] == reached


def test_a_step_for_what_is_set_aside_says_that_it_may_be_countersigned() -> None:
    found = card(built(control("A"), control("B"), thresholds=("1",)), {"A": "na", "B": "unknown"}).route
    assert found is not None
    assert [step.to_countersign for step in found.steps] == [True, False]


def test_gains_are_exact_fractions() -> None:
    # 3 × 0.1 short each; the threshold asks for 0.3 of 9: a sum of floats would ask for one more.
    kept = options(most="0.9", all="1")
    checklist = built(
        *(control(name, weight=3, type="choice", options=kept) for name in "ABC"),
        control("D", weight=1),
        thresholds=("0.93",),
    )
    # 10 in all; had 3 × 2.7 + 1 = 9.1; wanted 9.3: 0.2 missing, A alone gives 0.3
    assert way(checklist, {"A": "most", "B": "most", "C": "most", "D": "yes"}) == "A"


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from([1, 2, 2, 4]), min_size=9, max_size=10), st.sampled_from(["0.4", "0.5", "0.7"]))
def test_the_route_breaks_ties_as_all_subsets_do(weights: list[int], threshold: str) -> None:
    """Few different weights, with effort to match, so that many sets are equally good."""
    checklist = built(
        *(control(f"Q{n}", weight=weight, effort=max(1, weight // 2)) for n, weight in enumerate(weights)),
        thresholds=(threshold,),
    )
    given_ = {f"Q{n}": "no" for n in range(len(weights))}
    scorecard = card(checklist, given_)
    assert scorecard.route is not None
    assert [line.position for line in scorecard.route.lines] == Depot(checklist, answers(given_), {}, ON).route()


@pytest.mark.parametrize(("number", "seconds"), [(300, 1), (3000, 5)])
@pytest.mark.parametrize("alike", [True, False])
def test_a_long_checklist_is_quick(number: int, seconds: float, alike: bool) -> None:
    """It takes a tenth of that; a search that is not dynamic would take for ever."""
    sections = [
        section(
            domain,
            *(
                control(f"{domain}-{n}", weight=1 if alike else n % 5 + 1, effort=2 if alike else n % 3 + 1)
                for n in range(number // 5)
            ),
            domain=domain,
        )
        for domain in DOMAINS
    ]
    checklist = built(*sections, thresholds=("0.8",))
    given_ = {question.id: "no" if n % 3 else "partial" for n, question in enumerate(checklist.questions)}
    scorecard = card(checklist, given_)
    assert scorecard.levels
    started = time.process_time()
    assert scorecard.route is not None
    assert time.process_time() - started < seconds
    places = {line.position for line in scorecard.route.lines}
    depot = Depot(checklist, answers(given_), {}, ON)
    credit = {one.place: Fraction(1) if one.place in places else one.credit for one in depot.asked}
    assert depot.meets(1, credit)
