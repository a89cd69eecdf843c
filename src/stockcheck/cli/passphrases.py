"""Passphrases and passwords as a command gets at them: from a file, or typed at a terminal that does not show them.

Never as an argument: those stand in the list of processes and in the shell's history.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import Annotated
from unicodedata import normalize

import typer

from stockcheck.assessment import unlocking
from stockcheck.cli.saying import complain
from stockcheck.errors import UsageError
from stockcheck.language import _
from stockcheck.plaintext import named, reason

#: For a command that asks for the passphrase of a key.
PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar=_("FILE"),
        help=_("Take the passphrase from the first line of this file; otherwise it is asked for."),
        show_default=False,
    ),
]

#: The file that a call has named for what opens a protected assessment.
_given: Path | None = None


def first_line(path: Path, longest: int) -> str:
    """The first line of the file: a secret of `longest` characters at most, however their accents are spelled.

    Raises `UsageError` where there is none.
    """
    most = 12 * longest + len("\r\n") + 3  # spelled apart a character takes three times as many bytes
    try:
        with path.open("rb") as file:
            line = normalize("NFC", file.readline(most + 1).decode("utf-8-sig").rstrip("\r\n"))
    except UnicodeDecodeError:
        raise UsageError(_("The password in {file} is not text in UTF-8.").format(file=named(path))) from None
    except (OSError, ValueError) as error:
        raise UsageError(_("{file} cannot be read: {why}.").format(file=named(path), why=reason(error))) from error
    if not line or len(line) > longest:
        raise UsageError(
            _("The first line of {file} is no password: it has to have 1 to {most} characters.").format(
                file=named(path), most=longest
            )
        )
    return line


def take_from(path: Path | None) -> None:
    """Have a protected assessment opened from now on by the passphrase in the file `path`, else by whoever types it."""
    global _given
    _given = path
    unlocking.use(_provide)


def given() -> Path | None:
    """The file that the call has named before the command."""
    return _given


def _provide(file: Path, number: int) -> str | None:
    if _given is not None:
        return _from_file(_given) if number == 1 else None
    if not _at_terminal():
        return None
    if number > 1:
        complain(_("That does not open {file}.").format(file=named(file.name)))
    return _typed(_("Passphrase of {file}: ").format(file=named(file.name)))


def of_key(path: Path | None, name: str) -> str:
    """The passphrase of the key called `name`: the first line of the file `path`, or typed. Raises `UsageError`."""
    if path is not None:
        return _from_file(path)
    if not _at_terminal():
        raise _no_terminal()
    return _typed(_("Passphrase of the key {name}: ").format(name=name))


def new(path: Path | None) -> str:
    """The passphrase that a file or a key is to have: the first line of the file `path`, or typed twice.

    Raises `UsageError` for one that will not do, and where there is no terminal to type it at.
    """
    from stockcheck.assessment.protection import check

    if path is not None:
        found = _from_file(path)
    else:
        if not _at_terminal():
            raise _no_terminal()
        found = _typed(_("New passphrase: "))
        check(found)
        if _typed(_("The same again: ")) != found:
            raise UsageError(_("The two are not the same: nothing was done."))
    check(found)
    return found


def _no_terminal() -> UsageError:
    return UsageError(
        _("There is no terminal to type a passphrase at."),
        _("Write it on the first line of a file, and name that with --passphrase-file."),
    )


def _from_file(path: Path) -> str:
    from stockcheck.assessment.protection import LONGEST

    return first_line(path, LONGEST)


def _at_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _typed(prompt: str) -> str:
    """What is typed at the terminal, which does not show it. Raises `UsageError` where it would."""
    import getpass

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(prompt)
    except (getpass.GetPassWarning, EOFError, OSError, UnicodeDecodeError) as error:
        raise UsageError(
            _("The passphrase cannot be typed here without being shown."),
            _("Write it on the first line of a file, and name that with --passphrase-file."),
        ) from error
