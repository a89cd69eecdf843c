"""One assessment, opened, verified and scored: what every command that tells a result starts from.

A checklist that several files hold is parsed once (see `assessment.tables`), and put into a language once (see
`checklist.translation`): what a hundred depots of one checklist share is worked out for the first of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from stockcheck.assessment.file import AssessmentFile, open_file
from stockcheck.assessment.record import Record
from stockcheck.assessment.shown import Pictures, pictures
from stockcheck.assessment.state import State
from stockcheck.checklist.model import Checklist
from stockcheck.checklist.provenance import Provenance, provenance_of
from stockcheck.checklist.translation import in_language
from stockcheck.scoring.scorecard import Scorecard


@dataclass(frozen=True)
class Assessed:
    """One assessment as a report sees it. `record` is what the file's own record shows, `pictures` those that the
    report is to show: none, unless somebody asked for them.
    """

    state: State
    scorecard: Scorecard
    record: Record
    pictures: Pictures = field(default_factory=Pictures)

    @property
    def checklist(self) -> Checklist:
        """The checklist, in the language of the report."""
        return self.scorecard.checklist

    @property
    def provenance(self) -> Provenance:
        """The origin of the checklist, which in the language of the report it could not be told by."""
        return provenance_of(self.state.checklist)


def score_file(path: Path, language: str, *, with_pictures: bool = False) -> Assessed:
    """The assessment in the file `path`, which is opened for reading only, its texts in `language`; its attached
    pictures too where they are wanted.

    Raises `UsageError` when there is no such file, `AssessmentFileError` for one that is not sound. A broken chain is
    no error here: `Assessed.record` tells of it, and so does every report.
    """
    with open_file(path) as opened:
        found = score_opened(opened, language)
        return replace(found, pictures=pictures(opened.evidence, opened.state)) if with_pictures else found


def score_opened(file: AssessmentFile, language: str) -> Assessed:
    """An open file as it stands now, its texts in `language` where the checklist has them."""
    return Assessed(file.state, scorecard_of(file.state, language), file.record)


def scorecard_of(state: State, language: str) -> Scorecard:
    """The scorecard of what an assessment has come to, its texts in `language` where the checklist has them."""
    checklist = in_language(state.checklist, language)
    return Scorecard(checklist, state.answers, state.facts, state.on, state.accepted)
