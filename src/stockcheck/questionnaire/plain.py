"""The questionnaire line by line: for pipes, scripts, serial consoles and screen readers.

One line in, one answer. A line that starts with a colon is a command; ``ID=answer`` answers any question by its id.
At a terminal a wrong line is asked again. From a pipe the first wrong line ends the sitting: what follows was meant
for questions that would no longer match.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stockcheck.checklist.model import Asked, ProfileField, Question
from stockcheck.checklist.provenance import Origin, provenance_of
from stockcheck.errors import AnswerError
from stockcheck.language import _, moment, ngettext
from stockcheck.plaintext import folded, one_line
from stockcheck.questionnaire import headline
from stockcheck.questionnaire.linewise import BY_ID, Leave, LineByLine, Say, named
from stockcheck.questionnaire.session import Session
from stockcheck.scoring.scope import Standing


class PlainQuestionnaire(LineByLine):
    """Reads lines, keeps answers, says one thing at a time through `say`."""

    def __init__(self, session: Session, say: Say, *, patient: bool, encoding: str = "utf-8") -> None:
        """As in `LineByLine`."""
        super().__init__(say, patient=patient, encoding=encoding)
        self.session = session
        self._section: str | None = None
        self._asked: Asked | None = None
        self._standing_when_asked: tuple[Standing, str] | None = None

    def begin(self) -> None:
        """Say what it is about, and ask the first question."""
        self._welcome()
        self._ask()

    def take(self, line: str) -> None:
        """One line: an answer to the question asked, or to any by its id, or a command."""
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
        elif (match := BY_ID.fullmatch(text)) and (item := self._named(match[1])) is not None:
            self._answer(item, match[2].strip())
            if self._asked is not None and self._standing(self._asked) != self._standing_when_asked:
                self._ask_next()  # or the next line would answer what this one has settled
        else:
            self._answer(self._what_is_asked(), text.removeprefix(":") if text.startswith("::") else text)
            self._ask_next()

    def _standing(self, item: Asked) -> tuple[Standing, str]:
        """How an item stands, and whether somebody has sent it back: what an answer settles."""
        return self.session.standing(item), self.session.reviewed(item)

    def _what_is_asked(self) -> Asked:
        """The item that a line without an id is about."""
        if self._asked is None:
            raise AnswerError(
                _("No question is being asked: every question that applies has an answer."),
                _("ID=answer changes an answer; :go ID shows a question first."),
            )
        return self._asked

    def _named(self, name: str) -> ProfileField | Question | None:
        """What a line names; while free text is asked for, a line that names nothing may be part of it."""
        if self._asked is not None and self._asked.type == "text":
            return self.session.find(name)
        return named(self.session, name)

    def _answer(self, item: Asked, typed: str) -> None:
        self.session.answer_typed(item, typed)
        self._say_saved(item)

    def _say_saved(self, item: Asked) -> None:
        self.saved += 1
        card, name = self.session.scorecard, self.session.name(item)
        if found := headline.found(card):
            self.say(f"{found}.")
        if nothing := headline.nothing_answered(card):
            self.say(_("Saved {id}. {nothing}.").format(id=name, nothing=nothing))
        else:
            self.say(_("Saved {id}. Score {score}.").format(id=name, score=headline.score(card)))
        self._say_told(score=False)  # which stands in the line before
        if self.patient and (remedy := self.session.remedy(item)):
            self.say(remedy)
        match self.session.standing(item):
            case Standing.PENDING | Standing.DORMANT:
                self.say(
                    _("{id} does not apply as things stand; the answer is kept and counts nowhere.").format(id=item.id)
                )
            case Standing.PART:
                self.say(
                    _("{id} fails with {parent}; the answer is kept and counts nowhere.").format(
                        id=item.id, parent=self.session.fails_with(item)
                    )
                )
            case Standing.SET_ASIDE:
                self.say(_("{id} is set aside: waits for a countersignature.").format(id=item.id))

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
            "undo": lambda _rest: self._take_back(self.session.undo),
            "redo": lambda _rest: self._take_back(self.session.redo),
            "history": self._history,
            "again": lambda _rest: self._ask_current(),
            "help": lambda _rest: self._help(),
            "sections": lambda _rest: self._sections(),
            "quit": self._quit,
        }
        fitting = [command for known, command in commands.items() if name and known.startswith(folded(name))]
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
        self.session.go_to(named(self.session, name))
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

    def _take_back(self, act: Callable[[], str]) -> None:
        """Undo or redo the last change of this sitting, and ask the question that it is about."""
        self.say(f"{act()}.")
        self.saved += 1
        self._say_told(score=True)
        self._ask_current()

    def _say_told(self, *, score: bool) -> None:
        """What the last thing that was recorded did, a sentence each."""
        for told in self.session.told(score=score):
            self.say(f"{told[:1].upper()}{told[1:].removesuffix('.')}.")

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
        raise Leave

    # What is said

    def _welcome(self) -> None:
        state = self.session.state
        if state.marking:
            self.say(state.marking)
        self.say(f"{state.depot}. {self.session.checklist.title}.")
        origin = provenance_of(self.session.file.checklist)
        if origin.origin is not Origin.SHIPPED:
            self.say(origin.statement)
        if rules := headline.rules(self.session.scorecard):
            self.say(f"{rules}.")
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
        self._standing_when_asked = self._standing(self._asked)
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
            if now := session.said(item):
                yield _("Now: {answer}").format(answer=now)
        if parent := session.fails_with(item):
            yield _("Fails with {parent}: not asked, and counts as not met.").format(parent=parent)
        if reviewed := session.reviewed(item):
            yield reviewed

    def _ways(self, item: Asked) -> Iterator[str]:
        """How the item can be answered, one line a choice."""
        match item.type:
            case "control":
                refused = isinstance(item, Question) and not item.na
                yield (
                    _("yes, partial, no; ? for unknown")
                    if refused
                    else _("yes, partial, no; ? for unknown; na: and why, if it cannot apply")
                )
            case "choice" | "several":
                for number, option in enumerate(item.options.values(), start=1):
                    yield f"  {number}. {option.text}"
                if isinstance(item, ProfileField) and item.least:
                    yield _("Type the numbers of all that apply, such as 1, 3.")
                elif item.type == "several":
                    yield _("Type the numbers of all that apply, such as 1, 3; - for none.")
            case "number":
                yield _("a number; ? for unknown")
            case "date":
                yield _("a date as year-month-day; ? for unknown")
            case "text":
                yield _("free text on one line")

    def _help(self) -> None:
        item = self.session.current
        if said := self.session.help(item):
            for part in said.split("\n\n"):
                self.say(part)
        if isinstance(item, Question) and item.evidence:
            self.say(_("What shows it: {evidence}").format(evidence=item.evidence))
        for term in self.session.terms(item):
            self.say(f"{term.term}: {term.text}")
        for way in self._ways(item):
            self.say(way)
        self.say(
            _(
                ":back, :skip, :open (next open), :go ID, :find words, :note text, :flag, :clear, :undo, :redo, "
                ":history, :sections, :again, :quit. ID=answer answers any question."
            )
        )

    def end(self) -> None:
        """What is saved, and what is left."""
        waiting = sum(part.asked - part.settled for part in self.session.progress())
        saved = ngettext("{n} entry saved.", "{n} entries saved.", self.saved).format(n=self.saved)
        left = ngettext("{n} question waits for an answer.", "{n} questions wait for an answer.", waiting)
        self.say(f"{saved} {left.format(n=waiting)}")
        if aside := len(self.session.set_aside_to_review()):
            words = ngettext(
                "{n} question is set aside: waits for a countersignature (stockcheck review).",
                "{n} questions are set aside: wait for a countersignature (stockcheck review).",
                aside,
            )
            self.say(words.format(n=aside))
        self._how_it_stands()

    def _how_it_stands(self) -> None:
        """What was found, in words, and what nobody has looked for; then the figures."""
        card = self.session.scorecard
        for line in card.findings.found:
            found = _("Found, a {kind}: {id} {text}")
            self.say(found.format(kind=headline.finding(line), id=line.question.id, text=line.question.text))
        if not_checked := headline.not_checked(card):
            names = ", ".join(line.question.id for line in card.findings.not_checked)
            self.say(f"{not_checked}: {names}.")
        if nothing := headline.nothing_answered(card):
            self.say(f"{nothing}.")
        else:
            score = _("Score {score}").format(score=headline.score(card))
            self.say(", ".join(part for part in (score, headline.level(card), *headline.counts(card)) if part) + ".")
