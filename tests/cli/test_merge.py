"""merge as a person runs it: what is said, in both languages, what is written, and the status that goes with it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.assessment.crafting import alter
from tests.assessment.crafting import read as read_file
from tests.cli.running import RUN, environment, run
from tests.depot import checklist_file

OURS, THEIRS, BOTH = "d.stockcheck", "usb/d.stockcheck", "both.stockcheck"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two copies of an assessment of North, in which A-1 has been answered."""
    checklist_file(tmp_path)
    (tmp_path / "usb").mkdir()
    run(tmp_path, "new", OURS, "-c", "depot.yaml", "--depot", "North", "--by", "Ana")
    given(tmp_path, OURS, "Ana", "A-1=partial")
    shutil.copy(tmp_path / OURS, tmp_path / THEIRS)
    return tmp_path


def given(folder: Path, file: str, by: str, *lines: str) -> None:
    run(folder, "answer", file, "--by", by, text="\n".join(lines) + "\n")


@pytest.fixture
def apart(folder: Path) -> Path:
    """The same, with A-1 and its note in conflict."""
    given(folder, OURS, "Ana", "A-1=yes", "A-3=locks", ":go A-1", ":note seen")
    given(folder, THEIRS, "Ben [bold]", "A-1=no", "B-1=yes", ":go A-1", ":note unseen")
    return folder


def merge(folder: Path, *more: str, status: int = 0) -> Any:
    return run(folder, "merge", OURS, THEIRS, "-o", BOTH, *more, status=status)


def test_without_a_conflict_it_is_written_at_once_and_says_what_came_from_where(folder: Path) -> None:
    given(folder, OURS, "Ana", "A-3=locks", "A-4=3")
    given(folder, THEIRS, "Ben", "kinds=rounds", "B-1=yes")
    before = [(folder / name).read_bytes() for name in (OURS, THEIRS)]
    said = merge(folder, "--by", "Mia").stdout.splitlines()
    assert said[:3] == [
        "Written: both.stockcheck. The two copies have 2 entries in common.",
        "  d.stockcheck: 2 entries since, of them 2 answers; by Ana (2)",
        "  usb/d.stockcheck: 2 entries since, of them 2 answers; by Ben (2)",
    ]
    assert [(folder / name).read_bytes() for name in (OURS, THEIRS)] == before
    assert (folder / BOTH).stat().st_mode & 0o777 == 0o600
    history = run(folder, "show", BOTH, "--history").stdout
    assert "Mia: A second copy was brought in: the 2 entries that follow are from there" in history
    assert "Ana: 3 answers" in history
    assert "Ben: 2 answers" in history
    run(folder, "verify", BOTH)


def test_a_conflict_is_listed_with_who_and_when_and_nothing_is_written(apart: Path) -> None:
    done = merge(apart, status=1)
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert lines[0] == "A-1: Is the fence whole?"
    begins = ("  before: Partial (Ana, ", "  d.stockcheck: Yes (Ana, ", "  usb/d.stockcheck: No (Ben [bold], ")
    for line, words in zip(lines[1:4], begins, strict=True):
        assert line.startswith(words)
        assert line.endswith(" UTC)")
    assert lines[4] == "A-1:note: Is the fence whole?"
    assert "Nothing was written: 2 things were recorded differently in both copies." in done.stderr
    assert not (apart / BOTH).exists()
    data = json.loads(merge(apart, "--json", status=1).stdout)
    assert data["written"] is None
    assert [(one["id"], one["kind"], one["ours"]["value"], one["theirs"]["by"]) for one in data["conflicts"]] == [
        ("A-1", "answer", {"value": "yes"}, "Ben [bold]"),
        ("A-1:note", "note", "seen", "Ben [bold]"),
    ]


def test_what_is_decided_is_said_and_recorded(apart: Path) -> None:
    said = merge(apart, "--theirs", "--take", "A-1:note=both", "--by", "Mia").stdout
    assert "  decided: A-1 as in usb/d.stockcheck: No" in said
    assert "  decided: A-1:note as in both: seen unseen" in said
    assert [(one.by, one.kind) for one in read_file(apart / BOTH).events[-2:]] == [("Mia", "answer"), ("Mia", "note")]
    data = json.loads(run(apart, "merge", OURS, THEIRS, "-o", "c.stockcheck", "--take", "A-1=ours", "--json").stdout)
    assert [one["decided"] for one in data["conflicts"]] == ["ours", "ours"]
    assert (data["written"], data["common"], data["first"], data["second"]) == ("c.stockcheck", 2, 3, 3)


