"""Evidence on the full screen and in a sitting."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from stockcheck.assessment.file import AssessmentFile
from stockcheck.errors import AnswerError
from stockcheck.questionnaire.attached import path_of
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.screen.evidence import EvidenceDialog
from tests.assessment.photographs import exif, jpeg, segment
from tests.questionnaire.test_screen import drive, file, shown

__all__ = ["file"]


def test_a_photograph_and_a_record_are_attached_and_one_is_taken_back(file: AssessmentFile, tmp_path: Path) -> None:
    photo = tmp_path / "the fence.jpg"
    photo.write_bytes(jpeg(segment(0xE1, b"Exif\0\0" + exif(position=True))))

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("e")
        dialog = app.screen
        assert isinstance(dialog, EvidenceDialog)
        path, record = dialog.query_one("#evidence-path", Input), dialog.query_one("#evidence-record", Input)
        path.value = str(tmp_path / "no.jpg")
        await pilot.press("enter")
        assert "There is no file" in shown(app, "#evidence-said")
        assert path.value, "what was typed is not lost"
        path.value = f"'{photo}'"
        await pilot.press("f6", "enter")
        assert shown(app, "#evidence-strip").startswith("[x]")
        assert "Attached to A-1: #2 the fence.jpg" in shown(app, "#evidence-said")
        assert path.value == ""
        await pilot.press("down")
        assert app.focused is record
        record.value = "Ledger 12"
        await pilot.press("enter")
        assert [item.called for item in file.state.evidence["A-1"]] == ["the fence.jpg", "Ledger 12"]
        assert file.state.evidence["A-1"][0].stripped
        await pilot.press("f9")
        assert "Choose with ↑" in shown(app, "#evidence-said"), "nothing goes that nobody has chosen"
        assert len(file.state.evidence["A-1"]) == 2
        await pilot.press("up", "up", "f9")
        assert [item.called for item in file.state.evidence["A-1"]] == ["the fence.jpg"]
        await pilot.press("down")
        assert app.focused is path, "below the last one come the fields"
        await pilot.press("escape")
        assert not isinstance(app.screen, EvidenceDialog)
        assert "Evidence: 1 file" in shown(app, "#place")

    drive(file, script, at="A-1")


def test_a_fact_about_the_depot_has_none(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("e")
        assert not isinstance(app.screen, EvidenceDialog)
        assert "Evidence belongs to questions" in shown(app, "#message")

    drive(file, script)


def test_a_path_is_understood_as_terminals_give_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "a b.jpg").touch()
    assert path_of(f'  "{tmp_path}/a b.jpg" ') == tmp_path / "a b.jpg"
    assert path_of(f"{tmp_path}/a\\ b.jpg") == tmp_path / "a b.jpg"
    assert path_of("~/a b.jpg") == tmp_path / "a b.jpg"
    for nothing in ("", "''", "  "):
        with pytest.raises(AnswerError):
            path_of(nothing)
