"""What can be done on the usual screen, and the lines that say so: one place for keys, words and actions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stockcheck.checklist.model import ProfileField, Question
from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.questionnaire import themes
from stockcheck.questionnaire.screen.palette import Command
from stockcheck.questionnaire.screen.panels import choices
from stockcheck.questionnaire.screen.view import TYPED

if TYPE_CHECKING:
    from stockcheck.questionnaire.screen.app import QuestionnaireApp


def commands(app: QuestionnaireApp) -> Iterator[Command]:
    """Every action, then the answers to the current question. What cannot be done now says why when it is tried."""
    yield from (
        Command("→", _("Next question"), "app.forward"),
        Command("←", _("Question before"), "app.previous"),
        Command("o", _("Next question without an answer"), "app.next_open"),
        Command("/", _("Search the questions"), "app.search"),
        Command("m", _("Write a note with this question"), "app.note"),
        Command("f", _("Flag this question for a second look, or take the flag away"), "app.flag"),
        Command("h", _("History of this question: who answered what, and when"), "app.history"),
        Command("e", _("Evidence: attach a photograph, a document or a record’s number"), "app.evidence"),
        Command("w", _("Review a question that somebody else has set aside"), "app.review"),
        Command("c", _("Take the answer back"), "app.clear"),
        Command("z", _("Undo the last change of this sitting"), "app.undo"),
        Command("x", _("Do again what was undone"), "app.redo"),
        Command("l", _("List the last changes"), "app.changes"),
        Command("v", _("Overview: sections, gaps, what is still open"), "app.overview"),
        Command("r", _("Say what to do about an answer that falls short, or no more"), "app.remedies"),
        Command("g", _("Show or hide the sections"), "app.sections"),
        Command("F5", _("Presentation for a room: one question, large"), "app.present"),
        Command("Ctrl+T", other_theme(app.theme), "app.next_theme"),
        Command("", _("Go to the shell for a while; fg and Enter come back"), "app.to_the_shell"),
        Command("F1", _("Help: the words in this question, the keys"), "app.help"),
        Command("q", _("Leave; everything is saved already"), "app.quit"),
    )
    if app.session.state.earlier is not None:
        yield Command("k", _("Confirm the answer of last time"), "app.confirm")
    yield from _answers(app.session.current, "app.answer")


def _answers(item: ProfileField | Question, action: str) -> Iterator[Command]:
    if item.type not in TYPED:
        for name, shown, _keys, text in choices(item):
            words = _("Answer: {answer}").format(answer=one_line(text, limit=46))
            yield Command(shown, words, f"{action}({name!r})")


def on_stage(item: ProfileField | Question, theme: str) -> Iterator[Command]:
    """Every action of the presentation, with the answers to `item`."""
    yield from (
        Command("→", _("Next question"), "screen.forward"),
        Command("←", _("Question before"), "screen.back"),
        Command(_("Space"), _("Show the answer, or cover it"), "screen.reveal"),
        Command(".", _("Cover everything but the question"), "screen.cover"),
        Command("%", _("Show the score, or the question again"), "screen.score"),
        Command("F1", _("Show the help with this question, or the question again"), "screen.aid"),
        Command("o", _("Next question without an answer"), "screen.next_open"),
        Command("/", _("Search the questions"), "screen.jump"),
        Command("Ctrl+T", other_theme(theme), "app.next_theme"),
        Command("F5", _("End the presentation"), "screen.leave"),
    )
    yield from _answers(item, "screen.choose")


def keys_of_presenter() -> list[tuple[str, str]]:
    """As `keys_of_screen`, for the presentation."""
    return [
        (_("→ next"), "screen.forward"),
        (_("← back"), "screen.back"),
        (_("Space answer"), "screen.reveal"),
        (_("% score"), "screen.score"),
        (_("F1 help"), "screen.aid"),
        (_("F5 end"), "screen.leave"),
        (_("Ctrl+P all"), "screen.palette"),
    ]


def other_theme(theme: str) -> str:
    """What the key for the next theme does, in words."""
    words = _("Change the colours: now {now}, then {then}")
    now, then = themes.in_words(theme), themes.in_words(themes.next_after(theme))
    return words.format(now=now.lower(), then=then.lower())


def keys_of_screen(*, in_a_field: bool, confirms: bool = False) -> list[tuple[str, str]]:
    """The keys that the last line shows, with their actions, the most wanted first; the last one always. `confirms`:
    an answer of last time waits to be confirmed.
    """
    more = (_("Ctrl+P all"), "app.palette")
    first = [(_("F12 confirm") if in_a_field else _("k confirm"), "app.confirm")] if confirms else []
    if in_a_field:
        return [
            *first,
            (_("Enter keeps it"), "app.keep_typed"),
            (_("Esc lets go"), "app.leave_input"),
            (_("PgDn on"), "app.read_on"),
            (_("PgUp back"), "app.read_back"),
            (_("F1 help"), "app.help"),
            (_("F6 open"), "app.next_open"),
            (_("F3 find"), "app.search"),
            (_("F4 note"), "app.note"),
            (_("F7 flag"), "app.flag"),
            (_("F8 history"), "app.history"),
            (_("F2 sections"), "app.sections"),
            (_("F5 present"), "app.present"),
            (_("F10 overview"), "app.overview"),
            (_("Ctrl+O evidence"), "app.evidence"),
            more,
        ]
    return [
        *first,
        (_("→ next"), "app.forward"),
        (_("← back"), "app.previous"),
        (_("o open"), "app.next_open"),
        *([] if confirms else [(_("/ find"), "app.search")]),
        (_("? help"), "app.help"),
        (_("q quit"), "app.quit"),
        (_("z undo"), "app.undo"),
        (_("v overview"), "app.overview"),
        (_("m note"), "app.note"),
        (_("f flag"), "app.flag"),
        (_("h history"), "app.history"),
        (_("g sections"), "app.sections"),
        (_("F5 present"), "app.present"),
        (_("e evidence"), "app.evidence"),
        more,
    ]
