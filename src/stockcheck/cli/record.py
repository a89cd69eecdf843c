"""verify, redact: what the file's own record shows, and how a text is taken out of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from stockcheck.cli.arguments import FileArgument, entry_argument, provenance_line
from stockcheck.cli.saying import say
from stockcheck.cli.usage import App
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _, moment, ngettext

if TYPE_CHECKING:
    from stockcheck.assessment.events import Event
    from stockcheck.assessment.record import Finding, Record
    from stockcheck.assessment.redaction import Part

#: Signs of a whole code.
WHOLE = 64
#: Findings told before the rest is only counted.
SHOWN = 20
#: What `--part` may say: the texts of entries that have several.
_PARTS = (
    *("depot", "code", "marking", "owner", "verified_by", "evidence", "remarks", "measure"),
    *("file", "file_name", "record"),
)


def add_to(app: App) -> None:
    """Register the commands of this module."""
    app.command(
        help=_(
            "Look for accidents and careless edits. Print the code to note elsewhere: whoever can write the file can "
            "also write its history anew, and only a code noted before shows that."
        )
    )(verify)
    app.command(
        help=_(
            "Remove a text or a name from one entry for good. Its place, who removed it and when stay in the history. "
            "What was removed is still in copies, backups, free blocks of the disk and printed reports. Its hash "
            "stays, against which a guess can be tried. Codes noted before say nothing any more about entries up to "
            "that one."
        )
    )(redact)


def verify(
    file: FileArgument,
    against: Annotated[
        str,
        typer.Option(
            "--against",
            metavar=_("CODE"),
            help=_("A code that was noted earlier, or its first 12 signs."),
            show_default=False,
        ),
    ] = "",
    key: Annotated[
        str,
        typer.Option(
            "--key",
            metavar=_("KEY"),
            help=_("Whose seal it has to bear: a key known here by name, its fingerprint, its line or a file of that."),
            show_default=False,
        ),
    ] = "",
    without_passphrase: Annotated[
        bool,
        typer.Option(
            "--without-passphrase", help=_("Of a protected file: look only at how its encrypted entries are chained.")
        ),
    ] = False,
) -> None:
    """Tell what the record shows, and what it cannot show."""
    from stockcheck.assessment.file import open_file
    from stockcheck.assessment.record import as_code
    from stockcheck.cli.signers import as_fingerprint, not_sealed_by, seals_in_words
    from stockcheck.report import sealed, wording

    if without_passphrase:
        if against:
            raise UsageError(_("--without-passphrase and --against do not go together: codes are of what is inside."))
        _verify_sealed(file)
        return
    code = as_code(against) if against else ""
    fingerprint = as_fingerprint(key) if key else ""
    with open_file(file) as opened:
        record, found = opened.record, opened.findings()
        say(
            ngettext("{n} entry.", "{n} entries.", record.entries).format(n=record.entries),
            _("Depot: {name}").format(name=opened.state.called),
        )
        if opened.protection is not None:
            say(_("The file is protected: each entry opens with its key, in its own place."))
        if record.chain_holds:
            say(
                wording.what_the_chain_shows(),
                wording.what_it_cannot_show(),
                _("Short code: {code}").format(code=record.code),
                _("Whole code: {code}").format(code=record.head),
            )
        say(*wording.removed(record, SHOWN), provenance_line(opened.checklist), *seals_in_words(record))
        compared = ""
        if code and record.head.startswith(code) and record.chain_holds:
            say(_same(code))
        elif code and record.chain_holds:
            compared = _compared(code, opened.events, record)
        elif code:
            compared = _("The code was not compared: the chain is broken.")
        told = _told(file, found) if found else ""
        odd = [words for one in record.seals if (words := sealed.wrong(one))]
        odd += [not_sealed_by(fingerprint, record)] if fingerprint else []
        if complaints := [part for part in (told, *odd, compared) if part]:
            raise AssessmentFileError("\n".join(complaints))


def _same(code: str) -> str:
    """That the file ends where it did when `code` was noted, and what a code that is not whole cannot rule out."""
    if len(code) == WHOLE:
        return _("The code is the same: the file ends exactly where it did when that code was noted.")
    return _(
        "The code begins with the same {n} signs: the file ends exactly where it did when that code was noted, unless "
        "somebody has had a computer search for another history whose code begins alike. Only the whole code rules "
        "that out."
    ).format(n=len(code))


def _verify_sealed(file: Path) -> None:
    """What can be seen of a protected file without its key. Raises as `assessment.protecting.head_of`."""
    from stockcheck.assessment.protecting import head_of

    count, head = head_of(file)
    say(
        ngettext("{n} entry, encrypted.", "{n} entries, encrypted.", count).format(n=count),
        _("They hang together as they stand. Nothing was opened: what is in them, nobody has looked at."),
        _("This shows accidents. Whether somebody changed an entry, only its passphrase shows."),
        _("Code of the encrypted entries: {code}").format(code=head),
    )


def _told(file: Path, found: list[Finding]) -> str:
    from stockcheck.plaintext import one_line

    count = ngettext("{file}: {n} finding.", "{file}: {n} findings.", len(found))
    lines = [count.format(file=one_line(file.name), n=len(found)), *map(_in_words, found[:SHOWN])]
    if len(found) > SHOWN:
        lines.append(_("… and {n} more.").format(n=len(found) - SHOWN))
    return "\n".join(lines)


def _in_words(finding: Finding) -> str:
    from stockcheck.plaintext import one_line

    event = finding.event
    if finding.kind == "unnamed":
        return _("A file is kept that no entry names ({digest}): it was put there by another program.").format(
            digest=one_line(finding.digest, limit=12)
        )
    if event is None:
        return _("A checklist is stored that no entry names ({digest}): it was put there by another program.").format(
            digest=one_line(finding.digest, limit=12)
        )
    when = moment(event.moment)
    match finding.kind:
        case "backwards" if finding.before is not None:
            return _(
                "Entry {seq} bears the time {when}, earlier than {before} before it: a clock was set, or the history "
                "was written anew."
            ).format(seq=event.seq, when=when, before=moment(finding.before))
        case "future":
            return _(
                "Entry {seq} bears the time {when}, which this computer's clock has not reached: a clock is wrong, or "
                "the history was written anew."
            ).format(seq=event.seq, when=when)
        case "altered":
            return _("The file that entry {seq} has attached was changed by another program.").format(seq=event.seq)
        case "missing":
            return _("The file that entry {seq} has attached is missing: it was taken out by another program.").format(
                seq=event.seq
            )
    return _("Entry {seq} was changed after it was recorded, or what stood before it is missing.").format(seq=event.seq)


def _is_head(event: Event, code: str) -> bool:
    """Whether `event` brought in a copy whose last entry has the code."""
    from stockcheck.assessment.events import data_of

    return event.kind == "merge" and str(data_of(event).get("head")).startswith(code)


def _compared(code: str, events: list[Event], record: Record) -> str:
    """What the file has become since `code` was noted, which is not its last. The chain has to hold."""
    from stockcheck.assessment.record import loosened, place_of

    place = place_of(code, events)
    if place is None and (brought := next((one for one in events if _is_head(one, code)), None)):
        return _(
            "It is the code of the copy that entry {seq} has brought in: what that code binds stands in that copy."
        ).format(seq=brought.seq)
    if place is None:
        return _(
            "No entry has the code {code}: the end was cut off before it, the history was written anew, or it is the "
            "code of another file."
        ).format(code=code)
    later = events[place.seq :]
    said = ngettext(
        "The file goes on after that code: {n} entry since, entry {seq} at {when}.",
        "The file goes on after that code: {n} entries since, from entry {seq} on, first at {when}.",
        len(later),
    ).format(n=len(later), seq=later[0].seq, when=moment(later[0].moment))
    if loose := loosened(record.redactions, place):
        return f"{said} " + _(
            "Entry {entry} was redacted since: for it, and for all before it, that code says nothing any more."
        ).format(entry=loose)
    if len(code) == WHOLE:
        return f"{said} " + _("Up to that code it is what it was.")
    return f"{said} " + _(
        "Up to that code it is what it was, unless somebody has had a computer search for another history whose code "
        "begins with these {n} signs: only the whole code rules that out."
    ).format(n=len(code))


def redact(
    file: FileArgument,
    entry: Annotated[str, typer.Argument(metavar=_("ENTRY"), help=_("The entry's number, from a question's history."))],
    name: Annotated[bool, typer.Option("--name", help=_("Remove who recorded the entry, not its text."))] = False,
    part: Annotated[
        str,
        typer.Option(
            "--part",
            metavar="depot|marking|owner|…",
            help=_("Of an entry with several texts, which: {parts}.").format(parts=", ".join(_PARTS)),
            show_default=False,
        ),
    ] = "",
    by: Annotated[
        str,
        typer.Option(
            "--by", metavar=_("NAME"), help=_("Who removes it (default: the account's name)."), show_default=False
        ),
    ] = "",
) -> None:
    """Remove a text from the history."""
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.evidence import digests
    from stockcheck.assessment.file import open_file
    from stockcheck.assessment.redaction import in_words

    if part and (name or part not in _PARTS):
        raise UsageError(
            _("--part is one of {parts}, and stands without --name.").format(parts=", ".join(_PARTS)),
        )
    number = entry_argument(entry)
    with open_file(file, write=True, by=by or user_name()) as opened:
        named = digests(event for event in opened.events if event.seq == number)
        redaction = opened.redact(number, "name" if name else cast("Part", part) if part else None)
        say(in_words(redaction))
        if redaction.removed == "file" and (others := [one.seq for one in opened.events if named & digests([one])]):
            say(
                _("Its content stays, for other entries have attached the same: {entries}.").format(
                    entries=", ".join(f"#{seq}" for seq in others)
                )
            )
        say(
            _("Entry #{seq} says so, with who and when.").format(seq=redaction.seq),
            _("It is still in copies, backups, free blocks of the disk and printed reports: see to those yourself."),
            _(
                "New code: {code}. Note it: those noted before say nothing any more about entries up to #{entry}."
            ).format(code=opened.record.code, entry=redaction.entry),
        )
