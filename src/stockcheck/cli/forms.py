"""form, import: the questionnaire as a workbook to print or to fill in, and its way back into the assessment."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stockcheck import language
from stockcheck.cli.arguments import By, FileArgument, check_workbook, provenance_line
from stockcheck.cli.calling import load_named, tell_plain
from stockcheck.cli.saying import complain, say
from stockcheck.cli.usage import App
from stockcheck.errors import AssessmentFileError, StockcheckError, UsageError
from stockcheck.language import _, moment, ngettext
from stockcheck.plaintext import named

if TYPE_CHECKING:
    from stockcheck.assessment.file import AssessmentFile
    from stockcheck.exchange.content import Content
    from stockcheck.exchange.importing import Read
    from stockcheck.exchange.merging import Conflict, Side

#: The most refusals, conflicts and the like that are told one by one.
SHOWN = 50


def add_to(app: App) -> None:
    """Register the commands of this module."""
    app.command(
        help=_(
            "Write the questionnaire as an Excel form. It is to print or to fill in: all of a checklist, or what is "
            "open in an assessment."
        )
    )(form)
    app.command(
        "import",
        help=_(
            "Bring a filled-in form into an assessment. The sheet of a gap report that says what is still to check is "
            "one as well. All of it is taken over, or nothing. An empty cell means nothing."
        ),
    )(import_)


def form(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar=_("FILE"), help=_("The workbook to write, ending in .xlsx."))
    ],
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[" + _("FILE") + "]",
            help=_("An assessment: the form asks what is open in it."),
            show_default=False,
        ),
    ] = None,
    checklist: Annotated[
        str,
        typer.Option(
            "--checklist",
            "-c",
            metavar=_("CHECKLIST"),
            help=_("A name from “checklist list”, or a file: the form asks all of it."),
            show_default=False,
        ),
    ] = "",
    classroom: Annotated[
        bool, typer.Option("--classroom", help=_("With the help for where nobody can go and look."))
    ] = False,
) -> None:
    """Write a form."""
    from stockcheck.report.output import check, only_new, write_file

    check_workbook(output)
    if (file is None) == (not checklist):
        raise UsageError(
            _("A form is made of an assessment, or of a checklist."),
            _("Such as: stockcheck form --checklist rapid -o form.xlsx"),
        )
    check(output, only_new)
    content = _content(file, checklist, classroom=classroom)
    from stockcheck.exchange.form import build
    from stockcheck.spreadsheet.archive import save

    workbook = build(content, dt.datetime.now(dt.UTC))
    write_file(output, lambda stream: save(workbook, stream), only_new)
    count = sum(len(block.items) for block in content.blocks)
    say(
        ngettext("Written: {file}, with {n} question.", "Written: {file}, with {n} questions.", count).format(
            file=named(output), n=count
        )
    )
    if file is not None:
        tell_plain(output, file)


def _content(file: Path | None, checklist: str, *, classroom: bool) -> Content:
    """What the form asks. Raises `StockcheckError` where that is nothing."""
    from stockcheck.exchange.content import of_checklist, of_open

    if file is None:
        against = load_named(checklist)
        say(provenance_line(against))
        return of_checklist(against, language.current(), classroom=classroom)
    from stockcheck.assessed import score_file

    content = of_open(score_file(file, language.current()), language.current(), classroom=classroom)
    if not content.blocks:
        raise StockcheckError(_("Nothing is open in {file}: there is nothing to ask.").format(file=named(file)))
    return content


def import_(
    file: FileArgument,
    workbook: Annotated[
        Path, typer.Argument(metavar=_("FORM"), help=_("The form, or a gap report, such as form.xlsx."))
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Say what would be written, and write nothing."))
    ] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help=_("Take over what can be understood, and leave out the rest."))
    ] = False,
    ours: Annotated[
        bool, typer.Option("--ours", help=_("Where both were answered differently: keep what the assessment has."))
    ] = False,
    theirs: Annotated[
        bool, typer.Option("--theirs", help=_("Where both were answered differently: take what the form has."))
    ] = False,
    by: By = "",
) -> None:
    """Bring a form into an assessment."""
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.file import open_file
    from stockcheck.exchange.importing import against
    from stockcheck.exchange.opening import open_form

    if ours and theirs:
        raise UsageError(_("--ours and --theirs exclude each other."))
    side: Side | None = "ours" if ours else "theirs" if theirs else None
    found = open_form(workbook)
    with open_file(file, write=not dry_run, by=by or user_name()) as opened:
        if opened.read_only and not dry_run:
            raise AssessmentFileError(opened.read_only)
        read = against(opened, found)
        _tell(read, opened)
        _refuse(read, side, partial=partial)
        _write(opened, read, side, found.sha256, dry_run=dry_run)


def _tell(read: Read, file: AssessmentFile) -> None:
    """What was refused, what is in conflict and what has no place any more, by cell."""
    found = read.merge
    _list([f"{one.place}: {one.why}" for one in found.refusals])
    _list([_conflict_in_words(one, file) for one in found.conflicts])
    _list(
        [
            _("{place}: the checklist of the assessment no longer has {id}; it is left out.").format(
                place=one.place, id=one.key.partition(":")[2]
            )
            for one in found.left_out
        ]
    )


def _list(lines: list[str]) -> None:
    complain(*lines[:SHOWN])
    if len(lines) > SHOWN:
        complain(_("… and {n} more.").format(n=len(lines) - SHOWN))


def _conflict_in_words(conflict: Conflict, file: AssessmentFile) -> str:
    from stockcheck.answers.worded import answer_in_words
    from stockcheck.checklist.model import ProfileField
    from stockcheck.checklist.translation import in_language
    from stockcheck.plaintext import one_line

    change = conflict.change
    spoken = in_language(file.checklist, language.current())
    known = spoken.field if isinstance(change.asked, ProfileField) else spoken.question
    asked = known[change.asked.id]
    if change.answer is None:
        return _(
            "{place}: the note on {id} was changed in the assessment meanwhile. There: {there} Here: {here}"
        ).format(
            place=change.place,
            id=asked.id,
            there=one_line(conflict.text, limit=200) or "–",
            here=one_line(change.note, limit=200),
        )
    here = one_line(answer_in_words(asked, change.answer), limit=200)
    if conflict.entry is None:
        return _("{place}: the answer to {id} was taken back in the assessment meanwhile. Here: {here}").format(
            place=change.place, id=asked.id, here=here
        )
    return _("{place}: {id} has been answered in the assessment, by {who}, {when}. There: {there} Here: {here}").format(
        place=change.place,
        id=asked.id,
        who=conflict.entry.by,
        when=moment(conflict.entry.at),
        there=one_line(answer_in_words(asked, conflict.entry.answer), limit=200),
        here=here,
    )


def _refuse(read: Read, side: Side | None, *, partial: bool) -> None:
    """Raises `StockcheckError` when nothing may be written."""
    refused, conflicts = len(read.merge.refusals), len(read.merge.conflicts)
    if refused and not partial:
        raise StockcheckError(
            ngettext(
                "Nothing was written: {n} cell cannot be understood.",
                "Nothing was written: {n} cells cannot be understood.",
                refused,
            ).format(n=refused),
            _("Put them right, or take over the rest with --partial."),
        )
    if conflicts and side is None:
        raise StockcheckError(
            ngettext(
                "Nothing was written: {n} cell differs from what the assessment has been given since.",
                "Nothing was written: {n} cells differ from what the assessment has been given since.",
                conflicts,
            ).format(n=conflicts),
            _("Keep what the assessment has with --ours, or take what the form has with --theirs."),
        )


def _write(file: AssessmentFile, read: Read, side: Side | None, sha256: str, *, dry_run: bool) -> None:
    from stockcheck.exchange.importing import write

    found = read.merge
    changes = found.settled(side)
    if not dry_run:
        write(file, changes, found.review, sha256)
    kept = len(found.conflicts) if side == "ours" else 0
    said = _("Read: {read}; written: {written}; as before: {same}; kept: {kept}; refused: {refused}; left out: {out}.")
    if dry_run:
        said = _(
            "Read: {read}; would be written: {written}; as before: {same}; kept: {kept}; refused: {refused}; "
            "left out: {out}."
        )
    say(
        said.format(
            read=read.answers,
            written=len(changes),
            same=found.same,
            kept=kept,
            refused=len(found.refusals),
            out=len(found.left_out),
        )
    )
    written = {change.asked.id for change in changes}
    if review := [name for name in found.review if name in written]:
        say(
            _("The meaning has changed since the form was made; flagged for a second look: {ids}.").format(
                ids=", ".join(review)
            )
        )
    if notice := file.take_notice():
        say(notice)
