"""What a checklist is, once read: levels, standards, profile, sections, questions.

Everything is immutable. A `Checklist` is composed: its sections stand in it whole, with the texts of every
translation, so that an assessment file can carry it and be opened anywhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from stockcheck.checklist import faults
from stockcheck.checklist.conditions import Condition, ProfileIs, When, leaves
from stockcheck.checklist.differing import Annex
from stockcheck.checklist.values import lies_within
from stockcheck.checklist.words import Identifier, Item, Label, Number, Reference, Text, Whole, as_fraction, word

#: The rules that a checklist read from its files is scored by. Source: docs/scoring.md.
RULES = 2

AnswerType = Literal["control", "choice", "several", "number", "date", "text"]

DOMAINS = ("physical-security", "storage", "inventory", "management", "transfer")
Domain = Literal["physical-security", "storage", "inventory", "management", "transfer"]

#: Option ids that would be mistaken for an answer every question takes.
RESERVED_WORDS = frozenset({"na", "unknown"})

CREDIT_OF_CONTROL = {"yes": Decimal(1), "partial": Decimal("0.5"), "no": Decimal(0)}
_CONTROL = {word: place for place, word in enumerate(CREDIT_OF_CONTROL)}


class Level(Item):
    """A risk reduction process level. `threshold` is the share (0 to 1) of the weight that must be met."""

    level: Annotated[Whole, Field(ge=1, le=9)]
    title: Text
    threshold: Annotated[Number, Field(ge=0, le=1)]


class Standard(Item):
    """A document that references may name; `edition` is printed beside the title.

    `kind` ``levels-of``: the one whose levels a question's `level` follows.
    """

    title: Text
    edition: Label | None = None
    kind: Literal["levels-of"] | None = None


class Option(Item):
    """One answer to tick. `credit` is 0 to 1, in `several` -1 to 1; a profile's options have none. `replaces` names
    options of earlier versions of the question that this one goes on for.
    """

    text: Text
    credit: Annotated[Number, Field(ge=-1, le=1)] | None = None
    replaces: tuple[Identifier, ...] = ()


class Band(Item):
    """A range with inclusive bounds, in the unit of the question (days of age for a date), and its credit."""

    at_least: Number | None = None
    at_most: Number | None = None
    credit: Annotated[Number, Field(ge=0, le=1)]

    def holds(self, value: Decimal | int) -> bool:
        """Whether `value` lies within the bounds."""
        return lies_within(value, self.at_least, self.at_most)


def _options(value: Any) -> Any:
    """Options may also be written as a list of maps that each name their id, and a profile's as bare text."""
    if isinstance(value, list) and all(isinstance(item, dict) and isinstance(item.get("id"), str) for item in value):
        ids = [item["id"] for item in value]
        if len(set(ids)) == len(ids):
            value = {item["id"]: {key: part for key, part in item.items() if key != "id"} for item in value}
    if isinstance(value, dict):
        return {name: {"text": option} if isinstance(option, str) else option for name, option in value.items()}
    return value


Options = Annotated[dict[Identifier, Option], BeforeValidator(_options)]


