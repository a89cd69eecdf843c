"""seal, reopen: an assessment closed, by whom and in what role, and taken up again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stockcheck import language
from stockcheck.cli import passphrases
from stockcheck.cli.arguments import FileArgument
from stockcheck.cli.passphrases import PassphraseFile
from stockcheck.cli.saying import say
from stockcheck.cli.usage import App
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _, ngettext
from stockcheck.plaintext import folded, named

if TYPE_CHECKING:
    from stockcheck.assessment.file import AssessmentFile
    from stockcheck.assessment.sealing import Signer


def add_to(app: App) -> None:
    """Register the commands of this module."""
    app.command(
        help=_(
            "Close an assessment. Who seals, in what role and when is recorded, and signed with a key; from then on it "
            "takes no answers. Sealed again with another key it is signed by both."
        )
    )(seal)
    app.command(help=_("Take up again what was sealed. That, and why, stays in the history."))(reopen)


def seal(
    file: FileArgument,
    role: Annotated[str, typer.Option("--role", metavar=_("ROLE"), help=_("In what role, such as “Depot commander”."))],
    by: Annotated[
        str,
        typer.Option("--by", metavar=_("NAME"), help=_("Who seals (default: the account's name)."), show_default=False),
    ] = "",
    key: Annotated[
        str,
        typer.Option(
            "--key",
            metavar=_("NAME"),
            help=_("Which of your keys signs, by name or fingerprint (default: your only one)."),
            show_default=False,
        ),
    ] = "",
    unsigned: Annotated[
        bool, typer.Option("--unsigned", help=_("Seal without a signature: anybody could put such a seal there."))
    ] = False,
    passphrase_file: PassphraseFile = None,
    yes: Annotated[
        bool, typer.Option("--yes", help=_("Seal although something is open, and do not ask about it."))
    ] = False,
) -> None:
    """Close an assessment. Raises as `closing.seal`, and `UsageError` where nobody can be asked about what is open."""
    if unsigned and (key or passphrase_file is not None):
        raise UsageError(_("--unsigned goes neither with --key nor with --passphrase-file."))
    from stockcheck.assessment.file import open_file

    with open_file(file, write=True, by=by or _account()) as opened:
        left = _still_open(opened)
        say(_("Depot: {name}").format(name=opened.state.called), *left)
        if left and not yes:
            _ask(_("Seal it all the same? [y/N] "))
        _put_seal(opened, role, None if unsigned else _signer(key, passphrase_file))


def seal_from_screen(file: Path, role: str, key: str, passphrase: str, by: str) -> None:
    """As `seal`, for a screen that has shown what is open and asked for the passphrase; without a `key`, unsigned."""
    from stockcheck.assessment.file import open_file
    from stockcheck.keys import own

    with open_file(file, write=True, by=by or _account()) as opened:
        _still_open(opened)
        _put_seal(opened, role, own.chosen(key).opened(passphrase) if key else None)


def _account() -> str:
    from stockcheck.assessment.events import user_name

    return user_name()


def _still_open(file: AssessmentFile) -> list[str]:
    """What is still to do in a file that is about to be sealed, a line each. Raises `AssessmentFileError` where nothing
    can be written.
    """
    from stockcheck.questionnaire.overview import pending
    from stockcheck.questionnaire.session import Session

    if file.unwritable:
        raise AssessmentFileError(file.unwritable)
    return pending(Session(file, language.current()))


def _put_seal(file: AssessmentFile, role: str, signer: Signer | None) -> None:
    """Seal an open file, and say so. Raises as `closing.seal`."""
    from stockcheck.assessed import scorecard_of
    from stockcheck.assessment import closing
    from stockcheck.report.sealed import in_short

    overall = scorecard_of(file.state, language.current()).overall
    closing.seal(file, role, still_open=overall.open, set_aside=overall.set_aside, signer=signer)
    say(
        in_short(file.record)[-1],
        ngettext("{n} entry.", "{n} entries.", file.record.entries).format(n=file.record.entries),
        _("Short code: {code}").format(code=file.record.code),
        _("Whole code: {code}").format(code=file.record.head),
    )
    if signer is None:
        say(_("Unsigned: whoever can write the file can put such a seal into it, under any name. Note the whole code."))
    if notice := file.take_notice():
        say(notice)


def _signer(wanted: str, file: Path | None) -> Signer:
    """The key to sign with, opened. Raises `UsageError` where there is none."""
    from stockcheck import ciphers
    from stockcheck.keys import own

    ciphers.check_is_there()
    try:
        key = own.chosen(wanted)
    except UsageError as error:
        raise UsageError(error.message, f"{error.hint} " + _("Without a key: --unsigned.")) from error
    return key.opened(passphrases.of_key(file, key.public.name))


def _ask(question: str) -> None:
    """Go on only where somebody at the terminal says so. Raises `UsageError`."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(
            _("It is not sealed: not everything is done, and nobody is here to be asked."),
            _("To seal it like that: --yes."),
        )
    say(question)
    answer = sys.stdin.readline(100).strip()
    if folded(answer) not in {folded(word) for word in ("y", "yes", _("yes"), _("yes")[:1])}:
        raise UsageError(_("It is not sealed."))


def reopen(
    file: FileArgument,
    why: Annotated[str, typer.Option("--why", metavar=_("TEXT"), help=_("Why it is taken up again."))],
    by: Annotated[
        str,
        typer.Option(
            "--by", metavar=_("NAME"), help=_("Who reopens it (default: the account's name)."), show_default=False
        ),
    ] = "",
) -> None:
    """Take up again what was sealed. Raises as `closing.reopen`."""
    from stockcheck.assessment import closing
    from stockcheck.assessment.file import open_file

    with open_file(file, write=True, by=by or _account()) as opened:
        closing.reopen(opened, why)
        say(
            _("{file} is open again. Its seals stay in the history, and do not stand any more.").format(
                file=named(file)
            )
        )
        if notice := opened.take_notice():
            say(notice)
