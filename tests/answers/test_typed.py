"""Typed text as an answer: what people type in either language, and nothing guessed."""

from __future__ import annotations

import contextlib
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck import language
from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.typed import read_answer
from stockcheck.checklist.model import Asked, Question
from stockcheck.errors import AnswerError

ON = dt.date(2026, 3, 1)


def asked(kind: str) -> Asked:
    options = {"open": {"text": "Open", "credit": 0}, "d": {"text": "D", "credit": 1}}
    extra = {"options": options} if kind in ("choice", "several") else {}
    return Question.model_validate({"id": "Q", "type": kind, "text": "Q?", **extra})


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("control", "Y", "yes"),
        ("control", " SÍ ", "yes"),
        ("control", "parcial", "partial"),
        ("choice", "d", "d"),
        ("choice", "1", "open"),
        ("several", "2, open", ("open", "d")),
        ("choice", "02", "d"),
        ("several", "2; OPEN", ("open", "d")),
        ("several", ", open;", ("open",)),
        ("several", "ninguna", ()),
        ("number", "12.5", Decimal("12.5")),
        ("number", "-3", Decimal(-3)),
        ("number", "0,25", Decimal("0.25")),
        ("number", "0,500", Decimal("0.5")),
        ("number", "0.500", Decimal("0.5")),
        ("number", "-0,500", Decimal("-0.5")),
        ("number", "1 500", Decimal(1500)),
        ("number", "1\u00a0500", Decimal(1500)),
        ("number", "12\u202f500\u202f000", Decimal(12_500_000)),
        ("number", "- 1 500,5", Decimal("-1500.5")),
        ("number", "- 12", Decimal(-12)),
        ("number", "+ 12", Decimal(12)),
        ("date", "2024-02-29", dt.date(2024, 2, 29)),
        ("date", "31/12/2025", dt.date(2025, 12, 31)),
        ("date", "13/11/2025", dt.date(2025, 11, 13)),
        ("date", "12/12/2025", dt.date(2025, 12, 12)),
        ("date", "1900-12-31", dt.date(1900, 12, 31)),
        ("date", "today", ON),
        ("text", "na: not this", "na: not this"),
    ],
)
def test_what_fits(kind: str, typed: str, value: object) -> None:
    assert read_answer(asked(kind), typed, ON) == Answer(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "ticked"),
    [("none", ("none",)), ("NONE", ("none",)), ("d", ("d",)), ("X", ("X",)), ("x, none", ("none", "x")), ("-", ())],
)
def test_an_option_by_its_own_name_comes_before_any_other_meaning(typed: str, ticked: tuple[str, ...]) -> None:
    options = {name: {"text": name, "credit": 0} for name in ("none", "d", "x", "X")}
    question = Question.model_validate({"id": "Q", "type": "several", "text": "Q?", "options": options})
    assert read_answer(question, typed, ON) == Answer(ticked)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("control", "perhaps"),
        ("control", "1"),
        ("control", "3"),
        ("control", ""),
        ("choice", "3"),
        ("several", "1 2 3"),
        ("number", "1,500"),
        ("number", "12,500"),
        ("number", "012,500"),
        ("number", "1 5"),
        ("number", "1 50"),
        ("number", "1500 000"),
        ("number", "1\u00a05000"),
        ("number", "1 2 3"),
        ("number", "1. 500"),
        ("number", "NaN"),
        ("number", "Infinity"),
        ("number", "1e999999"),
        ("number", "1_000"),
        ("number", "１２"),
        ("date", "2025-02-29"),
        ("date", "03/04/2025"),
        ("date", "12/11/2025"),
        ("date", "2026-03-02"),
        ("date", "31/12/25"),
        ("date", "0226-01-05"),
        ("date", "31/12/0225"),
        ("date", "1899-12-31"),
        ("text", "   "),
        ("control", "na"),
        ("control", "n/a:  "),
    ],
)
def test_what_does_not(kind: str, typed: str) -> None:
    with pytest.raises(AnswerError):
        read_answer(asked(kind), typed, ON)


DATE = "Write year-month-day, such as 2026-03-31."
LONG = "x" * 70


@pytest.mark.parametrize(
    ("kind", "typed", "said", "hint"),
    [
        ("control", "perhaps", "“perhaps” is no answer to Q.", "Answer with one of: yes, partial, no."),
        ("choice", "3", "“3” is no answer to Q.", "Answer with one of: 1 (Open), 2 (D)."),
        ("several", "1 z", "“z” is no answer to Q.", "Answer with any of: 1 (Open), 2 (D)."),
        ("choice", LONG, f"“{LONG[:59]}…” is no answer to Q.", "Answer with one of: 1 (Open), 2 (D)."),
        (
            "number",
            "1,500",
            "“1,500” could mean two numbers.",
            "Write thousands without a mark, such as 1500, and decimals as 1.5.",
        ),
        ("date", "03/04/2025", "“03/04/2025” could mean two dates.", DATE),
        ("date", "0226-01-05", "0226-01-05 lies before the year 1900.", DATE),
    ],
)
def test_a_refusal_quotes_what_was_typed_and_says_what_would_fit(kind: str, typed: str, said: str, hint: str) -> None:
    with pytest.raises(AnswerError) as caught:
        read_answer(asked(kind), typed, ON)
    assert str(caught.value).splitlines() == [said, hint]


def test_spanish_marks_and_dates() -> None:
    with language.speaking("es"):
        assert read_answer(asked("number"), "1,5", ON) == read_answer(asked("number"), "1.5", ON)
        assert read_answer(asked("date"), "03/04/2025", ON) == Answer(dt.date(2025, 4, 3))
        for text in ("0,500", "0.500"):  # no thousands begin with a nought
            assert read_answer(asked("number"), text, ON) == Answer(Decimal("0.5"))
        for text in ("1.500", "1,500"):  # fifteen hundred in one country, one and a half in the next
            with pytest.raises(AnswerError, match="1500"):
                read_answer(asked("number"), text, ON)


@pytest.mark.parametrize("typed", ["?", "unknown", "Desconocido", "No se sabe", "no sé"])
def test_unknown(typed: str) -> None:
    assert read_answer(asked("number"), typed, ON) == UNKNOWN
    assert read_answer(asked("control"), typed, ON) == UNKNOWN


@pytest.mark.parametrize("typed", ["NA: {}", "n/a, {}", "no se aplica: {}", "No aplica. {}", "not applicable - {}"])
def test_not_applicable_takes_the_reason(typed: str) -> None:
    answer = read_answer(asked("control"), typed.format("there is no fence"), ON)
    assert (answer.status, answer.justification) == ("na", "there is no fence")


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["control", "choice", "several", "number", "date", "text"]), st.text(max_size=40))
def test_any_text_is_an_answer_or_is_refused(kind: str, typed: str) -> None:
    with contextlib.suppress(AnswerError):  # the one error it may raise
        assert isinstance(read_answer(asked(kind), typed, ON), Answer)


@pytest.mark.parametrize("kind", ["control", "choice", "several"])
@pytest.mark.parametrize("number", ["0", "9", "00015", "00001", "1" * 5000, "-1", "1.0", "²", "٢", "１"])
def test_a_number_that_stands_before_no_option_means_none(kind: str, number: str) -> None:
    """00015 is not the first option with something behind it; nor does ² crash."""
    with pytest.raises(AnswerError):
        read_answer(asked(kind), number, ON)
