"""What a result tells, wherever it is shown: findings before figures, and every reason in words. S-3 to S-8."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from rich.console import Console

from stockcheck import language
from stockcheck.checklist.model import Checklist
from stockcheck.questionnaire import headline
from stockcheck.report.as_json import scorecard_as_json
from stockcheck.report.terminal import print_comparison
from stockcheck.scoring.comparison import compare
from tests.report.showing import MIXED, checklist, printed, sheets, shown
from tests.scoring.building import built, control, options

#: What stops level 1 of the mixed depot, rule by rule.
REASONS = [
    "the score of its questions is 13.2 %, the threshold 80.0 %",
    "Inventory is at 25.0 %, and no domain may be below 60.0 %",
    "1 critical control falls short: CRI-01",
    "1 critical control that nobody has looked at: CRI-02",
    "1 critical control set aside waits for a countersignature: CRI-03",
    "nothing can be shown of 1 control of weight 5: HEA-01",
]


def test_findings_come_before_any_figure_in_checklist_order(tmp_path: Path) -> None:
    one = shown(tmp_path, MIXED)
    report = sheets(one, tmp_path)
    for text in (printed(one), report["Summary"]):
        places = [
            text.index(part) for part in ("Loss found: LOS-01 Is LOS-01 in place?", "Not checked, a possible dan")
        ]
        assert places == sorted(places)
        assert places[-1] < text.index("Score")
        assert "DAN-01 Is" not in text[: text.index("Score")], "looked for, and not there"
        assert "%" not in text[: places[0]]
    assert report["Scores"].index("FOUND: LOS-01 (loss)") < report["Scores"].index("Score\n")


@pytest.mark.parametrize("reason", REASONS)
def test_what_stops_the_next_level_is_said_in_words(tmp_path: Path, reason: str) -> None:
    one = shown(tmp_path, MIXED)
    assert f"- {reason}\n" in printed(one)
    report = sheets(one, tmp_path)
    assert reason in report["Way to level 1"].splitlines()
    assert reason in report["Scores"].splitlines()


def test_a_score_just_below_its_threshold_is_not_shown_as_the_threshold(tmp_path: Path) -> None:
    good = options(good="0.79999", bad="0")
    made = built(control("A-1", type="choice", options=good), thresholds=("0.8",))
    one = shown(tmp_path, {"A-1": "good"}, made, {})
    assert "the score of its questions is 79.999 %, the threshold 80.0 %" in printed(one)
    assert Decimal("0.79999") == Decimal(sheets(one, tmp_path)["Scores"].split("1  Level 1\n")[1].split("\n")[0])


def test_a_level_that_only_the_one_below_stops_says_so(tmp_path: Path) -> None:
    one = shown(tmp_path, {**MIXED, "LAT-01": "yes", "LAT-02": "yes"})
    assert "the level below does not hold" in sheets(one, tmp_path)["Scores"].splitlines()


def test_what_was_set_aside_and_what_was_accepted_are_told_apart_with_their_weight(tmp_path: Path) -> None:
    one = shown(tmp_path, MIXED, accepted={"ASI-01"})
    waiting = "1 question set aside as not applicable, weight 1, 1 critical: it waits for a countersignature"
    accepted = "1 question accepted as not applicable, weight 2, 0 critical; the figures rest on 90.5 % of the weight"
    for text in (printed(one), sheets(one, tmp_path)["Summary"]):
        assert waiting in text
        assert accepted in text


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_an_untouched_assessment_says_so_and_looks_like_it(tmp_path: Path, code: str) -> None:
    one = shown(tmp_path, {}, profile={})
    with language.speaking(code):
        nothing = language._("Nothing answered yet")
        text, report = printed(one), sheets(one, tmp_path)
        titles = [language._(name) for name in ("Summary", "Scores")]
        no_gaps, below = language._("No gaps among the answers so far."), language._("below level 1")
    assert nothing in text
    assert no_gaps not in text
    assert below not in text
    for name in titles:
        assert nothing.casefold() in report[name].casefold()
    lines = report[titles[0]].splitlines()
    assert below not in lines
    assert "%" not in report[titles[0]]
    assert lines.count("–") >= 4, "no figure in the tiles, and none beside a bar"


def test_free_text_alone_is_no_answer_that_a_figure_could_rest_on(tmp_path: Path) -> None:
    assert "No scored question answered yet" in printed(shown(tmp_path, {"TXT-01": "Keys"}))


def test_without_levels_none_is_spoken_of(tmp_path: Path) -> None:
    one = shown(tmp_path, MIXED, checklist(levels=False))
    report = sheets(one, tmp_path)
    spoken = [text for title, text in report.items() if not title.startswith("sc_")]  # the columns of data are the same
    for text in (printed(one), *spoken):
        assert "level" not in text.casefold()
        assert "route" not in text.casefold()
        assert "way to" not in text.casefold()
    assert "critical control, needed first" in report["Findings by section"]


def test_what_is_to_check_stands_before_the_gaps_of_its_priority(tmp_path: Path) -> None:
    one = shown(tmp_path, MIXED)
    text = printed(one)
    heads = [line for line in text.splitlines() if line.startswith(("Immediate", "High", "Medium", "Low"))]
    assert [line.split("  Is ")[0] for line in heads] == [
        "Immediate  to check  CRI-02",
        "Immediate  LOS-01",
        "Immediate  CRI-01",
        "High  to check  DAN-02",
        "High  HEA-01",
        "Medium  INV-01",
        "Low  PAR-01",
        "Low  LAT-01",
    ]
    plan = sheets(one, tmp_path)["Action plan"]
    assert plan.index("Find out: is CRI-02 in place?") < plan.index("Partial: is CRI-01 in place?")
    assert "To check: nobody has looked yet." in plan


def test_what_fails_with_its_parent_is_listed_under_it(tmp_path: Path) -> None:
    one = shown(tmp_path, MIXED)
    lines = [line.strip() for line in printed(one).splitlines()]
    parent = next(place for place, line in enumerate(lines) if line.startswith("Low  PAR-01"))
    assert "with it: PAR-02 Is PAR-02 in place?" in lines[parent : parent + 4]
    report = sheets(one, tmp_path)
    assert "Is PAR-01 in place? bad\nwith it: PAR-02 Is PAR-02 in place?" in report["Action plan"]
    assert "\nwith it: PAR-02 Is PAR-02 in place?" in report["Findings by section"]


def test_the_route_is_steps_each_with_the_score_after_it(tmp_path: Path) -> None:
    one = shown(tmp_path, MIXED)
    route = one.scorecard.route
    assert route is not None
    lines = [line.strip() for line in printed(one).splitlines()]
    steps = [line for line in lines if "then the level is at" in line]
    assert [line.split(". ")[1].split(":")[0].split(",")[0] for line in steps] == [
        step.line.question.id for step in route.steps
    ]
    assert steps[0].startswith("1. CRI-02: to check, effort 2; then the level is at ")
    assert any(line.startswith(f"{n}. CRI-03: countersign, or put right") for n, line in enumerate(steps, start=1))
    assert "CRI-03\nCountersign that it does not apply, or put it right." in sheets(one, tmp_path)["Way to level 1"]


@pytest.mark.parametrize("rules", [1, 2])
def test_only_what_the_first_rules_have_scored_says_so_on_every_face(tmp_path: Path, rules: int) -> None:
    one = shown(tmp_path, MIXED, checklist(rules=rules))
    report = sheets(one, tmp_path)
    for text in (printed(one), report["Summary"], report["Scores"]):
        assert ("Scored by the rules of version 1" in text) is (rules == 1)
    assert f"Scored by the rules of version {rules}." in report["Method and words"]
    assert ("Each level stands on its own questions." in report["Method and words"]) is (rules == 2)


def test_facts_and_the_criticals_that_left_by_one_stand_on_the_first_pages(tmp_path: Path) -> None:
    one = shown(tmp_path, MIXED)
    report = sheets(one, tmp_path)
    assert "What is held? Rounds" in report["Summary"]
    words = "By a fact about the depot, 1 critical question does not apply:\nARM-01 Is ARM-01 in place?"
    assert words.replace("\n", " ") in report["Summary"]
    assert list(report)[1] == "Findings and facts"
    assert "ARM-01\nIs ARM-01 in place?" in report["Findings and facts"]
    assert words in printed(one).replace("\n    ", "\n")
    armed = shown(tmp_path, MIXED, profile={"kinds": ("arms",)})
    assert "does not apply:" not in sheets(armed, tmp_path)["Summary"]


def test_levels_are_the_checklists_own_unless_a_standard_sets_them(tmp_path: Path) -> None:
    own = "The levels are this checklist’s own"
    made = checklist()
    assert own in sheets(shown(tmp_path, MIXED, made), tmp_path)["Method and words"]
    standards = {"S": {"title": "A standard", "kind": "levels-of"}, "T": {"title": "Another"}}
    made = Checklist.model_validate({**json.loads(made.content), "standards": standards})
    method = sheets(shown(tmp_path, MIXED, made), tmp_path)["Method and words"]
    assert own not in method
    assert "The levels follow S." in method


def test_a_comparison_begins_with_what_was_found_and_tells_a_recurring_gap(tmp_path: Path) -> None:
    before = shown(tmp_path, MIXED)
    after = shown(tmp_path, {**MIXED, "CRI-01": "yes", "INV-02": None, "LOS-01": None})
    out = io.StringIO()
    comparison = compare(before.scorecard, after.scorecard)
    print_comparison(Console(file=out, width=300, markup=False), before, after, comparison)
    text = out.getvalue()
    assert text.index("Loss found: LOS-01") < text.index("Score: ")
    groups = {part.split(" (")[0]: part for part in text.split("\n\n")[2:]}
    assert "HEA-01" in groups["Still a gap"]
    assert "INV-02" in groups["No longer answered"]
    assert "CRI-01" in groups["Improved"]
    assert "Owed to answers: −" in text


def test_a_level_that_nothing_stands_on_is_neither_had_nor_refused(tmp_path: Path) -> None:
    """S-5: an empty level gives none, and the highest is not said to hold."""
    empty = "No higher level has a question that applies here: it is neither had nor refused."
    made = shown(tmp_path, {"A-1": "yes"}, built(control("A-1")), {})  # three levels, and a question of the first alone
    assert "The top level holds." not in printed(made)
    assert empty in printed(made)
    assert sheets(made, tmp_path)["Scores"].count("no question applies") == 4
    top = printed(shown(tmp_path, {"A-1": "yes"}, built(control("A-1"), thresholds=("0.8",)), {}))
    assert "The top level holds." in top
    assert empty not in top


@pytest.mark.parametrize("accepted", [set(), {"CRI-01"}])
def test_what_is_only_set_aside_is_no_answer_and_no_gap_is_spoken_of(tmp_path: Path, accepted: set[str]) -> None:
    """One person's word, or two, that a question does not apply leaves nothing that a figure could rest on."""
    one = shown(tmp_path, {"CRI-01": "na"}, accepted=accepted)
    text, report = printed(one), sheets(one, tmp_path)
    for face in (text, report["Summary"], report["Scores"]):
        assert "no scored question answered yet" in face.casefold()
        assert "0.0 %" not in face.replace("100.0 %", "")
        assert ("1 question accepted" if accepted else "1 question set aside as not applicable, weight 1") in face
    assert "No gaps among the answers" not in text


