"""A sample in the ordinary suite, everything with --thorough: what one leaves out the other runs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import conftest, volume


def handed(parameters: pytest.MarkDecorator) -> list[Any]:
    """What a test is handed in turn, each bearing the mark."""
    assert all([mark.name for mark in one.marks] == ["thorough"] for one in parameters.args[1])
    return [value for one in parameters.args[1] for value in one.values]


@pytest.mark.parametrize(
    ("thorough", "turns", "names"), [(False, [2], ["a", "c", "f"]), (True, [70], ["a", "b", "c", "d", "e", "f"])]
)
def test_a_sample_is_part_of_the_whole(
    thorough: bool, turns: list[int], names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(volume, "thorough", thorough)
    assert handed(volume.number("turns", 2, 70)) == turns
    assert handed(volume.some("name", "abcdef", 3)) == names
    assert handed(volume.some("name", "abcdef", 1)) == (names if thorough else ["a"])
    assert handed(volume.some("name", "abcdef", "be")) == (names if thorough else ["b", "e"])
    with pytest.raises(AssertionError):
        volume.some("name", "abcdef", "bx")


@pytest.mark.parametrize(("thorough", "expected"), [(False, 5), (True, 30)])
def test_as_many_examples_are_made_up_as_is_said(
    thorough: bool, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(volume, "thorough", thorough)
    tried = []

    @volume.examples(5, 30)
    @given(st.integers())
    def test(one: int) -> None:
        tried.append(one)

    test()
    assert len(tried) == expected
    assert [mark.name for mark in test.pytestmark] == ["thorough"]  # type: ignore[attr-defined]


class Config:
    """As much of pytest's as is asked for."""

    def __init__(self) -> None:
        self.hook = self
        self.deselected: list[Any] = []

    def pytest_deselected(self, items: list[Any]) -> None:
        self.deselected += items


@pytest.mark.parametrize("thorough", [False, True])
def test_the_whole_is_run_without_the_tests_that_have_no_sample(
    thorough: bool, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(volume, "thorough", thorough)
    items = [item for item in request.session.items if item.path == request.path]
    items[0].add_marker("thorough")
    items[1].add_marker("long")
    first, second, *others = items
    config: Any = Config()
    conftest.pytest_collection_modifyitems(config, items)
    whole, sample = ([first, second], others), ([first, *others], [second])
    assert (items, config.deselected) == (whole if thorough else sample)
    first.own_markers.pop()
    second.own_markers.pop()
