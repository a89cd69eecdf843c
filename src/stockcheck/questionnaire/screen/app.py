"""The full-screen questionnaire. Keyboard first; every answer is on disk before the screen says so."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from stockcheck.checklist.answers import UNKNOWN, Answer, not_applicable, shown
from stockcheck.checklist.model import Asked, ProfileField, Question
from stockcheck.checklist.provenance import provenance_of
from stockcheck.errors import StockcheckError
from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.questionnaire.screen.dialogs import HelpDialog, HistoryDialog, SearchDialog, TextDialog
from stockcheck.questionnaire.screen.panels import AnswerList, QuestionPanel, ScoreLine, SectionList
from stockcheck.questionnaire.session import Session
from stockcheck.scoring.scope import Standing

#: From this width on, the sections stand beside the question by themselves.
WIDE = 110


def run(session: Session) -> None:
    """Answer on the full screen until the person leaves."""
    # The checklist stays as it is for the whole sitting: looking through it for garbage would hold up a key press.
    gc.freeze()
    QuestionnaireApp(session).run()


class QuestionnaireApp(App[None]):
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

    def compose(self) -> ComposeResult:
        """The screen, from top to bottom."""
        state = self.session.file.state
        if state.marking:
            yield Static(Content(state.marking), id="marking")
        mark = provenance_of(self.session.file.checklist).mark  # first, for the end of a long line is cut off
        parts = (part for part in (mark, state.depot, self.session.checklist.title) if part)
        yield Static(Content("  ·  ".join(parts)), id="title")
        if self.session.file.read_only:
            yield Static(Content(self.session.file.read_only), id="read-only")
        with Horizontal(id="body"):
            yield SectionList(id="sections")
            with Vertical(id="main"):
                yield QuestionPanel(id="question")
        yield ScoreLine(id="score")
        yield Static(id="message")
        yield Static(id="keys")

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
        self.query_one(SectionList).display = wanted

    # Showing

    def show(self) -> None:
        """Paint the current question, the sections and the score."""
        self.query_one(QuestionPanel).show(self.session)
        self.query_one(SectionList).show(self.session)
        self.query_one(ScoreLine).show(self.session)

    def tell(self, message: str, *, trouble: bool = False) -> None:
        """Say one thing on the message line; trouble is marked by a word, not by colour alone."""
        line = self.query_one("#message", Static)
        line.set_class(trouble, "trouble")
        line.update(Content(f"! {message}" if trouble else message))

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def show_keys(self) -> None:
        """Say which keys work now: in a field, letters are text."""
        typing = isinstance(self.focused, Input) and self.focused.id == "typed"
        self.query_one("#keys", Static).update(Content(_keys_in_a_field() if typing else _keys()))

    # Answering

    @on(AnswerList.OptionSelected)
    def option_chosen(self, event: OptionList.OptionSelected) -> None:
        """An answer was picked with Enter, the mouse, or its key."""
        if event.option_list.id == "answers" and event.option.id is not None:
            self._choose(event.option.id)
        elif event.option_list.id == "sections" and event.option.id is not None and self._leave_question():
            self.session.go_to_section(event.option.id.removeprefix("section:"))
            self.show()

    def on_key(self, event: events.Key) -> None:
        """Single keys pick an answer."""
        if isinstance(self.focused, Input) or len(self.screen_stack) > 1:
            return
        chosen = self.query_one(QuestionPanel).answers.by_key(event.character or "")
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
        def reason_given(reason: str | None) -> None:
            if reason is not None:
                try:
                    self._answer(item, not_applicable(reason))
                except StockcheckError as error:
                    self.tell(one_line(str(error)), trouble=True)

        answer = self.session.answer_to(item)
        before = answer.justification if answer else ""
        heading = _("Why can this control not apply to this depot?")
        self.push_screen(TextDialog(heading, before, needed=True), reason_given)

    def _answer(self, item: Asked, answer: Answer | None, *, stay: bool = False) -> bool:
        """Keep an answer and go on; False, with the reason told, when it could not be kept."""
        message = self._keep(item, lambda: self.session.answer(item, answer))
        if not message:
            return False
        if not stay and not self.session.forward():
            message += "  ·  " + self._at_the_end()
        self.show()
        self.tell(message)
        return True

    def _keep(self, item: Asked, keep: Callable[[], Answer | None]) -> str:
        """What was kept, in words; empty, with the reason told, when it could not be kept."""
        if self.session.standing(item) in (Standing.PENDING, Standing.DORMANT):
            self.tell(_("{id} does not apply as things stand.").format(id=item.id), trouble=True)
            return ""
        try:
            answer = keep()
        except StockcheckError as error:
            self.tell(one_line(str(error)), trouble=True)
            return ""
        said = shown(self._asked(item), answer) or _("answer taken back")
        message = _("Saved {id}: {answer}").format(id=self.session.name(item), answer=one_line(said, limit=60))
        return "  ·  ".join(part for part in (message, self.session.consequence()) if part)

    def _asked(self, item: Asked) -> ProfileField | Question:
        return (
            self.session.checklist.field[item.id]
            if isinstance(item, ProfileField)
            else self.session.checklist.question[item.id]
        )

    def _at_the_end(self) -> str:
        if self.session.first_open() is None:
            return _("Every question has an answer. Leave with q, then: stockcheck report")
        return _("This was the last question. o goes to the next open one.")

    @on(Input.Submitted, "#typed")
    def typed(self, event: Input.Submitted) -> None:
        """A number, a date or a text was confirmed with Enter."""
        event.stop()
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
        unsaved = self.query_one(QuestionPanel).unsaved
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
        panel = self.query_one(QuestionPanel)
        if panel.scroll_y < panel.max_scroll_y:
            panel.scroll_page_down(animate=False)
        else:
            self.action_forward()

    def action_read_back(self) -> None:
        """The other way."""
        panel = self.query_one(QuestionPanel)
        if panel.scroll_y > 0:
            panel.scroll_page_up(animate=False)
        else:
            self.action_previous()

    def action_leave_input(self) -> None:
        """Let go of what was typed and not confirmed, and let the single-key commands work."""
        panel = self.query_one(QuestionPanel)
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
        before = self.session.file.state.notes.get(item.id, "")

        def written(text: str | None) -> None:
            if text is None:
                return
            try:
                self.session.note(item, text)
            except StockcheckError as error:
                self.tell(one_line(str(error)), trouble=True)
                return
            self.show()
            changed = self.session.file.state.notes.get(item.id, "") != before
            said = _("Note saved with {id}.") if changed else _("The note with {id} is as it was.")
            self.tell(said.format(id=item.id))

        if isinstance(item, ProfileField):
            self.tell(_("Notes and flags belong to questions; this is a fact about the depot."), trouble=True)
            return
        self.push_screen(TextDialog(_("Note with {id}").format(id=item.id), before), written)

    def action_search(self) -> None:
        """Find a question by its words."""

        def found(item: ProfileField | Question | None) -> None:
            if item is not None:
                self.session.go_to(item)
                self.show()
                self.query_one(QuestionPanel).take_focus()

        if self._leave_question():
            self.push_screen(SearchDialog(self.session), found)

    def action_history(self) -> None:
        """Show who answered what, and when."""
        self.push_screen(HistoryDialog(self.session))

    def action_help(self) -> None:
        """Explain the keys and the words."""
        self.push_screen(HelpDialog())

    def action_sections(self) -> None:
        """Show or hide the sections; shown, they take the focus."""
        sections = self.query_one(SectionList)
        self.sections_wanted = not sections.display
        sections.display = self.sections_wanted
        if self.sections_wanted:
            sections.focus()
        else:
            self.query_one(QuestionPanel).take_focus()

    def action_light_or_dark(self) -> None:
        """Change between a dark and a light screen."""
        self.theme = "textual-light" if self.theme == "textual-dark" else "textual-dark"

    async def action_quit(self) -> None:
        """Leave; what was typed and not confirmed is kept first."""
        if self._leave_question():
            self.exit()


def _keys_in_a_field() -> str:
    return _("Enter keeps it  Esc lets go  PgDn PgUp move  F1 help  F6 open  F3 find")


def _keys() -> str:
    return _("→← move  o open  / find  m note  f flag  h history  g sections  ? help  q quit")
