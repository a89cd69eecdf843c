"""The gap report: figures equal the scorecard's, text stays data, every page prints."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from fractions import Fraction
from math import floor
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell

from stockcheck import language
from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessed import Assessed, score_opened
from stockcheck.assessment.file import create, open_file
from stockcheck.checklist.loading import compose
from stockcheck.report.excel import long_texts, write
from stockcheck.spreadsheet import styles
from stockcheck.spreadsheet.book import Book
from stockcheck.spreadsheet.cells import escaped, percentage
from stockcheck.spreadsheet.cuts import Place
from stockcheck.spreadsheet.page import Page
from tests.depot import checklist_file

ON = dt.date(2026, 3, 1)
MADE = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
#: A formula of the check: names of functions and of the data sheets, places, figures, signs.
OURS = (
    r"=?(?:IF|SUMPRODUCT|EXACT|ISNUMBER|FIND|SUBSTITUTE|ABS|sc_answers!|sc_scores!|\$?[A-Z]{1,2}\$?\d+|\d+(?:\.\d+)?|"
    r'"(?:=|≠|–|;|,|; |unanswered|pending|na|set aside)"|&(?:amp|lt|gt);|[-+*/(),:=])*'
)
HOSTILE = [
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "_x0041_",
    "\x1b[31mred\x07",
    "[bold]x[/bold]",
    "\u202eabc",
    "<b>&amp;</b>",
    "\ud800",
    "\ufffe",
    "#N/A",
]


def found(
    folder: Path,
    answers: dict[str, Answer],
    notes: dict[str, str] | None = None,
    depot: str = "North",
    facts: dict[str, Answer] | None = None,
) -> Assessed:
    path = folder / "a.stockcheck"
    create(path, compose(checklist_file(folder))[0], depot=depot, marking="RESTRICTED & MORE", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as file:
        for name, answer in (facts or {"kinds": Answer(("rounds",))}).items():
            file.answer(file.checklist.field[name], answer)
        for name, answer in answers.items():
            file.answer(file.checklist.question[name], answer)
        for name, text in (notes or {}).items():
            file.note(name, text)
        return score_opened(file, "en")


MIXED = {
    "A-1": Answer("partial"),
    "A-2": Answer("shut"),
    "A-3": Answer(("locks", "rust")),
    "A-5": Answer(dt.date(2025, 6, 1)),
    "B-1": UNKNOWN,
}


def written(one: Assessed, folder: Path) -> Workbook:
    folder.mkdir(exist_ok=True)
    path = folder / "gap.xlsx"
    write(one, path, made=MADE, force=True)
    return openpyxl.load_workbook(path)


def rows_of(workbook: Workbook, sheet: str) -> list[dict[str, object]]:
    """A sheet's table as one dict a row."""
    table = next(iter(workbook[sheet].tables.values()))
    headers, *rows = [[cell.value for cell in row] for row in workbook[sheet][table.ref]]
    return [dict(zip(headers, row, strict=True)) for row in rows]


def scores_of(workbook: Workbook) -> dict[object, tuple[Cell | MergedCell, ...]]:
    """The rows of the scores by what stands first in them; not those of the check below, where it stands again."""
    rows: dict[object, tuple[Cell | MergedCell, ...]] = {}
    for row in workbook["Scores"].iter_rows():
        if row[0].value is not None:
            rows.setdefault(row[0].value, row)
    return rows


def tenths_of_percent(share: Fraction) -> int:
    """A share in tenths of a percent, half up."""
    return floor(share * 1000 + Fraction(1, 2))


