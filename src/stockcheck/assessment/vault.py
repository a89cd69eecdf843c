"""What the key of a protected file encrypts and decrypts: each event, checklist and attachment by itself.

The ciphers are those of an optional library (see `stockcheck.ciphers`).
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import json
import secrets
from base64 import b64decode, b64encode
from functools import cached_property
from typing import Literal

from stockcheck import ciphers
from stockcheck.assessment.events import Event, as_body, digest
from stockcheck.ciphers import NONCE, TAG
from stockcheck.errors import AssessmentFileError
from stockcheck.language import _

#: The version of the recipe. It stands in the file and is bound to all that is encrypted.
VERSION = 1
#: The kind that a row has which holds an encrypted event.
ENCRYPTED = "encrypted"
#: What is encrypted is filled up to so many bytes, or a multiple of it: neither "yes" and "no" nor two checklists can
#: be told by their length.
BLOCKS: dict[str, int] = {"event": 512, "checklist": 64 << 10, "attachment": 4 << 10}
#: How many bytes the number has that stands before what is encrypted and says its length.
LENGTH = 8

What = Literal["event", "checklist", "attachment"]


class Vault:
    """What the key of the file with the id `file_id` encrypts and decrypts."""

    def __init__(self, file_id: str, key: bytes) -> None:
        self.file_id, self.key = file_id, key

    def encrypt_event(self, event: Event, previous: str) -> Event:
        """The row that holds `event` behind the row with the hash `previous`. The plain one lies in it whole."""
        plain = [
            event.seq,
            event.at,
            event.by,
            event.kind,
            event.subject,
            event.body,
            event.previous,
            event.hash,
        ]
        body = in_text(self._encrypt("event", as_body(plain).encode(), event.seq, previous))
        own = digest(event.seq, "", "", ENCRYPTED, "", body, previous)
        return Event(event.seq, "", "", ENCRYPTED, "", body, previous, own)

    def decrypt_event(self, row: Event, previous: str) -> Event:
        """The event in a `row` that stands behind the one with the hash `previous`.

        Raises `AssessmentFileError` for one that was changed, or that does not belong there.
        """
        try:
            if (row.at, row.by, row.kind, row.subject) != ("", "", ENCRYPTED, "") or row.previous != previous:
                raise ValueError("it stands in another place")
            if row.hash != row.reckoned:
                raise ValueError("its hash is another one")
            seq, *texts = json.loads(self._decrypt("event", from_text(row.body), row.seq, previous))
            if (
                type(seq) is not int
                or seq != row.seq
                or len(texts) != 7
                or not all(isinstance(text, str) for text in texts)
            ):
                raise ValueError("it is no event")
        except (ValueError, TypeError, RecursionError) as error:
            raise AssessmentFileError(
                _("The file is damaged or was changed by another program: entry {entry} cannot be opened.").format(
                    entry=row.seq
                ),
                _("The passphrase is right. Use a copy of the file."),
            ) from error
        return Event(seq, *texts)

    def name(self, digest: str) -> str:
        """What the checklist or attachment with that digest is called in the file."""
        return hmac.new(self._keys["name"], digest.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def encrypt_bytes(self, what: What, digest: str, content: bytes) -> bytes:
        """`content`, a checklist or an attachment, as it is kept, with its digest in it."""
        return self._encrypt(what, digest.encode("utf-8", "surrogatepass") + b"\n" + content, self.name(digest))

    def decrypt_bytes(self, what: What, name: str, found: bytes) -> tuple[str, bytes]:
        """Digest and content of what is called `name` in the file. Raises `ValueError` for what was changed."""
        first, _line, content = self._decrypt(what, found, name).partition(b"\n")
        digest = first.decode("utf-8", "surrogatepass")
        if self.name(digest) != name:
            raise ValueError("it has the name of another one")
        return digest, content

    def _encrypt(self, what: What, plain: bytes, *place: object) -> bytes:
        framed = len(plain).to_bytes(LENGTH) + plain
        framed += bytes(-len(framed) % BLOCKS[what])
        nonce = secrets.token_bytes(NONCE)
        found = ciphers.encrypted(self._keys[what], nonce, framed, bound(self.file_id, what, *place))
        return nonce + found

    def _decrypt(self, what: What, found: bytes, *place: object) -> bytes:
        nonce, rest = found[:NONCE], found[NONCE:]
        if len(rest) < TAG:
            raise ValueError("it is too short")
        framed = ciphers.decrypted(self._keys[what], nonce, rest, bound(self.file_id, what, *place))
        return framed[LENGTH : LENGTH + int.from_bytes(framed[:LENGTH])]

    @cached_property
    def _keys(self) -> dict[str, bytes]:
        salt = bytes.fromhex(self.file_id)
        return {
            what: ciphers.derived(self.key, salt, f"stockcheck {VERSION} {what}".encode()) for what in (*BLOCKS, "name")
        }


def bound(file_id: str, *place: object) -> bytes:
    """What is bound to something encrypted: it opens in this place alone."""
    return as_body(["stockcheck", VERSION, file_id, *place]).encode("utf-8", "surrogatepass")


def in_text(found: bytes) -> str:
    return b64encode(found).decode("ascii")


def from_text(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error
