"""The full-screen questionnaire. Keyboard first; every answer is on disk before the screen says so."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, OptionList, Static

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.checklist.model import Asked, ProfileField, Question
from stockcheck.checklist.provenance import provenance_of
from stockcheck.errors import AnswerError, StockcheckError
from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.questionnaire.consequences import NOT_ASKED
from stockcheck.questionnaire.screen.dialogs import Dialog, HelpDialog, HistoryDialog, SearchDialog, TextDialog
from stockcheck.questionnaire.screen.driver import NotText
from stockcheck.questionnaire.screen.faults import SteadyApp
from stockcheck.questionnaire.screen.panels import AnswerList, KeyLine, QuestionPanel, ScoreLine, SectionList, plain
from stockcheck.questionnaire.screen.review import review
from stockcheck.questionnaire.screen.view import view_of
from stockcheck.questionnaire.session import Session

#: From this width on, the sections stand beside the question by themselves.
WIDE = 110


def run(session: Session, theme: str = "") -> None:
    """Answer on the full screen until the person leaves, or the terminal does; with a `theme`, in its colours.

    Raises `StockcheckError`, and nothing else, when the program has a fault; the terminal is as it was before.
    """
    # The checklist stays as it is for the whole sitting: looking through it for garbage would hold up a key press.
    gc.freeze()
    app = QuestionnaireApp(session)
    app.theme = theme or app.theme
    app.run_and_tell()


class QuestionnaireApp(SteadyApp):
    """One screen: sections at the left where there is room, the question, the score, the keys."""

    TITLE = "stockcheck"
    CSS_PATH = "style.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,ctrl+n", "forward"),
        Binding("left,ctrl+p", "previous"),
        Binding("pagedown", "read_on"),
        Binding("pageup", "read_back"),
        Binding("o,f6", "next_open"),
        Binding("slash,f3", "search"),
        Binding("m,f4", "note"),
        Binding("f,f7", "flag"),
        Binding("h,f8", "history"),
        Binding("w,f9", "review"),
        Binding("g,f2", "sections"),
        Binding("question_mark,f1", "help"),
        Binding("c,delete", "clear"),
        Binding("ctrl+t", "light_or_dark"),
        Binding("escape", "leave_input"),
        Binding("ctrl+c", "say_how_to_leave"),
        Binding("q,ctrl+q", "quit"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.sections_wanted: bool | None = None
        # The parts are made here, not looked up: a dialog may be on top, or the screen going away, when one is wanted.
        self.panel, self.sections, self.score = (
            QuestionPanel(id="question"),
            SectionList(id="sections"),
            ScoreLine(id="score"),
        )
        self.message, self.keys = Static(id="message"), KeyLine(id="keys")

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
        yield self.score
        yield self.message
        yield self.keys

    def on_mount(self) -> None:
        """Show the first question."""
        self._arrange(self.size.width)
        self.show()
        self.tell(_("Answers are saved at once. F1 explains the keys."))

    def on_resize(self, event: events.Resize) -> None:
        """Sections stand beside the question only where there is room."""
        self._arrange(event.size.width)

    def _arrange(self, width: int) -> None:
        wanted = width >= WIDE if self.sections_wanted is None else self.sections_wanted
        self.sections.display = wanted
        self._show_sections()

    # Showing

    def show(self) -> None:
        """Paint the current question, the sections and the score."""
        self.panel.show(view_of(self.session))
        self._show_sections()
        self.score.show(self.session.scorecard)

    def _show_sections(self) -> None:
        if self.sections.display:
            self.sections.show(self.session.progress(), self.session.section(self.session.current))

    def tell(self, message: str, *, trouble: bool = False) -> None:
        """Say one thing on the message line; trouble is marked by a word, not by colour alone."""
        self.message.set_class(trouble, "trouble")
        self.message.update(plain(f"! {message}" if trouble else message))

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def show_keys(self) -> None:
        """Say which keys work now: in a field, letters are text."""
        self.keys.show(in_a_field=self.panel.typed.has_focus)

    # Answering

    @on(AnswerList.OptionSelected)
    def option_chosen(self, event: OptionList.OptionSelected) -> None:
        """An answer was picked with Enter, the mouse, or its key."""
        if len(self.screen_stack) != 1:  # a dialog has been opened meanwhile
            return
        name = event.option.id or ""
        if event.option_list is self.panel.answers and self.panel.answers.offers(event.option):
            self._choose(name)
        elif event.option_list is self.sections and self._leave_question():
            self.session.go_to_section(name.removeprefix("section:"))
            self.show()

    def on_key(self, event: events.Key) -> None:
        """Single keys pick an answer."""
        if len(self.screen_stack) != 1 or isinstance(self.focused, Input):
            return
        chosen = self.panel.answers.by_key(event.character or "")
        if chosen is not None:
            event.stop()
            self._choose(chosen)

    def _choose(self, choice: str) -> None:
        item = self.session.current
        if choice == "na":
            self._ask_why(item)
        elif choice == "unknown":
            self._answer(item, UNKNOWN)
        elif item.type == "several":
            self._tick(item, choice)
        else:
            self._answer(item, Answer(choice.removeprefix("word:")))

    def _tick(self, item: Asked, choice: str) -> None:
        """Each tick is kept at once; the first one, or "none of these", makes the question answered."""
        answer = self.session.answer_to(item)
        ticked = answer.value if answer and isinstance(answer.value, tuple) else ()
        word = choice.removeprefix("word:")
        if choice == "none":
            ticked = ()
        else:
            ticked = tuple(one for one in ticked if one != word) if word in ticked else (*ticked, word)
        self._answer(item, Answer(ticked), stay=True)

    def _ask_why(self, item: Asked) -> None:
        def keep(reason: str) -> None:
            self._say_kept(item, self._kept(item, lambda: self.session.answer(item, not_applicable(reason))))

        answer = self.session.answer_to(item)
        before = answer.justification if answer else ""
        heading = _("Why can this control not apply to this depot?")
        self.push_screen(TextDialog(heading, before, keep, needed=True, is_answer=True))

    def _answer(self, item: Asked, answer: Answer | None, *, stay: bool = False) -> None:
        """Keep an answer and go on; when it cannot be kept, tell the reason."""
        if message := self._keep(item, lambda: self.session.answer(item, answer)):
            self._say_kept(item, message, stay=stay)

    def _say_kept(self, item: Asked, message: str, *, stay: bool = False) -> None:
        """Go on from an answer that was kept, and say so."""
        if not stay and not self.session.forward():
            message += "  ·  " + self._at_the_end()
        self.show()
        self.tell(message)

    def _keep(self, item: Asked, keep: Callable[[], Answer | None]) -> str:
        """What was kept, in words; empty, with the reason told, when it could not be kept."""
        try:
            return self._kept(item, keep)
        except StockcheckError as error:
            self.tell(one_line(str(error)), trouble=True)
            return ""

    def _kept(self, item: Asked, keep: Callable[[], Answer | None]) -> str:
        """What was kept, in words. Raises `StockcheckError` when it could not be kept."""
        if parent := self.session.fails_with(item):
            raise AnswerError(_("{id} fails with {parent}: it is not asked.").format(id=item.id, parent=parent))
        if self.session.standing(item) in NOT_ASKED:
            raise AnswerError(_("{id} does not apply as things stand.").format(id=item.id))
        keep()
        said = self.session.said(item) or _("answer taken back")
        message = _("Saved {id}: {answer}").format(id=self.session.name(item), answer=one_line(said, limit=60))
        return "  ·  ".join(part for part in (message, self.session.consequence()) if part)

    def _at_the_end(self) -> str:
        if self.session.is_done:
            return _("Every question has an answer. Leave with q, then: stockcheck report")
        return _("This was the last question. o goes to the next open one.")

    @on(Input.Submitted, "#typed")
    def typed(self, event: Input.Submitted) -> None:
        """A number, a date or a text was confirmed with Enter."""
        event.stop()
        if event.input is not self.panel.typed or event.value != self.panel.typed.value:
            return  # an Enter too many: the question that it was meant for has been left
        if not event.value.strip():
            self.action_forward()
        elif self._keep_typed(event.value):
            if not self.session.forward():
                self.tell(self._at_the_end())
            self.show()

    def _keep_typed(self, value: str) -> bool:
        item = self.session.current
        if message := self._keep(item, lambda: self.session.answer_typed(item, value)):
            self.tell(message)
        return bool(message)

    def _leave_question(self) -> bool:
        """Keep what was typed and not confirmed: leaving a question never loses an answer."""
        unsaved = self.panel.unsaved
        return self._keep_typed(unsaved) if unsaved else True

    # Actions

    def _move(self, moved: bool) -> None:
        if moved:
            self.show()
        else:
            self.tell(_("There is no question there."))

    def action_forward(self) -> None:
        """Go to the next question."""
        if self._leave_question():
            self._move(self.session.forward())

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

    def action_clear(self) -> None:
        """Take the answer back."""
        if self.session.answer_to(self.session.current) is not None:
            self._answer(self.session.current, None, stay=True)

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

    def action_review(self) -> None:
        """Let somebody else agree that a question set aside does not apply, or send it back."""
        if self._leave_question():
            review(self)

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

    def action_light_or_dark(self) -> None:
        """Change between a dark and a light screen."""
        self.theme = "textual-light" if self.theme == "textual-dark" else "textual-dark"

    async def action_quit(self) -> None:
        """Leave; what was typed and not confirmed is kept first."""
        if len(self.screen_stack) == 1 and self._leave_question():
            self.exit()

    # Trouble

    @on(NotText)
    def say_not_text(self, message: NotText) -> None:
        """Which letter was meant nobody can know; the person can see that one is missing, and why."""
        said = _(
            "The terminal sent a character that is not {encoding}: it stands as �. Type it again, or leave it out."
        )
        said = said.format(encoding=message.encoding.upper())
        if isinstance(self.screen, Dialog):
            self.screen.tell(said)
        self.tell(said, trouble=True)
