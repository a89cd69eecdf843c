"""review as a person runs it: who may countersign, what is said, the score before and after."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from stockcheck.answers.fitting import not_applicable
from stockcheck.assessment.file import create, open_file
from stockcheck.checklist.loading import compose
from tests.assessment.crafting import ON, read
from tests.cli.running import RUN, run
from tests.cli.test_commands import depot, scores

__all__ = ["depot"]

ANSWERS = "kinds=rounds\nsize=2\nA-1=yes\nA-2=na: There is no gate\nA-5=2026-02-20\nB-1=na: One hut only\nB-2=yes\n"


@pytest.fixture
def aside(depot: Path) -> Path:
    """A folder with an assessment in which Ana has set A-2 and B-1 aside."""
    run(depot, "answer", "d.stockcheck", "--by", "Ana Peña", text=ANSWERS)
    return depot


def lower(folder: Path, file: str = "d.stockcheck") -> Fraction:
    return Fraction(scores(folder, file)["score"]["lower"]["exact"])  # type: ignore[index]


def test_a_list_shows_reasons_and_names_and_decides_nothing(aside: Path) -> None:
    shown = run(aside, "review", "d.stockcheck", "--list").stdout
    assert "A-2: How is the gate closed?\n  Reason: There is no gate\n  Set aside by Ana Peña, " in shown
    assert "B-1: Is there a plan?\n  Reason: One hut only" in shown
    assert len(read(aside / "d.stockcheck").events) == 8


def test_decisions_by_the_question_shown_and_by_id(aside: Path) -> None:
    before = lower(aside)
    done = run(aside, "review", "d.stockcheck", "--by", "Ben Ito", text="accept\nback: there are three huts\n")
    assert "2 questions are set aside: wait for a countersignature." in done.stdout
    assert done.stdout.index("A-2: How is the gate closed?") < done.stdout.index("B-1: Is there a plan?")
    assert "A-2 is countersigned: it does not apply." in done.stdout
    assert "B-1 is sent back." in done.stdout
    assert "2 entries saved. 1 question is set aside: waits for a countersignature." in done.stdout
    state = read(aside / "d.stockcheck").state
    assert {name: review.by for name, review in state.accepted.items()} == {"A-2": "Ben Ito"}
    assert state.sent_back["B-1"].why == "there are three huts"
    told = re.search(r"Score before: (\S+) .*; now: (\S+) ", done.stdout)
    assert told is not None
    assert told[1] != told[2]
    # A-1 5 and A-5 4 are full; A-2 3, A-3 2, A-4 2 and B-1 4 open; B-2 hangs on B-1 and is pending with 1.
    assert (before, lower(aside)) == (Fraction(9, 21), Fraction(9, 18))
    run(aside, "review", "d.stockcheck", "--by", "Carla", text="# agreed on the telephone\n\nB-1=accept\n")
    assert set(read(aside / "d.stockcheck").state.accepted) == {"A-2", "B-1"}


def test_spanish_words_do_what_english_ones_do(aside: Path) -> None:
    lines = "aceptar\nB-1=devolver: hay tres casetas\n"
    done = run(aside, "--lang", "es", "review", "d.stockcheck", "--by", "Ben Ito", text=lines)
    assert "A-2 queda refrendada: no se aplica." in done.stdout
    assert "B-1 queda devuelta." in done.stdout
    assert "Puntaje anterior:" in done.stdout
    assert set(read(aside / "d.stockcheck").state.accepted) == {"A-2"}


@pytest.mark.parametrize("name", ["Ana Peña", "ANA PENA", " ana  peña "])
def test_ones_own_are_refused_in_words(aside: Path, name: str) -> None:
    for line in ("accept\n", "A-2=accept\n", "A-2=back: no\n"):
        done = run(aside, "review", "d.stockcheck", "--by", name, text=line, status=1)
        assert "Nobody countersigns their own: A-2 was set aside by Ana Peña." in done.stdout + done.stderr
        assert "Line 1" in done.stderr
    assert len(read(aside / "d.stockcheck").events) == 8


WRONG = {
    "A-2=perhaps": "“perhaps” decides nothing",
    "A-2=back": "say why",
    "A-2=accept, mostly": "decides nothing",
    "A-1=accept": "A-1 is not set aside",
    "Z-9=accept": "There is no question Z-9",
    "kinds=accept": "“What is held?” is not set aside",
    ":find": "There is no command",
}


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_line_ends_the_sitting_and_keeps_what_came_before(aside: Path, line: str) -> None:
    text = f"B-1=accept\n{line}\nA-2=accept\n"
    done = run(aside, "review", "d.stockcheck", "--by", "Ben", text=text, status=1)
    assert "Line 2" in done.stderr
    assert WRONG[line] in done.stderr
    assert set(read(aside / "d.stockcheck").state.accepted) == {"B-1"}


def test_a_skipped_one_waits(aside: Path) -> None:
    done = run(aside, "review", "d.stockcheck", "--by", "Ben", text="skip\naccept\n")
    assert set(read(aside / "d.stockcheck").state.accepted) == {"B-1"}
    assert "1 entry saved. 1 question is set aside" in done.stdout


def test_an_empty_line_may_be_a_missing_decision(aside: Path) -> None:
    refused = run(aside, "review", "d.stockcheck", "--by", "Ben", text="\naccept\n", status=1).stderr
    assert "Line 2: An empty line, or a comment, came before" in refused
    assert "0 entries before it are saved" in refused
    run(aside, "review", "d.stockcheck", "--by", "Ben", text="\nA-2=accept\n\n:quit\n")


def test_nobody_reviews_without_a_name(aside: Path) -> None:
    for name in ([], ["--by", " "], ["--by", "-."]):
        assert "gives a name" in run(aside, "review", "d.stockcheck", *name, text="accept\n", status=2).stderr


def test_nothing_to_review_is_said(depot: Path) -> None:
    assert "Nothing waits for a countersignature." in run(depot, "review", "d.stockcheck", "--list").stdout
    assert "0 questions are set aside" in run(depot, "review", "d.stockcheck", "--by", "Ben").stdout


def test_a_reason_cannot_steer_the_terminal(depot: Path) -> None:
    run(depot, "answer", "d.stockcheck", "--by", "Ana", text="A-1=na: x\x1b[2J [bold]y[/]\n")
    shown = run(depot, "review", "d.stockcheck", "--list").stdout
    assert "Reason: x␛[2J [bold]y[/]" in shown
    assert "\x1b" not in shown


def test_a_reason_cannot_pass_for_what_the_program_says(depot: Path) -> None:
    with open_file(depot / "d.stockcheck", write=True, by="Ana") as file:
        file.answer(file.checklist.question["A-1"], not_applicable("None.\n  Set aside by the ministry."))
    shown = run(depot, "review", "d.stockcheck", "--list").stdout
    assert "  Reason: None. Set aside by the ministry.\n  Set aside by Ana, " in shown


def test_both_names_are_in_the_results(aside: Path) -> None:
    """S-3: a name is only a name, so both are shown."""
    run(aside, "review", "d.stockcheck", "--by", "Ben Ito", text="A-2=accept\n")
    (accepted,) = json.loads(run(aside, "score", "d.stockcheck", "--json").stdout)["accepted"]
    assert (accepted["by"], accepted["countersigned_by"]) == ("Ana Peña", "Ben Ito")
    run(aside, "report", "d.stockcheck", "-o", "r.xlsx")
    rows = [
        [str(cell.value) for cell in row] for row in load_workbook(aside / "r.xlsx")["Set aside, flagged, to review"]
    ]
    (row,) = [row for row in rows if row[0] == "A-2"]
    assert "Ana Peña" in row
    assert any(cell.startswith("Ben Ito, ") for cell in row)


def test_what_was_said_to_be_decided_is_there_after_a_kill(aside: Path) -> None:
    program = subprocess.Popen(
        [*RUN, "review", "d.stockcheck", "--by", "Ben"], cwd=aside, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(b"accept\n")
    program.stdin.flush()
    for line in program.stdout:
        if b"A-2 is countersigned" in line:
            break
    program.send_signal(signal.SIGKILL)
    program.communicate()
    found = read(aside / "d.stockcheck")
    assert set(found.state.accepted) == {"A-2"}
    assert found.broken is None


def test_the_history_tells_who_agreed_and_who_did_not(aside: Path) -> None:
    run(aside, "review", "d.stockcheck", "--by", "Ben", text="back no gate?\n")
    run(aside, "review", "d.stockcheck", "--by", "Carla", text="accept\n")
    shown = run(aside, "answer", "d.stockcheck", text=":go A-2\n:history\n").stdout
    assert re.search(r"Ben: #\d+ Sent back: no gate\?", shown)
    assert re.search(r"Carla: #\d+ Countersigned: not applicable", shown)


# upgrade


def test_an_upgrade_names_every_answer_that_no_longer_fits(aside: Path) -> None:
    one, top = aside / "sections" / "one.yaml", aside / "depot.yaml"
    text = one.read_text()
    text = text.replace("shut: {text: Shut, credit: 0.5}", "ajar: {text: Ajar, credit: 0.5}")
    text = text.replace("    weight: 3\n    when", "    weight: 3\n    na: false\n    when")
    text = text.replace("text: How many rounds a night?", "text: How many rounds a night?\n    maximum: 8")
    one.write_text(text)
    top.write_text(top.read_text().replace('"1.0"', '"2.0"').replace("id: size,", "id: buildings,"))
    run(aside, "answer", "d.stockcheck", "--by", "Ana Peña", text="A-4=9\n")
    run(aside, "review", "d.stockcheck", "--by", "Ben", text="B-1=accept\n")
    shown = run(aside, "upgrade", "d.stockcheck", "--checklist", "depot.yaml").stdout
    assert "Answers carried: 5; moved: 0; to review: 0; kept in the history only: 3." in shown  # of 8, facts too
    assert "  history only A-2: How is the gate closed?" in shown
    assert "  history only A-4: How many rounds a night?" in shown
    assert "  history only, about the depot: How many buildings?" in shown
    state = read(aside / "d.stockcheck").state
    assert set(state.accepted) == {"B-1"}
    assert {"A-2", "A-4"} <= set(state.gone)


def test_an_upgrade_says_what_waits_for_a_countersignature(aside: Path) -> None:
    path = aside / "depot.yaml"
    path.write_text(path.read_text().replace('"1.0"', '"2.0"'))
    shown = run(aside, "upgrade", "d.stockcheck", "--checklist", "depot.yaml").stdout
    assert "count as open until somebody else has countersigned them: A-2, B-1." in shown


def test_an_assessment_by_version_1_keeps_its_score_until_it_is_upgraded(depot: Path) -> None:
    old = compose(depot / "depot.yaml")[0].model_copy(update={"rules": 1})
    create(depot / "o.stockcheck", old, depot="North", marking="", on=ON, by="Ana")
    run(depot, "answer", "o.stockcheck", "--by", "Ana", text=ANSWERS)
    assert lower(depot, "o.stockcheck") == Fraction(9, 13), "what is not applicable is out on one person's word"
    refused = run(depot, "review", "o.stockcheck", "--by", "Ben", text="A-2=accept\n", status=1).stderr
    assert "version 1 of the rules, which knows no countersigning" in refused
    assert run(depot, "review", "o.stockcheck", "--list").stdout.startswith("Nothing waits")
    shown = run(depot, "upgrade", "o.stockcheck", "--checklist", "depot.yaml").stdout
    assert "From now on it is scored by version 2 of the rules; up to now it was by version 1." in shown
    assert "count as open until somebody else has countersigned them: A-2, B-1." in shown
    assert lower(depot, "o.stockcheck") == Fraction(9, 21)
    run(depot, "review", "o.stockcheck", "--by", "Ben", text="accept\naccept\n")
    assert lower(depot, "o.stockcheck") == Fraction(9, 13)
