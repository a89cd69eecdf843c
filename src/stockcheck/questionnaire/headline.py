"""How an assessment stands, in a line: what was found comes before any figure. Source: docs/scoring.md, S-6."""

from __future__ import annotations

from stockcheck.figures import percent
from stockcheck.language import _, ngettext
from stockcheck.scoring.levels import LevelTally
from stockcheck.scoring.scope import Line
from stockcheck.scoring.scorecard import Scorecard
from stockcheck.scoring.scores import Score

#: Findings named in a line before the rest is only counted.
_NAMED = 4


def domain(name: str) -> str:
    """The title of a domain. Raises `KeyError` for one that is not among `model.DOMAINS`."""
    return {
        "physical-security": _("Physical security"),
        "storage": _("Storage"),
        "inventory": _("Inventory"),
        "management": _("Management"),
        "transfer": _("Transfer"),
    }[name]


def finding(line: Line) -> str:
    """What a finding asks for: a loss or a danger."""
    return _("loss") if line.question.finding == "loss" else _("danger")


def found(card: Scorecard) -> str:
    """The losses and dangers found, by id, in checklist order; empty when there is none."""
    lines = card.findings.found
    if not lines:
        return ""
    names = ", ".join(f"{line.question.id} ({finding(line)})" for line in lines[:_NAMED])
    if len(lines) > _NAMED:
        names += " " + _("and {n} more").format(n=len(lines) - _NAMED)
    return _("FOUND: {names}").format(names=names)


def not_checked(card: Scorecard) -> str:
    """How many losses and dangers nobody has looked for; empty when none."""
    count = len(card.findings.not_checked)
    words = ngettext("{n} loss or danger not checked", "{n} losses or dangers not checked", count)
    return words.format(n=count) if count else ""


def nothing_answered(card: Scorecard) -> str:
    """That nothing has been answered; empty as soon as something that is scored has."""
    if not card.untouched:
        return ""
    if any(line.is_answered for line in card.lines) or card.set_aside or card.accepted:
        return _("No scored question answered yet")
    return _("Nothing answered yet")


def rules(card: Scorecard) -> str:
    """Which rules have scored it, where they are not those of today; empty where they are."""
    version = card.rules.version
    return _("Scored by the rules of version {version}").format(version=version) if version == 1 else ""


def score(card: Scorecard) -> str:
    """The score, or where it lies between."""
    return between(card.overall)


def between(score: Score) -> str:
    """A score, or where it lies between."""
    if score.complete:
        return percent(score.lower)
    return _("{lower} to {upper}").format(lower=percent(score.lower), upper=percent(score.upper))


def achieved(card: Scorecard) -> str:
    """The level achieved, in short; empty for a checklist without levels."""
    if not card.checklist.levels:
        return ""
    return _("level {achieved}").format(achieved=card.achieved) if card.achieved else _("no level yet")


def partly_met(card: Scorecard) -> str:
    """How many critical controls of the level achieved are met in part only; empty where none is."""
    count = len(card.partly_met)
    words = ngettext("{n} critical control is only partly met", "{n} critical controls are only partly met", count)
    return words.format(n=count) if count else ""


def level(card: Scorecard) -> str:
    """The level achieved and the one within reach, in short, and what is only partly met at it; empty for a checklist
    without levels.
    """
    words = achieved(card)
    if words and card.reachable > card.achieved:
        words += " " + _("(up to {reachable})").format(reachable=card.reachable)
    return " · ".join(part for part in (words, partly_met(card)) if part)


def ladder(card: Scorecard) -> list[tuple[str, list[str]]]:
    """Each level, the highest first, how it stands, and under it what stands in the way."""
    found: list[tuple[str, list[str]]] = []
    for tally in card.ladder:
        number = tally.level.level
        name = f"{number}  {tally.level.title}"
        if tally.empty:
            found.append((_("{level}: nothing of it applies").format(level=name), []))
        elif number <= card.achieved:
            found.append((_("{level}: reached").format(level=name), []))
        elif number <= card.reachable:
            found.append((_("{level}: within reach").format(level=name), _in_the_way(tally)))
        else:
            found.append((_("{level}: out of reach").format(level=name), _in_the_way(tally)))
    return found[::-1]


def _in_the_way(tally: LevelTally) -> list[str]:
    short = sum(not one.holds for one in tally.domains)
    said = [
        (tally.unmet, ngettext("{n} critical control not met", "{n} critical controls not met", tally.unmet)),
        (
            tally.absent,
            ngettext("{n} of weight 5 without credit", "{n} of weight 5 without credit", tally.absent),
        ),
        (short, ngettext("{n} domain too low", "{n} domains too low", short)),
    ]
    told = [words.format(n=n) for n, words in said if n]
    if tally.points_missing:
        told.append(_("score {share} too low").format(share=percent(tally.points_missing)))
    return told or [_("the level below")]


def criticals_short(card: Scorecard) -> tuple[list[Line], int]:
    """The critical controls that were looked at and are not met, in checklist order; and how many more nobody has
    looked at.
    """
    unmet = [line for line in card.lines if line.is_critical_unmet]
    short = [line for line in unmet if not line.is_unanswered]
    return short, len(unmet) - len(short)


def _left_out(card: Scorecard) -> str:
    """How many were accepted as not applicable, and how much of the weight the figures rest on without them."""
    total = card.overall
    if total.assessed is None:
        return _("{n} not applicable, and nothing is left that applies")
    words = _("{n} not applicable (the figures rest on {share} of the weight)")
    return words.replace("{share}", percent(total.assessed))


def counts(card: Scorecard) -> list[str]:
    """How many questions are open, set aside and gaps, each in words; what is none of them is not spoken of."""
    total = card.overall
    said = [
        (total.open, ngettext("{n} open", "{n} open", total.open)),
        (total.set_aside, ngettext("{n} set aside", "{n} set aside", total.set_aside)),
        (total.accepted, _left_out(card)),
        (total.gaps, ngettext("{n} gap", "{n} gaps", total.gaps)),
    ]
    return [words.format(n=count) for count, words in said if count]
