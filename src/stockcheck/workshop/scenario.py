"""A scenario: a fictitious depot told in text, and the key: what the right answer to each question is, and why.

Source: docs/scenarios.md. It stands in ``scenarios/NAME.yaml`` beside the checklists; its texts in another language in
``translations/LANGUAGE/scenarios/NAME.yaml``. Nothing in it is a real depot.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from stockcheck.answers.answer import Answer
from stockcheck.checklist.faults import Kind
from stockcheck.checklist.model import Checklist
from stockcheck.checklist.values import iso_date
from stockcheck.checklist.words import Identifier, Item, Number, Text, word
from stockcheck.errors import AnswerError
from stockcheck.scoring.scorecard import Scorecard

#: Longest side of a plan, in metres: it is a sketch of one site.
MAX_METRES = 1000
#: The most things on a plan.
MAX_SHAPES = 100

#: An answer as a scenario writes it: a word, several, a number, a date, or "unknown".
Written = Annotated[str, BeforeValidator(word), StringConstraints(max_length=64)] | tuple[Identifier, ...]


def _day(value: Any) -> Any:
    try:
        return iso_date(value)
    except (AnswerError, ValueError, TypeError) as error:
        raise PydanticCustomError(Kind.NOT_A_DATE, "no date") from error


Day = Annotated[dt.date, BeforeValidator(_day)]
Metres = Annotated[Number, Field(ge=0, le=MAX_METRES)]
Side = Annotated[Number, Field(gt=0, le=MAX_METRES)]


class Told(Item):
    """What somebody at the depot says when asked."""

    who: Text
    says: Text


class Scene(Item):
    """One place or one moment of the visit: what an assessor sees there, and is told."""

    id: Identifier
    title: Text
    see: tuple[Text, ...] = ()
    told: tuple[Told, ...] = ()


class Shape(Item):
    """One thing on the plan: its upper left corner and its size, in metres from the plan's upper left corner."""

    id: Identifier
    kind: Literal["fence", "building", "store", "gate", "post", "road", "wood", "dwelling"]
    x: Metres
    y: Metres
    width: Metres
    height: Metres
    label: Text | None = None


class Plan(Item):
    """A sketch of the site, in metres, drawn by the program."""

    caption: Text
    width: Side
    height: Side
    shapes: tuple[Shape, ...] = Field(min_length=1, max_length=MAX_SHAPES)


class Keyed(Item):
    """The right answer to one question, why it is that, the mistake that is usual, and where it is to be seen."""

    answer: Written
    why: Text
    mistake: Text | None = None
    scenes: tuple[Identifier, ...] = ()


class ScenarioFile(Item):
    """A scenario as written, in its source language."""

    id: Identifier
    language: Identifier
    checklist: Identifier
    on: Day
    depot: Text
    title: Text
    situation: Text
    facts: dict[Identifier, Written] = Field(default_factory=dict)
    plan: Plan | None = None
    scenes: tuple[Scene, ...] = Field(min_length=1)
    key: dict[Identifier, Keyed] = Field(min_length=1)


class KeyedTexts(Item):
    """The texts of one answer of the key in another language."""

    why: Text
    mistake: Text | None = None


class PlanTexts(Item):
    """The texts of the plan in another language; labels by the id of the shape."""

    caption: Text
    labels: dict[Identifier, Text] = Field(default_factory=dict)


class ScenarioTexts(Item):
    """The texts of a scenario in another language."""

    language: Identifier
    depot: Text
    title: Text
    situation: Text
    plan: PlanTexts | None = None
    scenes: tuple[Scene, ...] = Field(min_length=1)
    key: dict[Identifier, KeyedTexts] = Field(min_length=1)


@dataclass(frozen=True)
class Key:
    """The right answers to the questions of one checklist, on a day, and what they come to.

    `facts` and `answers` are by id; `scorecard` is what an assessor who is right throughout would get.
    """

    on: dt.date
    facts: Mapping[str, Answer]
    answers: Mapping[str, Answer]
    scorecard: Scorecard


@dataclass(frozen=True)
class Scenario:
    """A scenario whose faults have been looked for and not found, its texts by language.

    `files` are what it was read from, by the names that they have from the folder of the checklists on.
    """

    written: ScenarioFile
    checklist: Checklist
    key: Key
    texts: Mapping[str, ScenarioTexts]
    files: Mapping[str, Path]

    @property
    def id(self) -> str:
        """What it is called by."""
        return self.written.id

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it can be told in, its own first."""
        return (self.written.language, *sorted(self.texts))

    def told_in(self, language: str) -> ScenarioFile:
        """The scenario with its texts in `language`, where it has them; else as it was written."""
        texts = self.texts.get(language)
        if texts is None:
            return self.written
        plan = self.written.plan
        if plan is not None and texts.plan is not None:
            labels = texts.plan.labels
            shapes = tuple(
                shape.model_copy(update={"label": labels.get(shape.id, shape.label)}) for shape in plan.shapes
            )
            plan = plan.model_copy(update={"caption": texts.plan.caption, "shapes": shapes})
        key = {
            question: keyed.model_copy(update={"why": said.why, "mistake": said.mistake})
            if (said := texts.key.get(question))
            else keyed
            for question, keyed in self.written.key.items()
        }
        scenes = {scene.id: scene for scene in texts.scenes}
        return self.written.model_copy(
            update={
                "depot": texts.depot,
                "title": texts.title,
                "situation": texts.situation,
                "plan": plan,
                "scenes": tuple(scenes.get(scene.id, scene) for scene in self.written.scenes),
                "key": key,
            }
        )


def stored_form(written: Any, type_: str) -> object:
    """The stored form (`answers.stored`) of an answer that a scenario writes for what is of `type_`."""
    if written == "unknown":
        return {"unknown": True}
    if type_ == "several":
        return {"value": [written] if isinstance(written, str) else list(written)}
    return {"value": str(written) if isinstance(written, (str, int, Decimal)) else written}
