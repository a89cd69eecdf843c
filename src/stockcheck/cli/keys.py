"""key new, show, list, trust, forget: one's own keys, and whom this computer knows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stockcheck.cli import passphrases
from stockcheck.cli.passphrases import PassphraseFile
from stockcheck.cli.saying import complain, say
from stockcheck.cli.usage import App
from stockcheck.errors import UsageError
from stockcheck.language import _
from stockcheck.plaintext import named, reason

if TYPE_CHECKING:
    from stockcheck.keys.public import PublicKey


def add_to(app: App) -> None:
    """Register the group of this module."""
    group = App()
    group.command(
        "new",
        help=_("Make a key of your own, to seal with and to be sent protected files. It is kept under a passphrase."),
    )(new)
    group.command("show", help=_("Print the line to hand on, and the fingerprint to compare by another way."))(show)
    group.command("list", help=_("Print your own keys, and those of others that are known here."))(list_)
    group.command(
        "trust",
        help=_(
            "Know somebody’s key from now on. First compare its fingerprint with its owner by another way than the one "
            "it came by: anybody can make a key under any name."
        ),
    )(trust)
    group.command("forget", help=_("Know somebody’s key no more."))(forget)
    app.add_typer(group, name="key", help=_("Keys: make your own, hand it on, know those of others."))


def new(
    name: Annotated[
        str,
        typer.Option(
            "--name", metavar=_("NAME"), help=_("What it is called (default: the account's name)."), show_default=False
        ),
    ] = "",
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make a key. Raises as `own.new`."""
    from stockcheck import ciphers
    from stockcheck.assessment.events import user_name
    from stockcheck.keys import own
    from stockcheck.keys.public import as_name

    ciphers.check_is_there()
    called = as_name(name or user_name())
    complain(_("Forgotten means lost: nobody can find a passphrase out, or set another in its place."))
    made = own.new(called, passphrases.new(passphrase_file))
    say(
        _("The key {name} is made.").format(name=made.name),
        *_about(made),
        _("It lies in {file}. Keep a copy of that file in a safe place: it is no use without the passphrase.").format(
            file=own.place_of(made)
        ),
    )


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar=_("NAME"), help=_("Which, by name or fingerprint (default: your only one)."), show_default=False
        ),
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar=_("FILE"), help=_("Write the line to a file."), show_default=False),
    ] = None,
) -> None:
    """Print a key of one's own, or one that is known here."""
    from stockcheck.keys import own
    from stockcheck.keys.public import called
    from stockcheck.keys.trusted import trusted

    found = called([*(key.public for key in own.own()), *trusted()], name) if name else []
    key = found[0] if len({one.fingerprint for one in found}) == 1 else own.chosen(name).public
    say(*_about(key))
    if output is not None:
        _write(output, key)
        say(_("Written: {file}").format(file=named(output)))


def _about(key: PublicKey) -> list[str]:
    return [
        _("Name: {name}").format(name=key.name),
        _("Fingerprint: {fingerprint}").format(fingerprint=key.fingerprint),
        _("To hand on:"),
        key.line,
    ]


def _write(path: Path, key: PublicKey) -> None:
    from stockcheck import files

    def stays(path: Path) -> None:
        raise UsageError(_("{file} exists already.").format(file=named(path)), _("Give another name."))

    try:
        files.write(path, lambda file: file.write(f"{key.line}\n".encode()), stays)
    except OSError as error:
        raise UsageError(_("{file} cannot be written: {why}.").format(file=named(path), why=reason(error))) from error


def list_() -> None:
    """Print every key."""
    from stockcheck.keys import own
    from stockcheck.keys.trusted import trusted

    yours, others = [key.public for key in own.own()], trusted()
    for key in yours:
        say(_("{fingerprint}  {name}: your own").format(fingerprint=key.fingerprint, name=key.name))
    for key in others:
        say(f"{key.fingerprint}  {key.name}")
    if not yours and not others:
        say(_("No key is known here."))


def trust(
    key: Annotated[
        str,
        typer.Argument(metavar=_("FILE_OR_LINE"), help=_("The line that was handed on, or a file that holds it.")),
    ],
    name: Annotated[str, typer.Option("--name", metavar=_("NAME"), help=_("What it is to be known as here."))],
) -> None:
    """Remember somebody's public key. Raises as `trusted.trust`."""
    from stockcheck.keys import trusted
    from stockcheck.keys.public import as_name

    found = handed_on(key)
    before = trusted.trust(found, name)
    if before is not None:
        say(_("That key was known here already, as {name}.").format(name=before.name))
    say(
        _("Known here as {name} from now on.").format(name=as_name(name)),
        _("Fingerprint: {fingerprint}").format(fingerprint=found.fingerprint),
        _("Compare it with its owner by another way than the one it came by, such as on the telephone."),
    )


def handed_on(text: str) -> PublicKey:
    """The key that a line, or the first line of a file, hands on. Raises `UsageError`."""
    from stockcheck.keys.public import BEGINS, MAX_LINE, from_line

    if text.lstrip().startswith(BEGINS):
        return from_line(text)
    path = Path(text)
    try:
        with path.open("rb") as file:
            return from_line(file.readline(MAX_LINE).decode("utf-8-sig", "replace"))
    except (OSError, ValueError) as error:
        raise UsageError(_("{file} cannot be read: {why}.").format(file=named(path), why=reason(error))) from error


def forget(
    name: Annotated[str, typer.Argument(metavar=_("NAME"), help=_("What it is known as here, or its fingerprint."))],
) -> None:
    """Know a key no more. Raises as `trusted.forget`."""
    from stockcheck.keys import own, trusted
    from stockcheck.keys.public import called

    if not called(trusted.trusted(), name) and (yours := called([key.public for key in own.own()], name)):
        raise UsageError(
            _("{name} is a key of your own: it is not forgotten by a command.").format(name=yours[0].name),
            _("It lies in {file}. Without that file nobody can sign with it any more.").format(
                file=own.place_of(yours[0])
            ),
        )
    gone = trusted.forget(name)
    say(_("{name} is known here no more: {fingerprint}").format(name=gone.name, fingerprint=gone.fingerprint))
