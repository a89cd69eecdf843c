"""Events: what was recorded, when and by whom, each chained to the one before by its hash."""

from __future__ import annotations

import datetime as dt
import getpass
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any, Literal, get_args

from stockcheck.checklist.model import Asked, Checklist
from stockcheck.plaintext import one_line

EventKind = Literal[
    "start",
    "profile",
    "answer",
    "note",
    "flag",
    "review",
    "action",
    "checklist",
    "redact",
    "import",
    "set",
    "carry",
    "evidence",
    "seal",
    "reopen",
    "merge",
]
EVENT_KINDS: frozenset[str] = frozenset(get_args(EventKind))

#: What an import may have read.
IMPORTED = frozenset({"form"})

#: What each kind records, as the document of the file format has it: its subject, and its body as JSON.
MEANINGS: dict[str, tuple[str, str]] = {
    "start": (
        "empty",
        "`{checklist, depot, code?, marking, on, demo?, from?}`: digest of the checklist, name and code of the depot, "
        "marking of every page, date of the assessment (year-month-day), and true in a demo; it comes first, and once. "
        "`from` is the assessment that it began from: `{first, head, entries, checklist, on, depot?, code?, moved, "
        "joined, options}`, that is the hashes of its first and its last entry and how many it had, the digest of its "
        "checklist, which is kept in this file, too, its date, its depot, the ids of questions mapped to those that "
        "continue them where the id is another one, of those whose answer stays behind and the rest of which goes to "
        "a question that continues another one, and options as in an event of the kind checklist",
    ),
    "profile": ("id of a profile field", "an answer, or null: the answer is taken back"),
    "answer": (
        "id of a question",
        'an answer, or null. An answer is `{"value": …}` (a word, a list of words, a number, a date or a text, numbers '
        'and dates as text), `{"unknown": true}`, or `{"na": "the reason"}`',
    ),
    "note": ("id of a question", "`{text}`; an empty one takes the note back"),
    "flag": ("id of a question", "`{set}`: true or false"),
    "review": (
        "id of a question that is set aside",
        "`{accept}`: true, somebody else agrees that it does not apply; or `{accept, why}`: false, it is sent back",
    ),
    "action": (
        "id of a question",
        "what is new about what is being done: `{owner, due, status, done_on, verified_by, evidence, remarks, until, "
        "measure}`, each a text, a date (year-month-day) or a status (`open`, `under_way`, `done`, `waived`), or null: "
        "taken away; what is not there stays as it was. What is `waived` has `until` and `measure`. `from`: SHA-256 of "
        "the workbook that it was read from",
    ),
    "checklist": (
        "empty",
        "`{checklist, moved, review, options?}`: digest of the checklist from here on, old ids of answers mapped to "
        "new ones, ids of answers that somebody should look at again, and by the id of the new question (`profile.` "
        "before that of a profile field) ids of options of the old one mapped to those that replace them",
    ),
    "set": (
        "empty",
        "what is new about the assessment: `{depot, code, marking, on}`, each a text, `on` a date (year-month-day); "
        "what is not there stays as it was, an empty code or marking is taken away",
    ),
    "carry": (
        "id of a question of the assessment that this one began from, or `profile.` and that of a profile field",
        "`{answer?, by?, at?, removed?, accepted?, note?, flag?, action?, evidence?, since?}`: the answer that stood "
        "there, in the form above, with who gave it and when (UTC), for somebody to confirm: it counts for nothing "
        "until it is answered here. Without `by` the name had been removed; `removed` is true where the reason or the "
        "text of the answer had been. `accepted` is `{by?, at}`: who had countersigned it. Note, flag (true), action "
        "and evidence, the last two with `by?` and `at?` beside what an event of that kind holds, stand from here on; "
        "a long note comes in several events, to be joined, and each piece of evidence in one of its own. `since` is "
        "the date since when it has been a gap without a break, no later than that of the assessment. They follow the "
        "start, in one transaction with it",
    ),
    "evidence": (
        "id of a question",
        "`{name, type, size, sha256, stripped?, remark?}`: a file that shows that the answer is right: its name, media "
        "type, size in bytes, and the SHA-256 of its content, in hexadecimal, under which that stands in `attachment`; "
        "`stripped`: true where what the file said of itself was taken out; or `{record, remark?}`: the number of a "
        "record that lies elsewhere, or where it lies; or `{withdrawn}`: the entry whose file or record is taken back",
    ),
    "seal": (
        "empty",
        "`{role, head, open, set_aside, key?, signature?}`: in which role somebody closed the assessment; the hash of "
        "the entry before; how many questions were open, and how many of them set aside without a countersignature. "
        "See Seals. After it come further seals, or a `reopen`, and nothing else",
    ),
    "reopen": ("empty", "`{why}`, a text: what was sealed takes entries again"),
    "merge": (
        "empty",
        "`{from, head, entries, left_out}`: a second copy of the same assessment was brought in. `hash` of its last "
        "entry that was here already, and of its last; how many of the entries that follow come from there, with the "
        "times and names that they had there, and numbers and hashes of this file; and how many were left out, for "
        "they would have meant something else here",
    ),
    "redact": (
        "as the entry that it is about",
        "what was removed of which entry, and the hashes of what was there and of what remains; see Redaction",
    ),
    "import": (
        "empty",
        "`{source, sha256, entries}`: what was read, such as form; the SHA-256 of the file that it was read from, in "
        "hexadecimal; and how many of the entries that follow come from there, all in one transaction with this one",
    ),
}

