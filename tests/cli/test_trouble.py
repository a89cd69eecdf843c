"""Whatever the system refuses, and whatever nobody thought of: a sentence, and never a traceback."""

from __future__ import annotations

import datetime as dt
import os
import resource
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from stockcheck.assessed import score_opened
from stockcheck.assessment.file import create, open_file
from stockcheck.errors import AssessmentFileError
from stockcheck.report.excel import write
from tests.assessment.crafting import ON, ROOT, checklist
from tests.cli.running import RUN, begun, called, environment, run
from tests.volume import long, some


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    """A folder with a checklist and an assessment."""
    return begun(tmp_path, "d.stockcheck")


# Names and places

LONG_NAME, LONG_PATH, UNDER_A_FILE = "x" * 256, "x/" * 2500, "depot.yaml/x"


@pytest.mark.parametrize("place", [LONG_NAME, LONG_PATH, UNDER_A_FILE], ids=["long name", "long path", "under a file"])
@pytest.mark.parametrize(
    "command",
    [
        ["report", "d.stockcheck", "-o", "{}.xlsx"],
        ["report", "d.stockcheck", "-o", "{}.xlsx", "--force"],
        ["report", "{}", "-o", "gap.xlsx"],
        ["new", "{}.stockcheck", "-c", "depot.yaml"],
        ["new", "x.stockcheck", "-c", "{}.yaml"],
        ["new", "x.stockcheck", "-c", "{}"],
        ["demo", "{}"],
        ["score", "{}"],
        ["compare", "{}", "{}"],
        ["verify", "{}"],
        ["upgrade", "{}"],
        ["answer", "{}", "--plain"],
        ["checklist", "show", "{}.yaml"],
        ["checklist", "lint", "{}.yaml"],
    ],
    ids=" ".join,
)
def test_a_name_that_cannot_be_is_refused_in_a_sentence(depot: Path, command: list[str], place: str) -> None:
    before = sorted(os.listdir(depot))
    done = called(depot, *(part.format(place) for part in command))
    assert done.returncode in (1, 2)
    assert done.stdout == ""
    assert done.stderr.startswith("stockcheck: ")
    assert "fault of the program" not in done.stderr
    assert sorted(os.listdir(depot)) == before


def test_a_folder_for_a_file_is_refused_in_a_sentence(depot: Path) -> None:
    for command in (["score", "."], ["answer", "."], ["report", ".", "-o", "x.xlsx"], ["checklist", "show", "./"]):
        assert "fault of the program" not in called(depot, *command).stderr


def test_a_name_that_leaves_no_room_for_the_journal_is_refused_before_anything_is_made(depot: Path) -> None:
    before = sorted(os.listdir(depot))
    said = run(depot, "new", "x" * 240 + ".stockcheck", "-c", "depot.yaml", status=1).stderr
    assert "File name too long" in said
    assert sorted(os.listdir(depot)) == before


@pytest.mark.parametrize("name", ["a\0b.stockcheck", "\ud800.stockcheck"])
def test_a_name_that_is_none_is_refused_by_the_functions_too(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with pytest.raises(AssessmentFileError):
        create(path, checklist(), depot="North", marking="", on=ON, by="tester")
    with pytest.raises(AssessmentFileError):
        open_file(path)
    assert os.listdir(tmp_path) == []


# Room

COMMANDS = [["report", "d.stockcheck", "-o", "gap.xlsx"], ["demo"], ["new", "x.stockcheck", "-c", "ammunition"]]


@some("size", [0, 1, 100, 4096, 20_000, 430_000], sample=[0, 430_000])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_without_room_for_all_of_a_file_there_is_none_of_it(depot: Path, command: list[str], size: int) -> None:
    before = sorted(os.listdir(depot))
    done = subprocess.run(
        [*RUN, *command],
        cwd=depot,
        capture_output=True,
        text=True,
        env=environment(),
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size)),
        timeout=60,
    )
    if done.returncode == 0:
        assert size > 4096, "what is small finds room"
        return
    assert done.returncode == 1
    assert "cannot be " in done.stderr
    assert "draft" not in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(os.listdir(depot)) == before


# Standard streams

SPEAKING = [
    ["score", "d.stockcheck"],
    ["score", "d.stockcheck", "--json"],
    ["compare", "d.stockcheck", "d.stockcheck", "--json"],
    ["report", "d.stockcheck", "-o", "gap.xlsx"],
    ["answer", "d.stockcheck", "--plain"],
    ["new", "x.stockcheck", "-c", "depot.yaml"],
    ["verify", "d.stockcheck"],
    ["checklist", "list"],
    ["checklist", "show", "rapid", "--full"],
    ["checklist", "coverage"],
    ["demo"],
    ["--version"],
    ["--help"],
    ["new", "--help"],
]


