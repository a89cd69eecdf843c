"""Faults: every kind is known by its code, said in both languages, written down, and found by some test."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic_core import InitErrorDetails, ValidationError

from stockcheck import language
from stockcheck.checklist import validation
from stockcheck.checklist.faults import ChecklistError, Fault, Kind
from stockcheck.checklist.model import Level
from stockcheck.checklist.yamltext import read_file, read_text
from tests.checklist.folder import ONE, Folder, told
from tests.checklist.test_annex import WRONG_ANNEX
from tests.checklist.test_consistency import CASES
from tests.checklist.test_lint import RULES
from tests.checklist.test_loading_faults import WRONG
from tests.checklist.test_translation import NAMED
from tests.checklist.test_yamltext import REFUSED

DOCS = Path(__file__).parents[2] / "docs"

#: Kinds that the tables of other tests do not hold, and the test that has each of them.
ELSEWHERE = {
    "test_annex": "extends-too-deep",
    "test_glossary": "form-twice term-unused",
    "test_cautions": "caution-handling caution-hot-work caution-fumes caution-radio caution-unannounced "
    "word-to-avoid judged-in-vain",
    "test_faults": "unreadable invalid-value",
    "test_consistency": "language-not-folder nothing-to-translate translated-twice unknown-option",
    "test_lint": "empty-level missing-text missing-reference part-of-proposed",
    "test_hostile_yaml": "too-deep too-many-nodes",
    "test_loading": "not-in-section",
    "test_loading_faults": "too-many-faults section-like-checklist",
    "test_ids": "unwritable not-locked id-used-again id-gone revision-fell revision-rose",
    "test_translated_files": "language-not-folder nothing-to-translate translated-twice unknown-option",
    "test_translation": "checklist-untranslated section-untranslated",
    "test_growth": "too-many-asked",
    "test_provenance": "not-registered released-otherwise",
    "test_sources": "too-many-files",
    "test_yamltext": "too-large not-utf8",
    "../workshop/test_scenarios": "key-does-not-fit key-lacks key-not-asked unknown-scene scene-twice",
}


def codes_in(*tables: object) -> set[str]:
    """The codes that the last words of the cases in `tables` name."""
    words = {word for table in tables for word in str(table).replace('"', " ").replace("'", " ").split()}
    return {str(kind) for kind in Kind} & {word.rstrip(",)") for word in words}


def test_every_kind_is_found_by_some_test() -> None:
    by_table = codes_in(
        [case[-1] for case in WRONG.values()],
        [case[-1] for case in CASES.values()],
        [case[-1] for case in RULES.values()],
        [case[-1] for case in NAMED],
        [case[-1] for case in REFUSED],
        [case[-1] for case in WRONG_ANNEX.values()],
    )
    by_test = {code: name for name, codes in ELSEWHERE.items() for code in codes.split()}
    assert by_table | set(by_test) == {str(kind) for kind in Kind}
    for code, name in by_test.items():
        assert code in (Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8"), (code, name)


def test_every_kind_is_documented_in_both_languages() -> None:
    page = runpy.run_path(str(DOCS / "faults.py"))["page"]()
    assert (DOCS / "checklist-faults.md").read_text(encoding="utf-8") == page, "write it anew: python docs/faults.py"
    for kind in Kind:
        (line,) = [line for line in page.splitlines() if line.startswith(f"| `{kind}` |")]
        english, spanish = line.split(" | ")[1:3]
        assert english.split() != spanish.removesuffix(" |").split()


def test_a_fault_is_said_in_the_language_in_use_when_it_is_shown(folder: Folder) -> None:
    with pytest.raises(ChecklistError) as caught:
        folder.change(ONE, ("weight: 5", "wieght: 5")).compose()
    place = f"{folder.path}/{ONE}:10:5: questions[0].wieght:"
    english = f"{place} the key wieght is not known. Did you mean weight? [unknown-key]"
    assert str(caught.value) == english
    with language.speaking("es"):
        assert str(caught.value) == f"{place} no se conoce la clave wieght. ¿Quiso decir weight? [unknown-key]"
    assert str(caught.value) == english


def test_the_command_speaks_the_language_that_is_asked_for(folder: Folder) -> None:
    folder.change(ONE, ("weight: 5", "wieght: 5"))
    call = "from stockcheck.cli import main; main(['--lang', 'es', 'checklist', 'lint', 'depot.yaml'])"
    done = subprocess.run([sys.executable, "-c", call], cwd=folder.path, capture_output=True, text=True, timeout=60)
    said = (
        f"stockcheck: {ONE}:10:5: questions[0].wieght: no se conoce la clave wieght. ¿Quiso decir weight? [unknown-key]"
    )
    assert (done.returncode, done.stdout, done.stderr.splitlines()) == (1, "", [said])


def test_a_fault_of_the_lint_names_the_question_and_what_would_be_right() -> None:
    fault = Fault.at("f.yaml", Kind.JOINED_CONTROLS, (3, 9), ("questions", 0, "text"), about="G-1", word="and")
    assert str(fault) == (
        "f.yaml:3:9: questions[0].text: G-1: “and” may join two controls. "
        "Split it, or give the reason under `joins` if it asks one thing all the same. [joined-controls]"
    )


def test_large_numbers_are_written_as_the_language_does() -> None:
    fault = Fault.at("f.yaml", Kind.TOO_MANY_NODES, limit=20_000)
    assert str(fault) == "f.yaml: has more than 20,000 keys and values. Split it into sections. [too-many-nodes]"
    with language.speaking("es"):
        assert fault.message == "tiene más de 20 000 claves y valores."


@pytest.mark.parametrize(
    "text", ["{0}", "{word.__class__}", "{", "}}", "\x1b[2J", "a\nb\u202e", "[bold]x[/]", "%s", "k" * 9_000]
)
def test_what_a_file_says_is_quoted_and_never_read_as_a_template(text: str) -> None:
    for kind in (Kind.UNKNOWN_ANSWER, Kind.UNKNOWN_KEY):
        fault = Fault.at(text, kind, (1, 1), (text,), id=text, word=text, key=text, nearest=text, about=text)
        assert told(fault).isprintable()
        assert len(fault.message) <= 400
    if text.isprintable() and len(text) < 100:
        assert fault.message == f"{text}: the key {text} is not known."


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError) as caught:
        read_file(tmp_path, "f.yaml")
    assert told(caught.value.faults[0]).startswith("f.yaml: unreadable why=")


def test_an_error_that_the_program_has_no_words_for_is_quoted() -> None:
    error = ValidationError.from_exception_data(
        "x", [InitErrorDetails(type="finite_number", loc=("title",), input=1.0)]
    ).errors()[0]
    fault = validation.fault(read_text("title: x\n", "f.yaml"), error, Level)
    assert told(fault) == "f.yaml:1:8: title: invalid-value said=Input should be a finite number"
