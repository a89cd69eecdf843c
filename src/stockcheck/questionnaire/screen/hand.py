"""Which keys a hand has pressed, each by itself, and which come from a key held down or from what fell on them."""

from __future__ import annotations

import time
from enum import Enum

#: Seconds within which the same key again is the key held down, or bouncing: no finger is so quick.
REPEATS = 0.1
#: Seconds within which another key is none that was aimed at: several went down at once.
TOGETHER = 0.02
#: Seconds after which a keyboard begins to repeat a key that is held down, at most: the first repeat looks like a press
#: of its own, until the next one follows.
BEGINS = 1.2

#: The clock that keys are told apart by, in seconds; it never goes back.
clock = time.monotonic


class Press(Enum):
    """How a key came."""

    AIMED = "aimed"
    HELD = "held"
    HELD_BEFORE = "held before"  # and so was the press before it, which was taken for one
    TOGETHER = "together"


class Hand:
    """Looks at one key after another."""

    def __init__(self) -> None:
        self._key, self._at, self._letter = "", float("-inf"), False
        self._gap = float("inf")  # between the last press that was aimed and the one before, of the same key

    def press(self, key: str, *, letter: bool = True) -> Press:
        """How `key` came, now. A key held down stays held until it has been let go of for a while; only a `letter`, a
        digit or a sign comes together with another.
        """
        now = clock()
        before, since, both = self._key, now - self._at, letter and self._letter
        self._key, self._at, self._letter = key, now, letter
        if key != before:
            self._gap = float("inf")
            return Press.TOGETHER if both and since < TOGETHER else Press.AIMED
        if since >= REPEATS:
            self._gap = since
            return Press.AIMED
        began, self._gap = self._gap, float("inf")
        return Press.HELD_BEFORE if began <= BEGINS else Press.HELD
