"""Every text that the screen paints stands out from its ground, in every theme and with fewer colours as well.

Measured as WCAG 2.2 has it (success criterion 1.4.3): 4.5 to 1 at least.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator

import pytest
from rich._palettes import STANDARD_PALETTE
from rich.color import Color, ColorSystem
from textual.app import App

from stockcheck.answers.answer import Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessment.file import AssessmentFile
from stockcheck.questionnaire import themes
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.screen.colours import THEMES
from stockcheck.questionnaire.session import Session
from tests.questionnaire.test_screen import file
from tests.volume import some

__all__ = ["file"]  # the fixture

LEAST = 4.5
#: Lines, bars and corners are no text.
NO_TEXT = re.compile("[\\s\u2500-\u259f]+")

RGB = tuple[int, int, int]


def luminance(colour: RGB) -> float:
    """Relative luminance, 0 to 1."""
    shares = [part / 255 for part in colour]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: RGB, other: RGB) -> float:
    """From 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def painted(colour: Color, system: ColorSystem) -> RGB:
    """`colour` as a terminal paints it that has only the colours of `system`."""
    if system is ColorSystem.TRUECOLOR:
        return colour.get_truecolor()
    fewer = colour.downgrade(system)
    return STANDARD_PALETTE[fewer.number or 0] if system is ColorSystem.STANDARD else fewer.get_truecolor()


def texts(app: App[None]) -> Iterator[tuple[str, Color, Color]]:
    """Every text on the screen as it is painted now, its colour and that of its ground."""
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            if NO_TEXT.fullmatch(segment.text) or not segment.text:
                continue
            style = segment.style
            assert style is not None
            assert style.color is not None, segment
            assert style.bgcolor is not None, segment
            assert not style.dim, f"faded by the terminal, nobody knows how much: {segment.text!r}"
            pair = (style.bgcolor, style.color) if style.reverse else (style.color, style.bgcolor)
            yield segment.text, *pair


def faint(app: App[None], system: ColorSystem) -> list[str]:
    """What does not stand out enough."""
    return [
        f"{text!r}: {fore.name} on {ground.name}, {found:.2f}"
        for text, fore, ground in texts(app)
        if (found := contrast(painted(fore, system), painted(ground, system))) < LEAST
    ]


#: Keys that bring the screen into each of its states, one after the other, and the question that each begins with.
STATES = {
    "answers, one of them given": ("A-1", []),
    "answers, the keys on one": ("A-1", ["down", "down"]),
    "several answers": ("A-3", ["1"]),
    "the keys on the sections": ("A-1", ["f2", "down"]),
    "an empty field": ("A-4", []),
    "a field with text in it": ("A-4", [*"many"]),
    "a field with text selected": ("A-6", [*"much", "ctrl+a"]),
    "trouble": ("A-4", [*"many", "enter"]),
    "a field that takes nothing": ("size", ["f2"]),
    "pending": ("B-1", []),
    "set aside": ("A-2", []),
    "a note": ("A-1", ["m", *"seen"]),
    "a note, selected": ("A-1", ["m", *"seen", "ctrl+a"]),
    "a reason that is missing": ("A-1", ["a", "ctrl+s"]),
    "a search, empty": ("A-1", ["slash"]),
    "a search, the keys on a hit": ("A-1", ["slash", *"a-", "down"]),
    "help": ("A-1", ["f1"]),
    "history": ("A-1", ["h"]),
    "review": ("A-2", ["w"]),
    "the list of commands": ("A-1", ["ctrl+p"]),
    "the list of commands, the keys on one": ("A-1", ["ctrl+p", "down", "down"]),
    "the list of commands, nothing found": ("A-1", ["ctrl+p", *"xyz"]),
    "what an answer did, and what to do about it": ("A-1", ["n"]),
    "something undone": ("A-1", ["n", "z"]),
    "a key held down": ("A-1", ["f", "f"]),
    "the overview": ("A-1", ["v"]),
    "the overview, gaps": ("A-1", ["v", "right", "right"]),
    "the overview, the keys on a part": ("A-1", ["v", "shift+tab", "down"]),
    "the overview, nothing of a kind": ("A-1", ["v", "left"]),
    "the changes": ("A-1", ["n", "m", *"seen", "ctrl+s", "l"]),
    "the changes, one undone": ("A-1", ["n", "z", "l", "down"]),
    "the changes, none": ("A-1", ["l"]),
    "the presentation": ("A-1", ["f5"]),
    "the presentation, shown": ("A-1", ["f5", "space"]),
    "the presentation, a field": ("A-4", ["f5", *"9"]),
    "the presentation, trouble": ("A-4", ["f5", *"many", "enter"]),
    "the presentation, the score": ("A-1", ["f5", "percent_sign"]),
    "the presentation, help": ("A-1", ["f5", "f1"]),
}


