"""Seals: who closed an assessment, in what role, and what a signature on that binds.

A seal is an entry, so by itself it shows no more than the chain does: whoever can write the file can write a seal as
well, under any name. A signature binds it to whoever holds a key, and by the hash of the entry before it all that was
recorded up to there. What is signed is told in docs/assessment-file.md, so that it can be checked without stockcheck.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from stockcheck.answers.keeping import MAX_NAME, kept, kept_line
from stockcheck.assessment.events import Event, EventKind, data_of, following
from stockcheck.assessment.redaction import MARK, Redaction, is_hash, name_of, text_of
from stockcheck.ciphers import SIGNATURE, NoLibraryError, signature_fits
from stockcheck.errors import AnswerError, AssessmentFileError, UsageError
from stockcheck.keys.public import PublicKey, from_base64, from_text
from stockcheck.language import _, date
from stockcheck.plaintext import one_line, says_something

#: What stands before what is signed, so that no signature for another purpose can be taken for one of a seal.
SIGNED = b"stockcheck seal 1\n"
#: How often an assessment may be sealed, co-signatures included: each takes time to check. More is refused when it is
#: written as when it is read.
MAX_SEALS = 200
#: The largest figure that a seal names: no checklist has as many questions.
_MOST_QUESTIONS = 1_000_000
#: What a sealed assessment takes.
_TAKEN: frozenset[str] = frozenset({"seal", "reopen"})
_NAMES = frozenset({"role", "head", "open", "set_aside"})
_SIGNED_NAMES = _NAMES | {"key", "signature"}

#: What there is to say of a signature: there is none; it fits; it does not; the library to check it with is missing;
#: the name of who sealed was removed since, and it can be checked no more.
Signature = Literal["none", "fits", "wrong", "unchecked", "removed"]


class Signer(Protocol):
    """Whoever can sign: a key that was opened."""

    @property
    def public(self) -> PublicKey:
        """The public half."""

    def sign(self, message: bytes) -> bytes:
        """The signature of `message`."""


@dataclass(frozen=True)
class Seal:
    """What the entry `seq` says: `by` sealed as `role` at `at` (UTC), when `open` questions were open and `set_aside`
    were set aside without a countersignature. `head` is the hash of the entry before it, `key` what it is signed with.
    """

    seq: int
    by: str
    at: dt.datetime
    role: str
    head: str
    open: int
    set_aside: int
    key: PublicKey | None

    @classmethod
    def of(cls, event: Event) -> Seal:
        """The seal that `event` records. Raises `ValueError`, `KeyError` or `TypeError` when it records none."""
        data = json.loads(event.body, object_pairs_hook=_once)
        if data.keys() != _NAMES and data.keys() != _SIGNED_NAMES:
            raise ValueError("a seal says other things")
        role, head, still_open, set_aside = (data[name] for name in ("role", "head", "open", "set_aside"))
        if not isinstance(role, str) or len(role) > MAX_NAME or not is_hash(head):
            raise ValueError("a seal lacks the role or the hash of the entry before it")
        for count in (still_open, set_aside):
            if type(count) is not int or not 0 <= count <= _MOST_QUESTIONS:
                raise ValueError("a seal counts questions")
        key = None
        if "key" in data:
            key = from_text(data["key"])
            from_base64(data["signature"], SIGNATURE)
        shown = one_line(text_of(role), limit=MAX_NAME)
        return cls(event.seq, name_of(event), event.moment, shown, head, still_open, set_aside, key)


@dataclass(frozen=True)
class Found:
    """A seal, and what it shows. `follows`: the entry before it is the one that it names, and the chain holds up to it.
    Of the entries before it those up to number `loose` were redacted since, and it binds them no more (0: none).
    `ended` is the entry that reopened the assessment, 0 where the seal stands; `overrun` that it was no reopening, but
    something that another program has recorded after the seal.
    """

    seal: Seal
    signature: Signature
    follows: bool
    loose: int = 0
    ended: int = 0
    overrun: bool = False

    @property
    def stands(self) -> bool:
        """Whether the assessment is sealed by it now."""
        return not self.ended

    @property
    def binds(self) -> bool:
        """Whether the holder of its key has signed what the file says of the entries before it."""
        return self.signature == "fits" and self.follows


def body(
    events: Sequence[Event],
    at: dt.datetime,
    by: str,
    *,
    role: str,
    still_open: int,
    set_aside: int,
    signer: Signer | None,
) -> dict[str, object]:
    """What the seal says that follows `events`. Raises `UsageError` for a role that says nothing or is too long, and
    for a key that has sealed what stands already.
    """
    try:
        role = kept_line(role, most=MAX_NAME)
    except AnswerError as error:
        raise UsageError(error.message, error.hint) from error
    if not says_something(role):
        raise UsageError(_("Whoever seals says in what role, such as “Depot commander”."), _("Give it with --role."))
    if not says_something(by):
        raise UsageError(_("Whoever seals gives a name."), _("Give it with --by."))
    said: dict[str, object] = {"role": role, "head": events[-1].hash, "open": still_open, "set_aside": set_aside}
    if signer is None:
        return said
    said["key"] = signer.public.text
    event = following(events[-1], at, by, "seal", "", said)
    return {**said, "signature": base64.b64encode(signer.sign(signed(event, events[0].hash))).decode("ascii")}


def signed(event: Event, first: str) -> bytes:
    """The bytes that the signature of the seal `event` is over; `first` is the hash of the first entry."""
    said = {name: value for name, value in data_of(event).items() if name != "signature"}
    fields = [first, event.seq, event.at, event.by, event.previous, said]
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return SIGNED + text.encode("utf-8", "surrogatepass")


def check_key(seals: Iterable[Seal], signer: Signer | None) -> None:
    """Raises `UsageError` where a key has sealed what stands already: a second time says nothing more."""
    for seal in seals:
        if signer is not None and seal.key is not None and seal.key.signing == signer.public.signing:
            raise UsageError(
                _("That key has sealed it already: {who}, on {date}.").format(who=seal.by, date=date(seal.at.date()))
            )


def why_reopened(text: str) -> str:
    """Why an assessment is reopened, as it is kept. Raises `UsageError` without a reason, or for one too long."""
    try:
        why = kept(text)
    except AnswerError as error:
        raise UsageError(error.message, error.hint) from error
    if not says_something(why):
        raise UsageError(_("To reopen what was sealed, say why."), _("Give it with --why."))
    return why


def why_closed(seals: Sequence[Seal]) -> str:
    """Why an assessment takes nothing any more, in a sentence; empty where it is not sealed."""
    if not seals:
        return ""
    last = seals[-1]
    return _(
        "Sealed by {who} ({role}) on {date}: nothing is recorded until it is reopened (stockcheck reopen FILE --why "
        "REASON)."
    ).format(who=last.by, role=last.role, date=date(last.at.date()))


def takes(kind: str) -> bool:
    """Whether an assessment that is sealed takes an entry of that kind."""
    return kind in _TAKEN


def check_takes(kinds: Iterable[EventKind], seals: Sequence[Seal]) -> None:
    """Raises `AssessmentFileError` where what is sealed would take something else than a seal or a reopening."""
    if (why := why_closed(seals)) and not all(map(takes, kinds)):
        raise AssessmentFileError(why)


def after(seals: tuple[Seal, ...], event: Event) -> tuple[Seal, ...]:
    """The seals that stand after `event`, where `seals` did before. Raises as `Seal.of`, and `TypeError`."""
    if event.kind == "seal":
        return (*seals, Seal.of(event))
    if event.kind == "reopen" and not isinstance(event.data["why"], str):
        raise TypeError("a reopening says why")
    return ()


def found(events: Sequence[Event], redactions: Sequence[Redaction], broken: Sequence[Event]) -> tuple[Found, ...]:
    """Every seal, the oldest first. `broken` are the entries that do not fit the chain."""
    told: list[Found] = []
    standing: list[int] = []
    first_broken = min((event.seq for event in broken), default=None)
    loose = _loosened([event.seq for event in events if event.kind == "seal"], redactions)
    for event in events:
        if event.kind == "seal":
            seal = Seal.of(event)
            whole = first_broken is None or first_broken > event.seq
            follows = whole and seal.head == event.previous
            standing.append(len(told))
            told.append(Found(seal, _signature(event, seal, events[0].hash), follows, loose[seal.seq]))
        elif standing:
            for place in standing:
                one = told[place]
                told[place] = Found(
                    one.seal, one.signature, one.follows, one.loose, event.seq, overrun=event.kind != "reopen"
                )
            standing.clear()
    return tuple(told)


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON. Raises `ValueError` for one that says a thing twice: each reader would take it otherwise."""
    if len(found := dict(pairs)) != len(pairs):
        raise ValueError("a seal says a thing twice")
    return found


def _loosened(seals: Sequence[int], redactions: Sequence[Redaction]) -> dict[int, int]:
    """Of each of the entries that are `seals`, the last entry before it that was redacted after it; 0 for none."""
    left = sorted(redactions, key=lambda one: one.seq)
    later: list[int] = []
    found: dict[int, int] = {}
    for seq in sorted(seals, reverse=True):
        while left and left[-1].seq > seq:
            insort(later, left.pop().entry)
        place = bisect_left(later, seq)
        found[seq] = later[place - 1] if place else 0
    return found


def _signature(event: Event, seal: Seal, first: str) -> Signature:
    if seal.key is None:
        return "none"
    if event.by == MARK:
        return "removed"
    data: dict[str, Any] = data_of(event)
    try:
        fits = signature_fits(from_base64(data["signature"], SIGNATURE), signed(event, first), seal.key.signing)
    except NoLibraryError:
        return "unchecked"
    return "fits" if fits else "wrong"
