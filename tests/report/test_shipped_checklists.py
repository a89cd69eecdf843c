"""Every checklist that comes with the program, reported in Spanish: nothing of the source language is left in it."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from stockcheck import language
from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.assessed import Assessed, score_opened
from stockcheck.assessment.file import create, open_file
from stockcheck.checklist.library import load
from stockcheck.checklist.model import ProfileField, Question
from stockcheck.report.data.tables import KINDS
from stockcheck.report.excel import write
from stockcheck.scoring.scope import Standing
from stockcheck.scoring.scorecard import Scorecard
from tests.checklist.test_headlines import EVERY_QUESTION, NAMES
from tests.volume import long, parameters

ON = dt.date(2026, 3, 1)
MADE = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)


def worst(asked: ProfileField | Question) -> Answer:
    """An answer that keeps as much as possible in scope, and as a gap."""
    match asked.type:
        case "control":
            return Answer("partial")
        case "choice":
            return Answer(asked.words[0] if isinstance(asked, ProfileField) else asked.words[-1])
        case "several":
            return Answer(tuple(asked.words))
        case "text":
            return Answer("…")
    return UNKNOWN


@pytest.fixture(scope="module", params=parameters(NAMES, sample=EVERY_QUESTION))
def assessment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp(request.param) / "d.stockcheck"
    create(path, load(request.param), depot="D-1", marking="XYZ", on=ON, by="9")
    with open_file(path, write=True, by="9") as file:
        for field in file.checklist.profile:
            file.answer(field, worst(field))
        card = Scorecard(file.checklist, file.state.answers, file.state.facts, ON)
        for question in file.checklist.questions:
            if card.line[question.id].standing is Standing.UNANSWERED:
                file.answer(question, worst(question))
                card = card.after(question, file.state.answers, file.state.facts)
    return path


#: What only a program reads, and names of the document's own.
OURS = r"#| XYZ$|^key$|^(question|fact):"


def spoken(one: Assessed, path: Path) -> set[str]:
    """Every text of the workbook that says something: what holds a word of three letters in lower case."""
    write(one, path, made=MADE)
    texts: set[str] = set()
    with ZipFile(path) as archive:
        listed = re.findall(r"<sheet [^>]*>", archive.read("xl/workbook.xml").decode())
        hidden = {f"xl/worksheets/sheet{n}.xml" for n, sheet in enumerate(listed, 1) if 'state="hidden"' in sheet}
        assert hidden
        last = sum(name.startswith("xl/worksheets/sheet") for name in archive.namelist())
        data = {f"xl/worksheets/sheet{last - place}.xml" for place in range(len(KINDS))}  # the same in every language
        for name in archive.namelist():
            if name in data or name in hidden or (name.startswith("xl/tables/") and b'"sc_' in archive.read(name)):
                continue
            if name.startswith(("xl/worksheets/sheet", "xl/charts/chart", "xl/tables/", "xl/sharedStrings")):
                xml = archive.read(name).decode()
                texts.update(html.unescape(text) for text in re.findall(r">([^<>]+)</(?:t|a:t|c:v|odd\w+|c:f)>", xml))
                texts.update(html.unescape(text) for text in re.findall(r'<tableColumn [^>]*name="([^"]*)"', xml))
    return {text for text in texts if re.search(r"[a-zà-ÿ]{3}", text) and not re.search(OURS, text)}


@long
def test_a_report_in_spanish_shares_no_text_with_the_english_one(assessment: Path, tmp_path: Path) -> None:
    with open_file(assessment) as file:
        record = file.record
        english = score_opened(file, "en")
        with language.speaking("es"):
            spanish = score_opened(file, "es")
            rendered = spoken(spanish, tmp_path / "es.xlsx")
        source = spoken(english, tmp_path / "en.xlsx")
    assert len(rendered) > 50
    names = "|".join(re.escape(name) for name in english.checklist.standards)
    citing = re.compile(rf"({names})( [Aa]rts?\. [IVX0-9]+| §[0-9.]+)?(, )?")
    codes = (record.head, record.code, english.provenance.digest)
    left = {text for text in rendered & source if citing.sub("", text) and not text.endswith(codes)}
    assert left == set()
