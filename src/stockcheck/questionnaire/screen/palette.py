"""The list of everything that can be done on a screen, in words, with the key that does it.

Textual has a palette of its own. It asks its sources in the background, so that a quick Enter takes what is not
listed yet, ends the program when it is closed twice, and says part of it in English only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from stockcheck.language import _
from stockcheck.plaintext import folded
from stockcheck.questionnaire.screen.dialogs import Dialog
from stockcheck.questionnaire.screen.options import Options
from stockcheck.questionnaire.screen.panels import plain

#: Cells that keys take at the left, at most: the longest are "Ctrl+P" and "Espacio".
_KEY_WIDTH = 8


@dataclass(frozen=True)
class Command:
    """What can be done: the `key` as it is written on keyboards, in `words`, by Textual's `action`."""

    key: str
    words: str
    action: str


class Palette(Dialog[Command]):
    """Finds a command by its words or its key, whatever case and accents, and gives it back."""

    AUTO_FOCUS = "Input"
    CLICKS: ClassVar[dict[str, str]] = {"Enter": "screen.take", "↓": "screen.to_hits", "Esc": "screen.cancel"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+p", "cancel"),
        Binding("down", "to_hits"),
    ]

    def __init__(self, commands: Iterable[Command]) -> None:
        self._commands = tuple(commands)
        self._found: list[Command] = list(self._commands)
        self._hits = Options(*self._options())
        words = Input(placeholder=_("words, or a key"))
        keys = _("Enter does the first, ↓ picks another, Esc goes back")
        super().__init__(_("What can be done here"), words, self._hits, keys=keys)

    def _options(self) -> list[Option]:
        """The hits, each with its place among the commands: what is picked is what was seen."""
        if not self._found:
            return [Option(plain(_("Nothing here is called that.")), disabled=True)]
        return [
            Option(plain((f"{one.key:<{_KEY_WIDTH}}", "bold"), one.words), id=str(self._commands.index(one)))
            for one in self._found
        ]

    @on(Input.Changed)
    def look(self, event: Input.Changed) -> None:
        """List what fits so far: first what begins with the words, then what has them all."""
        event.stop()
        wanted = folded(event.value)
        said = {one: folded(f"{one.words} {one.key}") for one in self._commands}
        found = [one for one in self._commands if all(word in said[one] for word in wanted.split())]
        self._found = sorted(found, key=lambda one: not said[one].startswith(wanted))
        self._hits.clear_options()
        self._hits.add_options(self._options())

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Take the first hit."""
        event.stop()
        self.action_take()

    @on(OptionList.OptionSelected)
    def picked(self, event: OptionList.OptionSelected) -> None:
        """Take the hit that was picked."""
        event.stop()
        if event.option.id is not None:
            self.dismiss(self._commands[int(event.option.id)])

    def action_take(self) -> None:
        """Take the first hit, where there is one."""
        if self._found:
            self.dismiss(self._found[0])

    def action_to_hits(self) -> None:
        """Move from the words to the hits."""
        self._hits.focus()
