"""The sentences and cells of a result, word for word: one and several, the edges of a share, and who said so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from stockcheck import language
from stockcheck.assessed import Assessed, score_opened
from stockcheck.assessment.file import open_file
from stockcheck.checklist.model import DOMAINS
from stockcheck.report import standing, wording
from stockcheck.report.content import questions, results
from stockcheck.report.content.aside import aside
from stockcheck.report.content.findings import findings_and_facts
from stockcheck.report.content.method import method
from stockcheck.report.content.parts import Fact, Sentence, in_words
from stockcheck.scoring.scorecard import Scorecard
from tests.report.showing import MIXED, checklist, shown
from tests.scoring.building import ON, Given, built, card, control, options


def facts(assessed: Assessed) -> dict[str, str]:
    parts = findings_and_facts(assessed)
    return {one.label: one.text for part in parts for one in part.content if isinstance(one, Fact)}


def test_what_is_set_aside_says_why_by_whom_and_who_has_agreed(tmp_path: Path) -> None:
    shown(tmp_path, {"CRI-03": "na", "ASI-01": "na"})
    with open_file(tmp_path / "depot.stockcheck", write=True, by="second") as file:
        file.review("ASI-01", True)
        rows = {
            str(row[0]): row[1:] for part in aside(score_opened(file, "en")) for one in part.tables for row in one.rows
        }
    assert rows["CRI-03"][:3] == ("Is CRI-03 in place?", "There is none here.", "first")
    assert rows["ASI-01"][:3] == ("Is ASI-01 in place?", "There is none here.", "first")
    assert str(rows["ASI-01"][-1]).startswith("second, ")


@pytest.mark.parametrize(("rules", "words"), [(1, "all questions up to it"), (2, "stands on its own questions")])
def test_the_method_tells_the_rules_that_have_scored(tmp_path: Path, rules: int, words: str) -> None:
    one = shown(tmp_path, MIXED, checklist(rules=rules))
    said = "\n".join(piece.text for part in method(one) for piece in part.content if isinstance(piece, Sentence))
    assert (words in said, ("A name is only a name." in said)) == (True, rules == 2)
    assert ("Questions that do not apply count nowhere." in said) is (rules == 1)


def test_each_domain_has_a_title_of_its_own() -> None:
    assert len({wording.domain(name) for name in DOMAINS}) == len(DOMAINS)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"A": "yes", "B": "yes", "C": "yes"}, "100.0 %"),
        ({"A": "yes", "B": "yes"}, "66.7 %, up to 100.0 % once 1 open question is settled"),
        ({"A": "yes", "B": "unknown"}, "33.3 %, up to 100.0 % once 2 open questions are settled"),
        ({"A": "na", "B": "na", "C": "na"}, "not applicable"),
    ],
)
def test_a_score_says_how_far_it_may_still_rise_and_what_that_hangs_on(given: dict[str, Given], words: str) -> None:
    made = card(built(*map(control, "ABC")), given, accepted=[name for name in given if given[name] == "na"])
    assert wording.interval(made.overall) == words


def test_a_level_has_its_number_and_title() -> None:
    made = card(built(control("A"), thresholds=("0.8", "0.9")), {})
    assert [wording.level(made, number) for number in (0, 1, 2)] == [
        "below level 1",
        "level 1 (Level 1)",
        "level 2 (Level 2)",
    ]


@pytest.mark.parametrize(
    ("answer", "remedy", "words"),
    [
        ("no", "Mend it.", "Mend it."),
        ("no", None, ""),
        ("unknown", "Mend it.", "Nobody could say: find out first. Mend it."),
        ("unknown", None, "Nobody could say: find out first."),
        (None, "Mend it.", "To check: nobody has looked yet. If it falls short: Mend it."),
        (None, None, "To check: nobody has looked yet."),
    ],
)
def test_to_find_out_comes_before_to_put_right(answer: str | None, remedy: str | None, words: str) -> None:
    made = card(built(control("A", remedy=remedy)), {"A": answer})
    assert wording.remedy(made.line["A"]) == words


@pytest.mark.parametrize(
    ("days", "words"), [(0, "2026-06-30 (0 days)"), (1, "2026-06-29 (1 day)"), (2, "2026-06-28 (2 days)")]
)
def test_a_date_is_told_with_its_age(days: int, words: str) -> None:
    dated = control("A", type="date", bands=[{"at_most": 31, "credit": 1}])
    made = card(built(dated), {"A": ON - dt.timedelta(days=days)})
    assert wording.answer(made.line["A"], ON) == words
    assert wording.answer(card(built(dated), {"A": "unknown"}).line["A"], ON) == "Unknown"


def test_what_was_removed_is_listed_up_to_a_number_and_the_rest_counted(tmp_path: Path) -> None:
    with open_file(shown_path(tmp_path), write=True, by="clerk") as file:
        for number in range(3):
            file.note("CRI-01", f"note {number}")
        for entry in (2, 3, 4):
            file.redact(entry)
        record = file.record
    for most in (3, 4):
        lines = wording.removed(record, most)
        assert [line.split(" clerk, ")[0] for line in lines] == [
            f"The text was removed from entry #{entry}." for entry in (2, 3, 4)
        ]
        assert all(line.endswith(f" UTC (#{entry})") for line, entry in zip(lines, (5, 6, 7), strict=True))
    assert wording.removed(record, 1)[1:] == ["… and 2 more."]


def shown_path(folder: Path) -> Path:
    shown(folder, {}, profile={})
    return folder / "depot.stockcheck"


def stood(given: dict[str, Given], **keys: Any) -> Scorecard:
    criticals = [control(name, critical=True) for name in ("C-1", "C-2")]
    return card(built(*criticals, control("H-1", weight=5), control("H-2", weight=5), **keys), given)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"C-1": "no", "C-2": "no", "H-1": "no", "H-2": "no"},
            [
                "2 critical controls fall short: C-1, C-2",
                "nothing can be shown of 2 controls of weight 5: H-1, H-2",
            ],
        ),
        (
            {},
            [
                "2 critical controls that nobody has looked at: C-1, C-2",
                "2 controls of weight 5 that nobody has looked at: H-1, H-2",
            ],
        ),
        (
            {"C-1": "na", "C-2": "na", "H-1": "yes", "H-2": "na"},
            [
                "2 critical controls set aside wait for a countersignature: C-1, C-2",
                "1 control of weight 5 set aside waits for a countersignature: H-2",
            ],
        ),
        (dict.fromkeys(("C-1", "C-2", "H-1", "H-2"), "yes"), []),
    ],
)
def test_several_that_stop_a_level_are_counted_and_named(given: dict[str, Given], words: list[str]) -> None:
    (result,) = stood(given, thresholds=("0.1",)).levels
    said = standing.stops(result)
    assert [line for line in said if "score" not in line and "domain" not in line] == words


def test_a_route_counts_its_controls_and_its_effort() -> None:
    made = stood({"C-1": "yes", "C-2": "no", "H-1": "yes", "H-2": "yes"}, thresholds=("0.9",))
    assert made.route is not None
    assert standing.route(made.route) == "Least effort to level 1: 1 control, effort 2"
    made = stood({"C-1": "no", "C-2": "no", "H-1": "yes", "H-2": "yes"}, thresholds=("0.9",))
    assert made.route is not None
    assert standing.route(made.route) == "Least effort to level 1: 2 controls, effort 4"


def test_a_step_that_comes_just_short_of_the_threshold_says_so() -> None:
    # Half of 1 + 0.59998 lies at 79.999 %.
    half = control("B", type="choice", options=options(some="0.59998", all="1"))
    made = card(built(control("A"), half, thresholds=("0.8",)), {"A": "no", "B": "some"})
    assert made.route is not None
    (result,) = made.levels
    assert [standing.after(step, result) for step in made.route.steps] == ["79.999 %", "100.0 %"]
    made = card(made.checklist, {"A": "yes", "B": "some"})
    (part,) = results.levels(made)
    ((score, threshold),) = part.tables[0].only(("score", "threshold")).rows
    assert (in_words(score), in_words(threshold)) == ("79.999 %", "80.0 %")


def test_a_threshold_is_shown_as_it_was_set() -> None:
    made = card(built(control("A"), thresholds=("0.82125",)), {"A": "yes"})
    ((threshold,),) = results.levels(made)[0].tables[0].only(("threshold",)).rows
    assert in_words(threshold) == "82.125 %"


def test_a_level_says_whether_it_holds_and_whether_it_is_within_reach() -> None:
    made = card(
        built(control("A"), control("B"), control("C", level=2), thresholds=("0.8", "0.8", "0.8")), {"A": "yes"}
    )
    rows = results.levels(made)[0].tables[0].only(("holds", "reachable")).rows
    assert rows == (("no", "yes"), ("no", "yes"), ("no question applies", "no question applies"))
    out_of_reach = results.levels(card(made.checklist, {"A": "no"}))[0].tables[0].only(("holds", "reachable")).rows
    assert out_of_reach[0] == ("no", "no")


def test_gaps_are_counted_at_each_priority(tmp_path: Path) -> None:
    counted = standing.counts(shown(tmp_path, MIXED).scorecard.gaps)
    assert counted == "immediate 2, high 1, medium 1, low 2"


def test_several_set_aside_and_several_accepted_are_told_with_their_weight() -> None:
    made = built(*(control(f"A-{n}", weight=n, critical=n == 1) for n in (1, 2, 3, 4)))
    given: dict[str, Given] = dict.fromkeys(("A-1", "A-2", "A-3"), "na")
    assert standing.set_aside(card(made, given)) == [
        "3 questions set aside as not applicable, weight 6, 1 critical: they wait for a countersignature and count as "
        "open"
    ]
    (accepted,) = standing.set_aside(card(made, given, accepted=given))
    assert accepted == (
        "3 questions accepted as not applicable, weight 6, 1 critical; "
        "the figures rest on 40.0 % of the weight that could apply"
    )
    (every,) = standing.set_aside(card(made, given | {"A-4": "na"}, accepted=(*given, "A-4")))
    assert every.endswith("; nothing is left that applies")
    (one,) = standing.set_aside(card(made.model_copy(update={"rules": 1}), {"A-2": "na"}))
    assert one == (
        "1 question set aside as not applicable, weight 2, 0 critical: nobody had to agree; "
        "the figures rest on 80.0 % of the weight that could apply"
    )


def test_several_criticals_out_by_facts_are_counted() -> None:
    kinds = {"id": "kinds", "type": "several", "text": "?", "options": {"arms": "Arms", "rounds": "Rounds"}}
    arms = {"profile": "kinds", "has": ["arms"]}
    made = built(*(control(name, critical=True, when=arms) for name in ("A-1", "A-2")), profile=(kinds,))
    assert standing.out_by_fact(card(made, {}, {"kinds": ("rounds",)})) == [
        "By facts about the depot, 2 critical questions do not apply:",
        "A-1 Is A-1 in place?",
        "A-2 Is A-2 in place?",
    ]
    assert standing.out_by_fact(card(made, {}, {"kinds": ("arms",)})) == []


@pytest.mark.parametrize("rules", [1, 2])
def test_that_old_rules_have_scored_is_a_remark_before_the_figures(rules: int) -> None:
    made = card(built(control("A"), rules=rules), {"A": "yes"})
    said = [one for one in results.in_short(made).content if isinstance(one, Sentence)]
    remarks = [one.text for one in said if one.weight == "remark"]
    assert remarks == (["Scored by the rules of version 1"] if rules == 1 else [])


def test_a_fact_that_nobody_gave_says_so(tmp_path: Path) -> None:
    nobody = shown(tmp_path, {}, profile={})
    assert standing.facts(nobody) == ["What is held? not answered"]
    first = questions.answers(nobody).only(("section", "standing", "answer", "by", "at")).rows[0]
    assert first == ("About the depot", "Not answered", "", "", None)
    with language.speaking("es"):
        one = shown(tmp_path, {})
        assert standing.facts(one) == ["What is held? Rounds"]
        assert facts(one)["What is held?"] == "Rounds"
