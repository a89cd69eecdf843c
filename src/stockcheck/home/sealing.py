"""An assessment sealed from the home screen, and reopened."""

from __future__ import annotations

from pathlib import Path

from stockcheck import language
from stockcheck.assessment.file import open_file
from stockcheck.home.commands import Said
from stockcheck.home.desk import Desk
from stockcheck.home.dialogs import Field, FormDialog
from stockcheck.home.running import reader, recorded_by, run
from stockcheck.keys import own
from stockcheck.language import _
from stockcheck.questionnaire.overview import still_to_do
from stockcheck.questionnaire.session import Session


def seal(app: Desk, file: Path) -> None:
    """See what is open, then close the assessment: with a key of one's own, or unsigned."""
    keys: dict[str, str] = {}

    def look() -> Said:
        keys.update({key.public.fingerprint: key.public.name for key in own.own()})
        with open_file(file) as opened:
            return Said(tuple(still_to_do(Session(opened, language.current()))))

    def do(dialog: FormDialog, given: dict[str, str]) -> None:
        def work() -> Said:
            return app.runs.seal(
                file, role=given["role"], key=given["key"], passphrase=given.get("passphrase", ""), by=given["by"]
            )

        run(app, dialog, work, reader(app, _("Sealed")))

    def seen(said: Said) -> None:
        if said.refused:
            app.tell(said.refused, trouble=True)
            return
        hint = _("One of your keys signs; unsigned, anybody could put such a seal there. New: stockcheck key new")
        fields = [
            Field("role", _("Role"), hint=_("In what role it is sealed, such as “Depot commander”.")),
            recorded_by(app),
            Field("key", _("Signature"), next(iter(keys), ""), hint=hint, options={**keys, "": _("unsigned")}),
        ]
        if keys:
            hint = _("It opens your key, and is kept nowhere.")
            fields.append(Field("passphrase", _("Passphrase"), hint=hint, hidden=True))
        dialog = FormDialog(_("Seal the assessment"), fields, _("Seal it"), do, {})
        app.push_screen(dialog)
        dialog.tell("\n".join(said.lines))

    app.work(look, seen)


def reopen(app: Desk, file: Path) -> None:
    """Take up again what was sealed."""
    fields = [Field("why", _("Reason"), hint=_("Why it is taken up again. It stays in the history.")), recorded_by(app)]

    def do(dialog: FormDialog, given: dict[str, str]) -> None:
        run(app, dialog, lambda: app.runs.reopen(file, given["why"], by=given["by"]), lambda said: app.tell(said.text))

    app.push_screen(FormDialog(_("Reopen"), fields, _("Reopen it"), do, app.kept.draft("reopen", file)))
