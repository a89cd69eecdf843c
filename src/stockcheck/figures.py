"""How a share is written where it is shown. Source: docs/scoring.md, S-10.

One decimal, half up; but what is not nothing, not everything and not the threshold it stands beside is never written
as if it were. Nothing is compared after this rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import floor

from stockcheck.language import _, number

#: The fewest and the most decimals of a percentage.
_FEWEST, _MOST = 1, 6


def percent(share: Fraction | None, *beside: Fraction) -> str:
    """`share` (0 to 1) as a percentage, rounded half up; None is "not applicable".

    It has as many decimals, one to six, as it takes to lie on its own side of 0 %, 100 % and the shares `beside` it,
    such as a threshold, where it does not equal them; beyond that it is "just below" or "just above" in words.
    """
    return _("not applicable") if share is None else _written(share, (Fraction(0), Fraction(1), *beside))


def digits(share: Fraction, *beside: Fraction) -> str:
    """As `percent` and `change` write it, for a program: without the sign of percent, with a full stop, in English."""
    neighbours = (Fraction(-1), Fraction(0), Fraction(1), *beside)
    return _written(share, neighbours, spelt=_bare, below="just below {figure}", above="just above {figure}")


@lru_cache(maxsize=1024)  # a report shows the same few credits in hundreds of rows
def places(share: Fraction, *beside: Fraction) -> int | None:
    """How many decimals of a percentage `percent` writes; None where it says "just below" or "just above"."""
    return _places(share, [one for one in (Fraction(0), Fraction(1), *beside) if one != share])


def change(difference: Fraction | None) -> str:
    """The difference of two shares (-1 to 1), in percentage points with its sign, rounded half up by its size.

    A change is never written as none, nor one that is not the whole as the whole; None is "not applicable".
    """
    if difference is None:
        return _("not applicable")
    sign = "+" if difference > 0 else ""
    return _written(difference, (Fraction(-1), Fraction(0), Fraction(1)), sign)


def threshold(share: Fraction) -> str:
    """A threshold (0 to 1) as it was set: a percentage with all its decimals, up to six."""
    return _spelt(*as_set(share))


def as_set(share: Fraction) -> tuple[int, int]:
    """A threshold in units of its last decimal of a percentage, and how many decimals it has: one to six."""
    decimals = next((n for n in range(_FEWEST, _MOST) if (share * 100 * 10**n).denominator == 1), _MOST)
    return _rounded(share, decimals), decimals


def _written(
    share: Fraction,
    neighbours: Iterable[Fraction],
    sign: str = "",
    *,
    spelt: Callable[[int, int], str] | None = None,
    below: str = "",
    above: str = "",
) -> str:
    spelt = spelt or _spelt
    others = [one for one in neighbours if one != share]
    if (decimals := _places(share, others)) is not None:
        return sign + spelt(_rounded(share, decimals), decimals)
    nearest = min(_mistaken(share, others, _MOST), key=lambda one: abs(one - share))
    words = (below or _("just below {figure}")) if share < nearest else (above or _("just above {figure}"))
    return words.format(figure=spelt(*as_set(nearest)))


def _places(share: Fraction, others: Iterable[Fraction]) -> int | None:
    others = list(others)
    return next((n for n in range(_FEWEST, _MOST + 1) if not _mistaken(share, others, n)), None)


def _mistaken(share: Fraction, others: Iterable[Fraction], places: int) -> list[Fraction]:
    """Those of `others` that `share`, rounded, would seem to equal or to lie beyond."""
    shown = _rounded(share, places)
    return [
        one
        for one in others
        if shown == _rounded(one, places) or (Fraction(shown, 100 * 10**places) < one) is not (share < one)
    ]


def _rounded(share: Fraction, places: int) -> int:
    """`share` in units of the last of so many decimals of a percent, by exact arithmetic: half up, by its size."""
    size: int = floor(abs(share) * 200 * 10**places + 1) // 2
    return -size if share < 0 else size


def _spelt(units: int, places: int) -> str:
    return f"{number(Decimal(units).scaleb(-places), places)} %".replace("-", "\N{MINUS SIGN}")


def _bare(units: int, places: int) -> str:
    return f"{Decimal(units).scaleb(-places):.{places}f}"
