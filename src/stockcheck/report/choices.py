"""What may be chosen about a report, whatever its face: its paper, which of its sheets, what it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeVar

from stockcheck.assessed import Assessed
from stockcheck.closest import closest
from stockcheck.errors import UsageError
from stockcheck.language import _
from stockcheck.plaintext import folded, one_line


class Sheet(Protocol):
    """What can be asked for by its name: a sheet of a workbook, a section of a page."""

    @property
    def title(self) -> str:
        """What it is called, in the language in use."""

    @property
    def needs(self) -> tuple[str, ...]:
        """The titles of those without which it says less than it should."""


_Sheet = TypeVar("_Sheet", bound=Sheet)


class Paper(Enum):
    """The sizes of paper that a report is laid out for."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True)
class Choices:
    """`only` names the sheets that are wanted, all if it is empty; `previous` is the earlier assessment of the depot.

    With a `password` the file opens with it alone. `told` hears what is being worked on: the name of a sheet, then an
    empty text for the file itself.
    """

    paper: Paper = Paper.A4
    only: Sequence[str] = ()
    previous: Assessed | None = None
    password: str | None = None
    told: Callable[[str], object] = lambda _what: None


def wanted(every: Sequence[_Sheet], only: Sequence[str]) -> list[_Sheet]:
    """Those of `every` sheet that `only` names, with what they need, in their order; all if it names none.

    Raises `UsageError` for a name that no sheet has.
    """
    if not only:
        return list(every)
    known = {folded(sheet.title): sheet for sheet in every}
    found: set[str] = set()
    waiting = [_known(name, known) for name in only]
    while waiting:
        sheet = waiting.pop()
        if sheet.title not in found:
            found.add(sheet.title)
            waiting += [known[folded(name)] for name in sheet.needs if folded(name) in known]
    return [sheet for sheet in every if sheet.title in found]


def _known(name: str, known: dict[str, _Sheet]) -> _Sheet:
    if (sheet := known.get(folded(name))) is not None:
        return sheet
    titles = [sheet.title for sheet in known.values()]
    likely = closest(name, titles)
    raise UsageError(
        _("The report has no sheet “{name}”.").format(name=one_line(name, limit=80)),
        _("Did you mean “{name}”?").format(name=likely)
        if likely
        else _("Its sheets are: {names}.").format(names=", ".join(titles)),
    )
