"""What a section of the page is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from stockcheck.assessed import Assessed
from stockcheck.report.html.element import Element
from stockcheck.report.html.rendering import Links


@dataclass(frozen=True)
class Section:
    """One section, in the language that was in use when it was made."""

    #: Its place on the page, by which links lead to it: in no language.
    key: str
    title: str
    about: str
    #: What stands in it; the moment is the one that the report bears.
    fill: Callable[[Assessed, Links, dt.datetime], list[Element]]
    #: Whether it is printed across: its tables have many columns.
    wide: bool = False
    #: A section has all it needs.
    needs: tuple[str, ...] = ()
