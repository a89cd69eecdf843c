"""What several commands share: their arguments, and the line that says which checklist is meant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stockcheck.errors import UsageError
from stockcheck.language import _

if TYPE_CHECKING:
    from stockcheck.checklist.model import Checklist

FileArgument = Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The assessment, such as depot.stockcheck."))]
AsJson = Annotated[bool, typer.Option("--json", help=_("Print JSON, with exact fractions."))]
By = Annotated[
    str,
    typer.Option("--by", metavar=_("NAME"), help=_("Who answers (default: the account's name)."), show_default=False),
]
Theme = Annotated[
    str,
    typer.Option(
        "--theme",
        metavar="dark|light|contrast",
        help=_("Colours of the screen (default: dark, or what STOCKCHECK_THEME says)."),
        show_default=False,
    ),
]


def check_workbook(output: Path) -> None:
    """Refuse a name for a workbook that no spreadsheet program would open by. Raises `UsageError`."""
    from stockcheck.plaintext import named

    if output.suffix.lower() != ".xlsx":
        raise UsageError(_("{file} should end in .xlsx.").format(file=named(output)))


def date_argument(text: str) -> dt.date:
    """The date that an argument gives as year-month-day. Raises `UsageError`."""
    from stockcheck.answers.typed import typed_date
    from stockcheck.errors import AnswerError

    try:
        return typed_date(text)
    except AnswerError as error:
        raise UsageError(error.message, error.hint) from error


def entry_argument(text: str) -> int:
    """The number of an entry, with or without its sign. Raises `UsageError`."""
    from stockcheck.plaintext import one_line

    number = text.strip().removeprefix("#")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise UsageError(_("“{text}” is no entry's number.").format(text=one_line(text, limit=40)))
    return int(number)


def provenance_line(checklist: Checklist) -> str:
    """What checklist it is, as every command says it."""
    from stockcheck.checklist.provenance import provenance_of

    return provenance_of(checklist).line
