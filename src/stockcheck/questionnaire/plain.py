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
from stockcheck.plaintext import clean
from stockcheck.questionnaire.session import PROFILE, Session
from stockcheck.scoring.scope import Standing

_BY_ID = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*=(.*)", re.DOTALL)

Say = Callable[[str], None]


class _Leave(Exception):  # noqa: N818  # not an error: the person is done
    """The person asked to stop."""


class PlainQuestionnaire:
    """Reads lines, keeps answers, says one thing at a time through `say`."""

    def __init__(self, session: Session, say: Say, *, patient: bool) -> None:
        """`patient`: ask again after a wrong line, as one does with a person, instead of raising."""
        self.session = session
        self.say = say
        self.patient = patient
        self.saved = 0
        self._section: str | None = None

    def run(self, lines: Iterable[str]) -> None:
        """Go through `lines` until they end or say to stop.

        Raises `StockcheckError` naming the line, unless `patient`, for one that cannot be kept; whatever came before
        is saved. When nothing can be written any more, raises in either case.
        """
        self._welcome()
        self._ask()
        for number, line in enumerate(lines, start=1):
            try:
                self._take(line.rstrip("\r\n"))
            except _Leave:
                break
            except AssessmentFileError:
                raise
            except StockcheckError as error:
                if not self.patient:
                    place = _("Line {number}: {message}").format(number=number, message=error.message)
                    hint = ngettext(
                        "Nothing from this line on was read; {n} entry before it is saved.",
                        "Nothing from this line on was read; {n} entries before it are saved.",
                        self.saved,
                    ).format(n=self.saved)
                    raise AnswerError(place, f"{error.hint}\n{hint}".strip()) from error
                self.say(str(error))
        self._farewell()

    def _take(self, line: str) -> None:
        session = self.session
        text = line.strip()
        if not text:
            if self.patient:
                session.forward()
                self._ask()
            return
        if text.startswith("#") and not self.patient:
            return  # a comment in a script
        if text.startswith(":") and not text.startswith("::"):
            self._command(text)
        elif (match := _BY_ID.fullmatch(text)) and (item := self._named(match[1])) is not None:
            self._answer(item, match[2].strip())
        else:
            self._answer(session.current, text.removeprefix(":") if text.startswith("::") else text)
            session.next_open()
            self._ask()

    def _named(self, name: str) -> ProfileField | Question | None:
        item = self.session.find(name)
        if item is None and self.session.current.type != "text":
            raise AnswerError(_("There is no question {id}.").format(id=clean(name, limit=60)))
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
            "again": lambda _rest: self._ask(),
            "help": lambda _rest: self._help(),
            "sections": lambda _rest: self._sections(),
            "quit": self._quit,
        }
        fitting = [command for known, command in commands.items() if name and known.startswith(name.casefold())]
        if len(fitting) != 1:
            raise AnswerError(
                _("There is no command :{name}.").format(name=clean(name, limit=40)),
                _("Commands: {names}.").format(names=", ".join(f":{known}" for known in commands)),
            )
        fitting[0](rest.strip())

    def _moved(self, moved: bool) -> None:
        if moved:
            self._ask()
        else:
            self.say(_("There is no question there."))

    def _go(self, name: str) -> None:
        item = self.session.find(name)
        if item is None:
            raise AnswerError(_("There is no question {id}.").format(id=clean(name, limit=60)))
        self.session.go_to(item)
        self._ask()

    def _find(self, words: str) -> None:
        found = self.session.search(words) if words else []
        for item in found[:20]:
            self.say(f"{item.id}  {item.text}")
        self.say(_("{n} found.").format(n=len(found)))

    def _note(self, text: str) -> None:
        self.session.note(self.session.current, text)
        self.saved += 1
        self.say(_("Note saved with {id}.").format(id=self.session.current.id))

    def _flag(self, _rest: str) -> None:
        flagged = self.session.toggle_flag(self.session.current)
        self.saved += 1
        words = _("{id} is flagged.") if flagged else _("{id} is no longer flagged.")
        self.say(words.format(id=self.session.current.id))

    def _clear(self, _rest: str) -> None:
        self.session.answer(self.session.current, None)
        self._say_saved(self.session.current)
        self._ask()

    def _history(self, _rest: str) -> None:
        events = self.session.history(self.session.current)
        for event, words in events:
            self.say(f"{moment(event.moment)}  {clean(event.by)}: {words}")
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

    def _ask(self) -> None:
        for line in self._question():
            self.say(line)

    def _question(self) -> Iterator[str]:
        session = self.session
        item = session.current
        if session.first_open() is None:
            yield _("Every question that applies has an answer. :go ID changes one; :quit stops.")
            return
        section = session.section(item)
        if section != self._section:
            self._section = section
            titles = {part.section: part.title for part in session.progress()}
            yield f"== {titles.get(PROFILE if section == PROFILE else section, section)} =="
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
        self.say(
            _("{saved} entries saved. {waiting} questions wait for an answer.").format(
                saved=self.saved, waiting=waiting
            )
        )
