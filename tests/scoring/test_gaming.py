"""Each way in which version 1 could be made to say more than is so, tried on version 2."""

from __future__ import annotations

from fractions import Fraction

import pytest

from stockcheck.answers.answer import Answer
from stockcheck.answers.fitting import fitting, not_applicable
from stockcheck.errors import AnswerError
from tests.scoring.building import ON, Given, built, card, control, options, section


def test_bad_answers_cannot_be_hidden_by_ticking_none_of_the_facts() -> None:
    """S-3: 26 questions left scope when three facts were answered with "none of these"."""
    facts = tuple(
        {"id": f"fact{n}", "type": "several", "text": "f", "options": {"a": "A", "b": "B"}, "least": 1}
        for n in range(3)
    )
    checklist = built(
        control("A"),
        *(control(f"B{n}", when={"profile": f"fact{n % 3}", "has": ["a", "b"]}) for n in range(26)),
        profile=facts,
    )
    for field in checklist.profile:
        with pytest.raises(AnswerError, match="none of these"):
            fitting(field, Answer(()), ON)
    bad: dict[str, Given] = {"A": "yes", **{f"B{n}": "no" for n in range(26)}}
    for profile in ({}, {"fact0": "unknown", "fact1": "unknown", "fact2": "unknown"}):
        assert card(checklist, bad, profile).overall.lower == Fraction(1, 27)  # unknown facts leave them in scope
    assert card(checklist, bad, {f"fact{n}": ("b",) for n in range(3)}).overall.lower == Fraction(1, 27)


def test_gaps_cannot_be_lifted_by_one_person_as_not_applicable() -> None:
    """S-3: 23 gaps were answered `na: x`."""
    checklist = built(control("A"), *(control(f"B{n}") for n in range(23)))
    honest: dict[str, Given] = {"A": "yes", **{f"B{n}": "no" for n in range(23)}}
    gamed: dict[str, Given] = {"A": "yes", **{f"B{n}": not_applicable("x") for n in range(23)}}
    assert card(checklist, gamed).overall.lower == card(checklist, honest).overall.lower == Fraction(1, 24)
    assert card(checklist, gamed).achieved == 0
    refused = control("C", na=False)
    with pytest.raises(AnswerError):
        fitting(built(refused).questions[0], not_applicable("x"), ON)


def test_no_domain_is_abandoned_under_a_level() -> None:
    """S-5 b: one domain stood at 36.5 % under level 3."""
    kept = options(some="0.365", all="1")
    domains = ("storage", "inventory", "management", "transfer")
    checklist = built(
        *(
            section(
                domain,
                *(control(f"{domain}-{level}", type="choice", options=kept, level=level) for level in (1, 2, 3)),
                domain=domain,
            )
            for domain in domains
        )
    )
    given: dict[str, Given] = {question.id: "all" for question in checklist.questions}
    assert card(checklist, given).achieved == 3
    given |= {f"storage-{level}": "some" for level in (1, 2, 3)}
    scorecard = card(checklist, given)
    assert scorecard.overall.lower is not None
    assert scorecard.overall.lower > Fraction(4, 5)  # 84.1 %
    assert scorecard.achieved == 0


def test_no_scores_no_better_than_yes_with_bad_particulars() -> None:
    """S-3: a parent's "no" took its particulars out of scope."""
    asked = {"part_of": "A", "when": {"question": "A", "is": ["yes", "partial"]}}
    checklist = built(control("A"), *(control(f"B{n}", **asked) for n in range(4)), control("C", weight=5))
    bad: dict[str, Given] = {**{f"B{n}": "no" for n in range(4)}, "C": "yes"}
    no, partial, yes = (card(checklist, {"A": answer, **bad}).overall.lower for answer in ("no", "partial", "yes"))
    assert (no, partial, yes) == (Fraction(5, 10), Fraction(11, 20), Fraction(6, 10))


def test_nothing_applicable_is_no_level() -> None:
    """S-3, S-5: neither on one person's word nor countersigned."""
    checklist = built(*(control(f"Q{n}", level=n % 3 + 1, critical=n == 0) for n in range(9)))
    given: dict[str, Given] = {question.id: "na" for question in checklist.questions}
    alone, agreed = card(checklist, given), card(checklist, given, accepted=list(given))
    assert (alone.overall.lower, alone.achieved) == (0, 0)
    assert (agreed.overall.lower, agreed.achieved, agreed.reachable) == (None, 0, 0)


def test_one_yes_and_the_rest_not_applicable_shows_how_little_was_assessed() -> None:
    """S-3, S-4: on one person's word it is 1 of 9; countersigned, the share assessed stands beside the score."""
    checklist = built(*(control(f"Q{n}", level=n % 3 + 1) for n in range(9)))
    given: dict[str, Given] = {**{f"Q{n}": "na" for n in range(1, 9)}, "Q0": "yes"}
    alone, agreed = card(checklist, given), card(checklist, given, accepted=list(given))
    assert (alone.overall.lower, alone.achieved) == (Fraction(1, 9), 0)
    assert (agreed.overall.lower, agreed.overall.assessed, agreed.achieved) == (1, Fraction(1, 9), 1)


def test_a_level_is_not_had_with_every_control_of_its_own_at_no() -> None:
    """S-5: many questions of levels 1 and 2 carried a few of level 3."""
    checklist = built(
        *(control(f"A{n}", level=1) for n in range(20)),
        *(control(f"B{n}", level=2) for n in range(20)),
        *(control(f"C{n}", level=3) for n in range(9)),
    )
    given: dict[str, Given] = {q.id: "no" if q.level == 3 else "yes" for q in checklist.questions}
    scorecard = card(checklist, given)
    assert scorecard.overall.lower == Fraction(40, 49)  # 81.6 %
    assert scorecard.achieved == 2


def test_losses_do_not_drown_in_a_good_score() -> None:
    """S-6: they are found whatever the score is, and each is pressing."""
    checklist = built(*(control(f"A{n}", weight=5) for n in range(40)), control("L", finding="loss", weight=1))
    scorecard = card(checklist, {**{f"A{n}": "yes" for n in range(40)}, "L": "no"})
    assert scorecard.achieved == 1
    assert [line.question.id for line in scorecard.findings.found] == ["L"]
    assert [int(gap.priority) for gap in scorecard.gaps] == [1]
