"""The cheapest choice that brings every domain, and the whole, far enough: exact, and quick for thousands of questions.

The order of choices is total: less effort; then more gain; then fewer questions; then the one whose sorted list of
positions is smallest. All but effort are packed into one whole number, the *worth* of a choice, which adds up over its
parts: gain in units that make it whole, less a fraction of a unit for each question, then a bit for each position, the
first position's the highest. (Of two sets of one size, the one with the smaller first difference has the higher bit.)

Three ways make it quick. Of things with one effort in one domain, any choice takes the worthiest first, so that a
choice is a few counts rather than a set. The worth of the first *k* of them grows by less with each, so that the best
split of an effort between them and the rest moves only one way as the effort grows. And domains are looked at apart
only where the best choice for the whole would leave one short, which is seldom.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import lcm

from stockcheck.scoring.scope import Line

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

    There must be one. A bundle that gains in several domains is first counted in each of them whether it is chosen or
    not; where the best choice then leaves a domain short, it is tried in the choice and out of it.
    """
    scale = _Scale(bundles, (need, *needs.values()))
    across = [bundle for bundle in bundles if sum(gain > 0 for gain in bundle.gains.values()) > 1]
    apart = set(across)
    within = [bundle for bundle in bundles if bundle not in apart]
    best: tuple[int, int, list[Bundle]] | None = None
    waiting: list[tuple[list[Bundle], list[Bundle]]] = [(across, [])]
    while waiting:
        undecided, taken = waiting.pop()
        found = _Search(within, undecided, taken, scale, need, needs).best()
        if found is None or (best is not None and (best[0], -best[1]) <= (found[0], -found[1])):
            continue  # no choice of this kind can be better
        short = _short(found[2], needs)
        if not short:
            best = found
            continue
        tried = next(bundle for bundle in undecided if any(bundle.gains.get(domain) for domain in short))
        rest = [bundle for bundle in undecided if bundle is not tried]
        waiting += [(rest, taken), (rest, [*taken, tried])]
    if best is None:
        raise ValueError("no choice gains what is needed")
    return best[2]


def _short(chosen: Iterable[Bundle], needs: Mapping[str, Fraction]) -> list[str]:
    """The domains that a choice leaves short of what they need."""
    gained: dict[str, Fraction] = defaultdict(Fraction)
    for bundle in chosen:
        for domain, gain in bundle.gains.items():
            gained[domain] += gain
    return [domain for domain, need in needs.items() if gained[domain] < need]


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
    """The best choice that holds the bundles `taken`, from bundles that each lie within one domain, and from those
    `undecided`, which count in every domain that they gain in whether they are chosen or not.
    """

    def __init__(
        self,
        within: Sequence[Bundle],
        undecided: Sequence[Bundle],
        taken: Sequence[Bundle],
        scale: _Scale,
        need: Fraction,
        needs: Mapping[str, Fraction],
    ) -> None:
        self._scale = scale
        self._taken = taken
        self._bundles = [*within, *undecided]
        self._need = need - sum((bundle.gain for bundle in taken), Fraction(0))
        counted = [*taken, *undecided]
        self._needs = {
            domain: wanted - sum((bundle.gains.get(domain, Fraction(0)) for bundle in counted), Fraction(0))
            for domain, wanted in needs.items()
        }
        self._by_domain: dict[str, list[Bundle]] = defaultdict(list, {"": list(undecided)})
        for bundle in within:
            self._by_domain[next((name for name, gain in bundle.gains.items() if gain > 0), "")].append(bundle)

    def best(self) -> tuple[int, int, list[Bundle]] | None:
        """Effort, worth and bundles of the best choice; None when there is none.

        A choice that is best where some needs are left aside, and meets them all the same, is best; and none that meets
        more needs costs less.
        """
        apart: list[str] = []
        effort = 0
        while True:
            found = self._best_with(apart, effort)
            if found is None:
                return None
            effort, worth = found
            chosen = self._scale.bundles_in(worth, self._bundles)
            short = [domain for domain in _short(self._single(chosen), self._needs) if domain not in apart]
            if not short:
                effort += sum(bundle.effort for bundle in self._taken)
                worth += sum(map(self._scale.worth, self._taken))
                return effort, worth, [*self._taken, *chosen]
            apart += short

    def _single(self, chosen: Iterable[Bundle]) -> list[Bundle]:
        """Those of `chosen` that lie within one domain: the others are counted already."""
        undecided = set(self._by_domain[""])
        return [bundle for bundle in chosen if bundle not in undecided]

    def _best_with(self, apart: Sequence[str], least: int) -> tuple[int, int] | None:
        """The best choice of `least` effort or more in which each domain in `apart` meets its need, the others being
        one pool.
        """
        pool = [one for domain, bundles in self._by_domain.items() if domain not in apart for one in bundles]
        table: Worths = [0]
        for domain in apart:
            worths = _worth_by_effort(self._by_domain[domain], self._scale)
            need = self._needs[domain]
            enough = [one if one is not None and self._scale.reaches(one, need) else None for one in worths]
            table = _joined(table, enough)
        rest = _worth_by_effort(pool, self._scale)
        for effort in range(least, len(table) + len(rest) - 1):
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
    table: Worths = [0]
    for effort, worths in sorted(by_effort.items()):
        table = _with_kind(table, effort, worths)
    return table


def _with_kind(table: Worths, effort: int, worths: Iterable[int]) -> Worths:
    """`table`, with things of those worths and one `effort` to choose from as well, the worthiest first."""
    firsts = [0, *accumulate(sorted(worths, reverse=True))]
    best: Worths = [None] * (len(table) + effort * (len(firsts) - 1))
    for remainder in range(min(effort, len(table))):
        best[remainder::effort] = _best_sums(table[remainder::effort], firsts)
    return best


def _best_sums(table: Worths, firsts: Sequence[int]) -> Worths:
    """For each whole number the greatest ``table[i] + firsts[k]`` with that number as i + k.

    `firsts` grows by less with each, so that the best i never falls as the number grows: it is found for the middle
    one, which bounds it for those on either side.
    """
    places = [place for place, worth in enumerate(table) if worth is not None]
    best: Worths = [None] * (len(table) + len(firsts) - 1)
    waiting = [(0, len(best), 0, len(places))]
    while waiting:
        low, high, left, right = waiting.pop()
        if low == high:
            continue
        middle = (low + high) // 2
        begin = bisect_left(places, middle - len(firsts) + 1, left, right)
        end = bisect_right(places, middle, begin, right)
        sums = ((table[places[at]] or 0) + firsts[middle - places[at]] for at in range(begin, end))
        found = max(zip(sums, range(begin, end), strict=True), default=None)
        if found is None:  # what serves the smaller numbers lies before, what serves the greater lies after
            waiting += [(low, middle, left, end), (middle + 1, high, begin, right)]
            continue
        best[middle], at = found
        waiting += [(low, middle, left, at + 1), (middle + 1, high, at, right)]
    return best
