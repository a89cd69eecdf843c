"""One fault of a checklist file, with its place in the file, and how it is said. The kinds: `kinds`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stockcheck.checklist.kinds import Kind as Kind
from stockcheck.errors import StockcheckError
from stockcheck.language import _, whole_number
from stockcheck.plaintext import named, one_line

#: Longest message of a fault and longest word quoted in one, in characters: a file may hold a word of any length.
_MAX_MESSAGE = 400
_MAX_QUOTED = 200

#: What fills a blank: a word of the file or of the program, or a whole number.
Blank = str | int
Path_ = tuple[str | int, ...]
Position = tuple[int, int]


@dataclass(frozen=True)
class Finding:
    """What is wrong with a part of a checklist, at `path` inside the part, whatever file that comes from."""

    path: Path_
    kind: Kind
    blanks: Mapping[str, Blank]


def finding(path: Path_, kind: Kind, /, **blanks: Blank) -> Finding:
    """A `Finding` with its blanks filled."""
    return Finding(path, kind, blanks)


@dataclass(frozen=True, order=True)
class Fault:
    """One fault in a checklist file.

    `line` and `column` count from 1; 0 means that the fault belongs to the file as a whole.
    `path` is the key's path inside the file, such as ``questions[3].bands[0].credit``.
    `blanks` fill the templates of the kind. Three are for every kind: `about` (the id of the question that is
    spoken of) comes before the message, `nearest` (what was meant, most likely) or `known` (all that there is) make
    a hint.
    """

    file: str
    line: int
    column: int
    path: str
    kind: Kind
    blanks: tuple[tuple[str, Blank], ...] = ()

    @classmethod
    def at(cls, file: str, kind: Kind, place: Position = (0, 0), path: Path_ = (), /, **blanks: Blank) -> Fault:
        """A fault of `kind` at line and column `place`. What is quoted is data: it may not steer a terminal."""
        quoted = {
            name: blank if isinstance(blank, int) else one_line(blank, limit=_MAX_QUOTED)
            for name, blank in blanks.items()
        }
        return cls(file, *place, path_in_words(path), kind, tuple(sorted(quoted.items())))

    @property
    def place(self) -> str:
        """File, line and column, as compilers write them."""
        file = named(self.file)
        return f"{file}:{self.line}:{self.column}" if self.line else file

    @property
    def message(self) -> str:
        """What is wrong, in the language in use."""
        about = f"{dict(self.blanks)['about']}: " if "about" in dict(self.blanks) else ""
        return one_line(about + self._filled(self.kind.message), limit=_MAX_MESSAGE)

    @property
    def hint(self) -> str:
        """What would be right, in the language in use; empty where there is nothing to add."""
        blanks = dict(self.blanks)
        if "nearest" in blanks:
            return _("Did you mean {name}?").format(name=blanks["nearest"])
        if "known" in blanks:
            return _("There are: {names}.").format(names=blanks["known"])
        return one_line(self._filled(self.kind.hint), limit=_MAX_MESSAGE) if self.kind.hint else ""

    def _filled(self, template: str) -> str:
        words = {name: whole_number(blank) if isinstance(blank, int) else blank for name, blank in self.blanks}
        return _(template).format(**words)

    def __str__(self) -> str:
        parts = (f"{self.path}:" if self.path else "", self.message, self.hint, f"[{self.kind}]")
        return f"{self.place}: {' '.join(part for part in parts if part)}"


def path_in_words(path: Path_) -> str:
    """A key's path as a person writes it: ``questions[3].bands[0].credit``; list places count from 0."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{one_line(part, limit=60)}" for part in path)
    return text.removeprefix(".")


class ChecklistError(StockcheckError):
    """A checklist cannot be used; `faults` holds every fault of every file, in file order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("")

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)
