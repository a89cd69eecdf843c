"""report: the gap report, as a workbook or as a page, and what may be chosen about it."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from stockcheck import language
from stockcheck.cli.arguments import FileArgument
from stockcheck.cli.calling import tell_plain
from stockcheck.cli.passphrases import first_line
from stockcheck.cli.saying import Passing, complain, say
from stockcheck.cli.usage import App
from stockcheck.errors import UsageError
from stockcheck.language import _, ngettext
from stockcheck.plaintext import named, one_line

PAPERS = ("a4", "letter")
#: Seconds of work before it is told how far it is.
_PATIENCE = 1.0
#: Where a build says at which second, counted from 1970, what it makes was made. Source: reproducible-builds.org.
_EPOCH = "SOURCE_DATE_EPOCH"


def add_to(app: App) -> None:
    """Register the commands of this module."""
    app.command(help=_("Write the gap report: Excel or HTML."))(report)


def report(
    file: FileArgument,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar=_("FILE"),
            help=_("The file to write: .xlsx is a workbook, .html a page to read and print."),
        ),
    ],
    force: Annotated[bool, typer.Option("--force", help=_("Write over an earlier report."))] = False,
    previous: Annotated[
        Path | None,
        typer.Option(
            "--previous",
            metavar=_("FILE"),
            help=_(
                "An earlier assessment of the depot: the report says what changed (default: the one it began from)."
            ),
            show_default=False,
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar=_("SHEET"),
            help=_("Write this sheet or section alone; may be given again."),
            show_default=False,
        ),
    ] = None,
    paper: Annotated[str, typer.Option("--paper", metavar="a4|letter", help=_("The size of the paper."))] = "a4",
    made: Annotated[
        str | None,
        typer.Option(
            "--made",
            metavar=_("MOMENT"),
            help=_("The moment the report bears: the same one gives the same file."),
            show_default=False,
        ),
    ] = None,
    pictures: Annotated[
        bool,
        typer.Option(
            "--pictures",
            help=_(
                "Show attached JPEG and PNG pictures among the findings, without what they say of themselves: at most "
                "40, of 4 MiB each."
            ),
        ),
    ] = False,
    password_file: Annotated[
        Path | None,
        typer.Option(
            "--password-file",
            metavar=_("FILE"),
            help=_("Lock the workbook with the password on the first line of this file."),
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write the gap report. Raises `UsageError` for a choice that there is not, and as `assessed.score_file`."""
    as_page = _is_page(output)
    if as_page and password_file is not None:
        raise UsageError(
            _("An HTML page cannot be locked with a password."),
            _("Leave --password-file out, or write a workbook: a name that ends in .xlsx."),
        )
    if paper.lower() not in PAPERS:
        raise UsageError(
            _("“{text}” is no size of paper.").format(text=one_line(paper, limit=40)),
            _("One of: {words}.").format(words=", ".join(PAPERS)),
        )
    moment = _moment(made)
    from stockcheck.report.output import check, over_pages, over_reports

    def unread(report: Path, touched: bool) -> None:
        from stockcheck.exchange.unread import refuse_unread

        refuse_unread(report, file, touched=touched)

    made_from = [file, *([previous] if previous else [])]
    if as_page:
        may_replace = over_pages(force=force, made_from=made_from)
    else:
        may_replace = over_reports(force=force, made_from=made_from, unread=unread)
    check(output, may_replace)
    password = _password(password_file)
    from stockcheck.assessed import begun_from, score_file
    from stockcheck.report.choices import Choices, Paper

    with ExitStack() as held:
        told = _Progress(held)
        here = language.current()
        found = score_file(file, here, with_pictures=pictures)
        earlier = score_file(previous, here) if previous else begun_from(found, here)
        choices = Choices(Paper(paper.lower()), only or (), earlier, password, told)
        if as_page:
            from stockcheck.report.html import write
        else:
            from stockcheck.report.excel import write
        write(found, output, made=moment, may_replace=may_replace, choices=choices)
    say(_("Written: {file}").format(file=named(output)))
    if left_out := len(found.pictures.left_out):
        words = ngettext(
            "{n} picture is not shown: too large, too many, or no JPEG or PNG that can be read.",
            "{n} pictures are not shown: too large, too many, or no JPEG or PNG that can be read.",
            left_out,
        )
        complain(words.format(n=left_out))
    if password is None:
        tell_plain(output, *made_from)


def _is_page(output: Path) -> bool:
    """Which of its faces the report is to have, by the end of the name. Raises `UsageError` for any other end."""
    match output.suffix.lower():
        case ".xlsx":
            return False
        case ".html":
            return True
    raise UsageError(
        _("{file} should end in .xlsx, for a workbook, or in .html, for a page.").format(file=named(output))
    )


def _moment(made: str | None) -> dt.datetime:
    """The moment that the report bears: as called for, else as the build has it, else now; in UTC, to the second.

    Raises `UsageError` for what is none.
    """
    if made is None and (epoch := os.environ.get(_EPOCH)):
        try:
            return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=int(epoch))
        except (ValueError, OverflowError):
            raise UsageError(
                _("{name} is “{text}”, which is no moment.").format(name=_EPOCH, text=one_line(epoch, limit=40)),
                _("It counts whole seconds since 1970."),
            ) from None
    if made is None:
        return dt.datetime.now(dt.UTC).replace(microsecond=0)
    try:
        moment = dt.datetime.fromisoformat(made)
        moment = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise UsageError(
            _("“{text}” is no moment.").format(text=one_line(made, limit=40)),
            _("Such as 2026-03-31 or 2026-03-31T14:00, in UTC."),
        ) from None
    return moment.replace(microsecond=0)


def _password(path: Path | None) -> str | None:
    """The first line of the file. Raises `UsageError` where there is none, or none that Excel takes."""
    if path is None:
        return None
    from stockcheck.spreadsheet.locking import LONGEST, check_can_lock

    check_can_lock()
    return first_line(path, LONGEST)


class _Progress:
    """What is being worked on, in a line that comes and goes: at a terminal alone, and not before it takes long."""

    def __init__(self, held: ExitStack) -> None:
        self._held = held
        self._since = time.process_time()  # what is worked; a clock that somebody has set does not change it
        self._line: Passing | None = None

    def __call__(self, what: str) -> None:
        if time.process_time() - self._since < _PATIENCE or not sys.stderr.isatty():
            return
        if self._line is None:
            self._line = self._held.enter_context(Passing())
        self._line.show(_("Writing the report: {sheet} …").format(sheet=what) if what else _("Writing the file …"))
