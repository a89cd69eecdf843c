"""How much of what is long by nature is tried: a fair sample in the ordinary suite, all of it with `--thorough`.

A test whose strength is in its number (random cases, kills, every checklist that ships) says here how many it tries in
each of the two. The sample is the same in every run. What takes its number from here bears the mark `thorough`, by
which `pytest --thorough` runs these tests and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

#: Chosen before any test is read in.
thorough = False

#: For a test that takes long and has no number to take less of: it is tried with `--thorough` alone. What it is there
#: for, another one meets at a smaller scale in the ordinary suite.
long = pytest.mark.long


def choose(whole: bool) -> None:
    """Try everything or a sample. How fast the machine is decides no test."""
    global thorough
    thorough = whole
    settings.register_profile(
        "suite", deadline=None, derandomize=not whole, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("suite")


def number(name: str, sample: int, whole: int) -> pytest.MarkDecorator:
    """Hand a test, as its argument `name`, how many it has to try."""
    return some(name, [whole if thorough else sample], 1)


def some(name: str, whole: Sequence[Any], sample: int | Sequence[Any]) -> pytest.MarkDecorator:
    """Hand a test, as its argument `name`, each of `whole` in turn, or of `sample`, which is part of it.

    So many as a number says are taken at even distances, the first and the last of `whole` among them.
    """
    return pytest.mark.parametrize(name, parameters(whole, sample))


def parameters(whole: Sequence[Any], sample: int | Sequence[Any]) -> list[Any]:
    """The same for a fixture, as its `params`."""
    if isinstance(sample, int):
        sample = [whole[place * (len(whole) - 1) // max(sample - 1, 1)] for place in range(sample)]
    assert all(one in whole for one in sample)
    return [pytest.param(one, marks=pytest.mark.thorough) for one in (whole if thorough else sample)]


def examples(
    sample: int, whole: int, *, suppress_health_check: Sequence[HealthCheck] = ()
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """How many examples of a test Hypothesis makes up: the same ones in every sample, others in each thorough run."""
    number = whole if thorough else sample
    chosen = settings(max_examples=number, suppress_health_check=[HealthCheck.too_slow, *suppress_health_check])
    return lambda test: pytest.mark.thorough(chosen(test))
