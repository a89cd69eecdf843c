"""Texts too long for their place: cut there with a mark, and kept whole to be printed on a sheet of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where a text was cut: its sheet and cell, the name of its row, and what stands there, such as "Note"."""

    sheet: str
    cell: str
    row: str
    what: str

    def __str__(self) -> str:
        return f"{self.sheet} {self.cell}"


class Cuts:
    """The texts that were cut on the sheets of one book, each once, in the order in which they were met."""

    def __init__(self, kept_on: str) -> None:
        """`kept_on`: the name of the sheet that prints them whole; the mark points there."""
        self.mark = f"… → {kept_on}"
        self._places: dict[str, list[Place]] = {}

    def add(self, text: str, place: Place) -> None:
        """`text` was cut at `place`."""
        self._places.setdefault(text, []).append(place)

    def __iter__(self) -> Iterator[tuple[str, list[Place]]]:
        return iter(self._places.items())

    def __len__(self) -> int:
        return len(self._places)