#: How the subject of an event of the kind carry begins that is about a fact: questions and fields may share an id.
FACT = "profile."

#: What an event of the kind action calls the workbook that it was read from, by its SHA-256.
SOURCE = "from"

#: Most characters of an event; more is refused before it is written, so that no file is made that cannot be read.
MAX_EVENT = 256 << 10

#: What the first event is chained to.
NO_PREVIOUS = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """One thing recorded. `seq` counts from 1; `at` is a UTC moment in ISO form; `subject` is a question's or
    profile field's id, or empty; `body` is JSON.
    """

    seq: int
    at: str
    by: str
    kind: str
    subject: str
    body: str
    previous: str
    hash: str

    @property
    def data(self) -> Any:
        """`body` as data. Raises `ValueError` when it is not JSON."""
        return json.loads(self.body)

    @property
    def moment(self) -> dt.datetime:
        """`at` as a moment. Raises `ValueError` when it is none, or none in UTC."""
        return utc_moment(self.at)

    @property
    def reckoned(self) -> str:
        """The hash that the other fields come to; `hash`, unless something was changed or removed afterwards."""
        return digest(self.seq, self.at, self.by, self.kind, self.subject, self.body, self.previous)


def utc_moment(text: str) -> dt.datetime:
    """A moment in ISO form. Raises `ValueError` when it is none, or none in UTC."""
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is not dt.UTC and moment.utcoffset() != dt.timedelta(0):
        raise ValueError(f"{one_line(text, limit=40)} is no moment in UTC")
    return moment


def digest(seq: int, at: str, by: str, kind: str, subject: str, body: str, previous: str) -> str:
    """The hash of an event: SHA-256 over its fields and the hash before it, as a JSON list."""
    # As `as_body` spells the list, put together here: a file has as many hashes as events, each time it is opened.
    fields = f"[{seq},{','.join(map(encode_basestring, (at, by, kind, subject, body, previous)))}]"
    return hashlib.sha256(fields.encode("utf-8", "surrogatepass")).hexdigest()


def as_body(data: object) -> str:
    """`data` in the form in which events keep it."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def following(last: Event | None, at: dt.datetime, by: str, kind: EventKind, subject: str, data: object) -> Event:
    """The event that comes after `last`, chained to it."""
    seq = last.seq + 1 if last else 1
    previous = last.hash if last else NO_PREVIOUS
    body = as_body(data)
    moment = at.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    return Event(seq, moment, by, kind, subject, body, previous, digest(seq, moment, by, kind, subject, body, previous))


def data_of(event: Event) -> dict[str, Any]:
    """The data of `event`; nothing when it is no JSON object."""
    try:
        data = event.data
    except (ValueError, RecursionError):
        data = None
    return data if isinstance(data, dict) else {}


def entries_of(event: Event) -> int:
    """How many of the entries that follow belong to `event`, a merge or an import; 0 where it does not say."""
    said = data_of(event).get("entries")
    return said if type(said) is int and said >= 0 else 0


def checklist_named(event: Event) -> str:
    """The digest of the checklist that `event` says to start or to go on with."""
    return str(data_of(event).get("checklist"))


def checklists_named(events: Iterable[Event]) -> list[str]:
    """The digest of every checklist that the assessment was made against, the latest last."""
    return [checklist_named(event) for event in events if event.kind in ("start", "checklist")]


def asked_of(checklist: Checklist, subject: str) -> Asked | None:
    """What an event of the kind carry names: a question or a fact of `checklist`, that of the earlier assessment."""
    known: Mapping[str, Asked] = checklist.field if subject.startswith(FACT) else checklist.question
    return known.get(subject.removeprefix(FACT))


def earlier_checklist(first: Event) -> str | None:
    """The digest of the checklist of the assessment that this one, which starts with `first`, began from."""
    origin = data_of(first).get("from")
    return str(origin.get("checklist")) if isinstance(origin, dict) else None


def checklists_kept(events: Iterable[Event]) -> list[str]:
    """The digest of every checklist that the file holds: those of this assessment, then that of the one before."""
    events = list(events)
    before = [digest for event in events[:1] if (digest := earlier_checklist(event)) is not None]
    return [*checklists_named(events), *before]


def user_name() -> str:
    """The name of the account that runs the program, for when nobody says who answers."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no account database, as in some containers
        return "unknown"
