"""The home screen: the assessments, and all that can be done with them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from stockcheck import language
from stockcheck.home import looks, menu, remembered, shelf, tasks
from stockcheck.home.commands import Commands, Said
from stockcheck.home.desk import Desk, Kept
from stockcheck.home.dialogs import ChoiceDialog, Row
from stockcheck.home.unlocking import unlock
from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.questionnaire.screen.commands import other_theme
from stockcheck.questionnaire.screen.dialogs import Dialog
from stockcheck.questionnaire.screen.keyline import target
from stockcheck.questionnaire.screen.options import Options
from stockcheck.questionnaire.screen.palette import Command
from stockcheck.questionnaire.screen.panels import plain

#: The most seconds that a look at a file is waited for.
_PATIENCE = 3.0


class HomeApp(Desk):
    """The assessments as a list; a menu for the one that is chosen; a letter for everything."""

    TITLE = "stockcheck"
    CSS_PATH: ClassVar = ["../questionnaire/screen/style.tcss", "home.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help"),
        Binding("ctrl+c", "say_how_to_leave"),
        Binding("ctrl+q", "quit"),
    ]

    def __init__(self, commands: Commands, kept: Kept) -> None:
        super().__init__(commands, kept)
        self.title_line, self.first_line = Static(id="title"), Static(id="first-of-all")
        self.list, self.letters = Options(id="assessments"), Static(id="letters")
        self._files: list[Path] = []
        self._standings: dict[Path, shelf.Standing] = {}
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self.title_line
        yield self.first_line
        yield self.list
        yield self.message
        yield self.letters

    def on_mount(self) -> None:
        """Paint the list, then see how each assessment stands."""
        self.show()
        self.renew()
        self.tell(self.kept.message, trouble=self.kept.trouble)
        self.kept.message, self.kept.trouble = "", False

    # Showing

    def show(self) -> None:
        """Paint what does not change with the assessments."""
        who = _("who answers: {name}").format(name=one_line(self.kept.by, limit=40))
        self.title_line.update(plain(f"stockcheck  ·  {who}  ·  {shelf.folder_shown()}"))
        self.first_line.update(plain(_("Arrows move, Enter chooses.")))
        lines: list[list[Content]] = [[]]
        for key, short, action in self._shortcuts():
            part = target(f"{key} {short}", f"app.{action}").stylize("bold", 0, len(key) + 1)
            if sum(one.cell_length + 2 for one in lines[-1]) + part.cell_length > self.size.width - 2:
                lines.append([])  # a letter stands on one line with its word
            lines[-1].append(part)
        self.letters.update(Content("\n").join(Content("  ").join(line) for line in lines))

    def commands(self) -> Iterator[Command]:
        """As in `FramedApp`: everything, in the order of the menus."""
        for other in menu.WITHOUT[:2]:
            yield Command(other.key, _(other.words), other.action)
        for one in menu.WITH_ONE:
            yield Command(one.key, _(one.words), f"with_one('{one.key}')")
        yield Command("Ctrl+T", other_theme(self.theme), "next_theme")
        for other in menu.WITHOUT[2:]:
            yield Command(other.key, _(other.words), other.action)

    def _shortcuts(self) -> Iterator[tuple[str, str, str]]:
        first, *others = menu.WITHOUT
        yield first.key, _(first.short), first.action
        yield others[0].key, _(others[0].short), others[0].action
        for one in menu.WITH_ONE:
            if one.short:
                yield one.key, _(one.short), f"with_one('{one.key}')"
        for other in others[1:]:
            yield other.key, _(other.short) if other.short else _other_languages(), other.action
        key, _gap, words = _("Ctrl+P all").partition(" ")
        yield key, words, "palette"

    def renew(self) -> None:
        """List the assessments as they are now; how each stands is filled in beside, one after the other."""
        self._stop.set()
        chosen = self.kept.chosen or self._chosen()
        self._files = shelf.assessments()
        self._standings = {path: one for path, one in self._standings.items() if path in self._files}
        new, open_ = menu.WITHOUT[:2]
        options: list[Option | None] = [
            Option(plain((f"{one.key}  ", "bold"), _(one.words)), id=one.key) for one in (new, open_)
        ]
        options.append(None)
        options += [Option(self._row(path), id=f"file:{place}") for place, path in enumerate(self._files)]
        if not self._files:
            nothing = _("No assessment yet. Choose “New assessment” and press Enter.")
            options.append(Option(plain(nothing), disabled=True))
        self.list.clear_options()
        self.list.add_options(options)
        self._highlight(chosen)
        self.call_after_refresh(self._look_at_files)

    def _highlight(self, path: Path | None) -> None:
        place = self._files.index(path) if path in self._files else 0 if self._files else None
        self.list.highlighted = 0 if place is None else self.list.get_option_index(f"file:{place}")
        self.kept.chosen = None

    def _row(self, path: Path) -> Content:
        standing = self._standings.get(path)
        if standing is None:
            return plain((shelf.shown(path), "bold"), "\n…")
        mark = "" if standing.opens or standing.protected else "! "
        return plain((standing.title, "bold"), f"\n{mark}{standing.words}")

    def _look_at_files(self) -> None:
        self._stop = stop = threading.Event()
        spoken = language.current()
        waiting = list(enumerate(self._files))

        def look() -> None:
            for place, path in waiting:
                if stop.is_set():
                    return
                standing = shelf.standing(path, spoken)
                self.hear(partial(self._stands, stop, place, path, standing))

        self._thread = self.in_background(look)

    def _stands(self, stop: threading.Event, place: int, path: Path, standing: shelf.Standing) -> None:
        if stop.is_set() or self._files[place : place + 1] != [path]:
            return
        self._standings[path] = standing
        self.list.replace_option_prompt(f"file:{place}", self._row(path))

    def stop_looking(self) -> None:
        """Have nobody read an assessment any more, for somebody may be about to write in it."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(_PATIENCE)

    def others(self, file: Path) -> dict[str, str]:
        """As in `Desk`."""
        return {str(path): one.title for path, one in self._standings.items() if one.opens and path != file}

    # Choosing

    def _chosen(self) -> Path | None:
        """The assessment that is highlighted."""
        if self.list.highlighted is None or not self.list.option_count:
            return None
        name = self.list.get_option_at_index(self.list.highlighted).id or ""
        return self._files[int(name.removeprefix("file:"))] if name.startswith("file:") else None

    @on(OptionList.OptionSelected, "#assessments")
    def option_chosen(self, event: OptionList.OptionSelected) -> None:
        """Enter, or the mouse, on a line."""
        event.stop()
        if len(self.screen_stack) != 1 or event.option not in self.list.options:
            return  # or the list has changed since
        name = event.option.id or ""
        if name.startswith("file:"):
            self.open_menu(self._files[int(name.removeprefix("file:"))])
        else:
            self._do(name)

    def open_menu(self, path: Path) -> None:
        """What can be done with an assessment."""

        def chosen(key: str | None) -> None:
            if key is not None:
                self._with(key, path)

        standing = self._standings.get(path)
        self.push_screen(ChoiceDialog(standing.title if standing else shelf.shown(path), menu.rows()), chosen)

    def on_key(self, event: events.Key) -> None:
        """A letter does what the last lines of the screen say, be it a capital."""
        if len(self.screen_stack) == 1 and event.character and self._do(event.character.casefold()):
            event.stop()

    def _do(self, key: str) -> bool:
        """Do what `key` stands for; whether it stands for anything."""
        for one in menu.WITHOUT:
            if one.key == key:
                self.call_later(self.run_action, one.action)
                return True
        if any(one.key == key for one in menu.WITH_ONE):
            self.action_with_one(key)
            return True
        return False

    def action_with_one(self, key: str) -> None:
        """Do something with the assessment that is highlighted."""
        if len(self.screen_stack) != 1:
            return
        path = self._chosen()
        if path is None:
            self.tell(_("Choose an assessment in the list first."), trouble=True)
        else:
            self._with(key, path)

    def _with(self, key: str, path: Path) -> None:
        self.tell("")
        one = next(one for one in menu.WITH_ONE if one.key == key)
        standing = self._standings.get(path)
        if one.opens and standing is not None and standing.protected:
            unlock(self, path, lambda: one.do(self, path))
        else:
            one.do(self, path)

    def choose(self, path: Path) -> None:
        """Put an assessment first, if it is one, and show what can be done with it."""

        found: list[shelf.Standing] = []

        def look() -> Said:
            found.append(standing := shelf.standing(path, language.current()))
            return Said(refused="" if standing.opens or standing.protected else standing.words)

        def done(said: Said) -> None:
            if said.refused:
                self.tell(said.refused, trouble=True)
            elif found[-1].protected:
                unlock(self, path, put_first)
            else:
                put_first()

        def put_first() -> None:
            remembered.remember(path)
            self.kept.chosen = path
            self.renew()
            self.open_menu(path)

        self.work(look, done)

    # Actions

    def _begin(self, task: Callable[[HomeApp], object]) -> None:
        if len(self.screen_stack) == 1:
            self.tell("")
            task(self)

    def action_new(self) -> None:
        """Begin a new assessment."""
        self._begin(tasks.new)

    def action_open(self) -> None:
        """Open a file that is not in the list."""
        self._begin(tasks.open_)

    def action_who(self) -> None:
        """Say who is at the keyboard."""
        self._begin(tasks.who)

    def action_help(self) -> None:
        """Explain the screen."""
        self._begin(lambda app: app.read(_("Help"), menu.help_text()))

    def action_language(self) -> None:
        """Choose a language."""

        def chosen(code: str | None) -> None:
            if code is not None:
                remembered.choose("language", code)
                language.use(code)
                self._standings.clear()
                self.show()
                self.renew()

        rows = [
            Row(code, str(number), language.table(code).own_name)
            for number, code in enumerate(language.LANGUAGES, start=1)
        ]
        self._begin(lambda app: app.push_screen(ChoiceDialog(_("Language"), rows), chosen))

    def action_look(self) -> None:
        """Choose how the screen looks."""

        def chosen(name: str | None) -> None:
            if name is not None:
                looks.keep(name)
                self.theme = name

        rows = [Row(name, str(number), said) for number, (name, said) in enumerate(looks.looks().items(), start=1)]
        self._begin(lambda app: app.push_screen(ChoiceDialog(_("How should the screen look?"), rows), chosen))

    def action_next_theme(self) -> None:
        """As in `FramedApp`, and remembered."""
        super().action_next_theme()
        looks.keep(self.theme)

    def action_say_how_to_leave(self) -> None:
        """Ctrl+C means many things on many terminals; here it does nothing."""
        self.tell(_("q leaves; everything is saved already."))

    async def action_quit(self) -> None:
        """Leave; what is being written is waited for, and a dialog is left first."""
        if self.busy:
            self.tell(_("Something is being written. Wait until it is there."), trouble=True)
        elif isinstance(self.screen, Dialog):
            self.screen.action_cancel()
        else:
            self.exit()


def _other_languages() -> str:
    """What those who do not read the one in use call theirs."""
    spoken = language.table_in_use().code
    return " ".join(language.table(code).own_name for code in language.LANGUAGES if code != spoken)
