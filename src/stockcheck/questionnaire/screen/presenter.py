"""One question at a time, for a room to see. Answers stay covered until they are shown; notes and names never are."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Digits, Input, Static

from stockcheck.answers.answer import Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.checklist.model import ProfileField, Question
from stockcheck.checklist.provenance import provenance_of
from stockcheck.errors import AnswerError, StockcheckError
from stockcheck.language import _
from stockcheck.plaintext import clean, one_line
from stockcheck.questionnaire.screen import onstage
from stockcheck.questionnaire.screen.choosing import answer_for
from stockcheck.questionnaire.screen.commands import keys_of_presenter, on_stage
from stockcheck.questionnaire.screen.dialogs import Dialog, SearchDialog, TextDialog
from stockcheck.questionnaire.screen.palette import Command
from stockcheck.questionnaire.screen.panels import KeyLine, TypedAnswer, are_many, choices, plain
from stockcheck.questionnaire.screen.view import TYPED, how_to_confirm
from stockcheck.questionnaire.session import Session

if TYPE_CHECKING:
    from stockcheck.questionnaire.screen.app import QuestionnaireApp

View = Literal["question", "help", "score"]

#: Cells left free at either side, and the widest text: longer lines are hard to read from the back of a room.
_MARGIN, _WIDEST = 4, 90


class SaidInTheRoom(TypedAnswer):
    """What the room says, typed. While it is empty, the keys that show and go on work."""

    async def _on_key(self, event: events.Key) -> None:
        """Space cannot begin an answer."""
        actions = {"space": "reveal", "left": "back", "right": "forward"}
        if not self.value and event.key in actions:
            event.stop()
            event.prevent_default()
            await self.screen.run_action(actions[event.key])


class Presenter(Dialog[None]):
    """A question, large. What is typed or picked is kept as on the usual screen, and then shown."""

    app: QuestionnaireApp
    AUTO_FOCUS = ""
    ANSWERS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,pagedown,ctrl+n", "forward"),
        Binding("left,pageup", "back"),
        Binding("o,f6", "next_open"),
        Binding("slash,f3", "jump"),
        Binding("space,f4", "reveal"),
        Binding("backspace,full_stop", "cover"),
        Binding("percent_sign,f9", "score"),
        Binding("k,f12", "confirm"),
        Binding("question_mark,f1", "aid"),
        Binding("ctrl+t", "app.next_theme"),
        Binding("ctrl+p", "palette"),
        Binding("escape", "let_go"),
        Binding("f5,q,ctrl+q", "leave"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__("", keys="")
        self.session = session
        self._item: ProfileField | Question | None = None
        self._view: View = "question"
        self._shown = False
        self._number = ""  # as far as it has been typed, of an option whose number has two digits
        self._count, self._place, self._text = Digits(id="count"), Static(id="where"), Static(id="asked")
        self._answers, self._given = Static(id="choices"), Static(id="given")
        self._typed, self._score = SaidInTheRoom(id="said"), Digits(id="figures")
        self._page, self._stage = VerticalScroll(id="page"), Vertical(id="stage")
        self._message, self._line = Static(id="stage-message"), KeyLine(id="stage-keys")

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        state = self.session.state
        if state.marking:
            yield Static(plain(state.marking), classes="marking")
        mark = provenance_of(self.session.file.checklist).mark
        parts = (part for part in (mark, state.depot, self.session.checklist.title) if part)
        yield Static(plain("  ·  ".join(parts)), id="stage-title")
        with self._page, self._stage:
            yield from (self._count, self._place, self._text, self._score, self._answers, self._typed, self._given)
        yield self._message
        yield self._line

    def on_mount(self) -> None:
        """Begin where the usual screen stands."""
        self._line.show(keys_of_presenter())
        self.show()
        if self.session.file.read_only:
            self.tell(_("Open for reading only: no answer is kept."))

    def on_resize(self) -> None:
        """Leave out what there is no room for, once it is known how much there is."""
        self.call_after_refresh(self._lay_out)

    def tell(self, message: str) -> None:
        """Say what is in the way."""
        self._message.update(plain(message))

    # Showing

    def show(self) -> None:
        """Paint the current question; another one than before comes covered."""
        item = self.session.current
        if item is not self._item:
            self._item, self._shown, self._view, self._number = item, False, "question", ""
            self._typed.value = ""
            self.tell("")
        self._lay_out()
        self._page.scroll_home(animate=False)
        (self._typed if self._typed.display else self._page).focus(scroll_visible=False)

    def _lay_out(self) -> None:
        """Give each part its text, and leave out what there is no room for: space first, then the large figures."""
        if self._item is None:
            return
        width = max(min(self.app.size.width - 2 * _MARGIN, _WIDEST), 20)
        self._stage.styles.width = width
        item, place = self._item, self.session.at
        where = _("{title}  ·  {number} of {count}")
        where = where.format(title=self.session.title(item), number=place + 1, count=len(self.session.items))
        asked, score, given = item.text, "", ""
        self._typed.display = self._view == "question" and item.type in TYPED
        listed: Callable[[bool], Content] = partial(self._listed, item, width)
        if self._view == "help":
            said = onstage.aid(self.session, item)
            listed = lambda _apart: filled(said, width)  # noqa: E731
        elif self._view == "score":
            asked, score, said = onstage.result(self.session.scorecard)
            where = self.session.checklist.title
            listed = lambda _apart: filled(said, width)  # noqa: E731
        elif self._shown:
            given = self._said(item)
        texts = [filled(text, width) for text in (where, asked, given)]
        for apart, large in ((True, True), (False, True), (True, False), (False, False)):
            parts = [*texts[:2], listed(apart), texts[2]]
            needed = sum(height + 1 for part in parts if (height := len(part.plain.splitlines())))
            if needed + 4 * large + 4 * self._typed.display <= self._page.size.height:
                break
        self._count.display, self._score.display = large and self._view != "score", bool(score)
        self._count.update(str(place + 1))
        self._score.update(score)
        for part, content in zip((self._place, self._text, self._answers, self._given), parts, strict=True):
            part.update(content)
            part.display = bool(content.plain)

    def _listed(self, item: ProfileField | Question, width: int, apart: bool) -> Content:
        """The answers, or why there is nothing to answer."""
        if why := onstage.in_the_way(self.session, item):
            return filled(why, width)
        if item.type in TYPED:
            return Content("")
        answer = self.session.answer_to(item)
        return onstage.answers(item, answer, shown=self._shown, width=width, apart=apart)

    def _said(self, item: ProfileField | Question) -> str:
        """The answer where no mark in the list tells it, and what follows from it."""
        answer = self.session.answer_to(item)
        said = [f"▶  {onstage.given(item, answer)}"] if item.type in TYPED or answer is None else []
        if answer is None and (before := self.session.last_time(item, for_a_room=True)):
            said.append(before)
            said += [how_to_confirm(item)] if self.session.to_confirm(item) is not None else []
        return "\n".join([*said, *onstage.meaning(self.session, item)])

    # Answering

    def on_key(self, event: events.Key) -> None:
        """Single keys answer; of ten options and more one is picked by its number, and taken with Enter."""
        typed, self._number = self._number, ""
        if self._view != "question" or self._typed.has_focus or self._item is None or self._item.type in TYPED:
            return
        if are_many(self._item) and self._types_number(event, typed):
            event.stop()
            return
        for name, _shown, keys, _text in choices(self._item):
            if (event.character or " ").casefold() in keys.strip():
                event.stop()
                self.action_choose(name)
                return

    def _types_number(self, event: events.Key, typed: str) -> bool:
        """Whether a key belongs to the number of an option: a digit, Enter behind one, a digit taken back."""
        digit = event.character or ""
        if digit.isascii() and digit.isdigit():
            self._pick(typed + digit)
        elif typed and event.key == "backspace":
            self._pick(typed[:-1])
        elif typed and event.key == "enter":
            self.action_choose(self._numbers()[typed][0])
        else:
            if typed:  # another key: the number is forgotten, and does not stand there as if Enter took it
                self.tell("")
            return False
        return True

    def _numbers(self) -> dict[str, tuple[str, str]]:
        item = self.session.current
        return {shown: (name, text) for name, shown, _keys, text in choices(item) if shown.isdecimal()}

    def _pick(self, number: str) -> None:
        found = self._numbers().get(number)
        self._number = number if found else ""
        if not number:
            self.tell("")
        elif found:
            self.tell(_("{number}: {text}  ·  Enter takes it").format(number=number, text=one_line(found[1])))
        else:
            self.tell(_("There is no answer {number} here.").format(number=number))

    def type_digits(self, digits: str) -> bool:
        """As in `Dialog`."""
        if self._view != "question" or not are_many(self.session.current):
            return False
        for digit in digits:
            self._pick(self._number + digit)
        return True

    def taken_back(self, why: str) -> None:
        """As in `Dialog`."""
        self.show()
        self._say(why)

    def _say(self, done: str) -> None:
        """Say what was done and what that did; the score has a view of its own, and waits there until it is shown."""
        self.tell("  ·  ".join((done, *self.session.told(score=False))))

    def action_choose(self, choice: str) -> None:
        """Answer as the key would that stands for `choice`."""
        item = self.session.current
        if self._view != "question" or item.type in TYPED:
            return
        if choice == "na":
            self._ask_why(item)
            return
        self._keep(item, lambda: self.session.answer(item, answer_for(choice, item, self.session.answer_to(item))))

    def action_confirm(self) -> None:
        """Answer as last time; only where the room sees what that was."""
        item = self.session.current
        if self._view != "question" or not self._shown:
            self.tell(_("Show the answer first: space."))
        elif self._typed.value.strip():
            self.tell(_("What was typed is not kept yet: Enter keeps it, Esc lets go of it."))
        else:
            self._keep(item, lambda: self.session.confirm(item))

    def _ask_why(self, item: ProfileField | Question) -> None:
        def keep(reason: str) -> None:
            self.session.may_answer(item)
            self.session.answer(item, not_applicable(reason))
            self._after()

        heading = _("Why can this control not apply to this depot?")
        self.app.push_screen(TextDialog(heading, "", keep, needed=True, is_answer=True))

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """What the room says was typed and confirmed; an empty field is none."""
        event.stop()
        self.keep_typed()

    def keep_typed(self) -> bool:
        """Keep what stands in the field, and say whether nothing is left to keep."""
        value, item = self._typed.value, self.session.current
        if not (self._typed.display and value.strip()):
            return True
        return self._keep(item, lambda: self.session.answer_typed(item, value))

    def _keep(self, item: ProfileField | Question, keep: Callable[[], Answer | None]) -> bool:
        """Keep an answer and show it; why it could not be kept is told here without a path or a name."""
        try:
            self.session.may_answer(item)
            keep()
        except AnswerError as error:
            self.tell(one_line(f"! {error}"))
        except StockcheckError as error:
            self.app.tell(one_line(str(error)), trouble=True)
            self.tell("! " + _("Not saved. The usual screen says why: F5 goes there."))
        else:
            self._after()
            return True
        return False

    def _after(self) -> None:
        self._shown = True
        self._typed.value = ""
        self.show()
        self._say(_("Saved."))

    # Actions

    def _move(self, moved: bool) -> None:
        if moved:
            self.show()
        else:
            self.tell(_("There is no question there."))

    def action_forward(self) -> None:
        """Go to the next question."""
        if self.keep_typed():
            self._move(self.session.forward())

    def action_back(self) -> None:
        """Go to the question before."""
        if self.keep_typed():
            self._move(self.session.back())

    def action_next_open(self) -> None:
        """Go to the next question without an answer."""
        if self.keep_typed():
            self._move(self.session.next_open())

    def action_jump(self) -> None:
        """Find a question by its words."""

        def found(item: ProfileField | Question | None) -> None:
            if item is not None:
                self.session.go_to(item)
            self.show()

        if self.keep_typed():
            self.app.push_screen(SearchDialog(self.session), found)

    def action_reveal(self) -> None:
        """Show the answer and what follows from it, or cover it."""
        self._shown, self._view = not self._shown or self._view != "question", "question"
        if not self._shown:
            self.tell("")  # what the answer did would tell it
        self.show()

    def action_cover(self) -> None:
        """Cover the answer, the score, the help: only the question is in sight."""
        self._shown, self._view = False, "question"
        self.tell("")
        self.show()

    def _turn(self, view: View) -> None:
        if self.keep_typed():
            self._view = "question" if self._view == view else view
            self.show()

    def action_score(self) -> None:
        """Show how the assessment stands, or go back to the question."""
        self._turn("score")

    def action_aid(self) -> None:
        """Show the help with the question, or go back to it."""
        self._turn("help")

    def action_palette(self) -> None:
        """Offer everything that can be done here."""
        self.app.offer(self._commands())

    def _commands(self) -> Iterator[Command]:
        return on_stage(self.session.current, self.app.theme)

    def action_let_go(self) -> None:
        """Let go of what was typed; then of help and score; then leave."""
        if self._typed.value:
            self._typed.value = ""
        elif self._view != "question":
            self.action_cover()
        else:
            self.action_leave()

    def lets_go(self) -> bool:
        """As in `Dialog`."""
        return self.keep_typed()

    def action_leave(self) -> None:
        """Go back to the usual screen, at this question."""
        if self.keep_typed():
            self.dismiss()


def filled(text: str, width: int) -> Content:
    """`text` in lines of `width` cells at most."""
    lines = (line for part in clean(text).splitlines() for line in textwrap.wrap(part, width) or [""])
    return Content("\n".join(lines))