def started(folder: Path, command: list[str], how: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Have a shell start the program, with a stream redirected."""
    line = " ".join([f"'{part}'" for part in [*RUN, *command]] + [how])
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=environment(**more),
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    return done


LOST = {">/dev/full": "No space left on device", ">&-": "Bad file descriptor"}


@pytest.mark.usefixtures("quick_demo")
@some("how", list(LOST), sample=1)
@pytest.mark.parametrize("command", SPEAKING, ids=" ".join)
def test_output_that_is_lost_is_told(depot: Path, command: list[str], how: str) -> None:
    done = called(depot, *command, how=how)
    assert done.returncode == 1
    assert done.stderr == f"stockcheck: Not everything could be printed: {LOST[how]}.\n"


@pytest.mark.parametrize("buffered", ["", "1"])
@pytest.mark.parametrize("how", LOST)
@pytest.mark.parametrize("command", [["score", "d.stockcheck", "--json"], ["--help"]], ids=" ".join)
def test_output_that_is_lost_from_the_start_is_told(depot: Path, command: list[str], how: str, buffered: str) -> None:
    done = started(depot, command, how, PYTHONUNBUFFERED=buffered)
    assert done.returncode == 1
    assert done.stderr == f"stockcheck: Not everything could be printed: {LOST[how]}.\n"


@long
@pytest.mark.parametrize("how", ["2>&-", "2>/dev/full", "2>&- <&-"])
def test_nobody_who_hears_of_trouble_is_none(depot: Path, how: str) -> None:
    assert called(depot, "report", "d.stockcheck", "-o", "gap.xlsx", how=how).returncode == 0
    assert called(depot, "score", "absent", how=how).returncode == 2
    assert started(depot, ["score", "d.stockcheck"], how).returncode == 0
    assert started(depot, ["score", "absent"], how).returncode == 2


def test_nothing_that_is_said_ends_up_in_a_file(depot: Path) -> None:
    """The number of a closed stream goes to the next file that is opened."""
    for command in (
        ["verify", "d.stockcheck"],
        ["answer", "d.stockcheck", "--plain"],
        ["new", "x.stockcheck", "-c", "depot.yaml"],
        ["report", "x.stockcheck", "-o", "gap.xlsx"],
        ["score", "absent"],
    ):
        started(depot, command, "<&- >&- 2>&-")
    for name in ("d.stockcheck", "x.stockcheck"):
        with open_file(depot / name) as file:
            assert file.record.chain_holds
    openpyxl.load_workbook(depot / "gap.xlsx")


def test_answers_from_a_closed_input_are_refused_in_words(depot: Path) -> None:
    done = started(depot, ["answer", "d.stockcheck"], "<&-")
    assert done.returncode == 2
    assert done.stderr.startswith("stockcheck: Standard input is closed")


# What nobody thought of


def fault(folder: Path, error: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command in which something goes wrong that nobody thought of."""
    code = f"""
import stockcheck.assessment.file as file
def open_file(*_, **__):
    depot = "a leaked depot"
    raise {error}
file.open_file = open_file
from stockcheck.cli import main
main(["score", "d.stockcheck"])
"""
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, env=environment(**more), timeout=60
    )


@pytest.mark.parametrize("error", ["KeyError('a leaked note')", "RecursionError('a leaked note')", "MemoryError()"])
def test_a_fault_of_the_program_is_told_without_anything_of_the_data(tmp_path: Path, error: str) -> None:
    done = fault(tmp_path, error)
    assert done.returncode == 1
    assert f"a fault of the program, not yours: {error.partition('(')[0]} in stockcheck.assessed:" in done.stderr
    assert "What was said to be saved is safe." in done.stderr
    assert "leaked" not in done.stderr
    assert "Traceback" not in done.stderr
    assert "fallo del programa" in fault(tmp_path, error, LC_ALL="es_ES.UTF-8").stderr


def test_what_the_system_refuses_is_told_with_the_files_name(tmp_path: Path) -> None:
    done = fault(tmp_path, "PermissionError(13, 'Permission denied', 'some/\\x1bfile')")
    assert done.returncode == 1
    assert done.stderr.startswith("stockcheck: some/␛file: Permission denied.\n")


def test_a_developer_may_see_it_all(tmp_path: Path) -> None:
    assert "Traceback" in fault(tmp_path, "KeyError('x')", STOCKCHECK_DEBUG="1").stderr


# Clocks


AT_THAT_TIME = """
import sys
from pathlib import Path
from stockcheck import demo
from stockcheck.checklist.library import load
from tests.cli.running import run

demo.load = lambda _path: load("rapid")  # so that it is made in no time
for command in (
    "new x.stockcheck -c depot.yaml",
    "answer x.stockcheck --plain",
    "score x.stockcheck",
    "report x.stockcheck -o gap.xlsx",
    "report x.stockcheck -o gap.xlsx --force",
    "compare d.stockcheck x.stockcheck",
    "demo",
):
    assert "fault" not in run(Path(sys.argv[1]), *command.split()).stderr, command
"""


@pytest.mark.skipif(shutil.which("faketime") is None, reason="needs faketime")
@some("date", ["1970-01-02", "2999-12-31"], sample=1)
def test_a_clock_that_is_wrong_by_decades_is_no_trouble(depot: Path, date: str) -> None:
    clock = ["faketime", f"{date} 12:00:00"]
    subprocess.run([*clock, sys.executable, "-c", AT_THAT_TIME, str(depot)], cwd=ROOT, check=True, timeout=120)
    with open_file(depot / "x.stockcheck") as file:
        assert abs(file.events[0].moment.year - dt.date.today().year) > 50
    openpyxl.load_workbook(depot / "gap.xlsx")
    assert sorted(os.listdir(depot)) == sorted(
        ["d.stockcheck", "demo.stockcheck", "demo.xlsx", "depot.yaml", "gap.xlsx", "sections", "x.stockcheck"]
    )


@pytest.mark.parametrize("year", [1970, 1979, 2108, 2999])
def test_a_report_bears_any_moment(depot: Path, year: int) -> None:
    moment = dt.datetime(year, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
    path = depot / "old.stockcheck"
    create(path, checklist(), depot="North", marking="", on=moment.date(), by="tester", clock=lambda: moment)
    with open_file(path, write=True, by="tester", clock=lambda: moment) as file:
        file.note("A-1", "Seen")
        found = score_opened(file, "en")
    write(found, depot / "gap.xlsx", made=moment)
    assert openpyxl.load_workbook(depot / "gap.xlsx").properties.created.year == year
    write(found, depot / "gap.xlsx", made=moment, force=True)


def test_the_module_runs_as_the_command_does(tmp_path: Path) -> None:
    assert run(tmp_path, "--version").stdout.startswith("stockcheck ")
