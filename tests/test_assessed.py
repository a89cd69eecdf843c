"""One file opened, verified and scored: what every command that tells a result starts from."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from stockcheck.answers.answer import Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessed import score_file
from stockcheck.assessment.file import create, open_file
from stockcheck.checklist.library import load
from stockcheck.checklist.provenance import Origin
from stockcheck.errors import AssessmentFileError, UsageError
from tests.assessment.crafting import ON, alter
from tests.scoring.building import built, control

DEPOT = built(control("A-1", weight=3), control("A-2"), control("A-3"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A depot with A-1 in place, A-2 not, and A-3 set aside and countersigned."""
    path = tmp_path / "d.stockcheck"
    create(path, DEPOT, depot="North", marking="", on=ON, by="Ana")
    with open_file(path, write=True, by="Ana") as file:
        for name, answer in (("A-1", Answer("yes")), ("A-2", Answer("no")), ("A-3", not_applicable("A cave"))):
            file.answer(DEPOT.question[name], answer)
    with open_file(path, write=True, by="Ben") as file:
        file.review("A-3", True)
    return path


def test_a_file_is_scored_by_what_stands_in_it_countersignatures_too(path: Path) -> None:
    one = score_file(path, "en")
    assert one.scorecard.overall.lower == Fraction(3, 4)
    assert one.state.depot == "North"
    assert one.checklist == DEPOT
    assert (one.record.entries, one.record.chain_holds) == (5, True)


def test_a_file_that_somebody_changed_is_scored_and_its_record_tells_of_it(path: Path) -> None:
    alter(path, 'UPDATE event SET body = \'{"value":"yes"}\' WHERE seq = 3')
    one = score_file(path, "en")
    assert one.scorecard.overall.lower == 1
    assert not one.record.chain_holds


def test_what_is_no_file_or_no_assessment_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no file"):
        score_file(tmp_path / "d.stockcheck", "en")
    (tmp_path / "d.stockcheck").write_bytes(b"x" * 1000)
    with pytest.raises(AssessmentFileError, match="is not a stockcheck assessment"):
        score_file(tmp_path / "d.stockcheck", "en")


def test_its_texts_are_in_the_language_of_the_report_and_its_origin_is_told_by_what_it_is(tmp_path: Path) -> None:
    shipped = load("rapid")
    create(tmp_path / "d.stockcheck", shipped, depot="North", marking="", on=ON, by="Ana")
    spanish, english = (score_file(tmp_path / "d.stockcheck", code) for code in ("es", "en"))
    assert english.checklist == shipped
    assert spanish.checklist.title != shipped.title
    assert all(line.question.text != shipped.question[line.question.id].text for line in spanish.scorecard.lines)
    assert spanish.provenance == english.provenance
    assert spanish.provenance.origin is Origin.SHIPPED
    assert spanish.provenance.digest == shipped.digest
