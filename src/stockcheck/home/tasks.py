"""What can be done from the home screen: each asks what it needs, has the command run, and tells what that said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from io import StringIO
from pathlib import Path
from types import MappingProxyType

from rich.console import Console

from stockcheck import language
from stockcheck.assessed import score_file
from stockcheck.assessment.carrying import kept_of
from stockcheck.assessment.checks import SUFFIX
from stockcheck.checklist.sources import hiding, names
from stockcheck.errors import StockcheckError
from stockcheck.home import remembered, shelf
from stockcheck.home.commands import Said
from stockcheck.home.desk import Desk
from stockcheck.home.dialogs import ChoiceDialog, Field, FileDialog, FormDialog, Row
from stockcheck.home.running import about_depot, beside, read, run, yes_no
from stockcheck.language import _
from stockcheck.plaintext import clean, named, says_something
from stockcheck.report.terminal import print_comparison, print_scorecard
from stockcheck.scoring.comparison import compare as compare_scorecards

#: How many columns a result is printed in at most, and what the dialog around it takes.
_WIDEST, _AROUND = 106, 6


def _today() -> str:
    return dt.datetime.now().date().isoformat()


# New, open, answer, review


def new(app: Desk) -> None:
    """Choose a checklist, or an assessment to begin from, say which depot, and go on to the first question."""
    offered = list(names())
    rows = [Row(name, "", name, "…") for name in offered]
    if shelf.assessments():
        more = _("Its answers are shown, each to be confirmed; notes, flags, actions and evidence come along.")
        rows.insert(0, Row("", "", _("Begin from an earlier assessment …"), more))
    dialog = ChoiceDialog(_("New assessment: which checklist?"), rows)

    def chosen(name: str | None) -> None:
        if name == "":
            _ask_from_which(app)
        elif name is not None:
            _ask_which_depot(app, name)

    app.push_screen(dialog, chosen)

    def describe() -> None:
        for name in offered:
            try:
                found = shelf.checklist(name, language.current())
                row = Row(name, "", found.title, found.words)
            except StockcheckError as error:
                row = Row(name, "", name, clean(error.message, limit=300))
            app.hear(partial(dialog.show, row))

    app.in_background(describe)


def _ask_from_which(app: Desk) -> None:
    """Choose the assessment that the new one begins from, and see that it can be read."""

    def found(path: Path | None) -> None:
        if path is None:
            return

        def seen() -> None:
            try:
                state = score_file(path, language.current()).state
            except (StockcheckError, OSError) as error:
                said = str(error)
                app.hear(lambda: app.tell(said, trouble=True))
                return
            about = {name: kept_of(getattr(state, name)) for name in ("depot", "marking", "code")}
            app.hear(lambda: _ask_which_depot(app, "", path, about))

        app.in_background(seen)

    def chosen(name: str | None) -> None:
        if name == "":
            app.push_screen(FileDialog(_("Begin from which assessment?"), Path.cwd(), (SUFFIX,)), found)
        elif name is not None:
            found(Path(name))

    known = {str(path): shelf.shown(path) for path in shelf.assessments()} | app.others(Path())
    rows = [Row(path, "", title) for path, title in known.items()]
    app.push_screen(ChoiceDialog(_("Begin from which assessment?"), [*rows, Row("", "", _("Another file …"))]), chosen)


def _ask_which_depot(
    app: Desk, checklist: str, earlier: Path | None = None, about: Mapping[str, str] = MappingProxyType({})
) -> None:
    """`about`: what the `earlier` assessment, from which the new one begins, says of depot, marking and code."""
    fields = [
        *about_depot({**about, "date": _today()}),
        Field("by", _("Who answers"), app.kept.by, hint=_("Your name: it stands beside each answer.")),
        Field(
            "file",
            _("File"),
            hint=_("Where it is kept: in this folder, or with the folder before it. Nothing is replaced."),
            proposes=lambda now: shelf.proposed_name(now["depot"], now["date"], Path.cwd()),
        ),
    ]

    def do(dialog: FormDialog, given: dict[str, str]) -> None:
        file = shelf.typed_path(given["file"])
        if file.name in ("", ".."):
            dialog.tell(_("The file needs a name."))
            return
        file = file if file.name.endswith(SUFFIX) else file.with_name(file.name + SUFFIX)

        def make() -> Said:
            return app.runs.new(
                file,
                checklist,
                depot=given["depot"],
                code=given["code"],
                marking=given["marking"],
                date=given["date"].strip(),
                by=given["by"],
                earlier=earlier,
            )

        def made(said: Said) -> None:
            app.kept.by = given["by"].strip() or app.kept.by
            app.kept.message = "\n".join(said.complaints)  # how to answer, the screen itself says
            remembered.remember(file)
            app.answer(file)

        run(app, dialog, make, made)

    title = _("New assessment")
    if earlier is not None:
        title += "  ·  " + _("begins from {file}").format(file=shelf.shown(earlier))
    elif checklist in hiding():
        title += "  ·  " + named(hiding()[checklist])
    draft = app.kept.draft("new", checklist if earlier is None else earlier)
    app.push_screen(FormDialog(title, fields, _("Make it and answer"), do, draft))


def open_(app: Desk) -> None:
    """Find a file that is not in the list, and put it there."""

    def found(path: Path | None) -> None:
        if path is not None:
            app.choose(path)

    app.push_screen(FileDialog(_("Open which assessment?"), Path.cwd(), (SUFFIX,)), found)


def who(app: Desk) -> None:
    """Say who is at the keyboard from now on."""

    def do(dialog: FormDialog, given: dict[str, str]) -> None:
        if not says_something(given["by"]):
            dialog.tell(_("A name is needed."))
            return
        app.kept.by = given["by"].strip()
        dialog.dismiss(None)
        app.show()

    fields = [Field("by", _("Who answers"), app.kept.by, hint=_("Your name: it stands beside each answer."))]
    app.push_screen(FormDialog(_("Who is at the keyboard?"), fields, _("Go on"), do, {}))


def review(app: Desk, file: Path) -> None:
    """Have somebody else countersign what was set aside."""
    hint = _("Not the name of whoever set a question aside: nobody countersigns their own.")
    fields = [Field("by", _("Who reviews"), hint=hint)]

    def do(dialog: FormDialog, given: dict[str, str]) -> None:
        if not says_something(given["by"]):
            dialog.tell(_("Whoever reviews gives a name."))
            return
        app.answer(file, reviewer=given["by"].strip())

    app.push_screen(FormDialog(_("Review what was set aside"), fields, _("Begin"), do, app.kept.draft("review", file)))


# What the answers come to


def _printed(app: Desk, show: Callable[[Console], None]) -> str:
    """What a command prints, as wide as the screen has room for it."""
    out = StringIO()
    width = max(20, min(_WIDEST, app.size.width * 96 // 100 - _AROUND))
    show(Console(file=out, width=width, highlight=False, markup=False, emoji=False))
    return out.getvalue()


def score(app: Desk, file: Path) -> None:
    """Read the result."""

    def work() -> Said:
        found = score_file(file, language.current())
        return Said((_printed(app, lambda console: print_scorecard(console, found, every_gap=True)),))

    read(app, _("Score"), work)


def compare(app: Desk, file: Path) -> None:
    """Read what has changed between two assessments, whichever is named first."""

    def work(other: Path) -> Said:
        both = sorted((score_file(one, language.current()) for one in (other, file)), key=lambda one: one.state.on)
        before, after = both
        changes = compare_scorecards(before.scorecard, after.scorecard)
        return Said((_printed(app, lambda console: print_comparison(console, before, after, changes)),))

    def found(other: Path | None) -> None:
        if other is not None:
            read(app, _("Comparison"), lambda: work(other))

    def chosen(name: str | None) -> None:
        if name == "":
            app.push_screen(FileDialog(_("Compare it with which assessment?"), file.parent, (SUFFIX,)), found)
        elif name is not None:
            found(Path(name))

    rows = [Row(path, "", title) for path, title in app.others(file).items()]
    if rows:
        rows.append(Row("", "", _("Another file …")))
        app.push_screen(ChoiceDialog(_("Compare it with which assessment?"), rows), chosen)
    else:
        chosen("")


def report(app: Desk, file: Path) -> None:
    """Write the report."""
    fields = [
        Field(
            "output",
            _("Report"),
            hint=_("The file to write; .xlsx at its end makes an Excel workbook, .html a page to read or print."),
            proposes=lambda _now: beside(file, _("report"), ".xlsx"),
        ),
        Field(
            "previous",
            _("Earlier assessment"),
            hint=_("An earlier assessment of the depot: the report says what changed."),
            options={"": _("the one it began from, if any"), **app.others(file)},
        ),
        Field(
            "force",
            _("Write over a report"),
            "no",
            hint=_("Whether an earlier report of that name may be replaced (--force)."),
            options=yes_no(),
        ),
    ]

    def do(dialog: FormDialog, given: dict[str, str]) -> None:
        earlier = Path(given["previous"]) if given["previous"] else None

        def work() -> Said:
            return app.runs.report(
                file,
                shelf.typed_path(given["output"]),
                force=given["force"] == "yes",
                previous=earlier,
                told=lambda text: app.hear(lambda: dialog.working(text)) if text else None,
            )

        run(app, dialog, work, lambda said: app.tell(said.text))

    app.push_screen(FormDialog(_("Report"), fields, _("Write the report"), do, app.kept.draft("report", file)))
