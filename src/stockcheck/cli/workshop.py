"""workshop new, collect, present, report, settle, scenario: a room of people who assess the same depot."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stockcheck import language
from stockcheck.cli.arguments import By, Theme, check_workbook, provenance_line
from stockcheck.cli.calling import load_named
from stockcheck.cli.saying import say, say_folded
from stockcheck.cli.standard_input import check_input, line_by_line, takes_a_full_screen
from stockcheck.cli.usage import App
from stockcheck.errors import AssessmentFileError, StockcheckError, UsageError
from stockcheck.language import _, ngettext
from stockcheck.plaintext import named

if TYPE_CHECKING:
    from stockcheck.workshop.collecting import Room
    from stockcheck.workshop.content import Told
    from stockcheck.workshop.folder import Folder
    from stockcheck.workshop.scenario import Scenario

FolderArgument = Annotated[Path, typer.Argument(metavar=_("FOLDER"), help=_("The folder of the workshop."))]
WithNames = Annotated[bool, typer.Option("--names", help=_("Call participants as their files are called."))]
#: The most files, and answers passed over, that are told one by one.
SHOWN = 30
#: The most participants that are made up.
MOST_MADE_UP = 200
#: Seconds between two looks at the folder.
PAUSE = 2.0


def add_to(app: App) -> None:
    """Register the group of this module."""
    group = App()
    group.command(help=_("Make the folder of a workshop: the trainer's file, a form, a sheet for participants."))(new)
    group.command(help=_("Say who is in, twice, half done, unreadable, and how far the room agrees."))(collect)
    group.command(help=_("Write what the room answered as a workbook."))(report)
    group.command(help=_("Show a room how it answered, on a projector: question, answers, key."))(present)
    group.command(help=_("Settle what the room agrees on, question by question, in an assessment of its own."))(settle)
    scenario = App()
    scenario.command("list", help=_("List the scenarios that can be called by name."))(scenario_list)
    scenario.command("show", help=_("Show a scenario with its key."))(scenario_show)
    scenario.command("lint", help=_("Check scenario files; all that can be called by name by default."))(scenario_lint)
    group.add_typer(scenario, name="scenario", help=_("Fictitious depots with a key."))
    app.add_typer(group, name="workshop", help=_("A room of people who assess the same depot."))


def new(
    folder: FolderArgument,
    checklist: Annotated[
        str,
        typer.Option(
            "--checklist",
            "-c",
            metavar=_("CHECKLIST"),
            help=_("A name from “checklist list”, or a file."),
            show_default=False,
        ),
    ] = "",
    groups: Annotated[int, typer.Option("--groups", metavar="N", help=_("How many groups there are."))] = 6,
    scenario: Annotated[
        str,
        typer.Option(
            "--scenario",
            metavar=_("SCENARIO"),
            help=_("A name from “workshop scenario list”, or a file."),
            show_default=False,
        ),
    ] = "",
    depot: Annotated[
        str, typer.Option(metavar=_("NAME"), help=_("What the depot is called."), show_default=False)
    ] = "",
    marking: Annotated[
        str,
        typer.Option(metavar=_("TEXT"), help=_("Marking for every page, such as RESTRICTED."), show_default=False),
    ] = "",
    rehearse: Annotated[
        int,
        typer.Option(
            "--rehearse",
            metavar="N",
            help=_("Fill it with what N made-up participants answered, to go through a workshop before it is held."),
            show_default=False,
        ),
    ] = 0,
    by: By = "",
) -> None:
    """Make the folder of a workshop. Raises `UsageError` and `StockcheckError`."""
    from stockcheck.assessment.events import user_name
    from stockcheck.workshop import folder as folders

    if rehearse and not scenario:
        raise UsageError(_("Made-up participants answer about a scenario."), _("Add: --scenario police-store"))
    if not 0 <= rehearse <= MOST_MADE_UP:
        raise UsageError(_("There are from 1 to {most} made-up participants.").format(most=MOST_MADE_UP))
    told = _scenario(scenario) if scenario else None
    name = checklist or (told.checklist.id if told is not None else "rapid")
    if told is not None and checklist and checklist != told.checklist.id:
        raise UsageError(
            _("The scenario {scenario} is for the checklist {checklist}.").format(
                scenario=told.id, checklist=told.checklist.id
            )
        )
    against = told.checklist if told is not None else load_named(name)
    folders.make(
        folder,
        against,
        groups=groups,
        language=language.current(),
        by=by or user_name(),
        on=dt.datetime.now().date(),
        depot=depot,
        marking=marking,
        scenario=told,
    )
    if rehearse and told is not None:
        from stockcheck.workshop.rehearsal import fill

        fill(folders.open_folder(folder), told.key, rehearse)
    say(
        _("{folder} is ready. Hand out {form} and {handout}; put what comes back into the folder.").format(
            folder=named(folder), form=folders.FORM, handout=folders.HANDOUT
        ),
        provenance_line(against),
        _("Then: stockcheck workshop collect {folder}").format(folder=named(folder)),
    )


def _scenario(name: str) -> Scenario:
    from stockcheck.workshop.scenarios import find, read

    return read(find(name))


def _looked_through(path: Path, *, names: bool) -> tuple[Folder, Room, Told]:
    from stockcheck.checklist.translation import in_language
    from stockcheck.workshop.collecting import collect as collected
    from stockcheck.workshop.content import Told
    from stockcheck.workshop.figures import figures
    from stockcheck.workshop.folder import open_folder

    folder = open_folder(path)
    room = collected(folder.path, folder.checklist, folder.on, own=folder.own)
    scenario = folder.scenario
    found = figures(folder.checklist, room.participants, scenario.key if scenario else None)
    key = scenario.told_in(language.current()).key if scenario else None
    return folder, room, Told(found, in_language(folder.checklist, language.current()), names, key)


def collect(
    folder: FolderArgument,
    names: WithNames = False,
    watch: Annotated[bool, typer.Option("--watch", help=_("Go on looking; Ctrl+C ends it."))] = False,
) -> None:
    """Say what lies in the folder; with `watch`, again whenever that has changed. No participant's file is changed."""
    last: object = None
    while True:
        found, room, told = _looked_through(folder, names=names)
        now = [(str(one.path), one.sha256) for one in (*room.participants, *room.empty)]
        now += [(str(one.path), one.why) for one in room.unread]
        if now != last:
            if last is not None:
                say("")
            _tell(room, told, groups=found.about.groups)
        last = now
        if not watch:
            break
        time.sleep(PAUSE)
    if not room.participants:
        raise StockcheckError(
            _("Nobody has answered anything yet in {folder}.").format(folder=named(folder)),
            _("Put forms, assessments (.stockcheck) or text files of lines such as PER-01=no into it."),
        )


