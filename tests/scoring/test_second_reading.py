"""S-1 to S-9: the program against the rules written down a second time (`naive`), on random depots."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from stockcheck.scoring.comparison import compare
from stockcheck.scoring.scope import Standing
from tests.scoring import naive_comparison
from tests.scoring.depots import Case, Depots

SEEDS = range(12)
EACH = 60

HOW = {
    "out": Standing.DORMANT,
    "accepted": Standing.NOT_APPLICABLE,
    "pending": Standing.PENDING,
    "unanswered": Standing.UNANSWERED,
    "aside": Standing.SET_ASIDE,
    "unknown": Standing.UNKNOWN,
    "answered": Standing.ANSWERED,
    "fails": Standing.PART,
}


def cases(seed: int, *, each: int = EACH, **keys: Any) -> list[Case]:
    depots = Depots(seed, **keys)
    return [depots.one() for _number in range(each)]


def shares(score: Any) -> dict[str, Fraction | None]:
    return {name: getattr(score, name) for name in ("lower", "upper", "answered", "assessed")}


@pytest.mark.parametrize("seed", SEEDS)
def test_scope_credits_and_scores(seed: int) -> None:
    """S-1, S-2, S-3, S-4."""
    for case in cases(seed):
        card, depot = case.card, case.naive
        for line, one in zip(card.lines, depot.asked, strict=True):
            assert line.standing is HOW[one.how]
            if one.scored:
                assert (line.credit, line.upper) == (one.credit, one.upper)
        assert shares(card.overall) == depot.score(depot.asked)
        for section, score in card.sections:
            assert shares(score) == depot.score([one for one in depot.asked if one.section == section.id])
        for domain, score in card.domains:
            assert shares(score) == depot.score([one for one in depot.asked if one.domain == domain])
        for name, score in card.standards:
            citing = [one for one in depot.asked if any(r.startswith(name) for r in one.question.references)]
            assert shares(score) == depot.score(citing)


@pytest.mark.parametrize("seed", SEEDS)
def test_levels_and_what_stops_them(seed: int) -> None:
    """S-5."""
    for case in cases(seed):
        card, depot = case.card, case.naive
        assert card.achieved == depot.highest(reachable=False)
        assert card.reachable == depot.highest(reachable=True)
        for result in card.levels:
            own = depot.own(result.level.level)
            least = Fraction(result.level.threshold) - Fraction(1, 5)
            domains = {one.domain for one in own}
            low = {d for d in domains if depot.score([o for o in own if o.domain == d])["lower"] < least}
            assert result.score.lower == depot.score(own)["lower"]
            assert {one.domain for one in result.domains_short} == low
            assert [line.position for line in result.criticals] == [one.place for one in own if one.unmet]
            assert [line.position for line in result.criticals_unseen] == [
                one.place for one in own if one.unmet and one.unanswered
            ]
            assert [line.position for line in result.criticals_waiting] == [
                one.place for one in own if one.unmet and one.how == "aside"
            ]
            assert [line.position for line in result.absent] == [
                one.place for one in own if one.question.weight == 5 and one.credit == 0
            ]


@pytest.mark.parametrize("seed", SEEDS)
def test_findings_gaps_and_what_is_to_check(seed: int) -> None:
    """S-6, S-7."""
    for case in cases(seed):
        card, depot = case.card, case.naive
        found, not_checked = depot.findings()
        assert [line.question.id for line in card.findings.found] == found
        assert [line.question.id for line in card.findings.not_checked] == not_checked
        assert [(gap.line.question.id, int(gap.priority)) for gap in card.gaps] == depot.gaps()
        assert [(gap.line.question.id, int(gap.priority)) for gap in card.to_check] == depot.to_check()
        for gap in card.gaps:
            heads = {one.place: depot.head_of(one).place for one in depot.asked if one.how == "fails"}
            parts = [place for place, head in heads.items() if head == gap.line.position]
            assert [line.position for line in gap.parts] == parts


@pytest.mark.parametrize("seed", SEEDS)
def test_the_route_and_its_steps(seed: int) -> None:
    """S-8: no choice is better, by trying them all; and the order of the steps."""
    for case in cases(seed, each=25, most=10, kinds=("control", "choice", "control")):
        route, depot = case.card.route, case.naive
        places = depot.route()
        assert (route is None) == (places is None)
        if route is None or places is None:
            continue
        assert route.result.level.level == depot.next_level()
        assert [line.position for line in route.lines] == places
        assert [(step.line.position, step.score_after) for step in route.steps] == depot.steps()


@pytest.mark.parametrize("seed", SEEDS)
def test_two_assessments_of_one_depot(seed: int) -> None:
    """S-9: the later one has other answers, in part another checklist, and another scope."""
    depots = Depots(seed, kinds=("control", "choice", "several", "number"))
    for _number in range(EACH):
        before, other = depots.one(), depots.one()
        types = {question.id: question.type for question in before.checklist.questions}
        shared = [
            one.id for one in other.checklist.questions if types.get(one.id) == one.type and one.id in other.given
        ]
        after = before.answering(**{name: other.given[name] for name in shared})
        for later in (Case(after.checklist, after.given, other.profile, ()), other):
            comparison = compare(before.card, later.card)
            kinds, by_answers = naive_comparison.compare(before.naive, later.naive)
            assert {change.question.id: change.kind.value for change in comparison.changes} == kinds
            assert comparison.by_answers == by_answers
            if by_answers is not None:
                assert comparison.before is not None
                assert comparison.after is not None
                assert comparison.after - comparison.before == by_answers + (comparison.by_checklist or 0)
