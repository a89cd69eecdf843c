"""What an answer did to the assessment, in words: what was found, the levels, the score, what is asked now.

The most important comes first, for a narrow screen may have no room for the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from stockcheck.checklist.deadline import due
from stockcheck.checklist.model import Asked, ProfileField, Question
from stockcheck.figures import percent
from stockcheck.language import _, date, ngettext
from stockcheck.plaintext import one_line
from stockcheck.questionnaire import headline
from stockcheck.questionnaire.consequences import NOT_ASKED, consequence
from stockcheck.scoring.levels import LevelResult
from stockcheck.scoring.scope import Line, Standing
from stockcheck.scoring.scorecard import Scorecard


def effect(item: Asked, before: Scorecard, after: Scorecard, *, score: bool = True) -> list[str]:
    """What became of the figures when `before` became `after` by what was recorded about `item`; the score with them
    unless it is told elsewhere.
    """
    lost = _lost(before, after)
    said: list[str] = []
    if not isinstance(item, ProfileField):
        was, now = before.line[item.id], after.line[item.id]
        said += _of_itself(was, now, told=lost is not None and _loses_a_critical(lost))
    return [*said, *_levels(before, after, lost), *(_score(before, after) if score else ())]


def scope(item: Asked, after: Scorecard) -> str:
    """What `after.changed` tells of the other questions: whose answers count again or no more, which can be asked now
    or no more; empty when nothing.
    """
    own = "" if isinstance(item, ProfileField) else item.id
    changed = [(was, now) for was, now in after.changed if now.question.id != own]
    said = [consequence(changed, after.checklist)] if changed else []
    unanswered = [(was, now) for was, now in changed if now.answer is None]
    if names := [now.question.id for was, now in unanswered if was.standing in NOT_ASKED and _is_asked(now)]:
        words = ngettext("{n} question applies now: {ids}.", "{n} questions apply now: {ids}.", len(names))
        said.append(words.format(n=len(names), ids=_listed(names)))
    if names := [now.question.id for was, now in unanswered if was.in_scope and not now.in_scope]:
        words = ngettext(
            "{n} question does not apply any more: {ids}.", "{n} questions do not apply any more: {ids}.", len(names)
        )
        said.append(words.format(n=len(names), ids=_listed(names)))
    return " ".join(part for part in said if part)


def remedy(item: Asked, card: Scorecard) -> str:
    """What to do about an answer that falls short, and by when; empty where it does not, or nothing is said of it."""
    if not isinstance(item, Question) or not item.remedy:
        return ""
    line = card.line[item.id]
    if line.standing is not Standing.ANSWERED or not line.is_gap:
        return ""
    by = due(item, card.on)
    what = one_line(item.remedy, limit=400)
    return (
        _("By {date}: {remedy}").format(date=date(by), remedy=what) if by else _("To do: {remedy}").format(remedy=what)
    )


def _is_asked(line: Line) -> bool:
    return line.standing not in NOT_ASKED


def _of_itself(was: Line, now: Line, *, told: bool) -> Iterator[str]:
    """What was found, and whether a critical control is met; `told`: its level says that it is not."""
    found = now.question.finding is not None and now.standing is Standing.ANSWERED and now.credit == 0
    if found and not (was.standing is Standing.ANSWERED and was.credit == 0):
        yield _("FOUND: a {kind}").format(kind=headline.finding(now))
    short, was_short = (line.is_critical_unmet and line.is_answered for line in (now, was))
    if short and not was_short and not told:
        yield _("critical control not met")
    elif was_short and not short and now.is_answered:
        yield _("critical control met")


def _lost(before: Scorecard, after: Scorecard) -> LevelResult | None:
    """The lowest level that went out of reach."""
    if after.reachable >= before.reachable:
        return None
    above = (one for one in after.levels if one.level.level > after.reachable)
    return next((one for one in above if one.lines and not one.reachable), None)


def _levels(before: Scorecard, after: Scorecard, lost: LevelResult | None) -> Iterator[str]:
    """Which levels are reached or no more, out of reach or within it again, and why."""
    if before.achieved < after.achieved:
        yield _("level {level} reached").format(level=after.achieved)
    elif after.achieved < before.achieved and after.reachable >= before.achieved:
        yield _("level {level} no longer reached").format(level=before.achieved)
    if lost is not None:
        yield _("level {level} out of reach: {why}").format(level=lost.level.level, why=_why(lost))
    elif after.reachable > max(before.reachable, before.achieved, after.achieved):
        yield _("level {level} within reach again").format(level=after.reachable)


def _loses_a_critical(lost: LevelResult) -> bool:
    return any(line.question.floor is not None and line.upper < line.question.floor for line in lost.lines)


def _why(lost: LevelResult) -> str:
    """What puts a level out of reach whatever is answered from here on, in a word or two."""
    if _loses_a_critical(lost):
        return _("critical")
    if any(line.upper <= 0 for line in lost.absent):
        return _("nothing of a control of weight 5")
    if any(not domain.reachable for domain in lost.domains):
        return _("one domain")
    return _("score")


def _score(before: Scorecard, after: Scorecard) -> Iterator[str]:
    """How the score changed, each end of it that did; nothing where nothing is answered."""
    was, now = before.overall, after.overall
    if headline.nothing_answered(after) or now.lower is None or now.upper is None:
        return
    if headline.nothing_answered(before) or was.lower is None or was.upper is None:
        yield _("score {score}").format(score=headline.score(after))
        return
    ends = {_("score {change}"): _moved(was.lower, now.lower), _("up to {change}"): _moved(was.upper, now.upper)}
    if was.complete and now.complete:
        ends.popitem()
    if any(ends.values()):
        yield ", ".join(words.format(change=moved) for words, moved in ends.items() if moved)


def _moved(was: Fraction, now: Fraction) -> str:
    """A share before and after, with one sign of percent where both end with it; empty where both read alike."""
    before, after = percent(was), percent(now)
    sign = after.lstrip("0123456789., ".replace(" ", ""))
    shared = sign if sign and sign.strip() == "%" and before.endswith(sign) else ""
    return "" if before == after else f"{before.removesuffix(shared)} → {after}"


def _listed(names: list[str]) -> str:
    return one_line(", ".join(names), limit=60)
