"""The full screen on a terminal that misbehaves: bytes that are no text, sequences that mean nothing, no terminal."""

from __future__ import annotations

import contextlib
import os
import random
import shlex
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.questionnaire.test_terminal import CODE, ENV, checklist, run, sitting, stored
from tests.volume import long, some


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    checklist(tmp_path)
    run(tmp_path, "new", "d.stockcheck", "--checklist", "c.yaml")
    return tmp_path


@pytest.fixture
def program(folder: Path) -> Iterator[pexpect.spawn[bytes]]:
    with closing(sitting(folder)) as program:
        program.expect_exact("? help")
        yield program


def notes(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "d.stockcheck")) as file:
        return [body for (body,) in file.execute("SELECT body FROM event WHERE kind = 'note' ORDER BY seq")]


def leave(program: pexpect.spawn[bytes], keys: str = "q") -> bytes:
    """Press `keys`, wait until the program is gone, and give back the last that it wrote."""
    program.send(keys)
    program.expect(pexpect.EOF)
    program.wait()
    assert program.exitstatus == 0
    return program.before or b""


PAGE_DOWN = b"\x1b[6~"
ROUGH = {
    "a byte that is not UTF-8": (b"\xf3", "�"),
    "a mouse beyond every screen": (b"\x1b[<0;99999999999999;9999999999999M", ""),
    "a mouse report without numbers": (b"\x1b[<-;-;-M\x1b[<0;M\x1b[M\x01\x01\x01", ""),
    "a key that no alphabet has": (b"\x1b[99999999999;5u\x1b[0;;1114112u", ""),
    "half a character": (b"\x1b[0;;55357u", ""),
    "a sequence without an end": (b"\x1b[" + b"1;" * 400 + b"m", ""),
    "a window of nothing": (b"\x1b[48;0;0;0;0t\x1b[<0;5;5M", ""),
    "a window beyond every screen": (b"\x1b[48;99999999;99999999;9;9t", ""),
    "a cursor far away": (b"\x1b[99999999999;99999999999R", ""),
    "escape in a paste": (b"\x1b[200~p\x1b[31mq\x1b[201~", "p␛[31mq"),
    "a sequence that breaks off": (b"\x1b[3;1", None),
}


@long
def test_what_is_no_key_costs_neither_the_note_nor_the_screen(program: pexpect.spawn[bytes], folder: Path) -> None:
    """All in one sitting, with one question after the other."""
    for number, (rough, (sent, comes)) in enumerate(ROUGH.items()):
        program.send("m")
        program.expect_exact(f"Note with Q-{number:02}")
        program.send(b"perimetro n" + sent)
        if comes is None:  # only time tells that nothing more comes
            time.sleep(0.4)
        program.send(b"rte\x13")
        program.expect_exact(f"Note saved with Q-{number:02}")
        assert notes(folder)[number:] == [f'{{"text":"perimetro n{comes or ""}rte"}}'], rough
        program.send(PAGE_DOWN)
        program.expect_exact(f"Q-{number + 1:02}")
    assert b"Traceback" not in leave(program)


@long
def test_a_paste_that_never_ends_is_over_after_a_while(program: pexpect.spawn[bytes], folder: Path) -> None:
    program.send("m")
    program.expect_exact("Note with Q-00")
    program.send(b"\x1b[200~pasted")
    program.expect_exact("pasted")
    program.send(b"\x13")
    program.expect_exact("Note saved with Q-00")
    assert notes(folder) == ['{"text":"pasted"}']


@pytest.mark.parametrize(
    ("packet", "kept"),
    [
        (b"\x1bOShello\x13", "hello"),  # F4; the letters to the dialog that it opens, and all of them kept
        (b"\x1bOSone\x1b[27u\x1bOStwo\x13", "two"),
        (b"\x1bOR\r\r\x1b[27u\x1bOSx\x13", "x"),
        (b"\x1bOS\x1bOS/?\x13", "/?"),
        (b"\x1bOS\x11mm\x13", "mm"),
    ],
)
def test_keys_that_come_in_one_packet_do_what_they_do_one_by_one(
    program: pexpect.spawn[bytes], folder: Path, packet: bytes, kept: str
) -> None:
    program.send(packet)
    program.expect_exact("Note saved with Q-00")
    assert notes(folder) == [f'{{"text":"{kept}"}}']


