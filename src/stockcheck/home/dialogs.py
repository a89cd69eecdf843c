"""What the home screen asks and tells on top of its list: a choice, a few lines to fill in, a file, a text to read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.geometry import Size
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from stockcheck.home import shelf
from stockcheck.language import _
from stockcheck.plaintext import clean, named, one_line, reason
from stockcheck.questionnaire.screen.dialogs import Dialog
from stockcheck.questionnaire.screen.options import Options
from stockcheck.questionnaire.screen.panels import plain

#: The fewest columns that a list is measured for.
_LEAST_WIDTH = 8


@dataclass(frozen=True)
class Row:
    """Something to choose: what it is called inside, its letter, and what is said of it, `more` on a line below."""

    name: str
    key: str
    text: str
    more: str = ""

    def option(self) -> Option:
        """As a list shows it."""
        key = f"{self.key}  " if self.key else ""
        below = plain(("\n   " if self.key else "\n") + self.more) if self.more else plain("")
        return Option(plain((key, "bold"), self.text, below), id=self.name)


class Lines(Options):
    """Options as high as they need; Textual's ask a width of nothing how high that is, and break."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As in `Widget`."""
        return super().get_content_height(container, viewport, max(width, _LEAST_WIDTH))


class ChoiceDialog(Dialog[str]):
    """One of several, by arrows and Enter, by letter or by mouse."""

    AUTO_FOCUS = "Lines"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel")]

    def __init__(self, heading: str, rows: Sequence[Row]) -> None:
        self._rows = list(rows)
        self._list = Lines(*(row.option() for row in rows))
        super().__init__(heading, self._list, keys=_("Arrows move, Enter chooses, Esc goes back"))

    def show(self, row: Row) -> None:
        """Say of a row what has become known since."""
        for place, old in enumerate(self._rows):
            if old.name == row.name:
                self._rows[place] = row
                self._list.replace_option_prompt_at_index(place, row.option().prompt)

    def on_key(self, event: events.Key) -> None:
        """A letter chooses, too."""
        wanted = (event.character or "").casefold()
        for row in self._rows:
            if wanted and row.key == wanted:
                event.stop()
                self.dismiss(row.name)
                return

    @on(OptionList.OptionSelected)
    def picked(self, event: OptionList.OptionSelected) -> None:
        """A row was chosen."""
        event.stop()
        self.dismiss(event.option.id)


class ReadingDialog(Dialog[None]):
    """A text to read, as wide as the screen allows."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "cancel")]

    def __init__(self, heading: str, body: str) -> None:
        text = plain(clean(body, limit=max(len(body), 1)))
        super().__init__(heading, VerticalScroll(Static(text)), keys=_("↑ ↓ PgUp PgDn scroll, Esc goes back"))


@dataclass(frozen=True)
class Field:
    """A line to fill in. With `options`, one of them is picked, by name; `hint` is said while it is filled in; what is
    typed into one that is `hidden` is not shown.

    `proposes` gives what stands in it until somebody types there, from what stands in the other fields. What is typed
    is not shown where it is `secret`.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    options: Mapping[str, str] | None = None
    proposes: Callable[[Mapping[str, str]], str] | None = None
    hidden: bool = False


