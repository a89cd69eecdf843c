"""Scenarios as files: where they are, what is wrong with them, and the scenario that a sound one is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from stockcheck.answers.answer import Answer
from stockcheck.answers.stored import from_json
from stockcheck.checklist import validation
from stockcheck.checklist.faults import ChecklistError, Fault, Kind
from stockcheck.checklist.library import load
from stockcheck.checklist.model import Asked, Checklist
from stockcheck.checklist.sources import folders, not_known
from stockcheck.checklist.words import suggestion
from stockcheck.checklist.yamltext import Document
from stockcheck.errors import AnswerError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import named
from stockcheck.scoring.scope import Standing
from stockcheck.scoring.scorecard import Scorecard
from stockcheck.workshop.scenario import Key, Scenario, ScenarioFile, ScenarioTexts, stored_form

#: The folder of scenarios beside the checklists.
FOLDER = "scenarios"


def names() -> dict[str, Path]:
    """Every scenario that can be called by name; one in the user's own folder stands before a shipped one."""
    found: dict[str, Path] = {}
    for folder in folders():
        for path in sorted((folder / FOLDER).glob("*.yaml")):
            found.setdefault(path.stem, path)
    return found


def find(name: str) -> Path:
    """The file of the scenario called `name`, or at the path `name`. Raises `UsageError`."""
    if name.endswith((".yaml", ".yml")):
        if not Path(name).is_file():
            raise UsageError(_("There is no scenario file {file}.").format(file=named(name)))
        return Path(name)
    known = names()
    if name not in known:
        raise not_known(_("There is no scenario called {name}."), name, known)
    return known[name]


def read(path: Path, checklist: Checklist | None = None) -> Scenario:
    """The scenario in `path`, with its translations, for `checklist` (default: that of the name it gives).

    Raises `ChecklistError` with every fault of every file, and `UsageError` when there is no such checklist.
    """
    faults: list[Fault] = []
    written, document = validation.read_model(path, ScenarioFile, faults)
    if written is None or document is None:
        raise ChecklistError(faults)
    if written.id != path.stem:
        faults.append(document.fault(("id",), Kind.ID_NOT_FILE, id=written.id, name=path.stem))
    if checklist is None:
        checklist = load(written.checklist)
    elif written.checklist != checklist.id:
        faults.append(document.fault(("checklist",), Kind.NOT_ONE_OF, names=checklist.id))
    facts = _answers(written.facts, ("facts",), checklist.field, written, document, faults, Kind.UNKNOWN_FIELD)
    given = {question: keyed.answer for question, keyed in written.key.items()}
    answers = _answers(given, ("key",), checklist.question, written, document, faults, Kind.UNKNOWN_QUESTION)
    key = Key(written.on, facts, answers, Scorecard(checklist, answers, facts, written.on))
    if not faults:
        faults += _incomplete(key, checklist, document)
    faults += _scenes(written, document)
    files = {f"{FOLDER}/{path.name}": path}
    texts = {}
    top = path.parent.parent if path.parent.name == FOLDER else path.parent
    for folder in sorted((top / "translations").glob("*/")):
        its = folder / FOLDER / path.name
        if its.is_file() and (said := _translated(its, folder.name, written, faults)) is not None:
            texts[folder.name] = said
            files[f"translations/{folder.name}/{FOLDER}/{path.name}"] = its
    if faults:
        raise ChecklistError(sorted(faults))
    return Scenario(written, checklist, key, texts, files)


def _answers(
    given: Mapping[str, Any],
    at: tuple[str, ...],
    known: Mapping[str, Asked],
    written: ScenarioFile,
    document: Document,
    faults: list[Fault],
    unknown: Kind,
) -> dict[str, Answer]:
    """The answers that fit; what does not becomes a fault."""
    found = {}
    for id_, value in given.items():
        asked = known.get(id_)
        if asked is None:
            faults.append(document.fault_of_key((*at, id_), unknown, id=id_, **suggestion(id_, known)))
            continue
        try:
            found[id_] = from_json(asked, stored_form(value, asked.type), written.on)
        except AnswerError as error:
            place = (*at, id_, "answer") if at == ("key",) else (*at, id_)
            faults.append(document.fault(place, Kind.KEY_DOES_NOT_FIT, said=error.message))
    return found


