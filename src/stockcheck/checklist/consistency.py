"""What must hold between the parts of a checklist: ids, levels, references, bands, conditions, translations.

`loading` refuses a checklist that breaks any of this, for a score made with it could not be defended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import TYPE_CHECKING

from stockcheck.checklist.answers import decimal, iso_date
from stockcheck.checklist.conditions import AllOf, Condition, Leaf, ProfileIs, QuestionIs, leaves
from stockcheck.checklist.model import RESERVED_WORDS, Asked, Checklist, ProfileField, Question, Section
from stockcheck.checklist.words import near
from stockcheck.checklist.yamltext import Document, Path_
from stockcheck.errors import AnswerError, Problem

if TYPE_CHECKING:
    from stockcheck.checklist.loading import Sources

Fault = tuple[Path_, str, str]  # where in the file, what is wrong, what would be right


@dataclass
class _Known:
    """What a condition may read at some point of the checklist, and what it never will."""

    fields: dict[str, Asked] = dataclass_field(default_factory=dict)
    earlier: dict[str, Asked] = dataclass_field(default_factory=dict)
    later: frozenset[str] = frozenset()
    lost: Set[str] = frozenset()


def problems(checklist: Checklist, sources: Sources) -> Iterator[Problem]:
    """Every broken rule, placed in the file where it can be mended."""
    document = sources.checklist
    known = _Known(later=frozenset(checklist.question), lost=sources.lost)
    yield from _placed(document, _levels(checklist))
    for number, asked in enumerate(checklist.profile):
        at: Path_ = ("profile", number)
        if asked.id in known.fields:
            yield document.problem((*at, "id"), f"the profile has two fields {asked.id}.", "Give one another id.")
        yield from _placed(document, _keys(asked, at))
        known.fields[asked.id] = asked
    for section in checklist.sections:
        yield from _section_conditions(section, known, sources)
        file = sources.sections[section.id]
        yield from _placed(file, _questions(section, _places(file), known, checklist))
    yield from _replaced(checklist, sources)
    yield from _translated(checklist, sources)


def is_sound(checklist: Checklist) -> bool:
    """Whether a checklist that did not come from YAML files, but from an assessment file, breaks no rule either."""
    known = _Known(later=frozenset(checklist.question))
    faults = [*_levels(checklist)]
    for asked in checklist.profile:
        faults += [((), "twice", "")] if asked.id in known.fields else _keys(asked, ())
        known.fields[asked.id] = asked
    for section in checklist.sections:
        if section.when is not None:
            faults += _condition(section.when, (), known)
        places = {question.id: number for number, question in enumerate(section.questions)}
        faults += _questions(section, places, known, checklist)
    return not faults


def _questions(section: Section, places: dict[str, int], known: _Known, checklist: Checklist) -> Iterator[Fault]:
    levels = {level.level for level in checklist.levels}
    for question in section.questions:
        at: Path_ = ("questions", places[question.id])
        if question.id in known.earlier:
            before = next(one.id for one in checklist.sections if known.earlier[question.id] in one.questions)
            where = "this section" if before == section.id else f"section {before}"
            yield (*at, "id"), f"the id {question.id} is already in {where}.", "Give it another id."
        yield from _keys(question, at)
        if question.level not in levels:
            yield (*at, "level"), f"the checklist {checklist.id} has no level {question.level}.", _one_of(levels)
        for index, reference in enumerate(question.references):
            if checklist.cited(reference) is None:
                hint = near(reference, checklist.standards)
                yield (*at, "references", index), f"{checklist.id} lists no standard for “{reference}”.", hint
        if question.when is not None:
            yield from _condition(question.when, (*at, "when"), known)
        known.earlier[question.id] = question


def _placed(document: Document, faults: Iterable[Fault]) -> Iterator[Problem]:
    for path, message, hint in faults:
        yield document.problem(path, message, hint)


def _places(document: Document) -> dict[str, int]:
    """Where each question stands in its file: a checklist may use only some of them."""
    return {str(raw["id"]): number for number, raw in enumerate(document.data["questions"])}


def _levels(checklist: Checklist) -> Iterator[Fault]:
    for number, level in enumerate(checklist.levels):
        if level.level != number + 1:
            yield ("levels", number, "level"), f"should be {number + 1}.", "Levels are numbered 1, 2, 3 … in order."


def _keys(asked: ProfileField | Question, at: Path_) -> Iterator[Fault]:
    """The keys that belong to the type, and those that do not."""
    with_options = asked.type in ("choice", "several")
    if with_options and not asked.options:
        yield at, f"a {asked.type} question needs options.", "Add options: {word: {text: …, credit: …}}."
    if asked.options and not with_options:
        yield (*at, "options"), f"a {asked.type} question has no options.", "Use type: choice or several."
    for word, option in asked.options.items():
        here: Path_ = (*at, "options", word)
        if word in RESERVED_WORDS:
            yield here, f"no option may be called {word}: every question takes that answer.", "Give it another id."
        if isinstance(asked, ProfileField):
            if option.credit is not None:
                yield (*here, "credit"), "profile options have no credit: the profile is never scored.", "Delete it."
        elif option.credit is None:
            yield here, "the option has no credit.", "Add credit: 0 to 1."
        elif option.credit < 0 and asked.type == "choice":
            yield (*here, "credit"), "a choice's credit should be 0 or more.", ""
    if isinstance(asked, ProfileField):
        return
    with_bands = asked.type in ("number", "date")
    if with_bands and not asked.bands:
        yield at, f"a {asked.type} question needs bands.", "Add bands: [{at_most: …, credit: 1}]."
    if asked.bands and not with_bands:
        yield (*at, "bands"), f"a {asked.type} question has no bands.", "Use type: number or date."
    for number, band in enumerate(asked.bands):
        if band.at_least is not None and band.at_most is not None and band.at_least > band.at_most:
            yield (*at, "bands", number), "no value fits: at_least is greater than at_most.", "Swap the two."
    if not asked.scored and asked.critical:
        yield (*at, "critical"), "a text question is not scored and cannot be critical.", "Delete the line."


def _condition(condition: Condition, at: Path_, known: _Known) -> Iterator[Fault]:
    for leaf, place in leaves(condition, at):
        if isinstance(leaf, ProfileIs):
            kind, name, readable = "profile", leaf.profile, known.fields
        else:
            kind, name, readable = "question", leaf.question, known.earlier
        if name in readable:
            yield from _leaf(leaf, place, readable[name])
        elif name in known.lost:
            continue
        elif isinstance(leaf, QuestionIs) and name in known.later:
            yield (
                (*place, kind),
                f"{name} stands later in the checklist.",
                "A condition reads only what stands earlier.",
            )
        else:
            yield (*place, kind), f"there is no {kind} {name}.", near(name, readable)


def _leaf(leaf: Leaf, at: Path_, asked: Asked) -> Iterator[Fault]:
    fits = {
        "number": {"is", "at_least", "at_most"},
        "several": {"is", "has"},
    }.get(asked.type, {"is"})
    for test in sorted(leaf.tests - fits):
        yield (*at, test), f"{asked.id} is a {asked.type}, which takes no {test}.", f"Use {' or '.join(sorted(fits))}."
    if not leaf.tests:
        yield at, "the condition does not say what the answer should be.", f"Add {' or '.join(sorted(fits))}."
    if "is" in leaf.tests and len(leaf.tests) > 1:
        yield at, "“is” stands alone.", "Split the condition with all: […]."
    test = "is" if leaf.is_ else "has"
    for number, wanted in enumerate(leaf.listed):
        path = (*at, test, number)
        if wanted in RESERVED_WORDS:
            yield path, f"no condition can ask for {wanted}.", "An unknown answer leaves the condition undetermined."
        elif asked.words and wanted not in asked.words:
            yield path, f"{asked.id} has no answer {wanted}.", near(wanted, asked.words)
        elif asked.type in ("number", "date"):
            try:
                decimal(wanted) if asked.type == "number" else iso_date(wanted)
            except AnswerError as error:
                yield path, error.message, error.hint


def _section_conditions(section: Section, known: _Known, sources: Sources) -> Iterator[Problem]:
    """A section's condition may be written where it is used, in its own file, or both."""
    if section.when is None:
        return
    uses = sources.checklist.data["sections"]
    number, use = next((n, use) for n, use in enumerate(uses) if section.id == _used(use))
    here = (sources.checklist, ("sections", number, "when"))
    there = (sources.sections[section.id], ("when",))
    in_use = isinstance(use, dict) and "when" in use
    in_file = "when" in sources.sections[section.id].data
    if in_use and in_file and isinstance(section.when, AllOf):
        parts = zip((here, there), section.when.all, strict=True)
    else:
        parts = zip((here if in_use else there,), (section.when,), strict=True)
    for (document, at), condition in parts:
        yield from _placed(document, _condition(condition, at, known))


