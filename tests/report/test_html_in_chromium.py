"""The report as a page in a real browser: it asks for nothing, fits a phone, can be read, and prints as it should."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from stockcheck import language
from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.assessed import Assessed, score_opened
from stockcheck.assessment.beginning import start
from stockcheck.assessment.file import open_file
from stockcheck.checklist.library import load
from stockcheck.report.choices import Choices, Paper
from stockcheck.report.html import write
from tests.report.chromium import measured, needs_chromium, print_to
from tests.report.test_excel import MADE
from tests.volume import long

pytestmark = needs_chromium

LONG = "A depot with a very long name indeed, and a river beside it " * 25
WORD = "Unbreakable" * 40
NOTE = "A gap of two metres by the river, covered with branches. " * 175
MARKING = "RESTRICTED"

#: How much wider the page is than its window, what reaches beyond it, what is read on too little contrast, what its
#: own policy refused.
LOOK = """
const root = document.documentElement;
const shown = node => node.getClientRects().length && !node.closest(".unseen, .skip, thead, option");
const wide = [...document.querySelectorAll("body *")].filter(node =>
    shown(node) && node.getBoundingClientRect().right > root.clientWidth + 1);
const light = text => {
    const [r, g, b, a = 1] = text.match(/[0-9.]+/g).map(Number);
    const one = part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    return [0.2126 * one(r) + 0.7152 * one(g) + 0.0722 * one(b), a];
};
const ground = node => {
    for (; node; node = node.parentElement) {
        const [value, opaque] = light(window.getComputedStyle(node).backgroundColor);
        if (opaque === 1) return value;
    }
    return 1;
};
const pale = new Set();
for (const node of document.querySelectorAll("body *")) {
    const says = [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim());
    if (!says || !shown(node)) continue;
    const pair = [light(window.getComputedStyle(node).color)[0], ground(node)].sort((a, b) => b - a);
    if ((pair[0] + 0.05) / (pair[1] + 0.05) < 4.5) pale.add(node.tagName + "." + node.className);
}
return {
    over: root.scrollWidth - root.clientWidth,
    wide: wide.slice(0, 3).map(node => node.tagName + "." + node.className + " " + node.textContent.slice(0, 40)),
    pale: [...pale],
    dark: ground(document.body) < 0.2,
    styled: window.getComputedStyle(document.querySelector(".running")).display === "none",
};
"""


def assessment(folder: Path, answer: Answer | None, *, extreme: bool = True) -> Assessed:
    """The thirty questions of a first look, all answered alike, in the longest words there may be."""
    path = folder / "depot.stockcheck"
    checklist = load("rapid")
    depot = LONG + WORD if extreme else "North"
    with path.open("wb"):
        pass
    start(path, checklist, depot=depot, marking=MARKING, on=MADE.date(), by="first")
    with open_file(path, write=True, by=f"{WORD}"[:90]) as file:
        for place, question in enumerate(checklist.questions):
            if answer is not None and question.type == "control":
                file.answer(question, answer)
            if extreme and place in (0, 9):
                file.note(question.id, NOTE if place else WORD)
        return score_opened(file, language.current())


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a depot of which everything is long, and nobody knows anything."""
    folder = tmp_path_factory.mktemp("page")
    with language.speaking("es"):
        write(assessment(folder, UNKNOWN), folder / "gap.html", made=MADE)
    return (folder / "gap.html").read_text(encoding="utf-8")


def test_it_fits_a_phone_and_a_desk_can_be_read_and_asks_for_nothing(page: str, tmp_path: Path) -> None:
    found, asked = measured(tmp_path, [(page, width) for width in (360, 700, 1280, 1800)], LOOK)
    for one in found:
        assert one == {"over": 0, "wide": [], "pale": [], "dark": False, "styled": True}
    assert asked == []


@long
def test_it_can_be_read_in_the_dark(page: str, tmp_path: Path) -> None:
    found, _asked = measured(tmp_path, [(page, 360), (page, 1280)], LOOK, "--blink-settings=preferredColorScheme=0")
    assert [(one["dark"], one["pale"]) for one in found] == [(True, [])] * 2


def test_a_browser_runs_nothing_that_a_text_says(page: str, tmp_path: Path) -> None:
    """Even if a text became an element, the page's own policy would refuse it; without the policy it would be run."""
    attack = '<script>document.title = "run"</script><img src="http://example.invalid/{}"></main>'
    policy = re.compile('<meta http-equiv="Content-Security-Policy"[^>]*>')
    broken = page.replace("</main>", attack.format("refused"))
    defenceless, removed = policy.subn("", page.replace("</main>", attack.format("asked")))
    assert removed == 1
    found, asked = measured(tmp_path, [(broken, 800), (defenceless, 800)], "return document.title;")
    assert [title == "run" for title in found] == [False, True]
    assert asked == ["http://example.invalid/asked"]


def words(pdf: Path) -> list[str]:
    """What each page says, in the order of its lines."""
    run = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True, timeout=60)
    return run.stdout.split("\f")[:-1]


def sizes(pdf: Path) -> list[str]:
    run = subprocess.run(["pdfinfo", "-l", "999", pdf], check=True, capture_output=True, text=True, timeout=60)
    return [f"{width}x{height}" for width, height in re.findall(r"size:\s+(\d+)[\d.]* x (\d+)", run.stdout)]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_the_summary_is_one_sheet_and_every_page_bears_the_marking(page: str, tmp_path: Path) -> None:
    (tmp_path / "gap.html").write_text(page, encoding="utf-8")
    pdf = print_to(tmp_path / "gap.pdf", tmp_path / "gap.html")
    found = words(pdf)
    first, second = found[:2]
    assert "Jefe del depósito: nombre, fecha, firma" in first
    assert "SHA-256 de la lista" in first
    assert second.split(MARKING)[1].lstrip().startswith("Hallazgos y datos")
    assert LONG.split(",")[0] in " ".join(second.split()), "whole, where the first page cuts it"
    for number, text in enumerate(found, start=1):
        assert text.lstrip().startswith(MARKING), number
        assert f"{number} / {len(found)}" in text, number
        assert len(text.split()) > 20, f"page {number} is blank"
    everything = " ".join(" ".join(found).split())
    assert everything.count("covered with branches.") >= 175, "a note is printed whole"
    assert {"594x841", "841x594"} == set(sizes(pdf)), "what has many columns is printed across"


@long
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_on_letter_of_what_is_short_or_well_the_summary_is_one_sheet_too(tmp_path: Path) -> None:
    """Untouched, and all no: one after another in one print."""
    for name, answer in (("untouched", None), ("all no", Answer("no"))):
        found = assessment(tmp_path, answer, extreme=answer is not None)
        choices = Choices(paper=Paper.LETTER, only=["Summary", "Quick wins"])
        write(found, tmp_path / f"{name}.html", made=MADE, choices=choices, force=True)
        pdf = print_to(tmp_path / "gap.pdf", tmp_path / f"{name}.html")
        first, second, *_more = words(pdf)
        assert "Depot commander: name, date, signature" in first, name
        assert "Quick wins" in second or "Little effort" in second, name
        assert set(sizes(pdf)) == {"612x792"}
