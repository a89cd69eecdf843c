"""What the questionnaire asks or tells on top of its screen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from stockcheck.checklist.model import ProfileField, Question
from stockcheck.errors import StockcheckError
from stockcheck.language import _, moment
from stockcheck.plaintext import clean, one_line, says_something
from stockcheck.questionnaire.screen.keyline import clickable
from stockcheck.questionnaire.screen.options import Options
from stockcheck.questionnaire.screen.panels import plain
from stockcheck.questionnaire.session import Session

#: Most hits a search lists: more than anyone reads, and quick to paint.
MOST_HITS = 50

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """What every dialog shares: a heading, a middle, a line of keys; it is closed once, however often it is asked to.

    Its parts are made with it, not looked up: keys may come before it has been put together, and messages after it
    was taken away.
    """

    #: Whether keys answer the question here, as on the usual screen.
    ANSWERS: ClassVar[bool] = False
    #: The keys on the last line that can be clicked, with their actions.
    CLICKS: ClassVar[dict[str, str]] = {"Esc": "screen.cancel"}

    def __init__(self, heading: str, *middle: Widget, keys: str) -> None:
        super().__init__()
        self._heading = heading
        self._middle = middle
        self._keys = Static(clickable(keys, self.CLICKS), classes="keys")
        self.closed = False

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._heading), classes="heading")
            yield from self._middle
            yield self._keys

    def tell(self, message: str) -> None:
        """Say what is in the way, where the keys stood."""
        self._keys.update(plain(f"! {message}"))

    def taken_back(self, why: str) -> None:
        """The last change of this sitting has been undone, because of `why`."""

    def type_digits(self, digits: str) -> bool:
        """Take digits for the number of an option, where one is wanted; whether it is."""
        return False

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """As in `Screen`; nothing happens the second time, nor when another screen is on top or the app is leaving."""
        if self.closed or self.app.screen_stack[-1:] != [self]:
            return AwaitComplete()
        self.closed = True
        return super().dismiss(result)

    def lets_go(self) -> bool:
        """Whether the program may end now without a loss; what can be kept is kept first."""
        return True

    def action_cancel(self) -> None:
        """Go back without a result."""
        self.dismiss(None)


class TextDialog(Dialog[None]):
    """Asks for a text of some lines. It stays open, with the text, until that is kept or the person lets go of it."""

    AUTO_FOCUS = "TextArea"
    CLICKS: ClassVar[dict[str, str]] = {"Ctrl+S": "screen.keep", "F10": "screen.keep", "Esc": "screen.cancel"}
    # Without priority, so that a key comes after the letters that were typed before it.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s,f10", "keep"), Binding("escape", "cancel")]

    def __init__(
        self, heading: str, text: str, keep: Callable[[str], None], *, needed: bool = False, is_answer: bool = False
    ) -> None:
        """`keep` keeps the text, or raises `StockcheckError` to say why it cannot. `needed`: an empty one is no text.

        Unless it `is_answer`, what is being written is kept as well when the program has to stop: half a note says
        what the person saw; half a reason would be an answer that nobody gave.
        """
        text = clean(text, limit=max(len(text), 1))
        self._area = TextArea(text, show_line_numbers=False, soft_wrap=True, tab_behavior="focus")
        super().__init__(heading, self._area, keys=_("Ctrl+S or F10 keeps it, Esc leaves it as it was"))
        self._before = text
        self._keep = keep
        self._needed = needed
        self._is_answer = is_answer

    def action_keep(self) -> None:
        """Have the text kept as it stands, whatever its length."""
        if self.closed:
            return
        text = self._area.text
        if self._needed and not says_something(text):
            self.tell(_("A reason is needed. Esc leaves it as it was"))
            return
        try:
            self._keep(text)
        except StockcheckError as error:
            self.tell(one_line(str(error)))
            return
        self.dismiss()

    def lets_go(self) -> bool:
        """Half a text is neither kept nor thrown away unasked."""
        return self._area.text == self._before

    def on_unmount(self) -> None:
        """The app is leaving, for whatever reason."""
        self.keep_draft()

    def keep_draft(self) -> None:
        """Keep a note that was being written when the program had to stop."""
        text = self._area.text
        if self.closed or self._is_answer or not says_something(text) or text == self._before:
            return
        self.closed = True
        with suppress(Exception):  # the screen behind it may be gone already; the note is in the file by then
            self._keep(text)


class SearchDialog(Dialog[ProfileField | Question]):
    """Finds a question by id, words of its text, or words of its note."""

    AUTO_FOCUS = "Input"
    CLICKS: ClassVar[dict[str, str]] = {"Enter": "screen.take", "↓": "screen.to_hits", "Esc": "screen.cancel"}
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel"), Binding("down", "to_hits")]

    def __init__(self, session: Session) -> None:
        self._hits = Options()
        words = Input(placeholder=_("words, or an id such as PER-01"))
        super().__init__(
            _("Search"), words, self._hits, keys=_("Enter goes to the first, ↓ picks another, Esc goes back")
        )
        self._session = session
        self._place = {session.key(item): str(place) for place, item in enumerate(session.items)}

    @on(Input.Changed)
    def look(self, event: Input.Changed) -> None:
        """List what fits so far."""
        event.stop()
        found = self._session.search(event.value)[:MOST_HITS] if event.value.strip() else []
        self._hits.clear_options()
        self._hits.add_options(
            [Option(plain(f"{item.id}  {item.text}"), id=self._place[self._session.key(item)]) for item in found]
        )

    @on(Input.Submitted)
    def first(self, event: Input.Submitted) -> None:
        """Go to the first hit."""
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Go to the first hit, or back where there is none."""
        self.dismiss(self._item(self._hits.get_option_at_index(0)) if self._hits.option_count else None)

    @on(OptionList.OptionSelected)
    def picked(self, event: OptionList.OptionSelected) -> None:
        """Go to the hit that was picked, also when the list has changed since."""
        event.stop()
        self.dismiss(self._item(event.option))

    def _item(self, option: Option) -> ProfileField | Question:
        return self._session.items[int(option.id or 0)]

    def action_to_hits(self) -> None:
        """Move from the words to the hits."""
        self._hits.focus()


