"""Attached pictures in a report: only when they are asked for, without what they say of themselves, few and small."""

from __future__ import annotations

import base64
import html
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from stockcheck.assessed import Assessed, score_file
from stockcheck.assessment import shown
from stockcheck.assessment.file import open_file
from stockcheck.assessment.from_disk import Attachment
from stockcheck.assessment.media import OTHER
from stockcheck.assessment.pictures import stripped
from stockcheck.report.choices import Choices
from stockcheck.report.content import by_section
from stockcheck.report.excel import write as write_workbook
from stockcheck.report.html import write as write_page
from tests.assessment.crafting import clock, new
from tests.assessment.photographs import exif, jpeg, png, segment

PHOTO = jpeg(segment(0xE1, b"Exif\0\0" + exif(orientation=6, position=True)))


@pytest.fixture
def assessed(tmp_path: Path) -> Assessed:
    """An assessment with a photograph that lies on its side, a drawing, a document, and two that cannot be shown."""
    path = new(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="clerk", clock=clock) as file:
        fence, document = Attachment("<b>fence</b>.jpg", PHOTO, "image/jpeg"), Attachment("x.pdf", b"%PDF-", OTHER)
        file.evidence.attach("A-2", [fence, document])
        file.evidence.attach(
            "A-1",
            [Attachment("plan.png", png(), "image/png"), Attachment("gate.heic", b"ftypheic", "image/heic")],
        )
        file.evidence.attach("A-1", [Attachment("cut.jpg", PHOTO[:-9], "image/jpeg")])
    return score_file(path, "en", with_pictures=True)


def names(assessed: Assessed) -> tuple[list[str], list[str]]:
    found = assessed.pictures
    return [one.item.name for one in found.shown.values()], [item.name for item in found.left_out]


def test_pictures_are_taken_in_the_order_of_the_questions_and_what_cannot_be_shown_is_told(assessed: Assessed) -> None:
    assert names(assessed) == (["plan.png", "<b>fence</b>.jpg"], ["gate.heic", "cut.jpg"])
    found = {one.id: one for sheetful in by_section.by_section(assessed) for one in sheetful.found}
    assert [(fact.label, fact.text) for fact in found["A-1"].more if fact.label == "Pictures not shown"] == [
        (
            "Pictures not shown",
            "#5 gate.heic, #6 cut.jpg: too large, too many, or no JPEG or PNG that can be read.",
        )
    ]


@pytest.mark.parametrize(
    ("bound", "value"), [("MAX_PICTURES", 1), ("MAX_PICTURE", 100), ("MAX_TOGETHER", 200), ("MAX_SIDE", 40)]
)
def test_more_or_larger_ones_are_left_out(
    tmp_path: Path, assessed: Assessed, monkeypatch: pytest.MonkeyPatch, bound: str, value: int
) -> None:
    monkeypatch.setattr(shown, bound, value)
    again = score_file(tmp_path / "d.stockcheck", "en", with_pictures=True)
    assert names(again)[0] == ["plan.png"]
    assert "<b>fence</b>.jpg" in names(again)[1]


def test_a_workbook_shows_them_as_they_are_and_no_larger_than_a_box(tmp_path: Path, assessed: Assessed) -> None:
    out = tmp_path / "r.xlsx"
    write_workbook(assessed, out, made=clock(), choices=Choices(only=[by_section.title()]))
    with ZipFile(out) as archive:
        media = {name: archive.read(name) for name in archive.namelist() if "media" in name}
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert sorted(media.values()) == sorted([png(), stripped(PHOTO, "image/jpeg")])
    # The dots of the photograph lie on their side, and no spreadsheet program turns them.
    sizes = re.findall(r'ext cx="(\d+)" cy="(\d+)"', drawing)
    assert [(int(across) // 9525, int(down) // 9525) for across, down in sizes] == [(2, 2), (48, 32)]
    assert load_workbook(out) is not None


def test_a_page_holds_them_itself_and_its_policy_lets_in_nothing_else(tmp_path: Path, assessed: Assessed) -> None:
    out = tmp_path / "r.html"
    write_page(assessed, out, made=clock())
    page = out.read_text(encoding="utf-8")
    found = re.findall(r'<img src="data:image/(\w+);base64,([^"]+)" alt="([^"]*)" width="(\d+)" height="(\d+)">', page)
    assert [(kind, html.unescape(alt), across, down) for kind, _content, alt, across, down in found] == [
        ("png", "plan.png", "2", "2"),
        ("jpeg", "<b>fence</b>.jpg", "32", "48"),
    ]
    assert base64.b64decode(found[1][1]) == stripped(PHOTO, "image/jpeg")
    assert "default-src 'none'; img-src data:; style-src" in page
    assert "ACME" not in page
    assert "<b>" not in page


def test_nobody_who_has_not_asked_gets_any(tmp_path: Path, assessed: Assessed) -> None:
    out = tmp_path / "r.html"
    write_page(score_file(tmp_path / "d.stockcheck", "en"), out, made=clock())
    page = out.read_text(encoding="utf-8")
    assert "<img" not in page
    assert "img-src" not in page
    assert "Pictures not shown" not in page