@pytest.mark.parametrize(
    ("take", "words"),
    [
        ("A-1", "--take A-1 decides nothing"),
        ("A-1=mine", "--take A-1=mine decides nothing"),
        ("B-1=ours", "In conflict: A-1, A-1:note."),
        ("A-1:flag=ours", "that is not in conflict"),
    ],
)
def test_a_decision_about_nothing_is_a_wrong_call(apart: Path, take: str, words: str) -> None:
    assert words in merge(apart, "--take", take, status=2).stderr


def test_what_cannot_be_brought_together_is_said_in_a_sentence(apart: Path) -> None:
    run(apart, "new", "s.stockcheck", "-c", "depot.yaml", "--depot", "South")
    done = run(apart, "merge", OURS, "s.stockcheck", "-o", BOTH, status=1)
    assert "d.stockcheck (North) and s.stockcheck (South) are two assessments" in done.stderr
    assert "exclude each other" in merge(apart, "--ours", "--theirs", status=2).stderr
    assert "exists already" in run(apart, "merge", OURS, THEIRS, "-o", OURS, "--ours", status=2).stderr
    (apart / BOTH).symlink_to("elsewhere")
    assert "both.stockcheck exists already" in merge(apart, "--ours", status=2).stderr
    assert not (apart / "elsewhere").exists()
    alter(apart / THEIRS, "UPDATE event SET by = 'Eve' WHERE seq = 3")
    assert (
        "usb/d.stockcheck: the history was changed"
        in run(apart, "merge", OURS, THEIRS, "-o", "c.stockcheck", status=1).stderr
    )


def test_nothing_to_bring_together_is_no_error(folder: Path) -> None:
    assert "hold the same" in merge(folder).stdout
    given(folder, OURS, "Ana", "A-3=locks")
    assert "d.stockcheck holds all that is in usb/d.stockcheck" in merge(folder).stdout
    swapped = run(folder, "merge", THEIRS, OURS, "-o", BOTH)
    assert "d.stockcheck holds all that is in usb/d.stockcheck" in swapped.stdout
    assert not (folder / BOTH).exists()


def test_a_code_of_the_second_copy_is_told_as_what_it_is(folder: Path) -> None:
    given(folder, OURS, "Ana", "A-3=locks")
    given(folder, THEIRS, "Ben", "B-1=yes")
    codes = [read_file(folder / name).events[-1].hash[:12] for name in (OURS, THEIRS)]
    merge(folder)
    assert (
        "the code of the copy that entry 4 has brought in"
        in run(folder, "verify", BOTH, "--against", codes[1], status=1).stderr
    )
    assert "Up to that code it is what it was" in run(folder, "verify", BOTH, "--against", codes[0], status=1).stderr


@pytest.mark.parametrize(("lang", "words"), [("en", ("ours", "both")), ("es", ("primera", "ambas"))])
def test_at_a_terminal_it_asks_one_by_one(apart: Path, lang: str, words: tuple[str, str]) -> None:
    call = [*RUN[1:], "--lang", lang, "merge", OURS, THEIRS, "-o", BOTH, "--by", "Mia"]
    child = pexpect.spawn(RUN[0], call, cwd=apart, env=environment(), encoding="utf-8", timeout=60)
    child.expect("A-1: ")
    child.sendline("both")  # of an answer there are not two
    child.expect("A-1=|ID=")
    child.sendline(words[0])
    child.expect("A-1:note")
    child.sendline(words[1])
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    state = read_file(apart / BOTH).state
    assert (state.entries["A-1"].answer.value, state.notes["A-1"]) == ("yes", "seen\nunseen")


def test_who_stops_before_all_is_decided_has_written_nothing(apart: Path) -> None:
    call = [*RUN[1:], "merge", OURS, THEIRS, "-o", BOTH]
    child = pexpect.spawn(RUN[0], call, cwd=apart, env=environment(), encoding="utf-8", timeout=60)
    child.expect("A-1: ")
    child.sendline("A-1:note=ours")
    child.sendline("quit")
    child.expect("Nothing was written: 1 thing")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 1
    assert not (apart / BOTH).exists()
