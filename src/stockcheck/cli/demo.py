"""demo: the quickest way to see what the program does."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stockcheck import language
from stockcheck.cli.saying import say
from stockcheck.cli.usage import App
from stockcheck.language import _
from stockcheck.plaintext import named


def add_to(app: App) -> None:
    """Register the command of this module."""
    app.command(help=_("Make a fictitious depot, print its score, write its report."))(demo)


def demo(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="[" + _("FOLDER") + "]", help=_("Where to put the two files (default: here)."), show_default=False
        ),
    ] = Path(),
    force: Annotated[
        bool, typer.Option("--force", help=_("Write over a demo that somebody has gone on with."))
    ] = False,
) -> None:
    """Make the demo depot, its report and its score. Raises as `demo.make`."""
    from stockcheck.assessed import score_file
    from stockcheck.demo import make
    from stockcheck.report.excel import write
    from stockcheck.report.terminal import console, print_scorecard

    made = make(folder, force=force)
    found = score_file(made.assessment, language.current())
    write(found, made.report, made=made.moment, may_replace=made.may_replace_report)
    print_scorecard(console(), found)
    say(
        "",
        _("The depot is fictitious. Written: {assessment} and {report}").format(
            assessment=named(made.assessment), report=named(made.report)
        ),
        _("Next: open the report, or answer what is open: stockcheck answer {assessment}").format(
            assessment=named(made.assessment)
        ),
        _("For your own depot: stockcheck new depot.stockcheck --checklist ammunition"),
    )
