"""Protection: who can get at the key of a file. Nothing here reads or writes a file.

A random key encrypts what a protected file holds (see `vault`). It stands in the file in slots: encrypted with what a
passphrase comes to, or for a recipient, whose private key opens it. `docs/assessment-file.md` has the recipe.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from stockcheck import ciphers
from stockcheck.assessment.events import as_body
from stockcheck.assessment.vault import VERSION, Vault, bound, from_text, in_text
from stockcheck.ciphers import KEY, NONCE, TAG
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _

#: The most slots of a file, and the longest one, in bytes.
MAX_SLOTS, MAX_SLOT = 16, 2048
#: The shortest and the longest passphrase, in characters.
SHORTEST, LONGEST = 8, 1000

#: What the parts of a slot are called in the file, by its kind.
NAMES = {"passphrase": ("salt", "memory", "iterations", "lanes"), "recipient": ("key", "ephemeral")}


@dataclass(frozen=True)
class Cost:
    """What it takes to try a passphrase, for Argon2id: `memory` in KiB, `iterations`, `lanes`."""

    memory: int
    iterations: int
    lanes: int

    @property
    def work(self) -> int:
        """What it takes altogether."""
        return self.memory * self.iterations


#: A quarter of a second on a plain computer.
STANDARD = Cost(memory=64 << 10, iterations=3, lanes=4)
#: The most that a file may ask for: of one slot, and of all together. A hostile one asks for all there is.
_MOST, _MOST_WORK = Cost(memory=256 << 10, iterations=16, lanes=16), 16 * STANDARD.work


@dataclass(frozen=True)
class Slot:
    """One way to the key: `kind`, what it is made of in the order in which it is bound, and the key, encrypted.

    Of a passphrase that is salt, memory, iterations and lanes, of a recipient the public key and the one made for
    this once. Bytes are base64 here, as they are in the file.
    """

    kind: str
    parts: tuple[str | int, ...]
    nonce: str
    wrapped: str

    @property
    def cost(self) -> Cost:
        """What trying a passphrase on this slot takes."""
        _salt, memory, iterations, lanes = self.parts
        return Cost(int(memory), int(iterations), int(lanes))


@dataclass(frozen=True)
class Protection:
    """The slots of a file, and the id that is bound to all that is encrypted in it."""

    file_id: str
    slots: tuple[Slot, ...]

    @classmethod
    def read(cls, rows: Sequence[tuple[int, str | None]]) -> Protection:
        """The protection that the rows of its table say: number and content. Raises `AssessmentFileError`."""
        try:
            first, *others = rows
            about = _object(first[1])
            file_id, version = about["id"], about["version"]
            if first[0] != 0 or not 1 <= len(others) <= MAX_SLOTS:
                raise ValueError("slots are missing, or are too many")
            if type(version) is int and version > VERSION:
                raise AssessmentFileError(
                    _("The file is protected in a way that this program does not know."),
                    _("It was made by another version of stockcheck. Use that one, or a newer one."),
                )
            if version != VERSION or not isinstance(file_id, str) or len(bytes.fromhex(file_id)) != 16:
                raise ValueError("no version, or no id")
            slots = tuple(_slot(file_id, content) for _number, content in others)
            if sum(slot.cost.work for slot in slots if slot.kind == "passphrase") > _MOST_WORK:
                raise ValueError("it asks for too much")
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise AssessmentFileError(
                _("The file is damaged or was changed by another program: its protection cannot be read."),
                _("Use a copy of it."),
            ) from error
        return cls(file_id, slots)

    def rows(self) -> list[tuple[int, str]]:
        """What stands in the table: number and content of each row."""
        first = as_body({"version": VERSION, "id": self.file_id})
        return [(0, first), *enumerate((_content(self.file_id, slot) for slot in self.slots), start=1)]

    def unlock(self, secret: str | bytes) -> Vault | None:
        """What a passphrase, or as bytes a private key, opens; None where it opens nothing. Raises `UsageError`."""
        kind = "passphrase" if isinstance(secret, str) else "recipient"
        for slot in self.slots:
            if slot.kind != kind:
                continue
            try:
                key = self._stretched(slot, secret) if isinstance(secret, str) else _common(slot, secret)
                place = bound(self.file_id, slot.kind, *slot.parts)
                nonce, wrapped = from_text(slot.nonce), from_text(slot.wrapped)
                return Vault(self.file_id, ciphers.decrypted(key, nonce, wrapped, place))
            except MemoryError as error:
                raise AssessmentFileError(
                    _("There is too little memory to try the passphrase: it takes {n} MiB.").format(
                        n=slot.cost.memory >> 10
                    )
                ) from error
            except ValueError:
                continue
        return None

    def _stretched(self, slot: Slot, passphrase: str) -> bytes:
        cost = slot.cost
        salt = from_text(str(slot.parts[0]))
        return ciphers.by_argon2(ciphers.spelled(passphrase), salt, cost.memory, cost.iterations, cost.lanes)

    def with_recipient(self, vault: Vault, public: bytes) -> Protection:
        """The same protection, and the holder of the private key of `public` (X25519, 32 bytes) can open it as well.

        Raises `UsageError` for a key that is none, and for one slot too many.
        """
        if len(self.slots) >= MAX_SLOTS:
            raise UsageError(_("A file can be opened in {n} ways at most.").format(n=MAX_SLOTS))
        try:
            ephemeral, common = ciphers.with_new_key(public)
        except ValueError as error:
            raise UsageError(_("That is no public key.")) from error
        parts = (in_text(public), in_text(ephemeral))
        slot = _wrapped(self.file_id, "recipient", parts, _key_of(common, public, ephemeral), vault.key)
        return Protection(self.file_id, (*self.slots, slot))

    @property
    def recipients(self) -> list[bytes]:
        """The public keys of those who can open the file with their private one."""
        return [from_text(str(slot.parts[0])) for slot in self.slots if slot.kind == "recipient"]


@dataclass(frozen=True)
class Protected:
    """How a file is protected, and what its key encrypts and decrypts."""

    protection: Protection
    vault: Vault

    def with_recipients(self, publics: Iterable[bytes]) -> Protected:
        """The same, and the holders of the private keys of `publics` can open it. Raises as `with_recipient`."""
        protection = self.protection
        for public in publics:
            protection = protection.with_recipient(self.vault, public)
        return Protected(protection, self.vault)


def by_passphrase(passphrase: str, cost: Cost = STANDARD) -> Protected:
    """The protection of a file by `passphrase`, with a new key. Raises `UsageError` for one that will not do."""
    check(passphrase)
    file_id, key, salt = secrets.token_hex(16), secrets.token_bytes(KEY), secrets.token_bytes(16)
    wrapping = ciphers.by_argon2(ciphers.spelled(passphrase), salt, cost.memory, cost.iterations, cost.lanes)
    parts = (in_text(salt), cost.memory, cost.iterations, cost.lanes)
    slot = _wrapped(file_id, "passphrase", parts, wrapping, key)
    return Protected(Protection(file_id, (slot,)), Vault(file_id, key))


def check(passphrase: str) -> None:
    """Raises `UsageError` for a passphrase that is too short or too long, however its accents are spelled."""
    if not SHORTEST <= len(unicodedata.normalize("NFC", passphrase)) <= LONGEST:
        raise UsageError(
            _("A passphrase has {least} to {most} characters.").format(least=SHORTEST, most=LONGEST),
            _("Several words that do not belong together are hard to guess, and easy to remember."),
        )


def _wrapped(file_id: str, kind: str, parts: tuple[str | int, ...], wrapping: bytes, key: bytes) -> Slot:
    nonce = secrets.token_bytes(NONCE)
    wrapped = ciphers.encrypted(wrapping, nonce, key, bound(file_id, kind, *parts))
    return Slot(kind, parts, in_text(nonce), in_text(wrapped))


def _common(slot: Slot, private: bytes) -> bytes:
    """What encrypts the file's key for the holder of `private`. Raises `ValueError` where it is not for them."""
    public, ephemeral = (from_text(str(part)) for part in slot.parts)
    if ciphers.receiving_half(private) != public:
        raise ValueError("it is for somebody else")
    return _key_of(ciphers.shared(private, ephemeral), public, ephemeral)


