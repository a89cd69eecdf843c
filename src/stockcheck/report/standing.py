"""How a depot stands, in sentences: what was found, what stops the next level, what was set aside, what to do next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction

from stockcheck import figures
from stockcheck.answers.worded import answer_in_words
from stockcheck.assessed import Assessed
from stockcheck.checklist.words import as_fraction
from stockcheck.figures import percent
from stockcheck.language import N_, _, date, ngettext
from stockcheck.questionnaire import headline
from stockcheck.report import wording
from stockcheck.scoring.facts import critical_out_by_fact
from stockcheck.scoring.gaps import Gap, Priority
from stockcheck.scoring.levels import LevelResult
from stockcheck.scoring.route import Route, Step
from stockcheck.scoring.rules import VERSION_1
from stockcheck.scoring.scope import Line, Standing
from stockcheck.scoring.scorecard import Scorecard


def found(assessed: Assessed) -> list[str]:
    """Every loss and danger found, in words, in checklist order."""
    return [
        _("{kind} found: {id} {text} Answer: {answer}").format(
            kind=headline.finding(line).capitalize(),
            id=line.question.id,
            text=line.question.text,
            answer=wording.answer(line, assessed.state.on),
        )
        for line in assessed.scorecard.findings.found
    ]


def not_checked(assessed: Assessed) -> list[str]:
    """Every loss and danger that nobody has looked for, in words, in checklist order."""
    return [
        _("Not checked, a possible {kind}: {id} {text} ({standing})").format(
            kind=headline.finding(line),
            id=line.question.id,
            text=line.question.text,
            standing=wording.standing(line.standing).lower(),
        )
        for line in assessed.scorecard.findings.not_checked
    ]


def findings(assessed: Assessed) -> list[str]:
    """What was found, then what was not checked; where the checklist asks and all is well, that."""
    said = found(assessed) + not_checked(assessed)
    asked = any(line.question.finding and line.counts for line in assessed.scorecard.lines)
    return said or ([_("No answer reports a loss or a danger.")] if asked else [])


def short_findings(card: Scorecard) -> str:
    """What was found, by id, and how much nobody has looked for; empty when neither."""
    return "  ·  ".join(part for part in (headline.found(card), headline.not_checked(card)) if part)


def threshold(result: LevelResult) -> Fraction:
    """A level's threshold, as an exact share."""
    return as_fraction(result.level.threshold)


def short_of_threshold(result: LevelResult) -> str:
    """The score of a level's questions beside the threshold."""
    least = threshold(result)
    return _("the score of its questions is {score}, the threshold {threshold}").format(
        score=percent(result.score.lower, least), threshold=figures.threshold(least)
    )


def blockers(result: LevelResult) -> list[str]:
    """What keeps a level from holding, a line each, in the order of the rules."""
    reasons = []
    if result.points_missing:
        reasons.append(short_of_threshold(result))
    reasons += [
        _("{domain} is at {score}, and no domain may be below {least}").format(
            domain=wording.domain(one.domain),
            score=percent(one.score.lower, one.least),
            least=figures.threshold(one.least),
        )
        for one in result.domains_short
    ]
    return reasons + _unmet(result.criticals, _CRITICAL) + _unmet(result.absent, _HEAVIEST)


#: How what a level needs is spoken of: what falls short, what nobody has looked at, what waits; each for one and more.
_CRITICAL = (
    (
        N_("{n} critical control falls short: {names}"),
        "{n} critical controls fall short: {names}",
    ),
    (
        N_("{n} critical control that nobody has looked at: {names}"),
        "{n} critical controls that nobody has looked at: {names}",
    ),
    (
        N_("{n} critical control set aside waits for a countersignature: {names}"),
        "{n} critical controls set aside wait for a countersignature: {names}",
    ),
)
_HEAVIEST = (
    (
        N_("nothing can be shown of {n} control of weight 5: {names}"),
        "nothing can be shown of {n} controls of weight 5: {names}",
    ),
    (
        N_("{n} control of weight 5 that nobody has looked at: {names}"),
        "{n} controls of weight 5 that nobody has looked at: {names}",
    ),
    (
        N_("{n} control of weight 5 set aside waits for a countersignature: {names}"),
        "{n} controls of weight 5 set aside wait for a countersignature: {names}",
    ),
)


def _unmet(lines: Sequence[Line], words: Sequence[tuple[str, str]]) -> list[str]:
    """What a level needs and has not: what falls short, what nobody has looked at, what waits to be countersigned."""
    unseen = [line for line in lines if line.is_unanswered]
    waiting = [line for line in lines if line.standing is Standing.SET_ASIDE]
    short = [line for line in lines if line not in unseen and line not in waiting]
    return [
        _counted(ngettext(one, more, len(found)), found)
        for (one, more), found in zip(words, (short, unseen, waiting), strict=True)
        if found
    ]


def partly_met(card: Scorecard) -> list[str]:
    """The critical controls that are only partly met at the level achieved: how many, then each in words."""
    if not card.partly_met:
        return []
    return [f"{headline.partly_met(card)}:", *(in_words(line) for line in card.partly_met)]


def out_by_fact(card: Scorecard) -> list[str]:
    """The critical questions that a fact about the depot has put out of scope: how many, then each in words."""
    lines = critical_out_by_fact(card)
    if not lines:
        return []
    words = ngettext(
        "By a fact about the depot, {n} critical question does not apply:",
        "By facts about the depot, {n} critical questions do not apply:",
        len(lines),
    )
    return [words.format(n=len(lines)), *(in_words(line) for line in lines)]


