"""The parts of the questionnaire's screen: sections, a question with its answers, the score, the keys.

Each shows the values that it is given; none knows where they come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from stockcheck.answers.answer import Answer
from stockcheck.answers.worded import answer_in_words
from stockcheck.checklist.model import ProfileField, Question
from stockcheck.language import _
from stockcheck.language.typed import Meaning, keys
from stockcheck.plaintext import clean
from stockcheck.questionnaire import headline
from stockcheck.questionnaire.agenda import Progress
from stockcheck.questionnaire.last_time import said_to_confirm
from stockcheck.questionnaire.screen.keyline import fitted
from stockcheck.questionnaire.screen.options import Options
from stockcheck.questionnaire.screen.view import TYPED, View
from stockcheck.scoring.scorecard import Scorecard

#: Words that have a key of their own, whether they answer a control or are the name of an option.
_WITH_A_KEY: dict[str, Meaning] = {"yes": "yes", "partial": "partial", "no": "no"}


def plain(*parts: str | tuple[str, str] | Content) -> Content:
    """`parts`, each a text or a text and its style, as the screen shows them: nothing in them steers the terminal."""
    return Content.assemble(
        *(
            part if isinstance(part, Content) else clean(part) if isinstance(part, str) else (clean(part[0]), part[1])
            for part in parts
        )
    )


class SectionList(Options):
    """The sections with their progress; Enter goes to the first open question of one."""

    def show(self, parts: Iterable[Progress], here: str) -> None:
        """Bring every line up to date, touching only what changed; `here` is the section that is being asked."""
        rows = []
        for part in parts:
            # Never a space: a line that may not wrap loses those it begins with.
            mark = "✓" if part.asked and part.settled == part.asked else "·"
            count = f"{part.settled}/{part.asked}" if part.asked else "–"
            pointer = "▸" if part.section == here else " "
            waits = f"{said_to_confirm(part.to_confirm)}: " if part.to_confirm else ""
            rows.append((f"section:{part.section}", plain(f"{mark}{pointer} {count:>7}  {waits}{part.title}")))
        if self.option_count != len(rows):
            self.clear_options()
            self.add_options([Option(content, id=name) for name, content in rows])
        for place, (name, content) in enumerate(rows):
            if self.get_option_at_index(place).prompt != content:
                self.replace_option_prompt_at_index(place, content)
            if name == f"section:{here}" and not self.has_focus:
                self.highlighted = place  # which also keeps it in sight where there are more sections than rows


class AnswerList(Options):
    """The answers to pick from, each with its key and a mark that shows whether it is chosen."""

    # All answers are in sight, and the page keys are wanted for what stands below them.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("pagedown", "app.read_on"), Binding("pageup", "app.read_back")]

    def __init__(self) -> None:
        super().__init__(id="answers")
        self._by_key: dict[str, str] = {}
        self._numbers: dict[str, tuple[int, str]] = {}

    @property
    def wants_a_number(self) -> bool:
        """Whether there are so many that one is picked by its number and Enter, not by one digit."""
        return bool(self._numbers)

    def pick(self, number: str) -> str:
        """Highlight the option of that number, and no other, and give its text; empty where there is none."""
        place, text = self._numbers.get(number, (None, ""))
        self.highlighted = place
        self.focus(scroll_visible=False)
        return text

    def offers(self, option: Option) -> bool:
        """Whether `option` is one of these answers, and not one to a question that was shown before."""
        return option.id is not None and option in self.options

    def by_key(self, key: str) -> str | None:
        """The answer that a key stands for."""
        return self._by_key.get(key.casefold())

    def forget_keys(self) -> None:
        """Offer nothing: the item that is shown is answered by typing."""
        self._by_key, self._numbers = {}, {}

    def show(self, item: ProfileField | Question, answer: Answer | None, *, anew: bool) -> None:
        """Offer the answers to `item`; `anew` when it is another item than before."""
        rows = list(choices(item))
        self._by_key = {key: name for name, _shown, keys, _text in rows for key in keys}
        numbers = {shown: (place, text) for place, (_name, shown, _keys, text) in enumerate(rows) if shown.isdecimal()}
        self._numbers = numbers if are_many(item) else {}
        width = 2 if self._numbers else 1
        contents = [plain(f"{_mark(item, name, answer)} {shown:>{width}}  {text}") for name, shown, _keys, text in rows]
        if not anew:
            for place, content in enumerate(contents):
                self.replace_option_prompt_at_index(place, content)
            return
        self.clear_options()
        self.add_options(
            [Option(content, id=name) for (name, _shown, _keys, _text), content in zip(rows, contents, strict=True)]
        )
        chosen = [place for place, (name, *_) in enumerate(rows) if is_chosen(name, answer)]
        self.highlighted = chosen[0] if chosen else None


def are_many(item: ProfileField | Question) -> bool:
    """Whether a digit alone could be the first of two."""
    return len(item.options) > 9


def choices(item: ProfileField | Question) -> Iterator[tuple[str, str, str, str]]:
    """Each answer's name, the key or the number that is shown, the keys that give it at once, and its text."""
    if item.type == "control":
        words = {"yes": _("Yes"), "partial": _("Partial"), "no": _("No")}
        for word, text in words.items():
            letters = keys(_WITH_A_KEY[word])
            yield f"word:{word}", letters[0], letters, text
    for number, (word, option) in enumerate(item.options.items(), start=1):
        also = _WITH_A_KEY.get(word)
        digit = "" if are_many(item) else str(number)
        yield f"word:{word}", str(number), digit + (keys(also) if also else ""), option.text
    if item.type == "several" and not (isinstance(item, ProfileField) and item.least):
        yield "none", "0", "" if are_many(item) else "0", _("None of these")
    if item.type not in TYPED:
        letters = keys("unknown")
        yield "unknown", letters[0], letters, _("Unknown")
        if isinstance(item, Question) and item.na:
            letters = keys("not_applicable")
            yield "na", letters[0], letters, _("Not applicable, because …")


