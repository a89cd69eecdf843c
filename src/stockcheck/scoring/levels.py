"""Risk reduction process levels: achieved, reachable, and what stops each. Source: docs/scoring.md, S-5."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile

from stockcheck.checklist.model import DOMAINS, Level
from stockcheck.checklist.words import as_fraction
from stockcheck.scoring.rules import Rules
from stockcheck.scoring.scope import Line, Standing
from stockcheck.scoring.scores import Score, Tally


@dataclass(frozen=True)
class DomainResult:
    """How one domain stands at a level. `least` is the share (0 to 1) that it has to reach."""

    domain: str
    score: Score
    least: Fraction

    @property
    def holds(self) -> bool:
        """Whether it reaches that share now."""
        return _meets(self.score.lower, self.least)

    @property
    def reachable(self) -> bool:
        """Whether it would if every open question turned out well."""
        return _meets(self.score.upper, self.least)


@dataclass(frozen=True)
class LevelResult:
    """How one level stands. `lines` are the questions it stands on, `score` is theirs.

    `holds` and `reachable` ask for the levels below as well; under the first version of the rules, for this one alone.
    """

    level: Level
    lines: tuple[Line, ...]
    score: Score
    domains: tuple[DomainResult, ...]
    criticals_short: tuple[Line, ...]
    criticals_unseen: tuple[Line, ...]
    criticals_waiting: tuple[Line, ...]
    absent: tuple[Line, ...]
    holds: bool
    reachable: bool

    @property
    def empty(self) -> bool:
        """Whether it stands on no question: it neither stops a level nor gives one."""
        return not self.lines

    @property
    def criticals(self) -> tuple[Line, ...]:
        """Every critical question that is not met, in checklist order (rule c): answered and short of its floor,
        looked at by nobody, or set aside and waiting for a countersignature.
        """
        unmet = self.criticals_short + self.criticals_unseen + self.criticals_waiting
        return tuple(sorted(unmet, key=lambda line: line.position))

    @property
    def criticals_partly_met(self) -> tuple[Line, ...]:
        """Every critical question that reaches its floor, and not full credit: it does not stop the level."""
        return tuple(line for line in self.lines if line.is_critical_partly_met)

    @property
    def domains_short(self) -> tuple[DomainResult, ...]:
        """The domains that keep it from holding (rule b)."""
        return tuple(result for result in self.domains if not result.holds)

    @property
    def points_missing(self) -> Fraction:
        """How much of the share (0 to 1) is missing to the threshold (rule a)."""
        lower = self.score.lower
        return Fraction(0) if lower is None else max(Fraction(0), as_fraction(self.level.threshold) - lower)


class LevelTally:
    """What decides whether a level holds, in the making. It is brought forward by the lines that an answer has changed:
    to look at every question of every level again would take most of the time between a key press and the new score.
    """

    def __init__(self, level: Level, rules: Rules, lines: Iterable[Line] = ()) -> None:
        self.level = level
        self._rules = rules
        self._threshold = as_fraction(level.threshold)
        self._total = Tally()
        self._domains: dict[str, Tally] = {}
        self._unmet = self._absent = self._lost = 0
        for line in lines:
            if self.stands_on(line):
                self._count(line, 1)

    def stands_on(self, line: Line) -> bool:
        """Whether the level stands on this question."""
        own = self._rules.own_questions
        return line.question.level == self.level.level if own else line.question.level <= self.level.level

    def after(self, changed: Iterable[tuple[Line, Line]]) -> LevelTally:
        """The tally once lines have become others: how each was, and how it is. This one stays as it is."""
        own = [pair for pair in changed if self.stands_on(pair[1])]
        if not own:
            return self
        new = copy(self)
        new._total = self._total.copy()
        touched = {line.section.domain for _was, line in own}
        new._domains = {name: tally.copy() if name in touched else tally for name, tally in self._domains.items()}
        for was, line in own:
            new._count(was, -1)
            new._count(line, 1)
        return new

    def _count(self, line: Line, times: int) -> None:
        self._total.count(line, times)
        if not line.counts:
            return
        if self._rules.margin is not None:
            self._domains.setdefault(line.section.domain, Tally()).count(line, times)
        heavy = self.is_heavy(line)
        self._unmet += times * line.is_critical_unmet
        self._absent += times * (heavy and line.credit == 0)
        self._lost += times * (line.upper < (line.question.floor or 0) or (heavy and line.upper <= 0))

    def is_heavy(self, line: Line) -> bool:
        """Whether the question may not be wholly absent (rule d)."""
        return line.question.weight == self._rules.heaviest

    @property
    def score(self) -> Score:
        """The score of the questions that it stands on."""
        return self._total.score

    @property
    def empty(self) -> bool:
        """Whether it stands on no question."""
        return self.score.questions == 0

    @property
    def unmet(self) -> int:
        """How many of its critical questions are not met (rule c)."""
        return self._unmet

    @property
    def absent(self) -> int:
        """How many of its heaviest questions have no credit (rule d)."""
        return self._absent

    @property
    def points_missing(self) -> Fraction:
        """How much of the share (0 to 1) is missing to the threshold (rule a)."""
        lower = self.score.lower
        return Fraction(0) if lower is None else max(Fraction(0), self._threshold - lower)

    @property
    def domains(self) -> tuple[DomainResult, ...]:
        """How each domain stands that has a question of it."""
        if self._rules.margin is None:
            return ()
        least = self._threshold - self._rules.margin
        tallies = ((domain, self._domains[domain]) for domain in DOMAINS if domain in self._domains)
        return tuple(DomainResult(domain, tally.score, least) for domain, tally in tallies if tally.score.questions)

    @property
    def holds(self) -> bool:
        """Whether it holds, whatever the levels below do."""
        enough = _meets(self.score.lower, self._threshold) and all(one.holds for one in self.domains)
        return enough and not self._unmet and not self._absent

    @property
    def reachable(self) -> bool:
        """Whether it would hold if every open question turned out well, whatever the levels below do."""
        return (
            _meets(self.score.upper, self._threshold) and all(one.reachable for one in self.domains) and not self._lost
        )


def level_results(tallies: Sequence[LevelTally], lines: Sequence[Line], rules: Rules) -> tuple[LevelResult, ...]:
    """Each level, from the first on; `tallies` are those of `lines`."""
    results: list[LevelResult] = []
    for tally in tallies:
        counted = tuple(line for line in lines if tally.stands_on(line) and line.counts)
        unmet = [line for line in counted if line.is_critical_unmet]
        below = results[-1] if results and rules.own_questions else None
        results.append(
            LevelResult(
                level=tally.level,
                lines=counted,
                score=tally.score,
                domains=tally.domains,
                criticals_short=tuple(line for line in unmet if line.is_answered or line.standing is Standing.PART),
                criticals_unseen=tuple(line for line in unmet if line.is_unanswered),
                criticals_waiting=tuple(line for line in unmet if line.standing is Standing.SET_ASIDE),
                absent=tuple(line for line in counted if tally.is_heavy(line) and line.credit == 0),
                holds=tally.holds and (below is None or below.holds),
                reachable=tally.reachable and (below is None or below.reachable),
            )
        )
    return tuple(results)


def _meets(share: Fraction | None, threshold: Fraction) -> bool:
    """An empty set of questions does not stop a level."""
    return share is None or share >= threshold


def highest(tallies: Sequence[LevelTally], rules: Rules, *, reachable: bool = False) -> int:
    """The number of the highest level that holds (or is within reach), with all below it, and has a question in scope;
    0: below level 1.

    Under the first version of the rules an empty level was achieved with the one below it.
    """
    held = takewhile(lambda one: one.reachable if reachable else one.holds, tallies)
    numbers = [one.level.level for one in held if not (rules.own_questions and one.empty)]
    return numbers[-1] if numbers else 0
