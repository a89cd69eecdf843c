"""Losses and dangers found: what no score may outweigh. Source: docs/scoring.md, S-6."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stockcheck.scoring.scope import Line, Standing


@dataclass(frozen=True)
class Findings:
    """The questions that ask for a bad state, in checklist order: what was `found`, and what was `not_checked`."""

    found: tuple[Line, ...]
    not_checked: tuple[Line, ...]


def findings(lines: Iterable[Line]) -> Findings:
    """Found is what was answered with less than full credit; not checked is what is open, ``unknown`` included, or was
    never asked because what it is part of falls short: nobody has looked.
    """
    asked = [line for line in lines if line.question.finding is not None and line.counts]
    return Findings(
        found=tuple(line for line in asked if line.standing is Standing.ANSWERED and line.credit < 1),
        not_checked=tuple(line for line in asked if line.is_open or line.standing is Standing.PART),
    )
