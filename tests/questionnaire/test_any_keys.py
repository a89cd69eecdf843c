"""The full screen under keys that nobody would press in that order: it never ends, and loses nothing."""

from __future__ import annotations

import random

import pytest
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static, TextArea

from stockcheck.answers.answer import Answer
from stockcheck.assessment.file import AssessmentFile
from stockcheck.errors import AnswerError, AssessmentFileError, StockcheckError
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.screen.dialogs import Dialog, SearchDialog, TextDialog
from stockcheck.questionnaire.screen.driver import quiet
from stockcheck.questionnaire.screen.frame import is_too_small
from stockcheck.questionnaire.screen.panels import SectionList
from tests.questionnaire.test_screen import drive, file, given, shown
from tests.volume import number, some

__all__ = ["file"]  # the fixture

KEYS = [
    *"abcdefghijklmnoprstuvwxyz0123456789?/-. ",
    *(f"f{number}" for number in range(1, 13)),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab", "enter", "escape"),
    *("backspace", "delete", "ctrl+s", "ctrl+c", "ctrl+t", "ctrl+n", "ctrl+p", "ctrl+a", "ctrl+z", "ctrl+v", "ctrl+u"),
    *["enter", "escape", "m", "a", "slash", "h", "question_mark", "g"] * 4,
]
SIZES = [(80, 24), (200, 50), (20, 6)]
#: What opens each dialog.
DIALOGS = [
    f"app.{name}"
    for name in ("note", "search", "history", "help", "overview", "changes", "palette", "present", "review")
]


def anything(app: QuestionnaireApp, chance: random.Random) -> None:
    """One thing that a person, a mouse or a terminal may do, not waiting until the last one is over."""
    match chance.randrange(12):
        case 0:
            app.post_message(events.Paste(chance.choice(["one\r\ntwo", "", "\x1b[2J\x00", "7", "na: no fence"])))
        case 1 | 2:
            x, y = chance.randrange(app.size.width), chance.randrange(app.size.height)
            for kind in (events.MouseMove, events.MouseDown, events.MouseUp):
                app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y))
        case 3:
            size = Size(*chance.choice([*SIZES, (1, 1), (300, 3)]))
            app.post_message(events.Resize(size, size))
        case 4:
            app.post_message(chance.choice([events.AppFocus, events.AppBlur])())
        case _:
            for key in chance.choices(KEYS, k=4):
                app.post_message(events.Key(key, key if len(key) == 1 else None))


@number("times", 8, 60)
@pytest.mark.parametrize("size", SIZES)
def test_any_keys_at_any_size_leave_a_sound_file_and_a_screen_that_answers(
    file: AssessmentFile, size: tuple[int, int], times: int
) -> None:
    anything_goes(file, size, times, seed=size[0])


@number("times", 3, 40)
@pytest.mark.parametrize("opens", DIALOGS)
def test_any_keys_in_any_dialog_leave_a_sound_file_and_a_screen_that_answers(
    file: AssessmentFile, opens: str, times: int
) -> None:
    anything_goes(file, SIZES[0], times, seed=DIALOGS.index(opens), opens=opens)


def anything_goes(file: AssessmentFile, size: tuple[int, int], times: int, *, seed: int, opens: str = "") -> None:
    """Let anything happen, `times` over, each time in the dialog that `opens` opens, or in any."""
    chance = random.Random(seed)

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        for _time in range(times):
            if len(app.screen_stack) == 1 and (opens or chance.random() < 0.3):
                await app.run_action(
                    opens or chance.choice(DIALOGS)
                )  # keys alone would hardly ever come to the later ones
            for _at_once in range(chance.choice([1, 1, 5, 10])):
                anything(app, chance)
            await quiet(app)
            assert app.is_running
        if is_too_small(app.size):
            await pilot.resize_terminal(80, 24)
        while len(app.screen_stack) > 1:
            await pilot.press("escape")
        question = app.session.checklist.question["A-1"]
        app.session.go_to(question)
        app.show()
        app.panel.take_focus()
        await pilot.pause()
        await pilot.press("n")
        assert given(file, "A-1") == "no"

    drive(file, script, size=size)
    assert file.record.chain_holds