def test_a_byte_that_is_no_text_is_told_of(program: pexpect.spawn[bytes]) -> None:
    program.send(b"m")
    program.expect_exact("Note with Q-00")
    program.send(b"\xf3n")
    program.expect_exact("that is not UTF-8")


@long
def test_bytes_at_random_never_end_the_program(program: pexpect.spawn[bytes], folder: Path) -> None:
    chance = random.Random(8)
    pieces = [
        b"\x1b",
        b"\x1b[",
        b"\x1bO",
        b"\x1b[<",
        b";",
        b"u",
        b"M",
        b"m",
        b"\r",
        b"\x13",
        b"\x1b[200~",
        b"\x1b[201~",
    ]
    for _packet in range(25):
        packet = b"".join(
            chance.choice(pieces) if chance.random() < 0.4 else bytes([chance.randrange(256)]) for _byte in range(60)
        )
        program.send(packet.translate(bytes.maketrans(b"qQ\x11", b"rR\x12")))  # neither of the keys that leave
        program.expect(pexpect.TIMEOUT, timeout=0.01)  # reads what is painted, or the program would wait
    # To the end of a paste, out of a dialog, out of a field.
    assert b"Traceback" not in leave(program, "\x1b[201~\x1b[27u\x1b[27u\x11")
    assert "The chain of entries holds" in run(folder, "verify", "d.stockcheck")


FAULTY = """
import sys
from stockcheck.questionnaire.session import Session
def toggle_flag(self, item):
    secret = "the key hangs behind the door"
    raise LookupError(secret)
Session.toggle_flag = toggle_flag
from stockcheck.cli import main
main(sys.argv[1:])
"""


@some("debug", [False, True], sample=[False])
def test_a_fault_of_the_program_is_told_in_a_sentence(folder: Path, debug: bool) -> None:
    environment = ENV | ({"STOCKCHECK_DEBUG": "1"} if debug else {})
    program = pexpect.spawn(
        sys.executable, ["-c", FAULTY, "--lang", "es", "answer", "d.stockcheck"], cwd=str(folder), env=environment
    )
    program.expect_exact("? ayuda")
    program.send("y")
    time.sleep(0.5)
    program.send("f")
    program.expect(pexpect.EOF)
    program.wait()
    assert program.exitstatus == 1
    said = program.before.decode().rpartition("\x1b[?1049l")[2]  # what comes after the screen was left
    assert "stockcheck: El programa tiene un fallo" in said
    assert "LookupError" in said
    assert ("Traceback" in said) is debug
    assert ("behind the door" in said) is debug
    assert stored(folder) == {"Q-00": "yes"}


@long
def test_keys_that_come_after_a_fault_are_no_commands_to_the_shell(folder: Path) -> None:
    slowly = FAULTY.replace(
        "Session.toggle_flag",
        "from stockcheck.questionnaire.screen import faults\n"
        "import time\ntold = faults.told\n"
        "faults.told = lambda fault: time.sleep(1) or told(fault)\nSession.toggle_flag",
    )
    (folder / "faulty.py").write_text(slowly)
    shell = f"{sys.executable} faulty.py answer d.stockcheck; echo status=$?; read -t 1 line; echo got=[$line]"
    terminal = pexpect.spawn("bash", ["--norc", "-c", shell], cwd=str(folder), env=ENV, timeout=30)
    terminal.expect_exact("? help")
    terminal.send("f")
    terminal.expect_exact("\x1b[?1049l")
    time.sleep(0.3)
    terminal.send("rm -r depot\r")
    terminal.expect_exact("status=1")
    terminal.expect_exact("got=[]")
    terminal.expect(pexpect.EOF)


