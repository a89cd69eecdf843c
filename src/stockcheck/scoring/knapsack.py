"""An exact 0/1 knapsack: the least effort that gains enough. It knows no checklist, only gains and efforts.

Efforts are 1, 2 or 3. Of the items of one effort the best set takes those that gain most, so that a set is known by how
many of each effort it takes. What is left to try grows as the number of items does, and so does the memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import accumulate, count
from math import inf, lcm

EFFORTS = (1, 2, 3)
_ALIKE = lcm(*EFFORTS)

Taken = tuple[int, int, int]  # how many items of effort 1, 2 and 3


def least_effort(gains: Sequence[Fraction], efforts: Sequence[int], need: Fraction) -> list[int]:
    """The places, rising, of the items of least total effort whose gains sum to `need` or more.

    Of sets of equal effort: the greater gain, then fewer items, then the set whose rising list of places is smallest.
    Gains are above 0. Raises `ValueError` where even all items do not gain enough, or an effort is not 1, 2 or 3.
    """
    if need <= 0:
        return []
    # Gains are made whole numbers, and one more item costs one unit of a finer scale, so that one number, the worth,
    # holds both gain and count.
    scale = lcm(need.denominator, *(gain.denominator for gain in gains))
    whole = [gain.numerator * (scale // gain.denominator) for gain in gains]
    wanted = need.numerator * (scale // need.denominator)
    if sum(whole) < wanted or not set(efforts) <= set(EFFORTS):
        raise ValueError("no set gains enough, or an effort is not 1, 2 or 3")
    finer = len(gains) + 1
    piles = [_Pile(whole, efforts, effort, finer) for effort in EFFORTS]
    for effort in count(_at_least(whole, efforts, wanted)):  # three tries at most
        best, sets = _worth_most(piles, effort)
        if sets and -(-best // finer) >= wanted:
            return sorted(_items(piles, _smallest(piles, sets)))
    raise AssertionError  # the loop above has no end


class _Pile:
    """The items of one effort, the most gainful first, and of equal ones the first in place.

    `worth[n]` is what the first n are worth together. It rises ever more slowly: that is what makes the search quick.
    """

    def __init__(self, gains: Sequence[int], efforts: Sequence[int], effort: int, finer: int) -> None:
        mine = (place for place, one in enumerate(efforts) if one == effort)
        self.places = sorted(mine, key=lambda place: -gains[place])
        self.worth = list(accumulate((gains[place] * finer - 1 for place in self.places), initial=0))
        self.size = len(self.places)


def _at_least(gains: Sequence[int], efforts: Sequence[int], wanted: int) -> int:
    """An effort below which no set gains enough: what it takes when the last item may be taken in part."""
    gained = effort = 0
    for place in sorted(range(len(gains)), key=lambda place: -gains[place] * (_ALIKE // efforts[place])):
        if gained + gains[place] >= wanted:
            return effort - (gained - wanted) * efforts[place] // gains[place]  # rounded up
        gained += gains[place]
        effort += efforts[place]
    return effort


def _worth_most(piles: Sequence[_Pile], effort: int) -> tuple[int, list[Taken]]:
    """The most that sets of exactly this effort are worth, and every set that is worth it, by items of effort 3.

    Such sets are alike in gain and in number. So each takes one more of effort 1 and of effort 3, and two fewer of
    effort 2, than the one before.
    """
    one, two, three = piles
    best, sets = 0, list[Taken]()
    for of_three in range(min(three.size, effort // 3) + 1):
        left = effort - 3 * of_three
        low, high = max(0, (left - one.size + 1) // 2), min(two.size, left // 2)
        if low > high:
            continue
        while low < high:  # as long as it pays to take one more of effort 2 instead of two of effort 1
            middle = (low + high) // 2
            paid = one.worth[left - 2 * middle] - one.worth[left - 2 * middle - 2]
            if two.worth[middle + 1] - two.worth[middle] > paid:
                low = middle + 1
            else:
                high = middle
        worth = one.worth[left - 2 * low] + two.worth[low] + three.worth[of_three]
        if not sets or worth > best:
            best, sets = worth, []
        if worth == best:
            sets.append((left - 2 * low, low, of_three))
    return best, sets


def _smallest(piles: Sequence[_Pile], sets: Sequence[Taken]) -> Taken:
    """That of `sets` whose rising list of places is smallest: it has the first place that another has not."""
    one, two, three = (pile.places for pile in piles)
    found = before = sets[0]
    more: float = inf  # the first place that the set at hand has, and `found` has not
    fewer: float = inf  # the other way round
    for taken in sets[1:]:
        more = min(more, *one[before[0] : taken[0]], *three[before[2] : taken[2]])
        fewer = min(fewer, *two[taken[1] : before[1]])
        if more < fewer:
            found, more, fewer = taken, inf, inf
        before = taken
    return found


def _items(piles: Iterable[_Pile], taken: Taken) -> Iterator[int]:
    for pile, number in zip(piles, taken, strict=True):
        yield from pile.places[:number]
