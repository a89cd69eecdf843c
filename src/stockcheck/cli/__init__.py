"""The command line: parse, call, print. Each command imports what it needs when it runs, so that none pays for all."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from stockcheck import language
from stockcheck.errors import StockcheckError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `stockcheck` and leave with its exit status: 0, 1 for wrong data, 2 for wrong usage, 130 when interrupted."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal that cannot show “ó” still works
    language.use(_language_wanted(arguments))
    from stockcheck.cli import usage
    from stockcheck.cli.app import build  # after the language is chosen: help texts are made on import

    usage.speak()
    try:
        sys.exit(build()(args=arguments, obj=arguments, prog_name="stockcheck", standalone_mode=False))
    except usage.CallError as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # nothing is wrong but that nothing was asked
            print(error.format_message(), file=sys.stderr)
            sys.exit(error.exit_code)
        _leave(usage.explained(error))
    except StockcheckError as error:
        _leave(error)
    except usage.INTERRUPTED:
        sys.exit(130)
    except BrokenPipeError:  # the reader of a pipe went away, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _leave(error: StockcheckError) -> NoReturn:
    """Say what is wrong and leave with the status that goes with it."""
    sys.stdout.flush()
    print(f"stockcheck: {error}", file=sys.stderr)
    sys.exit(error.exit_status)


def _language_wanted(arguments: Sequence[str]) -> str | None:
    """The value of --lang: it has to be known before the options themselves can be described."""
    for number, argument in enumerate(arguments):
        if argument == "--lang" and number + 1 < len(arguments):
            return arguments[number + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return None
