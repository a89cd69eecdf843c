"""The one place that uses `cryptography`, an optional library: key pairs, signatures, a secret under a passphrase.

It is read in when something is asked of it. Where it is missing or broken, that is said in one sentence.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from stockcheck.errors import UsageError
from stockcheck.language import _

#: How long each half of a key, a signature, a salt and a nonce is, in bytes.
KEY, SIGNATURE, SALT, NONCE = 32, 64, 16, 12

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
    """Raises `NoLibraryError` where nothing can be signed, checked or locked."""
    with _in_use():
        from cryptography.hazmat.primitives.asymmetric import ed25519, x25519  # noqa: F401
        from cryptography.hazmat.primitives.ciphers import aead  # noqa: F401
        from cryptography.hazmat.primitives.kdf import scrypt  # noqa: F401


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


def locked(secret: bytes, passphrase: str, *, salt: bytes, nonce: bytes, about: bytes, rounds: int) -> bytes:
    """`secret`, encrypted and bound to `about`, under a key made of `passphrase`. Raises `NoLibraryError`."""
    with _in_use():
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(_stretched(passphrase, salt, rounds)).encrypt(nonce, secret, about)


def unlocked(content: bytes, passphrase: str, *, salt: bytes, nonce: bytes, about: bytes, rounds: int) -> bytes | None:
    """What `locked` has encrypted; None where the passphrase is another. Raises `NoLibraryError`."""
    with _in_use():
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            return AESGCM(_stretched(passphrase, salt, rounds)).decrypt(nonce, content, about)
        except InvalidTag:
            return None


def _stretched(passphrase: str, salt: bytes, rounds: int) -> bytes:
    """A key that takes 128 × 8 × `rounds` bytes of memory to try a passphrase for: at 2**17 rounds, 128 MiB."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=KEY, n=rounds, r=8, p=1).derive(passphrase.encode("utf-8"))


@contextlib.contextmanager
def _in_use() -> Iterator[None]:
    """Inside the block the library is used; raises `NoLibraryError` where that fails by the library's own fault."""
    try:
        yield
    except ImportError as error:
        raise _missing() from error
    except BaseException as error:
        # A wheel of another system fails while it is read in, in ways of its own: as an error of the loader, or as a
        # panic, which is no `Exception`. `UnsupportedAlgorithm` comes of a library that was built without one of these.
        if type(error).__name__ in ("PanicException", "UnsupportedAlgorithm", "InternalError"):
            raise _missing() from error
        raise


def _missing() -> NoLibraryError:
    return NoLibraryError(
        _(
            "Keys and signatures need the library cryptography, which is not installed or does not work here: pip "
            "install 'stockcheck[protect]'"
        )
    )
