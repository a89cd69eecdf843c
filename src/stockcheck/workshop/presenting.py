"""The room on a projector: one question, how it was answered, the key and its reason; names hidden until wanted."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.questionnaire import themes
from stockcheck.questionnaire.screen.commands import other_theme
from stockcheck.questionnaire.screen.frame import FramedApp
from stockcheck.questionnaire.screen.palette import Command
from stockcheck.questionnaire.screen.panels import KeyLine, plain
from stockcheck.workshop.content import Told
from stockcheck.workshop.slides import Deck, Row, Slide

#: The widest bar, and the room that margins and the scroll bar take, in cells.
_WIDEST, _MARGINS = 60, 10
#: The most lines that the words of an answer take.
_LINES = 3


class _Page(VerticalScroll, can_focus=False):
    """What is shown. It takes no keys: they lead through the room's answers."""


class PresentingApp(FramedApp):
    """Forward and back through what the room answered."""

    TITLE = "stockcheck"
    CSS_PATH = ["../questionnaire/screen/style.tcss", "presenting.tcss"]  # noqa: RUF012 - as Textual has it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space,enter,pagedown", "forward"),
        Binding("left,backspace,pageup", "less"),
        Binding("down", "next_question"),
        Binding("up", "read_back"),
        Binding("d,D", "disputed"),
        Binding("n,N", "names"),
        Binding("q,Q,ctrl+q,ctrl+c", "quit"),
    ]

    def __init__(self, told: Told, marking: str, *, theme: str = themes.NAMES[0]) -> None:
        super().__init__(theme)
        self.deck = Deck(told)
        self._marking = marking
        self._place, self._title, self._hint = Static(id="place"), Static(id="title"), Static(id="hint")
        self._rows, self._notes = Static(id="rows"), Static(id="notes")
        self._page, self._keys = _Page(self._title, self._hint, self._rows, self._notes, id="slide"), KeyLine(id="keys")

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        if self._marking:
            yield Static(plain(self._marking), id="marking")
        yield self._place
        yield self._page
        yield self._keys

    def on_mount(self) -> None:
        """Show the first question, closed."""
        self._keys.show(
            (
                (_("→ more"), "app.forward"),
                (_("← back"), "app.less"),
                (_("↓ next question"), "app.next_question"),
                (_("d most disputed"), "app.disputed"),
                (_("n names"), "app.names"),
                (_("Ctrl+P all"), "app.palette"),
            )
        )
        self.show()

    def on_resize(self, _event: events.Resize) -> None:
        """Bars are as wide as there is room."""
        self.show()

    def commands(self) -> Iterator[Command]:
        """What can be done."""
        yield Command("→", _("More of this question, then the next one"), "app.forward")
        yield Command("←", _("Less of this question, then the one before"), "app.less")
        yield Command("↓", _("Next question"), "app.next_question")
        yield Command("↑", _("Read back, where a page is longer than the window"), "app.read_back")
        yield Command("d", _("The most disputed first, or in the order of the checklist"), "app.disputed")
        yield Command("n", _("Show the names of those who gave each answer, or hide them"), "app.names")
        yield Command("Ctrl+T", other_theme(self.theme), "app.next_theme")
        yield Command("Ctrl+Z", _("Go to the shell for a while; fg and Enter come back"), "app.to_the_shell")
        yield Command("q", _("End the presentation"), "app.quit")

    def lets_go(self) -> bool:
        """Nothing is typed here that could be lost."""
        return True

    def tell(self, message: str, *, trouble: bool = False) -> None:
        """Say one thing, until something else is shown."""
        self._place.update(plain(message))

    def show(self) -> None:
        """Paint what stands on the screen now."""
        slide = self.deck.slide
        self._place.update(plain(slide.place))
        self._title.update(plain(slide.title))
        for part, content in (
            (self._hint, plain(slide.hint)),
            (self._rows, _bars(slide, self.size.width - _MARGINS)),
            (self._notes, plain("\n".join(slide.notes))),
        ):
            part.update(content)
            part.display = bool(content.plain)
        self._page.scroll_home(animate=False)

    def action_forward(self) -> None:
        """The rest of a page that is longer than the window; then more of this question, then the next."""
        if self._page.scroll_offset.y < self._page.max_scroll_y:
            self._page.scroll_page_down(animate=False)
            return
        self.deck.forward()
        self.show()

    def action_less(self) -> None:
        """The other way."""
        self.deck.back()
        self.show()

    def action_next_question(self) -> None:
        """The next question, closed."""
        self.deck.next_question()
        self.show()

    def action_disputed(self) -> None:
        """In the order of what is worth talking about, or in that of the checklist again."""
        self.deck.most_disputed()
        self.show()

    def action_names(self) -> None:
        """Show the names of those who gave each answer, or hide them again."""
        self.deck.names = not self.deck.names
        self.show()

    def action_read_back(self) -> None:
        """Up again, where a page is longer than the window."""
        self._page.scroll_page_up(animate=False)


def _bars(slide: Slide, width: int) -> Content:
    """Each answer with its count, its bar, its words; what the key says bears a mark. All in `width` cells."""
    digits = max((len(str(one.count)) for one in slide.rows), default=1)
    full = min(_WIDEST, width // 3)
    return Content("\n").join([_bar(row, full, digits, width) for row in slide.rows])


def _bar(row: Row, full: int, digits: int, width: int) -> Content:
    cells = row.count * full // row.of if row.of else 0
    bar = "█" * cells or ("▏" if row.count else "")
    head = f"{'▶' if row.right else ' '} {row.count:>{digits}} {bar:<{full}} "
    words = textwrap.wrap(one_line(row.answer), max(8, width - len(head)), max_lines=_LINES, placeholder="…")
    style = "bold" if row.right else ""
    who = f"\n  {row.who}" if row.who else ""
    return plain((head + ("\n" + " " * len(head)).join(words), style), who)


def run(told: Told, marking: str, theme: str) -> None:
    """Present until the trainer leaves. Raises `StockcheckError`, and nothing else, when the program has a fault."""
    PresentingApp(told, marking, theme=theme).run_and_tell()
