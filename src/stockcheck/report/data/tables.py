"""All tables of data of one assessment, in the order of their sheets."""

from __future__ import annotations

import datetime as dt
from typing import Any

from stockcheck.assessed import Assessed
from stockcheck.report.data.answers import ANSWERS, OPTIONS
from stockcheck.report.data.assessment import ASSESSMENT, COMMON
from stockcheck.report.data.columns import Kind, Source, Table
from stockcheck.report.data.gaps import GAPS, PLAN
from stockcheck.report.data.scores import SCORES

KINDS: tuple[Kind[Any], ...] = (ASSESSMENT, SCORES, ANSWERS, GAPS, PLAN, OPTIONS)


def tables(assessed: Assessed, made: dt.datetime, previous: Assessed | None = None) -> list[Table]:
    """Every table; `made` is the moment that the report bears, `previous` the earlier assessment, if any."""
    source = Source(assessed, made, previous)
    return [kind.of(source, COMMON) for kind in KINDS]


def table(kind: Kind[Any], assessed: Assessed, made: dt.datetime, previous: Assessed | None = None) -> Table:
    """One table."""
    return kind.of(Source(assessed, made, previous), COMMON)
