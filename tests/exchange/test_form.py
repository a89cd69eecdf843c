"""The form itself: what it asks and offers, what it greys out, how it prints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from stockcheck import language
from stockcheck.answers.answer import Answer
from stockcheck.assessment.file import open_file
from stockcheck.checklist.library import load
from stockcheck.checklist.model import Checklist, Question
from stockcheck.checklist.translation import in_language
from stockcheck.exchange import contract, only_if
from stockcheck.exchange.content import of_checklist
from stockcheck.scoring.scope import Standing
from stockcheck.scoring.scorecard import Scorecard
from tests.assessment.crafting import checklist, clock, new
from tests.exchange.filling import ON, Filling, blank, fill, of_file, random_depot
from tests.libreoffice import blank as without_ink
from tests.libreoffice import converted, misplaced, needs_libreoffice, needs_poppler, pages, printed
from tests.volume import long, some


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_a_form_asks_all_of_a_checklist_in_its_order_the_facts_first(spoken: str, tmp_path: Path) -> None:
    whole = load("firearms")
    form = Filling(blank(whole, tmp_path / "form.xlsx", spoken))
    keys = list(dict.fromkeys(contract.split(key)[0] for key in form.places))
    assert keys == list(contract.by_key(whole))
    _cover, about, *sections, _hidden = form.workbook.worksheets
    assert [sheet.cell(1, 1).value for sheet in sections] == [one.title for one in in_language(whole, spoken).sections]
    assert {place[0].title for key, place in form.places.items() if key.startswith("fact:")} == {about.title}


def rows_of(form: Filling, key: str) -> str:
    sheet, row, _columns = form.places[key]
    return "\n".join(str(cell.value) for cell in sheet[row] if cell.value is not None)


def test_it_tells_no_weight_and_no_credit(tmp_path: Path) -> None:
    form = Filling(blank(load("firearms"), tmp_path / "form.xlsx"))
    headers = {tuple(cell.value for cell in sheet[2])[:7] for sheet, _row, _columns in form.places.values()}
    assert headers == {("Id", "Question", "What to look at", "On paper", "Answer", "Reason, if not applicable", "Note")}
    for question in load("firearms").questions:
        sheet, row, _columns = form.places[f"question:{question.id}"]
        assert not any(isinstance(cell.value, (int, float)) for cell in sheet[row])


def test_conditions_are_said_in_words(tmp_path: Path) -> None:
    form = Filling(blank(checklist(), tmp_path / "form.xlsx"))
    assert "Only if A-1 is “Yes” or “Partial”." in rows_of(form, "question:A-2")
    assert "Only if “What is held?” includes “Rounds”." in rows_of(form, "question:B-1")
    assert "Only if “What is held?” includes “Rounds” and B-1 is “Yes”." in rows_of(form, "question:B-2")
    assert "Only if" not in rows_of(form, "question:A-1")
    with language.speaking("es"):
        form = Filling(blank(load("rapid"), tmp_path / "es.xlsx", "es"))
        assert "Solo si «¿Qué se guarda en este depósito?» incluye «Armas de fuego" in rows_of(form, "question:ARM-07")


BOTH = [{"question": "A-3", "has": "rust"}, {"profile": "size", "at_least": 2}]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"question": "A-4", "at_least": 2, "at_most": 9}, "A-4 is from 2 to 9"),
        ({"question": "A-4", "at_least": "2.5"}, "A-4 is 2.5 or more"),
        ({"question": "A-4", "at_most": 9}, "A-4 is 9 or less"),
        ({"not": {"question": "A-1", "is": "no"}}, "not: A-1 is “No”"),
        (
            {"any": [{"question": "A-1", "is": "no"}, {"all": BOTH}]},
            "A-1 is “No” or (A-3 includes “Rust seen” and “How many buildings?” is 2 or more)",
        ),
    ],
)  # fmt: skip
def test_every_kind_of_condition_has_words(written: dict[str, Any], said: str) -> None:
    question = Question.model_validate({"id": "Q", "text": "Q?", "when": written})
    assert question.when is not None
    assert only_if.in_words(question.when, checklist()) == said


def offered_in(form: Filling, key: str) -> list[str]:
    """What the drop-down of a row lists."""
    sheet, row, columns = form.places[key]
    cell = sheet.cell(row, columns[contract.ANSWER])
    (found,) = (one for one in sheet.data_validations.dataValidation if cell.coordinate in one.sqref)
    assert found.showErrorMessage
    if found.type != "list":
        return [found.type, found.formula1]
    if found.formula1.startswith('"'):
        return [str(found.formula1).strip('"')]
    title, area = found.formula1.rsplit("!", 1)
    return [one.value for (one,) in form.workbook[title.strip("'")][area.replace("$", "")]]


def test_drop_downs_offer_what_is_understood(tmp_path: Path) -> None:
    form = Filling(blank(checklist(), tmp_path / "form.xlsx"))
    assert offered_in(form, "question:A-1") == ["Yes", "Partial", "No", "Unknown", "Not applicable"]
    assert offered_in(form, "question:A-2") == ["Locked", "Shut", "Open", "Unknown", "Not applicable"]
    assert offered_in(form, "question:A-3") == ["None of these", "Unknown", "Not applicable"]
    assert offered_in(form, "question:A-3/locks") == ["X"]
    kind, rule = offered_in(form, "question:A-5")
    assert (kind, "DATE(1900,1,1)" in rule) == ("custom", True)
    with language.speaking("es"):
        spanish = Filling(blank(checklist(), tmp_path / "es.xlsx", "es"))
        assert offered_in(spanish, "question:A-1") == ["Sí", "Parcial", "No", "Desconocido", "No se aplica"]


def test_the_form_of_an_assessment_bounds_dates_by_its_own(tmp_path: Path) -> None:
    form = Filling(of_file(new(tmp_path / "a.stockcheck"), tmp_path / "form.xlsx"))
    _kind, rule = offered_in(form, "question:A-5")
    assert "<DATE(2026,3,1)+32" in rule  # a sitting may go on; the import looks at the day


def test_what_stands_in_the_file_stands_in_the_form(tmp_path: Path) -> None:
    path = new(tmp_path / "a.stockcheck")
    with open_file(path, write=True, by="tester", clock=clock) as file:
        file.answer(file.checklist.question["A-1"], Answer(status="na", justification="=There is no fence"))
        file.answer(file.checklist.question["A-3"], Answer(status="unknown"))
        file.answer(file.checklist.question["A-4"], Answer(status="unknown"))
        file.answer(file.checklist.question["B-1"], Answer("yes"))
        file.note("A-4", "Ask the guard")
    form = Filling(of_file(path, tmp_path / "form.xlsx"))
    assert form.cell("question:A-1").value == "Not applicable"
    assert (form.cell("question:A-1", "reason").value, form.cell("question:A-1", "reason").data_type) == (
        "=There is no fence",
        "s",
    )
    assert form.cell("question:A-3").value == form.cell("question:A-4").value == "Unknown"
    assert form.cell("question:A-4", "note").value == "Ask the guard"
    assert form.cell("question:B-1").value == "Yes", "answered, and yet open: nobody knows whether it applies"


def test_what_is_typed_stays_text(tmp_path: Path) -> None:
    """Excel would make a date of 1-2 and a formula of =1+1; in a cell that is text it does not."""
    form = Filling(blank(checklist(), tmp_path / "form.xlsx"))
    for key, column in (("A-1", "answer"), ("A-1", "reason"), ("A-1", "note"), ("A-2", "answer"), ("A-6", "answer")):
        assert form.cell(f"question:{key}", column).number_format == "@"
    assert form.cell("question:A-5").number_format == "yyyy-mm-dd"


def only(question: Question, title: str = "Section one") -> Checklist:
    """The small checklist, with that one question in its first section."""
    whole = checklist()
    section = whole.sections[0].model_copy(update={"title": title, "questions": (question,)})
    fields = {name: getattr(whole, name) for name in Checklist.model_fields}
    return Checklist.model_construct(**{**fields, "sections": (section,)})


def test_texts_of_a_checklist_are_text(tmp_path: Path) -> None:
    first = checklist().question["A-2"]
    option = first.options["locked"].model_copy(update={"text": "=HYPERLINK(1)"})
    question = first.model_copy(
        update={"text": "=1+1", "help": "@x", "when": None, "options": {**first.options, "locked": option}}
    )
    hostile = only(question, "=[a]:*?/\\'s")
    form = Filling(blank(hostile, tmp_path / "form.xlsx"))
    formulas = [
        cell.value
        for sheet in form.workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and not str(cell.value).startswith("=IF(")
    ]
    assert formulas == []
    assert form.places["question:A-2"][0].title == "2 = a       s"


def test_the_classroom_has_its_own_help_where_there_is_one() -> None:
    taught = only(checklist().question["A-1"].model_copy(update={"classroom": "Think of your own depot."}))
    for classroom, wanted in ((False, "Walk it."), (True, "Think of your own depot.")):
        content = of_checklist(taught, "en", classroom=classroom)
        assert content.blocks[1].items[0].help == wanted


def depot_and_scope(whole: Checklist, seed: int) -> tuple[dict[str, Answer], set[str]]:
    """A random depot, and the keys of the questions that scoring leaves out there."""
    depot = random_depot(whole, seed)
    answers, facts = ({key.partition(":")[2]: depot[key] for key in depot if key.startswith(kind)} for kind in "qf")
    lines = Scorecard(whole, answers, facts, ON).lines
    return depot, {
        f"question:{line.question.id}" for line in lines if line.standing in (Standing.DORMANT, Standing.PART)
    }


@needs_libreoffice
@some("name", ["firearms", "transfers"], sample=["firearms"])
def test_what_turns_grey_is_what_scoring_leaves_out(name: str, tmp_path: Path) -> None:
    whole = load(name)
    depot, out = next(found for seed in range(100) if len((found := depot_and_scope(whole, seed))[1]) > 5)
    form = fill(blank(whole, tmp_path / "form.xlsx", "es"), whole, depot, "es")
    (form,) = converted([form], "xlsx", tmp_path / "saved")
    workbook: Any = openpyxl.load_workbook(form, data_only=True)
    grey: set[str] = set()
    asked: set[str] = set()
    number = 1
    while (key := contract.column_name(number, contract.KEY)) in workbook.defined_names:
        ((title, keys),) = workbook.defined_names[key].destinations
        ((_title, marks),) = workbook.defined_names[contract.column_name(number, contract.APPLIES)].destinations
        for (one,), (mark,) in zip(workbook[title][keys], workbook[title][marks], strict=True):
            assert mark.value in (None, "+", "-")
            (grey if mark.value == "-" else asked).add(contract.split(one.value)[0])
        number += 1
    assert grey == out
    assert not grey & asked


@long
@needs_libreoffice
@needs_poppler
@some("name", ["rapid", "firearms"], sample=["rapid"])
def test_it_prints_one_page_wide_without_a_blank_page_or_a_broken_row(name: str, tmp_path: Path) -> None:
    pdf = printed(blank(load(name), tmp_path / "form.xlsx", "es"))
    found = pages(pdf)
    for page in found:
        assert {round(page[0]), round(page[1])} == {595, 842}, "A4"
        assert misplaced(page) == []
    assert without_ink(pdf, tmp_path, darkest=128) == []
    headers = sum(any(word.text == "Respuesta" for word in words) for _width, _height, words in found)
    assert headers == len(found) - 1, "every page but the first has the table's head"