def in_words(line: Line) -> str:
    """A question by its id and its words."""
    return f"{line.question.id} {line.question.text}"


def in_order(before: Assessed, after: Assessed) -> bool:
    """Whether `before` is not the newer one: by the date of the assessment, then by when entries were made."""
    first = dt.datetime.min.replace(tzinfo=dt.UTC)
    then, at_last = ((one.on, one.started or first, one.changed or first) for one in (before.state, after.state))
    return then <= at_last


def wrong_order(before: Assessed, after: Assessed) -> str:
    """That the one given as the earlier is the newer one; empty when it is not."""
    if in_order(before, after):
        return ""
    words = _(
        "The newer assessment, of {newer}, is given as the earlier one, that of {older} as the later: what has "
        "improved is called worse. Exchange the two files."
    )
    return words.format(newer=date(before.state.on), older=date(after.state.on))


def not_alike(before: Assessed, after: Assessed) -> list[str]:
    """Why comparing the two may mean little: the newer one first, other depots or checklists, or one checklist with two
    contents.
    """
    said = []
    if wrong := wrong_order(before, after):
        said.append(wrong)
    if not _one_depot(before, after) or before.checklist.id != after.checklist.id:
        said.append(_("These are two depots, or two checklists: the comparison may mean little."))
    was, now = before.provenance, after.provenance
    if (was.id, was.version) == (now.id, now.version) and was.digest != now.digest:
        said.append(_("The two checklists have one name and one version, but not one content."))
    return said


def _one_depot(before: Assessed, after: Assessed) -> bool:
    """By the code, where both have one; else by the name."""
    was, now = before.state, after.state
    return was.code == now.code if was.code and now.code else was.depot == now.depot


def _counted(words: str, lines: Sequence[Line]) -> str:
    return words.format(n=len(lines), names=", ".join(line.question.id for line in lines))


def stops(result: LevelResult) -> list[str]:
    """As `blockers`; a level that nothing of its own stops is stopped by the one below."""
    return blockers(result) or ([] if result.holds else [_("the level below does not hold")])


def nothing_above(card: Scorecard) -> str:
    """Why no level is left to reach. An empty level is neither had nor refused (S-5)."""
    if card.achieved == len(card.levels):
        return _("The top level holds.")
    return _("No higher level has a question that applies here: it is neither had nor refused.")


def set_aside(card: Scorecard) -> list[str]:
    """How much was set aside as not applicable, and how much of it somebody else has countersigned."""
    said = []
    if waiting := [line for line in card.set_aside if line.question.scored]:
        words = ngettext(
            "{n} question set aside as not applicable, weight {weight}, {critical} critical: it waits for a "
            "countersignature and counts as open",
            "{n} questions set aside as not applicable, weight {weight}, {critical} critical: they wait for a "
            "countersignature and count as open",
            len(waiting),
        )
        said.append(_weighed(words, waiting))
    if card.accepted:
        lines = card.accepted
        if card.rules is VERSION_1:
            words = ngettext(
                "{n} question set aside as not applicable, weight {weight}, {critical} critical: nobody had to agree",
                "{n} questions set aside as not applicable, weight {weight}, {critical} critical: nobody had to agree",
                len(lines),
            )
        else:
            words = ngettext(
                "{n} question accepted as not applicable, weight {weight}, {critical} critical",
                "{n} questions accepted as not applicable, weight {weight}, {critical} critical",
                len(lines),
            )
        said.append(f"{_weighed(words, lines)}; {_rests_on(card)}")
    return said


def _rests_on(card: Scorecard) -> str:
    """How much of the weight is left once what was accepted as not applicable is out (S-4)."""
    share = card.overall.assessed
    if share is None:
        return _("nothing is left that applies")
    return _("the figures rest on {share} of the weight that could apply").format(share=percent(share))


def _weighed(words: str, lines: Sequence[Line]) -> str:
    return words.format(
        n=len(lines),
        weight=sum(line.question.weight for line in lines),
        critical=sum(line.question.floor is not None for line in lines),
    )


def counts(gaps: Iterable[Gap]) -> str:
    """How many gaps there are at each priority."""
    gaps = list(gaps)
    return ", ".join(
        f"{wording.priority(priority).lower()} {sum(gap.priority is priority for gap in gaps)}" for priority in Priority
    )


def route(one: Route) -> str:
    """A route in one line."""
    return ngettext(
        "Least effort to level {level}: {n} control, effort {effort}",
        "Least effort to level {level}: {n} controls, effort {effort}",
        len(one.lines),
    ).format(level=one.result.level.level, n=len(one.lines), effort=one.effort)


def to_do(step: Step) -> str:
    """What is to be done at a step."""
    line = step.line
    if step.to_countersign:
        return _("countersign, or put right")
    if line.is_unanswered:
        weighty = line.question.floor is not None or line.question.finding is not None
        return _("to check") if weighty else _("answer, and put right")
    return _("find out, and put right") if line.standing is Standing.UNKNOWN else _("put right")


def after(step: Step, result: LevelResult) -> str:
    """The score of the level after a step, beside its threshold."""
    return percent(step.score_after, threshold(result))


def facts(assessed: Assessed) -> list[str]:
    """The facts about the depot, each with what was answered."""
    state = assessed.state
    said = []
    for field in assessed.checklist.profile:
        entry = state.profile.get(field.id)
        answer = answer_in_words(field, entry.answer) if entry else _("not answered")
        said.append(f"{field.text} {answer}")
    return said
