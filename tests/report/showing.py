"""One depot with one of everything that a result has to tell, and each way of showing it as text."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineWorkbook
from rich.console import Console

from stockcheck.assessed import Assessed, score_opened
from stockcheck.assessment.file import create, open_file
from stockcheck.checklist.model import Checklist
from stockcheck.report.excel import write
from stockcheck.report.terminal import print_scorecard
from stockcheck.scoring.scorecard import Scorecard
from tests.scoring.building import ON, Given, answers, built, control, options, section

NONE_IS_WELL = [{"at_most": Decimal(0), "credit": Decimal(1)}]
KINDS = {"id": "kinds", "type": "several", "text": "What is held?", "options": {"arms": "Arms", "rounds": "Rounds"}}


def finding(name: str, kind: str, **keys: object) -> dict[str, object]:
    return control(name, type="number", finding=kind, bands=NONE_IS_WELL, **keys)


def checklist(*, levels: bool = True, rules: int = 2) -> Checklist:
    """Each rule of a level is broken by another question, and something of every kind is there to be told."""
    return built(
        section(
            "store",
            control("CRI-01", critical=True),
            control("CRI-02", critical=True),
            control("CRI-03", critical=True),
            control("HEA-01", weight=5),
            control("PAR-01", type="choice", options=options(good="1", bad="0")),
            control("PAR-02", part_of="PAR-01", when={"question": "PAR-01", "is": ["good"]}),
            finding("LOS-01", "loss"),
            finding("DAN-01", "danger"),
            finding("DAN-02", "danger"),
            control("ARM-01", critical=True, when={"profile": "kinds", "has": ["arms"]}),
        ),
        section("books", control("INV-01", weight=3), control("INV-02"), domain="inventory"),
        section("later", control("LAT-01", level=2), control("LAT-02", level=2), domain="management"),
        section("aside", control("ASI-01", weight=2), {"id": "TXT-01", "type": "text", "text": "What is missing?"}),
        thresholds=("0.8", "0.8") if levels else (),
        profile=(KINDS,),
        rules=rules,
    )


FACTS: dict[str, Given] = {"kinds": ("rounds",)}
MIXED: dict[str, Given] = {
    "CRI-01": "partial",
    "CRI-03": "na",
    "HEA-01": "no",
    "PAR-01": "bad",
    "LOS-01": Decimal(3),
    "DAN-01": Decimal(0),
    "INV-01": "no",
    "INV-02": "yes",
    "LAT-01": "unknown",
    "ASI-01": "na",
    "TXT-01": "Keys",
}


def shown(
    folder: Path,
    given: Mapping[str, Given],
    made: Checklist | None = None,
    profile: Mapping[str, Given] | None = None,
    accepted: Collection[str] = (),
) -> Assessed:
    """The assessment of those answers, with some questions countersigned."""
    path = folder / "depot.stockcheck"
    path.unlink(missing_ok=True)
    made = made or checklist()
    create(path, made, depot="North", marking="", on=ON, by="first")
    with open_file(path, write=True, by="first") as file:
        for name, answer in answers(FACTS if profile is None else profile).items():
            file.answer(made.field[name], answer)
        for name, answer in answers(given).items():
            file.answer(made.question[name], answer)
        one = score_opened(file, "en")
        state = file.state
    return replace(one, scorecard=Scorecard(made, state.answers, state.facts, ON, accepted)) if accepted else one


def printed(one: Assessed) -> str:
    out = io.StringIO()
    print_scorecard(Console(file=out, width=300, markup=False, highlight=False), one)
    return out.getvalue()


def sheets(one: Assessed, folder: Path) -> dict[str, str]:
    """What every sheet of the report says, a line a cell. Read by what reads quickest, and knows no formulas."""
    path = folder / "gap.xlsx"
    write(one, path, made=dt.datetime(2026, 7, 1, tzinfo=dt.UTC), force=True)
    workbook = CalamineWorkbook.from_path(path)
    return {
        name: "\n".join(
            _said(cell) for row in workbook.get_sheet_by_name(name).to_python() for cell in row if cell != ""
        )
        for name in workbook.sheet_names
    }


def _said(cell: object) -> str:
    """A cell as text; a whole number has no decimals, which this reader gives to every number."""
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
