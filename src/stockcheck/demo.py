"""A fictitious depot, assessed part of the way: for a first look, for training, and for the example report."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import random
import sqlite3
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from stockcheck import files
from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessed import scorecard_of
from stockcheck.assessment.beginning import start
from stockcheck.assessment.checks import cannot_make, check_left_behind
from stockcheck.assessment.file import AssessmentFile, open_file
from stockcheck.assessment.lock import Lock
from stockcheck.assessment.unlocking import asking_nobody
from stockcheck.checklist.library import load
from stockcheck.checklist.model import Band, ProfileField, Question
from stockcheck.checklist.shipped import shipped
from stockcheck.errors import AssessmentFileError, StockcheckError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import named
from stockcheck.report.output import check, over_demo_reports
from stockcheck.scoring.scope import Standing

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
    "stock-checks": 0.3,
}
USUAL = 0.65
#: By how much a bad figure lies beside the one band that is good.
BESIDE = Decimal(2)
#: The share of questions that nobody has answered yet.
LEFT_OPEN = 0.12


@dataclass(frozen=True)
class Demo:
    """The files of a demo, the moment its report bears, and what may be replaced by its report."""

    assessment: Path
    report: Path
    moment: dt.datetime
    may_replace_report: files.Judge


def make(folder: Path, *, force: bool = False) -> Demo:
    """Make the demo depot's assessment in `folder`. An earlier demo is made anew if nobody has gone on with it, or with
    `force`; what is not a demo is never replaced.

    Raises `UsageError` for files that have to stay, and `AssessmentFileError` when the demo is open in another program
    or cannot be made.
    """
    moment = MOMENT + dt.timedelta(days=1)
    made = Demo(folder / "demo.stockcheck", folder / "demo.xlsx", moment, over_demo_reports(force=force, made=moment))

    def may_replace(path: Path) -> None:
        _judge(path, force=force)

    try:
        folder.mkdir(parents=True, exist_ok=True)
        check(made.report, made.may_replace_report)
        with contextlib.ExitStack() as held:
            if made.assessment.exists():  # never from under somebody who has it open
                held.callback(Lock.take(Path(os.path.realpath(made.assessment))).release)
            place = files.destination(made.assessment, may_replace)
            check_left_behind(place)
            with files.draft(place) as new:
                _make(new)
                files.place(new, place, may_replace)
    except (sqlite3.Error, OSError, ValueError) as error:
        raise cannot_make(made.assessment, error) from error
    return made


def _judge(path: Path, *, force: bool) -> None:
    """Refuse to replace what is no demo, or, without `force`, one that somebody has gone on with."""
    elsewhere = _("Make the demo in another folder: stockcheck demo FOLDER")
    try:
        with asking_nobody(), open_file(path) as file:
            demo, untouched = file.state.demo, _is_untouched(file)
    except StockcheckError as error:
        message = _("{file} is not a demo that can be made anew: {why}")
        raise UsageError(message.format(file=named(path), why=error.message), elsewhere) from error
    if not demo:
        raise UsageError(
            _("{file} is an assessment of somebody's own, not a demo.").format(file=named(path)), elsewhere
        )
    if not untouched and not force:
        raise UsageError(
            _("Somebody has gone on with the demo in {file}.").format(file=named(path)),
            _("Make the demo again with --force, or in another folder: stockcheck demo FOLDER"),
        )


def _is_untouched(file: AssessmentFile) -> bool:
    """Whether every event is one that the demo has made: by its own name, to the minute of its own clock."""
    first = file.events[0]
    return file.record.chain_holds and all(
        event.by == first.by and event.moment == first.moment + number * _Clock.STEP
        for number, event in enumerate(file.events)
    )


def _make(new: Path) -> None:
    """Make the demo's assessment in `new`, an empty file."""
    clock, by = _Clock(), _("demonstration")
    start(
        new,
        load(str(shipped() / "ammunition.yaml")),  # by its path: the user may have another of that name
        depot=_("Demonstration depot (fictitious)"),
        marking=_("EXERCISE – FICTITIOUS DATA"),
        on=DAY,
        by=by,
        clock=clock,
        demo=True,
    )
    try:
        with open_file(new, write=True, by=by, clock=clock) as file:
            _fill(file)
    except AssessmentFileError as error:  # it names the draft, which means nothing to anybody
        raise error.__cause__ or error from error


class _Clock:
    """A minute between one answer and the next."""

    STEP = dt.timedelta(minutes=1)

    def __init__(self) -> None:
        self.now = MOMENT

    def __call__(self) -> dt.datetime:
        self.now += self.STEP
        return self.now


def _fill(file: AssessmentFile) -> None:
    checklist = file.checklist
    for field in checklist.profile:
        file.answer(field, _fact(field))
    for section in checklist.sections:
        for question in section.questions:
            card = scorecard_of(file.state, checklist.language)
            # By question, so that one that is new or gone leaves the answers to the others as they are.
            chance = random.Random(f"{SEED} {question.id}")  # noqa: S311  # the same depot every time is the point
            answer = _answer(question, STRENGTHS.get(section.id, USUAL), chance)
            if card.line[question.id].standing is not Standing.UNANSWERED or answer is None:
                continue
            file.answer(question, answer)
            if question.critical and answer == Answer("no"):
                file.note(question.id, _("Seen on the walk round; the depot commander has been told."))
                file.flag(question.id, True)


def _fact(field: ProfileField) -> Answer:
    """The depot has a bit of everything, so that every section is asked."""
    return Answer(tuple(field.words) if field.type == "several" else field.words[0])


def _within(band: Band) -> Decimal:
    """A value that the band holds."""
    bound = band.at_least if band.at_least is not None else band.at_most
    return bound if bound is not None else Decimal(0)


def _answer(question: Question, strength: float, chance: random.Random) -> Answer | None:
    draw, good = chance.random(), chance.random() < strength
    if draw < LEFT_OPEN:
        return None
    if question.type != "text" and draw < LEFT_OPEN + 0.04:
        return UNKNOWN
    if question.type == "control" and draw < LEFT_OPEN + 0.06 and not question.critical and question.na:
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
            value = _within(question.bands[0] if good else question.bands[-1])
            if not good and len(question.bands) == 1:  # the only band is the good one
                value += BESIDE
            return Answer(value if question.type == "number" else DAY - dt.timedelta(days=int(value)))
    return Answer(_("To be completed by the depot."))
