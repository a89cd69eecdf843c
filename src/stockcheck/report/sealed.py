"""What there is to say of an assessment's seals, and never more than they show. In the language in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stockcheck.assessment.record import Record
from stockcheck.assessment.sealing import Found
from stockcheck.language import _, date, moment, ngettext

#: Seals told in short, the latest, before the rest is only counted.
_SHOWN = 4


def standing(record: Record) -> list[Found]:
    """The seals by which the assessment is sealed now."""
    return [one for one in record.seals if one.stands]


def in_short(record: Record) -> list[str]:
    """Whether the assessment is sealed, by whom, and with which signature: a line each."""
    there = standing(record)
    if lines := [_in_short(one) for one in there[-_SHOWN:]]:
        return lines if len(there) <= _SHOWN else [_("… and {n} more.").format(n=len(there) - _SHOWN), *lines]
    last = record.seals[-1] if record.seals else None
    if last is not None and last.overrun:
        return [
            _("Not sealed: entry {entry} was recorded after the seal of {who}.").format(
                entry=last.ended, who=last.seal.by
            )
        ]
    return [_("Not sealed.")]


def _in_short(one: Found) -> str:
    seal = one.seal
    said = _("Sealed by {who}, {role}, {date}").format(who=seal.by, role=seal.role, date=date(seal.at.date()))
    return f"{said} – {signature(one)}."


def signature(one: Found) -> str:
    """How a seal is signed, in a few words."""
    key = one.seal.key.fingerprint if one.seal.key is not None else ""
    match one.signature:
        case "fits" if one.binds:
            return _("signed with the key {fingerprint}").format(fingerprint=key)
        case "fits":
            return _("signed with the key {fingerprint}, but what was recorded before it has changed since").format(
                fingerprint=key
            )
        case "wrong":
            return _("THE SIGNATURE DOES NOT FIT")
        case "unchecked":
            return _("signed, but the signature was not checked here")
        case "removed":
            return _("signed, but with the name removed nobody can check that any more")
    return _("unsigned")


def in_full(one: Found) -> list[str]:
    """All that a seal shows, and what it does not: a line each. Whether it is wrong is for `wrong` to say."""
    seal = one.seal
    said = [
        _("Seal in entry {entry}: {who}, {role}, {when}.").format(
            entry=seal.seq, who=seal.by, role=seal.role, when=moment(seal.at)
        ),
        ngettext(
            "It says that {n} question was open, {aside} of them set aside without a countersignature.",
            "It says that {n} questions were open, {aside} of them set aside without a countersignature.",
            seal.open,
        ).format(n=seal.open, aside=seal.set_aside),
    ]
    last = seal.seq - 1
    match one.signature:
        case "none":
            said.append(_("Unsigned: whoever can write the file can put such a seal into it, under any name."))
        case "fits" if one.binds and seal.key is not None:
            said.append(
                _(
                    "The signature fits: whoever holds the key {fingerprint} has signed entries 1 to {last}, and this "
                    "seal, as they stand here."
                ).format(fingerprint=seal.key.fingerprint, last=last)
            )
            if one.loose:
                said.append(
                    _(
                        "Entry {entry} was redacted since: of it, and of all before it, the signature says nothing."
                    ).format(entry=one.loose)
                )
        case "unchecked":
            said.append(
                _(
                    "It bears a signature that was NOT CHECKED, for the library cryptography is not installed or does "
                    "not work here (pip install 'stockcheck[protect]'). Until it is, take the seal for unsigned."
                )
            )
        case "removed":
            said.append(_("It bears a signature that nobody can check any more, for the name was removed since."))
    if one.overrun:
        said.append(_("It does not stand: entry {entry} was recorded after it.").format(entry=one.ended))
    elif one.ended:
        said.append(_("It does not stand: entry {entry} reopened the assessment.").format(entry=one.ended))
    return said


def wrong(one: Found) -> str:
    """What is wrong with a seal, in a sentence; empty where nothing is."""
    entry = one.seal.seq
    if one.signature == "wrong":
        return _(
            "Seal in entry {entry}: the signature does not fit. The seal, or what it was put on, has changed since, or "
            "somebody has put it there who does not hold that key."
        ).format(entry=entry)
    if not one.follows:
        return _(
            "Seal in entry {entry}: what stands before it is not what was sealed, so it says nothing of it."
        ).format(entry=entry)
    if one.overrun:
        return _(
            "Seal in entry {entry}: entry {later} was recorded after it without a reopening, which stockcheck refuses. "
            "Another program wrote it."
        ).format(entry=entry, later=one.ended)
    return ""


def as_json(seals: Sequence[Found]) -> list[dict[str, Any]]:
    """Every seal, in the notation of the JSON."""
    return [
        {
            "entry": one.seal.seq,
            "by": one.seal.by,
            "role": one.seal.role,
            "at": one.seal.at.isoformat(),
            "head": one.seal.head,
            "open": one.seal.open,
            "set_aside": one.seal.set_aside,
            "stands": one.stands,
            "signature": one.signature,
            "binds_entries_before": one.binds,
            "redacted_up_to": one.loose,
            "key": one.seal.key.line if one.seal.key is not None else None,
            "fingerprint": one.seal.key.fingerprint if one.seal.key is not None else None,
        }
        for one in seals
    ]
