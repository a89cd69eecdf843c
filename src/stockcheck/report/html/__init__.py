"""The gap report as one page for a browser: what is sent to a phone, read aloud, or printed where there is no Excel.

One file that needs no other, runs nothing and asks for nothing. It says what the workbook says, section for sheet;
what a depot fills in and what programs read is in the workbook alone.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from stockcheck.assessed import Assessed
from stockcheck.files import Judge
from stockcheck.report.choices import Choices
from stockcheck.report.html.element import written
from stockcheck.report.html.page import page
from stockcheck.report.output import over_pages, write_file


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

    The same assessment, moment and choices give the same bytes; a password among them is not for a page. What is at
    `path` is replaced only if `may_replace` lets it go: without one, an earlier page, and that with `force`. Raises as
    `report.excel.write` does.
    """
    choices = choices or Choices()
    text = written(page(assessed, made, choices))
    choices.told("")
    write_file(path, lambda file: file.write(text), may_replace or over_pages(force=force))
