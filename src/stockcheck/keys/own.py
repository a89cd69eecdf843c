"""One's own keys: private, so each in a file of its own under a passphrase, and never anywhere without one."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stockcheck import ciphers
from stockcheck.errors import StockcheckError, UsageError
from stockcheck.keys import folder
from stockcheck.keys.public import PublicKey, as_name, called, from_base64, from_text
from stockcheck.language import _
from stockcheck.plaintext import named, one_line

#: How much work it is to try a passphrase; see `ciphers.by_scrypt`. A file may ask for as much as `_MOST_ROUNDS`.
ROUNDS, _MOST_ROUNDS = 1 << 17, 1 << 18
#: The most keys of one's own, and the largest file of one, in bytes.
MOST, _LARGEST = 50, 16 << 10
_BEGINS, _ENDS = "own-", ".json"
_VERSION = 1


@dataclass(frozen=True)
class OwnKey:
    """A key as it is kept: its public half, and the private one under a passphrase."""

    public: PublicKey
    _kept: Mapping[str, Any] = field(repr=False)

    def opened(self, passphrase: str) -> Identity:
        """The key, ready to sign. Raises `StockcheckError` for another passphrase, and `NoLibraryError`."""
        kept = self._kept
        salt, nonce, content = (base64.b64decode(kept[name]) for name in ("salt", "nonce", "secret"))
        key = ciphers.by_scrypt(ciphers.spelled(passphrase), salt, kept["rounds"])
        try:
            secret = ciphers.decrypted(key, nonce, content, _about(self.public))
        except ValueError:
            raise StockcheckError(
                _("The passphrase does not open the key {name}.").format(name=self.public.name),
                _("Nobody can find it out or set another: without it, make a new key and have it trusted anew."),
            ) from None
        signing, receiving = secret[: ciphers.KEY], secret[ciphers.KEY :]
        if ciphers.public_halves(signing, receiving) != (self.public.signing, self.public.receiving):
            raise folder.damaged(_file_of(self.public))
        return Identity(self.public, signing, receiving)


@dataclass(frozen=True)
class Identity:
    """A key that was opened, private halves included: for as long as it is used, and never written."""

    public: PublicKey
    signing: bytes = field(repr=False)
    receiving: bytes = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """The signature of `message`."""
        return ciphers.signature_of(message, self.signing)


def new(name: str, passphrase: str) -> PublicKey:
    """Make a key called `name`, kept under `passphrase`. Raises `UsageError` for a name that is taken, and for one too
    many; `NoLibraryError`, `StockcheckError` where it cannot be kept.
    """
    name = as_name(name)
    there = [key.public for key in own()]
    if called(there, name):
        raise UsageError(_("There is a key of yours called {name} already.").format(name=name))
    if len(there) >= MOST:
        raise UsageError(_("More than {most} keys of one’s own are not kept.").format(most=MOST))
    signing, receiving = ciphers.new_pairs()
    public = PublicKey(*ciphers.public_halves(signing, receiving), name)
    salt, nonce = secrets.token_bytes(ciphers.SALT), secrets.token_bytes(ciphers.NONCE)
    key = ciphers.by_scrypt(ciphers.spelled(passphrase), salt, ROUNDS)
    secret = ciphers.encrypted(key, nonce, signing + receiving, _about(public))
    content: dict[str, object] = {
        "stockcheck_key": _VERSION,
        "name": name,
        "public": public.text,
        "rounds": ROUNDS,
        "salt": base64.b64encode(salt).decode("ascii"),
        "nonce": base64.b64encode(nonce).decode("ascii"),
        "secret": base64.b64encode(secret).decode("ascii"),
    }
    folder.write(_file_of(public), {**content, "check": _check(content)})
    return public


def own() -> list[OwnKey]:
    """Every key of one's own, by name. Raises `StockcheckError` for a damaged one, which is named."""
    place = folder.folder()
    try:
        names = sorted(path.name for path in place.iterdir() if _is_key_file(path.name))[: MOST + 1]
    except (FileNotFoundError, NotADirectoryError):
        return []
    found = [_understood(name, content) for name in names if (content := folder.read(name, _LARGEST)) is not None]
    return sorted(found, key=lambda key: (key.public.name, key.public.fingerprint))


def chosen(wanted: str) -> OwnKey:
    """The key of one's own that has the name or the fingerprint `wanted`; the only one there is for an empty one.

    Raises `UsageError` where there is none or several, and as `own` does.
    """
    there = own()
    known = {key.public.fingerprint: key for key in there}
    found = [known[one.fingerprint] for one in called([key.public for key in there], wanted)] if wanted else there
    if len(found) == 1:
        return found[0]
    if not there:
        raise UsageError(_("There is no key of yours on this computer."), _("Make one with: stockcheck key new"))
    names = ", ".join(f"{key.public.name} ({key.public.fingerprint})" for key in found or there)
    if found:
        raise UsageError(_("Several keys could be meant: {names}.").format(names=names), _("Name one with --key."))
    raise UsageError(
        _("There is no key of yours called {name}.").format(name=one_line(wanted, limit=100)),
        _("There are: {names}.").format(names=names),
    )


def place_of(public: PublicKey) -> str:
    """Where the file of a key of one's own lies, as a sentence names it."""
    return named(folder.folder() / _file_of(public))


def _file_of(public: PublicKey) -> str:
    return _BEGINS + public.fingerprint.replace(" ", "") + _ENDS


def _is_key_file(name: str) -> bool:
    return name.startswith(_BEGINS) and name.endswith(_ENDS)


def _about(public: PublicKey) -> bytes:
    return f"stockcheck key {_VERSION}\n{public.text}".encode("ascii")


def _check(content: Mapping[str, object]) -> str:
    """By which damage is told from a wrong passphrase."""
    spelled = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelled.encode("utf-8", "surrogatepass")).hexdigest()


def _understood(name: str, content: Mapping[str, Any]) -> OwnKey:
    """The key that a file holds. Raises `StockcheckError`."""
    rest = {key: value for key, value in content.items() if key != "check"}
    try:
        if content.get("stockcheck_key") != _VERSION or content["check"] != _check(rest):
            raise ValueError("it has changed")
        public = from_text(content["public"], as_name(content["name"]))
        rounds = content["rounds"]
        if type(rounds) is not int or not 2 <= rounds <= _MOST_ROUNDS or rounds & (rounds - 1):
            raise ValueError("it asks for what nobody writes")
        from_base64(content["salt"], ciphers.SALT)
        from_base64(content["nonce"], ciphers.NONCE)
        from_base64(content["secret"], 2 * ciphers.KEY + ciphers.TAG)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, UsageError) as error:
        raise folder.damaged(name) from error
    return OwnKey(public, content)