DIALOG_KEYS = ["m", "a", "slash", "h", "question_mark", "ctrl+p", "f5", "v", "l"]


@some("closes", ["escape", "enter", "ctrl+s", "ctrl+q"], sample=1)
def test_a_dialog_may_be_closed_while_it_opens_and_more_than_once(file: AssessmentFile, closes: str) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        for opens in DIALOG_KEYS:
            for keys in ([opens, closes, closes, closes], [opens, opens, closes]):
                for key in keys:
                    app.post_message(events.Key(key, None))
                await pilot.pause()
                if closes == "ctrl+q" and not app.is_running:
                    return
                assert len(app.screen_stack) <= 2
                while len(app.screen_stack) > 1:
                    await pilot.press("escape")

    drive(file, script, at="A-1")


@pytest.mark.parametrize("size", [(1, 1), (4, 2), (8, 3), (80, 24)])
def test_a_list_without_room_or_with_other_options_by_now_takes_every_key_and_click(
    file: AssessmentFile, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stockcheck.questionnaire.screen.frame.LEAST", Size(1, 1))

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("slash", *"a-")
        found = app.screen.query_one(OptionList)
        for options in (app.panel.answers, app.query_one(SectionList), found):
            for move in ("page_up", "page_down", "cursor_up", "cursor_down", "first", "last", "page_up", "page_down"):
                await options.run_action(move)
        app.screen.query_one(Input).value = "plan"
        found.clear_options()
        found.action_page_down()
        for place in (0, 30):
            style = Style.from_meta({"option": place})
            click = events.Click(found, 0, 0, 0, 0, 1, False, False, False, screen_x=0, screen_y=0, style=style)
            await found._on_message(click)
        await pilot.pause()
        assert app.is_running

    drive(file, script, at="A-1", size=size)


@pytest.mark.parametrize("dialog", DIALOG_KEYS)
def test_a_dialog_closes_once_and_never_takes_the_screen_below(file: AssessmentFile, dialog: str) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press(dialog)
        top = app.screen
        assert isinstance(top, Dialog)
        for _time in range(3):
            top.dismiss(None)
        await pilot.pause()
        top.dismiss(None)
        app.show()
        assert len(app.screen_stack) == 1

    drive(file, script, at="A-1")


def test_a_reason_is_asked_for_once_however_often_it_is_picked(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        answers = app.panel.answers
        answers.highlighted = answers.option_count - 1
        answers.action_select()
        answers.action_select()
        await pilot.pause()
        assert [type(screen) for screen in app.screen_stack[1:]] == [TextDialog]

    drive(file, script, at="A-1")


def test_an_answer_that_comes_late_is_no_answer_to_the_next_question(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        app.panel.typed.value = "4"
        await app.panel.typed.action_submit()
        await app.panel.typed.action_submit()
        await pilot.pause()
        assert shown(app, "#text") == "When was it last counted?"
        assert not shown(app, "#message").startswith("!")
        app.session.go_to(app.session.checklist.question["A-1"])
        app.show()
        app.panel.answers.highlighted = 1
        app.panel.answers.action_select()
        app.panel.answers.action_select()
        await pilot.pause()
        assert file.state.entries.keys() == {"A-4", "A-1"}

    drive(file, script, at="A-4")


def test_a_hit_is_the_one_that_was_seen_though_the_list_has_changed(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("slash", *"a-")
        dialog = app.screen
        assert isinstance(dialog, SearchDialog)
        hits = dialog.query_one(OptionList)
        hits.highlighted = 4
        hits.action_select()
        dialog.query_one(Input).value = "plan"
        await pilot.pause()
        assert app.session.current.id == "A-5"

    drive(file, script, at="A-1")


@pytest.mark.parametrize(
    "refusal", [AnswerError("Too long: 20,500 of 20,000."), AssessmentFileError("Disk full.", "Go.")]
)
@pytest.mark.parametrize("opens", ["m", "a"])
def test_a_text_that_is_refused_stays_and_the_reason_is_said(
    file: AssessmentFile, monkeypatch: pytest.MonkeyPatch, opens: str, refusal: StockcheckError
) -> None:
    text = "seen " * 400
    given_to_the_engine = []

    def refuse(_item: object, what: str | Answer) -> None:
        given_to_the_engine.append(what)
        raise refusal

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press(opens)
        app.screen.query_one(TextArea).text = text
        with monkeypatch.context() as patch:
            patch.setattr(app.session, "note", refuse)
            patch.setattr(app.session, "answer", refuse)
            await pilot.press("ctrl+s")
        assert isinstance(app.screen, TextDialog), "it stays open"
        assert app.screen.query_one(TextArea).text == text
        assert refusal.message in str(app.screen.query_one(".keys", Static).render())
        await pilot.press("escape")
        assert file.state.notes == {}

    drive(file, script, at="A-1")
    if opens == "m":
        assert given_to_the_engine == [text]


@pytest.mark.parametrize("opens", ["m", "a"])
def test_a_text_longer_than_can_be_kept_is_not_cut(file: AssessmentFile, opens: str) -> None:
    text = "seen " * 4100

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press(opens)
        app.screen.query_one(TextArea).text = text
        await pilot.press("ctrl+s")
        assert isinstance(app.screen, TextDialog), "it stays open"
        assert app.screen.query_one(TextArea).text == text
        assert "at most 20000 can be kept" in str(app.screen.query_one(".keys", Static).render())
        assert (file.state.notes, file.state.answers) == ({}, {})

    drive(file, script, at="A-1")


def test_a_typed_answer_that_is_refused_stays(file: AssessmentFile, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_item: object, _text: str) -> None:
        raise AssessmentFileError("Disk full.")

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        monkeypatch.setattr(app.session, "answer_typed", refuse)
        app.panel.typed.value = "much"
        await pilot.press("enter", "pagedown", "f6", "ctrl+q")
        assert app.is_running
        assert app.panel.typed.value == "much"
        assert "Disk full." in shown(app, "#message")

    drive(file, script, at="A-6")


def test_a_note_being_written_outlives_a_fault_and_half_a_reason_does_not(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("m", *"seen")
        app._handle_exception(LookupError("expected"))
        await pilot.pause()

    with pytest.raises(LookupError, match="expected"):
        drive(file, script, at="A-1")
    assert file.state.notes == {"A-1": "seen"}

    async def reason(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("a", *"none")
        app.exit()

    drive(file, reason, at="A-1")
    assert file.state.entries == {}


def test_what_a_file_holds_does_not_steer_the_screen(file: AssessmentFile, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = "\x1b[2J\u202edlo"
    monkeypatch.setitem(file.state.notes, "A-1", raw)
    object.__setattr__(file.state, "depot", raw)

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        monkeypatch.setattr(app.session, "history", lambda _item: [(file.events[0], raw)])
        assert "␛[2J" in shown(app, "#note")
        assert "␛[2J" in shown(app, "#title")
        await pilot.press("h")
        assert "␛[2J" in str(app.screen.query("VerticalScroll Static").first(Static).render())
        await pilot.press("escape", "m")
        assert "\x1b" not in app.screen.query_one(TextArea).text

    drive(file, script, at="A-1")


@some("size", [(40, 14), (80, 24), (200, 50)], sample=1)  # the least: there a dialog covers most
@pytest.mark.parametrize("opens", DIALOGS)
def test_no_dialog_covers_the_marking(file: AssessmentFile, opens: str, size: tuple[int, int]) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await app.run_action(opens)
        await pilot.pause()
        assert app.screen._compositor.render_strips()[0].text.strip() == "SECRET"

    drive(file, script, at="A-1", size=size)
