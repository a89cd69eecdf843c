"""Answering on the screen: which key, click or text is which answer, and what is said once it is kept."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on
from textual.widgets import Input, OptionList, Static

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.checklist.model import Asked
from stockcheck.errors import AnswerError, StockcheckError
from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.questionnaire.consequences import NOT_ASKED
from stockcheck.questionnaire.screen.dialogs import TextDialog
from stockcheck.questionnaire.screen.faults import SteadyApp
from stockcheck.questionnaire.screen.panels import AnswerList, KeyLine, QuestionPanel, ScoreLine, SectionList, plain
from stockcheck.questionnaire.screen.view import view_of
from stockcheck.questionnaire.session import Session


class AnsweringApp(SteadyApp):
    """The parts of the screen, and what gives an answer there. Every answer is on disk before the screen says so."""

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

    def _move(self, moved: bool) -> None:
        if moved:
            self.show()
        else:
            self.tell(_("There is no question there."))

    def action_forward(self) -> None:
        """Go to the next question."""
        if self._leave_question():
            self._move(self.session.forward())

    def action_clear(self) -> None:
        """Take the answer back."""
        if self.session.answer_to(self.session.current) is not None:
            self._answer(self.session.current, None, stay=True)
