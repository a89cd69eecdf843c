"""The terminal as it is: it sends bytes that are no text and sequences that mean nothing, and it goes away.

What is Textual's and not public, as of 8.2: `XTermParser` and the three things it remembers, `_file`, `fileno`,
`exit_event`, `_get_terminal_size`, `_sigtstp_application` and `_sigcont_application` of the Linux driver,
`EventMonitor` of the Windows one, and `_app`, `_loop` and `_debug` of both.
"""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import os
import selectors
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.app import ScreenStackError
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from stockcheck.language import _
from stockcheck.plaintext import clean

if TYPE_CHECKING:
    from textual.app import App

#: Seconds without a sign after which a paste is over, though its end never came: what follows would else be swallowed.
PASTE_PATIENCE = 2.0
#: The widest and highest screen that is believed, in characters: what is larger would take minutes to paint.
LARGEST = Size(1000, 500)
#: Most seconds that a key waits for the one before it.
KEY_PATIENCE = 2.0
#: Seconds in which the rest of a burst comes: what arrives in pieces is not taken for keys piece by piece.
BURST_PATIENCE = 0.05
#: Seconds that a letter waits for another that would make it part of a burst.
GRACE = 0.001


class NotText(Message):
    """The terminal sent a byte that is no text in the encoding that the locale names."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self.encoding = encoding

    @property
    def in_words(self) -> str:
        """What came of it, and what to do."""
        said = _(
            "The terminal sent a character that is not {encoding}: it stands as �. Type it again, or leave it out."
        )
        return said.format(encoding=self.encoding.upper())


class Burst(Message):
    """Several letters that came at once, as no hand types them: a paste that the terminal does not mark as one, as on
    the Linux console, or a slow line. `text` is what they spell, `keys` are they.
    """

    def __init__(self, keys: list[events.Key]) -> None:
        super().__init__()
        self.keys = keys
        self.text = "".join(key.character or "" for key in keys).replace("\r", "\n")


class TerminalGone(Message):
    """The terminal takes nothing any more, or gives nothing."""


class TerminalBack(Message):
    """The program goes on after it was stopped; what is on the terminal is not its screen."""


class _Steady(Driver):
    """What the drivers of every platform share: keys one at a time, and nothing in them that steers a terminal."""

    exit_event: threading.Event

    def process_message(self, message: Message) -> None:
        """Pass a message on to the app, then wait until all that it set off is over.

        Keys that come in one packet, over a slow line or from a paste, would else overtake one another: a letter the
        dialog that it is meant for, Ctrl+S the letters before it, a second Enter the question that the first answers.
        """
        if isinstance(message, events.Resize) and not (
            0 < message.size.width <= LARGEST.width and 0 < message.size.height <= LARGEST.height
        ):
            return
        if isinstance(message, Burst) and takes_text(self._app):
            self._as_text(message)
            return
        if isinstance(message, events.Paste):
            message.text = clean(message.text, limit=len(message.text))
        super().process_message(message)
        if isinstance(message, events.Key | events.Paste | Burst | events.MouseDown | events.MouseUp):
            over = asyncio.run_coroutine_threadsafe(quiet(self._app), self._loop)
            latest = time.monotonic() + KEY_PATIENCE
            while time.monotonic() < latest and not self.exit_event.is_set():
                with contextlib.suppress(TimeoutError):
                    over.result(0.02)
                    return

    def _as_text(self, burst: Burst) -> None:
        """In a field a burst is what was typed there, or a pasted text where it has more than one line. What is left
        when the field has been left is no answer to what comes after it.
        """
        if any(mark in burst.text.rstrip("\n") for mark in "\n\t"):
            self.process_message(events.Paste(burst.text))
            return
        for place, key in enumerate(burst.keys):
            if not takes_text(self._app):
                self.process_message(Burst(burst.keys[place:]))
                return
            self.process_message(key)


def takes_text(app: App[Any]) -> bool:
    """Whether letters are text now: the focus is in a field."""
    try:
        return isinstance(app.focused, Input | TextArea)
    except ScreenStackError:  # the app is leaving
        return False


async def quiet(app: App[Any]) -> None:
    """Return once no part of `app` has a message waiting."""
    turns = 0
    while turns < 3:
        await asyncio.sleep(0)
        parts = [part for screen in app.screen_stack for part in screen.walk_children(Widget, with_self=True)]
        busy = app.message_queue_size or any(part.message_queue_size or not part.is_mounted for part in parts)
        turns = 0 if busy else turns + 1


class _Outlet:
    """The file that the screen is painted to, which stays when the terminal behind it goes.

    Textual's writer would end with an error, and the app would wait for it for ever.
    """

    def __init__(self, file: IO[str], gone: Callable[[], None]) -> None:
        self._file = file
        self._gone = gone

    def write(self, text: str) -> None:
        """Write `text` where it can be written."""
        try:
            self._file.write(text)
        except (OSError, ValueError):
            self._gone()

    def flush(self) -> None:
        """As `write`."""
        try:
            self._file.flush()
        except (OSError, ValueError):
            self._gone()

    def fileno(self) -> int:
        """The number of the file."""
        return self._file.fileno()


class Reader:
    """Turns what a terminal sends into messages, whatever it sends."""

    def __init__(self, encoding: str, *, debug: bool = False) -> None:
        try:
            known = codecs.lookup(encoding).name
        except LookupError:
            known = "ascii"
        #: The encoding that is read: the locale's, for it says what the terminal speaks. ASCII would say nothing.
        self.encoding = "utf-8" if known == "ascii" else known
        self._decode = codecs.getincrementaldecoder(self.encoding)(errors="replace").decode
        self._debug = debug
        self._parser = XTermParser(debug)
        self._skipping = False
        self._tail = ""
        self._pasting, self._pasted = False, list[str]()
        self._last = 0.0
        self._burst_until = 0.0

    def read(self, data: bytes) -> Iterator[Message]:
        """The messages in `data`. A byte that is no text comes as U+FFFD, and is told of by `NotText`."""
        self._last = time.monotonic()
        text = self._decode(data)
        if "\ufffd" in text and "\ufffd".encode() not in data:
            yield NotText(self.encoding)
        run: list[events.Key] = []
        for character in text:
            for message in self._in_paste(character) if self._pasting else self._in_keys(character):
                if isinstance(message, events.Key) and message.character == character and _is_text(character):
                    run.append(message)
                else:
                    yield from self._keys(run)
                    yield message
        yield from self._keys(run)

    def _keys(self, run: list[events.Key]) -> Iterator[Message]:
        """Keys that came at once: each by itself, unless several of them are letters. The run is begun anew."""
        keys, run[:] = run[:], []
        letters = sum(key.is_printable for key in keys)
        if letters > 1 or (keys and time.monotonic() < self._burst_until):
            yield Burst(keys)
            self._burst_until = time.monotonic() + BURST_PATIENCE  # from when it has been dealt with
        else:
            yield from keys

    def tick(self) -> Iterator[Message]:
        """What is due because nothing has come for a while."""
        if self._pasting and time.monotonic() - self._last > PASTE_PATIENCE:
            yield self._paste()
        found = self._safely(self._parser.tick)
        if not _is_broken_off(found):
            yield from found

    def _in_paste(self, character: str) -> Iterator[Message]:
        """Textual's parser would take what looks like a sequence in a pasted text for keys."""
        self._pasted.append(character)
        if "".join(self._pasted[-len(BRACKETED_PASTE_END) :]) == BRACKETED_PASTE_END:
            yield self._paste()

    def _paste(self) -> Message:
        text = "".join(self._pasted).removesuffix(BRACKETED_PASTE_END)
        self._pasted, self._pasting = [], False
        return events.Paste(text)

    def _in_keys(self, character: str) -> Iterator[Message]:
        self._tail = (self._tail + character)[-len(BRACKETED_PASTE_START) :]
        if self._tail == BRACKETED_PASTE_START:
            self._pasting, self._tail = True, ""
            self._begin_anew()
            return
        if self._skipping:  # the rest of a sequence that was too long: its parameters, and the letter that ends it
            if " " <= character <= "?":
                return
            self._skipping = False
            if "@" <= character <= "~":
                return
        found = self._safely(lambda: self._parser.feed(character))
        if len(found) > 3 and isinstance(found[0], events.Key) and found[0].key == "circumflex_accent":
            self._skipping = " " <= character <= "?"
            return  # Textual gives a sequence that it does not know as single keys; here single keys are answers
        yield from found

    def _safely(self, feed: Callable[[], Any]) -> list[Message]:
        """What `feed` yields. A sequence that the parser breaks on is left out, and the parser begins anew."""
        found: list[Message] = []
        try:
            found.extend(feed())
        except Exception:  # numbers too large, sizes of nothing: anything that a sequence may hold
            self._begin_anew()
        return found

    def _begin_anew(self) -> None:
        old, self._parser = self._parser, XTermParser(self._debug)
        for remembered in ("mouse_pixels", "terminal_size", "terminal_pixel_size"):
            setattr(self._parser, remembered, getattr(old, remembered))


