"""Keys never answer by accident: held down, several at once, pasted, or one digit of two."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import TextArea

from stockcheck.answers.answer import Answer
from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.questionnaire.screen import hand
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.screen.driver import Burst, Reader
from stockcheck.questionnaire.screen.hand import Hand, Press
from tests.questionnaire.test_rough_terminal import folder, leave, program
from tests.questionnaire.test_screen import ON, drive, file, given, shown
from tests.questionnaire.test_terminal import run, sitting, stored
from tests.scoring.building import built, control
from tests.volume import long

__all__ = ["file", "folder", "program"]  # the fixtures


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(hand, "clock", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.mark.parametrize(
    ("presses", "came"),
    [
        ([("n", 0), ("n", 0.15)], ["aimed", "aimed"]),
        ([("n", 0), ("n", 0.09), ("n", 0.09), ("n", 0.15)], ["aimed", "held", "held", "aimed"]),
        ([("n", 0), ("n", 0.5), ("n", 0.03), ("n", 0.03)], ["aimed", "aimed", "held before", "held"]),
        ([("n", 0), ("n", 2.0), ("n", 0.03)], ["aimed", "aimed", "held"]),
        ([("n", 0), ("y", 0.01), ("y", 0.3)], ["aimed", "together", "aimed"]),
        ([("n", 0), ("y", 0.03), ("n", 0.03)], ["aimed", "aimed", "aimed"]),
        ([("1", 0), ("enter", 0.001), ("ctrl+q", 0.001)], ["aimed", "aimed", "aimed"]),
    ],
)
def test_how_a_key_came_is_told_by_the_time_since_the_one_before(
    clock: Clock, presses: list[tuple[str, float]], came: list[str]
) -> None:
    one = Hand()
    found = []
    for key, later in presses:
        clock.now += later
        found.append(one.press(key, letter=len(key) == 1))
    assert found == [Press(word) for word in came]


def test_a_key_that_bounces_answers_one_question(file: AssessmentFile, clock: Clock) -> None:
    file.answer(file.checklist.question["A-1"], Answer("yes"))

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("1")
        clock.now += 0.05
        await pilot.press("1")
        assert (given(file, "A-2"), given(file, "A-3")) == ("locked", None)
        assert shown(app, "#message") == "! A key held down is taken once."
        clock.now += 0.3
        await pilot.press("1")
        assert given(file, "A-3") == ("locks",)

    drive(file, script, at="A-2")


def test_a_key_held_down_answers_one_question_and_what_its_first_repeat_answered_is_taken_back(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "d.stockcheck"
    create(path, built(*(control(f"C-{n}") for n in range(9))), depot="N", marking="", on=ON, by="tester")

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("n")
        clock.now += 0.5
        for _time in range(10):
            await pilot.press("n")
            clock.now += 0.03
        assert app.session.state.entries.keys() == {"C-0"}
        assert app.session.current.id == "C-1"

    with open_file(path, write=True, by="tester") as file:
        drive(file, script)


def test_two_keys_that_go_down_together_are_not_both_taken(file: AssessmentFile, clock: Clock) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("y")
        clock.now += 0.005
        await pilot.press("1")
        assert file.state.entries.keys() == {"A-1"}
        assert shown(app, "#message") == "! Several keys at once are not taken."

    drive(file, script, at="A-1")


def test_keys_that_only_move_may_be_held_down(file: AssessmentFile, clock: Clock) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("right", "right", "right")
        assert app.session.current.id == "A-4"

    drive(file, script, at="A-1")


def test_in_a_note_every_key_is_text_however_fast(file: AssessmentFile, clock: Clock) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("m", *"ooHH")
        assert app.screen.query_one(TextArea).text == "ooHH"

    drive(file, script, at="A-1")


def test_space_never_answers(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("down", "space", "space")
        assert file.state.entries == {}

    drive(file, script, at="A-1")


@pytest.mark.parametrize(("key", "word"), [("Y", "yes"), ("P", "partial"), ("N", "no")])
def test_a_capital_letter_is_its_small_one(file: AssessmentFile, key: str, word: str) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("F")
        assert file.state.flags == {"A-1"}
        await pilot.press(key)
        assert given(file, "A-1") == word
        await pilot.press("Z")
        assert given(file, "A-1") is None

    drive(file, script, at="A-1")


@pytest.fixture
def many(tmp_path: Path) -> Any:
    options = {f"o{n}": {"text": f"The option {n}", "credit": 1} for n in range(1, 13)}
    checklist = built(
        control("B-1", type="choice", options=options),
        control("B-2", type="several", options={name: {**one, "credit": "0.1"} for name, one in options.items()}),
        control("B-3"),
    )
    path = tmp_path / "many.stockcheck"
    create(path, checklist, depot="N", marking="", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as opened:
        yield opened


def test_of_twelve_options_one_is_picked_by_its_number_and_enter(many: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("1", "2")
        assert many.state.entries == {}
        assert shown(app, "#message") == "12: The option 12  ·  Enter takes it"
        await pilot.press("enter")
        assert {name: entry.answer.value for name, entry in many.state.entries.items()} == {"B-1": "o12"}
        await pilot.press("1", "0", "enter", "1", "backspace", "3", "enter")
        assert many.state.entries["B-2"].answer.value == ("o3", "o10")
        assert "B-3" not in many.state.entries

    drive(many, script)


def test_a_number_that_no_option_has_is_refused_and_the_next_digit_begins_anew(many: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("1", "3")
        assert shown(app, "#message") == "! There is no answer 13 here."
        await pilot.press("enter")
        assert many.state.entries == {}
        await pilot.press("4", "enter")
        assert many.state.entries["B-1"].answer.value == "o4"

    drive(many, script)


def test_a_number_that_was_begun_is_forgotten_with_the_question(many: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("1", "right", "2", "enter")
        assert many.state.entries["B-2"].answer.value == ("o2",)

    drive(many, script)


def test_in_a_room_too_one_of_twelve_options_is_picked_by_its_number_and_enter(many: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("f5", "1", "enter", "z")
        assert {name: entry.answer.value for name, entry in many.state.entries.items()} == {"B-1": "o1"}
        await pilot.press("1", "3")
        assert shown(app, "#stage-message") == "There is no answer 13 here."
        await pilot.press("enter", "1", "2")
        assert shown(app, "#stage-message") == "12: The option 12  ·  Enter takes it"
        assert many.state.entries["B-1"].answer.value == "o1"
        await pilot.press("backspace", "1", "enter")
        assert many.state.entries["B-1"].answer.value == "o11"
        app.post_message(Burst([events.Key("1", "1"), events.Key("0", "0")]))
        await pilot.pause()
        await pilot.press("right", "enter")
        assert many.state.entries.keys() == {"B-1"}

    drive(many, script)


def test_in_a_room_too_a_key_held_down_ticks_once(file: AssessmentFile, clock: Clock) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("f5", "1")
        clock.now += 0.5
        for _time in range(5):
            await pilot.press("1")
            clock.now += 0.03
        assert given(file, "A-3") == ("locks",)
        assert shown(app, "#stage-message") == "A key held down is taken once."

    drive(file, script, at="A-3")


def test_in_a_room_too_a_capital_letter_answers_and_letters_at_once_do_not(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("f5")
        app.post_message(Burst([events.Key("n", "n"), events.Key("o", "o")]))
        await pilot.pause()
        assert given(file, "A-1") is None
        assert "as a paste sends them" in shown(app, "#stage-message")
        await pilot.press("Y")
        assert given(file, "A-1") == "yes"

    drive(file, script, at="A-1")


@pytest.mark.parametrize("text", ["No hay candado en la puerta", "na: no fence\r\nyes", "nn", ""])
def test_pasted_text_is_no_keys(file: AssessmentFile, text: str) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        app.post_message(events.Paste(text))
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert file.state.entries == {}
        assert "as a paste sends them" in shown(app, "#message")

    drive(file, script, at="A-1")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"n", ["n"]),
        (b"no", [["n", "o"]]),
        (b"n\r", ["n", "enter"]),
        (b"n\ry\r", [["n", "enter", "y", "enter"]]),
        (b"\x1b[Cn", ["right", "n"]),
        (b"n\x1b[Cy", ["n", "right", "y"]),
        (b"\x1b[200~no\x1b[201~", ["paste"]),
        ("sí".encode(), [["s", "í"]]),
        (b"hello\x13", [["h", "e", "l", "l", "o"], "ctrl+s"]),
    ],
)
def test_letters_that_come_in_one_read_are_a_burst(data: bytes, found: list[Any]) -> None:
    names: list[Any] = []
    for message in Reader("utf-8").read(data):
        if isinstance(message, Burst):
            names.append([key.key if key.key == "enter" else key.character for key in message.keys])
        elif isinstance(message, events.Key):
            names.append(message.key)
        else:
            names.append("paste")
    assert names == found


def test_the_rest_of_a_burst_belongs_to_it() -> None:
    reader = Reader("utf-8")
    list(reader.read(b"No hay"))
    assert [type(message) for message in reader.read(b"n")] == [Burst]
    time.sleep(0.06)
    assert [type(message) for message in reader.read(b"n")] == [events.Key]


def test_text_pasted_into_a_terminal_that_does_not_mark_it_answers_nothing(program: Any, folder: Path) -> None:
    for text in ("No hay candado, y la puerta queda abierta de noche", "nnnnnnnn", "n\ry\rn\r"):
        program.send(text)
        program.expect_exact("not taken for keys")
        program.send("\x1b[C\x1b[D")  # so that it is painted anew the next time
        time.sleep(0.2)
    leave(program)
    assert stored(folder) == {}


def test_keys_one_by_one_still_answer(program: Any, folder: Path) -> None:
    for number, key in enumerate("ypny"):
        program.send(key)
        program.expect_exact(f"Saved Q-0{number}")
    leave(program)
    assert stored(folder) == {"Q-00": "yes", "Q-01": "partial", "Q-02": "no", "Q-03": "yes"}


@long
def test_lines_pasted_into_a_field_are_one_text_and_no_answer_to_what_comes_next(tmp_path: Path) -> None:
    checklist = tmp_path / "c.yaml"
    (tmp_path / "sections").mkdir()
    (tmp_path / "sections" / "one.yaml").write_text(
        "id: one\ntitle: One\ndomain: storage\nquestions:\n"
        "  - {id: T-1, type: text, text: What is missing?}\n  - {id: C-1, text: Is it locked?}\n"
    )
    checklist.write_text(
        'id: c\nversion: "1"\nlanguage: en\ntitle: Two\nsections: [one]\n'
        "levels: [{level: 1, title: Basic, threshold: 0.8}]\n"
    )
    run(tmp_path, "new", "d.stockcheck", "--checklist", "c.yaml")
    with closing(sitting(tmp_path)) as program:
        program.expect_exact("F1 help")
        program.send("No hay candado\rni llave\r")
        program.expect_exact("candado; ni llave")
        program.send("\r")
        program.expect_exact("Saved T-1")
        leave(program)
    assert stored(tmp_path) == {"T-1": "No hay candado; ni llave"}
