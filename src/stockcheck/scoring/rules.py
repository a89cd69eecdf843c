"""Which version of the rules a checklist is scored by. Source: docs/scoring.md.

An assessment keeps the checklist it was begun with, and a checklist the rules it was written for: a figure that was
signed does not change because the program was renewed. What differs between the versions is named here, once.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from stockcheck.checklist.model import Checklist


@dataclass(frozen=True)
class Rules:
    """What is particular to one version of the rules.

    `countersigned`: a question answered as not applicable stays open until somebody else has agreed (S-3).
    `own_questions`: a level stands on its own questions, not on those of the levels below as well (S-5).
    `margin`: how far below the threshold a domain may lie (S-5 b); None: domains are not looked at.
    `heaviest`: the weight of which nothing may be wholly absent (S-5 d); None: no such rule.
    """

    version: int
    countersigned: bool
    own_questions: bool
    margin: Fraction | None
    heaviest: int | None


VERSION_1 = Rules(1, countersigned=False, own_questions=False, margin=None, heaviest=None)
VERSION_2 = Rules(2, countersigned=True, own_questions=True, margin=Fraction(1, 5), heaviest=5)

_VERSIONS = {rules.version: rules for rules in (VERSION_1, VERSION_2)}


def rules_of(checklist: Checklist) -> Rules:
    """The rules that `checklist` is scored by."""
    return _VERSIONS[checklist.rules]
