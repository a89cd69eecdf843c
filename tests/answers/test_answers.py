"""Answers: what fits, the one form it is kept in, and exact numbers."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck import language
from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.fitting import fitting, not_applicable
from stockcheck.answers.keeping import kept_line
from stockcheck.answers.stored import from_json, to_json
from stockcheck.answers.worded import answer_in_words, wanted
from stockcheck.checklist.model import Asked, ProfileField, Question
from stockcheck.checklist.yamltext import MAX_DIGITS
from stockcheck.errors import AnswerError
from stockcheck.plaintext import MAX_TEXT

ON = dt.date(2026, 3, 1)
OPTIONS = {word: {"text": word.title(), "credit": 1} for word in ("a", "b", "c")}
BANDS = [{"at_most": 7, "credit": 1}]


def question(kind: str) -> Question:
    keys: dict[str, Any] = {}
    if kind in ("choice", "several"):
        keys["options"] = OPTIONS
    if kind in ("number", "date"):
        keys["bands"] = BANDS
    return Question.model_validate({"id": "Q-1", "type": kind, "text": "What?", **keys})


def field(kind: str) -> ProfileField:
    options = {word: word.title() for word in OPTIONS} if kind in ("choice", "several") else {}
    return ProfileField.model_validate({"id": "f", "type": kind, "text": "What?", "options": options})


KINDS = ("control", "choice", "several", "number", "date", "text")
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False).filter(
    lambda value: len(value.as_tuple().digits) <= MAX_DIGITS and abs(value.adjusted()) <= MAX_DIGITS
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "control": st.sampled_from(["yes", "partial", "no"]),
    "choice": st.sampled_from(sorted(OPTIONS)),
    "several": st.lists(st.sampled_from(sorted(OPTIONS))).map(tuple),
    "number": NUMBERS,
    "date": st.dates(max_value=ON),
    "text": st.text(min_size=1, max_size=40).filter(lambda text: bool(text.strip())),
}


@st.composite
def answered(draw: st.DrawFn) -> tuple[Asked, Answer]:
    """Something asked, and an answer that fits it."""
    kind = draw(st.sampled_from(KINDS))
    asked: Asked = draw(st.sampled_from([question(kind), field(kind)]))
    answers = VALUES[kind].map(Answer)
    if kind != "text":
        answers |= st.just(UNKNOWN)
        if isinstance(asked, Question):
            answers |= st.text(min_size=1).filter(lambda text: any(map(str.isalnum, text))).map(not_applicable)
    return asked, draw(answers)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(answered())
def test_an_answer_comes_back_from_the_form_it_is_kept_in(given_answer: tuple[Asked, Answer]) -> None:
    asked, answer = given_answer
    kept = fitting(asked, answer, ON)
    back = from_json(asked, json.loads(json.dumps(to_json(kept))), ON)
    assert back == kept
    assert fitting(asked, kept, ON) == kept, "the canonical form is its own"
    if isinstance(kept.value, Decimal):
        assert str(back.value) == str(answer.value), "not a digit is lost, trailing zeros included"
    assert answer_in_words(asked, kept) or kept.value == () or asked.type == "text"


ANY_VALUE = st.one_of(st.text(max_size=8), st.lists(st.text(max_size=3), max_size=3).map(tuple), NUMBERS, st.dates())


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.sampled_from(KINDS), st.one_of(ANY_VALUE, *VALUES.values()))
def test_a_value_is_of_the_questions_type_or_refused_in_words(kind: str, value: Any) -> None:
    asked = question(kind)
    try:
        kept = fitting(asked, Answer(value), ON)
    except AnswerError:
        return
    types = {"several": tuple, "number": Decimal, "date": dt.date}
    assert isinstance(kept.value, types.get(kind, str))
    if asked.words:
        words = kept.value if isinstance(kept.value, tuple) else (kept.value,)
        assert set(words) <= set(asked.words)


def test_what_is_ticked_is_kept_once_and_in_the_checklists_order() -> None:
    assert fitting(question("several"), Answer(("c", "a", "c")), ON) == Answer(("a", "c"))
    assert fitting(question("several"), Answer(()), ON) == Answer(())


@pytest.mark.parametrize("kind", KINDS)
def test_unknown_is_an_answer_to_all_but_free_text(kind: str) -> None:
    for asked in (question(kind), field(kind)):
        if kind == "text":
            with pytest.raises(AnswerError, match="leave it open"):
                fitting(asked, UNKNOWN, ON)
        else:
            assert fitting(asked, UNKNOWN, ON) == UNKNOWN


@pytest.mark.parametrize("kind", KINDS)
def test_only_scored_questions_can_be_not_applicable(kind: str) -> None:
    answer = not_applicable("There is no fence.")
    with pytest.raises(AnswerError, match="cannot be"):
        fitting(field(kind), answer, ON)
    if kind == "text":
        with pytest.raises(AnswerError, match="cannot be"):
            fitting(question(kind), answer, ON)
    else:
        assert fitting(question(kind), answer, ON).justification == "There is no fence."


def test_na_is_refused_where_the_condition_says_whether_a_question_applies() -> None:
    """S-3: `na: false`."""
    asked = question("control").model_copy(update={"na": False})
    for answer in (not_applicable("There is no fence."), {"na": "There is no fence."}):
        with pytest.raises(AnswerError, match="where it is asked, it applies") as caught:
            fitting(asked, answer, ON) if isinstance(answer, Answer) else from_json(asked, answer, ON)
        assert "leave it open" in caught.value.hint
    assert fitting(asked, UNKNOWN, ON) == UNKNOWN


def test_none_of_these_is_refused_where_one_at_least_holds() -> None:
    """S-3: `least: 1`."""
    asked = field("several").model_copy(update={"least": 1})
    with pytest.raises(AnswerError, match="“none of these” is no answer here") as caught:
        fitting(asked, Answer(()), ON)
    assert caught.value.hint == wanted(asked)
    with pytest.raises(AnswerError, match="none of these"):
        from_json(asked, {"value": []}, ON)
    assert fitting(asked, Answer(("a",)), ON) == Answer(("a",))
    assert fitting(asked, UNKNOWN, ON) == UNKNOWN
    assert fitting(field("several"), Answer(()), ON) == Answer(())


@pytest.mark.parametrize("why", ["", "/", "   ", "\n\t ", "\u2003"])
def test_not_applicable_needs_a_justification(why: str) -> None:
    with pytest.raises(AnswerError, match="justification"):
        not_applicable(why)
    with pytest.raises(AnswerError, match="justification"):
        fitting(question("control"), Answer(status="na", justification=why), ON)
    with pytest.raises(AnswerError, match="justification"):
        from_json(question("control"), {"na": why}, ON)


@pytest.mark.parametrize(("days", "fits"), [(-36_500, True), (-1, True), (0, True), (1, False), (400, False)])
def test_no_date_lies_after_the_assessment(days: int, fits: bool) -> None:
    answer = Answer(ON + dt.timedelta(days=days))
    if fits:
        assert fitting(question("date"), answer, ON) == answer
    else:
        with pytest.raises(AnswerError, match=f"^{answer.value} lies after the last day of the assessment, 2026-03-01"):
            fitting(question("date"), answer, ON)


STORED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(allow_nan=True),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["value", "na", "unknown", "x"]), inner)
    ),
    max_leaves=5,
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.sampled_from(KINDS), STORED)
def test_a_stored_answer_of_any_form_is_read_or_refused(kind: str, form: Any) -> None:
    try:
        answer = from_json(question(kind), form, ON)
    except AnswerError:
        return
    assert from_json(question(kind), to_json(answer), ON) == answer


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("control", {"value": ["yes"]}),
        ("control", {"value": True}),
        ("control", {"value": "maybe"}),
        ("several", {"value": "a"}),
        ("several", {"value": ["a", "z"]}),
        ("several", {"value": [["a"]]}),
        ("number", {"value": 12}),
        ("number", {"value": 1.5}),
        ("date", {"value": "2026-03-02"}),
        ("control", {"unknown": False}),
        ("control", {"unknown": 1}),
        ("control", {"na": None}),
        ("control", {}),
        ("control", []),
        ("control", None),
    ],
)
def test_stored_answers_of_the_wrong_form_are_refused(kind: str, form: Any) -> None:
    with pytest.raises(AnswerError):
        from_json(question(kind), form, ON)


def test_free_text_is_kept_without_controls_and_within_bounds() -> None:
    asked = question("text")
    assert fitting(asked, Answer("  two\r\nlines\x1b[31m "), ON) == Answer("two\nlines␛[31m")
    assert fitting(asked, Answer("x" * MAX_TEXT), ON) == Answer("x" * MAX_TEXT)
    too_long = "x" * (MAX_TEXT + 5)
    with pytest.raises(AnswerError, match="has 20005 characters; at most 20000 can be kept"):
        fitting(asked, Answer(too_long), ON)
    with pytest.raises(AnswerError, match="has 20005 characters; at most 20000 can be kept"):
        not_applicable(too_long)
    assert from_json(asked, {"value": too_long}, ON) == Answer(too_long), "what was kept once is read whole"
    assert from_json(question("control"), {"na": too_long}, ON).justification == too_long
    with pytest.raises(AnswerError):
        fitting(asked, Answer(" \n\t"), ON)


@pytest.mark.parametrize(
    ("kind", "answer", "read"),
    [
        ("control", Answer("partial"), "Partial"),
        ("choice", Answer("b"), "B"),
        ("several", Answer(("a", "c")), "A; C"),
        ("several", Answer(()), "None of these"),
        ("number", Answer(Decimal("12.50")), "12.5"),
        ("number", Answer(Decimal("1E+3")), "1000"),
        ("date", Answer(dt.date(2026, 2, 28)), "2026-02-28"),
        ("text", Answer("As found."), "As found."),
        ("control", UNKNOWN, "Unknown"),
        ("control", not_applicable("No fence."), "Not applicable: No fence."),
        ("control", None, ""),
    ],
)
def test_answers_are_shown_as_a_person_reads_them(kind: str, answer: Answer | None, read: str) -> None:
    assert answer_in_words(question(kind), answer) == read


def test_answers_are_shown_in_the_language_in_use() -> None:
    with language.speaking("es"):
        assert answer_in_words(question("control"), Answer("partial")) == "Parcial"
        assert answer_in_words(question("number"), Answer(Decimal("12.50"))) == "12,5"
        assert answer_in_words(question("control"), UNKNOWN) != "Unknown"


@pytest.mark.parametrize(
    ("value", "refusal"),
    [
        ("-0.1", "Q-1: -0.1 is less than 0, the least there can be."),
        ("0", ""),
        ("100", ""),
        ("100.5", "Q-1: 100.5 is more than 100, the most there can be."),
    ],
)
def test_a_number_is_within_what_there_can_be(value: str, refusal: str) -> None:
    percentage = question("number").model_copy(update={"minimum": Decimal(0), "maximum": Decimal(100)})
    if not refusal:
        assert fitting(percentage, Answer(Decimal(value)), ON).value == Decimal(value)
    else:
        with pytest.raises(AnswerError) as caught:
            fitting(percentage, Answer(Decimal(value)), ON)
        assert str(caught.value) == refusal


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("control", "yes, partial, no"),
        ("choice", "one of: 1 (A), 2 (B), 3 (C)"),
        ("several", "any of: 1 (A), 2 (B), 3 (C)"),
        ("number", "12.5"),
        ("date", "2026-03-31"),
        ("text", str(MAX_TEXT)),
    ],
)
def test_a_refusal_says_what_would_fit(kind: str, said: str) -> None:
    assert said in wanted(question(kind))
    wrong = Answer(("z",)) if kind != "several" else Answer("z")
    with pytest.raises(AnswerError) as caught:
        fitting(question(kind), wrong, ON)
    assert said in str(caught.value)


def test_a_long_option_is_offered_by_its_beginning() -> None:
    text = "Locked, chained and sealed, and looked at every night"
    asked = question("choice").model_copy(update={"options": {"a": question("choice").options["a"]}})
    asked.options["a"] = asked.options["a"].model_copy(update={"text": text})
    assert wanted(asked) == f"Answer with one of: 1 ({text[:39]}…)."


def test_a_line_is_kept_as_one_line_or_refused() -> None:
    assert kept_line("  North\r\n depot\t 7 ") == "North depot 7"
    assert kept_line("x" * 8, most=8) == "x" * 8
    with pytest.raises(AnswerError, match="has 9 characters; at most 8 can be kept"):
        kept_line("x" * 9, most=8)


def test_what_is_asked_for_and_what_was_answered_are_in_the_language_in_use() -> None:
    with language.speaking("es"):
        assert wanted(question("control")) == "Conteste con una de: sí, parcial, no."
        assert wanted(question("number")) == "Conteste con un número, por ejemplo 12,5."
        words = [answer_in_words(question("control"), Answer(word)) for word in ("yes", "partial", "no")]
        assert words == ["Sí", "Parcial", "No"]


def test_a_number_that_cannot_be_is_told_with_its_bound_as_it_is_written_there() -> None:
    size = field("number").model_copy(update={"minimum": Decimal("0.5"), "maximum": Decimal("99.5")})
    with language.speaking("es"):
        with pytest.raises(AnswerError) as refused:
            fitting(size, Answer(Decimal("0.25")), ON)
        assert refused.value.message == "f: 0,25 es menos que 0,5, el mínimo posible."
        with pytest.raises(AnswerError, match=r"f: 100,25 .* 99,5"):
            fitting(size, Answer(Decimal("100.25")), ON)
    for bound in (Decimal("0.5"), Decimal("99.5")):
        assert fitting(size, Answer(bound), ON) == Answer(bound)


def test_what_does_not_fit_is_told_first_and_then_what_would() -> None:
    with pytest.raises(AnswerError) as refused:
        fitting(question("choice"), Answer("ajar"), ON)
    assert refused.value.message == "Q-1: that is no answer to this question."
    assert refused.value.hint == wanted(question("choice"))


@pytest.mark.parametrize(
    ("answer", "ticked", "figure"),
    [
        (Answer(("a", "b")), {"a", "b"}, None),
        (Answer("ab"), set(), None),
        (Answer(Decimal(3)), set(), Decimal(3)),
        (Answer(ON), set(), ON),
        (UNKNOWN, set(), None),
    ],
)
def test_an_answer_is_ticks_or_a_figure_or_neither(answer: Answer, ticked: set[str], figure: object) -> None:
    assert answer.ticked == ticked
    assert answer.figure == figure
