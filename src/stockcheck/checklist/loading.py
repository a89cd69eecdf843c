"""Reading checklists: composing one from its files, and naming every fault of every file in one go."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from stockcheck.checklist import consistency, validation
from stockcheck.checklist.composition import Composition
from stockcheck.checklist.conditions import When, conjunction
from stockcheck.checklist.faults import ChecklistError, Fault, Kind, Path_
from stockcheck.checklist.model import (
    RULES,
    Checklist,
    ChecklistTexts,
    Item,
    Level,
    ProfileField,
    Section,
    SectionTexts,
    Standard,
    Translation,
)
from stockcheck.checklist.shipped import shipped
from stockcheck.checklist.words import Identifier, Label, Text, suggestion, word
from stockcheck.checklist.yamltext import Document, read_file

#: Most files one checklist may be composed of, translations included.
MAX_FILES = 2_000
#: Most faults named in one go: nobody reads further, and finding what was meant takes time.
MAX_FAULTS = 1_000


class SectionUse(Item):
    """One line of a checklist's `sections`: a section's id, or that with a condition or a choice of questions."""

    use: Identifier
    when: When = None
    only: tuple[Identifier, ...] | None = Field(None, min_length=1)


class ChecklistFile(Item):
    """A checklist file as written, before its sections are put in."""

    id: Identifier
    version: Label
    language: Identifier
    title: Text
    license: Label | None = None
    authority: Label | None = None
    issued: Label | None = None
    levels: tuple[Level, ...]
    standards: dict[Text, Standard] = Field(default_factory=dict)
    profile: tuple[ProfileField, ...] = ()
    sections: tuple[SectionUse, ...] = Field(min_length=1)


def compose(path: Path) -> tuple[Checklist, Composition]:
    """The checklist in `path` with its sections and translations, and the documents it was read from.

    Raises `ChecklistError` with every fault of every file.
    """
    return _Composer(path).compose()


_Model = TypeVar("_Model", bound=BaseModel)


class _Composer:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[Fault] = []
        self.lost: set[str] = set()
        self.files = 0

    def compose(self) -> tuple[Checklist, Composition]:
        document = self._read(self.path)
        head = self._parse(ChecklistFile, document) if document else None
        if document is None or head is None:
            # Nothing can be composed; the sections are still read, so that all faults come in one go.
            for name in dict.fromkeys(_section_names(document)):
                self._section(name, document)
            raise ChecklistError(self.faults)
        composition = Composition(document, lost=self.lost)
        sections = tuple(
            section
            for place, use in zip(document.kept("sections"), head.sections, strict=True)
            for section in self._used(use, place, composition)
        )
        translations = self._translations(head, composition)
        if sections:
            # Not validated again: each part has been, and what was at fault is left out.
            checklist = Checklist.model_construct(
                **{**dict(head), "rules": RULES, "sections": sections, "translations": translations}
            )
            self._found(consistency.faults(checklist, composition))
        if self.faults:
            raise ChecklistError(self.faults)
        return checklist, composition

    def _found(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.faults.append(fault)
            if len(self.faults) >= MAX_FAULTS:
                last = Fault.at(str(self.path), Kind.TOO_MANY_FAULTS, limit=MAX_FAULTS)
                raise ChecklistError([*self.faults, last])

    def _used(self, use: SectionUse, place: int, composition: Composition) -> Iterator[Section]:
        if use.use in composition.used:
            self._found([composition.checklist.fault(("sections", place), Kind.SECTION_TWICE, section=use.use)])
            return
        composition.used[use.use] = place
        if (found := self._section(use.use, composition.checklist, ("sections", place))) is None:
            composition.complete = False
            return
        section, composition.sections[use.use] = found
        composition.whole[use.use] = section
        questions = section.questions
        if use.only is not None:
            known = dict.fromkeys(question.id for question in questions)
            for number, name in enumerate(use.only):
                if name not in known and name not in self.lost:
                    path = ("sections", place, "only", number)
                    blanks = {"section": use.use, "question": name, **suggestion(name, known)}
                    self._found([composition.checklist.fault(path, Kind.NOT_IN_SECTION, **blanks)])
            wanted = frozenset(use.only)
            questions = tuple(question for question in questions if question.id in wanted)
        if questions:
            yield section.model_copy(update={"when": conjunction(use.when, section.when), "questions": questions})

    def _section(
        self, name: str, user: Document | None, place: Path_ = ("sections",)
    ) -> tuple[Section, Document] | None:
        path = self._first(f"sections/{name}.yaml")
        if path is None:
            if user is not None:
                self._found([user.fault(place, Kind.MISSING_SECTION, section=name)])
            return None
        document = self._read(path)
        section = self._parse(Section, document) if document else None
        if document is None or section is None:
            return None
        if section.id != name:
            self._found([document.fault(("id",), Kind.ID_NOT_FILE, id=section.id, name=name)])
            section = section.model_copy(update={"id": name})
        return section, document

    def _translations(self, head: ChecklistFile, composition: Composition) -> dict[str, Translation]:
        translations: dict[str, Translation] = {}
        languages = {
            path.name: None for folder in self._folders() for path in sorted((folder / "translations").glob("*/"))
        }
        for language in languages:
            if language == head.language or not language.replace("-", "").isidentifier():
                continue
            if head.id in composition.sections and self._first(f"translations/{language}/{head.id}.yaml"):
                place = ("sections", composition.used[head.id])
                self._found([composition.checklist.fault(place, Kind.SECTION_LIKE_CHECKLIST, section=head.id)])
                break
            whole = self._texts(ChecklistTexts, language, head.id, composition)
            sections = {name: self._texts(SectionTexts, language, name, composition) for name in composition.sections}
            present = {name: texts for name, texts in sections.items() if texts is not None}
            if whole or present:
                translations[language] = Translation(checklist=whole, sections=present)
        return translations

    def _texts(self, model: type[_Model], language: str, name: str, composition: Composition) -> _Model | None:
        path = self._first(f"translations/{language}/{name}.yaml")
        if path is None or (document := self._read(path)) is None:
            return None
        source = self.path.parent if model is ChecklistTexts else Path(composition.sections[name].file).parents[1]
        if borrowed := path.parents[2] != source and path.is_relative_to(shipped()):
            composition.borrowed.add((language, name))
        texts = self._parse(model, document, quietly=borrowed)
        if texts is not None:
            composition.translations[language, name] = document
        return texts

    def _first(self, name: str) -> Path | None:
        """The file called `name`, in the first folder that has it."""
        return next((path for folder in self._folders() if os.path.isfile(path := folder / name)), None)

    def _folders(self) -> tuple[Path, ...]:
        """Beside the checklist first, then with the program: an adapted checklist may use the shipped sections."""
        return (self.path.parent, shipped())

    def _read(self, path: Path) -> Document | None:
        self.files += 1
        if self.files > MAX_FILES:
            raise ChecklistError([*self.faults, Fault.at(str(self.path), Kind.TOO_MANY_FILES, limit=MAX_FILES)])
        try:
            return read_file(path)
        except ChecklistError as error:
            self._found(error.faults)
            return None

    def _parse(self, model: type[_Model], document: Document, *, quietly: bool = False) -> _Model | None:
        data = document.data
        if model is ChecklistFile and isinstance(data, dict) and isinstance(data.get("sections"), list):
            # A bare name is the short form of {use: name}.
            uses = [use if isinstance(use, (dict, list)) else {"use": use} for use in data["sections"]]
            data = {**data, "sections": uses}
        try:
            return model.model_validate(data)
        except ValidationError as error:
            if quietly:
                return None
            # A list is not too short because what is in it is at fault, as pydantic would have it.
            errors = [one for one in error.errors(include_url=False) if one["type"] != "too_short" or not one["input"]]
        self._found(validation.fault(document, error, model) for error in errors)
        try:
            return model.model_validate(self._without(data, {one["loc"][:2] for one in errors}, document))
        except ValidationError:
            self.lost.update(_ids(data))
            return None

    def _without(self, data: Any, places: set[tuple[str | int, ...]], document: Document) -> Any:
        """`data` less the list items at `places`, so that what is sound can still be checked against the rest."""
        if not isinstance(data, dict):
            return data
        sound = dict(data)
        for group in ("questions", "profile", "sections"):
            if isinstance(items := data.get(group), list):
                faulty = {number for number in range(len(items)) if (group, number) in places}
                document.left_out.update((group, number) for number in faulty)
                self.lost.update(_ids({group: [items[number] for number in faulty]}))
                sound[group] = [item for number, item in enumerate(items) if number not in faulty]
        return sound


def _ids(data: Any) -> Iterator[str]:
    """The ids of every question and profile field in a file's raw data."""
    for group in ("questions", "profile"):
        items = data.get(group) if isinstance(data, dict) else None
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict) and isinstance(name := word(item.get("id")), str):
                yield name


def _section_names(document: Document | None) -> Iterator[str]:
    """The names of the sections that a faulty checklist uses, as far as they are names."""
    uses = document.data.get("sections") if document and isinstance(document.data, dict) else None
    for use in uses if isinstance(uses, list) else ():
        try:
            yield SectionUse.model_validate({"use": use.get("use") if isinstance(use, dict) else use}).use
        except ValidationError:
            continue
