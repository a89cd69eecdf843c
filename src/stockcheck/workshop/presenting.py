"""The room on a projector: one question, how it was answered, the key and its reason; names hidden until wanted."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.questionnaire.screen.faults import SteadyApp
from stockcheck.questionnaire.screen.panels import plain
from stockcheck.workshop.content import Told
from stockcheck.workshop.slides import Deck, Row, Slide

#: The widest bar, and the room that margins and the scroll bar take, in cells.
_WIDEST, _MARGINS = 60, 10


class PresentingApp(SteadyApp):
    """Forward and back through what the room answered."""

    TITLE = "stockcheck"
    CSS_PATH = "presenting.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space,enter,pagedown", "forward"),
        Binding("left,backspace,pageup", "less"),
        Binding("down", "next_question"),
        Binding("d,D", "disputed"),
        Binding("n,N", "names"),
        Binding("ctrl+t", "light_or_dark"),
        Binding("q,Q,ctrl+q,escape", "quit"),
        Binding("ctrl+c", "quit"),
    ]

    def __init__(self, told: Told, marking: str) -> None:
        super().__init__()
        self.deck = Deck(told)
        self._marking = marking
        self._place, self._title, self._hint = Static(id="place"), Static(id="title"), Static(id="hint")
        self._rows, self._notes = Static(id="rows"), Static(id="notes")
        self._keys = Static(id="keys")

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        if self._marking:
            yield Static(plain(self._marking), id="marking")
        yield self._place
        with VerticalScroll(id="slide"):
            yield self._title
            yield self._hint
            yield self._rows
            yield self._notes
        yield self._keys

    def on_mount(self) -> None:
        """Show the first question, closed."""
        self._keys.update(
            plain(_("→ more   ← back   ↓ next question   d most disputed   n names   Ctrl+T light   q quit"))
        )
        self.show()

    def on_resize(self) -> None:
        """Bars are as wide as there is room."""
        self.show()

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

    def action_forward(self) -> None:
        """More of this question, then the next."""
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
        """Show who answered what, or hide it again."""
        self.deck.names = not self.deck.names
        self.show()

    def action_light_or_dark(self) -> None:
        """Change between a dark and a light screen."""
        self.theme = "textual-light" if self.theme == "textual-dark" else "textual-dark"


def _bars(slide: Slide, width: int) -> Content:
    """A line an answer: its count, its bar, its words; what the key says bears a mark. All in `width` cells."""
    digits = max((len(str(one.count)) for one in slide.rows), default=1)
    full = min(_WIDEST, width // 3)
    return Content("\n").join([_bar(row, full, digits, width) for row in slide.rows])


def _bar(row: Row, full: int, digits: int, width: int) -> Content:
    cells = row.count * full // row.of if row.of else 0
    bar = "█" * cells or ("▏" if row.count else "")
    head = f"{'▶' if row.right else ' '} {row.count:>{digits}} {bar:<{full}} "
    style = "bold" if row.right else ""
    who = f"\n  {row.who}" if row.who else ""
    return plain((head, style), (one_line(row.answer, limit=max(8, width - len(head))), style), (who, "dim"))


def run(told: Told, marking: str) -> None:
    """Present until the trainer leaves. Raises `StockcheckError`, and nothing else, when the program has a fault."""
    PresentingApp(told, marking).run_and_tell()
