"""An end of the screen that nobody asked for, told in one sentence, and with nothing of what the program holds."""

from __future__ import annotations

import asyncio
import os
import sys
import traceback
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import App

from stockcheck.errors import StockcheckError
from stockcheck.language import _
from stockcheck.questionnaire.screen.dialogs import TextDialog
from stockcheck.questionnaire.screen.driver import TerminalBack, TerminalDriver, TerminalGone, drop_input

if TYPE_CHECKING:
    from rich.console import RenderableType

#: Set to anything in the environment, it has the whole traceback printed, for whoever mends the program.
DEBUG = "STOCKCHECK_DEBUG"


class SteadyApp(App[None]):
    """An app that leaves the terminal as it was, whatever ends it.

    Of what is not public in Textual it replaces `_handle_exception` and `_fatal_error`, which print a traceback with
    all that the program holds, and calls `_close_messages_no_wait`.
    """

    def __init__(self) -> None:
        super().__init__(driver_class=TerminalDriver)
        #: What nobody expected; it ended the screen.
        self.fault: Exception | None = None

    def run_and_tell(self) -> None:
        """Run until the person leaves, or the terminal does. Raises `StockcheckError` when the program has a fault."""
        try:
            self.run()
        except Exception as error:
            self.fault = self.fault or error
        if self.fault is not None:
            trouble = told(self.fault)
            if sys.__stdin__ is not None:  # keys went on coming meanwhile, and the shell would take them for a command
                drop_input(sys.__stdin__.fileno())
            raise trouble from self.fault

    def on_load(self) -> None:
        """A fault in the background ends the screen too; asyncio would print it across."""

        def stray(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
            if isinstance(error := context.get("exception"), Exception) and self.is_running:
                self._handle_exception(error)

        asyncio.get_running_loop().set_exception_handler(stray)

    @on(TerminalGone)
    def leave_quietly(self) -> None:
        """Nobody is there any more. What was typed and not confirmed is no answer."""
        self.exit()

    @on(TerminalBack)
    def paint_anew(self) -> None:
        """Textual paints what has changed, and knows of nothing that has."""
        self.refresh(layout=True)

    def _handle_exception(self, error: Exception) -> None:
        self.fault = self.fault or error
        for screen in self.screen_stack:
            if isinstance(screen, TextDialog):
                screen.keep_draft()
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def panic(self, *_renderables: RenderableType) -> None:
        """End without a word: `run_and_tell` says what there is to say."""
        self._close_messages_no_wait()


def told(fault: Exception) -> StockcheckError:
    """`fault` as an error to show. Its message may hold what was answered, so only its kind and its place are named."""
    if os.environ.get(DEBUG):
        traceback.print_exception(fault, file=sys.stderr)
    frames = [(frame.f_globals.get("__name__", "?"), line) for frame, line in traceback.walk_tb(fault.__traceback__)]
    own = [frame for frame in frames if frame[0].partition(".")[0] == "stockcheck"]
    module, line = (own or frames or [("?", 0)])[-1]
    message = _(
        "The program has a fault and had to stop; everything that it said was saved is saved ({kind}, {module}:{line})."
    )
    return StockcheckError(message.format(kind=type(fault).__name__, module=module, line=line))
