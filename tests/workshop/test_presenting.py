"""The projector, driven by keys: at 80 columns and wide, whatever the room's files are called."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from stockcheck.workshop.content import Told
from stockcheck.workshop.presenting import PresentingApp
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
        await pilot.press("q")

    drive(tmp_path, script, ROOM, size)


def test_names_of_files_are_data(tmp_path: Path) -> None:
    async def script(pilot: Pilot[None], app: PresentingApp) -> None:
        await pilot.press("right", "n")
        assert "[bold]x[@click=app.quit]" in text(app, "rows")
        assert "\x1b" not in text(app, "rows")

    drive(
        tmp_path, script, {"[bold]x[@click=app.quit]": ["A-1=yes"], "\x1b[31mred": ["A-1=no"], "[bold]x[": ["A-1=no"]}
    )
