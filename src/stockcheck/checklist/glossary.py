"""The glossary: what the terms of art mean that a depot officer may not know, one line each.

It stands in ``glossary.yaml`` beside the checklists, each translation in ``translations/LANGUAGE/glossary.yaml``; a
checklist carries the terms that its own texts use. Source: docs/checklist-format.md, "Glossary".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import Field

from stockcheck.checklist import validation
from stockcheck.checklist.faults import ChecklistError, Fault, Kind
from stockcheck.checklist.model import Asked, Checklist, Question, Term
from stockcheck.checklist.phrases import has
from stockcheck.checklist.shipped import GLOSSARY, shipped
from stockcheck.checklist.words import Identifier, Item, suggestion
from stockcheck.checklist.yamltext import Document
from stockcheck.plaintext import folded


class GlossaryFile(Item):
    """A glossary as written, in one language."""

    language: Identifier
    terms: tuple[Term, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Glossary:
    """The terms in the source language, those that each other language has, and the documents of both."""

    language: str
    terms: tuple[Term, ...]
    rendered: dict[str, tuple[Term, ...]] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)

    def said_in(self, language: str) -> tuple[Term, ...]:
        """Every term in `language`, where it has it, in alphabetical order."""
        known = {term.id: term for term in self.rendered.get(language, ())}
        return in_order(known.get(term.id, term) for term in self.terms)


def in_order(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms in alphabetical order of their headings."""
    return tuple(sorted(terms, key=lambda term: folded(term.term)))


def occurring(terms: Iterable[Term], texts: Iterable[str]) -> tuple[Term, ...]:
    """Those of `terms` that have a form in one of `texts`, as whole words, in their order."""
    text = " ".join(" ".join(texts).split())
    lower = text.casefold()
    return tuple(term for term in terms if any(has(text if form.isupper() else lower, form) for form in term.forms))


def texts_of(asked: Asked) -> Iterator[str]:
    """Every text of what is asked that an official reads."""
    yield asked.text
    yield from (option.text for option in asked.options.values())
    keys = ("help", "evidence", "remedy", "classroom") if isinstance(asked, Question) else ("help",)
    yield from (text for key in keys if (text := getattr(asked, key)) is not None)


def used(path: Path, checklist: Checklist) -> Glossary:
    """What of the glossary in `path` the texts of `checklist` use, in its own language. Raises `ChecklistError`.

    The titles of sections count as well.
    """
    whole = read(path)
    if whole.language != checklist.language:
        return Glossary(checklist.language, ())
    texts = [text for one in (*checklist.profile, *checklist.questions) for text in texts_of(one)]
    terms = occurring(whole.terms, (*texts, *(section.title for section in checklist.sections)))
    ids = {term.id for term in terms}
    rendered = {
        language: tuple(term for term in said if term.id in ids)
        for language, said in whole.rendered.items()
        if language in checklist.translations
    }
    return Glossary(whole.language, terms, rendered)


def read(path: Path) -> Glossary:
    """The glossary in `path` with its translations. Raises `ChecklistError` with every fault of every file.

    That of the program is read once a run: its files do not change meanwhile, those of a person may.
    """
    return _once(path) if path.is_relative_to(shipped()) else _read(path)


@cache
def _once(path: Path) -> Glossary:
    return _read(path)


def _read(path: Path) -> Glossary:
    faults: list[Fault] = []
    source, document = _file(path, faults)
    rendered, documents = {}, {}
    for folder in sorted((path.parent / "translations").glob("*/")):
        if (folder / GLOSSARY).is_file():
            said, its = _file(folder / GLOSSARY, faults)
            if said is None or its is None or source is None:
                continue
            if said.language != folder.name:
                blanks = {"language": said.language, "folder": folder.name}
                faults.append(its.fault(("language",), Kind.LANGUAGE_NOT_FOLDER, **blanks))
            ids = [term.id for term in source.terms]
            for number, term in enumerate(said.terms):
                if term.id not in ids:
                    at = ("terms", number, "id")
                    faults.append(its.fault(at, Kind.NOTHING_TO_TRANSLATE, id=term.id, **suggestion(term.id, ids)))
            rendered[folder.name], documents[folder.name] = said.terms, its
    if faults or source is None or document is None:
        raise ChecklistError(faults)
    return Glossary(source.language, source.terms, rendered, {source.language: document, **documents})


def _file(path: Path, faults: list[Fault]) -> tuple[GlossaryFile | None, Document | None]:
    found, document = validation.read_model(path, GlossaryFile, faults)
    if found is not None and document is not None:
        faults += _doubled(found, document)
    return found, document


def _doubled(found: GlossaryFile, document: Document) -> Iterator[Fault]:
    """Terms and forms that stand twice: nobody could say which is meant."""
    ids: set[str] = set()
    forms: dict[str, str] = {}
    for number, term in enumerate(found.terms):
        if term.id in ids:
            yield document.fault(("terms", number, "id"), Kind.FORM_TWICE, form=term.id, first=term.id)
        ids.add(term.id)
        for place, form in enumerate(term.forms):
            if (first := forms.setdefault(form.casefold(), term.id)) != term.id:
                yield document.fault(("terms", number, "forms", place), Kind.FORM_TWICE, form=form, first=first)


def untranslated(glossary: Glossary, folder: Path) -> Iterator[Fault]:
    """Each term that a language, whose folder of translations there is, does not have."""
    for language in sorted(path.name for path in (folder / "translations").glob("*/")):
        known = {term.id for term in glossary.rendered.get(language, ())}
        file = str(folder / "translations" / language / GLOSSARY)
        for term in glossary.terms:
            if term.id not in known:
                yield Fault.at(file, Kind.UNTRANSLATED, about=term.id)


def unused(glossary: Glossary, checklists: Iterable[Checklist]) -> Iterator[Fault]:
    """Each term that no text of `checklists` uses; of each language on its own, for forms may be missing in one."""
    ids = {term.id for checklist in checklists for term in checklist.glossary}
    document = glossary.documents[glossary.language]
    for number, term in enumerate(glossary.terms):
        if term.id not in ids:
            yield document.fault(("terms", number, "id"), Kind.TERM_UNUSED, id=term.id)
