"""What a reader can reckon anew: every figure of the scores, exactly, by the set of questions that it is of."""

from __future__ import annotations

from collections.abc import Iterator

from stockcheck.assessed import Assessed
from stockcheck.language import _
from stockcheck.report import wording
from stockcheck.report.content.parts import Cell, Column, Part, Sentence, Share, Table, Type
from stockcheck.report.content.results import FEWEST, named
from stockcheck.scoring.scores import Score


def checks(assessed: Assessed) -> list[Part]:
    """The shares of each set, then its counts. Columns `set` and `key` say which it is, as the data sheets do."""
    about = _(
        "Beside each figure stands what a formula makes of the answers in the sheet sc_answers, and = where the two "
        "agree. A program that reckons no formulas leaves those cells empty."
    )
    sets = list(_sets(assessed))
    which = (Column("set", ""), Column("key", ""), Column("name", _("Check")))
    shares = (
        Column("score", _("Score"), Type.SHARE),
        Column("up_to", _("Up to"), Type.SHARE),
        Column("answered", _("Answered"), Type.SHARE),
        Column("rests_on", _("Rests on"), Type.SHARE),
    )
    counts = (
        Column("questions", _("Questions"), Type.NUMBER),
        Column("open", _("Open"), Type.NUMBER),
        Column("set_aside", _("Set aside"), Type.NUMBER),
        Column("gaps", _("Gaps"), Type.NUMBER),
    )
    exact: list[tuple[Cell, ...]] = [
        (*found, *map(Share, (score.lower, score.upper, score.answered, score.assessed)))
        for *found, score in sets
        if isinstance(score, Score) and (found[0] != "standard" or score.questions >= FEWEST)
    ]
    counted: list[tuple[Cell, ...]] = [
        (*found, score.questions, score.open, score.set_aside, score.gaps)
        for *found, score in sets
        if isinstance(score, Score)
    ]
    return [
        Part(
            "check_shares",
            _("Check"),
            (Sentence(about, "remark"), Table("check_shares", (*which, *shares), tuple(exact))),
        ),
        Part("check_counts", "", (Table("check_counts", (*which, *counts), tuple(counted)),)),
    ]


def reckoned() -> str:
    """What the column of formulas is called."""
    return _("reckoned")


def not_agreeing() -> str:
    """What the number of figures is called that are not as reckoned."""
    return _("Figures that do not agree")


def _sets(assessed: Assessed) -> Iterator[tuple[str, str, str, Score]]:
    card = assessed.scorecard
    yield "overall", card.checklist.id, card.checklist.title, card.overall
    yield from (("domain", name, wording.domain(name), score) for name, score in card.domains)
    yield from (("section", section.id, section.title, score) for section, score in card.sections)
    yield from (("standard", name, name, score) for name, score in card.standards)
    yield from (("level", str(one.level.level), named(one.level), one.score) for one in card.levels)
