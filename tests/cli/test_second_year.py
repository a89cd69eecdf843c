"""`new --from`: a second year as a person begins it, on the command line and from the home screen's commands."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.running import run
from tests.depot import SECTION_ONE, checklist_file

OLD, NEW = "old.stockcheck", "new.stockcheck"


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    """A folder with a first year of which some is answered."""
    checklist_file(tmp_path)
    run(
        tmp_path, "new", OLD, "-c", "depot.yaml", "--depot", "North", "--code", "N-7", "--date", "2025-03-01",
        "--marking", "SECRET",
    )  # fmt: skip
    text = "kinds=arms, rounds\nA-1=no\nA-2=shut\nA-3=na: A cave\nA-5=2025-02-20\n:go A-1\n:note By the gate\n"
    run(tmp_path, "answer", OLD, "--by", "Ana", text=text)
    return tmp_path


def figures(folder: Path, file: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(run(folder, "score", file, "--json").stdout)
    return found


def test_it_begins_with_depot_code_marking_and_checklist_of_the_first(depot: Path) -> None:
    before = (depot / OLD).read_bytes()
    done = run(depot, "new", NEW, "--from", OLD, "--date", "2026-03-01", "--by", "Ben")
    assert done.returncode == 0
    assert "5 answers of the assessment of 1 Mar 2025 wait to be confirmed" in done.stdout
    assert "Along came: notes 1, flags 0, actions 0, evidence 0." in done.stdout
    assert (depot / OLD).read_bytes() == before
    found = figures(depot, NEW)
    assert (found["depot"], found["depot_code"], found["marking"]) == ("North", "N-7", "SECRET")
    assert found["nothing_answered"] is True
    assert found["checklist"]["sha256"] == figures(depot, OLD)["checklist"]["sha256"]  # type: ignore[index]


def test_what_is_given_stands_before_what_the_first_says(depot: Path) -> None:
    changed = SECTION_ONE.replace("text: Is the fence whole?", "text: Is the wall whole?")
    (depot / "sections" / "one.yaml").write_text(changed, encoding="utf-8")
    run(depot, "new", NEW, "--from", OLD, "-c", "depot.yaml", "--depot", "South", "--code", "", "--marking", "")
    found = figures(depot, NEW)
    assert (found["depot"], found["depot_code"], found["marking"]) == ("South", "", "")
    assert "Is the wall whole?" in run(depot, "show", NEW, "--history").stdout + run(depot, "score", NEW).stdout


def test_its_report_tells_the_changes_without_being_given_the_first_file(depot: Path) -> None:
    run(depot, "new", NEW, "--from", OLD, "--date", "2026-03-01")
    run(depot, "answer", NEW, text="kinds=arms, rounds\n:go A-1\n:confirm\nA-2=open\n")
    given = ["report", NEW, "--made", "2026-04-01", "--only", "Changes"]
    run(depot, *given, "-o", "one.xlsx")
    run(depot, *given, "-o", "two.xlsx", "--previous", OLD)
    said = [
        [[cell.value for cell in row] for row in openpyxl.load_workbook(depot / name)["Changes"].iter_rows()]
        for name in ("one.xlsx", "two.xlsx")
    ]
    carried = [row for row in said[0] if any("as the later file carries it" in str(cell) for cell in row)]
    assert len(carried) == 1, "for whoever wrote the file may have written another first year into it"
    assert [row for row in said[0] if row not in carried] == said[1]
    assert any("Is the fence whole?" in str(cell) for row in said[0] for cell in row)


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        ([OLD, "--from", OLD], 2, "old.stockcheck exists already."),
        ([NEW, "--from", "none.stockcheck"], 2, "There is no file none.stockcheck."),
        ([NEW, "--from", "depot.yaml"], 1, "depot.yaml is not a stockcheck assessment."),
        ([NEW, "--from", OLD, "--date", "2025-02-28"], 2, "of 2025-03-01: one of 2025-02-28 cannot begin from it."),
        ([NEW], 2, "--checklist is missing."),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_makes_no_file(
    depot: Path, arguments: list[str], status: int, why: str
) -> None:
    before = (depot / OLD).read_bytes()
    assert why in run(depot, "new", *arguments, status=status).stderr
    assert not (depot / NEW).exists()
    assert (depot / OLD).read_bytes() == before
