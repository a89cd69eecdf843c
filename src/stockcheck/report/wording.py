"""The words every report uses for domains, priorities, rules, standings and levels, in the language in use."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from stockcheck.checklist.answers import shown
from stockcheck.checklist.model import Level
from stockcheck.checklist.words import exact
from stockcheck.language import _, ngettext, percent
from stockcheck.scoring.comparison import Kind
from stockcheck.scoring.gaps import Priority, Rule
from stockcheck.scoring.levels import LevelResult
from stockcheck.scoring.route import Route
from stockcheck.scoring.scope import Line, Standing
from stockcheck.scoring.scorecard import Scorecard
from stockcheck.scoring.scores import Score


def domain(name: str) -> str:
    """A domain's title."""
    return {
        "physical-security": _("Physical security"),
        "storage": _("Storage"),
        "inventory": _("Inventory"),
        "management": _("Management"),
        "transfer": _("Transfer"),
    }[name]


def priority(one: Priority) -> str:
    """A priority's name."""
    return {
        Priority.IMMEDIATE: _("Immediate"),
        Priority.HIGH: _("High"),
        Priority.MEDIUM: _("Medium"),
        Priority.LOW: _("Low"),
    }[one]


def rule(one: Rule) -> str:
    """Why a gap has its priority, in words."""
    return {
        Rule.CRITICAL_LEVEL_1: _("critical control of level 1"),
        Rule.FOUND: _("loss or danger found, nothing of it put right"),
        Rule.CRITICAL_LEVEL_2: _("critical control of level 2"),
        Rule.FINDING: _("loss or danger found or possible"),
        Rule.HEAVY_AND_ABSENT: _("weight 4 or 5, and nothing of it shown"),
        Rule.CRITICAL_LEVEL_3: _("critical control of level 3 or above"),
        Rule.HEAVY: _("weight 3 or more"),
        Rule.OTHER: _("weight 1 or 2"),
    }[one]


def standing(one: Standing) -> str:
    """How a question stands, in words."""
    return {
        Standing.ANSWERED: _("Answered"),
        Standing.UNKNOWN: _("Unknown"),
        Standing.UNANSWERED: _("Not answered"),
        Standing.PENDING: _("Pending"),
        Standing.SET_ASIDE: _("Set aside, not countersigned"),
        Standing.PART: _("Falls short with what it is part of"),
        Standing.NOT_APPLICABLE: _("Not applicable"),
        Standing.DORMANT: _("Not asked here"),
    }[one]


def level(scorecard: Scorecard, number: int) -> str:
    """A level by number and title; 0 is "below level 1"."""
    if number == 0:
        return _("below level 1")
    return _("level {number} ({title})").format(number=number, title=scorecard.checklist.levels[number - 1].title)


def interval(score: Score) -> str:
    """A score with its interval, such as "61.5 %, up to 70.2 % once 14 open questions are settled"."""
    if score.lower is None or score.complete:
        return percent(score.lower)
    return ngettext(
        "{lower}, up to {upper} once {n} open question is settled",
        "{lower}, up to {upper} once {n} open questions are settled",
        score.open,
    ).format(lower=percent(score.lower), upper=percent(score.upper), n=score.open)


def threshold(one: Level) -> Fraction:
    """A level's threshold, as an exact share."""
    return exact(one.threshold)


def change(share: Fraction) -> str:
    """A change of a score in percentage points, with its sign."""
    sign = "−" if share < 0 else "+"
    return sign + percent(abs(share))


def kind_of_change(kind: Kind) -> str:
    """What became of a question between two assessments, in words."""
    return {
        Kind.IMPROVED: _("Improved"),
        Kind.WORSENED: _("Worsened"),
        Kind.STILL_A_GAP: _("Still a gap"),
        Kind.UNCHANGED: _("Unchanged"),
        Kind.NEWLY_ANSWERED: _("Newly answered"),
        Kind.NO_LONGER_ANSWERED: _("No longer answered"),
        Kind.LEFT_SCOPE: _("No longer in scope"),
        Kind.ENTERED_SCOPE: _("Now in scope"),
        Kind.NEW: _("New in the checklist"),
        Kind.REMOVED: _("Removed from the checklist"),
    }[kind]


def blockers(result: LevelResult) -> list[str]:
    """What keeps a level from holding, a line each."""
    reasons = []
    if result.points_missing:
        reasons.append(
            _("the score is {score}, the threshold {threshold}").format(
                score=percent(result.score.lower), threshold=percent(threshold(result.level))
            )
        )
    short = [line.question.id for line in result.criticals if line.is_answered]
    if short:
        words = ngettext(
            "{n} critical control falls short: {names}", "{n} critical controls fall short: {names}", len(short)
        )
        reasons.append(words.format(n=len(short), names=", ".join(short)))
    unanswered = [line.question.id for line in result.criticals if not line.is_answered]
    if unanswered:
        words = ngettext(
            "{n} critical control is not answered: {names}",
            "{n} critical controls are not answered: {names}",
            len(unanswered),
        )
        reasons.append(words.format(n=len(unanswered), names=", ".join(unanswered)))
    return reasons


def set_aside(scorecard: Scorecard) -> str:
    """How much was answered as not applicable; empty when nothing was."""
    lines = scorecard.not_applicable
    if not lines:
        return ""
    words = ngettext(
        "{n} question set aside as not applicable, {critical} of them critical",
        "{n} questions set aside as not applicable, {critical} of them critical",
        len(lines),
    )
    return words.format(n=len(lines), critical=sum(line.question.critical for line in lines))


def remedy(line: Line) -> str:
    """What to do about a gap. Where nobody knows how things stand, to find out comes first."""
    text = line.question.remedy or ""
    if line.standing is Standing.UNKNOWN:
        text = _("Nobody could say: find out first.") + (f" {text}" if text else "")
    return text


def answer(line: Line, on: dt.date) -> str:
    """An answer as a person reads it; a date with its age at the assessment on the date `on`."""
    text = shown(line.question, line.answer)
    if line.answer is not None and isinstance(line.answer.value, dt.date):
        days = (on - line.answer.value).days
        text += " " + ngettext("({n} day)", "({n} days)", days).format(n=days)
    return text


def route(one: Route) -> str:
    """A route in one line."""
    return _("Least effort to level {level}: {n} controls, effort {effort}").format(
        level=one.result.level.level, n=len(one.lines), effort=one.effort
    )
