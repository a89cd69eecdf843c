"""What a report is about: an assessment's state and its scorecard, in the language of the report."""

from __future__ import annotations

from dataclasses import dataclass

from stockcheck.assessment.record import Record
from stockcheck.assessment.state import State
from stockcheck.checklist.model import Checklist
from stockcheck.checklist.provenance import Provenance, provenance_of
from stockcheck.checklist.translation import in_language
from stockcheck.scoring.scorecard import Scorecard


@dataclass(frozen=True)
class Assessed:
    """One assessment as a report sees it. `record` is what the file's own record shows."""

    state: State
    scorecard: Scorecard
    record: Record

    @property
    def checklist(self) -> Checklist:
        """The checklist, in the language of the report."""
        return self.scorecard.checklist

    @property
    def provenance(self) -> Provenance:
        """The origin of the checklist, which in the language of the report it could not be told by."""
        return provenance_of(self.state.checklist)


def assessed(state: State, language: str, record: Record) -> Assessed:
    """The scorecard for `state`, its texts in `language` where the checklist has them."""
    checklist = in_language(state.checklist, language)
    return Assessed(state, Scorecard(checklist, state.answers, state.facts, state.on, state.accepted), record)
