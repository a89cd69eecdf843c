"""score, report, compare: what the answers come to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stockcheck import language
from stockcheck.cli.assessments import FileArgument
from stockcheck.cli.saying import say, say_json
from stockcheck.cli.usage import App
from stockcheck.errors import UsageError
from stockcheck.language import _
from stockcheck.plaintext import named

if TYPE_CHECKING:
    from stockcheck.report.assessed import Assessed

AsJson = Annotated[bool, typer.Option("--json", help=_("Print JSON, with exact fractions."))]


def add_to(app: App) -> None:
    """Register the commands of this module."""
    app.command(help=_("Print scores, levels, gaps and the route to the next level."))(score)
    app.command(help=_("Write the Excel gap report."))(report)
    app.command(help=_("Compare two assessments of one depot."))(compare)


def read(file: Path) -> Assessed:
    """The assessment in `file`, its texts in the language in use."""
    from stockcheck.assessment.file import open_file
    from stockcheck.report.assessed import assessed

    with open_file(file) as opened:
        return assessed(opened.state, language.current(), opened.record)


def score(
    file: FileArgument,
    as_json: AsJson = False,
    every: Annotated[bool, typer.Option("--all", help=_("Print every gap, not only the first."))] = False,
) -> None:
    """Print the scorecard."""
    found = read(file)
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
    """Write the gap report."""
    if output.suffix.lower() != ".xlsx":
        raise UsageError(_("{file} should end in .xlsx.").format(file=named(output)))
    from stockcheck.report.output import check, over_reports

    may_replace = over_reports(force=force, made_from=[file])
    check(output, may_replace)
    found = read(file)
    from stockcheck.report.excel import write

    write(found, output, made=dt.datetime.now(dt.UTC), may_replace=may_replace)
    say(_("Written: {file}").format(file=named(output)))


def compare(
    before: Annotated[Path, typer.Argument(metavar=_("BEFORE"), help=_("The earlier assessment."))],
    after: Annotated[Path, typer.Argument(metavar=_("AFTER"), help=_("The later assessment."))],
    as_json: AsJson = False,
) -> None:
    """Print what changed, and what the change of the score is owed to."""
    from stockcheck.scoring.comparison import compare as compare_scorecards

    earlier, later = read(before), read(after)
    comparison = compare_scorecards(earlier.scorecard, later.scorecard)
    if as_json:
        from stockcheck.report.as_json import comparison_as_json

        say_json(comparison_as_json(earlier, later, comparison))
        return
    from stockcheck.report.terminal import console, print_comparison

    print_comparison(console(), earlier, later, comparison)
