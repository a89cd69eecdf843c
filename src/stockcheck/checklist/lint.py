"""Editorial rules for checklists: what a sound checklist still needs before officials should see it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from stockcheck.checklist.loading import compose
from stockcheck.checklist.translation import shortcomings
from stockcheck.errors import ChecklistError, Problem


def problems(paths: Iterable[Path]) -> list[Problem]:
    """Every fault of the checklists in `paths`, in file order."""
    found: list[Problem] = []
    for path in paths:
        try:
            checklist, _sources = compose(path)
        except ChecklistError as error:
            found += error.problems
            continue
        for language in checklist.translations:
            for lack in shortcomings(checklist, language):
                found.append(Problem(f"translations/{language}/{lack.where}.yaml", 0, 0, lack.subject, lack.message))
    return sorted(set(found))
