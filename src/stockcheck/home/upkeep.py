"""What is done with the file of an assessment itself: what it is, what it says of the depot, a newer checklist."""

from __future__ import annotations

from pathlib import Path

from stockcheck.assessment.checks import SUFFIX
from stockcheck.assessment.file import open_file
from stockcheck.home import remembered, shelf
from stockcheck.home.commands import Said, Side
from stockcheck.home.desk import Desk
from stockcheck.home.dialogs import ChoiceDialog, Field, FileDialog, FormDialog, Row
from stockcheck.home.running import about_depot, beside, read, reader, recorded_by, run
from stockcheck.language import _
from stockcheck.plaintext import named


def about(app: Desk, file: Path) -> None:
    """Read what the file is: its assessment, its checklist, its latest entries."""
    read(app, _("What the file is"), lambda: app.runs.about(file))


def describe(app: Desk, file: Path) -> None:
    """Put right what the file says of the depot."""
    now: dict[str, str] = {}

    def look() -> Said:
        with open_file(file) as opened:
            state = opened.state
            now.update(depot=state.depot, code=state.code, marking=state.marking, date=state.on.isoformat())
        return Said()

    def do(dialog: FormDialog, given: dict[str, str]) -> None:
        new = {name: given[name].strip() if given[name].strip() != text else None for name, text in now.items()}

        def work() -> Said:
            return app.runs.describe(
                file, depot=new["depot"], code=new["code"], marking=new["marking"], date=new["date"], by=given["by"]
            )

        run(app, dialog, work, lambda said: app.tell(said.text))

    def seen(said: Said) -> None:
        if said.refused:
            app.tell(said.refused, trouble=True)
            return
        fields = [*about_depot(now), recorded_by(app)]
        app.push_screen(FormDialog(_("What the file says"), fields, _("Put it right"), do, {}))

    app.work(look, seen)


def verify(app: Desk, file: Path) -> None:
    """Look for accidents and careless edits, and give the code."""
    hint = _("A code that was noted earlier, to compare the file with; may stay empty.")
    fields = [Field("against", _("Earlier code"), hint=hint)]

    def do(dialog: FormDialog, given: dict[str, str]) -> None:
        run(app, dialog, lambda: app.runs.verify(file, given["against"].strip()), reader(app, _("Verify")))

    app.push_screen(FormDialog(_("Verify"), fields, _("Verify"), do, app.kept.draft("verify", file)))


def upgrade(app: Desk, file: Path) -> None:
    """Carry the answers to a newer checklist."""
    hint = _("A name or a file; empty for the newest of the same name. Answers stay; what changed is marked.")
    fields = [Field("checklist", _("Checklist"), hint=hint), recorded_by(app)]

    def do(dialog: FormDialog, given: dict[str, str]) -> None:
        def work() -> Said:
            return app.runs.upgrade(file, given["checklist"].strip(), by=given["by"])

        run(app, dialog, work, reader(app, _("Upgrade")))

    title = _("Go on with a newer checklist")
    app.push_screen(FormDialog(title, fields, _("Upgrade"), do, app.kept.draft("upgrade", file)))


def merge(app: Desk, file: Path) -> None:
    """Bring two copies together in a new file; where they differ, it is listed, and one of them counts."""
    sides = {"": _("say so, write nothing"), "ours": _("keep this file’s"), "theirs": _("take the other copy’s")}

    def ask(other: Path | None) -> None:
        if other is None:
            return
        fields = [
            Field(
                "output",
                _("File"),
                hint=_("The new file that holds both. The two copies stay as they are."),
                proposes=lambda _now: beside(file, _("both"), SUFFIX),
            ),
            Field(
                "side",
                _("Where both differ"),
                "",
                hint=_("Whose counts, of everything that both recorded differently. One by one: stockcheck merge"),
                options=sides,
            ),
            recorded_by(app),
        ]

        def do(dialog: FormDialog, given: dict[str, str]) -> None:
            output = shelf.typed_path(given["output"])
            side: Side = "ours" if given["side"] == "ours" else "theirs" if given["side"] == "theirs" else ""

            def work() -> Said:
                return app.runs.merge(file, other, output, side=side, by=given["by"])

            def joined(said: Said) -> None:
                if output.exists():
                    remembered.remember(output)
                    app.renew()
                app.read(_("Two copies joined"), said.text)

            run(app, dialog, work, joined)

        title = _("Join it with {file}").format(file=named(other.name))
        app.push_screen(FormDialog(title, fields, _("Join them"), do, {}))

    app.push_screen(FileDialog(_("Which other copy?"), file.parent, (SUFFIX,)), ask)


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
