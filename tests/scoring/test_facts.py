"""Critical questions that left scope by a fact about the depot. S-3."""

from __future__ import annotations

from stockcheck.scoring.facts import critical_out_by_fact
from tests.scoring.building import Given, built, card, control, section

KINDS = {"id": "kinds", "type": "several", "text": "?", "options": {"arms": "Arms", "rounds": "Rounds"}}
ARMS = {"profile": "kinds", "has": ["arms"]}


def out(*parts: dict[str, object], given: dict[str, Given]) -> list[str]:
    lines = critical_out_by_fact(card(built(*parts, profile=(KINDS,)), given, {"kinds": ("rounds",)}))
    return [line.question.id for line in lines]


def test_by_its_own_condition_or_that_of_its_section() -> None:
    first = section("one", control("A-1", critical=True, when=ARMS), control("A-2", when=ARMS))
    second = section("two", control("B-1", critical=True), when=ARMS)
    assert out(first, second, given={}) == ["A-1", "B-1"]


def test_what_hangs_on_a_question_that_left_so_has_left_so_too() -> None:
    asked = control("A-1", when=ARMS)
    hangs = control("A-2", critical=True, when={"question": "A-1", "is": ["yes"]})
    assert out(asked, hangs, given={}) == ["A-2"]


def test_what_an_answer_has_put_out_of_scope_is_not_the_facts_doing() -> None:
    asked = control("A-1")
    both = control("A-2", critical=True, when={"all": [ARMS, {"question": "A-1", "is": ["no"]}]})
    assert out(asked, both, given={"A-1": "yes"}) == []
    assert out(asked, both, given={"A-1": "no"}) == ["A-2"]
    section_ = section("two", control("B-1", critical=True, when=ARMS), when={"question": "A-1", "is": ["no"]})
    assert out(section("one", asked), section_, given={"A-1": "yes"}) == []
    assert out(section("one", asked), section_, given={"A-1": "no"}) == ["B-1"]
