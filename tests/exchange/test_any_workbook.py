"""Any workbook that somebody may send back is read, or refused in a sentence; never by half, never by a traceback."""

from __future__ import annotations

import datetime as dt
import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from stockcheck.answers.answer import Answer
from stockcheck.assessed import score_opened
from stockcheck.assessment.actions import FIELDS, Action
from stockcheck.assessment.file import create, open_file
from stockcheck.errors import StockcheckError
from stockcheck.exchange.plan import Row, merge, plain
from stockcheck.exchange.plan_reading import read_plan
from stockcheck.plaintext import clean
from stockcheck.report.choices import Choices
from stockcheck.report.excel import write
from stockcheck.spreadsheet.reading import read
from tests.assessment.crafting import ON, checklist, clock
from tests.exchange.test_plan_comes_back import columns
from tests.spreadsheet.changing import changed
from tests.volume import examples


@cache
def report() -> Path:
    folder = Path(tempfile.mkdtemp())
    path = folder / "d.stockcheck"
    create(path, checklist(), depot="North", marking="", on=ON, by="tester", clock=clock)
    with open_file(path, write=True, by="tester", clock=clock) as file:
        file.answer(file.checklist.question["A-1"], Answer("no"))
        write(score_opened(file, "en"), folder / "r.xlsx", made=clock(), choices=Choices(only=["Action plan"]))
    return folder / "r.xlsx"


CELLS = st.one_of(
    st.none(),
    st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cn")), max_size=40),
    st.sampled_from(["=1+1", "Done", "Waived", "hecho", "A-1", "a-1", " A-1 ", "2026-03-31", "x" * 20_001, "#N/A"]),
    st.integers(-10, 10**6),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(dt.date(1901, 1, 1), dt.date(9999, 12, 31)),
)


@examples(30, 300)
@given(values=st.dictionaries(st.tuples(st.integers(1, 6), st.sampled_from(["id", *FIELDS])), CELLS, max_size=6))
def test_any_cells_are_read_or_refused(values: dict[tuple[int, str], Any]) -> None:
    workbook = load_workbook(report())
    sheet = workbook["Action plan"]
    for (row, column), value in values.items():
        sheet.cell(row, columns(sheet)[column]).value = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "f.xlsx")
        workbook.save(path)
        try:
            plan = read_plan(read(path), checklist().question.keys())
        except StockcheckError:
            return
    assert all(row.id in checklist().question for row in plan.rows)
    assert all(clean(one.place + one.why) == one.place + one.why for one in plan.refusals)


@examples(40, 300)
@given(data=st.data())
def test_any_bytes_are_read_or_refused(data: st.DataObject) -> None:
    with ZipFile(report()) as archive:
        part = data.draw(st.sampled_from(sorted(archive.namelist())))
        content = bytearray(archive.read(part))
    for _change in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        new = data.draw(
            st.binary(max_size=3) | st.sampled_from([b"<", b'"', b"/>", b"$B$", b"plan_as_exported", b"#REF!"])
        )
        content[place : place + data.draw(st.integers(0, 6))] = new
        if not content:
            return
    with tempfile.TemporaryDirectory() as folder:
        path = changed(report(), Path(folder, "f.xlsx"), {part: bytes(content)})
        try:
            read_plan(read(path), checklist().question.keys())
        except StockcheckError as error:
            said = error.message
            assert clean(said) == said


VALUES = st.sampled_from([None, "", "a", " a", "b", "a\nb "])
SAID = st.fixed_dictionaries(dict.fromkeys(("owner", "remarks"), VALUES))


@given(exported=SAID, filled=SAID, now=SAID)
def test_three_ways_nobody_s_words_are_lost_unseen(
    exported: dict[str, Any], filled: dict[str, Any], now: dict[str, Any]
) -> None:
    stands = {"Q": Action(owner=now["owner"] or "", remarks=now["remarks"] or "")}
    row = Row("Q", filled, exported)
    merged = merge([row], stands)
    conflicts = {one.field for one in merged.conflicts}
    for name in ("owner", "remarks"):
        before, theirs, ours = (plain(name, one[name]) for one in (exported, filled, stands["Q"].values))
        assert (name in conflicts) == (theirs not in (before, ours) and ours != before)
        after = merged.changes.get("Q", {}).get(name, ours)
        assert after == (ours if name in conflicts or theirs == before else theirs)
    assert merge([row], stands, "ours").conflicts == merge([row], stands, "theirs").conflicts == []
