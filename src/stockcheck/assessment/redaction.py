"""Redaction: the text or the name of one event replaced by a mark, and a later event that says so.

The event keeps its hash, so the chain goes on. That hash no longer covers what remains of it; the later event does,
which holds the hash of what remains and that of what was removed. A change of what remains by accident is found; that
the rest of the event is as it was before, nothing in the file can show any more.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal, get_args

from stockcheck.answers.keeping import MAX_NAME
from stockcheck.assessment.events import Event, as_body, asked_of, checklists_named, data_of, earlier_checklist
from stockcheck.checklist.model import Asked, Checklist
from stockcheck.errors import UsageError
from stockcheck.language import _, ngettext
from stockcheck.plaintext import one_line, whole

#: What stands in the place of a text that was removed. No text that is kept holds U+001A, so none can be taken for it.
MARK = "\x1aremoved"

_OfEvidence = Literal["file", "file_name", "record", "remarks"]
_OfActions = Literal["owner", "verified_by", "evidence", "remarks", "measure"]
_OfEarlier = Literal["note", "answered_by", "countersigned_by", "acted_by", "attached_by"]
Part = Literal["text", "name", "depot", "code", "marking", _OfActions, _OfEvidence, _OfEarlier]
PARTS: tuple[Part, ...] = get_args(Part)
#: Those of an action: each is called as it is in the event.
_OF_ACTIONS: tuple[Part, ...] = get_args(_OfActions)
#: Those of evidence, with what each is called in the event. Its content goes with the hash that names it.
_OF_EVIDENCE: dict[Part, str] = {"file": "sha256", "file_name": "name", "record": "record", "remarks": "remark"}
#: Those of a start, each of which may stand there of the earlier assessment as well.
_OF_DEPOTS: tuple[Part, ...] = ("depot", "code", "marking")
#: Where a text stands in the body of an event.
_Path = tuple[str, ...]
#: Those of what was carried from an earlier assessment, but for the text of the answer. What was attached has an event
#: of its own.
_CARRIED: dict[Part, list[_Path]] = {
    "answered_by": [("by",)],
    "countersigned_by": [("accepted", "by")],
    "note": [("note",)],
    "acted_by": [("action", "by")],
    "attached_by": [("evidence", "by")],
    **{part: [("action", part)] for part in _OF_ACTIONS},
    **{part: [("evidence", key)] for part, key in _OF_EVIDENCE.items() if part != "remarks"},
    "remarks": [("action", "remarks"), ("evidence", "remark")],
}


@dataclass(frozen=True)
class Redaction:
    """What the event `seq` says was removed from the event `entry`, by whom and when (UTC).

    `sha256` is the hash of the body, or of the name, that was there; `left` that of the whole event as it is since.
    """

    seq: int
    entry: int
    removed: Part
    sha256: str
    left: str
    by: str
    at: dt.datetime

    @classmethod
    def of(cls, event: Event) -> Redaction:
        """The redaction that `event` records. Raises `ValueError`, `KeyError` or `TypeError` when it records none."""
        data = event.data
        entry, removed, sha256, left = (data[key] for key in ("entry", "removed", "sha256", "left"))
        if type(entry) is not int or not 1 <= entry < event.seq or removed not in PARTS:
            raise ValueError("it names no earlier entry, or nothing that can be removed from one")
        if not (is_hash(sha256) and is_hash(left)):
            raise ValueError("it lacks the hash of what was removed, or of what remains")
        return cls(event.seq, entry, removed, sha256, left, name_of(event), event.moment)


def is_hash(value: object) -> bool:
    """Whether `value` is written as a SHA-256 is."""
    return isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef")


def in_words(redaction: Redaction) -> str:
    """What was removed from which entry."""
    words: dict[Part, str] = {
        "text": _("The text was removed from entry #{entry}."),
        "name": _("The name was removed from entry #{entry}."),
        "depot": _("The depot's name was removed from entry #{entry}."),
        "code": _("The depot's code was removed from entry #{entry}."),
        "marking": _("The marking was removed from entry #{entry}."),
        "owner": _("Who was to act was removed from entry #{entry}."),
        "verified_by": _("Who verified it was removed from entry #{entry}."),
        "evidence": _("The evidence was removed from entry #{entry}."),
        "remarks": _("The remarks were removed from entry #{entry}."),
        "measure": _("The compensating measure was removed from entry #{entry}."),
        "file": _("The attached file was removed from entry #{entry}."),
        "file_name": _("The attached file's name was removed from entry #{entry}."),
        "record": _("The record's number was removed from entry #{entry}."),
        "note": _("The note was removed from entry #{entry}."),
        "answered_by": _("Who had answered was removed from entry #{entry}."),
        "countersigned_by": _("Who had countersigned was removed from entry #{entry}."),
        "acted_by": _("Who had recorded the action was removed from entry #{entry}."),
        "attached_by": _("Who had attached it was removed from entry #{entry}."),
    }
    return words[redaction.removed].format(entry=redaction.entry)


def redactions(events: Iterable[Event]) -> list[Redaction]:
    """Every redaction recorded, the oldest first. Those that record nothing are left out; see `record.broken`."""
    found = []
    for event in events:
        if event.kind == "redact":
            try:
                found.append(Redaction.of(event))
            except (ValueError, KeyError, TypeError, RecursionError):
                continue
    return found


def text_of(stored: str) -> str:
    """A stored text as it may be shown, whole, with a word of the reader's language in the place of the mark."""
    return _("[removed]") if stored == MARK else whole(stored)


