"""Editorial rules: what a sound checklist still needs before an official should meet it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Literal
from unicodedata import normalize

from stockcheck.checklist import glossary, ids, provenance, worded
from stockcheck.checklist.composition import Composition, places
from stockcheck.checklist.conditions import Condition, Leaf, QuestionIs, conjunction, leaves
from stockcheck.checklist.deadline import agrees
from stockcheck.checklist.faults import ChecklistError, Fault, Finding, Kind, Path_, finding
from stockcheck.checklist.loading import compose
from stockcheck.checklist.model import RESERVED_WORDS, Asked, AskedTexts, Checklist, Question, Section
from stockcheck.checklist.reachable import Steps, can_hold
from stockcheck.checklist.shipped import GLOSSARY, shipped
from stockcheck.checklist.translation import shortcomings
from stockcheck.language import LANGUAGES, table

#: Longest text of each kind, in characters: what one reads at a glance, standing in a store.
LONGEST = {"text": 140, "help": 500, "classroom": 500, "evidence": 200, "remedy": 240}
#: How much longer a translation may be.
STRETCH = 1.25

Composed = tuple[Path, Checklist, Composition]


@dataclass(frozen=True)
class Looked:
    """What the lint has found: faults, and warnings of what a person has to judge. Each in file order."""

    faults: list[Fault]
    warnings: list[Fault]


def faults(paths: Sequence[Path], *, whole_folder: bool = False) -> list[Fault]:
    """Every fault of the checklists in `paths`, in file order; `whole_folder` when they are all that there are."""
    return looked_over(paths, whole_folder=whole_folder).faults


def looked_over(paths: Sequence[Path], *, whole_folder: bool = False) -> Looked:
    """Every fault and warning of the checklists in `paths`; `whole_folder` when they are all that there are.

    Raises `ChecklistError` where a list of words cannot be read.
    """
    found: set[Fault] = set()
    composed: list[Composed] = []
    for path in paths:
        try:
            composed.append((path, *compose(path)))
        except ChecklistError as error:
            found.update(error.faults)
    steps = Steps()
    for _path, checklist, composition in composed:
        found.update(_editorial(checklist, composition, steps))
        found.update(_translations(checklist, composition))
    found.update(_shared_ids(composed))
    if not found:
        read = [(path, checklist) for path, checklist, _composition in composed]
        found.update(ids.compared(read, whole_folder=whole_folder))
        found.update(provenance.compared(shipped(), read))
    loaded = [checklist for _path, checklist, _files in composed]
    found.update(fault for one, folder in _glossaries(composed) for fault in glossary.untranslated(one, folder))
    warned = {found for _path, checklist, files in composed for found in worded.warnings(checklist, files)}
    if whole_folder and len(composed) == len(paths):  # else a term may be used by what could not be read
        warned.update(fault for one, _folder in _glossaries(composed) for fault in glossary.unused(one, loaded))
    return Looked(sorted(found), sorted(warned))


def _glossaries(composed: Iterable[Composed]) -> Iterator[tuple[glossary.Glossary, Path]]:
    """The glossaries that stand beside the checklists, each once, with the folder."""
    for folder in dict.fromkeys(path.parent for path, _checklist, _files in composed):
        if (folder / GLOSSARY).is_file():
            yield glossary.read(folder / GLOSSARY), folder


def _editorial(checklist: Checklist, composition: Composition, steps: Steps) -> Iterator[Fault]:
    levels = {question.level for question in checklist.questions}
    for number, level in enumerate(checklist.levels):
        if level.level not in levels:
            yield composition.checklist.fault(("levels", number), Kind.EMPTY_LEVEL)
    twins = _twins((asked.id, asked.id) for asked in checklist.profile)
    for number, asked in enumerate(checklist.profile):
        for found in _options(asked):
            yield composition.field_placed(number, found, about=asked.id)
        if twin := twins.get(asked.id):
            yield composition.field_placed(number, finding(("id",), Kind.SAME_BUT_CASE, first=twin, second=asked.id))
    twins = _twins((question.id, question.id) for question in checklist.questions)
    for section in checklist.sections:
        document = composition.sections[section.id]
        for number, question in zip(places(section, document), section.questions, strict=True):
            for found in chain(
                _texts(question, checklist.language), _options(question), _parents(question, section, checklist)
            ):
                yield composition.placed(section.id, found, ("questions", number), about=question.id)
            if twin := twins.get(question.id):
                yield document.fault(("questions", number, "id"), Kind.SAME_BUT_CASE, first=twin, second=question.id)
        yield from _unreachable(section, checklist, composition, steps)


def _parents(question: Question, section: Section, checklist: Checklist) -> Iterator[Finding]:
    """The controls after whose "yes" or "partial" alone a question is asked, where it is not part of any of them."""
    condition = conjunction(section.when, question.when)
    if condition is None or not question.scored:
        return
    asked_for = {
        leaf.question
        for leaf in _plain_leaves(condition)
        if isinstance(leaf, QuestionIs)
        and checklist.question[leaf.question].type == "control"
        and set(leaf.listed) <= {"yes", "partial"}
    }
    if question.part_of not in asked_for:
        for parent in sorted(asked_for):
            yield finding((), Kind.PART_OF_PROPOSED, parent=parent)


def _plain_leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf of `condition` that does not stand under a `not`."""
    return (leaf for leaf, place in leaves(condition) if "not" not in place)


