"""form and import as they are called: what they say, what they refuse, and with which status."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from stockcheck.answers.answer import Answer, Value
from stockcheck.assessment.file import open_file
from stockcheck.checklist.library import load
from tests.assessment.crafting import new
from tests.cli.running import run
from tests.exchange.filling import Filling, assessment


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    return assessment(tmp_path / "d.stockcheck", load("rapid"))


def state(path: Path) -> dict[str, Answer]:
    with open_file(path) as file:
        return file.state.answers


def test_a_form_there_and_back(depot: Path, tmp_path: Path) -> None:
    said = run(tmp_path, "form", "--checklist", "rapid", "-o", "form.xlsx").stdout
    assert "form.xlsx, with 32 questions." in said
    assert (tmp_path / "form.xlsx").stat().st_mode & 0o777 == 0o600
    Filling(tmp_path / "form.xlsx").write("question:PER-01", "Yes").write(
        "question:ACC-01", "No", note="Nobody"
    ).saved()
    said = run(tmp_path, "import", depot, "form.xlsx", "--dry-run").stdout
    assert said == "Read: 3; would be written: 3; as before: 0; kept: 0; refused: 0; left out: 0.\n"
    assert state(depot) == {}
    said = run(tmp_path, "import", depot, "form.xlsx", "--by", "Officer").stdout
    assert said == "Read: 3; written: 3; as before: 0; kept: 0; refused: 0; left out: 0.\n"
    assert state(depot) == {"PER-01": Answer("yes"), "ACC-01": Answer("no")}
    said = run(tmp_path, "import", depot, "form.xlsx").stdout
    assert said == "Read: 3; written: 0; as before: 3; kept: 0; refused: 0; left out: 0.\n"


def test_the_form_of_an_assessment_asks_what_is_open(depot: Path, tmp_path: Path) -> None:
    with open_file(depot, write=True, by="tester") as file:
        file.answer(file.checklist.question["PER-01"], Answer("yes"))
    run(tmp_path, "form", depot, "-o", "rest.xlsx")
    rest = Filling(tmp_path / "rest.xlsx")
    assert "question:PER-01" not in rest.places
    assert "question:PER-08" in rest.places


def test_a_gap_report_is_read_by_its_sheet_of_what_is_still_to_check(depot: Path, tmp_path: Path) -> None:
    run(tmp_path, "--lang", "es", "report", depot, "-o", "gap.xlsx")
    gap = Filling(tmp_path / "gap.xlsx")
    assert gap.places["question:PER-01"][0].title == "Por verificar"
    gap.write("question:PER-01", "Sí").write("fact:stock/firearms", "X").saved()
    assert "written: 2" in run(tmp_path, "import", depot, "gap.xlsx").stdout
    assert state(depot) == {"PER-01": Answer("yes")}


def test_cells_that_cannot_be_understood_keep_the_rest_out_unless_partial(depot: Path, tmp_path: Path) -> None:
    run(tmp_path, "form", "-c", "rapid", "-o", "form.xlsx")
    form = Filling(tmp_path / "form.xlsx").write("question:PER-01", "Perhaps").write("question:ACC-01", "No")
    place = f"sheet “{form.places['question:PER-01'][0].title}”, cell {form.cell('question:PER-01').coordinate}"
    form.saved()
    said = run(tmp_path, "import", depot, "form.xlsx", status=1).stderr
    assert f"{place}: “Perhaps” is no answer to PER-01" in said
    assert "Nothing was written: 1 cell cannot be understood." in said
    assert state(depot) == {}
    said = run(tmp_path, "import", depot, "form.xlsx", "--partial").stdout
    assert said.startswith("Read: 1; written: 1; as before: 0; kept: 0; refused: 1;")
    assert state(depot) == {"ACC-01": Answer("no")}


def test_a_conflict_is_told_with_both_answers_and_settled_by_whoever_calls(depot: Path, tmp_path: Path) -> None:
    run(tmp_path, "form", depot, "-o", "form.xlsx")
    Filling(tmp_path / "form.xlsx").write("question:PER-01", "No").write("question:ACC-01", "No").saved()
    with open_file(
        depot, write=True, by="Second\x1b[31m officer", clock=lambda: dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    ) as file:
        file.answer(file.checklist.question["PER-01"], Answer("partial"))
    said = run(tmp_path, "import", depot, "form.xlsx", status=1).stderr
    assert "PER-01 has been answered in the assessment, by Second␛[31m officer, 2 Mar 2026 00:00 UTC." in said
    assert "There: Partial Here: No" in said
    assert "with --ours, or take what the form has with --theirs" in said
    assert state(depot) == {"PER-01": Answer("partial")}
    assert (
        "--ours and --theirs exclude"
        in run(tmp_path, "import", depot, "form.xlsx", "--ours", "--theirs", status=2).stderr
    )
    assert "written: 1; as before: 0; kept: 1" in run(tmp_path, "import", depot, "form.xlsx", "--ours").stdout
    assert state(depot) == {"PER-01": Answer("partial"), "ACC-01": Answer("no")}
    assert "written: 1; as before: 1; kept: 0" in run(tmp_path, "import", depot, "form.xlsx", "--theirs").stdout
    assert state(depot)["PER-01"] == Answer("no")


def test_a_form_never_replaces_anything(depot: Path, tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_text("Somebody's")
    for output, said in (("form.xlsx", "exists already"), (str(depot), "should end in .xlsx")):
        assert said in run(tmp_path, "form", "-c", "rapid", "-o", output, status=2).stderr
    assert (tmp_path / "form.xlsx").read_text() == "Somebody's"


@pytest.mark.parametrize(
    ("arguments", "said", "status"),
    [
        (("form", "-o", "f.xlsx"), "A form is made of an assessment, or of a checklist.", 2),
        (
            ("form", "d.stockcheck", "-c", "rapid", "-o", "f.xlsx"),
            "A form is made of an assessment, or of a checklist.",
            2,
        ),
        (("import", "d.stockcheck", "none.xlsx"), "There is no file", 2),
        (("import", "d.stockcheck", "d.stockcheck"), "", 1),
    ],
)
def test_a_wrong_call_is_told(arguments: tuple[str, ...], said: str, status: int, depot: Path, tmp_path: Path) -> None:
    assert said in run(tmp_path, *arguments, status=status).stderr
    assert not (tmp_path / "f.xlsx").exists()


def test_with_everything_answered_there_is_nothing_to_ask(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    given: dict[str, Value] = {"A-1": "no", "A-3": (), "A-4": Decimal(4), "A-5": dt.date(2026, 1, 1), "A-6": "Lamps"}
    with open_file(path, write=True, by="tester") as file:
        file.answer(file.checklist.field["kinds"], Answer(("arms",)))
        file.answer(file.checklist.field["size"], Answer(Decimal(2)))
        for name, value in given.items():
            file.answer(file.checklist.question[name], Answer(value))
    assert "there is nothing to ask" in run(tmp_path, "form", path, "-o", "form.xlsx", status=1).stderr
    assert not (tmp_path / "form.xlsx").exists()
