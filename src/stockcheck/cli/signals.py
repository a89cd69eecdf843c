"""What asks the program to end lets it end in order: the file is let go, drafts go, the terminal is as it was."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType

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


@contextlib.contextmanager
def ending_in_order() -> Iterator[None]:
    """Inside the block, a signal that would end the program raises `Stopped` wherever it is."""
    before: dict[int, object] = {}
    first = 0.0

    def stop(number: int, _frame: FrameType | None) -> None:
        nonlocal first
        if first and time.monotonic() - first < _PATIENCE:
            return
        first = time.monotonic()
        _raise_outside_of_tasks(Stopped(number))

    if threading.current_thread() is not threading.main_thread():  # only there can signals be handled
        yield
        return
    try:
        for number in _numbers():
            with contextlib.suppress(OSError, ValueError):
                if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):  # not one that is ignored
                    before[number] = signal.signal(number, stop)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]


def stopped_by(error: BaseException | None) -> Stopped | None:
    """The `Stopped` that was put into another error on its way, as Python does with what is raised in some places."""
    while error is not None and not isinstance(error, Stopped):
        error = error.__cause__ or error.__context__
    return error


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
