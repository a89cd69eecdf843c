"""The glossary: found as whole words, carried where it is used, in every language, and linted."""

from __future__ import annotations

import pytest

from stockcheck.checklist import glossary, lint
from stockcheck.checklist.faults import ChecklistError
from stockcheck.checklist.loading import compose
from stockcheck.checklist.model import Checklist, Term
from stockcheck.checklist.phrases import has
from stockcheck.checklist.shipped import shipped
from stockcheck.checklist.sources import names
from stockcheck.checklist.translation import in_language
from tests.checklist.folder import Folder, told

GLOSSARY = "glossary.yaml"
ES = "translations/es/glossary.yaml"
TERMS = """\
language: en
terms:
  - {id: fence, term: Fence, forms: [fence, fences], text: What keeps people out.}
  - {id: round, term: Round, forms: [round, rounds], text: A walk along the fence.}
  - {id: igloo, term: Igloo, forms: [igloo, igloos], text: A store under earth.}
"""
TERMS_ES = """\
language: es
terms:
  - {id: fence, term: Cerca, forms: [cerca, cercas], text: Lo que impide entrar.}
"""
ONE_ES = "id: one\nlanguage: es\ntitle: Uno\nquestions: [{id: A-1, text: ¿Está entera la cerca?}]\n"


@pytest.fixture
def spoken(folder: Folder) -> Folder:
    return folder.write(GLOSSARY, TERMS).write(ES, TERMS_ES).write("translations/es/one.yaml", ONE_ES)


def test_a_checklist_carries_the_terms_that_its_texts_use_and_no_other(spoken: Folder) -> None:
    made = spoken.checklist()
    assert [term.id for term in made.glossary] == ["fence", "round"]
    assert [term.id for term in made.translations["es"].glossary] == ["fence"]
    again = Checklist.model_validate_json(made.content)
    assert again.glossary == made.glossary, "an assessment is opened without the file of terms"


def test_terms_are_said_in_the_language_where_it_has_them(spoken: Folder) -> None:
    assert [term.term for term in in_language(spoken.checklist(), "es").glossary] == ["Cerca", "Round"]


def test_a_question_has_the_terms_of_all_its_texts(spoken: Folder) -> None:
    made = spoken.change("sections/one.yaml", ("help: Walk it.", "help: Walk it on each round.")).checklist()
    found = {
        name: [term.id for term in glossary.occurring(made.glossary, glossary.texts_of(question))]
        for name, question in made.question.items()
    }
    assert (found["A-1"], found["A-4"], found["B-1"]) == (["fence", "round"], ["round"], [])


def test_an_annex_carries_the_terms_of_its_own_texts(spoken: Folder) -> None:
    annex = 'id: isla\nextends: depot\nversion: "1"\ntitle: Isla\nchange: {B-1: {help: Go to each igloo.}}\n'
    spoken.write("isla.yaml", annex)
    spoken.head = spoken.path / "isla.yaml"
    assert [term.id for term in spoken.checklist().glossary] == ["fence", "round", "igloo"]


def test_without_a_glossary_a_checklist_is_as_it_was(folder: Folder) -> None:
    assert folder.checklist().glossary == ()
    assert "glossary" not in folder.checklist().content


@pytest.mark.parametrize(
    ("text", "form", "found"),
    [
        ("every lot.", "lot", True),
        ("allotted", "lot", False),
        ("lots", "lot", False),
        ("a plot, a lot", "lot", True),
        ("the neq of", "NEQ", False),
        ("the NEQ of", "NEQ", True),
        ("polvorín", "polvor", False),
        ("un polvorín", "polvorín", True),
        ("a.b", "a", True),
        ("hot-work", "hot-work", True),
    ],
)
def test_a_form_is_found_as_whole_words(text: str, form: str, found: bool) -> None:
    assert has(text, form) is found


