"""The JSON: every key is documented, every documented key is written, and figures are exact."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from stockcheck import language
from stockcheck.assessed import score_file
from stockcheck.assessment.events import Event
from stockcheck.assessment.evidence import Item
from stockcheck.assessment.redaction import Redaction
from stockcheck.assessment.sealing import Found, Seal
from stockcheck.assessment.state import Left
from stockcheck.checklist.model import Checklist
from stockcheck.keys.public import PublicKey
from stockcheck.questionnaire.recorded import Told
from stockcheck.report.about import as_json as about_as_json
from stockcheck.report.as_json import comparison_as_json, scorecard_as_json
from stockcheck.report.json_reference import COMPARE, SCORE, SHOW, Key, paths, reference
from stockcheck.scoring.comparison import ChangeKind, compare
from tests.assessment.crafting import new, read
from tests.report.showing import MIXED, checklist, shown
from tests.report.test_excel import found
from tests.second_year import begin

#: Keys that are names, at these paths.
NAMED = {
    "domains",
    "sections",
    "standards",
    "facts",
    "kinds",
    "levels[].rule_b.domains",
    *(f"{place}.annex.changed" for place in ("checklist", "checklists.before", "checklists.after")),
}
ITEM = Item(7, "Ana", dt.datetime(2026, 3, 1, tzinfo=dt.UTC), name="a.jpg", type="image/jpeg", size=1, sha256="ab" * 32)
#: What an annex of the small checklist would say of itself.
ANNEX = {
    "extends": [{"id": "other", "version": "1", "digest": "0" * 64}],
    "changed": {"CRI-01": ["weight"]},
    "dropped": [{"id": "OLD-01", "reason": "There is none."}],
    "added": ["aside"],
}
DOCUMENT = Path(__file__).parents[2] / "docs" / "json.md"


def written(value: Any, path: str = "") -> set[str]:
    """The paths of what holds no other keys, answers taken whole."""
    if isinstance(value, dict) and value and not path.endswith((".answer", "facts.*")):
        parts = (written(part, f"{path}.{'*' if path in NAMED else key}".lstrip(".")) for key, part in value.items())
        return set().union(*parts)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return set().union(*(written(part, f"{path}[]") for part in value))
    return {path}


def against(documented: tuple[Key, ...], cases: list[dict[str, Any]]) -> tuple[set[str], set[str]]:
    """What is written and not documented, and what is documented and never written."""
    every = set().union(*(written(json.loads(json.dumps(case))) for case in cases))
    known = set(paths(documented))
    above = {part for path in known for part in starts(path)}
    return every - known - above, known - every


def annex() -> Checklist:
    return Checklist.model_validate({**json.loads(checklist().content), "annex": ANNEX})


def removal() -> Redaction:
    return Redaction(3, 2, "text", "0" * 64, "0" * 64, "somebody", dt.datetime(2026, 7, 1, tzinfo=dt.UTC))


def a_seal() -> Found:
    key = PublicKey(b"\1" * 32, b"\2" * 32)
    at = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
    return Found(Seal(4, "somebody", at, "Commander", "0" * 64, 1, 0, key), "wrong", follows=True)


def event_of(folder: Path) -> Event:
    return read(new(folder / "any.stockcheck")).events[0]


def starts(path: str) -> set[str]:
    """The paths above: they may be null, or an empty list."""
    cut = [place for place, sign in enumerate(path) if sign == "."]
    return {path[:place].removesuffix("[]") for place in cut}


def test_every_key_of_a_score_is_documented_and_every_documented_one_is_written(tmp_path: Path) -> None:
    one = shown(tmp_path, MIXED, accepted={"ASI-01"})
    with_standards = found(tmp_path, {})
    redacted = replace(one, record=replace(one.record, redactions=(removal(),), seals=(a_seal(),)))
    left = Left(one.state.checklist, "CRI-01", False, next(iter(one.state.entries.values())), "By the gate", (ITEM,))
    begun = score_file(begin(tmp_path / "depot.stockcheck", tmp_path / "next.stockcheck"), "en")
    cases = [
        scorecard_as_json(case)
        for case in (
            one,
            redacted,
            replace(one, state=replace(one.state, left={(False, "CRI-01"): left}, evidence={"CRI-01": (ITEM,)})),
            with_standards,
            shown(tmp_path, MIXED, checklist(levels=False)),
            shown(tmp_path, MIXED, annex()),
            begun,
        )
    ]
    assert against(SCORE, cases) == (set(), set())


def test_every_key_of_a_comparison_is_documented_and_every_documented_one_is_written(tmp_path: Path) -> None:
    before, after = shown(tmp_path, MIXED), shown(tmp_path, {**MIXED, "DAN-02": Decimal(1), "DAN-01": None})
    national = shown(tmp_path, MIXED, annex())
    cases = [
        comparison_as_json(one, other, compare(one.scorecard, other.scorecard))
        for one, other in ((before, after), (national, national))
    ]
    assert against(COMPARE, cases) == (set(), set())


def test_every_key_of_what_a_file_is_is_documented_and_every_documented_one_is_written(tmp_path: Path) -> None:
    one = shown(tmp_path, MIXED, accepted={"ASI-01"})
    events = [event_of(tmp_path)]
    told = [Told(events[0], "Ana", "Q?", "Yes")]
    left = Left(one.state.checklist, "CRI-01", False, next(iter(one.state.entries.values())), "By the gate", (ITEM,))
    with_left = replace(one, state=replace(one.state, left={(False, "CRI-01"): left}))
    redacted = replace(one, record=replace(one.record, redactions=(removal(),), seals=(a_seal(),)))
    cases = [about_as_json(case, events, told) for case in (one, with_left, redacted, shown(tmp_path, MIXED, annex()))]
    assert against(SHOW, cases) == (set(), set())
    assert "history" not in about_as_json(one, events, None)


def test_the_document_is_in_step() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == reference(), "make it anew with: python docs/json_reference.py"


def test_each_rule_of_a_level_has_what_is_behind_it(tmp_path: Path) -> None:
    level = scorecard_as_json(shown(tmp_path, MIXED))["levels"][0]
    assert level["rule_a"]["threshold"] == {"exact": "4/5", "percent": "80.0"}
    lower, missing = (Fraction(part["exact"]) for part in (level["score"]["lower"], level["rule_a"]["missing"]))
    assert lower + missing == Fraction(4, 5)
    assert level["rule_b"]["domains"]["inventory"]["score"]["lower"]["exact"] == "1/4"
    assert level["rule_b"]["domains"]["inventory"]["least"]["exact"] == "3/5"
    assert level["rule_c"] == {"holds": False, "short": ["CRI-01"], "unseen": ["CRI-02"], "waiting": ["CRI-03"]} | {
        "partly_met": []
    }
    assert level["rule_d"] == {"holds": False, "absent": ["HEA-01"]}


def test_findings_parts_and_what_was_set_aside(tmp_path: Path) -> None:
    found = scorecard_as_json(shown(tmp_path, MIXED, accepted={"ASI-01"}))
    assert [one["id"] for one in found["findings"]["found"]] == ["LOS-01"]
    assert [one["id"] for one in found["findings"]["not_checked"]] == ["DAN-02"]
    assert [one["id"] for one in found["to_check"]] == ["CRI-02", "DAN-02"]
    assert next(one["parts"] for one in found["gaps"] if one["id"] == "PAR-01") == ["PAR-02"]
    assert next(one["fails_with"] for one in found["questions"] if one["id"] == "PAR-02") == "PAR-01"
    reason = "There is none here."
    nobody = {"countersigned_by": None, "countersigned_at": None}
    said = {"id": "CRI-03", "weight": 1, "critical": True, "reason": reason, "by": "first"}
    assert found["set_aside"] == [said | nobody]
    assert [one["id"] for one in found["accepted"]] == ["ASI-01"]
    assert found["score"]["assessed"]["exact"] == "19/21"
    assert [one["id"] for one in found["critical_out_by_fact"]] == ["ARM-01"]


def test_the_steps_of_the_route_end_where_the_level_holds(tmp_path: Path) -> None:
    route = scorecard_as_json(shown(tmp_path, MIXED))["route"]
    after = [Fraction(step["score_after"]["exact"]) for step in route["steps"]]
    assert after == sorted(after)
    assert after[-1] >= Fraction(4, 5)
    assert [step["id"] for step in route["steps"] if step["countersign"]] == ["CRI-03", "ASI-01"]


def test_without_levels_there_is_no_figure_for_one(tmp_path: Path) -> None:
    found = scorecard_as_json(shown(tmp_path, MIXED, checklist(levels=False)))
    assert found["levels"] == []
    assert (found["achieved"], found["reachable"], found["route"], found["blocks_next_level"]) == (None,) * 4
    assert {one["level"] for one in found["gaps"] + found["questions"]} == {None}


@pytest.mark.parametrize("rules", [1, 2])
def test_it_says_which_rules_have_scored_it(tmp_path: Path, rules: int) -> None:
    assert scorecard_as_json(shown(tmp_path, MIXED, checklist(rules=rules)))["rules"] == rules


def test_an_untouched_assessment_is_one(tmp_path: Path) -> None:
    assert scorecard_as_json(shown(tmp_path, {}))["nothing_answered"] is True
    assert scorecard_as_json(shown(tmp_path, {"INV-02": "no"}))["nothing_answered"] is False


def test_the_parts_of_a_change_sum_to_it_and_kinds_are_counted(tmp_path: Path) -> None:
    before, after = shown(tmp_path, MIXED), shown(tmp_path, {**MIXED, "CRI-01": "yes", "INV-02": None})
    with language.speaking("es"):
        case = comparison_as_json(before, after, compare(before.scorecard, after.scorecard))
    exact = [Fraction(case[name]["exact"]) for name in ("by_answers", "by_checklist", "change", "before", "after")]
    assert exact[0] + exact[1] == exact[2] == exact[4] - exact[3]
    assert case["kinds"] == {
        kind.value: sum(one["change"] == kind.value for one in case["changes"]) for kind in ChangeKind
    }
    assert case["kinds"]["still a gap"] > 0
    assert case["change"]["percent"].startswith("-")
    assert "." in case["change"]["percent"], "a program reads a full stop in every language"
