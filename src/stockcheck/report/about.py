"""What an assessment is, before what it comes to: depot, dates, checklist, people, how far it is, what left it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from stockcheck import __version__
from stockcheck.assessed import Assessed, still_to_confirm
from stockcheck.assessment.events import Event
from stockcheck.assessment.evidence import listed
from stockcheck.assessment.record import CODE_LENGTH
from stockcheck.assessment.state import Left
from stockcheck.checklist.provenance import Origin
from stockcheck.language import _, date, moment, ngettext
from stockcheck.plaintext import folded, one_line
from stockcheck.questionnaire import headline
from stockcheck.questionnaire.recorded import Told
from stockcheck.report import sealed, wording
from stockcheck.report.as_json import checklist_as_json, left_as_json, record_as_json


def days(found: Assessed, events: Sequence[Event]) -> tuple[dt.date, dt.date]:
    """The first and the last day (UTC) on which something was answered, noted, reviewed; before, that of its start."""
    at = [event.moment.date() for event in events if event.kind in ("profile", "answer", "note", "flag", "review")]
    started = found.state.started
    return (min(at), max(at)) if at else ((started.date(),) * 2 if started else (found.state.on,) * 2)


def people(found: Assessed) -> list[tuple[str, int, int]]:
    """Who has a hand in it: each with how many answers that stand are theirs, and how many they countersigned."""
    state = found.state
    answers = Counter(entry.by for entry in (*state.profile.values(), *state.entries.values()))
    signed = Counter(review.by for review in state.accepted.values())
    names = sorted(answers | signed, key=lambda name: (folded(name), name))
    return [(name, answers[name], signed[name]) for name in names]


def in_words(found: Assessed, events: Sequence[Event]) -> Iterator[str]:
    """What the file is, a line each."""
    state, card, record = found.state, found.scorecard, found.record
    first, last = days(found, events)
    if state.marking:
        yield state.marking
    yield _("Depot: {name}").format(name=state.depot)
    if state.code:
        yield _("Code of the depot: {code}").format(code=state.code)
    if state.demo:
        yield _("A demo: the depot is made up.")
    yield _("Date of the assessment: {date} (ages are reckoned from it)").format(date=date(state.on))
    yield _("First day: {first}; last day: {last} (UTC)").format(first=date(first), last=date(last))
    yield found.provenance.line
    if found.provenance.origin is not Origin.SHIPPED and found.checklist.title:
        yield _("Title: {title}").format(title=found.checklist.title)
    if rules := headline.rules(card):
        yield f"{rules}."
    for name, answers, signed in people(found):
        said = ngettext("{name}: {n} answer", "{name}: {n} answers", answers).format(name=name, n=answers)
        if signed:
            said += ngettext(", {n} countersigned", ", {n} countersigned", signed).format(n=signed)
        yield f"  {said}"
    yield from _state(found)
    yield from sealed.in_short(record)
    entries = ngettext("{n} entry.", "{n} entries.", record.entries).format(n=record.entries)
    if record.chain_holds:
        yield entries + " " + _("Short code of the file: {code}").format(code=record.code)
    else:
        yield entries + " " + _("The history of this file was changed after it was recorded.")
    yield from _begun(found)
    if state.left:
        yield _("In the history only: a newer checklist has no place for it")
        yield from (f"  {_left(one)}" for one in state.left.values())


def _begun(found: Assessed) -> Iterator[str]:
    """Which assessment it began from, and how much of that is still to confirm."""
    if (earlier := found.state.earlier) is None:
        return
    yield _("Begun from the assessment of {date}, short code {code}").format(
        date=date(earlier.state.on), code=earlier.head[:CODE_LENGTH]
    )
    waits = len(still_to_confirm(found))
    words = ngettext(
        "{n} answer of it waits to be confirmed, and counts for nothing until then.",
        "{n} answers of it wait to be confirmed, and count for nothing until then.",
        waits,
    )
    yield words.format(n=waits)


def _state(found: Assessed) -> Iterator[str]:
    state, card = found.state, found.scorecard
    given = len(state.entries) + len(state.profile)
    said = [ngettext("{n} answer", "{n} answers", given).format(n=given), *headline.counts(card)]
    yield _("State: {counts}").format(counts=", ".join(said))
    if not card.untouched:
        score = _("Score {score}").format(score=headline.score(card))
        yield ", ".join(part for part in (score, headline.level(card)) if part)


def _left(one: Left) -> str:
    text, answer = wording.left(one)
    said = f"{one.id}: {one_line(text)} {one_line(answer)}".rstrip()
    if one.entry is not None:
        said += f" ({one.entry.by}, {moment(one.entry.at)})"
    if one.note:
        said += " " + _("Note: {text}").format(text=one_line(one.note))
    if one.evidence:
        said += " " + _("Evidence: {items}").format(items=listed(one.evidence))
    return said


def told_in_words(told: Told) -> str:
    """One entry of the history: its number, when, who, what about and what."""
    event = told.event
    what = f"{event.subject} {told.text}".strip()
    start = f"#{event.seq}  {moment(event.moment)}  {told.by}: "
    return start + (f"{one_line(what)}: " if what else "") + one_line(told.words)


def as_json(found: Assessed, events: Sequence[Event], history: Sequence[Told] | None) -> dict[str, Any]:
    """The same, and the whole `history` where it is asked for."""
    state = found.state
    first, last = days(found, events)
    data: dict[str, Any] = {
        "stockcheck": __version__,
        "depot": state.depot,
        "depot_code": state.code,
        "marking": state.marking,
        "date": state.on.isoformat(),
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
        "demo": state.demo,
        "checklist": checklist_as_json(found),
        "rules": found.scorecard.rules.version,
        "people": [{"name": name, "answers": n, "countersigned": signed} for name, n, signed in people(found)],
        "answers": len(state.entries),
        "facts": len(state.profile),
        "open": found.scorecard.overall.open,
        "set_aside": found.scorecard.overall.set_aside,
        "gaps": found.scorecard.overall.gaps,
        "left": [left_as_json(one) for one in state.left.values()],
        "record": record_as_json(found.record),
    }
    if history is not None:
        data["history"] = [
            {
                "entry": one.event.seq,
                "at": one.event.at,
                "by": one.by,
                "kind": one.event.kind,
                "id": one.event.subject,
                "text": one.text,
                "words": one.words,
            }
            for one in history
        ]
    return data
