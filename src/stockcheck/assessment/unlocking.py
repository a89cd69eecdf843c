"""How the key of a protected file is come by: somebody is asked for its passphrase, once a run.

Who asks is whoever runs the program: a terminal, a file, a dialog, or nobody. Keys and what opened a file are kept in
memory until the program ends, and nowhere else.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from stockcheck.errors import ProtectedError, StockcheckError, WrongPassphraseError
from stockcheck.language import _
from stockcheck.plaintext import named

if TYPE_CHECKING:  # every command says who is asked, few open a protected file
    from stockcheck.assessment.protection import Protection
    from stockcheck.assessment.vault import Vault

#: Asked for what opens the file, at the first try, the second and so on: a passphrase, as bytes the private key of a
#: recipient, or None for nothing. Raises `StockcheckError`.
Provider = Callable[[Path, int], str | bytes | None]

#: How often somebody is asked about a file.
TRIES = 3
#: How many of those that have opened a file are tried on the next one.
_TRIED = 3

_provider: Provider | None = None
_keys: dict[str, Vault] = {}
_known: list[str | bytes] = []


def use(provider: Provider | None) -> None:
    """Have `provider` asked from now on; None: nobody."""
    global _provider
    _provider = provider


@contextlib.contextmanager
def asking_nobody() -> Iterator[None]:
    """Inside the block a protected file opens only if its key is known already."""
    global _provider
    before, _provider = _provider, None
    try:
        yield
    finally:
        _provider = before


def remember(vault: Vault, secret: str | bytes | None = None) -> None:
    """Keep the key of a file in memory, and what it was got by for the next file."""
    _keys[vault.file_id] = vault
    if secret is not None and secret not in _known:
        _known.insert(0, secret)
        del _known[_TRIED:]


def forget() -> None:
    """Let go of all keys."""
    _keys.clear()
    _known.clear()


def is_open(protection: Protection) -> bool:
    """Whether its key is known already."""
    return protection.file_id in _keys


def vault_of(path: Path, protection: Protection) -> Vault:
    """What opens the file at `path`.

    Raises `ProtectedError` where nobody gives what opens it, `WrongPassphraseError` after what was given `TRIES` times
    did not, and `UsageError` where the library is not installed.
    """
    if (known := _keys.get(protection.file_id)) is not None:
        return known
    provider = _provider
    if provider is None:
        raise _not_asked(path)
    for secret in tuple(_known):
        if (vault := opened_by(protection, secret)) is not None:
            remember(vault, secret)
            return vault
    for number in range(1, TRIES + 1):
        given = provider(path, number)
        if given is None:
            raise _not_asked(path) if number == 1 else wrong(path)
        if (vault := opened_by(protection, given)) is not None:
            remember(vault, given)
            return vault
    raise wrong(path)


def opened_by(protection: Protection, secret: str | bytes) -> Vault | None:
    """What a private key opens, or what somebody has typed: the file's passphrase, or that of a key of their own for
    whose holder it was protected. None where it opens nothing. Raises `UsageError` where the library is not there.
    """
    if (vault := protection.unlock(secret)) is not None or isinstance(secret, bytes):
        return vault
    if receivers := set(protection.recipients):
        from stockcheck.keys import own

        for key in own.own():
            if key.public.receiving in receivers:
                with contextlib.suppress(StockcheckError):  # the passphrase of another key
                    return protection.unlock(key.opened(secret).receiving)
    return None


def wrong(path: Path) -> WrongPassphraseError:
    """What to say when what was given does not open the file."""
    return WrongPassphraseError(
        _("That does not open {file}.").format(file=named(path.name or path)),
        _("It is not the passphrase of this file. A passphrase that is forgotten cannot be got back."),
    )


def _not_asked(path: Path) -> ProtectedError:
    return ProtectedError(
        _("{file} is protected by a passphrase.").format(file=named(path.name or path)),
        _("Give it at a terminal, or in a file: stockcheck --passphrase-file FILE, before the command."),
    )