def _unreachable(section: Section, checklist: Checklist, composition: Composition, steps: Steps) -> Iterator[Fault]:
    """Conditions that no answers make true, be it alone or with that of the section."""
    if section.when is not None and not can_hold(section.when, checklist, steps):
        document, at = composition.used[section.id]
        yield document.fault(at, Kind.SECTION_NEVER_APPLIES, section=section.id)
        return
    document = composition.sections[section.id]
    for number, question in zip(places(section, document), section.questions, strict=True):
        here = ("questions", number, "when")
        if question.when is None:
            continue
        if not can_hold(question.when, checklist, steps):
            yield composition.placed(section.id, finding(here, Kind.NEVER_HOLDS), about=question.id)
        elif (goal := conjunction(section.when, question.when)) and not can_hold(goal, checklist, steps):
            yield composition.placed(section.id, finding(here, Kind.NEVER_HOLDS_IN_SECTION), about=question.id)


def _shared_ids(composed: Sequence[Composed]) -> Iterator[Fault]:
    """Ids that two sections of one folder have: checklists that use only one of them do not notice."""
    owners: dict[tuple[Path, str], str] = {}
    for _path, checklist, composition in composed:
        for section in checklist.sections:
            document = composition.sections[section.id]
            folder = Path(document.file).parent
            for number, question in zip(places(section, document), section.questions, strict=True):
                owner = owners.setdefault((folder, question.id), section.id)
                if owner != section.id:
                    at = ("questions", number, "id")
                    yield document.fault(at, Kind.DUPLICATE_ID, id=question.id, section=owner)


def _texts(question: Question, language: str) -> Iterator[Finding]:
    """Texts that are missing, too long, or ask two things."""
    needed = ("help", "evidence", "remedy") if question.scored else ("help", "evidence")
    for key in needed:
        if getattr(question, key) is None:
            yield finding((key,), Kind.MISSING_TEXT, key=key)
    if not question.references:
        yield finding(("references",), Kind.MISSING_REFERENCE)
    for key, longest in LONGEST.items():
        text = getattr(question, key)
        if text is not None and len(text) > longest:
            yield finding((key,), Kind.LONG_TEXT, key=key, length=len(text), limit=longest)
    if language == "en" and question.within is not None and not agrees(question.within, question.remedy or ""):
        yield finding(("within",), Kind.WITHIN_DISAGREES, days=question.within)
    if question.joins is None and (match := _one_of(language, "joining").search(question.text)):
        yield finding(("text",), Kind.JOINED_CONTROLS, word=match[0])


def _options(asked: Asked) -> Iterator[Finding]:
    """Options that cannot be told apart, by what they say or by what they are called."""
    texts = {word: option.text for word, option in asked.options.items()}
    yield from _same_texts(texts)
    called = _twins((word, word) for word in (*RESERVED_WORDS, *texts))
    for second, first in called.items():
        yield finding(("options", second), Kind.SAME_BUT_CASE, first=first, second=second)


