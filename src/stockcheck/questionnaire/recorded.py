"""What was recorded of a question, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from stockcheck.answers.stored import from_json
from stockcheck.answers.worded import answer_in_words
from stockcheck.assessment.events import Event
from stockcheck.assessment.redaction import Redaction, in_words, name_of, readable
from stockcheck.checklist.model import ProfileField, Question
from stockcheck.errors import AnswerError
from stockcheck.language import _
from stockcheck.plaintext import whole


def history(item: ProfileField | Question, events: Sequence[Event], on: dt.date) -> list[tuple[Event, str]]:
    """Each of `events`, all that bear the item's id, that is about it, with its number and what it recorded in words,
    the oldest first; `on` is the date of the assessment.

    Names and words are fit to be answer_in_words, whatever the file holds.
    """
    wanted = {"profile"} if isinstance(item, ProfileField) else {"answer", "note", "flag", "review"}
    found = [event for event in events if event.kind in wanted]
    numbers = {event.seq for event in found}
    for event in events:
        if event.kind == "redact" and Redaction.of(event).entry in numbers:
            found.append(event)
            numbers.add(event.seq)  # for its own name may have been removed later
    found.sort(key=lambda event: event.seq)
    return [(replace(event, by=name_of(event)), f"#{event.seq} {_in_words(item, event, on)}") for event in found]


def _in_words(item: ProfileField | Question, event: Event, on: dt.date) -> str:
    data = readable(event.data)
    if event.kind == "redact":
        redaction = Redaction.of(event)
        return in_words(redaction)
    if event.kind == "note":
        return _("Note: {text}").format(text=whole(str(data["text"]))) if data["text"] else _("Note taken back")
    if event.kind == "review":
        if data["accept"]:
            return _("Countersigned: not applicable")
        return _("Sent back: {why}").format(why=whole(str(data["why"])))
    if event.kind == "flag":
        return _("Flagged") if data["set"] else _("Flag taken away")
    if data is None:
        return _("Answer taken back")
    try:
        return answer_in_words(item, from_json(item, data, on))
    except AnswerError:  # given to an earlier version of the question
        return _as_given(data)


def _as_given(data: dict[str, object]) -> str:
    """A stored answer in words, without the question that it was given to."""
    if "na" in data:
        return _("Not applicable: {why}").format(why=whole(str(data["na"])))
    if data.get("unknown") is True:
        return _("Unknown")
    value = data.get("value", "")
    return whole("; ".join(map(str, value)) if isinstance(value, list) else str(value))
