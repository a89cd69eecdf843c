"""What can be done from the home screen: the letter, the words and the task of each, and the help that lists them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from stockcheck.home import sealing, tasks, upkeep, workbooks
from stockcheck.home.desk import Desk
from stockcheck.home.dialogs import Row
from stockcheck.language import N_, _


@dataclass(frozen=True)
class ForOne:
    """Something that is done with one assessment; `short` its word in the lines of letters, empty for none.

    `opens` is whether the file is opened for it: a protected one asks for its passphrase first.
    """

    key: str
    words: str
    short: str
    do: Callable[[Desk, Path], None]
    opens: bool = True


@dataclass(frozen=True)
class ForAll:
    """Something that needs no assessment: an action of the app. Languages are called by their own names."""

    key: str
    words: str
    short: str
    action: str


def _present(app: Desk, file: Path) -> None:
    app.answer(file, presenting=True)


#: In the order in which a menu shows them. The letters are the same in every language, as in the questionnaire.
WITH_ONE = (
    ForOne("a", N_("Answer, or go on where it was left"), N_("answer"), lambda app, file: app.answer(file)),
    ForOne("w", N_("Review: countersign what somebody else set aside"), N_("review"), tasks.review),
    ForOne("s", N_("Score: levels, gaps and the way to the next level"), N_("score"), tasks.score),
    ForOne("r", N_("Report: write it as a file"), N_("report"), tasks.report),
    ForOne("z", N_("Seal: close the assessment, signed or not"), "", sealing.seal),
    ForOne("c", N_("Compare with another assessment of the depot"), N_("compare"), tasks.compare),
    ForOne("m", N_("Present it to a room: one question, large, its answer covered"), "", _present),
    ForOne("p", N_("Bring in the action plan of a report"), "", workbooks.import_plan),
    ForOne("d", N_("Show what is being done about the gaps"), "", workbooks.plan),
    ForOne("f", N_("Write a form to fill in on paper or in Excel"), "", workbooks.form),
    ForOne("i", N_("Bring in a filled-in form"), "", workbooks.import_form),
    ForOne("e", N_("Put right the depot’s name, code, marking or the date"), "", upkeep.describe),
    ForOne("h", N_("See what the file is, and what was recorded last"), "", upkeep.about),
    ForOne("g", N_("Reopen what was sealed"), "", sealing.reopen),
    ForOne("v", N_("Verify the file, and see its code"), "", upkeep.verify),
    ForOne("j", N_("Join it with another copy of the same assessment"), "", upkeep.merge),
    ForOne("u", N_("Go on with a newer version of the checklist"), "", upkeep.upgrade),
    ForOne("x", N_("Forget where it lies"), "", upkeep.forget, opens=False),
)
WITHOUT = (
    ForAll("n", N_("New assessment"), N_("new"), "new"),
    ForAll("o", N_("Open a file"), N_("open file"), "open"),
    ForAll("b", N_("Say who is at the keyboard"), N_("who answers"), "who"),
    ForAll("l", N_("Language"), "", "language"),
    ForAll("t", N_("Colours: light, dark or high contrast"), N_("colours"), "look"),
    ForAll("?", N_("Help"), N_("help"), "help"),
    ForAll("q", N_("Leave"), N_("leave"), "quit"),
)


def rows() -> list[Row]:
    """What can be done with an assessment, as a menu shows it."""
    return [Row(one.key, one.key, _(one.words)) for one in WITH_ONE]


def help_text() -> str:
    """What the screen is for, and every key."""
    lines = [
        _("Here are your assessments: those that you opened last, then those in this folder."),
        _("Arrows move, Enter chooses; the mouse works too. Letters are shortcuts. Esc goes back."),
        "",
        _("To begin: choose “New assessment”, then a checklist, and say which depot. The questions follow at once."),
        _("Every answer is saved as soon as it is given. Stop whenever you like; the assessment stays in this list."),
        _("At the end: choose the assessment, then “Report”. It is written as a file that you can open and print."),
        "",
        _("With the assessment that is chosen:"),
        *("  " + one.key + "  " + _(one.words) for one in WITH_ONE),
        "",
        _("At any time:"),
        *("  " + one.key + "  " + _(one.words) for one in WITHOUT),
        "",
        _("Ctrl+P lists all of this in words, Ctrl+T changes the colours."),
        _("The list remembers where files lie, and nothing of what is in them; x forgets it."),
        _("Each of these is a command as well: stockcheck --help"),
    ]
    return "\n".join(lines)