def _key_of(common: bytes, public: bytes, ephemeral: bytes) -> bytes:
    purpose = f"stockcheck {VERSION} recipient".encode() + public + ephemeral
    return ciphers.derived(common, b"", purpose)


def _slot(file_id: str, content: str | None) -> Slot:
    """The slot that `content` says. Raises `ValueError`, `KeyError` or `TypeError`."""
    found = _object(content)
    names = NAMES[found["kind"]]
    slot = Slot(found["kind"], tuple(found[name] for name in names), found["nonce"], found["wrapped"])
    if _content(file_id, slot) != content:
        raise ValueError("it was changed, or is written otherwise")
    if len(from_text(slot.nonce)) != NONCE or len(from_text(slot.wrapped)) != KEY + TAG:
        raise ValueError("a key of another length")
    if slot.kind == "passphrase":
        salt, *numbers = slot.parts
        most = (_MOST.memory, _MOST.iterations, _MOST.lanes)
        if not all(type(one) is int and 1 <= one <= limit for one, limit in zip(numbers, most, strict=True)):
            raise ValueError("it asks for too much")
        if slot.cost.memory < 8 * slot.cost.lanes or len(from_text(str(salt))) != 16:
            raise ValueError("it asks for what there is not")
    elif any(len(from_text(str(part))) != KEY for part in slot.parts):
        raise ValueError("a key of another length")
    return slot


def _content(file_id: str, slot: Slot) -> str:
    """A slot as it stands in the file; its `check` tells an accident to it from a wrong passphrase."""
    listed = [file_id, slot.kind, *slot.parts, slot.nonce, slot.wrapped]
    parts = dict(zip(NAMES[slot.kind], slot.parts, strict=True))
    check = hashlib.sha256(as_body(listed).encode("utf-8", "surrogatepass")).hexdigest()
    return as_body({"kind": slot.kind, **parts, "nonce": slot.nonce, "wrapped": slot.wrapped, "check": check})


def _object(content: str | None) -> dict[str, Any]:
    found = None if content is None else json.loads(content)
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found
