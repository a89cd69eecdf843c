"""A workshop from beginning to end through the commands, in both languages."""

from __future__ import annotations

import datetime as dt
import errno
import os
import stat
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from stockcheck.cli import workshop
from stockcheck.errors import StockcheckError
from stockcheck.workshop import collecting, folder, handout, scenarios
from tests.cli.running import run
from tests.volume import long


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
    assert workbook["Summary"].page_setup.fitToHeight == 1  # one page for the trainer
    assert workbook.sheetnames[:4] == ["Summary", "Participants", "Agreement", "Questions"]
    assert not any("group-00" in str(cell.value) for sheet in workbook for row in sheet.rows for cell in row)
    named = run(tmp_path, "workshop", "report", "room", "-o", "named.xlsx", "--names").stdout
    assert "named.xlsx" in named
    assert {path: path.read_bytes() for path in before} == before
    again = run(tmp_path, "workshop", "report", "room", "-o", "out.xlsx", status=2).stderr
    assert "out.xlsx exists already" in again


@long
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


def test_watching_tells_a_folder_once_and_again_when_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody has handed in anything; a file comes, then half another, then the whole of it; then nothing."""
    room(tmp_path / "room")
    coming = iter([("a.txt", "PER-01=no\n"), ("b.txt", "PER"), ("b.txt", "PER-01=yes\n"), None, None])

    def pause(_seconds: float) -> None:
        if (one := next(coming, KeyboardInterrupt)) is KeyboardInterrupt:
            raise KeyboardInterrupt
        if isinstance(one, tuple):
            (tmp_path / "room" / one[0]).write_text(one[1])

    monkeypatch.setattr("stockcheck.cli.workshop.time.sleep", pause)
    with pytest.raises(KeyboardInterrupt):
        workshop.collect(tmp_path / "room", watch=True)
    said = capsys.readouterr().out.splitlines()
    counts = [line for line in said if line.startswith(("In: ", "Answered nothing: "))]
    assert counts == [
        *("In: 0", "Answered nothing: 0"),
        *("In: 1", "Answered nothing: 0"),
        *("In: 1", "Answered nothing: 1"),
        *("In: 2", "Answered nothing: 0"),
    ]


def test_a_file_that_goes_while_it_is_looked_at_ends_no_watching(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    room(tmp_path / "room")
    for name in ("a.txt", "b.txt"):
        (tmp_path / "room" / name).write_text("PER-01=no\n")
    read = collecting._read

    def gone(path: Path, *given: Any) -> collecting.Participant:
        if path.name == "a.txt":
            path.unlink(missing_ok=True)
        return read(path, *given)

    monkeypatch.setattr(collecting, "_read", gone)
    workshop.collect(tmp_path / "room")
    assert "a.txt: No such file or directory" in capsys.readouterr().out


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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
@pytest.mark.parametrize("name", ["room.json", "room.stockcheck", "scenarios/police-store.yaml", "form.xlsx"])
def test_a_pipe_in_place_of_a_file_of_the_room_holds_nobody_up(name: str, tmp_path: Path) -> None:
    run(tmp_path, "workshop", "new", "room", "--scenario", "police-store", "--rehearse", "3")
    (tmp_path / "room" / name).unlink()
    os.mkfifo(tmp_path / "room" / name)
    done = run(tmp_path, "workshop", "collect", "room", status=0 if name == "form.xlsx" else 1)
    assert "Traceback" not in done.stderr


def test_what_could_not_be_finished_is_taken_away_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    write = folder._write
    with monkeypatch.context() as patched:
        patched.setattr(
            folder, "_write", lambda path, content: (full if path.suffix == ".json" else write)(path, content)
        )
        with pytest.raises(StockcheckError, match="No space left"):
            room(tmp_path / "room")
    assert list((tmp_path / "room").iterdir()) == []
    room(tmp_path / "room")  # the same name can be given again


def test_of_two_trainers_at_once_one_has_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other has found it empty as well, and comes too late."""
    page = handout.page

    def meanwhile(*given: Any, **more: Any) -> bytes:
        with monkeypatch.context() as patched:
            patched.setattr(handout, "page", page)
            room(tmp_path / "room")
        return page(*given, **more)

    monkeypatch.setattr(handout, "page", meanwhile)
    with pytest.raises(StockcheckError):
        room(tmp_path / "room")
    assert folder.open_folder(tmp_path / "room").about.groups == 3


def room(path: Path) -> None:
    scenario = scenarios.read(scenarios.find("police-store"))
    on = dt.date(2026, 3, 2)
    folder.make(path, scenario.checklist, groups=3, language="en", by="trainer", on=on, scenario=scenario)


def test_what_participants_get_holds_nothing_of_the_key(tmp_path: Path) -> None:
    for name in scenarios.names():
        for language in ("en", "es"):
            at = tmp_path / f"{name}-{language}"
            run(tmp_path, "--lang", language, "workshop", "new", at.name, "--scenario", name)
            handed = (at / "handout.html").read_text(encoding="utf-8")
            for sheet in openpyxl.load_workbook(at / "form.xlsx"):
                handed += "\n".join(str(cell.value) for row in sheet.rows for cell in row)
            told = scenarios.read(scenarios.find(name)).told_in(language)
            seen = {text for scene in told.scenes for text in scene.see}
            for one in told.key.values():
                assert one.why in seen or one.why not in handed
                assert one.mistake is None or one.mistake not in handed


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