def name_of(event: Event) -> str:
    """Who recorded `event`, as it may be shown; where the name was removed, that."""
    return shown_name(event.by)


def shown_name(stored: str | None) -> str:
    """A stored name as it may be shown; that it was removed, where it was, or where there is none any more."""
    return _("[name removed]") if stored in (None, MARK) else _as_name(str(stored))


def nameless(shown: str) -> bool:
    """Whether `shown` is what stands, in the language in use, in the place of a name that was removed."""
    return shown == _("[name removed]")


@lru_cache(maxsize=8)
def _as_name(stored: str) -> str:
    """One name for many events: few people answer in one file."""
    return one_line(text_of(stored), limit=MAX_NAME)


def readable(data: Any) -> Any:
    """The data of an event with its texts as `text_of` has them."""
    if not isinstance(data, dict):
        return data
    return {key: text_of(value) if isinstance(value, str) else value for key, value in data.items()}


def marked(event: Event) -> set[Part]:
    """The parts of `event` that bear the mark."""
    found: set[Part] = {"name"} if event.by == MARK else set()
    if "\\u001a" in event.body.lower():  # the only way in which JSON can spell how the mark begins
        data = data_of(event)
        texts = _texts(event, free_text=True).items()
        found |= {part for part, paths in texts if any(_at(data, path) == MARK for path in paths)}
    return found


def _texts(event: Event, *, free_text: bool) -> dict[Part, list[_Path]]:
    """The texts in the body of `event`, by part, each with the places where it stands. `free_text`: a given answer is
    one. What began from an earlier assessment may tell the depot of both.
    """
    data = data_of(event)
    paths: dict[Part, list[_Path]] = {part: [(key,)] for part, key in _at_the_top(event, data, free_text).items()}
    if event.kind == "start":
        paths |= {part: [(part,), ("from", part)] for part in _OF_DEPOTS}
    elif event.kind == "carry":
        paths = dict(_CARRIED)
        paths["text"] = [("answer", "value" if free_text else "na"), ("answer", "na")]
    found = {
        part: [path for path in at if isinstance(_at(data, path), str) and _at(data, path)]
        for part, at in paths.items()
    }
    return {part: at for part, at in found.items() if at}


