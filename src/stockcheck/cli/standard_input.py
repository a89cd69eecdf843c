"""Standard input, gone through line by line, for the commands that are answered there."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

import typer

from stockcheck.cli.saying import say_folded
from stockcheck.errors import UsageError
from stockcheck.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from stockcheck.questionnaire.linewise import LineByLine, Say


def check_input() -> None:
    """Raises `UsageError` when standard input was closed by whoever started the program."""
    if sys.stdin is None:
        raise UsageError(
            _("Standard input is closed: there is nothing to read answers from."),
            _("Give them by a pipe or a file, or answer at a terminal."),
        )


def takes_a_full_screen() -> bool:
    """Whether there is a terminal on which a screen can be painted, and somebody who types at it."""
    streams = (sys.stdin, sys.stdout, sys.stderr)  # the last is what the screen is painted on
    at_terminal = all(stream is not None and stream.isatty() for stream in streams)
    return at_terminal and os.environ.get("TERM", "") not in ("", "dumb")


def line_by_line(make: Callable[[Say, bool, str], LineByLine]) -> None:
    """Go through the lines of standard input, saying things on standard output.

    `make` is given how to say one, whether a person types them, and what they are written in.
    """
    from stockcheck.questionnaire.lines import lines_of

    patient = sys.stdin.isatty()
    # A terminal speaks what the locale says; a file is UTF-8, as checklists are.
    encoding = sys.stdin.encoding.lower() if patient else "utf-8"
    try:
        make(say_folded, patient, encoding).run(lines_of(sys.stdin.buffer))
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the terminal is gone: nobody can be told
        raise typer.Exit(1) from error
