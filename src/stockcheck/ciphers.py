"""The one place that uses `cryptography`, an optional library: key pairs, signatures, what is encrypted.

It is read in when something is asked of it. Where it is missing or broken, that is said in one sentence.
"""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Iterator

from stockcheck.errors import UsageError
from stockcheck.language import _

#: How long a key or each half of one, a signature, a salt, a nonce and the tag behind what is encrypted is, in bytes.
KEY, SIGNATURE, SALT, NONCE, TAG = 32, 64, 16, 12, 16

#: Keys by which a signature fits that anybody can make up, for they have a low order: nobody holds one. The highest bit
#: is left out. Source: RFC 8032, 5.1; the points of order 1, 2, 4 and 8, and those spelled beyond the field's prime.
_NOBODYS = frozenset(
    bytes.fromhex(point)
    for point in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
)


class NoLibraryError(UsageError):
    """The optional library is not there, or does not work."""


def check_is_there() -> None:
    """Raises `NoLibraryError` where nothing can be signed, checked or encrypted."""
    with _in_use():
        from cryptography.hazmat.primitives.asymmetric import ed25519, x25519  # noqa: F401
        from cryptography.hazmat.primitives.ciphers import aead  # noqa: F401
        from cryptography.hazmat.primitives.kdf import argon2, hkdf, scrypt  # noqa: F401


def new_pairs() -> tuple[bytes, bytes]:
    """The private halves of a new key, for signing and for receiving. Raises `NoLibraryError`."""
    with _in_use():
        from cryptography.hazmat.primitives.asymmetric import ed25519, x25519

        signing, receiving = ed25519.Ed25519PrivateKey.generate(), x25519.X25519PrivateKey.generate()
        return signing.private_bytes_raw(), receiving.private_bytes_raw()


def public_halves(signing: bytes, receiving: bytes) -> tuple[bytes, bytes]:
    """The public halves that belong to two private ones. Raises `NoLibraryError`, and `ValueError` for no key."""
    with _in_use():
        from cryptography.hazmat.primitives.asymmetric import ed25519, x25519

        ours = ed25519.Ed25519PrivateKey.from_private_bytes(signing).public_key().public_bytes_raw()
        return ours, x25519.X25519PrivateKey.from_private_bytes(receiving).public_key().public_bytes_raw()


def signature_of(message: bytes, signing: bytes) -> bytes:
    """The signature of `message` by the private half `signing`. Raises `NoLibraryError`."""
    with _in_use():
        from cryptography.hazmat.primitives.asymmetric import ed25519

        return ed25519.Ed25519PrivateKey.from_private_bytes(signing).sign(message)


def signature_fits(signature: bytes, message: bytes, public: bytes) -> bool:
    """Whether whoever holds the private half of `public` has signed exactly `message`. Raises `NoLibraryError`."""
    if is_nobodys(public):
        return False
    with _in_use():
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric import ed25519

        try:
            ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def is_nobodys(public: bytes) -> bool:
    """Whether `public`, for checking signatures, is a key by which anybody could sign anything."""
    return public[:-1] + bytes((public[-1] & 0x7F,)) in _NOBODYS


def encrypted(key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
    """`plain` under AES-256-GCM, its tag behind it; it opens with `bound` alone. Raises `NoLibraryError`."""
    with _in_use():
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(key).encrypt(nonce, plain, bound)


def decrypted(key: bytes, nonce: bytes, found: bytes, bound: bytes) -> bytes:
    """What `encrypted` has made.

    Raises `ValueError` for anything that was not made with this key and this `bound`, and `NoLibraryError`.
    """
    with _in_use():
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            return AESGCM(key).decrypt(nonce, found, bound)
        except InvalidTag:
            raise ValueError("it was not encrypted with this key, or was changed since") from None


def spelled(passphrase: str) -> bytes:
    """A passphrase as keys are made of it: an é is one, however the keyboard or the system spells it."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")


def by_scrypt(passphrase: bytes, salt: bytes, rounds: int) -> bytes:
    """The key that a passphrase comes to, by scrypt. Raises `NoLibraryError`.

    Each try takes 128 × 8 × `rounds` bytes of memory: at 2**17 rounds, 128 MiB. Source: RFC 7914.
    """
    with _in_use():
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

        return Scrypt(salt=salt, length=KEY, n=rounds, r=8, p=1).derive(passphrase)


def by_argon2(passphrase: bytes, salt: bytes, memory: int, iterations: int, lanes: int) -> bytes:
    """The key that a passphrase comes to, by Argon2id in `memory` KiB. Raises `NoLibraryError`. Source: RFC 9106."""
    with _in_use():
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

        found = Argon2id(salt=salt, length=KEY, iterations=iterations, lanes=lanes, memory_cost=memory)
        return found.derive(passphrase)


def derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    """A key for one purpose, by HKDF with SHA-256. Raises `NoLibraryError`. Source: RFC 5869."""
    with _in_use():
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(SHA256(), KEY, salt, purpose).derive(key)


def receiving_half(private: bytes) -> bytes:
    """The public key that goes with a private one, X25519. Raises `ValueError` and `NoLibraryError`."""
    with _in_use():
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def shared(private: bytes, public: bytes) -> bytes:
    """What the holder of `private` has in common with that of `public`, X25519. Source: RFC 7748.

    Raises `ValueError` and `NoLibraryError`.
    """
    with _in_use():
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

        return X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(public))


def with_new_key(public: bytes) -> tuple[bytes, bytes]:
    """The public half of a key made for this once, and what it has in common with `public`.

    Raises `ValueError` and `NoLibraryError`.
    """
    with _in_use():
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

        private = X25519PrivateKey.generate()
        common = private.exchange(X25519PublicKey.from_public_bytes(public))
        return private.public_key().public_bytes_raw(), common


@contextlib.contextmanager
def _in_use() -> Iterator[None]:
    """Inside the block the library is used; raises `NoLibraryError` where that fails by the library's own fault."""
    try:
        yield
    except ImportError as error:
        raise no_library() from error
    except BaseException as error:
        # A wheel of another system fails while it is read in, in ways of its own: as an error of the loader, or as a
        # panic, which is no `Exception`. `UnsupportedAlgorithm` comes of a library that was built without one of these.
        if type(error).__name__ in ("PanicException", "UnsupportedAlgorithm", "InternalError"):
            raise no_library() from error
        raise


def no_library() -> NoLibraryError:
    """What to say where the optional library is missing or does not work."""
    return NoLibraryError(
        _("This needs the library cryptography, version 44 or newer, which is not installed or does not work here."),
        _("Install it with: pip install 'stockcheck[protect]'"),
    )
