"""Which assessments the home screen lists, and how each stands, in words."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from stockcheck.assessment.checks import SUFFIX
from stockcheck.assessment.file import open_file
from stockcheck.checklist.library import load
from stockcheck.checklist.provenance import Origin, provenance_of
from stockcheck.checklist.sources import names
from stockcheck.checklist.translation import in_language
from stockcheck.errors import ProtectedError, StockcheckError
from stockcheck.home import remembered
from stockcheck.language import _, date, ngettext
from stockcheck.plaintext import folded, named, one_line, reason
from stockcheck.questionnaire import headline
from stockcheck.questionnaire.agenda import Agenda

#: The most assessments that are listed, and the most names that are looked through in a folder.
MOST, _LOOKED_THROUGH = 60, 2000
#: The most bytes of a proposed name that tell the depot.
_LONGEST_STEM = 120


@dataclass(frozen=True)
class Standing:
    """How an assessment stands: `title` names the depot, the date and the file, `words` say the rest.

    `opens` is whether it can be opened; `waiting` counts what waits for a countersignature. One that is `protected`
    does not open before its passphrase is given, and nothing of what is in it is known.
    """

    title: str
    words: str
    opens: bool = True
    on: dt.date | None = None
    waiting: int = 0
    protected: bool = False


def assessments() -> list[Path]:
    """Where assessments are known to lie: those opened last, then those in this folder, by name."""
    found = dict.fromkeys(remembered.recent())
    found.update(dict.fromkeys(_in_this_folder()))
    return list(found)[:MOST]


def _in_this_folder() -> list[Path]:
    try:
        here = Path.cwd()
        with os.scandir(here) as entries:
            seen = [entry.name for _number, entry in zip(range(_LOOKED_THROUGH), entries, strict=False)]
    except OSError:
        return []
    return sorted(here / name for name in seen if name.endswith(SUFFIX) and not name.startswith("."))


def shown(path: Path) -> str:
    """`path` as short as it can be told from here."""
    try:
        return named(path.relative_to(Path.cwd()))
    except (OSError, ValueError):
        return named(path)


def folder_shown() -> str:
    """The folder that new files go to, as it is told."""
    try:
        here = Path.cwd()
        return named(Path("~") / here.relative_to(Path.home())) if here.is_relative_to(Path.home()) else named(here)
    except (OSError, RuntimeError):  # it was taken away, or the account has none
        return _("a folder that is gone")


def typed_path(typed: str) -> Path:
    """What was typed as where a file lies: in this folder, where nothing else is said."""
    path = Path(typed.strip())
    try:
        return path.expanduser()
    except RuntimeError:  # there is nobody of that name
        return path


def standing(path: Path, language: str) -> Standing:
    """How the assessment at `path` stands. Raises nothing: what cannot be opened says why."""
    try:
        with open_file(path) as opened:
            agenda = Agenda(in_language(opened.checklist, language), opened.state)
            sound = opened.record.chain_holds
            mark = provenance_of(opened.checklist).mark
    except ProtectedError:
        return Standing(shown(path), _("protected by a passphrase"), opens=False, protected=True)
    except StockcheckError as error:
        return Standing(shown(path), one_line(error.message, limit=300), opens=False)
    except OSError as error:
        return Standing(shown(path), f"{named(path.name)}: {reason(error)}.", opens=False)
    state, card = agenda.state, agenda.scorecard
    nothing = headline.nothing_answered(card)
    words = [mark, agenda.checklist.title, headline.found(card), nothing or _answered(agenda)]
    if not sound:
        words.insert(0, _("The history of this file was changed after it was recorded."))
    if not nothing:
        words.append(headline.level(card))
    if state.seals:
        words.insert(1, _("sealed"))
    title = "  ·  ".join(part for part in (one_line(state.depot), date(state.on), shown(path)) if part)
    said = "  ·  ".join(part for part in words if part)
    return Standing(title, said, on=state.on, waiting=len(card.set_aside))


def _answered(agenda: Agenda) -> str:
    """How many of the questions that are asked have an answer, as the questionnaire counts them."""
    parts = list(agenda.progress())
    settled, asked = sum(part.settled for part in parts), sum(part.asked for part in parts)
    return _("{n} of {all} answered").format(n=settled, all=asked)


@dataclass(frozen=True)
class Offered:
    """A checklist to choose: its `name`, and what is said of it."""

    name: str
    title: str
    words: str


def checklist(name: str, language: str) -> Offered:
    """The checklist called `name`. Raises `StockcheckError` for one that has faults."""
    found = load(name)
    provenance = provenance_of(found)
    count = ngettext("{n} question", "{n} questions", len(found.questions)).format(n=len(found.questions))
    levels = _("with levels") if found.levels else _("without levels")
    origin = "" if provenance.origin is Origin.SHIPPED else f"{provenance.word}: {named(names()[name])}"
    words = "  ·  ".join(part for part in (count, levels, origin) if part)
    return Offered(name, one_line(in_language(found, language).title), words)


def proposed_name(depot: str, on: str, folder: Path, ending: str = SUFFIX) -> str:
    """A free name for a file about `depot`: letters and figures that every system takes, and the date."""
    letters = "".join(one if one.isalnum() else "-" for one in folded(one_line(depot, limit=60)))
    words = [word for word in letters.split("-") if word] or [folded(_("depot"))]
    stem = os.fsencode("-".join(words))[:_LONGEST_STEM].decode(errors="ignore") + (f"-{on}" if on else "")
    number = 1
    while os.path.lexists(folder / (name := stem + (f"-{number}" if number > 1 else "") + ending)):
        number += 1
    return name
