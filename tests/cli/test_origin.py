"""Every output says whether the checklist is the one that stockcheck ships, or one that only looks like it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from stockcheck.checklist import worded
from stockcheck.checklist.loading import compose
from stockcheck.checklist.shipped import heads, shipped
from tests.cli.running import run
from tests.depot import checklist_file
from tests.volume import long, some

RAPID = f"Checklist: rapid {compose(shipped() / 'rapid.yaml')[0].version}, "
SHIPPED = RAPID + "as shipped with stockcheck ("
ADAPTED = RAPID + "ADAPTED: not the checklist that stockcheck ships under this name ("
OWN = "Checklist: own 1.0, OWN: not a checklist that stockcheck ships ("
HIDES = "Note: rapid is {file} here, and hides the checklist of that name that stockcheck ships.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three assessments: by the shipped checklist, by one that is easier and calls itself the same, by one's own."""
    folder = tmp_path_factory.mktemp("origin")
    easier(folder / "easier")
    own = checklist_file(folder)
    own.write_text(own.read_text(encoding="utf-8").replace("id: depot", "id: own"), encoding="utf-8")
    for name, checklist in (("shipped", "rapid"), ("easier", "easier/rapid.yaml"), ("own", "depot.yaml")):
        arguments = ("--checklist", checklist, "--depot", "North", "--date", "2026-03-01")
        (folder / f"{name}.txt").write_text(run(folder, "new", f"{name}.stockcheck", *arguments).stdout)
    return folder


def easier(folder: Path) -> None:
    shutil.copytree(shipped(), folder, ignore=shutil.ignore_patterns("*.lock"))
    text = (folder / "rapid.yaml").read_text(encoding="utf-8")
    assert ", CHK-05]" in text
    (folder / "rapid.yaml").write_text(text.replace(", CHK-05]", "]"), encoding="utf-8")  # what is missing is not asked


def said(folder: Path, *arguments: str) -> str:
    """What is printed, its lines unfolded."""
    return " ".join(run(folder, *arguments).stdout.split())


def digest(folder: Path, name: str) -> str:
    found = json.loads(run(folder, "score", f"{name}.stockcheck", "--json").stdout)
    return str(found["checklist"]["sha256"])


@pytest.mark.parametrize(("name", "words"), [("shipped", SHIPPED), ("easier", ADAPTED), ("own", OWN)])
def test_new_verify_and_score_say_it_with_the_digest(folder: Path, name: str, words: str) -> None:
    line = f"{words}{digest(folder, name)[:12]})"
    assert line in (folder / f"{name}.txt").read_text()
    assert line in said(folder, "verify", f"{name}.stockcheck")
    assert line in said(folder, "score", f"{name}.stockcheck")


@pytest.mark.parametrize(("name", "origin"), [("shipped", "shipped"), ("easier", "adapted"), ("own", "own")])
def test_programs_are_told_as_well(folder: Path, name: str, origin: str) -> None:
    found = json.loads(run(folder, "score", f"{name}.stockcheck", "--json").stdout)
    assert found["checklist"]["provenance"] == origin


@pytest.mark.parametrize("name", ["shipped", "easier", "own"])
def test_the_questionnaire_says_so_when_the_checklist_is_not_the_shipped_one(folder: Path, name: str) -> None:
    welcome = run(folder, "answer", f"{name}.stockcheck", text=":quit\n").stdout.splitlines()[:2]
    expected = {"shipped": "==", "easier": "ADAPTED: not the checklist", "own": "OWN: not a checklist"}
    assert welcome[1].startswith(expected[name])


def test_a_comparison_says_it_of_both_and_that_one_name_is_two_checklists(folder: Path) -> None:
    shown = said(folder, "compare", "shipped.stockcheck", "easier.stockcheck")
    assert shown.index(SHIPPED) < shown.index(ADAPTED) < shown.index("have one name and one version, but not one")
    assert "not one content" not in said(folder, "compare", "shipped.stockcheck", "shipped.stockcheck")
    found = json.loads(run(folder, "compare", "shipped.stockcheck", "easier.stockcheck", "--json").stdout)
    assert [found["checklists"][side]["provenance"] for side in ("before", "after")] == ["shipped", "adapted"]


