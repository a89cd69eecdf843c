"""What goes out as a workbook and comes back: forms, and the action plan of a report."""

from __future__ import annotations

from pathlib import Path

from stockcheck.home import shelf
from stockcheck.home.commands import Said, Side
from stockcheck.home.desk import Desk
from stockcheck.home.dialogs import Field, FileDialog, FormDialog
from stockcheck.home.running import beside, read, reader, recorded_by, run, yes_no
from stockcheck.language import _
from stockcheck.plaintext import named

#: How the names of workbooks end.
_WORKBOOK = (".xlsx",)


def form(app: Desk, file: Path) -> None:
    """Write what is open as a form."""
    hint = _("The workbook to write, ending in .xlsx: what is open, to print or to fill in.")
    fields = [Field("output", _("Form"), hint=hint, proposes=lambda _now: beside(file, _("form"), ".xlsx"))]

    def do(dialog: FormDialog, given: dict[str, str]) -> None:
        output = shelf.typed_path(given["output"])
        run(app, dialog, lambda: app.runs.form(file, output), lambda said: app.tell(said.text))

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
            options=yes_no(),
        ),
    ]


def import_form(app: Desk, file: Path) -> None:
    """Bring a filled-in form back."""
    partial = Field(
        "partial",
        _("Leave out the rest"),
        "no",
        hint=_("Take over what can be understood, and leave out the rest (--partial)."),
        options=yes_no(),
    )

    def ask(workbook: Path | None) -> None:
        if workbook is None:
            return

        def do(dialog: FormDialog, given: dict[str, str]) -> None:
            def work() -> Said:
                return app.runs.import_form(
                    file,
                    workbook,
                    dry_run=given["dry_run"] == "yes",
                    partial=given["partial"] == "yes",
                    side=_side(given),
                    by=given["by"],
                )

            run(app, dialog, work, reader(app, _("Form")))

        fields = [*_coming_back(), partial, recorded_by(app)]
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
                return app.runs.import_plan(
                    file, workbook, dry_run=given["dry_run"] == "yes", side=_side(given), by=given["by"]
                )

            run(app, dialog, work, reader(app, _("Action plan")))

        title = _("Bring in the action plan of {file}").format(file=named(workbook.name))
        app.push_screen(FormDialog(title, [*_coming_back(), recorded_by(app)], _("Bring it in"), do, {}))

    app.push_screen(FileDialog(_("Which report, with its action plan filled in?"), file.parent, _WORKBOOK), ask)


def plan(app: Desk, file: Path) -> None:
    """Read what is being done about the gaps."""
    read(app, _("Action plan"), lambda: app.runs.plan(file))
