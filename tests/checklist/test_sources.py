"""Where files are looked for: by name, beside the checklist, among the shipped ones, and nowhere else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from stockcheck.checklist import loading, sources, yamltext
from stockcheck.checklist.loading import MAX_FILES
from stockcheck.checklist.sources import find
from stockcheck.errors import UsageError
from tests.checklist.folder import HEAD, ONE, TWO, Folder
from tests.depot import SECTION_TWO

ESCAPES = [
    "../../etc/passwd",
    "/etc/passwd",
    "..",
    ".",
    "one/../two",
    "..\\\\two",
    "two.yaml\\0",
    "%2e%2e/two",
    "~/x",
    "",
]


@pytest.mark.parametrize("name", ESCAPES)
@pytest.mark.parametrize("broken", [False, True])
def test_no_name_of_a_section_leads_out_of_the_folder(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, name: str, broken: bool
) -> None:
    read: list[Path] = []

    def noted(path: Path) -> yamltext.Document:
        read.append(path)
        return yamltext.read_file(path)

    monkeypatch.setattr(loading, "read_file", noted)
    folder.change(HEAD, ("  - one\n", f'  - "{name}"\n  - {{use: "{name}"}}\n'))
    if broken:
        folder.change(HEAD, ("version:", "verson:"))
    assert folder.faults()
    assert {path.relative_to(folder.path).as_posix() for path in read} <= {HEAD, ONE, TWO}
    assert all(".." not in path.parts for path in read)


def test_no_id_leads_a_translation_out_of_the_folder(folder: Folder) -> None:
    folder.write("outside.yaml", "secret").write("translations/es/x.yaml", "")
    (fault,) = folder.change(HEAD, ("id: depot", "id: ../../outside")).faults()
    assert "secret" not in fault
    assert "id: not-a-word" in fault


def test_odd_files_are_named_or_passed_over(folder: Folder) -> None:
    (folder.path / ONE).unlink()
    (folder.path / ONE).mkdir()
    (folder.path / "translations" / ".git").mkdir(parents=True)
    (folder.path / "translations" / "es").mkdir()
    (folder.path / "translations" / "es" / "two.yaml").mkdir()
    (folder.path / "translations" / "notes.txt").write_text("x")
    os.mkfifo(folder.path / "sections" / "three.yaml")
    folder.change(HEAD, ("  - one\n", "  - one\n  - three\n"))
    assert [fault for fault in folder.faults() if "when" not in fault] == [
        f"{HEAD}:14:5: sections[0]: missing-section section=one",
        f"{HEAD}:15:5: sections[1]: missing-section section=three",
    ]


def test_a_checklist_of_too_many_files_is_refused(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_FILES >= 500
    monkeypatch.setattr(loading, "MAX_FILES", 2)
    assert any("too-many-files limit=2" in fault for fault in folder.faults())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("depott", "Did you mean depot?"),
        ("zzz", "There are: depot."),
        ("absent.yaml", "There is no checklist file absent.yaml"),
        ("some/where", "There is no checklist file"),
        ("\x1b[2J.yaml", "␛[2J"),
        ("nul\0.yaml", "There is no checklist file"),
        ("x" * 5000 + ".yaml", "There is no checklist file"),
        ("x" * 5000, "There is no checklist called"),
        ("", "There is no checklist called"),
    ],
)
def test_a_name_that_is_no_checklist_is_refused_in_words(
    folder: Folder, no_shipped_checklists: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.setattr(sources, "folders", lambda: [no_shipped_checklists])
    shutil.copy(folder.head, no_shipped_checklists)
    with pytest.raises(UsageError) as caught:
        find(name)
    assert said in str(caught.value)
    assert str(caught.value).replace("\n", "").isprintable()


# Checklists adapted from the shipped ones

ES_ONE = """\
id: one
language: es
title: Sección uno
questions:
  - {id: A-1, text: ¿Está entero el cerco?}
  - {id: A-2, text: ¿Cómo se cierra el portón?, options: {locked: Con llave, shut: Cerrado, open: Abierto}}
"""
ES_DEPOT = """\
id: depot
language: es
title: Depósito pequeño
profile:
  - {id: size, text: ¿Cuántos edificios hay?}
"""


@pytest.fixture
def adapted(folder: Folder, no_shipped_checklists: Path) -> Folder:
    """A checklist beside which only what was adapted stands; the rest, and all translations, are shipped ones."""
    shutil.copytree(folder.path / "sections", no_shipped_checklists / "sections")
    shipped = Folder(no_shipped_checklists)
    shipped.write("translations/es/one.yaml", ES_ONE).write("translations/es/depot.yaml", ES_DEPOT)
    assert shipped.faults() == []
    (folder.path / TWO).unlink()
    return folder


def test_sections_and_translations_are_looked_for_beside_the_checklist_first(adapted: Folder) -> None:
    adapted.change(ONE, ("Is the fence whole?", "Is the wall whole?"))
    checklist, composition = adapted.compose()
    assert checklist.question["A-1"].text == "Is the wall whole?"
    assert checklist.question["B-1"].text == "Is there a plan?"
    assert checklist.translations["es"].sections["one"].title == "Sección uno"
    assert not Path(composition.sections["two"].file).is_relative_to(adapted.path)
    adapted.write("translations/es/one.yaml", ES_ONE.replace("Sección uno", "Sección propia"))
    assert adapted.checklist().translations["es"].sections["one"].title == "Sección propia"


def test_what_was_taken_out_may_still_stand_in_a_shipped_translation(adapted: Folder) -> None:
    adapted.change(HEAD, ("  - {id: size, type: number, text: How many buildings?}\n", ""))
    adapted.change(ONE, ("shut: {", "closed: {"), ("id: A-1", "id: A-10"), ("question: A-1", "question: A-10"))
    assert adapted.faults() == []
    adapted.lint()
    adapted.write("translations/es/one.yaml", ES_ONE)
    assert len(adapted.faults()) == 2, "in one's own translation it is a fault"


def test_a_shipped_translation_of_something_else_of_that_name_is_not_used(adapted: Folder) -> None:
    # The checklist is now called as the shipped section "one" is, which it does not use.
    adapted.write("sections/three.yaml", SECTION_TWO.replace("id: two", "id: three"))
    adapted.change(HEAD, ("id: depot", "id: one"), ("  - one\n", ""), ("{use: two,", "{use: three,"))
    assert adapted.faults() == []
    assert adapted.checklist().translations == {}


def test_a_shipped_section_may_be_translated_beside_the_checklist(adapted: Folder) -> None:
    own = "id: two\nlanguage: es\ntitle: Dos\nquestions:\n  - {id: B-9, text: ¿Hay plan?}\n"
    assert adapted.write("translations/es/two.yaml", own).faults() == [
        "translations/es/two.yaml:5:10: questions[0].id: nothing-to-translate id=B-9 nearest=B-2"
    ]


def test_languages_may_name_a_region(folder: Folder) -> None:
    text = "id: two\nlanguage: pt-BR\ntitle: Dois\nquestions: []\n"
    assert list(folder.write("translations/pt-BR/two.yaml", text).checklist().translations) == ["pt-BR"]
