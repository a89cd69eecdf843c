"""A workshop from beginning to end through the commands, in both languages."""

from __future__ import annotations

import stat
from pathlib import Path

import openpyxl
import pytest

from tests.cli.running import run


def test_a_workshop_from_beginning_to_end(tmp_path: Path) -> None:
    made = run(tmp_path, "workshop", "new", "room", "--scenario", "police-store", "--rehearse", "9", "--groups", "9")
    assert "handout.html" in made.stdout
    for path in (tmp_path / "room").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 or path.is_dir()
    before = {path: path.read_bytes() for path in (tmp_path / "room").rglob("group-*")}
    assert len(before) == 9
    told = run(tmp_path, "workshop", "collect", "room").stdout
    assert "In: 9\n" in told
    assert "Not taken: 0\n" in told
    assert "Worth talking about:" in told
    assert "group-00" not in told
    settled = run(tmp_path, "workshop", "settle", "room", text="take\nPER-01=partial\nquit\n").stdout
    assert "2 answers kept." in settled
    run(tmp_path, "workshop", "report", "room", "-o", "out.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert workbook.sheetnames[:4] == ["Summary", "Participants", "Agreement", "Questions"]
    assert not any("group-00" in str(cell.value) for sheet in workbook for row in sheet.rows for cell in row)
    named = run(tmp_path, "workshop", "report", "room", "-o", "named.xlsx", "--names").stdout
    assert "named.xlsx" in named
    assert {path: path.read_bytes() for path in before} == before
    again = run(tmp_path, "workshop", "report", "room", "-o", "out.xlsx", status=2).stderr
    assert "out.xlsx exists already" in again


def test_everything_is_said_in_spanish(tmp_path: Path) -> None:
    run(tmp_path, "--lang", "es", "workshop", "new", "sala", "--scenario", "account", "--rehearse", "3")
    page = (tmp_path / "sala" / "handout.html").read_text(encoding="utf-8")
    assert "Una sala de armas cuya cuenta no cierra" in page
    assert "You see" not in page
    told = run(tmp_path, "--lang", "es", "workshop", "collect", "sala").stdout
    assert "Entregados: 3" in told
    run(tmp_path, "--lang", "es", "workshop", "report", "sala", "-o", "sala.xlsx")
    texts = {
        str(cell.value)
        for sheet in openpyxl.load_workbook(tmp_path / "sala.xlsx")
        for row in sheet.rows
        for cell in row
    }
    assert not texts & {"Question", "Key", "Agreement", "Participants", "Right", "Why"}


def test_an_empty_room_is_told(tmp_path: Path) -> None:
    run(tmp_path, "workshop", "new", "room", "--checklist", "rapid")
    for call in (("collect", "room"), ("report", "room", "-o", "out.xlsx"), ("settle", "room")):
        assert "Nobody has answered anything yet" in run(tmp_path, "workshop", *call, status=1).stderr


WRONG = {
    "no folder of a workshop": (("collect", "."), 2),
    "There is no scenario called police": (("new", "room", "--scenario", "police"), 2),
    "is for the checklist rapid": (("new", "room", "--scenario", "police-store", "--checklist", "firearms"), 2),
    "from 1 to 200 groups": (("new", "room", "--groups", "0"), 2),
    "answer about a scenario": (("new", "room", "--rehearse", "3"), 2),
    "takes a terminal": (("present", "room"), 2),
    "should end in .xlsx": (("report", "room", "-o", "out.csv"), 2),
}


@pytest.mark.parametrize("said", WRONG)
def test_a_mistaken_call_is_explained(said: str, tmp_path: Path) -> None:
    call, status = WRONG[said]
    assert said in run(tmp_path, "workshop", *call, status=status).stderr
    assert not (tmp_path / "room").exists()


@pytest.mark.parametrize(
    "content", ["", "{}", "[" * 50_000, '{"version": 2}', "\x00", '{"version": 1, "language": "en"}']
)
def test_a_damaged_folder_is_told(content: str, tmp_path: Path) -> None:
    run(tmp_path, "workshop", "new", "room", "--checklist", "rapid")
    (tmp_path / "room" / "room.json").write_text(content)
    assert "room.json is damaged" in run(tmp_path, "workshop", "collect", "room", status=1).stderr


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "mine.txt").write_text("mine")
    assert "not empty" in run(tmp_path, "workshop", "new", "room", "--checklist", "rapid", status=2).stderr
    assert [path.name for path in (tmp_path / "room").iterdir()] == ["mine.txt"]


def test_scenarios_are_listed_shown_and_checked(tmp_path: Path) -> None:
    listed = run(tmp_path, "workshop", "scenario", "list").stdout
    assert {line.split()[0] for line in listed.splitlines()} == {"account", "hidden-dangers", "police-store"}
    shown = run(tmp_path, "workshop", "scenario", "show", "police-store").stdout
    keyed = run(tmp_path, "workshop", "scenario", "show", "police-store", "--key").stdout
    assert "third key" in shown
    assert "The worst gate counts" not in shown
    assert "The worst gate counts" in keyed
    assert "3 scenarios, no faults." in run(tmp_path, "workshop", "scenario", "lint").stdout
    (tmp_path / "mine.yaml").write_text("id: mine\n")
    assert "mine.yaml:1:1" in run(tmp_path, "workshop", "scenario", "lint", "mine.yaml", status=1).stderr
