"""A scorecard brought forward by one answer is the one that scoring everything again would give."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.checklist.model import Checklist, ProfileField, Question
from stockcheck.scoring import scope
from stockcheck.scoring.scope import Line
from stockcheck.scoring.scorecard import Scorecard
from stockcheck.scoring.scores import Tally
from tests.checklist.test_reachable import ANSWERS, FACTS, checklists
from tests.scoring import building, depots
from tests.scoring.building import ON, built, control, section
from tests.volume import examples, some

GIVEN = st.one_of(
    *(
        st.tuples(st.just(name), st.sampled_from([None, UNKNOWN, *dict.fromkeys(one[name] for one in known)]))
        for known in (FACTS, ANSWERS)
        for name in known[0]
    ),
    st.tuples(st.just("Q4"), st.sampled_from([None, UNKNOWN, Answer("yes"), Answer("partial")])),
)


@examples(50, 200)
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


def reckoned(card: Scorecard) -> dict[str, Any]:
    """Everything that a scorecard says."""
    names = (
        "lines line overall sections domains standards levels achieved reachable next_level findings gaps to_check "
        "pressing untouched open not_applicable set_aside route"
    )
    return {name: getattr(card, name) for name in names.split()}


@pytest.mark.parametrize("rules", [1, 2])
@some("seed", range(6), sample=2)
def test_what_is_carried_from_answer_to_answer_is_what_a_fresh_reading_gives(seed: int, rules: int) -> None:
    stream = depots.Depots(seed, most=14)
    for _number in range(30):
        case = stream.one()
        checklist = case.checklist.model_copy(update={"rules": rules})
        given_, facts = building.answers(case.given), building.answers(case.profile)
        accepted = set(case.accepted)
        card = fresh = Scorecard(checklist, given_, facts, ON, accepted)
        for _step in range(12):
            asked = stream.chance.choice((*checklist.profile, *checklist.questions))
            if isinstance(asked, ProfileField):
                fact = building.answers({asked.id: stream.chance.choice(depots.FACTS[asked.id])})
                facts = {name: one for name, one in facts.items() if name != asked.id} | fact
            else:
                answer = building.answers({asked.id: stream._answer(asked.type)})
                given_ = {name: one for name, one in given_.items() if name != asked.id} | answer
                accepted = accepted - {asked.id}
                if asked.id in answer and answer[asked.id].status == "na" and stream.chance.random() < 0.5:
                    accepted = accepted | {asked.id}
            card, was, fresh_before = card.after(asked, given_, facts, accepted), card, fresh
            fresh = Scorecard(checklist, given_, facts, ON, accepted)
            assert reckoned(was) == reckoned(fresh_before), "the one before stays as it is"
            if stream.chance.random() < 0.5:  # or nothing is asked of it before the next one comes of it
                assert reckoned(card) == reckoned(fresh)


def test_an_answer_leaves_the_levels_alone_that_do_not_stand_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    checklist = built(*(control(f"Q{level}-{n}", level=level) for level in (1, 2, 3) for n in range(100)))
    given_ = {name: Answer("no") for name in checklist.question}
    card = Scorecard(checklist, given_, {}, ON)
    assert (card.achieved, card.overall.gaps) == (0, 300)
    counted: list[str] = []
    count = Tally.count

    def noted(self: Tally, line: Line, times: int = 1) -> None:
        counted.append(line.question.id)
        count(self, line, times)

    monkeypatch.setattr(Tally, "count", noted)
    card = card.after(checklist.question["Q2-7"], given_ | {"Q2-7": Answer("yes")}, {})
    assert (card.achieved, card.reachable, card.findings.found) == (0, 0, ())
    assert set(counted) == {"Q2-7"}
    assert len(counted) == 6, "taken out and counted again in the whole, in its level and in its domain"
