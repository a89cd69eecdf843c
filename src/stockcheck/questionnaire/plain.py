"""The questionnaire line by line: for pipes, scripts, serial consoles and screen readers.

One line in, one answer. A line that starts with a colon is a command; ``ID=answer`` answers any question by its id.
At a terminal a wrong line is asked again. From a pipe the first wrong line ends the sitting: what follows was meant
for questions that would no longer match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from stockcheck.checklist.answers import shown
from stockcheck.checklist.model import Asked, ProfileField, Question
from stockcheck.checklist.provenance import Origin, provenance_of
from stockcheck.errors import AnswerError, AssessmentFileError, StockcheckError
from stockcheck.language import _, moment, ngettext, percent
from stockcheck.plaintext import clean, one_line
from stockcheck.questionnaire.lines import text_of
from stockcheck.questionnaire.session import Session
from stockcheck.scoring.scope import Standing

_BY_ID = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*=(.*)", re.DOTALL)

Say = Callable[[str], None]


class _Leave(Exception):  # noqa: N818  # not an error: the person is done
    """The person asked to stop."""


class PlainQuestionnaire:
    """Reads lines, keeps answers, says one thing at a time through `say`."""

    def __init__(self, session: Session, say: Say, *, patient: bool, encoding: str = "utf-8") -> None:
        """`patient`: ask again after a wrong line, as one does with a person, instead of raising.

        `encoding`: what the lines are written in.
        """
        self.session = session
        self.patient = patient
        self.saved = 0
        self._say = say
        self._encoding = encoding
        self._section: str | None = None
        self._asked: Asked | None = None
        self._standing_when_asked: Standing | None = None

    def say(self, text: str) -> None:
        """Say `text`, line by line. Everything that is said goes through here, and none of it steers the terminal."""
        for line in text.split("\n"):
            self._say(clean(line))

    def run(self, lines: Iterable[bytes]) -> None:
        """Go through `lines` until they end or say to stop.

        Raises `StockcheckError` naming the line, unless `patient`, for one that cannot be kept; whatever came before
        is saved. When nothing can be written any more, raises in either case.
        """
        self._welcome()
        self._ask()
        for number, line in enumerate(lines, start=1):
            try:
                self._take(text_of(line, self._encoding))
            except _Leave:
                break
            except StockcheckError as error:
                if not self.patient:
                    raise self._at_line(number, error) from error
                if isinstance(error, AssessmentFileError):
                    raise
                self.say(str(error))
        self._farewell()

    def _at_line(self, number: int, error: StockcheckError) -> StockcheckError:
        """`error` with the place where it arose, and what was kept before."""
        place = _("Line {number}: {message}").format(number=number, message=error.message)
        hint = ngettext(
            "Nothing from this line on was read; {n} entry before it is saved.",
            "Nothing from this line on was read; {n} entries before it are saved.",
            self.saved,
        ).format(n=self.saved)
        kind = AssessmentFileError if isinstance(error, AssessmentFileError) else AnswerError
        return kind(place, f"{error.hint}\n{hint}".strip())

    def _take(self, line: str) -> None:
        session = self.session
        text = line.strip()
        if not text:
            if self.patient:
                session.forward()
                self._ask_current()
            return
        if text.startswith("#") and not self.patient:
            return  # a comment in a script
        if text.startswith(":") and not text.startswith("::"):
            self._command(text)
        elif (match := _BY_ID.fullmatch(text)) and (item := self._named(match[1])) is not None:
            self._answer(item, match[2].strip())
            if self._asked is not None and session.standing(self._asked) is not self._standing_when_asked:
                self._ask_next()  # or the next line would answer what this one has settled
        else:
            self._answer(self._what_is_asked(), text.removeprefix(":") if text.startswith("::") else text)
            self._ask_next()

    def _what_is_asked(self) -> Asked:
        """The item that a line without an id is about."""
        if self._asked is None:
            raise AnswerError(
                _("No question is being asked: every question that applies has an answer."),
                _("ID=answer changes an answer; :go ID shows a question first."),
            )
        return self._asked

    def _named(self, name: str) -> ProfileField | Question | None:
        item = self.session.find(name)
        if item is None and (self._asked is None or self._asked.type != "text"):
            raise AnswerError(_("There is no question {id}.").format(id=one_line(name, limit=60)))
        return item

    def _answer(self, item: Asked, typed: str) -> None:
        self.session.answer_typed(item, typed)
        self._say_saved(item)

    def _say_saved(self, item: Asked) -> None:
        self.saved += 1
        total = self.session.scorecard.overall
        score = percent(total.lower)
        if not total.complete:
            score = _("{lower} to {upper}").format(lower=score, upper=percent(total.upper))
        self.say(_("Saved {id}. Score {score}.").format(id=self.session.name(item), score=score))
        if consequence := self.session.consequence():
            self.say(consequence)
        if self.session.standing(item) in (Standing.PENDING, Standing.DORMANT):
            self.say(
                _("{id} does not apply as things stand; the answer is kept and counts nowhere.").format(id=item.id)
            )

    # Commands

    def _command(self, text: str) -> None:
        name, _space, rest = text[1:].strip().partition(" ")
        commands: dict[str, Callable[[str], None]] = {
            "back": lambda _rest: self._moved(self.session.back()),
            "skip": lambda _rest: self._moved(self.session.forward()),
            "open": lambda _rest: self._moved(self.session.next_open()),
            "go": self._go,
            "find": self._find,
            "note": self._note,
            "flag": self._flag,
            "clear": self._clear,
            "history": self._history,
            "again": lambda _rest: self._ask_current(),
            "help": lambda _rest: self._help(),
            "sections": lambda _rest: self._sections(),
            "quit": self._quit,
        }
        fitting = [command for known, command in commands.items() if name and known.startswith(name.casefold())]
        if len(fitting) != 1:
            raise AnswerError(
                _("There is no command :{name}.").format(name=one_line(name, limit=40)),
                _("Commands: {names}.").format(names=", ".join(f":{known}" for known in commands)),
            )
        fitting[0](rest.strip())

    def _moved(self, moved: bool) -> None:
        if moved:
            self._ask_current()
        else:
            self.say(_("There is no question there."))

    def _go(self, name: str) -> None:
        item = self.session.find(name)
        if item is None:
            raise AnswerError(_("There is no question {id}.").format(id=one_line(name, limit=60)))
        self.session.go_to(item)
        self._ask_current()

    def _find(self, words: str) -> None:
        found = self.session.search(words) if words else []
        for item in found[:20]:
            self.say(f"{item.id}  {item.text}")
        self.say(_("{n} found.").format(n=len(found)))

    def _note(self, text: str) -> None:
        self.session.note(self.session.current, text)
        self.saved += 1
        self.say(_("Note saved with {id}.").format(id=self.session.current.id))
        self._say_notice()

    def _flag(self, _rest: str) -> None:
        flagged = self.session.toggle_flag(self.session.current)
        self.saved += 1
        words = _("{id} is flagged.") if flagged else _("{id} is no longer flagged.")
        self.say(words.format(id=self.session.current.id))
        self._say_notice()

    def _say_notice(self) -> None:
        if notice := self.session.file.take_notice():
            self.say(notice)

    def _clear(self, _rest: str) -> None:
        item = self._what_is_asked()
        self.session.answer(item, None)
        self._say_saved(item)
        self._ask_current()

    def _history(self, _rest: str) -> None:
        events = self.session.history(self.session.current)
        for event, words in events:
            indented = words.replace("\n", "\n  ")  # a line of a note is not taken for an entry of its own
            self.say(f"{moment(event.moment)}  {one_line(event.by)}: {indented}")
        if not events:
            self.say(_("Nothing has been recorded here yet."))

    def _sections(self) -> None:
        for part in self.session.progress():
            self.say(f"{part.title}: {part.settled}/{part.asked}")

    def _quit(self, _rest: str) -> None:
        raise _Leave

    # What is said

    def _welcome(self) -> None:
        state = self.session.file.state
        if state.marking:
            self.say(state.marking)
        self.say(f"{state.depot}. {self.session.checklist.title}.")
        origin = provenance_of(self.session.file.checklist)
        if origin.origin is not Origin.SHIPPED:
            self.say(origin.statement)
        if self.session.file.read_only:
            self.say(self.session.file.read_only)
        if self.patient:
            self.say(_("Type an answer and press Enter; :help explains, :quit stops. Every answer is saved at once."))

    def _ask_next(self) -> None:
        self.session.next_open()
        self._ask()

    def _ask(self) -> None:
        """Ask what waits for an answer; nothing is asked where nothing does."""
        if self.session.is_done:
            self._asked = None
            self.say(_("Every question that applies has an answer. :go ID changes one; :quit stops."))
        else:
            self._ask_current()

    def _ask_current(self) -> None:
        """Ask the question that one has gone to, whether or not it has an answer."""
        self._asked = self.session.current
        self._standing_when_asked = self.session.standing(self._asked)
        for line in self._question(self.session.current):
            self.say(line)

    def _question(self, item: ProfileField | Question) -> Iterator[str]:
        session = self.session
        section = session.section(item)
        if section != self._section:
            self._section = section
            yield f"== {session.title(item)} =="
        critical = _(" (critical)") if isinstance(item, Question) and item.critical else ""
        yield f"{item.id}{critical}: {item.text}"
        if self.patient:
            yield from self._ways(item)
            if (answer := session.answer_to(item)) is not None:
                yield _("Now: {answer}").format(answer=shown(item, answer))

    def _ways(self, item: Asked) -> Iterator[str]:
        """How the item can be answered, one line a choice."""
        match item.type:
            case "control":
                yield _("yes, partial, no; ? for unknown; na: and why, if it cannot apply")
            case "choice" | "several":
                for number, option in enumerate(item.options.values(), start=1):
                    yield f"  {number}. {option.text}"
                if item.type == "several":
                    yield _("Type the numbers of all that apply, such as 1, 3; - for none.")
            case "number":
                yield _("a number; ? for unknown")
            case "date":
                yield _("a date as year-month-day; ? for unknown")
            case "text":
                yield _("free text on one line")

    def _help(self) -> None:
        item = self.session.current
        if item.help:
            self.say(item.help)
        if isinstance(item, Question) and item.evidence:
            self.say(_("What shows it: {evidence}").format(evidence=item.evidence))
        for way in self._ways(item):
            self.say(way)
        self.say(
            _(
                ":back, :skip, :open (next open), :go ID, :find words, :note text, :flag, :clear, :history, "
                ":sections, :again, :quit. ID=answer answers any question."
            )
        )

    def _farewell(self) -> None:
        waiting = sum(part.asked - part.settled for part in self.session.progress())
        saved = ngettext("{n} entry saved.", "{n} entries saved.", self.saved).format(n=self.saved)
        waits = ngettext("{n} question waits for an answer.", "{n} questions wait for an answer.", waiting)
        self.say(f"{saved} {waits.format(n=waiting)}")
