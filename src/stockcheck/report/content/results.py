"""The figures: scores by domain, section and standard, the levels, what keeps them from holding, and the route."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from stockcheck.assessed import Assessed
from stockcheck.checklist.model import Level
from stockcheck.language import _
from stockcheck.questionnaire import headline
from stockcheck.report import standing, wording
from stockcheck.report.content.parts import (
    Cell,
    Change,
    Column,
    Fact,
    NoFigure,
    Part,
    Sentence,
    Share,
    Type,
    table,
)
from stockcheck.scoring.levels import LevelResult
from stockcheck.scoring.scorecard import Scorecard
from stockcheck.scoring.scores import Score


def title() -> str:
    """What the sheet is called."""
    return _("Scores")


def about() -> str:
    """Its line in the contents."""
    return _("by domain, section and standard")


def in_short(card: Scorecard) -> Part:
    """What has to be known before any figure: what was found, that nobody answered, what the figures leave out."""
    notices = [standing.short_findings(card), headline.nothing_answered(card)]
    said = [Sentence(text, "notice") for text in notices if text]
    if rules := headline.rules(card):
        said.append(Sentence(rules, "remark"))
    return Part("in_short", "", (*said, *map(Sentence, [*standing.set_aside(card), *standing.partly_met(card)])))


#: A score says nothing of a standard that fewer questions cite.
FEWEST = 3


def overall(assessed: Assessed, before: Scorecard | None = None) -> Part:
    """The whole checklist, in one row."""
    was = {"": before.overall} if before else None
    return _scores("overall", _("Whole checklist"), [("", assessed.checklist.title, assessed.scorecard.overall)], was)


def domains(card: Scorecard, before: Scorecard | None = None) -> Part:
    """A row a domain that the checklist has."""
    named = ((name, wording.domain(name), score) for name, score in card.domains)
    return _scores("domains", _("By domain"), named, dict(before.domains) if before else None)


def sections(card: Scorecard, before: Scorecard | None = None) -> Part:
    """A row a section, in checklist order."""
    named = ((section.id, section.title, score) for section, score in card.sections)
    was = {section.id: score for section, score in before.sections} if before else None
    return _scores("sections", _("By section"), named, was)


def standards(assessed: Assessed, before: Scorecard | None = None) -> Part:
    """A row a standard that some question cites; where few do, the counts alone."""
    card, known = assessed.scorecard, assessed.checklist.standards
    named = ((name, f"{name}  {known[name].title}", score) for name, score in card.standards)
    was = dict(before.standards) if before else None
    found = _scores("standards", _("By standard"), named, was, fewest=FEWEST)
    if all(score.questions >= FEWEST for _name, score in card.standards):
        return found
    few = _("Where fewer than {n} questions in scope cite a standard, they are counted, and no score is made of them.")
    return Part(found.key, found.heading, (*found.content, Sentence(few.format(n=FEWEST), "remark")))


def _scores(
    key: str,
    heading: str,
    scores: Iterable[tuple[str, str, Score]],
    before: Mapping[str, Score] | None,
    fewest: int = 0,
) -> Part:
    columns = (
        Column("name", heading),
        Column("score", _("Score"), Type.SHARE),
        Column("up_to", _("Up to"), Type.SHARE),
        Column("last_time", _("Last time"), Type.SHARE),
        Column("change", _("Change"), Type.CHANGE),
        Column("answered", _("Answered"), Type.SHARE),
        Column("questions", _("Questions"), Type.NUMBER),
        Column("open", _("Open"), Type.NUMBER),
        Column("set_aside", _("Set aside"), Type.NUMBER),
        Column("accepted", _("Accepted"), Type.NUMBER),
        Column("rests_on", _("Rests on"), Type.SHARE),
        Column("gaps", _("Gaps"), Type.NUMBER),
    )
    rows: list[list[Cell]] = [
        [
            name,
            *([NoFigure(), NoFigure()] if (few := score.questions < fewest) else interval(score)),
            *([NoFigure(), NoFigure()] if few else last_time(score, (before or {}).get(known_as))),
            NoFigure() if few else Share(score.answered),
            score.questions,
            score.open,
            score.set_aside or None,
            score.accepted or None,
            Share(score.assessed) if score.accepted and not few else None,
            score.gaps if score.given else None,  # where nobody has answered, none has been looked for
        ]
        for known_as, name, score in scores
    ]
    return Part(key, heading, (table(key, columns, rows, without=() if before is not None else _SINCE),))


#: The columns about an earlier assessment.
_SINCE = ("last_time", "change")


def last_time(score: Score, before: Score | None, *beside: Fraction) -> list[Cell]:
    """The score of an earlier assessment, and how far this one is from it; nothing of what there was not."""
    if before is None:
        return [None, None]
    was = interval(before, *beside)[0]
    if nothing_answered(before) or nothing_answered(score) or before.lower is None or score.lower is None:
        return [was, NoFigure()]
    return [was, Change(score.lower - before.lower)]


def nothing_answered(score: Score) -> bool:
    """Whether nothing of what is in scope has been answered."""
    return score.lower is not None and score.given == 0


def interval(score: Score, *beside: Fraction) -> list[Cell]:
    """The score and what it could be, so that neither is taken for a share `beside` it.

    Where nothing has been answered neither says anything; what is set aside on one person's word is no answer.
    """
    if nothing_answered(score):
        return [NoFigure(), NoFigure()]
    return [Share(score.lower, beside), Share(score.upper, beside)]


def levels(card: Scorecard, before: Scorecard | None = None) -> list[Part]:
    """How each level stands; no part for a checklist without levels."""
    if not card.levels:
        return []
    columns = (
        Column("level", _("Level")),
        Column("score", _("Score"), Type.SHARE),
        Column("up_to", _("Up to"), Type.SHARE),
        Column("last_time", _("Last time"), Type.SHARE),
        Column("change", _("Change"), Type.CHANGE),
        Column("threshold", _("Threshold"), Type.SHARE),
        Column("holds", _("Holds"), Type.MARK),
        Column("reachable", _("Within reach"), Type.MARK),
        Column("partly_met", _("Critical, partly met"), Type.NUMBER),
    )
    was = {result.level.level: result.score for result in before.levels} if before else {}
    rows: list[list[Cell]] = [
        [
            named(result.level),
            *interval(result.score, least),
            *last_time(result.score, was.get(result.level.level), least),
            Share(least, as_set=True),
            _yes_or_no(result, result.holds),
            _yes_or_no(result, result.reachable),
            len(result.criticals_partly_met) or None,
        ]
        for result in card.levels
        for least in [standing.threshold(result)]
    ]
    return [Part("levels", _("Levels"), (table("levels", columns, rows, without=() if before else _SINCE),))]


def _yes_or_no(result: LevelResult, holds: bool) -> str:
    """A level without a question that applies is neither had nor refused (S-5)."""
    return _("no question applies") if result.empty else _("yes") if holds else _("no")


def named(level: Level) -> str:
    """A level by its number and title."""
    return f"{level.level}  {level.title}"


def stops(card: Scorecard) -> list[Part]:
    """What keeps the levels from holding; no part where there is nothing to say. The way to the next is `way`."""
    parts = []
    if not card.untouched and (short := [result for result in card.levels if not result.holds]):
        said = tuple(Fact(named(result.level), "\n".join(standing.stops(result))) for result in short)
        parts.append(Part("stops", _("What keeps the levels from holding"), said))
    return parts
