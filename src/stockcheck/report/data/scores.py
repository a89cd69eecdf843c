"""sc_scores: a row a set of questions, by whatever it is a set of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from stockcheck.checklist.words import as_fraction
from stockcheck.report.data.columns import Column, Kind, Source, listed, share, text
from stockcheck.scoring.levels import LevelResult
from stockcheck.scoring.scope import Line
from stockcheck.scoring.scores import Score


@dataclass(frozen=True)
class Row:
    """A set of questions and its score; a level's has its result, and a domain's at a level what it has to reach."""

    set: str
    key: str
    title: str
    score: Score
    level: int | None = None
    threshold: Fraction | None = None
    holds: bool | None = None
    reachable: bool | None = None
    result: LevelResult | None = None


def rows(source: Source) -> Iterator[Row]:
    """The whole; then domains, sections, standards, levels, and domains at a level: each in checklist order."""
    card, checklist = source.assessed.scorecard, source.checklist
    titles = {section.id: section.title for section in checklist.sections}
    yield Row("overall", checklist.id, checklist.title, card.overall)
    yield from (Row("domain", name, name, score) for name, score in card.domains)
    yield from (Row("section", section.id, titles[section.id], score) for section, score in card.sections)
    yield from (Row("standard", name, checklist.standards[name].title, score) for name, score in card.standards)
    named = {level.level: level.title for level in checklist.levels}
    for result in card.levels:
        level = result.level.level
        least = as_fraction(result.level.threshold)
        yield Row("level", str(level), named[level], result.score, level, least, result.holds, result.reachable, result)
        for one in result.domains:
            yield Row("level_domain", one.domain, one.domain, one.score, level, one.least, one.holds, one.reachable)


def _ids(row: Row, lines: Iterable[Line] | None) -> str | None:
    return None if row.result is None else listed(line.question.id for line in lines or ())


SCORES: Kind[Row] = Kind(
    "sc_scores",
    "A row a set of questions: the whole checklist, each domain, section and standard, each level, and each domain at "
    "a level.",
    (
        text(
            "set",
            '"overall", "domain", "section", "standard", "level", or "level_domain": the questions of a level in a '
            "domain (S-5 b)",
            lambda row: row.set,
        ),
        text(
            "key",
            "the id of the checklist or the section, the name of the domain or the standard, the number of the level",
            lambda row: row.key,
        ),
        text("title", "its title", lambda row: row.title),
        Column("level", "integer", "the level, for `level` and `level_domain`", lambda row: row.level, True),
        *share(
            "score",
            "open questions counting 0 (S-4); empty: nothing in scope",
            lambda row: row.score.lower,
            optional=True,
        ),
        *share("up_to", "open questions counting 1", lambda row: row.score.upper, optional=True),
        *share("answered", "the share of weight that is not unanswered", lambda row: row.score.answered, optional=True),
        *share(
            "rests_on",
            "the share of weight that is not accepted as not applicable",
            lambda row: row.score.assessed,
            optional=True,
        ),
        Column("weight", "integer", "the sum of the weights in scope", lambda row: row.score.weight),
        Column("questions", "integer", "scored questions in scope", lambda row: row.score.questions),
        Column("open", "integer", "those of them that are open", lambda row: row.score.open),
        Column("gaps", "integer", "those of them that are gaps", lambda row: row.score.gaps),
        Column(
            "set_aside", "integer", "those of them that wait for a countersignature", lambda row: row.score.set_aside
        ),
        Column("set_aside_weight", "integer", "their weight", lambda row: row.score.set_aside_weight),
        Column("accepted", "integer", "questions out of scope as not applicable", lambda row: row.score.accepted),
        Column("accepted_weight", "integer", "their weight", lambda row: row.score.accepted_weight),
        *share(
            "threshold",
            "what the set has to reach, for `level` and `level_domain`",
            lambda row: row.threshold,
            optional=True,
        ),
        Column("holds", "boolean", "whether the level holds, or the domain reaches it", lambda row: row.holds, True),
        Column(
            "reachable",
            "boolean",
            "whether it would with every open question counting 1",
            lambda row: row.reachable,
            True,
        ),
        *share(
            "missing",
            "for `level`: what is missing to the threshold (S-5 a)",
            lambda row: row.result.points_missing if row.result else None,
            optional=True,
        ),
        text(
            "domains_short",
            "for `level`: the domains that keep it from holding (S-5 b)",
            lambda row: listed(one.domain for one in row.result.domains_short) if row.result else None,
            optional=True,
        ),
        text(
            "criticals_short",
            "for `level`: critical questions answered, or failing with a parent, and short of their floor (S-5 c)",
            lambda row: _ids(row, row.result and row.result.criticals_short),
            optional=True,
        ),
        text(
            "criticals_unseen",
            "critical questions that nobody has looked at",
            lambda row: _ids(row, row.result and row.result.criticals_unseen),
            optional=True,
        ),
        text(
            "criticals_waiting",
            "critical questions set aside and not countersigned",
            lambda row: _ids(row, row.result and row.result.criticals_waiting),
            optional=True,
        ),
        text(
            "absent",
            "questions of weight 5 with credit 0, open ones included (S-5 d)",
            lambda row: _ids(row, row.result and row.result.absent),
            optional=True,
        ),
    ),
    rows,
)
