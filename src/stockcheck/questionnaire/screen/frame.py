"""What every screen of the program has around it: colours, the list of commands, room enough, a shell to go to."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from stockcheck.language import _
from stockcheck.questionnaire import themes
from stockcheck.questionnaire.screen.colours import THEMES
from stockcheck.questionnaire.screen.dialogs import Dialog
from stockcheck.questionnaire.screen.faults import SteadyApp
from stockcheck.questionnaire.screen.palette import Command, Palette
from stockcheck.questionnaire.screen.panels import plain

#: The smallest window, in characters, in which a question can be read and answered.
LEAST = Size(40, 14)


class FramedApp(SteadyApp):
    """An app with the project's own themes, a palette, and a word for a window that is too small."""

    ENABLE_COMMAND_PALETTE = False  # Textual's own
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012 - as Textual has it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+p", "palette"),
        Binding("ctrl+t", "next_theme"),
    ]

    def __init__(self, theme: str = themes.NAMES[0]) -> None:
        super().__init__()
        for one in THEMES:
            self.register_theme(one)
        self.theme = theme

    def commands(self) -> Iterable[Command]:
        """What can be done on the screen below every dialog."""
        raise NotImplementedError

    def lets_go(self) -> bool:
        """Whether the program may end now; what was typed there is kept first, or the reason is told."""
        raise NotImplementedError

    def tell(self, message: str, *, trouble: bool = False) -> None:
        """Say one thing."""
        raise NotImplementedError

    def tell_any(self, message: str) -> None:
        """Say what was not done, wherever the person looks."""
        if isinstance(self.screen, Dialog):
            self.screen.tell(message)
        self.tell(message, trouble=True)

    def on_mount(self) -> None:
        """The first size is one as well."""
        self._mind(self.size)

    def on_resize(self, event: events.Resize) -> None:
        """Cover what has no room, and uncover it when it has."""
        self._mind(event.size)

    def _mind(self, size: Size) -> None:
        covered = isinstance(self.screen, TooSmall)
        if is_too_small(size) and not covered:
            self.push_screen(TooSmall())
        elif covered and not is_too_small(size):
            self.pop_screen()

    def action_palette(self) -> None:
        """Offer everything that can be done."""
        self.offer(self.commands())

    def offer(self, commands: Iterable[Command]) -> None:
        """Offer `commands`, and do the one that is chosen once the list has gone."""

        def done(command: Command | None) -> None:
            if command is not None:
                self.call_later(self.run_action, command.action)

        self.push_screen(Palette(commands), done)

    def action_next_theme(self) -> None:
        """Change to the next theme, and say which it is."""
        self.theme = themes.next_after(self.theme)
        self.tell(_("Colours: {theme}").format(theme=themes.in_words(self.theme)))

    def action_to_the_shell(self) -> None:
        """Stop until the shell has the program go on. Where no shell would, nobody could, and nothing happens."""
        if not has_a_shell():
            self.tell(_("There is no shell here to go to; q leaves."))
            return
        if sys.platform != "win32":
            os.killpg(os.getpgrp(), signal.SIGTSTP)  # as the terminal does: a script that waits stops as well


def is_too_small(size: Size) -> bool:
    """Whether a window of `size` has no room for a question and its answers."""
    return size.width < LEAST.width or size.height < LEAST.height


def has_a_shell() -> bool:
    """Whether a shell has started the program as a job, so that it can have it go on."""
    if sys.platform == "win32":
        return False
    with contextlib.suppress(OSError):
        return os.getpgrp() != os.getsid(0) and os.tcgetpgrp(0) == os.getpgrp()
    return False


class TooSmall(ModalScreen[None]):
    """Says that the window is too small, over whatever has no room; what lies below stays as it is."""

    app: FramedApp
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,ctrl+q", "leave")]

    def __init__(self) -> None:
        super().__init__()
        self._said = Static()

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield self._said

    def on_mount(self) -> None:
        """What is missing comes first: the end may have no room."""
        words = _("The window is too small: it takes {width} × {height} characters. q leaves.")
        self._said.update(plain(words.format(width=LEAST.width, height=LEAST.height)))

    def on_screen_resume(self) -> None:
        """Something lay above when the window grew."""
        if not is_too_small(self.app.size) and self.app.screen is self:
            self.app.pop_screen()

    def action_leave(self) -> None:
        """End the program, unless something below would be lost."""
        below = [screen for screen in self.app.screen_stack if isinstance(screen, Dialog)]
        if all(dialog.lets_go() for dialog in below) and self.app.lets_go():
            self.app.exit()
        else:
            self._said.update(plain(_("Something typed is not kept yet: make the window larger first.")))