def until_stopped(program: pexpect.spawn[Any]) -> None:
    """Wait until the system has stopped it, and forget what it painted until then: told to go on before, it would stop
    after that, and stay so.
    """
    latest = time.monotonic() + 30
    while time.monotonic() < latest:
        if Path(f"/proc/{program.pid}/stat").read_text().rpartition(") ")[2].startswith("T"):
            with contextlib.suppress(pexpect.TIMEOUT):
                program.expect_exact("\0", timeout=0.2)  # never comes: what was painted before is read
            program.buffer = type(program.buffer)()
            return
        time.sleep(0.02)
    raise AssertionError("it does not stop")


def test_a_program_that_was_stopped_goes_on_and_leaves_the_terminal_as_it_was(folder: Path) -> None:
    for stop in (signal.SIGTSTP, signal.SIGSTOP):
        with closing(sitting(folder)) as program:
            program.expect_exact("? help")
            program.kill(stop)
            until_stopped(program)
            program.kill(signal.SIGCONT)
            program.expect_exact("? help")  # painted anew
            for _turn in range(20):  # what is typed before it looks at its keys again may be lost
                program.send("f")
                if program.expect_exact(["lag", pexpect.TIMEOUT], timeout=2) == 0:
                    break
            else:
                raise AssertionError("it takes no key")
            leave(program)


#: What may be on the screen when the program is stopped, and the keys that bring it there.
STATES = {
    "a note": ("m", "Note with Q-00"),
    "the commands": ("\x10", "What can be done"),
    "a room": ("\x1b[15~", "Space answer"),
}


@some("state", list(STATES), sample=1)
def test_stopped_and_resumed_in_another_window_size_the_screen_is_whole(folder: Path, state: str) -> None:
    keys, shown = STATES[state]
    with closing(sitting(folder)) as program:
        program.expect_exact("Ctrl+P all")
        program.send(keys)
        program.expect_exact(shown)
        program.kill(signal.SIGTSTP)
        program.expect_exact("Type fg and press Enter")
        until_stopped(program)
        program.setwinsize(30, 100)
        program.kill(signal.SIGCONT)
        program.expect_exact("\x1b[?1049h")
        program.expect_exact(shown)
        if state == "a note":
            program.send("seen\x13")
            program.expect_exact("Note saved with Q-00")
            assert notes(folder) == ['{"text":"seen"}']
        else:
            program.send("\x1b[27u")
            program.expect_exact("v overview")
        leave(program)


def test_the_command_begins_in_a_room_and_in_the_colours_that_are_asked_for(folder: Path) -> None:
    with closing(sitting(folder, "--presenter", "--theme", "contrast")) as program:
        program.expect_exact("\x1b[?1049h")
        program.expect_exact("Is control 0 in place?")
        program.expect_exact("Space answer")
        program.send("n")  # shows the answer as well
        program.expect_exact("This is a gap.")
        program.send("\x1b[15~")
        program.expect_exact("v overview")
        leave(program)
    assert stored(folder) == {"Q-00": "no"}


def to_the_shell(program: pexpect.spawn[Any]) -> None:
    """By the list of commands: Ctrl+Z, which people press to undo, does that."""
    program.send("\x10")
    program.expect_exact("What can be done here")
    program.send("shell")
    program.expect_exact("Go to the shell")
    program.send("\r")


