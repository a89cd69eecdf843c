"""Which file each part of a composed checklist comes from, so that a fault in the whole is placed in one of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from stockcheck.checklist.faults import Blank, Fault, Finding, Path_
from stockcheck.checklist.model import Section
from stockcheck.checklist.words import word
from stockcheck.checklist.yamltext import Document

#: A document, and the path of something in it.
Place = tuple[Document, Path_]


@dataclass
class Composition:
    """The documents that a checklist was composed of, by the ids that they have in it."""

    checklist: Document
    sections: dict[str, Document] = field(default_factory=dict)
    #: Each section as its own file has it; the checklist may use only some of its questions.
    whole: dict[str, Section] = field(default_factory=dict)
    #: Where each section is used, and where each profile field stands, in a checklist's file.
    used: dict[str, Place] = field(default_factory=dict)
    profile: list[Place] = field(default_factory=list)
    translations: dict[tuple[str, str], Document] = field(default_factory=dict)
    #: Shipped translations of what is not itself shipped but adapted from it: they may speak of more than it has.
    borrowed: set[tuple[str, str]] = field(default_factory=set)
    #: Ids left out because they are at fault themselves: nothing should be said of what reads them.
    lost: set[str] = field(default_factory=set)
    #: Whether every section could be read; otherwise nothing can be said of ids that are in none.
    complete: bool = True
    #: How the checklist that this one extends was composed.
    base: Composition | None = None
    #: Where an annex has changed a key of what is asked, by id and key; and a text of it, by language, id and key.
    changed: dict[tuple[str, str], Place] = field(default_factory=dict)
    changed_texts: dict[tuple[str, str, str], Place] = field(default_factory=dict)

    def is_own(self, section: str) -> bool:
        """Whether the checklist itself uses the section, and not only the one that it extends."""
        return self.base is None or section not in self.base.sections

    def is_own_field(self, number: int) -> bool:
        """Whether the profile field `number` stands in the checklist's own file."""
        return self.profile[number][0] is self.checklist

    def is_changed(self, name: str) -> bool:
        """Whether an annex has changed anything of what is called `name`."""
        return any(owner == name for owner, _key in self.changed)

    def placed(self, section: str, found: Finding, at: Path_ = (), /, **more: Blank) -> Fault:
        """The fault of what stands at `at` in the file of `section`, or in the annex that has changed it."""
        document, path = self.sections[section], (*at, *found.path)
        name = word(document.data["questions"][path[1]]["id"]) if path[:1] == ("questions",) else ""
        return self._fault(document, path, 2, str(name), found, more)

    def field_placed(self, number: int, found: Finding, /, **more: Blank) -> Fault:
        """The fault of the profile field `number`, in the file of a checklist or in the annex that has changed it."""
        document, at = self.profile[number]
        name = word(document.data["profile"][at[1]]["id"])
        return self._fault(document, (*at, *found.path), 2, str(name), found, more)

    def text_placed(self, language: str, section: str, found: Finding, name: str) -> Fault:
        """The fault of the translated text of the question called `name`, in the file of `section` or of the annex."""
        key = str(found.path[0]) if found.path else "text"
        if (place := self.changed_texts.get((language, name, key))) is not None:
            return place[0].placed(found, place[1], about=name)
        document = self.translations[language, section]
        ids = [word(raw["id"]) for raw in document.data["questions"]]
        return document.placed(found, ("questions", ids.index(name)), about=name)

    def _fault(
        self, document: Document, path: Path_, depth: int, name: str, found: Finding, more: dict[str, Blank]
    ) -> Fault:
        """A fault at `path`, whose key at `depth` belongs to what is called `name`."""
        rest = path[depth:]
        changed = {key: place for (owner, key), place in self.changed.items() if owner == name} if self.changed else {}
        place = changed.get(str(rest[0])) if rest else next(iter(changed.values()), None)
        if place is not None:
            document, path = place[0], (*place[1], *rest)
        return document.fault(path, found.kind, **found.blanks, **more)


def places(section: Section, document: Document) -> list[int]:
    """Where each question of `section` stands in its file, which may hold more than are used or could be read."""
    written = ((number, document.data["questions"][number]) for number in document.kept("questions"))
    return [next(number for number, raw in written if word(raw["id"]) == question.id) for question in section.questions]
