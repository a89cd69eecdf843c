"""Conditions: three-valued logic against sums worked another way, and what a file may write."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from stockcheck.checklist.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Leaf,
    Not,
    ProfileIs,
    QuestionIs,
    Truth,
    conjunction,
    evaluate,
    leaves,
)

ADAPTER: TypeAdapter[Any] = TypeAdapter(Condition)
NAMES = ("A", "B", "C", "D")
TRUTHS: tuple[Truth, ...] = (True, False, None)

#: Raw data of any condition over four questions.
RAW = st.recursive(
    st.sampled_from(NAMES).map(lambda name: {"question": name, "is": ["yes"]}),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts})
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts})
        | inner.map(lambda part: {"not": part})
    ),
    max_leaves=8,
)
GIVEN = st.fixed_dictionaries({name: st.sampled_from(TRUTHS) for name in NAMES})
law = settings(max_examples=200, deadline=None, derandomize=True)


def built(raw: Any) -> Condition:
    condition: Condition = ADAPTER.validate_python(raw)
    return condition


def reader(known: dict[str, Truth]) -> Callable[[Leaf], Truth]:
    return lambda leaf: known[leaf.question] if isinstance(leaf, QuestionIs) else None


def truth(raw: Any, known: dict[str, Truth]) -> Truth:
    return evaluate(built(raw), reader(known))


def by_arithmetic(raw: Any, known: dict[str, Truth]) -> Truth:
    """The same three values as 0, 1 and 2: "all" is the least, "any" the greatest, "not" the distance from 2."""

    def worth(part: Any) -> int:
        if "question" in part:
            return {True: 2, False: 0, None: 1}[known[part["question"]]]
        if "not" in part:
            return 2 - worth(part["not"])
        return min(map(worth, part["all"])) if "all" in part else max(map(worth, part["any"]))

    return {2: True, 0: False, 1: None}[worth(raw)]


ALL = {
    (True, True): True,
    (True, False): False,
    (True, None): None,
    (False, False): False,
    (False, None): False,
    (None, None): None,
}
ANY = {
    (True, True): True,
    (True, False): True,
    (True, None): True,
    (False, False): False,
    (False, None): None,
    (None, None): None,
}
YES = {name: {"question": name, "is": "yes"} for name in NAMES}


@pytest.mark.parametrize(("form", "table"), [("all", ALL), ("any", ANY)])
def test_truth_tables(form: str, table: dict[tuple[Truth, Truth], Truth]) -> None:
    for (first, second), wanted in table.items():
        for a, b in ((first, second), (second, first)):
            assert truth({form: [YES["A"], YES["B"]]}, {"A": a, "B": b}) is wanted, (form, a, b)


@pytest.mark.parametrize(("value", "wanted"), [(True, False), (False, True), (None, None)])
def test_not(value: Truth, wanted: Truth) -> None:
    assert truth({"not": YES["A"]}, {"A": value}) is wanted


@law
@given(RAW, GIVEN)
def test_any_condition_has_the_value_that_arithmetic_gives_it(raw: Any, known: dict[str, Truth]) -> None:
    assert truth(raw, known) is by_arithmetic(raw, known)


@law
@given(st.lists(RAW, min_size=1, max_size=3), GIVEN)
def test_de_morgan_and_double_negation(parts: list[Any], known: dict[str, Truth]) -> None:
    refused = [{"not": part} for part in parts]
    assert truth({"not": {"all": parts}}, known) is truth({"any": refused}, known)
    assert truth({"not": {"any": parts}}, known) is truth({"all": refused}, known)
    assert truth({"not": refused[0]}, known) is truth(parts[0], known)


@law
@given(RAW, GIVEN)
def test_learning_more_never_overturns_what_was_determined(raw: Any, known: dict[str, Truth]) -> None:
    before = truth(raw, known)
    open_ones = [name for name, value in known.items() if value is None]
    for values in product((True, False), repeat=len(open_ones)):
        after = truth(raw, {**known, **dict(zip(open_ones, values, strict=True))})
        assert after is not None
        assert before is None or after is before


@law
@given(RAW)
def test_every_leaf_is_found_at_its_place_in_the_file(raw: Any) -> None:
    found = list(leaves(built(raw), ("when",)))
    for leaf, place in found:
        part: Any = {"when": raw}
        for step in place:
            part = part[step]
        assert isinstance(leaf, QuestionIs)
        assert part == {"question": leaf.question, "is": ["yes"]}
    assert len(found) == str(raw).count("'question'")
    assert len({place for _leaf, place in found}) == len(found)


def test_both_hold_only_where_each_does() -> None:
    first, second = built(YES["A"]), built(YES["B"])
    assert conjunction(None, None) is None
    assert conjunction(first, None) is first
    assert conjunction(None, second) is second
    whole = conjunction(first, second)
    assert whole is not None
    for a, b in product(TRUTHS, repeat=2):
        assert evaluate(whole, reader({"A": a, "B": b})) is ALL.get((a, b), ALL.get((b, a)))


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ({"question": "A", "is": "yes"}, QuestionIs(question="A", **{"is": ("yes",)})),
        ({"question": "A", "is": ["yes", "no"]}, QuestionIs(question="A", **{"is": ("yes", "no")})),
        ({"question": "A", "is": [True]}, QuestionIs(question="A", **{"is": ("true",)})),
        ({"profile": "n", "is": 3}, ProfileIs(profile="n", **{"is": ("3",)})),
        ({"profile": "n", "is": Decimal("1.5")}, ProfileIs(profile="n", **{"is": ("1.5",)})),
        ({"profile": "n", "has": "a"}, ProfileIs(profile="n", has=("a",))),
        ({"profile": "n", "at_least": 1, "at_most": 2}, ProfileIs(profile="n", at_least=1, at_most=2)),
    ],
)
def test_short_forms_stand_for_long_ones(raw: Any, wanted: Leaf) -> None:
    assert built(raw) == wanted


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"is": "yes"},
        {"question": "A", "is": []},
        {"question": "A", "is_": ["yes"]},
        {"question": "A", "profile": "B", "is": "yes"},
        {"question": "../A", "is": "yes"},
        {"question": "A", "is": [["yes"]]},
        {"question": "A", "at_least": "many"},
        {"question": "A", "at_least": Decimal("NaN")},
        {"question": "A", "at_least": True},
        {"all": []},
        {"any": {}},
        {"not": [YES["A"]]},
        {"not": None},
        {"all": [YES["A"]], "any": [YES["B"]]},
        "A == 'yes'",
        ["A"],
        None,
        12,
    ],
)
def test_other_forms_are_refused(raw: Any) -> None:
    with pytest.raises(ValidationError):
        built(raw)


@law
@given(RAW)
def test_a_condition_survives_being_kept_as_json(raw: Any) -> None:
    condition = built(raw)
    assert isinstance(condition, (QuestionIs, AllOf, AnyOf, Not))
    text = condition.model_dump_json(by_alias=True, exclude_defaults=True)
    assert ADAPTER.validate_json(text) == condition
