"""The commands as a person runs them: exit statuses, messages, files."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import stat
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from tests.cli.running import RUN, begun, called, environment, run
from tests.depot import SECTION_ONE


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    """A folder with a checklist and an assessment that nobody has answered."""
    return begun(tmp_path, "d.stockcheck", "--date", "2026-03-01", "--marking", "SECRET")


ANSWERS = """\
kinds=arms, rounds
size=3
A-1=partial
A-2=shut
A-3=locks rust
A-4=2
A-5=2026-02-20
# a comment
B-1=yes
"""


def scores(folder: Path, file: str = "d.stockcheck") -> dict[str, object]:
    found: dict[str, object] = json.loads(run(folder, "score", file, "--json").stdout)
    return found


def test_the_figures_are_those_worked_out_by_hand(depot: Path) -> None:
    run(depot, "answer", "d.stockcheck", text=ANSWERS)
    found = scores(depot)
    # A-1 5 x 1/2, A-2 3 x 1/2, A-3 2 x (0.6 - 0.5), A-4 2 x 1/2, A-5 4 x 1, B-1 4 x 1, B-2 open with weight 1.
    earned = Fraction(5, 2) + Fraction(3, 2) + Fraction(2, 10) + 1 + 4 + 4
    score = found["score"]
    assert isinstance(score, dict)
    assert Fraction(score["lower"]["exact"]) == earned / 21
    assert Fraction(score["upper"]["exact"]) == (earned + 1) / 21
    assert score["lower"]["percent"] == "62.9"
    assert found["achieved"] == 0
    assert found["blocks_next_level"]["critical"] == ["A-1"]  # type: ignore[index]
    assert found["route"]["questions"][0] == "A-1"  # type: ignore[index]


def test_the_order_of_answers_does_not_matter(depot: Path) -> None:
    run(depot, "answer", "d.stockcheck", text=ANSWERS)
    run(depot, "new", "e.stockcheck", "--checklist", "depot.yaml", "--date", "2026-03-01")
    run(depot, "answer", "e.stockcheck", text="\n".join(reversed(ANSWERS.splitlines())) + "\n")
    found = [scores(depot, name) for name in ("d.stockcheck", "e.stockcheck")]
    for one in found:
        for question in one["questions"]:  # type: ignore[attr-defined]
            question.pop("at")
        one.pop("depot"), one.pop("marking"), one.pop("history")
    assert found[0] == found[1]


def test_json_tells_who_answered_what_with_which_note(depot: Path) -> None:
    lines = "A-1=partial\n:go A-1\n:note river bank\n:flag\n"
    run(depot, "answer", "d.stockcheck", "--by", "Inspection team", text=lines)
    question = scores(depot)["questions"][0]  # type: ignore[index]
    told = {name: question[name] for name in ("id", "answer", "credit", "note", "flagged", "by")}
    assert told == {
        "id": "A-1",
        "answer": {"value": "partial"},
        "credit": "1/2",
        "note": "river bank",
        "flagged": True,
        "by": "Inspection team",
    }
    assert dt.datetime.fromisoformat(question["at"]).utcoffset() == dt.timedelta(0)


def test_a_wrong_line_ends_the_sitting_and_keeps_what_came_before(depot: Path) -> None:
    done = run(depot, "answer", "d.stockcheck", text="kinds=arms\nA-1=perhaps\nA-4=9\n", status=1)
    assert "Line 2" in done.stderr
    assert "yes, partial, no" in done.stderr
    questions = {one["id"]: one for one in scores(depot)["questions"]}  # type: ignore[attr-defined]
    assert questions["A-1"]["answer"] is None
    assert questions["A-4"]["answer"] is None
    assert questions["B-1"]["standing"] == "dormant"


def test_lines_without_an_id_answer_what_is_asked(depot: Path) -> None:
    shown = run(depot, "answer", "d.stockcheck", text="1,2\r\n4\r\nno\r\n-\r\n7").stdout
    assert "A-1 (critical): Is the fence whole?" in shown
    answers = {one["id"]: one["answer"] for one in scores(depot)["questions"]}  # type: ignore[attr-defined]
    assert answers["A-1"] == {"value": "no"}
    assert answers["A-2"] is None, "it is not asked once the fence is said not to be whole"
    assert answers["A-3"] == {"value": []}
    assert answers["A-4"] == {"value": "7"}


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["nonsense"], 2, "There is no command nonsense."),
        (["score"], 2, "FILE is missing.\nstockcheck score --help explains the command."),
        (["score", "absent.stockcheck"], 2, "There is no file"),
        (["score", "depot.yaml"], 1, "is not a stockcheck assessment"),
        (["new", "d.stockcheck", "--checklist", "depot.yaml"], 2, "exists already"),
        (["new", "x.stockcheck", "--checklist", "amunition"], 2, "Did you mean ammunition?"),
        (["new", "x.stockcheck", "--checklist", "depot.yaml", "--date", "31.02.2026"], 2, "is not a date"),
        (["new", "no/such/x.stockcheck", "--checklist", "depot.yaml"], 1, "cannot be made"),
        (["report", "d.stockcheck", "-o", "x.pdf"], 2, "should end in .xlsx"),
        (["--lang", "xx", "score", "d.stockcheck"], 2, "one of: en, es"),
        (["checklist", "lint", "absent.yaml"], 2, "There is no checklist file"),
        (["checklist", "show", "depot.yaml"], 0, ""),
        (["verify", "d.stockcheck"], 0, ""),
        (["demo", "d.stockcheck/x"], 1, "cannot be made"),
        (["new", "x.stockcheck", "--checklist", "depot.yaml", "--date", "0226-01-31"], 2, "before the year 1900"),
        (["new", "x.stockcheck", "--checklist", "depot.yaml", "--date", "2999-01-01"], 0, "lies in the future"),
    ],
)
def test_exit_statuses(depot: Path, arguments: list[str], status: int, said: str) -> None:
    assert said in run(depot, *arguments, status=status).stderr


@pytest.mark.parametrize("before", [[], ["--lang", "en"], ["--lang=en"], ["--passphrase-file", "score"]])
def test_what_is_asked_before_a_command_is_asked_of_all_of_them(tmp_path: Path, before: list[str]) -> None:
    whole = run(tmp_path, "--help").stdout
    assert run(tmp_path, *before, "--help", "verify").stdout == whole
    assert run(tmp_path, *before, "score", "--help").stdout.startswith("Usage: stockcheck score")
    assert "Did you mean score?" in run(tmp_path, *before, "scroe", "verify", status=2).stderr


def test_all_faults_of_all_files_come_in_one_go(depot: Path) -> None:
    section = depot / "sections" / "one.yaml"
    section.write_text(
        SECTION_ONE.replace("weight: 5", "wieght: 5").replace("credit: 0.5}\n      open", "credit: 7}\n      open")
    )
    (depot / "sections" / "two.yaml").write_text("id: two\ntitle: [\n")
    said = run(depot, "checklist", "lint", "depot.yaml", status=1).stderr
    assert "sections/one.yaml:10:5: questions[0].wieght: the key wieght is not known. Did you mean weight?" in said
    assert "questions[1].options.shut.credit: should be 1 or less." in said
    assert "sections/two.yaml:3:1" in said


def test_files_belong_to_their_owner_alone(depot: Path) -> None:
    old = os.umask(0)
    try:
        run(depot, "new", "p.stockcheck", "--checklist", "depot.yaml")
        run(depot, "report", "p.stockcheck", "-o", "p.xlsx")
    finally:
        os.umask(old)
    assert [stat.S_IMODE((depot / name).stat().st_mode) for name in ("p.stockcheck", "p.xlsx")] == [0o600, 0o600]


def test_verify_finds_a_changed_past(depot: Path) -> None:
    run(depot, "answer", "d.stockcheck", text=ANSWERS)
    with sqlite3.connect(depot / "d.stockcheck") as connection:
        (trigger,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'event_stays'").fetchone()
        connection.execute("DROP TRIGGER event_stays")
        connection.execute("""UPDATE event SET body = '{"value":"yes"}' WHERE subject = 'A-1'""")
        connection.execute(trigger)
    assert "Entry 4 was changed" in run(depot, "verify", "d.stockcheck", status=1).stderr
    assert scores(depot)["history"]["chain_holds"] is False  # type: ignore[index]


def test_compare_splits_the_change_exactly(depot: Path) -> None:
    run(depot, "answer", "d.stockcheck", text=ANSWERS)
    one = depot / "sections" / "one.yaml"
    one.write_text(one.read_text().replace("weight: 5", "weight: 1"))
    run(depot, "new", "later.stockcheck", "--checklist", "depot.yaml", "--date", "2026-09-01")
    run(
        depot,
        "answer",
        "later.stockcheck",
        text=ANSWERS.replace("A-1=partial", "A-1=yes").replace("2026-02", "2026-08"),
    )
    found = json.loads(run(depot, "compare", "d.stockcheck", "later.stockcheck", "--json").stdout)
    parts = {name: Fraction(found[name]["exact"]) for name in ("before", "after", "by_answers", "by_checklist")}
    assert parts["by_answers"] == Fraction(1, 2) / 17
    assert parts["by_answers"] + parts["by_checklist"] == parts["after"] - parts["before"]
    (improved,) = (one for one in found["changes"] if one["id"] == "A-1")
    assert improved == {
        "id": "A-1",
        "before_id": "A-1",
        "change": "improved",
        "credit_before": "1/2",
        "credit_after": "1",
        "since": None,
    }
    assert {one["since"] for one in found["changes"]} == {None, "2026-03-01"}


def test_a_comparison_says_what_it_compares(depot: Path) -> None:
    run(depot, "new", "e.stockcheck", "--checklist", "depot.yaml", "--date", "2026-09-01", "--depot", "South")
    shown = run(depot, "compare", "d.stockcheck", "e.stockcheck").stdout
    assert "SECRET\nd  ·  Small depot  ·  1 Mar 2026\nChecklist: depot 1.0, ADAPTED" in shown
    assert "South  ·  Small depot  ·  1 Sept 2026\nChecklist: depot 1.0, ADAPTED" in shown
    assert "two depots" in shown


def test_a_comparison_with_the_newer_one_first_says_so(depot: Path) -> None:
    run(depot, "new", "later.stockcheck", "--checklist", "depot.yaml", "--date", "2026-09-01")
    files = ["d.stockcheck", "later.stockcheck"]
    warning = "The newer assessment, of 1 Sept 2026, is given as the earlier one, that of 1 Mar 2026 as the later"
    assert warning not in run(depot, "compare", *files).stdout
    assert warning in " ".join(run(depot, "compare", *files[::-1]).stdout.split())
    assert json.loads(run(depot, "compare", *files, "--json").stdout)["in_order"] is True
    assert json.loads(run(depot, "compare", *files[::-1], "--json").stdout)["in_order"] is False


def test_another_checklist_is_no_newer_version(depot: Path) -> None:
    before = (depot / "d.stockcheck").read_bytes()
    assert "is another checklist" in run(depot, "upgrade", "d.stockcheck", "--checklist", "rapid", status=2).stderr
    assert (depot / "d.stockcheck").read_bytes() == before


def test_for_a_checklist_of_ones_own_the_newer_version_has_to_be_given(depot: Path) -> None:
    path = depot / "depot.yaml"
    path.write_text(path.read_text().replace("id: depot", "id: hut", 1))
    run(depot, "new", "h.stockcheck", "--checklist", "depot.yaml")
    said = run(depot, "upgrade", "h.stockcheck", status=2).stderr
    assert "No checklist here is called hut" in said
    assert "--checklist" in said
    spanish = run(depot, "--lang", "es", "upgrade", "h.stockcheck", status=2).stderr
    assert "Indique su versión nueva con --checklist" in spanish


def test_impossible_numbers_are_refused(tmp_path: Path) -> None:
    run(tmp_path, "new", "r.stockcheck", "--checklist", "rapid")
    done = run(tmp_path, "answer", "r.stockcheck", text="LCK-13=-2\n", status=1)
    assert "less than 0" in done.stderr


def test_upgrade_keeps_answers_and_marks_changed_questions(depot: Path) -> None:
    run(depot, "answer", "d.stockcheck", text=ANSWERS)
    one = depot / "sections" / "one.yaml"
    changed = one.read_text().replace("- id: A-1\n", "- id: A-1\n    revision: 2\n")
    one.write_text(changed.replace("- id: A-4\n", "- id: A-44\n    replaces: [A-4]\n"))
    said = run(depot, "upgrade", "d.stockcheck", "--checklist", "depot.yaml").stdout
    assert "review A-1" in said
    assert "review A-44" in said
    answers = {one["id"]: one["answer"] for one in scores(depot)["questions"]}  # type: ignore[attr-defined]
    assert answers["A-1"] == {"value": "partial"}
    assert answers["A-44"] == {"value": "2"}


def test_upgrade_takes_the_note_with_an_unanswered_question_along(depot: Path) -> None:
    run(depot, "answer", "d.stockcheck", text=":go A-4\n:note counted by the sergeant\n:flag\n")
    one = depot / "sections" / "one.yaml"
    one.write_text(one.read_text().replace("- id: A-4\n", "- id: A-44\n    replaces: [A-4]\n"))
    run(depot, "upgrade", "d.stockcheck", "--checklist", "depot.yaml")
    assert "A-44  How many rounds a night?" in run(depot, "answer", "d.stockcheck", text=":find sergeant\n").stdout


def test_a_command_imports_only_what_it_uses() -> None:
    code = (
        "import sys, stockcheck.cli.app\n"
        "heavy = {'textual', 'openpyxl', 'pydantic', 'babel', 'yaml', 'rich', 'cryptography'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_no_command_makes_a_connection(depot: Path) -> None:
    (depot / "sitecustomize.py").write_text(
        "import socket\n"
        "def refuse(*_):\n    raise SystemExit('a connection was made')\n"
        "socket.socket.connect = refuse\nsocket.getaddrinfo = refuse\nsocket.create_connection = refuse\n"
    )
    env = environment(PYTHONPATH=str(depot))
    for command, text in ((["demo"], ""), (["answer", "demo.stockcheck"], ":sections\n"), (["checklist", "list"], "")):
        subprocess.run([*RUN, *command], cwd=depot, input=text, text=True, env=env, check=True, timeout=120)


@pytest.mark.usefixtures("quick_demo")
def test_the_demo_says_what_to_do_next_and_its_report_is_always_the_same(tmp_path: Path) -> None:
    shown = run(tmp_path, "demo").stdout
    assert "stockcheck answer demo.stockcheck" in shown
    first = (tmp_path / "demo.xlsx").read_bytes()
    run(tmp_path, "demo")
    assert (tmp_path / "demo.xlsx").read_bytes() == first


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    command = " ".join(f"'{part}'" for part in [*RUN, "checklist", "show", "ammunition", "--full"])
    script = f"set -o pipefail; {command} | head -n 1"
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Ammunition depot" in done.stdout


HOSTILE = {
    "nothing": "",
    "blank lines": "\n\n\n",
    "escapes and markup": "A-6=\x1b[2J[bold]x[/]\n",
    "right to left": "\u202e\n",
    "huge exponent": "A-4=1e999999\n",
    "no number": "A-4=NaN\n",
    "a very long line": "x" * 3_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_answered_or_refused_in_words(depot: Path, name: str) -> None:
    done = called(depot, "answer", "d.stockcheck", text=HOSTILE[name].encode() + b"\xff\xfe\n")
    assert done.returncode in (0, 1)
    assert "\x1b" not in done.stdout + done.stderr


def test_one_thing_is_told_as_one_thing(depot: Path) -> None:
    run(depot, "new", "one.stockcheck", "--checklist", "depot.yaml", "--date", "2026-03-01")
    assert "1 entry saved. 7 questions wait for an answer." in run(depot, "answer", "one.stockcheck", text="-").stdout
    lines = "A-1=partial\nA-2=locked\nA-3=1\nA-4=4\nA-5=2026-03-01"
    assert "5 entries saved." in run(depot, "answer", "one.stockcheck", text=lines).stdout
    assert "2 questions wait" in run(depot, "answer", "one.stockcheck", text="").stdout
    route = run(depot, "score", "one.stockcheck").stdout
    assert "Least effort to level 1: 1 control, effort" in route
    assert (
        "Menor esfuerzo hasta el nivel 1: 1 control, esfuerzo"
        in run(depot, "--lang", "es", "score", "one.stockcheck").stdout
    )
