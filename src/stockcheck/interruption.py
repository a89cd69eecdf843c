"""What a signal must not cut in half: a program that is asked to end waits until it is done."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

_depth = 0
_waiting: Callable[[], None] | None = None


def when_free(end: Callable[[], None]) -> None:
    """Call `end`, which raises what ends the program: at once, or when what is not to be cut in half is done.

    For a handler of signals. The first of several that have to wait is called.
    """
    global _waiting
    if not _depth:
        end()
    elif _waiting is None:
        _waiting = end


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Inside the block no signal ends the program; one that has come does so when the block is left.

    For a few calls to the system that leave something behind when they are not all made. Signals are handled in the
    main thread, so in any other there is nothing to hold back.
    """
    global _depth, _waiting
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1
        if not _depth and _waiting is not None:
            end, _waiting = _waiting, None
            end()
