"""A checklist in another language, and what its translation lacks.

Ids, credits and conditions stay as they are, so that the same answers give the same figures in every language.
A text that has no translation is shown in the source language: better a foreign sentence than a missing control.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from stockcheck.checklist.differing import Annex, Dropped
from stockcheck.checklist.faults import Finding, Kind, finding
from stockcheck.checklist.model import AskedTexts, Checklist, ProfileField, Question, SectionTexts, Translation

#: The section or checklist whose translated file lacks something, by its id, and what it lacks.
Shortcoming = tuple[str, Finding]

_Asked = TypeVar("_Asked", ProfileField, Question)


def in_language(checklist: Checklist, language: str) -> Checklist:
    """`checklist` with every text that its translation into `language` has. The same object each time."""
    if language not in checklist.spoken:
        checklist.spoken[language] = _translated_whole(checklist, language)
    return checklist.spoken[language]


def _translated_whole(checklist: Checklist, language: str) -> Checklist:
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
            "annex": _annex(checklist.annex, translation),
        }
    if translation.glossary:
        known = {term.id: term for term in translation.glossary}
        update["glossary"] = tuple(known.get(term.id, term) for term in checklist.glossary)
    # Not `model_copy`, which would carry along what has been cached from the texts of the source language.
    fields = {name: getattr(checklist, name) for name in Checklist.model_fields}
    return Checklist.model_construct(**{**fields, **update})


def _annex(annex: Annex | None, translation: Translation) -> Annex | None:
    if annex is None or not annex.dropped:
        return annex
    reasons = translation.checklist.drop if translation.checklist is not None else {}
    texts = {one.id: one.text for section in translation.sections.values() for one in section.questions}
    dropped = (
        Dropped(id=one.id, reason=reasons.get(one.id, one.reason), text=texts.get(one.id, one.text))
        for one in annex.dropped
    )
    return annex.model_copy(update={"dropped": tuple(dropped)})


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
        word: option.model_copy(update={"text": texts.options.get(word, option.text)})
        for word, option in asked.options.items()
    }
    return asked.model_copy(update=update)


def shortcomings(checklist: Checklist, language: str) -> Iterator[Shortcoming]:
    """What is missing or out of date in the translation of `checklist` into `language`."""
    translation = checklist.translations.get(language, Translation())
    whole = translation.checklist
    if whole is None:
        yield checklist.id, finding((), Kind.CHECKLIST_UNTRANSLATED)
    else:
        for level in checklist.levels:
            if str(level.level) not in whole.levels:
                yield checklist.id, finding((), Kind.LEVEL_UNTRANSLATED, level=level.level)
        for name in checklist.standards:
            if name not in whole.standards:
                yield checklist.id, finding((), Kind.UNTRANSLATED, about=name)
        yield from _lacking(checklist.id, checklist.profile, whole.profile)
        for dropped in checklist.annex.dropped if checklist.annex is not None else ():
            if dropped.id not in whole.drop:
                yield checklist.id, finding((), Kind.UNTRANSLATED, about=dropped.id)
    for section in checklist.sections:
        texts: SectionTexts | None = translation.sections.get(section.id)
        if texts is None:
            yield section.id, finding((), Kind.SECTION_UNTRANSLATED)
        else:
            yield from _lacking(section.id, section.questions, texts.questions)


def _lacking(
    where: str, asked: tuple[ProfileField, ...] | tuple[Question, ...], texts: tuple[AskedTexts, ...]
) -> Iterator[Shortcoming]:
    by_id = {text.id: text for text in texts}
    for one in asked:
        if (rendered := by_id.get(one.id)) is None:
            yield where, finding((), Kind.UNTRANSLATED, about=one.id)
            continue
        revision = getattr(one, "revision", 1)
        if rendered.revision != revision:
            revisions = {"rendered": rendered.revision, "revision": revision}
            yield where, finding((), Kind.OUTDATED_TRANSLATION, about=one.id, **revisions)
        for name in ("help", "evidence", "remedy", "classroom"):
            if getattr(one, name, None) is not None and getattr(rendered, name) is None:
                yield where, finding((), Kind.TEXT_UNTRANSLATED, about=one.id, key=name)
        for word in one.options:
            if word not in rendered.options:
                yield where, finding((), Kind.OPTION_UNTRANSLATED, about=one.id, option=word)
