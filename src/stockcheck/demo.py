"""A fictitious depot, assessed part of the way: for a first look, for training, and for the example report."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.assessment.lock import Lock
from stockcheck.checklist.answers import UNKNOWN, Answer, not_applicable
from stockcheck.checklist.library import load
from stockcheck.checklist.model import ProfileField, Question
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.scoring.scope import Standing
from stockcheck.scoring.scorecard import Scorecard

#: Everything about the demo is fixed, so that its report is the same wherever it is made.
DAY = dt.date(2026, 3, 2)
MOMENT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
SEED = 5
#: How the depot stands, by section: the chance of a good answer; elsewhere `USUAL`.
STRENGTHS = {
    "perimeter": 0.55,
    "fire": 0.85,
    "ledgers": 0.8,
    "guard-force": 0.75,
    "lighting-and-detection": 0.35,
    "surveillance": 0.4,
}
USUAL = 0.65
#: The share of questions that nobody has answered yet.
LEFT_OPEN = 0.12


@dataclass(frozen=True)
class Demo:
    """The files of a demo, and the moment its report bears."""

    assessment: Path
    report: Path
    moment: dt.datetime


def make(folder: Path, *, force: bool = False) -> Demo:
    """Make the demo depot's assessment in `folder`. Raises `UsageError` when it is there and `force` is not given,
    and `AssessmentFileError` when it is open in another program or cannot be made.
    """
    made = Demo(folder / "demo.stockcheck", folder / "demo.xlsx", MOMENT + dt.timedelta(days=1))
    for path in (made.assessment, made.report):
        if path.exists() and not force:
            raise UsageError(_("{file} exists already.").format(file=path), _("Make the demo again with --force."))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if made.assessment.exists():
            Lock.take(made.assessment).release()  # never from under somebody who has it open
        for path in (made.assessment, made.report):
            path.unlink(missing_ok=True)
    except OSError as error:
        why = one_line(error.strerror or str(error))
        raise AssessmentFileError(_("{file} cannot be made: {why}.").format(file=made.assessment, why=why)) from error
    clock = _Clock()
    create(
        made.assessment,
        load("ammunition"),
        depot=_("Demonstration depot (fictitious)"),
        marking=_("EXERCISE – FICTITIOUS DATA"),
        on=DAY,
        by=_("demonstration"),
        clock=clock,
    )
    with open_file(made.assessment, write=True, by=_("demonstration"), clock=clock) as file:
        _fill(file, random.Random(SEED))  # noqa: S311  # the same depot every time is the point
    return made


class _Clock:
    """A minute between one answer and the next."""

    def __init__(self) -> None:
        self.now = MOMENT

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(minutes=1)
        return self.now


def _fill(file: AssessmentFile, chance: random.Random) -> None:
    checklist = file.checklist
    for field in checklist.profile:
        file.answer(field, _fact(field))
    for section in checklist.sections:
        for question in section.questions:
            state = file.state
            standing = Scorecard(checklist, state.answers, state.facts, state.on).line[question.id].standing
            answer = _answer(question, STRENGTHS.get(section.id, USUAL), chance)
            if standing is not Standing.UNANSWERED or answer is None:
                continue
            file.answer(question, answer)
            if question.critical and answer == Answer("no"):
                file.note(question.id, _("Seen on the walk round; the depot commander has been told."))
                file.flag(question.id, True)


def _fact(field: ProfileField) -> Answer:
    """The depot has a bit of everything, so that every section is asked."""
    return Answer(tuple(field.words) if field.type == "several" else field.words[0])


def _answer(question: Question, strength: float, chance: random.Random) -> Answer | None:
    draw, good = chance.random(), chance.random() < strength
    if draw < LEFT_OPEN:
        return None
    if question.type != "text" and draw < LEFT_OPEN + 0.04:
        return UNKNOWN
    if question.type == "control" and draw < LEFT_OPEN + 0.06 and not question.critical:
        return not_applicable(_("The depot has no such installation."))
    match question.type:
        case "control":
            return Answer("yes" if good else chance.choice(("partial", "no")))
        case "choice":
            return Answer(question.words[0] if good else chance.choice(question.words))
        case "several":
            ticked = tuple(word for word in question.words if chance.random() < strength)
            return Answer(ticked)
        case "number" | "date":
            band = question.bands[0] if good else question.bands[-1]
            bound = band.at_least if band.at_least is not None else band.at_most
            value = bound if bound is not None else Decimal(0)
            return Answer(value if question.type == "number" else DAY - dt.timedelta(days=int(value)))
    return Answer(_("To be completed by the depot."))