def _at(data: Any, path: _Path) -> Any:
    """What stands at `path`; None where there is no such place."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _with_mark(data: Mapping[str, Any], path: _Path) -> dict[str, Any]:
    first, *rest = path
    return {**data, first: _with_mark(data[first], tuple(rest)) if rest else MARK}


def _at_the_top(event: Event, data: Mapping[str, Any], free_text: bool) -> dict[Part, str]:
    """Of most kinds of event, what each text is called in the body."""
    match event.kind:
        case "note":
            keys: dict[Part, str] = {"text": "text"}
        case "start" | "set":
            keys = {"depot": "depot", "code": "code", "marking": "marking"}
        case "review" | "reopen":
            keys = {"text": "why"}
        case "action":
            keys = {part: part for part in _OF_ACTIONS}
        case "evidence":
            keys = _OF_EVIDENCE
        case "answer" | "profile" if "na" in data:
            keys = {"text": "na"}
        case "answer" | "profile" if free_text:
            keys = {"text": "value"}
        case _:
            keys = {}
    return keys


def entry_of(events: Sequence[Event], seq: int) -> Event:
    """The entry with the number `seq`. Raises `UsageError` when there is none."""
    for event in events:
        if event.seq == seq:
            return event
    raise UsageError(
        _("There is no entry {seq}.").format(seq=seq),
        ngettext("The file has {n} entry.", "The file has {n} entries.", len(events)).format(n=len(events))
        + " "
        + _("A question's history shows the number of each."),
    )


def takes_free_text(event: Event, events: Sequence[Event], checklist_by_digest: Callable[[str], Checklist]) -> bool:
    """Whether `event`, one of `events`, answers what took free text then."""
    if event.kind == "carry":
        digest = earlier_checklist(events[0])
        was = asked_of(checklist_by_digest(digest), event.subject) if digest is not None else None
        return was is not None and was.type == "text"
    if event.kind not in ("answer", "profile"):
        return False
    checklist = checklist_by_digest(checklists_named(one for one in events if one.seq < event.seq)[-1])
    asked: Mapping[str, Asked] = checklist.field if event.kind == "profile" else checklist.question
    return event.subject in asked and asked[event.subject].type == "text"


def part_to_remove(event: Event, *, free_text: bool, wanted: Part | None) -> Part:
    """What is removed from `event`: what is `wanted`, or the one text that it has.

    `free_text` says whether the event answers a question that takes free text. Raises `UsageError` when there is
    nothing to remove, when it was removed before, or when nobody said which.
    """
    texts = _texts(event, free_text=free_text)
    there: set[Part] = set(texts) | ({"name"} if event.by else set())
    if wanted is None:
        if len(texts) > 1:
            raise UsageError(
                _("Entry {seq} has several texts.").format(seq=event.seq),
                _("Say which to remove: {parts}.").format(parts=", ".join(f"--part {part}" for part in texts)),
            )
        wanted = next(iter(texts), "text")
    if wanted in marked(event):
        raise UsageError(_("That was removed from entry {seq} before.").format(seq=event.seq))
    if wanted not in there:
        raise UsageError(
            _("There is no such text in entry {seq}.").format(seq=event.seq),
            _(
                "Notes, reasons, free text, names and the depot's name, code and marking can be removed; other answers "
                "stay."
            ),
        )
    return wanted


def without(event: Event, part: Part) -> Event:
    """`event` with the mark in the place of `part`; everything else, its hash included, stays."""
    if part == "name":
        return replace(event, by=MARK)
    data = data_of(event)
    for path in _texts(event, free_text=True)[part]:
        data = _with_mark(data, path)
    return replace(event, body=as_body(data))


def body(event: Event, part: Part) -> dict[str, object]:
    """What the event says that removes `part` from `event`."""
    removed = event.by if part == "name" else event.body
    sha256 = hashlib.sha256(removed.encode("utf-8", "surrogatepass")).hexdigest()
    return {"entry": event.seq, "removed": part, "sha256": sha256, "left": without(event, part).reckoned}
