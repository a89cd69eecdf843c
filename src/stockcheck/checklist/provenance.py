"""Whether a checklist is one that stockcheck ships, told by its digest and not by what it calls itself.

released.lock, kept with the shipped checklists, holds the digest of each as it was released. One line a digest:
``DIGEST RELEASE ID VERSION``, RELEASE being ``-`` between releases. Source: docs/checklist-format.md, "Provenance".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from stockcheck.checklist.faults import ChecklistError, Fault, Kind
from stockcheck.checklist.model import Checklist
from stockcheck.checklist.shipped import shipped
from stockcheck.language import _
from stockcheck.plaintext import reason

NAME = "released.lock"
#: Characters of a digest that are shown: enough to tell two checklists apart, few enough to be read out.
SHOWN = 12

_LINE = re.compile(r"([0-9a-f]{64}) (\S+) (\S+) (\S.*?)\s*")
_BETWEEN_RELEASES = "-"


class Origin(Enum):
    """Where a checklist comes from."""

    SHIPPED = "shipped"
    ADAPTED = "adapted"
    OWN = "own"


@dataclass(frozen=True)
class Registered:
    """A line of the registry. `release` is the first release of stockcheck that had it, or ``-``."""

    digest: str
    release: str
    id: str
    version: str

    def __str__(self) -> str:
        return f"{self.digest} {self.release} {self.id} {self.version}"


@dataclass(frozen=True)
class Provenance:
    """What can be said of a checklist's origin, and the digest by which it was told."""

    origin: Origin
    id: str
    version: str
    digest: str
    #: What an annex says that it extends, the nearest first; empty for any other checklist.
    extends: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """The beginning of the digest, as it is shown."""
        return self.digest[:SHOWN]

    @property
    def statement(self) -> str:
        """The origin in words, with the digest.

        What an annex extends is its own account, for nobody can see from the outcome what it was made of.
        """
        if self.extends and self.origin is not Origin.SHIPPED:
            return {
                Origin.ADAPTED: _("ADAPTED: by its own account a national annex of {base}, as shipped ({digest})"),
                Origin.OWN: _(
                    "OWN: by its own account a national annex of {base}, which stockcheck does not ship ({digest})"
                ),
            }[self.origin].format(base=" ← ".join(self.extends), digest=self.short)
        return {
            Origin.SHIPPED: _("as shipped with stockcheck ({digest})"),
            Origin.ADAPTED: _("ADAPTED: not the checklist that stockcheck ships under this name ({digest})"),
            Origin.OWN: _("OWN: not a checklist that stockcheck ships ({digest})"),
        }[self.origin].format(digest=self.short)

    @property
    def word(self) -> str:
        """The origin in a word or two."""
        return {Origin.SHIPPED: _("as shipped"), Origin.ADAPTED: _("adapted"), Origin.OWN: _("own")}[self.origin]

    @property
    def mark(self) -> str:
        """What to put where there is little room; empty for a shipped checklist."""
        marks = {Origin.SHIPPED: "", Origin.ADAPTED: _("ADAPTED CHECKLIST"), Origin.OWN: _("OWN CHECKLIST")}
        return marks[self.origin]

    @property
    def line(self) -> str:
        """The checklist by its id and version, and its origin."""
        return _("Checklist: {id} {version}, {provenance}").format(
            id=self.id, version=self.version, provenance=self.statement
        )


def provenance_of(checklist: Checklist) -> Provenance:
    """The origin of `checklist`, which has to be as it was read: one put into another language has another digest.

    ``adapted`` when a shipped checklist has its id, in whatever case, and none its digest; or when it is an annex that
    says to extend one as shipped. Raises `ChecklistError` when the registry cannot be read.
    """
    known = _registry(shipped() / NAME)
    chain = checklist.annex.extends if checklist.annex is not None else ()
    extends = tuple(f"{one.id} {one.version}" for one in chain)
    if checklist.digest in known:
        origin = Origin.SHIPPED
    elif checklist.id.casefold() in {one.id.casefold() for one in known.values()}:
        origin, extends = Origin.ADAPTED, ()
    elif (
        chain and (root := known.get(chain[-1].digest)) and (root.id, root.version) == (chain[-1].id, chain[-1].version)
    ):
        origin = Origin.ADAPTED
    else:
        origin = Origin.OWN
    return Provenance(origin, checklist.id, checklist.version, checklist.digest, extends)


def compared(folder: Path, checklists: Sequence[tuple[Path, Checklist]]) -> Iterator[Fault]:
    """Those of `checklists` in `folder` that its registry does not know as they stand. A copy elsewhere is nobody's."""
    registry = folder / NAME
    known = _registry(registry) if registry.is_file() else None
    for path, checklist in checklists:
        if known is None or path.resolve().parent != folder.resolve() or checklist.digest in known:
            continue
        kind = Kind.RELEASED_OTHERWISE if _is_released(checklist, known) else Kind.NOT_REGISTERED
        yield Fault.at(str(path), kind, id=checklist.id, version=checklist.version)


def register(folder: Path, checklists: Sequence[Checklist]) -> None:
    """Add the checklists as they stand to the registry of `folder`, which loses no line.

    Not one whose version was released with other content: `compared` goes on naming it. Raises `ChecklistError` where
    the registry cannot be read or written.
    """
    registry = folder / NAME
    known = _registry(registry) if registry.is_file() else {}
    new = (
        Registered(one.digest, _BETWEEN_RELEASES, one.id, one.version)
        for one in checklists
        if one.digest not in known and not _is_released(one, known)
    )
    try:
        with registry.open("a+", encoding="utf-8", newline="\n") as file:
            file.seek(0)
            if (before := file.read()) and not before.endswith("\n"):
                file.write("\n")
            file.writelines(f"{one}\n" for one in new)
    except OSError as error:
        raise ChecklistError([Fault.at(str(registry), Kind.UNWRITABLE, why=reason(error))]) from error
    _registry.cache_clear()


def _is_released(checklist: Checklist, known: dict[str, Registered]) -> bool:
    """Whether its id and version were released, with whatever content."""
    name = (checklist.id, checklist.version)
    return any((one.id, one.version) == name and one.release != _BETWEEN_RELEASES for one in known.values())


@cache
def _registry(path: Path) -> dict[str, Registered]:
    """The lines of a registry by digest; a line that is none is passed over."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise ChecklistError([Fault.at(str(path), Kind.UNREADABLE, why=reason(error))]) from error
    found = (_LINE.fullmatch(line) for line in text.splitlines())
    return {match[1]: Registered(*match.groups()) for match in found if match}
