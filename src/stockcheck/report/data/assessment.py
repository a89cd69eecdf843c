"""sc_assessment, and what stands in every row of every table."""

from __future__ import annotations

from stockcheck import __version__
from stockcheck.assessed import Assessed
from stockcheck.report.data.columns import Column, Kind, Source, listed, share, text
from stockcheck.scoring.scores import Score

#: The version of the tables. It rises when a column is taken away or changes its meaning; columns may be added.
FORMAT = 2


def _sum(source: Source) -> Score:
    return source.assessed.scorecard.overall


def _rank(source: Source, level: int) -> int | None:
    return level if source.assessed.scorecard.levels else None


def _next(source: Source) -> int | None:
    found = source.assessed.scorecard.next_level
    return found.level.level if found else None


def _kinds(assessed: Assessed, kind: str) -> int:
    return sum(line.question.finding == kind for line in assessed.scorecard.findings.found)


COMMON: tuple[Column[Source], ...] = (
    text(
        "assessment_id",
        "the hash of the first entry in the assessment’s file: it stays the same as long as the file lives, "
        "whatever is answered, redacted or upgraded in it",
        lambda row: row.assessed.record.first,
    ),
    text("depot_code", "the depot’s code", lambda row: row.assessed.state.code or None, optional=True),
    text("depot", "the depot’s name", lambda row: row.assessed.state.depot, optional=True),
    Column("assessed_on", "date", "the date of the assessment", lambda row: row.assessed.state.on),
    text("checklist_id", "what it was made against", lambda row: row.checklist.id),
    text("checklist_version", "its version", lambda row: row.checklist.version),
)

ASSESSMENT: Kind[Source] = Kind(
    "sc_assessment",
    "One row: the assessment as a whole.",
    (
        Column("format", "integer", "the version of these tables", lambda _row: FORMAT),
        text("program_version", "the version of stockcheck that wrote them", lambda _row: __version__),
        Column("made_at_utc", "moment", "when the report was made", lambda row: row.made),
        text("marking", "the marking of the assessment", lambda row: row.assessed.state.marking, optional=True),
        Column("demo", "boolean", "whether the program made the depot up", lambda row: row.assessed.state.demo),
        text("checklist_title", "the checklist’s title", lambda row: row.checklist.title),
        text("checklist_sha256", "the digest of its content", lambda row: row.assessed.provenance.digest),
        text(
            "checklist_provenance",
            '"shipped", "adapted" or "own"',
            lambda row: row.assessed.provenance.origin.value,
        ),
        text(
            "text_language",
            "the language of the texts in these tables: the checklist’s own",
            lambda row: row.checklist.language,
        ),
        Column(
            "rules",
            "integer",
            "the version of the rules that scored it",
            lambda row: row.assessed.scorecard.rules.version,
        ),
        Column("started_at_utc", "moment", "the first entry in the file", lambda row: row.assessed.state.started, True),
        Column("changed_at_utc", "moment", "the last entry", lambda row: row.assessed.state.changed, True),
        text(
            "respondents",
            "who gave the answers that stand",
            lambda row: listed(row.assessed.state.respondents),
            optional=True,
        ),
        Column(
            "nothing_answered",
            "boolean",
            "whether no scored question is answered, so that no figure says anything",
            lambda row: row.assessed.scorecard.untouched,
        ),
        Column("losses_found", "integer", "losses found (S-6)", lambda row: _kinds(row.assessed, "loss")),
        Column("dangers_found", "integer", "dangers found", lambda row: _kinds(row.assessed, "danger")),
        Column(
            "findings_not_checked",
            "integer",
            "losses and dangers that nobody has looked for",
            lambda row: len(row.assessed.scorecard.findings.not_checked),
        ),
        *share(
            "score",
            "open questions counting 0: the headline (S-4); empty: nothing in scope",
            lambda row: _sum(row).lower,
            optional=True,
        ),
        *share("up_to", "open questions counting 1", lambda row: _sum(row).upper, optional=True),
        Column("questions", "integer", "scored questions in scope", lambda row: _sum(row).questions),
        Column("open", "integer", "those of them that are open", lambda row: _sum(row).open),
        Column("gaps", "integer", "those of them that are gaps", lambda row: _sum(row).gaps),
        Column(
            "to_check",
            "integer",
            "critical questions and findings that nobody has answered",
            lambda row: len(row.assessed.scorecard.to_check),
        ),
        Column(
            "achieved",
            "integer",
            "the level achieved (S-5), 0 for below level 1; empty for a checklist without levels",
            lambda row: _rank(row, row.assessed.scorecard.achieved),
            True,
        ),
        Column(
            "reachable",
            "integer",
            "the same with every open question counting 1",
            lambda row: _rank(row, row.assessed.scorecard.reachable),
            True,
        ),
        Column("next_level", "integer", "the next level (S-8); empty when there is none", _next, True),
        Column(
            "route_effort",
            "integer",
            "the least effort that makes the next level hold",
            lambda row: row.assessed.scorecard.route.effort if row.assessed.scorecard.route else None,
            True,
        ),
        Column("entries", "integer", "entries in the file", lambda row: row.assessed.record.entries),
        Column(
            "chain_holds",
            "boolean",
            "whether each bears the hash of the one before: it shows no accident and no careless edit, and does not "
            "show who wrote them",
            lambda row: row.assessed.record.chain_holds,
        ),
        text("record_head", "the hash of the last entry", lambda row: row.assessed.record.head),
        Column(
            "redactions", "integer", "what was removed from the file", lambda row: len(row.assessed.record.redactions)
        ),
    ),
    lambda source: [source],
)
