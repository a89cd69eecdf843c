"""Editorial rules: what a sound checklist still needs before an official should meet it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from stockcheck.checklist import lockfile, provenance
from stockcheck.checklist.conditions import Condition, Leaf, QuestionIs, both, leaves
from stockcheck.checklist.consistency import places
from stockcheck.checklist.deadline import agrees
from stockcheck.checklist.loading import Sources, compose
from stockcheck.checklist.model import Asked, AskedTexts, Checklist, Question, Section
from stockcheck.checklist.reachable import can_hold
from stockcheck.checklist.shipped import shipped
from stockcheck.checklist.translation import shortcomings
from stockcheck.checklist.yamltext import Path_
from stockcheck.errors import ChecklistError, Problem

#: Longest text of each kind, in characters: what one reads at a glance, standing in a store.
LONGEST = {"text": 140, "help": 500, "classroom": 500, "evidence": 200, "remedy": 240}
#: How much longer a translation may be.
STRETCH = 1.25

_JOINS_EN = re.compile(r"\b(and|or)\b", re.IGNORECASE)
#: English words that no Spanish, French or Portuguese sentence has: enough to find a forgotten text.
_ENGLISH = re.compile(
    r"\b(the|and|with|without|when|where|which|what|who|whose|from|are|this|that|these|those|of|is|was|were|been|not|"
    r"have|they|their|there|each|every|any|must|should|shall|than|then|between|before|after|until|under|into|other|"
    r"does|yes|depot|ammunition|weapons?|firearms?|fences?|gates?|guards?|ledgers?|storehouses?|padlocks?)\b",
    re.IGNORECASE,
)

Composed = tuple[Path, Checklist, Sources]


def problems(paths: Iterable[Path], *, whole_folder: bool = False) -> list[Problem]:
    """Every fault of the checklists in `paths`, in file order; `whole_folder` when they are all that there are."""
    found: set[Problem] = set()
    composed: list[Composed] = []
    for path in paths:
        try:
            composed.append((path, *compose(path)))
        except ChecklistError as error:
            found.update(error.problems)
    for _path, checklist, sources in composed:
        found.update(_editorial(checklist, sources))
        found.update(_translations(checklist, sources))
    found.update(_shared_ids(composed))
    if not found:
        read = [(path, checklist) for path, checklist, _sources in composed]
        found.update(lockfile.compared(read, whole_folder=whole_folder))
        found.update(provenance.compared(shipped(), read))
    return sorted(found)


def _editorial(checklist: Checklist, sources: Sources) -> Iterator[Problem]:
    levels = {question.level for question in checklist.questions}
    for number, level in enumerate(checklist.levels):
        if level.level not in levels:
            yield sources.checklist.problem(("levels", number), "no question belongs to this level.")
    for section in checklist.sections:
        document = sources.sections[section.id]
        for number, question in zip(places(section, document), section.questions, strict=True):
            for key, message, hint in _texts(question, checklist.language):
                yield document.problem(("questions", number, key), f"{question.id}: {message}", hint)
            for parent in _parents(question, section, checklist):
                message = f"{question.id}: a depot that answers “no” to {parent} would score better without it."
                yield document.problem(("questions", number), message, f"Add part_of: {parent}.")
        yield from _unreachable(section, checklist, sources)


def _parents(question: Question, section: Section, checklist: Checklist) -> Iterator[str]:
    """The controls after whose "yes" or "partial" alone a question is asked, where it is not part of any of them."""
    condition = both(section.when, question.when)
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
        yield from sorted(asked_for)


def _plain_leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf of `condition` that does not stand under a `not`."""
    return (leaf for leaf, place in leaves(condition) if "not" not in place)


def _unreachable(section: Section, checklist: Checklist, sources: Sources) -> Iterator[Problem]:
    """Conditions that no answers make true, be it alone or with that of the section."""
    if section.when is not None and not can_hold(section.when, checklist):
        at = ("sections", sources.used[section.id])
        yield sources.checklist.problem(at, f"the condition of section {section.id} can never hold.")
        return
    document = sources.sections[section.id]
    for number, question in zip(places(section, document), section.questions, strict=True):
        here = ("questions", number, "when")
        if question.when is None:
            continue
        if not can_hold(question.when, checklist):
            yield document.problem(here, f"{question.id}: the condition can never hold.")
        elif (goal := both(section.when, question.when)) and not can_hold(goal, checklist):
            yield document.problem(here, f"{question.id}: the condition can never hold where its section applies.")


