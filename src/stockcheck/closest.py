"""What somebody most likely meant who wrote a name that is not known.

The work is bounded for each name, however many are known and however long they are: among few, the one most alike;
among many, one that a single slip of the hand turns into what was written.
"""

from __future__ import annotations

import string
from collections.abc import Collection, Iterator, Mapping, Set
from difflib import get_close_matches

#: Longest name that anything is suggested for; ids have at most 64 characters.
_LONGEST = 64
#: Most names compared one by one, and most pairs of characters in all comparisons.
_MOST_NAMES = 100
_MOST_PAIRS = 6_000
#: How alike two names must be, 0 to 1: twice the characters they share, of all that they have.
_ALIKE = 0.6
_TYPED = string.ascii_letters + string.digits + "-_. "


def closest(name: str, known: Collection[str]) -> str | None:
    """The one of `known` that `name` is most likely meant for; None where none is near enough."""
    if len(name) > _LONGEST:
        return None
    if len(known) <= _MOST_NAMES:
        near = [one for one in known if 2 * min(len(one), len(name)) >= _ALIKE * (len(one) + len(name))]
        if len(name) * sum(map(len, near)) <= _MOST_PAIRS:
            return next(iter(get_close_matches(name, near, n=1, cutoff=_ALIKE)), None)
    quickly = known if isinstance(known, (Mapping, Set)) else frozenset(known)
    return next((meant for meant in _one_slip_from(name) if meant in quickly and meant != name), None)


def _one_slip_from(name: str) -> Iterator[str]:
    """What `name` may stand for: capitals, then two characters swapped, one too many, one too few, one wrong."""
    yield from (name.upper(), name.lower())
    parts = [(name[:place], name[place:]) for place in range(len(name) + 1)]
    yield from (before + after[1] + after[0] + after[2:] for before, after in parts if len(after) > 1)
    yield from (before + after[1:] for before, after in parts if after)
    yield from (before + one + after for before, after in parts for one in _TYPED)
    yield from (before + one + after[1:] for before, after in parts if after for one in _TYPED)
