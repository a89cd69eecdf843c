"""Evidence on the screen: what is attached to the question, and a line each for a file and for a record's number."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from stockcheck.assessment.evidence import in_a_line
from stockcheck.errors import StockcheckError
from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.questionnaire import attached
from stockcheck.questionnaire.screen.dialogs import Dialog
from stockcheck.questionnaire.screen.options import Options
from stockcheck.questionnaire.screen.panels import plain

if TYPE_CHECKING:
    from stockcheck.questionnaire.screen.app import QuestionnaireApp


class Attached(Options):
    """What is attached: below its last line come the fields."""

    def action_cursor_down(self) -> None:
        """Go one line down; from the last one out of the list."""
        if self.highlighted is None or self.highlighted >= self.option_count - 1:
            self.screen.focus_next()
        else:
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """Go one line up; the first one is the end."""
        if self.highlighted != 0:
            super().action_cursor_up()


class EvidenceDialog(Dialog[None]):
    """Lists what is attached to the question shown, and attaches what is typed. It stays open for more."""

    AUTO_FOCUS = "#evidence-path"
    CLICKS: ClassVar[dict[str, str]] = {
        "Enter": "screen.take",
        "F6": "screen.strip",
        "F9": "screen.withdraw",
        "Esc": "screen.cancel",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "strip"),
        Binding("f9", "withdraw"),
        Binding("escape", "cancel"),
        Binding("up", "above"),
        Binding("down", "below"),
    ]

    def __init__(self, app: QuestionnaireApp) -> None:
        self._questionnaire = app
        self._item = app.session.current
        self._list = Attached(id="evidence-list")
        self._path = Input(placeholder=_("path of a photograph or a document"), id="evidence-path")
        self._record = Input(placeholder=_("or the number of a record, or where it lies"), id="evidence-record")
        self._choice = Static(id="evidence-strip")
        self._said = Static(id="evidence-said")
        self._strip = False
        super().__init__(
            _("Evidence for {id}").format(id=self._item.id),
            self._list,
            self._path,
            self._record,
            self._choice,
            self._said,
            keys=_("↑ ↓ another line, Enter attaches, F6 strips or not, F9 takes back, Esc closes"),
        )
        self._fill()

    def _fill(self) -> None:
        """List what is attached now, and say how the next picture is attached."""
        self._items = attached.attached(self._questionnaire.session, self._item)
        self._list.clear_options()
        self._list.add_options(
            [Option(plain(in_a_line(one))) for one in self._items]
            or [Option(_("Nothing is attached yet."), disabled=True)]
        )
        self._choice.update(
            plain(
                "[x] " if self._strip else "[ ] ",
                _("Strip pictures of what they say of themselves: place, time, camera (JPEG, PNG)"),
            )
        )

    def action_take(self) -> None:
        """Attach what is typed, as Enter does."""
        field = self._record if self._record.value.strip() and not self._path.value.strip() else self._path
        self._take(field)

    @on(Input.Submitted)
    def typed(self, event: Input.Submitted) -> None:
        """Attach what is typed in the field."""
        event.stop()
        self._take(event.input)

    def _take(self, field: Input) -> None:
        session, text = self._questionnaire.session, field.value
        if field is self._record:
            done = self._do(lambda: attached.record(session, self._item, text))
        else:
            done = self._do(lambda: attached.attach(session, self._item, text, strip=self._strip))
        if done:
            field.value = ""

    def action_strip(self) -> None:
        """Strip the pictures that are attached from now on, or no more."""
        self._strip = not self._strip
        self._fill()

    def action_withdraw(self) -> None:
        """Take back the item that is highlighted; where none is, nothing that nobody has chosen."""
        place = self._list.highlighted
        if not self._items:
            return
        if place is None or place >= len(self._items):
            self._said.update(plain("! ", _("Choose with ↑ what is taken back, then press F9.")))
            return
        chosen = self._items[place]
        self._do(lambda: attached.withdraw(self._questionnaire.session, chosen))

    def action_above(self) -> None:
        """Go from the record's number to the path, and from there to the last thing attached."""
        if self.focused is self._record:
            self._path.focus()
        elif self._items:
            self._list.highlighted = len(self._items) - 1
            self._list.focus()

    def action_below(self) -> None:
        """Go from the path to the record's number."""
        self._record.focus()

    def _do(self, act: Callable[[], list[str]]) -> bool:
        """Do it, and say what it did, or why it could not be done; whether it was."""
        if self.closed:
            return False
        try:
            said = "  ".join(act())
        except StockcheckError as error:
            self._said.update(plain(f"! {one_line(str(error))}"))
            return False
        self._fill()
        self._said.update(plain(one_line(said)))
        self._questionnaire.show()
        return True

    def lets_go(self) -> bool:
        """A path that was typed and not attached is not thrown away unasked."""
        return not self._path.value.strip() and not self._record.value.strip()
