"""Two copies of an assessment that went apart: what both have, and what each was given since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stockcheck.assessment.events import Event, data_of, entries_of
from stockcheck.assessment.record import broken
from stockcheck.assessment.redaction import MARK, marked
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _

#: The kinds of entries that a merge may leave out; all others come over, or nothing is brought together.
MAY_STAY = frozenset({"review", "redact", "evidence", "action", "seal", "reopen"})
#: Those in whose body numbers of entries stand, which are others in another copy.
_COUNTING = frozenset({"import", "merge", "redact"})


@dataclass(frozen=True)
class Copy:
    """One of the two: what to call it, what its depot is called, and everything that was recorded in it."""

    name: str
    depot: str
    events: Sequence[Event]


@dataclass(frozen=True)
class Parting:
    """Where two copies went apart.

    `common` is how many entries both begin with. `seen` is the number of the last entry of the second copy that the
    first one has: that is the last common one, or a later one that an earlier merge has brought over. `known` gives
    the number in the first copy of each of those, by its number in the second.
    """

    ours: Copy
    theirs: Copy
    common: int
    seen: int
    known: Mapping[int, int]

    @property
    def our_branch(self) -> list[Event]:
        """What was recorded in the first copy since, but for what came over from the second."""
        brought = set(self.known.values())
        return [event for event in self.ours.events[self.common :] if event.seq not in brought]

    @property
    def their_branch(self) -> list[Event]:
        """What was recorded in the second copy, and is not in the first."""
        return list(self.theirs.events[self.seen :])

    @property
    def nothing_of_theirs(self) -> bool:
        """Whether the first copy has everything that is in the second."""
        return self.seen == len(self.theirs.events)

    @property
    def nothing_of_ours(self) -> bool:
        """Whether the second copy has everything that is in the first."""
        return self.common == len(self.ours.events)


def parted(ours: Copy, theirs: Copy) -> Parting:
    """Where the two went apart.

    Raises `AssessmentFileError` where that cannot be said: a history that was changed after it was recorded, two
    assessments and not two copies of one, or a second copy that the first one was brought into before.
    """
    for one in (ours, theirs):
        if broken(one.events):
            raise AssessmentFileError(
                _(
                    "{file}: the history was changed after it was recorded; it is not brought together with another."
                ).format(file=one.name),
                _("stockcheck verify tells what is wrong."),
            )
    if ours.events[0].hash != theirs.events[0].hash:
        raise AssessmentFileError(
            _("{ours} ({depot}) and {theirs} ({other}) are two assessments, not two copies of one.").format(
                ours=ours.name, depot=ours.depot, theirs=theirs.name, other=theirs.depot
            ),
            _("Two copies have the first entry in common. To see what differs: stockcheck compare"),
        )
    pairs = zip(ours.events, theirs.events, strict=False)
    most = min(len(ours.events), len(theirs.events))
    common = next((place for place, (one, other) in enumerate(pairs) if one.hash != other.hash), most)
    known = {number: number for number in range(1, common + 1)}
    seen = _brought_over(ours.events, theirs.events, common, known)
    found = Parting(ours, theirs, common, seen, known)
    _check_order(found)
    return found


def _brought_over(ours: Sequence[Event], theirs: Sequence[Event], common: int, known: dict[int, int]) -> int:
    """The number of the last entry of `theirs` that an earlier merge has brought into `ours`, which joins `known`."""
    places = {event.hash: event.seq for event in theirs[max(common - 1, 0) :]}
    seen = common
    for event in ours[common:]:
        if event.kind != "merge" or places.get(str(data_of(event).get("from"))) != seen:
            continue
        last, count = places.get(str(data_of(event).get("head")), 0), entries_of(event)
        if last <= seen or count + data_of(event).get("left_out", 0) != last - seen:
            continue  # it does not tell of all of them
        copied = ours[event.seq : event.seq + count]
        if len(copied) != count or (found := _copied(theirs[seen:last], copied)) is None:
            break  # it says that it brought over what is not here: nor is any other believed
        known |= found
        seen = last
    return seen


def _copied(entries: Sequence[Event], copies: Sequence[Event]) -> dict[int, int] | None:
    """The number of each of `copies`, by that of the one of `entries` that it is; None where they are not what a merge
    makes of these.
    """
    found: dict[int, int] = {}
    candidates = iter(entries)
    for copy in copies:
        for candidate in candidates:
            if _is_copy(candidate, copy):
                found[candidate.seq] = copy.seq
                break
            if candidate.kind not in MAY_STAY:
                return None
        else:
            return None
    return found if all(left.kind in MAY_STAY for left in candidates) else None


def _is_copy(entry: Event, copy: Event) -> bool:
    """Whether `copy` says what `entry` does, as far as nothing was removed from either."""
    if (entry.at, entry.kind, entry.subject) != (copy.at, copy.kind, copy.subject):
        return False
    if entry.by != copy.by and MARK not in (entry.by, copy.by):
        return False
    if entry.body == copy.body or entry.kind in _COUNTING or (marked(entry) | marked(copy)) - {"name"}:
        return True
    return "withdrawn" in data_of(entry) and "withdrawn" in data_of(copy)


def _check_order(found: Parting) -> None:
    """Refuse a second copy into which a part of the first one was brought. Raises `UsageError`."""
    mine = {event.hash for event in found.ours.events[found.common :]}
    if not any(event.kind == "merge" and data_of(event).get("head") in mine for event in found.their_branch):
        return
    if found.seen > found.common:
        hint = _("Each holds entries of the other: go on with one of the two.")
    else:
        hint = _("Name that one first: what came over is then counted once.")
    raise UsageError(
        _("{theirs} was brought together with an earlier state of {ours} already.").format(
            theirs=found.theirs.name, ours=found.ours.name
        ),
        hint,
    )