def _tell(room: Room, told: Told, *, groups: int) -> None:
    from stockcheck.report.content.parts import Fact, in_words
    from stockcheck.workshop import content

    for fact in content.presence(room).content:
        if isinstance(fact, Fact):
            say_folded(f"{fact.label}: {fact.text}")
    say_folded(_("Groups expected: {n}").format(n=groups))
    rows = [_why(str(row[0]), str(row[1])) for row in content.not_taken(room).rows]
    say_folded(*rows[:SHOWN])
    if len(rows) > SHOWN:
        say_folded(_("… and {n} more.").format(n=len(rows) - SHOWN))
    if len(room.participants) < 2:
        say_folded(_("Agreement takes two who have answered."))
        return
    for part in (content.agreement(told), content.scores(told)):
        say_folded(*(f"{fact.label}: {fact.text}" for fact in part.content if isinstance(fact, Fact)))
    worth = content.worth(told)
    say_folded("", f"{worth.heading}:")
    for row in worth.tables[0].rows:
        say_folded(f"  {row[0]}  {row[1]}", f"      {row[2]}")
        if told.key is not None and row[4]:
            say_folded("      " + _("Key: {answer}").format(answer=in_words(row[4])))
    if not worth.tables[0].rows:
        say_folded(_("None."))


def _why(file: str, why: str) -> str:
    """A line about a file; many a reason begins with its name."""
    return f"  {why}" if why.startswith(file) else f"  {file}: {why}"


def report(
    folder: FolderArgument,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar=_("FILE"), help=_("The workbook to write, ending in .xlsx."))
    ],
    names: WithNames = False,
) -> None:
    """Write the report of a workshop. Raises as `collect`."""
    from stockcheck.report.output import check, only_new, write_file

    check_workbook(output)
    check(output, only_new)
    from stockcheck.spreadsheet.archive import save
    from stockcheck.workshop.workbook import build

    found, room, told = _looked_through(folder, names=names)
    if not room.participants:
        raise StockcheckError(_("Nobody has answered anything yet in {folder}.").format(folder=named(folder)))
    workbook = build(found, room, told, dt.datetime.now(dt.UTC))
    write_file(output, lambda stream: save(workbook, stream), only_new)
    say(_("Written: {file}").format(file=named(output)))