def test_figures_equal_the_scorecards(tmp_path: Path) -> None:
    one = found(tmp_path, MIXED)
    card = one.scorecard
    workbook = written(one, tmp_path)
    shown = scores_of(workbook)
    for section, score in card.sections:
        assert score.lower is not None
        assert score.upper is not None
        assert shown[section.title][1].value == tenths_of_percent(score.lower) / 1000
        assert shown[section.title][2].value == tenths_of_percent(score.upper) / 1000
        assert [cell.value for cell in shown[section.title][4:6]] == [score.questions, score.open]
        assert shown[section.title][9].value == score.gaps
    plan = rows_of(workbook, "Action plan")
    assert [row["Id"] for row in plan if row["Id"] in {gap.line.question.id for gap in card.pressing}] == [
        gap.line.question.id for gap in card.pressing
    ]
    assert card.on_route <= {row["Id"] for row in plan}
    assert plan[0]["Priority"] == "1 Immediate"
    still = [row["Id"] for row in rows_of(workbook, "Still to check") if row["Id"]]
    assert list(dict.fromkeys(still)) == [line.question.id for line in card.lines if line.is_open]
    answers = {row["Id"]: row for row in rows_of(workbook, "Answers")}
    assert answers["A-3"]["Answer"] == "Locks; Rust seen"
    assert answers["A-3"]["Credit"] == 0.1
    assert answers["B-2"]["Standing"] == "Pending"
    facts = {row["Question"]: row["Answer"] for row in rows_of(workbook, "Answers") if row["Standing"] == "Fact"}
    assert facts == {"What is held?": "Rounds"}


def said_on(workbook: Workbook, sheet: str) -> str:
    return "\n".join(str(cell.value) for row in workbook[sheet].iter_rows() for cell in row if cell.value is not None)


def test_the_whole_route_can_be_found(tmp_path: Path) -> None:
    one = found(tmp_path, {"A-1": Answer("partial"), "A-3": UNKNOWN})
    route = one.scorecard.route
    assert route is not None
    workbook = written(one, tmp_path)
    assert f"{len(route.lines)} controls, effort {route.effort}" in said_on(workbook, "Way to level 1")
    way = said_on(workbook, "Way to level 1")
    places = [way.index(f"\n{step.line.question.id}\n") for step in route.steps]
    assert places == sorted(places)
    numbered = {row["Step"]: row["Id"] for row in rows_of(workbook, "Action plan") if row["Step"]}
    assert numbered == {number: step.line.question.id for number, step in enumerate(route.steps, start=1)}
    marked = {row["Id"] for row in rows_of(workbook, "Still to check") if "on the route" in row["Question"]}
    assert marked <= {line.question.id for line in route.lines}


def test_the_first_page_says_what_was_left_out_and_what_nobody_has_answered(tmp_path: Path) -> None:
    cover = said_on(
        written(found(tmp_path, {"A-1": not_applicable("no fence"), "B-1": Answer("no")}), tmp_path), "Summary"
    )
    assert "1 question set aside as not applicable, weight 5, 1 critical: it waits for a countersignature" in cover
    assert "1 critical control set aside waits for a countersignature" in cover
    (tmp_path / "gap.xlsx").unlink()
    (tmp_path / "a.stockcheck").unlink()
    cover = said_on(written(found(tmp_path, {}), tmp_path), "Summary")
    assert "Nothing answered yet: nothing can be said of this depot." in cover
    assert "below level 1" not in cover


def test_a_changed_past_is_told_before_anything_else(tmp_path: Path) -> None:
    one = found(tmp_path, MIXED)
    one = replace(one, record=replace(one.record, chain_holds=False))
    cover = said_on(written(one, tmp_path), "Summary")
    assert one.record.code not in cover, "no code of a record that does not hold"
    assert cover.index("WERE CHANGED AFTER THEY WERE RECORDED") < cover.index("Score")


def test_dates_bear_their_age_and_unknown_gaps_are_looked_into_first(tmp_path: Path) -> None:
    workbook = written(found(tmp_path, MIXED), tmp_path)
    plan = {row["Id"]: row for row in rows_of(workbook, "Action plan")}
    asked = "When was it last counted?"
    assert plan["A-5"]["What was found"] == f"{asked} 2025-06-01 (273 days); full credit: at most 31 days"
    assert plan["A-3"]["What was found"] == "What is checked? Missing: Bars; Against it: Rust seen"
    assert plan["A-1"]["What was found"] == "Partial: is the fence whole?"
    assert plan["B-1"]["Do"] == "Nobody could say: find out first. Write one."


