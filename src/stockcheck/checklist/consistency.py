"""What must hold between the parts of a checklist: ids, levels, references, bands, conditions, translations.

`loading` refuses a checklist that breaks any of this, for a score made with it could not be defended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from stockcheck.checklist.composition import Composition, places
from stockcheck.checklist.conditions import AllOf, Condition, Leaf, ProfileIs, QuestionIs, leaves
from stockcheck.checklist.faults import Fault, Finding, Kind, Path_, finding
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
from stockcheck.checklist.values import decimal, iso_date
from stockcheck.checklist.words import suggestion
from stockcheck.checklist.yamltext import Document
from stockcheck.errors import AnswerError

#: Most questions and profile fields of a checklist. Far more than anybody answers; each answer is scored with all.
MAX_ASKED = 20_000


@dataclass
class _Known:
    """What a condition may read at some point of the checklist, and what it never will."""

    fields: dict[str, Asked] = dataclass_field(default_factory=dict)
    earlier: dict[str, Asked] = dataclass_field(default_factory=dict)
    section_of: dict[str, str] = dataclass_field(default_factory=dict)
    later: frozenset[str] = frozenset()
    lost: Set[str] = frozenset()
    complete: bool = True


def faults(checklist: Checklist, composition: Composition) -> Iterator[Fault]:
    """Every broken rule, placed in the file where it can be mended."""
    document = composition.checklist
    known = _Known(later=frozenset(checklist.question), lost=composition.lost, complete=composition.complete)
    yield from _placed(document, (*_size(checklist), *_levels(checklist)))
    for number, asked in enumerate(checklist.profile):
        if asked.id in known.fields:
            yield composition.field_placed(number, finding(("id",), Kind.DUPLICATE_FIELD, id=asked.id))
        for found in _keys(asked, ()):
            yield composition.field_placed(number, found)
        known.fields[asked.id] = asked
    for section in checklist.sections:
        yield from _section_conditions(section, known, composition)
        for found in _questions(section, places(section, composition.sections[section.id]), known, checklist):
            yield composition.placed(section.id, found)
    yield from _replaced(checklist, composition)
    yield from _translated(checklist, composition)


def is_sound(checklist: Checklist) -> bool:
    """Whether a checklist that did not come from YAML files, but from an assessment file, breaks no rule either."""
    return next(_broken_rules(checklist), None) is None


def _broken_rules(checklist: Checklist) -> Iterator[Finding]:
    known = _Known(later=frozenset(checklist.question))
    yield from _size(checklist)
    yield from _levels(checklist)
    for asked in checklist.profile:
        if asked.id in known.fields:
            yield finding((), Kind.DUPLICATE_FIELD, id=asked.id)
        yield from _keys(asked, ())
        known.fields[asked.id] = asked
    for section in checklist.sections:
        if section.when is not None:
            yield from _condition(section.when, (), known)
        yield from _questions(section, range(len(section.questions)), known, checklist)


def _questions(section: Section, numbers: Iterable[int], known: _Known, checklist: Checklist) -> Iterator[Finding]:
    levels = {level.level for level in checklist.levels}
    for number, question in zip(numbers, section.questions, strict=True):
        at: Path_ = ("questions", number)
        if question.id in known.earlier:
            before = known.section_of[question.id]
            yield finding((*at, "id"), Kind.DUPLICATE_ID, id=question.id, section=before)
        yield from _keys(question, at)
        if question.part_of is not None:
            yield from _part(question, section, (*at, "part_of"), known)
        if levels and question.level not in levels:
            known_levels = ", ".join(map(str, sorted(levels)))
            yield finding(
                (*at, "level"), Kind.UNKNOWN_LEVEL, checklist=checklist.id, level=question.level, levels=known_levels
            )
        for index, reference in enumerate(question.references):
            if checklist.cited(reference) is None:
                blanks = {
                    "checklist": checklist.id,
                    "reference": reference,
                    **suggestion(reference, checklist.standards),
                }
                yield finding((*at, "references", index), Kind.UNLISTED_STANDARD, **blanks)
        if question.when is not None:
            yield from _condition(question.when, (*at, "when"), known)
        known.earlier[question.id] = question
        known.section_of[question.id] = section.id


def _placed(document: Document, findings: Iterable[Finding]) -> Iterator[Fault]:
    for found in findings:
        yield document.placed(found)


def _size(checklist: Checklist) -> Iterator[Finding]:
    asked = len(checklist.questions) + len(checklist.profile)
    if asked > MAX_ASKED:
        yield finding(("sections",), Kind.TOO_MANY_ASKED, count=asked, limit=MAX_ASKED)


def _levels(checklist: Checklist) -> Iterator[Finding]:
    followed = [name for name, standard in checklist.standards.items() if standard.kind == "levels-of"]
    for name in followed[1:]:
        yield finding(("standards", name, "kind"), Kind.LEVELS_OF_TWICE, name=followed[0])
    for number, level in enumerate(checklist.levels):
        if level.level != number + 1:
            yield finding(("levels", number, "level"), Kind.LEVEL_ORDER, number=number + 1)


def _keys(asked: ProfileField | Question, at: Path_) -> Iterator[Finding]:
    """The keys that belong to the type, and those that do not."""
    with_options = asked.type in ("choice", "several")
    if with_options and not asked.options:
        yield finding(at, Kind.MISSING_OPTIONS, type=asked.type)
    if asked.options and not with_options:
        yield _not_for_type(asked, at, "options", "choice, several")
    for key in ("minimum", "maximum"):
        if getattr(asked, key) is not None and asked.type != "number":
            yield _not_for_type(asked, at, key, "number")
    if asked.minimum is not None and asked.maximum is not None and asked.minimum > asked.maximum:
        yield finding((*at, "minimum"), Kind.BOUND_ORDER, low="minimum", high="maximum")
    claimed: dict[str, str] = {}
    for word, option in asked.options.items():
        here: Path_ = (*at, "options", word)
        if word in RESERVED_WORDS:
            yield finding(here, Kind.RESERVED_OPTION, option=word)
        for index, old in enumerate(option.replaces):
            if old in asked.options:
                yield finding((*here, "replaces", index), Kind.OPTION_STILL_THERE, id=old)
            elif (other := claimed.setdefault(old, word)) != word:
                yield finding((*here, "replaces", index), Kind.OPTION_REPLACED_TWICE, other=other, id=old)
        if isinstance(asked, ProfileField):
            if option.credit is not None:
                yield finding((*here, "credit"), Kind.PROFILE_CREDIT)
        elif option.credit is None:
            yield finding(here, Kind.MISSING_CREDIT)
        elif option.credit < 0 and asked.type == "choice":
            yield finding((*here, "credit"), Kind.NEGATIVE_CREDIT)
    if isinstance(asked, ProfileField):
        if asked.least is not None and asked.type != "several":
            yield _not_for_type(asked, at, "least", "several")
        return
    with_bands = asked.type in ("number", "date")
    if with_bands and not asked.bands:
        yield finding(at, Kind.MISSING_BANDS, type=asked.type)
    if asked.bands and not with_bands:
        yield _not_for_type(asked, at, "bands", "number, date")
    for number, band in enumerate(asked.bands):
        if band.at_least is not None and band.at_most is not None and band.at_least > band.at_most:
            yield finding((*at, "bands", number), Kind.BOUND_ORDER, low="at_least", high="at_most")
    if not asked.scored:
        of_scored = {"critical": asked.critical, "na": not asked.na, "part_of": asked.part_of, "finding": asked.finding}
        for key, is_given in of_scored.items():
            if is_given:
                yield finding((*at, key), Kind.KEY_OF_TEXT, key=key)


def _part(question: Question, section: Section, at: Path_, known: _Known) -> Iterator[Finding]:
    """What a question is part of stands earlier and is scored; and a condition says when it is asked after all."""
    parent = question.part_of or ""
    if parent in known.earlier:
        if known.earlier[parent].type == "text":
            yield finding(at, Kind.PART_OF_TEXT, id=parent)
    elif parent in known.later:
        yield finding(at, Kind.PART_OF_LATER, id=parent)
    elif parent not in known.lost and known.complete:
        yield finding(at, Kind.UNKNOWN_QUESTION, id=parent, **suggestion(parent, known.earlier))
    if question.when is None and section.when is None:
        yield finding(at, Kind.PART_WITHOUT_CONDITION, id=parent)


def _not_for_type(asked: Asked, at: Path_, key: str, types: str) -> Finding:
    return finding((*at, key), Kind.KEY_NOT_FOR_TYPE, type=asked.type, key=key, types=types)


def _condition(condition: Condition, at: Path_, known: _Known) -> Iterator[Finding]:
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
            yield finding((*place, kind), Kind.LATER_QUESTION, id=name)
        else:
            unknown = Kind.UNKNOWN_FIELD if isinstance(leaf, ProfileIs) else Kind.UNKNOWN_QUESTION
            yield finding((*place, kind), unknown, id=name, **suggestion(name, readable))


def _leaf(leaf: Leaf, at: Path_, asked: Asked) -> Iterator[Finding]:
    fits = {
        "number": {"is", "at_least", "at_most"},
        "several": {"is", "has"},
        "control": {"is", "has"},
        "choice": {"is", "has"},
    }.get(asked.type, {"is"})
    tests = ", ".join(sorted(fits))
    for test in sorted(leaf.tests - fits):
        yield finding((*at, test), Kind.TEST_NOT_FOR_TYPE, id=asked.id, type=asked.type, test=test, tests=tests)
    if not leaf.tests:
        yield finding(at, Kind.MISSING_TEST, tests=tests)
    if "is" in leaf.tests and len(leaf.tests) > 1:
        yield finding(at, Kind.IS_NOT_ALONE)
    test = "is" if leaf.is_ else "has"
    for number, wanted in enumerate(leaf.listed):
        path = (*at, test, number)
        if wanted in RESERVED_WORDS:
            yield finding(path, Kind.RESERVED_ANSWER, word=wanted)
        elif asked.place_of_word and wanted not in asked.place_of_word:
            yield finding(
                path, Kind.UNKNOWN_ANSWER, id=asked.id, word=wanted, **suggestion(wanted, asked.place_of_word)
            )
        elif asked.type == "number" and not _fits(decimal, wanted):
            yield finding(path, Kind.NOT_A_NUMBER)
        elif asked.type == "date" and not _fits(iso_date, wanted):
            yield finding(path, Kind.NOT_A_DATE)


def _fits(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except AnswerError:
        return False
    return True


def _section_conditions(section: Section, known: _Known, composition: Composition) -> Iterator[Fault]:
    """A section's condition may be written where it is used, in its own file, or both."""
    if section.when is None:
        return
    user, used_at = composition.used[section.id]
    use = user.data["sections"][used_at[1]]
    here: tuple[Document, Path_] = (user, (*used_at, "when"))
    there: tuple[Document, Path_] = (composition.sections[section.id], ("when",))
    if composition.whole[section.id].when is None:
        parts = [(here, section.when)]
    elif isinstance(use, dict) and use.get("when") is not None and isinstance(section.when, AllOf):
        parts = list(zip((here, there), section.when.all, strict=True))
    else:
        parts = [(there, section.when)]
    for (document, at), condition in parts:
        yield from _placed(document, _condition(condition, at, known))


