"""score, report, compare: what the answers come to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from stockcheck import language
from stockcheck.cli.arguments import AsJson, FileArgument
from stockcheck.cli.saying import say, say_json
from stockcheck.cli.usage import App
from stockcheck.errors import UsageError
from stockcheck.language import _
from stockcheck.plaintext import named


def add_to(app: App) -> None:
    """Register the commands of this module."""
    app.command(help=_("Print scores, levels, gaps and the route to the next level."))(score)
    app.command(help=_("Write the Excel gap report."))(report)
    app.command(help=_("Compare two assessments of one depot."))(compare)


def score(
    file: FileArgument,
    as_json: AsJson = False,
    every: Annotated[bool, typer.Option("--all", help=_("Print every gap, not only the first."))] = False,
) -> None:
    """Print the scorecard, in words or as JSON. Raises as `assessed.score_file`."""
    from stockcheck.assessed import score_file

    found = score_file(file, language.current())
    if as_json:
        from stockcheck.report.as_json import scorecard_as_json

        say_json(scorecard_as_json(found))
        return
    from stockcheck.report.terminal import console, print_scorecard

    print_scorecard(console(), found, every_gap=every)


def report(
    file: FileArgument,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar=_("FILE"), help=_("The workbook to write, ending in .xlsx."))
    ],
    force: Annotated[bool, typer.Option("--force", help=_("Write over an earlier report."))] = False,
) -> None:
    """Write the gap report. Raises `UsageError` for a name that it cannot have, and as `assessed.score_file`."""
    if output.suffix.lower() != ".xlsx":
        raise UsageError(_("{file} should end in .xlsx.").format(file=named(output)))
    from stockcheck.report.output import check, over_reports

    def unread(report: Path, touched: bool) -> None:
        from stockcheck.exchange.unread import refuse_unread

        refuse_unread(report, file, touched=touched)

    may_replace = over_reports(force=force, made_from=[file], unread=unread)
    check(output, may_replace)
    from stockcheck.assessed import score_file
    from stockcheck.report.excel import write

    found = score_file(file, language.current())

    write(found, output, made=dt.datetime.now(dt.UTC), may_replace=may_replace)
    say(_("Written: {file}").format(file=named(output)))


def compare(
    before: Annotated[Path, typer.Argument(metavar=_("BEFORE"), help=_("The earlier assessment."))],
    after: Annotated[Path, typer.Argument(metavar=_("AFTER"), help=_("The later assessment."))],
    as_json: AsJson = False,
) -> None:
    """Print what changed, and what the change of the score is owed to."""
    from stockcheck.assessed import score_file
    from stockcheck.scoring.comparison import compare as compare_scorecards

    earlier, later = score_file(before, language.current()), score_file(after, language.current())
    comparison = compare_scorecards(earlier.scorecard, later.scorecard)
    if as_json:
        from stockcheck.report.as_json import comparison_as_json

        say_json(comparison_as_json(earlier, later, comparison))
        return
    from stockcheck.report.terminal import console, print_comparison

    print_comparison(console(), earlier, later, comparison)
