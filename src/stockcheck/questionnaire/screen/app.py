"""The full-screen questionnaire. Keyboard first; every answer is on disk before the screen says so."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.widgets import Static

from stockcheck.checklist.model import ProfileField, Question
from stockcheck.checklist.provenance import provenance_of
from stockcheck.errors import StockcheckError
from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.questionnaire.screen.answering import TALL, AnsweringApp
from stockcheck.questionnaire.screen.changes import ChangesDialog
from stockcheck.questionnaire.screen.commands import commands, keys_of_screen
from stockcheck.questionnaire.screen.dialogs import HelpDialog, HistoryDialog, SearchDialog, TextDialog
from stockcheck.questionnaire.screen.driver import NotText
from stockcheck.questionnaire.screen.evidence import EvidenceDialog
from stockcheck.questionnaire.screen.overview import OverviewDialog, Place
from stockcheck.questionnaire.screen.palette import Command
from stockcheck.questionnaire.screen.panels import plain
from stockcheck.questionnaire.screen.presenter import Presenter
from stockcheck.questionnaire.screen.review import review
from stockcheck.questionnaire.session import Session
from stockcheck.questionnaire.themes import NAMES

#: From this width on, the sections stand beside the question by themselves.
WIDE = 110
#: From this width on, how the assessment stands is told beside the question.
ROOMY = 140


def run(session: Session, *, theme: str = NAMES[0], presenting: bool = False) -> str:
    """Answer on the full screen until the person leaves, or the terminal does; `presenting`, for a room to see.

    The theme that was in use at the end.

    Raises `StockcheckError`, and nothing else, when the program has a fault; the terminal is as it was before.
    """
    # The checklist stays as it is for the whole sitting: looking through it for garbage would hold up a key press.
    gc.freeze()
    app = QuestionnaireApp(session, theme=theme, presenting=presenting)
    app.run_and_tell()
    return app.theme


class QuestionnaireApp(AnsweringApp):
    """One screen: sections at the left where there is room, the question, the score, the keys."""

    TITLE = "stockcheck"
    CSS_PATH = "style.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,ctrl+n", "forward"),
        Binding("left", "previous"),
        Binding("pagedown", "read_on"),
        Binding("pageup", "read_back"),
        Binding("o,f6", "next_open"),
        Binding("slash,f3", "search"),
        Binding("m,f4", "note"),
        Binding("f,f7", "flag"),
        Binding("h,f8", "history"),
        Binding("e,ctrl+o", "evidence"),
        Binding("w,f9", "review"),
        Binding("g,f2", "sections"),
        Binding("question_mark,f1", "help"),
        Binding("c,delete", "clear"),
        Binding("k,f12", "confirm"),
        Binding("f5", "present"),
        Binding("z,ctrl+z", "undo"),
        Binding("x,ctrl+y", "redo"),
        Binding("l", "changes"),
        Binding("v,f10", "overview"),
        Binding("r", "remedies"),
        Binding("escape", "leave_input"),
        Binding("ctrl+c", "say_how_to_leave"),
        Binding("q,ctrl+q", "quit"),
    ]

    def __init__(self, session: Session, *, theme: str = NAMES[0], presenting: bool = False) -> None:
        super().__init__(session, theme)
        self._presenting = presenting
        self.overview = Place()

    def compose(self) -> ComposeResult:
        """The screen, from top to bottom."""
        state = self.session.state
        if state.marking:
            yield Static(plain(state.marking), id="marking")
        mark = provenance_of(self.session.file.checklist).mark  # first, for the end of a long line is cut off
        parts = (part for part in (mark, state.depot, self.session.checklist.title) if part)
        yield Static(plain("  ·  ".join(parts)), id="title")
        if self.session.file.read_only:
            yield Static(plain(self.session.file.read_only), id="read-only")
        with Horizontal(id="body"):
            yield self.sections
            with Vertical(id="main"):
                yield self.panel
            yield self.standing
        yield self.score
        yield self.message
        yield self.keys

    def on_mount(self) -> None:
        """Show the first question."""
        self._arrange(self.size)
        self.show()
        self.tell(_("Answers are saved at once. F1 explains the keys."))
        if self._presenting:
            self.action_present()

    def on_resize(self, event: events.Resize) -> None:
        """Sections stand beside the question only where there is room."""
        self._arrange(event.size)

    def _arrange(self, size: Size) -> None:
        width = size.width
        self.message.set_class(size.height >= TALL, "tall")
        wanted = width >= WIDE if self.sections_wanted is None else self.sections_wanted
        self.sections.display = wanted
        self._show_sections()
        self.standing.display = width >= ROOMY
        self.standing.show(self.session.scorecard, self.session.last_time(self.session.current))

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def show_keys(self) -> None:
        """Say which keys work now: in a field, letters are text."""
        self.keys.show(keys_of_screen(in_a_field=self.panel.typed.has_focus, confirms=self.confirms))

    # Actions

    def action_previous(self) -> None:
        """Go to the question before."""
        if self._leave_question():
            self._move(self.session.back())

    def action_next_open(self) -> None:
        """Go to the next question without an answer."""
        if self._leave_question():
            if self.session.next_open():
                self.show()
            else:
                self.tell(_("Every question that applies has an answer."))

    def action_read_on(self) -> None:
        """Read what is below the edge of the screen; then go to the next question."""
        panel = self.panel
        if panel.scroll_y < panel.max_scroll_y:
            panel.scroll_page_down(animate=False)
        else:
            self.action_forward()

    def action_read_back(self) -> None:
        """The other way."""
        panel = self.panel
        if panel.scroll_y > 0:
            panel.scroll_page_up(animate=False)
        else:
            self.action_previous()

    def action_leave_input(self) -> None:
        """Let go of what was typed and not confirmed, and let the single-key commands work."""
        panel = self.panel
        if panel.unsaved:
            panel.forget_typed()
            self.tell(_("What was typed is gone; the answer is as it was."))
        panel.focus()

    def action_say_how_to_leave(self) -> None:
        """Ctrl+C means many things on many terminals; here it does nothing."""
        self.tell(_("q leaves, or Ctrl+Q in a field; everything is saved already."))

    def action_flag(self) -> None:
        """Flag the question for a second look, or take the flag away."""
        try:
            flagged = self.session.toggle_flag(self.session.current)
        except StockcheckError as error:
            self.tell(one_line(str(error)), trouble=True)
            return
        self.show()
        self.tell(_("Flagged for a second look.") if flagged else _("Flag taken away."))

    def action_note(self) -> None:
        """Write or change the note with the question."""
        item = self.session.current
        before = self.session.state.notes.get(item.id, "")

        def keep(text: str) -> None:
            self.session.note(item, text)
            self.show()
            changed = self.session.state.notes.get(item.id, "") != before
            said = _("Note saved with {id}.") if changed else _("The note with {id} is as it was.")
            self.tell(said.format(id=item.id))

        if isinstance(item, ProfileField):
            self.tell(_("Notes and flags belong to questions; this is a fact about the depot."), trouble=True)
            return
        self.push_screen(TextDialog(_("Note with {id}").format(id=item.id), before, keep))

    def action_search(self) -> None:
        """Find a question by its words."""

        def found(item: ProfileField | Question | None) -> None:
            if item is not None:
                self.session.go_to(item)
                self.show()
                self.panel.take_focus()

        if self._leave_question():
            self.push_screen(SearchDialog(self.session), found)

    def action_history(self) -> None:
        """Show who answered what, and when."""
        self.push_screen(HistoryDialog(self.session))

    def action_evidence(self) -> None:
        """Show what is attached to the question, and attach more."""
        if isinstance(self.session.current, ProfileField):
            self.tell(_("Evidence belongs to questions; this is a fact about the depot."), trouble=True)
        elif self._leave_question():
            self.push_screen(EvidenceDialog(self))

    def action_review(self) -> None:
        """Let somebody else agree that a question set aside does not apply, or send it back."""
        if self._leave_question():
            review(self)

    def action_undo(self) -> None:
        """Let go of what was typed and not confirmed, or take back the last change of this sitting."""
        if self.panel.unsaved:
            self.action_leave_input()
        else:
            self._take_back(self.session.undo)

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        if self._leave_question():
            self._take_back(self.session.redo)

    def action_changes(self) -> None:
        """List the last changes."""
        if self._leave_question():
            self.push_screen(ChangesDialog(self))

    def action_overview(self) -> None:
        """Show the whole of it; where it was left, if it has been looked at before."""
        if self._leave_question():
            self.open_overview(_("Overview"))

    def at_the_end(self) -> None:
        """Show the whole of it: what is still open, and what comes next."""
        every = self.session.is_done
        last = _("Every question that applies has an answer.") if every else _("This was the last question.")
        self.open_overview(f"{self.said}\n{last}")  # the message itself is covered

    def open_overview(self, heading: str) -> None:
        """Show the overview, and go where it leads."""

        def chosen(item: ProfileField | Question | None) -> None:
            if item is not None:
                self.session.go_to(item)
                self.show()
                self.panel.take_focus()

        self.push_screen(OverviewDialog(self.session, self.overview, heading), chosen)

    def action_remedies(self) -> None:
        """Say what to do about an answer that falls short, or no more."""
        self.remedies = not self.remedies
        self.tell(_("Remedies are shown after an answer.") if self.remedies else _("Remedies are not shown any more."))

    def action_help(self) -> None:
        """Explain the terms of the question, the keys and the words."""
        self.push_screen(HelpDialog(self.session))

    def action_sections(self) -> None:
        """Show or hide the sections; shown, they take the focus."""
        self.sections_wanted = self.sections.display = not self.sections.display
        if self.sections_wanted:
            self._show_sections()
            self.sections.focus()
        else:
            self.panel.take_focus()

    def action_answer(self, choice: str) -> None:
        """Answer as the key would that stands for `choice`."""
        self._choose(choice)

    async def action_keep_typed(self) -> None:
        """Confirm what stands in the field, as Enter does."""
        await self.panel.typed.action_submit()

    def action_present(self) -> None:
        """Show one question, for a room to see."""
        if self.lets_go():
            self.push_screen(Presenter(self.session), lambda _none: self.show())

    def commands(self) -> Iterable[Command]:
        """What can be done here, in words."""
        return commands(self)

    def lets_go(self) -> bool:
        """Whether the question can be left: what was typed fits, and is kept, or nothing was."""
        return self._leave_question()

    async def action_quit(self) -> None:
        """Leave; what was typed and not confirmed is kept first."""
        if len(self.screen_stack) == 1 and self._leave_question():
            self.exit()

    # Trouble

    @on(NotText)
    def say_not_text(self, message: NotText) -> None:
        """Which letter was meant nobody can know; the person can see that one is missing, and why."""
        self.tell_any(message.in_words)
