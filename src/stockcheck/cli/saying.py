"""The one way in which the commands say anything: cleaned, and with an eye on streams that are full, closed or foreign.

What is said may hold names and texts from anywhere, so no terminal control gets through. Nothing else here prints.
"""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TextIO

from stockcheck.errors import StockcheckError
from stockcheck.language import _
from stockcheck.plaintext import clean, named, reason

#: Who listens instead of the terminal: a screen that has a command run, each in a thread of its own.
_ear = threading.local()


@dataclass
class Heard:
    """What was said, line by line, and which of it was a complaint."""

    lines: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextlib.contextmanager
def heard(passing: Callable[[str], object]) -> Iterator[Heard]:
    """Inside the block what this thread says is collected, not printed; `passing` hears what comes and goes."""
    found = Heard()
    _ear.found, _ear.passing = found, passing
    try:
        yield found
    finally:
        del _ear.found, _ear.passing


def _is_heard(lines: tuple[str, ...], *, complaint: bool = False) -> bool:
    ear: Heard | None = getattr(_ear, "found", None)
    if ear is not None:
        plain = [_plain(line) for line in lines]
        ear.lines.extend(plain)
        ear.complaints.extend(plain if complaint else ())
    return ear is not None


def say(*lines: str) -> None:
    """Say `lines` on standard output, at once. Raises `OSError` where it takes no more."""
    if _is_heard(lines):
        return
    print(*(_plain(line) for line in lines), sep="\n", flush=True)


def say_folded(*lines: str) -> None:
    """As `say`; at a terminal words are not broken at its edge, and what goes on is indented."""
    import shutil
    import textwrap

    width = min(shutil.get_terminal_size().columns, 100) if sys.stdout.isatty() else 0
    for line in (part for text in lines for part in text.split("\n")):
        indent = " " * (len(line) - len(line.lstrip(" ")) + 2)
        say(textwrap.fill(line, width, subsequent_indent=indent) if width else line)


def complain(*lines: str) -> None:
    """Say `lines` on standard error; where nobody hears it, the exit status has to tell."""
    if _is_heard(lines, complaint=True):
        return
    try:
        print(*(_plain(line) for line in lines), sep="\n", file=sys.stderr, flush=True)
    except (OSError, ValueError):
        _silence(sys.stderr)


def say_json(data: dict[str, Any]) -> None:
    """Say `data` as JSON: in UTF-8, whatever the terminal's encoding, for so JSON is. Source: RFC 8259, 8.1."""
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


class Passing:
    """A line at the terminal of standard error that the next one takes the place of, and that is gone at the end."""

    _longest = 0

    def __enter__(self) -> Passing:
        return self

    def __exit__(self, *_how: object) -> None:
        self._put("")

    def show(self, text: str) -> None:
        """Show `text`, as much of it as fits a narrow terminal."""
        if (passing := getattr(_ear, "passing", None)) is not None:
            passing(_plain(text))
            return
        self._put(_plain(text).replace("\n", " ")[:79])

    def _put(self, text: str) -> None:
        if hasattr(_ear, "passing"):
            return
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(f"\r{text:<{self._longest}}" + ("" if text else "\r"))
            sys.stderr.flush()
        self._longest = max(self._longest, len(text))


def leave(error: StockcheckError) -> int:
    """Say what is wrong; the status that goes with it."""
    with contextlib.suppress(OSError):  # what stands on standard output first
        sys.stdout.flush()
    complain(f"stockcheck: {error}")
    return error.exit_status


def in_a_sentence(error: Exception) -> StockcheckError:
    """What nobody thought of: what the system refuses, or a fault of the program. Of the data nothing is shown."""
    safe = _("What was said to be saved is safe.")
    if isinstance(error, OSError) and error.filename:
        return StockcheckError(f"{named(os.fsdecode(error.filename))}: {reason(error)}.", safe)
    kind = type(error).__name__
    place = next(
        (
            f"{frame.f_globals['__name__']}:{line}"
            for frame, line in reversed(list(traceback.walk_tb(error.__traceback__)))
            if str(frame.f_globals.get("__name__", "")).startswith("stockcheck")
        ),
        "stockcheck",
    )
    return StockcheckError(
        _("This is a fault of the program, not yours: {kind} in {place}.").format(kind=kind, place=place),
        safe + " " + _("Please report it, with this line and what you did before."),
    )


def mend_streams() -> None:
    """Have three standard streams, open or not, that can show what they cannot encode.

    The number of a closed one would go to the next file that is opened, and what is said would end up in that file.
    In its place comes one that takes nothing, as a full disk would.
    """
    for number, way in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, way)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # for as long as the program runs
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stdout is sys.__stdout__ or sys.__stdout__ is None:
        sys.stdout = _watched(sys.stdout)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal that cannot show “ó” still works


class _Watched(io.FileIO):
    """Standard output that remembers what went wrong: the library may pass it on as it likes, or not at all."""

    trouble: OSError | None = None

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError as error:
            self.trouble = error
            raise


def _watched(stream: TextIO) -> TextIO:
    """`stream`, watched; a Windows terminal is left as it is, for it takes no bytes."""
    raw = getattr(stream.buffer, "raw", stream.buffer)
    if type(raw) is not io.FileIO:
        return stream
    with contextlib.suppress(OSError):
        stream.flush()
    buffer = io.BufferedWriter(_Watched(stream.fileno(), "wb", closefd=False))
    return io.TextIOWrapper(buffer, stream.encoding, "replace", line_buffering=stream.isatty())


def finish(status: int) -> int:
    """See that what was said was taken; the status to leave with."""
    if (trouble := output_trouble()) is not None:
        _silence(sys.stdout)
        if not _reader_has_left(trouble):
            complain("stockcheck: " + _("Not everything could be printed: {why}.").format(why=reason(trouble)))
            status = status or 1
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.flush()
    return status


def output_trouble() -> OSError | None:
    """Why standard output did not take what it was given, if so."""
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    if isinstance(raw, _Watched) and raw.trouble is not None:
        return raw.trouble
    try:
        sys.stdout.flush()
    except OSError as error:
        return error
    return None


def _reader_has_left(error: OSError) -> bool:
    """Whether the reader of a pipe went away, as `| head` does."""
    return isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)


def _plain(text: str) -> str:
    return clean(text, limit=len(text) + 1)


def _silence(stream: TextIO) -> None:
    """Let what the stream still holds go nowhere, rather than have it tried again at the very end."""
    with contextlib.suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
