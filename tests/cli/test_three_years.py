"""Three years with one depot, by commands alone: assessed, reported, planned, sealed, taken up again, and forged."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from stockcheck.keys import own
from tests.assessment.photographs import jpeg
from tests.cli.running import run
from tests.cli.test_record import TOO_MUCH
from tests.cli.test_seal import PHRASE, forged
from tests.depot import checklist_file
from tests.exchange.test_plan_comes_back import columns, row_of

FIRST, SECOND, THIRD = "2024.stockcheck", "2025.stockcheck", "2026.stockcheck"


@pytest.fixture
def depot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a checklist, a photograph, a commander's key and its passphrase."""
    monkeypatch.setattr(own, "ROUNDS", 2)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "commander"))
    checklist_file(tmp_path)
    (tmp_path / "phrase").write_text(PHRASE)
    (tmp_path / "fence.jpg").write_bytes(jpeg())
    run(tmp_path, "key", "new", "--name", "commander", "--passphrase-file", "phrase")
    return tmp_path


def seal(folder: Path, file: str) -> None:
    role = ("--role", "Depot commander", "--by", "Ana Roca", "--yes")
    run(folder, "seal", file, *role, "--passphrase-file", "phrase")
    assert "as they stand here" in run(folder, "verify", file, "--key", "commander").stdout


def answered(folder: Path, file: str, by: str, *lines: str) -> None:
    run(folder, "answer", file, "--by", by, text="".join(f"{line}\n" for line in lines))


def planned(folder: Path, file: str, report: str, question: str, **values: Any) -> None:
    """Write the report, fill the plan in as somebody does in a spreadsheet program, and bring it in."""
    run(folder, "report", file, "-o", report)
    workbook = openpyxl.load_workbook(folder / report)
    sheet = workbook["Action plan"]
    for column, value in values.items():
        sheet.cell(row_of(sheet, question), columns(sheet)[column]).value = value
    workbook.save(folder / report)
    run(folder, "plan", "import", report, "--into", file, "--by", "Works office")


def figures(folder: Path, file: str) -> dict[str, Any]:
    return dict(json.loads(run(folder, "score", file, "--json").stdout))


def question(folder: Path, file: str, wanted: str, among: str = "questions") -> dict[str, Any]:
    (found,) = (one for one in figures(folder, file)[among] if one["id"] == wanted)
    return dict(found)


def assessed_for_the_first_time(folder: Path) -> None:
    run(folder, "new", FIRST, "-c", "depot.yaml", "--depot", "North", "--code", "N-7", "--date", "2024-03-01")
    answered(
        folder, FIRST, "Ana Roca", "kinds=arms, rounds", "A-1=no", "A-3=locks", "A-4=na: Nobody walks here", "B-1=no"
    )
    run(folder, "review", FIRST, "--by", "Ben Sol", text="A-4=accept\n")
    run(folder, "evidence", "add", FIRST, "A-1", "fence.jpg", "--remark", "The gap by the gate")
    planned(folder, FIRST, "2024.xlsx", "A-1", owner="Works", due=dt.date(2024, 9, 30))
    seal(folder, FIRST)
    run(folder, "answer", FIRST, text="A-1=yes\n", status=1)


def assessed_again(folder: Path) -> None:
    before = (folder / FIRST).read_bytes()
    run(folder, "new", SECOND, "--from", FIRST, "--date", "2025-03-01", "--by", "Cora Paz")
    assert figures(folder, SECOND)["nothing_answered"] is True
    answered(folder, SECOND, "Cora Paz", ":go kinds", ":confirm", ":go A-1", ":confirm", "A-3=locks, bars", "B-1=yes")
    assert (folder / FIRST).read_bytes() == before


def test_three_years_with_one_depot(depot: Path) -> None:
    assessed_for_the_first_time(depot)
    first = figures(depot, FIRST)
    assessed_again(depot)

    assert question(depot, SECOND, "A-1")["answer"] == {"value": "no"}
    assert question(depot, SECOND, "A-1", "gaps")["since"] == "2024-03-01"
    assert question(depot, SECOND, "A-4")["answer"] is None, "nobody has looked whether it still does not apply"
    assert "2024-09-30" in run(depot, "plan", "list", SECOND, "--json").stdout
    assert "fence.jpg" in run(depot, "evidence", "list", SECOND, "A-1").stdout
    (photograph,) = json.loads(run(depot, "evidence", "list", SECOND, "A-1", "--json").stdout)["evidence"]
    run(depot, "evidence", "extract", SECOND, str(photograph["item"]), "-o", "again.jpg")
    assert (depot / "again.jpg").read_bytes() == jpeg()

    found = json.loads(run(depot, "compare", FIRST, SECOND, "--json").stdout)
    kinds = {one["id"]: one["change"] for one in found["changes"]}
    assert (kinds["A-1"], kinds["A-3"], kinds["A-4"], kinds["B-1"]) == (
        "still a gap",
        "improved",
        "now in scope",
        "improved",
    )
    planned(
        depot,
        SECOND,
        "2025.xlsx",
        "A-1",
        status="Waived",
        until=dt.date(2025, 12, 31),
        measure="A guard by day and night",
    )
    changes = openpyxl.load_workbook(depot / "2025.xlsx")["Changes"]
    assert any("Is the fence whole?" in str(cell.value) for row in changes.iter_rows() for cell in row)
    seal(depot, SECOND)
    code = json.loads(run(depot, "show", SECOND, "--json").stdout)["record"]["code"]

    run(depot, "new", THIRD, "--from", SECOND, "--date", "2026-03-01", "--by", "Cora Paz")
    answered(depot, THIRD, "Cora Paz", ":go kinds", ":confirm", ":go A-3", ":confirm", ":go A-1", ":confirm")
    since = question(depot, THIRD, "A-1", "gaps")["since"]
    assert since == "2024-03-01", "the gap of the first year, all the way"
    waived = run(depot, "plan", "list", THIRD).stdout
    assert "A guard by day and night" in waived
    answered(depot, THIRD, "Cora Paz", "A-1=yes", "A-2=locked")
    run(depot, "report", THIRD, "-o", "2026.xlsx", "--previous", FIRST)
    third = figures(depot, THIRD)
    assert third["score"]["lower"] != first["score"]["lower"]
    seal(depot, THIRD)

    whole = (depot / SECOND).read_bytes()
    forged(depot / SECOND, was='"no"')
    done = run(depot, "verify", SECOND, "--key", "commander", status=1)
    assert "the signature does not fit" in done.stderr
    assert not TOO_MUCH.search(done.stdout + done.stderr)
    run(depot, "verify", SECOND, "--against", code, status=1)
    forged(depot / SECOND, seal=False, was='"no"')
    done = run(depot, "verify", SECOND)
    assert "The file is not sealed." in done.stdout
    assert not TOO_MUCH.search(done.stdout)
    run(depot, "verify", SECOND, "--key", "commander", status=1)
    (depot / SECOND).write_bytes(whole)
    assert "as they stand here" in run(depot, "verify", SECOND, "--key", "commander").stdout
