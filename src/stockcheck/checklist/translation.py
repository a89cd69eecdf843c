"""A checklist in another language, and what its translation lacks.

Ids, credits and conditions stay as they are, so that the same answers give the same figures in every language.
A text that has no translation is shown in the source language: better a foreign sentence than a missing control.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from stockcheck.checklist.model import (
    AskedTexts,
    Checklist,
    Option,
    ProfileField,
    Question,
    SectionTexts,
    Translation,
)

_Asked = TypeVar("_Asked", ProfileField, Question)


def in_language(checklist: Checklist, language: str) -> Checklist:
    """`checklist` with every text that its translation into `language` has."""
    translation = checklist.translations.get(language)
    if language == checklist.language or translation is None:
        return checklist
    whole = translation.checklist
    update: dict[str, object] = {
        "sections": tuple(
            section.model_copy(
                update={
                    "title": texts.title,
                    "questions": _all_asked(section.questions, texts.questions),
                }
            )
            if (texts := translation.sections.get(section.id))
            else section
            for section in checklist.sections
        )
    }
    if whole is not None:
        update |= {
            "title": whole.title,
            "levels": tuple(
                level.model_copy(update={"title": whole.levels.get(str(level.level), level.title)})
                for level in checklist.levels
            ),
            "standards": {
                name: standard.model_copy(update={"title": whole.standards.get(name, standard.title)})
                for name, standard in checklist.standards.items()
            },
            "profile": _all_asked(checklist.profile, whole.profile),
        }
    # Not `model_copy`, which would carry along what has been cached from the texts of the source language.
    fields = {name: getattr(checklist, name) for name in Checklist.model_fields}
    return Checklist.model_construct(**{**fields, **update})


def _all_asked(asked: tuple[_Asked, ...], texts: tuple[AskedTexts, ...]) -> tuple[_Asked, ...]:
    by_id = {text.id: text for text in texts}
    return tuple(_translated(one, by_id[one.id]) if one.id in by_id else one for one in asked)


def _translated(asked: _Asked, texts: AskedTexts) -> _Asked:
    update: dict[str, object] = {
        name: text
        for name in ("text", "help", "evidence", "remedy", "classroom")
        if (text := getattr(texts, name)) is not None and hasattr(asked, name)
    }
    update["options"] = {
        word: Option(text=texts.options.get(word, option.text), credit=option.credit)
        for word, option in asked.options.items()
    }
    return asked.model_copy(update=update)


@dataclass(frozen=True)
class Shortcoming:
    """One thing that a translation lacks. `where` names the file by its section's or checklist's id."""

    language: str
    where: str
    subject: str
    message: str


def shortcomings(checklist: Checklist, language: str) -> Iterator[Shortcoming]:
    """What is missing or out of date in the translation of `checklist` into `language`."""
    translation = checklist.translations.get(language, Translation())

    def short(where: str, subject: str, message: str) -> Shortcoming:
        return Shortcoming(language, where, subject, message)

    whole = translation.checklist
    if whole is None:
        yield short(checklist.id, "", "the checklist is not translated.")
    else:
        for level in checklist.levels:
            if str(level.level) not in whole.levels:
                yield short(checklist.id, f"level {level.level}", "is not translated.")
        for name in checklist.standards:
            if name not in whole.standards:
                yield short(checklist.id, name, "is not translated.")
        for where, subject, message in _lacking(checklist.id, checklist.profile, whole.profile):
            yield short(where, subject, message)
    for section in checklist.sections:
        texts: SectionTexts | None = translation.sections.get(section.id)
        if texts is None:
            yield short(section.id, "", "the section is not translated.")
            continue
        for where, subject, message in _lacking(section.id, section.questions, texts.questions):
            yield short(where, subject, message)


def _lacking(
    where: str, asked: tuple[ProfileField, ...] | tuple[Question, ...], texts: tuple[AskedTexts, ...]
) -> Iterator[tuple[str, str, str]]:
    by_id = {text.id: text for text in texts}
    for one in asked:
        if (rendered := by_id.get(one.id)) is None:
            yield where, one.id, "is not translated."
            continue
        revision = getattr(one, "revision", 1)
        if rendered.revision != revision:
            yield where, one.id, f"renders revision {rendered.revision}; the source is at revision {revision}."
        for name in ("help", "evidence", "remedy", "classroom"):
            if getattr(one, name, None) is not None and getattr(rendered, name) is None:
                yield where, one.id, f"{name} is not translated."
        for word in one.options:
            if word not in rendered.options:
                yield where, one.id, f"option {word} is not translated."
