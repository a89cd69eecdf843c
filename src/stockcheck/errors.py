"""Errors for the person who made the mistake: what, where, and what would be right.

Every error a command may show derives from `StockcheckError`; anything else that escapes is a defect.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stockcheck.plaintext import named


class StockcheckError(Exception):
    """Something in the data is wrong. `exit_status` is the command's exit status: 1 data, 2 usage."""

    exit_status = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class UsageError(StockcheckError):
    """The command was called in a way that cannot be carried out."""

    exit_status = 2


class AnswerError(StockcheckError):
    """An answer does not fit the type of its question."""


class AssessmentFileError(StockcheckError):
    """An assessment file cannot be read, written or trusted."""


class HeldByAnotherError(AssessmentFileError):
    """Another program holds the assessment file for writing."""


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in a checklist file.

    `line` and `column` count from 1; 0 means that the fault belongs to the file as a whole.
    `path` is the key's path inside the file, such as ``questions[3].bands[0].credit``.
    """

    file: str
    line: int
    column: int
    path: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = named(self.file)
        if self.line:
            place += f":{self.line}:{self.column}"
        where = f" {self.path}:" if self.path else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{place}:{where} {self.message}{hint}"


class ChecklistError(StockcheckError):
    """A checklist cannot be used; `problems` holds every fault of every file, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