def _used(use: object) -> object:
    return use.get("use") if isinstance(use, dict) else use


def _replaced(checklist: Checklist, sources: Sources) -> Iterator[Problem]:
    claimed: dict[str, str] = {}
    for section in checklist.sections:
        file = sources.sections[section.id]
        places = _places(file)
        for question in section.questions:
            for index, old in enumerate(question.replaces):
                path = ("questions", places[question.id], "replaces", index)
                if old in checklist.question:
                    yield file.problem(
                        path, f"{old} is still in the checklist.", "Only an id that is gone is replaced."
                    )
                if old in claimed:
                    yield file.problem(path, f"{claimed[old]} already replaces {old}.", "Only one question can.")
                claimed[old] = question.id


def _translated(checklist: Checklist, sources: Sources) -> Iterator[Problem]:
    """A translation may lack texts (the lint says so), but may not speak of what the checklist does not have."""
    for (language, file), document in sources.translations.items():
        texts = document.data
        if texts.get("language") != language:
            yield document.problem(("language",), f"should be {language}, as the folder is called.")
        if texts.get("id") != file:
            yield document.problem(("id",), f"should be {file}, as the file is called.")
        if file in sources.sections:
            source = {str(raw["id"]): raw for raw in sources.sections[file].data["questions"]}
            group = "questions"
        else:
            source = {field.id: {"options": field.options} for field in checklist.profile}
            group = "profile"
        seen: set[str] = set()
        for number, raw in enumerate(texts.get(group, ())):
            here: Path_ = (group, number)
            name = str(raw["id"])
            if name not in source:
                yield document.problem((*here, "id"), f"there is no {name} to translate.", near(name, source))
                continue
            if name in seen:
                yield document.problem((*here, "id"), f"{name} is translated twice.", "Delete one.")
            seen.add(name)
            options = source[name].get("options") or {}
            ids = options if isinstance(options, dict) else [option["id"] for option in options]
            for word in raw.get("options") or {}:
                if word not in ids:
                    yield document.problem((*here, "options", word), f"there is no option {word}.", near(word, ids))


def _one_of(numbers: Iterable[int]) -> str:
    return f"It has {', '.join(map(str, sorted(numbers)))}."
