"""Whether a condition can hold, against trying every answer with the rules of scope themselves."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck.answers.answer import Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.checklist.conditions import Condition, conjunction
from stockcheck.checklist.model import Checklist
from stockcheck.checklist.reachable import Steps, can_hold
from stockcheck.scoring.scope import Standing, lines
from tests.scoring.building import built, control, options, section

ON = dt.date(2026, 3, 1)

FIELDS = (
    {"id": "site", "type": "choice", "text": "Where?", "options": {"here": "Here", "there": "There"}},
    {"id": "kinds", "type": "several", "text": "What?", "options": {"a": "A", "b": "B"}},
    {"id": "size", "type": "number", "text": "How many?"},
)
LEAVES = {
    "site": st.sampled_from([{"profile": "site", "is": one} for one in (["here"], ["there"], ["here", "there"])]),
    "kinds": st.sampled_from([{"profile": "kinds", "has": one} for one in (["a"], ["b"], ["a", "b"])]),
    "size": st.sampled_from(
        [
            {"profile": "size", "is": ["2"]},
            {"profile": "size", "at_least": 2},
            {"profile": "size", "at_most": 2},
            {"profile": "size", "at_least": 3},
            {"profile": "size", "at_least": 3, "at_most": 2},
        ]
    ),
    "Q1": st.sampled_from([{"question": "Q1", "is": one} for one in (["yes"], ["no"], ["yes", "partial", "no"])]),
    "Q2": st.sampled_from([{"question": "Q2", "is": one} for one in (["x"], ["y"], ["x", "y"])]),
    "Q3": st.sampled_from([{"question": "Q3", "has": one} for one in (["p"], ["q"], ["p", "q"])]),
}


def condition(*subjects: str) -> st.SearchStrategy[Any]:
    """Any condition that reads some of `subjects`."""
    return st.recursive(
        st.one_of(*(LEAVES[subject] for subject in subjects)),
        lambda inner: (
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: {"all": parts})
            | st.lists(inner, min_size=2, max_size=2).map(lambda parts: {"any": parts})
            | inner.map(lambda part: {"not": part})
        ),
        max_leaves=4,
    )


def when(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(st.just({}), strategy.map(lambda raw: {"when": raw}))


@st.composite
def checklists(draw: st.DrawFn) -> Checklist:
    """Three questions and a last one, each with a condition on what stands earlier, in two sections with theirs."""
    return built(
        section(
            "one",
            control("Q1", **draw(when(condition("site", "size")))),
            control("Q2", type="choice", options=options(x="1", y="0"), **draw(when(condition("site", "kinds", "Q1")))),
            **draw(when(condition("site", "kinds"))),
        ),
        section(
            "two",
            control("Q3", type="several", options=options(p="1", q="0"), **draw(when(condition("Q1", "Q2")))),
            control("Q4", when=draw(condition("site", "kinds", "size", "Q1", "Q2", "Q3"))),
            **draw(when(condition("size", "Q1", "Q2"))),
        ),
        profile=FIELDS,
    )


NA = not_applicable("There is none.")
TICKS = {names: [Answer(ticked) for ticked in ((), names[:1], names[1:], names)] for names in (("a", "b"), ("p", "q"))}
FACTS = [
    dict(zip(("site", "kinds", "size"), values, strict=True))
    for values in product(
        [Answer("here"), Answer("there")],
        TICKS["a", "b"],
        [Answer(Decimal(one)) for one in ("1", "2", "2.5", "3", "9")],
    )
]
ANSWERS = [
    dict(zip(("Q1", "Q2", "Q3"), values, strict=True))
    for values in product(
        [Answer("yes"), Answer("partial"), Answer("no"), NA], [Answer("x"), Answer("y"), NA], [*TICKS["p", "q"], NA]
    )
]


def applies_for_some_answers(checklist: Checklist) -> bool:
    return any(
        lines(checklist, answers, facts, ON, accepted=answers)[3].standing is Standing.UNANSWERED
        for facts in FACTS
        for answers in ANSWERS
    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(checklists())
def test_a_condition_can_hold_exactly_if_some_answers_make_it_hold(checklist: Checklist) -> None:
    goal = conjunction(checklist.sections[1].when, checklist.question["Q4"].when)
    assert goal is not None
    assert can_hold(goal, checklist) is applies_for_some_answers(checklist)


def when_of(checklist: Checklist, question: str) -> Condition:
    when = checklist.question[question].when
    assert when is not None
    return when


def test_what_no_answer_may_say_makes_no_condition_hold() -> None:
    """A question that takes no "not applicable" does not leave scope; a field with `least` has one ticked."""
    asked_away = {"not": {"question": "A", "is": ["yes", "partial", "no"]}}
    none_ticked = {"not": {"profile": "kinds", "has": ["a", "b"]}}
    for na in (True, False):
        checklist = built(control("A", na=na), control("Z", when=asked_away))
        assert can_hold(when_of(checklist, "Z"), checklist) is na
    for least in (None, 1):
        kinds = {"id": "kinds", "type": "several", "text": "k", "options": {"a": "A", "b": "B"}, "least": least}
        checklist = built(control("Z", when=none_ticked), profile=(kinds,))
        assert can_hold(when_of(checklist, "Z"), checklist) is (least is None)
        some = built(control("Z", when={"not": {"profile": "kinds", "has": ["a"]}}), profile=(kinds,))
        assert can_hold(when_of(some, "Z"), some)


def test_long_chains_and_wide_conditions_take_no_time() -> None:
    def reads(number: int) -> dict[str, Any]:
        return {"when": {"all": [{"question": f"Q{number}", "is": ["yes"]}] * 3}}

    chain = built(control("Q0"), *(control(f"Q{number + 1}", **reads(number)) for number in range(400)))
    wide = built(
        *(control(f"Q{number}") for number in range(29)),
        control(
            "Z",
            when={
                "all": [
                    {"any": [{"question": f"Q{n}", "is": ["yes"]}, {"not": {"question": "Q1", "is": ["no"]}}]}
                    for n in range(29)
                ]
            },
        ),
        control(
            "NEVER",
            when={
                "all": [
                    *({"question": f"Q{n}", "is": ["yes", "no"]} for n in range(29)),
                    {"all": [{"question": "Q0", "is": ["yes"]}, {"question": "Q0", "is": ["no"]}]},
                ]
            },
        ),
    )
    start = time.process_time()
    for checklist in (chain, wide):
        for question in checklist.questions:
            if question.when is not None and question.id != "NEVER":
                assert can_hold(question.when, checklist)
    never = wide.question["NEVER"].when
    assert never is not None
    assert not can_hold(never, wide)
    assert time.process_time() - start < 5


def ticks(number: int, *conditions: dict[str, Any]) -> Checklist:
    """A question with all of `conditions` on a profile field of that many options."""
    kinds = {
        "id": "kinds",
        "type": "several",
        "text": "What?",
        "options": {f"o{n}": "An option" for n in range(number)},
    }
    return built(control("Q", when={"all": list(conditions)}), profile=(kinds,))


def has(*numbers: int) -> dict[str, Any]:
    return {"profile": "kinds", "has": [f"o{n}" for n in numbers]}


def steps_taken(checklist: Checklist, *, holds: bool) -> int:
    """How many tests it takes to find what is right."""
    steps = Steps()
    before, goal = steps.left, checklist.question["Q"].when
    assert goal is not None
    assert can_hold(goal, checklist, steps) is holds
    return before - steps.left


CONTRADICTORY: dict[str, Callable[[int], list[dict[str, Any]]]] = {
    "each, and not the last": lambda n: [*map(has, range(n)), {"not": has(n - 1)}],
    "any, and not any": lambda n: [has(*range(n)), {"not": has(*range(n))}],
    "any, and none of them": lambda n: [{"any": [*map(has, range(n))]}, *({"not": has(one)} for one in range(n))],
    "one of each pair, and two that shut each other out": lambda n: [
        *({"any": [has(one), has(one + 1)]} for one in range(n - 2)),
        *({"any": [{"not": has(n - 1)}, {"not": has(one)}]} for one in range(n - 1)),
        has(n - 2, n - 3),
        has(n - 1),
    ],
}


@pytest.mark.parametrize("case", CONTRADICTORY)
def test_a_condition_on_options_that_cannot_hold_takes_no_power_of_their_number(case: str) -> None:
    few, many = (steps_taken(ticks(n, *CONTRADICTORY[case](n)), holds=False) for n in (10, 40))
    assert many < 30 * few, "at worst the square, and a little"


def test_a_field_that_contradicts_itself_is_found_among_many_others() -> None:
    others = [{"question": f"Q{n}", "is": ["yes", "no"]} for n in range(25)]
    last = [{"question": "Q25", "is": [word]} for word in ("yes", "no")]
    checklist = built(*(control(f"Q{n}") for n in range(26)), control("Q", when={"all": [*others, *last]}))
    steps_taken(checklist, holds=False)


def hard(number: int) -> Checklist:
    """More guests than rooms, each in one of them, no two in the same: no answers do, which takes for ever to find."""
    guests, rooms = range(number + 1), range(number)
    return ticks(
        (number + 1) * number,
        *({"any": [has(guest * number + room) for room in rooms]} for guest in guests),
        *(
            {"any": [{"not": has(one * number + room)}, {"not": has(other * number + room)}]}
            for room in rooms
            for one in guests
            for other in range(one)
        ),
    )


def test_what_would_take_for_ever_is_not_checked_and_nothing_is_said_of_it() -> None:
    steps_taken(hard(2), holds=False)
    assert steps_taken(hard(5), holds=True) <= 50_001
    assert steps_taken(ticks(600, *map(has, range(600)), {"not": has(1)}), holds=True) == 0, "too long to look at"
    goal, checklist, steps = hard(5).question["Q"].when, hard(5), Steps(left=70_000)
    assert goal is not None
    assert all(can_hold(goal, checklist, steps) for _time in range(100)), "a whole run is bounded too"
    assert steps.left <= 0
