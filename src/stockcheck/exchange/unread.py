"""Whether a report holds what somebody has filled in and nobody has brought into the assessment yet."""

from __future__ import annotations

from pathlib import Path

from stockcheck.assessment.file import open_file
from stockcheck.errors import UsageError
from stockcheck.exchange.plan import merge
from stockcheck.exchange.plan_reading import has_plan, read_plan
from stockcheck.language import _
from stockcheck.plaintext import named
from stockcheck.spreadsheet.reading import WorkbookError, read


def refuse_unread(report: Path, assessment: Path, *, touched: bool) -> None:
    """Refuse to write over a report with entries in its plan that the assessment does not know.

    `touched`: another program has saved the report; then one whose plan cannot be read may have entries all the same.
    Raises `UsageError`, and as opening the assessment does.
    """
    try:
        workbook = read(report)
        if has_plan(workbook):
            with open_file(assessment) as opened:
                plan = read_plan(workbook, None)  # it may be that of another assessment, with other questions
                mine = plan.assessment in ("", opened.record.first)
                now = opened.state.actions if mine else {}
            if not plan.refusals and not merge(plan.rows, now, "theirs").changes:
                return
        elif not touched:
            return
    except WorkbookError as error:
        raise UsageError(
            _("Nobody can say whether somebody has filled in {file}: {why}").format(
                file=named(report), why=error.message
            ),
            _("Give another name, or take it away first."),
        ) from error
    raise UsageError(
        _("{file} may have entries in its action plan that the assessment does not know.").format(file=named(report)),
        _("Bring them in with: stockcheck plan import {file} --into {assessment}. Or give another name.").format(
            file=named(report), assessment=named(assessment)
        ),
    )