def present(folder: FolderArgument, theme: Theme = "") -> None:
    """Present a room at a terminal. Raises `UsageError` where there is none, or no such theme, and as `collect`."""
    from stockcheck.questionnaire import themes

    colours = themes.wanted(theme)
    if not takes_a_full_screen():
        raise UsageError(
            _("Presenting takes a terminal that can show a full screen."), _("Without one: stockcheck workshop report")
        )
    found, room, told = _looked_through(folder, names=True)
    if not room.participants:
        raise StockcheckError(_("Nobody has answered anything yet in {folder}.").format(folder=named(folder)))
    from stockcheck.workshop.presenting import run

    run(told, found.marking, colours)


def settle(folder: FolderArgument, by: By = "") -> None:
    """Settle what the room agrees on. Raises as `collect`, and `AssessmentFileError`."""
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.file import open_file
    from stockcheck.questionnaire.session import Session
    from stockcheck.workshop.settling import Settling

    check_input()
    found, room, told = _looked_through(folder, names=False)
    if not room.participants:
        raise StockcheckError(_("Nobody has answered anything yet in {folder}.").format(folder=named(folder)))
    with open_file(found.trainers, write=True, by=by or user_name()) as opened:
        if opened.read_only:
            raise AssessmentFileError(opened.read_only)
        session = Session(opened, language.current())
        line_by_line(
            lambda tell, patient, encoding: Settling(session, told.figures, tell, patient=patient, encoding=encoding)
        )
    say(_("Kept in {file}: an assessment like any other.").format(file=named(found.trainers)))


def scenario_list() -> None:
    """Print one line a scenario; raises `ChecklistError`, after that, for those that cannot be read."""
    from stockcheck.checklist.faults import ChecklistError, Fault
    from stockcheck.workshop.scenarios import names, read

    faults: list[Fault] = []
    for name, path in names().items():
        try:
            found = read(path)
        except ChecklistError as error:
            faults += error.faults
            continue
        told = found.told_in(language.current())
        say(f"{named(name)}  {told.title}  ({found.checklist.id}; {' '.join(found.languages)})")
    if faults:
        raise ChecklistError(faults)


def scenario_show(
    name: Annotated[str, typer.Argument(metavar=_("SCENARIO"), help=_("A name, or a file."))],
    key: Annotated[bool, typer.Option("--key", help=_("With the right answers. Not for participants."))] = False,
) -> None:
    """Print a scenario, with its key if it is asked for."""
    from stockcheck.checklist.translation import in_language
    from stockcheck.workshop.tallies import said

    found = _scenario(name)
    told = found.told_in(language.current())
    checklist = in_language(found.checklist, language.current())
    say_folded(told.title, "", told.situation)
    for scene in told.scenes:
        say_folded("", scene.title, *(f"- {one}" for one in scene.see))
        said_by = _("{who}: “{text}”")
        say_folded(*(said_by.format(who=one.who, text=one.says) for one in scene.told))
    if key:
        say_folded("", _("Key"))
        for question, keyed in told.key.items():
            answer = said(checklist.question[question], found.key.answers[question])
            say_folded(f"{question}  {checklist.question[question].text}", f"    {answer}. {keyed.why}")
            if keyed.mistake:
                say_folded("    " + _("Usual mistake: {text}").format(text=keyed.mistake))


def scenario_lint(
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(metavar="[" + _("SCENARIO") + "]...", help=_("Names or files (default: every one).")),
    ] = None,
) -> None:
    """Name every fault and every missing translation. Raises `ChecklistError`."""
    from stockcheck.checklist.faults import ChecklistError, Fault
    from stockcheck.workshop.scenarios import find, names, read, untranslated

    paths = [find(name) for name in scenarios] if scenarios else list(names().values())
    faults: list[Fault] = []
    for path in paths:
        try:
            faults += untranslated(read(path), path)
        except ChecklistError as error:
            faults += error.faults
    if faults:
        raise ChecklistError(sorted(faults))
    say(ngettext("{n} scenario, no faults.", "{n} scenarios, no faults.", len(paths)).format(n=len(paths)))
