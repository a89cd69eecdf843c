"""S-5: levels, by hand. Each rule stops a level by itself, and nothing else does."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from stockcheck.scoring.levels import LevelResult
from tests.scoring.building import built, card, control, options, section


def names(result: LevelResult) -> str:
    return "".join(line.question.id for line in result.criticals)


def test_a_threshold_that_is_exactly_met_is_met() -> None:
    """S-5 a."""
    questions = control("A", weight=4), control("B", weight=1)
    assert card(built(*questions, thresholds=("0.8",)), {"A": "yes", "B": "no"}).achieved == 1  # 4 / 5
    assert card(built(*questions, thresholds=("0.8001",)), {"A": "yes", "B": "no"}).achieved == 0


def test_a_third_is_not_rounded_up_to_a_threshold() -> None:
    """S-5 a."""
    checklist = built(control("A"), control("B"), control("C"), thresholds=("0.6667",))
    scorecard = card(checklist, {"A": "yes", "B": "yes", "C": "no"})
    assert scorecard.achieved == 0
    assert scorecard.levels[0].points_missing == Fraction(1, 30000)  # 6667/10000 − 2/3


def test_a_level_stands_on_its_own_questions() -> None:
    """S-5: the merits of level 1 do not give level 2."""
    checklist = built(control("A", weight=4, level=1), control("B", weight=2, level=2), control("C", level=3))
    scorecard = card(checklist, {"A": "yes", "B": "partial", "C": "yes"})
    assert [result.score.lower for result in scorecard.levels] == [Fraction(1), Fraction(1, 2), Fraction(1)]
    assert [[line.question.id for line in result.lines] for result in scorecard.levels] == [["A"], ["B"], ["C"]]
    assert scorecard.achieved == 1
    assert scorecard.next_level is scorecard.levels[1]


def test_a_level_above_one_that_does_not_hold_does_not_hold() -> None:
    """S-5."""
    scorecard = card(built(control("A", level=1), control("B", level=2)), {"A": "no", "B": "yes"})
    assert [result.holds for result in scorecard.levels] == [False, False, False]
    assert [result.reachable for result in scorecard.levels] == [False, False, False]
    assert (scorecard.achieved, scorecard.reachable) == (0, 0)


TWO_DOMAINS = (
    section("one", control("A", weight=4), control("B", weight=4), domain="storage"),
    section("two", control("C", weight=1), control("D", weight=1), domain="transfer"),
)


@pytest.mark.parametrize(
    ("threshold", "c", "d", "achieved"),
    [
        ("0.8", "no", "no", 0),  # transfer 0, wanted 0.6; all 8/10
        ("0.8", "partial", "partial", 0),  # 1/2
        ("0.8", "yes", "no", 0),  # 1/2
        ("0.7", "yes", "no", 1),  # 1/2 is wanted, and met exactly
        ("0.701", "yes", "no", 0),
        ("0.8", "yes", "partial", 1),  # 3/4
        ("0.15", "no", "no", 1),  # less than nothing is wanted
    ],
)
def test_no_domain_lies_more_than_a_fifth_under_the_threshold(threshold: str, c: str, d: str, achieved: int) -> None:
    """S-5 b."""
    checklist = built(*TWO_DOMAINS, thresholds=(threshold,))
    scorecard = card(checklist, {"A": "yes", "B": "yes", "C": c, "D": d})
    assert scorecard.achieved == achieved
    assert [result.domain for result in scorecard.levels[0].domains_short] == ([] if achieved else ["transfer"])


def test_a_domain_is_looked_at_over_its_sections_and_within_its_level() -> None:
    """S-5 b."""
    checklist = built(
        section("one", control("A", weight=3), domain="storage"),
        section("two", control("B"), control("C", level=2), domain="storage"),
        thresholds=("0.75", "0.75"),
    )
    (storage,) = card(checklist, {"A": "yes", "B": "no", "C": "no"}).levels[0].domains
    assert (storage.score.lower, storage.least, storage.holds) == (Fraction(3, 4), Fraction(11, 20), True)


@pytest.mark.parametrize(("answer", "achieved"), [("yes", 1), ("partial", 0), ("no", 0), (None, 0), ("unknown", 0)])
def test_a_critical_question_short_of_its_floor_stops_its_level(answer: str | None, achieved: int) -> None:
    """S-5 c."""
    checklist = built(control("A", critical=True, weight=1), control("B", weight=5), thresholds=("0.5",))
    assert card(checklist, {"A": answer, "B": "yes"}).achieved == achieved


@pytest.mark.parametrize(
    ("floor", "answer", "achieved"), [("0.5", "partial", 1), ("0.51", "partial", 0), ("0.5", "no", 0)]
)
def test_a_floor_is_met_from_itself_on(floor: str, answer: str, achieved: int) -> None:
    """S-5 c."""
    checklist = built(control("A", critical=Decimal(floor)), control("B", weight=5), thresholds=("0.5",))
    assert card(checklist, {"A": answer, "B": "yes"}).achieved == achieved


def test_a_critical_question_of_level_two_leaves_level_one_alone() -> None:
    """S-5 c."""
    scorecard = card(built(control("A"), control("B", critical=True, level=2)), {"A": "yes", "B": "partial"})
    assert scorecard.achieved == 1
    assert [names(result) for result in scorecard.levels] == ["", "B", ""]


def test_criticals_that_fall_short_are_told_from_those_unseen_and_those_that_wait() -> None:
    """S-5: in checklist order, each in its list."""
    checklist = built(
        *(control(name, critical=True) for name in "ABCDEF"),
        control("G", critical=True, part_of="B", when={"question": "B", "is": "yes"}),
        control("H", critical=True, when={"question": "D", "is": "yes"}),
    )
    given = {"A": "na", "B": "no", "C": "unknown", "E": "yes", "F": "na"}
    result = card(checklist, given, accepted=["F"]).levels[0]
    assert names(result) == "ABCDGH"
    assert [line.question.id for line in result.criticals_short] == ["B", "C", "G"]
    assert [line.question.id for line in result.criticals_unseen] == ["D", "H"]
    assert [line.question.id for line in result.criticals_waiting] == ["A"]


@pytest.mark.parametrize(
    ("weight", "answer", "achieved"),
    [
        (5, "no", 0),
        (5, None, 0),  # open: it has credit 0
        (5, "unknown", 0),
        (5, "na", 0),
        (5, "partial", 1),
        (4, "no", 1),
    ],
)
def test_what_matters_most_is_not_wholly_absent(weight: int, answer: str | None, achieved: int) -> None:
    """S-5 d."""
    checklist = built(*(control(name, weight=5) for name in "ABCD"), control("E", weight=weight), thresholds=("0.8",))
    scorecard = card(checklist, {**dict.fromkeys("ABCD", "yes"), "E": answer})
    assert scorecard.levels[0].score.lower >= Fraction(4, 5)
    assert scorecard.achieved == achieved
    assert [line.question.id for line in scorecard.levels[0].absent] == ([] if achieved else ["E"])


def test_an_empty_level_neither_stops_nor_gives_one() -> None:
    """S-5."""
    checklist = built(control("A", level=2))  # levels 1 and 3 are empty
    assert card(checklist, {"A": "no"}).achieved == 0
    scorecard = card(checklist, {"A": "yes"})
    assert [result.empty for result in scorecard.levels] == [True, False, True]
    assert [result.holds for result in scorecard.levels] == [True, True, True]
    assert (scorecard.achieved, scorecard.reachable) == (2, 2)
    assert scorecard.next_level is None


def test_free_text_makes_no_level() -> None:
    """S-1, S-5."""
    scorecard = card(built(control("A"), control("B", type="text", level=2)), {"A": "yes", "B": "Words."})
    assert scorecard.levels[1].empty
    assert scorecard.achieved == 1


def test_a_checklist_without_levels_gives_scores_and_gaps() -> None:
    """S-5: `levels: []`."""
    scorecard = card(built(control("A", level=2), control("B"), thresholds=()), {"A": "no", "B": "yes"})
    assert (scorecard.levels, scorecard.achieved, scorecard.reachable, scorecard.route) == ((), 0, 0, None)
    assert scorecard.overall.lower == Fraction(1, 2)
    assert [gap.line.question.id for gap in scorecard.gaps] == ["A"]


@pytest.mark.parametrize(
    ("first", "second", "achieved", "reachable"),
    [
        (None, None, 0, 2),
        ("unknown", None, 0, 2),
        ("na", "na", 0, 2),  # set aside is open
        ("no", None, 0, 0),
        ("yes", None, 1, 2),
        ("yes", "no", 1, 1),
        ("partial", None, 0, 0),  # A is critical: no open question makes up for it
    ],
)
def test_the_reachable_level_counts_open_questions_as_met(
    first: str | None, second: str | None, achieved: int, reachable: int
) -> None:
    """S-5."""
    checklist = built(control("A", critical=True, level=1), control("B", level=2), thresholds=("0.5", "0.8"))
    scorecard = card(checklist, {"A": first, "B": second})
    assert (scorecard.achieved, scorecard.reachable) == (achieved, reachable)


def test_what_is_within_reach_asks_for_every_rule() -> None:
    """S-5: one rule that no open question can mend, each."""
    mild = options(some="0.5", none="0")
    by_domain = built(*TWO_DOMAINS, thresholds=("0.8",))
    assert card(by_domain, {"C": "no", "D": "partial"}).reachable == 0
    assert card(by_domain, {"C": "no"}).reachable == 0
    assert card(by_domain, {"C": "partial"}).reachable == 1
    by_weight = built(control("A", weight=5), *(control(name, weight=5) for name in "BCDE"), thresholds=("0.8",))
    assert card(by_weight, {"A": "no"}).reachable == 0
    assert card(by_weight, {"A": "partial"}).reachable == 1
    by_floor = built(
        control("A", type="choice", options=mild, critical=True), control("B", weight=5), thresholds=("0.5",)
    )
    assert card(by_floor, {"A": "some"}).reachable == 0
    by_score = built(control("A", weight=4), control("B", weight=3), thresholds=("0.8",))
    assert card(by_score, {"A": "partial"}).reachable == 0
