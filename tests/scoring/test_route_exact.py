"""S-8: the route is the best of all choices, by brute force over every choice there is."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockcheck.checklist.model import Checklist
from stockcheck.checklist.words import as_fraction
from stockcheck.scoring import knapsack
from stockcheck.scoring.scope import Line, Standing
from stockcheck.scoring.scorecard import Scorecard
from tests import volume
from tests.scoring.building import ON, Given, answers, built, card, control, options, section
from tests.scoring.naive import Depot

DOMAINS = ("storage", "inventory", "management")
KEPT = options(c0="0", c3="0.3", c5="0.5", c1="1")

Case = tuple[Checklist, dict[str, Given], tuple[str, ...]]


@st.composite
def depots(draw: st.DrawFn) -> Case:
    """Questions of two levels in three domains, some critical, some that fail with an earlier one."""
    sections: list[dict[str, Any]] = []
    given_: dict[str, Given] = {}
    names: list[str] = []
    for domain in DOMAINS[: draw(st.integers(1, 3))]:
        questions = []
        for _number in range(draw(st.integers(1, 4))):
            name = f"Q{len(names)}"
            keys: dict[str, Any] = {}
            if names and draw(st.integers(0, 3)) == 0:
                parent = draw(st.sampled_from(names))
                keys = {"part_of": parent, "when": {"question": parent, "is": ["c1"]}}
            questions.append(
                control(
                    name,
                    type="choice",
                    options=KEPT,
                    weight=draw(st.integers(1, 5)),
                    effort=draw(st.integers(1, 3)),
                    level=draw(st.sampled_from([1, 1, 1, 2])),
                    critical=draw(st.sampled_from([False, False, False, False, True, "0.5"])),
                    **keys,
                )
            )
            given_[name] = draw(st.sampled_from([None, "unknown", "na", "c0", "c3", "c5", "c1", "c1"]))
            names.append(name)
        sections.append(section(domain, *questions, domain=domain))
    thresholds = tuple(draw(st.sampled_from(["0.3", "0.5", "0.8", "1"])) for _level in range(2))
    accepted = tuple(name for name, value in given_.items() if value == "na" and draw(st.booleans()))
    return built(*sections, thresholds=thresholds), given_, accepted


def root(line: Line, lines: tuple[Line, ...]) -> Line:
    while line.parent is not None:
        line = lines[line.parent]
    return line


def holds(chosen: set[int], scorecard: Scorecard, number: int) -> bool:
    """Rules a to d of S-5, with the chosen questions raised to full credit."""
    own = [line for line in scorecard.lines if line.counts and line.question.level == number]
    credit = {line.position: Fraction(1) if line.position in chosen else line.credit for line in own}
    threshold = as_fraction(scorecard.checklist.levels[number - 1].threshold)

    def share(lines: list[Line]) -> Fraction:
        return sum((line.question.weight * credit[line.position] for line in lines), Fraction(0)) / sum(
            line.question.weight for line in lines
        )

    domains = {line.section.domain for line in own}
    return (
        share(own) >= threshold
        and all(
            share([line for line in own if line.section.domain == one]) >= threshold - Fraction(1, 5) for one in domains
        )
        and all(line.question.floor is None or credit[line.position] >= line.question.floor for line in own)
        and all(line.question.weight < 5 or credit[line.position] > 0 for line in own)
    )


def best_by_trying_all(scorecard: Scorecard, number: int) -> list[int]:
    lines = scorecard.lines
    own = [line for line in lines if line.counts and line.question.level == number]
    bundles: dict[int, set[int]] = {}
    for line in own:
        if line.standing is Standing.PART:
            top = root(line, lines)
            bundles.setdefault(top.position, {top.position}).add(line.position)
        elif line.is_open or line.is_gap:
            bundles.setdefault(line.position, {line.position})
    choices = (chosen for size in range(len(bundles) + 1) for chosen in combinations(bundles.values(), size))
    ways = []
    for choice in choices:
        chosen = set().union(*choice)
        if holds(chosen, scorecard, number):
            counted = [line for line in own if line.position in chosen]
            effort = sum(lines[place].question.effort for place in chosen)
            ways.append((effort, -sum(line.shortfall for line in counted), len(chosen), sorted(chosen)))
    return min(ways)[3]


@volume.examples(300, 1000)
@given(depots())
def test_no_choice_is_better_than_the_route(case: Case) -> None:
    checklist, given_, accepted = case
    scorecard = card(checklist, given_, accepted=accepted)
    route = scorecard.route
    if route is None:
        assert all(result.empty or result.level.level <= scorecard.achieved for result in scorecard.levels)
        return
    number = route.result.level.level
    assert [line.position for line in route.lines] == best_by_trying_all(scorecard, number)
    assert route.gain == sum((step.gain for step in route.steps), Fraction(0))
    if route.steps:
        after = route.steps[-1].score_after
        assert after is not None
        assert after >= as_fraction(route.result.level.threshold)


@volume.examples(300, 1000)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 6)), max_size=40))
def test_quick_sums_are_those_of_taking_or_leaving_each(things: list[tuple[int, int]]) -> None:
    worth = {(effort, number): (gain << 60) + (1 << number) for number, (effort, gain) in enumerate(things)}
    quick: knapsack.Worths = [0]
    for kind in {effort for effort, _number in worth}:
        quick = knapsack._with_kind(quick, kind, [value for (effort, _n), value in worth.items() if effort == kind])
    plain: dict[int, int] = {0: 0}
    for (effort, _number), value in worth.items():
        taken = {spent + effort: sofar + value for spent, sofar in plain.items()}
        plain = {spent: max(plain.get(spent, -1), taken.get(spent, -1)) for spent in plain.keys() | taken.keys()}
    assert {effort: value for effort, value in enumerate(quick) if value is not None} == plain


@pytest.mark.parametrize("seed", range(40))
def test_parts_in_another_domain_are_decided_together_with_what_they_fail_with(seed: int) -> None:
    """S-8: several steps that gain in two domains at once, one of which lies short."""
    chance = random.Random(seed)

    def some(name: str, **keys: Any) -> dict[str, Any]:
        return control(name, weight=chance.randint(1, 4), effort=chance.randint(1, 3), **keys)

    number = chance.randint(2, 4)
    after = [{"part_of": f"P{n}", "when": {"question": f"P{n}", "is": "yes"}} for n in range(number)]
    checklist = built(
        section("parents", *(some(f"P{n}") for n in range(number)), domain="storage"),
        section("parts", *(some(f"C{n}", **after[n]) for n in range(number)), domain="inventory"),
        section("beside", some("X0"), some("X1"), domain=chance.choice(["storage", "inventory"])),
        section("cheap", *(control(f"Y{n}", weight=4, effort=1) for n in range(3)), domain="transfer"),
        thresholds=(chance.choice(["0.5", "0.8", "0.9"]),),
    )
    given_: dict[str, Given] = {one.id: chance.choice(["no", "no", "partial"]) for one in checklist.questions}
    route = card(checklist, given_).route
    assert route is not None
    assert [line.position for line in route.lines] == Depot(checklist, answers(given_), {}, ON).route()


@pytest.mark.parametrize("better", ["storage", "inventory"])
def test_the_effort_is_split_between_two_domains_that_lie_short_as_it_gains_most(better: str) -> None:
    """S-8: each of the two needs one unit of effort; the third goes where it gains more, whichever comes first."""

    def store(domain: str) -> dict[str, Any]:
        heavy = 3 if domain == better else 2
        asked = [control(f"{domain}-1", weight=1, effort=1), control(f"{domain}-2", weight=heavy, effort=2)]
        return section(domain, *asked, domain=domain)

    easy = section("easy", *(control(f"E{n}", weight=4, effort=2) for n in range(2)), domain="transfer")
    checklist = built(store("storage"), store("inventory"), easy, thresholds=("0.45",))
    given_: dict[str, Given] = {one.id: "no" for one in checklist.questions}
    route = card(checklist, given_).route
    assert route is not None
    assert [line.position for line in route.lines] == Depot(checklist, answers(given_), {}, ON).route()


def test_two_steps_that_each_gain_in_two_domains_are_taken_together_where_neither_does_alone() -> None:
    """S-8, by hand: each domain wants 3/5 of its weight, which two of weight 1 reach only together; of 24 in all 19.2
    are wanted, of which the two steps bring 4 and four of the easy ones 16.
    """

    def part(number: int) -> dict[str, Any]:
        return control(f"C{number}", effort=3, part_of=f"P{number}", when={"question": f"P{number}", "is": "yes"})

    checklist = built(
        section("parents", *(control(f"P{n}", effort=3) for n in range(2)), domain="storage"),
        section("parts", part(0), part(1), domain="inventory"),
        section("easy", *(control(f"Y{n}", weight=4, effort=1) for n in range(5)), domain="transfer"),
        thresholds=("0.8",),
    )
    route = card(checklist, {one.id: "no" for one in checklist.questions if not one.part_of}).route
    assert route is not None
    assert {line.question.id for line in route.lines} == {"P0", "P1", "C0", "C1", "Y0", "Y1", "Y2", "Y3"}
