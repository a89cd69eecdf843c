"""The questionnaire line by line: what is kept, what is refused and where, and what is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from stockcheck import language, plaintext
from stockcheck.answers.answer import Answer
from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.checklist.loading import compose
from stockcheck.errors import AnswerError, AssessmentFileError, StockcheckError
from stockcheck.questionnaire import commands
from stockcheck.questionnaire.lines import MAX_LINE
from stockcheck.questionnaire.overview import Filter, listed
from stockcheck.questionnaire.plain import PlainQuestionnaire
from stockcheck.questionnaire.session import Session
from tests.depot import checklist_file

ON = dt.date(2026, 3, 1)
ALL = ["kinds=arms", "size=1", "A-1=no", "A-3=-", "A-4=4", "A-5=2026-02-01"]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[AssessmentFile]:
    path = tmp_path / "d.stockcheck"
    create(path, compose(checklist_file(tmp_path))[0], depot="North", marking="", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as opened:
        yield opened


def say(file: AssessmentFile, *lines: str | bytes, patient: bool = False) -> list[str]:
    """What is said to `lines`."""
    said: list[str] = []
    raw = [line if isinstance(line, bytes) else f"{line}\n".encode() for line in lines]
    PlainQuestionnaire(Session(file, "en"), said.append, patient=patient).run(raw)
    return said


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("A-6=señal".encode("latin-1"), "looks like Windows-1252"),
        ("A-6=señal".encode("cp850"), "looks like code page 850"),
        ("A-6=¿señal?".encode("mac_roman"), "looks like Mac Roman"),
        (b"A-6=\xff\xc3", "not UTF-8 text"),
        ("A-6=se".encode("utf-16"), "looks like UTF-16"),
        ("A-6=se".encode("utf-16-le"), "looks like UTF-16"),
        ("A-6=se".encode("utf-32"), "looks like UTF-32"),
        (b"A-6=" + b"x" * MAX_LINE, "longer than"),
    ],
)
def test_what_is_not_text_is_refused_by_its_line_and_nothing_of_it_kept(
    file: AssessmentFile, line: bytes, why: str
) -> None:
    with pytest.raises(AnswerError, match=f"Line 2: .*{why}"):
        say(file, "kinds=arms", line)
    assert "A-6" not in file.state.entries
    assert "kinds" in file.state.profile
    assert any(why in one for one in say(file, line, "A-1=yes", patient=True)), "at a terminal it is asked again"
    assert file.state.entries.keys() == {"A-1"}


def test_the_mark_that_editors_put_before_utf_8_is_skipped(file: AssessmentFile) -> None:
    say(file, b"\xef\xbb\xbfkinds=arms\r\n", b"\xef\xbb\xbfA-6=\xc3\xb1\r\n")
    assert file.state.entries["A-6"].answer.value == "ñ"


@pytest.mark.parametrize("command", ["no", ":clear"])
def test_a_line_to_no_question_is_refused_and_overwrites_nothing(file: AssessmentFile, command: str) -> None:
    with pytest.raises(AnswerError, match="Line 8: No question is being asked"):
        say(file, *ALL, "A-6=none", command)
    with pytest.raises(AnswerError, match="Line 1: No question is being asked"):
        say(file, command)
    assert file.state.entries["A-6"].answer.value == "none"
    say(file, "A-1=yes")
    assert file.state.entries["A-1"].answer.value == "yes"


def test_an_answer_by_id_to_what_is_asked_moves_on(file: AssessmentFile) -> None:
    say(file, "kinds=arms", "size=1", "A-1=yes", "locked")
    assert file.state.entries["A-1"].answer.value == "yes"
    assert file.state.entries["A-2"].answer.value == "locked"


@pytest.mark.parametrize("command", [":go A-3", ":back", ":again", ":skip"])
def test_one_can_look_back_when_all_is_answered(file: AssessmentFile, command: str) -> None:
    say(file, *ALL, "A-6=none")
    said = say(file, ":go A-4", command, patient=True)
    name = {":go A-3": "A-3", ":back": "A-3", ":again": "A-4", ":skip": "A-5"}[command]
    at = max(place for place, line in enumerate(said) if line.startswith(f"{name}: "))
    assert any(line.startswith("Now: ") for line in said[at:])
    say(file, ":go A-3", "rust")
    assert file.state.entries["A-3"].answer.value == ("rust",)


def test_a_refusal_names_the_line_whatever_refuses(file: AssessmentFile, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> Answer:
        raise AssessmentFileError("Disk full.", "Make room.")

    monkeypatch.setattr(Session, "note", full)
    with pytest.raises(StockcheckError) as caught:
        say(file, "A-1=yes", ":go A-1", ":note " + "x" * 30_000)
    assert str(caught.value).splitlines() == [
        "Line 3: Disk full.",
        "Make room.",
        "Nothing from this line on was read; 1 entry before it is saved.",
    ]


def test_what_a_file_holds_does_not_steer_the_terminal(file: AssessmentFile, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = "\x1b[2Jone\n2026 nobody: two\u202e"
    monkeypatch.setattr(Session, "history", lambda *_: [(file.events[0], raw)])
    said = say(file, ":history")
    assert not any("\x1b" in line or "\u202e" in line or "\n" in line for line in said)
    assert "  2026 nobody: two\ufffd" in said


def test_one_is_one_and_a_fact_is_named_in_quotes(file: AssessmentFile) -> None:
    """Said in both languages without agreeing with a word that the text may not have."""
    assert any(line.startswith("0 entries saved. ") for line in say(file))
    assert any(line.startswith("1 entry saved. ") for line in say(file, "A-1=yes"))
    fact, text = file.checklist.profile[0], file.checklist.profile[0].text
    word = fact.words[0]
    assert any(line.startswith(f"Saved “{text}”: ") for line in say(file, f"profile.{fact.id}={word}"))
    with language.speaking("es"):
        said = say(file, f"profile.{fact.id}={word}", "A-1=yes")
    assert any(line.startswith(f"Guardado: «{text}» – ") for line in said)
    assert any(line.startswith("Guardado: A-1 – Sí") for line in said)
    assert any(line.startswith("2 asientos guardados. ") for line in said)


@pytest.mark.parametrize("number", ["1", "2", "3"])
def test_a_number_answers_no_question_of_yes_or_no(file: AssessmentFile, number: str) -> None:
    with pytest.raises(AnswerError, match=f"Line 3: “{number}” is no answer to A-1") as caught:
        say(file, "kinds=arms", "size=1", number)
    assert "yes, partial, no" in caught.value.hint
    assert not file.state.entries


def test_an_empty_line_in_a_script_may_be_a_missing_answer(file: AssessmentFile) -> None:
    """`echo "$answer"` with nothing in it: what follows would answer the question before."""
    with pytest.raises(AnswerError, match="Line 4: An empty line, or a comment, came before"):
        say(file, "arms", "1", "", "no")
    assert not file.state.entries
    say(file, "", "A-1=yes", "", ":go A-2", "locked", "", "A-3=rust")
    assert file.state.entries.keys() == {"A-1", "A-2", "A-3"}, "a line that says what it is about may follow one"


def test_a_text_that_begins_as_a_comment_does_is_not_passed_over_for_the_next_line(file: AssessmentFile) -> None:
    with pytest.raises(AnswerError, match="Line 3: "):
        say(file, ":go A-6", "#3 lamp is broken", "yes")
    assert not file.state.entries
    say(file, "# answers of the north gate", "A-6=#3 lamp is broken", ":go A-4", "# counted", "4")
    assert file.state.entries.keys() == {"A-4", "A-6"}


@pytest.mark.parametrize("line", [b"A-6=lamps\rA-1=yes\r", b"A-1=yes\rA-2=locked\n", b"\xef\xbb\xbfA-6=a\r\rb\r\n"])
def test_lines_that_end_as_on_another_system_are_not_one_answer(file: AssessmentFile, line: bytes) -> None:
    with pytest.raises(AnswerError, match="Line 1: There is a line end of another system"):
        say(file, line)
    assert not file.state.entries


def test_a_misspelt_id_is_not_taken_for_the_text_that_is_asked_for(file: AssessmentFile) -> None:
    for line in ("A-9=no", "b-12=yes", "Q1=2026-01-01"):
        with pytest.raises(AnswerError, match="There is no question") as caught:
            say(file, ":go A-6", line)
        assert f"A-6={line}" in caught.value.hint
    say(file, ":go A-6", "lamps=2 of 5")
    assert file.state.entries["A-6"].answer.value == "lamps=2 of 5"
    say(file, "A-6=A-9=no")
    assert file.state.entries["A-6"].answer.value == "A-9=no"


@pytest.mark.parametrize("line", [":clear A-5", ":flag A-5", ":history A-5", ":back 2", ":quit now"])
def test_a_command_about_the_question_shown_takes_no_other(file: AssessmentFile, line: str) -> None:
    say(file, "A-4=4", "A-5=2026-02-01")
    with pytest.raises(AnswerError, match="takes nothing behind it"):
        say(file, ":go A-4", line)
    assert (file.state.entries.keys(), file.state.flags) == ({"A-4", "A-5"}, set())


@pytest.mark.parametrize("line", [":note seen", ":flag", ":clear", ":note"])
def test_nothing_is_written_of_a_question_that_was_not_shown(file: AssessmentFile, line: str) -> None:
    say(file, *ALL, "A-6=none")
    entries = len(file.events)
    with pytest.raises(AnswerError, match="Line 1: No question is being asked"):
        say(file, line)
    assert len(file.events) == entries


def test_an_answer_given_again_by_id_leaves_no_line_to_the_same_question(file: AssessmentFile) -> None:
    say(file, *ALL, "A-6=none")
    with pytest.raises(AnswerError, match="Line 3: No question is being asked"):
        say(file, ":go A-1", "A-1=no", "yes")
    assert file.state.entries["A-1"].answer.value == "no"


def test_all_that_is_kept_is_said_back_in_words(file: AssessmentFile) -> None:
    said = say(
        file, "kinds=arms,rounds", "A-1=partial", "A-3=1,3", "A-4=4", "A-5=2026-02-01", "A-6=  Two   lamps ",
        "A-2=na: no gate", "A-2=?", ":go A-4", ":note By the north gate", ":flag", ":flag", ":note", ":clear",
    )  # fmt: skip
    for line in (
        "Saved “What is held?”: Arms; Rounds",
        "Saved A-1: Partial",
        "Saved A-3: Locks; Rust seen",
        "Saved A-4: 4",
        "Saved A-5: 2026-02-01",
        "Saved A-6: Two lamps",
        "Saved A-2: Set aside: waits for a countersignature. Reason: no gate",
        "Saved A-2: Unknown",
        "Note saved with A-4: By the north gate",
        "A-4 is flagged.",
        "A-4 is no longer flagged.",
        "A-4: note taken back.",
        "A-4: answer taken back. It was: 4",
    ):
        assert line in said


@pytest.mark.parametrize("patient", [False, True], ids=["pipe", "terminal"])
@pytest.mark.parametrize("steps", [(":go A-1",), (":go a4", ":back"), (":go A-1", ":again"), (":go kinds", ":skip")])
def test_a_question_is_shown_with_its_answer_whatever_is_open(
    file: AssessmentFile, steps: tuple[str, ...], patient: bool
) -> None:
    say(file, *ALL, ":go A-1", ":note By the gate", ":flag")
    said = say(file, *steps, patient=patient)
    shown = {":back": "A-3", ":skip": "size"}.get(steps[-1], "A-1")
    rest = said[max(place for place, line in enumerate(said) if line.startswith(f"{shown}")) :]
    assert any(line.startswith("Now: ") for line in rest)
    if shown == "A-1":
        assert "Now: No" in rest
        assert "Note: By the gate" in rest
        assert "Flagged" in rest


def test_at_a_terminal_nothing_is_answered_that_was_not_shown(file: AssessmentFile) -> None:
    said = say(file, "A-4=4", patient=True)
    assert said.index("A-4: How many rounds a night?") < said.index("Saved A-4: 4")


def test_what_is_open_is_listed_by_section(file: AssessmentFile) -> None:
    say(file, "kinds=arms", "A-1=yes", "A-3=rust")
    said = say(file, ":open")
    assert "About the depot (1): size" in said
    assert "Section one (4): A-2, A-4, A-5, A-6" in said
    say(file, *ALL[1:], "A-1=no", "A-6=x")
    assert "Every question that applies has an answer." in say(file, ":open")


@pytest.mark.parametrize("command", commands.COMMANDS, ids=lambda command: command.name)
def test_a_command_is_known_by_its_name_and_by_its_word(file: AssessmentFile, command: commands.Command) -> None:
    done = []
    known = replace(command, does=lambda _at, rest: done.append(rest))
    every = tuple(known if one is command else one for one in commands.COMMANDS)
    with pytest.MonkeyPatch.context() as patched, language.speaking("es"):
        patched.setattr(commands, "COMMANDS", every)
        patched.setattr(commands, "_BY_NAME", {one.name: one for one in every})
        word = language._(command.word)
        say(file, f":{command.name}", word, plaintext.folded(word).upper(), patient=True)
        assert done == ["", "", ""]
        said = say(file, ":ayuda", patient=True) if command.name != "help" else [word]
        assert any(word in line for line in said)


def test_how_several_commands_begin_is_none_of_them(file: AssessmentFile) -> None:
    with pytest.raises(AnswerError, match="could mean several commands: :skip, :sections"):
        say(file, ":s")
    with language.speaking("es"), pytest.raises(AnswerError, match=":retirar, :rehacer, :repetir"):
        say(file, ":re")
    with pytest.raises(AnswerError, match="There is no command :"):
        say(file, ":")


def test_the_questions_of_a_kind_are_listed_with_their_answers(file: AssessmentFile) -> None:
    say(file, "kinds=arms", "A-1=no", ":go A-1", ":flag")
    for kind, title in (("cri", "critical not met"), ("GAPS", "gaps"), ("flags", "with a flag")):
        said = say(file, f":list {kind}")
        place = said.index(f"{title}: 1")
        assert said[place - 1] == "A-1  Is the fence whole?  ·  No"
    with language.speaking("es"):
        assert "con marca: 1" in say(file, ":listar marcas")
        assert "con marca: 1" in say(file, ":list flags")
    with pytest.raises(AnswerError, match="“doors” is no kind"):
        say(file, ":list doors")


def test_every_kind_has_a_word_of_its_own_in_each_language(file: AssessmentFile) -> None:
    for code in language.LANGUAGES:
        with language.speaking(code):
            said = say(file, ":list")
            for kind in (one for one in Filter if one is not Filter.TO_CONFIRM):
                line = next(
                    one for one in said if one.endswith(f": {kind.title} ({len(listed(Session(file, code), kind))})")
                )
                assert any(one.startswith(f"{kind.title}: ") for one in say(file, f":list {line.partition(':')[0]}"))
