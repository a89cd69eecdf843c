"""The questionnaire line by line: for pipes, scripts, serial consoles and screen readers.

One line in, one answer. A line that starts with a colon is a command; ``ID=answer`` answers any question by its id.
At a terminal a wrong line is asked again. From a pipe the first wrong line ends the sitting: what follows was meant
for questions that would no longer match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stockcheck.assessment.evidence import counted
from stockcheck.checklist.model import Asked, ProfileField, Question
from stockcheck.checklist.provenance import Origin, provenance_of
from stockcheck.errors import AnswerError
from stockcheck.language import _, ngettext
from stockcheck.plaintext import one_line
from stockcheck.questionnaire import commands, headline
from stockcheck.questionnaire.linewise import BY_ID, LineByLine, Say, named
from stockcheck.questionnaire.session import Session
from stockcheck.scoring.scope import Standing

#: What ids of questions look like: letters and a number. A word that a text begins with does not.
_LIKE_AN_ID = re.compile(r"[A-Za-z]+[-._]?\d+\w*")


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
        text = line.strip()
        if not text:
            self._skip()
        elif text.startswith("#") and not self.patient:  # a comment in a script; or the text asked for, by a number
            self.gap |= self._asked is not None and self._asked.type == "text"
        elif text.startswith(":") and not text.startswith("::"):
            commands.run(self, text)
        elif (match := BY_ID.fullmatch(text)) and (item := self._named(match[1], match[2])) is not None:
            asked = self._asked
            if self.patient and item is not asked:
                self.say(f"{item.id}: {item.text}")  # nothing is answered that was not shown
            self._answer(item, match[2].strip())
            if asked is not None and (item is asked or self._standing(asked) != self._standing_when_asked):
                self.ask_next()  # or the next line would answer what this one has settled
        else:
            self.check_no_gap()
            self._answer(self.what_is_asked(), text.removeprefix(":") if text.startswith("::") else text)
            self.ask_next()

    def _skip(self) -> None:
        """An empty line: a person goes on by it; in a script it may be an answer that is missing."""
        if self.patient:
            self.session.forward()
            self.ask_current()
        else:
            self.gap = True

    def _standing(self, item: Asked) -> tuple[Standing, str]:
        """How an item stands, and whether somebody has sent it back: what an answer settles."""
        return self.session.standing(item), self.session.reviewed(item)

    def what_is_asked(self) -> Asked:
        """The item that a line without an id is about."""
        if self._asked is None:
            raise AnswerError(
                _("No question is being asked: every question that applies has an answer."),
                _("ID=answer changes an answer; :go ID shows a question first."),
            )
        return self._asked

    def _named(self, name: str, rest: str) -> ProfileField | Question | None:
        """What a line names; while free text is asked for, a line that names nothing may be part of it.

        What looks like an id may as well be one that is misspelt: it is asked back.
        """
        asked = self._asked
        if asked is None or asked.type != "text" or _LIKE_AN_ID.fullmatch(name):
            try:
                return named(self.session, name)
            except AnswerError as error:
                if asked is None or asked.type != "text":
                    raise
                whole = one_line(f"{asked.id}={name}={rest}", limit=60)
                raise AnswerError(
                    error.message, _("If it is the text asked for, write: {line}").format(line=whole)
                ) from error
        return self.session.find(name)

    def _answer(self, item: Asked, typed: str) -> None:
        self.session.answer_typed(item, typed)
        self.saved += 1
        answer = one_line(self.session.said(item))
        self.say(_("Saved {id}: {answer}").format(id=self.session.name(item), answer=answer))
        self.say_effect(item)

    def say_effect(self, item: Asked) -> None:
        """What the answer to `item`, or that it was taken back, has done."""
        card = self.session.scorecard
        if found := headline.found(card):
            self.say(f"{found}.")
        if nothing := headline.nothing_answered(card):
            self.say(f"{nothing}.")
        else:
            self.say(_("Score {score}").format(score=headline.score(card)) + ".")
        self.say_told(score=False)  # which stands in the line before
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

    def say_told(self, *, score: bool) -> None:
        """What the last thing that was recorded did, a sentence each."""
        for told in self.session.told(score=score):
            self.say(f"{told[:1].upper()}{told[1:].removesuffix('.')}.")

    # What is said

    def _welcome(self) -> None:
        state = self.session.state
        if state.marking:
            self.say(state.marking)
        self.say(f"{state.called}. {self.session.checklist.title}.")
        origin = provenance_of(self.session.file.checklist)
        if origin.origin is not Origin.SHIPPED:
            self.say(origin.statement)
        if rules := headline.rules(self.session.scorecard):
            self.say(f"{rules}.")
        if self.session.file.read_only:
            self.say(self.session.file.read_only)
        if self.patient:
            self.say(_("Type an answer and press Enter; :help explains, :quit stops. Every answer is saved at once."))

    def ask_next(self) -> None:
        """Ask the next question that waits for an answer."""
        self.session.next_open()
        self._ask()

    def _ask(self) -> None:
        """Ask what waits for an answer; nothing is asked where nothing does."""
        if self.session.is_done:
            self._asked = None
            self.say(_("Every question that applies has an answer. :go ID changes one; :quit stops."))
        else:
            self.ask_current()

    def ask_current(self) -> None:
        """Ask the question that one has gone to, whether or not it has an answer."""
        self.gap = False
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
        if session.answer_to(item) is None and (before := session.last_time(item)):
            yield before
            if session.to_confirm(item) is not None:
                yield _("To answer as last time: :confirm")
        if now := session.said(item):
            yield _("Now: {answer}").format(answer=one_line(now))
        if isinstance(item, Question):
            if note := session.state.notes.get(item.id):
                yield _("Note: {text}").format(text=one_line(note))
            if items := session.state.evidence.get(item.id):
                yield _("Evidence: {items}").format(items=counted(items))
            if item.id in session.state.flags:
                yield _("Flagged")
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

    def say_help(self) -> None:
        """What helps to answer the question shown."""
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

    def end(self) -> None:
        """What is saved, and what is left."""
        waiting = sum(part.asked - part.settled for part in self.session.progress())
        saved = ngettext("{n} entry saved.", "{n} entries saved.", self.saved).format(n=self.saved)
        left = ngettext("{n} question waits for an answer.", "{n} questions wait for an answer.", waiting)
        self.say(f"{saved} {left.format(n=waiting)}")
        if confirm := sum(part.to_confirm for part in self.session.progress()):
            words = ngettext(
                "Of these, {n} was answered last time and waits to be confirmed.",
                "Of these, {n} were answered last time and wait to be confirmed.",
                confirm,
            )
            self.say(words.format(n=confirm))
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
