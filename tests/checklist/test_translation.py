"""Translations: the same checklist in other words, whatever the translation lacks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck.checklist.faults import Fault
from stockcheck.checklist.model import AskedTexts, Checklist, ChecklistTexts, SectionTexts, Translation
from stockcheck.checklist.translation import in_language, shortcomings
from tests.checklist.folder import HEAD, TWO, Folder, told

ES_ONE = """\
id: one
language: es
title: Sección uno
questions:
  - id: A-1
    text: ¿Está entero el cerco?
    help: Recórralo.
    evidence: Visto.
    remedy: Repárelo.
  - id: A-2
    text: ¿Cómo se cierra el portón?
    options: {locked: Con llave, shut: Cerrado, open: Abierto}
  - id: A-3
    text: ¿Qué se revisa?
    options: {locks: Cerraduras, bars: Rejas, rust: Se ve óxido}
  - {id: A-4, text: ¿Cuántas rondas por noche?}
  - {id: A-5, text: ¿Cuándo se contó?}
  - {id: A-6, text: ¿Qué falta?}
"""
ES_TWO = """\
id: two
language: es
title: Sección dos
questions:
  - {id: B-1, text: ¿Hay un plan?, remedy: Escríbalo.}
  - {id: B-2, text: ¿Se practica el plan?}
"""
ES_DEPOT = """\
id: depot
language: es
title: Depósito pequeño
levels: {1: Básico, 2: Mejor}
standards: {DOC 1: Un documento}
profile:
  - {id: kinds, text: ¿Qué se guarda?, options: {arms: Armas, rounds: Tiros}}
  - {id: size, text: ¿Cuántos edificios hay?}
