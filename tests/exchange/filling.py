"""Forms filled in as a person does it in a spreadsheet program, and random depots to fill them in for."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from stockcheck import language
from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.fitting import fitting
from stockcheck.assessed import score_file
from stockcheck.assessment.file import create
from stockcheck.checklist.model import Asked, Checklist, ProfileField
from stockcheck.checklist.translation import in_language
from stockcheck.errors import AnswerError
from stockcheck.exchange import contract
from stockcheck.exchange.content import Content, of_checklist, of_open
from stockcheck.exchange.form import build
from stockcheck.spreadsheet.archive import save
from tests.assessment.crafting import clock

ON = dt.date(2026, 3, 1)
MADE = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


def assessment(path: Path, checklist: Checklist, depot: str = "North") -> Path:
    """An assessment that nobody has answered."""
    create(path, checklist, depot=depot, marking="SECRET", on=ON, by="tester", clock=clock)
    return path


def written(content: Content, path: Path, spoken: str = "en") -> Path:
    """The form of `content`, as a file."""
    with language.speaking(spoken), path.open("wb") as file:
        save(build(content, MADE), file)
    return path


def blank(checklist: Checklist, path: Path, spoken: str = "en") -> Path:
    """The form of a whole checklist."""
    with language.speaking(spoken):
        return written(of_checklist(checklist, spoken), path, spoken)


def of_file(file: Path, path: Path, spoken: str = "en") -> Path:
    """The form of what is open in an assessment."""
    with language.speaking(spoken):
        return written(of_open(score_file(file, spoken), spoken), path, spoken)


class Filling:
    """A form, open in a spreadsheet program. Rows are known by their keys, such as question:A-1."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.workbook = openpyxl.load_workbook(path)
        self.places: dict[str, tuple[Any, int, dict[str, int]]] = {}
        number = 1
        while (name := contract.column_name(number, contract.KEY)) in self.workbook.defined_names:
            columns = {}
            for column in contract.READ:
                ((title, area),) = self.workbook.defined_names[contract.column_name(number, column)].destinations
                columns[column] = self.workbook[title][area][0][0].column
            ((title, area),) = self.workbook.defined_names[name].destinations
            for (cell,) in self.workbook[title][area]:
                if cell.value:
                    self.places[cell.value] = (self.workbook[title], cell.row, columns)
            number += 1

    def cell(self, key: str, column: str = contract.ANSWER) -> Any:
        """One cell of the form."""
        sheet, row, columns = self.places[key]
        return sheet.cell(row, columns[column])

    def write(self, key: str, answer: object = None, *, reason: str = "", note: str = "") -> Filling:
        """Write into the row of `key`."""
        for column, value in ((contract.ANSWER, answer), (contract.REASON, reason), (contract.NOTE, note)):
            if value not in (None, ""):
                self.cell(key, column).value = value
        return self

    def give(self, asked: Asked, answer: Answer, note: str = "") -> None:
        """Answer as the form offers it, in the language in use, which has to be the form's."""
        key = contract.key(asked)
        self.write(key, note=note)
        for text, one in contract.offered(asked).items():
            if one == answer or (one.status == answer.status == "na"):
                self.write(key, text, reason=answer.justification)
                return
        if isinstance(answer.value, tuple):
            for word in answer.value:
                self.write(contract.key(asked, word), contract.TICK)
            return
        self.write(key, float(answer.value) if isinstance(answer.value, Decimal) else answer.value)

    def saved(self, path: Path | None = None) -> Path:
        """Save, under another name perhaps."""
        self.workbook.save(path or self.path)
        return path or self.path


def random_answer(asked: Asked, chance: random.Random) -> Answer | None:
    """Any answer that fits, or none."""
    value: Any = {
        "control": lambda: chance.choice(asked.words),
        "choice": lambda: chance.choice(asked.words),
        "several": lambda: tuple(word for word in asked.words if chance.random() < 0.5),
        "number": lambda: Decimal(chance.randint(0, 1000)) / 10,
        "date": lambda: ON - dt.timedelta(days=chance.randint(0, 2000)),
        "text": lambda: chance.choice(["Lamps by the fence", "=1+1", "12", "Señal ☐\nsegunda línea"]),
    }[asked.type]()
    wanted = chance.choice(
        [Answer(value), Answer(value), UNKNOWN, Answer(status="na", justification="No río, =no"), None]
    )
    try:
        return None if wanted is None else fitting(asked, wanted, ON)
    except AnswerError:
        return None


def random_depot(checklist: Checklist, seed: int) -> dict[str, Answer]:
    """Answers to some facts and questions of `checklist`, by key."""
    chance = random.Random(seed)
    every: tuple[Asked, ...] = (*checklist.profile, *checklist.questions)
    found = {contract.key(asked): random_answer(asked, chance) for asked in every}
    return {key: answer for key, answer in found.items() if answer is not None}


def fill(path: Path, checklist: Checklist, depot: dict[str, Answer], spoken: str) -> Path:
    """Fill `depot` into the form at `path`, which is in `spoken`; every tenth question has a note."""
    form = Filling(path)
    with language.speaking(spoken):
        asked = contract.by_key(in_language(checklist, spoken))
        for number, (key, answer) in enumerate(depot.items()):
            note = f"Seen at {number} o'clock" if number % 10 == 0 and not isinstance(asked[key], ProfileField) else ""
            form.give(asked[key], answer, note)
    return form.saved()
