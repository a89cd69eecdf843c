"""Files that translate a checklist: they speak of what there is, and of nothing else."""

from __future__ import annotations

import pytest

from tests.checklist.folder import Folder

B2 = "{question: B-1, is: yes}"

ES_ONE = """\
id: one
language: es
title: Sección uno
questions:
  - {id: A-1, text: ¿Está entero el cerco?}
  - id: A-2
    text: ¿Cómo se cierra el portón?
    options: {locked: Con llave, shut: Cerrado, open: Abierto}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("language: es", "language: fr", ":2:11: language: language-not-folder folder=es language=fr"),
        ("id: one", "id: uno", ":1:5: id: id-not-file id=uno name=one"),
        ("id: A-1", "id: A-11", ":5:10: questions[0].id: nothing-to-translate id=A-11 nearest=A-1"),
        ("id: A-2", "id: A-1", ":6:9: questions[1].id: translated-twice id=A-1"),
        ("shut: C", "shot: C", ":8:40: questions[1].options.shot: unknown-option nearest=shut option=shot"),
        ("{id: A-1, text: ¿Está entero el cerco?}", "{id: A-1}", ":5:5: questions[0]: missing-key key=text"),
        ("{id: A-1, text: ¿Está entero el cerco?}", "12", ":5:5: questions[0]: not-a-map"),
        ("title: Sección uno", "titel: Sección uno", ":3:1: titel: unknown-key key=titel nearest=title"),
    ],
)
def test_a_translation_speaks_of_what_there_is(folder: Folder, old: str, new: str, said: str) -> None:
    name = "translations/es/one.yaml"
    assert folder.write(name, ES_ONE).faults() == []
    faults = folder.change(name, (old, new)).faults()
    assert any(fault.startswith(name) and said in fault for fault in faults), faults


@pytest.mark.parametrize("text", ["", "- a\n", "12\n", "questions:\n", "id: one\nquestions: {A-1: x}\n", "{}", "[[]]"])
def test_a_translation_of_another_shape_is_named_and_no_more(folder: Folder, text: str) -> None:
    faults = folder.write("translations/es/one.yaml", text).write("translations/es/depot.yaml", text).faults()
    assert {fault.split(":")[0] for fault in faults} == {"translations/es/one.yaml", "translations/es/depot.yaml"}
