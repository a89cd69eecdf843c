"""plan import, list, set: what is done about the gaps, filled in as a workbook or said on the command line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stockcheck import language
from stockcheck.cli.arguments import AsJson, FileArgument, date_argument
from stockcheck.cli.saying import complain, say, say_json
from stockcheck.cli.usage import App
from stockcheck.errors import AssessmentFileError, StockcheckError, UsageError
from stockcheck.language import _, ngettext
from stockcheck.plaintext import folded, one_line

if TYPE_CHECKING:
    from stockcheck.assessment.file import AssessmentFile
    from stockcheck.assessment.state import State
    from stockcheck.exchange.plan import Conflict, Merged, Preference, Value

#: Refusals and conflicts told before the rest is only counted.
SHOWN = 40

_By = Annotated[
    str,
    typer.Option(
        "--by", metavar=_("NAME"), help=_("Who records it (default: the account's name)."), show_default=False
    ),
]


def _text(flag: str, said: str) -> Any:
    return typer.Option(flag, metavar=_("TEXT"), help=said, show_default=False)


def _date(flag: str, said: str) -> Any:
    return typer.Option(flag, metavar=_("DATE"), help=said, show_default=False)


def add_to(app: App) -> None:
    """Register the group of this module."""
    group = App()
    group.command(
        "import",
        help=_(
            "Read the action plan of a report that was filled in. All of it is brought into the assessment, or "
            "nothing. No answer is changed."
        ),
    )(import_)
    group.command("list", help=_("Print what is being done, by whom and by when."))(list_)
    group.command("set", help=_("Say what is being done about one question. What is not given stays."))(set_)
    app.add_typer(group, name="plan", help=_("Bring the action plan in, print it, and change it."))


def import_(
    workbook: Annotated[Path, typer.Argument(metavar=_("WORKBOOK"), help=_("The report that was filled in (.xlsx)."))],
    into: Annotated[
        Path, typer.Option("--into", metavar=_("FILE"), help=_("The assessment, such as depot.stockcheck."))
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Say what would be done, and write nothing."))] = False,
    ours: Annotated[bool, typer.Option("--ours", help=_("In a conflict, what the assessment says now stays."))] = False,
    theirs: Annotated[bool, typer.Option("--theirs", help=_("In a conflict, what the workbook says counts."))] = False,
    by: _By = "",
) -> None:
    """Bring a plan in."""
    if ours and theirs:
        raise UsageError(_("--ours and --theirs do not go together."))
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.file import open_file
    from stockcheck.exchange.plan import merge
    from stockcheck.exchange.plan_reading import read_plan
    from stockcheck.spreadsheet.reading import read

    came = read(workbook)
    prefer: Preference = "ours" if ours else "theirs" if theirs else ""
    with open_file(into, write=not dry_run, by=by or user_name()) as opened:
        if opened.read_only and not dry_run:
            raise AssessmentFileError(opened.read_only)
        found = read_plan(came, opened.checklist.question.keys(), assessment=opened.record.first)
        merged = merge(found.rows, opened.state.actions, prefer)
        refused = [(one.place, one.why) for one in found.refusals]
        refused += _unfit(opened.state, merged, {row.id: row.places for row in found.rows})
        log = _("Rows read: {read}; changed: {changed}; refused: {refused}; in conflict: {conflicts}.").format(
            read=len(found.rows),
            changed=len(merged.changes),
            refused=len(refused),
            conflicts=len({one.id for one in merged.conflicts}),
        )
        if refused or merged.conflicts:
            say(log)
            raise _not_brought_in(refused, merged.conflicts)
        if dry_run:
            say(log, *_changes_in_words(merged), _("Nothing was written."))
            return
        opened.act(merged.changes, came.sha256)
        say(log, *_changes_in_words(merged))
        _tell_what_to_check_again(opened)
        if notice := opened.take_notice():
            complain(notice)


def _unfit(state: State, merged: Merged, places: dict[str, Any]) -> list[tuple[str, str]]:
    """What of the changes does not go together, and where."""
    from stockcheck.assessment.actions import NOTHING, as_data
    from stockcheck.errors import AnswerError

    found = []
    for id_, change in merged.changes.items():
        try:
            as_data(state.actions.get(id_, NOTHING), change)
        except AnswerError as error:
            found.append((places[id_][next(iter(change))], f"{id_}: {error.message}"))
    return found


def _not_brought_in(refused: list[tuple[str, str]], conflicts: list[Conflict]) -> StockcheckError:
    from stockcheck.assessment.actions import titles

    lines = [f"{place}: {why}" for place, why in refused]
    for one in conflicts:
        said = _("{place}: {id}, {what}: exported “{before}”, in the workbook “{theirs}”, in the assessment “{ours}”.")
        lines.append(
            said.format(
                place=one.place,
                id=one.id,
                what=titles()[one.field],
                before=_shown(one.field, one.exported),
                theirs=_shown(one.field, one.theirs),
                ours=_shown(one.field, one.ours),
            )
        )
    if len(lines) > SHOWN:
        lines[SHOWN:] = [_("… and {n} more.").format(n=len(lines) - SHOWN)]
    hint = _("Nothing was written. Mend it in the workbook and import it again.")
    if not refused:
        hint = _("Nothing was written. Say whose word counts: --ours (the assessment's) or --theirs (the workbook's).")
    return StockcheckError("\n".join([_("The plan was not brought in."), *lines]), hint)


def _shown(field: str, value: Value) -> str:
    from stockcheck.assessment.actions import status_in_words

    if field == "status":
        return status_in_words(str(value))
    return one_line(str(value or ""), limit=80)


def _changes_in_words(merged: Merged) -> list[str]:
    from stockcheck.assessment.actions import titles

    return [
        f"  {id_}  " + "; ".join(f"{titles()[name]}: {_shown(name, value) or '–'}" for name, value in change.items())
        for id_, change in merged.changes.items()
    ]


def _tell_what_to_check_again(opened: AssessmentFile) -> None:
    """What is done by the plan, while the answer still says that it is not."""
    from stockcheck.assessed import scorecard_of
    from stockcheck.exchange.plan import to_check_again

    if again := to_check_again(opened.state.actions, scorecard_of(opened.state, language.current())):
        said = ngettext(
            "{n} action is done, and its answer still says that something is missing. Check it again: {ids}.",
            "{n} actions are done, and their answers still say that something is missing. Check them again: {ids}.",
            len(again),
        )
        say(said.format(n=len(again), ids=", ".join(gap.line.question.id for gap in again)))


def list_(file: FileArgument, as_json: AsJson = False) -> None:
    """Print the plan."""
    from stockcheck.assessed import score_file
    from stockcheck.assessment.actions import status_in_words, titles
    from stockcheck.exchange.plan import is_overdue, to_check_again

    found = score_file(file, language.current())
    today = dt.datetime.now().date()
    state = found.state
    again = {gap.line.question.id for gap in to_check_again(state.actions, found.scorecard)}
    shown = [
        (question, state.actions[question.id])
        for question in found.checklist.questions
        if question.id in state.actions and state.actions[question.id].says_something
    ]
    if as_json:
        rows = []
        for question, action in shown:
            plain = {key: one.isoformat() if isinstance(one, dt.date) else one for key, one in action.values.items()}
            rows.append(
                {
                    "id": question.id,
                    **plain,
                    "by": action.by,
                    "at": action.at.isoformat() if action.at else None,
                    "overdue": is_overdue(action, today),
                    "to_check_again": question.id in again,
                }
            )
        say_json({"actions": rows})
        return
    for question, action in shown:
        remarks = [status_in_words(action.status)]
        remarks += [_("OVERDUE")] if is_overdue(action, today) else []
        remarks += (
            [_("check it again: the answer still says that something is missing")] if question.id in again else []
        )
        say(f"{question.id}  {one_line(question.text)}", "    " + "; ".join(remarks))
        for name, title in titles().items():
            if name != "status" and (value := getattr(action, name)):
                say(f"    {title}: {one_line(str(value))}")
    if not shown:
        say(_("Nobody has said yet what is being done."))


def set_(
    file: FileArgument,
    question: Annotated[str, typer.Argument(metavar=_("ID"), help=_("The question's id, such as ARM-01."))],
    owner: Annotated[str | None, _text("--owner", _("Who is to do it."))] = None,
    due: Annotated[str | None, _date("--due", _("By when, year-month-day."))] = None,
    status: Annotated[
        str | None,
        typer.Option("--status", metavar="open|under_way|done|waived", help=_("How far it is."), show_default=False),
    ] = None,
    done_on: Annotated[str | None, _date("--done-on", _("When it was done."))] = None,
    verified_by: Annotated[str | None, _text("--verified-by", _("Who has seen that it is done."))] = None,
    evidence: Annotated[str | None, _text("--evidence", _("What shows that it is done."))] = None,
    remarks: Annotated[str | None, _text("--remarks", _("Anything else."))] = None,
    until: Annotated[str | None, _date("--until", _("Until when it is waived."))] = None,
    measure: Annotated[str | None, _text("--measure", _("What compensates while it is waived."))] = None,
    by: _By = "",
) -> None:
    """Change one action; an empty value takes away what was there."""
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.file import open_file
    from stockcheck.exchange.plan_sheet import statuses

    change: dict[str, str | dt.date | None] = {
        "owner": owner,
        "verified_by": verified_by,
        "evidence": evidence,
        "remarks": remarks,
        "measure": measure,
    }
    change = {name: value for name, value in change.items() if value is not None}
    for name, typed in (("due", due), ("done_on", done_on), ("until", until)):
        if typed is not None:
            change[name] = date_argument(typed) if typed else None
    if status is not None:
        word = folded(status.replace("-", "_"))
        change["status"] = statuses().get(word, statuses().get(folded(status), status))
    if not change:
        raise UsageError(_("Nothing was given to change."), _("Such as: --owner, --due, --status."))
    with open_file(file, write=True, by=by or user_name()) as opened:
        if opened.read_only:
            raise AssessmentFileError(opened.read_only)
        known = {folded(id_): id_ for id_ in opened.checklist.question}
        if (id_ := known.get(folded(question))) is None:
            raise UsageError(_("There is no question with the id “{id}” here.").format(id=one_line(question, limit=60)))
        if opened.act({id_: change}):
            say(_("Saved: {id}.").format(id=id_))
        else:
            say(_("{id}: nothing of that is new.").format(id=id_))
        if notice := opened.take_notice():
            complain(notice)
