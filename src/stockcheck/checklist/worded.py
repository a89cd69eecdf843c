"""Where the texts of a checklist and of its translations use words of danger or words to avoid; see `cautions`.

Of an annex, only what is its own is looked at: the rest is the affair of whoever writes what it extends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from stockcheck.checklist.cautions import WordList, word_list
from stockcheck.checklist.composition import Composition, places
from stockcheck.checklist.faults import Fault, Finding, Kind, finding
from stockcheck.checklist.model import Asked, AskedTexts, Checklist
from stockcheck.checklist.yamltext import Document

_KEYS = ("text", "help", "classroom", "evidence", "remedy")
_Named = Iterator[tuple[str, Finding]]


def warnings(checklist: Checklist, composition: Composition) -> Iterator[Fault]:
    """Each warning, in every language; and what is judged though no text asks for it. Raises `ChecklistError`.

    What a question's `judged` names is accepted in every language, for what is asked is the same.
    """
    folder = Path(composition.checklist.file).parent
    lists = {language: word_list(language, folder) for language in checklist.languages}
    met: dict[str, set[str]] = defaultdict(set)
    words = lists[checklist.language]
    yield from _heading(composition.checklist, checklist.title, words)
    for number, field in enumerate(checklist.profile):
        if composition.is_own_field(number):
            for _name, found in _of(field, words):
                yield composition.field_placed(number, found, about=field.id)
    for section in checklist.sections:
        document = composition.sections[section.id]
        if composition.is_own(section.id):
            yield from _heading(document, section.title, words)
        for number, question in zip(places(section, document), section.questions, strict=True):
            if composition.is_own(section.id) or composition.is_changed(question.id):
                for name, found in _of(question, words):
                    met[question.id].add(name)
                    if name not in question.judged:
                        yield composition.placed(section.id, found, ("questions", number), about=question.id)
    yield from _translated(checklist, composition, lists, met)
    for section in checklist.sections:
        document = composition.sections[section.id]
        for number, question in zip(places(section, document), section.questions, strict=True):
            if composition.is_own(section.id):
                for name in question.judged.keys() - met[question.id]:
                    found = finding(("judged", name), Kind.JUDGED_IN_VAIN, word=name)
                    yield composition.placed(section.id, found, ("questions", number), about=question.id)


def _translated(
    checklist: Checklist, composition: Composition, lists: dict[str, WordList], met: dict[str, set[str]]
) -> Iterator[Fault]:
    for language, translation in checklist.translations.items():
        words = lists[language]
        for name, texts in translation.sections.items():
            if (document := composition.translations.get((language, name))) is None:
                continue
            if composition.is_own(name):
                yield from _heading(document, texts.title, words)
            for rendered in texts.questions:
                source = checklist.question.get(rendered.id)
                if source is None or not (composition.is_own(name) or composition.is_changed(rendered.id)):
                    continue
                for what, found in _of(rendered, words):
                    met[rendered.id].add(what)
                    if what not in source.judged:
                        yield composition.text_placed(language, name, found, rendered.id)
        whole, document = translation.checklist, composition.translations.get((language, checklist.id))
        if whole is None or document is None:
            continue
        yield from _heading(document, whole.title, words)
        inherited = len(whole.profile) - len(document.data.get("profile") or ())  # what the base renders comes first
        for number, rendered in enumerate(whole.profile[inherited:]):
            for _name, found in _of(rendered, words):
                yield document.placed(found, ("profile", number), about=rendered.id)


def _heading(document: Document, title: str, words: WordList) -> Iterator[Fault]:
    for _name, found in words.avoided(title, ("title",)):
        yield document.placed(found)


def _of(asked: Asked | AskedTexts, words: WordList) -> _Named:
    """What is found in the texts of one question, profile field or translation of either."""
    yield from words.found({key: getattr(asked, key, None) for key in _KEYS})
    for option, said in asked.options.items():
        text = said if isinstance(said, str) else said.text
        yield from words.avoided(text, ("options", option))
