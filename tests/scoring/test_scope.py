"""Which questions apply: three-valued conditions, `na`, dormant answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck.checklist.answers import Answer
from stockcheck.scoring.scope import Standing
from stockcheck.scoring.scorecard import Scorecard
from tests.growth import time_ratio
from tests.scoring.building import ON, Given, built, card, control, options, section

STORAGE = {
    "id": "storage",
    "type": "several",
    "text": "How?",
    "options": {"open": "Open", "magazine": "Magazine", "sea": "At sea"},
}
COUNT = {"id": "count", "type": "number", "text": "How many?"}


def standing(when: Any, given: dict[str, Given] | None = None, profile: dict[str, Given] | None = None) -> Standing:
    """How a question stands whose condition is `when`; A and B stand before it."""
    checklist = built(control("A"), control("B"), control("Z", when=when), profile=(STORAGE, COUNT))
    return card(checklist, given or {}, profile).line["Z"].standing


A_YES: dict[str, Any] = {"question": "A", "is": "yes"}
B_YES: dict[str, Any] = {"question": "B", "is": "yes"}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("yes", Standing.UNANSWERED),
        ("partial", Standing.UNANSWERED),
        ("no", Standing.DORMANT),
        ("unknown", Standing.PENDING),
        (None, Standing.PENDING),
        ("na", Standing.DORMANT),  # what it reads is out of scope: false
    ],
)
def test_a_leaf(answer: Given, expected: Standing) -> None:
    assert standing({"question": "A", "is": ["yes", "partial"]}, {"A": answer}) is expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("yes", Standing.DORMANT),
        ("no", Standing.UNANSWERED),
        ("unknown", Standing.PENDING),
        (None, Standing.PENDING),
        ("na", Standing.UNANSWERED),  # under `not`, true
    ],
)
def test_not(answer: Given, expected: Standing) -> None:
    assert standing({"not": A_YES}, {"A": answer}) is expected


# yes is true, no is false, None undetermined
@pytest.mark.parametrize(
    ("first", "second", "every", "some"),
    [
        ("yes", "yes", Standing.UNANSWERED, Standing.UNANSWERED),
        ("yes", "no", Standing.DORMANT, Standing.UNANSWERED),
        ("yes", None, Standing.PENDING, Standing.UNANSWERED),
        ("no", "no", Standing.DORMANT, Standing.DORMANT),
        ("no", None, Standing.DORMANT, Standing.PENDING),
        (None, None, Standing.PENDING, Standing.PENDING),
    ],
)
def test_all_and_any(first: Given, second: Given, every: Standing, some: Standing) -> None:
    for given_ in ({"A": first, "B": second}, {"A": second, "B": first}):
        assert standing({"all": [A_YES, B_YES]}, given_) is every
        assert standing({"any": [A_YES, B_YES]}, given_) is some


def test_nested() -> None:
    when = {"any": [{"all": [A_YES, {"not": B_YES}]}, {"not": {"any": [A_YES, {"profile": "count", "at_least": 3}]}}]}
    assert standing(when, {"A": "yes", "B": "no"}) is Standing.UNANSWERED
    assert standing(when, {"A": "yes", "B": "yes"}) is Standing.DORMANT  # A holds, so the second part is false too
    assert standing(when, {"A": "yes"}) is Standing.PENDING
    assert standing(when, {"A": "no", "B": "yes"}) is Standing.PENDING
    assert standing(when, {"A": "no"}, {"count": Decimal(2)}) is Standing.UNANSWERED
    assert standing(when, {"A": "no"}, {"count": Decimal(3)}) is Standing.DORMANT


@pytest.mark.parametrize(
    ("test", "ticked", "holds"),
    [
        ({"has": "magazine"}, ("open", "magazine"), True),
        ({"has": "magazine"}, ("open",), False),
        ({"has": ["magazine", "sea"]}, ("sea",), True),
        ({"has": "magazine"}, (), False),  # none of these is an answer
    ],
)
def test_several_words_of_the_profile(test: dict[str, Any], ticked: tuple[str, ...], holds: bool) -> None:
    expected = Standing.UNANSWERED if holds else Standing.DORMANT
    assert standing({"profile": "storage", **test}, profile={"storage": ticked}) is expected


@pytest.mark.parametrize(
    ("test", "value", "holds"),
    [
        ({"at_least": Decimal("2.5")}, "2.5", True),
        ({"at_least": Decimal("2.5")}, "2.4999", False),
        ({"at_most": 3}, "3", True),
        ({"at_most": 3}, "3.0001", False),
        ({"at_least": 2, "at_most": 3}, "2.5", True),
        ({"at_least": 2, "at_most": 3}, "1", False),
        ({"is": [2, "3.0"]}, "3", True),
        ({"is": [2]}, "2.00", True),
        ({"is": [2]}, "2.01", False),
    ],
)
def test_a_number_of_the_profile(test: dict[str, Any], value: str, holds: bool) -> None:
    expected = Standing.UNANSWERED if holds else Standing.DORMANT
    assert standing({"profile": "count", **test}, profile={"count": Decimal(value)}) is expected
    assert standing({"profile": "count", **test}, profile={"count": "unknown"}) is Standing.PENDING
    assert standing({"profile": "count", **test}) is Standing.PENDING


def test_a_condition_can_read_a_date() -> None:
    bands = [{"at_most": 9, "credit": 1}]
    checklist = built(
        control("A", type="date", bands=bands), control("Z", when={"question": "A", "is": ["2026-01-31"]})
    )
    assert card(checklist, {"A": dt.date(2026, 1, 31)}).line["Z"].standing is Standing.UNANSWERED
    assert card(checklist, {"A": dt.date(2026, 1, 30)}).line["Z"].standing is Standing.DORMANT


def test_a_pending_question_is_open_whatever_was_answered_before() -> None:
    checklist = built(control("A", weight=1), control("Z", weight=3, when=A_YES))
    overall = card(checklist, {"Z": "yes"}).overall
    assert (overall.lower, overall.upper) == (0, 1)
    assert overall.weight == 4
    assert card(checklist, {"A": "unknown", "Z": "yes"}).overall.lower == 0


def test_what_reads_a_pending_question_is_pending_itself() -> None:
    checklist = built(control("A"), control("B", when=A_YES), control("C", when=B_YES))
    assert card(checklist, {"B": "yes"}).line["C"].standing is Standing.PENDING


def test_an_answer_that_leaves_scope_is_kept_dormant_and_counts_nowhere() -> None:
    checklist = built(control("A", weight=1), control("Z", weight=5, critical=True, when=A_YES))
    scorecard = card(checklist, {"A": "no", "Z": "no"})
    line = scorecard.line["Z"]
    assert line.standing is Standing.DORMANT
    assert line.answer is not None
    assert line.answer.value == "no"
    assert scorecard.overall.weight == 1
    assert [gap.line.question.id for gap in scorecard.gaps] == ["A"]
    assert scorecard.route is not None
    assert [one.question.id for one in scorecard.route.lines] == ["A"]


def test_a_question_that_reads_a_dormant_one_is_out_of_scope_though_an_answer_is_stored() -> None:
    checklist = built(
        control("A"), control("B", when=A_YES), control("C", when=B_YES), control("D", when={"not": B_YES})
    )
    scorecard = card(checklist, {"A": "no", "B": "yes"})
    assert scorecard.line["C"].standing is Standing.DORMANT
    assert scorecard.line["D"].standing is Standing.UNANSWERED


def test_a_sections_condition_holds_for_each_of_its_questions_together_with_their_own() -> None:
    checklist = built(
        section("one", control("A")),
        section("two", control("B"), control("C", when=B_YES), when=A_YES),
    )

    def standings(given_: dict[str, Given]) -> tuple[Standing, Standing]:
        found = card(checklist, given_).line
        return found["B"].standing, found["C"].standing

    assert standings({"A": "no", "B": "yes"}) == (Standing.DORMANT, Standing.DORMANT)
    assert standings({"A": "yes", "B": "yes"}) == (Standing.ANSWERED, Standing.UNANSWERED)
    assert standings({"A": "yes", "B": "no"}) == (Standing.ANSWERED, Standing.DORMANT)
    assert standings({"B": "no"}) == (Standing.PENDING, Standing.PENDING)  # B is open, so C cannot know


def test_a_false_condition_outweighs_an_undetermined_section() -> None:
    checklist = built(
        section("one", control("A"), control("B")),
        section("two", control("C", when=B_YES), when=A_YES),
    )
    assert card(checklist, {"B": "no"}).line["C"].standing is Standing.DORMANT
    assert card(checklist, {"B": "yes"}).line["C"].standing is Standing.PENDING


def test_na_leaves_scope_even_while_the_condition_is_undetermined() -> None:
    checklist = built(control("A"), control("Z", when=A_YES))
    scorecard = card(checklist, {"Z": "na"})
    assert scorecard.line["Z"].standing is Standing.NOT_APPLICABLE
    assert scorecard.overall.weight == 1


def test_an_assessment_never_looks_better_for_what_has_not_been_asked() -> None:
    checklist = built(control("A", weight=1), control("Z", weight=1, when={"not": A_YES}))
    assert card(checklist, {}).overall.lower == 0
    assert card(checklist, {"A": "yes"}).overall.lower == 1
    assert card(checklist, {"A": "unknown"}).overall.weight == 2


# The rules of scope once more, written out naively over raw data, to be held against the program's.

PROFILE = (
    {"id": "p", "type": "choice", "text": "p", "options": {"a": "a", "b": "b"}},
    {"id": "s", "type": "several", "text": "s", "options": {"a": "a", "b": "b", "c": "c"}},
    {"id": "n", "type": "number", "text": "n"},
)
NAMES = [f"Q{number}" for number in range(7)]
SPLIT = 3


def leaf(index: int) -> st.SearchStrategy[dict[str, Any]]:
    """A leaf that the question at `index` may hold: it reads the profile, or an earlier question."""
    found = [
        st.builds(lambda is_: {"profile": "p", "is": is_}, st.sampled_from([["a"], ["b"], ["a", "b"]])),
        st.builds(lambda has: {"profile": "s", "has": has}, st.sampled_from([["a"], ["b", "c"]])),
        st.builds(lambda bound: {"profile": "n", "at_least": bound}, st.integers(0, 3)),
        st.builds(lambda low, high: {"profile": "n", "at_least": low, "at_most": high}, *[st.integers(0, 3)] * 2),
    ]
    if index:
        words = st.lists(st.sampled_from(["yes", "partial", "no"]), min_size=1, max_size=2)
        reads = st.builds(lambda name, is_: {"question": name, "is": is_}, st.sampled_from(NAMES[:index]), words)
        found += [reads] * 4
    return st.one_of(found)


def condition(index: int) -> st.SearchStrategy[dict[str, Any] | None]:
    def wider(part: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
        parts = st.lists(part, min_size=1, max_size=3)
        return st.one_of(
            st.builds(lambda inner: {"all": inner}, parts),
            st.builds(lambda inner: {"any": inner}, parts),
            st.builds(lambda inner: {"not": inner}, part),
        )

    return st.none() | st.recursive(leaf(index), wider, max_leaves=5)


def naive_truth(when: dict[str, Any], scope: dict[str, str], known: dict[str, Given], facts: dict[str, Given]) -> str:
    if "not" in when:
        return {"true": "false", "false": "true", "?": "?"}[naive_truth(when["not"], scope, known, facts)]
    for word, decisive, otherwise in (("all", "false", "true"), ("any", "true", "false")):
        if word in when:
            values = [naive_truth(part, scope, known, facts) for part in when[word]]
            return decisive if decisive in values else "?" if "?" in values else otherwise
    if "question" in when:
        name = when["question"]
        if scope[name] == "out":
            return "false"
        if scope[name] == "pending" or known[name] in (None, "unknown"):
            return "?"
        return "true" if known[name] in when["is"] else "false"
    value = facts[when["profile"]]
    if value in (None, "unknown"):
        return "?"
    if when["profile"] == "p":
        held = value in when["is"]
    elif when["profile"] == "s":
        assert isinstance(value, tuple)
        held = any(word in value for word in when["has"])
    else:
        assert isinstance(value, Decimal)
        held = value >= when["at_least"] and ("at_most" not in when or value <= when["at_most"])
    return "true" if held else "false"


def naive_scope(
    conditions: list[dict[str, Any] | None],
    of_section: dict[str, Any] | None,
    known: dict[str, Given],
    facts: dict[str, Given],
) -> dict[str, str]:
    scope: dict[str, str] = {}
    for number, name in enumerate(NAMES):
        whens = [conditions[number], of_section if number >= SPLIT else None]
        values = [naive_truth(when, scope, known, facts) for when in whens if when is not None]
        if "false" in values or known[name] == "na":
            scope[name] = "out"
        else:
            scope[name] = "pending" if "?" in values else "in"
    return scope


STANDING_IN_SCOPE = {None: Standing.UNANSWERED, "unknown": Standing.UNKNOWN}


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_scope_agrees_with_the_rules_written_out_naively(data: st.DataObject) -> None:
    conditions = [data.draw(condition(number)) for number in range(len(NAMES))]
    of_section = data.draw(condition(SPLIT))
    # A section's condition stands before its first question, so it reads only what stands earlier still.
    known = {name: data.draw(st.sampled_from([None, "yes", "partial", "no", "unknown", "na"])) for name in NAMES}
    facts: dict[str, Given] = {
        "p": data.draw(st.sampled_from([None, "unknown", "a", "b"])),
        "s": data.draw(st.sampled_from([None, "unknown", (), ("a",), ("b",), ("a", "c")])),
        "n": data.draw(st.sampled_from([None, "unknown", Decimal(1), Decimal("2.5")])),
    }
    questions = [
        control(name, **({} if when is None else {"when": when})) for name, when in zip(NAMES, conditions, strict=True)
    ]
    checklist = built(
        section("one", *questions[:SPLIT]),
        section("two", *questions[SPLIT:], **({} if of_section is None else {"when": of_section})),
        profile=PROFILE,
    )
    scorecard = card(checklist, known, facts)
    expected = naive_scope(conditions, of_section, known, facts)
    for name in NAMES:
        line = scorecard.line[name]
        if expected[name] == "out":
            assert not line.in_scope
        elif expected[name] == "pending":
            assert line.standing is Standing.PENDING
        else:
            assert line.standing is STANDING_IN_SCOPE.get(known[name], Standing.ANSWERED)  # type: ignore[call-overload]


def test_several_is_read_by_is_as_well() -> None:
    checklist = built(
        control("A", type="several", options=options(x="1", y="0")), control("Z", when={"question": "A", "is": "y"})
    )
    assert card(checklist, {"A": ("x", "y")}).line["Z"].in_scope
    assert not card(checklist, {"A": ("x",)}).line["Z"].in_scope


def test_a_condition_costs_by_what_it_lists_and_not_times_what_is_ticked() -> None:
    def case(number: int) -> Callable[[], object]:
        words = [f"o{n}" for n in range(number)]
        lists = {"when": {"question": "A", "has": [f"x{word}" for word in words]}}
        many = options(**dict.fromkeys([*words, *(f"x{word}" for word in words)], "0"))
        checklist = built(control("A", type="several", options=many), *(control(f"Q{n}", **lists) for n in range(5)))
        given = {"A": Answer(tuple(words))}
        return lambda: Scorecard(checklist, given, {}, ON)

    assert time_ratio(case(500), case(2_000)) < 8
