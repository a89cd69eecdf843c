"""The tables that have a row a question: gaps and what is to check, what is open, and every answer."""

from __future__ import annotations

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


def open_questions(assessed: Assessed) -> Table:
    """What still has to be asked or settled, in checklist order, and what each weighs."""
    on_route, levels = assessed.scorecard.on_route, bool(assessed.checklist.levels)
    columns = (
        Column("section", _("Section")),
        Column("id", _("Id"), Type.ID),
        Column("question", _("Question")),
        Column("standing", _("Standing")),
        Column("level", _("Level"), Type.NUMBER),
        Column("weight", _("Weight"), Type.NUMBER),
        Column("critical", _("Critical"), Type.MARK),
        Column("on_route", _("On the route"), Type.MARK),
        Column("reason", _("Reason given")),
        Column("evidence", _("What shows it")),
    )
    rows: list[list[Cell]] = [
        [
            line.section.title,
            line.question.id,
            line.question.text,
            wording.standing(line.standing),
            line.question.level,
            line.question.weight,
            yes(line.question.critical),
            yes(line.question.id in on_route),
            line.answer.justification if line.answer and line.standing is Standing.SET_ASIDE else "",
            line.question.evidence or "",
        ]
        for line in assessed.scorecard.open
    ]
    return table("open_questions", columns, rows, without=() if levels else ("level", "on_route"))


def answers(assessed: Assessed) -> Table:
    """The facts about the depot, then every question as it stands, with who answered and when."""
    columns = (
        Column("section", _("Section")),
        Column("id", _("Id"), Type.ID),
        Column("question", _("Question")),
        Column("standing", _("Standing")),
        Column("answer", _("Answer")),
        Column("credit", _("Credit"), Type.SHARE),
        Column("weight", _("Weight"), Type.NUMBER),
        Column("level", _("Level"), Type.NUMBER),
        Column("note", _("Note")),
        Column("evidence", _("What shows it")),
        Column("flag", _("Flag"), Type.MARK),
        Column("by", _("By")),
        Column("at", _("When (UTC)"), Type.MOMENT),
    )
    rows = [*_facts(assessed), *_questions(assessed)]
    return table("answers", columns, rows, without=() if assessed.checklist.levels else ("level",))


def _facts(assessed: Assessed) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for asked in assessed.checklist.profile:
        entry = assessed.state.profile.get(asked.id)
        standing = _("Not answered") if entry is None else _("Fact")
        who_and_when: list[Cell] = [entry.by, entry.at] if entry else ["", None]
        answer = answer_in_words(asked, entry.answer if entry else None)
        about = _("About the depot")
        # No id: a fact's is a word of the checklist's source language, and nothing in the report points to it.
        rows.append([about, "", asked.text, standing, answer, None, None, None, "", "", "", *who_and_when])
    return rows


def _questions(assessed: Assessed) -> list[list[Cell]]:
    state = assessed.state
    rows: list[list[Cell]] = []
    for line in assessed.scorecard.lines:
        question = line.question
        entry = state.entries.get(question.id)
        rows.append(
            [
                line.section.title,
                question.id,
                question.text,
                _standing(line),
                wording.answer(line, state.on),
                Share(line.credit) if line.counts else None,
                question.weight if question.scored else None,
                question.level if question.scored else None,
                state.notes.get(question.id, ""),
                question.evidence or "",
                "⚑" if question.id in state.flags else "",
                entry.by if entry else "",
                entry.at if entry else None,
            ]
        )
    return rows


def _standing(line: Line) -> str:
    if line.standing is Standing.DORMANT and line.answer is not None:
        return _("No longer applies; the answer is kept")
    return wording.standing(line.standing)
