"""Errors for the person who made the mistake: what, where, and what would be right.

Every error a command may show derives from `StockcheckError`; anything else that escapes is a defect. Faults of
checklist files have a module of their own, `stockcheck.checklist.faults`.
"""

from __future__ import annotations


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


class ProtectedError(AssessmentFileError):
    """The assessment is protected by a passphrase, and nobody gave it."""

    exit_status = 2


class WrongPassphraseError(AssessmentFileError):
    """What was given does not open the protected assessment."""
