"""An assessment sealed and reopened from the home screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from stockcheck.assessment.file import open_file
from stockcheck.home.app import HomeApp
from stockcheck.home.dialogs import FormDialog, ReadingDialog
from stockcheck.keys import own
from tests.home.driving import drive, press, reads, said, told, typed

PHRASE = "correct horse battery"


@pytest.fixture(autouse=True)
def _keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(own, "ROUNDS", 2)


def test_it_is_sealed_unsigned_and_reopened(depot: Path) -> None:
    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "z")
        assert "questions are open." in told(app), "what is open is said before"
        await press(pilot, "f10")
        assert "in what role" in told(app), "and what the command refuses, in its own words"
        await typed(pilot, "Commander")
        await press(pilot, "f10")
        assert isinstance(app.screen, ReadingDialog)
        assert "Sealed by ana, Commander, " in reads(app)
        assert "– unsigned." in reads(app)
        await press(pilot, "escape", "g")
        await typed(pilot, "A store is missing")
        await press(pilot, "f10")
        assert "is open again" in said(app)

    drive(script)
    with open_file(depot) as file:
        assert [event.kind for event in file.events] == ["start", "seal", "reopen"]


def test_a_key_signs_and_its_passphrase_is_neither_shown_nor_kept(depot: Path) -> None:
    own.new("ana", PHRASE)

    async def script(pilot: Pilot[None], app: HomeApp) -> None:
        await press(pilot, "z")
        await typed(pilot, "Commander")
        await press(pilot, "down", "down", "down")
        await typed(pilot, "something else")
        await press(pilot, "f10")
        assert "does not open the key ana" in told(app)
        assert isinstance(app.screen, FormDialog)
        assert [field.password for field in app.screen.query(Input)] == [False, False, True]
        await typed(pilot, PHRASE)
        await press(pilot, "f10")
        assert "signed with the key" in reads(app)
        assert PHRASE not in str(app.kept)

    drive(script)
    with open_file(depot) as file:
        assert file.record.seals[0].binds
