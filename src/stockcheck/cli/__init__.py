"""The command line: parse, call, print. Each command imports what it needs when it runs, so that none pays for all."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from stockcheck import language
from stockcheck.cli import saying
from stockcheck.cli.signals import Ending, ending_in_order
from stockcheck.errors import StockcheckError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `stockcheck` and leave with its exit status: 0, 1 for wrong data, 2 for wrong usage, 130 when interrupted,
    128 and its number for another signal.
    """
    alone = arguments is None  # the process is there for this call
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    saying.mend_streams()
    language.use(_language_wanted(arguments))
    try:
        with ending_in_order(last=alone) as ending:
            status = saying.finish(_run(arguments, ending))
    except SystemExit as left:  # a signal, or the library
        status = saying.finish(left.code if isinstance(left.code, int) else 1 if left.code else 0)
    sys.exit(status)


def _run(arguments: Sequence[str], ending: Ending) -> int:
    """The exit status of a call."""
    from stockcheck.cli import usage
    from stockcheck.cli.app import build  # after the language is chosen: help texts are made on import
    from stockcheck.cli.standard_input import takes_a_full_screen

    usage.speak()
    try:
        return (
            build(arguments, at_home=takes_a_full_screen())(
                args=arguments, obj=arguments, prog_name="stockcheck", standalone_mode=False
            )
            or 0
        )
    except Exception as error:
        if ending.stopped is not None:  # whatever it was made into on its way here
            raise ending.stopped from None
        return _told(error)
    except KeyboardInterrupt:
        return 130


def _told(error: Exception) -> int:
    """Say what went wrong; the status that goes with it."""
    from stockcheck.cli import usage

    if isinstance(error, usage.CallError):
        if type(error).__name__ == "NoArgsIsHelpError":  # nothing is wrong but that nothing was asked
            saying.complain(error.format_message())
            return int(error.exit_code)
        return saying.leave(usage.explained(error))
    if isinstance(error, StockcheckError):
        return saying.leave(error)
    if isinstance(error, usage.INTERRUPTED):
        return 130
    if isinstance(error, BrokenPipeError):  # the reader of a pipe went away, as `| head` does
        return 0
    if os.environ.get("STOCKCHECK_DEBUG") == "1":
        raise error
    if saying.output_trouble() is not None:
        return 1  # and why is said last of all
    return saying.leave(saying.in_a_sentence(error))


def _language_wanted(arguments: Sequence[str]) -> str | None:
    """The value of --lang: it has to be known before the options themselves can be described."""
    for number, argument in enumerate(arguments):
        if argument == "--lang" and number + 1 < len(arguments):
            return arguments[number + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return None