class Asked(Item):
    """Something the official is asked. Which keys make sense hangs on `type`; `consistency` checks that.

    `minimum` and `maximum` bound, inclusively, what a number can be at all, such as 0 and 100 for a percentage.
    """

    id: Identifier
    type: AnswerType = "control"
    text: Text
    help: Text | None = None
    options: Options = Field(default_factory=dict)
    minimum: Number | None = None
    maximum: Number | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words that may answer it, in file order; empty for numbers, dates and free text."""
        return tuple(self.place_of_word)

    @cached_property
    def place_of_word(self) -> dict[str, int]:
        """Where each of `words` stands among them, from 0."""
        return _CONTROL if self.type == "control" else {word: place for place, word in enumerate(self.options)}

    def takes_what(self, other: Asked) -> bool:
        """Whether every answer to `other` is one to this as well, as far as can be told without looking at one."""
        return (
            self.type == other.type
            and self.options.keys() == other.options.keys()
            and self.minimum == other.minimum
            and self.maximum == other.maximum
        )


def _not_boolean(value: Any) -> Any:
    """`true` is no 1 and `false` no 0, whatever Python makes of them."""
    return word(value) if isinstance(value, bool) else value


class ProfileField(Asked):
    """A fact about the depot: asked first, never scored. `least` 1: "none of these" is refused."""

    least: Annotated[Literal[1] | None, BeforeValidator(_not_boolean)] = None

    def takes_what(self, other: Asked) -> bool:
        """As for any; where "none of these" is refused, an answer has to be looked at."""
        return self.least is None and super().takes_what(other)


_NUMBER: TypeAdapter[Decimal] = TypeAdapter(Annotated[Number, Field(gt=0, le=1)])


def _critical(value: Any) -> Any:
    """One fault, whatever it is that fits neither form. A floor of 1 is what `true` says, and is kept as it."""
    if isinstance(value, bool):
        return value
    try:
        floor = _NUMBER.validate_python(value)
    except ValidationError:
        raise PydanticCustomError(faults.Kind.NOT_A_FLOOR, "no floor") from None
    return True if floor == 1 else floor


#: Whether a control is critical, and from which credit on it is met.
Critical = Annotated[bool | Decimal, BeforeValidator(_critical)]

#: Days in which a remedy may be due.
Within = Literal[0, 7, 30, 90, 365]


class Question(Asked):
    """One control, or one fact, that is scored (all but `text`).

    `level` is the risk reduction process level at which a depot must have the control, `weight` 1 to 5 how much
    it matters, `effort` 1 to 3 how hard it is to put right, `within` the days in which a commander should put it
    right. `critical` is true, or the credit (over 0, up to 1) below which its level cannot be had. `na` false refuses
    "not applicable"; `part_of` names the question that it fails with; `finding` marks a question that asks for a bad
    state. `classroom` is the help where nobody can go and look. `joins` gives the reason why a text with "and" or
    "or" in it still asks one thing; `judged` why words that the lint warns of do no harm here, by the warning's name.
    Source: docs/scoring.md, docs/checklist-format.md.
    """

    evidence: Text | None = None
    remedy: Text | None = None
    classroom: Text | None = None
    level: Annotated[Whole, Field(ge=1, le=9)] = 1
    critical: Critical = False
    na: Annotated[bool, Field(strict=True)] = True
    part_of: Identifier | None = None
    finding: Literal["loss", "danger"] | None = None
    within: Annotated[Within | None, BeforeValidator(_not_boolean)] = None
    weight: Annotated[Whole, Field(ge=1, le=5)] = 1
    effort: Annotated[Whole, Field(ge=1, le=3)] = 2
    references: tuple[Reference, ...] = ()
    bands: tuple[Band, ...] = ()
    when: When = None
    revision: Annotated[Whole, Field(ge=1)] = 1
    replaces: tuple[Identifier, ...] = ()
    joins: Text | None = None
    judged: dict[Text, Text] = Field(default_factory=dict)

    def takes_what(self, other: Asked) -> bool:
        """As for any; where "not applicable" is refused, an answer has to be looked at."""
        return self.na and super().takes_what(other)

    @property
    def scored(self) -> bool:
        """Whether it counts in any sum: every type but `text` does."""
        return self.type != "text"

    @cached_property
    def floor(self) -> Fraction | None:
        """The credit (over 0, up to 1) at which a critical question is met; None for one that is not critical."""
        if self.critical is False:
            return None
        return Fraction(1) if self.critical is True else as_fraction(self.critical)


class Section(Item):
    """Questions on one subject, in the order they are asked."""

    id: Identifier
    title: Text
    domain: Domain
    when: When = None
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]


class AskedTexts(Item):
    """The texts of one question or profile field in another language; `revision` is that of the source it renders."""

    id: Identifier
    revision: Annotated[Whole, Field(ge=1)] = 1
    text: Text
    help: Text | None = None
    evidence: Text | None = None
    remedy: Text | None = None
    classroom: Text | None = None
    options: dict[Identifier, Text] = Field(default_factory=dict)


class SectionTexts(Item):
    """A section in another language, as translations/LANGUAGE/SECTION.yaml has it; it may lack questions."""

    id: Identifier
    language: Identifier
    title: Text
    questions: tuple[AskedTexts, ...]


class ChecklistTexts(Item):
    """What a checklist has beside its sections, in another language: translations/LANGUAGE/CHECKLIST.yaml.

    `drop` is why an annex leaves questions out, by their ids.
    """

    id: Identifier
    language: Identifier
    title: Text
    levels: dict[Label, Text] = Field(default_factory=dict)
    standards: dict[Text, Text] = Field(default_factory=dict)
    profile: tuple[AskedTexts, ...] = ()
    drop: dict[Identifier, Text] = Field(default_factory=dict)


class Term(Item):
    """A term of art: how it is headed, the forms that it has in a text (see `phrases`), and what it means."""

    id: Identifier
    term: Text
    forms: Annotated[tuple[Text, ...], Field(min_length=1)]
    text: Text


class Translation(Item):
    """A whole checklist's texts in one language."""

    checklist: ChecklistTexts | None = None
    sections: dict[Identifier, SectionTexts] = Field(default_factory=dict)
    glossary: tuple[Term, ...] = ()


