"""The commands of a sitting line by line: what each is called in words, what it takes, what it does, how help tells it.

A command is known by its English name in every language, by its word in the language in use, and by how either begins
where no other begins so. To add one, add it to `COMMANDS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from stockcheck.answers.worded import answer_in_words
from stockcheck.checklist.model import Asked
from stockcheck.errors import AnswerError
from stockcheck.language import N_, _, moment
from stockcheck.plaintext import folded, one_line
from stockcheck.questionnaire.attached import from_line
from stockcheck.questionnaire.last_time import said_to_confirm
from stockcheck.questionnaire.linewise import Leave, named
from stockcheck.questionnaire.overview import Filter, filters, listed, still_to_do
from stockcheck.questionnaire.session import Session

#: Hits of a search that are listed before the rest is only counted.
SHOWN = 20


class Sitting(Protocol):
    """What a command may ask of the sitting that it is given in. `saved` counts what was kept."""

    session: Session
    saved: int

    def say(self, text: str) -> None:
        """Say `text`."""

    def ask_current(self) -> None:
        """Show the question that one has gone to, and ask it."""

    def ask_next(self) -> None:
        """Go to the next question without an answer, and ask it."""

    def what_is_asked(self) -> Asked:
        """The question that was shown. Raises `AnswerError` when none is being asked."""

    def say_effect(self, item: Asked) -> None:
        """What became of the score and of other questions by the answer to `item`."""

    def say_told(self, *, score: bool) -> None:
        """What the last thing that was recorded did, with the score where that is wanted."""

    def say_help(self) -> None:
        """What helps to answer the question shown."""


@dataclass(frozen=True)
class Command:
    """One command. `word` and `takes`, what may stand behind it, are translated, as is what `help` says of it."""

    name: str
    word: str
    does: Callable[[Sitting, str], None]
    help: str
    takes: str = ""

    @property
    def called(self) -> str:
        """How it is written, in the language in use."""
        return " ".join(_(part) for part in (self.word, self.takes) if part)


def run(at: Sitting, line: str) -> None:
    """Do what `line`, which begins with a colon, says. Raises `AnswerError` where it names no one command."""
    name, _space, rest = line[1:].strip().partition(" ")
    command, rest = _meant(name), rest.strip()
    if rest and not command.takes:  # “:clear A-05” would clear another answer, the one shown
        raise AnswerError(
            _("{command} takes nothing behind it: it is about the question shown.").format(command=command.called),
            _("{command} shows a question first.").format(command=_BY_NAME["go"].called),
        )
    command.does(at, rest)


def _meant(name: str) -> Command:
    wanted = folded(name)
    own = {folded(_(command.word)).lstrip(":"): command for command in COMMANDS}
    for words in (own, _BY_NAME):
        if wanted in words:
            return words[wanted]
    for words in (own, _BY_NAME):
        fitting = [command for word, command in words.items() if wanted and word.startswith(wanted)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise AnswerError(
                _("“{text}” could mean several commands: {names}.").format(
                    text=":" + one_line(name, limit=40), names=", ".join(_(one.word) for one in fitting)
                )
            )
    raise AnswerError(
        _("There is no command :{name}.").format(name=one_line(name, limit=40)),
        _("Commands: {names}.").format(names=", ".join(_(command.word) for command in COMMANDS)),
    )


def _moved(at: Sitting, moved: bool) -> None:
    if moved:
        at.ask_current()
    else:
        at.say(_("There is no question there."))


def _go(at: Sitting, name: str) -> None:
    at.session.go_to(named(at.session, name))
    at.ask_current()


def _open(at: Sitting, _rest: str) -> None:
    """What still waits for an answer, by section."""
    waiting = at.session.waiting()
    for title, items in waiting:
        at.say(f"{title} ({len(items)}): " + ", ".join(item.id for item in items))
    if not waiting:
        at.say(_("Every question that applies has an answer."))


def _find(at: Sitting, words: str) -> None:
    found = at.session.search(words) if words else []
    for item in found[:SHOWN]:
        at.say(f"{item.id}  {item.text}")
    said = _("{n} found.").format(n=len(found))
    if len(found) > SHOWN:
        said += " " + _("Shown: the first {n}.").format(n=SHOWN)
    at.say(said)


#: How each kind of question that can be listed is called in one word.
_KINDS = {
    Filter.ALL: N_("all"),
    Filter.OPEN: N_("open"),
    Filter.GAPS: N_("gaps"),
    Filter.CRITICAL: N_("criticals"),
    Filter.FINDINGS: N_("findings"),
    Filter.FLAGGED: N_("flags"),
    Filter.NOTED: N_("notes"),
    Filter.WAITING: N_("aside"),
    Filter.COUNTERSIGNED: N_("countersigned"),
    Filter.TO_REVIEW: N_("recheck"),
    Filter.TO_CONFIRM: N_("confirm"),
    Filter.ROUTE: N_("route"),
}


def _list(at: Sitting, wanted: str) -> None:
    """The questions of a kind, each with its answer; without a kind, which there are and what is still to do."""
    session = at.session
    if not wanted:
        for kind in filters(session):
            name = _KINDS[kind]
            word, count = _(name), len(listed(session, kind))
            at.say(f"{word}: {kind.title} ({count})")
        at.say(" ".join(still_to_do(session)))
        return
    kind = _kind(wanted)
    found = listed(session, kind)
    for item in found:
        answer = session.said(item) or _("no answer")
        at.say(f"{item.id}  {one_line(item.text)}  ·  {one_line(answer, limit=60)}")
    at.say(f"{kind.title}: {len(found)}")


def _kind(word: str) -> Filter:
    """The kind that a word names or alone begins, in the language in use or in English. Raises `AnswerError`."""
    wanted = folded(word)
    for words in ({folded(_(name)): kind for kind, name in _KINDS.items()}, {n: kind for kind, n in _KINDS.items()}):
        fitting = [kind for name, kind in words.items() if name.startswith(wanted)]
        if wanted in words or len(fitting) == 1:
            return words.get(wanted) or fitting[0]
    raise AnswerError(
        _("“{text}” is no kind of question that can be listed.").format(text=one_line(word, limit=40)),
        _("Kinds: {names}.").format(names=", ".join(_(name) for name in _KINDS.values())),
    )


def _note(at: Sitting, text: str) -> None:
    item = at.what_is_asked()
    at.session.note(item, text)
    at.saved += 1
    if text:
        at.say(_("Note saved with {id}: {text}").format(id=item.id, text=one_line(text)))
    else:
        at.say(_("{id}: note taken back.").format(id=item.id))
    _say_notice(at)


def _flag(at: Sitting, _rest: str) -> None:
    item = at.what_is_asked()
    flagged = at.session.toggle_flag(item)
    at.saved += 1
    at.say((_("{id} is flagged.") if flagged else _("{id} is no longer flagged.")).format(id=item.id))
    _say_notice(at)


def _evidence(at: Sitting, rest: str) -> None:
    """Attach a file or the number of a record to the question shown; without either, list what is attached."""
    for line in from_line(at.session, at.what_is_asked(), rest):
        at.say(line)
    at.saved += bool(rest)


def _say_notice(at: Sitting) -> None:
    if notice := at.session.file.take_notice():
        at.say(notice)


def _clear(at: Sitting, _rest: str) -> None:
    item = at.what_is_asked()
    before = at.session.answer_to(item)
    if before is None:
        raise AnswerError(_("{id} has no answer: there is nothing to take back.").format(id=at.session.name(item)))
    at.session.answer(item, None)
    at.say(
        _("{id}: answer taken back. It was: {answer}").format(
            id=at.session.name(item), answer=one_line(answer_in_words(at.session.spoken(item), before))
        )
    )
    at.say_effect(item)
    at.ask_current()


def _confirm(at: Sitting, _rest: str) -> None:
    """Answer the question shown as it was answered last time, and ask the next."""
    item = at.what_is_asked()
    at.session.confirm(item)
    at.saved += 1
    answer = one_line(at.session.said(item))
    at.say(_("Confirmed {id}: {answer}").format(id=at.session.name(item), answer=answer))
    at.say_effect(item)
    at.ask_next()


def _take_back(at: Sitting, act: Callable[[], str]) -> None:
    """Undo or redo the last change of this sitting, and ask the question that it is about."""
    at.say(f"{act()}.")
    at.saved += 1
    at.say_told(score=True)
    at.ask_current()


def _history(at: Sitting, _rest: str) -> None:
    item = at.session.current
    at.say(f"{item.id}: {item.text}")
    events = at.session.history(item)
    for event, words in events:
        indented = words.replace("\n", "\n  ")  # a line of a note is not taken for an entry of its own
        at.say(f"{moment(event.moment)}  {one_line(event.by)}: {indented}")
    if not events:
        at.say(_("Nothing has been recorded here yet."))


def _sections(at: Sitting, _rest: str) -> None:
    for part in at.session.progress():
        waits = ", " + said_to_confirm(part.to_confirm) if part.to_confirm else ""
        at.say(f"{part.title}: {part.settled}/{part.asked}{waits}")


def _help(at: Sitting, _rest: str) -> None:
    at.say_help()
    at.say(_("Commands (how one begins will do):"))
    for command in COMMANDS:
        at.say("  " + command.called + "  " + _(command.help))
    at.say("  " + _("ID=answer  answers any question by its id"))


def _quit(_at: Sitting, _rest: str) -> None:
    raise Leave


#: Every command, in the order in which help lists them.
COMMANDS = (
    Command("back", N_(":back"), lambda at, _rest: _moved(at, at.session.back()), N_("the question before")),
    Command("skip", N_(":skip"), lambda at, _rest: _moved(at, at.session.forward()), N_("the question after this one")),
    Command("next", N_(":next"), lambda at, _rest: at.ask_next(), N_("the next question without an answer")),
    Command("open", N_(":open"), _open, N_("lists what has no answer yet")),
    Command("go", N_(":go"), _go, N_("shows a question, to be answered or changed"), N_("ID")),
    Command(
        "find", N_(":find"), _find, N_("searches ids, texts, options, notes, answers, section titles"), N_("WORDS")
    ),
    Command(
        "note", N_(":note"), _note, N_("keeps a note with this question; nothing behind it: takes it back"), N_("TEXT")
    ),
    Command(
        "evidence",
        N_(":evidence"),
        _evidence,
        N_(
            "attaches a file to this question; behind strip: a picture without what it says of itself, behind record: "
            "the number of a record; nothing behind it: lists what is attached"
        ),
        N_("PATH"),
    ),
    Command("flag", N_(":flag"), _flag, N_("flags this question for a second look, or takes the flag away")),
    Command(
        "confirm",
        N_(":confirm"),
        _confirm,
        N_("answers this question as last time, where the assessment began from an earlier one"),
    ),
    Command("clear", N_(":clear"), _clear, N_("takes the answer to this question back")),
    Command(
        "undo",
        N_(":undo"),
        lambda at, _rest: _take_back(at, at.session.undo),
        N_("takes back the last change of this sitting"),
    ),
    Command("redo", N_(":redo"), lambda at, _rest: _take_back(at, at.session.redo), N_("does again what was undone")),
    Command("history", N_(":history"), _history, N_("what has been recorded about this question")),
    Command("sections", N_(":sections"), _sections, N_("how far each section is")),
    Command(
        "list",
        N_(":list"),
        _list,
        N_("lists questions of a kind; nothing behind it: which kinds there are, what is still open"),
        N_("KIND"),
    ),
    Command("again", N_(":again"), lambda at, _rest: at.ask_current(), N_("shows this question again")),
    Command("help", N_(":help"), _help, N_("this help, and that of the question")),
    Command("quit", N_(":quit"), _quit, N_("stops; everything is saved")),
)
_BY_NAME = {command.name: command for command in COMMANDS}
