"""What must hold between the parts of a checklist: ids, levels, references, bands, conditions, translations.

`loading` refuses a checklist that breaks any of this, for a score made with it could not be defended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import TYPE_CHECKING

from stockcheck.checklist.answers import decimal, iso_date
from stockcheck.checklist.conditions import AllOf, Condition, Leaf, ProfileIs, QuestionIs, leaves
from stockcheck.checklist.model import (
    RESERVED_WORDS,
    Asked,
    AskedTexts,
    Checklist,
    ChecklistTexts,
    ProfileField,
    Question,
    Section,
    SectionTexts,
)
from stockcheck.checklist.words import near
from stockcheck.checklist.words import word as as_word
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
    complete: bool = True


def problems(checklist: Checklist, sources: Sources) -> Iterator[Problem]:
    """Every broken rule, placed in the file where it can be mended."""
    document = sources.checklist
    known = _Known(later=frozenset(checklist.question), lost=sources.lost, complete=sources.complete)
    yield from _placed(document, _levels(checklist))
    for number, asked in zip(document.kept("profile"), checklist.profile, strict=True):
        at: Path_ = ("profile", number)
        if asked.id in known.fields:
            yield document.problem((*at, "id"), f"the profile has two fields {asked.id}.", "Give one another id.")
        yield from _placed(document, _keys(asked, at))
        known.fields[asked.id] = asked
    for section in checklist.sections:
        yield from _section_conditions(section, known, sources)
        file = sources.sections[section.id]
        yield from _placed(file, _questions(section, places(section, file), known, checklist))
    yield from _replaced(checklist, sources)
    yield from _translated(checklist, sources)


def is_sound(checklist: Checklist) -> bool:
    """Whether a checklist that did not come from YAML files, but from an assessment file, breaks no rule either."""
    return next(_broken_rules(checklist), None) is None


def _broken_rules(checklist: Checklist) -> Iterator[Fault]:
    known = _Known(later=frozenset(checklist.question))
    yield from _levels(checklist)
    for asked in checklist.profile:
        if asked.id in known.fields:
            yield (), "twice", ""
        yield from _keys(asked, ())
        known.fields[asked.id] = asked
    for section in checklist.sections:
        if section.when is not None:
            yield from _condition(section.when, (), known)
        yield from _questions(section, range(len(section.questions)), known, checklist)


def places(section: Section, document: Document) -> list[int]:
    """Where each question of `section` stands in its file, which may hold more than are used or could be read."""
    written = ((number, document.data["questions"][number]) for number in document.kept("questions"))
    return [
        next(number for number, raw in written if as_word(raw["id"]) == question.id) for question in section.questions
    ]


def _questions(section: Section, numbers: Iterable[int], known: _Known, checklist: Checklist) -> Iterator[Fault]:
    levels = {level.level for level in checklist.levels}
    for number, question in zip(numbers, section.questions, strict=True):
        at: Path_ = ("questions", number)
        if question.id in known.earlier:
            before = next(one.id for one in checklist.sections if known.earlier[question.id] in one.questions)
            where = "this section" if before == section.id else f"section {before}"
            yield (*at, "id"), f"the id {question.id} is already in {where}.", "Give it another id."
        yield from _keys(question, at)
        if question.part_of is not None:
            yield from _part(question, section, (*at, "part_of"), known)
        if levels and question.level not in levels:
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


def _levels(checklist: Checklist) -> Iterator[Fault]:
    followed = [name for name, standard in checklist.standards.items() if standard.kind == "levels-of"]
    for name in followed[1:]:
        yield ("standards", name, "kind"), f"the levels are those of {followed[0]} already.", "Only one can have them."
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
    for key in ("minimum", "maximum"):
        if getattr(asked, key) is not None and asked.type != "number":
            yield (*at, key), f"a {asked.type} question has no {key}.", "Use type: number."
    if asked.minimum is not None and asked.maximum is not None and asked.minimum > asked.maximum:
        yield (*at, "minimum"), "no value fits: minimum is greater than maximum.", "Swap the two."
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
        if asked.least is not None and asked.type != "several":
            yield (*at, "least"), f"a {asked.type} field has no least.", "Use type: several."
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
    for key, is_given in (("na", not asked.na), ("part_of", asked.part_of), ("finding", asked.finding)):
        if is_given and not asked.scored:
            yield (*at, key), f"a text question is not scored and takes no {key}.", "Delete the line."


def _part(question: Question, section: Section, at: Path_, known: _Known) -> Iterator[Fault]:
    """What a question is part of stands earlier and is scored; and a condition says when it is asked after all."""
    parent = question.part_of or ""
    if parent in known.earlier:
        if known.earlier[parent].type == "text":
            yield at, f"{parent} is a text question, which never falls short.", "Name a scored question."
    elif parent in known.later:
        yield at, f"{parent} does not stand earlier in the checklist.", "A question is part of an earlier one."
    elif parent not in known.lost and known.complete:
        yield at, f"there is no question {parent}.", near(parent, known.earlier)
    if question.when is None and section.when is None:
        yield at, "a question that is part of another needs a condition.", f"Add when: {{question: {parent}, is: […]}}."


def _condition(condition: Condition, at: Path_, known: _Known) -> Iterator[Fault]:
    for leaf, place in leaves(condition, at):
        if isinstance(leaf, ProfileIs):
            kind, name, readable = "profile", leaf.profile, known.fields
        else:
            kind, name, readable = "question", leaf.question, known.earlier
        if name in readable:
            yield from _leaf(leaf, place, readable[name])
        elif name in known.lost or not (known.complete or isinstance(leaf, ProfileIs) or name in known.later):
            continue  # it may well be there, in what could not be read
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
        "control": {"is", "has"},
        "choice": {"is", "has"},
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
    number = sources.used[section.id]
    use = sources.checklist.data["sections"][number]
    here: tuple[Document, Path_] = (sources.checklist, ("sections", number, "when"))
    there: tuple[Document, Path_] = (sources.sections[section.id], ("when",))
    if sources.whole[section.id].when is None:
        parts = [(here, section.when)]
    elif isinstance(use, dict) and use.get("when") is not None and isinstance(section.when, AllOf):
        parts = list(zip((here, there), section.when.all, strict=True))
    else:
        parts = [(there, section.when)]
    for (document, at), condition in parts:
        yield from _placed(document, _condition(condition, at, known))


def _replaced(checklist: Checklist, sources: Sources) -> Iterator[Problem]:
    claimed: dict[str, str] = {}
    for section in checklist.sections:
        file = sources.sections[section.id]
        for number, question in zip(places(section, file), section.questions, strict=True):
            for index, old in enumerate(question.replaces):
                path = ("questions", number, "replaces", index)
                if old in checklist.question:
                    yield file.problem(
                        path, f"{old} is still in the checklist.", "Only an id that is gone is replaced."
                    )
                if old in claimed:
                    yield file.problem(path, f"{claimed[old]} already replaces {old}.", "Only one question can.")
                claimed[old] = question.id


def _translated(checklist: Checklist, sources: Sources) -> Iterator[Problem]:
    """A translation may lack texts (the lint says so), but may not speak of what the checklist does not have."""
    for language, translation in checklist.translations.items():
        if (whole := translation.checklist) is not None:
            yield from _texts(whole, whole.profile, "profile", checklist.id, checklist.profile, language, sources)
        for name, texts in translation.sections.items():
            source = sources.whole[name].questions
            yield from _texts(texts, texts.questions, "questions", name, source, language, sources)


def _texts(
    texts: ChecklistTexts | SectionTexts,
    rendered: tuple[AskedTexts, ...],
    group: str,
    name: str,
    source: Sequence[Asked],
    language: str,
    sources: Sources,
) -> Iterator[Problem]:
    """Faults of the file that translates the checklist or the section `name`."""
    document = sources.translations[language, name]
    if texts.language != language:
        yield document.problem(("language",), f"should be {language}, as the folder is called.")
    if texts.id != name:
        yield document.problem(("id",), f"should be {name}, as the file is called.")
    if (language, name) in sources.borrowed:
        return
    by_id = {asked.id: asked for asked in source}
    seen: set[str] = set()
    for number, one in zip(document.kept(group), rendered, strict=True):
        here: Path_ = (group, number)
        if one.id not in by_id:
            if one.id not in sources.lost:
                yield document.problem((*here, "id"), f"there is no {one.id} to translate.", near(one.id, by_id))
            continue
        if one.id in seen:
            yield document.problem((*here, "id"), f"{one.id} is translated twice.", "Delete one.")
        seen.add(one.id)
        options = by_id[one.id].options
        for option in one.options:
            if option not in options:
                hint = near(option, options)
                yield document.problem((*here, "options", option), f"there is no option {option}.", hint)


def _one_of(numbers: Iterable[int]) -> str:
    return f"It has {', '.join(map(str, sorted(numbers)))}."