def is_chosen(name: str, answer: Answer | None) -> bool:
    """Whether `answer` is, or has among it, the choice called `name`."""
    if answer is None:
        return False
    if answer.value is None:
        return name == answer.status
    if isinstance(answer.value, tuple):
        return name.removeprefix("word:") in answer.value if answer.value else name == "none"
    return name == f"word:{answer.value}"


def _mark(item: ProfileField | Question, name: str, answer: Answer | None) -> str:
    chosen = is_chosen(name, answer)
    if item.type == "several" and name.startswith("word:"):
        return "[x]" if chosen else "[ ]"
    return "(•)" if chosen else "( )"


class TypedAnswer(Input):
    """One line to type an answer in."""

    def _on_paste(self, event: events.Paste) -> None:
        """Make one line of what is pasted. Textual's own handler comes after this one and drops all but the first."""
        event.text = "; ".join(line.strip() for line in event.text.splitlines() if line.strip())


class QuestionPanel(VerticalScroll):
    """One question: where it stands, its text, its answers, what helps to answer it, the note."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._shown: tuple[bool, str] | None = None
        self._before = ""
        #: The answers to pick from, and the line to type one in: one of them is in sight.
        self.answers, self.typed = AnswerList(), TypedAnswer(id="typed")
        self._place, self._text = Static(id="place"), Static(id="text")
        self._notice, self._help, self._note = Static(id="notice"), Static(id="help"), Static(id="note")

    def compose(self) -> ComposeResult:
        """Everything is there from the start and filled in by `show`."""
        yield from (self._place, self._text, self.answers, self.typed, self._notice, self._help, self._note)

    def forget_typed(self) -> None:
        """Put back what stood in the field before."""
        self.typed.value = self._before

    @property
    def unsaved(self) -> str:
        """What stands typed and has not been kept; empty when there is nothing."""
        value = self.typed.value.strip()
        return value if self.typed.display and not self.typed.disabled and value != self._before else ""

    def show(self, asked: View) -> None:
        """Paint an item."""
        item, answer = asked.item, asked.answer
        anew = asked.key != self._shown
        self._shown = asked.key
        self._place.update(_place(asked))
        self._text.update(plain(item.text))
        typed = self.typed
        typed.display = item.type in TYPED
        self.answers.display = not typed.display
        if typed.display:
            self._before = clean(_as_typed(item, answer)).replace("\n", " ")
            typed.value = self._before
            typed.border_subtitle = plain(_what_fits(item))
            typed.disabled = not asked.takes_an_answer
            self.answers.forget_keys()
        else:
            self.answers.show(item, answer, anew=anew)
        self._notice.update(plain(asked.notice))
        self._notice.display = bool(asked.notice)
        self._help.update(_help(item, asked.help))
        self._note.update(plain((_("Note: "), "bold"), asked.note) if asked.note else plain())
        self._note.display = bool(asked.note)
        if anew:
            self.scroll_home(animate=False)
            self.take_focus()

    def take_focus(self) -> None:
        """Put the focus where the answer is given."""
        typed = self.typed
        target = self if typed.display and typed.disabled else typed if typed.display else self.answers
        target.focus(scroll_visible=False)


def _place(asked: View) -> Content:
    item = asked.item
    words = _("{title}  ·  {number} of {count}").format(title=asked.title, number=asked.number, count=asked.count)
    if asked.to_confirm:
        words += "  ·  " + said_to_confirm(asked.to_confirm)
    if isinstance(item, ProfileField):
        return plain(words)
    standing = _("level {level}, weight {weight}") if asked.levels else _("weight {weight}")
    details = f"{item.id}  ·  " + standing.format(level=item.level, weight=item.weight)
    marks = [_("CRITICAL")] if item.critical else []
    marks += [_("⚑ FLAGGED")] if asked.flagged else []
    marks += [_("Evidence: {items}").format(items=asked.attached)] if asked.attached else []
    parts: list[Content | tuple[str, str]] = [plain(f"{words}\n{details if item.scored else item.id}")]
    parts += [(f"  ·  {mark}", "bold") for mark in marks]
    return plain(*parts)


def _as_typed(item: ProfileField | Question, answer: Answer | None) -> str:
    """An answer as it could have been typed."""
    if answer is None:
        return ""
    if answer.status == "unknown":
        return "?"
    if answer.status == "na":
        return f"na: {answer.justification}"
    return answer_in_words(item, answer)


def _what_fits(item: ProfileField | Question) -> str:
    """How to type an answer; it stays in sight while one is typed."""
    match item.type:
        case "number":
            ways = [_("a number"), _("? unknown")]
        case "date":
            ways = [_("year-month-day"), _("? unknown")]
        case _:
            return _("free text; Enter keeps it")
    if isinstance(item, Question) and item.na:
        ways.append(_("na: and why"))
    return "  ·  ".join([*ways, _("Enter keeps it")])


def _help(item: ProfileField | Question, said: str) -> Content:
    parts: list[str | tuple[str, str]] = []
    if said:
        parts += [said]
    if isinstance(item, Question):
        if item.evidence:
            parts += ["\n\n" if parts else "", (_("What shows it: "), "bold"), item.evidence]
        if item.references:
            parts += ["\n\n" if parts else "", (_("Source: "), "bold"), ", ".join(item.references)]
    return plain(*parts)


class ScoreLine(Static):
    """What was found, then the score with its interval, the level, and what is open."""

    def show(self, card: Scorecard) -> None:
        """Bring the line up to date."""
        total = card.overall
        found, rules = headline.found(card), headline.rules(card)
        first: list[str | tuple[str, str]] = [(found, "bold"), "  "] if found else []
        last = f" · {rules}" if rules else ""
        if total.lower is None or total.upper is None:
            self.update(plain(*first, _("Score: not applicable yet"), last))
            return
        if nothing := headline.nothing_answered(card):
            rest = " · ".join(part for part in (*headline.counts(card), headline.not_checked(card)) if part)
            self.update(plain((nothing, "bold"), f"  {rest}{last}"))
            return
        words = _("Score {score}").format(score=headline.score(card))
        rest = " · ".join(part for part in (headline.level(card), *headline.counts(card)) if part)
        self.update(plain(*first, (words, "bold"), "  ", bar(total.lower, total.upper), f"  {rest}{last}"))


def bar(lower: Fraction, upper: Fraction, width: int = 10) -> str:
    """The interval as a bar that reads without colour: full, possible, missing."""
    full, possible = int(lower * width), int(upper * width)
    return "█" * full + "▒" * (possible - full) + "·" * (width - possible)


class KeyLine(Static):
    """Which keys work now, as far as there is room for them."""

    _keys: tuple[tuple[str, str], ...] = ()

    def show(self, keys: Iterable[tuple[str, str]]) -> None:
        """Show `keys`, each a text and its action, the most wanted first; the last one always."""
        self._keys = tuple(keys)
        self._fit(self.size.width)

    def on_resize(self, event: events.Resize) -> None:
        """Show as many as there is room for now."""
        self._fit(event.size.width)

    def _fit(self, width: int) -> None:
        if self._keys:
            self.update(fitted(self._keys, width))
