"""The home screen under keys, clicks, pastes and sizes that nobody would think of: it never ends in a fault."""

from __future__ import annotations

import asyncio
import os
import random
from pathlib import Path

from textual import events
from textual.geometry import Size
from textual.widgets import OptionList

from stockcheck.home.app import HomeApp
from stockcheck.home.commands import Commands, Said
from stockcheck.home.desk import Kept
from stockcheck.questionnaire.screen.driver import quiet
from tests.volume import some

KEYS = [
    *"abcdefghiklmnoprstuvwxyzABN0123456789?/-. ",
    *("f1", "f10", "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab"),
    *("enter", "escape", "backspace", "delete", "ctrl+s", "ctrl+c", "ctrl+t", "ctrl+u", "ctrl+a", "ctrl+q"),
    *["enter", "escape", "n", "o", "r", "c", "x", "i", "f10", "question_mark", "down"] * 3,
]
SIZES = [(80, 24), (200, 50), (20, 6), (1, 1), (44, 12)]


class Anything:
    """Commands that do nothing, and refuse every other time."""

    def __init__(self) -> None:
        self.number = 0

    def __getattr__(self, _name: str) -> object:
        def command(*_what: object, **_how: object) -> Said:
            self.number += 1
            return Said(("said",), "refused" if self.number % 2 else "")

        return command


def anything(app: HomeApp, chance: random.Random) -> None:
    """One thing that a person, a mouse or a terminal may do, not waiting until the last one is over."""
    match chance.randrange(12):
        case 0:
            app.post_message(
                events.Paste(chance.choice(["one\r\ntwo", "", "\x1b[2J\x00", "~nobody/x", "/", "n" * 5000]))
            )
        case 1 | 2:
            x, y = chance.randrange(max(1, app.size.width)), chance.randrange(max(1, app.size.height))
            for kind in (events.MouseMove, events.MouseDown, events.MouseUp):
                app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y))
        case 3:
            size = Size(*chance.choice(SIZES))
            app.post_message(events.Resize(size, size))
        case 4:
            app.renew()
        case _:
            for key in chance.choices(KEYS, k=3):
                app.post_message(events.Key(key, key if len(key) == 1 else None))


@some("seed", range(3), sample=1)
def test_any_keys_leave_a_screen_that_answers(depot: Path, seed: int) -> None:
    chance = random.Random(seed)
    commands: Commands = Anything()  # type: ignore[assignment]
    kept = Kept(by="ana")
    (depot.parent / "a.xlsx").write_text("")

    async def run() -> None:
        app = HomeApp(commands, kept)
        async with app.run_test(size=SIZES[seed]) as pilot:
            for _time in range(40):
                for _at_once in range(chance.choice([1, 1, 5])):
                    if app.is_running:
                        anything(app, chance)
                try:
                    await asyncio.wait_for(quiet(app), 5)
                except TimeoutError:
                    assert app._exit, "it goes on and on"
                if app._exit:  # it was left, as it may be
                    break
            await pilot.pause()
        app.stop_looking()
        assert app.fault is None

    for _time in range(2):
        asyncio.run(run())
    assert sorted(os.listdir(depot.parent)) == ["a.xlsx", "north.stockcheck"]


def test_a_click_on_a_line_that_is_gone_does_nothing(depot: Path) -> None:
    async def run() -> None:
        app = HomeApp(Anything(), Kept(by="ana"))  # type: ignore[arg-type]
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            selected = OptionList.OptionSelected(app.list, app.list.get_option_at_index(2), 2)
            depot.unlink()
            app.renew()
            app.list.post_message(selected)
            await pilot.pause()
            assert app.is_running
            assert len(app.screen_stack) == 1

    asyncio.run(run())
