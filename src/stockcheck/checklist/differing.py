"""What a national annex says of itself, once it is composed: what it extends, and how it differs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from stockcheck.checklist.words import Identifier, Item, Label, Text


class Extended(Item):
    """A checklist that an annex extends, as it was when the annex was composed."""

    id: Identifier
    version: Label
    digest: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


class Dropped(Item):
    """A question that an annex leaves out, and why; once it is left out, with the question's text."""

    id: Identifier
    reason: Text
    text: Text | None = None


class Annex(Item):
    """What makes a checklist a national annex of another: what it extends, the nearest first, and how it differs.

    `changed` names the changed keys of each question and profile field, by id; `added` the sections of its own.
    """

    extends: Annotated[tuple[Extended, ...], Field(min_length=1)]
    changed: dict[Identifier, tuple[Identifier, ...]] = Field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
    added: tuple[Identifier, ...] = ()
