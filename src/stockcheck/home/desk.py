"""What the home screen's tasks stand on: what is kept, what works beside the screen, what is told and read."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from textual import events, on
from textual.message import Message
from textual.widgets import Static

from stockcheck.errors import StockcheckError
from stockcheck.home import looks
from stockcheck.home.commands import Commands, Said
from stockcheck.home.dialogs import ReadingDialog
from stockcheck.language import _
from stockcheck.plaintext import named, reason
from stockcheck.questionnaire.screen.driver import NotText
from stockcheck.questionnaire.screen.frame import FramedApp, TooSmall
from stockcheck.questionnaire.screen.panels import plain


@dataclass
class Kept:
    """What outlives a screen while the program runs: who is at the keyboard, what was typed, what there is to tell.

    `drafts` holds what stands in the dialogs that were left, by what they are about.
    """

    by: str
    chosen: Path | None = None
    message: str = ""
    trouble: bool = False
    drafts: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def draft(self, what: str, about: object) -> dict[str, str]:
        """What was typed in that dialog, and was not done."""
        return self.drafts.setdefault((what, str(about)), {})

    def forget_draft(self, draft: dict[str, str]) -> None:
        """What was typed has been done."""
        draft.clear()


@dataclass(frozen=True)
class Wish:
    """What the person left the screen for: to answer `file`, or, as `reviewer`, to countersign what was
    set aside; `presenting`, for a room to see.
    """

    file: Path
    reviewer: str = ""
    presenting: bool = False


class Heard(Message):
    """Something to do on the screen, from a thread that works beside it."""

    def __init__(self, do: Callable[[], object]) -> None:
        super().__init__()
        self.do = do


class Desk(FramedApp):
    """A screen that has commands run beside it, one at a time."""

    def __init__(self, commands: Commands, kept: Kept) -> None:
        super().__init__(looks.theme())
        self.runs, self.kept = commands, kept
        #: What to go on with when the screen has been left; None when the program has.
        self.wish: Wish | None = None
        self.message = Static(id="message")
        self.busy = False
        #: What goes on beside the screen, and is not waited for.
        self.threads: list[threading.Thread] = []

    def show(self) -> None:
        """Paint what does not change with the assessments."""
        raise NotImplementedError

    def renew(self) -> None:
        """List the assessments as they are now."""
        raise NotImplementedError

    def choose(self, path: Path) -> None:
        """Put an assessment first, if it is one, and show what can be done with it."""
        raise NotImplementedError

    def others(self, file: Path) -> dict[str, str]:
        """The assessments of the list beside `file` that can be opened: what they are called, by path."""
        raise NotImplementedError

    def answer(self, file: Path, reviewer: str = "", *, presenting: bool = False) -> None:
        """Leave for the questions; the home screen comes back after them."""
        if not self.busy:
            self.wish = Wish(Path(os.path.abspath(file)), reviewer, presenting)
            self.exit()

    def tell(self, message: str, *, trouble: bool = False) -> None:
        """Say one thing below the list; trouble is marked by a sign, not by colour alone."""
        self.message.set_class(trouble, "trouble")
        self.message.update(plain(f"! {message}" if trouble else message))

    def read(self, heading: str, body: str) -> None:
        """Show a text to be read."""
        self.push_screen(ReadingDialog(heading, body))

    def on_resize(self, _event: events.Resize) -> None:
        """The lines of letters are as wide as the window."""
        self.show()

    def lets_go(self) -> bool:
        """What is being written is waited for."""
        return not self.busy

    # Working beside the screen

    def work(self, job: Callable[[], Said], done: Callable[[Said], None]) -> bool:
        """Have `job` done beside the screen, then `done` on it; False while another is being done."""
        if self.busy:
            self.tell(_("Something is being written. Wait until it is there."), trouble=True)
            return False
        self.busy = True
        self.tell(_("Working …"))

        def run() -> None:
            try:
                said = job()
            except StockcheckError as error:
                said = Said(refused=str(error))
            except OSError as error:
                said = Said(refused=f"{named(os.fsdecode(error.filename or ''))}: {reason(error)}.")
            except Exception as error:
                self.hear(partial(self._fails, error))
                return
            self.hear(partial(self._is_done, said, done))

        self.run_worker(run, thread=True)  # waited for, if the screen has to end meanwhile
        return True

    def _is_done(self, said: Said, done: Callable[[Said], None]) -> None:
        self.busy = False
        self.tell("")
        if isinstance(self.screen, TooSmall):  # what is done closes the dialog below
            self.pop_screen()
        done(said)
        self.call_later(lambda: self._mind(self.size))

    def _fails(self, error: Exception) -> None:
        raise error

    def in_background(self, job: Callable[[], None]) -> threading.Thread:
        """Have `job` done beside the screen, which does not wait for it when it ends."""

        def run() -> None:
            try:
                job()
            except Exception as error:
                self.hear(partial(self._fails, error))

        thread = threading.Thread(target=run, daemon=True)
        self.threads = [*(one for one in self.threads if one.is_alive()), thread]
        thread.start()
        return thread

    def hear(self, do: Callable[[], object]) -> None:
        """Have `do` done on the screen; for the threads beside it."""
        with contextlib.suppress(RuntimeError):  # the screen has ended meanwhile
            self.post_message(Heard(do))

    @on(Heard)
    def do_what_was_heard(self, message: Heard) -> None:
        """What a thread had to say."""
        message.do()

    @on(NotText)
    def say_not_text(self, message: NotText) -> None:
        """Which letter was meant nobody can know; the person can see that one is missing, and why."""
        self.tell_any(message.in_words)
