"""What the questionnaire asks or tells on top of its screen."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from stockcheck.checklist.model import ProfileField, Question
from stockcheck.language import _, moment
from stockcheck.plaintext import MAX_TEXT, clean, says_something
from stockcheck.questionnaire.session import Session

#: Most hits a search lists: more than anyone reads, and quick to paint.
MOST_HITS = 50


class TextDialog(ModalScreen[str | None]):
    """Asks for a text of some lines; None when the person thinks better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "keep", priority=True),
        Binding("escape", "cancel", priority=True),
    ]

    def __init__(self, heading: str, text: str, *, needed: bool = False) -> None:
        """`needed`: an empty text cannot be kept."""
        super().__init__()
        self._heading = heading
        self._text = text
        self._needed = needed

    def compose(self) -> ComposeResult:
        """A heading, the text, the keys."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._heading), classes="heading")
            yield TextArea(self._text, show_line_numbers=False, soft_wrap=True, tab_behavior="focus")
            yield Static(Content(_("Ctrl+S or F10 keeps it, Esc leaves it as it was")), classes="keys")

    def action_keep(self) -> None:
        """Give the text back."""
        text = clean(self.query_one(TextArea).text, limit=MAX_TEXT)
        if self._needed and not says_something(text):
            self.query_one(".keys", Static).update(Content(_("! A reason is needed. Esc leaves it as it was")))
            return
        self.dismiss(text)

    def action_cancel(self) -> None:
        """Give nothing back."""
        self.dismiss(None)


class SearchDialog(ModalScreen[ProfileField | Question | None]):
    """Finds a question by id, words of its text, or words of its note."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", priority=True),
        Binding("down", "to_hits"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._hits: list[ProfileField | Question] = []

    def compose(self) -> ComposeResult:
        """The words, the hits, the keys."""
        with Vertical(classes="dialog"):
            yield Static(Content(_("Search")), classes="heading")
            yield Input(placeholder=_("words, or an id such as PER-01"))
            yield OptionList()
            yield Static(Content(_("Enter goes to the first, ↓ picks another, Esc goes back")), classes="keys")

    def on_mount(self) -> None:
        """Start typing at once."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def look(self, event: Input.Changed) -> None:
        """List what fits so far."""
        event.stop()
        self._hits = self._session.search(event.value)[:MOST_HITS] if event.value.strip() else []
        hits = self.query_one(OptionList)
        hits.clear_options()
        hits.add_options([Option(Content(f"{item.id}  {item.text}")) for item in self._hits])

    @on(Input.Submitted)
    def first(self, event: Input.Submitted) -> None:
        """Go to the first hit."""
        event.stop()
        self.dismiss(self._hits[0] if self._hits else None)

    @on(OptionList.OptionSelected)
    def picked(self, event: OptionList.OptionSelected) -> None:
        """Go to the hit that was picked."""
        event.stop()
        self.dismiss(self._hits[event.option_index])

    def action_to_hits(self) -> None:
        """Move from the words to the hits."""
        self.query_one(OptionList).focus()

    def action_cancel(self) -> None:
        """Stay where one was."""
        self.dismiss(None)


class _Reading(ModalScreen[None]):
    """Something to read; any of the usual keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter,question_mark,f1,h,f8", "close", priority=True)]

    def compose(self) -> ComposeResult:
        """A heading, the text, the keys."""
        with Vertical(classes="dialog"):
            yield Static(Content(self.heading()), classes="heading")
            with VerticalScroll():
                yield Static(Content(self.body()))
            yield Static(Content(_("↑ ↓ scroll, Esc closes")), classes="keys")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def heading(self) -> str:
        """The first line."""
        raise NotImplementedError

    def body(self) -> str:
        """The text."""
        raise NotImplementedError

    def action_close(self) -> None:
        """Go back to the question."""
        self.dismiss(None)


class HistoryDialog(_Reading):
    """Who recorded what about the current question, and when."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def heading(self) -> str:
        """The question's id."""
        return _("History of {id}").format(id=self._session.current.id)

    def body(self) -> str:
        """One paragraph an event, the newest first."""
        events = reversed(self._session.history(self._session.current))
        lines = [f"{moment(event.moment)}  {clean(event.by, limit=80)}\n  {words}" for event, words in events]
        return "\n\n".join(lines) or _("Nothing has been recorded here yet.")


class HelpDialog(_Reading):
    """The keys, and the words the screen uses."""

    def heading(self) -> str:
        """The title."""
        return _("Help")

    def body(self) -> str:
        """Keys first: that is what one looks up."""
        keys = {
            _("y p n"): _("yes, partial, no; 1 to 9 pick from a list"),
            _("u"): _("unknown: nobody can vouch for it now; it counts as a gap until somebody can"),
            "a": _("not applicable, with the reason"),
            "c": _("take the answer back"),
            "→ ←": _("next question, question before"),
            _("PgDn"): _("read on, then the next question; PgUp the other way"),
            "o": _("next question without an answer"),
            "/": _("search"),
            "m": _("note with this question"),
            "f": _("flag for a second look"),
            "h": _("history of this question"),
            "g": _("sections"),
            "Esc": _("let go of what was typed, so that single keys work"),
            "Ctrl+T": _("dark or light screen"),
            "q": _("leave; everything is saved already"),
        }
        lines = [f"{key:<7} {text}" for key, text in keys.items()]
        lines += [
            "",
            _("F1 help, F2 sections, F3 search, F4 note, F6 next open, F7 flag, F8 history work in fields too."),
            "",
            _("The score counts open questions as nothing; “up to” counts them as fully met."),
            _("A critical control blocks its level until it is fully met."),
            _("Pending: whether the question applies hangs on an answer that is still missing."),
        ]
        return "\n".join(lines)
