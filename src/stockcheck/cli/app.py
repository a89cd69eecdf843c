"""The commands, put together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from stockcheck import __version__
from stockcheck.cli import (
    about,
    assessments,
    beginning,
    checklists,
    demo,
    evidence,
    forms,
    home,
    keys,
    merge,
    passphrases,
    plan,
    protecting,
    record,
    reports,
    results,
    review,
    seals,
    workshop,
)
from stockcheck.cli.saying import complain, say
from stockcheck.cli.usage import App
from stockcheck.language import LANGUAGES, _


def _print_version(wanted: bool) -> None:
    if wanted:
        say(f"stockcheck {__version__}")
        raise typer.Exit


def _known_language(context: typer.Context, value: str | None) -> str | None:
    if value is None or value in LANGUAGES:
        return value
    from stockcheck.cli.languages import of_checklists  # costs nothing unless the program itself has no such language

    known = dict.fromkeys([*LANGUAGES, *sorted(of_checklists(context.obj or ()))])
    if value not in known:
        raise typer.BadParameter(_("one of: {languages}").format(languages=", ".join(known)))
    return value


def _command_called(arguments: Sequence[str]) -> str:
    """The first word of a call that is neither an option nor its value; none where an option stands before it that
    may ask for something else, such as the help."""
    words = iter(arguments)
    for word in words:
        if word in ("--lang", "--passphrase-file"):
            next(words, None)
        elif not word.startswith(("--lang=", "--passphrase-file=")):
            return word
    return ""


def build(arguments: Sequence[str] = (), *, at_home: bool = False) -> App:
    """The application, its help in the language in use. It is called with the words of the call as its `obj`, too.

    `arguments`: of these words it needs to understand no more than the command that they call; by default, all.
    `at_home`: called without a command, it opens the home screen; else it shows its help.
    """
    app = App(
        help=_("Find out how well a depot of firearms or ammunition is secured, stored and accounted for."),
        epilog=_("Start with: stockcheck demo"),
        no_args_is_help=False,
    )

    @app.callback(invoke_without_command=True)
    def options(
        context: typer.Context,
        version: Annotated[
            bool, typer.Option("--version", help=_("Print the version."), callback=_print_version, is_eager=True)
        ] = False,
        lang: Annotated[
            str | None,
            typer.Option(
                "--lang",
                metavar="|".join(LANGUAGES),
                help=_("Language: {languages} (default: by LANG).").format(languages=", ".join(LANGUAGES)),
                callback=_known_language,
            ),
        ] = None,
        passphrase_file: Annotated[
            Path | None,
            typer.Option(
                "--passphrase-file",
                metavar=_("FILE"),
                help=_("The first line of this file opens a protected assessment (default: it is asked for)."),
                show_default=False,
            ),
        ] = None,
    ) -> None:
        """Options that stand before the command; `lang` has been acted on by then. Without one: home, or the help."""
        passphrases.take_from(passphrase_file)
        if context.invoked_subcommand is not None:
            return
        if not at_home:
            complain(context.get_help())
            raise typer.Exit(2)
        home.open_home(lang)

    beginning.add_to(app)
    assessments.add_to(app)
    about.add_to(app)
    forms.add_to(app)
    review.add_to(app)
    seals.add_to(app)
    record.add_to(app)
    keys.add_to(app)
    protecting.add_to(app)
    results.add_to(app)
    plan.add_to(app)
    evidence.add_to(app)
    merge.add_to(app)
    reports.add_to(app)
    demo.add_to(app)
    checklists.add_to(app)
    workshop.add_to(app)
    app.keep(_command_called(arguments))
    return app