def test_where_nothing_is_set_aside_every_face_says_so(tmp_path: Path) -> None:
    one = shown(tmp_path, {"CRI-01": "yes"})
    report = sheets(one, tmp_path)
    for face in (printed(one), report["Summary"], report["Findings and facts"]):
        assert "No question is set aside" in face


def test_where_all_was_accepted_nothing_is_left_and_no_share_is_given(tmp_path: Path) -> None:
    one = shown(tmp_path, {"A-1": "na"}, built(control("A-1")), {}, accepted={"A-1"})
    for code, words in (("en", "nothing is left that applies"), ("es", "no queda nada que se aplique")):
        with language.speaking(code):
            assert words in printed(one)
            assert "not applicable of" not in printed(one)


def test_what_nobody_has_looked_at_is_to_be_found_out_and_is_no_gap(tmp_path: Path) -> None:
    first = sheets(shown(tmp_path, {}), tmp_path)["Summary"]
    assert "1.  CRI-01\nFind out: is CRI-01 in place?" in first
    assert "0 immediate gaps, 3 critical never checked" in first
    assert "Worst" not in first
    both = sheets(shown(tmp_path, MIXED), tmp_path)["Summary"]
    assert "CRI-02\nFind out: is CRI-02 in place?" in both
    assert "CRI-01\nFind out" not in both


