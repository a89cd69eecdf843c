"""The words every report uses for domains, priorities, rules, standings and levels, in the language in use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from stockcheck.answers.days import age
from stockcheck.answers.worded import answer_in_words
from stockcheck.assessment.record import Record
from stockcheck.assessment.redaction import in_words
from stockcheck.assessment.state import Left
from stockcheck.checklist.model import Asked, Checklist, ProfileField, Question
from stockcheck.checklist.translation import in_language
from stockcheck.figures import percent
from stockcheck.language import _, current, moment, ngettext
from stockcheck.questionnaire import headline
from stockcheck.scoring.comparison import ChangeKind
from stockcheck.scoring.gaps import Gap, Priority, Rule
from stockcheck.scoring.scope import Line, Standing
from stockcheck.scoring.scorecard import Scorecard
from stockcheck.scoring.scores import Score


def domain(name: str) -> str:
    """The title of a domain. Raises `KeyError` for one that is not among `model.DOMAINS`."""
    return headline.domain(name)


def type_of(asked: Asked) -> str:
    """What kind of answer something takes, in words."""
    return {
        "control": _("Yes, partial, no"),
        "choice": _("One of several"),
        "several": _("Any of several"),
        "number": _("Number"),
        "date": _("Date"),
        "text": _("Text"),
    }[asked.type]


def priority(one: Priority) -> str:
    """What a priority of docs/scoring.md, S-7, is called."""
    return {
        Priority.IMMEDIATE: _("Immediate"),
        Priority.HIGH: _("High"),
        Priority.MEDIUM: _("Medium"),
        Priority.LOW: _("Low"),
    }[one]


def rule(one: Rule, *, levels: bool = True) -> str:
    """Why a gap has its priority, in words; without `levels`, none is spoken of."""
    if not levels and one in (Rule.CRITICAL_LEVEL_1, Rule.CRITICAL_LEVEL_2, Rule.CRITICAL_LEVEL_3):
        return {
            Rule.CRITICAL_LEVEL_1: _("critical control, needed first"),
            Rule.CRITICAL_LEVEL_2: _("critical control, needed next"),
            Rule.CRITICAL_LEVEL_3: _("critical control, needed later"),
        }[one]
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
    level = next(one for one in scorecard.checklist.levels if one.level == number)
    return _("level {number} ({title})").format(number=number, title=level.title)


def whose_levels(checklist: Checklist) -> str:
    """Which standard the levels of a checklist follow, or that none is said to set them; empty without levels."""
    if not checklist.levels:
        return ""
    if checklist.levels_of is not None:
        return _("The levels follow {names}.").format(names=checklist.levels_of)
    return _(
        "The levels are this checklist’s own: no standard that it lists says at which level a depot must have a "
        "control."
    )


def interval(score: Score) -> str:
    """A score with its interval, such as "61.5 %, up to 70.2 % once 14 open questions are settled"."""
    if score.lower is None or score.complete:
        return percent(score.lower)
    return ngettext(
        "{lower}, up to {upper} once {n} open question is settled",
        "{lower}, up to {upper} once {n} open questions are settled",
        score.open,
    ).format(lower=percent(score.lower), upper=percent(score.upper), n=score.open)


def kind_of_change(kind: ChangeKind) -> str:
    """What became of a question between two assessments, in words."""
    return {
        ChangeKind.IMPROVED: _("Improved"),
        ChangeKind.WORSENED: _("Worsened"),
        ChangeKind.STILL_A_GAP: _("Still a gap"),
        ChangeKind.UNCHANGED: _("Unchanged"),
        ChangeKind.NEWLY_ANSWERED: _("Newly answered"),
        ChangeKind.NO_LONGER_ANSWERED: _("No longer answered"),
        ChangeKind.LEFT_SCOPE: _("No longer in scope"),
        ChangeKind.ENTERED_SCOPE: _("Now in scope"),
        ChangeKind.NEW: _("New in the checklist"),
        ChangeKind.REMOVED: _("Removed from the checklist"),
    }[kind]


def remedy(line: Line) -> str:
    """What to do about a gap. Where nobody knows how things stand, to find out comes first."""
    text = line.question.remedy or ""
    if line.standing is Standing.UNKNOWN:
        text = _("Nobody could say: find out first.") + (f" {text}" if text else "")
    elif line.is_unanswered:
        then = _("If it falls short: {remedy}").format(remedy=text) if text else ""
        text = " ".join(part for part in (_("To check: nobody has looked yet."), then) if part)
    return text


def why(gap: Gap, *, levels: bool = True) -> str:
    """Why a gap stands where it does; that it is none, but to check, comes before."""
    words = rule(gap.rule, levels=levels)
    return _("to check: {rule}").format(rule=words) if gap.to_check else words


def part(line: Line) -> str:
    """A question that falls short with what it is part of."""
    return _("with it: {id} {text}").format(id=line.question.id, text=line.question.text)


def state_of(line: Line, on: dt.date) -> str:
    """The answer as a person reads it or, where there is none that counts, how the question stands."""
    return answer(line, on) if line.is_answered else standing(line.standing)


def answer(line: Line, on: dt.date) -> str:
    """An answer as a person reads it; a date with its age at the assessment on the date `on`."""
    text = answer_in_words(line.question, line.answer)
    if line.answer is not None and isinstance(line.answer.value, dt.date):
        days = age(line.answer.value, on)
        text += " " + ngettext("({n} day)", "({n} days)", days).format(n=days)
    return text


def left(one: Left) -> tuple[str, str]:
    """What is in the history only: what was asked, and the answer, as the checklist has it that asked for it."""
    spoken = in_language(one.checklist, current())
    known: Mapping[str, ProfileField | Question] = spoken.field if one.fact else spoken.question
    asked = known[one.id]
    return asked.text, answer_in_words(asked, one.entry.answer if one.entry else None)


def what_the_chain_shows() -> str:
    """What a whole chain means."""
    return _("The chain of entries holds: it shows no accident and no careless edit.")


def what_it_cannot_show() -> str:
    """What a whole chain does not mean, and what to do about it."""
    return _(
        "Whoever can write the file can also write this chain anew: compare the code with one noted elsewhere, such as "
        "on the printed report."
    )


def removed(record: Record, most: int) -> list[str]:
    """What was removed from the history, by whom and when: a line each, and one more for what is over `most`."""
    lines = [f"{in_words(one)} {one.by}, {moment(one.at)} (#{one.seq})" for one in record.redactions[:most]]
    if len(record.redactions) > most:
        lines.append(_("… and {n} more.").format(n=len(record.redactions) - most))
    return lines
