"""The folder of a workshop: the trainer's file, the form, what participants are handed, and the scenario, if any.

The trainer's file is an assessment like any other: it holds the checklist, and later what the room has agreed on.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from stockcheck.assessment.file import create, open_file
from stockcheck.checklist.model import Checklist
from stockcheck.checklist.words import Identifier, Item, Text
from stockcheck.errors import StockcheckError, UsageError
from stockcheck.exchange import form
from stockcheck.exchange.content import of_checklist
from stockcheck.language import _, speaking
from stockcheck.plaintext import named, reason
from stockcheck.report.output import only_new, write_file
from stockcheck.spreadsheet.archive import save
from stockcheck.workshop import handout, scenarios
from stockcheck.workshop.scenario import Scenario

#: The files of the room itself, which are nobody's answers.
ABOUT, TRAINERS, FORM, HANDOUT = "room.json", "room.stockcheck", "form.xlsx", "handout.html"
#: The version of `ABOUT`.
VERSION: Literal[1] = 1
#: The most bytes that are read of it.
MAX_ABOUT = 64 * 1024
#: The most groups that a room is made for.
MAX_GROUPS = 200


class About(Item):
    """What the room is, as `ABOUT` keeps it. `form` is the SHA-256 of the empty form."""

    version: Literal[1]
    language: Identifier
    groups: int = Field(ge=1, le=MAX_GROUPS)
    form: Text
    scenario: Identifier | None = None


@dataclass(frozen=True)
class Folder:
    """The folder of a workshop, opened. `checklist` is the trainer's file's, and so is the day `on`."""

    path: Path
    about: About
    checklist: Checklist
    on: dt.date
    depot: str
    marking: str
    scenario: Scenario | None

    @property
    def trainers(self) -> Path:
        """The trainer's file."""
        return self.path / TRAINERS

    @property
    def own(self) -> tuple[Path, ...]:
        """The files in it that no participant made: a form that somebody has filled in where it lay is not one."""
        paths = [self.trainers]
        if (blank := self.path / FORM).is_file() and _sha256(blank) == self.about.form:
            paths.append(blank)
        return tuple(paths)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make(
    path: Path,
    checklist: Checklist,
    *,
    groups: int,
    language: str,
    by: str,
    on: dt.date,
    depot: str = "",
    marking: str = "",
    scenario: Scenario | None = None,
) -> None:
    """Make the folder of a workshop in `language`, which must not be there, or be empty.

    With a `scenario` the day and the depot are the scenario's. Raises `UsageError` and `StockcheckError`.
    """
    if not 1 <= groups <= MAX_GROUPS:
        raise UsageError(_("There are from 1 to {most} groups.").format(most=MAX_GROUPS))
    told = scenario.told_in(language) if scenario is not None else None
    if told is not None:
        on, depot = told.on, depot or told.depot
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(path.iterdir()):
            raise UsageError(
                _("{folder} is not empty.").format(folder=named(path)), _("Give the name of a new folder.")
            )
    except OSError as error:
        raise _cannot_make(path, error) from error
    with speaking(language):
        blank = io.BytesIO()
        save(form.build(of_checklist(checklist, language, classroom=True), dt.datetime.now(dt.UTC)), blank)
        page = handout.page(checklist, language, groups=groups, marking=marking, scenario=told)
    about = About(
        version=VERSION,
        language=language,
        groups=groups,
        form=hashlib.sha256(blank.getvalue()).hexdigest(),
        scenario=None if scenario is None else scenario.id,
    )
    contents = {FORM: blank.getvalue(), HANDOUT: page}
    made: list[Path] = []
    try:
        create(path / TRAINERS, checklist, depot=depot or path.name, marking=marking, on=on, by=by)
        made.append(path / TRAINERS)
        contents |= {} if scenario is None else {name: file.read_bytes() for name, file in scenario.files.items()}
        contents[ABOUT] = about.model_dump_json(indent=2).encode()  # last: without it, the folder is none
        for name, content in contents.items():
            (path / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(path / name, content)
            made.append(path / name)
    except BaseException as error:
        _clear(path, made)
        if isinstance(error, OSError):
            raise _cannot_make(path, error) from error
        raise


def _cannot_make(path: Path, error: OSError) -> StockcheckError:
    return StockcheckError(_("{folder} cannot be made: {why}.").format(folder=named(path), why=reason(error)))


def _clear(path: Path, made: Iterable[Path]) -> None:
    """Take away what was `made` in vain, so that the name can be given again; never what another has made there."""
    for file in made:
        with contextlib.suppress(OSError):
            file.unlink()
        for folder in file.parents:
            if folder == path:
                break
            with contextlib.suppress(OSError):
                folder.rmdir()  # only where it is empty


def _write(path: Path, content: bytes) -> None:
    write_file(path, lambda file: file.write(content), only_new)


def open_folder(path: Path) -> Folder:
    """The folder of a workshop. Raises `UsageError` where there is none, `StockcheckError` for one that is damaged."""
    damaged = StockcheckError(
        _("{file} is damaged, or of another version of stockcheck.").format(file=named(path / ABOUT))
    )
    try:
        if (path / ABOUT).exists() and not (path / ABOUT).is_file():  # a pipe would be read for ever
            raise damaged
        with (path / ABOUT).open("rb") as file:
            content = file.read(MAX_ABOUT + 1)
        about = About.model_validate_json(content[:MAX_ABOUT])
    except FileNotFoundError as error:
        raise UsageError(
            _("{folder} is no folder of a workshop.").format(folder=named(path)),
            _("Make one with: stockcheck workshop new {folder} --checklist rapid").format(folder=named(path)),
        ) from error
    except OSError as error:
        raise StockcheckError(f"{named(path / ABOUT)}: {reason(error)}.") from error
    except ValidationError as error:
        raise damaged from error
    with open_file(path / TRAINERS) as opened:
        state = opened.state
    scenario = None
    if about.scenario is not None:
        scenario = scenarios.read(path / scenarios.FOLDER / f"{about.scenario}.yaml", state.checklist)
    return Folder(path, about, state.checklist, state.on, state.depot, state.marking, scenario)
