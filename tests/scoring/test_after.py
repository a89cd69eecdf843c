"""A scorecard brought forward by one answer is the one that scoring everything again would give."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.checklist.model import Checklist, Question
from stockcheck.scoring import scope
from stockcheck.scoring.scorecard import Scorecard
from tests.checklist.test_reachable import ANSWERS, FACTS, checklists
from tests.scoring.building import ON, built, control, section

GIVEN = st.one_of(
    *(
        st.tuples(st.just(name), st.sampled_from([None, UNKNOWN, *dict.fromkeys(one[name] for one in known)]))
        for known in (FACTS, ANSWERS)
        for name in known[0]
    ),
    st.tuples(st.just("Q4"), st.sampled_from([None, UNKNOWN, Answer("yes"), Answer("partial")])),
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(checklists(), st.lists(GIVEN, min_size=1, max_size=12))
def test_one_answer_after_another_gives_what_all_together_give(
    checklist: Checklist, given_: list[tuple[str, Answer | None]]
) -> None:
    answers: dict[str, Answer] = {}
    facts: dict[str, Answer] = {}
    card = Scorecard(checklist, answers, facts, ON)
    for name, answer in given_:
        asked = checklist.field.get(name) or checklist.question[name]
        known = facts if name in checklist.field else answers
        known.pop(name, None)
        if answer is not None:
            known[name] = answer
        before, card = card, card.after(asked, answers, facts)
        fresh = Scorecard(checklist, answers, facts, ON)
        assert card.lines == fresh.lines
        assert card.line == fresh.line
        assert card.overall == fresh.overall
        assert (card.levels, card.gaps, card.route) == (fresh.levels, fresh.gaps, fresh.route)
        assert card.changed == tuple(
            (was, now) for was, now in zip(before.lines, fresh.lines, strict=True) if was != now
        )


def test_an_answer_costs_by_what_reads_it_and_not_by_the_length_of_the_checklist(monkeypatch: Any) -> None:
    reader = {"when": {"question": "S0-0", "is": ["yes"]}}
    checklist = built(
        *(
            section(f"S{n}", *(control(f"S{n}-{m}", **(reader if n == 9 else {})) for m in range(20)))
            for n in range(100)
        )
    )
    looked_at: list[str] = []
    settle = scope._standing

    def noted(question: Question, *given: Any) -> scope.Standing:
        looked_at.append(question.id)
        return settle(question, *given)

    monkeypatch.setattr(scope, "_standing", noted)
    answers = {name: Answer("no") for name in checklist.question}
    card = Scorecard(checklist, answers, {}, ON)
    assert len(looked_at) == 2_000
    looked_at.clear()
    card = card.after(checklist.question["S50-3"], answers | {"S50-3": Answer("yes")}, {})
    assert looked_at == ["S50-3"]
    looked_at.clear()
    card.after(checklist.question["S0-0"], answers | {"S0-0": Answer("yes")}, {})
    assert looked_at == ["S0-0", *(f"S9-{m}" for m in range(20))]