def _replaced(checklist: Checklist, composition: Composition) -> Iterator[Fault]:
    claimed: dict[str, str] = {}
    for section in checklist.sections:
        file = composition.sections[section.id]
        for number, question in zip(places(section, file), section.questions, strict=True):
            for index, old in enumerate(question.replaces):
                path = ("questions", number, "replaces", index)
                if old in checklist.question:
                    yield composition.placed(section.id, finding(path, Kind.STILL_THERE, id=old))
                if old in claimed:
                    twice = finding(path, Kind.REPLACED_TWICE, other=claimed[old], id=old)
                    yield composition.placed(section.id, twice)
                claimed[old] = question.id


def _translated(checklist: Checklist, composition: Composition) -> Iterator[Fault]:
    """A translation may lack texts (the lint says so), but may not speak of what the checklist does not have."""
    for language, translation in checklist.translations.items():
        if (whole := translation.checklist) is not None and composition.base is None:
            yield from _texts(whole, whole.profile, "profile", checklist.id, checklist.profile, language, composition)
        for name, texts in translation.sections.items():
            if not composition.is_own(name):  # looked at with the checklist that is extended
                continue
            source = composition.whole[name].questions
            yield from _texts(texts, texts.questions, "questions", name, source, language, composition)


def _texts(
    texts: ChecklistTexts | SectionTexts,
    rendered: tuple[AskedTexts, ...],
    group: str,
    name: str,
    source: Sequence[Asked],
    language: str,
    composition: Composition,
) -> Iterator[Fault]:
    """Faults of the file that translates the checklist or the section `name`."""
    document = composition.translations[language, name]
    if texts.language != language:
        yield document.fault(("language",), Kind.LANGUAGE_NOT_FOLDER, language=texts.language, folder=language)
    if texts.id != name:
        yield document.fault(("id",), Kind.ID_NOT_FILE, id=texts.id, name=name)
    if (language, name) in composition.borrowed:
        return
    by_id = {asked.id: asked for asked in source}
    seen: set[str] = set()
    for number, one in zip(document.kept(group), rendered, strict=True):
        here: Path_ = (group, number)
        if one.id not in by_id:
            if one.id not in composition.lost:
                yield document.fault((*here, "id"), Kind.NOTHING_TO_TRANSLATE, id=one.id, **suggestion(one.id, by_id))
            continue
        if one.id in seen:
            yield document.fault((*here, "id"), Kind.TRANSLATED_TWICE, id=one.id)
        seen.add(one.id)
        options = by_id[one.id].options
        for option in one.options:
            if option not in options:
                blanks = {"option": option, **suggestion(option, options)}
                yield document.fault((*here, "options", option), Kind.UNKNOWN_OPTION, **blanks)