class _Reading(Dialog[None]):
    """Something to read; any of the usual keys closes it."""

    AUTO_FOCUS = "VerticalScroll"
    CLICKS: ClassVar[dict[str, str]] = {"↑": "screen.read('up')", "↓": "screen.read('down')", "Esc": "screen.cancel"}
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter,question_mark,f1,h,f8", "cancel")]

    def __init__(self) -> None:
        self._page = VerticalScroll(Static(plain(self.body())))
        super().__init__(self.heading(), self._page, keys=_("↑ ↓ scroll, Esc closes"))

    def action_read(self, way: str) -> None:
        """Scroll a line up or down, as the keys do."""
        move = self._page.scroll_up if way == "up" else self._page.scroll_down
        move(animate=False)

    def heading(self) -> str:
        """The first line."""
        raise NotImplementedError

    def body(self) -> str:
        """The text."""
        raise NotImplementedError


class HistoryDialog(_Reading):
    """Who recorded what about the current question, and when."""

    def __init__(self, session: Session) -> None:
        self._session = session
        super().__init__()

    def heading(self) -> str:
        """The question's id."""
        return _("History of {id}").format(id=self._session.current.id)

    def body(self) -> str:
        """One paragraph an event, the newest first."""
        events = reversed(self._session.history(self._session.current))
        lines = [f"{moment(event.moment)}  {one_line(event.by, limit=80)}\n  {words}" for event, words in events]
        return "\n\n".join(lines) or _("Nothing has been recorded here yet.")


class HelpDialog(_Reading):
    """The terms of art in the current question, the keys, and the words the screen uses."""

    def __init__(self, session: Session) -> None:
        self._session = session
        super().__init__()

    def heading(self) -> str:
        """The title."""
        return _("Help")

    def body(self) -> str:
        """The terms first, which are few and of this question; then the keys."""
        keys = {
            _("y p n"): _("yes, partial, no; 1 to 9 pick from a list, of ten and more the number and Enter"),
            _("u"): _("unknown: nobody can vouch for it now; it counts as a gap until somebody can"),
            "a": _("not applicable, with the reason; open until somebody else has countersigned it"),
            "z x": _("undo the last change of this sitting; do it again"),
            "l": _("the last changes, each to go to or to undo"),
            "w": _("review a question that somebody else has set aside"),
            "c": _("take the answer back"),
            "→ ←": _("next question, question before"),
            _("PgDn"): _("read on, then the next question; PgUp the other way"),
            "o": _("next question without an answer"),
            "/": _("search"),
            "m": _("note with this question"),
            "f": _("flag for a second look"),
            "h": _("history of this question"),
            "e": _("evidence: attach a photograph, a document or the number of a record"),
            "g": _("sections"),
            "v": _("overview: how each part stands, what is open, gaps, flags"),
            "r": _("show what to do about an answer that falls short, or not"),
            "Esc": _("let go of what was typed, so that single keys work"),
            "Ctrl+P": _("everything that can be done here, to be looked up in words"),
            "F5": _("presentation for a room: one question, large, its answer covered"),
            "Ctrl+T": _("other colours: dark, light, high contrast"),
            "q": _("leave; everything is saved already"),
        }
        if self._session.state.earlier is not None:
            keys = {"k": _("confirm the answer of last time, of this question alone; F12 in a field"), **keys}
        lines = [f"{term.term}: {term.text}" for term in self._session.terms(self._session.current)]
        if lines:
            lines = [_("Words in this question"), *lines, ""]
        lines += [f"{key:<7} {text}" for key, text in keys.items()]
        lines += [
            "",
            _(
                "F1 help, F2 sections, F3 search, F4 note, F5 presentation, F6 open, F7 flag, F8 history, F9 review, "
                "F10 overview, Ctrl+O evidence work in fields too."
            ),
            _("A key held down and several letters at once, as a paste sends them, answer nothing."),
            "",
            _("The score counts open questions as nothing; “up to” counts them as fully met."),
            _("A critical control blocks its level until it is fully met."),
            _("Pending: whether the question applies hangs on an answer that is still missing."),
        ]
        return "\n".join(lines)
