"""The public half of a key: the line that is handed on, and the fingerprint that two people compare."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field

from stockcheck.ciphers import KEY, is_nobodys
from stockcheck.errors import UsageError
from stockcheck.language import _
from stockcheck.plaintext import one_line, says_something

#: How a line begins that hands a public key on.
BEGINS = "stockcheck-key-1"
#: The longest name of a key, in characters, and the longest line that is read.
MAX_NAME, MAX_LINE = 80, 1000
#: How many hexadecimal signs of the SHA-256 the fingerprint has: 128 bits, which nobody hits by trying.
_SHOWN = 32
_FINGERPRINT = re.compile(f"[0-9a-f]{{{_SHOWN}}}")


@dataclass(frozen=True)
class PublicKey:
    """The public halves of a key, 32 bytes each: what signatures are checked with, and what its owner can open.

    `name` is what somebody calls it, and tells two keys apart no more than any name does.
    """

    signing: bytes
    receiving: bytes
    name: str = field(default="", compare=False)

    @property
    def fingerprint(self) -> str:
        """The first 16 bytes of the SHA-256 of both halves, as eight groups of four hexadecimal signs."""
        digest = hashlib.sha256(self.signing + self.receiving).hexdigest()[:_SHOWN]
        return " ".join(digest[place : place + 4] for place in range(0, _SHOWN, 4))

    @property
    def text(self) -> str:
        """Both halves as a file holds them: in base64, with a space between."""
        return " ".join(base64.b64encode(half).decode("ascii") for half in (self.signing, self.receiving))

    @property
    def line(self) -> str:
        """The line that is handed on."""
        return f"{BEGINS} {self.text} {self.name}".rstrip()


def from_text(text: str, name: str = "") -> PublicKey:
    """The key whose halves `text` spells, as `PublicKey.text` does. Raises `ValueError`."""
    signing, receiving = text.split(" ")
    return PublicKey(from_base64(signing, KEY), from_base64(receiving, KEY), name)


def from_base64(text: str, length: int) -> bytes:
    """The `length` bytes that `text` spells, in the one way in which they are. Raises `ValueError`."""
    try:
        found = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("it is not base64") from error
    if len(found) != length or base64.b64encode(found).decode("ascii") != text:
        raise ValueError(f"it has not {length} bytes")
    return found


def from_line(line: str) -> PublicKey:
    """The key that a line hands on, with the name that the line gives it. Raises `UsageError`."""
    words = line.strip().split(maxsplit=3) if len(line) <= MAX_LINE else []
    try:
        if words[:1] != [BEGINS]:
            raise ValueError
        key = from_text(" ".join(words[1:3]), one_line(" ".join(words[3:]), limit=MAX_NAME))
        if is_nobodys(key.signing):
            raise ValueError
        return key
    except ValueError:
        raise UsageError(
            _("“{text}” is no public key.").format(text=one_line(line, limit=60)),
            _("It is one line that begins with {begins}, as stockcheck key show prints it.").format(begins=BEGINS),
        ) from None


def as_name(text: str) -> str:
    """What a key is to be called, on one line. Raises `UsageError` for one too long, or that says nothing."""
    name = one_line(text, limit=MAX_LINE)
    if not says_something(name) or len(name) > MAX_NAME:
        raise UsageError(_("A key needs a name of 1 to {most} characters.").format(most=MAX_NAME))
    return name


def as_fingerprint(text: str) -> str | None:
    """A fingerprint as it is typed or copied, as `PublicKey.fingerprint` has it; None where `text` is none."""
    signs = re.sub(r"[\s:-]+", "", text).lower()
    if not _FINGERPRINT.fullmatch(signs):
        return None
    return " ".join(signs[place : place + 4] for place in range(0, _SHOWN, 4))


def called(keys: list[PublicKey], wanted: str) -> list[PublicKey]:
    """Those of `keys` that have the name or the fingerprint `wanted`."""
    fingerprint = as_fingerprint(wanted)
    return [key for key in keys if key.name == one_line(wanted) or key.fingerprint == fingerprint]