"""
FILES = {"one": ES_ONE, "two": ES_TWO, "depot": ES_DEPOT}


@pytest.fixture
def translated(folder: Folder) -> Folder:
    """The small checklist with a whole Spanish translation."""
    for name, text in FILES.items():
        folder.write(f"translations/es/{name}.yaml", text)
    return folder


def lacking(folder: Folder, language: str = "es") -> list[tuple[str, str]]:
    found = shortcomings(folder.checklist(), language)
    return [(where, told(Fault.at("", lack.kind, **lack.blanks)).removeprefix(": ")) for where, lack in found]


def bare(checklist: Checklist) -> Any:
    """All of a checklist that is not text for people."""
    texts = {"title", "text", "help", "evidence", "remedy", "classroom", "translations"}

    def stripped(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: stripped(value) for key, value in part.items() if key not in texts}
        return [stripped(item) for item in part] if isinstance(part, (list, tuple)) else part

    return stripped(checklist.model_dump(by_alias=True))


def test_every_text_is_in_the_other_language_and_nothing_else_changes(translated: Folder) -> None:
    source = translated.checklist()
    spanish = in_language(source, "es")
    assert lacking(translated) == []
    assert bare(spanish) == bare(source)
    assert spanish.title == "Depósito pequeño"
    assert [level.title for level in spanish.levels] == ["Básico", "Mejor"]
    assert spanish.levels[0].threshold == Decimal("0.80")
    assert spanish.standards["DOC 1"].title == "Un documento"
    assert spanish.standards["DOC 1"].edition == "2nd"
    assert spanish.sections[0].title == "Sección uno"
    assert spanish.field["kinds"].options["rounds"].text == "Tiros"
    asked = spanish.question["A-2"]
    assert asked.text == "¿Cómo se cierra el portón?"
    assert (asked.options["shut"].text, asked.options["shut"].credit) == ("Cerrado", Decimal("0.5"))
    assert asked.words == source.question["A-2"].words
    assert asked.when == source.question["A-2"].when
    assert spanish.question["A-1"].remedy == "Repárelo."


def test_what_is_said_in_a_classroom_is_translated_like_help(translated: Folder) -> None:
    translated.change(TWO, ("remedy: Write one.", "remedy: Write one.\n    classroom: Tell of it."))
    assert lacking(translated) == [("two", "text-untranslated about=B-1 key=classroom")]
    assert in_language(translated.checklist(), "es").question["B-1"].classroom == "Tell of it."
    translated.change("translations/es/two.yaml", ("remedy: Escríbalo.", "remedy: Escríbalo., classroom: Cuéntelo."))
    assert lacking(translated) == []
    assert in_language(translated.checklist(), "es").question["B-1"].classroom == "Cuéntelo."


@pytest.mark.parametrize("looked_at", ["questions", "question", "field", "section_of", "content", "digest"])
def test_what_was_looked_at_before_does_not_stay_in_the_source_language(translated: Folder, looked_at: str) -> None:
    source = translated.checklist()
    getattr(source, looked_at)
    spanish = in_language(source, "es")
    assert spanish.questions[0].text == spanish.question["A-1"].text == "¿Está entero el cerco?"
    assert spanish.field["size"].text == "¿Cuántos edificios hay?"
    assert spanish.section_of["B-1"].title == "Sección dos"
    assert "¿Está entero el cerco?" in spanish.content


def test_without_a_translation_the_source_stands(translated: Folder) -> None:
    source = translated.checklist()
    assert in_language(source, "fr") == source
    assert in_language(source, "en") == source
    assert source.languages == ("en", "es")


def test_what_has_no_translation_is_shown_in_the_source_language(translated: Folder) -> None:
    translated.write("translations/es/two.yaml", "id: two\nlanguage: es\ntitle: Dos\nquestions: []\n")
    translated.change("translations/es/one.yaml", ("    help: Recórralo.\n", ""), (", shut: Cerrado", ""))
    (translated.path / "translations/es/depot.yaml").unlink()
    spanish = in_language(translated.checklist(), "es")
    assert spanish.title == "Small depot"
    assert spanish.field["size"].text == "How many buildings?"
    assert spanish.sections[1].title == "Dos"
    assert spanish.question["B-1"].text == "Is there a plan?"
    assert (spanish.question["A-1"].text, spanish.question["A-1"].help) == ("¿Está entero el cerco?", "Walk it.")
    assert [option.text for option in spanish.question["A-2"].options.values()] == ["Con llave", "Shut", "Abierto"]


NAMED: list[tuple[str, str, str, tuple[str, str]]] = [
    ("one", "    help: Recórralo.\n", "", ("one", "text-untranslated about=A-1 key=help")),
    ("one", "    evidence: Visto.\n", "", ("one", "text-untranslated about=A-1 key=evidence")),
    ("two", ", remedy: Escríbalo.", "", ("two", "text-untranslated about=B-1 key=remedy")),
    ("one", ", shut: Cerrado", "", ("one", "option-untranslated about=A-2 option=shut")),
    ("two", "  - {id: B-2, text: ¿Se practica el plan?}\n", "", ("two", "untranslated about=B-2")),
    ("two", "{id: B-2,", "{id: B-2, revision: 2,", ("two", "outdated-translation about=B-2 rendered=2 revision=1")),
    ("depot", ", 2: Mejor", "", ("depot", "level-untranslated level=2")),
    ("depot", "standards: {DOC 1: Un documento}\n", "", ("depot", "untranslated about=DOC 1")),
    ("depot", "  - {id: size, text: ¿Cuántos edificios hay?}\n", "", ("depot", "untranslated about=size")),
    ("depot", ", rounds: Tiros", "", ("depot", "option-untranslated about=kinds option=rounds")),
]


@pytest.mark.parametrize(("file", "old", "new", "lack"), NAMED)
def test_what_a_translation_lacks_is_named(
    translated: Folder, file: str, old: str, new: str, lack: tuple[str, str]
) -> None:
    translated.change(f"translations/es/{file}.yaml", (old, new))
    assert lacking(translated) == [lack]
    path = translated.path / f"translations/es/{file}.yaml"
    assert f"translations/es/{path.name}: {lack[1]}" in translated.lint()


@pytest.mark.parametrize(
    ("file", "code"),
    [("one", "section-untranslated"), ("two", "section-untranslated"), ("depot", "checklist-untranslated")],
)
def test_a_missing_file_is_one_thing_that_is_missing(translated: Folder, file: str, code: str) -> None:
    (translated.path / f"translations/es/{file}.yaml").unlink()
    assert lacking(translated) == [(file, code)]


def test_a_raised_revision_makes_a_translation_out_of_date_until_it_is_raised_as_well(translated: Folder) -> None:
    translated.change(TWO, ("    level: 2\n", "    level: 2\n    revision: 3\n"))
    assert lacking(translated) == [("two", "outdated-translation about=B-2 rendered=1 revision=3")]
    assert in_language(translated.checklist(), "es").question["B-2"].text == "¿Se practica el plan?"
    translated.change("translations/es/two.yaml", ("{id: B-2,", "{id: B-2, revision: 3,"))
    assert lacking(translated) == []


def test_what_a_checklist_does_not_use_need_not_be_translated_nor_is_it_a_fault(translated: Folder) -> None:
    translated.change(HEAD, ("  - one\n", "  - {use: one, only: [A-1]}\n"))
    assert lacking(translated) == []
    translated.change("translations/es/one.yaml", ("  - {id: A-4, text: ¿Cuántas rondas por noche?}\n", ""))
    assert lacking(translated) == []


def test_a_language_that_is_not_there_lacks_everything(translated: Folder) -> None:
    assert [one[1] for one in lacking(translated, "fr")] == [
        "checklist-untranslated",
        "section-untranslated",
        "section-untranslated",
    ]


def test_a_translation_is_carried_by_the_checklist(translated: Folder) -> None:
    source = translated.checklist()
    kept = Checklist.model_validate_json(source.content)
    assert in_language(kept, "es") == in_language(source, "es")
    translated.change("translations/es/two.yaml", ("Escríbalo", "Redáctelo"))
    assert translated.checklist().digest != source.digest


IDS = ["A-1", "A-2", "A-3", "A-4", "A-5", "A-6"]
TEXTS = st.builds(
    AskedTexts,
    id=st.sampled_from(IDS),
    text=st.just("Texto"),
    help=st.sampled_from([None, "Ayuda"]),
    remedy=st.sampled_from([None, "Remedio"]),
    revision=st.integers(1, 2),
    options=st.dictionaries(st.sampled_from(["locked", "shut", "locks", "rust"]), st.just("Opción"), max_size=3),
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(questions=st.lists(TEXTS, max_size=6, unique_by=lambda one: one.id), levels=st.sampled_from([{}, {"1": "Uno"}]))
def test_no_translation_changes_what_is_scored(
    tmp_path_factory: pytest.TempPathFactory, questions: list[AskedTexts], levels: dict[str, str]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "translated"
    source = Folder(folder).checklist()
    translation = Translation(
        checklist=ChecklistTexts(id="depot", language="xx", title="Título", levels=levels),
        sections={"one": SectionTexts(id="one", language="xx", title="Uno", questions=tuple(questions))},
    )
    other = in_language(source.model_copy(update={"translations": {"xx": translation}}), "xx")
    assert bare(other) == bare(source)
    assert [one.text == "Texto" for one in other.sections[0].questions] == [
        name in {one.id for one in questions} for name in IDS
    ]
