"""Set aside, flagged, to review: what rests on somebody's word, with who, when and why, and room to countersign."""

from __future__ import annotations

from collections.abc import Iterable

from stockcheck.assessed import Assessed
from stockcheck.assessment.evidence import listed
from stockcheck.assessment.state import State
from stockcheck.language import _
from stockcheck.report import wording
from stockcheck.report.content.parts import Cell, Column, Part, Table, Type, table
from stockcheck.scoring.scope import Line


def title() -> str:
    """What the sheet is called."""
    return _("Set aside, flagged, to review")


def about() -> str:
    """Its line in the contents."""
    return _("what rests on somebody’s word, with reasons, and room to countersign")


def aside(assessed: Assessed) -> list[Part]:
    """A part each: waiting; sent back; accepted; flagged; to review."""
    card, state = assessed.scorecard, assessed.state
    waiting = [line for line in card.set_aside if line.question.id not in state.sent_back]
    back = [line for line in card.set_aside if line.question.id in state.sent_back]
    flagged = [line for line in card.lines if line.question.id in state.flags]
    review = [line for line in card.lines if line.question.id in state.review]
    return [
        Part("waiting", _("Set aside, waiting for a countersignature"), (_waiting(assessed, waiting),)),
        Part("sent_back", _("Set aside, and somebody did not agree"), (_sent_back(assessed, back),)),
        Part("accepted", _("Out of scope as not applicable"), (_accepted(assessed, card.not_applicable),)),
        Part("flagged", _("Flagged to come back to"), (_answers(assessed, "flagged", flagged),)),
        Part(
            "review",
            _("To review: the question has changed since it was answered"),
            (_answers(assessed, "review", review),),
        ),
        *(
            [Part("left", _("In the history only: a newer checklist has no place for it"), (_left(state),))]
            if state.left
            else []
        ),
    ]


def _left(state: State) -> Table:
    """What a change of checklist has left in the history."""
    rows: list[list[Cell]] = []
    for one in state.left.values():
        text, answer = wording.left(one)
        who: list[Cell] = [one.entry.by, one.entry.at] if one.entry else ["", None]
        attached = _("Evidence: {items}").format(items=listed(one.evidence)) if one.evidence else ""
        rows.append([one.id, text, answer, *who, "\n".join(part for part in (one.note, attached) if part)])
    return table("left", _columns(), rows)


def _what() -> list[Column]:
    return [
        Column("id", _("Id"), Type.ID),
        Column("question", _("Question")),
        Column("reason", _("Reason given")),
        Column("by", _("Set aside by")),
        Column("at", _("When (UTC)"), Type.MOMENT),
    ]


def _who(assessed: Assessed, line: Line) -> list[Cell]:
    entry = assessed.state.entries.get(line.question.id)
    why = line.answer.justification if line.answer else ""
    return [line.question.id, line.question.text, why, entry.by if entry else "", entry.at if entry else None]


def _waiting(assessed: Assessed, lines: Iterable[Line]) -> Table:
    columns = [*_what(), Column("countersigned", _("Agreed, or not: name, date, signature"))]
    return table("waiting", columns, [[*_who(assessed, line), ""] for line in lines])


def _sent_back(assessed: Assessed, lines: Iterable[Line]) -> Table:
    columns = [*_what(), Column("back", _("Sent back by, and why"))]
    rows = [
        [*_who(assessed, line), f"{sent.by}: {sent.why}"]
        for line in lines
        for sent in [assessed.state.sent_back[line.question.id]]
    ]
    return table("sent_back", columns, rows)


def _accepted(assessed: Assessed, lines: Iterable[Line]) -> Table:
    columns = [*_what(), Column("countersigned", _("Countersigned by"))]
    rows: list[list[Cell]] = []
    for line in lines:
        review = assessed.state.accepted.get(line.question.id)
        rows.append(
            [*_who(assessed, line), f"{review.by}, {review.at:%Y-%m-%d}" if review else _("nobody had to agree")]
        )
    return table("accepted", columns, rows)


def _answers(assessed: Assessed, key: str, lines: Iterable[Line]) -> Table:
    state = assessed.state
    rows: list[list[Cell]] = []
    for line in lines:
        entry = state.entries.get(line.question.id)
        who: list[Cell] = [entry.by, entry.at] if entry else ["", None]
        answer = wording.state_of(line, state.on)
        rows.append([line.question.id, line.question.text, answer, *who, state.notes.get(line.question.id, "")])
    return table(key, _columns(), rows)


def _columns() -> tuple[Column, ...]:
    return (
        Column("id", _("Id"), Type.ID),
        Column("question", _("Question")),
        Column("answer", _("Answer")),
        Column("by", _("By")),
        Column("at", _("When (UTC)"), Type.MOMENT),
        Column("note", _("Note")),
    )
