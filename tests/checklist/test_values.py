"""What a word spells: exact numbers and dates, and nothing else that the libraries would take for one; and bounds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from stockcheck.checklist.values import decimal, iso_date, lies_within
from stockcheck.checklist.yamltext import MAX_DIGITS
from stockcheck.errors import AnswerError


@pytest.mark.parametrize("text", ["0.1", "1.10", "-0.5", "12", "1E+3", "0", "9" * MAX_DIGITS])
def test_numbers_are_exact(text: str) -> None:
    assert str(decimal(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "½",
        "٣",
        "1,5",
        "1.2.3",
        "--1",
        "1 2",
        "1_000",
        "0x10",
        "NaN",
        "sNaN",
        "Infinity",
        "-inf",
        "1e41",
        "1e-41",
        "1e99999999999999999999",
        "1" * (MAX_DIGITS + 1),
        "1" * 1_000_000,
    ],
)
def test_what_is_no_number_is_refused_and_shown_short(text: str) -> None:
    with pytest.raises(AnswerError) as caught:
        decimal(text)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("text", ["2026-02-28", "2024-02-29", "0001-01-01", "9999-12-31"])
def test_dates_are_year_month_day(text: str) -> None:
    assert iso_date(text).isoformat() == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-2-28",
        "2026-02-30",
        "2025-02-29",
        "28.02.2026",
        "2026/02/28",
        "20260228",
        "2026-W09-6",
        "2026-059",
        "2026-02-28T00",
        "٢٠٢٦-٠٢-٢٨",
        " 2026-02-28",
        "2026-02-28\n",
        "0000-01-01",
        "x" * 1_000_000,
    ],
)
def test_what_is_no_date_is_refused_and_shown_short(text: str) -> None:
    with pytest.raises(AnswerError) as caught:
        iso_date(text)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("at_least", "at_most", "within"),
    [
        (None, None, (-1, 0, 5, 9)),
        ("0", None, (0, 5, 9)),
        (None, "5", (-1, 0, 5)),
        ("0", "5", (0, 5)),
        ("5", "0", ()),
    ],
)
def test_bounds_are_inclusive_and_none_bounds_nothing(
    at_least: str | None, at_most: str | None, within: tuple[int, ...]
) -> None:
    low, high = (None if bound is None else Decimal(bound) for bound in (at_least, at_most))
    assert tuple(value for value in (-1, 0, 5, 9) if lies_within(Decimal(value), low, high)) == within
