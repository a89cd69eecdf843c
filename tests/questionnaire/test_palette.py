"""The list of everything that can be done, the keys that can be clicked, and a window that has no room for either."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, TextArea

from stockcheck import language
from stockcheck.assessment.file import AssessmentFile
from stockcheck.errors import UsageError
from stockcheck.questionnaire import themes
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.screen.changes import ChangesDialog
from stockcheck.questionnaire.screen.commands import commands, keys_of_presenter, keys_of_screen, on_stage
from stockcheck.questionnaire.screen.dialogs import Dialog, HelpDialog, HistoryDialog, SearchDialog, TextDialog
from stockcheck.questionnaire.screen.frame import LEAST, TooSmall
from stockcheck.questionnaire.screen.keyline import clickable, fitted
from stockcheck.questionnaire.screen.overview import OverviewDialog
from stockcheck.questionnaire.screen.palette import Palette
from stockcheck.questionnaire.screen.presenter import Presenter
from stockcheck.questionnaire.screen.review import ReviewDialog
from tests.cli.running import run
from tests.questionnaire.test_presenter import seen, words
from tests.questionnaire.test_screen import drive, file, given, shown
from tests.volume import long

__all__ = ["file"]  # the fixture


def found(app: QuestionnaireApp) -> list[str]:
    """What the list of commands shows, in order."""
    options = app.screen.query_one(OptionList)
    return [" ".join(str(options.get_option_at_index(place).prompt).split()) for place in range(options.option_count)]


async def click_on(pilot: Pilot[None], app: QuestionnaireApp, words: str) -> None:
    """Click the last line that has `words`, on them."""
    rows = seen(app).splitlines()
    row = max(number for number, text in enumerate(rows) if words in text)
    await pilot.click(offset=(rows[row].index(words), row))


# The list of commands


@pytest.mark.parametrize(
    ("code", "typed", "first"),
    [
        ("en", "note", "m Write a note with this question"),
        ("en", "SEARCH", "/ Search the questions"),
        ("es", "historial", "h Historial de esta pregunta: quién respondió qué, y cuándo"),
        ("es", "quien RESPONDIO", "h Historial de esta pregunta: quién respondió qué, y cuándo"),
        ("es", "f5", "F5 Presentación para una sala: una pregunta, en grande"),
        ("es", "presentacion", "F5 Presentación para una sala: una pregunta, en grande"),
        ("es", "responder si", "s Responder: Sí"),
    ],
)
def test_what_can_be_done_is_found_by_its_words_and_its_key_whatever_case_and_accents(
    file: AssessmentFile, code: str, typed: str, first: str
) -> None:
    language.use(code)

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("ctrl+p")
        app.screen.query_one(Input).value = typed
        await pilot.pause()
        assert found(app)[0] == first

    drive(file, script, at="A-1")


def test_what_is_chosen_is_done_as_its_key_does_it(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("ctrl+p", *"flag", "enter")
        assert file.state.flags == {"A-1"}
        await pilot.press("ctrl+p", *"answer: partial", "enter")
        assert given(file, "A-1") == "partial"
        assert shown(app, "#text") == "How is the gate closed?"
        await pilot.press("ctrl+p", *"question before", "enter", "ctrl+p", *"write", "enter")
        assert isinstance(app.screen, TextDialog)
        await pilot.press(*"seen", "ctrl+s")
        assert file.state.notes == {"A-1": "seen"}

    drive(file, script, at="A-1")


def test_what_cannot_be_done_now_says_why(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("ctrl+p", *"review", "enter")
        assert shown(app, "#message").startswith("! A-1 is not set aside")
        await pilot.press("f2", "home", "enter", "ctrl+p", *"write a note", "enter")
        assert shown(app, "#message").startswith("! Notes and flags belong to questions")

    drive(file, script, at="A-1")


def test_letting_go_of_the_list_does_nothing_and_a_word_that_nothing_has_is_said(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("ctrl+p", *"xyz")
        assert found(app) == ["Nothing here is called that."]
        await pilot.press("enter", "down", "enter")
        assert isinstance(app.screen, Palette)
        await pilot.press("escape")
        assert len(app.screen_stack) == 1
        assert len(file.events) == 1

    drive(file, script, at="A-1")


def test_a_hit_that_is_picked_is_the_one_that_was_seen(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("ctrl+p", *"hide the sec")
        options, words = app.screen.query_one(OptionList), app.screen.query_one(Input)
        options.highlighted = 0
        options.action_select()
        words.value = "answer"
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert app.sections.display
        assert file.state.entries == {}

    drive(file, script, at="A-1")


def test_the_text_in_a_field_stays_while_the_list_is_open(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press(*"47", "ctrl+p", "escape")
        assert app.panel.typed.value == "47"
        await pilot.press("ctrl+p", *"score", "escape", "enter")
        assert str(given(file, "A-4")) == "47"

    drive(file, script, at="A-4")


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_every_command_and_every_key_leads_to_an_action_that_there_is(file: AssessmentFile, code: str) -> None:
    language.use(code)

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        def check(actions: list[str]) -> None:
            for action in actions:
                target, _dot, name = action.partition(".")
                node = app if target == "app" else app.screen
                assert hasattr(node, f"action_{name.partition('(')[0]}"), action

        check([one.action for one in commands(app)])
        for in_a_field in (True, False):
            check([action for _text, action in keys_of_screen(in_a_field=in_a_field)])
        offered = {one.action for one in commands(app)}
        assert {action for _text, action in keys_of_screen(in_a_field=False)} - offered == {"app.palette"}
        await pilot.press("f5")
        check([one.action for one in on_stage(app.session.current, app.theme)])
        check([action for _text, action in keys_of_presenter()])

    drive(file, script, at="A-1")


def test_in_the_presentation_the_list_is_that_of_the_presentation(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("f5", "ctrl+p")
        said = " ".join(found(app))
        assert "History" not in said
        assert "Write a note" not in said
        await pilot.press(*"answer: no", "enter")
        assert given(file, "A-1") == "no"
        await pilot.press("ctrl+p", *"end", "enter")
        assert len(app.screen_stack) == 1

    drive(file, script, at="A-1")


# Keys that can be clicked


@long
def test_each_key_of_the_last_line_can_be_clicked(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await click_on(pilot, app, "f flag")
        assert file.state.flags == {"A-1"}
        await click_on(pilot, app, "→ next")
        assert shown(app, "#text") == "What is checked?"
        await click_on(pilot, app, "← back")
        await click_on(pilot, app, "m note")
        assert isinstance(app.screen, TextDialog)
        app.screen.query_one(TextArea).text = "seen"
        await click_on(pilot, app, "F10 keeps it")
        assert file.state.notes == {"A-1": "seen"}
        await click_on(pilot, app, "/ find")
        assert isinstance(app.screen, SearchDialog)
        await click_on(pilot, app, "Esc goes back")
        for key, dialog in {"? help": HelpDialog, "h history": HistoryDialog, "Ctrl+P all": Palette}.items():
            await click_on(pilot, app, key)
            assert isinstance(app.screen, dialog)
            await click_on(pilot, app, "Esc ")
            assert len(app.screen_stack) == 1

    drive(file, script, at="A-1", size=(120, 30))


def test_in_a_field_the_keys_that_work_there_can_be_clicked(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("4")
        await click_on(pilot, app, "Enter keeps it  Esc")
        assert str(given(file, "A-4")) == "4"
        await click_on(pilot, app, "PgUp back")
        await pilot.press("9")
        await click_on(pilot, app, "Esc lets go")
        assert app.panel.typed.value == "4"

    drive(file, script, at="A-4")


def test_the_key_under_the_mouse_is_set_off(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        def style() -> Any:
            return next(iter(app.screen._compositor.render_strips()[23].crop(1, 2))).style

        before = style()
        await pilot.hover(offset=(1, 23))
        assert style().underline
        assert style().bgcolor != before.bgcolor

    drive(file, script, at="A-1")


SENTENCES: dict[type[Dialog[Any]], str] = {
    TextDialog: "Ctrl+S or F10 keeps it, Esc leaves it as it was",
    SearchDialog: "Enter goes to the first, ↓ picks another, Esc goes back",
    Palette: "Enter does the first, ↓ picks another, Esc goes back",
    HelpDialog: "↑ ↓ scroll, Esc closes",
    OverviewDialog: "← → which ones, Tab to the parts, Enter goes there, Esc closes",
    ChangesDialog: "Enter goes there, z undoes this one, x does it again, Esc closes",
    ReviewDialog: "a accepts that it does not apply, b sends it back, Esc closes",
}


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_the_keys_of_every_dialog_are_found_in_its_sentence_in_every_language(code: str) -> None:
    language.use(code)
    for dialog, sentence in SENTENCES.items():
        targets = {span.style.meta["@click"] for span in clickable(language._(sentence), dialog.CLICKS).spans}
        assert targets == set(dialog.CLICKS.values()), (dialog, code)


def test_a_sentence_stays_as_it_is_when_its_keys_can_be_clicked() -> None:
    said = clickable("a or b, Esc closes", {"a": "one", "b": "two", "Esc": "three", "F9": "four"})
    assert said.plain == "a or b, Esc closes"
    assert [said.plain[span.start : span.end] for span in said.spans] == ["a or", "b", "Esc closes"]
    assert clickable("none here", {"a": "one"}).plain == "none here"


def test_the_line_of_keys_leaves_out_what_has_no_room_but_never_the_way_to_all() -> None:
    keys = [("a one", "x"), ("b two", "x"), ("c three", "x"), ("z all", "x")]
    assert fitted(keys, 80).plain == "a one  b two  c three  z all"
    assert fitted(keys, 19).plain == "a one  b two  z all"
    assert fitted(keys, 18).plain == "a one  z all"
    assert fitted(keys, 1).plain == "z all"


# Themes


def test_a_key_goes_through_the_themes_and_says_which_it_is(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        said = []
        for _time in themes.NAMES:
            await pilot.press("ctrl+t")
            said.append((app.theme, shown(app, "#message")))
        names = [("light", "Colours: Light"), ("contrast", "Colours: High contrast"), ("dark", "Colours: Dark")]
        assert said == names
        await pilot.press("f5", "ctrl+t")
        assert (app.theme, isinstance(app.screen, Presenter)) == ("light", True)

    drive(file, script, at="A-1")


def test_the_option_comes_before_the_environment_and_that_before_what_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STOCKCHECK_THEME", raising=False)
    assert themes.wanted() == "dark"
    assert themes.wanted(kept="light") == "light"
    assert themes.wanted(kept="pink") == "dark"
    monkeypatch.setenv("STOCKCHECK_THEME", " Contrast ")
    assert themes.wanted(kept="light") == "contrast"
    assert themes.wanted("light") == "light"
    with pytest.raises(UsageError, match="--theme: there is no theme pink"):
        themes.wanted("pink")
    monkeypatch.setenv("STOCKCHECK_THEME", "\x1b[2Jpink")
    with pytest.raises(UsageError, match="STOCKCHECK_THEME: there is no theme ␛"):
        themes.wanted()
    assert [themes.next_after(name) for name in (*themes.NAMES, "pink")] == ["light", "contrast", "dark", "dark"]


def test_a_theme_that_there_is_not_is_refused_by_the_command(file: AssessmentFile) -> None:
    file.close()
    for arguments, env in ((("--theme", "pink"), {}), ((), {"STOCKCHECK_THEME": "pink"})):
        done = run(file.path.parent, "answer", file.path.name, *arguments, status=2, env=env)
        assert "there is no theme pink" in done.stderr
        assert "One of: dark, light, contrast" in done.stderr


# A window without room


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_a_window_of_20_by_6_says_what_it_takes_in_every_language(file: AssessmentFile, code: str) -> None:
    language.use(code)

    async def script(_pilot: Pilot[None], app: QuestionnaireApp) -> None:
        assert language._("The window is too small: it takes {width} × {height} characters. q leaves.").format(
            width=LEAST.width, height=LEAST.height
        ) == words(app)

    drive(file, script, at="A-1", size=(20, 6))


@pytest.mark.parametrize("keys", [[], ["f1"], ["slash", *"gate"], ["ctrl+p"], ["m", *"seen"], ["a", *"fog"], ["f5"]])
def test_what_lies_below_a_window_that_is_too_small_is_there_again_when_it_grows(
    file: AssessmentFile, keys: list[str]
) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press(*keys)
        stack, before = list(app.screen_stack), seen(app)
        await pilot.resize_terminal(20, 6)
        for key in ("y", "n", "enter", "escape", "m", "f5", "ctrl+p", "ctrl+s", "ctrl+t", "x", "tab", "right"):
            await pilot.press(key)
        assert isinstance(app.screen, TooSmall)
        assert len(file.events) == 1
        await pilot.resize_terminal(39, 50)
        assert isinstance(app.screen, TooSmall)
        await pilot.resize_terminal(80, 24)
        assert app.screen_stack == stack
        assert seen(app) == before

    drive(file, script, at="A-1")


def test_what_was_typed_in_a_field_outlives_a_window_that_is_too_small(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press(*"4")
        await pilot.resize_terminal(10, 3)
        await pilot.press("5")
        await pilot.resize_terminal(80, 24)
        await pilot.press("enter")
        assert str(given(file, "A-4")) == "4"

    drive(file, script, at="A-4")


@long
def test_a_window_that_is_too_small_can_be_left_unless_something_would_be_lost(file: AssessmentFile) -> None:
    def left(at: str, *keys: str) -> bool:
        async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
            await pilot.press(*keys)
            await pilot.resize_terminal(20, 6)
            await pilot.press("q")
            ended.append(app._exit)
            if not app._exit:
                assert "Something typed is not kept yet" in words(app)

        ended: list[bool] = []
        drive(file, script, at=at)
        return ended[0]

    assert left("A-1")
    assert left("A-1", "f1")
    assert left("A-4", *"7")
    assert str(given(file, "A-4")) == "7", "what fits is kept first"
    assert not left("A-4", *"many")
    assert not left("A-1", "a", *"fog")
    assert left("A-5", "f5", *"2026-02-01")
    assert "A-5" in file.state.entries
    assert not left("A-5", "f5", *"never")


def test_a_dialog_that_comes_up_in_a_window_without_room_stands_alone_when_it_has_grown(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        app.action_help()
        await pilot.pause()
        await pilot.resize_terminal(80, 24)
        await pilot.press("escape")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        await pilot.press("y")
        assert given(file, "A-1") == "yes"

    drive(file, script, at="A-1", size=(20, 6))