def test_what_is_not_in_scope_is_neither_nought_nor_full(tmp_path: Path) -> None:
    workbook = written(found(tmp_path, {"A-1": Answer("yes")}, facts={"kinds": Answer(("arms",))}), tmp_path)
    shown = scores_of(workbook)
    assert shown["Section two"][1].value == "not applicable"


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    note = "\n".join(HOSTILE)
    one = found(tmp_path, {**MIXED, "A-6": Answer("=cmd|' /C calc'!A0")}, {"A-1": "=1+1", "A-2": note}, depot="=2+2")
    path = tmp_path / "gap.xlsx"
    write(one, path, made=MADE)
    with ZipFile(path) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\u202e]", text)
            if name.startswith("xl/worksheets/sheet"):
                assert all(re.fullmatch(OURS, formula) for formula in re.findall("<f>(.*?)</f>", text))
                assert not re.search(r'<c [^>]*t="e"', text)
    workbook = openpyxl.load_workbook(path)
    answers = {row["Id"]: row for row in rows_of(workbook, "Answers")}
    assert answers["A-1"]["Note"] == "=1+1"
    assert answers["A-6"]["Answer"] == "=cmd|' /C calc'!A0"
    assert "_x0041_" in str(answers["A-2"]["Note"])
    cell = next(cell for row in workbook["Answers"].iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_a_text_too_long_for_a_row_is_cut_with_a_mark_and_stands_elsewhere_in_full(tmp_path: Path) -> None:
    note = "_x0041_ two words\n" * 1000
    workbook = written(found(tmp_path, MIXED, {"A-1": note}), tmp_path)
    shown = next(str(row["Note"]) for row in rows_of(workbook, "Answers") if row["Id"] == "A-1")
    assert shown.startswith("_x005F_x0041_ two")
    assert shown.endswith("… → Long texts")
    parts = [row for row in rows_of(workbook, "Long texts") if (row["Id"], row["What"]) == ("A-1", "Note")]
    assert [row["Part"] for row in parts] == [f"{number}/{len(parts)}" for number in range(1, len(parts) + 1)]
    assert " ".join(str(row["Text"]) for row in parts).replace("_x005F_", "_").split() == note.split()
    highest = max(row.height or 0 for sheet in workbook for row in sheet.row_dimensions.values())
    assert highest <= 409


@pytest.mark.parametrize(
    "note",
    ["\n".join(f"SN-{number:04}" for number in range(40)), "MUNICIONES " * 70, "word " * 900],
    ids=["40 serial numbers", "770 capitals", "900 words"],
)
def test_nothing_is_cut_without_being_whole_among_the_long_texts_once(tmp_path: Path, note: str) -> None:
    workbook = written(found(tmp_path, MIXED, {"A-1": note, "A-2": note}), tmp_path)
    cut = [
        f"{sheet.title} {cell.coordinate}"
        for sheet in workbook
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.endswith("… → Long texts")
    ]
    assert cut
    rows = rows_of(workbook, "Long texts")
    assert " ".join(str(row["Text"]) for row in rows).split() == note.split()
    assert {row["Id"] for row in rows} == {"A-1\nA-2"}
    assert {row["What"] for row in rows} == {"Note"}
    assert sorted(str(rows[0]["Where"]).split("\n")) == sorted(cut)
    assert "what is cut short elsewhere, in full" in said_on(workbook, "Findings and facts")


def test_what_is_cut_on_the_cover_is_among_the_long_texts(tmp_path: Path) -> None:
    depot = "A very long name " * 500
    workbook = written(found(tmp_path, MIXED, depot=depot), tmp_path)
    texts = {str(row["Where"]).split("\n")[0] for row in rows_of(workbook, "Long texts")}
    assert "Summary D2" in texts
    assert max(row.height or 0 for sheet in workbook for row in sheet.row_dimensions.values()) <= 409


def test_a_long_list_of_places_is_not_cut_either(tmp_path: Path) -> None:
    cuts = Book(long_texts="Long texts")
    text = "word " * 900
    for number in range(100):
        cuts.cuts.add(text, Place("Answers", f"I{number}", f"A-{number}", "Note"))
    sheet = cuts.add("Long texts")
    long_texts.sheet().fill(sheet, cuts, found(tmp_path, {}), MADE)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert " ".join(str(row[4]) for row in rows).split() == text.split()
    assert "\n".join(str(row[2]) for row in rows if row[2]).split("\n") == [f"Answers I{n}" for n in range(100)]
    assert len(cuts.cuts) == 1


def test_without_long_texts_there_is_no_such_sheet(tmp_path: Path) -> None:
    workbook = written(found(tmp_path, MIXED), tmp_path)
    assert "Long texts" not in workbook.sheetnames
    assert "what is cut short elsewhere, in full" not in said_on(workbook, "Findings and facts")


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_sheets_have_names_that_excel_takes_and_stand_in_one_order(tmp_path: Path, code: str) -> None:
    one = found(tmp_path, MIXED, {"A-1": "word " * 900})
    orders = []
    for spoken in ("en", code):
        with language.speaking(spoken):
            names = written(one, tmp_path / spoken).sheetnames
            orders.append(
                [names.index(language._(title)) for title in ("Summary", "Action plan", "Long texts", "Lists")]
            )
            assert len({name.casefold() for name in names}) == len(names)
            assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert orders[0] == orders[1] == sorted(orders[0])


def test_no_cell_holds_more_than_excel_allows() -> None:
    text = escaped("_x0041_" * 5000)
    assert len(text) == 32_767
    assert text.startswith("_x005F_x0041_")
    assert text.endswith("…")


def test_every_sheet_prints_on_pages_that_bear_the_marking(tmp_path: Path) -> None:
    workbook = written(found(tmp_path, MIXED), tmp_path)
    for sheet in workbook.worksheets:
        assert sheet.page_setup.fitToWidth == (2 if sheet.title == "Answers" else 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.paperSize == 9
        assert "RESTRICTED && MORE" in sheet.oddHeader.center.text
        assert (sheet.oddHeader.left.text, sheet.oddHeader.right.text) == (None, None), "the marking stands alone"
        assert "North" in sheet.oddFooter.left.text
        assert "&P" in sheet.oddFooter.right.text
        assert len(sheet.title) <= 31
        if sheet.title.startswith("sc_"):  # for programs
            continue
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.font.name
                assert cell.font.sz
                if isinstance(cell.value, str) and len(cell.value) > 60 and sheet.sheet_state == "visible":
                    assert sheet.row_dimensions[cell.row].height
    names = [name for sheet in workbook.worksheets for name in sheet.tables]
    assert len(set(names)) == len(names) == 3 + 6
    for sheet in workbook.worksheets:
        for table in sheet.tables.values():
            headers = [cell.value for cell in sheet[table.ref][0]]
            assert len(set(headers)) == len(headers)


def test_drop_downs_come_from_ranges(tmp_path: Path) -> None:
    workbook = written(found(tmp_path, MIXED), tmp_path)
    offers = [one for one in workbook["Action plan"].data_validations.dataValidation if one.type == "list"]
    assert sorted(offer.formula1 for offer in offers) == ["'Lists'!$A$4:$A$7", "'Lists'!$B$4:$B$33"]
    assert workbook["Lists"]["A4"].value == "To do"


@pytest.mark.parametrize("answers", [{}, {"A-1": Answer("yes")}])
def test_nothing_answered_and_no_gaps_still_make_a_report(tmp_path: Path, answers: dict[str, Answer]) -> None:
    workbook = written(found(tmp_path, answers), tmp_path)
    assert "NOT COMPLETE" in str([cell.value for row in workbook["Summary"].iter_rows() for cell in row])


def test_in_spanish(tmp_path: Path) -> None:
    one = found(tmp_path, MIXED)
    with language.speaking("es"):
        workbook = written(one, tmp_path)
    assert workbook.sheetnames[0] == "Resumen"


@pytest.mark.parametrize(
    ("share", "value", "look"),
    [
        (Fraction(1, 8), 0.125, "0.0%"),
        (Fraction(9996, 10000), 0.9996, "0.00%"),
        (1 - Fraction(1, 10**12), "just below 100.0 %", "0.0%"),
    ],
)
def test_a_cell_never_shows_a_figure_as_the_whole_that_is_not(share: Fraction, value: float | str, look: str) -> None:
    book = Book(long_texts="Long texts")
    page = Page(book.add("One"), book, (20,), landscape=False)
    page.cells([percentage(share)], [styles.CELL_PERCENT])
    cell = page.sheet["A1"]
    assert (cell.value, cell.number_format) == (value, look)
