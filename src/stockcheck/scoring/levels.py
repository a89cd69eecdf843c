"""Risk reduction process levels: achieved, reachable, and what stops each. Source: docs/scoring.md, S-5."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile

from stockcheck.checklist.model import DOMAINS, Level
from stockcheck.checklist.words import as_fraction
from stockcheck.scoring.rules import Rules
from stockcheck.scoring.scope import Line, Standing
from stockcheck.scoring.scores import Score, score


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
        return tuple(line for line in self.lines if line.question.floor is not None and line.is_met and line.credit < 1)

    @property
    def domains_short(self) -> tuple[DomainResult, ...]:
        """The domains that keep it from holding (rule b)."""
        return tuple(result for result in self.domains if not result.holds)

    @property
    def points_missing(self) -> Fraction:
        """How much of the share (0 to 1) is missing to the threshold (rule a)."""
        lower = self.score.lower
        return Fraction(0) if lower is None else max(Fraction(0), as_fraction(self.level.threshold) - lower)


def level_results(levels: Sequence[Level], lines: Sequence[Line], rules: Rules) -> tuple[LevelResult, ...]:
    """Each level, from the first on."""
    results: list[LevelResult] = []
    for level in levels:
        own = [line for line in lines if stands_on(level, line, rules)]
        counted = tuple(line for line in own if line.counts)
        total = score(own)
        threshold = as_fraction(level.threshold)
        domains = _domains(counted, threshold, rules)
        unmet = [line for line in counted if line.is_critical_unmet]
        heavy = [line for line in counted if line.question.weight == rules.heaviest]
        absent = tuple(line for line in heavy if line.credit == 0)
        holds = _meets(total.lower, threshold) and all(one.holds for one in domains) and not unmet and not absent
        reachable = (
            _meets(total.upper, threshold)
            and all(one.reachable for one in domains)
            and all(line.upper >= (line.question.floor or 0) for line in counted)
            and all(line.upper > 0 for line in heavy)
        )
        below = results[-1] if results and rules.own_questions else None
        results.append(
            LevelResult(
                level=level,
                lines=counted,
                score=total,
                domains=domains,
                criticals_short=tuple(line for line in unmet if line.is_answered or line.standing is Standing.PART),
                criticals_unseen=tuple(line for line in unmet if line.is_unanswered),
                criticals_waiting=tuple(line for line in unmet if line.standing is Standing.SET_ASIDE),
                absent=absent,
                holds=holds and (below is None or below.holds),
                reachable=reachable and (below is None or below.reachable),
            )
        )
    return tuple(results)


def stands_on(level: Level, line: Line, rules: Rules) -> bool:
    """Whether `level` stands on this question."""
    return line.question.level == level.level if rules.own_questions else line.question.level <= level.level


def _domains(lines: Sequence[Line], threshold: Fraction, rules: Rules) -> tuple[DomainResult, ...]:
    if rules.margin is None:
        return ()
    by_domain: dict[str, list[Line]] = {domain: [] for domain in DOMAINS}
    for line in lines:
        by_domain[line.section.domain].append(line)
    least = threshold - rules.margin
    return tuple(DomainResult(domain, score(own), least) for domain, own in by_domain.items() if own)


def _meets(share: Fraction | None, threshold: Fraction) -> bool:
    """An empty set of questions does not stop a level."""
    return share is None or share >= threshold


def highest(results: Sequence[LevelResult], rules: Rules, *, reachable: bool = False) -> int:
    """The number of the highest level that holds (or is within reach) and has a question in scope; 0: below level 1.

    Under the first version of the rules an empty level was achieved with the one below it.
    """
    held = takewhile(lambda one: one.reachable if reachable else one.holds, results)
    numbers = [one.level.level for one in held if not (rules.own_questions and one.empty)]
    return numbers[-1] if numbers else 0
