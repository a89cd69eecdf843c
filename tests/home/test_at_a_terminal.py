"""The whole program through a pseudo-terminal: from `stockcheck` to a report, without a command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pexpect
import pytest

from stockcheck.assessment.file import open_file
from tests.cli.running import RUN, environment
from tests.volume import long

SIZE = (24, 80)


def called(folder: Path, state: Path, *arguments: str, **variables: str) -> pexpect.spawn[bytes]:
    env = environment(TERM="xterm-256color", XDG_STATE_HOME=str(state), **variables)
    return pexpect.spawn(RUN[0], [*RUN[1:], *arguments], cwd=str(folder), env=env, dimensions=SIZE, timeout=60)


def sees(program: Any, text: str) -> None:
    program.expect_exact(text.encode())


def wait_for_entry(number: int, folder: Path) -> None:
    """Wait until the one assessment in `folder` has so many entries: the screen paints no more than what changes."""
    (made,) = folder.glob("*.stockcheck")
    latest = time.monotonic() + 30
    while time.monotonic() < latest:
        with open_file(made) as file:
            if len(file.events) == number:
                return
        time.sleep(0.05)
    raise AssertionError(f"there is no entry {number}")


@pytest.fixture
def program(folder: Path, state: Path) -> Iterator[pexpect.spawn[bytes]]:
    """`stockcheck` alone, where the system speaks Spanish."""
    with closing(called(folder, state.parent, LC_ALL="", LC_CTYPE="C.UTF-8", LANG="es_MX.UTF-8")) as program:
        sees(program, "Las flechas mueven, Enter elige.")
        sees(program, "salir")
        yield program


def test_from_nothing_to_a_report_without_typing_a_command(program: pexpect.spawn[bytes], folder: Path) -> None:
    program.send("\r")
    sees(program, "¿con qué lista?")
    sees(program, "de transferencias de armas")
    program.send("\x1b[B" * 4 + "\r")
    sees(program, "Crearla y responder")
    program.send("Depósito Norte".encode())  # many at once are text, and Enter among them would be as well
    sees(program, "deposito-norte-")
    for key in ("\r", *["\x1b[B"] * 4, "\r", "\r"):
        time.sleep(0.2)  # as a hand does
        program.send(key)
    sees(program, "F1 explica las teclas")
    for number, key in enumerate(("1", "\x1b[C1", "s"), start=2):
        program.send(key)
        wait_for_entry(number, folder)
    program.send("q")
    sees(program, "Lo respondido está guardado")
    sees(program, "3 de ")
    program.send("\r")
    sees(program, "Informe: escribirlo como archivo")
    program.send("\x1b[B" * 3 + "\r")
    sees(program, "Escribir el informe")
    program.send("\x1b[B" * 3 + "\r")
    sees(program, "Escrito:")
    program.send("q")
    program.expect(pexpect.EOF)
    program.wait()
    assert program.exitstatus == 0
    (report,) = folder.glob("deposito-norte-*-informe.xlsx")
    assert openpyxl.load_workbook(report).sheetnames[0] == "Resumen"
    (made,) = folder.glob("*.stockcheck")
    with open_file(made) as file:
        assert file.state.depot == "Depósito Norte"
        assert len(file.events) == 4


@long
def test_what_another_program_has_open_can_be_read_and_says_who_holds_it(
    program: pexpect.spawn[bytes], depot: Path, state: Path
) -> None:
    program.send("q")
    program.expect(pexpect.EOF)
    with (
        open_file(depot, write=True, by="luis"),
        closing(called(depot.parent, state.parent, LC_ALL="C.UTF-8")) as second,
    ):
        sees(second, "Nothing answered yet")
        second.send("a")
        sees(second, "is open in another")
        second.send("q")
        sees(second, "leave")
        second.send("q")
        second.expect(pexpect.EOF)


def test_a_fault_ends_in_one_sentence_and_leaves_the_terminal_as_it_was(folder: Path, state: Path) -> None:
    code = (
        "import sys; from stockcheck.home.app import HomeApp; HomeApp.renew = lambda self: 1 / 0; "
        "from stockcheck.cli import main; main([])"
    )
    env = environment(TERM="xterm-256color", XDG_STATE_HOME=str(state.parent))
    with closing(pexpect.spawn(sys.executable, ["-c", code], cwd=str(folder), env=env, timeout=60)) as program:
        sees(program, "stockcheck: The program has a fault and had to stop")
        sees(program, "ZeroDivisionError")
        program.expect(pexpect.EOF)
        assert b"Traceback" not in (program.before or b"")
        program.wait()
        assert program.exitstatus == 1


def test_asked_to_end_it_ends_in_order(folder: Path, state: Path) -> None:
    with closing(called(folder, state.parent, LC_ALL="C.UTF-8")) as program:
        sees(program, "leave")
        program.kill(signal.SIGTERM)
        program.expect_exact("\x1b[?1049l")
        program.expect(pexpect.EOF)
        program.wait()
        assert program.exitstatus == 128 + signal.SIGTERM


@pytest.mark.parametrize("variables", [{"TERM": "dumb"}, {"TERM": ""}])
def test_without_a_capable_terminal_it_prints_its_help(folder: Path, state: Path, variables: dict[str, str]) -> None:
    env = {**environment(XDG_STATE_HOME=str(state.parent)), **variables}
    with closing(pexpect.spawn(RUN[0], RUN[1:], cwd=str(folder), env=env, dimensions=SIZE, timeout=60)) as program:
        sees(program, "Usage: stockcheck")
        program.expect(pexpect.EOF)
        program.wait()
        assert program.exitstatus == 2
    assert not state.exists()


@pytest.mark.parametrize("arguments", [[], ["--lang", "es"]])
def test_in_a_pipe_it_prints_its_help(folder: Path, state: Path, arguments: list[str]) -> None:
    call: list[Any] = [*RUN, *arguments]
    done = subprocess.run(call, cwd=folder, env=environment(), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert ("Uso: " if arguments else "Usage: ") in done.stderr
    assert os.linesep not in done.stdout
    assert not state.exists()
