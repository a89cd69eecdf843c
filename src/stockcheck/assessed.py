"""One assessment, opened, verified and scored: what every command that tells a result starts from.

A checklist that several files hold is parsed once (see `assessment.tables`), and put into a language once (see
`checklist.translation`): what a hundred depots of one checklist share is worked out for the first of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from stockcheck.answers.answer import Answer
from stockcheck.assessment.carrying import Carried, carried
from stockcheck.assessment.file import AssessmentFile, open_file
from stockcheck.assessment.last_year import to_confirm
from stockcheck.assessment.record import Record
from stockcheck.assessment.shown import Pictures, pictures
from stockcheck.assessment.state import State
from stockcheck.checklist.model import Checklist, ProfileField, Question
from stockcheck.checklist.provenance import Provenance, provenance_of
from stockcheck.checklist.translation import in_language
from stockcheck.scoring.comparison import compare
from stockcheck.scoring.scope import Standing
from stockcheck.scoring.scorecard import Scorecard


@dataclass(frozen=True)
class Assessed:
    """One assessment as a report sees it. `record` is what the file's own record shows, `pictures` those that the
    report is to show: none, unless somebody asked for them. `carried_since` is for one that a later one carries: since
    when each question that fell short had done so, by id.
    """

    state: State
    scorecard: Scorecard
    record: Record
    pictures: Pictures = field(default_factory=Pictures)
    carried_since: Mapping[str, dt.date] | None = None

    @property
    def checklist(self) -> Checklist:
        """The checklist, in the language of the report."""
        return self.scorecard.checklist

    @property
    def provenance(self) -> Provenance:
        """The origin of the checklist, which in the language of the report it could not be told by."""
        return provenance_of(self.state.checklist)

    @cached_property
    def short_since(self) -> Mapping[str, dt.date]:
        """The date of the first assessment in which a question fell short that has done so ever since, by its id, as
        far as the file tells; those are left out of which it tells nothing that is older than itself.
        """
        if self.carried_since is not None:
            return self.carried_since
        earlier = begun_from(self, self.state.checklist.language)
        return {} if earlier is None else short_since(earlier, self)


def short_since(before: Assessed, now: Assessed) -> dict[str, dt.date]:
    """Since when each question has fallen short that did `before` and does `now`, by its id."""
    return {
        one.question.id: before.short_since.get(one.before.question.id, before.state.on)
        for one in compare(before.scorecard, now.scorecard).changes
        if one.still_short and one.before is not None
    }


def begun_from(found: Assessed, language: str) -> Assessed | None:
    """The assessment that `found` began from, as far as the file carries it, its texts in `language`.

    None where it began from none, or where its date has been moved since to before that one's.
    """
    earlier = found.state.earlier
    if earlier is None or found.state.on < earlier.state.on:
        return None
    record = Record(earlier.entries, earlier.head, True, (), earlier.first)
    return Assessed(earlier.state, scorecard_of(earlier.state, language), record, carried_since=earlier.since)


def still_to_confirm(found: Assessed) -> list[tuple[ProfileField | Question, Answer]]:
    """What the assessment that `found` began from answered and nobody has yet in this one, where it can be answered
    now: facts, then questions, in checklist order.
    """
    if found.state.earlier is None:
        return []
    asked = [line.question for line in found.scorecard.lines if line.standing is Standing.UNANSWERED]
    items: list[ProfileField | Question] = [*found.checklist.profile, *asked]
    return [(item, answer) for item in items if (answer := to_confirm(found.state, item)) is not None]


def carried_from(found: Assessed, checklist: Checklist) -> Carried:
    """What an assessment by `checklist` carries of `found`; see `carrying.carried`."""
    short = (line.question.id for line in found.scorecard.lines if line.is_gap or line.parent is not None)
    since = {name: found.short_since.get(name, found.state.on) for name in short}
    return carried(found.state, found.record, checklist, since)


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
