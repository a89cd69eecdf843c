"""How a passphrase comes in: typed at the terminal, where nobody sees it, or from the first line of a file.

Never as an argument: those stand in the history of the shell and in the list of processes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from stockcheck.cli.saying import complain
from stockcheck.errors import UsageError
from stockcheck.language import _
from stockcheck.plaintext import named, reason

#: The shortest passphrase that is taken for something new, and the longest, in characters.
LEAST, MOST = 8, 1000

PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar=_("FILE"),
        help=_("Take the passphrase from the first line of this file; otherwise it is asked for."),
        show_default=False,
    ),
]


def passphrase(file: Path | None, prompt: str) -> str:
    """The passphrase from `file`, else asked for with `prompt`. Raises `UsageError` where there is none."""
    return first_line(file, MOST) if file is not None else _typed(prompt)


def new_passphrase(file: Path | None) -> str:
    """A passphrase for something new: from `file`, else asked for twice. Raises `UsageError`, also for a short one."""
    complain(_("Forgotten means lost: nobody can find a passphrase out, or set another in its place."))
    found = passphrase(file, _("New passphrase: "))
    check_long_enough(found)
    if file is None and _typed(_("The same once more: ")) != found:
        raise UsageError(_("The two are not the same: nothing was done."))
    return found


def check_long_enough(found: str) -> None:
    """Raises `UsageError` for what would be found by trying."""
    if len(found) < LEAST:
        raise UsageError(
            _("A passphrase has at least {least} characters.").format(least=LEAST),
            _("Four words or more that have nothing to do with each other are good."),
        )


def first_line(path: Path, most: int) -> str:
    """The first line of a file, of 1 to `most` characters in UTF-8. Raises `UsageError`."""
    longest = 4 * most + len("\r\n") + 3
    try:
        with path.open("rb") as file:
            line = file.readline(longest + 1).decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise UsageError(_("The password in {file} is not text in UTF-8.").format(file=named(path))) from None
    except (OSError, ValueError) as error:
        raise UsageError(_("{file} cannot be read: {why}.").format(file=named(path), why=reason(error))) from error
    if not line or len(line) > most:
        raise UsageError(
            _("The first line of {file} is no password: it has to have 1 to {most} characters.").format(
                file=named(path), most=most
            )
        )
    return line


def _typed(prompt: str) -> str:
    """What is typed at the terminal without being shown."""
    import warnings
    from getpass import GetPassWarning, getpass

    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(_("There is no terminal to ask for the passphrase at."), _("Give it with --passphrase-file."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", GetPassWarning)
            found = getpass(prompt)
    except (GetPassWarning, EOFError, OSError, UnicodeDecodeError):
        raise UsageError(
            _("The passphrase could not be read from this terminal without being shown."),
            _("Give it with --passphrase-file."),
        ) from None
    if not found or len(found) > MOST:
        raise UsageError(_("A passphrase has 1 to {most} characters.").format(most=MOST))
    return found
