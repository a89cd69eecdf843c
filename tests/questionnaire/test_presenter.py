"""The presentation: one question for a room to see, its answer covered, and nothing that is for the assessor alone."""

from __future__ import annotations

import asyncio
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import TextArea

from stockcheck import language
from stockcheck.answers.answer import Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.checklist.loading import compose
from stockcheck.checklist.shipped import shipped
from stockcheck.errors import AssessmentFileError
from stockcheck.questionnaire import themes
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.screen.dialogs import TextDialog
from stockcheck.questionnaire.screen.presenter import Presenter
from stockcheck.questionnaire.session import Session
from tests.cli.running import run
from tests.questionnaire.test_screen import Script, drive, file, given
from tests.volume import some

__all__ = ["file"]  # the fixture

ON = dt.date(2026, 3, 1)


def seen(app: QuestionnaireApp) -> str:
    """Every letter on the screen, as the room reads it."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def words(app: QuestionnaireApp) -> str:
    """As `seen`, on one line."""
    return " ".join(seen(app).split())


def present(file: AssessmentFile, script: Script, at: str, size: tuple[int, int] = (80, 24)) -> None:
    """Run `script` against the presentation, which begins with the question `at`."""

    async def begin(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("f5")
        assert isinstance(app.screen, Presenter)
        await script(pilot, app)

    drive(file, begin, size=size, at=at)


def test_a_room_sees_marking_depot_and_question_and_nothing_of_what_was_recorded(file: AssessmentFile) -> None:
    file.answer(file.checklist.question["A-1"], Answer("partial"))
    file.note("A-1", "The guard Perez sleeps.")
    file.flag("A-1", True)

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        shown = words(app)
        for wanted in ("SECRET", "[bold]North[/]", "Small depot", "Is the fence whole?", "Partial", "3 of 10"):
            assert wanted in shown
        for covered in ("▶", "Perez", "FLAGGED", "tester", "Score", "gap", str(file.path.parent)):
            assert covered not in shown
        for key in ("h", "m", "f", "w", "g"):
            await pilot.press(key)
            assert words(app) == shown, "what the usual screen's keys show is not for a room"

    present(file, script, "A-1")


def test_an_answer_is_shown_with_what_follows_and_covered_again(file: AssessmentFile) -> None:
    file.answer(file.checklist.question["A-1"], Answer("partial"))

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("space")
        assert "▶ p Partial" in words(app)
        assert "Critical: level 1 cannot be reached without it." in words(app)
        assert "What to do: Mend it." in words(app)
        await pilot.press("full_stop")
        assert "▶" not in words(app)
        assert "Mend" not in words(app)
        await pilot.press("space", "right", "left")
        assert "▶" not in words(app), "a question that is come back to is covered"

    present(file, script, "A-1")


def test_what_the_room_says_is_kept_and_shown_and_the_question_stays(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("y")
        assert given(file, "A-1") == "yes"
        assert "▶ y Yes" in words(app)
        assert "This is met." in words(app)
        assert "Is the fence whole?" in words(app)
        await pilot.press("right", "right", "1", "3")
        assert given(file, "A-3") == ("locks", "rust")
        await pilot.press("right", *"4", "enter")
        assert given(file, "A-4") == Decimal(4)
        assert "▶ 4" in words(app)

    present(file, script, "A-1")


def test_a_reason_is_asked_for_and_not_shown(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("a")
        assert isinstance(app.screen, TextDialog)
        assert app.screen.query_one(TextArea).text == "", "nor is the reason of before"
        await pilot.press(*"fog", "ctrl+s")
        assert file.state.entries["A-1"].answer.justification == "fog"
        assert "fog" not in words(app)
        assert "until somebody else has agreed" in words(app)

    file.answer(file.checklist.question["A-1"], not_applicable("Perez says so."))
    present(file, script, "A-1")


def test_a_field_keeps_what_was_typed_when_it_is_left_and_the_room_does_not_see_it_before(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        assert "77" not in words(app)
        await pilot.press("space")
        assert "▶ 77" in words(app), "space shows the answer: none begins with it"
        await pilot.press("space", *"8", "pagedown")
        assert given(file, "A-4") == Decimal(8)
        assert "When was it last counted?" in words(app)
        await pilot.press("pageup", *"many", "pagedown")
        assert "“many” is not a number." in words(app)
        assert "How many rounds a night?" in words(app)
        await pilot.press("f5", "ctrl+q")
        assert isinstance(app.screen, Presenter), "what does not fit holds it"
        await pilot.press("escape", "f5")
        assert len(app.screen_stack) == 1
        assert given(file, "A-4") == Decimal(8)

    file.answer(file.checklist.question["A-4"], Answer(Decimal(77)))
    present(file, script, "A-4")


def test_the_score_is_shown_when_asked_for_with_what_was_found_before_it(tmp_path: Path) -> None:
    path = tmp_path / "r.stockcheck"
    create(path, compose(shipped() / "rapid.yaml")[0], depot="North", marking="", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as opened:
        asked = next(one for one in opened.checklist.questions if one.finding and one.type == "number")
        opened.answer(asked, Answer(Decimal(2)))

        async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
            assert "FOUND" not in words(app)
            await pilot.press("percent_sign")
            assert f"FOUND: {asked.id}" in words(app)
            rows = seen(app).splitlines()
            figures = next(number for number, row in enumerate(rows) if "┏" in row)
            assert next(number for number, row in enumerate(rows) if "FOUND" in row) < figures
            await pilot.press("y")
            assert app.session.answer_to(app.session.current) is None, "no question is in sight"
            await pilot.press("percent_sign")
            assert "FOUND" not in words(app)

        present(opened, script, "PER-01")


def test_search_next_open_and_help_lead_where_they_say(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("f1")
        assert "Walk it." in words(app)
        assert "Partial" not in words(app)
        await pilot.press("f1", "slash", *"practised", "enter")
        assert "Is the plan practised?" in words(app)
        assert "Pending" in words(app)
        await pilot.press("y")
        assert "does not apply as things stand" in words(app)
        assert given(file, "B-2") is None
        await pilot.press("o")
        assert "What is held?" in words(app)

    present(file, script, "A-1")


def test_leaving_goes_back_to_the_usual_screen_at_the_same_question(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("y", "right", "escape")
        assert len(app.screen_stack) == 1
        assert "How is the gate closed?" in words(app)
        assert "▸ 1/" in words(app), "and what was answered is counted"

    present(file, script, "A-1", size=(120, 30))


def test_why_an_answer_could_not_be_kept_is_for_the_assessor(
    file: AssessmentFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_what: object) -> None:
        raise AssessmentFileError("/home/perez/depot.stockcheck: disk full.", "Make room.")

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        monkeypatch.setattr(app.session, "answer", refuse)
        await pilot.press("y")
        assert "Not saved." in words(app)
        assert "perez" not in words(app)
        await pilot.press("f5")
        assert "/home/perez" in words(app)

    present(file, script, "A-1")


def test_who_holds_a_file_that_is_open_elsewhere_is_not_shown(file: AssessmentFile) -> None:
    with open_file(file.path, write=True, by="second") as second:

        async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
            assert "Open for reading only" in words(app)
            await pilot.press("y")
            assert "another program" not in words(app)
            assert "tester" not in words(app)

        present(second, script, "A-1")
    assert given(file, "A-1") is None


def test_without_a_full_screen_there_is_no_presentation(file: AssessmentFile) -> None:
    file.close()
    done = run(file.path.parent, "answer", file.path.name, "--presenter", text="A-1=yes\n", status=2)
    assert "A presentation needs the full screen" in done.stderr
    assert "Saved" not in done.stdout


def test_a_click_answers_and_a_click_on_a_key_does_what_it_says(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        rows = seen(app).splitlines()
        row = next(number for number, text in enumerate(rows) if text.strip().startswith("n   No"))
        await pilot.click(offset=(rows[row].index("No"), row))
        assert given(file, "A-1") == "no"
        await pilot.click(offset=(2, 23))
        assert "How is the gate closed?" not in words(app), "it does not apply any more"
        assert "What is checked?" in words(app)

    present(file, script, "A-1")


@some("code", list(language.LANGUAGES), sample=["es"])
def test_every_question_of_the_rapid_checklist_is_seen_whole_at_80_by_24(tmp_path: Path, code: str) -> None:
    language.use(code)
    path = tmp_path / "r.stockcheck"
    create(path, compose(shipped() / "rapid.yaml")[0], depot="North", marking="RESTRICTED", on=ON, by="tester")

    async def run(opened: AssessmentFile) -> None:
        session = Session(opened, code)
        session.at = 0
        app = QuestionnaireApp(session, presenting=True)
        async with app.run_test(size=(80, 24)) as pilot:
            for item in session.items:
                session.go_to(item)
                assert isinstance(app.screen, Presenter)
                app.screen.show()
                await pilot.pause()
                page = app.screen.query_one("#page", VerticalScroll)
                assert page.max_scroll_y == 0, item.id
                shown = words(app)
                for text in (item.text, *(option.text for option in item.options.values())):
                    assert " ".join(text.split()) in shown, item.id

    with open_file(path, write=True, by="tester") as opened:
        asyncio.run(run(opened))


LOOKS = [(size, code, theme) for size in [(80, 24), (200, 50)] for code in language.LANGUAGES for theme in themes.NAMES]


@pytest.mark.parametrize(("size", "code", "theme"), LOOKS)
def test_the_presentation_looks_as_it_did(
    snap_compare: Any, tmp_path: Path, size: tuple[int, int], code: str, theme: str
) -> None:
    language.use(code)
    path = tmp_path / "r.stockcheck"
    create(path, compose(shipped() / "rapid.yaml")[0], depot="Norte", marking="SECRET", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as opened:
        opened.answer(opened.checklist.question["LCK-10"], Answer("loose"))
        session = Session(opened, code)
        session.go_to(session.checklist.question["LCK-10"])
        app = QuestionnaireApp(session, theme=theme, presenting=True)
        assert snap_compare(app, terminal_size=size, press=["space"])
