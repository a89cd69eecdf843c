"""A program that is asked to end, or killed, leaves finished files and nothing else."""

from __future__ import annotations

import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pexpect
import pytest

from stockcheck.assessment.file import open_file
from tests import volume
from tests.cli.running import RUN, environment, run
from tests.volume import number, some

#: Which signals end which command: each signal one that writes, and all of them the sitting.
ASKED = {
    "report": ["SIGTERM", "SIGINT", "SIGXCPU"],
    "demo": ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGABRT"],
    "new": ["SIGQUIT", "SIGALRM", "SIGUSR2"],
    "answer": ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGXCPU", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGABRT"],
}
#: A sitting shows of every signal whether it is handled, for it leaves its lock if not. A demo writes as `new` and
#: `report` do, and takes longest.
SAMPLE = {"report": ["SIGTERM"], "new": ["SIGQUIT"], "answer": ASKED["answer"]}
COMMANDS = {
    "report": ["report", "d.stockcheck", "-o", "gap.xlsx"],
    "demo": ["demo"],
    "new": ["new", "new.stockcheck", "--checklist", "ammunition"],
    "answer": ["answer", "d.stockcheck", "--plain"],
}
FINISHED = {"d.stockcheck", "gap.xlsx", "demo.stockcheck", "demo.xlsx", "new.stockcheck"}


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    """A folder with a large assessment, and beside it an empty folder for what is temporary."""
    folder = tmp_path / "depot"
    folder.mkdir()
    (tmp_path / "temporary").mkdir()
    run(folder, "new", "d.stockcheck", "--checklist", "ammunition")
    return folder


def temporary(folder: Path) -> Path:
    return folder.parent / "temporary"


def started(folder: Path, command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*RUN, *COMMANDS[command]],
        cwd=folder,
        stdin=subprocess.PIPE if command == "answer" else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(TMPDIR=str(temporary(folder))),
    )


def until_it_works(program: subprocess.Popen[bytes]) -> None:
    """Wait until the program has been read in and looks after signals itself."""
    while _caught(program.pid) & (1 << signal.SIGTERM - 1) == 0:
        assert program.poll() is None
        time.sleep(0.002)


def until_it_asks(program: subprocess.Popen[bytes]) -> None:
    """Wait until the sitting has its file open."""
    folder = Path(f"/proc/{program.pid}/cwd").resolve()
    while program.poll() is None and not (folder / "d.stockcheck.lock").exists():
        time.sleep(0.002)


def until_it_writes(program: subprocess.Popen[bytes]) -> None:
    """Wait until the program has begun a draft."""
    folder = Path(f"/proc/{program.pid}/cwd").resolve()
    while program.poll() is None and not list(folder.glob(".stockcheck-*")):
        time.sleep(0.0005)


def seconds_taken(folder: Path, command: str, beginning: Callable[[subprocess.Popen[bytes]], None]) -> float:
    """How long a command takes here from some moment on."""
    with started(folder, command) as program:
        beginning(program)
        start = time.perf_counter()
        program.communicate(timeout=60)
    return time.perf_counter() - start


def _caught(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("SigCgt")), 16)


def assert_only_finished(folder: Path) -> None:
    assert set(os.listdir(folder)) <= FINISHED
    assert os.listdir(temporary(folder)) == []
    for name in os.listdir(folder):
        if name.endswith(".xlsx"):
            openpyxl.load_workbook(folder / name, read_only=True)
        else:
            with open_file(folder / name) as file:
                assert file.record.chain_holds


@some("command", list(ASKED), sample=list(SAMPLE))
def test_a_signal_at_any_moment_ends_the_program_in_order(depot: Path, command: str) -> None:
    chance = random.Random(command)
    beginning = until_it_asks if command == "answer" else until_it_works
    longest = 0.2 if command == "answer" else seconds_taken(depot, command, beginning)
    signals = (ASKED if volume.thorough else SAMPLE)[command]
    interrupted = 0
    for turn, name in enumerate([*signals, *["SIGTERM"] * 8]):
        if turn >= len(signals) and interrupted:
            break
        for finished in FINISHED - {"d.stockcheck"}:
            (depot / finished).unlink(missing_ok=True)
        number = getattr(signal, name)
        with started(depot, command) as program:
            beginning(program)
            time.sleep(chance.random() * longest)
            program.send_signal(number)
            said = program.communicate(timeout=60)[1].decode()
        assert program.returncode in (0, 128 + number, -number), said  # the last, when all was done already
        assert said == ""
        assert_only_finished(depot)
        interrupted += program.returncode != 0
        longest *= 0.8  # it has to be met at work at least once
    assert interrupted


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_that_comes_when_all_is_done_is_not_talked_about(name: str) -> None:
    own = "default_int_handler" if name == "SIGINT" else "SIG_DFL"  # whatever whoever runs the tests has ignored
    late = f"import atexit, signal; atexit.register(signal.raise_signal, signal.{name})"
    begun = f"{late}; signal.signal(signal.{name}, signal.{own})"
    program = f"{begun}; from stockcheck.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", program, "checklist", "list"], env=environment(), capture_output=True)
    assert done.stdout
    assert done.stderr == b""
    assert done.returncode == -getattr(signal, name)


