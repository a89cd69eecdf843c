"""S-10: how a share is written, by hand and by what must hold of any."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockcheck import figures, language

EIGHTY = Fraction(4, 5)
TINY = Fraction(1, 10**12)


@pytest.mark.parametrize(
    ("share", "beside", "shown"),
    [
        (Fraction(0), (), "0.0 %"),
        (Fraction(1), (), "100.0 %"),
        (Fraction(1, 3), (), "33.3 %"),
        (Fraction(6155, 10000), (), "61.6 %"),  # half goes up
        (Fraction(9994, 10000), (), "99.9 %"),
        (Fraction(9995, 10000), (), "99.95 %"),  # 100.0 with one decimal
        (Fraction(99999, 100000), (), "99.999 %"),
        (1 - Fraction(2, 10**9), (), "just below 100.0 %"),  # 99.9999998, with six decimals 100
        (1 - Fraction(1, 10**8), (), "99.999999 %"),  # six decimals, and no more
        (1 - TINY, (), "just below 100.0 %"),
        (Fraction(4, 10000), (), "0.04 %"),
        (Fraction(5, 10000), (), "0.1 %"),
        (Fraction(1, 10**8), (), "0.000001 %"),
        (TINY, (), "just above 0.0 %"),
        (EIGHTY, (EIGHTY,), "80.0 %"),  # it is the threshold
        (Fraction(7996, 10000), (), "80.0 %"),  # where no threshold stands beside it
        (Fraction(7996, 10000), (EIGHTY,), "79.96 %"),
        (Fraction(8004, 10000), (EIGHTY,), "80.04 %"),
        (EIGHTY - TINY, (EIGHTY,), "just below 80.0 %"),
        (EIGHTY + TINY, (EIGHTY,), "just above 80.0 %"),
        (Fraction(799, 1000), (EIGHTY,), "79.9 %"),
        (Fraction(66651, 100000), (Fraction(66665, 100000),), "66.65 %"),  # 66.7 would lie above 66.665
        (1 - TINY, (1 - 3 * TINY,), "just below 100.0 %"),  # the nearer of the two
    ],
)
def test_a_share_is_written_so_that_it_differs_from_what_it_is_not(
    share: Fraction, beside: tuple[Fraction, ...], shown: str
) -> None:
    assert figures.percent(share, *beside) == shown


@pytest.mark.parametrize(
    ("difference", "shown"),
    [
        (Fraction(0), "0.0 %"),
        (Fraction(1, 3), "+33.3 %"),
        (Fraction(-1, 3), "−33.3 %"),
        (Fraction(-5, 10000), "−0.1 %"),  # half up by its size
        (Fraction(-4, 10000), "−0.04 %"),
        (-TINY, "just below 0.0 %"),
        (TINY, "just above 0.0 %"),
        (Fraction(-1), "−100.0 %"),
        (TINY - 1, "just above −100.0 %"),
        (Fraction(99999, 100000), "+99.999 %"),
        (Fraction(-99999, 100000), "−99.999 %"),
    ],
)
def test_a_change_has_its_sign_and_is_never_written_as_none(difference: Fraction, shown: str) -> None:
    assert figures.change(difference) == shown


def test_what_is_not_applicable_is_no_figure() -> None:
    assert figures.percent(None) == figures.change(None) == "not applicable"


def test_a_threshold_is_written_as_it_was_set() -> None:
    assert figures.threshold(EIGHTY) == "80.0 %"
    assert figures.threshold(Fraction(66665, 100000)) == "66.665 %"
    assert figures.threshold(Fraction(1, 3)) == "33.333333 %"


def test_figures_have_the_marks_and_words_of_the_language() -> None:
    with language.speaking("es"):
        assert figures.percent(Fraction(7996, 10000), EIGHTY) == "79,96 %"
        assert figures.percent(1 - TINY) == "justo por debajo de 100,0 %"
        assert figures.percent(TINY) == "justo por encima de 0,0 %"
        assert figures.change(Fraction(-1, 8)) == "−12,5 %"
        assert figures.percent(None) == "no se aplica"
    assert figures.percent(Fraction(9995, 10000)) == "99.95 %"


def value(shown: str) -> Fraction:
    return Fraction(shown.removesuffix(" %")) / 100


@given(
    st.fractions(0, 1, max_denominator=10**9),
    st.lists(st.integers(0, 1000).map(lambda n: Fraction(n, 1000)), max_size=2),
    st.sampled_from([Fraction(0), Fraction(1, 10**4), Fraction(1, 10**7), Fraction(1, 10**11)]),
)
def test_a_written_share_lies_on_its_own_side_of_its_neighbours(
    share: Fraction, beside: list[Fraction], off: Fraction
) -> None:
    for one in (
        share,
        *(max(Fraction(0), near - off) for near in beside),
        *(min(Fraction(1), n + off) for n in beside),
    ):
        shown = figures.percent(one, *beside)
        neighbours = (Fraction(0), Fraction(1), *beside)
        if shown.startswith("just"):
            nearest = value(shown.split(" ", 2)[2])
            assert nearest in neighbours
            assert (one < nearest) is ("below" in shown)
            assert 0 < abs(one - nearest) < Fraction(1, 10**8)
            continue
        for neighbour in neighbours:
            assert (value(shown) > neighbour) is (one > neighbour)
            assert (value(shown) < neighbour) is (one < neighbour)
        decimals = len(shown.removesuffix(" %").split(".")[1])
        assert 1 <= decimals <= 6
        assert abs(value(shown) - one) <= Fraction(1, 200 * 10**decimals)


def test_a_program_reads_the_same_digits_in_every_language() -> None:
    with language.speaking("es"):
        assert figures.digits(Fraction(1, 8)) == "12.5"
        assert figures.digits(Fraction(-1, 8)) == "-12.5"
        assert figures.digits(Fraction(79999, 100000), EIGHTY) == "79.999"
        assert figures.digits(1 - TINY) == "just below 100.0"
        assert figures.digits(TINY) == "just above 0.0"
        assert figures.digits(Fraction(4, 10000)) == "0.04"
        assert figures.digits(Fraction(-99999, 100000)) == "-99.999"


def test_places_are_those_that_are_written() -> None:
    assert figures.places(Fraction(1, 8)) == 1
    assert figures.places(Fraction(79999, 100000), EIGHTY) == 3
    assert figures.places(1 - TINY) is None
