"""new: an assessment begun, from nothing or from an earlier one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stockcheck import language
from stockcheck.cli import passphrases
from stockcheck.cli.arguments import By, FileArgument, date_argument, provenance_line
from stockcheck.cli.calling import doubtful_today, load_named, tell_what_protection_means, warn_of_future
from stockcheck.cli.saying import say
from stockcheck.cli.usage import App
from stockcheck.errors import UsageError
from stockcheck.language import _, ngettext
from stockcheck.language import date as date_in_words
from stockcheck.plaintext import named

if TYPE_CHECKING:
    from stockcheck.assessment.protection import Protected
    from stockcheck.assessment.state import State
    from stockcheck.checklist.model import Checklist


def add_to(app: App) -> None:
    """Register the command of this module."""
    app.command(help=_("Start an assessment in a new file."))(new)


def new(
    file: FileArgument,
    checklist: Annotated[
        str,
        typer.Option(
            "--checklist",
            "-c",
            metavar=_("CHECKLIST"),
            help=_("A name from “checklist list”, or a file (with --from: the newest of that one's, if not given)."),
            show_default=False,
        ),
    ] = "",
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar=_("EARLIER"),
            help=_(
                "Begin from an earlier assessment of the depot. Its answers are shown, and count once each is "
                "confirmed; its notes, flags, actions and evidence come along. It is not changed."
            ),
            show_default=False,
        ),
    ] = None,
    depot: Annotated[
        str,
        typer.Option(
            metavar=_("NAME"),
            help=_("The depot's name (default: that of the earlier assessment, or the file's name)."),
            show_default=False,
        ),
    ] = "",
    code: Annotated[
        str | None,
        typer.Option(
            metavar=_("CODE"), help=_("The depot's code, a short text that tells it from others."), show_default=False
        ),
    ] = None,
    marking: Annotated[
        str | None,
        typer.Option(metavar=_("TEXT"), help=_("Marking for every page, such as RESTRICTED."), show_default=False),
    ] = None,
    date: Annotated[
        str,
        typer.Option(
            metavar=_("DATE"),
            help=_("Date of the assessment, year-month-day (default: today)."),
            show_default=False,
        ),
    ] = "",
    protect: Annotated[
        bool, typer.Option("--protect", help=_("Protect it by a passphrase from the start; it is asked for, twice."))
    ] = False,
    by: By = "",
) -> None:
    """Start an assessment, by default dated today, and named as its file, or with what an earlier one says.

    Raises as `assessment.file.create`, and as `assessed.score_file` for the earlier one.
    """
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.file import SUFFIX, create
    from stockcheck.plaintext import one_line

    if not checklist and from_ is None:
        raise UsageError(
            _("{name} is missing.").format(name="--checklist"),
            _("Give a checklist, or with --from the assessment to begin from."),
        )
    today = doubtful_today()
    on = date_argument(date) if date else today
    warn_of_future(on, today)
    name = depot if one_line(depot) else file.name.removesuffix(SUFFIX)
    by = by or user_name()
    if from_ is not None:
        told = _begin_from(
            from_, file, checklist, depot=depot, code=code, marking=marking, on=on, by=by, protect=protect
        )
    else:
        against = load_named(checklist)
        protected = _new_protection(file) if protect else None
        create(file, against, depot=name, code=code or "", marking=marking or "", on=on, by=by, protected=protected)
        told = [provenance_line(against)]
    say(_("{file} is ready. Answer with: stockcheck answer {file}").format(file=named(file)), *told)


def _begin_from(
    earlier: Path,
    file: Path,
    checklist: str,
    *,
    depot: str,
    code: str | None,
    marking: str | None,
    on: dt.date,
    by: str,
    protect: bool,
) -> list[str]:
    """Start an assessment in `file` from an `earlier` one, which stays as it is; what there is to say of it."""
    from stockcheck.assessed import carried_from, score_opened
    from stockcheck.assessment.beginning import check_free
    from stockcheck.assessment.carrying import kept_of
    from stockcheck.assessment.file import SUFFIX, create, open_file
    from stockcheck.plaintext import one_line

    check_free(file)
    with open_file(earlier) as source:
        found = score_opened(source, language.current())
        old = found.state
        if on < old.on:
            raise UsageError(
                _("The earlier assessment is of {earlier}: one of {date} cannot begin from it.").format(
                    earlier=old.on.isoformat(), date=on.isoformat()
                ),
                _("Give a later date with --date, or another file with --from."),
            )
        against = load_named(checklist) if checklist else _newest_of(old.checklist)
        name = depot if one_line(depot) else kept_of(old.depot) or file.name.removesuffix(SUFFIX)
        if source.protection is not None and not protect:
            raise UsageError(
                _("{file} is protected by a passphrase, and the new file would not be.").format(file=named(earlier)),
                _("Give --protect, and the new one has a passphrase from the start."),
            )
        protected = _new_protection(file) if protect else None
        create(
            file,
            against,
            depot=name,
            code=kept_of(old.code) if code is None else code,
            marking=kept_of(old.marking) if marking is None else marking,
            on=on,
            by=by,
            carried=carried_from(found, against),
            attached=source.evidence.contents(),
            protected=protected,
        )
    return [provenance_line(against), *_tell_begun(file, old)]


def _newest_of(checklist: Checklist) -> Checklist:
    """The checklist of that name that is here, unless it is an older one, or another that continues no question of the
    one given; then that.
    """
    from stockcheck.checklist.sources import names
    from stockcheck.checklist.succession import is_older, predecessors

    if checklist.id not in names():
        return checklist
    here = load_named(checklist.id)
    another = here.id != checklist.id or not predecessors(checklist, here, ())
    return checklist if another or is_older(here, checklist) else here


def _tell_begun(file: Path, old: State) -> list[str]:
    """What came along, as the new file has it."""
    from stockcheck.assessed import score_file
    from stockcheck.assessment.last_year import last_year, to_confirm

    state = score_file(file, language.current()).state
    items = [*state.checklist.profile, *state.checklist.questions]
    wait = sum(to_confirm(state, item) is not None for item in items)
    known = sum(last_year(state, item) is not None for item in items)
    answers = len(old.entries) + len(old.profile)
    words = ngettext(
        "{n} answer of the assessment of {date} waits to be confirmed: it is shown, and counts once somebody has "
        "confirmed it.",
        "{n} answers of the assessment of {date} wait to be confirmed: each is shown, and counts once somebody has "
        "confirmed it.",
        wait,
    )
    said = [words.format(n=wait, date=date_in_words(old.on))]
    if known > wait:
        words = ngettext(
            "{n} more is shown, and no longer fits its question.",
            "{n} more are shown, and no longer fit their questions.",
            known - wait,
        )
        said.append(words.format(n=known - wait))
    if answers > known:
        words = ngettext(
            "{n} answer has no question any more.", "{n} answers have no question any more.", answers - known
        )
        said.append(words.format(n=answers - known))
    said.append(
        _("Along came: notes {notes}, flags {flags}, actions {actions}, evidence {items}.").format(
            notes=len(state.notes),
            flags=len(state.flags),
            actions=len(state.actions),
            items=sum(map(len, state.evidence.values())),
        )
    )
    return said


def _new_protection(file: Path) -> Protected:
    """A passphrase for a new file. Raises as `passphrases.new`, and where no new file can have that name."""
    from stockcheck import ciphers
    from stockcheck.assessment import unlocking
    from stockcheck.assessment.beginning import check_free
    from stockcheck.assessment.protection import by_passphrase

    check_free(file)
    ciphers.check_is_there()
    tell_what_protection_means(there_before=False)
    protected = by_passphrase(passphrases.new(passphrases.given()))
    unlocking.remember(protected.vault)
    return protected
