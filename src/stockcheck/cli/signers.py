"""Who has sealed a file, as far as this computer can tell: seals in words, and the keys that it knows."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from stockcheck.errors import StockcheckError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import one_line

if TYPE_CHECKING:
    from stockcheck.assessment.record import Record
    from stockcheck.keys.public import PublicKey


def seals_in_words(record: Record) -> list[str]:
    """Every seal, what it shows, and whether this computer knows the key; then whether the file is sealed now."""
    from stockcheck.report import sealed

    said = []
    for one in record.seals:
        said += sealed.in_full(one)
        if one.signature == "fits" and one.seal.key is not None:
            said.append(_known_as(one.seal.key))
    if not sealed.standing(record):
        said.append(_("The file is not sealed."))
    return said


def _known_as(key: PublicKey) -> str:
    from stockcheck.keys import own, trusted

    try:
        if (name := next((one.name for one in trusted.trusted() if one == key), None)) is not None:
            return _("This computer knows that key as {name}.").format(name=name)
        if (name := next((one.public.name for one in own.own() if one.public == key), None)) is not None:
            return _("That key is one of your own, {name}.").format(name=name)
    except StockcheckError as error:
        return _("Whether this computer knows that key cannot be told. {why}").format(why=error.message)
    return _(
        "This computer does not know that key. Anybody can make a key under any name: compare the fingerprint with the "
        "signer by another way."
    )


def as_fingerprint(wanted: str) -> str:
    """The fingerprint of the key that is `wanted`: as `public_key`, or by the fingerprint of one that is not known."""
    from stockcheck.keys import public

    return public.as_fingerprint(wanted) or public_key(wanted).fingerprint


def public_key(wanted: str) -> PublicKey:
    """The key that is `wanted`: by a name or fingerprint that it is known by here, by its line or by a file that holds
    that. Raises `UsageError`, and `StockcheckError` where the keys cannot be read.
    """
    from stockcheck.cli.keys import handed_on
    from stockcheck.keys import own, public, trusted

    if wanted.lstrip().startswith(public.BEGINS):
        return handed_on(wanted)
    known = [*trusted.trusted(), *(key.public for key in own.own())]
    if found := public.called(known, wanted):
        return found[0]
    if not os.path.exists(wanted):
        raise UsageError(_("No key is known here as {name}.").format(name=one_line(wanted, limit=100)))
    return handed_on(wanted)


def not_sealed_by(fingerprint: str, record: Record) -> str:
    """That no seal that stands is signed with the key of that `fingerprint`; empty where one is."""
    from stockcheck.report import sealed

    for one in sealed.standing(record):
        if one.binds and one.seal.key is not None and one.seal.key.fingerprint == fingerprint:
            return ""
    return _("No seal that stands is known to be signed with the key {fingerprint}.").format(fingerprint=fingerprint)