class Pick(Static, can_focus=True):
    """One of a few words: Enter, Space or the mouse goes to the next, the arrows go both ways."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space,enter", "turn(1)"),
        Binding("left", "turn(-1)"),
    ]

    def __init__(self, options: Mapping[str, str], value: str) -> None:
        self._options = dict(options)
        self.value = value if value in self._options else next(iter(self._options))
        super().__init__(plain(self._said()), classes="field")

    def _said(self) -> str:
        return f"◂ {self._options[self.value]} ▸"

    def action_turn(self, by: int) -> None:
        """Go to another word."""
        names = list(self._options)
        self.value = names[(names.index(self.value) + by) % len(names)]
        self.update(plain(self._said()))

    def on_click(self) -> None:
        """Go to the next word."""
        self.action_turn(1)


class FormDialog(Dialog[None]):
    """Some lines to fill in. It stays open, with what was typed, until `do` has done it or the person goes back."""

    AUTO_FOCUS = "Input, Pick, Button"
    # Without priority, so that a key comes after the letters that were typed before it.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "go"),
        Binding("down", "app.focus_next"),
        Binding("up", "app.focus_previous"),
        Binding("escape", "cancel"),
    ]

    def __init__(
        self,
        heading: str,
        fields: Iterable[Field],
        button: str,
        do: Callable[[FormDialog, dict[str, str]], None],
        drafts: dict[str, str],
    ) -> None:
        """`drafts` holds what was typed when the dialog was left the last time, and is given what is typed now."""
        self._fields = list(fields)
        self.drafts, self._do = drafts, do
        self._parts: dict[str, Input | Pick] = {}
        for field in self._fields:
            value = drafts.get(field.name, field.value)
            if field.options is not None:
                self._parts[field.name] = Pick(field.options, value)
            else:
                self._parts[field.name] = Input(
                    value, password=field.hidden, compact=True, classes="field", select_on_focus=False
                )
        self._labels = {field.name: Static(plain(field.label), classes="label") for field in self._fields}
        rows = [Horizontal(self._labels[name], part, classes="row") for name, part in self._parts.items()]
        self._button = Button(plain(button), compact=True)
        self._hint, self._told = Static(classes="hint"), Static(classes="told")
        super().__init__(
            heading,
            Vertical(*rows, classes="fields"),
            self._hint,
            self._button,
            VerticalScroll(self._told, can_focus=False, classes="telling"),
            keys=_("↑ ↓ another line, Enter goes on, F10 does it, Esc goes back"),
        )
        self.busy = False
        self._proposed: dict[str, str] = {}
        self._propose()

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: part.value for name, part in self._parts.items()}

    def tell(self, message: str) -> None:
        """Say what is in the way; what was typed stays."""
        self._told.update(plain(message))

    def working(self, message: str) -> None:
        """Say how far it is, and take no key that would begin it again; an empty message ends that."""
        self.busy = bool(message)
        self._told.update(plain(message))

    def _propose(self) -> None:
        """Have what nobody has typed follow from what somebody has."""
        for field in self._fields:
            part = self._parts[field.name]
            if field.proposes is not None and field.name not in self.drafts and isinstance(part, Input):
                part.value = self._proposed[field.name] = clean(field.proposes(self.values))

    @on(Input.Changed)
    def changed(self, event: Input.Changed) -> None:
        """Keep what is typed for when the dialog is opened again."""
        event.stop()
        for field in self._fields:
            is_it = self._parts[field.name] is event.input and event.input.has_focus
            if is_it and event.value != self._proposed.get(field.name):
                self.drafts[field.name] = event.value
        self._propose()

    @on(Input.Submitted)
    def on_from_a_line(self, event: Input.Submitted) -> None:
        """Enter goes to the next line, and from the last one to the button."""
        event.stop()
        self.focus_next()

    @on(events.DescendantFocus)
    def say_hint(self, event: events.DescendantFocus) -> None:
        """Say what belongs in the line; what is typed goes on behind what stands in it."""
        if isinstance(event.widget, Input):
            event.widget.cursor_position = len(event.widget.value)
        hints = (field.hint for field in self._fields if self._parts[field.name] is event.widget)
        self._hint.update(plain(next(hints, "")))

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """The button does it."""
        event.stop()
        self.action_go()

    def action_go(self) -> None:
        """Have it done."""
        if self.busy or self.closed or self.app.screen_stack[-1:] != [self]:
            return
        for name, part in self._parts.items():
            if isinstance(part, Pick):
                self.drafts[name] = part.value
        self._told.update("")
        self._do(self, self.values)

    def action_cancel(self) -> None:
        """Go back; what is being done is waited for."""
        if not self.busy:
            super().action_cancel()


class FileDialog(Dialog[Path]):
    """A file, found by going through folders or by typing where it lies."""

    AUTO_FOCUS = "Options"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel"), Binding("backspace", "up")]
    #: The most names that a folder shows.
    MOST = 1000

    def __init__(self, heading: str, folder: Path, endings: tuple[str, ...]) -> None:
        self._folder, self._endings = Path(os.path.abspath(folder)), endings
        self._where, self._list = Input(compact=True, classes="field", select_on_focus=False), Options()
        self._names: list[str] = []
        keys = _("Enter opens, Backspace goes a folder up, Tab: type where it lies, Esc goes back")
        super().__init__(heading, self._where, self._list, keys=keys)
        self._usual = keys
        self._look()

    def _look(self) -> None:
        """List the folder: first the way up, then folders, then the files that may be meant."""
        folders, files = [], []
        try:
            with os.scandir(self._folder) as entries:
                for _number, entry in zip(range(20 * self.MOST), entries, strict=False):
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir():
                        folders.append(entry.name)
                    elif entry.name.casefold().endswith(self._endings):
                        files.append(entry.name)
            self._keys.update(plain(self._usual))
        except OSError as error:
            self.tell(f"{named(self._folder)}: {reason(error)}.")
        self._names = ["..", *sorted(files), *(name + os.sep for name in sorted(folders))][: self.MOST]
        self._where.value = clean(str(self._folder)).rstrip("/\\") + os.sep
        self._list.clear_options()
        self._list.add_options(
            [
                Option(plain(_(".. (the folder above)") if name == ".." else name), id=str(place))
                for place, name in enumerate(self._names)
            ]
        )
        self._list.highlighted = 1 if files else 0

    @on(OptionList.OptionSelected)
    def picked(self, event: OptionList.OptionSelected) -> None:
        """A folder is gone into, a file is chosen."""
        event.stop()
        place = int(event.option.id or 0)
        if place < len(self._names):
            self._take(self._folder / self._names[place])

    @on(Input.Submitted)
    def typed(self, event: Input.Submitted) -> None:
        """Where it lies was typed."""
        event.stop()
        self._take(self._folder / shelf.typed_path(event.value))

    def _take(self, path: Path) -> None:
        if path.name == "..":
            path = self._folder.parent
        try:
            is_folder = path.is_dir()
        except (OSError, ValueError) as error:
            self.tell(f"{named(path)}: {reason(error)}.")
            return
        if is_folder:
            self._folder = Path(os.path.abspath(path))
            self._look()
            self._list.focus()
        elif os.path.lexists(path):
            self.dismiss(Path(os.path.abspath(path)))
        else:
            self.tell(_("There is no file {file}.").format(file=one_line(named(path), limit=60)))

    def action_up(self) -> None:
        """Go to the folder above."""
        self._take(self._folder / "..")
