"""The Excel gap report: what a commander reads, prints and acts on.

Every sheet is a module whose `sheet` gives it its name, its line in the contents and what fills it (see `Sheet`);
`workbook` has their order. Paper, cells and the file are those of `stockcheck.spreadsheet`.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import IO

from stockcheck.assessed import Assessed
from stockcheck.files import Judge
from stockcheck.report.choices import Choices
from stockcheck.report.excel.workbook import build
from stockcheck.report.output import over_reports, write_file
from stockcheck.spreadsheet.archive import save
from stockcheck.spreadsheet.locking import locked


def write(
    assessed: Assessed,
    path: Path,
    *,
    force: bool = False,
    made: dt.datetime,
    may_replace: Judge | None = None,
    choices: Choices | None = None,
) -> None:
    """Write the gap report to `path`, in the language in use. `made` is the moment the report bears, zone-aware.

    The same assessment, moment and choices give the same bytes, unless a password locks them. What is at `path` is
    replaced only if `may_replace` lets it go: without one, an earlier report, and that with `force`. Raises
    `UsageError` when it has to stay, a chosen sheet is none or the previous assessment is not the older one, and
    `StockcheckError` when the report cannot be written.
    """
    choices = choices or Choices()
    workbook = build(assessed, made, choices)
    choices.told("")

    def fill(file: IO[bytes]) -> None:
        if choices.password is None:
            save(workbook, file)
        else:
            file.write(locked(workbook, choices.password))

    write_file(path, fill, may_replace or over_reports(force=force))
