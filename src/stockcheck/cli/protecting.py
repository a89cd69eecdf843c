"""protect, unprotect: a passphrase on an assessment, and its removal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stockcheck.cli import passphrases, signers
from stockcheck.cli.arguments import FileArgument
from stockcheck.cli.calling import tell_what_protection_means
from stockcheck.cli.saying import say
from stockcheck.cli.usage import App
from stockcheck.language import _
from stockcheck.plaintext import named


def add_to(app: App) -> None:
    """Register the commands of this module."""
    app.command(
        help=_(
            "Protect an assessment by a passphrase. Without it nobody can read the file; one that is forgotten means "
            "that everything in it is lost."
        )
    )(protect)
    app.command(help=_("Make a protected assessment a plain file again."))(unprotect)


def protect(
    file: FileArgument,
    change: Annotated[
        bool, typer.Option("--change", help=_("Give a protected assessment another passphrase, and another key."))
    ] = False,
    recipients: Annotated[
        list[str] | None,
        typer.Option(
            "--for",
            metavar=_("KEY"),
            help=_(
                "Let the holder of this key open it as well, with a passphrase of their own: a key known here by name, "
                "its fingerprint, its line or a file of that. May be given again."
            ),
            show_default=False,
        ),
    ] = None,
    passphrase_file: Annotated[
        Path | None,
        typer.Option(
            "--passphrase-file",
            metavar=_("FILE"),
            help=_("The new passphrase is the first line of this file (default: it is asked for, twice)."),
            show_default=False,
        ),
    ] = None,
) -> None:
    """Protect an assessment. Raises as `assessment.protecting.protect`."""
    from stockcheck.assessment.file import open_file
    from stockcheck.assessment.protecting import add_recipient, change_passphrase, check_can_change, protection_of
    from stockcheck.assessment.protecting import protect as protect_file

    keys = [signers.public_key(wanted) for wanted in recipients or ()]
    known = protection_of(file) is not None
    if not (keys and known and not change):
        check_can_change(file, protected=change)
        tell_what_protection_means(there_before=True)
        if change:
            open_file(file).close()  # what opens it now is asked for first
            change_passphrase(file, passphrases.new(passphrase_file))
            say(
                _("{file} has another passphrase now. Copies made before open with the old one.").format(
                    file=named(file)
                )
            )
        else:
            protect_file(file, passphrases.new(passphrase_file or passphrases.given()))
            say(_("{file} is protected.").format(file=named(file)))
    for key in keys:
        add_recipient(file, key.receiving)
        said = _("Whoever holds the key {fingerprint} ({name}) can open it as well.")
        say(said.format(fingerprint=key.fingerprint, name=key.name or "–"))


def unprotect(file: FileArgument) -> None:
    """Make a file plain again. Raises as `assessment.protecting.unprotect`."""
    from stockcheck.assessment.protecting import unprotect as make_plain

    make_plain(file)
    say(_("{file} is not protected any more: whoever has the file can read it.").format(file=named(file)))
