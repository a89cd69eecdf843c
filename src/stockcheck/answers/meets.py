"""What a condition sees of an answer. Source: docs/scoring.md, S-2.

The one evaluation of a test over an answer. The test itself is `conditions.accepts`, which knows no answers, so that
the lint, which looks for answers that a condition could be met by, asks the same function.
"""

from __future__ import annotations

import datetime as dt

from stockcheck.answers.answer import Answer
from stockcheck.checklist.conditions import Leaf, Ticks, Truth, accepts


def meets(leaf: Leaf, answer: Answer | None) -> Truth:
    """Whether `answer` is what `leaf` asks for; undetermined while it is missing, unknown or "not applicable"."""
    if answer is None or answer.value is None:
        return None
    if isinstance(answer.value, tuple):
        return accepts(leaf, Ticks(answer.ticked, off=frozenset(leaf.listed) - answer.ticked))
    return accepts(leaf, answer.value.isoformat() if isinstance(answer.value, dt.date) else answer.value)
