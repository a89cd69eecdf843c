"""The ciphers of protected files, as the optional library `cryptography` has them.

`vault.ciphers` imports this module when a key is needed, and not before; what keys need of it is in `keys.library`.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

#: How many bytes a key has, here always.
KEY = 32

__all__ = ["KEY", "UnsupportedAlgorithm", "derived", "opened", "sealed", "shared", "stretched", "with_new_key"]


def sealed(key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
    """`plain` under AES-256-GCM, its tag behind it; it opens with `bound` alone."""
    return AESGCM(key).encrypt(nonce, plain, bound)


def opened(key: bytes, nonce: bytes, found: bytes, bound: bytes) -> bytes:
    """What was `sealed`. Raises `ValueError` for anything that was not, with this key and this `bound`."""
    try:
        return AESGCM(key).decrypt(nonce, found, bound)
    except InvalidTag:
        raise ValueError("it was not sealed with this key, or was changed since") from None


def stretched(passphrase: bytes, salt: bytes, memory: int, iterations: int, lanes: int) -> bytes:
    """The key that a passphrase comes to, by Argon2id in `memory` KiB. Source: RFC 9106."""
    return Argon2id(salt=salt, length=KEY, iterations=iterations, lanes=lanes, memory_cost=memory).derive(passphrase)


def derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    """A key for one purpose, by HKDF with SHA-256. Source: RFC 5869."""
    return HKDF(SHA256(), KEY, salt, purpose).derive(key)


def public_of(private: bytes) -> bytes:
    """The public key that goes with a private one, X25519. Raises `ValueError`."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def shared(private: bytes, public: bytes) -> bytes:
    """What the holder of `private` has in common with that of `public`, X25519. Raises `ValueError`.

    Source: RFC 7748.
    """
    return X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(public))


def with_new_key(public: bytes) -> tuple[bytes, bytes]:
    """The public half of a key made for this once, and what it has in common with `public`. Raises `ValueError`."""
    private = X25519PrivateKey.generate()
    common = private.exchange(X25519PublicKey.from_public_bytes(public))
    return private.public_key().public_bytes_raw(), common
