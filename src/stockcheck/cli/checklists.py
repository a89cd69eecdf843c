"""checklist list, show, lint: the checklists themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stockcheck import language
from stockcheck.checklist.faults import ChecklistError, Fault
from stockcheck.cli.calling import announce, load_named
from stockcheck.cli.saying import say
from stockcheck.cli.usage import App
from stockcheck.errors import UsageError
from stockcheck.language import _, ngettext
from stockcheck.plaintext import named


def add_to(app: App) -> None:
    """Register the group of this module."""
    group = App()
    group.command("list", help=_("List the checklists that can be called by name."))(list_)
    group.command(help=_("Show a checklist's sections and questions."))(show)
    group.command(help=_("Check checklist files; all of the program's own by default."))(lint)
    group.command(help=_("Print which section cites which standard, as a Markdown table."))(coverage)
    group.command(help=_("Say what the terms of art mean."))(glossary)
    app.add_typer(group, name="checklist", help=_("List, show and check checklists."))


def list_() -> None:
    """Print one line a checklist; raises `ChecklistError`, after that, for those that cannot be read."""
    from rich.table import Table
    from rich.text import Text

    from stockcheck.checklist.library import load
    from stockcheck.checklist.provenance import provenance_of
    from stockcheck.checklist.sources import names
    from stockcheck.checklist.translation import in_language
    from stockcheck.report.terminal import console

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for heading in (_("Name"), _("Title"), _("Version"), _("Origin"), _("Questions"), _("Languages")):
        table.add_column(heading)
    faults: list[Fault] = []
    announce(*names())
    for name in names():
        try:
            checklist = load(name)
        except ChecklistError as error:
            faults += error.faults
            continue
        title = in_language(checklist, language.current()).title
        origin = provenance_of(checklist).word
        count, spoken = str(len(checklist.questions)), " ".join(checklist.languages)
        cells = (named(name), title, checklist.version, origin, count, spoken)
        table.add_row(*(Text(cell) for cell in cells))
    console().print(table)
    if faults:
        raise ChecklistError(faults)


def show(
    name: Annotated[str, typer.Argument(metavar=_("CHECKLIST"), help=_("A name from “checklist list”, or a file."))],
    full: Annotated[bool, typer.Option("--full", help=_("With help, evidence, remedy and references."))] = False,
) -> None:
    """The questions of a checklist."""
    from stockcheck.checklist.provenance import provenance_of
    from stockcheck.checklist.translation import in_language
    from stockcheck.report.terminal import console, print_checklist

    checklist = load_named(name)
    spoken = in_language(checklist, language.current())
    print_checklist(console(), spoken, provenance_of(checklist), full=full)


def lint(
    checklists: Annotated[
        list[str] | None,
        typer.Argument(metavar="[" + _("CHECKLIST") + "]...", help=_("Names or files (default: every one).")),
    ] = None,
    update_lock: Annotated[
        bool,
        typer.Option("--update-lock", help=_("Confirm new ids and revisions, and register the shipped checklists.")),
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help=_("Take warnings for faults."))] = False,
) -> None:
    """Name every fault and every missing translation, exit 1 if there is any; and what a person has to judge."""
    from stockcheck.checklist import ids, provenance
    from stockcheck.checklist import lint as linter
    from stockcheck.checklist.loading import compose
    from stockcheck.checklist.shipped import INSTALLED, heads, shipped
    from stockcheck.checklist.sources import find, names

    if update_lock:
        folder = shipped()
        if folder == INSTALLED:  # else whoever adapts an installed checklist would make it one "as shipped"
            raise UsageError(
                _("--update-lock is for those who change the checklists that stockcheck ships, in its own folder."),
                _("Adapt a copy instead: it needs no lock file."),
            )
        whole = [compose(path)[0] for path in heads(folder)]  # as the files are at this moment
        ids.update(folder, whole)
        provenance.register(folder, whole)
    announce(*(checklists or names()))
    paths: list[Path] = [find(name) for name in checklists] if checklists else list(names().values())
    looked = linter.looked_over(paths, whole_folder=not checklists)
    faults = sorted({*looked.faults, *looked.warnings}) if strict else looked.faults
    if not strict and looked.warnings:
        say(*(_("warning: {what}").format(what=warning) for warning in looked.warnings))
        n = len(looked.warnings)
        say(ngettext("{n} warning to judge.", "{n} warnings to judge.", n).format(n=n))
    if faults:
        raise ChecklistError(faults)
    say(ngettext("{n} checklist, no faults.", "{n} checklists, no faults.", len(paths)).format(n=len(paths)))


def glossary(
    name: Annotated[
        str, typer.Argument(metavar="[" + _("CHECKLIST") + "]", help=_("Only the terms that this checklist uses."))
    ] = "",
) -> None:
    """Each term with what it means, in alphabetical order."""
    from stockcheck.checklist import glossary as terms
    from stockcheck.checklist.shipped import GLOSSARY
    from stockcheck.checklist.sources import folders
    from stockcheck.checklist.translation import in_language

    if name:
        found = terms.in_order(in_language(load_named(name), language.current()).glossary)
    else:
        path = next(path for folder in folders() if (path := folder / GLOSSARY).is_file())
        found = terms.read(path).said_in(language.current())
    say(*(f"{term.term}\n    {term.text}" for term in found))


def coverage() -> None:
    """Print the table of sections and standards in checklists/README.md."""
    from stockcheck.checklist.coverage import table
    from stockcheck.checklist.library import load
    from stockcheck.checklist.sources import names

    announce(*names())
    say(table([load(name) for name in names()]).rstrip("\n"))
