"""What the home screen has others do: the commands, as the command line hands them over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

#: Whose word counts where an assessment and a workbook, or another copy, differ; empty for nobody's.
Side = Literal["", "ours", "theirs"]


@dataclass(frozen=True)
class Said:
    """What a command has said, line by line, and why it refused; `refused` is empty where it did not.

    `complaints` are those of the lines that it would have put on standard error.
    """

    lines: tuple[str, ...] = ()
    refused: str = ""
    complaints: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it, a line each; a refusal comes last, as it does on the command line."""
        return "\n".join(part for part in (*self.lines, self.refused) if part)


class Commands(Protocol):
    """The everyday commands. None raises what is the data's fault, or the program's: they say it in a sentence."""

    def new(
        self,
        file: Path,
        checklist: str,
        *,
        depot: str,
        code: str,
        marking: str,
        date: str,
        by: str,
        earlier: Path | None = None,
    ) -> Said:
        """As `stockcheck new`; with an `earlier` assessment to begin from, `checklist` may be empty."""

    def describe(
        self, file: Path, *, depot: str | None, code: str | None, marking: str | None, date: str | None, by: str
    ) -> Said:
        """As `stockcheck set`; None leaves what there is."""

    def about(self, file: Path) -> Said:
        """As `stockcheck show`."""

    def report(
        self, file: Path, output: Path, *, force: bool, previous: Path | None, told: Callable[[str], object]
    ) -> Said:
        """As `stockcheck report`; `told` hears how far it is."""

    def form(self, file: Path, output: Path) -> Said:
        """As `stockcheck form`, of what is open in an assessment."""

    def import_form(self, file: Path, workbook: Path, *, dry_run: bool, partial: bool, side: Side, by: str) -> Said:
        """As `stockcheck import`."""

    def import_plan(self, file: Path, workbook: Path, *, dry_run: bool, side: Side, by: str) -> Said:
        """As `stockcheck plan import`."""

    def plan(self, file: Path) -> Said:
        """As `stockcheck plan list`."""

    def upgrade(self, file: Path, checklist: str, *, by: str) -> Said:
        """As `stockcheck upgrade`."""

    def merge(self, file: Path, other: Path, output: Path, *, side: Side, by: str) -> Said:
        """As `stockcheck merge`; nothing is asked."""

    def seal(self, file: Path, *, role: str, key: str, passphrase: str, by: str) -> Said:
        """As `stockcheck seal`, for somebody who has seen what is open; an empty `key` makes an unsigned seal."""

    def reopen(self, file: Path, why: str, *, by: str) -> Said:
        """As `stockcheck reopen`."""

    def verify(self, file: Path, against: str) -> Said:
        """As `stockcheck verify`."""
