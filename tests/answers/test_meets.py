"""What a condition sees of an answer, and that the lint's search and the scoring see the same."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import chain, combinations
from typing import Any

import pytest

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.answers.meets import meets
from stockcheck.checklist.conditions import ProfileIs, Ticks, accepts

OPTIONS = ("a", "b", "c")


def leaf(**test: Any) -> ProfileIs:
    return ProfileIs.model_validate({"profile": "f", **test})


@pytest.mark.parametrize("answer", [None, UNKNOWN, not_applicable("There is no fence.")])
@pytest.mark.parametrize("test", [{"is": ["yes"]}, {"has": ["a"]}, {"at_least": 1}])
def test_what_is_not_known_is_undetermined(answer: Answer | None, test: dict[str, Any]) -> None:
    assert meets(leaf(**test), answer) is None


@pytest.mark.parametrize(
    ("test", "value", "met"),
    [
        ({"is": ["yes", "partial"]}, "partial", True),
        ({"is": ["yes", "partial"]}, "no", False),
        ({"has": ["a", "b"]}, ("b", "c"), True),
        ({"has": ["a", "b"]}, ("c",), False),
        ({"is": ["a"]}, (), False),
        ({"is": ["1.5"]}, Decimal("1.50"), True),
        ({"is": ["1"]}, Decimal("1.5"), False),
        ({"at_least": 2}, Decimal(2), True),
        ({"at_least": 2}, Decimal("1.9"), False),
        ({"at_least": 2, "at_most": 3}, Decimal("3.1"), False),
        ({"at_most": 3}, Decimal(3), True),
        ({"is": ["2026-03-01"]}, dt.date(2026, 3, 1), True),
        ({"is": ["2026-03-01"]}, dt.date(2026, 3, 2), False),
    ],
)
def test_an_answer_meets_what_a_condition_asks_for(test: dict[str, Any], value: Any, met: bool) -> None:
    assert meets(leaf(**test), Answer(value)) is met


def test_some_options_settle_a_test_only_when_the_others_cannot_change_it() -> None:
    """What is settled with some options ticked is what comes out however the rest is ticked."""
    has = leaf(has=["a", "b"])
    subsets = [frozenset(ticked) for ticked in chain.from_iterable(combinations(OPTIONS, n) for n in range(4))]
    for on in subsets:
        for off in (one for one in subsets if on.isdisjoint(one)):
            outcomes = {
                meets(has, Answer(tuple(sorted(whole)))) for whole in subsets if on <= whole and off.isdisjoint(whole)
            }
            settled = accepts(has, Ticks(on, off))
            assert settled is (outcomes.pop() if len(outcomes) == 1 else None), (on, off)