@pytest.mark.parametrize(
    ("code", "open_"), [("en", "open: nothing answered yet"), ("es", "abierto: sin ninguna respuesta")]
)
def test_no_bar_where_nothing_was_answered(tmp_path: Path, code: str, open_: str) -> None:
    """Not 0 to 100 %: a bar to the end of the chart looks good, and says nothing."""
    one = shown(tmp_path, {"INV-02": "yes"})
    with language.speaking(code):
        first = sheets(one, tmp_path)[language._("Summary")]
        storage = language._("Storage")
    assert f"\n{storage}\n{open_}\n–\n–\n" in first
    assert "\nbooks\n0.25\n1\n" in first, "its bar is made of cells that hold nothing"


def test_criticals_that_are_only_partly_met_stand_beside_the_level(tmp_path: Path) -> None:
    made = built(control("A-1", critical="0.5"), control("A-2", weight=4), thresholds=("0.8",))
    one = shown(tmp_path, {"A-1": "partial", "A-2": "yes"}, made, {})
    report = sheets(one, tmp_path)
    said = "1 critical control is only partly met"
    for face in (printed(one), *(report[name] for name in ("Summary", "Scores"))):
        assert said in face
    for face in (printed(one), report["Summary"], report["Findings and facts"], report["Scores"]):
        assert "A-1 Is A-1 in place?" in face.replace("A-1\n", "A-1 ")
    assert headline.level(one.scorecard) == f"level 1 · {said}"
    found = scorecard_as_json(one)
    assert (found["partly_met"], found["levels"][0]["rule_c"]["partly_met"]) == (["A-1"], ["A-1"])
    whole = shown(tmp_path, {"A-1": "yes", "A-2": "yes"}, made, {})
    assert said not in printed(whole)
    below = shown(tmp_path, {"A-1": "partial", "A-2": "no"}, made, {})
    assert said not in printed(below), "no level is reached that it could stand beside"


@pytest.mark.parametrize(
    ("code", "nothing"), [("en", "Nothing answered yet"), ("es", "Todavía no hay ninguna respuesta")]
)
def test_a_comparison_with_what_nobody_has_answered_gives_no_change(tmp_path: Path, code: str, nothing: str) -> None:
    before = shown(tmp_path, {}, profile={})
    after = shown(tmp_path, MIXED)
    with language.speaking(code):
        out = io.StringIO()
        comparison = compare(before.scorecard, after.scorecard)
        print_comparison(Console(file=out, width=300, markup=False), before, after, comparison)
        change = language._("Change: {change}").split(":")[0] + ": "
    assert f": {nothing} → " in out.getvalue()
    assert "0.0 %" not in out.getvalue()
    assert change not in out.getvalue()


def test_the_facts_stand_before_what_may_be_long_on_the_first_page(tmp_path: Path) -> None:
    first = sheets(shown(tmp_path, MIXED), tmp_path)["Summary"]
    parts = ("Does NOT reach level 1", "What is held?", "By a fact about the depot", "Section", "The first orders")
    places = [first.index(part) for part in parts]
    assert places == sorted(places)
