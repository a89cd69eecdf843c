"""The full screen, driven by keys and mouse."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.geometry import Size
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static, TextArea

from stockcheck.answers.answer import Answer
from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.checklist.loading import compose
from stockcheck.checklist.shipped import shipped
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.screen.dialogs import HelpDialog, HistoryDialog, SearchDialog, TextDialog
from stockcheck.questionnaire.session import Session
from tests.depot import SECTION_ONE, checklist_file

ON = dt.date(2026, 3, 1)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[AssessmentFile]:
    path = tmp_path / "d.stockcheck"
    create(path, compose(checklist_file(tmp_path))[0], depot="[bold]North[/]", marking="SECRET", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as opened:
        yield opened


Script = Callable[[Pilot[None], QuestionnaireApp], Awaitable[None]]


def drive(file: AssessmentFile, script: Script, size: tuple[int, int] = (80, 24), at: str | None = None) -> None:
    """Run `script` against the screen; `at` is the question it begins with."""

    async def run() -> None:
        session = Session(file, "en")
        if at is not None:
            item = session.find(at)
            assert item is not None
            session.go_to(item)
        app = QuestionnaireApp(session)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await script(pilot, app)

    asyncio.run(run())


def shown(app: QuestionnaireApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).render())


def given(file: AssessmentFile, name: str) -> Any:
    entry = file.state.entries.get(name)
    return entry.answer.value if entry else None


def test_a_key_answers_saves_and_goes_on(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("p")
        assert given(file, "A-1") == "partial"
        assert "Saved A-1: Partial" in shown(app, "#message")
        assert "How is the gate closed?" in shown(app, "#text")
        await pilot.press("2")
        assert given(file, "A-2") == "shut"
        await pilot.press("left", "left")
        assert "Is the fence whole?" in shown(app, "#text")
        assert "1 gap" not in shown(app, "#message")

    drive(file, script, at="A-1")


def test_arrows_and_enter_answer_too(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], _app: QuestionnaireApp) -> None:
        await pilot.press("down", "down", "down", "enter")
        assert given(file, "A-1") == "no"

    drive(file, script, at="A-1")


def test_the_mouse_answers_too(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], _app: QuestionnaireApp) -> None:
        await pilot.click("#answers", offset=(3, 0))
        assert given(file, "A-1") == "yes"

    drive(file, script, at="A-1", size=(200, 50))


def test_each_tick_is_saved_at_once(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], _app: QuestionnaireApp) -> None:
        await pilot.press("1")
        assert given(file, "A-3") == ("locks",)
        await pilot.press("3", "1")
        assert given(file, "A-3") == ("rust",)
        await pilot.press("0")
        assert given(file, "A-3") == ()

    drive(file, script, at="A-3")


def test_typed_answers_and_what_does_not_fit(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press(*"many", "enter")
        assert given(file, "A-4") is None
        assert shown(app, "#message").startswith("! “many” is not a number.")
        app.query_one("#typed", Input).value = "4"
        await pilot.press("enter")
        assert given(file, "A-4") == Decimal(4)
        await pilot.press(*"2026-02-01", "enter")
        assert given(file, "A-5") == dt.date(2026, 2, 1)

    drive(file, script, at="A-4")


#: Every way to leave a question whose field has something in it: the keys that work in a field, and those that work
#: once the sections have the focus.
WAYS_OUT = [
    *(["pagedown"], ["pageup"], ["ctrl+n"], ["f5"], ["f6"], ["f3"], ["f9"], ["ctrl+q"]),
    *(["f2", *keys] for keys in (["left"], ["right"], ["o"], ["slash"], ["w"], ["q"], ["home", "enter"])),
]


@pytest.mark.parametrize("keys", WAYS_OUT, ids="-".join)
def test_what_was_typed_and_not_confirmed_is_kept_when_leaving(file: AssessmentFile, keys: list[str]) -> None:
    async def script(pilot: Pilot[None], _app: QuestionnaireApp) -> None:
        await pilot.press("7", *keys)
        assert given(file, "A-4") == Decimal(7)

    drive(file, script, at="A-4")


@pytest.mark.parametrize("keys", WAYS_OUT, ids="-".join)
def test_what_was_typed_and_does_not_fit_stays_and_so_does_the_screen(file: AssessmentFile, keys: list[str]) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press(*"many", *keys)
        assert app.is_running
        assert len(app.screen_stack) == 1
        assert app.query_one("#typed", Input).value == "many"
        assert app.session.current.id == "A-4"
        assert shown(app, "#message").startswith("! “many” is not a number.")

    drive(file, script, at="A-4")


def test_a_section_that_is_picked_is_gone_to(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        sections = [part.section for part in app.session.progress()]
        await pilot.press("f2", "home", *["down"] * sections.index("one"), "enter")
        assert app.session.current.id == "A-1"
        assert "Section one" in shown(app, "#place")
        await pilot.press("f2", "f2", "home", "enter")
        assert app.session.current.id == "kinds"
        assert "About the depot" in shown(app, "#place")

    drive(file, script, at="A-6")


def test_the_sections_tell_how_far_one_is_also_when_they_come_up_later(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("y", "f2")
        rows = [str(app.sections.get_option_at_index(place).prompt) for place in range(app.sections.option_count)]
        assert [" ".join(row.split()) for row in rows][1].startswith("·▸ 1/"), rows

    drive(file, script, at="A-1")


def test_not_applicable_asks_why(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("a")
        assert isinstance(app.screen, TextDialog)
        await pilot.press("ctrl+s")
        assert "A-1" not in file.state.entries, "no answer without a reason"
        assert "A reason is needed" in str(app.screen.query_one(".keys", Static).render())
        await pilot.press(*"none", "ctrl+s")
        assert file.state.entries["A-1"].answer.justification == "none"

    drive(file, script, at="A-1")


def test_escape_lets_go_of_what_was_typed(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press(*"9", "escape")
        assert app.query_one("#typed", Input).value == ""
        await pilot.press("d", "u", "y", "n", "a")
        assert file.state.entries == {}, "keys of the question before do not answer this one"
        await pilot.press("slash", *"A-4", "enter", *"3", "enter")
        assert given(file, "A-4") == Decimal(3), "found again, the field takes what is typed"

    drive(file, script, at="A-4")


def test_every_line_that_is_pasted_is_kept(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        app.query_one("#typed", Input).post_message(events.Paste("one\r\n  two\n\nthree"))
        await pilot.pause()
        await pilot.press("enter")
        assert given(file, "A-6") == "one; two; three"

    drive(file, script, at="A-6")


def test_a_field_that_is_pending_takes_nothing_and_holds_nobody(tmp_path: Path) -> None:
    checklist_file(tmp_path)
    section = tmp_path / "sections" / "two.yaml"
    section.write_text(section.read_text().replace("text: Is there a plan?", "type: text\n    text: Which plan?"))
    path = tmp_path / "d.stockcheck"
    create(path, compose(tmp_path / "depot.yaml")[0], depot="North", marking="", on=ON, by="tester")

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        assert app.query_one("#typed", Input).disabled
        await pilot.press(*"ghost", "enter", "left")
        assert "What is missing?" in shown(app, "#text")

    with open_file(path, write=True, by="tester") as opened:
        drive(opened, script, at="B-1")
        assert opened.state.entries == {}


def test_the_page_keys_read_on_before_they_move_on(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        panel = app.query_one("#question")
        assert panel.max_scroll_y > 0
        for _page in range(10):
            if panel.scroll_y == panel.max_scroll_y:
                break
            await pilot.press("pagedown")
            assert "Is the fence whole?" in shown(app, "#text")
        await pilot.press("pagedown")
        assert "What is checked?" in shown(app, "#text")

    drive(file, script, at="A-1", size=(60, 14))


def test_answers_that_are_put_out_of_scope_are_named(file: AssessmentFile) -> None:
    for name, word in {"A-1": "yes", "A-2": "open"}.items():
        file.answer(file.checklist.question[name], Answer(word))

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("n")
        assert "1 answer does not apply any more: A-2." in shown(app, "#message")

    drive(file, script, at="A-1")


def test_control_c_says_how_to_leave(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("ctrl+c")
        assert app.is_running
        assert "q leaves" in shown(app, "#message")

    drive(file, script, at="A-1")


def test_a_note_that_says_nothing_new_is_not_recorded(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("m", "f10")
        assert "as it was" in shown(app, "#message")
        assert len(file.events) == 1

    drive(file, script, at="A-1")


def test_notes_flags_history_help_and_search(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("m")
        app.screen.query_one(TextArea).text = "[red]seen[/red] \x1b[2J"
        await pilot.press("ctrl+s")
        assert file.state.notes["A-1"] == "[red]seen[/red] ␛[2J"
        assert "[red]seen[/red]" in shown(app, "#note")
        await pilot.press("f")
        assert file.state.flags == {"A-1"}
        assert "FLAGGED" in shown(app, "#place")
        await pilot.press("h")
        assert isinstance(app.screen, HistoryDialog)
        assert "tester" in app.screen.body()
        await pilot.press("escape", "question_mark")
        assert isinstance(app.screen, HelpDialog)
        await pilot.press("escape", "slash")
        assert isinstance(app.screen, SearchDialog)
        await pilot.press(*"counted", "enter")
        assert "When was it last counted?" in shown(app, "#text")

    drive(file, script, at="A-1")


def test_a_pending_question_is_skipped_and_cannot_be_answered(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        assert "Pending: asked once kinds is known." in shown(app, "#notice")
        await pilot.press("y")
        assert given(file, "B-1") is None
        assert "does not apply as things stand" in shown(app, "#message")

    drive(file, script, at="B-1")


def test_the_list_of_sections_keeps_the_current_one_in_sight(
    file: AssessmentFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stockcheck.questionnaire.screen.frame.LEAST", Size(1, 1))

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        sections = app.query_one("#sections", OptionList)
        assert sections.size.height < sections.option_count
        assert sections.highlighted == 2
        assert sections.scroll_offset.y + sections.size.height > 2
        await pilot.press("left")
        assert sections.highlighted == 1

    drive(file, script, at="B-1", size=(120, 7))


def test_the_answer_can_be_taken_back(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], _app: QuestionnaireApp) -> None:
        await pilot.press("y", "left", "c")
        assert "A-1" not in file.state.entries

    drive(file, script, at="A-1")


def test_a_file_that_cannot_be_written_says_so_and_loses_nothing(file: AssessmentFile) -> None:
    file.answer(file.checklist.question["A-1"], Answer("yes"))
    with open_file(file.path, write=True, by="second") as second:
        assert "is open in another program" in second.read_only

        async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
            assert "is open in another program" in shown(app, "#read-only")
            await pilot.press("n")
            assert "is open in another program" in shown(app, "#message")

        drive(second, script, at="A-1")
    assert given(file, "A-1") == "yes"


@pytest.mark.parametrize("size", [(40, 14), (80, 24), (200, 50)])
def test_every_size_shows_depot_and_question_as_they_are(file: AssessmentFile, size: tuple[int, int]) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        assert "[bold]North[/]" in shown(app, "#title")
        assert app.query_one("#sections").display is (size[0] >= 110)
        await pilot.press("g", "g", "ctrl+t", "o")
        assert app.is_running

    drive(file, script, size=size, at="A-1")


def test_the_title_says_first_that_the_checklist_is_not_the_shipped_one(file: AssessmentFile) -> None:
    async def script(_pilot: Pilot[None], app: QuestionnaireApp) -> None:
        assert shown(app, "#title").startswith("ADAPTED CHECKLIST  ·  [bold]North[/]")

    drive(file, script)


def test_the_title_of_the_shipped_checklist_has_no_mark(tmp_path: Path) -> None:
    path = tmp_path / "r.stockcheck"
    create(path, compose(shipped() / "rapid.yaml")[0], depot="North", marking="", on=ON, by="tester")
    with open_file(path) as opened:

        async def script(_pilot: Pilot[None], app: QuestionnaireApp) -> None:
            assert shown(app, "#title") == f"North  ·  {opened.checklist.title}"

        drive(opened, script)


def test_screens_look_as_they_did(snap_compare: Any, tmp_path: Path) -> None:
    """One picture of the usual screen: whoever changes it has to look at it."""
    folder = tmp_path / "c"
    folder.mkdir()
    path = tmp_path / "d.stockcheck"
    checklist_file(folder)
    (folder / "sections" / "one.yaml").write_text(SECTION_ONE)
    create(path, compose(folder / "depot.yaml")[0], depot="North", marking="SECRET", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as opened:
        opened.answer(opened.checklist.field["kinds"], Answer(("rounds",)))
        opened.answer(opened.checklist.question["A-2"], Answer("shut"))
        session = Session(opened, "en")
        session.go_to(session.checklist.question["A-1"])
        assert snap_compare(QuestionnaireApp(session), terminal_size=(120, 30), press=["p"])