WRONG = {
    "a form of two terms": (
        GLOSSARY,
        ("forms: [round, rounds]", "forms: [round, ^Fences]"),
        "terms[1].forms[1]: form-twice first=fence form=Fences",
    ),
    "a term twice": (GLOSSARY, ("{id: round,", "{id: ^fence,"), "terms[1].id: form-twice first=fence form=fence"),
    "a term without words": (GLOSSARY, ("forms: [fence, fences]", "forms: ^[]"), "terms[0].forms: empty"),
    "a translation of nothing": (
        ES,
        ("{id: fence,", "{id: ^fense,"),
        "terms[0].id: nothing-to-translate id=fense nearest=fence",
    ),
    "another language": (ES, ("language: es", "language: ^fr"), "language: language-not-folder folder=es language=fr"),
}


@pytest.mark.parametrize(("name", "change", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_glossary_is_named_where_it_stands(
    spoken: Folder, name: str, change: tuple[str, str], said: str
) -> None:
    place = spoken.change(name, change).marked(name)
    assert spoken.faults() == [f"{place}: {said}"]


def test_the_lint_names_what_is_not_translated_and_what_no_question_uses(spoken: Folder) -> None:
    said = spoken.lint()
    assert [one for one in said if "glossary" in one] == [
        f"{ES}: untranslated about={name}" for name in ("igloo", "round")
    ]
    read = glossary.read(spoken.path / GLOSSARY)
    (unused,) = glossary.unused(read, [spoken.checklist()])
    assert told(unused).endswith("glossary.yaml:5:10: terms[2].id: term-unused id=igloo")


def test_only_when_all_checklists_are_looked_over_can_a_term_be_unused(spoken: Folder) -> None:
    for path in (spoken.path / "translations").rglob("*.yaml"):
        path.unlink()
    warnings = {whole: lint.looked_over([spoken.head], whole_folder=whole).warnings for whole in (True, False)}
    unused = {whole: [one.kind for one in said if one.kind == "term-unused"] for whole, said in warnings.items()}
    assert unused == {True: ["term-unused"], False: []}


def test_a_glossary_that_is_none_stops_a_checklist_with_its_place(spoken: Folder) -> None:
    spoken.write(GLOSSARY, "language: en\nterms: [\n")
    with pytest.raises(ChecklistError):
        spoken.compose()


class TestShipped:
    """The glossary that comes with the program."""

    GLOSSARY = glossary.read(shipped() / GLOSSARY)

    def test_it_is_no_checklist(self) -> None:
        assert "glossary" not in names()

    def test_every_term_is_one_line_in_both_languages(self) -> None:
        spanish = {term.id: term for term in self.GLOSSARY.rendered["es"]}
        assert [term.id for term in self.GLOSSARY.terms] == [term.id for term in self.GLOSSARY.rendered["es"]]
        for term in self.GLOSSARY.terms:
            for said in (term, spanish[term.id]):
                assert len(said.text) <= 200, said.id
                assert "\n" not in said.text
            assert term.text != spanish[term.id].text

    def test_a_term_is_found_by_its_own_heading(self) -> None:
        for term in (*self.GLOSSARY.terms, *self.GLOSSARY.rendered["es"]):
            heads = [part.split(" (")[0] for part in term.term.split(", ")]
            assert any(self.found(term, head) for head in heads), term.id

    def found(self, term: Term, text: str) -> bool:
        return bool(glossary.occurring([term], [text]))

    def test_the_help_of_a_question_has_its_terms_in_the_language(self) -> None:
        made, _files = compose(shipped() / "ammunition.yaml")
        for language, wanted in (("en", "Net explosive quantity (NEQ)"), ("es", "Cantidad neta de explosivos (NEQ)")):
            spoken = in_language(made, language)
            question = spoken.question["LIM-02"]
            found = glossary.occurring(spoken.glossary, glossary.texts_of(question))
            assert wanted in [term.term for term in found]
