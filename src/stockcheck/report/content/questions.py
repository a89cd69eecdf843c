"""Every answer, in a table of a row a question; and why what is open is."""

from __future__ import annotations

from stockcheck import language
from stockcheck.answers.answer import Answer
from stockcheck.answers.worded import answer_in_words
from stockcheck.assessed import Assessed
from stockcheck.assessment.events import asked_of
from stockcheck.assessment.last_year import last_year
from stockcheck.checklist.translation import in_language
from stockcheck.language import _, date
from stockcheck.report import wording
from stockcheck.report.content.parts import Cell, Column, Share, Table, Type, table, yes
from stockcheck.scoring.scope import Line, Standing


def title() -> str:
    """What the sheet is called."""
    return _("Answers")


def about() -> str:
    """Its line in the contents."""
    return _("every question as it stands, with who answered and when")


def why_open(assessed: Assessed) -> dict[str, str]:
    """How each open question stands, and what hangs on it, in one line, by its id."""
    on_route, levels = assessed.scorecard.on_route, bool(assessed.checklist.levels)
    found, before = {}, last_time(assessed)
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
        if question.id in before:
            found[question.id] += " " + before[question.id]
    return found


def last_time(assessed: Assessed) -> dict[str, str]:
    """What the assessment that this one began from answered to each question that nobody has answered yet, by id, and
    that it is to be confirmed.
    """
    earlier = assessed.state.earlier
    if earlier is None:
        return {}
    spoken = in_language(earlier.state.checklist, language.current())
    said = {}
    for line in assessed.scorecard.lines:
        found = last_year(assessed.state, line.question)
        if found is not None and line.answer is None and (was := asked_of(spoken, found.asked.id)) is not None:
            words = _("Last time ({date}): {answer}").format(
                date=date(found.on), answer=answer_in_words(was, found.entry.answer)
            )
            said[line.question.id] = words + ("" if found.answer is None else "; " + _("to confirm"))
    return said


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
        said: list[Cell] = [
            standing,
            answer_in_words(asked, answer),
            answer.figure if answer else None,
            _reason(answer),
        ]
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
                line.answer.figure if line.answer else None,
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


def _reason(answer: Answer | None) -> str:
    return answer.justification if answer else ""


def _standing(line: Line) -> str:
    if line.standing is Standing.DORMANT and line.answer is not None:
        return _("No longer applies; the answer is kept")
    return wording.standing(line.standing)
