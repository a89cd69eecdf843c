"""Words of danger and words to avoid: the lint warns where they hurt, and says nothing where they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from stockcheck.checklist import lint
from stockcheck.checklist.cautions import KINDS, word_list
from stockcheck.checklist.faults import ChecklistError
from stockcheck.checklist.phrases import finder, words_of
from stockcheck.checklist.shipped import shipped
from tests.checklist.clean import FILES, GATES
from tests.checklist.folder import Folder, told

#: A text, the language and the key it stands under, and the danger that the program's list of words sees in it.
DANGEROUS = [
    ("en", "remedy", "Move the ammunition to another store today.", "handling"),
    ("en", "remedy", "Meanwhile move the most attractive stock out of reach.", "handling"),
    ("en", "remedy", "Set traps, repack what is gnawed under supervision.", "handling"),
    ("en", "remedy", "Sweep up the spilt powder.", "handling"),
    ("en", "remedy", "Have the damaged packages opened this week.", "handling"),
    ("en", "help", "Open three boxes of each lot and count.", "handling"),
    ("en", "remedy", "Weld the hinges this week.", "hot-work"),
    ("en", "help", "Look for brown fumes and an acid smell.", "fumes"),
    ("en", "remedy", "Give every post a radio today.", "radio"),
    ("en", "classroom", "Call the gate by mobile telephone and time it.", "radio"),
    ("en", "help", "Walk round after hours and try each door.", "unannounced"),
    ("en", "remedy", "Test the armed response without notice this month.", "unannounced"),
    ("es", "remedy", "Traslade hoy la munición a otro almacén.", "handling"),
    ("es", "remedy", "Esta semana barra la pólvora derramada.", "handling"),
    ("es", "help", "Abra tres cajas de cada lote y cuente.", "handling"),
    ("es", "remedy", "Suelde esta semana las bisagras.", "hot-work"),
    ("es", "help", "Busque vapores pardos y olor ácido.", "fumes"),
    ("es", "remedy", "Dé hoy una radio a cada puesto.", "radio"),
    ("es", "help", "Recorra los almacenes fuera de horario, sin aviso.", "unannounced"),
]

#: The same with the caution, and sentences that only look alike.
HARMLESS = [
    ("en", "remedy", "Under a qualified person move the ammunition to another store."),
    ("en", "remedy", "Move only the stock that a qualified person says can be moved."),
    ("en", "remedy", "Stop work: nobody sweeps the powder."),
    ("en", "remedy", "Move all private vehicles out today."),
    ("en", "remedy", "Open a running total of net explosive quantity."),
    ("en", "remedy", "Open every empty package again and mark it."),
    ("en", "help", "Count the lots that are late, and divide by all lots in stock."),
    ("en", "help", "Ammunition in the open, stacks of packages."),
    ("en", "remedy", "Weld only under a written hot-work permit."),
    ("en", "help", "Outside hinges with welded pins."),
    ("en", "remedy", "Brown fumes: everybody out, close the area."),
    ("en", "help", "Do not open or smell anything. The signs are brown fumes."),
    ("en", "remedy", "Give each post a radio where the technical authority allows it."),
    ("en", "remedy", "Forbid mobile telephones beyond the gate."),
    ("en", "help", "Two means, such as radio and field telephone."),
    ("en", "help", "Walk round after hours with the duty officer and try each door."),
    ("en", "remedy", "Have an officer count ten items without notice."),
    ("en", "help", "The post was filled without notice."),
    ("es", "remedy", "Una persona calificada traslada la munición; retire lo demás."),
    ("es", "remedy", "No mueva la munición."),
    ("es", "help", "Pase la mano entre el suelo y la pila."),
    ("es", "remedy", "Suelde solo con permiso escrito de trabajo en caliente."),
    ("es", "remedy", "Vapores pardos: salgan todos y cierre la zona."),
    ("es", "remedy", "Dé una radio a cada puesto donde la autoridad técnica la admita."),
    ("es", "help", "Con el oficial de servicio y sin aviso, recorra los almacenes."),
]


def dangers(language: str, key: str, text: str) -> list[str]:
    return [name for name, _found in word_list(language).found({key: text}) if name in KINDS]


@pytest.mark.parametrize(("language", "key", "text", "danger"), DANGEROUS)
def test_what_would_hurt_people_is_seen(language: str, key: str, text: str, danger: str) -> None:
    assert dangers(language, key, text) == [danger]


@pytest.mark.parametrize(("language", "key", "text"), HARMLESS)
def test_what_is_said_with_care_or_only_looks_alike_is_let_pass(language: str, key: str, text: str) -> None:
    assert dangers(language, key, text) == []


def test_every_danger_is_seen_in_every_language() -> None:
    assert set(KINDS.values()) == {
        *("caution-handling", "caution-hot-work", "caution-fumes", "caution-radio", "caution-unannounced")
    }
    for language in ("en", "es"):
        assert {danger for known, _key, _text, danger in DANGEROUS if known == language} == set(KINDS)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("¿Cómo está el arma dentro del arsenal?", "arsenal"),
        ("Los armerillos tienen candado.", "armerillo*"),
        ("Caja marcada como libre.", "como libre"),
        ("Quien tiene licencia larga no cuenta.", "licencia larga"),
        ("Más allá de la distancia de seguridad.", "distancia* de seguridad"),
        ("El resguardo en casa es una caja fuerte.", "resguardo"),
    ],
)
def test_a_form_to_avoid_is_named_with_the_better_one(text: str, form: str) -> None:
    ((name, found),) = word_list("es").avoided(text, ("help",))
    assert name == form
    assert found.blanks["better"]


@pytest.mark.parametrize(
    "text",
    [
        "Caja marcada como libre de explosivos.",
        "Cada lugar tiene licencia de límite de explosivos.",
        "El registro de licencias está al día.",
        "Los arsenalistas no cuentan.",
        "Un pasillo libre hasta la puerta.",
        "Dejar el arma a resguardo de la lluvia.",
    ],
)
def test_what_only_looks_like_a_form_to_avoid_is_let_pass(text: str) -> None:
    assert list(word_list("es").avoided(text, ("help",))) == []


@pytest.fixture
def clean(folder: Folder) -> Folder:
    for name, text in FILES.items():
        folder.write(name, text)
    for name in ("en", "es"):
        folder.write(f"lint/{name}.yaml", (shipped_words() / f"{name}.yaml").read_bytes())
    return folder


def shipped_words() -> Path:
    return Path(__file__).parents[2] / "checklists" / "lint"


def warned(folder: Folder) -> list[str]:
    return folder.told(lint.looked_over([folder.head]).warnings)


WELD = ("    remedy: Lock it.\n", "    remedy: Weld it shut.\n")


def test_a_warning_is_no_fault_and_stands_where_the_text_is(clean: Folder) -> None:
    assert warned(clean) == []
    clean.change(GATES, ("remedy: Lock it.", "remedy: ^Weld it shut."))
    place = clean.marked(GATES)
    assert clean.lint() == []
    (said,) = warned(clean)
    assert said == f"{place}: questions[0].remedy: caution-hot-work about=G-1 caution=hot-work permit words=Weld"


def test_what_a_person_has_judged_is_accepted_in_every_language(clean: Folder) -> None:
    clean.change(GATES, WELD)
    clean.change("translations/es/gates.yaml", ("Ciérrelo.", "Suelde el portón."))
    assert [one.split(": ")[2].split()[0] for one in warned(clean)] == ["caution-hot-work", "caution-hot-work"]
    clean.change(GATES, ("Weld it shut.\n", "Weld it shut.\n    judged: {hot-work: The gate stands in open ground.}\n"))
    assert warned(clean) == []


def test_what_is_judged_without_need_is_named(clean: Folder) -> None:
    clean.change(GATES, ("    remedy: Lock it.\n", "    remedy: Lock it.\n    judged: {hot-work: ^None is done.}\n"))
    place = clean.marked(GATES)
    assert warned(clean) == [f"{place}: questions[0].judged.hot-work: judged-in-vain about=G-1 word=hot-work"]


def test_a_form_to_avoid_in_options_and_titles_is_named(clean: Folder) -> None:
    clean.change("translations/es/gates.yaml", ("many: Manual", "many: Con llave del arsenal"))
    clean.change("translations/es/stock.yaml", ("title: Existencias", "title: El arsenal"))
    said = warned(clean)
    assert [one.split(": ")[1] for one in said] == ["questions[1].options.many", "title"]
    assert all("word-to-avoid" in one and "better=sala de armas" in one for one in said)


def test_a_list_of_words_of_ones_own_takes_the_place_of_the_shipped_one(clean: Folder) -> None:
    clean.write("lint/en.yaml", "language: en\navoid: [{form: gate, better: door}]\n")
    assert {one.split()[2] for one in warned(clean)} == {"word-to-avoid"}


def test_a_list_of_words_that_cannot_be_read_is_named(clean: Folder) -> None:
    clean.write("lint/en.yaml", "language: en\navoid: [{form: gate, beter: door}]\n")
    with pytest.raises(ChecklistError) as caught:
        warned(clean)
    assert "unknown-key key=beter nearest=better" in " ".join(map(told, caught.value.faults))


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("casi accidente*", "Los casi  accidentes.", "casi accidentes"),
        ("a.b", "axb", None),
        ("(x+)+$", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx!", None),
        ("open … box", "open every single box", "open every single box"),
        ("open … box", "open, broken or foreign box", None),
        ("^move", "Move it", "Move"),
        ("^move", "They move it", None),
        ("^move", "Wait, move it", "move"),
    ],
)
def test_a_phrase_is_words_and_never_a_pattern(phrase: str, text: str, found: str | None) -> None:
    match = finder((phrase,)).search(text)
    assert (words_of(match) if match else None) == found


def test_the_shipped_lists_can_be_read() -> None:
    for path in (shipped() / "lint").glob("*.yaml"):
        assert word_list(path.stem).language == path.stem
