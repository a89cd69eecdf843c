"""Checklists by name, composed and free of faults."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from stockcheck.checklist import sources
from stockcheck.checklist.loading import compose
from stockcheck.checklist.model import Checklist
from stockcheck.checklist.shipped import shipped


def load(name: str) -> Checklist:
    """The checklist called `name`, or at the path `name`. Raises `UsageError` and `ChecklistError`.

    One that comes with the program is read once a run: its files do not change meanwhile, those of a person may.
    """
    path = sources.find(name)
    return _once(path) if path.is_relative_to(shipped()) else compose(path)[0]


@cache
def _once(path: Path) -> Checklist:
    return compose(path)[0]