SYSTEMS = (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT, ColorSystem.STANDARD)


#: Without the panel at the right, and with it.
SIZES = ((120, 30), (160, 40))


async def walk(file: AssessmentFile, at: str, keys: list[str], size: tuple[int, int]) -> list[str]:
    """What is faint, in any theme and with the colours of any system, after `keys`, and with the mouse on a key."""
    session = Session(file, "en")
    item = session.find(at)
    assert item is not None
    session.go_to(item)
    app = QuestionnaireApp(session)
    said = []
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys)
        for theme in themes.NAMES:
            app.theme = theme
            for offset in (
                (60, 0),
                (3, size[1] - 1),
                (26, 22),
            ):  # on nothing, on a key of the screen, on one of a dialog
                await pilot.hover(offset=offset)
                assert any(texts(app))
                said += [f"{theme}: {one}" for system in SYSTEMS for one in faint(app, system)]
    return said


def answered(file: AssessmentFile) -> None:
    """A flag, a note, a question set aside."""
    questions = file.checklist.question
    file.answer(questions["A-1"], Answer("partial"))
    file.answer(questions["A-2"], not_applicable("No gate."))
    file.note("A-1", "Seen from the road.")
    file.flag("A-1", True)


@some("state", list(STATES), sample=20)
def test_every_text_stands_out_in_every_theme(file: AssessmentFile, state: str) -> None:
    answered(file)
    assert asyncio.run(walk(file, *STATES[state], SIZES[0])) == []


@pytest.mark.parametrize("state", ["answers, one of them given", "what an answer did, and what to do about it"])
def test_every_text_of_the_panel_at_the_right_stands_out_in_every_theme(file: AssessmentFile, state: str) -> None:
    answered(file)
    file.answer(file.checklist.question["A-1"], Answer("no"))  # critical: it stands in the way
    assert asyncio.run(walk(file, *STATES[state], SIZES[1])) == []


def test_a_window_that_is_too_small_says_so_in_every_theme(file: AssessmentFile) -> None:
    async def run() -> None:
        app = QuestionnaireApp(Session(file, "en"))
        async with app.run_test(size=(20, 6)) as pilot:
            for theme in themes.NAMES:
                app.theme = theme
                await pilot.pause()
                assert [one for system in SYSTEMS for one in faint(app, system)] == []

    asyncio.run(run())


def test_without_colour_nothing_has_one_and_every_text_stands_out(
    file: AssessmentFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    answered(file)

    async def run() -> None:
        app = QuestionnaireApp(Session(file, "en"))
        async with app.run_test(size=(120, 30)) as pilot:
            for theme in themes.NAMES:
                app.theme = theme
                await pilot.pause()
                assert {len(set(colour.get_truecolor())) for _text, *pair in texts(app) for colour in pair} == {1}
                assert faint(app, ColorSystem.TRUECOLOR) == []

    asyncio.run(run())


def test_the_measure_is_that_of_the_guidelines() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.005)


def test_each_theme_has_colours() -> None:
    assert tuple(theme.name for theme in THEMES) == themes.NAMES
