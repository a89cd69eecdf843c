"""A workbook that comes back: read alike whoever saved it, and refused by sheet and cell where it is out of bounds."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import struct
import time
import tracemalloc
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from stockcheck import language
from stockcheck.errors import StockcheckError, UsageError
from stockcheck.spreadsheet.reading import MAX_CELLS, Area, Cell, Kind, WorkbookError, read
from stockcheck.spreadsheet.reading import Workbook as ReadWorkbook
from tests.libreoffice import converted, needs_libreoffice
from tests.spreadsheet.changing import changed, with_text
from tests.volume import examples, long

SHEET, WORKBOOK, RELATIONS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STYLES, STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
CELLS: dict[str, str | float | dt.date] = {
    "A1": "Id",
    "B1": "Due",
    "A2": "ARM-01",
    "B2": dt.date(2026, 3, 31),
    "C2": dt.datetime(2026, 3, 31, 14, 30),
    "D2": 12,
    "E2": 12.5,
    "F2": True,
    "G2": "=1+1",
    "H2": "two\nlines, ñandú & <b>",
    "I2": "2026-03-31",
    "J2": 0.1,
}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A workbook with a cell of each kind, and names that point to its columns."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Plan of María's depot"
    for place, value in CELLS.items():
        sheet[place] = value
    sheet["K2"] = "=not a formula"
    sheet["K2"].data_type = "s"
    workbook.create_sheet("Empty").sheet_state = "hidden"
    names = {"plan_id": "$A$1:$A$2", "plan_due": "$B$1:$B$2", "plan_one": "$D$2"}
    for name, cells in names.items():
        workbook.defined_names[name] = DefinedName(name, attr_text=f"'Plan of María''s depot'!{cells}")
    workbook.defined_names["plan_gone"] = DefinedName("plan_gone", attr_text="#REF!")
    path = tmp_path / "made.xlsx"
    workbook.save(path)
    return path


def sharing(source: Path, target: Path, string: str) -> Path:
    """`source` with the text of A2 among the strings that cells share, as Excel has it."""
    with_text(source, target.with_suffix(".1"), SHEET, 't="inlineStr"><is><t>ARM-01</t></is>', 't="s"><v>1</v>')
    relation = '<Relationship Id="rIdS" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>'
    with_text(target.with_suffix(".1"), target.with_suffix(".2"), RELATIONS, "</Relationships>", relation)
    strings = f"<sst><si><t>other</t></si><si>{string}</si></sst>"
    return changed(target.with_suffix(".2"), target, {STRINGS: strings.encode()})


def values(book: ReadWorkbook) -> dict[str, tuple[Kind, object]]:
    return {cell.address: (cell.kind, cell.value) for cell in book.sheet("Plan of María's depot").cells.values()}


EXPECTED = {
    "A1": (Kind.TEXT, "Id"),
    "B1": (Kind.TEXT, "Due"),
    "A2": (Kind.TEXT, "ARM-01"),
    "B2": (Kind.DATE, dt.date(2026, 3, 31)),
    "C2": (Kind.DATE, dt.datetime(2026, 3, 31, 14, 30)),
    "D2": (Kind.NUMBER, 12),
    "E2": (Kind.NUMBER, Decimal("12.5")),
    "F2": (Kind.BOOLEAN, True),
    "G2": (Kind.FORMULA, None),
    "H2": (Kind.TEXT, "two\nlines, ñandú & <b>"),
    "I2": (Kind.TEXT, "2026-03-31"),
    "J2": (Kind.NUMBER, Decimal("0.1")),
    "K2": (Kind.TEXT, "=not a formula"),
}


def test_every_kind_of_cell_is_read(made: Path) -> None:
    assert values(read(made)) == EXPECTED


def test_names_point_to_their_columns(made: Path) -> None:
    book = read(made)
    assert book.area("plan_due") == Area("Plan of María's depot", 1, 2, 2, 2)
    assert book.area("PLAN_ONE") == Area("Plan of María's depot", 2, 4, 2, 4)
    assert book.has_name("plan_gone")
    assert book.area("plan_gone") is None
    assert not book.has_name("plan_other")


def test_sheets_are_listed_the_hidden_ones_too(made: Path) -> None:
    book = read(made)
    assert book.titles == ["Plan of María's depot", "Empty"]
    assert book.sheet("Empty").cells == {}


@long
@needs_libreoffice
def test_libreoffice_saves_what_is_read_alike(made: Path, tmp_path: Path) -> None:
    book, saved = read(made), read(converted([made], "xlsx", tmp_path / "saved")[0])
    assert values(saved) == EXPECTED
    assert [saved.area(name) for name in ("plan_id", "plan_due", "plan_one", "plan_gone")] == [
        book.area(name) for name in ("plan_id", "plan_due", "plan_one", "plan_gone")
    ]


def test_dates_count_from_1904_where_the_workbook_says_so(made: Path, tmp_path: Path) -> None:
    path = with_text(made, tmp_path / "mac.xlsx", WORKBOOK, "<workbookPr", '<workbookPr date1904="1"')
    assert values(read(path))["B2"] == (Kind.DATE, dt.date(2030, 4, 1))


def test_escaped_characters_are_read_as_excel_shows_them(made: Path, tmp_path: Path) -> None:
    written, shown = "_x005F_x0041__x0041__x001B_", (Kind.TEXT, "_x0041_A␛")
    assert values(read(with_text(made, tmp_path / "e.xlsx", SHEET, "ARM-01", written)))["A2"] == shown
    assert values(read(sharing(made, tmp_path / "s.xlsx", f"<t>{written}</t>")))["A2"] == shown


def test_pieces_of_a_text_are_joined_without_how_it_is_said(made: Path, tmp_path: Path) -> None:
    rich = "<r><t>ARM</t></r><r><rPr><b/></rPr><t>-01</t></r><rPh sb='0' eb='1'><t>said</t></rPh>"
    inline = with_text(made, tmp_path / "r.xlsx", SHEET, "<t>ARM-01</t>", rich)
    assert values(read(inline))["A2"] == (Kind.TEXT, "ARM-01")
    assert values(read(sharing(made, tmp_path / "s.xlsx", rich)))["A2"] == (Kind.TEXT, "ARM-01")


def refusal(path: Path) -> str:
    """What is said of a workbook that is opened and every sheet of which is read."""
    with pytest.raises(StockcheckError) as refused:
        read_whole(path)
    return str(refused.value)


def read_whole(path: Path) -> None:
    book = read(path)
    for title in book.titles:
        book.sheet(title)


FAR = '<row r="2">'


@pytest.mark.parametrize(
    ("cell", "where"),
    [
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "cell A1048576"),
        ('<row r="3"><c r="XFD3"><v>1</v></c></row>', "cell XFD3"),
        ('<row r="1048576"><c r="XFD1048576"><f>1</f></c></row>', "cell XFD1048576"),
    ],
)
def test_a_far_cell_is_refused_by_sheet_and_cell(made: Path, tmp_path: Path, cell: str, where: str) -> None:
    path = with_text(made, tmp_path / "far.xlsx", SHEET, "</sheetData>", f"{cell}</sheetData>")
    assert f"sheet “Plan of María's depot”, {where}" in refusal(path)
    with language.speaking("es"):
        assert f"hoja «Plan of María's depot», {where.replace('cell', 'celda')}" in refusal(path)


def test_far_cells_that_are_empty_do_no_harm(made: Path, tmp_path: Path) -> None:
    looks = '<row r="1048576" ht="15"><c r="XFD1048576" s="1"/></row></sheetData>'
    path = with_text(made, tmp_path / "looks.xlsx", SHEET, "</sheetData>", looks)
    assert values(read(path)) == EXPECTED


def spent(work: Callable[[], object]) -> tuple[float, int]:
    """The seconds and the most bytes of memory that `work` takes."""
    tracemalloc.start()
    began = time.process_time()
    work()
    took = time.process_time() - began
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return took, most


@pytest.mark.parametrize("row", ["<row/>", "<row><c><v>1</v></c></row>"], ids=["empty", "full"])
def test_a_million_rows_are_refused(made: Path, tmp_path: Path, row: str) -> None:
    path = with_text(made, tmp_path / "rows.xlsx", SHEET, "</sheetData>", row * 1_000_000 + "</sheetData>")
    text = []
    took, most = spent(lambda: text.append(refusal(path)))
    assert "far larger" in text[0] or "farther than any" in text[0]
    assert took < 20
    assert most < 200 << 20


@long
def test_more_cells_than_a_sheet_may_have_are_refused_though_they_are_empty(made: Path, tmp_path: Path) -> None:
    wide = "".join(f'<row r="{3 + n}" ht="{n}">' + f'<c s="{n % 7}"/>' * 50 + "</row>" for n in range(MAX_CELLS // 50))
    path = with_text(made, tmp_path / "wide.xlsx", SHEET, "</sheetData>", wide + "</sheetData>")
    assert "“Plan of María's depot”" in refusal(path)


def test_a_zip_bomb_is_not_unpacked(made: Path, tmp_path: Path) -> None:
    path = changed(made, tmp_path / "bomb.xlsx", {"xl/media/image1.png": bytes(30 << 20)})
    assert "would be far larger when it is unpacked" in refusal(path)


def test_many_members_that_share_one_content_are_refused(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "overlapping.xlsx"
    with ZipFile(made) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        first = new.infolist()[0]
        for number in range(100):
            listed = new.infolist()[0].__class__(f"xl/copy{number}.xml")
            for key in ("header_offset", "compress_size", "file_size", "CRC", "compress_type", "flag_bits"):
                setattr(listed, key, getattr(first, key))
            new.filelist.append(listed)
    assert "would be far larger when it is unpacked" in refusal(path)


def test_a_member_that_unpacks_to_more_than_it_says_is_damaged(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "lying.xlsx"
    content = bytearray(made.read_bytes())
    with ZipFile(made) as archive:
        size = archive.getinfo(SHEET).file_size
    while (place := content.find(struct.pack("<I", size))) >= 0:
        content[place : place + 4] = struct.pack("<I", 100)
    path.write_bytes(content)
    assert f"its part {SHEET} cannot be read" in refusal(path)


@pytest.mark.parametrize(
    "part",
    [
        "xl/vbaProject.bin",
        "xl/VBAPROJECT.BIN",
        "elsewhere/vbaProject.bin",
        "xl/macrosheets/sheet1.xml",
        "xl/activeX/activeX1.bin",
        "xl/embeddings/oleObject1.bin",
        "customUI/customUI.xml",
    ],
)
def test_macros_and_embedded_objects_are_refused(made: Path, tmp_path: Path, part: str) -> None:
    assert "has macros or embedded objects" in refusal(changed(made, tmp_path / "m.xlsx", {part: b"x"}))


@pytest.mark.parametrize("part", ["xl/externalLinks/externalLink1.xml", "xl/connections.xml", "xl/queryTables/q.xml"])
def test_links_to_other_files_and_data_are_refused(made: Path, tmp_path: Path, part: str) -> None:
    assert "is linked to other files" in refusal(changed(made, tmp_path / "l.xlsx", {part: b"x"}))


@pytest.mark.parametrize("part", ["../evil.xml", "/etc/passwd", "a\\..\\b", "C:/x", "xl/../../x"])
def test_names_that_lead_elsewhere_are_refused(made: Path, tmp_path: Path, part: str) -> None:
    assert "or it is damaged" in refusal(changed(made, tmp_path / "n.xlsx", {part: b"x"}))


DOCUMENT_TYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", [SHEET, STRINGS, STYLES, WORKBOOK, "_rels/.rels", RELATIONS])
def test_a_document_type_is_refused_in_every_part(made: Path, tmp_path: Path, part: str) -> None:
    source = sharing(made, tmp_path / "s.xlsx", "<t>ARM-01</t>")
    with ZipFile(source) as archive:
        content = archive.read(part).decode()
    declared, text = content.split("?>", 1) if content.startswith("<?xml") else ("", content)
    hostile = (f"{declared}?>" if declared else "") + DOCUMENT_TYPE + text
    path = changed(source, tmp_path / "dtd.xlsx", {part: hostile.encode()})
    assert f"its part {part} cannot be read" in refusal(path)


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("deep", b"<a>" * 100_000),
        ("long", b"<worksheet " + b" ".join(b"a%d='>'" % n for n in range(100_000)) + b"/>"),
        ("wide characters", "<worksheet/>".encode("utf-16")),
        ("half", b"<worksheet><sheetData>"),
        ("empty", b""),
    ],
    ids=["deep", "long", "wide", "half", "empty"],
)
def test_a_part_that_is_built_to_harm_is_refused(made: Path, tmp_path: Path, what: str, content: bytes) -> None:
    assert f"its part {SHEET} cannot be read" in refusal(changed(made, tmp_path / "h.xlsx", {SHEET: content})), what


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A9"><v>1</v></c><c r="A9"><v>2</v></c>',
        '<c r="A0"><v>1</v></c>',
        '<c r="ABCD1"><v>1</v></c>',
        '<c r="A9" t="s"><v>-1</v></c>',
        '<c r="A9" t="s"><v>999</v></c>',
        '<c r="A9" t="what"><v>1</v></c>',
        '<c r="A9"><v>nan</v></c>',
        '<c r="A9"><v>one</v></c>',
        '<c r="A9" t="d"><v>yesterday</v></c>',
    ],
)
def test_what_is_no_cell_is_refused(made: Path, tmp_path: Path, cells: str) -> None:
    path = with_text(made, tmp_path / "c.xlsx", SHEET, "</sheetData>", f'<row r="9">{cells}</row></sheetData>')
    assert f"its part {SHEET} cannot be read" in refusal(path)


def test_a_date_that_there_is_not_is_an_error_and_no_traceback(made: Path, tmp_path: Path) -> None:
    path = with_text(made, tmp_path / "d.xlsx", SHEET, "<v>46112</v>", "<v>99999999</v>")
    assert values(read(path))["B2"] == (Kind.ERROR, None)


def test_what_is_no_workbook_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read(tmp_path / "none.xlsx")
    (tmp_path / "text.xlsx").write_text("Id;Due")
    assert "is no .xlsx workbook" in refusal(tmp_path / "text.xlsx")
    (tmp_path / "old.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    assert "or one under a password" in refusal(tmp_path / "old.xlsx")
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert "is no file" in refusal(tmp_path / "pipe.xlsx")
    with ZipFile(tmp_path / "zip.xlsx", "w") as archive:
        archive.writestr("readme.txt", "nothing")
    assert "is no .xlsx workbook" in refusal(tmp_path / "zip.xlsx") or "cannot be read" in refusal(
        tmp_path / "zip.xlsx"
    )


@examples(100, 300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_workbook_with_any_bytes_changed_is_read_or_refused_in_a_sentence(
    made: Path, tmp_path: Path, data: st.DataObject
) -> None:
    """Of the file, or of one of its parts before it is packed, which is where most would be found."""
    with ZipFile(made) as archive:
        part = data.draw(st.sampled_from([None, *archive.namelist()]))
        content = bytearray(made.read_bytes() if part is None else archive.read(part))
    for _change in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        new = data.draw(
            st.one_of(st.binary(max_size=4), st.sampled_from([b"<", b">", b'"', b"/>", b"<c>", b"-1", b"9" * 40]))
        )
        content[place : place + data.draw(st.integers(0, 8))] = new
        if not content:
            return
    path = tmp_path / "any.xlsx"
    if part is None:
        path.write_bytes(content)
    else:
        changed(made, path, {part: bytes(content)})
    with contextlib.suppress(WorkbookError):  # anything else would be a traceback
        read_whole(path)


def test_a_cell_says_its_place() -> None:
    assert Cell("Action\nplan", 7, 28, Kind.TEXT, "x").place == "sheet “Action plan”, cell AB7"
