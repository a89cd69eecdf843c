"""What an answer is.

An answer is a value of the question's type, or `unknown`, or `na` (not applicable) with a justification.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

#: A control's or a choice's word, the words ticked (in checklist order), a number, a date, or free text.
Value = str | tuple[str, ...] | Decimal | dt.date


@dataclass(frozen=True)
class Answer:
    """One answer. `value` is None when `status` is not ``given``; `justification` belongs to ``na`` alone."""

    value: Value | None = None
    status: Literal["given", "unknown", "na"] = "given"
    justification: str = ""

    @cached_property
    def ticked(self) -> frozenset[str]:
        """The words ticked, for what takes several; else none."""
        return frozenset(self.value) if isinstance(self.value, tuple) else frozenset()

    def renamed(self, options: Mapping[str, str]) -> Answer:
        """The same answer where `options` have other names: each once, under its new one."""
        match self.value:
            case str() as word if word in options:
                return replace(self, value=options[word])
            case tuple() as words if not options.keys().isdisjoint(words):
                return replace(self, value=tuple(dict.fromkeys(options.get(word, word) for word in words)))
        return self

    @property
    def figure(self) -> Decimal | dt.date | None:
        """The number or the date that it is, whether it counts or not."""
        return self.value if isinstance(self.value, Decimal | dt.date) else None


UNKNOWN = Answer(status="unknown")
