"""The home screen, driven by keys and mouse: each path that a person may take, and what may be in the way."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import os
import sqlite3
import threading
from pathlib import Path

import openpyxl
import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from stockcheck import files, language
from stockcheck.answers.answer import Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessment.file import create, open_file
from stockcheck.checklist.model import Checklist
from stockcheck.home import remembered
from stockcheck.home.app import HomeApp
from stockcheck.home.desk import TooSmall, Wish
from stockcheck.home.dialogs import ChoiceDialog, FileDialog, FormDialog, ReadingDialog
from tests.exchange.filling import Filling
from tests.home.driving import drive, home, press, reads, rows, said, settled, told, typed


def answer(path: Path, **answers: str) -> None:
    with open_file(path, write=True, by="ana") as file:
        for name, value in answers.items():
            id_ = name.replace("_", "-")
            why = value.removeprefix("na: ")
            given = Answer(value) if value == why else not_applicable(why)
            file.answer(file.checklist.question[id_], given)


# The list


def test_it_tells_depot_date_checklist_progress_and_level_and_an_untouched_file_has_no_figure(depot: Path) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        title = "[bold]North[/]  ·  1 Mar 2026  ·  north.stockcheck"
        assert rows(app) == [f"{title}\nADAPTED CHECKLIST  ·  Small depot  ·  Nothing answered yet"]
        answer(depot, A_1="no")
        app.renew()
        await settled(pilot)
        assert rows(app)[0].endswith("Small depot  ·  1 of 9 answered  ·  no level yet")

    drive(script)


def test_what_cannot_be_opened_says_why_in_a_few_words(folder: Path) -> None:
    (folder / "a.stockcheck").write_text("a letter")
    remembered.remember(folder / "gone.stockcheck")

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        gone, letter = rows(app)
        assert gone.startswith("gone.stockcheck\n! There is no file")
        assert letter.startswith("a.stockcheck\n! a.stockcheck is not a stockcheck assessment")

    drive(script)


def test_those_opened_last_come_first_then_those_of_this_folder(depot: Path, small: Checklist, tmp_path: Path) -> None:
    other = tmp_path / "other.stockcheck"
    create(other, small, depot="South", marking="", on=dt.date(2025, 3, 1), by="ana")
    remembered.remember(other)

    async def script(_pilot: Pilot[None], app: HomeApp) -> None:
        assert [row.split("  ·")[0] for row in rows(app)] == ["South", "[bold]North[/]"]

    drive(script)


def test_the_list_is_painted_before_any_file_is_opened(depot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    may_open = threading.Event()

    def slow(path: Path, **how: object) -> object:
        may_open.wait(20)
        return open_file(path)

    monkeypatch.setattr("stockcheck.home.shelf.open_file", slow)

    async def script() -> None:
        app = home()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert rows(app) == ["north.stockcheck\n…"]
            await pilot.press("question_mark")
            assert isinstance(app.screen, ReadingDialog), "keys work meanwhile"
            may_open.set()
            await settled(pilot)
            assert "Nothing answered yet" in rows(app)[0]

    asyncio.run(script())


def test_a_file_that_vanishes_between_list_and_opening_is_told_of(depot: Path) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        depot.unlink()
        await press(pilot, "s")
        assert said(app).startswith("! There is no file")
        await press(pilot, "r", "f10")
        assert told(app).startswith("There is no file")

    drive(script)


# New


def test_new_asks_for_checklist_and_depot_and_goes_on_to_the_questions(folder: Path) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "enter")
        assert isinstance(app.screen, ChoiceDialog)
        words = [str(app.screen.query_one(OptionList).get_option_at_index(place).prompt) for place in range(7)]
        assert "Ammunition depot self-assessment\n315 questions  ·  with levels" in words
        assert "Rapid self-assessment of a depot\n30 questions  ·  without levels" in words
        await press(pilot, *["down"] * 4, "enter")
        await typed(pilot, "Depósito Norte / 2")
        assert app.screen.query(Input).last(Input).value.startswith("deposito-norte-2-2")
        await press(pilot, "down")
        await typed(pilot, "SECRET")
        await press(pilot, "f10")

    app = drive(script)
    (made,) = folder.glob("*.stockcheck")
    assert app.wish == Wish(made)
    assert remembered.recent() == [made]
    with open_file(made) as file:
        assert (file.state.depot, file.state.marking, file.checklist.id) == ("Depósito Norte / 2", "SECRET", "rapid")
        assert file.events[0].by == "ana"


def test_a_name_that_is_taken_is_never_replaced_and_what_was_typed_stays(depot: Path) -> None:
    before = depot.read_bytes()

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "n", "enter")
        await typed(pilot, "South")
        app.screen.query(Input).last(Input).focus()
        await typed(pilot, "north")
        await press(pilot, "f10")
        assert told(app) == "north.stockcheck exists already.\nChoose another name, or go on with it."
        assert app.screen.query(Input).first(Input).value == "South"
        await press(pilot, "escape", "n", "enter")
        assert [part.value for part in app.screen.query(Input)][::4] == ["South", "north"]

    assert drive(script).wish is None
    assert depot.read_bytes() == before


@pytest.mark.parametrize(
    ("line", "text", "refusal"),
    [
        (2, "31 February", "31 February"),
        (0, "x" * 20_001, "The depot's name"),
        (3, "y" * 300, "Who answers"),
        (4, "", "The file needs a name."),
        (4, "..", "The file needs a name."),
        (4, "nowhere/at/all", "cannot be"),
        (4, "a.lock", ".stockcheck"),
    ],
)
def test_what_the_command_refuses_is_said_in_its_words(folder: Path, line: int, text: str, refusal: str) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "n", "enter")
        field = list(app.screen.query(Input))[line]
        field.focus()
        await pilot.pause()
        field.value = text
        await pilot.pause()
        await press(pilot, "f10")
        if text == "a.lock":
            assert app.wish is not None
            assert app.wish.file.name == "a.lock.stockcheck"
        else:
            assert refusal in told(app)
            assert field.value == text

    drive(script)


def test_a_folder_that_takes_no_file_is_told_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "n", "enter")
        await typed(pilot, "South")
        with monkeypatch.context() as patch:
            patch.setattr("stockcheck.assessment.file.start", lambda *_a, **_k: full(0))
            await press(pilot, "f10")
        assert "No space left on device" in told(app)
        await press(pilot, "f10")
        assert app.wish is not None, "what was typed was still there"

    drive(script)


# With one assessment


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
        assert "gap.pdf should end in .xlsx." in told(app)
        monkeypatch.setattr(files, "_sync", full)
        await typed(pilot, "gap.xlsx")
        await press(pilot, "f10")
        assert "gap.xlsx cannot be written: No space left on device." in told(app)

    drive(script)
    assert [path.name for path in depot.parent.iterdir()] == [depot.name]


def test_nothing_is_cut_short_while_it_is_being_written(depot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_end = threading.Event(), threading.Event()

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        report = app.commands.report

        def slow(*what: object, **how: object) -> object:
            begun.set()
            may_end.wait(20)
            return report(*what, **how)  # type: ignore[arg-type]

        monkeypatch.setattr(app.commands, "report", slow)
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


# The rest


def test_a_file_elsewhere_is_found_by_folders_or_by_its_path(depot: Path, tmp_path: Path, small: Checklist) -> None:
    other = tmp_path / "other" / "south.stockcheck"
    other.parent.mkdir()
    create(other, small, depot="South", marking="", on=dt.date(2025, 3, 1), by="ana")

    async def by_folders(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "o", "backspace")
        names = [str(app.screen.query_one(OptionList).get_option_at_index(place).prompt) for place in range(4)]
        place = names.index("other/")
        await press(pilot, "home", *["down"] * place, "enter", "enter")
        assert isinstance(app.screen, ChoiceDialog)
        await press(pilot, "escape")
        assert rows(app)[0].startswith("South")

    async def by_path(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "o", "shift+tab")
        await typed(pilot, "../nothing.stockcheck")
        await press(pilot, "enter")
        assert isinstance(app.screen, FileDialog)
        await typed(pilot, str(other))
        await press(pilot, "enter", "enter")

    drive(by_folders)
    remembered.forget()
    assert drive(by_path).wish == Wish(other)


def test_what_is_no_assessment_is_not_opened_and_not_remembered(folder: Path) -> None:
    (folder / "a.stockcheck").write_text("a letter")

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "o", "enter")
        assert "is not a stockcheck assessment" in said(app)
        assert remembered.recent() == []

    drive(script)


def test_the_language_and_the_look_are_remembered(depot: Path) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "l", "2")
        assert str(app.first_line.render()) == "Las flechas mueven, Intro elige."
        assert rows(app)[0].endswith("Todavía no hay ninguna respuesta")
        await press(pilot, "t", "2")
        assert app.theme == "textual-light"

    drive(script)
    assert remembered.choice("language") == "es"
    language.use("en")

    async def again(_pilot: Pilot[None], app: HomeApp) -> None:
        assert app.theme == "textual-light"

    drive(again)


def test_where_files_lie_can_be_forgotten(depot: Path) -> None:
    remembered.remember(depot)
    remembered.remember(Path("/elsewhere.stockcheck"))

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        assert len(rows(app)) == 2
        await press(pilot, "x", "1")
        assert remembered.recent() == [depot]
        await press(pilot, "x", "3")
        assert (remembered.recent(), remembered.keeps_recent()) == ([], False)
        await press(pilot, "x", "1")
        assert remembered.keeps_recent()

    drive(script)


def test_a_window_too_small_says_so_and_gives_way_when_it_grows(depot: Path) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        assert isinstance(app.screen, TooSmall)
        await press(pilot, "n", "enter", "q")
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert len(app.screen_stack) == 1
        await press(pilot, "n", "enter")
        await typed(pilot, "South")
        await pilot.resize_terminal(20, 6)
        await settled(pilot)
        assert isinstance(app.screen, TooSmall)
        await pilot.resize_terminal(200, 50)
        await settled(pilot)
        assert app.screen.query(Input).first(Input).value == "South"

    drive(script, size=(20, 6))


def test_every_text_is_data(folder: Path, small: Checklist) -> None:
    path = folder / "[red]\x1b[2J.stockcheck"
    create(path, small, depot="[@click=app.quit]x[/]", marking="", on=dt.date(2025, 3, 1), by="ana")

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        assert rows(app)[0].startswith("[@click=app.quit]x[/]  ·  1 Mar 2025  ·  [red]␛[2J.stockcheck")
        await press(pilot, "enter", "escape", "r")
        assert "\x1b" not in app.screen.query_one(Input).value

    drive(script)
