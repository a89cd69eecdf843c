"""show and set: what a file is, what was put right, the days of a sitting, and a clock that cannot be right."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.running import RUN, begun, environment, run
from tests.depot import SECTION_ONE, checklist_file

FILE = "d.stockcheck"
TODAY = dt.date.today()  # by the clock that the program has


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    return begun(tmp_path, FILE, "--depot", "Nroth", "--code", " D  4 ", "--marking", "SECRET")


def shown(folder: Path, *more: str) -> str:
    return run(folder, "show", FILE, *more).stdout


def as_json(folder: Path) -> dict[str, object]:
    data: dict[str, object] = json.loads(shown(folder, "--history", "--json"))
    return data


def newer(folder: Path, old: str, new: str, version: str = "1.1") -> None:
    """The checklist in its next version, with `new` in the place of `old` in its first section."""
    section = folder / "sections" / "one.yaml"
    text = section.read_text(encoding="utf-8")
    assert old in text
    section.write_text(text.replace(old, new), encoding="utf-8")
    whole = folder / "depot.yaml"
    whole.write_text(
        whole.read_text(encoding="utf-8").replace('version: "1.0"', f'version: "{version}"'), encoding="utf-8"
    )


def without(id_: str) -> str:
    """What the first section says of its last question, or another."""
    start = SECTION_ONE.index(f"  - id: {id_}\n")
    end = SECTION_ONE.find("  - id: ", start + 1)
    return SECTION_ONE[start : end if end > 0 else None]


def test_what_a_file_is_is_said_in_words(depot: Path) -> None:
    run(depot, "answer", FILE, "--by", "Ana", text="kinds=arms\nA-1=no\nA-4=na: Nobody walks there\n")
    run(depot, "answer", FILE, "--by", "Ben", text="B-1=yes\nA-5=?\n:go A-1\n:note By the gate\n")
    run(depot, "review", FILE, "--by", "Ben", text="A-4=accept\n")
    said = shown(depot)
    for line in (
        "SECRET",
        "Depot: Nroth",
        "Code of the depot: D 4",
        "  Ana: 3 answers",
        "  Ben: 2 answers, 1 countersigned",
    ):
        assert line in said.splitlines()
    assert f"{TODAY.isoformat()}" not in said, "dates are written as people write them"
    assert "#5  " in said
    assert "Ben: A-1 Is the fence whole?: Note: By the gate" in said
    assert "Ben: A-4 How many rounds a night?: Countersigned: not applicable" in said
    spanish = run(depot, "--lang", "es", "show", FILE).stdout
    assert "Código del depósito: D 4" in spanish
    assert "Ben: 2 respuestas, 1 refrendada" in spanish
    data = as_json(depot)
    assert (data["depot"], data["depot_code"], data["answers"], data["facts"]) == ("Nroth", "D 4", 4, 1)
    assert len(data["history"]) == data["record"]["entries"]  # type: ignore[arg-type,index]


def test_the_latest_entries_are_shown_and_all_of_them_when_asked(depot: Path) -> None:
    run(depot, "answer", FILE, text="".join(f"A-4={number}\n" for number in range(20)))
    assert "#2  " not in shown(depot)
    assert "History, the latest 10 entries:" in shown(depot)
    told = [line for line in shown(depot, "--history").splitlines() if line.startswith("  #")]
    assert [line.split()[0] for line in told] == [f"#{number}" for number in range(1, 22)]


@pytest.mark.parametrize(
    ("options", "said", "told"),
    [
        (["--depot", "  North "], "Depot: Nroth → North", "Depot: North"),
        (["--code", "X-9"], "Code of the depot: D 4 → X-9", "Code of the depot: X-9"),
        (["--code", ""], "Code of the depot: D 4 → –", "Code of the depot: –"),
        (["--marking", ""], "Marking: SECRET → –", "Marking: –"),
        (["--date", "2026-03-01"], "→ 2026-03-01", "Date of the assessment: 1 Mar 2026"),
    ],
)
def test_what_is_put_right_is_recorded_with_who(depot: Path, options: list[str], said: str, told: str) -> None:
    before = run(depot, "verify", FILE).stdout
    assert said in run(depot, "set", FILE, *options, "--by", "Clerk").stdout
    assert f"Clerk: {told}" in shown(depot)
    verified = run(depot, "verify", FILE).stdout
    assert verified.startswith("2 entries.\n") != before.startswith("2 entries.\n")
    assert "nothing was recorded" in run(depot, "set", FILE, *options).stdout
    assert run(depot, "verify", FILE).stdout.startswith("2 entries.\n")


@pytest.mark.parametrize(
    ("options", "status", "why"),
    [
        ([], 2, "Nothing is to be set"),
        (["--depot", "  "], 2, "needs a name"),
        (["--code", "x" * 41], 2, "code: The text has 41 characters; at most 40"),
        (["--date", "yesterday"], 2, "year-month-day"),
        (["--date", "0226-01-01"], 2, "before the year 1900"),
    ],
)
def test_what_cannot_be_set_is_refused(depot: Path, options: list[str], status: int, why: str) -> None:
    refused = run(depot, "set", FILE, *options, status=status).stderr
    assert why in " ".join(refused.split())
    assert run(depot, "verify", FILE).stdout.startswith("1 entry.\n")
    if options and "--date" not in options and "--depot" not in options:
        run(depot, "new", "e.stockcheck", "-c", "depot.yaml", *options, status=2)


def test_what_was_put_right_stands_in_every_result(depot: Path) -> None:
    run(depot, "set", FILE, "--depot", "North", "--code", "=D\x1b4")
    assert "North (=D␛4)" in run(depot, "score", FILE).stdout
    assert json.loads(run(depot, "score", FILE, "--json").stdout)["depot_code"] == "=D␛4"
    run(depot, "report", FILE, "-o", "r.xlsx")
    book = load_workbook(depot / "r.xlsx")
    rows = list(book["sc_assessment"].iter_rows(values_only=True))
    assert rows[1][rows[0].index("depot_code")] == "=D␛4"
    assert any("North (=D␛4)" in str(cell) for row in book["Summary"].iter_rows(values_only=True) for cell in row)


def test_a_name_put_right_can_be_redacted(depot: Path) -> None:
    run(depot, "set", FILE, "--depot", "Secretville", "--code", "SV", "--by", "Clerk")
    run(depot, "redact", FILE, "2", "--part", "depot")
    run(depot, "redact", FILE, "2", "--part", "code")
    assert b"Secretville" not in (depot / FILE).read_bytes()
    assert "Depot: [removed]" in shown(depot)
    run(depot, "verify", FILE)


def days(number: int) -> str:
    return (TODAY + dt.timedelta(days=number)).isoformat()


def test_a_sitting_may_last_and_ages_stay_those_of_its_date(tmp_path: Path) -> None:
    checklist_file(tmp_path)
    run(tmp_path, "new", FILE, "-c", "depot.yaml", "--date", days(-3))
    run(tmp_path, "answer", FILE, text=f"A-5={days(0)}\nA-5={days(-1)}\nA-5=today\n")
    assert f"Saved A-5: {days(0)}" in run(tmp_path, "answer", FILE, text="A-5=today\n").stdout
    assert "lies after the last day" in run(tmp_path, "answer", FILE, text=f"A-5={days(1)}\n", status=1).stderr
    (row,) = [
        one for one in json.loads(run(tmp_path, "score", FILE, "--json").stdout)["questions"] if one["id"] == "A-5"
    ]
    assert (row["answer"], row["credit"]) == ({"value": days(0)}, "1")
    said = run(tmp_path, "set", FILE, "--date", days(-2))
    assert "1 answer is a later date, and counts as of age 0: A-5." in said.stderr
    assert f"Saved A-5: {days(0)}" in run(tmp_path, "answer", FILE, text="A-5=today\n").stdout


@pytest.mark.parametrize("typed", ["today", days(0), days(-40)])
def test_last_years_file_takes_no_date_of_today_until_its_date_is_moved(tmp_path: Path, typed: str) -> None:
    """Ages would be reckoned from last year: nothing flatters."""
    checklist_file(tmp_path)
    run(tmp_path, "new", FILE, "-c", "depot.yaml", "--date", days(-300))
    refused = run(tmp_path, "answer", FILE, text=f"A-5={typed}\n", status=1).stderr
    assert f"lies after the last day of the assessment, {days(-300)}" in refused
    assert "stockcheck set FILE --date" in refused
    run(tmp_path, "answer", FILE, text=f"A-5={days(-300)}\n")
    run(tmp_path, "set", FILE, "--date", days(0))
    run(tmp_path, "answer", FILE, text=f"A-5={typed}\n")
    earned = [one["credit"] for one in json.loads(run(tmp_path, "score", FILE, "--json").stdout)["questions"]]
    assert "1" in earned or typed == days(-40)


@pytest.mark.skipif(shutil.which("faketime") is None, reason="needs faketime")
@pytest.mark.parametrize(("clock", "warned"), [("1971-01-01", True), ("2026-11-25", False), ("2060-01-01", True)])
def test_a_clock_that_can_hardly_be_right_is_asked_after(tmp_path: Path, clock: str, warned: bool) -> None:
    checklist_file(tmp_path)
    call = ["faketime", f"{clock} 09:00:00", *RUN, "new", FILE, "-c", "depot.yaml"]
    done = subprocess.run(call, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True)
    assert ("Is the clock right?" in done.stderr) == warned


def test_what_a_newer_checklist_has_no_place_for_can_be_read(depot: Path) -> None:
    run(depot, "answer", FILE, "--by", "Ana", text="A-6=Two lamps\nA-2=shut\nA-4=7\n:go A-6\n:note keep me\n")
    newer(depot, without("A-6"), "")
    newer(depot, "shut: {text: Shut, credit: 0.5}", "closed: {text: Shut, credit: 0.5}")
    newer(depot, "text: How many rounds a night?", "text: How many rounds a night?\n    maximum: 5")
    told = run(depot, "upgrade", FILE, "-c", "depot.yaml").stdout
    assert "kept in the history only: 3." in told
    for line in (
        "A-6: What is missing? Two lamps",
        "A-2: How is the gate closed? Shut",
        "A-4: How many rounds a night? 7",
    ):
        assert f"  history only {line}" in told
        assert f"  {line} (Ana, " in shown(depot)
    assert "the note with A-6: keep me" in told
    assert "Note: keep me" in shown(depot)
    left = {one["id"]: one for one in json.loads(run(depot, "score", FILE, "--json").stdout)["left"]}
    assert (left["A-6"]["answer"], left["A-6"]["note"]) == ({"value": "Two lamps"}, "keep me")
    assert left["A-2"]["checklist_version"] == "1.0"
    run(depot, "report", FILE, "-o", "r.xlsx")
    sheet = load_workbook(depot / "r.xlsx")["Set aside, flagged, to review"]
    cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"Two lamps", "keep me", "Shut", "7", "What is missing?"} <= cells
    assert "show FILE --history" in run(depot, "answer", FILE, text="A-6=x\n", status=1).stderr
    assert "A-6 What is missing?: Two lamps" in shown(depot, "--history")
    run(depot, "answer", FILE, text="A-2=closed\n")
    assert "A-2: How is the gate closed?" not in shown(depot).partition("History")[0], "it has an answer again"


def test_an_option_that_was_renamed_takes_its_answers_along(depot: Path) -> None:
    run(depot, "answer", FILE, text="kinds=arms,rounds\nA-2=shut\nA-3=locks,rust\n")
    newer(depot, "shut: {text: Shut, credit: 0.5}", "closed: {text: Closed, credit: 0.5, replaces: [shut]}")
    newer(depot, "rust: {text: Rust seen, credit: -0.5}", "worn: {text: Worn, credit: -0.5, replaces: [rust, old]}")
    whole = depot / "depot.yaml"
    text = whole.read_text(encoding="utf-8").replace("has: rounds", "has: shells")
    whole.write_text(text.replace("rounds: Rounds", "shells: {text: Shells, replaces: [rounds]}"), encoding="utf-8")
    told = run(depot, "upgrade", FILE, "-c", "depot.yaml").stdout
    assert "Answers carried: 3; moved: 0; to review: 2; kept in the history only: 0." in told
    assert "  option renamed A-2: Shut → Closed" in told
    assert "  option renamed A-3: Locks; Rust seen → Locks; Worn" in told
    data = json.loads(run(depot, "score", FILE, "--json").stdout)
    answers = {one["id"]: one["answer"] for one in data["questions"]}
    assert (answers["A-2"], answers["A-3"]) == ({"value": "closed"}, {"value": ["locks", "worn"]})
    assert data["facts"]["kinds"] == {"value": ["arms", "shells"]}
    assert data["left"] == []
    assert run(depot, "verify", FILE).returncode == 0


def test_an_older_version_is_refused_unless_asked_for(depot: Path) -> None:
    newer(depot, without("A-6"), "", version="1.10")
    run(depot, "upgrade", FILE, "-c", "depot.yaml")
    newer(depot, "Walk it.", "Walk all of it.")
    whole = depot / "depot.yaml"
    for version in ("1.9", "1.0", "0.99"):
        whole.write_text(
            whole.read_text(encoding="utf-8").replace('version: "1.10"', f'version: "{version}"'), encoding="utf-8"
        )
        refused = run(depot, "upgrade", FILE, "-c", "depot.yaml", status=2).stderr
        assert f"uses version 1.10 of the checklist; {version} is an older one" in refused
        whole.write_text(
            whole.read_text(encoding="utf-8").replace(f'version: "{version}"', 'version: "1.10"'), encoding="utf-8"
        )
    whole.write_text(whole.read_text(encoding="utf-8").replace('version: "1.10"', 'version: "1.9"'), encoding="utf-8")
    assert "version 1.9" in run(depot, "upgrade", FILE, "-c", "depot.yaml", "--older").stdout


def test_a_comparison_in_the_wrong_order_says_so(depot: Path) -> None:
    run(depot, "new", "old.stockcheck", "-c", "depot.yaml", "--depot", "Nroth", "--date", days(-300))
    assert "given as the earlier one" in run(depot, "compare", FILE, "old.stockcheck").stdout
    assert "given as the earlier one" not in run(depot, "compare", "old.stockcheck", FILE).stdout
    data = json.loads(run(depot, "compare", FILE, "old.stockcheck", "--json").stdout)
    assert data["in_order"] is False
    assert data["assessments"]["before"]["date"] == days(0)
    assert data["assessments"]["before"]["depot_code"] == "D 4"
    assert data["assessments"]["after"]["depot"] == "Nroth"
    run(depot, "new", "next.stockcheck", "-c", "depot.yaml", "--depot", "Nroth")
    assert "given as the earlier one" in run(depot, "compare", "next.stockcheck", FILE).stdout, (
        "on one day the entries tell"
    )


def test_what_holds_a_date_before_that_of_this_format_is_read_alike(depot: Path) -> None:
    """A stored date that no honest program would have kept is refused when the file is opened."""
    run(depot, "answer", FILE, text="A-5=today\n")
    with closing(sqlite3.connect(depot / FILE)) as connection:
        for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'event_stays'").fetchall():
            connection.execute("DROP TRIGGER event_stays")
            connection.execute("UPDATE event SET body = ? WHERE seq = 2", (json.dumps({"value": days(90)}),))
            connection.execute(sql)
        connection.commit()
    assert os.path.getsize(depot / FILE)
    assert "cannot be understood" in run(depot, "score", FILE, status=1).stderr
