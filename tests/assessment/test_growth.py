"""What a long assessment costs: as much more as it is longer."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from stockcheck.assessment import folding
from stockcheck.assessment.events import Event
from stockcheck.assessment.folding import fold
from stockcheck.assessment.state import State
from stockcheck.checklist.model import Checklist
from stockcheck.errors import AssessmentFileError
from tests.assessment.crafting import chained, checklist, crafted, first_event, read, start
from tests.growth import time_ratio
from tests.scoring.building import built, control, options


def folded(first: Checklist, second: Checklist, happened: list[tuple[str, str, object]]) -> Callable[[], State]:
    """Folds a history that begins with `first`; a string is a change to the checklist with that digest."""
    by_digest = {one.digest: one for one in (first, second)}
    events: list[Event] = [chained(None, "start", "", start(first.digest))]
    for kind, subject, data in happened:
        events.append(chained(events[-1], kind, subject, json.dumps(data)))
    return lambda: fold(events, first, by_digest.__getitem__)


def changes(first: Checklist, second: Checklist, times: int) -> list[tuple[str, str, object]]:
    """The checklist changed that many times, back and forth."""
    return [
        ("checklist", "", {"checklist": (second, first)[number % 2].digest, "moved": {}, "review": []})
        for number in range(times)
    ]


def test_a_change_of_the_checklist_looks_at_answers_and_not_at_every_question() -> None:
    def case(questions: int) -> Callable[[], State]:
        first, second = (built(*(control(f"Q{n}") for n in range(number))) for number in (questions, questions + 1))
        answers: list[tuple[str, str, object]] = [("answer", f"Q{n}", {"value": "yes"}) for n in range(50)]
        return folded(first, second, [*answers, *changes(first, second, 100)])

    assert time_ratio(case(100), case(3_200)) < 4, "32 times the questions, but the same answers"


def test_a_change_of_the_checklist_costs_by_the_answer() -> None:
    def case(answered: int) -> Callable[[], State]:
        keys = {"type": "several", "options": options(**{f"o{n}": "0" for n in range(3)})}
        first, second = (built(*(control(f"Q{n}", **keys) for n in range(number))) for number in (answered, 1_200))
        answers: list[tuple[str, str, object]] = [("answer", f"Q{n}", {"value": ["o1"]}) for n in range(answered)]
        return folded(first, second, [*answers, *changes(first, second, 50)])

    assert time_ratio(case(300), case(1_200)) < 8


def test_an_answer_to_a_question_of_many_options_costs_by_what_it_ticks() -> None:
    def case(number: int) -> Callable[[], State]:
        many = options(**{f"o{n}": "0" for n in range(number)})
        wide = built(control("A", type="several", options=many), control("B", type="choice", options=many))
        answers: list[tuple[str, str, object]] = [
            happened
            for n in range(300)
            for happened in (("answer", "A", {"value": [f"o{n}", "o1"]}), ("answer", "B", {"value": f"o{n}"}))
        ]
        return folded(wide, wide, answers)

    assert time_ratio(case(300), case(4_800)) < 4, "16 times the options, but the same answers"


def test_ticks_are_kept_in_the_order_of_the_checklist() -> None:
    small = built(control("A", type="several", options=options(z="0.5", a="0.5", m="0")))
    state = folded(small, small, [("answer", "A", {"value": ["m", "a", "z", "a"]})])()
    assert state.answers["A"].value == ("z", "a", "m")


def test_an_answer_is_carried_only_to_a_question_that_takes_it() -> None:
    bounds = {"type": "number", "bands": [{"at_least": 1, "credit": 1}]}
    first = built(control("A", **bounds), control("B", **bounds, maximum=Decimal(100)))
    second = built(control("A", **bounds, maximum=Decimal(9)), control("B", **bounds, maximum=Decimal(99)))
    answers: list[tuple[str, str, object]] = [("answer", "A", {"value": "12"}), ("answer", "B", {"value": "12"})]
    state = folded(first, second, [*answers, *changes(first, second, 1)])()
    assert (list(state.entries), list(state.gone)) == (["B"], ["A"])


def test_a_checklist_that_changed_more_often_than_is_allowed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folding, "MAX_UPGRADES", 3)
    body = json.dumps({"checklist": checklist().digest, "moved": {}, "review": []})
    events = [first_event()]
    for times in (1, 2, 3, 4):
        events.append(chained(events[-1], "checklist", "", body))
        path = crafted(tmp_path / f"{times}.stockcheck", events)
        if times <= 3:
            assert read(path).state.upgrades == times
        else:
            with pytest.raises(AssessmentFileError, match="can be changed 3 times at most"):
                read(path)
