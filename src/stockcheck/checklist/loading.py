"""Reading checklists: composing one from its files, and naming every fault of every file in one go."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from stockcheck.checklist import annex, consistency, glossary, validation
from stockcheck.checklist.composition import Composition
from stockcheck.checklist.conditions import conjunction
from stockcheck.checklist.faults import ChecklistError, Fault, Kind, Path_
from stockcheck.checklist.model import (
    RULES,
    Checklist,
    ChecklistTexts,
    Section,
    SectionTexts,
    Translation,
)
from stockcheck.checklist.shipped import GLOSSARY, shipped
from stockcheck.checklist.words import NAME, suggestion, word
from stockcheck.checklist.written import AnnexFile, AnnexTexts, ChecklistFile, SectionUse
from stockcheck.checklist.yamltext import Document, read_file

#: Most files one checklist may be composed of, translations included.
MAX_FILES = 2_000
#: Most faults named in one go: nobody reads further, and finding what was meant takes time.
MAX_FAULTS = 1_000


def compose(path: Path) -> tuple[Checklist, Composition]:
    """The checklist in `path` with its sections and translations, and the documents it was read from.

    Raises `ChecklistError` with every fault of every file.
    """
    return _Composer(path).compose()


_Model = TypeVar("_Model", bound=BaseModel)


class _Composer:
    def __init__(self, path: Path, extending: tuple[Path, ...] = (), files: int = 0) -> None:
        self.path = path
        #: The files of the annexes that are to extend this checklist, the first that was asked for first.
        self.extending = extending
        self.faults: list[Fault] = []
        self.lost: set[str] = set()
        self.files = files

    def compose(self) -> tuple[Checklist, Composition]:
        document = self._read(self.path)
        if document and isinstance(document.data, dict) and "extends" in document.data:
            return self._annex(document)
        head = self._parse(ChecklistFile, document) if document else None
        if document is None or head is None:
            raise self._nothing(document)
        profile = [(document, ("profile", number)) for number in document.kept("profile")]
        composition = Composition(document, profile=list(profile), lost=self.lost)
        sections = tuple(
            section
            for place, use in zip(document.kept("sections"), head.sections, strict=True)
            for section in self._used(use, place, composition)
        )
        translations = self._translations(head.id, head.language, composition)
        if sections:
            parts = {**dict(head), "rules": RULES, "sections": sections, "translations": translations}
            checklist = self._checked(parts, composition)
        if self.faults:
            raise ChecklistError(self.faults)
        return checklist, composition

    def _nothing(self, document: Document | None) -> ChecklistError:
        """Nothing can be composed; the sections are still read, so that all faults come in one go."""
        for name in dict.fromkeys(_section_names(document)):
            self._section(name, document)
        return ChecklistError(self.faults)

    def _checked(self, parts: dict[str, Any], composition: Composition) -> Checklist:
        # Not validated again: each part has been, and what was at fault is left out.
        checklist = Checklist.model_construct(**parts)
        self._found(consistency.faults(checklist, composition))
        return self._with_glossary(checklist)

    def _with_glossary(self, checklist: Checklist) -> Checklist:
        """The checklist with the terms that its texts use: whoever opens an assessment has them at hand."""
        if (path := self._first(GLOSSARY)) is None:
            return checklist
        try:
            found = glossary.used(path, checklist)
        except ChecklistError as error:
            self._found(error.faults)
            return checklist
        if not found.terms:
            return checklist
        translations = {
            language: translation.model_copy(update={"glossary": found.rendered.get(language, ())})
            for language, translation in checklist.translations.items()
        }
        parts = {name: getattr(checklist, name) for name in Checklist.model_fields}
        return Checklist.model_construct(**{**parts, "glossary": found.terms, "translations": translations})

    def _annex(self, document: Document) -> tuple[Checklist, Composition]:
        head = self._parse(AnnexFile, document)
        extended = self._extended(document)
        if head is None or extended is None:
            raise self._nothing(document)
        base, basis = extended
        if head.id == base.id:
            self._found([document.fault(("id",), Kind.ANNEX_LIKE_BASE, id=base.id)])
        if head.language not in (None, base.language):
            self._found([document.fault(("language",), Kind.ANNEX_LANGUAGE, language=base.language)])
        differences = annex.Differences(document, head.change, head.drop)
        profile, sections = differences.applied(base)
        self._found(differences.faults)
        composition = annex.on_top_of(basis, document, differences, self.lost)
        added = tuple(
            section
            for place, use in zip(document.kept("sections"), head.sections, strict=True)
            for section in self._used(use, place, composition)
        )
        own = self._translations(head.id, base.language, composition)
        translations, faults = annex.translated(base, head, differences, own, composition)
        self._found(faults)
        given = {key: value for key, value in dict(head).items() if key in Checklist.model_fields}
        parts = {
            **given,
            "language": base.language,
            "rules": RULES,
            "annex": differences.told(base, tuple(section.id for section in added)),
            "levels": base.levels,
            "standards": {**base.standards, **head.standards},
            "profile": (*profile, *head.profile),
            "sections": (*sections, *added),
            "translations": translations,
        }
        checklist = self._checked(parts, composition)
        if self.faults:
            raise ChecklistError(self.faults)
        return checklist, composition

    def _extended(self, document: Document) -> tuple[Checklist, Composition] | None:
        """The checklist that the annex in `document` extends."""
        name = word(document.data["extends"])
        if not isinstance(name, str) or not NAME.fullmatch(name):
            return None  # which is said of the key itself
        path = self._first(f"{name}.yaml")
        chain = (*self.extending, self.path)
        if path is None:
            self._found([document.fault(("extends",), Kind.MISSING_BASE, name=name)])
        elif any(path.resolve() == one.resolve() for one in chain):
            self._found([document.fault(("extends",), Kind.EXTENDS_ITSELF, name=name)])
        elif len(chain) > annex.MAX_EXTENDED:
            self._found([document.fault(("extends",), Kind.EXTENDS_TOO_DEEP, limit=annex.MAX_EXTENDED)])
        else:
            try:
                return _Composer(path, chain, self.files).compose()
            except ChecklistError as error:
                self._found(error.faults)
        return None

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
        composition.used[use.use] = (composition.checklist, ("sections", place))
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

    def _translations(self, name: str, source: str, composition: Composition) -> dict[str, Any]:
        """What the checklist called `name`, written in `source`, has itself of each language."""
        model = ChecklistTexts if composition.base is None else AnnexTexts
        translations: dict[str, Any] = {}
        languages = {
            path.name: None for folder in self._folders() for path in sorted((folder / "translations").glob("*/"))
        }
        for language in languages:
            if language == source or not language.replace("-", "").isidentifier():
                continue
            if name in composition.sections and self._first(f"translations/{language}/{name}.yaml"):
                document, place = composition.used[name]
                self._found([document.fault(place, Kind.SECTION_LIKE_CHECKLIST, section=name)])
                break
            whole: Any = self._texts(model, language, name, composition)
            own = [section for section in composition.sections if composition.is_own(section)]
            sections = {section: self._texts(SectionTexts, language, section, composition) for section in own}
            present = {section: texts for section, texts in sections.items() if texts is not None}
            if whole or present:
                translations[language] = Translation.model_construct(checklist=whole, sections=present)
        return translations

    def _texts(self, model: type[_Model], language: str, name: str, composition: Composition) -> _Model | None:
        path = self._first(f"translations/{language}/{name}.yaml")
        if path is None or (document := self._read(path)) is None:
            return None
        source = self.path.parent if model is not SectionTexts else Path(composition.sections[name].file).parents[1]
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
        if model in (ChecklistFile, AnnexFile) and isinstance(data, dict) and isinstance(data.get("sections"), list):
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
