"""What can be done from the home screen: each asks what it needs, has the command run, and tells what that said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from io import StringIO
from pathlib import Path

from rich.console import Console

from stockcheck import language
from stockcheck.assessed import score_file
from stockcheck.assessment.checks import SUFFIX
from stockcheck.checklist.sources import hiding, names
from stockcheck.errors import StockcheckError
from stockcheck.home import remembered, shelf
from stockcheck.home.commands import Said, Side
from stockcheck.home.desk import Desk
from stockcheck.home.dialogs import ChoiceDialog, Field, FileDialog, FormDialog, Row
from stockcheck.language import _
from stockcheck.plaintext import clean, named, says_something
from stockcheck.report.terminal import print_comparison, print_scorecard
from stockcheck.scoring.comparison import compare as compare_scorecards

#: How many columns a result is printed in at most, and what the dialog around it takes.
_WIDEST, _AROUND = 106, 6
_WORKBOOK = (".xlsx",)


def _today() -> str:
    return dt.datetime.now().date().isoformat()


def _yes_no() -> dict[str, str]:
    return {"no": _("no"), "yes": _("yes")}


# New, open, answer, review


def new(app: Desk) -> None:
    """Choose a checklist, say which depot, and go on to the first question."""
    offered = list(names())
    dialog = ChoiceDialog(_("New assessment: which checklist?"), [Row(name, "", name, "…") for name in offered])

    def chosen(name: str | None) -> None:
        if name is not None:
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


def _ask_which_depot(app: Desk, checklist: str) -> None:
    fields = [
        Field("depot", _("Depot"), hint=_("What the depot is called. It stands on every page of the report.")),
        Field("marking", _("Marking"), hint=_("Stands above every page, such as RESTRICTED; may stay empty.")),
        Field("date", _("Date"), _today(), hint=_("The day the assessment is about, year-month-day.")),
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
            return app.commands.new(
                file,
                checklist,
                depot=given["depot"],
                marking=given["marking"],
                date=given["date"].strip(),
                by=given["by"],
            )

        def made(said: Said) -> None:
            app.kept.by = given["by"].strip() or app.kept.by
            app.kept.message = "\n".join(said.complaints)  # how to answer, the screen itself says
            remembered.remember(file)
            app.answer(file)

        _run(app, dialog, make, made)

    title = _("New assessment")
    if checklist in hiding():
        title += "  ·  " + named(hiding()[checklist])
    app.push_screen(FormDialog(title, fields, _("Make it and answer"), do, app.kept.draft("new", checklist)))


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

    _read(app, _("Score"), work)


def compare(app: Desk, file: Path) -> None:
    """Read what has changed between two assessments, whichever is named first."""

    def work(other: Path) -> Said:
        both = sorted((score_file(one, language.current()) for one in (other, file)), key=lambda one: one.state.on)
        before, after = both
        changes = compare_scorecards(before.scorecard, after.scorecard)
        return Said((_printed(app, lambda console: print_comparison(console, before, after, changes)),))

    def found(other: Path | None) -> None:
        if other is not None:
            _read(app, _("Comparison"), lambda: work(other))

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
            hint=_("The file to write; its ending says what it is: .xlsx is an Excel workbook."),
            proposes=lambda _now: _beside(file, _("report"), ".xlsx"),
        ),
        Field(
            "previous",
            _("Earlier assessment"),
            hint=_("An earlier assessment of the depot: the report says what changed."),
            options={"": _("none"), **app.others(file)},
        ),
        Field(
            "force",
            _("Write over a report"),
            "no",
            hint=_("Whether an earlier report of that name may be replaced (--force)."),
            options=_yes_no(),
        ),
    ]

    def do(dialog: FormDialog, given: dict[str, str]) -> None:
        earlier = Path(given["previous"]) if given["previous"] else None

        def work() -> Said:
            return app.commands.report(
                file,
                shelf.typed_path(given["output"]),
                force=given["force"] == "yes",
                previous=earlier,
                told=lambda text: app.hear(lambda: dialog.working(text)) if text else None,
            )

        _run(app, dialog, work, lambda said: app.tell(said.text))

    app.push_screen(FormDialog(_("Report"), fields, _("Write the report"), do, app.kept.draft("report", file)))


def _beside(file: Path, what: str, ending: str) -> str:
    """A free name for what is made of an assessment, in its folder."""
    name = shelf.proposed_name(f"{file.name.removesuffix(SUFFIX)} {what}", "", file.parent, ending)
    return shelf.shown(file.parent / name)


# The rest


def verify(app: Desk, file: Path) -> None:
    """Look for accidents and careless edits, and give the code."""
    hint = _("A code that was noted earlier, to compare the file with; may stay empty.")
    fields = [Field("against", _("Earlier code"), hint=hint)]

    def do(dialog: FormDialog, given: dict[str, str]) -> None:
        _run(app, dialog, lambda: app.commands.verify(file, given["against"].strip()), _reader(app, _("Verify")))

    app.push_screen(FormDialog(_("Verify"), fields, _("Verify"), do, app.kept.draft("verify", file)))


def upgrade(app: Desk, file: Path) -> None:
    """Carry the answers to a newer checklist."""
    hint = _("A name or a file; empty for the newest of the same name. Answers stay; what changed is marked.")
    fields = [Field("checklist", _("Checklist"), hint=hint), _by(app)]

    def do(dialog: FormDialog, given: dict[str, str]) -> None:
        def work() -> Said:
            return app.commands.upgrade(file, given["checklist"].strip(), by=given["by"])

        _run(app, dialog, work, _reader(app, _("Upgrade")))

    title = _("Go on with a newer checklist")
    app.push_screen(FormDialog(title, fields, _("Upgrade"), do, app.kept.draft("upgrade", file)))


def _by(app: Desk) -> Field:
    return Field("by", _("Who records it"), app.kept.by, hint=_("The name that stands beside what is recorded."))


def form(app: Desk, file: Path) -> None:
    """Write what is open as a form."""
    hint = _("The workbook to write, ending in .xlsx: what is open, to print or to fill in.")
    fields = [Field("output", _("Form"), hint=hint, proposes=lambda _now: _beside(file, _("form"), ".xlsx"))]

    def do(dialog: FormDialog, given: dict[str, str]) -> None:
        output = shelf.typed_path(given["output"])
        _run(app, dialog, lambda: app.commands.form(file, output), lambda said: app.tell(said.text))

    title = _("Form to fill in on paper or in Excel")
    app.push_screen(FormDialog(title, fields, _("Write the form"), do, app.kept.draft("form", file)))


def _sides() -> dict[str, str]:
    return {"": _("say so, write nothing"), "ours": _("keep the assessment's"), "theirs": _("take the workbook's")}


def _side(given: dict[str, str]) -> Side:
    return "ours" if given["side"] == "ours" else "theirs" if given["side"] == "theirs" else ""


def _coming_back() -> list[Field]:
    return [
        Field(
            "side",
            _("Where both differ"),
            "",
            hint=_("What counts where assessment and workbook were changed differently (--ours, --theirs)."),
            options=_sides(),
        ),
        Field(
            "dry_run",
            _("Only try"),
            "no",
            hint=_("Say what would be written, and write nothing (--dry-run)."),
            options=_yes_no(),
        ),
    ]


def import_form(app: Desk, file: Path) -> None:
    """Bring a filled-in form back."""
    partial = Field(
        "partial",
        _("Leave out the rest"),
        "no",
        hint=_("Take over what can be understood, and leave out the rest (--partial)."),
        options=_yes_no(),
    )

    def ask(workbook: Path | None) -> None:
        if workbook is None:
            return

        def do(dialog: FormDialog, given: dict[str, str]) -> None:
            def work() -> Said:
                return app.commands.import_form(
                    file,
                    workbook,
                    dry_run=given["dry_run"] == "yes",
                    partial=given["partial"] == "yes",
                    side=_side(given),
                    by=given["by"],
                )

            _run(app, dialog, work, _reader(app, _("Form")))

        fields = [*_coming_back(), partial, _by(app)]
        title = _("Bring in {file}").format(file=named(workbook.name))
        app.push_screen(FormDialog(title, fields, _("Bring it in"), do, {}))

    app.push_screen(FileDialog(_("Which filled-in form or report?"), file.parent, _WORKBOOK), ask)


def import_plan(app: Desk, file: Path) -> None:
    """Bring the action plan of a report back."""

    def ask(workbook: Path | None) -> None:
        if workbook is None:
            return

        def do(dialog: FormDialog, given: dict[str, str]) -> None:
            def work() -> Said:
                return app.commands.import_plan(
                    file, workbook, dry_run=given["dry_run"] == "yes", side=_side(given), by=given["by"]
                )

            _run(app, dialog, work, _reader(app, _("Action plan")))

        title = _("Bring in the action plan of {file}").format(file=named(workbook.name))
        app.push_screen(FormDialog(title, [*_coming_back(), _by(app)], _("Bring it in"), do, {}))

    app.push_screen(FileDialog(_("Which report, with its action plan filled in?"), file.parent, _WORKBOOK), ask)


def plan(app: Desk, file: Path) -> None:
    """Read what is being done about the gaps."""
    _read(app, _("Action plan"), lambda: app.commands.plan(file))


def forget(app: Desk, file: Path) -> None:
    """Take a file, or all of them, off the list that is remembered."""
    rows = [
        Row("one", "1", _("Forget where this file lies"), shelf.shown(file)),
        Row("all", "2", _("Forget where all files lie")),
        Row("none", "3", _("Forget them, and remember none from now on")),
    ]
    if not remembered.keeps_recent():
        rows = [Row("keep", "1", _("Remember from now on which files were opened"))]

    def chosen(name: str | None) -> None:
        if name is None:
            return
        if name in ("none", "keep"):
            remembered.choose("recent", "none" if name == "none" else "")
        if name != "keep":
            remembered.forget(file if name == "one" else None)
        app.renew()
        app.tell(_("The files themselves stay as they are; those in this folder are always shown."))

    app.push_screen(ChoiceDialog(_("Forget"), rows), chosen)


# Running a command


def _reader(app: Desk, heading: str) -> Callable[[Said], None]:
    return lambda said: app.read(heading, said.text)


def _read(app: Desk, heading: str, work: Callable[[], Said]) -> None:
    """Work something out, and show it to be read; a refusal is said on the message line."""

    def done(said: Said) -> None:
        if said.refused and not said.lines:
            app.tell(said.refused, trouble=True)
        else:
            app.read(heading, said.text)

    app.work(work, done)


def _run(app: Desk, dialog: FormDialog, work: Callable[[], Said], done: Callable[[Said], None]) -> None:
    """Have a command run for a dialog: it stays, with what was typed, where the command refuses."""
    dialog.working(_("Working …"))

    def after(said: Said) -> None:
        dialog.working("")
        if said.refused:
            dialog.tell(said.text)
        else:
            app.kept.forget_draft(dialog.drafts)
            dialog.dismiss(None)
            app.renew()
            done(said)

    if not app.work(work, after):
        dialog.working("")
