"""Running the program as a person does, in a process of its own.

Reading the libraries in takes longer than most commands do. So `run` makes its process by forking this one, in which
they are read in already: streams, folder, environment and exit status are the program's own all the same. What
depends on how an interpreter starts is tested with `RUN`.
"""

from __future__ import annotations

import atexit
import importlib
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, NoReturn, TextIO

from tests.depot import checklist_file

#: Read in once, before anything is forked; but not the commands, whose help is in the language they are read in with.
for _module in (
    "babel.dates",
    "babel.numbers",
    "openpyxl.packaging.extended",
    "platformdirs",
    "rich.console",
    "stockcheck.checklist.lint",
    "stockcheck.demo",
    "stockcheck.exchange.form",
    "stockcheck.exchange.importing",
    "stockcheck.questionnaire.plain",
    "stockcheck.report.excel",
    "stockcheck.report.terminal",
    "typer.main",
):
    import_module(_module)

RUN = [sys.executable, "-m", "stockcheck"]
SECONDS = 120


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C.UTF-8", **more}


def run(
    folder: Path,
    *arguments: str | bytes | Path,
    text: str | bytes = "",
    status: int = 0,
    env: Mapping[str, str] = MappingProxyType({}),
    **more: str,
) -> subprocess.CompletedProcess[str]:
    """Run stockcheck in `folder` with `text` as its input; see that it leaves with `status`, never with a traceback."""
    done = called(folder, *arguments, text=text, **env, **more)
    assert done.returncode == status, done.stderr + done.stdout
    return done


@cache
def _begun(arguments: tuple[str | bytes, ...]) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="begun-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    checklist_file(folder)
    run(folder, "new", *arguments, "--checklist", "depot.yaml")
    return folder


def begun(folder: Path, *arguments: str | bytes) -> Path:
    """Put the small checklist into `folder`, and an assessment by it that `new` has made with `arguments`.

    It is made once in a process and copied, so the copies have one moment and one id.
    """
    shutil.copytree(_begun(arguments), folder, dirs_exist_ok=True)
    return folder


def called(
    folder: Path, *arguments: str | bytes | Path, text: str | bytes = "", how: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    """Run stockcheck whatever its status, its streams redirected as `how` says, in a shell's way of writing it."""
    call = [os.fsdecode(argument) for argument in arguments]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text)
        given.seek(0)
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if process == 0:
            _be_the_program(folder, call, (given, out, err), how.split(), environment(**more))
        returncode = _status(process)
        said = [_read(stream) for stream in (out, err)]
    assert "Traceback" not in said[0] + said[1]
    return subprocess.CompletedProcess(call, returncode, *said)


def _read(stream: BinaryIO) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "surrogateescape").replace("\r\n", "\n")


def _status(process: int) -> int:
    """How it ended; it is killed when it does not end."""
    watched = os.pidfd_open(process)
    try:
        in_time = select.select([watched], [], [], SECONDS)[0]
    finally:
        os.close(watched)
    if not in_time:
        os.kill(process, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    assert in_time, "the program does not end"
    return code


def _be_the_program(
    folder: Path, call: list[str], streams: tuple[BinaryIO, ...], how: list[str], variables: dict[str, str]
) -> NoReturn:
    """In the fork: what an interpreter finds when it starts, then the program. Nothing of the test goes on."""
    status = 70
    try:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(variables)
        for number, stream in enumerate(streams):
            os.dup2(stream.fileno(), number)
        for redirection in how:
            _redirect(redirection)
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            setattr(sys, name, _opened(number))
            setattr(sys, f"__{name}__", getattr(sys, name))
        # What commands say of their arguments is put into words when they are read in, in whatever language was in use.
        for name in [name for name in sys.modules if name.split(".")[:2] == ["stockcheck", "cli"]]:
            del sys.modules[name]
        importlib.import_module("stockcheck.cli").main(call)
        status = 0
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _redirect(redirection: str) -> None:
    """`>&-`, `2>/dev/full` and their like."""
    sign = "<" if "<" in redirection else ">"
    number, target = redirection.split(sign)
    descriptor = int(number) if number else {"<": 0, ">": 1}[sign]
    if target == "&-":
        os.close(descriptor)
        return
    opened = os.open(target, os.O_RDONLY if sign == "<" else os.O_WRONLY)
    os.dup2(opened, descriptor)
    os.close(opened)


def _opened(number: int) -> TextIO | None:
    """A standard stream as an interpreter opens it; none when it is closed."""
    try:
        os.fstat(number)
    except OSError:
        return None
    return open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False)
