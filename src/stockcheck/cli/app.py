"""The commands, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from stockcheck import __version__
from stockcheck.cli import assessments, checklists, demo, record, results
from stockcheck.cli.saying import say
from stockcheck.cli.usage import App
from stockcheck.language import LANGUAGES, _


def _print_version(wanted: bool) -> None:
    if wanted:
        say(f"stockcheck {__version__}")
        raise typer.Exit


def _known_language(value: str | None) -> str | None:
    if value is not None and value not in LANGUAGES:
        raise typer.BadParameter(_("one of: {languages}").format(languages=", ".join(LANGUAGES)))
    return value


def build() -> App:
    """The application, its help in the language in use."""
    app = App(
        help=_("Find out how well a depot of firearms or ammunition is secured, stored and accounted for."),
        epilog=_("Start with: stockcheck demo"),
    )

    @app.callback()
    def options(
        version: Annotated[
            bool, typer.Option("--version", help=_("Print the version."), callback=_print_version, is_eager=True)
        ] = False,
        lang: Annotated[
            str | None,
            typer.Option(
                "--lang", metavar="en|es", help=_("Language: en or es (default: by LANG)."), callback=_known_language
            ),
        ] = None,
    ) -> None:
        """Options that stand before the command; `lang` has been acted on by then."""

    assessments.add_to(app)
    record.add_to(app)
    results.add_to(app)
    demo.add_to(app)
    checklists.add_to(app)
    return app
