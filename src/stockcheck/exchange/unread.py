"""Whether a report holds what somebody has filled in and nobody has brought into the assessment yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from stockcheck.assessment.file import AssessmentFile, open_file
from stockcheck.errors import StockcheckError, UsageError
from stockcheck.exchange import hidden, plan_sheet
from stockcheck.exchange.contract import keyed
from stockcheck.exchange.importing import Read, against
from stockcheck.exchange.opening import form_in, is_form
from stockcheck.exchange.plan import merge
from stockcheck.exchange.plan_reading import has_plan, read_plan
from stockcheck.language import _
from stockcheck.plaintext import named
from stockcheck.spreadsheet.reading import Workbook, read

#: How many cells a refusal names.
_SHOWN = 8


def refuse_unread(report: Path, assessment: Path, *, touched: bool) -> None:
    """Refuse to write over a report with entries in its plan, or among what is to check, that the assessment lacks.

    `touched`: another program has saved the report; then one whose cells cannot be found may have entries all the same.
    Raises `UsageError`, which names the cells, and as opening the assessment does.
    """
    with open_file(assessment) as opened:
        try:
            workbook = read(report)
            of_plan = list(_of_plan(workbook, opened))
            of_form = list(_of_form(workbook, opened, touched=touched))
            if touched and not (of_plan or of_form):
                _refuse_hidden(workbook)
        except StockcheckError as error:
            raise UsageError(
                _("Nobody can say whether somebody has filled in {file}: {why}").format(
                    file=named(report), why=error.message
                ),
                _("Give another name, or take it away first."),
            ) from error
    places = [*of_plan, *of_form]
    if not places:
        return
    said = ", ".join(places[:_SHOWN])
    if (more := len(places) - _SHOWN) > 0:
        said = _("{places} and {n} more").format(places=said, n=more)
    ways = ["stockcheck plan import {file} --into {assessment}"] if of_plan else []
    ways += ["stockcheck import {assessment} {file}"] if of_form else []
    commands = "; ".join(ways).format(file=named(report), assessment=named(assessment))
    raise UsageError(
        _("{file} has entries that the assessment does not know: {places}.").format(file=named(report), places=said),
        _("Bring them in with: {commands}. Or give another name.").format(commands=commands),
    )


def _of_plan(workbook: Workbook, file: AssessmentFile) -> Iterator[str]:
    """The cells of the action plan with what `file` does not know, or with what cannot be understood."""
    if not has_plan(workbook):
        return
    plan = read_plan(workbook, None)  # it may be that of another assessment, with other questions
    yield from (one.place for one in plan.refusals)
    mine = plan.assessment in ("", file.record.first)
    changes = merge(plan.rows, file.state.actions if mine else {}, "theirs").changes
    for row in plan.rows:
        yield from (row.places[name] for name in changes.get(row.id, ()))


def _of_form(workbook: Workbook, file: AssessmentFile, *, touched: bool) -> Iterator[str]:
    """The same of what is to check. Of another assessment's, nobody knows here what stood in it beforehand."""
    if not is_form(workbook):
        return
    form = form_in(workbook)
    if form.about.start != file.record.first:
        if touched:
            yield from (cell.place for row in form.rows for cell in row.written)
        return
    found = against(file, form)
    yield from (one.place for one in found.merge.refusals)
    changes = [*found.merge.changes, *(one.change for one in found.merge.conflicts)]
    yield from (one.place for one in changes)
    yield from _left_out(found, file, form.about.head)


def _left_out(found: Read, file: AssessmentFile, head: str) -> Iterator[str]:
    """Of questions that the checklist no longer has, what did not stand in the form beforehand."""
    before = file.as_of(head)
    answers = keyed(before.facts, before.answers) if before else {}
    notes = before.notes if before else {}
    for one in found.merge.left_out:
        if one.answer is not None and one.answer != answers.get(one.key):
            yield one.place
        if one.note and one.note.split() != notes.get(one.key.partition(":")[2], "").split():
            yield one.note_place


def _refuse_hidden(workbook: Workbook) -> None:
    """Raises `StockcheckError` when there is a plan or a form whose cells can no longer be found."""
    found = {plan_sheet.SHEET: has_plan(workbook), hidden.TITLE: is_form(workbook)}
    if not all(found.get(title, True) for title in workbook.titles):
        raise StockcheckError(_("the names by which its cells are found are gone."))
