"""report: the same bytes when asked for, chosen sheets, another paper, a password, and how far it is."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import msoffcrypto
import openpyxl
import pexpect
import pytest

from stockcheck.demo import make
from stockcheck.errors import UsageError
from stockcheck.spreadsheet import locking
from tests.cli.running import environment, run
from tests.conftest import make_demos_quick
from tests.volume import long


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a demo's assessment in it."""
    folder = tmp_path_factory.mktemp("depot")
    with pytest.MonkeyPatch.context() as patch:
        make_demos_quick(patch)
        make(folder)
    return folder


def report(depot: Path, out: Path, *more: str, **keys: Any) -> Any:
    return run(depot, "--lang", "en", "report", "demo.stockcheck", "-o", out, "--force", *more, **keys)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["--made", "2026-07-01T10:00"], ["--made", "2026-07-01T12:00+02:00"]),
        (["--made", "1970-01-01"], ["--made", "1970-01-01T00:00Z"]),
        (["--made", "2200-01-01"], ["--made", "2200-01-01 00:00:00.7"]),
        (["--made", "0001-01-01"], ["--made", "0001-01-01T00:00"]),
    ],
)
def test_one_moment_gives_one_file(depot: Path, tmp_path: Path, first: list[str], second: list[str]) -> None:
    only = ["--only", "Scores", "--only", "sc_assessment"]
    report(depot, tmp_path / "a.xlsx", *first, *only)
    report(depot, tmp_path / "b.xlsx", *second, *only)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["Scores", "sc_assessment"]


def test_the_moment_of_a_build_counts_unless_another_is_given(depot: Path, tmp_path: Path) -> None:
    only = ["--only", "sc_assessment"]
    report(depot, tmp_path / "a.xlsx", *only, SOURCE_DATE_EPOCH="86400")
    report(depot, tmp_path / "b.xlsx", *only, "--made", "1970-01-02")
    report(depot, tmp_path / "c.xlsx", *only, "--made", "1970-01-03", SOURCE_DATE_EPOCH="86400")
    a, b, c = ((tmp_path / f"{name}.xlsx").read_bytes() for name in "abc")
    assert a == b != c


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--made", "yesterday"], "“yesterday” is no moment."),
        (["--made", "0001-01-01T00:00+14:00"], "is no moment."),
        (["--paper", "a3"], "“a3” is no size of paper."),
        (["--only", "Score"], "Did you mean “Scores”?"),
        (["--only", "nothing like it"], "Its sheets are: "),
        (["--password-file", "none.txt"], "none.txt cannot be read"),
        (["--password-file", "."], " cannot be read"),
    ],
)
def test_a_choice_that_there_is_not_is_refused(depot: Path, tmp_path: Path, wrong: list[str], said: str) -> None:
    done = report(depot, tmp_path / "a.xlsx", *wrong, status=2)
    assert said in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("epoch", ["soon", "99999999999999999999", "1.5"])
def test_a_moment_of_a_build_that_is_none_is_refused(depot: Path, tmp_path: Path, epoch: str) -> None:
    assert "which is no moment" in report(depot, tmp_path / "a.xlsx", status=2, SOURCE_DATE_EPOCH=epoch).stderr


def test_sheets_bring_what_their_lists_look_into(depot: Path, tmp_path: Path) -> None:
    report(depot, tmp_path / "a.xlsx", "--only", "action PLAN")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames[:2] == ["Action plan", "Lists"]


@long
def test_every_sheet_is_laid_out_for_the_paper(depot: Path, tmp_path: Path) -> None:
    report(depot, tmp_path / "a.xlsx", "--paper", "letter")
    assert {sheet.page_setup.paperSize for sheet in openpyxl.load_workbook(tmp_path / "a.xlsx")} == {1}


def test_the_end_of_the_name_chooses_the_face(depot: Path, tmp_path: Path) -> None:
    out = tmp_path / "gap.HTML"
    done = report(depot, out, "--only", "action plan", "--paper", "letter", "--made", "2026-07-01")
    assert "Written: " in done.stdout
    text = out.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert "size: letter portrait" in text
    assert out.stat().st_mode & 0o777 == 0o600
    refused = report(depot, tmp_path / "gap.pdf", status=2).stderr
    assert "should end in .xlsx, for a workbook, or in .html, for a page." in refused


def test_a_page_has_no_password(depot: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("open sesame")
    done = report(depot, tmp_path / "gap.html", "--password-file", str(tmp_path / "secret"), status=2)
    assert "An HTML page cannot be locked with a password." in done.stderr
    assert not (tmp_path / "gap.html").exists()


@pytest.mark.parametrize("content", [b"open ses\xc3\xa1me\n", b"\xef\xbb\xbfopen ses\xc3\xa1me\r\nsecond line"])
def test_a_password_opens_the_report_and_nothing_else_does(depot: Path, tmp_path: Path, content: bytes) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(content)
    report(depot, tmp_path / "a.xlsx", "--only", "Scores", "--password-file", str(secret))
    assert (tmp_path / "a.xlsx").stat().st_mode & 0o777 == 0o600
    with (tmp_path / "a.xlsx").open("rb") as file:
        locked = msoffcrypto.OfficeFile(file)
        assert locked.is_encrypted()
        with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
            locked.load_key(password="another", verify_password=True)
        locked.load_key(password="open sesáme", verify_password=True)
        plain = io.BytesIO()
        locked.decrypt(plain, verify_integrity=True)
    assert openpyxl.load_workbook(plain).sheetnames == ["Scores"]


@pytest.mark.parametrize("content", [b"", b"\n", b"x" * 256, b"x" * 5000, b"\xff\n"])
def test_what_is_no_password_is_refused(depot: Path, tmp_path: Path, content: bytes) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(content)
    assert "password" in report(depot, tmp_path / "a.xlsx", "--password-file", str(secret), status=2).stderr
    assert not (tmp_path / "a.xlsx").exists()


def test_without_the_library_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "find_spec", lambda _name: None)
    with pytest.raises(UsageError, match=r"stockcheck\[protect\]"):
        locking.check_can_lock()


@long
def test_how_far_it_is_is_told_at_a_terminal_alone_and_is_gone_at_the_end(depot: Path, tmp_path: Path) -> None:
    at_once = "from stockcheck.cli import main, reports; reports._PATIENCE = 0; main()"
    call = ["--lang", "en", "report", "demo.stockcheck", "--force", "-o"]
    terminal = pexpect.spawn(
        sys.executable,
        ["-c", at_once, *call, str(tmp_path / "a.xlsx")],
        cwd=str(depot),
        env=environment(),
        timeout=60,
        encoding="utf-8",
    )
    terminal.expect_exact("\rWriting the report: Scores …")
    terminal.expect_exact("\rWriting the file …")
    terminal.expect(r"\r +\rWritten: ")
    terminal.expect(pexpect.EOF)
    assert report(depot, tmp_path / "b.xlsx").stderr == ""
