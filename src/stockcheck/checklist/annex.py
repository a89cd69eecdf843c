"""National annexes: a checklist that takes everything of another, changes and drops some of it, and adds sections.

Nothing of the other checklist is copied: the annex names what differs, so that a new version of the other is taken
over by composing anew, and what no longer exists in it is a fault. Source: docs/checklist-format.md, "Annexes".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from stockcheck.checklist import validation
from stockcheck.checklist.composition import Composition, Place
from stockcheck.checklist.conditions import Condition, QuestionIs, leaves
from stockcheck.checklist.differing import Annex, Dropped, Extended
from stockcheck.checklist.faults import Fault, Kind, Path_
from stockcheck.checklist.model import (
    Asked,
    AskedTexts,
    Checklist,
    ChecklistTexts,
    ProfileField,
    Question,
    Section,
    SectionTexts,
    Translation,
)
from stockcheck.checklist.words import suggestion
from stockcheck.checklist.written import AnnexFile, AnnexTexts, ChangedTexts, DroppedQuestion
from stockcheck.checklist.yamltext import Document

#: Most checklists that one extends, one through another.
MAX_EXTENDED = 4
#: Keys that an annex cannot change: an answer is kept under the one and read by the other.
_FIXED = ("id", "type")
#: Texts that a translation renders.
TEXTS = ("text", "help", "evidence", "remedy", "classroom")

_Asked = TypeVar("_Asked", Question, ProfileField)


class Differences:
    """What an annex makes of the checklist that it extends, and every fault in that."""

    def __init__(
        self, document: Document, change: Mapping[str, Mapping[str, Any]], drop: tuple[DroppedQuestion, ...]
    ) -> None:
        self.document = document
        self.change = change
        self.drop = drop
        self.dropped = {one.id: one.reason for one in drop}
        #: The changed keys of each question and profile field, by id; only those whose value is another.
        self.changed: dict[str, tuple[str, ...]] = {}
        self.now: dict[str, Asked] = {}
        self.faults: list[Fault] = []

    def applied(self, base: Checklist) -> tuple[tuple[ProfileField, ...], tuple[Section, ...]]:
        """The profile and the sections of `base` as the annex has them; `faults` and `changed` tell the rest."""
        self._unknown(base)
        profile = tuple(self._changed(field, ProfileField) for field in base.profile)
        sections = []
        for section in base.sections:
            kept = (question for question in section.questions if question.id not in self.dropped)
            questions = tuple(self._changed(question, Question) for question in kept)
            if questions:
                sections.append(section.model_copy(update={"questions": questions}))
        if not sections:
            self.faults.append(self.document.fault(("drop",), Kind.NOTHING_LEFT))
        self._readers(sections)
        return profile, tuple(sections)

    def _unknown(self, base: Checklist) -> None:
        asked = {**base.question, **base.field}
        for name in self.change:
            if name not in asked:
                blanks = {"base": base.id, "id": name, **suggestion(name, asked)}
                self.faults.append(self.document.fault_of_key(("change", name), Kind.NOT_IN_BASE, **blanks))
            elif name in self.dropped:
                self.faults.append(self.document.fault_of_key(("change", name), Kind.DROPPED_AND_CHANGED, id=name))
        seen: set[str] = set()
        for number, one in zip(self.document.kept("drop"), self.drop, strict=True):
            at: Path_ = ("drop", number, "id")
            if one.id in base.field:
                self.faults.append(self.document.fault(at, Kind.FIELD_DROPPED, id=one.id))
            elif one.id not in base.question:
                blanks = {"base": base.id, "id": one.id, **suggestion(one.id, base.question)}
                self.faults.append(self.document.fault(at, Kind.NOT_IN_BASE, **blanks))
            elif one.id in seen:
                self.faults.append(self.document.fault(at, Kind.DROPPED_TWICE, id=one.id))
            seen.add(one.id)

    def _changed(self, asked: _Asked, model: type[_Asked]) -> _Asked:
        wanted = self.change.get(asked.id)
        if wanted is None:
            return asked
        at: Path_ = ("change", asked.id)
        for key in _FIXED:
            if key in wanted:
                self.faults.append(self.document.fault_of_key((*at, key), Kind.NOT_TO_CHANGE, key=key))
        data = asked.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        try:
            changed = model.model_validate({**data, **{key: wanted[key] for key in wanted if key not in _FIXED}})
        except ValidationError as error:
            errors = error.errors(include_url=False)
            self.faults += (validation.fault(self.document, one, model, at) for one in errors)
            return asked
        keys = tuple(key for key in model.model_fields if getattr(changed, key) != getattr(asked, key))
        if keys:
            self.changed[asked.id], self.now[asked.id] = keys, changed
        return changed

    def _readers(self, sections: list[Section]) -> None:
        """Questions and sections that go by the answer to a dropped one, and can no longer be told to apply."""
        places = {one.id: number for number, one in zip(self.document.kept("drop"), self.drop, strict=True)}
        for section in sections:
            readers: list[tuple[str, Condition | None, str | None]] = [(section.id, section.when, None)]
            readers += [(question.id, question.when, question.part_of) for question in section.questions]
            for reader, condition, parent in readers:
                for name in dict.fromkeys((*_read(condition), parent)):
                    if name in places:
                        at: Path_ = ("drop", places[name], "id")
                        self.faults.append(self.document.fault(at, Kind.DROPPED_BUT_READ, id=name, reader=reader))

    def told(self, base: Checklist, added: tuple[str, ...]) -> Annex:
        """What the composed checklist says of itself: every difference from the first checklist of all."""
        before = base.annex
        extended = Extended(id=base.id, version=base.version, digest=base.digest)
        changed = dict(before.changed) if before else {}
        for name, keys in self.changed.items():
            changed[name] = tuple(dict.fromkeys((*changed.get(name, ()), *keys)))
        dropped = tuple(
            Dropped(id=name, reason=reason, text=base.question[name].text)
            for name, reason in self.dropped.items()
            if name in base.question
        )
        return Annex(
            extends=(extended, *(before.extends if before else ())),
            changed={name: keys for name, keys in changed.items() if name not in self.dropped},
            dropped=(*(before.dropped if before else ()), *dropped),
            added=(*(before.added if before else ()), *added),
        )

    def places(self, basis: Composition) -> dict[tuple[str, str], Place]:
        """Where each changed key stands, those of `basis` included."""
        own = {(name, key): (self.document, ("change", name)) for name, keys in self.changed.items() for key in keys}
        return {**basis.changed, **own}


def _read(condition: Condition | None) -> Iterator[str]:
    for leaf, _place in leaves(condition) if condition is not None else ():
        if isinstance(leaf, QuestionIs):
            yield leaf.question


def rendered(asked: Asked, was: Asked, before: AskedTexts | None, own: ChangedTexts | None) -> AskedTexts | None:
    """The translation of what an annex has changed from `was` to `asked`: never a text that renders the old words.

    `before` is the translation of `was`, `own` what the annex has itself. A changed text that is not translated is
    left out, and so shown in the source's language.
    """
    texts: dict[str, Any] = {}
    whole = True
    for key in TEXTS:
        source = getattr(asked, key, None)
        if source == getattr(was, key, None):
            texts[key] = getattr(before, key) if before is not None else None
        else:
            texts[key] = getattr(own, key) if own is not None else None
            whole = whole and (texts[key] is not None or source is None)
    if texts["text"] is None:
        if before is None and own is None:
            return None
        texts["text"] = asked.text
    old = before.options if before is not None else {}
    new = own.options if own is not None else {}
    options = {}
    for name, option in asked.options.items():
        same = name in was.options and was.options[name].text == option.text
        if said := new.get(name, old.get(name) if same else None):
            options[name] = said
        else:
            whole = False
    revision = getattr(asked, "revision", 1)
    if own is not None:
        revision = own.revision
    elif before is not None and (not whole or before.revision != getattr(was, "revision", 1)):
        revision = before.revision
    return AskedTexts.model_construct(id=asked.id, revision=revision, options=options, **texts)


def on_top_of(basis: Composition, document: Document, differences: Differences, lost: set[str]) -> Composition:
    """How an annex in `document` is composed, before its own sections and translations are read."""
    own = [(document, ("profile", number)) for number in document.kept("profile")]
    return Composition(
        document,
        sections=dict(basis.sections),
        whole=dict(basis.whole),
        used=dict(basis.used),
        profile=[*basis.profile, *own],
        translations=dict(basis.translations),
        borrowed=set(basis.borrowed),
        lost=lost | differences.dropped.keys(),
        base=basis,
        changed=differences.places(basis),
        changed_texts=dict(basis.changed_texts),
    )


def translated(
    base: Checklist, head: AnnexFile, differences: Differences, own: Mapping[str, Any], composition: Composition
) -> tuple[dict[str, Translation], list[Fault]]:
    """The translations of the annex: what each language has of the base, and of the annex itself; and their faults."""
    faults: list[Fault] = []
    translations = {}
    for language in dict.fromkeys((*base.translations, *own)):
        before = base.translations.get(language, Translation())
        texts: AnnexTexts | None = own[language].checklist if language in own else None
        if texts is not None:
            faults += _texts_faults(texts, head, differences, language, composition)
        changes = {one.id: one for one in texts.change} if texts is not None else {}
        _note_places(language, texts, differences, composition)
        sections = {}
        for section in base.sections:
            if found := _section_texts(section, before.sections.get(section.id), language, differences, changes):
                sections[section.id] = found
        if language in own:
            sections.update(own[language].sections)
        whole = before.checklist
        translations[language] = Translation.model_construct(
            checklist=ChecklistTexts.model_construct(
                id=head.id,
                language=language,
                title=texts.title if texts is not None else head.title,
                levels=whole.levels if whole is not None else {},
                standards={**(whole.standards if whole else {}), **(texts.standards if texts else {})},
                profile=(
                    *_all_rendered(base.profile, whole.profile if whole else (), differences, changes),
                    *(texts.profile if texts else ()),
                ),
                drop={**(whole.drop if whole else {}), **(texts.drop if texts else {})},
            ),
            sections=sections,
        )
    return translations, faults


def _section_texts(
    section: Section,
    before: SectionTexts | None,
    language: str,
    differences: Differences,
    changes: Mapping[str, ChangedTexts],
) -> SectionTexts | None:
    rendered_ = _all_rendered(section.questions, before.questions if before else (), differences, changes)
    if before is None and not rendered_:
        return None
    title = before.title if before is not None else section.title
    return SectionTexts.model_construct(id=section.id, language=language, title=title, questions=rendered_)


def _all_rendered(
    asked: tuple[_Asked, ...],
    before: tuple[AskedTexts, ...],
    differences: Differences,
    changes: Mapping[str, ChangedTexts],
) -> tuple[AskedTexts, ...]:
    """The translations of `asked` as the base has it, with what the annex has changed.

    What is dropped stays, so that it can be said in every language what was left out.
    """
    by_id = {one.id: one for one in before}
    found = (
        rendered(now, one, by_id.get(one.id), changes.get(one.id))
        if (now := differences.now.get(one.id)) is not None
        else by_id.get(one.id)
        for one in asked
    )
    return tuple(texts for texts in found if texts is not None)


def _note_places(language: str, texts: AnnexTexts | None, differences: Differences, composition: Composition) -> None:
    """Where each changed text is, or would be, translated."""
    if texts is None:
        return
    document = composition.translations[language, texts.id]
    at = {one.id: number for number, one in enumerate(texts.change)}
    for name, keys in differences.changed.items():
        place: Path_ = ("change", at[name]) if name in at else ("change",)
        composition.changed_texts.update({(language, name, key): (document, place) for key in keys})


def _texts_faults(
    texts: AnnexTexts, head: AnnexFile, differences: Differences, language: str, composition: Composition
) -> Iterator[Fault]:
    """An annex's translation speaks of nothing that the annex has not changed, dropped or added itself."""
    document = composition.translations[language, head.id]
    if texts.language != language:
        yield document.fault(("language",), Kind.LANGUAGE_NOT_FOLDER, language=texts.language, folder=language)
    if texts.id != head.id:
        yield document.fault(("id",), Kind.ID_NOT_FILE, id=texts.id, name=head.id)
    groups: tuple[tuple[str, tuple[AskedTexts | ChangedTexts, ...], dict[str, Asked]], ...] = (
        ("profile", texts.profile, {field.id: field for field in head.profile}),
        ("change", texts.change, differences.now),
    )
    for group, rendered_, known in groups:
        seen: set[str] = set()
        for number, one in enumerate(rendered_):
            at: Path_ = (group, number)
            if one.id not in known:
                yield document.fault((*at, "id"), Kind.NOTHING_TO_TRANSLATE, id=one.id, **suggestion(one.id, known))
                continue
            if one.id in seen:
                yield document.fault((*at, "id"), Kind.TRANSLATED_TWICE, id=one.id)
            seen.add(one.id)
            if isinstance(one, ChangedTexts):
                for key in one.model_fields_set & {*TEXTS, "options"} - {*differences.changed[one.id]}:
                    yield document.fault_of_key((*at, key), Kind.NOTHING_TO_TRANSLATE, id=f"{one.id} {key}")
            for option in one.options:
                if option not in known[one.id].options:
                    blanks = {"option": option, **suggestion(option, known[one.id].options)}
                    yield document.fault((*at, "options", option), Kind.UNKNOWN_OPTION, **blanks)
    for name in texts.drop:
        if name not in differences.dropped:
            blanks = {"id": name, **suggestion(name, differences.dropped)}
            yield document.fault_of_key(("drop", name), Kind.NOTHING_TO_TRANSLATE, **blanks)
