"""The public keys of others that somebody at this computer has said to know, each under the name given to it here."""

from __future__ import annotations

from dataclasses import replace

from stockcheck.errors import UsageError
from stockcheck.keys import folder
from stockcheck.keys.public import PublicKey, as_name, called, from_text
from stockcheck.language import _
from stockcheck.plaintext import one_line

#: The most keys that are kept, and the largest file of them, in bytes.
MOST, _LARGEST = 1000, 1 << 19
_FILE = "trusted.json"


def trusted() -> list[PublicKey]:
    """Every key that is known here, by name. Raises `StockcheckError` where the list cannot be read or trusted."""
    content = folder.read(_FILE, _LARGEST)
    if content is None:
        return []
    try:
        rows = content["keys"]
        if not isinstance(rows, list) or len(rows) > MOST:
            raise ValueError("it is no list of keys")
        found = [from_text(row["public"], as_name(row["name"])) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError, UsageError) as error:
        raise folder.damaged(_FILE) from error
    return sorted(found, key=lambda key: (key.name, key.fingerprint))


def trust(key: PublicKey, name: str) -> PublicKey | None:
    """Know `key` by `name` from now on; what it was known as before, None where it was not.

    Raises `UsageError` for a name that another key has and for one too many, and as `trusted` does.
    """
    name = as_name(name)
    known = trusted()
    before = next((one for one in known if one == key), None)
    others = [one for one in known if one != key]
    if taken := [one for one in others if one.name == name]:
        raise UsageError(
            _("{name} is what another key is known as here: {fingerprint}.").format(
                name=name, fingerprint=taken[0].fingerprint
            ),
            _("Give another name, or have that one forgotten first: stockcheck key forget NAME"),
        )
    if len(others) >= MOST:
        raise UsageError(_("More than {most} keys are not kept.").format(most=MOST))
    _keep([*others, replace(key, name=name)])
    return before


def forget(wanted: str) -> PublicKey:
    """Know the key of that name or fingerprint no more. Raises `UsageError` where there is none."""
    known = trusted()
    found = called(known, wanted)
    if not found:
        raise UsageError(_("No key is known here as {name}.").format(name=one_line(wanted, limit=100)))
    _keep([one for one in known if one not in found])
    return found[0]


def _keep(keys: list[PublicKey]) -> None:
    rows = [{"name": key.name, "public": key.text} for key in keys]
    folder.write(_FILE, {"stockcheck_trusted": 1, "keys": rows})
