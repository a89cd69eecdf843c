"""Which file each part of a composed checklist comes from, so that a fault in the whole is placed in one of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from stockcheck.checklist.model import Section
from stockcheck.checklist.words import word
from stockcheck.checklist.yamltext import Document


@dataclass
class Composition:
    """The documents that a checklist was composed of, by the ids that they have in it."""

    checklist: Document
    sections: dict[str, Document] = field(default_factory=dict)
    #: Each section as its own file has it; the checklist may use only some of its questions.
    whole: dict[str, Section] = field(default_factory=dict)
    #: Where in the checklist's list of sections each one stands.
    used: dict[str, int] = field(default_factory=dict)
    translations: dict[tuple[str, str], Document] = field(default_factory=dict)
    #: Shipped translations of what is not itself shipped but adapted from it: they may speak of more than it has.
    borrowed: set[tuple[str, str]] = field(default_factory=set)
    #: Ids left out because they are at fault themselves: nothing should be said of what reads them.
    lost: set[str] = field(default_factory=set)
    #: Whether every section could be read; otherwise nothing can be said of ids that are in none.
    complete: bool = True


def places(section: Section, document: Document) -> list[int]:
    """Where each question of `section` stands in its file, which may hold more than are used or could be read."""
    written = ((number, document.data["questions"][number]) for number in document.kept("questions"))
    return [next(number for number, raw in written if word(raw["id"]) == question.id) for question in section.questions]