def test_an_ignored_signal_stays_ignored(depot: Path) -> None:
    """As `nohup` has it."""
    command = f"trap '' HUP; exec {' '.join(RUN)} answer d.stockcheck --plain"
    with subprocess.Popen(
        ["bash", "-c", command], cwd=depot, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
    ) as program:
        until_it_works(program)
        program.send_signal(signal.SIGHUP)
        program.communicate(b":quit\n", timeout=60)
    assert program.returncode == 0


@number("turns", 2, 3)
@some("command", ["report", "demo", "new"], sample=["report"])
def test_what_a_kill_leaves_the_next_run_takes_away(depot: Path, command: str, turns: int) -> None:
    chance = random.Random(command)
    longest = seconds_taken(depot, command, until_it_writes)
    left = 0
    for turn in range(turns):
        for finished in FINISHED - {"d.stockcheck"}:
            (depot / finished).unlink(missing_ok=True)
        with started(depot, command) as program:
            until_it_writes(program)
            time.sleep(chance.random() * longest if turn else 0)
            program.kill()
        hidden = list(depot.glob(".stockcheck-*"))
        left += len(hidden)
        for path in hidden:
            if not list(path.glob("draft")):  # it has no mark yet, and goes once it is old
                os.utime(path, (0, 0))
        assert all(path.stat().st_mode & 0o077 == 0 for path in hidden), "nobody else can look into it"
        assert os.listdir(temporary(depot)) == []
        assert set(os.listdir(depot)) <= FINISHED | {path.name for path in hidden}
        (depot / "demo.stockcheck").unlink(missing_ok=True)
        (depot / "demo.xlsx").unlink(missing_ok=True)
        run(depot, "new", "demo.stockcheck", "--checklist", "rapid")
        assert_only_finished(depot)
    assert left


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_gives_the_terminal_back_as_it_was(depot: Path, name: str) -> None:
    shell = f"stty -a; echo before; {' '.join(RUN)} answer d.stockcheck; echo status=$?; stty -a; echo after"
    terminal = pexpect.spawn(
        "bash",
        ["--norc", "-c", shell],
        cwd=str(depot),
        env=environment(TERM="xterm-256color"),
        dimensions=(24, 80),
        timeout=30,
        encoding="utf-8",
    )
    terminal.expect("before")
    before = terminal.before
    terminal.expect_exact("? help")
    children = Path(f"/proc/{terminal.pid}/task/{terminal.pid}/children").read_text().split()
    os.kill(int(children[0]), getattr(signal, name))
    terminal.expect(r"status=(\d+)\r\n")
    assert isinstance(terminal.match, re.Match)
    assert int(terminal.match[1]) == 128 + getattr(signal, name)
    shown = terminal.before
    assert shown.rindex("\x1b[?1049l") > shown.find("\x1b[?1049h"), "the other screen is left"
    assert shown.rindex("\x1b[?25h") > shown.find("\x1b[?25l"), "the cursor is there again"
    assert "Traceback" not in shown
    terminal.expect("after")
    assert terminal.before == before
    assert os.listdir(depot) == ["d.stockcheck"]


def test_a_terminal_that_goes_away_ends_the_sitting(depot: Path) -> None:
    terminal = pexpect.spawn(
        RUN[0], [*RUN[1:], "answer", "d.stockcheck"], cwd=str(depot), env=environment(TERM="xterm-256color"), timeout=30
    )
    terminal.expect_exact("? help")
    os.close(terminal.fileno())
    terminal.closed, terminal.child_fd = True, -1
    deadline = time.monotonic() + 20
    ended, status = 0, 0
    assert terminal.pid is not None
    while not ended and time.monotonic() < deadline:
        ended, status = os.waitpid(terminal.pid, os.WNOHANG)
        time.sleep(0.02)
    assert ended
    assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGHUP
    assert os.listdir(depot) == ["d.stockcheck"]


def test_an_open_assessment_is_kept_out_of_core_dumps(depot: Path) -> None:
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    if hard == 0:
        pytest.skip("no core dumps here at all")
    with subprocess.Popen(
        [*RUN, "answer", "d.stockcheck", "--plain"],
        cwd=depot,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (hard, hard)),
    ) as program:
        assert program.stdout is not None
        program.stdout.readline()
        limits = Path(f"/proc/{program.pid}/limits").read_text()
        program.communicate(b":quit\n", timeout=60)
    line = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert line.split()[4] == "0"
