"""What is suggested for a name that is not known, and what that costs at most."""

from __future__ import annotations

import time

import pytest

from stockcheck import closest as module
from stockcheck.closest import closest

FEW = ["weight", "references", "remedy", "level"]
MANY = dict.fromkeys(f"Q{section:03}-{place:02}" for section in range(800) for place in range(25))


@pytest.mark.parametrize(
    ("written", "meant"), [("wieght", "weight"), ("reference", "references"), ("remmedies", "remedy"), ("xyz", None)]
)
def test_of_few_names_the_one_most_alike_is_meant(written: str, meant: str | None) -> None:
    assert closest(written, FEW) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("q123-04", "Q123-04"),
        ("Q213-04", "Q123-04"),
        ("Q123-044", "Q123-04"),
        ("Q12304", "Q123-04"),
        ("Q123_04", "Q123-04"),
        ("Q12_3.04", None),
        ("", None),
    ],
)
def test_of_many_names_one_that_a_single_slip_makes_what_was_written(written: str, meant: str | None) -> None:
    many = {"Q123-04": 0, **{f"Z{number}": number for number in range(1_000)}}
    assert closest(written, many) == meant
    assert closest(written, list(many)) == meant


def test_a_long_name_is_not_looked_for() -> None:
    assert closest("w" * 1_000_000 + "eight", FEW) is None
    assert closest("weights", ["weight", "w" * 1_000_000]) == "weight"


class Counting(dict[str, None]):
    """Names that count how often they are looked at."""

    def __init__(self, names: dict[str, None]) -> None:
        super().__init__(names)
        self.looks = 0

    def __contains__(self, name: object) -> bool:
        self.looks += 1
        return super().__contains__(name)

    def __iter__(self):  # type: ignore[no-untyped-def]
        raise AssertionError("many names are never gone through one by one")


def test_a_thousand_names_cost_no_more_however_many_are_known() -> None:
    known = Counting(MANY)
    for number in range(1_000):
        closest(f"Q{number:03}-x00", known)
    assert known.looks < 1_000 * 2 * (len("Q000-x00") + 1) * (len(module._TYPED) + 2)


@pytest.mark.parametrize("number", [1, 10, 90, 100])
def test_what_is_alike_through_and_through_is_quick_too(number: int) -> None:
    known = [("ab" * place + "ba" * (32 - place))[: 64 - place // 4] for place in range(number)]
    start = time.process_time()
    for _time in range(50):
        closest("ab" * 32, known)
    assert time.process_time() - start < 2  # at most some 4 ms each
