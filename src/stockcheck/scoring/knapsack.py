"""The cheapest choice that brings every domain, and the whole, far enough: exact, and quick for thousands of questions.

The order of choices is total: less effort; then more gain; then fewer questions; then the one whose sorted list of
positions is smallest. All but effort are packed into one whole number, the *worth* of a choice, which adds up over its
parts: gain in units that make it whole, less a fraction of a unit for each question, then a bit for each position, the
first position's the highest. (Of two sets of one size, the one with the smaller first difference has the higher bit.)

Three ways make it quick. Of things with one effort in one domain, any choice takes the worthiest first, so that a
choice is a few counts rather than a set. The worth of the first *k* of them grows by less with each, so that the best split of
an effort between two kinds moves only one way as the effort grows. And domains are looked at apart only where the best
choice for the whole would leave one short, which is seldom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import lcm

from stockcheck.scoring.scope import Line

#: Efforts of a single question; a question with what is part of it may cost more.
_SINGLE = (1, 2, 3)
#: The most choices over more than one domain that are tried both ways; each doubles the work.
_MOST_ACROSS = 12

Worths = list[int | None]


@dataclass(frozen=True, eq=False)
class Bundle:
    """Questions that are put right together, the leading one first. `counted` are the positions whose gain counts."""

    lines: tuple[Line, ...]
    counted: Collection[int]

    @cached_property
    def own(self) -> tuple[Line, ...]:
        """The questions whose gain counts."""
        return tuple(line for line in self.lines if line.position in self.counted)

    @cached_property
    def effort(self) -> int:
        """The sum of the efforts."""
        return sum(line.question.effort for line in self.lines)

    @cached_property
    def gains(self) -> Mapping[str, Fraction]:
        """The weighted credit it adds, by domain."""
        found: dict[str, Fraction] = defaultdict(Fraction)
        for line in self.own:
            found[line.section.domain] += line.shortfall
        return found

    @cached_property
    def gain(self) -> Fraction:
        """The weighted credit it adds in all."""
        return sum(self.gains.values(), Fraction(0))


def least_effort(bundles: Sequence[Bundle], need: Fraction, needs: Mapping[str, Fraction]) -> list[Bundle]:
    """The best choice from `bundles` that gains `need` in all and, in each domain of `needs`, what that one needs.

    There must be one. A bundle whose gain falls into several domains is tried in the choice and out of it.
    """
    across = [bundle for bundle in bundles if sum(gain > 0 for gain in bundle.gains.values()) > 1][:_MOST_ACROSS]
    tried = set(across)
    within = [bundle for bundle in bundles if bundle not in tried]
    scale = _Scale(bundles, (need, *needs.values()))
    best: tuple[int, int, list[Bundle]] | None = None
    for taken in product((True, False), repeat=len(across)):
        fixed = [bundle for bundle, is_taken in zip(across, taken, strict=True) if is_taken]
        left = need - sum((bundle.gain for bundle in fixed), Fraction(0))
        left_by_domain = {
            domain: wanted - sum((bundle.gains.get(domain, Fraction(0)) for bundle in fixed), Fraction(0))
            for domain, wanted in needs.items()
        }
        found = _Search(within, scale, left, left_by_domain).best()
        if found is None:
            continue
        effort = found[0] + sum(bundle.effort for bundle in fixed)
        worth = found[1] + sum(map(scale.worth, fixed))
        if best is None or (effort, -worth) < (best[0], -best[1]):
            best = effort, worth, [*fixed, *scale.bundles_in(found[1], within)]
    if best is None:
        raise ValueError("no choice gains what is needed")
    return best[2]


class _Scale:
    """Gains and needs as whole numbers, and the worth of a bundle."""

    def __init__(self, bundles: Sequence[Bundle], needs: Iterable[Fraction]) -> None:
        gains = [gain for bundle in bundles for gain in bundle.gains.values()]
        self._unit = lcm(*(share.denominator for share in (*gains, *needs)))
        positions = sorted(line.position for bundle in bundles for line in bundle.lines)
        self._bit = {position: 1 << (len(positions) - 1 - rank) for rank, position in enumerate(positions)}
        self._bits = len(positions)
        self._finer = len(positions) + 1

    def worth(self, bundle: Bundle) -> int:
        mask = sum(self._bit[line.position] for line in bundle.lines)
        whole = int(bundle.gain * self._unit)
        return ((whole * self._finer - len(bundle.lines)) << self._bits) + mask

    def reaches(self, worth: int, need: Fraction) -> bool:
        """Whether a choice of that worth gains `need`."""
        return -(-(worth >> self._bits) // self._finer) >= need * self._unit

    def bundles_in(self, worth: int, bundles: Sequence[Bundle]) -> list[Bundle]:
        """The bundles that make up a choice of that worth."""
        mask = worth & ((1 << self._bits) - 1)
        return [bundle for bundle in bundles if mask & self._bit[bundle.lines[0].position]]


class _Search:
    """The best choice from bundles that each lie within one domain."""

    def __init__(self, bundles: Sequence[Bundle], scale: _Scale, need: Fraction, needs: Mapping[str, Fraction]) -> None:
        self._scale = scale
        self._need = need
        self._needs = needs
        self._by_domain: dict[str, list[Bundle]] = defaultdict(list)
        for bundle in bundles:
            self._by_domain[next((name for name, gain in bundle.gains.items() if gain > 0), "")].append(bundle)
        self._bundles = bundles

    def best(self) -> tuple[int, int] | None:
        """Effort and worth of the best choice; None when there is none.

        A choice that is best where some needs are left aside, and meets them all the same, is best.
        """
        apart: list[str] = []
        while True:
            found = self._best_with(apart)
            if found is None:
                return None
            short = [domain for domain in self._needs if domain not in apart and not self._is_met(domain, found[1])]
            if not short:
                return found
            apart += short

    def _is_met(self, domain: str, worth: int) -> bool:
        chosen = self._scale.bundles_in(worth, self._by_domain[domain])
        return sum((bundle.gain for bundle in chosen), Fraction(0)) >= self._needs[domain]

    def _best_with(self, apart: Sequence[str]) -> tuple[int, int] | None:
        """The best choice in which each domain in `apart` meets its need, the others being one pool."""
        pool = [one for domain, bundles in self._by_domain.items() if domain not in apart for one in bundles]
        table: Worths = [0]
        for domain in apart:
            worths = _worth_by_effort(self._by_domain[domain], self._scale)
            need = self._needs[domain]
            enough = [one if one is not None and self._scale.reaches(one, need) else None for one in worths]
            table = _joined(table, enough)
        rest = _worth_by_effort(pool, self._scale)
        for effort in range(len(table) + len(rest) - 1):
            first, last = max(0, effort - len(rest) + 1), min(effort, len(table) - 1)
            sums = (
                one + other
                for spent in range(first, last + 1)
                if (one := table[spent]) is not None and (other := rest[effort - spent]) is not None
            )
            worth = max(sums, default=None)
            if worth is not None and self._scale.reaches(worth, self._need):
                return effort, worth
        return None


def _joined(first: Worths, second: Worths) -> Worths:
    """The best worth for each effort that is spent partly on the one, partly on the other."""
    best: Worths = [None] * (len(first) + len(second) - 1)
    for spent, one in enumerate(first):
        if one is None:
            continue
        for effort, other in enumerate(second, spent):
            if other is not None:
                before = best[effort]
                if before is None or one + other > before:
                    best[effort] = one + other
    return best


def _worth_by_effort(bundles: Iterable[Bundle], scale: _Scale) -> Worths:
    """The worth of the best choice for each effort that is spent to the last unit; None where there is none."""
    by_effort: dict[int, list[int]] = defaultdict(list)
    for bundle in bundles:
        by_effort[bundle.effort].append(scale.worth(bundle))
    ones, twos, threes = (_first_ones(by_effort.pop(effort, [])) for effort in _SINGLE)
    table = _with_threes(_with_twos(ones, twos), threes)
    for effort, worths in by_effort.items():
        for worth in worths:
            table = _joined(table, [0, *[None] * (effort - 1), worth])
    return table


def _first_ones(worths: Iterable[int]) -> list[int]:
    """The worth of the first k, for every k, the worthiest first: each adds less than the one before."""
    sums = [0]
    for worth in sorted(worths, reverse=True):
        sums.append(sums[-1] + worth)
    return sums


def _with_twos(ones: list[int], twos: list[int]) -> Worths:
    """Both kinds together. The best number of twos never falls as the effort grows."""
    best: Worths = []
    count = 0
    for effort in range(len(ones) + 2 * len(twos) - 2):
        most = min(len(twos) - 1, effort // 2)
        count = max(count, -(-(effort - len(ones) + 1) // 2))
        if count > most:
            best.append(None)
            continue
        worth = twos[count] + ones[effort - 2 * count]
        while count < most and (more := twos[count + 1] + ones[effort - 2 * count - 2]) > worth:
            count, worth = count + 1, more
        best.append(worth)
    return best


def _with_threes(table: Worths, threes: list[int]) -> Worths:
    """Ones, twos and threes together. Among efforts that are all odd or all even, ones and twos are worth less and less
    the more of them there are, so that of an even number of threes, and of an odd one, the best never falls either.
    """
    best: Worths = [None] * (len(table) + 3 * (len(threes) - 1))
    for parity, odd in product((0, 1), (0, 1)):
        count = odd
        for effort in range(parity, len(best), 2):
            worth = _sum(threes, count, table, effort)
            while count + 2 < len(threes) and effort >= 3 * (count + 2):
                more = _sum(threes, count + 2, table, effort)
                if worth is not None and (more is None or more < worth):
                    break
                count, worth = count + 2, more
            before = best[effort]
            if worth is not None and (before is None or worth > before):
                best[effort] = worth
    return best


def _sum(threes: list[int], count: int, table: Worths, effort: int) -> int | None:
    rest = effort - 3 * count
    if count >= len(threes) or not 0 <= rest < len(table):
        return None
    one = table[rest]
    return None if one is None else threes[count] + one
