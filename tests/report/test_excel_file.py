"""The gap report as a file: private, written whole or not at all, and opened by another program."""

from __future__ import annotations

import gc
import importlib
import itertools
import posixpath
import re
import stat
import sys
from io import BytesIO
from pathlib import Path
from types import FrameType
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from stockcheck.errors import StockcheckError, UsageError
from stockcheck.report.excel import write
from stockcheck.spreadsheet import archive
from tests.libreoffice import misplaced, needs_libreoffice, needs_poppler, pages, printed
from tests.report.test_excel import MADE, MIXED, found
from tests.volume import long


def test_a_report_is_private_and_never_written_over(tmp_path: Path) -> None:
    one = found(tmp_path, MIXED)
    path = tmp_path / "gap.xlsx"
    write(one, path, made=MADE)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    with pytest.raises(UsageError):
        write(one, path, made=MADE)
    assert path.read_bytes() == before
    write(one, path, made=MADE, force=True)
    assert path.read_bytes() == before, "the same assessment and moment give the same bytes"
    with pytest.raises(StockcheckError):
        write(one, tmp_path / "no such folder" / "gap.xlsx", made=MADE)
    assert sorted(one.name for one in tmp_path.glob("*gap*")) == ["gap.xlsx"]


def test_a_signal_anywhere_in_a_sheet_leaves_nothing_half_made_that_complains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exit is put in the place of each line, one after the other, that runs while a workbook is written."""
    complaints: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda what: complaints.append(str(what)))
    modules = (
        archive,
        importlib.import_module("openpyxl.worksheet._writer"),
        importlib.import_module("et_xmlfile.xmlfile"),
    )
    places = {str(module.__file__) for module in modules}
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = "x"
    workbook.properties.created = MADE.replace(tzinfo=None)

    def stopped_at(line: int) -> bool:
        count = itertools.count(1)

        def in_function(_frame: FrameType, event: str, _arg: object) -> Any:
            if event == "line" and next(count) == line:
                sys.settrace(None)
                raise SystemExit(143)
            return in_function

        sys.settrace(lambda frame, _event, _arg: in_function if frame.f_code.co_filename in places else None)
        try:
            archive.save(workbook, BytesIO())
        except SystemExit:
            return True
        finally:
            sys.settrace(before)
        return False

    before = sys.gettrace()
    lines = next(line for line in itertools.count(1) if not stopped_at(line))
    gc.collect()
    assert lines > 200, "no line was run"
    assert complaints == []


def test_parts_are_found_from_where_they_are_named(tmp_path: Path) -> None:
    """Viewers built on exceljs crash on a target that begins at the root, and on drawings without their prefix."""
    path = tmp_path / "gap.xlsx"
    write(found(tmp_path, MIXED), path, made=MADE)
    with ZipFile(path) as archive:
        parts = set(archive.namelist())
        assert not [part for part in parts if part.startswith(("xl/drawings", "xl/charts", "xl/media"))]
        targets = []
        for name in (part for part in parts if part.endswith(".rels")):
            folder = posixpath.dirname(posixpath.dirname(name))
            for target in re.findall(r'Target="([^"]*)"', archive.read(name).decode()):
                assert not target.startswith("/"), name
                targets.append(posixpath.normpath(posixpath.join(folder, target)))
    assert set(targets) <= parts
    assert any(target.startswith("xl/tables/") for target in targets)


@long
@needs_libreoffice
@needs_poppler
def test_it_opens_and_prints_in_libreoffice(tmp_path: Path) -> None:
    write(found(tmp_path, MIXED, {"A-1": "word " * 300}), tmp_path / "gap.xlsx", made=MADE)
    found_pages = pages(printed(tmp_path / "gap.xlsx"))
    assert len(found_pages) >= 9
    assert [misplaced(page) for page in found_pages if misplaced(page)] == []
    texts = [[word.text for word in words] for _width, _height, words in found_pages]
    assert all({"RESTRICTED", "&", "MORE"} <= set(words) for words in texts)
    assert sum(words.count("word") for words in texts) >= 300
