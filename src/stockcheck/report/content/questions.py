"""The tables that have a row a question: gaps and what is to check, and every answer; and why what is open is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from stockcheck.answers.answer import Answer
from stockcheck.answers.worded import answer_in_words
from stockcheck.assessed import Assessed
from stockcheck.assessment.actions import NOTHING
from stockcheck.language import _
from stockcheck.report import wording
from stockcheck.report.content.parts import Cell, Column, Share, Table, Type, table, yes
from stockcheck.scoring.scope import Line, Standing


def gaps(assessed: Assessed) -> Table:
    """Every gap and what is to check, the most pressing first, with the rule behind its priority, and what to do."""
    state, levels = assessed.state, bool(assessed.checklist.levels)
    columns = (
        Column("number", _("No."), Type.NUMBER),
        Column("priority", _("Priority"), Type.PRIORITY),
        Column("why", _("Why")),
        Column("section", _("Section")),
        Column("id", _("Id"), Type.ID),
        Column("question", _("Question")),
        Column("answer", _("Answer")),
        Column("note", _("Note")),
        Column("level", _("Level"), Type.NUMBER),
        Column("weight", _("Weight"), Type.NUMBER),
        Column("critical", _("Critical"), Type.MARK),
        Column("references", _("References")),
        Column("remedy", _("Remedy")),
    )
    rows: list[list[Cell]] = [
        [
            number,
            gap.priority,
            wording.why(gap, levels=levels),
            gap.line.section.title,
            question.id,
            wording.with_parts(gap),
            wording.state_of(gap.line, state.on),
            state.notes.get(question.id, ""),
            question.level,
            question.weight,
            yes(question.critical),
            ", ".join(question.references),
            wording.remedy(gap.line),
        ]
        for number, gap in enumerate(assessed.scorecard.pressing, start=1)
        for question in [gap.line.question]
    ]
    return table("gaps", columns, rows, without=() if levels else ("level",))


def actions(assessed: Assessed) -> Table:
    """What is to be done about each gap and each thing to check, the most pressing first, with what it takes; then
    what is neither any more, and of which somebody has said what was done.
    """
    card, levels = assessed.scorecard, bool(assessed.checklist.levels)
    on_route = card.on_route
    columns = (
        Column("priority", _("Priority"), Type.PRIORITY),
        Column("id", _("Id"), Type.ID),
        Column("gap", _("Gap, or what is to check")),
        Column("remedy", _("What to do")),
        Column("effort", _("Effort"), Type.NUMBER),
        Column("on_route", _("On the route"), Type.MARK),
    )
    rows: list[list[Cell]] = [
        [
            gap.priority,
            question.id,
            wording.with_parts(gap),
            wording.remedy(gap.line),
            question.effort,
            yes(question.id in on_route),
        ]
        for gap in card.pressing
        for question in [gap.line.question]
    ]
    pressing = {gap.line.question.id for gap in card.pressing}
    actions = assessed.state.actions
    rows += [
        [None, question.id, question.text, "", question.effort if question.scored else None, ""]
        for question in assessed.checklist.questions
        if question.id not in pressing and actions.get(question.id, NOTHING).says_something
    ]
    return table("actions", columns, rows, without=() if levels else ("on_route",))


def why_open(assessed: Assessed) -> dict[str, str]:
    """How each open question stands, and what hangs on it, in one line, by its id."""
    on_route, levels = assessed.scorecard.on_route, bool(assessed.checklist.levels)
    found = {}
    for line in assessed.scorecard.lines:
        question = line.question
        if not line.is_open:
            continue
        said = [wording.standing(line.standing)]
        if question.scored:
            said += [_("level {level}").format(level=question.level)] if levels else []
            said += [_("weight {weight}").format(weight=question.weight)]
            said += [_("critical")] if question.critical else []
            said += [_("on the route")] if levels and question.id in on_route else []
        found[question.id] = f"[{', '.join(said)}]"
    return found


def answers(assessed: Assessed) -> Table:
    """The facts about the depot, then every question as it stands, with who answered and when."""
    columns = (
        Column("domain", _("Domain")),
        Column("section", _("Section")),
        Column("id", _("Id"), Type.ID),
        Column("type", _("Type")),
        Column("question", _("Question")),
        Column("standing", _("Standing")),
        Column("answer", _("Answer")),
        Column("value", _("Value"), Type.VALUE),
        Column("reason", _("Reason given")),
        Column("credit", _("Credit"), Type.SHARE),
        Column("weight", _("Weight"), Type.NUMBER),
        Column("level", _("Level"), Type.NUMBER),
        Column("critical", _("Critical"), Type.MARK),
        Column("effort", _("Effort"), Type.NUMBER),
        Column("references", _("References")),
        Column("note", _("Note")),
        Column("by", _("By")),
        Column("at", _("When (UTC)"), Type.MOMENT),
    )
    rows = [*_facts(assessed), *_questions(assessed)]
    return table("answers", columns, rows, without=() if assessed.checklist.levels else ("level",))


def _facts(assessed: Assessed) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for asked in assessed.checklist.profile:
        entry = assessed.state.profile.get(asked.id)
        answer = entry.answer if entry else None
        # No id: a fact's is a word of the checklist's source language, and nothing in the report points to it.
        about: list[Cell] = ["", _("About the depot"), "", wording.type_of(asked), asked.text]
        standing = _("Not answered") if entry is None else _("Fact")
        said: list[Cell] = [standing, answer_in_words(asked, answer), _value(answer), _reason(answer)]
        who_and_when: list[Cell] = [entry.by, entry.at] if entry else ["", None]
        rows.append([*about, *said, None, None, None, "", None, "", "", *who_and_when])
    return rows


def _questions(assessed: Assessed) -> list[list[Cell]]:
    state = assessed.state
    rows: list[list[Cell]] = []
    for line in assessed.scorecard.lines:
        question = line.question
        entry = state.entries.get(question.id)
        set_aside = line.answer is not None and line.answer.status == "na"
        rows.append(
            [
                wording.domain(line.section.domain),
                line.section.title,
                question.id,
                wording.type_of(question),
                question.text,
                _standing(line),
                _("Not applicable") if set_aside else wording.answer(line, state.on),
                _value(line.answer),
                _reason(line.answer),
                Share(line.credit) if line.counts else None,
                question.weight if question.scored else None,
                question.level if question.scored else None,
                yes(question.critical),
                question.effort if question.scored else None,
                ", ".join(question.references),
                state.notes.get(question.id, ""),
                entry.by if entry else "",
                entry.at if entry else None,
            ]
        )
    return rows


def _value(answer: Answer | None) -> Decimal | dt.date | None:
    """The number or the date that an answer is, whether it counts or not."""
    return answer.value if answer and isinstance(answer.value, Decimal | dt.date) else None


def _reason(answer: Answer | None) -> str:
    return answer.justification if answer else ""


def _standing(line: Line) -> str:
    if line.standing is Standing.DORMANT and line.answer is not None:
        return _("No longer applies; the answer is kept")
    return wording.standing(line.standing)
