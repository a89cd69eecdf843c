"""Driving the home screen by keys, with the program's own commands behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Static

from stockcheck.answers.answer import Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessment.file import open_file
from stockcheck.cli.home import CliCommands
from stockcheck.home.app import HomeApp
from stockcheck.home.desk import Kept
from stockcheck.home.dialogs import FormDialog
from stockcheck.questionnaire.screen.driver import quiet

Script = Callable[[Pilot[None], HomeApp], Awaitable[None]]


def home(by: str = "ana") -> HomeApp:
    return HomeApp(CliCommands(), Kept(by=by))


def drive(script: Script, app: HomeApp | None = None, size: tuple[int, int] = (80, 24)) -> HomeApp:
    """Run `script` against the home screen."""
    shown = app or home()

    async def run() -> None:
        async with shown.run_test(size=size) as pilot:
            await settled(pilot)
            await script(pilot, shown)

    asyncio.run(run())
    shown.stop_looking()
    return shown


async def settled(pilot: Pilot[None]) -> None:
    """Wait until everything that goes on beside the screen is over, and painted."""
    app = pilot.app
    assert isinstance(app, HomeApp)
    for _turn in range(3):
        await pilot.pause()
        if app._thread is not None:
            await asyncio.to_thread(app._thread.join)
        await app.workers.wait_for_complete()
        for thread in list(app.threads):
            await asyncio.to_thread(thread.join)
        await quiet(app)
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press one key after the other, each once what the one before it set off is done."""
    for key in keys:
        await pilot.press(key)
        while isinstance(pilot.app, HomeApp) and pilot.app.busy:
            await asyncio.sleep(0.005)
            await pilot.pause()
    await settled(pilot)


async def typed(pilot: Pilot[None], text: str) -> None:
    """Type `text` in the line that has the focus, in the place of what stands there."""
    await pilot.press("ctrl+u", *text)
    await pilot.pause()


def rows(app: HomeApp) -> list[str]:
    """The lines of the list of assessments."""
    options = [app.list.get_option_at_index(place) for place in range(app.list.option_count)]
    return [str(one.prompt) for one in options if (one.id or "").startswith("file:")]


def said(app: HomeApp) -> str:
    return str(app.message.render())


def told(app: HomeApp) -> str:
    """What the dialog on top has said."""
    assert isinstance(app.screen, FormDialog)
    return str(app.screen.query_one(".told", Static).render())


def reads(app: HomeApp) -> str:
    """The text that is there to be read."""
    return str(app.screen.query("VerticalScroll Static").first(Static).render())


def answer(path: Path, **answers: str) -> None:
    """Give answers by id, such as A_1="no"; "na: why" for one that does not apply."""
    with open_file(path, write=True, by="ana") as file:
        for name, value in answers.items():
            id_ = name.replace("_", "-")
            why = value.removeprefix("na: ")
            given = Answer(value) if value == why else not_applicable(why)
            file.answer(file.checklist.question[id_], given)
