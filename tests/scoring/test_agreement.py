"""S-11: agreement of several assessors, by hand and against the definition written out."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from stockcheck.scoring.agreement import against_key, alpha, share_right, spread
from tests.scoring import naive_comparison as naive

HALF = Fraction(1, 2)
CREDITS = st.sampled_from([Fraction(0), Fraction(1, 10), HALF, Fraction(1)])


def test_the_shares_the_modal_answer_and_the_pairs() -> None:
    found = spread(["no", "yes", "na", "no", "unknown"])
    assert found.shares == {
        "no": Fraction(2, 5),
        "yes": Fraction(1, 5),
        "na": Fraction(1, 5),
        "unknown": Fraction(1, 5),
    }
    assert found.modal == ("no",)
    assert found.pairwise == Fraction(1, 10)
    assert spread(["yes", "no"]).modal == ("yes", "no")


def test_one_answer_makes_no_pair() -> None:
    assert (spread(["yes"]).pairwise, spread([]).pairwise, spread([]).modal) == (None, None, ())


@given(st.lists(st.sampled_from(["yes", "no", "na"]), min_size=2, max_size=7))
def test_pairs_are_those_of_trying_each(answers: list[str]) -> None:
    assert spread(answers).pairwise == naive.pairwise(answers)


def test_alpha_by_hand() -> None:
    """Units (1, 1), (0, 1): observed 2/4 over 4; of all pairs of 0, 1, 1, 1 6 of 12 differ."""
    assert alpha([[Fraction(1)] * 2, [Fraction(0), Fraction(1)]]) == 0
    assert alpha([[Fraction(1)] * 3, [Fraction(0)] * 3]) == 1
    assert alpha([[Fraction(0), Fraction(1)], [Fraction(1), Fraction(0)]]) == -HALF


def test_alpha_is_undefined_where_nothing_varies_or_nothing_can_be_paired() -> None:
    assert alpha([[HALF, HALF], [HALF] * 3]) is None
    assert alpha([[Fraction(0)], [Fraction(1)]]) is None
    assert alpha([]) is None


@given(st.lists(st.lists(CREDITS, max_size=5), max_size=5))
def test_alpha_is_that_of_its_definition(units: list[list[Fraction]]) -> None:
    assert alpha(units) == naive.alpha(units)


def test_against_a_key() -> None:
    found = against_key([Fraction(1), HALF, HALF, Fraction(0)], HALF)
    assert (found.right, found.too_lenient, found.too_strict) == (2, 1, 1)
    assert share_right([(5, HALF, HALF), (1, HALF, Fraction(1)), (2, Fraction(0), Fraction(0))]) == Fraction(7, 8)
    assert share_right([]) is None