def _incomplete(key: Key, checklist: Checklist, document: Document) -> Iterator[Fault]:
    """Each fact and question without an answer in the key, and each answer that counts nowhere."""
    for field in checklist.profile:
        if field.id not in key.facts:
            yield document.fault(("facts",), Kind.KEY_LACKS, id=field.id)
    for line in key.scorecard.lines:
        if line.is_unanswered and line.question.scored:
            yield document.fault(("key",), Kind.KEY_LACKS, id=line.question.id)
        elif line.answer is not None and line.standing in (Standing.DORMANT, Standing.PART):
            yield document.fault_of_key(("key", line.question.id), Kind.KEY_NOT_ASKED, id=line.question.id)


def _scenes(written: ScenarioFile, document: Document) -> Iterator[Fault]:
    """Scenes that are named and are not there, and scenes that stand twice."""
    scenes: dict[str, int] = {}
    for number, scene in enumerate(written.scenes):
        if scene.id in scenes:
            yield document.fault(("scenes", number, "id"), Kind.SCENE_TWICE, id=scene.id)
        scenes.setdefault(scene.id, number)
    for question, keyed in written.key.items():
        for number, scene_id in enumerate(keyed.scenes):
            if scene_id not in scenes:
                at = ("key", question, "scenes", number)
                yield document.fault(at, Kind.UNKNOWN_SCENE, id=scene_id, **suggestion(scene_id, scenes))


def _translated(path: Path, language: str, source: ScenarioFile, faults: list[Fault]) -> ScenarioTexts | None:
    """The texts in one language; whatever of the source they lack, or have too much, is a fault."""
    said, document = validation.read_model(path, ScenarioTexts, faults)
    if said is None or document is None:
        return None
    if said.language != language:
        faults.append(document.fault(("language",), Kind.LANGUAGE_NOT_FOLDER, language=said.language, folder=language))
    theirs = [scene.id for scene in said.scenes]
    ours = {scene.id: scene for scene in source.scenes}
    for number, scene in enumerate(said.scenes):
        at = ("scenes", number)
        if scene.id not in ours:
            faults.append(document.fault((*at, "id"), Kind.NOTHING_TO_TRANSLATE, id=scene.id))
        elif theirs.index(scene.id) != number:
            faults.append(document.fault((*at, "id"), Kind.SCENE_TWICE, id=scene.id))
        else:
            for part in ("see", "told"):
                if len(getattr(scene, part)) != len(getattr(ours[scene.id], part)):
                    faults.append(document.fault((*at, part), Kind.TEXT_UNTRANSLATED, key=part))
    missing = [id_ for id_ in ours if id_ not in theirs]
    faults += (document.fault(("scenes",), Kind.UNTRANSLATED, about=id_) for id_ in missing)
    for question, texts in said.key.items():
        if question not in source.key:
            faults.append(document.fault_of_key(("key", question), Kind.NOTHING_TO_TRANSLATE, id=question))
        elif (texts.mistake is None) != (source.key[question].mistake is None):
            faults.append(document.fault(("key", question), Kind.TEXT_UNTRANSLATED, key="mistake"))
    faults += (document.fault(("key",), Kind.UNTRANSLATED, about=id_) for id_ in source.key if id_ not in said.key)
    faults += _plan(said, source, document)
    return said


def _plan(said: ScenarioTexts, source: ScenarioFile, document: Document) -> Iterator[Fault]:
    labels = {shape.id for shape in source.plan.shapes if shape.label} if source.plan else set()
    if source.plan is not None and said.plan is None:
        yield document.fault((), Kind.TEXT_UNTRANSLATED, key="plan")
    elif said.plan is not None:
        for shape in sorted(said.plan.labels.keys() - labels):
            yield document.fault_of_key(("plan", "labels", shape), Kind.NOTHING_TO_TRANSLATE, id=shape)
        for shape in sorted(labels - said.plan.labels.keys()):
            yield document.fault(("plan", "labels"), Kind.UNTRANSLATED, about=shape)


def untranslated(scenario: Scenario, path: Path) -> Iterator[Fault]:
    """Each language of its checklist that a scenario is not told in: an official should not have to meet that."""
    for language in scenario.checklist.languages:
        if language not in scenario.languages:
            yield Fault.at(str(path), Kind.UNTRANSLATED, about=language)
