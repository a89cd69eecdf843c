"""The home screen's list, and what needs no assessment: opening, language, look, forgetting, sizes."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from stockcheck import language
from stockcheck.assessment.file import create, open_file
from stockcheck.checklist.model import Checklist
from stockcheck.home import menu, remembered
from stockcheck.home.app import HomeApp
from stockcheck.home.desk import Wish
from stockcheck.home.dialogs import ChoiceDialog, FileDialog, FormDialog, ReadingDialog
from stockcheck.questionnaire.screen.frame import TooSmall
from tests.home.driving import answer, drive, home, press, rows, said, settled, told, typed
from tests.volume import long


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


@long
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
        assert str(app.first_line.render()) == "Las flechas mueven, Enter elige."
        assert rows(app)[0].endswith("Todavía no hay ninguna respuesta")
        await press(pilot, "t", "2")
        assert app.theme == "light"

    drive(script)
    assert remembered.choice("language") == "es"
    language.use("en")

    async def again(_pilot: Pilot[None], app: HomeApp) -> None:
        assert app.theme == "light"

    drive(again)


def test_the_colours_go_on_by_one_key_and_are_remembered(depot: Path) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "ctrl+t", "ctrl+t")
        assert app.theme == "contrast"

    drive(script)
    assert remembered.choice("look") == "contrast"


def test_the_palette_does_everything_that_the_letters_do(depot: Path) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        assert {one.key for one in app.commands()} == {one.key for one in (*menu.WITH_ONE, *menu.WITHOUT)} | {"Ctrl+T"}
        await press(pilot, "ctrl+p", *"report", "enter")
        assert isinstance(app.screen, FormDialog)

    drive(script)


def test_what_the_file_says_is_put_right(depot: Path) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "e", "down", "down")
        await typed(pilot, "N-7")
        await press(pilot, "f10")

    drive(script)
    with open_file(depot) as file:
        assert (file.state.depot, file.state.marking, file.state.code) == ("[bold]North[/]", "SECRET", "N-7")


def test_a_presentation_is_wished_for(depot: Path) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "m")

    assert drive(script).wish == Wish(depot, presenting=True)


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
        await press(pilot, "n", "enter")
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert len(app.screen_stack) == 1
        await press(pilot, "n", "down", "enter")
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
