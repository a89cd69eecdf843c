"""What was recorded of a question, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from stockcheck.answers.stored import from_json
from stockcheck.answers.worded import answer_in_words
from stockcheck.assessment import actions, evidence
from stockcheck.assessment.events import Event, asked_of, checklist_named, data_of, earlier_checklist, utc_moment
from stockcheck.assessment.redaction import Redaction, in_words, name_of, readable, shown_name, text_of
from stockcheck.assessment.sealing import Seal
from stockcheck.checklist.model import Asked, Checklist, ProfileField, Question
from stockcheck.checklist.translation import in_language
from stockcheck.checklist.values import iso_date
from stockcheck.errors import AnswerError
from stockcheck.language import _, date, moment, ngettext
from stockcheck.plaintext import one_line, whole

#: The kinds of events whose subject is a question.
ABOUT_QUESTIONS = frozenset({"answer", "note", "flag", "review", "action", "evidence"})


@dataclass(frozen=True)
class Before:
    """What of the assessment that this one began from is about an item: `asked` there, on the date `on`; `events` are
    all that bear the name that those have there.
    """

    asked: Asked
    on: dt.date
    events: Sequence[Event]


def history(
    item: ProfileField | Question, events: Sequence[Event], before: Before | None = None
) -> list[tuple[Event, str]]:
    """Each of `events`, all that bear the item's id, that is about it, with its number and what it recorded in words,
    the oldest first; what was carried of the time `before` comes first.

    Names and words are fit to be shown, whatever the file holds.
    """
    wanted = {"profile"} if isinstance(item, ProfileField) else ABOUT_QUESTIONS
    found = [event for event in events if event.kind in wanted]
    if before is not None:
        found += [event for event in before.events if event.kind == "carry"]
        events = [*events, *(event for event in before.events if event.subject != item.id)]
    numbers = {event.seq for event in found}
    for event in events:
        if event.kind == "redact" and Redaction.of(event).entry in numbers:
            found.append(event)
            numbers.add(event.seq)  # for its own name may have been removed later
    found.sort(key=lambda event: event.seq)
    return [(replace(event, by=name_of(event)), f"#{event.seq} {_told(item, event, before)}") for event in found]


def _told(item: ProfileField | Question, event: Event, before: Before | None) -> str:
    if event.kind == "carry" and before is not None:
        return carried_in_words(before.asked, event, before.on)
    return _in_words(item, event)


def carried_in_words(asked: Asked, event: Event, on: dt.date) -> str:
    """What an event of the kind carry brought along of `asked`, of the assessment on the date `on`, a line each."""
    data, said = data_of(event), []
    if "answer" in data:
        answer = readable(data["answer"])
        try:
            words = answer_in_words(asked, from_json(asked, answer))
        except AnswerError:
            words = _as_given(answer)
        said.append(f"{words} ({shown_name(data.get('by'))}, {moment(utc_moment(str(data['at'])))})")
    if "accepted" in data:
        who = data["accepted"]
        when = moment(utc_moment(str(who["at"])))
        said.append(_("Countersigned by {who}, {when}.").format(who=shown_name(who.get("by")), when=when))
    if "note" in data:
        said.append(_("Note: {text}").format(text=text_of(str(data["note"]))))
    if data.get("flag") is True:
        said.append(_("Flagged"))
    if "action" in data:
        said.append(actions.in_words(readable(data["action"])))
    if "evidence" in data:
        said.append(evidence.in_words(readable(data["evidence"])))
    if "since" in data:
        said.append(_("It has fallen short since {date}.").format(date=date(iso_date(data["since"]))))
    return _("Last time ({date}): {answer}").format(date=date(on), answer="\n".join(said))


@dataclass(frozen=True)
class Told:
    """One entry of the log in words: `text` is what was asked, where the entry is about that."""

    event: Event
    by: str
    text: str
    words: str


def log(events: Sequence[Event], checklist_by_digest: Callable[[str], Checklist], language: str) -> Iterator[Told]:
    """Every entry in words, the oldest first, each told by the checklist of its time. Fit to be shown, as `history`."""
    checklist: Checklist | None = None
    earlier: Checklist | None = None
    on = dt.date.min
    for event in events:
        if event.kind in ("start", "checklist"):
            checklist = in_language(checklist_by_digest(checklist_named(event)), language)
        if event.kind == "start" and (digest := earlier_checklist(event)) is not None:
            earlier, on = in_language(checklist_by_digest(digest), language), iso_date(data_of(event)["from"]["on"])
        if event.kind == "carry" and earlier is not None and (was := asked_of(earlier, event.subject)) is not None:
            yield Told(event, name_of(event), one_line(was.text), carried_in_words(was, event, on))
            continue
        item: Asked | None = None
        if checklist is not None and (event.kind == "profile" or event.kind in ABOUT_QUESTIONS):
            known: Mapping[str, Asked] = checklist.field if event.kind == "profile" else checklist.question
            item = known.get(event.subject)
        words = _in_words(item, event) if isinstance(item, ProfileField | Question) else _about(event, checklist)
        yield Told(event, name_of(event), one_line(item.text) if item is not None else "", words)


def _about(event: Event, checklist: Checklist | None) -> str:
    """An entry that is about no question."""
    data = readable(data_of(event))
    match event.kind:
        case "redact":
            return in_words(Redaction.of(event))
        case "import":
            count = int(data["entries"])
            return ngettext("{n} entry read from a form", "{n} entries read from a form", count).format(n=count)
        case "merge":
            count, out = int(data["entries"]), int(data["left_out"])
            said = [
                ngettext(
                    "A second copy was brought in: the {n} entry that follows is from there",
                    "A second copy was brought in: the {n} entries that follow are from there",
                    count,
                ).format(n=count)
            ]
            if out:
                said.append(ngettext("{n} was left out", "{n} were left out", out).format(n=out))
        case "seal":
            seal = Seal.of(event)
            return _("Sealed as {role}").format(role=seal.role)
        case "reopen":
            return _("Reopened: {why}").format(why=whole(str(data["why"])))
        case "start" | "checklist" if checklist is not None:
            words = (
                _("Started with {title}, version {version}")
                if event.kind == "start"
                else _("Now with {title}, version {version}")
            )
            said = [words.format(title=checklist.title, version=checklist.version)]
            if isinstance(origin := data.get("from"), dict):
                said.append(_("Begun from the assessment of {date}").format(date=date(iso_date(str(origin["on"])))))
        case _:
            said = []
    titles = {
        "depot": _("Depot"),
        "code": _("Code of the depot"),
        "marking": _("Marking"),
        "on": _("Date of the assessment"),
    }
    for name, title in titles.items():
        if name in data:
            text = date(iso_date(str(data[name]))) if name == "on" else one_line(str(data[name]))
            said.append(f"{title}: {text or '–'}")
    return "; ".join(said)


def _in_words(item: ProfileField | Question, event: Event) -> str:
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
    if event.kind == "action":
        return actions.in_words(data)
    if event.kind == "evidence":
        return evidence.in_words(data)
    if event.kind == "flag":
        return _("Flagged") if data["set"] else _("Flag taken away")
    if data is None:
        return _("Answer taken back")
    try:
        return answer_in_words(item, from_json(item, data))
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
