"""Findings by section, to hand out: each with what the answers mean, the note whole, what shows it, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from stockcheck.assessed import Assessed
from stockcheck.assessment.evidence import listed
from stockcheck.assessment.shown import Picture
from stockcheck.language import _
from stockcheck.report import wording
from stockcheck.report.content import orders
from stockcheck.report.content.parts import Fact, none, ranked
from stockcheck.scoring.gaps import Gap
from stockcheck.scoring.scope import Line


@dataclass(frozen=True)
class Found:
    """What there is to say of one question: what it is called, how it stands, more under labels, and its pictures."""

    id: str
    question: str
    standing: str
    more: tuple[Fact, ...]
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Sheetful:
    """The findings of one section, in checklist order; `words` where there is none."""

    title: str
    found: tuple[Found, ...]
    words: str = ""


def title() -> str:
    """What the sheet is called."""
    return _("Findings by section")


def about() -> str:
    """Its line in the contents."""
    return _("to hand out: each gap with what the answers mean, the note, what shows it")


def by_section(assessed: Assessed) -> list[Sheetful]:
    """Every section with its gaps, what is to check in it, and whatever else bears a note, a flag or evidence.

    Of what nobody has answered, what the answers mean and what to look at stands with what is still to check.
    """
    card, state = assessed.scorecard, assessed.state
    known = {gap.line.question.id: gap for gap in card.pressing}
    told = known.keys() | state.notes.keys() | state.flags | state.evidence.keys()
    sheets = []
    for section in assessed.checklist.sections:
        lines = [card.line[question.id] for question in section.questions]
        found = tuple(_found(assessed, line, known.get(line.question.id)) for line in lines if line.question.id in told)
        applies = any(line.in_scope for line in lines)
        words = "" if found else none() if applies else _("does not apply")
        sheets.append(Sheetful(section.title, found, words))
    return sheets


def _found(assessed: Assessed, line: Line, gap: Gap | None) -> Found:
    state, question = assessed.state, line.question
    standing = wording.state_of(line, state.on)
    if gap is not None:
        standing = (
            f"{ranked(gap.priority)}  ·  {standing}  ·  {wording.why(gap, levels=bool(assessed.checklist.levels))}"
        )
    if question.references:
        standing += "  ·  " + ", ".join(question.references)
    if question.id in state.flags:
        standing += "  ·  ⚑ " + _("flagged")
    wanted = "; ".join(orders.wanted(question)) if question.type in ("number", "date") else ""
    parts = "\n".join(map(wording.part, gap.parts)) if gap else ""
    meant = "" if line.is_unanswered else "\n".join(filter(None, (question.help, orders.scale(question), wanted)))
    said = (
        (_("What the answers mean"), meant),
        (_("Falls short with it"), parts),
        (_("Note"), state.notes.get(question.id, "")),
        (_("Attached"), listed(state.evidence.get(question.id, ()))),
        (_("Pictures not shown"), _not_shown(assessed, question.id)),
        (_("What to look at"), "" if line.is_unanswered else question.evidence or ""),
        (_("Do"), orders.order(line) if gap else ""),
    )
    shown = assessed.pictures.shown
    pictures = tuple(shown[item.entry] for item in state.evidence.get(question.id, ()) if item.entry in shown)
    return Found(
        question.id, question.text, standing, tuple(Fact(label, text) for label, text in said if text), pictures
    )


def _not_shown(assessed: Assessed, id_: str) -> str:
    """The pictures that were wanted and are left out, and why any is."""
    left_out = [item for item in assessed.pictures.left_out if item in assessed.state.evidence.get(id_, ())]
    if not left_out:
        return ""
    names = ", ".join(f"#{item.entry} {item.name}" for item in left_out)
    return _("{names}: too large, too many, or no JPEG or PNG that can be read.").format(names=names)
