"""How far several assessors agree, with each other and with a key. Source: docs/scoring.md, S-11.

Krippendorff's alpha: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011, interval metric.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

Given = TypeVar("Given", bound=Hashable)


@dataclass(frozen=True)
class Spread(Generic[Given]):
    """How one question was answered. `counts` are in the order in which answers first came; unanswered is left out.

    Shares are 0 to 1; `pairwise` is None below two answers.
    """

    counts: Mapping[Given, int]

    @property
    def answers(self) -> int:
        """How many answered."""
        return sum(self.counts.values())

    @property
    def shares(self) -> dict[Given, Fraction]:
        """The share of each answer."""
        return {answer: Fraction(count, self.answers) for answer, count in self.counts.items()}

    @property
    def modal(self) -> tuple[Given, ...]:
        """The most frequent answer; several when they tie."""
        most = max(self.counts.values(), default=0)
        return tuple(answer for answer, count in self.counts.items() if count == most)

    @property
    def pairwise(self) -> Fraction | None:
        """Pairs that agree, of all pairs."""
        n = self.answers
        if n < 2:
            return None
        return Fraction(sum(count * (count - 1) for count in self.counts.values()), n * (n - 1))


def spread(answers: Iterable[Given]) -> Spread[Given]:
    """How one question was answered."""
    return Spread(dict(Counter(answers)))


def alpha(units: Iterable[Sequence[Fraction]]) -> Fraction | None:
    """Krippendorff's alpha over the credits that each question (a unit) was given; None where nothing varies.

    A unit with fewer than two credits cannot be paired and is left out. 1 is perfect agreement, 0 what chance alone
    would give; less than 0 is systematic disagreement.
    """
    pairable = [unit for unit in units if len(unit) > 1]
    everything = [credit for unit in pairable for credit in unit]
    n = len(everything)
    expected = _squares(everything)
    if expected == 0:
        return None
    observed = sum((_squares(unit) / (len(unit) - 1) for unit in pairable), Fraction(0))
    return 1 - (n - 1) * observed / expected


def _squares(values: Sequence[Fraction]) -> Fraction:
    """The sum of the squared differences over all ordered pairs: 2·(n·Σx² − (Σx)²)."""
    total = sum(values, Fraction(0))
    return 2 * (len(values) * sum((value * value for value in values), Fraction(0)) - total * total)


@dataclass(frozen=True)
class AgainstKey:
    """How a question was answered, set against the right answer, by credit."""

    right: int
    too_lenient: int
    too_strict: int


def against_key(found: Iterable[Fraction], key: Fraction) -> AgainstKey:
    """How many gave the credit of the key, more, and less."""
    given = list(found)
    lenient, strict = sum(credit > key for credit in given), sum(credit < key for credit in given)
    return AgainstKey(len(given) - lenient - strict, lenient, strict)


def share_right(answers: Iterable[tuple[int, Fraction, Fraction]]) -> Fraction | None:
    """One participant's share of weight whose credit is the key's, from weight, credit and key of each answer; None
    where there is none.
    """
    answers = list(answers)
    weight = sum(w for w, _credit, _key in answers)
    return Fraction(sum(w for w, credit, key in answers if credit == key), weight) if weight else None