def _is_text(character: str) -> bool:
    """Whether a pasted text may hold it."""
    return character.isprintable() or character in "\r\n\t"


def _is_broken_off(found: list[Message]) -> bool:
    """Whether these keys are the beginning of a sequence whose end never came, such as that of an arrow or of F1."""
    first = found[0] if len(found) > 1 else None
    return isinstance(first, events.Key) and first.key in ("left_square_bracket", "alt+shift+o")


def drop_input(terminal: int) -> None:
    """Have what was typed at `terminal` and not read yet go nowhere, where the system can."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError, ValueError, termios.error):
            termios.tcflush(terminal, termios.TCIFLUSH)


if sys.platform == "win32":
    from textual.drivers import win32
    from textual.drivers.windows_driver import WindowsDriver

    class _Monitor(win32.EventMonitor):
        """Textual's, which ends without a word at the first sequence that it cannot read: it begins anew."""

        def run(self) -> None:
            while not self.exit_event.wait(0.01):
                super().run()

    win32.EventMonitor = _Monitor

    class TerminalDriver(_Steady, WindowsDriver):
        """The Windows console."""

else:
    import termios

    from textual.drivers.linux_driver import LinuxDriver

    class TerminalDriver(_Steady, LinuxDriver):
        """A terminal on Linux, macOS and the like."""

        def __init__(self, app: App[Any], **options: Any) -> None:
            super().__init__(app, **options)
            self._file = _Outlet(self._file, self._gone)  # type: ignore[assignment,arg-type]
            self._told_gone = False
            self._suspended = False

        def _gone(self) -> None:
            if not self._told_gone:
                self._told_gone = True
                with contextlib.suppress(RuntimeError):  # the app has ended before its terminal
                    self.send_message(TerminalGone())

        def _get_terminal_size(self) -> tuple[int, int]:
            width, height = super()._get_terminal_size()
            return min(width, LARGEST.width), min(height, LARGEST.height)

        def stop_application_mode(self) -> None:
            """As in `Driver`. What was typed for the screen and never read would be a command to the shell."""
            super().stop_application_mode()
            drop_input(self.fileno)

        def _sigtstp_application(self, *_signal: object) -> None:
            """Stop between two messages, not in one: the screen may be writing, and would wait for ever."""
            if self._loop.is_running():
                self._loop.call_soon_threadsafe(super()._sigtstp_application)
            else:  # the screen is gone already
                os.kill(os.getpid(), signal.SIGSTOP)

        def _sigcont_application(self, *_signal: object) -> None:
            """Go on likewise."""
            if self._loop.is_running():
                self._loop.call_soon_threadsafe(super()._sigcont_application)

        def suspend_application_mode(self) -> None:
            """As in `Driver`."""
            self._suspended = True
            super().suspend_application_mode()
            said = _("stockcheck waits; all that it said was saved is saved. Type fg and press Enter to come back.")
            if self._file is not None:
                self._file.write(f"{said}\r\n")
                self._file.flush()

        def resume_application_mode(self) -> None:
            """As in `Driver`. Stopped from outside, the program did not know: it leaves the terminal first, then
            takes it again. Two readers would share the keys, and the terminal's own settings would be forgotten.
            """
            if not self._suspended:
                super().suspend_application_mode()
            self._suspended = False
            super().resume_application_mode()
            self.send_message(TerminalBack())

        def run_input_thread(self) -> None:
            """Pass on what the terminal sends until the app is done or the terminal is gone. Raises nothing."""
            reader = Reader(sys.__stdin__.encoding if sys.__stdin__ else "utf-8", debug=self._debug)
            try:
                with selectors.SelectSelector() as selector:
                    selector.register(self.fileno, selectors.EVENT_READ)
                    while not self.exit_event.is_set():
                        if selector.select(0.1):
                            data = os.read(self.fileno, 4096)
                            if not data:
                                break
                            if len(data) == 1 and _is_text(chr(data[0])) and selector.select(GRACE):
                                data += os.read(self.fileno, 4096)
                            self._pass_on(reader.read(data))
                        self._pass_on(reader.tick())
                    else:
                        return
            except (OSError, ValueError):  # the terminal was closed under the program
                pass
            self._gone()

        def _pass_on(self, messages: Iterator[Message]) -> None:
            for message in messages:
                if self.exit_event.is_set():
                    return
                with contextlib.suppress(RuntimeError):  # the app has ended meanwhile
                    self.process_message(message)
