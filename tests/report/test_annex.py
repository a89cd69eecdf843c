"""What the results say of a national annex, of the words that a checklist uses, and of whose levels they are."""

from __future__ import annotations

import io
import json
from pathlib import Path

from rich.console import Console

from stockcheck import language
from stockcheck.checklist.loading import compose
from stockcheck.checklist.model import Checklist
from stockcheck.checklist.provenance import provenance_of
from stockcheck.checklist.shipped import shipped
from stockcheck.checklist.translation import in_language
from stockcheck.report.as_json import scorecard_as_json
from stockcheck.report.terminal import print_checklist
from tests.report.showing import MIXED, checklist, printed, sheets, shown
from tests.volume import long

EXAMPLE = shipped() / "examples" / "ammunition-sotavento.yaml"
OWN = "The levels are this checklist’s own"


def told(made: Checklist, spoken: str = "en") -> str:
    """What `checklist show` prints."""
    out = io.StringIO()
    with language.speaking(spoken):
        print_checklist(Console(file=out, width=400), in_language(made, spoken), provenance_of(made), full=False)
    return out.getvalue()


def with_levels_of(made: Checklist) -> Checklist:
    standards = {"S": {"title": "A standard", "kind": "levels-of"}, "T": {"title": "Another"}}
    return Checklist.model_validate({**json.loads(made.content), "standards": standards})


@long
def test_every_face_that_names_a_level_says_whose_levels_they_are(tmp_path: Path) -> None:
    for made, said in ((checklist(), OWN), (with_levels_of(checklist()), "The levels follow S.")):
        one = shown(tmp_path, MIXED, made)
        report = sheets(one, tmp_path)
        for face in (printed(one), report["Summary"], report["Method and words"], told(made)):
            assert (said in face, OWN in face) == (True, said == OWN)
        assert scorecard_as_json(one)["checklist"]["levels_of"] == made.levels_of


def test_without_levels_nothing_is_said_of_them(tmp_path: Path) -> None:
    made = checklist(levels=False)
    one = shown(tmp_path, MIXED, made)
    for face in (printed(one), sheets(one, tmp_path)["Summary"], told(made)):
        assert OWN not in face


def test_show_marks_what_an_annex_changes_and_lists_what_it_drops_and_adds() -> None:
    made, _files = compose(EXAMPLE)
    english, spanish = told(made), told(made, "es")
    (changed,) = [line for line in english.splitlines() if line.startswith("LIM-03")]
    assert "changed by the annex: help" in changed
    assert not [line for line in english.splitlines() if line.startswith("LIM-01") and "annex" in line]
    assert "left out by the annex: No road leads to the islands" in english
    assert "sea-approach  added by the annex: Approach by sea" in english
    assert "omitido por el anexo: Ninguna vía terrestre" in spanish
    assert "SIT-06  ¿" in spanish


@long
def test_the_method_and_the_json_tell_every_difference(tmp_path: Path) -> None:
    made, _files = compose(EXAMPLE)
    one = shown(tmp_path, {}, made, {})
    method = sheets(one, tmp_path)["Method and words"]
    assert made.annex is not None
    for wanted in ("What the national annex changes", "LIM-03\nchanged by the annex: help", "SIT-06", "sea-approach"):
        assert wanted in method, wanted
    assert "left out by the annex: No road leads" in method
    told_in_json = scorecard_as_json(one)["checklist"]["annex"]
    assert [base["sha256"] for base in told_in_json["extends"]] == [made.annex.extends[0].digest]
    assert set(told_in_json["changed"]) == {"LIM-03", "LCK-12"}
    assert [dropped["id"] for dropped in told_in_json["dropped"]] == ["SIT-06"]
    assert told_in_json["added"] == ["sea-approach"]


def test_the_cover_says_in_words_that_it_is_an_annex_by_its_own_account(tmp_path: Path) -> None:
    made, _files = compose(EXAMPLE)
    cover = sheets(shown(tmp_path, {}, made, {}), tmp_path)["Summary"]
    assert "ADAPTED: by its own account a national annex of ammunition " in cover


def test_the_method_tells_the_words_that_the_checklist_uses_and_no_other(tmp_path: Path) -> None:
    made, _files = compose(shipped() / "gender.yaml")
    method = sheets(shown(tmp_path, {}, made, {}), tmp_path)["Method and words"]
    assert "Words that the checklist uses" in method
    assert "Net explosive quantity" not in method
    assert all(term.text in method for term in made.glossary)
    assert "Words that the checklist uses" not in sheets(shown(tmp_path, MIXED), tmp_path)["Method and words"]
