"""What a report says of a second year: the first one's figures from its own file, and since when gaps stand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from stockcheck import language
from stockcheck.assessed import Assessed, begun_from, score_file
from stockcheck.assessment.file import open_file
from stockcheck.report import about
from stockcheck.report.as_json import comparison_as_json, scorecard_as_json
from stockcheck.report.content.changes import changes, check_order
from stockcheck.report.content.questions import why_open
from stockcheck.report.content.still_to_check import on_paper
from stockcheck.report.data.tables import tables
from stockcheck.report.to_do import since
from stockcheck.scoring.comparison import compare
from tests.report.showing import MIXED, shown
from tests.scoring.building import ON, answers
from tests.second_year import begin

LATER = {"CRI-01": "yes", "HEA-01": "no", "INV-01": "yes", "LAT-01": "partial"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("two")


@pytest.fixture(scope="module")
def both(folder: Path) -> tuple[Assessed, Assessed]:
    """The first year, opened from its own file, and the second, which has confirmed or changed some of it."""
    language.use("en")
    shown(folder, MIXED)
    old = folder / "depot.stockcheck"
    with open_file(old, write=True, by="Ana") as file:
        file.note("CRI-01", "By the gate")
        file.act({"HEA-01": {"owner": "Dan", "due": ON}})
    second = begin(old, folder / "second")
    with open_file(second, write=True, by="Ben") as file:
        for name, answer in answers(LATER).items():
            file.answer(file.checklist.question[name], answer)
    return score_file(old, "en"), score_file(second, "en")


def test_the_embedded_year_gives_the_figures_that_its_own_file_gives(both: tuple[Assessed, Assessed]) -> None:
    old, now = both
    embedded = begun_from(now, "en")
    assert embedded is not None
    check_order(embedded, now)
    told, by_itself = changes(embedded, now, now.state.on), changes(old, now, now.state.on)
    assert told[1:] == by_itself[1:]
    assert told[0].content[1:] == by_itself[0].content
    assert since(embedded, now) == since(old, now)
    made = dt.datetime(2027, 7, 1, tzinfo=dt.UTC)
    assert tables(now, made, embedded) == tables(now, made, old)
    assert comparison_as_json(embedded, now, compare(embedded.scorecard, now.scorecard)) == comparison_as_json(
        old, now, compare(old.scorecard, now.scorecard)
    )


def test_a_gap_knows_since_when_it_stands(both: tuple[Assessed, Assessed], folder: Path) -> None:
    found = {gap["id"]: gap["since"] for gap in scorecard_as_json(both[1])["gaps"]}
    assert found["HEA-01"] == ON.isoformat()
    assert found["LAT-01"] == ON.isoformat()
    third = begin(folder / "second", folder / "third")
    with open_file(third, write=True, by="Cora") as file:
        for name, answer in answers({"HEA-01": "partial", "INV-02": "no", "INV-01": "no"}).items():
            file.answer(file.checklist.question[name], answer)
    later = {gap["id"]: gap["since"] for gap in scorecard_as_json(score_file(third, "en"))["gaps"]}
    assert later["HEA-01"] == ON.isoformat(), "over both years"
    assert later["INV-01"] is None, "it was put right meanwhile"


def test_what_is_still_to_confirm_is_told_with_what_is_open(both: tuple[Assessed, Assessed]) -> None:
    _old, now = both
    told = why_open(now)
    said = {name: words for name, words in told.items() if "Last time (30 Jun 2026): " in words}
    listed = {one["id"] for one in scorecard_as_json(now)["to_confirm"] if not one["fact"]}
    assert listed
    assert listed == {name for name, words in said.items() if words.endswith("; to confirm")}
    assert listed.isdisjoint(LATER)
    printed = [fact.text for sheet in on_paper(now) for asked in sheet.asked for fact in asked.more]
    assert sum("to confirm" in text for text in printed) == len(listed)
    begun = scorecard_as_json(now)["begun_from"]
    assert (begun["date"], begun["head"]) == (ON.isoformat(), both[0].record.head)


def test_show_says_from_which_assessment_it_began(both: tuple[Assessed, Assessed], tmp_path: Path) -> None:
    old, now = both
    lines = list(about.in_words(now, []))
    assert f"Begun from the assessment of 30 Jun 2026, short code {old.record.code}" in lines
    waits = len(scorecard_as_json(now)["to_confirm"])
    assert f"{waits} answers of it wait to be confirmed, and count for nothing until then." in lines


def test_a_date_moved_to_before_the_first_year_leaves_nothing_to_compare_with(tmp_path: Path) -> None:
    shown(tmp_path, MIXED)
    second = begin(tmp_path / "depot.stockcheck", tmp_path / "second")
    with open_file(second, write=True, by="Ben") as file:
        file.describe({"on": (ON - dt.timedelta(1)).isoformat()})
    assert begun_from(score_file(second, "en"), "en") is None
