"""The verdict: in two or three sentences, what a depot reaches and does not, and the worst that was found."""

from __future__ import annotations

from stockcheck import figures
from stockcheck.assessed import Assessed
from stockcheck.language import _, ngettext
from stockcheck.questionnaire import headline
from stockcheck.report import standing, wording
from stockcheck.report.content import orders
from stockcheck.scoring.levels import LevelResult
from stockcheck.scoring.scope import Line, Standing
from stockcheck.scoring.scorecard import Scorecard


def verdict(assessed: Assessed) -> list[str]:
    """The sentences, each built from the rules; for what nobody has answered, only that."""
    card = assessed.scorecard
    if nothing := headline.nothing_answered(card):
        return [_("{nothing}: nothing can be said of this depot.").format(nothing=nothing)]
    said = [*_levels(card)] if card.levels else [_score(card)]
    if worst := _worst(assessed):
        said.append(_("Worst: {what}").format(what=worst))
    return said


def _levels(card: Scorecard) -> list[str]:
    said = []
    if card.achieved:
        words = _("Reaches {level}.").format(level=wording.level(card, card.achieved))
        said.append(words)
    if (result := card.next_level) is None:
        return [*said, standing.nothing_above(card)]
    reasons = "; ".join(_reasons(result))
    number = result.level.level
    said.append(_("Does NOT reach level {n}: {reasons}.").format(n=number, reasons=reasons))
    if card.overall.complete:
        return said
    if card.reachable < number:
        said.append(_("Even if every open question turned out well, level {n} would not be reached.").format(n=number))
    else:
        said.append(_("If every open question turned out well, it would reach level {n}.").format(n=card.reachable))
    return said


def _reasons(result: LevelResult) -> list[str]:
    """What keeps a level from holding, in the order of gravity, counted and not named."""
    reasons = _criticals(result)
    if result.points_missing:
        reasons.append(standing.short_of_threshold(result))
    if short := result.domains_short:
        least_of_all = figures.threshold(short[0].least)
        reasons.append(
            ngettext(
                "{n} domain lies below {least} ({names})", "{n} domains lie below {least} ({names})", len(short)
            ).format(n=len(short), least=least_of_all, names=", ".join(wording.domain(one.domain) for one in short))
        )
    if result.absent:
        words = ngettext(
            "nothing can be shown of {n} control of weight 5",
            "nothing can be shown of {n} controls of weight 5",
            len(result.absent),
        )
        reasons.append(words.format(n=len(result.absent)))
    return reasons or [_("the level below does not hold")]


def _criticals(result: LevelResult) -> list[str]:
    """How many critical controls are not met, and why: that nobody could say, never checked, only set aside."""
    every = sum(line.question.floor is not None for line in result.lines)
    reasons = []
    if short := result.criticals_short:
        words = ngettext(
            "{n} of {all} critical controls of level {level} is not met",
            "{n} of {all} critical controls of level {level} are not met",
            len(short),
        ).format(n=len(short), all=every, level=result.level.level)
        if unknown := sum(line.standing is Standing.UNKNOWN for line in short):
            words += ngettext(
                ", {n} of them because nobody could say", ", {n} of them because nobody could say", unknown
            ).format(n=unknown)
        reasons.append(words)
    if unseen := len(result.criticals_unseen):
        if short:
            words = ngettext("{n} was never checked", "{n} were never checked", unseen)
        else:
            words = ngettext(
                "{n} of {all} critical controls was never checked",
                "{n} of {all} critical controls were never checked",
                unseen,
            )
        reasons.append(words.format(n=unseen, all=every))
    if waiting := len(result.criticals_waiting):
        words = ngettext(
            "{n} critical control set aside waits for a countersignature",
            "{n} critical controls set aside wait for a countersignature",
            waiting,
        )
        reasons.append(words.format(n=waiting))
    return reasons


def _score(card: Scorecard) -> str:
    return _("The score is {score}.").format(score=wording.interval(card.overall))


def _worst(assessed: Assessed) -> str:
    """The gravest thing that was found: a loss or a danger, else the first gap. What was not looked for is none."""
    card = assessed.scorecard
    line: Line | None = next(iter(card.findings.found), None)
    if line is None and card.gaps:
        line = card.gaps[0].line
    return f"{line.question.id} {orders.finding(line, assessed.state.on)}" if line else ""
