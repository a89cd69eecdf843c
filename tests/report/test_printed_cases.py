"""Depots at the edges, printed in one go: each page marked, nothing over anything, none without words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from stockcheck import language
from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessed import Assessed, score_file
from stockcheck.assessment.file import create, open_file
from stockcheck.checklist.library import load
from stockcheck.checklist.model import Question
from stockcheck.report.choices import Choices, Paper
from stockcheck.report.data.tables import KINDS
from stockcheck.report.excel import write
from tests import volume
from tests.assessment.crafting import ON, clock
from tests.exchange.filling import MADE, random_depot
from tests.libreoffice import Page, converted, misplaced, needs_libreoffice, needs_poppler, pages
from tests.volume import some

pytestmark = [needs_libreoffice, needs_poppler]

LONG = "Depósito de municiones y armas de la Segunda Región Militar, sector noroeste, junto al río " * 3
MARKING = "RESTRICTED and to be handled by named persons of the ministry and the depot alone"
NOTE = "Seen by lamp: the hasp hangs from one screw, and the wall behind it is wet. " * 132 + "Zuletzt."


@dataclass(frozen=True)
class Case:
    """A depot as it is answered, the language and the paper of its report."""

    spoken: str
    paper: Paper
    depot: str = "North"
    marking: str = "SECRET"
    notes: bool = False
    compared: bool = False

    @property
    def last_words(self) -> str:
        """What stands at the end of the first page."""
        return {"en": "Checklist SHA-256", "es": "SHA-256 de la lista"}[self.spoken]


CASES = {
    "empty": Case("en", Paper.A4),
    "full": Case("es", Paper.LETTER, compared=True),
    "no": Case("en", Paper.LETTER),
    "unknown": Case("es", Paper.A4),
    "aside": Case("es", Paper.A4),
    "long": Case("en", Paper.A4, depot=LONG, marking=MARKING, notes=True),
}
#: What has most sheets, and the longest texts; both languages and both papers.
SAMPLE = ["full", "long"]
CHOSEN = {name: case for name, case in CASES.items() if volume.thorough or name in SAMPLE}


def given(name: str, question: Question, full: dict[str, Answer]) -> Answer | None:
    """The answer that a question has in the depot of that name."""
    match name:
        case "empty":
            return None
        case "unknown":
            return UNKNOWN
        case "aside" if question.na and question.scored:
            return not_applicable("There is nothing of the kind here, and there will not be.")
        case "no" | "aside":
            return Answer("no") if question.type == "control" else UNKNOWN
    return full.get(f"question:{question.id}")


def assessed(folder: Path, name: str, case: Case, answered: str) -> Assessed:
    """The depot of the case, with the answers of the one called `answered`."""
    checklist, path = load("gender"), folder / f"{name}.stockcheck"
    create(path, checklist, depot=case.depot, marking=case.marking, on=ON, by="tester", clock=clock)
    full = random_depot(checklist, 3)
    with open_file(path, write=True, by="tester", clock=clock) as file:
        if answered != "empty":
            for fact in checklist.profile:
                file.answer(fact, full.get(f"fact:{fact.id}") or UNKNOWN)
        for question in checklist.questions:
            if (answer := given(answered, question, full)) is not None:
                file.answer(question, answer)
        for question in checklist.questions[:3] if case.notes else ():
            file.note(question.id, f"{question.id}. {NOTE}")
    return score_file(path, case.spoken)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    """The pages of each case: width, height and words."""
    folder = tmp_path_factory.mktemp("cases")
    for name, case in CHOSEN.items():
        with language.speaking(case.spoken):
            before = assessed(folder, f"{name}-before", case, "no") if case.compared else None
            if before:
                before = replace(before, state=replace(before.state, on=ON.replace(year=ON.year - 1)))
            one = assessed(folder, name, case, name)
            write(one, folder / f"{name}.xlsx", made=MADE, choices=Choices(case.paper, previous=before))
    printed = converted([folder / f"{name}.xlsx" for name in CHOSEN], "pdf", folder)
    return dict(zip(CHOSEN, map(pages, printed), strict=True))


@some("name", list(CASES), SAMPLE)
def test_every_page_is_marked_and_no_word_is_over_another_or_off_the_page(
    name: str, printed: dict[str, list[Page]]
) -> None:
    faults = []
    for number, (width, height, words) in enumerate(printed[name], start=1):
        if CASES[name].marking.split()[0] not in [word.text for word in words if word.bottom < 40]:
            faults.append((number, "no marking"))
        # What goes on beyond the cell of a data sheet is clipped there, and is a word of the page all the same.
        if "assessment_id" not in [word.text for word in words]:
            faults += [(number, fault) for fault in misplaced((width, height, words))]
    assert faults == []


@some("name", list(CASES), SAMPLE)
def test_no_page_has_headers_alone_and_the_summary_is_the_first(name: str, printed: dict[str, list[Page]]) -> None:
    texts, empty, of_data = [], [], 0
    for number, (_width, height, words) in enumerate(printed[name], start=1):
        body = [word for word in words if 45 < word.top < height - 45]
        texts.append(" ".join(word.text for word in body))
        if "assessment_id" in texts[-1]:
            of_data += 1
        elif len({round(word.top) for word in body}) < 2:
            empty.append(number)
    assert empty == []
    assert of_data == len(KINDS)
    assert [CASES[name].last_words in text for text in texts[:2]] == [True, False]


@pytest.mark.thorough
def test_the_paper_is_the_one_that_was_asked_for(
    printed: dict[str, list[Page]],
) -> None:
    wanted = {Paper.A4: {595, 842}, Paper.LETTER: {612, 792}}
    for name, case in CHOSEN.items():
        assert {frozenset((round(width), round(height))) for width, height, _words in printed[name]} == {
            frozenset(wanted[case.paper])
        }, name


def test_of_a_note_of_ten_thousand_characters_every_word_is_printed(
    printed: dict[str, list[Page]],
) -> None:
    words = [word.text for _width, _height, page in printed["long"] for word in page]
    assert len(NOTE) > 10_000
    assert words.count("hasp") >= 3 * 132
    assert words.count("Zuletzt.") >= 3, "each stands whole somewhere"
