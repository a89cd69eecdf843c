"""A protected assessment at the home screen: listed without asking, opened by a dialog, and nothing of it kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from stockcheck.assessment import unlocking
from stockcheck.assessment.protecting import protect
from stockcheck.home import remembered
from stockcheck.home.app import HomeApp
from stockcheck.home.desk import Wish
from stockcheck.home.dialogs import ChoiceDialog, FormDialog
from tests.assessment.protecting import PASSPHRASE, QUICK
from tests.home.driving import drive, press, reads, rows, settled, told, typed


@pytest.fixture(autouse=True)
def _nobody_knows() -> Iterator[None]:
    unlocking.forget()
    unlocking.use(None)
    yield
    unlocking.forget()


@pytest.fixture
def sealed(depot: Path) -> Path:
    protect(depot, PASSPHRASE, cost=QUICK)
    unlocking.forget()
    return depot


def test_it_is_listed_without_asking_and_opened_by_its_passphrase(sealed: Path, state: Path) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        assert rows(app) == ["north.stockcheck\nprotected by a passphrase"]
        await press(pilot, "s")
        assert isinstance(app.screen, FormDialog)
        assert app.screen.query_one(Input).password
        await typed(pilot, "wrong wrong")
        await press(pilot, "f10")
        assert "That does not open north.stockcheck" in told(app)
        await typed(pilot, PASSPHRASE)
        await press(pilot, "f10")
        assert "[bold]North[/]" in reads(app)
        await press(pilot, "escape")
        await settled(pilot)
        assert rows(app)[0].startswith("[bold]North[/]"), "it is open while the program runs"
        await press(pilot, "a")

    assert drive(script).wish == Wish(sealed)
    kept = b"".join(path.read_bytes() for path in state.rglob("*") if path.is_file())
    assert b"North" not in kept
    assert PASSPHRASE.encode() not in kept


def test_a_file_found_elsewhere_asks_before_it_is_remembered(sealed: Path) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "o", "enter")
        assert isinstance(app.screen, FormDialog)
        assert remembered.recent() == []
        await typed(pilot, PASSPHRASE)
        await press(pilot, "f10")
        assert isinstance(app.screen, ChoiceDialog)
        assert remembered.recent() == [sealed]

    drive(script)


def test_to_forget_where_it_lies_needs_no_passphrase(sealed: Path) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "x")
        assert isinstance(app.screen, ChoiceDialog)

    drive(script)
