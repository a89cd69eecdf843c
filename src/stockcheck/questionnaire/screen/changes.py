"""The last changes on the screen: what each changed, and whether it stands; each can be taken back or done again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from stockcheck.errors import StockcheckError
from stockcheck.language import _, moment
from stockcheck.plaintext import one_line
from stockcheck.questionnaire.screen.dialogs import Dialog
from stockcheck.questionnaire.screen.options import Options
from stockcheck.questionnaire.screen.panels import plain
from stockcheck.questionnaire.undoing import Change

if TYPE_CHECKING:
    from stockcheck.questionnaire.screen.app import QuestionnaireApp


class ChangesDialog(Dialog[None]):
    """The last changes of this sitting, the newest first."""

    AUTO_FOCUS = "OptionList"
    CLICKS: ClassVar[dict[str, str]] = {
        "Enter": "screen.take",
        "z": "screen.take_back",
        "x": "screen.do_again",
        "Esc": "screen.cancel",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z,ctrl+z", "take_back"),
        Binding("x,ctrl+y", "do_again"),
        Binding("escape,q,l", "cancel"),
    ]

    def __init__(self, app: QuestionnaireApp) -> None:
        self._questionnaire = app
        self._changes = app.session.changes()
        rows = [Option(plain(self._row(change, stands))) for change, stands in self._changes]
        self._list = Options(*(rows or [Option(_("Nothing has been changed in this sitting."), disabled=True)]))
        keys = _("Enter goes there, z undoes this one, x does it again, Esc closes")
        super().__init__(_("The last changes of this sitting"), self._list, keys=keys)

    def _row(self, change: Change, stands: bool) -> str:
        name = self._questionnaire.session.name(change.item)
        undone = "" if stands else "  ·  " + _("undone")
        return f"{moment(change.at)}  {name}  {change.in_words()}{undone}"

    def _chosen(self) -> Change | None:
        place = self._list.highlighted
        return None if place is None or place >= len(self._changes) else self._changes[place][0]

    @on(OptionList.OptionSelected)
    def go_there(self, event: OptionList.OptionSelected) -> None:
        """Go to the question that the change is about."""
        event.stop()
        app = self._questionnaire
        if (change := self._chosen()) is not None and not self.closed:
            self.dismiss()
            app.session.go_to(change.item)
            app.show()
            app.panel.take_focus()

    def action_take(self) -> None:
        """As Enter does."""
        self._list.action_select()

    def action_take_back(self) -> None:
        """Undo the change that is highlighted."""
        session = self._questionnaire.session
        self._do(session.undo)

    def action_do_again(self) -> None:
        """Do again the change that is highlighted."""
        self._do(self._questionnaire.session.redo)

    def _do(self, act: Callable[[Change], str]) -> None:
        app, change = self._questionnaire, self._chosen()
        if change is None or self.closed:
            return
        try:
            said = act(change)
        except StockcheckError as error:
            self.tell(one_line(str(error)))
            return
        self.dismiss()
        app.show()
        app.tell_done(said, change.item)