@long
def test_one_can_go_to_the_shell_which_has_it_go_on(folder: Path) -> None:
    command = f"{sys.executable} -c {shlex.quote(CODE)} answer d.stockcheck"
    with closing(pexpect.spawn("bash", ["--norc", "-i"], cwd=str(folder), env=ENV, timeout=30)) as shell:
        shell.sendline(command)
        shell.expect_exact("Ctrl+P all")
        shell.send("y")
        shell.expect_exact("Saved Q-00")
        to_the_shell(shell)
        shell.expect_exact("Type fg and press Enter")
        shell.expect_exact("Stopped")
        shell.sendline("echo $((20 + 3))")
        shell.expect_exact("23")
        shell.sendline("fg")
        shell.expect_exact("Ctrl+P all")
        shell.send("n")
        shell.expect_exact("Saved Q-01")
        shell.send("q")
        shell.expect_exact("\x1b[?1049l")
        shell.sendline("exit")
        shell.expect(pexpect.EOF)
    assert stored(folder) == {"Q-00": "yes", "Q-01": "no"}


def test_without_a_shell_to_go_on_nothing_stops(program: pexpect.spawn[bytes], folder: Path) -> None:
    to_the_shell(program)
    program.expect_exact("There is no shell")
    program.send("y")
    program.expect_exact("Saved Q-00")


def ends(program: pexpect.spawn[Any], within: float) -> bool:
    latest = time.monotonic() + within
    while program.isalive() and time.monotonic() < latest:
        time.sleep(0.05)
    return not program.isalive()


def test_a_terminal_that_goes_away_ends_the_program_and_frees_the_file(folder: Path) -> None:
    program = pexpect.spawn(
        sys.executable, ["-c", CODE, "answer", "d.stockcheck"], cwd=str(folder), env=ENV, ignore_sighup=True
    )
    program.expect_exact("? help")
    program.send("m")
    program.expect_exact("Note with Q-00")
    program.send("half a note")
    program.expect_exact("half a note")
    os.close(program.child_fd)
    assert ends(program, within=5)
    assert notes(folder) == ['{"text":"half a note"}']
    assert not list(folder.glob("*.lock"))


@pytest.mark.parametrize("state", ["nothing", "the commands", "a room"])
def test_a_hangup_ends_whatever_is_on_the_screen_and_keeps_every_answer(folder: Path, state: str) -> None:
    program = sitting(folder)
    program.expect_exact("Ctrl+P all")
    program.send("y")
    program.expect_exact("Saved Q-00")
    if state in STATES:
        keys, shown = STATES[state]
        program.send(keys)
        program.expect_exact(shown)
    program.kill(signal.SIGHUP)
    program.expect(pexpect.EOF)
    program.wait()
    assert b"Traceback" not in program.before
    assert stored(folder) == {"Q-00": "yes"}
    assert not list(folder.glob("*.lock"))


ORDERLY = """
import signal, sys
def leave(number, _frame):
    sys.exit(128 + number)
signal.signal(signal.SIGTERM, leave)
from stockcheck.cli import main
main(sys.argv[1:])
"""


def test_an_orderly_signal_leaves_the_terminal_as_it_was_and_the_note_in_the_file(folder: Path) -> None:
    program = pexpect.spawn(sys.executable, ["-c", ORDERLY, "answer", "d.stockcheck"], cwd=str(folder), env=ENV)
    program.expect_exact("? help")
    program.send("m")
    program.expect_exact("Note with Q-00")
    program.send("half")
    program.expect_exact("half")
    program.kill(signal.SIGTERM)
    program.expect(pexpect.EOF)
    program.wait()
    assert program.exitstatus == 128 + signal.SIGTERM
    assert b"\x1b[?1049l" in program.before
    assert b"Traceback" not in program.before
    assert notes(folder) == ['{"text":"half"}']
    assert not list(folder.glob("*.lock"))


def test_plain_lines_end_with_their_terminal(folder: Path) -> None:
    log = folder / "log"
    code = f"import sys; sys.stderr = open({str(log)!r}, 'w'); {CODE}"
    program = pexpect.spawn(
        sys.executable, ["-c", code, "answer", "--plain", "d.stockcheck"], cwd=str(folder), env=ENV, ignore_sighup=True
    )
    program.expect_exact("Q-00")
    os.close(program.child_fd)
    assert ends(program, within=5)
    assert "Traceback" not in log.read_text()
    assert not list(folder.glob("*.lock"))
