"""How much of what is long by nature is tried: a fair sample in the ordinary suite, all of it with `--thorough`.

A test whose strength is in its number (random cases, kills, every checklist that ships) says here how many it tries in
each of the two. The sample is the same in every run. What takes its number from here bears the mark `thorough`, by
which `pytest --thorough` runs these tests and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import settings

#: Set by `conftest` before any test is read in.
thorough = False


def number(name: str, sample: int, whole: int) -> pytest.MarkDecorator:
    """Hand a test, as its argument `name`, how many it has to try."""
    return some(name, [whole if thorough else sample], 1)


def some(name: str, whole: Sequence[Any], sample: int) -> pytest.MarkDecorator:
    """Hand a test, as its argument `name`, each of `whole` in turn, or of `sample` of them.

    A sample stands at even distances, the first and the last with it: `whole` may begin and end with what has to be.
    """
    chosen = whole if thorough else [whole[place * (len(whole) - 1) // max(sample - 1, 1)] for place in range(sample)]
    return pytest.mark.parametrize(name, [pytest.param(one, marks=pytest.mark.thorough) for one in chosen])


def examples(sample: int, whole: int, **more: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """How many examples of a test Hypothesis makes up: the same ones in every sample, others in each thorough run."""
    chosen = settings(max_examples=whole if thorough else sample, deadline=None, derandomize=not thorough, **more)
    return lambda test: pytest.mark.thorough(chosen(test))
