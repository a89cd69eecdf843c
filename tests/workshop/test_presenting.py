"""The projector, driven by keys: at 80 columns and wide, whatever the room's files are called."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from rich.color import ColorSystem
from textual.pilot import Pilot
from textual.widgets import Input, Static

from stockcheck import language
from stockcheck.checklist.translation import in_language
from stockcheck.questionnaire import themes
from stockcheck.questionnaire.screen.frame import TooSmall
from stockcheck.workshop import scenarios
from stockcheck.workshop.collecting import collect
from stockcheck.workshop.content import Told
from stockcheck.workshop.figures import figures
from stockcheck.workshop.presenting import PresentingApp, _bars
from stockcheck.workshop.slides import Row, Slide
from tests.questionnaire.test_contrast import faint
from tests.workshop.small import checklist
from tests.workshop.test_figures import ROOM, room
from tests.workshop.test_slides import KEY

Script = Callable[[Pilot[None], PresentingApp], Awaitable[None]]


def drive(folder: Path, script: Script, said: dict[str, list[str]], size: tuple[int, int] = (80, 24)) -> None:
    async def run() -> None:
        app = PresentingApp(Told(room(folder, said), checklist(folder), names=True, key=KEY), "EXERCISE")
        async with app.run_test(size=size) as pilot:
            await script(pilot, app)

    asyncio.run(run())


def text(app: PresentingApp, name: str) -> str:
    widget = app.query_one(f"#{name}", Static)
    return str(widget.render()) if widget.display else ""


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
def test_a_room_is_led_through_by_keys(size: tuple[int, int], tmp_path: Path) -> None:
    async def script(pilot: Pilot[None], app: PresentingApp) -> None:
        assert "Is the fence whole?" in text(app, "title")
        assert text(app, "rows") == ""
        await pilot.press("right")
        assert "2 ████" in text(app, "rows")
        await pilot.press("right", "n")
        assert "▶ 1 " in text(app, "rows")
        assert "p3, p4" in text(app, "rows")
        assert "One stretch is weak." in text(app, "notes")
        await pilot.press("n", "down")
        assert "How is the gate closed?" in text(app, "title")
        await pilot.press("D")
        assert "most disputed first" in text(app, "place")
        for _time in range(20):
            await pilot.press("space")
        assert "What the room found" in text(app, "title")
        await pilot.press("left")
        assert "What the room found" not in text(app, "title")
        await pilot.press("escape")  # a hand that slips ends nothing
        assert app.is_running
        await pilot.press("q")
        assert not app.is_running

    drive(tmp_path, script, ROOM, size)


def test_names_of_files_are_data(tmp_path: Path) -> None:
    async def script(pilot: Pilot[None], app: PresentingApp) -> None:
        await pilot.press("right", "n")
        assert "[bold]x[@click=app.quit]" in text(app, "rows")
        assert "\x1b" not in text(app, "rows")

    drive(
        tmp_path, script, {"[bold]x[@click=app.quit]": ["A-1=yes"], "\x1b[31mred": ["A-1=no"], "[bold]x[": ["A-1=no"]}
    )


def test_an_answer_is_read_whole_however_narrow_the_window_is(tmp_path: Path) -> None:
    async def script(pilot: Pilot[None], app: PresentingApp) -> None:
        long = "In a locked key safe, in a place that is left unmanned when the stores are closed"
        rows = _bars(Slide("", "", (Row(long, 3, 4), Row("Yes", 1, 4))), 70).plain
        assert " ".join(rows.replace("█", "").split()) == f"3 {long} 1 Yes"
        assert max(map(len, rows.splitlines())) <= 70
        await pilot.press("q")

    drive(tmp_path, script, ROOM)


def test_what_is_longer_than_the_window_is_read_to_its_end_before_anything_else_is_shown(tmp_path: Path) -> None:
    async def script(pilot: Pilot[None], app: PresentingApp) -> None:
        await pilot.press("right", "right")
        app.query_one("#notes", Static).update("\n".join(map(str, range(60))))
        await pilot.pause()
        page = app.query_one("#slide")
        for _time in range(10):
            if page.scroll_offset.y >= page.max_scroll_y:
                break
            await pilot.press("right")
            assert app.deck.at == 0
        assert page.scroll_offset.y == page.max_scroll_y > 0
        await pilot.press("up")
        assert page.scroll_offset.y < page.max_scroll_y
        await pilot.press("down")
        assert (app.deck.at, page.scroll_offset.y) == (1, 0)
        await pilot.press("q")

    drive(tmp_path, script, ROOM)


def test_every_theme_can_be_had_and_nothing_is_faint(tmp_path: Path) -> None:
    async def script(pilot: Pilot[None], app: PresentingApp) -> None:
        await pilot.press("right", "right", "n")
        seen = []
        for _theme in themes.NAMES:
            seen.append(app.theme)
            await pilot.pause()
            assert faint(app, ColorSystem.TRUECOLOR) == []
            await pilot.press("ctrl+t")
            assert themes.in_words(app.theme) in text(app, "place")
        assert tuple(seen) == themes.NAMES
        await pilot.press("q")

    drive(tmp_path, script, ROOM)


def test_a_key_can_be_clicked_and_everything_is_found_in_words(tmp_path: Path) -> None:
    async def script(pilot: Pilot[None], app: PresentingApp) -> None:
        await pilot.click("#keys", offset=(3, 0))  # "→ more", two cells from the edge
        assert "Yes" in text(app, "rows")
        await pilot.press("ctrl+p", *"names", "enter")
        assert app.deck.names
        await pilot.press("q")

    drive(tmp_path, script, ROOM)


#: Each state, by the keys that bring it about.
STATES = {
    "question": (),
    "answers": ("right",),
    "key": ("right", "right"),
    "names": ("right", "right", "n"),
    "disputed": ("d",),
    "closing": ("down",) * 9,
    "commands": ("ctrl+p",),
}


@pytest.mark.parametrize("size", [(80, 24), (200, 50)], ids=["80x24", "200x50"])
@pytest.mark.parametrize("code", language.LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_a_room_sees_what_it_saw(
    snap_compare: Any, tmp_path: Path, state: str, code: str, size: tuple[int, int]
) -> None:
    language.use(code)
    app = PresentingApp(Told(room(tmp_path, ROOM), checklist(tmp_path), names=True, key=KEY), "EXERCISE")

    async def press(pilot: Pilot[None]) -> None:
        await pilot.press(*STATES[state])
        for field in pilot.app.screen.query(Input):
            field.cursor_blink = False
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=press)


@pytest.mark.parametrize("code", language.LANGUAGES)
@pytest.mark.parametrize("theme", themes.NAMES)
def test_the_longest_shipped_question_fits_the_projector(
    snap_compare: Any, tmp_path: Path, theme: str, code: str
) -> None:
    language.use(code)
    scenario = scenarios.read(scenarios.find("police-store"))
    lines = [["LCK-10=loose"], ["LCK-10=holder"], ["LCK-10=safe"], ["LCK-10=?"]]
    for number, said in enumerate(lines):
        (tmp_path / f"group-{number}.txt").write_text("\n".join(said))
    found = collect(tmp_path, scenario.checklist, scenario.key.on)
    told = Told(
        figures(scenario.checklist, found.participants, scenario.key),
        in_language(scenario.checklist, code),
        key=scenario.told_in(code).key,
    )

    async def press(pilot: Pilot[None]) -> None:
        await pilot.press("right", "right")

    app = PresentingApp(told, "", theme=theme)
    assert snap_compare(app, terminal_size=(80, 24), run_before=press)


def test_a_window_that_is_too_small_says_so(tmp_path: Path) -> None:
    async def script(pilot: Pilot[None], app: PresentingApp) -> None:
        await pilot.pause()
        assert isinstance(app.screen, TooSmall)
        await pilot.press("q")
        assert not app.is_running

    drive(tmp_path, script, ROOM, size=(30, 8))
