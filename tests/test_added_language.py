"""A language is added by its table, its texts and its folder of checklist translations, and by nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from stockcheck import language
from tests.depot import checklist_file
from tests.volume import long

SOURCE = Path(language.__file__).parents[1]

#: Its "na" is a no, its "s" a yes, its "d" neither: words and letters that mean other things in other languages.
TABLE = """\
from stockcheck.language.table import Keys, Table, Words

TABLE = Table(
    code="xx",
    own_name="xexe",
    locale="pt_BR",
    decimal_mark=",",
    thousands_mark=".",
    thousands_marks=".",
    day_first=True,
    words=Words(
        yes=("xim", "s"),
        partial=("médio",),
        no=("na",),
        unknown=("quém",),
        not_applicable=("sem xê",),
        none=("nada",),
        today=("xoje",),
    ),
    keys=Keys(yes="x", partial="p", no="n", unknown="k", not_applicable="v"),
)
"""
MESSAGES = {
    "Score: {interval}": "Xontos: {interval}",
    "Saved {id}: {answer}": "Xuardado {id}: {answer}",
    "Score {score}": "Xontos {score}",
    ("{n} entry saved.", "{n} entries saved."): ("{n} xegistro.", "{n} xegistros."),
    "Find out how well a depot of firearms or ammunition is secured, stored and accounted for.": "Xaiba.",
}
SECTION = """\
id: one
language: xx
title: Xeção
questions:
  - {id: A-1, revision: 1, text: A xerca é inteira?}
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The program's own folder, with the language added."""
    package = tmp_path / "program/src/stockcheck"
    shutil.copytree(SOURCE, package, ignore=shutil.ignore_patterns("__pycache__"))
    checklists = tmp_path / "program/checklists"
    checklist_file(checklists)
    (checklists / "released.lock").touch()

    (package / "language/xx.py").write_text(TABLE, encoding="utf-8")
    catalogue = Catalog("pt_BR", fuzzy=False)
    for message, text in MESSAGES.items():
        catalogue.add(message, text)  # type: ignore[arg-type]  # the stubs know no sequence
    (package / "locale/xx/LC_MESSAGES").mkdir(parents=True)
    with (package / "locale/xx/LC_MESSAGES/stockcheck.mo").open("wb") as file:
        write_mo(file, catalogue)
    (checklists / "translations/xx").mkdir(parents=True)
    (checklists / "translations/xx/one.yaml").write_text(SECTION, encoding="utf-8")
    return package.parent


def said(program: Path, *arguments: str, typed: str = "", code: str = "xx") -> str:
    call = "import sys; from stockcheck.cli import main; main(sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", call, "--lang", code, *arguments],
        cwd=program,
        env={**os.environ, "PYTHONPATH": str(program), "XDG_DATA_HOME": str(program), "PYTHONUTF8": "1"},
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    return done.stdout + done.stderr


def test_an_added_language_is_spoken_read_and_shown(program: Path) -> None:
    assert "en, es, xx" in said(program, "--help")
    assert "Xaiba." in said(program, "--help")
    said(program, "new", "d.stockcheck", "-c", "depot", "--depot", "North", "--date", "2026-03-01")
    lines = ["nada", "3", "XIM", "A-3=nada", "A-4=1,500", "A-5=3/2/2026", "B-1=yes"]
    answered = said(program, "answer", "d.stockcheck", typed="\n".join(lines))
    assert "== Xeção ==" in answered
    assert "A xerca é inteira?" in answered
    assert "Xontos 31,3 % to 100,0 %." in answered
    assert "7 xegistros. 2 questions wait for an answer.\n" in answered, "English, where it lacks a text"
    scored = said(program, "score", "d.stockcheck")
    assert "Xontos: " in scored
    assert "Xeção" in scored
    assert "1 de mar. de 2026" in scored
    exact = said(program, "score", "d.stockcheck", "--json")
    assert '"value": "1.500"' in exact, "a comma before three digits is a decimal mark where it groups no thousands"
    assert '"value": "2026-02-03"' in exact


@long
def test_its_own_words_come_before_those_of_other_languages(program: Path) -> None:
    said(program, "new", "d.stockcheck", "-c", "depot")
    typed = "A-1=na\nB-1=n/a: nobody\nA-1=sem xe: nobody there\nA-2=quem"
    said(program, "answer", "d.stockcheck", typed=typed)
    history = said(program, "answer", "d.stockcheck", typed=":go A-1\n:history\n:go A-2\n:history")
    assert "No\n" in history
    assert "Not applicable: nobody there" in history
    assert "Unknown" in history
    assert "quem" in said(program, "answer", "d.stockcheck", typed="A-2=quemm", code="en")


@long
def test_a_word_of_two_other_languages_with_two_meanings_means_nothing(program: Path) -> None:
    (program / "stockcheck/language/yy.py").write_text(
        TABLE.replace('"xx"', '"yy"').replace('yes=("xim"', 'yes=("quem"'), encoding="utf-8"
    )
    said(program, "new", "d.stockcheck", "-c", "depot")
    assert "“quem”" in said(program, "answer", "d.stockcheck", typed="A-1=quem", code="en")
    assert "xuardado" in said(program, "answer", "d.stockcheck", typed="A-1=quem", code="xx").lower()


@long
def test_a_checklist_may_be_in_a_language_that_the_program_does_not_speak(program: Path, tmp_path: Path) -> None:
    folder = program.parent / "checklists/translations"
    shutil.copytree(folder / "xx", folder / "fr")
    text = (folder / "fr/one.yaml").read_text(encoding="utf-8").replace("language: xx", "language: fr")
    (folder / "fr/one.yaml").write_text(text, encoding="utf-8")
    said(program, "new", "d.stockcheck", "-c", "depot")
    shown = said(program, "checklist", "show", "depot", code="fr")
    assert "A xerca é inteira?" in shown
    assert "level 1, weight 5" in shown
    for place in ("sections", "translations"):
        shutil.copytree(program.parent / "checklists" / place, tmp_path / "own" / place)
    shutil.move(program.parent / "checklists/depot.yaml", tmp_path / "own/depot.yaml")
    assert "A xerca" in said(program, "answer", "d.stockcheck", typed="-\n3", code="fr"), "from the assessment"
    assert "A xerca" in said(program, "checklist", "show", str(tmp_path / "own/depot.yaml"), code="fr")
    assert said(program, "checklist", "list", code="fr").startswith("stockcheck: --lang: one of: en, es, xx\n")
    assert said(program, "score", "d.stockcheck", code="../fr").startswith(
        "stockcheck: --lang: one of: en, es, xx, fr\n"
    )
