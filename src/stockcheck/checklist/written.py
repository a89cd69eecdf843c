"""Checklist files as they are written, before they are put together: a checklist, an annex, an annex's translation."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from stockcheck.checklist.conditions import When
from stockcheck.checklist.model import AskedTexts, Level, ProfileField, Standard
from stockcheck.checklist.words import Identifier, Item, Label, Text, Whole


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


class DroppedQuestion(Item):
    """One line of an annex's `drop`."""

    id: Identifier
    reason: Text


class AnnexFile(Item):
    """An annex as written, before it is put together with what it extends."""

    id: Identifier
    extends: Identifier
    version: Label
    title: Text
    language: Identifier | None = None
    license: Label | None = None
    authority: Label | None = None
    issued: Label | None = None
    standards: dict[Text, Standard] = Field(default_factory=dict)
    profile: tuple[ProfileField, ...] = ()
    change: dict[Identifier, dict[str, Any]] = Field(default_factory=dict)
    drop: tuple[DroppedQuestion, ...] = ()
    sections: tuple[SectionUse, ...] = ()


class ChangedTexts(Item):
    """The changed texts of one question in another language; `revision` is that of the source they render."""

    id: Identifier
    revision: Annotated[Whole, Field(ge=1)] = 1
    text: Text | None = None
    help: Text | None = None
    evidence: Text | None = None
    remedy: Text | None = None
    classroom: Text | None = None
    options: dict[Identifier, Text] = Field(default_factory=dict)


class AnnexTexts(Item):
    """What an annex has beside its sections, in another language: translations/LANGUAGE/ANNEX.yaml."""

    id: Identifier
    language: Identifier
    title: Text
    standards: dict[Text, Text] = Field(default_factory=dict)
    profile: tuple[AskedTexts, ...] = ()
    change: tuple[ChangedTexts, ...] = ()
    drop: dict[Identifier, Text] = Field(default_factory=dict)
