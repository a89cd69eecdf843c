"""What can be done with one assessment from the home screen, and what may be in the way."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import sqlite3
import threading
from pathlib import Path

import openpyxl
import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from stockcheck import files
from stockcheck.answers.answer import Answer
from stockcheck.assessed import score_file
from stockcheck.assessment.file import create, open_file
from stockcheck.checklist.model import Checklist
from stockcheck.home import upkeep
from stockcheck.home.app import HomeApp
from stockcheck.home.desk import Wish
from stockcheck.home.dialogs import ChoiceDialog, FileDialog, FormDialog
from tests.exchange.filling import Filling
from tests.home.driving import answer, drive, press, reads, rows, said, settled, told, typed
from tests.volume import long


def test_the_menu_of_an_assessment_leads_to_the_answers(depot: Path) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "enter")
        assert isinstance(app.screen, ChoiceDialog)
        await press(pilot, "enter")

    assert drive(script).wish == Wish(depot)


def test_a_letter_does_it_be_it_a_capital_and_the_mouse_does_it_too(depot: Path) -> None:
    async def capital(pilot: Pilot[None], _app: HomeApp) -> None:
        await press(pilot, "A")

    async def mouse(pilot: Pilot[None], app: HomeApp) -> None:
        await pilot.click("#assessments", offset=(3, 3))
        await settled(pilot)
        assert isinstance(app.screen, ChoiceDialog)
        await pilot.click(app.screen.query_one(OptionList), offset=(5, 0))

    async def letters(pilot: Pilot[None], app: HomeApp) -> None:
        place = str(app.letters.render()).index("a answer") + 3
        await pilot.click("#letters", offset=(place, 0))
        await settled(pilot)

    for script in (capital, mouse, letters):
        assert drive(script).wish == Wish(depot), script


def test_the_score_is_what_the_command_prints(depot: Path) -> None:
    answer(depot, A_1="no")

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "s")
        assert "[bold]North[/]  ·  Small depot" in reads(app)
        assert "IMMEDIATE" in reads(app).upper()
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1

    drive(script)


def test_what_the_file_is_stands_in_a_dialog(depot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer(depot, A_1="no")

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "h")
        assert "Depot: [bold]North[/]" in reads(app)
        assert "A-1 Is the fence whole?: No" in reads(app)

    drive(script)
    assert capsys.readouterr().out == ""


def test_two_copies_are_joined_and_where_they_differ_it_is_listed_first(depot: Path) -> None:
    answer(depot, A_1="no")
    other = depot.with_name("other.stockcheck")
    shutil.copy(depot, other)
    answer(depot, A_1="yes", A_2="shut")
    answer(other, A_1="partial")

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        app.tell("")
        upkeep.merge(app, depot)
        await settled(pilot)
        assert isinstance(app.screen, FileDialog)
        app.screen.dismiss(other)
        await settled(pilot)
        assert app.screen.query_one(Input).value == "north-both.stockcheck"
        await press(pilot, "f10")
        assert "A-1: Is the fence whole?" in told(app)
        assert "Nothing was written: 1 thing was recorded differently" in told(app)
        await press(pilot, "down", "right", "right", "f10")
        assert "decided: A-1 as in" in reads(app)

    drive(script)
    with open_file(depot.with_name("north-both.stockcheck")) as file:
        assert file.state.answers["A-1"] == Answer("partial")
        assert file.events[-1].by == "ana"


def test_the_report_is_written_and_an_earlier_one_is_not_replaced_unasked(depot: Path) -> None:
    answer(depot, A_1="no")
    written = depot.parent / "north-report.xlsx"

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "r", "f10")
        assert said(app) == "Written: north-report.xlsx"
        first = written.read_bytes()
        await press(pilot, "r")
        field = app.screen.query_one(Input)
        assert field.value == "north-report-2.xlsx"
        await typed(pilot, "north-report.xlsx")
        await press(pilot, "f10")
        assert told(app).startswith("north-report.xlsx exists already.")
        assert (field.value, written.read_bytes()) == ("north-report.xlsx", first)
        answer(depot, A_2="shut")
        await press(pilot, "down", "down", "right", "f10")
        assert said(app) == "Written: north-report.xlsx"
        assert written.read_bytes() != first

    drive(script)
    assert openpyxl.load_workbook(written).sheetnames[0] == "Summary"


@long
def test_an_earlier_assessment_is_picked_from_the_list(depot: Path, small: Checklist) -> None:
    earlier = depot.with_name("earlier.stockcheck")
    create(earlier, small, depot="North", marking="", on=dt.date(2025, 3, 1), by="ana")
    answer(earlier, A_1="no")
    answer(depot, A_1="yes")

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, *["down"] * (1 if rows(app)[0].startswith("North") else 0), "r")
        assert app.screen.query_one(Input).value == "north-report.xlsx"
        await press(pilot, "down", "right", "f10")
        assert "Changes" in openpyxl.load_workbook(depot.parent / "north-report.xlsx").sheetnames
        for place in ("home", "end"):  # whichever is named first, the earlier one stands before the later one
            await press(pilot, place, *(["down", "down"] if place == "home" else []), "c", "enter")
            assert reads(app).index("1 Mar 2025") < reads(app).index("1 Mar 2026")
            await press(pilot, "escape")

    drive(script)


@long
def test_a_report_where_nothing_can_be_written(depot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "r")
        await typed(pilot, "nowhere/gap.xlsx")
        await press(pilot, "f10")
        assert "nowhere/gap.xlsx cannot be written: No such file or directory." in told(app)
        await typed(pilot, "gap.pdf")
        await press(pilot, "f10")
        assert "gap.pdf should end in .xlsx, for a workbook, or in .html, for a page." in told(app)
        monkeypatch.setattr(files, "_sync", full)
        await typed(pilot, "gap.xlsx")
        await press(pilot, "f10")
        assert "gap.xlsx cannot be written: No space left on device." in told(app)

    drive(script)
    assert [path.name for path in depot.parent.iterdir()] == [depot.name]


def test_nothing_is_cut_short_while_it_is_being_written(depot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_end = threading.Event(), threading.Event()

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        report = app.runs.report

        def slow(*what: object, **how: object) -> object:
            begun.set()
            may_end.wait(20)
            return report(*what, **how)  # type: ignore[arg-type]

        monkeypatch.setattr(app.runs, "report", slow)
        await pilot.press("r", "f10")
        begun.wait(20)
        await pilot.press("escape", "ctrl+q", "f10", "ctrl+c")
        await pilot.pause()
        assert app.is_running
        assert isinstance(app.screen, FormDialog)
        may_end.set()
        await settled(pilot)
        assert said(app) == "Written: north-report.xlsx"

    drive(script)


def test_a_form_goes_out_and_comes_back(depot: Path) -> None:
    form = depot.parent / "north-form.xlsx"

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "f", "f10")
        assert said(app).startswith("Written: north-form.xlsx, with ")
        Filling(form).write("question:B-1", "perhaps").saved()
        await press(pilot, "i")
        assert isinstance(app.screen, FileDialog)
        await press(pilot, "enter", "f10")
        assert "Nothing was written: 1 cell cannot be understood." in told(app)
        Filling(form).write("question:B-1", "yes").saved()
        await press(pilot, "f10")
        assert "written: 1;" in reads(app)

    drive(script)
    with open_file(depot) as file:
        assert file.state.answers["B-1"] == Answer("yes")


def test_the_action_plan_comes_back(depot: Path) -> None:
    answer(depot, A_1="no")

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "r", "f10", "p", "enter", "f10")
        assert "changed: 0" in reads(app)
        await press(pilot, "escape", "d")
        assert reads(app) == "Nobody has said yet what is being done."

    drive(script)


def test_verify_gives_the_code_and_tells_a_broken_chain(depot: Path) -> None:
    answer(depot, A_1="no")
    with open_file(depot) as file:
        code = file.record.code

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "v", "f10")
        assert f"Short code: {code}" in reads(app)
        await press(pilot, "escape")
        with contextlib.closing(sqlite3.connect(depot)) as connection, connection:
            (trigger,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'event_stays'").fetchone()
            connection.execute("DROP TRIGGER event_stays")
            connection.execute("""UPDATE event SET body = '{"value":"yes"}' WHERE subject = 'A-1'""")
            connection.execute(trigger)
        await press(pilot, "v", "f10")
        assert "was changed after it was recorded" in told(app)
        await press(pilot, "escape")
        app.renew()
        await settled(pilot)
        assert "The history of this file was changed after it was recorded." in rows(app)[0]

    drive(script)


@long
def test_upgrade_says_what_became_of_the_answers_and_which_checklist_is_none(depot: Path) -> None:
    answer(depot, A_1="no")

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "u")
        await typed(pilot, "nothing-of-the-kind")
        await press(pilot, "f10")
        assert "There is no checklist called nothing-of-the-kind." in told(app)
        await typed(pilot, "rapid")
        await press(pilot, "f10")
        assert "rapid is another checklist, not a newer version of it." in told(app)
        await typed(pilot, "")
        await press(pilot, "f10")
        assert "kept in the history only: 1." in reads(app)

    drive(script)


def test_a_review_asks_who_and_answering_goes_by_the_name_that_was_given(depot: Path) -> None:
    answer(depot, A_1="na: there is no fence")

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "w", "f10")
        assert told(app) == "Whoever reviews gives a name."
        await typed(pilot, "Luis")
        await press(pilot, "f10")

    assert drive(script).wish == Wish(depot, "Luis")

    async def who(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "b")
        await typed(pilot, "Eva")
        await press(pilot, "f10")
        assert "who answers: Eva" in str(app.title_line.render())
        assert app.kept.by == "Eva"

    drive(who)


def test_long_work_says_how_far_it_is_on_the_screen_and_not_across_it(
    depot: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("stockcheck.cli.reports._PATIENCE", -1.0)
    heard: list[str] = []
    working = FormDialog.working

    def listen(dialog: FormDialog, message: str) -> None:
        heard.append(message)
        working(dialog, message)

    monkeypatch.setattr(FormDialog, "working", listen)

    async def script(pilot: Pilot[None], _app: HomeApp) -> None:
        await press(pilot, "r", "f10")

    drive(script)
    assert "Writing the report: Summary …" in heard
    assert heard[-2:] == ["Writing the file …", ""]
    assert "Writing" not in capfd.readouterr().err


def test_leaving_waits_for_what_is_being_worked_out(depot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    may_end = threading.Event()

    def slow(path: Path, spoken: str) -> object:
        may_end.wait(20)
        return score_file(path, spoken)

    monkeypatch.setattr("stockcheck.home.tasks.score_file", slow)

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await pilot.press("s", "q", "s")
        await pilot.pause()
        assert app.is_running
        assert said(app) == "! Something is being written. Wait until it is there."
        may_end.set()
        await settled(pilot)
        assert "Small depot" in reads(app)
        await press(pilot, "escape", "q")
        assert app._exit

    drive(script)
