"""Answering on the screen: which key, click or text is which answer, and what is said once it is kept."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on
from textual.widgets import Input, OptionList, Static

from stockcheck.answers.answer import Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.checklist.model import Asked
from stockcheck.errors import StockcheckError
from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.questionnaire.screen.choosing import answer_for
from stockcheck.questionnaire.screen.dialogs import Dialog, TextDialog
from stockcheck.questionnaire.screen.driver import Burst, takes_text
from stockcheck.questionnaire.screen.frame import FramedApp
from stockcheck.questionnaire.screen.hand import Hand, Press
from stockcheck.questionnaire.screen.panels import AnswerList, KeyLine, QuestionPanel, ScoreLine, SectionList, plain
from stockcheck.questionnaire.screen.standing import StandingPanel
from stockcheck.questionnaire.screen.view import view_of
from stockcheck.questionnaire.session import Session

#: From this height on, a message has more lines.
TALL = 30


class AnsweringApp(FramedApp):
    """The parts of the screen, and what gives an answer there. Every answer is on disk before the screen says so."""

    def __init__(self, session: Session, theme: str) -> None:
        super().__init__(theme)
        self.session = session
        self.sections_wanted: bool | None = None
        self.hand = Hand()
        self.said = ""  # what the message line says
        self.confirms = False  # whether an answer of last time waits to be confirmed here
        self._recorded = 0  # how many things had been recorded before the last key
        self._waited = False  # whether something waited for an answer before the last one
        self._number = ""  # as far as it has been typed, of an option whose number has two digits
        # The parts are made here, not looked up: a dialog may be on top, or the screen going away, when one is wanted.
        self.panel, self.sections, self.score = (
            QuestionPanel(id="question"),
            SectionList(id="sections"),
            ScoreLine(id="score"),
        )
        self.message, self.keys = Static(id="message"), KeyLine(id="keys")
        self.standing = StandingPanel(session.scorecard, began=session.state.earlier is not None)
        self.remedies = True  # whether it is said what to do about an answer that falls short

    # Showing

    def show(self) -> None:
        """Paint the current question, the sections and the score."""
        self.panel.show(view_of(self.session))
        self._show_sections()
        self.score.show(self.session.scorecard)
        self.standing.show(self.session.scorecard, self.session.last_time(self.session.current))
        confirms = self.session.to_confirm(self.session.current) is not None
        if confirms != self.confirms:
            self.confirms = confirms
            self.show_keys()

    def show_keys(self) -> None:
        """Say which keys work now."""
        raise NotImplementedError

    def _show_sections(self) -> None:
        if self.sections.display:
            self.sections.show(self.session.progress(), self.session.section(self.session.current))

    def tell(self, message: str, *, trouble: bool = False, remedy: str = "") -> None:
        """Say one thing on the message line, and what to do about it; trouble is marked by a word, not by colour
        alone.
        """
        self.message.set_class(trouble, "trouble")
        said = self.said = f"! {message}" if trouble else message
        parts: list[str | tuple[str, str]] = [said]
        if remedy and self.remedies:
            rows = self._message_rows() - (1 if len(said) <= self._columns() else 2)
            parts += ["\n", (one_line(remedy, limit=self._room(rows)), "italic")]
        # It has its lines whatever it says: the rest of the screen stands still, and need not be laid out anew.
        self.message.update(plain(*parts), layout=False)

    def tell_done(self, what: str, item: Asked) -> None:
        """Say `what` was recorded about `item`, and what that did. Where there is no room for all of it, and for what
        to do about it, the score goes first, which stands on its own line as well.
        """
        remedy = self.session.remedy(item) if self.remedies else ""
        said = "  ·  ".join((what, *self.session.told()))
        if len(said) > self._room(self._message_rows() - 2 if remedy else 2):
            said = one_line("  ·  ".join((what, *self.session.told(score=False))), limit=self._room(2))
        self.tell(said, remedy=remedy)

    def _take_back(self, act: Callable[[], str], why: str = "") -> None:
        """Undo or redo, show where, and say what that did, and `why`; or why it could not be done."""
        try:
            said = act()
        except StockcheckError as error:
            self.tell(one_line(str(error)), trouble=True)
            return
        self.show()
        self.tell_done(f"{why} {said}".strip(), self.session.current)
        if isinstance(self.screen, Dialog) and self.screen.ANSWERS:
            self.screen.taken_back(why)

    def _message_rows(self) -> int:
        """Lines of a message and what to do about it; as in the style sheet."""
        return 4 if self.size.height >= TALL else 3

    def _columns(self) -> int:
        return max(self.size.width - 2, 1)

    def _room(self, rows: int) -> int:
        """Characters that fit so many lines, whatever words they are broken at."""
        return max(rows * self._columns() - 12 * (rows - 1), 40)

    # What is no key that somebody pressed

    async def on_event(self, event: events.Event) -> None:
        """As in `App`. Outside a field a capital letter is its small one, a key held down or several at once do
        nothing a second time, and a pasted text is no keys.
        """
        if isinstance(event, events.Key) and not event.is_forwarded:
            event = self._in_small(event)
            if self._came_by_accident(event):
                return
        if isinstance(event, events.Paste) and not event.is_forwarded and not takes_text(self):
            self._not_taken(event.text)
            return
        await super().on_event(event)

    def _in_small(self, event: events.Key) -> events.Key:
        letter = event.character or ""
        if takes_text(self) or len(letter) != 1 or len(small := letter.lower()) != 1 or small == letter:
            return event
        return events.Key(small, small)

    def _came_by_accident(self, event: events.Key) -> bool:
        if takes_text(self) and event.key != "enter":
            return False
        acts = event.is_printable or event.key in ("enter", "delete") or event.key.startswith("ctrl+")
        press = self.hand.press(event.key, letter=event.is_printable)
        if not acts or press is Press.AIMED:
            self._recorded = self.session.recorded
            return False
        if press is Press.HELD_BEFORE and self.session.recorded == self._recorded + 1 and self._answers_here():
            self._take_back(self.session.undo, _("A key held down is taken once."))
        else:
            held = press is not Press.TOGETHER
            self.tell_any(_("A key held down is taken once.") if held else _("Several keys at once are not taken."))
        return True

    def _answers_here(self) -> bool:
        return len(self.screen_stack) == 1 or (isinstance(self.screen, Dialog) and self.screen.ANSWERS)

    @on(Burst)
    def burst(self, message: Burst) -> None:
        """Letters that came at once, where letters are keys."""
        self._not_taken(message.text)

    def _not_taken(self, text: str) -> None:
        digits = text.strip()
        if not (digits.isascii() and digits.isdigit() and self._type_digits(digits)):
            self.tell_any(_("Several letters at once, as a paste sends them, are not taken for keys."))

    def _type_digits(self, digits: str) -> bool:
        if isinstance(self.screen, Dialog):
            return self.screen.type_digits(digits)
        if len(self.screen_stack) != 1 or not self.panel.answers.wants_a_number:
            return False
        for digit in digits:
            self._type_number(digit)
        return True

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
        typed, self._number = self._number, ""
        if self.panel.answers.wants_a_number and (event.key == "backspace" or (event.character or "").isdecimal()):
            event.stop()
            self._number = typed[:-1] if event.key == "backspace" else typed
            self._type_number("" if event.key == "backspace" else event.character or "")
            return
        chosen = self.panel.answers.by_key(event.character or "")
        if chosen is not None:
            event.stop()
            self._choose(chosen)

    def _type_number(self, digit: str) -> None:
        """Of ten options and more one is picked by its number, and taken with Enter: a digit alone is no answer."""
        number = self._number + digit
        chosen = self.panel.answers.pick(number)
        self._number = number if chosen else ""
        if not number:
            self.tell("")
        elif chosen:
            self.tell(_("{number}: {text}  ·  Enter takes it").format(number=number, text=chosen))
        else:
            self.tell(_("There is no answer {number} here.").format(number=number), trouble=True)

    def _choose(self, choice: str) -> None:
        item = self.session.current
        if choice == "na":
            self._ask_why(item)
        else:  # each tick is kept at once; the first one, or "none of these", makes the question answered
            answer = answer_for(choice, item, self.session.answer_to(item))
            self._answer(item, answer, stay=item.type == "several" and choice != "unknown")

    def _ask_why(self, item: Asked) -> None:
        def keep(reason: str) -> None:
            self._kept(item, lambda: self.session.answer(item, not_applicable(reason)))
            self._go_on(item)

        answer = self.session.answer_to(item)
        before = answer.justification if answer else ""
        heading = _("Why can this control not apply to this depot?")
        self.push_screen(TextDialog(heading, before, keep, needed=True, is_answer=True))

    def _answer(self, item: Asked, answer: Answer | None, *, stay: bool = False) -> None:
        """Keep an answer and go on; when it cannot be kept, tell the reason."""
        if self._keep(item, lambda: self.session.answer(item, answer)):
            self._go_on(item, stay=stay)

    def _go_on(self, item: Asked, *, stay: bool = False, confirmed: bool = False) -> None:
        """Go on from an answer that was kept, and say so."""
        at_the_end = not stay and (not self.session.forward() or (self._waited and self.session.is_done))
        self.show()
        self.tell_done(self._saved(item, confirmed=confirmed), item)
        if at_the_end:
            self.at_the_end()

    def at_the_end(self) -> None:
        """The last question has been answered."""
        raise NotImplementedError

    def _keep(self, item: Asked, keep: Callable[[], Answer | None]) -> bool:
        """Whether it could be kept; if not, the reason is told."""
        try:
            self._kept(item, keep)
        except StockcheckError as error:
            self.tell(one_line(str(error)), trouble=True)
            return False
        return True

    def _kept(self, item: Asked, keep: Callable[[], Answer | None]) -> None:
        """Raises `StockcheckError` when it could not be kept."""
        self.session.may_answer(item)
        self._waited = not self.session.is_done
        keep()

    def _saved(self, item: Asked, *, confirmed: bool = False) -> str:
        said = self.session.said(item) or _("answer taken back")
        words = _("Confirmed {id}: {answer}") if confirmed else _("Saved {id}: {answer}")
        return words.format(id=self.session.name(item), answer=one_line(said, limit=60))

    @on(Input.Submitted, "#typed")
    def typed(self, event: Input.Submitted) -> None:
        """A number, a date or a text was confirmed with Enter."""
        event.stop()
        if event.input is not self.panel.typed or event.value != self.panel.typed.value:
            return  # an Enter too many: the question that it was meant for has been left
        if not event.value.strip():
            self.action_forward()
        else:
            item, value = self.session.current, event.value
            if self._keep(item, lambda: self.session.answer_typed(item, value)):
                self._go_on(item)

    def _keep_typed(self, value: str) -> bool:
        item = self.session.current
        kept = self._keep(item, lambda: self.session.answer_typed(item, value))
        if kept:
            self.tell_done(self._saved(item), item)
        return kept

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

    def action_confirm(self) -> None:
        """Answer as last time: one key for one question, which is shown with that answer."""
        item = self.session.current
        if self.panel.unsaved:
            self.tell(_("What was typed is not kept yet: Enter keeps it, Esc lets go of it."), trouble=True)
        elif self._keep(item, lambda: self.session.confirm(item)):
            self._go_on(item, confirmed=True)

    def action_clear(self) -> None:
        """Take the answer back."""
        if self.session.answer_to(self.session.current) is not None:
            self._answer(self.session.current, None, stay=True)
