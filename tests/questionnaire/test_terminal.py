"""The whole program through a pseudo-terminal: a long sitting, killed half-way, with nothing lost."""

from __future__ import annotations

import json
import os
import sys
import time
from fractions import Fraction
from pathlib import Path

import openpyxl
import pexpect

from tests.cli import running
from tests.volume import some

QUESTIONS = 40
CODE = "import sys; from stockcheck.cli import main; main(sys.argv[1:])"
ENV = {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}


def checklist(folder: Path) -> Path:
    """Controls of every weight and level, in two sections."""
    (folder / "sections").mkdir()
    for half, name in enumerate(("first", "second")):
        lines = [f"id: {name}", f"title: The {name}", "domain: storage", "questions:"]
        for number in range(half * QUESTIONS // 2, (half + 1) * QUESTIONS // 2):
            lines += [f"  - {{id: Q-{number:02}, text: Is control {number} in place?, weight: {number % 5 + 1}}}"]
        (folder / "sections" / f"{name}.yaml").write_text("\n".join(lines))
    path = folder / "c.yaml"
    path.write_text(
        'id: c\nversion: "1"\nlanguage: en\ntitle: Long\n'
        "levels: [{level: 1, title: Basic, threshold: 0.8}]\nsections: [first, second]\n"
    )
    return path


def run(folder: Path, *arguments: str) -> str:
    return running.run(folder, *arguments).stdout


def sitting(folder: Path, *arguments: str) -> pexpect.spawn[bytes]:
    program: pexpect.spawn[bytes] = pexpect.spawn(
        sys.executable,
        ["-c", CODE, "answer", "d.stockcheck", *arguments],
        cwd=str(folder),
        env=ENV,
        dimensions=(24, 80),
        timeout=30,
    )
    program.delayafterclose = 0
    return program


def stored(folder: Path) -> dict[str, str]:
    found = json.loads(run(folder, "score", "d.stockcheck", "--json"))
    return {one["id"]: one["answer"]["value"] for one in found["questions"] if one["answer"]}


WORDS = {"y": "yes", "p": "partial", "n": "no"}
CREDIT = {"yes": Fraction(1), "partial": Fraction(1, 2), "no": Fraction(0)}


@some("plain", [False, True], sample=[False])
def test_killed_half_way_and_resumed_nothing_is_lost(tmp_path: Path, plain: bool) -> None:
    checklist(tmp_path)
    run(tmp_path, "new", "d.stockcheck", "--checklist", "c.yaml")
    keys = ["ypn"[number * 7 % 3] for number in range(QUESTIONS)]
    options = ["--plain"] if plain else []
    given: dict[str, str] = {}

    def answer(program: pexpect.spawn[bytes], numbers: range) -> None:
        for number in numbers:
            program.send(keys[number] + ("\r" if plain else ""))
            program.expect_exact(f"Saved Q-{number:02}")
            given[f"Q-{number:02}"] = WORDS[keys[number]]

    first = sitting(tmp_path, *options)
    first.expect_exact("Q-00" if plain else "? help")
    answer(first, range(QUESTIONS // 2))
    first.kill(9)
    first.wait()
    assert stored(tmp_path) == given

    second = sitting(tmp_path, *options)
    second.expect_exact(f"Q-{QUESTIONS // 2:02}")
    if not plain:
        second.expect_exact("? help")
    answer(second, range(QUESTIONS // 2, QUESTIONS))
    second.send(":quit\r" if plain else "q")
    second.expect(pexpect.EOF)
    second.wait()
    assert second.exitstatus == 0
    assert stored(tmp_path) == given

    earned = sum((number % 5 + 1) * CREDIT[given[f"Q-{number:02}"]] for number in range(QUESTIONS))
    exact = earned / sum(number % 5 + 1 for number in range(QUESTIONS))
    figures = json.loads(run(tmp_path, "score", "d.stockcheck", "--json"))
    assert Fraction(figures["score"]["lower"]["exact"]) == exact
    run(tmp_path, "report", "d.stockcheck", "-o", "gap.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "gap.xlsx")["Scores"]
    shown = next(row[1].value for row in sheet.iter_rows() if row[0].value == "Long")
    assert f"{shown * 100:.1f}" == figures["score"]["lower"]["percent"]


def test_an_interrupt_leaves_the_file_whole(tmp_path: Path) -> None:
    checklist(tmp_path)
    run(tmp_path, "new", "d.stockcheck", "--checklist", "c.yaml")
    program = sitting(tmp_path, "--plain")
    program.expect_exact("Q-00")
    program.send("yes\r")
    program.expect_exact("Saved Q-00")
    program.sendintr()
    program.expect(pexpect.EOF)
    program.wait()
    assert program.exitstatus == 130
    assert stored(tmp_path) == {"Q-00": "yes"}
    assert not list(tmp_path.glob("*.lock"))


def test_a_terminal_that_can_do_nothing_gets_plain_lines(tmp_path: Path) -> None:
    checklist(tmp_path)
    run(tmp_path, "new", "d.stockcheck", "--checklist", "c.yaml")
    program = pexpect.spawn(
        sys.executable,
        ["-c", CODE, "answer", "d.stockcheck"],
        cwd=str(tmp_path),
        env={**ENV, "TERM": "dumb"},
        timeout=30,
    )
    program.expect_exact("yes, partial, no")
    program.send(":help\r")
    program.expect_exact("ID=answer")
    program.sendeof()
    program.expect(pexpect.EOF)
    assert b"\x1b" not in program.before
    time.sleep(0.1)
