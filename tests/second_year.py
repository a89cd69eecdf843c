"""An assessment that begins from an earlier one, for tests of what that brings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from stockcheck.assessed import carried_from, score_file
from stockcheck.assessment.file import create
from stockcheck.checklist.model import Checklist


def begin(
    old: Path, new: Path, checklist: Checklist | None = None, *, on: dt.date | None = None, by: str = "Ben"
) -> Path:
    """Start `new` from `old`, a year after it unless `on` says otherwise, by its own checklist unless given another."""
    found = score_file(old, "en")
    checklist = checklist or found.state.checklist
    on = on or found.state.on + dt.timedelta(365)
    create(new, checklist, depot="North", marking="", on=on, by=by, carried=carried_from(found, checklist))
    return new
