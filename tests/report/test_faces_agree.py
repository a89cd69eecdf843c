"""JSON, page, workbook, terminal and screen say the same of an assessment, figure by figure, whatever was answered.

The JSON has every figure exactly; so each other face is compared with it, and the tables of page and workbook with one
another, cell by cell.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from stockcheck import language
from stockcheck.assessed import Assessed
from stockcheck.questionnaire import headline
from stockcheck.report import excel, html
from stockcheck.report.as_json import scorecard_as_json
from stockcheck.report.content.results import FEWEST
from tests.report.pages import Node, read, rows, titles
from tests.report.showing import MIXED, checklist, printed, shown
from tests.report.test_excel import MADE
from tests.scoring.depots import Depots
from tests.volume import some

#: What of a set of questions the JSON has, by the keys that the columns of the tables have.
SHARES = {"score": "lower", "up_to": "upper", "answered": "answered"}
COUNTS = {"questions": "questions", "open": "open", "set_aside": "set_aside", "accepted": "accepted", "gaps": "gaps"}
#: The tables that page and workbook both have whole, and the sheet that each stands on, by the section of the page.
TABLES = {
    "scores": ("Scores", ("overall", "domains", "levels", "sections", "standards", "route")),
    "way": ("", ("route", "quick_wins")),
    "plan": ("Action plan", ("plan",)),
    "aside": ("Set aside, flagged, to review", ("waiting", "sent_back", "accepted", "flagged", "review")),
    "answers": ("Answers", ("answers",)),
}


def depots(seed: int, count: int, folder: Path) -> Iterator[Assessed]:
    """Random checklists with random answers of every kind, some of them set aside and some of those accepted."""
    stream = Depots(seed, most=14)
    for _number in range(count):
        case = stream.one()
        yield shown(folder, case.given, case.checklist, case.profile, case.accepted)


class Faces:
    """One assessment as each face has it."""

    def __init__(self, one: Assessed, folder: Path) -> None:
        self.one = one
        self.json = scorecard_as_json(one)
        self.terminal = printed(one)
        html.write(one, folder / "gap.html", made=MADE, force=True)
        self.page = read((folder / "gap.html").read_text(encoding="utf-8"))
        excel.write(one, folder / "gap.xlsx", made=MADE, force=True)
        self.book = openpyxl.load_workbook(folder / "gap.xlsx")

    def section(self, key: str) -> Node:
        return self.page.one("section", id=key)

    def table(self, section: str, name: str) -> list[dict[str, str]]:
        return rows(self.section(section), name)

    def sheet(self, section: str) -> Worksheet:
        title = TABLES[section][0] or self.section("way").one("h2").text
        sheet: Worksheet = self.book[title]
        return sheet


def as_shown(percent: str) -> str:
    """A percentage of the JSON as people read it in English."""
    return f"{percent} %"


def in_words(cell: Cell | MergedCell) -> str:
    """What a cell of a workbook shows."""
    value, look = cell.value, cell.number_format
    match value:
        case None:
            return ""
        case bool():
            return str(value)
        case dt.datetime() if "hh" in look:
            return language.moment(value.replace(tzinfo=dt.UTC))
        case dt.datetime():
            return value.date().isoformat()
        case int() | float() if look.endswith("%"):
            places = len(look.rpartition(".")[2]) - 1
            sign = "+" if look.startswith("+") and value > 0 else ""
            return f"{sign}{Decimal(repr(value)) * 100:.{places}f} %"
        case int() | float():
            return language.number(Decimal(repr(value)))
    return str(value)


def rows_of(sheet: Worksheet, columns: list[str]) -> list[list[list[str]]]:
    """The tables of a sheet that have those columns: the rows below each such header, up to one that is none.

    A sentence, such as that there is nothing, stands in one cell.
    """
    every = [[in_words(cell) for cell in row] for row in sheet.iter_rows()]
    found = []
    for number, row in enumerate(every):
        if row[: len(columns)] == columns:
            below = [one[: len(columns)] for one in every[number + 1 :]]
            end = next((place for place, one in enumerate(below) if sum(map(bool, one)) < 2), len(below))
            found.append(below[:end])
    return found


def sets_of(faces: Faces) -> Iterator[tuple[str, dict[str, str], dict[str, Any]]]:
    """What the page says of each set of questions beside what the JSON says of it; both have them in one order."""
    said = faces.json
    for name, found in (
        ("overall", {"": said["score"]}),
        ("domains", said["domains"]),
        ("sections", said["sections"]),
        ("standards", said["standards"]),
    ):
        shown_ = faces.table("scores", name)
        assert len(shown_) == len(found)
        yield from ((name, row, exact) for row, exact in zip(shown_, found.values(), strict=True))


def check_scores(faces: Faces) -> int:
    """Every figure of every set; returns how many shares were compared."""
    compared = 0
    for name, row, exact in sets_of(faces):
        few = name == "standards" and exact["questions"] < FEWEST
        for key, of in SHARES.items():
            if row[key] == "–":  # nothing of it is answered, so that a figure would flatter or frighten
                assert few or (exact["lower"] and exact["lower"]["exact"] == "0" and exact["upper"]["exact"] == "1")
                continue
            assert row[key] == (as_shown(exact[of]["percent"]) if exact[of] else "not applicable"), (name, key)
            compared += 1
        assert {key: row[key] or "0" for key in COUNTS if row[key] or key != "gaps"} == {
            key: str(exact[of]) for key, of in COUNTS.items() if row[key] or key != "gaps"
        }
    return compared


def check_levels(faces: Faces) -> None:
    said = faces.json["levels"]
    shown_ = faces.table("scores", "levels") if said else []
    for row, exact in zip(shown_, said, strict=True):
        if row["score"] != "–":
            lower, upper = exact["score"]["lower"], exact["score"]["upper"]
            assert row["score"] == (as_shown(lower["percent"]) if lower else "not applicable")
            assert row["up_to"] == (as_shown(upper["percent"]) if upper else "not applicable")
        assert Fraction(row["threshold"].removesuffix(" %")) / 100 == Fraction(exact["threshold"])
        yes_or_no = {True: "yes", False: "no"}
        empty = "no question applies"
        assert row["holds"] == (empty if exact["empty"] else yes_or_no[exact["holds"]])
        assert row["reachable"] == (empty if exact["empty"] else yes_or_no[exact["reachable"]])


def check_gaps_and_route(faces: Faces) -> None:
    said = faces.json
    known = {gap["id"]: gap["priority"] for gap in (*said["gaps"], *said["to_check"])}
    plan = faces.table("plan", "plan")
    listed = {row["id"]: row["priority"].partition(" ")[2].lower() for row in plan}
    assert known.items() <= listed.items()
    orders = faces.table("summary", "orders")
    assert [row["id"] for row in orders] == [row["id"] for row in plan][:10]
    way = said["route"]["steps"] if said["route"] else []
    steps = [(step["id"], as_shown(step["score_after"]["percent"])) for step in way]
    route = faces.table("way", "route") if said["route"] else []
    assert [(row["id"], row["score_after"]) for row in route] == steps


def check_answers(faces: Faces) -> None:
    asked = [row for row in faces.table("answers", "answers") if row["id"]]
    for row, exact in zip(asked, faces.json["questions"], strict=True):
        credit = "" if exact["credit"] is None else Fraction(exact["credit"])
        assert row["id"] == exact["id"]
        assert (Fraction(row["credit"].removesuffix(" %")) / 100 if row["credit"] else "") == credit
        assert (row["weight"], row.get("level", "")) == (str(exact["weight"] or ""), str(exact["level"] or ""))


def check_tiles(faces: Faces) -> None:
    """The first figures that anybody reads, on the page and on the first sheet of the workbook."""
    tiles = faces.section("summary").one("dl", **{"class": "tiles"}).all("div")
    found = {tile.all("dt")[0].text: tile.all("dd")[0].text for tile in tiles}
    said = faces.json
    silent = said["nothing_answered"]
    assert found["Score"] == ("–" if silent else lower_of(said))
    assert found["Answered"] == ("–" if silent else share_of(said["score"]["answered"]))
    immediate = sum(gap["priority"] == "immediate" for gap in said["gaps"])
    assert found["Do today"] == str(immediate + sum(gap["critical"] for gap in said["to_check"]))
    if said["levels"]:
        assert found["Level"] == ("–" if silent else str(said["achieved"] or "none"))
        assert found["Shortest way"] == (str(len(said["route"]["steps"])) if said["route"] else "–")
    sheet = [[in_words(cell) for cell in row] for row in faces.book["Summary"].iter_rows()]
    (labels,) = [number for number, row in enumerate(sheet) if set(found) <= set(row)]
    assert {label: figure for label, figure in zip(sheet[labels], sheet[labels + 1], strict=True) if label} == found


def share_of(share: dict[str, str] | None) -> str:
    return as_shown(share["percent"]) if share else "not applicable"


def lower_of(said: dict[str, Any]) -> str:
    return share_of(said["score"]["lower"])


def check_terminal_and_screen(faces: Faces) -> None:
    said, card, text = faces.json, faces.one.scorecard, faces.terminal
    total = said["score"]
    lower, upper = lower_of(said), share_of(total["upper"])
    complete = total["open"] == 0 or total["lower"] is None
    assert headline.score(card) == (lower if complete else f"{lower} to {upper}")
    if said["levels"]:
        level = f"level {said['achieved']}" if said["achieved"] else "no level yet"
        assert headline.level(card).startswith(level)
        assert ("(up to" in headline.level(card)) is (said["reachable"] > said["achieved"])
    counts = {words.split()[1]: int(words.split()[0]) for words in headline.counts(card)}
    assert counts.get("open", 0) == total["open"]
    assert (counts.get("gap") or counts.get("gaps") or 0) == total["gaps"]
    if said["nothing_answered"]:
        assert headline.nothing_answered(card) in text
        return
    once = "" if complete else f", up to {upper} once {total['open']} open question"
    assert f"Score: {lower}{once}" in text
    if said["gaps"]:
        assert re.search(rf"^{len(said['gaps'])} gaps?: ", text, re.MULTILINE)
    for name, exact in said["sections"].items():
        score = share_of(exact["lower"])
        assert re.search(rf"^{name} +({re.escape(score)}|–)( |$)", text, re.MULTILINE), name


def check_page_and_workbook(faces: Faces) -> int:
    """Every table that both have, cell by cell; returns how many there were."""
    compared = 0
    for section, (_sheet, names) in TABLES.items():
        there = {node.attributes["data-table"] for node in faces.section(section).all("table")}
        for name in (name for name in names if name in there):
            columns = list(titles(faces.section(section), name).values())
            on_page = [list(row.values()) for row in faces.table(section, name)]
            assert on_page in rows_of(faces.sheet(section), columns), (section, name)
            compared += len(on_page)
    return compared


def check(faces: Faces) -> int:
    compared = check_scores(faces)
    check_levels(faces)
    check_gaps_and_route(faces)
    check_answers(faces)
    check_tiles(faces)
    check_terminal_and_screen(faces)
    assert check_page_and_workbook(faces) > 0
    return compared


@some("seed", range(2), sample=1)
def test_all_faces_agree_on_random_assessments(seed: int, tmp_path: Path) -> None:
    assert sum(check(Faces(one, tmp_path)) for one in depots(seed, 6, tmp_path)) > 50


@pytest.mark.parametrize(
    ("given", "keys"),
    [(MIXED, {}), (MIXED, {"levels": False}), (MIXED, {"rules": 1}), ({}, {})],
    ids=["mixed", "no levels", "old rules", "untouched"],
)
def test_all_faces_agree_on_what_is_seldom(given: dict[str, Any], keys: dict[str, Any], tmp_path: Path) -> None:
    check(Faces(shown(tmp_path, given, checklist(**keys)), tmp_path))
