"""`stockcheck` alone: the home screen, and the commands that it is given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from stockcheck import language
from stockcheck.cli import about, assessments, beginning, forms, merge, plan, record, reports, saying, seals
from stockcheck.errors import AssessmentFileError, StockcheckError
from stockcheck.language import _

if TYPE_CHECKING:
    from stockcheck.home.commands import Said, Side
    from stockcheck.home.desk import Wish


class CliCommands:
    """The commands of this program, run for a screen: what they would print is what they have said."""

    def new(
        self,
        file: Path,
        checklist: str,
        *,
        depot: str,
        code: str,
        marking: str,
        date: str,
        by: str,
        earlier: Path | None = None,
    ) -> Said:
        return _heard(
            lambda: beginning.new(file, checklist, earlier, depot=depot, code=code, marking=marking, date=date, by=by)
        )

    def describe(
        self, file: Path, *, depot: str | None, code: str | None, marking: str | None, date: str | None, by: str
    ) -> Said:
        return _heard(lambda: about.set_(file, depot=depot, code=code, marking=marking, date=date, by=by))

    def about(self, file: Path) -> Said:
        return _heard(lambda: about.show(file))

    def report(
        self, file: Path, output: Path, *, force: bool, previous: Path | None, told: Callable[[str], object]
    ) -> Said:
        return _heard(lambda: reports.report(file, output, force=force, previous=previous), told)

    def form(self, file: Path, output: Path) -> Said:
        return _heard(lambda: forms.form(output, file))

    def import_form(self, file: Path, workbook: Path, *, dry_run: bool, partial: bool, side: Side, by: str) -> Said:
        ours, theirs = side == "ours", side == "theirs"
        return _heard(lambda: forms.import_(file, workbook, dry_run, partial, ours, theirs, by))

    def import_plan(self, file: Path, workbook: Path, *, dry_run: bool, side: Side, by: str) -> Said:
        return _heard(lambda: plan.import_(workbook, file, dry_run, side == "ours", side == "theirs", by))

    def plan(self, file: Path) -> Said:
        return _heard(lambda: plan.list_(file))

    def upgrade(self, file: Path, checklist: str, *, by: str) -> Said:
        return _heard(lambda: assessments.upgrade(file, checklist, by=by))

    def merge(self, file: Path, other: Path, output: Path, *, side: Side, by: str) -> Said:
        return _heard(lambda: merge.bring_together(file, other, output, side=side or None, by=by))

    def seal(self, file: Path, *, role: str, key: str, passphrase: str, by: str) -> Said:
        return _heard(lambda: seals.seal_from_screen(file, role, key, passphrase, by))

    def reopen(self, file: Path, why: str, *, by: str) -> Said:
        return _heard(lambda: seals.reopen(file, why, by))

    def verify(self, file: Path, against: str) -> Said:
        return _heard(lambda: record.verify(file, against))


def _heard(command: Callable[[], None], passing: Callable[[str], object] = lambda _text: None) -> Said:
    """Run a command; what it said, and why it refused."""
    from stockcheck.home.commands import Said

    refused = ""
    with saying.heard(passing) as found:
        try:
            command()
        except StockcheckError as error:
            refused = str(error)
        except Exception as error:
            refused = str(saying.in_a_sentence(error))
    return Said(tuple(found.lines), refused, tuple(found.complaints))


def open_home(wanted: str | None) -> None:
    """Show the home screen until the person leaves, and the questionnaire whenever they want to answer.

    It speaks the language `wanted` by the call, else the one that was chosen there before, else that of the system.
    Raises `StockcheckError` when the program has a fault.
    """
    from stockcheck.assessment import unlocking
    from stockcheck.assessment.events import user_name
    from stockcheck.home import remembered
    from stockcheck.home.app import HomeApp
    from stockcheck.home.desk import Kept

    unlocking.use(None)  # a dialog asks
    if wanted is None and (chosen := remembered.choice("language")) in language.LANGUAGES:
        language.use(chosen)
    kept = Kept(by=user_name())
    while True:
        app = HomeApp(CliCommands(), kept)
        app.run_and_tell()
        app.stop_looking()
        if app.wish is None:
            return
        kept.chosen = app.wish.file
        try:
            kept.message = "\n".join(part for part in (kept.message, _sit(app.wish, kept.by)) if part)
        except StockcheckError as error:
            kept.message, kept.trouble = str(error), True


def _sit(wish: Wish, by: str) -> str:
    """Have an assessment answered, or what was set aside in it reviewed; what there is to tell after that.

    Raises as `assessment.file.open_file`.
    """
    from stockcheck.assessment.file import open_file
    from stockcheck.home import looks, remembered
    from stockcheck.questionnaire.screen.app import run
    from stockcheck.questionnaire.session import Session

    with open_file(wish.file, write=True, by=wish.reviewer or by) as opened:
        remembered.remember(wish.file)
        if wish.reviewer and opened.read_only:
            raise AssessmentFileError(opened.read_only)
        session = Session(opened, language.current())
        if wish.reviewer:
            waiting = session.set_aside_to_review()
            if not waiting:
                return _("Nothing waits for a countersignature.")
            session.go_to(waiting[0])
        looks.keep(run(session, theme=looks.theme(), presenting=wish.presenting))
        if opened.read_only:
            return opened.read_only
    return after_answering()


def after_answering() -> str:
    """What comes next, for somebody who is back from the questions."""
    return _("What was answered is saved. a goes on with it, s shows the score, r writes the report.")