@some("name", ["shipped", "easier", "own"], sample=["easier"])
def test_the_first_page_says_it_before_the_score_and_the_method_in_full(
    folder: Path, name: str, tmp_path: Path
) -> None:
    run(folder, "report", f"{name}.stockcheck", "-o", str(tmp_path / "gap.xlsx"))
    workbook = openpyxl.load_workbook(tmp_path / "gap.xlsx")
    texts = {cell: str(cell.value) for row in workbook["Summary"].iter_rows() for cell in row if cell.value}
    beginning = {"shipped": "as shipped with", "easier": "ADAPTED: not", "own": "OWN: not"}[name]
    (place,) = (cell for cell, text in texts.items() if beginning in text)
    assert place.row < next(cell.row for cell, text in texts.items() if text == "Score")
    frame = place.border.left
    assert (frame is not None and frame.style == "thick") is (name == "easier"), (
        "set off when it passes for the shipped one"
    )
    method = " ".join(str(cell.value) for row in workbook["Method and words"].iter_rows() for cell in row)
    assert digest(folder, name) in method


def test_show_and_upgrade_say_it(folder: Path, tmp_path: Path) -> None:
    assert ADAPTED in said(folder, "checklist", "show", "easier/rapid.yaml")
    assert SHIPPED in said(folder, "checklist", "show", "rapid")
    shutil.copy(folder / "easier.stockcheck", tmp_path)
    assert SHIPPED in said(tmp_path, "upgrade", "easier.stockcheck")
    assert SHIPPED in said(tmp_path, "upgrade", "easier.stockcheck"), "also when it is that version already"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """Where the user's own folder of checklists has an easier one of a shipped one's name."""
    easier(tmp_path / "stockcheck" / "checklists")
    for path in (tmp_path / "stockcheck" / "checklists").glob("*.yaml"):
        if path.stem != "rapid":
            path.unlink()
    return {"XDG_DATA_HOME": str(tmp_path)}


@pytest.mark.parametrize(
    "call",
    [
        "new x.stockcheck --checklist rapid",
        "upgrade shipped.stockcheck",
        "checklist show rapid",
        "checklist list",
        "checklist lint",
        "checklist lint rapid rapid",
        "checklist coverage",
    ],
)
def test_a_checklist_that_hides_a_shipped_one_is_announced_once(
    folder: Path, tmp_path: Path, home: dict[str, str], call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worded, "warnings", lambda *_: ())  # what takes most of a lint's time is not the point
    shutil.copy(folder / "shipped.stockcheck", tmp_path)
    done = run(tmp_path, *call.split(), env=home)
    file = tmp_path / "stockcheck" / "checklists" / "rapid.yaml"
    assert done.stderr == HIDES.format(file=file)
    assert "hides the checklist" not in done.stdout


@long
@pytest.mark.parametrize("call", ["new x.stockcheck --checklist gender", "checklist show gender", "demo"])
def test_what_hides_nothing_of_what_is_called_is_not_spoken_of(tmp_path: Path, home: dict[str, str], call: str) -> None:
    assert run(tmp_path, *call.split(), env=home).stderr == ""


def test_the_list_tells_the_hiding_one_from_the_others(tmp_path: Path, home: dict[str, str]) -> None:
    lines = run(tmp_path, "checklist", "list", env=home).stdout.splitlines()
    assert [line.split()[0] for line in lines if "adapted" in line] == ["rapid"]
    assert sum("as shipped" in line for line in lines) == len(heads(shipped())) - 1


@long
def test_the_demo_is_always_by_the_shipped_checklist(tmp_path: Path) -> None:
    own = tmp_path / "stockcheck" / "checklists"
    own.parent.mkdir()
    easier(own)
    (own / "ammunition.yaml").write_text("id: [", encoding="utf-8")
    shown = run(tmp_path, "demo", XDG_DATA_HOME=str(tmp_path)).stdout
    assert re.search(r"Checklist: ammunition \S+, as shipped", shown)
