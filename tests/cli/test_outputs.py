"""What a command writes takes the place of what the program made itself, if of anything."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from stockcheck import demo
from stockcheck.assessment.file import open_file
from stockcheck.errors import UsageError
from stockcheck.files import destination
from stockcheck.report.output import over_reports
from tests.cli.running import begun, run
from tests.conftest import make_demos_quick
from tests.depot import checklist_file
from tests.volume import long

pytestmark = pytest.mark.usefixtures("quick_demo")


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    """A folder with a checklist and an assessment."""
    return begun(tmp_path, "d.stockcheck", "--date", "2026-03-01")


def report_refused(depot: Path, output: str, said: str) -> None:
    """A report to `output`, with --force, is refused in words, and nothing in the folder has changed."""
    before = everything(depot)
    assert said in run(depot, "report", "d.stockcheck", "-o", output, "--force", status=2).stderr
    assert everything(depot) == before


def everything(folder: Path) -> dict[Path, tuple[int, bytes]]:
    """Which file each name is, and what is in it."""
    return {path: (path.lstat().st_ino, path.read_bytes() if path.is_file() else b"") for path in folder.rglob("*")}


def _same_name(depot: Path) -> None:
    (depot / "d.stockcheck").rename(depot / "out.xlsx")
    (depot / "d.stockcheck").symlink_to("out.xlsx")


def _link(depot: Path) -> None:
    (depot / "out.xlsx").symlink_to("d.stockcheck")


def _link_to_a_link(depot: Path) -> None:
    (depot / "between").symlink_to("d.stockcheck")
    (depot / "out.xlsx").symlink_to("between")


def _second_name(depot: Path) -> None:
    os.link(depot / "d.stockcheck", depot / "out.xlsx")


@pytest.mark.parametrize("arrange", [_same_name, _link, _link_to_a_link, _second_name])
def test_a_report_never_replaces_what_it_is_made_from(depot: Path, arrange: Callable[[Path], None]) -> None:
    arrange(depot)
    report_refused(depot, "out.xlsx", "is the assessment that the report is made from.")


def test_another_case_of_the_name_is_the_same_file_where_the_system_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os.path, "samefile", lambda one, other: str(one).casefold() == str(other).casefold())
    judge = over_reports(force=True, made_from=[tmp_path / "W.XLSX"])
    with pytest.raises(UsageError, match="made from"):
        judge(tmp_path / "w.xlsx")


def test_a_report_never_replaces_another_assessment(depot: Path) -> None:
    run(depot, "new", "other.stockcheck", "--checklist", "depot.yaml")
    (depot / "other.stockcheck").rename(depot / "v.xlsx")
    report_refused(depot, "v.xlsx", "v.xlsx is an assessment; no report is written over it.")
    (depot / "damaged.xlsx").write_bytes((depot / "v.xlsx").read_bytes()[:5000])
    report_refused(depot, "damaged.xlsx", "damaged.xlsx is an assessment")
    (depot / "link.xlsx").symlink_to("v.xlsx")
    report_refused(depot, "link.xlsx", "v.xlsx is an assessment")


def _workbook(path: Path, **properties: str) -> None:
    workbook = openpyxl.Workbook()
    for name, value in properties.items():
        setattr(workbook.properties, name, value)
    workbook.save(path)


def _zip(path: Path, core: bytes, *, more: int = 0) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/core.xml", core)
        for number in range(more):
            archive.writestr(str(number), b"")


CORE = b'<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>%s</dc:creator></p>'
FOREIGN: dict[str, Callable[[Path], object]] = {
    "nothing in it": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("PK of a kind"),
    "somebody else's workbook": lambda path: _workbook(path, creator="accounts"),
    "a workbook about stockcheck": lambda path: _workbook(path, creator="accounts", title="stockcheck"),
    "a zip file without properties": lambda path: zipfile.ZipFile(path, "w").close(),
    "properties that are no XML": lambda path: _zip(path, b"stockcheck"),
    "properties without end": lambda path: _zip(path, CORE % (b"stockcheck" + b" " * 50_000_000)),
    "an entity": lambda path: _zip(path, b'<!DOCTYPE p [<!ENTITY e "stockcheck">]>' + CORE % b"&e;"),
    "more files than a report has": lambda path: _zip(path, CORE % b"stockcheck", more=2000),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_report_never_replaces_what_the_program_did_not_make(depot: Path, kind: str) -> None:
    FOREIGN[kind](depot / "out.xlsx")
    report_refused(depot, "out.xlsx", "out.xlsx is not a report of this program, and stays as it is.")


def test_a_report_replaces_an_earlier_one_only_when_told_to(depot: Path) -> None:
    run(depot, "report", "d.stockcheck", "-o", "out.xlsx")
    first = (depot / "out.xlsx").read_bytes()
    said = run(depot, "report", "d.stockcheck", "-o", "out.xlsx", status=2).stderr
    assert "out.xlsx exists already.\nGive another name, or --force to write over it." in said
    assert (depot / "out.xlsx").read_bytes() == first
    (depot / "link.xlsx").symlink_to("out.xlsx")
    run(depot, "report", "d.stockcheck", "-o", "link.xlsx", "--force")
    assert (depot / "link.xlsx").is_symlink()
    assert openpyxl.load_workbook(depot / "out.xlsx").properties.creator == "stockcheck"


@pytest.mark.parametrize(
    "change",
    [
        lambda page: b"",
        lambda page: b"<!DOCTYPE html>\n<html><head><title>stockcheck gap report</title></head></html>",
        lambda page: b"\n" + page,
        lambda page: page.replace(b"stockcheck gap report", b"stockcheck gap reporter"),
        lambda page: page.replace(b"<head>", b"<head><base href='/'>"),
    ],
    ids=["nothing in it", "somebody else's page", "saved elsewhere", "another program's", "edited"],
)
def test_a_page_replaces_an_earlier_page_of_this_program_alone(depot: Path, change: Callable[[bytes], bytes]) -> None:
    run(depot, "report", "d.stockcheck", "-o", "out.html")
    page = (depot / "out.html").read_bytes()
    assert "out.html exists already." in run(depot, "report", "d.stockcheck", "-o", "out.html", status=2).stderr
    run(depot, "report", "d.stockcheck", "-o", "out.html", "--force")
    (depot / "out.html").write_bytes(change(page))
    said = run(depot, "report", "d.stockcheck", "-o", "out.html", "--force", status=2).stderr
    assert "out.html is not an HTML report of this program, and stays as it is." in said
    assert (depot / "out.html").read_bytes() == change(page)


def test_a_page_replaces_neither_an_assessment_nor_a_workbook(depot: Path) -> None:
    run(depot, "report", "d.stockcheck", "-o", "out.xlsx")
    for name, kept, why in (
        ("v.html", "d.stockcheck", "is an assessment"),
        ("w.html", "out.xlsx", "is not an HTML report of this program"),
    ):
        (depot / name).write_bytes((depot / kept).read_bytes())
        assert why in run(depot, "report", "d.stockcheck", "-o", name, "--force", status=2).stderr
    (depot / "d.html").symlink_to("d.stockcheck")
    said = run(depot, "report", "d.stockcheck", "-o", "d.html", "--force", status=2).stderr
    assert "d.stockcheck" in said


def test_a_report_that_another_program_has_saved_is_still_known(depot: Path) -> None:
    run(depot, "report", "d.stockcheck", "-o", "out.xlsx")
    workbook = openpyxl.load_workbook(depot / "out.xlsx")
    workbook.properties.lastModifiedBy = "a reader"
    workbook.save(depot / "out.xlsx")
    run(depot, "report", "d.stockcheck", "-o", "out.xlsx", "--force")


def test_the_output_is_looked_at_before_the_work(depot: Path) -> None:
    (depot / "out.xlsx").write_text("mine")
    (depot / "d.stockcheck").write_bytes(b"no assessment any more")
    assert "out.xlsx is not a report" in run(depot, "report", "d.stockcheck", "-o", "out.xlsx", status=2).stderr


# The demo


@pytest.fixture(scope="module")
def demo_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for all, to be copied."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        make_demos_quick(patch)
        demo_run(folder)
    return folder


@pytest.fixture
def made(demo_made: Path, tmp_path: Path) -> Path:
    """A folder with the demo, as it was made."""
    shutil.copytree(demo_made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def demo_run(folder: Path, *options: str, status: int = 0) -> str:
    done = run(folder, "demo", *options, status=status)
    assert sorted(name for name in os.listdir(folder) if name.startswith(".") or name.endswith(".lock")) == []
    return done.stderr


def answer(folder: Path, line: str) -> None:
    """Go on with the demo, as one does who tries it."""
    with open_file(folder / "demo.stockcheck", write=True, by="demonstration") as file:
        file.note("PER-01", line)


def test_an_untouched_demo_is_made_anew(made: Path) -> None:
    before = [(made / name).read_bytes() for name in ("demo.stockcheck", "demo.xlsx")]
    demo_run(made)
    assert [(made / name).read_bytes() for name in ("demo.stockcheck", "demo.xlsx")] == before
    run(made, "--lang", "es", "demo")
    demo_run(made)


def test_a_demo_that_somebody_went_on_with_is_made_anew_only_when_told_to(made: Path) -> None:
    answer(made, "What I tried")
    before = (made / "demo.stockcheck").read_bytes()
    assert "Somebody has gone on with the demo in demo.stockcheck." in demo_run(made, status=2)
    assert (made / "demo.stockcheck").read_bytes() == before
    demo_run(made, "--force")
    with open_file(made / "demo.stockcheck") as file:
        assert "PER-01" not in file.state.notes or file.state.notes["PER-01"] != "What I tried"


def test_one_entry_with_the_demos_name_and_a_minute_of_the_demos_is_still_somebodys(
    made: Path,
) -> None:
    with open_file(made / "demo.stockcheck") as file:
        last = file.events[-1].moment

    def clock() -> dt.datetime:
        return last + dt.timedelta(minutes=2)

    with open_file(made / "demo.stockcheck", write=True, by="demonstration", clock=clock) as file:
        file.note("PER-01", "x")
    demo_run(made, status=2)


@pytest.mark.parametrize("options", [[], ["--force"]])
def test_an_assessment_called_demo_is_never_replaced(depot: Path, options: list[str]) -> None:
    (depot / "d.stockcheck").rename(depot / "demo.stockcheck")
    before = (depot / "demo.stockcheck").read_bytes()
    said = demo_run(depot, *options, status=2)
    assert "demo.stockcheck is an assessment of somebody's own, not a demo." in said
    assert (depot / "demo.stockcheck").read_bytes() == before
    assert not (depot / "demo.xlsx").exists()


@pytest.mark.parametrize("content", [b"", b"text", b"SQLite format 3\0" + bytes(100)])
def test_what_is_no_sound_assessment_is_not_replaced_by_a_demo(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "demo.stockcheck").write_bytes(content)
    assert "demo.stockcheck is not a demo" in demo_run(tmp_path, "--force", status=2)
    assert (tmp_path / "demo.stockcheck").read_bytes() == content


def test_a_link_called_demo_leads_to_what_is_judged(depot: Path) -> None:
    (depot / "demo.stockcheck").symlink_to("d.stockcheck")
    before = (depot / "d.stockcheck").read_bytes()
    assert "not a demo" in demo_run(depot, "--force", status=2)
    assert (depot / "d.stockcheck").read_bytes() == before


def test_a_demo_that_is_open_in_another_program_is_left_alone(made: Path) -> None:
    before = (made / "demo.stockcheck").read_bytes()
    with open_file(made / "demo.stockcheck", write=True, by="reader"):
        said = run(made, "demo", "--force", status=1).stderr
    assert "demo.stockcheck is open in another program" in said
    assert (made / "demo.stockcheck").read_bytes() == before


def test_the_report_of_a_real_assessment_is_never_replaced_by_a_demo(made: Path) -> None:
    checklist_file(made)
    run(made, "new", "d.stockcheck", "--checklist", "depot.yaml")
    run(made, "report", "d.stockcheck", "-o", "demo.xlsx", "--force")
    before = [(made / name).read_bytes() for name in ("demo.stockcheck", "demo.xlsx")]
    for options in ([], ["--force"]):
        assert "demo.xlsx is a report, and not the demo's." in demo_run(made, *options, status=2)
    assert [(made / name).read_bytes() for name in ("demo.stockcheck", "demo.xlsx")] == before


def _comment_in_excel(path: Path) -> None:
    workbook = openpyxl.load_workbook(path)
    workbook.properties.lastModifiedBy = "a reader"
    workbook.save(path)


def _edit_and_cover_up(path: Path) -> None:
    """As a program does that keeps every property."""
    copy = path.with_suffix(".copy")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    copy.rename(path)


@long
@pytest.mark.parametrize("edit", [_comment_in_excel, _edit_and_cover_up])
def test_a_demo_report_that_somebody_changed_is_replaced_only_when_told_to(
    made: Path, edit: Callable[[Path], None]
) -> None:
    edit(made / "demo.xlsx")
    before = (made / "demo.xlsx").read_bytes()
    assert "demo.xlsx was changed since the demo was made." in demo_run(made, status=2)
    assert (made / "demo.xlsx").read_bytes() == before
    demo_run(made, "--force")


def test_a_later_report_of_the_demo_is_not_the_one_the_demo_made(made: Path) -> None:
    run(made, "report", "demo.stockcheck", "-o", "demo.xlsx", "--force")
    demo_run(made, status=2)
    demo_run(made, "--force")


def test_a_journal_of_an_old_demo_is_not_taken_for_a_part_of_the_new_one(tmp_path: Path) -> None:
    (tmp_path / "demo.stockcheck-journal").write_bytes(b"of a file that was moved away")
    assert "demo.stockcheck-journal was left behind" in demo_run(tmp_path, status=2)
    assert os.listdir(tmp_path) == ["demo.stockcheck-journal"]


def test_nothing_of_the_old_demo_goes_before_the_new_one_is_ready(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (made / "demo.stockcheck").read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(demo, "_fill", fail)
    with pytest.raises(Exception, match=r"demo\.stockcheck cannot be made: No space left"):
        demo.make(made)
    assert (made / "demo.stockcheck").read_bytes() == before
    assert sorted(os.listdir(made)) == ["demo.stockcheck", "demo.xlsx"]


def test_a_copy_of_the_demo_is_marked_as_one(made: Path) -> None:
    shutil.copy(made / "demo.stockcheck", made / "copy.stockcheck")
    with open_file(made / "copy.stockcheck") as file:
        assert file.state.demo


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm", ".lock", "-JOURNAL", ".Lock"])
def test_nothing_is_made_under_a_name_that_belongs_to_another_file(depot: Path, ending: str) -> None:
    before = everything(depot)
    said = run(depot, "new", f"d.stockcheck{ending}", "--checklist", "depot.yaml", status=2).stderr
    assert f"d.stockcheck{ending} would be taken for a part of another file." in said
    said = run(depot, "--lang", "es", "new", f"e{ending}", "--checklist", "depot.yaml", status=2).stderr
    assert f"e{ending} se tomaría por una parte de otro archivo." in said
    assert everything(depot) == before
    (depot / "gap.xlsx").symlink_to(f"d.stockcheck{ending}")
    (depot / f"d.stockcheck{ending}").touch()
    with pytest.raises(UsageError, match="a part of another file"):
        destination(depot / "gap.xlsx", lambda _path: None)


@pytest.mark.parametrize("content", ["an assessment", "a text"])
@pytest.mark.parametrize("ending", ["-journal", "-wal", ".lock"])
def test_no_command_deletes_or_changes_what_lies_beside_an_assessment(depot: Path, ending: str, content: str) -> None:
    beside = depot / f"d.stockcheck{ending}"
    if content == "an assessment":
        run(depot, "new", "other", "--checklist", "depot.yaml")
        (depot / "other").rename(beside)
    else:
        beside.write_text("what somebody wrote")
    before = everything(depot)
    read_only = ending == ".lock"
    for command in (["score"], ["verify"], ["compare", "d.stockcheck"], ["report", "-o", "gap.xlsx"]):
        done = run(depot, command[0], "d.stockcheck", *command[1:], status=0 if read_only else 1)
        assert read_only or f"d.stockcheck{ending} lies beside the assessment" in done.stderr
        (depot / "gap.xlsx").unlink(missing_ok=True)
    for command in (["answer", "--plain"], ["redact", "1", "--part", "depot"]):
        said = run(depot, command[0], "d.stockcheck", *command[1:], status=1).stderr
        assert f"d.stockcheck{ending}" in said
        assert "was not made by this program" in said
    assert everything(depot) == before
