"""The least effort that gains enough, against a table of every effort, and how it grows."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck.scoring.knapsack import least_effort
from tests.growth import memory_ratio, time_ratio


def by_table(gains: Sequence[Fraction], efforts: Sequence[int], need: Fraction) -> list[int]:
    """The same by dynamic programming: of the sets of each effort the best, by the rule written out."""
    best: dict[int, tuple[Fraction, int, list[int]]] = {0: (Fraction(0), 0, [])}
    for place, (gain, effort) in enumerate(zip(gains, efforts, strict=True)):
        for before in sorted(best, reverse=True):
            less, size, places = best[before]
            taken = (less - gain, size + 1, [*places, place])
            best[before + effort] = min(best.get(before + effort, taken), taken)
    return next(places for effort in sorted(best) for gained, _size, places in (best[effort],) if -gained >= need)


GAINS = st.sampled_from([Fraction(n, d) for n, d in ((1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (1, 2), (3, 10), (9, 4))])
#: Few gains, in step with effort, so that many sets are equally good and the places decide.
IN_STEP = st.integers(1, 3).map(lambda effort: (Fraction(effort), effort))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(GAINS, st.integers(1, 3)), min_size=1, max_size=40)
    | st.lists(IN_STEP, min_size=1, max_size=40)
    | st.lists(st.tuples(st.sampled_from([Fraction(1), Fraction(2)]), st.integers(1, 3)), min_size=1, max_size=40),
    st.fractions(0, 1),
)
def test_the_set_is_the_one_that_a_table_of_every_effort_finds(
    items: list[tuple[Fraction, int]], share: Fraction
) -> None:
    gains, efforts = [gain for gain, _effort in items], [effort for _gain, effort in items]
    need = share * sum(gains)
    assert least_effort(gains, efforts, need) == by_table(gains, efforts, need)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(IN_STEP, min_size=20, max_size=60), st.fractions(0, 1))
def test_where_many_sets_are_equally_good_the_first_places_are_taken(
    items: list[tuple[Fraction, int]], share: Fraction
) -> None:
    gains, efforts = [gain for gain, _effort in items], [effort for _gain, effort in items]
    need = share * sum(gains)
    assert least_effort(gains, efforts, need) == by_table(gains, efforts, need)


def test_nothing_is_taken_where_nothing_is_needed() -> None:
    assert least_effort([Fraction(1)], [1], Fraction(0)) == []
    assert least_effort([], [], Fraction(-1)) == []


@pytest.mark.parametrize(("efforts", "need"), [([1, 1], 3), ([1, 4], 1), ([0, 1], 1)])
def test_what_cannot_be_reckoned_is_refused(efforts: list[int], need: int) -> None:
    with pytest.raises(ValueError, match="no set gains enough"):
        least_effort([Fraction(1)] * 2, efforts, Fraction(need))


@pytest.mark.parametrize("kind", ["mixed", "in step", "fractions"])
def test_four_times_the_items_take_some_four_times_as_long_and_as_much_memory(kind: str) -> None:
    def case(number: int) -> tuple[list[Fraction], list[int], Fraction]:
        efforts = [place % 3 + 1 for place in range(number)]
        gains = {
            "mixed": [Fraction(place % 5 + 1, place % 2 + 1) for place in range(number)],
            "in step": [Fraction(effort) for effort in efforts],
            "fractions": [Fraction(place * 7919 % 9973 + 1, 10_000) for place in range(number)],
        }[kind]
        return gains, efforts, Fraction(3, 5) * sum(gains)

    small, large = case(1_000), case(4_000)
    assert time_ratio(lambda: least_effort(*small), lambda: least_effort(*large)) < 8
    assert memory_ratio(lambda: least_effort(*small), lambda: least_effort(*large)) < 8
