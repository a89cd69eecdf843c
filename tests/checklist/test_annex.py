"""National annexes: what they take over, change, drop and add, in every language, and every way to get one wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from stockcheck.checklist.annex import MAX_EXTENDED
from stockcheck.checklist.consistency import is_sound
from stockcheck.checklist.loading import compose
from stockcheck.checklist.model import Checklist
from stockcheck.checklist.provenance import Origin, provenance_of
from stockcheck.checklist.shipped import shipped
from stockcheck.checklist.sources import names
from stockcheck.checklist.translation import in_language
from stockcheck.language import speaking
from tests.checklist.folder import Folder

ANNEX = "isla.yaml"
HEAD = """\
id: isla
extends: depot
version: "1"
title: Annex of the island
"""
CHANGE = HEAD + "change:\n  A-5: {bands: [{at_most: 7, credit: 1}], help: Ask for the date.}\n"
ES_ONE = """\
id: one
language: es
title: Sección uno
questions:
  - {id: A-1, text: ¿Está entera la cerca?, help: Recórrala., evidence: Vista., remedy: Repárela.}
  - {id: A-2, text: ¿Cómo se cierra?, options: {locked: Con llave, shut: Cerrado, open: Abierto}}
  - {id: A-4, text: ¿Cuántas rondas?}