def _same_texts(texts: Mapping[str, str]) -> Iterator[Finding]:
    for second, first in _twins(texts.items()).items():
        yield finding(("options", second), Kind.SAME_OPTION_TEXT, first=first, second=second)


def _twins(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Those whose texts an earlier one has as well but for case and spaces, and that earlier one."""
    owners: dict[str, str] = {}
    twins: dict[str, str] = {}
    for name, text in named:
        owner = owners.setdefault(" ".join(normalize("NFKC", text).casefold().split()), name)
        if owner != name:
            twins[name] = owner
    return twins


def _translations(checklist: Checklist, composition: Composition) -> Iterator[Fault]:
    for language, translation in checklist.translations.items():
        for where, lack in shortcomings(checklist, language):
            document = composition.translations.get((language, where))
            if composition.is_changed(str(lack.blanks.get("about", ""))):
                where, document = checklist.id, composition.translations.get((language, checklist.id))
            file = document.file if document else f"translations/{language}/{where}.yaml"
            yield Fault.at(file, lack.kind, **lack.blanks)
        titles = {section.id: section.title for section in checklist.sections}
        for name, texts in translation.sections.items():
            if (document := composition.translations.get((language, name))) is None:
                continue  # a section that only an annex translates, and only what it has changed
            if name in titles:
                yield from map(
                    document.placed, _untranslated(texts.title, titles[name], ("title",), checklist.language)
                )
            for rendered in texts.questions:
                source = checklist.question.get(rendered.id)
                for found in _rendered(rendered, source, checklist.language):
                    yield composition.text_placed(language, name, found, rendered.id)
        if (whole := translation.checklist) is None:
            continue
        if (language, checklist.id) not in composition.translations:  # an annex whose own texts are not translated
            yield Fault.at(f"translations/{language}/{checklist.id}.yaml", Kind.CHECKLIST_UNTRANSLATED)
            continue
        document = composition.translations[language, checklist.id]
        heads: list[tuple[Path_, str, str]] = [(("title",), whole.title, checklist.title)]
        for level in checklist.levels:
            name = str(level.level)
            heads.append((("levels", name), whole.levels.get(name, ""), level.title))
        for name, standard in checklist.standards.items():
            heads.append((("standards", name), whole.standards.get(name, ""), standard.title))
        for path, text, original in heads:
            yield from map(document.placed, _untranslated(text, original, path, checklist.language))
        for number, rendered in enumerate(whole.profile):
            for found in _rendered(rendered, checklist.field.get(rendered.id), checklist.language):
                yield document.placed(found, ("profile", number), about=rendered.id)


def _rendered(rendered: AskedTexts, source: Asked | None, language: str) -> Iterator[Finding]:
    """Texts that are too long or were not translated."""
    if source is None:  # what the checklist does not use is not looked at
        return
    for key, longest in LONGEST.items():
        text = getattr(rendered, key)
        if text is None:
            continue
        if len(text) > longest * STRETCH:
            yield finding((key,), Kind.LONG_TEXT, key=key, length=len(text), limit=int(longest * STRETCH))
        yield from _untranslated(text, getattr(source, key, None), (key,), language)
    for word, text in rendered.options.items():
        option = source.options.get(word)
        yield from _untranslated(text, option.text if option else None, ("options", word), language)
    yield from _same_texts({word: text for word, text in rendered.options.items() if word in source.options})


def _untranslated(text: str, source: str | None, path: Path_, language: str) -> Iterator[Finding]:
    """What shows that `text` was left in the source's language.

    A single word, or a name, may well be the same in both: "No", "Control", "Small Arms Survey".
    """
    if text == source and any(word.islower() for word in text.split()[1:]):
        yield finding(path, Kind.SOURCE_TEXT)
    elif match := _one_of(language, "telltales").search(text):
        yield finding(path, Kind.SOURCE_WORD, word=match[0])


@cache
def _one_of(language: str, kind: Literal["joining", "telltales"]) -> re.Pattern[str]:
    """What finds a word of that kind in the table of `language`; nothing, in a language that has none."""
    words = getattr(table(language), kind).split() if language in LANGUAGES else []
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b" if words else "(?!)", re.IGNORECASE)
