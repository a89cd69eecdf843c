"""evidence add, record, list, extract, withdraw: photographs, documents and record numbers attached to questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stockcheck import language
from stockcheck.cli.arguments import FileArgument, entry_argument
from stockcheck.cli.saying import complain, say, say_json
from stockcheck.cli.usage import App
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _, moment
from stockcheck.plaintext import folded, named, one_line, reason

if TYPE_CHECKING:
    from stockcheck.assessment.evidence import Item
    from stockcheck.assessment.file import AssessmentFile

_By = Annotated[
    str,
    typer.Option(
        "--by", metavar=_("NAME"), help=_("Who attaches it (default: the account's name)."), show_default=False
    ),
]
_Question = Annotated[str, typer.Argument(metavar=_("ID"), help=_("The question's id, such as ARM-01."))]
_Entry = Annotated[str, typer.Argument(metavar=_("ITEM"), help=_("Its number, from evidence list."))]
_Remark = Annotated[
    str, typer.Option("--remark", metavar=_("TEXT"), help=_("What there is to see on it."), show_default=False)
]


def add_to(app: App) -> None:
    """Register the group of this module."""
    group = App()
    group.command(
        "add",
        help=_(
            "Attach files to a question: all that are named, or none. They are kept in the assessment, at most 16 MiB "
            "each, 128 MiB together. A photograph often says where it was taken: --strip takes that out."
        ),
    )(add)
    group.command("record", help=_("Note the number of a record, or where it lies, without a file."))(record)
    group.command("list", help=_("Print what is attached, and the number of each."))(list_)
    group.command(
        "extract",
        help=_("Write an attached file to a folder or under a new name. Nothing is ever written over."),
    )(extract)
    group.command(
        "withdraw",
        help=_(
            "Take evidence back. It stays in the history, the file as well; stockcheck redact with --part file "
            "removes that for good."
        ),
    )(withdraw)
    app.add_typer(group, name="evidence", help=_("Attach photographs, documents, record numbers."))


def add(
    file: FileArgument,
    question: _Question,
    paths: Annotated[list[Path], typer.Argument(metavar=_("PATH…"), help=_("The files to attach."))],
    strip: Annotated[
        bool,
        typer.Option(
            "--strip",
            help=_("Attach JPEG and PNG pictures without what they say of themselves: place, time, camera, names."),
        ),
    ] = False,
    remark: _Remark = "",
    by: _By = "",
) -> None:
    """Attach files."""
    from stockcheck.assessment.from_disk import read

    with _opened(file, by) as opened:
        id_ = _known(opened, question)
        found = read(paths, opened.path, strip=strip)
        items = opened.evidence.attach(id_, found, remark)
        for said in (said for one in found for said in one.remarks):
            complain(said)
        say(*(_("Attached to {id}: {item}").format(id=id_, item=_in_a_line(item)) for item in items))
        _tell_notice(opened)


def record(
    file: FileArgument,
    question: _Question,
    text: Annotated[str, typer.Argument(metavar=_("TEXT"), help=_("The record's number, or where it lies."))],
    remark: _Remark = "",
    by: _By = "",
) -> None:
    """Note a record that lies elsewhere."""
    with _opened(file, by) as opened:
        id_ = _known(opened, question)
        item = opened.evidence.record(id_, text, remark)
        say(_("Attached to {id}: {item}").format(id=id_, item=_in_a_line(item)))
        _tell_notice(opened)


def list_(
    file: FileArgument,
    question: Annotated[
        str | None,
        typer.Argument(metavar=_("ID"), help=_("Of this question alone."), show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON."))] = False,
) -> None:
    """Print what is attached."""
    from stockcheck.assessment.file import open_file
    from stockcheck.checklist.translation import in_language
    from stockcheck.report.as_json import evidence_as_json

    with open_file(file) as opened:
        wanted = None if question is None else _known(opened, question)
        state, place = opened.state, opened.checklist.place
    shown = [
        (id_, state.evidence[id_])
        for id_ in sorted(state.evidence, key=place.__getitem__)
        if wanted is None or id_ == wanted
    ]
    if as_json:
        say_json({"evidence": [{"question": id_, **one} for id_, items in shown for one in evidence_as_json(items)]})
        return
    spoken = in_language(state.checklist, language.current())
    for id_, items in shown:
        say(f"{id_}  {one_line(spoken.question[id_].text)}")
        for item in items:
            say(f"  {_in_a_line(item)}", f"      {one_line(item.by)}, {moment(item.at)}")
            if item.remark:
                say(f"      {one_line(item.remark)}")
    if not shown:
        say(_("Nothing is attached."))
        return
    files = [item for _id, items in shown for item in items if item.is_file]
    from stockcheck.assessment.evidence import counted, size_in_words

    say(
        _("{count}; {size} together.").format(
            count=counted(item for _id, items in shown for item in items),
            size=size_in_words(sum(item.size for item in files if not item.is_removed)),
        )
    )


def extract(
    file: FileArgument,
    item: _Entry,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar=_("PATH"), help=_("The folder to write it to, or the name of a new file.")
        ),
    ],
) -> None:
    """Write an attached file."""
    from stockcheck.assessment.evidence import file_name
    from stockcheck.assessment.file import open_file
    from stockcheck.report.output import only_new, write_file

    with open_file(file) as opened:
        _id, found = opened.evidence.find(entry_argument(item))
        content = opened.evidence.content(found)
    try:
        target = output / file_name(found) if output.is_dir() else output
    except (OSError, ValueError) as error:
        raise UsageError(_("{file} cannot be read: {why}.").format(file=named(output), why=reason(error))) from error
    write_file(target, lambda new: new.write(content), only_new)
    say(_("Written: {file}").format(file=named(target)))


def withdraw(file: FileArgument, item: _Entry, by: _By = "") -> None:
    """Take an item back."""
    number = entry_argument(item)
    with _opened(file, by) as opened:
        id_, found = opened.evidence.withdraw(number)
        say(_("Taken back from {id}: {item}").format(id=id_, item=_in_a_line(found)))
        if found.is_file and not found.is_removed:
            say(_("The file itself stays in the history. To remove it for good: stockcheck redact, with --part file."))
        _tell_notice(opened)


def _opened(file: Path, by: str) -> AssessmentFile:
    """The assessment, to be written to. Raises `AssessmentFileError` where it cannot be."""
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.file import open_file

    opened = open_file(file, write=True, by=by or user_name())
    if opened.read_only:
        opened.close()
        raise AssessmentFileError(opened.read_only)
    return opened


def _known(opened: AssessmentFile, question: str) -> str:
    """The id of a question as the checklist has it. Raises `UsageError`."""
    known = {folded(id_): id_ for id_ in opened.checklist.question}
    if (id_ := known.get(folded(question))) is None:
        raise UsageError(_("There is no question with the id “{id}” here.").format(id=one_line(question, limit=60)))
    return id_


def _in_a_line(item: Item) -> str:
    from stockcheck.assessment.evidence import in_a_line

    return in_a_line(item)


def _tell_notice(opened: AssessmentFile) -> None:
    if notice := opened.take_notice():
        complain(notice)