"""


def annex(folder: Folder, text: str) -> Folder:
    folder.write(ANNEX, text)
    folder.head = folder.path / ANNEX
    return folder


def test_it_has_everything_of_the_other_checklist_but_what_it_changes_and_drops(folder: Folder) -> None:
    base = folder.checklist()
    text = CHANGE + "drop: [{id: A-4, reason: Nobody walks here.}]\nsections: [three]\n"
    folder.write("sections/three.yaml", "id: three\ntitle: Sea\ndomain: storage\nquestions: [{id: C-1, text: Calm?}]\n")
    made = annex(folder, text).checklist()
    assert set(made.question) == set(base.question) - {"A-4"} | {"C-1"}
    assert [band.at_most for band in made.question["A-5"].bands] == [7]
    assert made.question["A-5"].help == "Ask for the date."
    assert made.question["A-5"].weight == base.question["A-5"].weight
    assert all(made.question[name] == base.question[name] for name in base.question if name not in ("A-4", "A-5"))
    assert (made.levels, made.standards, made.profile) == (base.levels, base.standards, base.profile)
    assert made.annex is not None
    assert made.annex.changed == {"A-5": ("help", "bands")}
    assert [(one.id, one.reason, one.text) for one in made.annex.dropped] == [
        ("A-4", "Nobody walks here.", "How many rounds a night?")
    ]
    assert made.annex.added == ("three",)
    assert [(one.id, one.version, one.digest) for one in made.annex.extends] == [("depot", "1.0", base.digest)]


def test_a_fact_is_changed_and_another_added(folder: Folder) -> None:
    fields = "change: {size: {minimum: 1}}\nprofile: [{id: boats, type: number, text: How many boats?}]\n"
    made = annex(folder, HEAD + fields).checklist()
    assert [field.id for field in made.profile] == ["kinds", "size", "boats"]
    assert made.field["size"].minimum == 1


def test_a_section_whose_questions_are_all_dropped_is_gone(folder: Folder) -> None:
    both = "drop: [{id: B-1, reason: None.}, {id: B-2, reason: None.}]\n"
    assert [section.id for section in annex(folder, HEAD + both).checklist().sections] == ["one"]


def test_what_equals_the_other_checklist_is_not_told_as_changed(folder: Folder) -> None:
    made = annex(folder, HEAD + "change: {B-1: {remedy: Write one., weight: 5}}\n").checklist()
    assert made.annex is not None
    assert made.annex.changed == {"B-1": ("weight",)}


def test_it_survives_in_an_assessment_file_as_it_was_composed(folder: Folder) -> None:
    made = annex(folder, CHANGE + "drop: [{id: A-4, reason: Nobody walks.}]\n").checklist()
    again = Checklist.model_validate_json(made.content)
    assert again == made
    assert is_sound(again)


def test_an_annex_of_an_annex_tells_every_difference_from_the_first(folder: Folder) -> None:
    annex(folder, CHANGE + "drop: [{id: A-4, reason: First.}]\n")
    second = 'id: bay\nextends: isla\nversion: "2"\ntitle: Bay\nchange: {A-5: {weight: 5}}\n'
    folder.write("bay.yaml", second + "drop: [{id: A-3, reason: Second.}]\n")
    folder.head = folder.path / "bay.yaml"
    made = folder.checklist()
    assert made.annex is not None
    assert [one.id for one in made.annex.extends] == ["isla", "depot"]
    assert made.annex.changed == {"A-5": ("help", "bands", "weight")}
    assert [(one.id, one.reason) for one in made.annex.dropped] == [("A-4", "First."), ("A-3", "Second.")]


#: An annex of the small depot (^ marks where the one fault should be placed), and what should be said of it.
WRONG_ANNEX: dict[str, tuple[str, str]] = {
    "extends nothing": (HEAD.replace("extends: depot", "extends: ^island"), "extends: missing-base name=island"),
    "extends a path": (HEAD.replace(": depot", ": ^a/depot"), "extends: not-a-word"),
    "extends itself": (HEAD.replace(": depot", ": ^isla"), "extends: extends-itself name=isla"),
    "another language": (HEAD + "language: ^es\n", "language: annex-language language=en"),
    "called as the other": (HEAD.replace("id: isla", "id: ^depot"), "id: annex-like-base id=depot"),
    "changes what is gone": (
        HEAD + "change:\n  ^A-9: {weight: 1}\n",
        "change.A-9: not-in-base base=depot id=A-9 nearest=A-6",
    ),
    "drops what is gone": (
        HEAD + "drop:\n  - {id: ^A-9, reason: None.}\n",
        "drop[0].id: not-in-base base=depot id=A-9 nearest=A-6",
    ),
    "drops a fact": (HEAD + "drop:\n  - {id: ^size, reason: None.}\n", "drop[0].id: field-dropped id=size"),
    "drops without a reason": (HEAD + "drop: [^{id: A-4}]\n", "drop[0]: missing-key key=reason"),
    "drops twice": (
        HEAD + "drop: [{id: A-4, reason: One.}, {id: ^A-4, reason: Two.}]\n",
        "drop[1].id: dropped-twice id=A-4",
    ),
    "changes what it drops": (
        HEAD + "change:\n  ^A-4: {weight: 1}\ndrop: [{id: A-4, reason: One.}]\n",
        "change.A-4: dropped-and-changed id=A-4",
    ),
    "drops what is read": (
        HEAD + "drop: [{id: ^A-1, reason: One.}]\n",
        "drop[0].id: dropped-but-read id=A-1 reader=A-2",
    ),
    "drops everything": (
        HEAD
        + "drop: ^["
        + ", ".join(
            f"{{id: {name}, reason: One.}}" for name in ["A-1", "A-2", "A-3", "A-4", "A-5", "A-6", "B-1", "B-2"]
        ),
        "drop: nothing-left",
    ),
    "changes the type": (HEAD + "change:\n  A-4: {^type: date}\n", "change.A-4.type: not-to-change key=type"),
    "changes the id": (HEAD + "change:\n  A-4: {^id: A-7}\n", "change.A-4.id: not-to-change key=id"),
    "misspells a key": (
        HEAD + "change:\n  A-4: {^wieght: 2}\n",
        "change.A-4.wieght: unknown-key key=wieght nearest=weight",
    ),
    "wrong value": (HEAD + "change:\n  A-4: {weight: ^9}\n", "change.A-4.weight: too-great most=5"),
    "wrong value deep": (
        HEAD + "change:\n  A-4:\n    bands: [{at_least: 1, credit: ^2}]\n",
        "change.A-4.bands[0].credit: too-great most=1",
    ),
    "unlisted standard": (
        HEAD + "change:\n  A-4: {references: [^Decree 9]}\n",
        "change.A-4.references[0]: unlisted-standard checklist=isla known=DOC 1 reference=Decree 9",
    ),
    "bands that hold nothing": (
        HEAD + "change:\n  A-4: {bands: [^{at_least: 3, at_most: 2, credit: 1}]}\n",
        "change.A-4.bands[0]: bound-order high=at_most low=at_least",
    ),
    "no bands": (HEAD + "change:\n  A-4: {bands: ^[]}\n", "change.A-4: missing-bands type=number"),
    "uses a section again": (HEAD + "sections: [^one]\n", "sections[0]: section-twice section=one"),
}


@pytest.mark.parametrize(("text", "said"), WRONG_ANNEX.values(), ids=WRONG_ANNEX)
def test_what_is_wrong_with_an_annex_is_named_where_it_stands(folder: Folder, text: str, said: str) -> None:
    text += "]\n" if text.count("[") > text.count("]") else ""
    place = annex(folder, text).marked(ANNEX)
    if said.endswith("type=number"):  # the question as a whole
        place = place.rpartition(":")[0] + ":8"
    assert folder.faults() == [f"{place}: {said}"]


def test_an_option_that_the_annex_took_away_is_missed_where_it_is_read(folder: Folder) -> None:
    options = "options: {locked: {text: Locked, credit: 1}}"
    folder.change("sections/two.yaml", ("when: {question: B-1, is: yes}", "when: {question: A-2, is: shut}"))
    (said,) = annex(folder, HEAD + f"change: {{A-2: {{{options}}}}}\n").faults()
    assert "sections/two.yaml" in said
    assert "unknown-answer" in said


def test_faults_of_the_other_checklist_come_in_the_same_go(folder: Folder) -> None:
    folder.change("sections/one.yaml", ("weight: 5", "weight: 6"))
    said = annex(folder, HEAD.replace("version", "verzion")).faults()
    assert {one.split(":")[0] for one in said} == {ANNEX, "sections/one.yaml"}


def test_what_extends_what_is_bounded(folder: Folder) -> None:
    before = "depot"
    for number in range(MAX_EXTENDED + 1):
        name = f"a{number}"
        folder.write(f"{name}.yaml", HEAD.replace("isla", name).replace("depot", before))
        folder.head, before = folder.path / f"{name}.yaml", name
        said = folder.faults()
        assert said == [] if number < MAX_EXTENDED else "extends-too-deep" in said[0]


def test_a_ring_of_annexes_is_refused(folder: Folder) -> None:
    folder.write("bay.yaml", HEAD.replace("isla", "bay").replace("depot", "isla"))
    (said,) = annex(folder, HEAD.replace("depot", "bay")).faults()
    assert said.startswith("bay.yaml:2:10: extends: extends-itself")


class TestTranslation:
    """No text of the other checklist's translation is shown for words that the annex has changed."""

    def spanish(self, folder: Folder, change: str, texts: str = "") -> Checklist:
        folder.write("translations/es/one.yaml", ES_ONE)
        if texts:
            folder.write("translations/es/isla.yaml", f"id: isla\nlanguage: es\ntitle: Anexo de la isla\n{texts}")
        return in_language(annex(folder, HEAD + change).checklist(), "es")

    def test_what_is_not_changed_stays_translated(self, folder: Folder) -> None:
        made = self.spanish(folder, "change: {A-1: {help: Walk it twice.}}\n")
        assert made.question["A-1"].text == "¿Está entera la cerca?"
        assert made.question["A-1"].help == "Walk it twice."
        assert made.question["A-4"].text == "¿Cuántas rondas?"

    def test_a_changed_text_is_that_of_the_annex(self, folder: Folder) -> None:
        changed = "change: [{id: A-1, help: Recórrala dos veces.}]\n"
        made = self.spanish(folder, "change: {A-1: {help: Walk it twice.}}\n", changed)
        assert (made.title, made.question["A-1"].help) == ("Anexo de la isla", "Recórrala dos veces.")
        assert made.question["A-1"].remedy == "Repárela."

    def test_an_option_with_new_words_is_not_shown_with_the_old_ones(self, folder: Folder) -> None:
        options = "{locked: {text: Locked twice, credit: 1}, shut: {text: Shut, credit: 0}}"
        made = self.spanish(folder, f"change: {{A-2: {{options: {options}}}}}\n")
        assert {name: option.text for name, option in made.question["A-2"].options.items()} == {
            "locked": "Locked twice",
            "shut": "Cerrado",
        }

    def test_what_was_left_out_and_why_is_told_in_the_language(self, folder: Folder) -> None:
        drop = "drop: [{id: A-4, reason: Nobody walks.}]\n"
        made = self.spanish(folder, drop, "drop: {A-4: Nadie hace rondas.}\n")
        assert made.annex is not None
        assert [(one.text, one.reason) for one in made.annex.dropped] == [("¿Cuántas rondas?", "Nadie hace rondas.")]

    @pytest.mark.parametrize(
        ("texts", "said"),
        [
            ("change: [{id: ^A-2, help: Nada.}]\n", "change[0].id: nothing-to-translate id=A-2 nearest=A-1"),
            ("change: [{id: A-1, ^remedy: Nada.}]\n", "change[0].remedy: nothing-to-translate id=A-1 remedy"),
            ("drop: {^A-2: Nada.}\n", "drop.A-2: nothing-to-translate id=A-2"),
        ],
    )
    def test_it_speaks_of_nothing_that_the_annex_does_not_change(self, folder: Folder, texts: str, said: str) -> None:
        folder.write("translations/es/one.yaml", ES_ONE)
        folder.write("translations/es/isla.yaml", f"id: isla\nlanguage: es\ntitle: Anexo\n{texts}")
        place = folder.marked("translations/es/isla.yaml")
        (fault,) = annex(folder, HEAD + "change: {A-1: {help: Walk it twice.}}\n").faults()
        assert fault.split(" known=")[0] == f"{place}: {said}"

    def test_the_lint_names_what_the_annex_left_untranslated(self, folder: Folder) -> None:
        self.spanish(
            folder, "change: {A-1: {help: Walk it twice.}}\ndrop: [{id: A-4, reason: No.}]\n", "standards: {}\n"
        )
        said = [one for one in folder.lint() if "isla" in one]
        assert "translations/es/isla.yaml: text-untranslated about=A-1 key=help" in said
        assert "translations/es/isla.yaml: untranslated about=A-4" in said