class Readers(NamedTuple):
    """The sections, and the places of the questions, whose own condition reads something."""

    sections: list[Section]
    questions: list[int]


def _read(condition: Condition | None) -> frozenset[tuple[bool, str]]:
    """What a condition reads: whether it is a profile field, and its id."""
    found = leaves(condition) if condition is not None else ()
    return frozenset(
        (True, leaf.profile) if isinstance(leaf, ProfileIs) else (False, leaf.question) for leaf, _place in found
    )


class Checklist(Item):
    """A composed checklist: what an assessment is made against.

    `rules` is the version of the rules that it is scored by. `license`, `authority` and `issued` say who answers for
    it. Without levels it gives scores and gaps, and no level is spoken of. `annex`: it extends another.
    `glossary`: the terms that its texts use.
    """

    rules: Literal[1, 2] = 1  # what was composed before there was a second version does not say
    id: Identifier
    version: Label
    language: Identifier
    title: Text
    license: Label | None = None
    authority: Label | None = None
    issued: Label | None = None
    annex: Annex | None = None
    levels: tuple[Level, ...]
    standards: dict[Text, Standard]
    profile: tuple[ProfileField, ...]
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    translations: dict[Identifier, Translation] = Field(default_factory=dict)
    glossary: tuple[Term, ...] = ()

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in checklist order."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def question(self) -> dict[str, Question]:
        """Questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each question stands in checklist order, from 0, by its id."""
        return {question.id: number for number, question in enumerate(self.questions)}

    @cached_property
    def readers(self) -> dict[tuple[bool, str], Readers]:
        """What reads each profile field (True, id) and question (False, id) in its condition, or is part of it."""
        found: dict[tuple[bool, str], Readers] = {}
        for section in self.sections:
            for subject in _read(section.when):
                found.setdefault(subject, Readers([], [])).sections.append(section)
            for question in section.questions:
                part_of = {(False, question.part_of)} if question.part_of else set()
                for subject in _read(question.when) | part_of:
                    found.setdefault(subject, Readers([], [])).questions.append(self.place[question.id])
        return found

    @cached_property
    def field(self) -> dict[str, ProfileField]:
        """Profile fields by id."""
        return {field.id: field for field in self.profile}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section of each question, by the question's id."""
        return {question.id: section for section in self.sections for question in section.questions}

    def cited(self, reference: str) -> str | None:
        """The listed standard that `reference` names, such as ``IATG 09.10`` for ``IATG 09.10 §8``; None if none is."""
        name = reference
        while name and name not in self.standards:
            name = name.rpartition(" ")[0]
        return name or None

    @property
    def levels_of(self) -> str | None:
        """The standard whose levels a question's `level` follows; None where the levels are the checklist's own."""
        return next((name for name, standard in self.standards.items() if standard.kind == "levels-of"), None)

    @cached_property
    def spoken(self) -> dict[str, Checklist]:
        """The checklist in other languages, by language, as far as it has been asked for (see `translation`)."""
        return {}

    @cached_property
    def content(self) -> str:
        """The checklist as JSON, the same for the same content: what an assessment file carries."""
        return json.dumps(
            self.model_dump(mode="json", by_alias=True, exclude_defaults=True),
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of `content`, in hexadecimal."""
        return hashlib.sha256(self.content.encode()).hexdigest()

    @property
    def languages(self) -> tuple[str, ...]:
        """The source language first, then every language it is translated into."""
        return (self.language, *self.translations)

    def by_domain(self) -> Iterator[tuple[str, tuple[Question, ...]]]:
        """Each domain that the checklist has, in the order of `DOMAINS`, with its questions."""
        for domain in DOMAINS:
            questions = tuple(q for section in self.sections if section.domain == domain for q in section.questions)
            if questions:
                yield domain, questions
