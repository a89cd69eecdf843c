"""Answers carried to another version of a checklist: none is lost, none is taken for another."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck.checklist.model import Checklist
from stockcheck.checklist.succession import Upgrade, predecessors, replaced, upgrade
from tests.scoring.building import built, control

OLD = built(control("A"), control("B", revision=2), control("C"), control("D"))
ALL = ("A", "B", "C", "D")
BANDS = [{"at_most": 7, "credit": 1}]


@pytest.mark.parametrize(
    ("new", "answered", "wanted"),
    [
        ([control(name) for name in "AB"] + [control("C"), control("D")], ALL, Upgrade(ALL, (), {}, ())),
        ([control("A", revision=2), control("B", revision=2)], ("A", "B"), Upgrade(("A", "B"), ("A",), {}, ())),
        ([control("A", type="number", bands=BANDS)], ("A",), Upgrade(("A",), ("A",), {}, ())),
        ([control("N", replaces=["A"])], ("A",), Upgrade((), ("N",), {"A": "N"}, ())),
        ([control("N", replaces=["A"])], ("B",), Upgrade((), (), {}, ("B",))),
        ([control("N", replaces=["Z"])], ("A",), Upgrade((), (), {}, ("A",))),
        ([control("D"), control("C"), control("N")], ("D", "C"), Upgrade(("C", "D"), (), {}, ())),
        ([control("A")], (), Upgrade((), (), {}, ())),
        ([control("A")], ("A", "not in the checklist"), Upgrade(("A",), (), {}, ())),
        # Several answers for one question: its own stays, else the first it names that was answered moves.
        ([control("N", replaces=["B", "A"])], ("A", "B"), Upgrade((), ("N",), {"B": "N"}, ("A",))),
        ([control("N", replaces=["C", "A"])], ("A", "B"), Upgrade((), ("N",), {"A": "N"}, ("B",))),
        ([control("C", replaces=["A"])], ("A", "C"), Upgrade(("C",), (), {}, ("A",))),
        ([control("C", replaces=["A"])], ("A",), Upgrade((), ("C",), {"A": "C"}, ())),
    ],
)
def test_each_answer_goes_where_its_question_went(
    new: list[dict[str, Any]], answered: tuple[str, ...], wanted: Upgrade
) -> None:
    assert upgrade(OLD, built(*new), answered) == wanted


@pytest.mark.parametrize(
    ("new", "answered", "wanted"),
    [
        ([control("A"), control("N")], ALL, {"A": "A"}),
        ([control("N", replaces=["B", "A"])], (), {"N": "B"}),
        ([control("N", replaces=["B", "A"])], ("A",), {"N": "A"}),
        ([control("N", replaces=["B", "A"])], ("A", "B"), {"N": "B"}),
        ([control("N", replaces=["Z", "A"])], ("Z",), {"N": "A"}),
        ([control("N", replaces=["Z"])], ALL, {}),
        ([control("C", replaces=["A"])], (), {"C": "C"}),
        ([control("C", replaces=["A"])], ("A",), {"C": "A"}),
        ([control("C", replaces=["A"])], ("A", "C"), {"C": "C"}),
        ([control("A"), control("N", replaces=["A", "B"])], ("A",), {"A": "A", "N": "B"}),
    ],
)
def test_a_question_continues_the_first_that_was_answered_else_the_first_there_is(
    new: list[dict[str, Any]], answered: tuple[str, ...], wanted: dict[str, str]
) -> None:
    assert predecessors(OLD, built(*new), answered) == wanted


def test_all_that_is_replaced_has_one_successor_whether_it_was_answered_or_not() -> None:
    new = built(control("A"), control("N", replaces=["C", "B", "Z"]), control("M", replaces=["D", "A"]))
    assert replaced(OLD, new) == {"C": "N", "B": "N", "D": "M"}


def test_a_lowered_revision_is_not_marked_for_review() -> None:
    assert upgrade(OLD, built(control("B")), ("B",)).review == ()


@st.composite
def newer(draw: st.DrawFn) -> Checklist:
    """Some of the old questions, and new ones that replace some of the others."""
    kept = draw(st.sets(st.sampled_from(ALL)))
    replaced = draw(st.permutations([name for name in ALL if name not in kept]))
    questions = [control(name, revision=draw(st.integers(1, 3))) for name in sorted(kept)] + [control("N")]
    for name in replaced:
        owner = draw(st.sampled_from([*questions, None]))
        if owner is not None:
            owner["replaces"] = [*owner.get("replaces", []), name]
    return built(*draw(st.permutations(questions)))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(newer(), st.sets(st.sampled_from(ALL)))
def test_every_answer_is_accounted_for_once_and_no_two_meet(new: Checklist, answered: set[str]) -> None:
    plan = upgrade(OLD, new, answered)
    assert sorted([*plan.carried, *plan.moved, *plan.gone]) == sorted(answered)
    arrived = [*plan.carried, *plan.moved.values()]
    assert len(set(arrived)) == len(arrived)
    assert set(arrived) <= set(new.question)
    assert len(set(plan.review)) == len(plan.review)
    assert set(plan.moved.values()) <= set(plan.review) <= set(arrived)
    earlier = predecessors(OLD, new, answered)
    for old, now in plan.moved.items():
        assert old in new.question[now].replaces
        assert earlier[now] == old
    for name in plan.carried:
        assert earlier[name] == name
