"""Editorial rules: what a sound checklist still needs before an official should meet it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

from stockcheck.checklist.conditions import Condition, Leaf, ProfileIs, Truth, evaluate, leaves
from stockcheck.checklist.loading import Sources, compose
from stockcheck.checklist.lockfile import compared
from stockcheck.checklist.model import Asked, AskedTexts, Checklist, Question
from stockcheck.checklist.translation import shortcomings
from stockcheck.errors import ChecklistError, Problem

#: Longest text of each kind, in characters: what one reads at a glance, standing in a store.
LONGEST = {"text": 140, "help": 500, "evidence": 200, "remedy": 240}
#: How much longer a translation may be.
STRETCH = 1.25

_JOINS_EN = re.compile(r"\b(and|or)\b", re.IGNORECASE)
#: Words of the source language that no sentence of the translation's has: enough to find a forgotten text.
_ENGLISH = re.compile(r"\b(the|and|with|when|which|from|are|this|that|of|is|for|not)\b", re.IGNORECASE)
#: Combinations tried before a condition is taken as one that can hold.
_MOST_TRIED = 20_000


def problems(paths: Iterable[Path], *, whole_folder: bool = False) -> list[Problem]:
    """Every fault of the checklists in `paths`, in file order; `whole_folder` when they are all that there are."""
    found: set[Problem] = set()
    composed = []
    for path in paths:
        try:
            composed.append((path, *compose(path)))
        except ChecklistError as error:
            found.update(error.problems)
    for _path, checklist, sources in composed:
        found.update(_editorial(checklist, sources))
        found.update(_translations(checklist, sources))
    if not found:
        found.update(compared([(path, checklist) for path, checklist, _sources in composed], whole_folder=whole_folder))
    return sorted(found)


def _editorial(checklist: Checklist, sources: Sources) -> Iterator[Problem]:
    levels = {question.level for question in checklist.questions}
    for number, level in enumerate(checklist.levels):
        if level.level not in levels:
            yield sources.checklist.problem(("levels", number), "no question belongs to this level.")
    for section in checklist.sections:
        document = sources.sections[section.id]
        places = {str(raw["id"]): place for place, raw in enumerate(document.data["questions"])}
        for question in section.questions:
            here = ("questions", places[question.id])
            for key, message, hint in _texts(question, checklist.language):
                yield document.problem((*here, key), f"{question.id}: {message}", hint)
            if question.when is not None and not can_hold(question.when, checklist):
                yield document.problem((*here, "when"), f"{question.id}: the condition can never hold.")
        if section.when is not None and not can_hold(section.when, checklist):
            yield document.problem((), f"the condition of section {section.id} can never hold.")


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
    if language == "en" and question.joins is None and (match := _JOINS_EN.search(question.text)):
        hint = "Split it, or give the reason under `joins` if it asks one thing all the same."
        yield "text", f"“{match[0]}” may join two controls.", hint


def _translations(checklist: Checklist, sources: Sources) -> Iterator[Problem]:
    for language, translation in checklist.translations.items():
        for lack in shortcomings(checklist, language):
            file = f"translations/{language}/{lack.where}.yaml"
            document = sources.translations.get((language, lack.where))
            yield Problem(document.file if document else file, 0, 0, lack.subject, lack.message)
        for name, texts in translation.sections.items():
            document = sources.translations[language, name]
            for number, rendered in enumerate(texts.questions):
                source = checklist.question.get(rendered.id)
                for key, message in _rendered(rendered, source, checklist.language) if source else ():
                    yield document.problem(("questions", number, key), f"{rendered.id}: {message}")
        whole = translation.checklist
        for number, rendered in enumerate(whole.profile if whole else ()):
            document = sources.translations[language, checklist.id]
            for key, message in _rendered(rendered, checklist.field[rendered.id], checklist.language):
                yield document.problem(("profile", number, key), f"{rendered.id}: {message}")


def _rendered(rendered: AskedTexts, source: Asked, language: str) -> Iterator[tuple[str, str]]:
    """Key and fault for each text that is too long or was not translated."""
    for key, longest in LONGEST.items():
        text = getattr(rendered, key)
        if text is None:
            continue
        if len(text) > longest * STRETCH:
            yield key, f"{key} has {len(text)} characters; at most {int(longest * STRETCH)}."
        if text == getattr(source, key, None):
            yield key, f"{key} is the source's own text."
        elif language == "en" and (match := _ENGLISH.search(text)):
            yield key, f"“{match[0]}” is left from the source."
    for word, text in rendered.options.items():
        if language == "en" and (match := _ENGLISH.search(text)):
            yield "options", f"option {word}: “{match[0]}” is left from the source."


def can_hold(condition: Condition, checklist: Checklist) -> bool:
    """Whether some answers make `condition` true, given that what it reads can be answered at all."""
    subjects: dict[tuple[bool, str], Asked] = {}
    candidates: dict[tuple[bool, str], set[object]] = {}
    for leaf, _place in leaves(condition):
        key = _subject(leaf)
        subjects[key] = checklist.field[key[1]] if key[0] else checklist.question[key[1]]
        candidates.setdefault(key, set(subjects[key].words)).update(_worth_trying(leaf))
    combinations = product(*candidates.values())
    for number, values in enumerate(combinations):
        chosen = dict(zip(candidates, values, strict=True))
        if number >= _MOST_TRIED or evaluate(condition, lambda leaf, chosen=chosen: _holds(leaf, chosen)):  # type: ignore[misc]
            return True
    return False


def _subject(leaf: Leaf) -> tuple[bool, str]:
    return (True, leaf.profile) if isinstance(leaf, ProfileIs) else (False, leaf.question)


def _worth_trying(leaf: Leaf) -> list[object]:
    """Values at the bounds of a leaf, and one that fits none of it."""
    return [*leaf.listed, *(bound for bound in (leaf.at_least, leaf.at_most) if bound is not None), None]


def _holds(leaf: Leaf, chosen: dict[tuple[bool, str], object]) -> Truth:
    value = chosen[_subject(leaf)]
    if leaf.listed:
        return value in leaf.listed
    at_least = leaf.at_least is None or (value is not None and value >= leaf.at_least)  # type: ignore[operator]
    return at_least and (leaf.at_most is None or (value is not None and value <= leaf.at_most))  # type: ignore[operator]
