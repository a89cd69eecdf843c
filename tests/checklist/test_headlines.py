"""What the shipped checklists may say in one line: no dangerous depot has a level, and a harmless flaw costs none.

Each depot is perfect but for what its test names. The runs are those that misled under the first version of the rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.checklist.loading import compose
from stockcheck.checklist.model import Checklist, ProfileField, Question
from stockcheck.checklist.shipped import heads, shipped
from stockcheck.scoring.credit import credit
from stockcheck.scoring.gaps import Priority
from stockcheck.scoring.rules import VERSION_2, rules_of
from stockcheck.scoring.scope import Standing
from stockcheck.scoring.scorecard import Scorecard

ON = dt.date(2026, 3, 2)
NAMES = [path.stem for path in heads(shipped())]
#: Checklists in which every section and every question stands; the others are parts of the first.
EVERY_QUESTION = ["depot", "gender", "tracing", "transfers"]

#: A permanent depot with all kinds of ammunition in buildings, nothing of which leaves scope by a fact.
MAGAZINES = {"storage": ("magazine",)}


@cache
def loaded(name: str) -> Checklist:
    return compose(shipped() / f"{name}.yaml")[0]


LEVELLED = [name for name in NAMES if loaded(name).levels]


def choices(question: Question) -> Iterable[Answer]:
    """Answers among which the best and the worst are."""
    match question.type:
        case "number":
            bounds = {bound for band in question.bands for bound in (band.at_least, band.at_most) if bound is not None}
            tried = {Decimal(0), *bounds, *(bound + 1 for bound in bounds), *(bound - 1 for bound in bounds)}
            low, high = question.minimum, question.maximum
            return [
                Answer(one) for one in sorted(tried) if (low is None or one >= low) and (high is None or one <= high)
            ]
        case "date":
            return [Answer(ON), Answer(ON - dt.timedelta(days=40 * 365))]
        case "several":
            good = tuple(word for word, option in question.options.items() if (option.credit or 0) > 0)
            bad = tuple(word for word, option in question.options.items() if (option.credit or 0) <= 0)
            return [Answer(good), Answer(bad)]
        case "text":
            return [Answer("none")]
    return [Answer(word) for word in question.words]


def earned(question: Question, answer: Answer) -> Fraction:
    assert answer.value is not None
    return credit(question, answer.value, ON)


@cache
def _extremes(name: str) -> tuple[dict[str, Answer], dict[str, Answer]]:
    best, worst = {}, {}
    for question in loaded(name).questions:
        if not question.scored:
            best[question.id] = worst[question.id] = Answer("none")
            continue
        ranked = sorted(choices(question), key=lambda answer: earned(question, answer))
        worst[question.id], best[question.id] = ranked[0], ranked[-1]
        assert earned(question, ranked[-1]) == 1, question.id
    return best, worst


def best(name: str) -> dict[str, Answer]:
    """The answers of a depot without a flaw."""
    return dict(_extremes(name)[0])


def worst(name: str, *ids: str) -> dict[str, Answer]:
    return {one: _extremes(name)[1][one] for one in ids}


def _everything(field: ProfileField) -> Answer:
    return Answer(tuple(field.words)) if field.type == "several" else Answer(field.words[0])


def depot(
    name: str,
    but: Mapping[str, Answer] | None = None,
    facts: Mapping[str, str | tuple[str, ...]] | None = None,
    accepted: Iterable[str] = (),
) -> Scorecard:
    """A depot without a flaw `but` for the answers given. `facts` differ from one that has a bit of everything."""
    checklist = loaded(name)
    profile = {field.id: _everything(field) for field in checklist.profile}
    profile |= {one: Answer(value) for one, value in (facts or {}).items()}
    assert set(profile) <= {field.id for field in checklist.profile}, "a fact of another checklist"
    answers = best(name) | dict(but or {})
    assert set(answers) <= set(checklist.question), "an answer to a question of another checklist"
    return Scorecard(checklist, answers, profile, ON, set(accepted))


def assert_no_level(card: Scorecard, *dangers: str) -> None:
    """No level, none of `dangers` out of sight, and the way out begins with what stops it."""
    assert card.achieved == 0
    assert card.route is not None
    assert card.route.result.level.level == 1
    stops = {line.question.id for line in (*card.levels[0].criticals, *card.levels[0].absent)}
    assert stops, "a level that is missed by points alone can be had by merits elsewhere"
    assert card.route.steps[0].line.question.id in stops
    assert set(dangers) <= card.on_route | {line.question.id for line in card.lines if line.parent is not None}


# --- The depots that misled


#: As their helps told in version 1.0, the answers beside the bad ones were "not applicable".
HELP_TOLD = ("LIM-02", "LIM-03", "ESH-08", "SUR-03")


def test_s1_a_depot_without_a_licence_and_with_propellant_never_tested_has_no_level() -> None:
    bad = worst("ammunition", "LIM-01", "ESH-07", "SUR-02", "SUR-03")
    card = depot("ammunition", bad, MAGAZINES)
    assert_no_level(card, "LIM-01", "SUR-03")
    for part in ("LIM-02", "LIM-03", "ESH-08"):
        assert card.line[part].standing is Standing.PART, "what hangs on a control that fails, fails with it"
    assert "LIM-02" in {line.question.id for line in card.findings.not_checked}


def test_s1_not_applicable_is_refused_or_leaves_out_what_was_not_asked_anyway() -> None:
    questions = loaded("ammunition").question
    assert not questions["LIM-02"].na
    assert not questions["LIM-03"].na
    assert not questions["SUR-03"].na
    bad = worst("ammunition", "LIM-01", "ESH-07", "SUR-02", "SUR-03")
    na = dict.fromkeys(HELP_TOLD[:3], not_applicable("No store has one."))
    told, asked = depot("ammunition", bad | na, MAGAZINES, HELP_TOLD), depot("ammunition", bad, MAGAZINES)
    assert told.overall == asked.overall
    assert told.achieved == 0


def test_s1_if_counted_one_missing_licence_is_enough() -> None:
    assert_no_level(depot("ammunition", worst("ammunition", "LIM-01"), MAGAZINES), "LIM-01")


# fmt: off
EXPLOSIVES_SAFETY = [
    "LIM-01", "LIM-04", "LIM-05", "LIM-08", "LIM-10", "LIM-12", "ESH-01", "ESH-02", "ESH-03", "ESH-04", "ESH-07",
    "ESH-12", "STK-01", "STK-13", "STK-04", "STK-08", "STK-11", "STK-15", "FIR-02", "FIR-03", "FIR-04", "FIR-05",
    "FIR-06", "FIR-11", "SUR-02", "SUR-11", "SUR-05", "SUR-06", "HSK-05", "EMG-06", "EMG-08",
]
# fmt: on


def test_s2_a_depot_that_is_perfect_but_for_the_safety_of_its_explosives_has_no_level() -> None:
    assert_no_level(depot("ammunition", worst("ammunition", *EXPLOSIVES_SAFETY), MAGAZINES), "LIM-01", "FIR-05")


LOOTED = ["REG-02", "CHK-05", "CHK-06", "LOS-06", "LOS-02", "LOS-04", "LOS-11", "REG-07", "TRN-09"]


def test_s4_a_looted_armoury_has_no_level() -> None:
    card = depot("firearms", worst("firearms", *LOOTED))
    assert_no_level(card, *LOOTED[:6])
    found = [line.question.id for line in card.findings.found]
    assert found == [
        one.id for one in loaded("firearms").questions if one.id in {"REG-02", "CHK-05", "LOS-06", "TRN-09"}
    ]


def test_s4b_nor_one_in_which_those_who_count_also_keep() -> None:
    bad = worst("firearms", *LOOTED, "LED-05", "ISS-02", "LCK-13", "CHK-03", "CHK-09")
    assert_no_level(depot("firearms", bad), "LED-05", "LCK-13", "CHK-09")


def test_s3_one_weapon_missing_of_ten_thousand_is_no_half_credit() -> None:
    card = depot("firearms", {"CHK-05": Answer(Decimal(1))})
    assert_no_level(card, "CHK-05")
    assert [line.question.id for line in card.findings.found] == ["CHK-05"]
    assert card.gaps[0].priority is Priority.IMMEDIATE


def test_s5_the_route_of_a_dangerous_depot_begins_with_the_danger() -> None:
    """Much of the paperwork is missing as well: cheap gains, which the route must not put first."""
    papers = [
        "LCK-11",
        "ACC-01",
        "ACC-05",
        "ACC-06",
        "ACC-09",
        "GRD-03",
        "LOS-01",
        "EMG-04",
        "SIT-01",
        "LOT-02",
        "ISS-06",
        "SOP-02",
        "LED-09",
        "LED-03",
    ]
    card = depot("ammunition", worst("ammunition", *EXPLOSIVES_SAFETY, *papers), MAGAZINES)
    assert card.route is not None
    dangers = {line.question.id for line in card.levels[0].criticals}
    first = [step.line.question.id for step in card.route.steps][: len(dangers - {"LIM-02"})]
    assert set(first) == dangers - {"LIM-02"}, "LIM-02 is put right with LIM-01"
    assert {"LIM-01", "LIM-08", "ESH-02", "FIR-05", "FIR-06", "FIR-11", "SUR-11", "SUR-05", "EMG-06"} <= dangers


@pytest.mark.parametrize(
    ("name", "dangers"),
    [
        ("ammunition", ("DIS-10", "DIS-11")),  # scrap sold, and a ground entered, with what did not explode
        ("ammunition", ("HSK-05",)),  # live rounds leave in empty boxes
        ("ammunition", ("TRN-11",)),  # detonators on the road with high explosive
        ("ammunition", ("EXS-02",)),  # radios beside electric detonators
        ("ammunition", ("LIM-14",)),  # a school nearer than it may be
        ("ammunition", ("PRC-06",)),  # a spark at the bench
        ("firearms", ("UAM-02",)),  # grenades in the armoury
        ("firearms", ("FIR-12",)),  # nobody knows how far to run
        ("firearms", ("LOS-11", "CHK-03")),  # who keeps the weapons counts them, and writes off what is missing
    ],
)
def test_nor_has_one_that_endangers_others_or_hides_its_losses(name: str, dangers: tuple[str, ...]) -> None:
    assert_no_level(depot(name, worst(name, *dangers)), *dangers)


# --- The depots that were wronged


def test_s4c_an_empty_magazine_on_a_rifle_costs_no_level() -> None:
    assert depot("firearms", {"ARM-07": Answer("partial")}).achieved == 3


def test_s4d_a_house_too_near_whose_risk_the_ministry_accepted_in_writing_costs_no_level() -> None:
    bad = {"LIM-07": Answer("partial"), "LIM-13": Answer("yes")}
    assert depot("ammunition", bad, MAGAZINES).achieved == 3


@pytest.mark.parametrize(
    ("flaw", "answer"),
    [("LCK-10", "safe"), ("ESH-02", "minor"), ("CHK-01", ON - dt.timedelta(days=500)), ("FIR-01", "partial")],
)
def test_a_flaw_at_the_floor_costs_no_level(flaw: str, answer: str | dt.date) -> None:
    assert depot("ammunition", {flaw: Answer(answer)}, MAGAZINES).achieved == 3


@pytest.mark.parametrize("name", LEVELLED)
def test_a_depot_without_a_flaw_has_the_top_level(name: str) -> None:
    card = depot(name)
    assert card.achieved == loaded(name).levels[-1].level
    assert not card.findings.found
    assert not card.findings.not_checked
    assert card.gaps == ()


@pytest.mark.parametrize("name", LEVELLED)
def test_a_control_met_in_part_costs_the_first_level_only_where_half_of_it_is_a_danger(name: str) -> None:
    stops = {
        question.id
        for question in loaded(name).questions
        if question.type == "control" and depot(name, {question.id: Answer("partial")}).achieved == 0
    }
    half_a_danger = {"LIM-06", "STK-10", "SUR-03", "REG-02", "GMI-01", "TRA-03"}
    alone_in_its_domain = {"FEV-01"}  # half of it is half of all that level 1 asks of the domain
    assert stops <= half_a_danger | alone_in_its_domain


# --- The property


def _decisive(name: str) -> list[Question]:
    first = loaded(name).levels[0].level
    return [one for one in loaded(name).questions if one.finding or (one.critical and one.level == first)]


@pytest.mark.parametrize("name", LEVELLED)
def test_every_finding_and_every_critical_of_level_1_alone_stops_every_level(name: str) -> None:
    for question in _decisive(name):
        card = depot(name, worst(name, question.id))
        assert card.line[question.id].standing is Standing.ANSWERED, f"{question.id} is not asked"
        assert card.achieved == 0, question.id
        assert depot(name, {question.id: UNKNOWN}).achieved == 0, f"{question.id} unknown"


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_is_critical_at_level_1_and_takes_full_credit_only(name: str) -> None:
    for question in loaded(name).questions:
        if question.finding:
            assert (question.level, question.critical, question.na) == (1, True, False), question.id


# --- Ways round it


def test_to_set_gaps_aside_on_ones_own_word_gains_nothing() -> None:
    gaps = [one.id for one in loaded("ammunition").questions if one.na and one.scored and one.level == 1][:23]
    left = depot("ammunition", worst("ammunition", *gaps), MAGAZINES)
    aside = depot("ammunition", dict.fromkeys(gaps, not_applicable("x")), MAGAZINES)
    assert left.line[gaps[0]].is_gap
    assert {line.question.id for line in aside.set_aside} == set(gaps)
    assert aside.overall.lower is not None
    assert left.overall.lower is not None
    assert aside.overall.lower <= left.overall.lower
    assert aside.achieved == left.achieved == 0


def test_nothing_critical_at_level_1_can_be_set_aside() -> None:
    """But where the help names a depot that has no such thing, and somebody else has to agree."""
    loose = {one.id for name in NAMES for one in loaded(name).questions if one.critical and one.level == 1 and one.na}
    assert loose <= {"DIS-11"}


@pytest.mark.parametrize("name", NAMES)
def test_no_fact_that_hides_questions_takes_none_of_these(name: str) -> None:
    """An empty set of facts would take out of scope whatever hangs on them."""
    assert [one.id for one in loaded(name).profile if one.type == "several" and not one.least] == []


def test_a_domain_that_is_abandoned_gives_no_level() -> None:
    """Merits elsewhere do not make up for a domain at about a third."""
    storage = [
        one.id
        for section in loaded("firearms").sections
        if section.domain == "storage"
        for one in section.questions
        if one.level == 1 and not one.critical and one.weight < 5
    ]
    card = depot("firearms", worst("firearms", *storage))
    assert card.achieved == 0
    assert [short.domain for short in card.levels[0].domains_short] == ["storage"]


def test_the_rapid_one_speaks_of_no_level() -> None:
    card = depot("rapid", worst("rapid", *loaded("rapid").question))
    assert card.levels == ()
    assert card.route is None
    assert len(card.findings.found) == 3
    assert len(loaded("rapid").questions) == 30


def test_the_shipped_checklists_claim_no_standard_s_levels_and_are_scored_by_the_second_rules() -> None:
    for name in NAMES:
        assert rules_of(loaded(name)) == VERSION_2
        assert [one for one in loaded(name).standards.values() if one.kind] == []


#: What `firearms` asks about ammunition.
ABOUT_AMMUNITION = {
    "EXS-04",
    "FIR-11",
    "FIR-12",
    "TRN-06",
    "TRN-07",
    "TRN-11",
    *(f"TRN-{n}" for n in range(13, 18)),
    *(f"DIS-{n}" for n in range(10, 19)),
    *(f"UAM-{n:02}" for n in range(1, 12)),
}


def test_questions_on_ammunition_are_not_asked_of_a_depot_without_any() -> None:
    facts = {"together": "no", "moves": "weapons", "destroyed": "weapons"}
    asked = {line.question.id for line in depot("firearms", facts=facts).lines if line.in_scope}
    assert asked.isdisjoint(ABOUT_AMMUNITION)
    everything = {line.question.id for line in depot("firearms").lines if line.in_scope}
    assert everything >= ABOUT_AMMUNITION


@pytest.mark.parametrize("name", ["ammunition", "firearms"])
def test_whoever_has_destroyed_stock_is_asked_how_though_none_is_left(name: str) -> None:
    """And whoever says that there is no surplus is asked when somebody last looked."""
    destroyed, left = {"DIS-06", "DIS-09", "DIS-11", "DIS-13"}, {"DIS-01", "DIS-02", "DIS-03", "DIS-04", "DIS-19"}
    card = depot(name, facts={"surplus": "no"})
    assert all(card.line[one].in_scope for one in destroyed | {"SUR-14", "SUR-17"})
    assert not any(card.line[one].in_scope for one in left)
    never = depot(name, facts={"surplus": "no", "destroyed": "nothing"})
    assert not any(never.line[one].in_scope for one in destroyed | left)
    assert never.line["SUR-14"].in_scope