def _shared_ids(composed: Sequence[Composed]) -> Iterator[Problem]:
    """Ids that two sections of one folder have: checklists that use only one of them do not notice."""
    owners: dict[tuple[Path, str], str] = {}
    for _path, checklist, sources in composed:
        for section in checklist.sections:
            document = sources.sections[section.id]
            folder = Path(document.file).parent
            for number, question in zip(places(section, document), section.questions, strict=True):
                owner = owners.setdefault((folder, question.id), section.id)
                if owner != section.id:
                    message = f"the id {question.id} is already in section {owner}."
                    yield document.problem(("questions", number, "id"), message, "Give it another id.")


def _texts(question: Question, language: str) -> Iterator[tuple[str, str, str]]:
    """Key, fault and hint for each text that is missing, too long, or asks two things."""
    needed = ("help", "evidence", "remedy") if question.scored else ("help", "evidence")
    for key in needed:
        if getattr(question, key) is None:
            yield key, f"there is no {key}.", "An official cannot act on the question without it."
    if not question.references:
        yield "references", "there is no reference.", "Name the module the control comes from."
    for key, longest in LONGEST.items():
        text = getattr(question, key)
        if text is not None and len(text) > longest:
            yield key, f"{key} has {len(text)} characters; at most {longest}.", ""
    if language == "en" and question.within is not None and not agrees(question.within, question.remedy or ""):
        yield "within", f"the remedy names another time than {question.within} days.", "Let the two agree."
    if language == "en" and question.joins is None and (match := _JOINS_EN.search(question.text)):
        hint = "Split it, or give the reason under `joins` if it asks one thing all the same."
        yield "text", f"“{match[0]}” may join two controls.", hint


def _translations(checklist: Checklist, sources: Sources) -> Iterator[Problem]:
    for language, translation in checklist.translations.items():
        for lack in shortcomings(checklist, language):
            file = f"translations/{language}/{lack.where}.yaml"
            document = sources.translations.get((language, lack.where))
            yield Problem(document.file if document else file, 0, 0, lack.subject, lack.message)
        titles = {section.id: section.title for section in checklist.sections}
        for name, texts in translation.sections.items():
            document = sources.translations[language, name]
            if name in titles:
                for message in _untranslated(texts.title, titles[name], checklist.language):
                    yield document.problem(("title",), message)
            for number, rendered in enumerate(texts.questions):
                for path, message in _rendered(rendered, checklist.question.get(rendered.id), checklist.language):
                    yield document.problem(("questions", number, *path), f"{rendered.id}: {message}")
        if (whole := translation.checklist) is None:
            continue
        document = sources.translations[language, checklist.id]
        heads: list[tuple[Path_, str, str]] = [(("title",), whole.title, checklist.title)]
        for level in checklist.levels:
            name = str(level.level)
            heads.append((("levels", name), whole.levels.get(name, ""), level.title))
        for name, standard in checklist.standards.items():
            heads.append((("standards", name), whole.standards.get(name, ""), standard.title))
        for path, text, source in heads:
            for message in _untranslated(text, source, checklist.language):
                yield document.problem(path, message)
        for number, rendered in enumerate(whole.profile):
            for path, message in _rendered(rendered, checklist.field.get(rendered.id), checklist.language):
                yield document.problem(("profile", number, *path), f"{rendered.id}: {message}")


def _rendered(rendered: AskedTexts, source: Asked | None, language: str) -> Iterator[tuple[Path_, str]]:
    """Key and fault for each text that is too long or was not translated."""
    if source is None:  # what the checklist does not use is not looked at
        return
    for key, longest in LONGEST.items():
        text = getattr(rendered, key)
        if text is None:
            continue
        if len(text) > longest * STRETCH:
            yield (key,), f"{key} has {len(text)} characters; at most {int(longest * STRETCH)}."
        for message in _untranslated(text, getattr(source, key, None), language):
            yield (key,), f"{key}: {message}"
    for word, text in rendered.options.items():
        option = source.options.get(word)
        for message in _untranslated(text, option.text if option else None, language):
            yield ("options", word), f"option {word}: {message}"


def _untranslated(text: str, source: str | None, language: str) -> Iterator[str]:
    """What shows that `text` was left in the source's language.

    A single word, or a name, may well be the same in both: "No", "Control", "Small Arms Survey".
    """
    if text == source and any(word.islower() for word in text.split()[1:]):
        yield "this is the source's own text."
    elif language == "en" and (match := _ENGLISH.search(text)):
        yield f"“{match[0]}” is left from the source."
