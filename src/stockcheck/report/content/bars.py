"""How the domains and sections stand, as bars: the worst first, with what is to be done today beside each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from stockcheck import figures
from stockcheck.checklist.model import Question
from stockcheck.language import _
from stockcheck.report import standing, wording
from stockcheck.report.content.parts import Bar, Cell, Column, Table, Type, table
from stockcheck.report.content.results import interval, last_time, nothing_answered
from stockcheck.report.to_do import today
from stockcheck.scoring.gaps import Priority
from stockcheck.scoring.scorecard import Scorecard
from stockcheck.scoring.scores import Score


def bars_of_domains(card: Scorecard, before: Scorecard | None = None) -> Table:
    """A row a domain, the worst first; with how far its score is from what it was `before`."""
    by_domain = dict(card.checklist.by_domain())
    rows = [(name, wording.domain(name), score, by_domain[name]) for name, score in card.domains]
    return _bars("bars_of_domains", _("Domain"), card, rows, dict(before.domains) if before else None)


def bars_of_sections(card: Scorecard, before: Scorecard | None = None) -> Table:
    """A row a section, the worst first; with how far its score is from what it was `before`."""
    rows = [(section.id, section.title, score, section.questions) for section, score in card.sections]
    was = {section.id: score for section, score in before.sections} if before else None
    return _bars("bars_of_sections", _("Section"), card, rows, was)


def what_the_bars_show(card: Scorecard) -> str:
    """How a bar is read, and what the line in it is."""
    said = _("Solid: met. Hatched: open, nobody knows yet.")
    line = _line(card)
    if line is None or card.next_level is None:
        return said
    what = _("Line: {threshold}, what level {level} asks of its own questions; the bars count all questions.")
    return f"{said} {what.format(threshold=figures.threshold(line), level=card.next_level.level.level)}"


def _line(card: Scorecard) -> Fraction | None:
    """The threshold of the level that is to be reached next; None where none is left."""
    return None if card.next_level is None else standing.threshold(card.next_level)


def _bars(
    key: str,
    heading: str,
    card: Scorecard,
    rows: Iterable[tuple[str, str, Score, Iterable[Question]]],
    before: Mapping[str, Score] | None,
) -> Table:
    columns = (
        Column("name", heading),
        Column("bar", _("Score"), Type.BAR),
        Column("score", _("Score"), Type.SHARE),
        Column("up_to", _("Up to"), Type.SHARE),
        Column("today", _("Today"), Type.NUMBER),
        Column("high", _("High"), Type.NUMBER),
        Column("open", _("Open"), Type.NUMBER),
        Column("change", _("Change"), Type.CHANGE),
    )
    found: list[list[Cell]] = []
    line = _line(card)
    beside = () if line is None else (line,)
    for name, title, score, questions in sorted(rows, key=lambda row: _worst_first(row[2])):
        among = frozenset(question.id for question in questions)
        high = sum(gap.priority is Priority.HIGH and gap.line.question.id in among for gap in card.gaps)
        load = today(card, among).total
        counts: list[Cell] = [load, high, score.open] if score.questions else [None, None, None]
        change = last_time(score, (before or {}).get(name))[1]
        found.append([title, _bar(score, line), *interval(score, *beside), *counts, change])
    return table(key, columns, found, without=() if before is not None else ("change",))


def _worst_first(score: Score) -> tuple[bool, Fraction, Fraction]:
    """What does not apply comes last; of the same score, the one that could be less comes first."""
    return score.lower is None, score.lower or Fraction(0), score.upper or Fraction(0)


def _bar(score: Score, line: Fraction | None) -> Bar:
    if score.lower is None or score.upper is None:
        return Bar(Fraction(0), Fraction(0), words=_("does not apply"))
    if nothing_answered(score):  # to the end of the chart it would look good, and say nothing
        return Bar(Fraction(0), Fraction(0), words=_("open: nothing answered yet"))
    return Bar(score.lower, score.upper, line)
