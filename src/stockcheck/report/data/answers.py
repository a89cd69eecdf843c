"""sc_answers: a row a fact and a question, as each stands; sc_options: a row an option of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from stockcheck.answers.answer import Answer
from stockcheck.assessment import evidence
from stockcheck.assessment.state import Entry
from stockcheck.checklist.model import Asked, Option, Question
from stockcheck.checklist.words import as_fraction
from stockcheck.report.data.columns import Column, Kind, Source, listed, share, text
from stockcheck.scoring.scope import Line


@dataclass(frozen=True)
class Row:
    """A fact, or a question with its line."""

    source: Source
    asked: Asked
    entry: Entry | None
    place: int
    line: Line | None = None
    question: Question | None = None

    @property
    def answer(self) -> Answer | None:
        """What is stored, whether it counts or not."""
        return self.line.answer if self.line else self.entry.answer if self.entry else None

    @property
    def scored(self) -> Question | None:
        """The question, if it is scored."""
        return self.question if self.question and self.question.scored else None

    @property
    def counting(self) -> Line | None:
        """The line, if it stands in any sum."""
        return self.line if self.line and self.line.counts else None

    @property
    def in_level(self) -> int | None:
        """The level that it belongs to."""
        return self.scored.level if self.scored and self.source.checklist.levels else None


def rows(source: Source) -> Iterator[Row]:
    """The facts, then every question, each in checklist order."""
    state = source.assessed.state
    for place, asked in enumerate(source.checklist.profile, 1):
        yield Row(source, asked, state.profile.get(asked.id), place)
    for place, line in enumerate(source.assessed.scorecard.lines, 1):
        question = source.own(line.question)
        yield Row(source, question, state.entries.get(question.id), place, line, question)


def _words(answer: Answer | None) -> str | None:
    if answer is None or answer.status != "given":
        return answer.status if answer else None
    if isinstance(answer.value, tuple):
        return listed(answer.value)
    return answer.value.isoformat() if isinstance(answer.value, dt.date) else str(answer.value)


def _standing(row: Row) -> str:
    if row.line:
        return row.line.standing.value
    return "answered" if row.entry else "unanswered"


def _fails_with(row: Row) -> str | None:
    if row.line is None or row.line.parent is None:
        return None
    return row.source.assessed.scorecard.lines[row.line.parent].question.id


def _standards(row: Row) -> str | None:
    names = (row.source.checklist.cited(one) for one in row.question.references) if row.question else ()
    return listed(dict.fromkeys(name for name in names if name is not None)) or None


def _flag(row: Row, found: set[str]) -> bool | None:
    return None if row.question is None else row.question.id in found


def _number(row: Row) -> Decimal | None:
    value = row.answer.figure if row.answer else None
    return value if isinstance(value, Decimal) else None


def _date(row: Row) -> dt.date | None:
    value = row.answer.figure if row.answer else None
    return value if isinstance(value, dt.date) else None


def _countersigned(row: Row) -> tuple[str, dt.datetime] | tuple[None, None]:
    review = row.source.assessed.state.accepted.get(row.question.id) if row.question else None
    return (review.by, review.at) if review else (None, None)


ANSWERS: Kind[Row] = Kind(
    "sc_answers",
    "A row a fact about the depot, then a row a question, as it stands.",
    (
        text("kind", '"fact" or "question"', lambda row: "question" if row.question else "fact"),
        Column("place", "integer", "where it stands among those of its kind, from 1", lambda row: row.place),
        text(
            "domain",
            "the domain of its section; empty for facts",
            lambda row: row.line.section.domain if row.line else None,
            optional=True,
        ),
        text("section_id", "its section", lambda row: row.line.section.id if row.line else None, optional=True),
        text("question_id", "its id", lambda row: row.asked.id),
        text("type", '"control", "choice", "several", "number", "date" or "text"', lambda row: row.asked.type),
        text("question", "its text", lambda row: row.asked.text),
        text(
            "standing",
            '"answered", "unknown", "unanswered", "pending", "set aside", "part" (fails with its parent), "na" '
            '(accepted), "dormant" (S-2, S-3)',
            _standing,
        ),
        text(
            "answer",
            'what is stored, whether it counts or not: the option’s id, several joined by "; ", a number, a date, a '
            'text, "unknown" or "na"; empty: nothing, or none of the options',
            lambda row: _words(row.answer),
            optional=True,
        ),
        Column(
            "value_number",
            "number",
            "the same for a number; text where a cell would lose digits",
            _number,
            True,
        ),
        Column("value_date", "date", "the same for a date; text before 1900-03-01", _date, True),
        text(
            "reason",
            "why it was set aside as not applicable",
            lambda row: (row.answer.justification or None) if row.answer else None,
            optional=True,
        ),
        Column(
            "counts",
            "boolean",
            "whether it stands in any sum: in scope, and of a scored type",
            lambda row: row.counting is not None,
        ),
        Column(
            "is_open",
            "boolean",
            "whether it counts and is open",
            lambda row: bool(row.counting and row.counting.is_open),
        ),
        Column("is_gap", "boolean", "whether it is a gap", lambda row: bool(row.line and row.line.is_gap)),
        *share(
            "credit",
            "what it earns, 0 while open (S-1); empty where it does not count",
            lambda row: row.counting.credit if row.counting else None,
            optional=True,
        ),
        *share(
            "upper", "the same, 1 while open", lambda row: row.counting.upper if row.counting else None, optional=True
        ),
        Column(
            "weight",
            "integer",
            "1 to 5; empty for facts and free text",
            lambda row: row.scored.weight if row.scored else None,
            True,
        ),
        Column("level", "integer", "its level; empty also without levels", lambda row: row.in_level, True),
        Column(
            "critical",
            "boolean",
            "whether it is critical; empty for facts",
            lambda row: row.question.floor is not None if row.question else None,
            True,
        ),
        *share(
            "floor",
            "the credit at which a critical question is met",
            lambda row: row.question.floor if row.question else None,
            optional=True,
        ),
        Column(
            "met",
            "boolean",
            "whether it is; empty where it is not critical or does not count",
            lambda row: row.counting.is_met if row.counting and row.counting.question.floor is not None else None,
            True,
        ),
        text(
            "finding", '"loss" or "danger"', lambda row: row.question.finding if row.question else None, optional=True
        ),
        text(
            "part_of",
            "what it is part of (S-3)",
            lambda row: row.question.part_of if row.question else None,
            optional=True,
        ),
        text("fails_with", "the parent that it fails with now", _fails_with, optional=True),
        Column(
            "effort",
            "integer",
            "1 to 3; empty as `weight`",
            lambda row: row.scored.effort if row.scored else None,
            True,
        ),
        Column(
            "within_days",
            "integer",
            "days in which it should be put right",
            lambda row: row.question.within if row.question else None,
            True,
        ),
        text(
            "references",
            'its references, joined by "; "',
            lambda row: listed(row.question.references) if row.question else None,
            optional=True,
        ),
        text(
            "standards",
            'the standards that they name, as `key` in sc_scores, joined by "; "',
            _standards,
            optional=True,
        ),
        Column(
            "revision",
            "integer",
            "the revision of the question",
            lambda row: row.question.revision if row.question else None,
            True,
        ),
        text(
            "note",
            "the note with it",
            lambda row: row.source.assessed.state.notes.get(row.question.id) if row.question else None,
            optional=True,
        ),
        text(
            "attached",
            "what is attached to it: how much, the name of each, and how the SHA-256 of each file begins",
            lambda row: (
                evidence.listed(row.source.assessed.state.evidence.get(row.question.id, ())) if row.question else None
            ),
            optional=True,
        ),
        Column(
            "flagged",
            "boolean",
            "whether it is flagged; empty for facts",
            lambda row: _flag(row, row.source.assessed.state.flags),
            True,
        ),
        Column(
            "to_review",
            "boolean",
            "whether its answer was carried over a change of meaning; empty for facts",
            lambda row: _flag(row, row.source.assessed.state.review),
            True,
        ),
        text(
            "answered_by",
            "who answered; a name is only a name",
            lambda row: row.entry.by if row.entry else None,
            optional=True,
        ),
        Column("answered_at_utc", "moment", "when", lambda row: row.entry.at if row.entry else None, True),
        text(
            "countersigned_by",
            "who else has agreed that it does not apply",
            lambda row: _countersigned(row)[0],
            optional=True,
        ),
        Column("countersigned_at_utc", "moment", "when", lambda row: _countersigned(row)[1], True),
    ),
    rows,
)


@dataclass(frozen=True)
class OptionRow:
    """One option of a fact or a question."""

    of: Row
    id: str
    place: int
    option: Option

    @property
    def credit(self) -> Fraction | None:
        """What it is worth, -1 to 1."""
        return None if self.option.credit is None else as_fraction(self.option.credit)

    @property
    def ticked(self) -> bool | None:
        """Whether the stored answer holds it; None where no options were chosen."""
        answer = self.of.answer
        if answer is None or answer.status != "given":
            return None
        return self.id in answer.ticked or answer.value == self.id


def _options(source: Source) -> Iterator[OptionRow]:
    for row in rows(source):
        for place, (name, option) in enumerate(row.asked.options.items(), 1):
            yield OptionRow(row, name, place, option)


OPTIONS: Kind[OptionRow] = Kind(
    "sc_options",
    "A row an option of each fact and question that has options.",
    (
        text("kind", '"fact" or "question"', lambda row: "question" if row.of.question else "fact"),
        text("question_id", "as in sc_answers", lambda row: row.of.asked.id),
        text("option_id", "the option’s id", lambda row: row.id),
        Column("place", "integer", "where it stands among its question’s options, from 1", lambda row: row.place),
        text("option", "its text", lambda row: row.option.text),
        *share("credit", "what it is worth, -1 to 1; empty for facts", lambda row: row.credit, optional=True),
        Column(
            "ticked",
            "boolean",
            "whether the stored answer holds it; empty while there is none, and for unknown and not applicable",
            lambda row: row.ticked,
            True,
        ),
    ),
    _options,
)