def test_the_origin_of_an_annex_is_its_own_account(folder: Folder) -> None:
    own = provenance_of(annex(folder, CHANGE).checklist())
    assert own.origin is Origin.OWN
    said = "OWN: by its own account a national annex of depot 1.0, which stockcheck does not ship ("
    assert own.statement == f"{said}{own.short})"


def test_an_annex_of_a_shipped_checklist_is_adapted_from_it(tmp_path: Path) -> None:
    (tmp_path / "bay.yaml").write_text(HEAD.replace("isla", "bay").replace("depot", "rapid"), encoding="utf-8")
    adapted = provenance_of(compose(tmp_path / "bay.yaml")[0])
    assert adapted.origin is Origin.ADAPTED
    assert adapted.statement.startswith("ADAPTED: by its own account a national annex of rapid ")
    with speaking("es"):
        assert "según ella misma, anexo nacional de rapid" in adapted.statement


class TestExample:
    """The worked example, which is no assessment that anybody is offered."""

    PATH = shipped() / "examples" / "ammunition-sotavento.yaml"

    def test_it_is_not_among_the_checklists_that_are_called_by_name(self) -> None:
        assert all("sotavento" not in name for name in names())

    def test_it_changes_two_intervals_drops_one_question_and_adds_a_section(self) -> None:
        made, _composition = compose(self.PATH)
        assert made.annex is not None
        intervals = [name for name, keys in made.annex.changed.items() if "bands" in keys]
        assert len(intervals) == len(made.annex.changed) == 2
        assert len(made.annex.dropped) == len(made.annex.added) == 1
        base, _files = compose(shipped() / "ammunition.yaml")
        assert len(made.questions) == len(base.questions) - 1 + len(made.sections[-1].questions)
        assert provenance_of(made).origin is Origin.ADAPTED

    @pytest.mark.parametrize("key", ["help"])
    def test_its_changes_are_there_in_spanish(self, key: str) -> None:
        made, _composition = compose(self.PATH)
        spanish = in_language(made, "es")
        assert made.annex is not None
        for name in made.annex.changed:
            assert getattr(spanish.question[name], key) != getattr(made.question[name], key)
            assert "Decreto 14/2025" in (spanish.question[name].help or "")

    def test_the_lint_finds_nothing(self) -> None:
        from stockcheck.checklist.lint import looked_over

        looked = looked_over([self.PATH])
        assert (looked.faults, looked.warnings) == ([], [])


def test_paths_in_this_file_are_where_the_program_has_them() -> None:
    assert Path(TestExample.PATH).is_file()
