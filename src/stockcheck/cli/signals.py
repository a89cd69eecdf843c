"""What asks the program to end lets it end in order: the file is let go, drafts go, the terminal is as it was."""

from __future__ import annotations

import contextlib
import functools
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType

from stockcheck.interruption import when_free

#: Signals that end a program in the middle of whatever it does, unless it knows better; faults of the program itself
#: and what a terminal does with jobs are not among them.
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGABRT", "SIGALRM", "SIGVTALRM", "SIGPROF", "SIGUSR1", "SIGUSR2")
_RARE = ("SIGXCPU", "SIGIO", "SIGPWR", "SIGSTKFLT", "SIGSYS", "SIGTRAP", "SIGEMT", "SIGLOST", "SIGBREAK")
#: Seconds for which a second signal is passed over: it would cut the clearing up short.
_PATIENCE = 5


class Stopped(SystemExit):
    """A signal asked the program to end. Its status is 128 and the signal's number, as a shell would have it."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)


@dataclass
class Ending:
    """Whether the program was asked to end, and by what: a library may have made another error of it on its way."""

    stopped: Stopped | None = None


@contextlib.contextmanager
def ending_in_order(*, last: bool = False) -> Iterator[Ending]:
    """Inside the block, a signal that would end the program raises `Stopped` wherever it is.

    With `last` nothing comes after the block that a signal could cut in half: it then ends the process without a word.
    """
    before: dict[int, object] = {}
    ending, asked_at = Ending(), 0.0

    def stop(number: int, _frame: FrameType | None) -> None:
        nonlocal asked_at
        if ending.stopped is not None and time.monotonic() - asked_at < _PATIENCE:
            return
        ending.stopped, asked_at = Stopped(number), time.monotonic()
        sys.unraisablehook = _pass_over
        when_free(functools.partial(_raise_outside_of_tasks, ending.stopped))

    if threading.current_thread() is not threading.main_thread():  # only there can signals be handled
        yield ending
        return
    try:
        for number in _numbers():
            with contextlib.suppress(OSError, ValueError):
                if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):  # not one that is ignored
                    before[number] = signal.signal(number, stop)
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if last else handler)  # type: ignore[arg-type]


def _pass_over(_what: object) -> None:
    """What is thrown away half made may complain; by then nobody can do anything about it."""


def _raise_outside_of_tasks(stopped: Stopped) -> None:
    """Raise `stopped` here, or from the event loop of the full screen: a task that it came from would be reported."""
    running = getattr(sys.modules.get("asyncio"), "get_running_loop", None)  # or it is being imported this very moment
    try:
        loop = running() if running is not None else None
    except RuntimeError:
        loop = None
    if loop is None:
        raise stopped

    def leave() -> None:
        raise stopped

    loop.call_soon_threadsafe(leave)


def _numbers() -> list[int]:
    numbers = [int(getattr(signal, name)) for name in (*_NAMES, *_RARE) if hasattr(signal, name)]
    if hasattr(signal, "SIGRTMIN"):
        numbers += range(signal.SIGRTMIN, signal.SIGRTMAX + 1)
    return numbers
