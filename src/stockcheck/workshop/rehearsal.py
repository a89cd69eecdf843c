"""A made-up room: files of so many participants, some careful, some lenient, some in a hurry, always the same ones.

For a trainer who wants to go through a workshop once before it is held, and for measuring.
"""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.assessment.file import create, open_file
from stockcheck.checklist.model import Asked, Question
from stockcheck.exchange import form
from stockcheck.exchange.content import Content, of_checklist
from stockcheck.report.output import only_new, write_file
from stockcheck.scoring.credit import credit
from stockcheck.spreadsheet.archive import save
from stockcheck.workshop.folder import Folder
from stockcheck.workshop.scenario import Key

#: By these the room is the same each time.
SEED = 13
#: The kinds of assessor: how often each is right, leaves open, says "unknown", and errs to the lenient side.
KINDS = {"careful": (0.85, 0.03, 0.05, 0.4), "lenient": (0.55, 0.03, 0.02, 0.95), "hasty": (0.4, 0.2, 0.05, 0.5)}
#: How many of the one kind come for one of another.
MIX = ("careful", "careful", "lenient", "lenient", "hasty")
#: How many do not finish, and stop halfway: one in so many.
HALF = 12


def fill(folder: Folder, key: Key, participants: int) -> None:
    """Write the files of `participants` made-up groups into the folder: assessments, forms and lines in turn.

    Raises `UsageError` for names that are taken, and `StockcheckError`.
    """
    for number in range(1, participants + 1):
        chance = random.Random(f"{SEED} {number}")  # noqa: S311  # the same room every time is the point
        facts, answers = dict(key.facts), dict(_answers(folder, key, chance))
        if chance.randrange(HALF) == 0:
            answers = dict(list(answers.items())[: len(answers) // 2])
        name = folder.path / f"group-{number:03}"
        match number % 3:
            case 0:
                _assessment(name.with_suffix(".stockcheck"), folder, facts, answers)
            case 1:
                _form(name.with_suffix(".xlsx"), folder, facts, answers)
            case _:
                _lines(name.with_suffix(".txt"), folder, facts, answers)


def _answers(folder: Folder, key: Key, chance: random.Random) -> Iterator[tuple[str, Answer]]:
    right, left_open, unknown, lenient = KINDS[chance.choice(MIX)]
    for name, true in key.answers.items():
        draw = chance.random()
        if draw < left_open:
            continue
        if draw < left_open + unknown:
            yield name, UNKNOWN
        elif chance.random() < right or true.status != "given":
            yield name, true
        else:
            yield name, _wrong(folder.checklist.question[name], true, key.on, chance, lenient=chance.random() < lenient)


def _wrong(question: Question, true: Answer, on: dt.date, chance: random.Random, *, lenient: bool) -> Answer:
    """Another answer than the right one, to the lenient or the strict side where there is one."""
    others = [one for one in _possible(question, true, on) if one != true]
    assert true.value is not None  # noqa: S101  # it was given
    earned = credit(question, true.value, on)
    fitting = [one for one in others if one.value is not None and (credit(question, one.value, on) > earned) is lenient]
    return chance.choice(fitting or others)


def _possible(question: Question, true: Answer, on: dt.date) -> list[Answer]:
    match true.value:
        case tuple() as ticked:
            return [
                Answer(tuple(word for word in question.words if (word in ticked) is not (word == one)))
                for one in question.words
            ]
        case Decimal() as value:
            return [Answer(value + 1), Answer(value + 2), Answer(Decimal(0)), Answer(Decimal(1))]
        case dt.date() as day:
            return [Answer(one) for one in (day - dt.timedelta(days=200), min(on, day + dt.timedelta(days=90)), on)]
    return [Answer(word) for word in question.words]


def _assessment(path: Path, folder: Folder, facts: Mapping[str, Answer], answers: Mapping[str, Answer]) -> None:
    create(path, folder.checklist, depot=folder.depot, marking=folder.marking, on=folder.on, by=path.stem)
    with open_file(path, write=True, by=path.stem) as file:
        for name, answer in facts.items():
            file.answer(folder.checklist.field[name], answer)
        for name, answer in answers.items():
            file.answer(folder.checklist.question[name], answer)


def _form(path: Path, folder: Folder, facts: Mapping[str, Answer], answers: Mapping[str, Answer]) -> None:
    content = _filled(of_checklist(folder.checklist, folder.about.language, classroom=True), facts, answers)
    workbook, stream = form.build(content, dt.datetime.combine(folder.on, dt.time(12), dt.UTC)), io.BytesIO()
    save(workbook, stream)
    write_file(path, lambda file: file.write(stream.getvalue()), only_new)


def _filled(content: Content, facts: Mapping[str, Answer], answers: Mapping[str, Answer]) -> Content:
    """A form with its cells filled in, as if somebody had typed them."""

    def answer(asked: Asked) -> Answer | None:
        return (answers if isinstance(asked, Question) else facts).get(asked.id)

    blocks = tuple(
        replace(block, items=tuple(replace(item, answer=answer(item.asked)) for item in block.items))
        for block in content.blocks
    )
    return replace(content, blocks=blocks)


def _lines(path: Path, folder: Folder, facts: Mapping[str, Answer], answers: Mapping[str, Answer]) -> None:
    text = "".join(f"{name}={_typed(answer)}\n" for name, answer in [*facts.items(), *answers.items()])
    write_file(path, lambda file: file.write(text.encode()), only_new)


def _typed(answer: Answer) -> str:
    if answer.status != "given":
        return "?"
    match answer.value:
        case tuple() as words:
            return ",".join(words) or "-"
        case dt.date() as day:
            return day.isoformat()
    return str(answer.value)
