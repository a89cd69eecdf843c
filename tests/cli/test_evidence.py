"""evidence as a person runs it: what is attached, what is told, what comes out again."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.assessment.crafting import alter, read
from tests.assessment.photographs import exif, jpeg, segment
from tests.cli.running import run
from tests.cli.test_commands import depot

__all__ = ["depot"]

PHOTO = jpeg(segment(0xE1, b"Exif\0\0" + exif(orientation=6, position=True)))


@pytest.fixture
def photo(depot: Path) -> Path:
    """A folder with an assessment and a photograph that says where it was taken."""
    (depot / "fence.jpg").write_bytes(PHOTO)
    return depot


def test_what_is_attached_is_listed_and_comes_out_as_it_was(photo: Path) -> None:
    said = run(photo, "evidence", "add", "d.stockcheck", "a-1", "fence.jpg", "--remark", "North side")
    assert said.stdout.startswith("Attached to A-1: #2 fence.jpg (JPEG picture, ")
    assert said.stderr == "fence.jpg says where it was taken. With --strip it is attached without that.\n"
    run(photo, "evidence", "record", "d.stockcheck", "A-2", "Ledger 12, page 3")
    listed = run(photo, "evidence", "list", "d.stockcheck").stdout
    assert "A-1  Is the fence whole?\n  #2 fence.jpg (JPEG picture, " in listed
    assert "      North side\n" in listed
    assert "  #3 record: Ledger 12, page 3\n" in listed
    assert "1 file, 1 record; " in listed
    assert run(photo, "evidence", "list", "d.stockcheck", "A-3").stdout == "Nothing is attached.\n"
    (one,) = json.loads(run(photo, "evidence", "list", "d.stockcheck", "A-1", "--json").stdout)["evidence"]
    assert (one["question"], one["item"], one["name"], one["removed"]) == ("A-1", 2, "fence.jpg", False)
    (photo / "out").mkdir()
    assert run(photo, "evidence", "extract", "d.stockcheck", "#2", "-o", "out").stdout == "Written: out/fence.jpg\n"
    assert (photo / "out" / "fence.jpg").read_bytes() == PHOTO
    assert stat.S_IMODE((photo / "out" / "fence.jpg").stat().st_mode) == 0o600
    assert "exists already" in run(photo, "evidence", "extract", "d.stockcheck", "2", "-o", "out", status=2).stderr
    assert "#3 is a record" in run(photo, "evidence", "extract", "d.stockcheck", "3", "-o", "out", status=2).stderr


def test_stripped_it_says_no_place_any_more_and_stands_the_same_way_up(photo: Path) -> None:
    said = run(photo, "evidence", "add", "d.stockcheck", "A-1", "fence.jpg", "--strip")
    assert ", stripped)" in said.stdout
    assert said.stderr == ""
    run(photo, "evidence", "extract", "d.stockcheck", "2", "-o", "out.jpg")
    out = (photo / "out.jpg").read_bytes()
    assert b"ACME" not in out
    assert len(out) < len(PHOTO)


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (["add", "d.stockcheck", "X-1", "fence.jpg"], 2, "no question with the id “X-1”"),
        (["add", "d.stockcheck", "A-1", "fence.jpg", "no.jpg"], 2, "There is no file no.jpg."),
        (["add", "d.stockcheck", "A-1", "fence.jpg", "fence.jpg"], 2, "is attached to A-1 already"),
        (["add", "d.stockcheck", "A-1", "fence.jpg", "depot.yaml", "--strip"], 2, "depot.yaml cannot be stripped"),
        (["add", "d.stockcheck", "A-1", "d.stockcheck"], 2, "is the assessment itself"),
        (["add", "no.stockcheck", "A-1", "fence.jpg"], 2, "There is no file no.stockcheck"),
        (["record", "d.stockcheck", "A-1", " "], 1, "Say the record's number"),
        (["withdraw", "d.stockcheck", "1"], 2, "No evidence has the number 1"),
        (["withdraw", "d.stockcheck", "x"], 2, "“x” is no entry's number"),
        (["extract", "d.stockcheck", "9", "-o", "out"], 2, "No evidence has the number 9"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_attached(
    photo: Path, arguments: list[str], status: int, why: str
) -> None:
    assert why in run(photo, "evidence", *arguments, status=status).stderr
    assert len(read(photo / "d.stockcheck").events) == 1


def test_taken_back_it_stays_in_the_history_until_it_is_redacted(photo: Path) -> None:
    run(photo, "evidence", "add", "d.stockcheck", "A-1", "fence.jpg")
    run(photo, "evidence", "add", "d.stockcheck", "A-2", "fence.jpg")
    said = run(photo, "evidence", "withdraw", "d.stockcheck", "2").stdout
    assert said.startswith("Taken back from A-1: #2 fence.jpg")
    assert "stockcheck redact, with --part file" in said
    history = run(photo, "show", "d.stockcheck", "--history").stdout
    assert "Evidence attached: fence.jpg (" in history
    assert "Evidence taken back: #2" in history
    said = run(photo, "redact", "d.stockcheck", "2", "--part", "file").stdout
    assert "Its content stays, for other entries have attached the same: #3." in said
    said = run(photo, "redact", "d.stockcheck", "3", "--part", "file").stdout
    assert "The attached file was removed from entry #3." in said
    assert "Its content stays" not in said
    assert b"ACME" not in (photo / "d.stockcheck").read_bytes()
    run(photo, "verify", "d.stockcheck")
    assert "was removed" in run(photo, "evidence", "extract", "d.stockcheck", "3", "-o", "out", status=1).stderr


def test_verify_tells_of_a_file_that_was_changed(photo: Path) -> None:
    run(photo, "evidence", "add", "d.stockcheck", "A-1", "fence.jpg")
    run(photo, "verify", "d.stockcheck")
    alter(photo / "d.stockcheck", "UPDATE attachment SET content = x'00'")
    told = run(photo, "verify", "d.stockcheck", status=1).stderr
    assert "The file that entry 2 has attached was changed by another program." in told
    alter(photo / "d.stockcheck", "UPDATE attachment SET digest = 'ab'")
    told = run(photo, "verify", "d.stockcheck", status=1).stderr
    assert "The file that entry 2 has attached is missing: it was taken out by another program." in told
    assert "A file is kept that no entry names (ab): it was put there by another program." in told


def test_a_name_steers_no_terminal_and_leads_to_no_other_folder(photo: Path) -> None:
    name = "\x1b[2J\u202egpj.exe"
    (photo / name).write_bytes(PHOTO)
    (photo / "out").mkdir()
    said = run(photo, "evidence", "add", "d.stockcheck", "A-1", name)
    assert "\x1b" not in said.stdout + said.stderr
    alter(photo / "d.stockcheck", "UPDATE event SET body = replace(body, '␛[2J', '../../') WHERE seq = 2")
    run(photo, "evidence", "extract", "d.stockcheck", "2", "-o", "out")
    assert [path.name for path in (photo / "out").iterdir()] == ["gpj.exe"]


def test_line_by_line_a_file_and_a_record_are_attached_to_the_question_shown(photo: Path) -> None:
    text = ":go A-1\n:evidence strip: fence.jpg\n:evidence record: Ledger 12\n:evidence\nyes\n"
    said = run(photo, "answer", "d.stockcheck", text=text).stdout
    assert "Attached to A-1: #2 fence.jpg (JPEG picture, " in said
    assert "#3 record: Ledger 12\n" in said
    assert [item.stripped for item in read(photo / "d.stockcheck").state.evidence["A-1"]] == [True, False]
    said = run(photo, "--lang", "es", "answer", "d.stockcheck", text=":ir A-2\n:evidencia referencia: Libro 3\n").stdout
    assert "Adjunto a A-2: #5 referencia: Libro 3" in said
    said = run(photo, "answer", "d.stockcheck", text=":go A-1\n:evidence no.jpg\n", status=1).stderr
    assert "There is no file no.jpg." in said


def test_scores_and_reports_say_how_much_there_is(photo: Path) -> None:
    run(photo, "evidence", "add", "d.stockcheck", "A-1", "fence.jpg")
    run(photo, "answer", "d.stockcheck", text="A-1=no\n")
    found = json.loads(run(photo, "score", "d.stockcheck", "--json").stdout)
    (line,) = [one for one in found["questions"] if one["id"] == "A-1"]
    assert [one["name"] for one in line["evidence"]] == ["fence.jpg"]
    run(photo, "report", "d.stockcheck", "-o", "r.html")
    page = (photo / "r.html").read_text(encoding="utf-8")
    assert "Evidence: 1 file" in page
    assert f"1 file: fence.jpg ({line['evidence'][0]['sha256'][:12]})" in page


def test_questions_are_listed_in_the_language_in_use(tmp_path: Path) -> None:
    run(tmp_path, "new", "d.stockcheck", "-c", "rapid")
    run(tmp_path, "evidence", "record", "d.stockcheck", "PER-01", "Acta 12")
    said = run(tmp_path, "--lang", "es", "evidence", "list", "d.stockcheck").stdout
    assert "PER-01  ¿Hay un cerco" in said
