"""verify and redact as a person runs them: what is said, in both languages, and the status that goes with it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from tests.assessment.crafting import alter, chained, insert
from tests.assessment.crafting import read as read_file
from tests.cli.running import run
from tests.cli.test_commands import ANSWERS, depot, scores

__all__ = ["depot"]

#: Words for what no chain of hashes can show.
TOO_MUCH = re.compile(
    r"as recorded|as it was recorded|prove[sdn]?\b|authentic|genuine|tamper|guarantee|"
    r"como se registr|prueba|probad|auténtic|garantiza|inalterad",
    re.IGNORECASE,
)


@pytest.fixture
def filled(depot: Path) -> Path:
    """A folder with an assessment that has been answered, with a note."""
    run(depot, "answer", "d.stockcheck", text=ANSWERS + ":go A-1\n:note Colonel Zugzwang has the key\n")
    return depot


def head(folder: Path) -> str:
    return str(scores(folder)["history"]["head"])  # type: ignore[index]


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_claims_more_than_a_chain_can_show(filled: Path, language: str) -> None:
    shown = [
        run(filled, "--lang", language, *command).stdout
        for command in (["verify", "d.stockcheck"], ["verify", "--help"], ["score", "d.stockcheck"], ["--help"])
    ]
    run(filled, "--lang", language, "report", "d.stockcheck", "-o", "gap.xlsx")
    workbook = openpyxl.load_workbook(filled / "gap.xlsx")
    for sheet in (workbook.worksheets[1], *workbook.worksheets):
        shown.append("\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value))
    for text in shown:
        assert not TOO_MUCH.search(text), TOO_MUCH.search(text)
    limit = "can also write this chain anew" if language == "en" else "puede también rehacer esta cadena"
    for text in (shown[0], shown[2], shown[4]):
        assert limit in " ".join(text.split())
        assert head(filled)[:12] in text
    assert head(filled) in shown[0]
    assert head(filled) in shown[4]


def test_verify_finds_a_stray_checklist_and_odd_times(filled: Path) -> None:
    path = filled / "d.stockcheck"
    last = read_file(path).events[-1]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO checklist VALUES ('stray\x1b[2J', '{}')")
        for at in ("2040-01-01T00:00:00.000+00:00", "2026-01-01T00:00:00.000+00:00"):
            last = chained(last, "flag", "A-1", '{"set":true}', at=at)
            insert(connection, [last])
    done = run(filled, "verify", "d.stockcheck", status=1)
    assert "d.stockcheck: 3 findings." in done.stderr
    assert "Entry 11 bears the time 1 Jan 2040 00:00 UTC, which this computer's clock has not reached" in done.stderr
    assert "Entry 12 bears the time 1 Jan 2026 00:00 UTC, earlier than 1 Jan 2040 00:00 UTC" in done.stderr
    assert "a clock was set, or the history was written anew" in done.stderr
    assert "no entry names (stray␛[2J)" in done.stderr
    assert "The chain of entries holds" in done.stdout


def test_many_findings_are_counted(filled: Path) -> None:
    alter(filled / "d.stockcheck", "UPDATE event SET subject = subject || ''", "UPDATE event SET by = 'x'")
    path = filled / "d.stockcheck"
    last = read_file(path).events[-1]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for _turn in range(30):
            last = chained(last, "flag", "A-1", '{"set":true}', at="2040-01-01T00:00:00.000+00:00")
            insert(connection, [last])
    said = run(filled, "verify", "d.stockcheck", status=1).stderr
    assert "d.stockcheck: 40 findings." in said
    assert said.endswith("… and 20 more.\n")
    assert said.count("\n") == 22


@pytest.mark.parametrize(
    "typed", [lambda code: code, lambda code: code[:12].upper(), lambda code: f"{code[:4]} {code[4:8]}-{code[8:13]}"]
)
def test_a_code_that_was_noted_is_compared(filled: Path, typed: Callable[[str], str]) -> None:
    code = typed(head(filled))
    said = run(filled, "verify", "d.stockcheck", "--against", code).stdout
    assert "the file ends exactly where it did when that code was noted" in said
    run(filled, "answer", "d.stockcheck", text="A-1=yes\nA-4=9\n")
    said = run(filled, "verify", "d.stockcheck", "--against", code, status=1).stderr
    assert "goes on after that code: 2 entries since, from entry 11 on, first at " in said
    assert f"Up to that code it is what it was{'.' if len(code) == 64 else ', unless '}" in said
    said = run(filled, "--lang", "es", "verify", "d.stockcheck", "--against", code, status=1).stderr
    assert "2 asientos desde entonces, a partir del 11" in said


def test_what_was_cut_off_shows_by_the_code_alone(filled: Path) -> None:
    code = head(filled)
    alter(filled / "d.stockcheck", "DELETE FROM event WHERE seq > 6")
    assert "6 entries." in run(filled, "verify", "d.stockcheck").stdout
    said = run(filled, "verify", "d.stockcheck", "--against", code, status=1).stderr
    assert "the end was cut off before it, the history was written anew, or it is the code of another file" in said


@pytest.mark.parametrize("code", ["abc", "not a code", "0" * 65])
def test_what_is_no_code_is_a_mistake_in_the_call(filled: Path, code: str) -> None:
    assert "is no code" in run(filled, "verify", "d.stockcheck", "--against", code, status=2).stderr


def test_no_code_is_compared_with_a_broken_chain(filled: Path) -> None:
    code = head(filled)
    alter(filled / "d.stockcheck", "UPDATE event SET by = 'somebody' WHERE seq = 4")
    done = run(filled, "verify", "d.stockcheck", "--against", code, status=1)
    assert "Entry 4 was changed after it was recorded" in done.stderr
    assert "The code was not compared: the chain is broken." in done.stderr
    assert "exactly" not in done.stdout + done.stderr
    assert code not in done.stdout


def test_the_same_code_is_said_to_be_the_same_whatever_else_is_odd(filled: Path) -> None:
    code = head(filled)
    alter(filled / "d.stockcheck", "INSERT INTO checklist VALUES ('x', '{}')")
    done = run(filled, "verify", "d.stockcheck", "--against", code, status=1)
    assert "The code is the same" in done.stdout
    assert "no entry names" in done.stderr


# Redaction


def entry_of_the_note(folder: Path) -> str:
    said = run(folder, "answer", "d.stockcheck", text=":go A-1\n:history\n").stdout
    (number,) = re.findall(r"#(\d+) Note: Colonel Zugzwang has the key", said)
    return str(number)


def test_a_note_is_found_by_its_number_and_redacted(filled: Path) -> None:
    code, before = head(filled), scores(filled)
    said = run(filled, "redact", "d.stockcheck", entry_of_the_note(filled), "--by", "Records clerk").stdout
    assert "The text was removed from entry #10." in said
    assert "copies, backups" in said
    assert b"Zugzwang" not in (filled / "d.stockcheck").read_bytes()
    shown = run(filled, "answer", "d.stockcheck", text=":go A-1\n:history\n").stdout
    assert "#10 Note: [removed]" in shown
    assert re.search(r"UTC  Records clerk: #11 The text was removed from entry #10\.", shown)
    after = scores(filled)
    history = after.pop("history")
    before.pop("history")
    (redaction,) = history.pop("redacted")  # type: ignore[attr-defined]
    assert redaction.pop("at")
    assert redaction == {"entry": 10, "removed": "text", "by": "Records clerk", "recorded_in_entry": 11}
    assert (history.pop("sealed"), history.pop("seals")) == (False, [])  # type: ignore[attr-defined]
    assert history == {"entries": 11, "chain_holds": True, "head": head(filled), "code": head(filled)[:12]}
    assert after["questions"][0].pop("note") == "[removed]"  # type: ignore[index]
    assert before["questions"][0].pop("note") == "Colonel Zugzwang has the key"  # type: ignore[index]
    assert after == before, "no figure changes"
    assert "#10. Records clerk, " in run(filled, "verify", "d.stockcheck").stdout
    said = run(filled, "verify", "d.stockcheck", "--against", code, status=1).stderr
    assert "Entry 10 was redacted since: for it, and for all before it, that code says nothing any more." in said
    assert "what it was" not in said


def test_the_report_tells_what_was_removed_and_shows_none_of_it(filled: Path) -> None:
    run(filled, "redact", "d.stockcheck", "1", "--part", "depot", "--by", "Records clerk")
    run(filled, "redact", "d.stockcheck", "#10", "--name", "--by", "Records clerk")
    run(filled, "report", "d.stockcheck", "-o", "gap.xlsx")
    workbook = openpyxl.load_workbook(filled / "gap.xlsx")
    text = "\n".join(
        str(cell.value)
        for name in ("Summary", "Findings and facts")
        for row in workbook[name].iter_rows()
        for cell in row
        if cell.value
    )
    assert "2 things were removed from the history" in text
    assert "The depot's name was removed from entry #1. Records clerk, " in text
    assert "The name was removed from entry #10. Records clerk, " in text
    assert "\n[removed]\n" in text
    shown = run(filled, "--lang", "es", "score", "d.stockcheck").stdout
    assert "[suprimido]  ·  " in shown
    assert "Se suprimió el nombre del depósito del asiento #1. Records clerk, " in " ".join(shown.split())


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["0"], 2, "There is no entry 0"),
        (["99"], 2, "There is no entry 99.\nThe file has 10 entries."),
        (["eleven"], 2, "is no entry's number"),
        (["-1"], 2, "There is no option -1"),
        (["9" * 40], 2, "is no entry's number"),
        (["4"], 2, "There is no such text in entry 4"),
        (["1"], 0, ""),
        (["10", "--part", "name"], 2, "--part is one of depot, code, marking"),
        (["1", "--part", "depot", "--name"], 2, "stands without --name"),
        (["10", "--part", "depot"], 2, "There is no such text in entry 10"),
        ([], 2, "ENTRY is missing"),
    ],
)
def test_what_cannot_be_redacted_is_said(filled: Path, arguments: list[str], status: int, said: str) -> None:
    run(filled, "new", "e.stockcheck", "--checklist", "depot.yaml", "--date", "2026-03-01")
    file = "e.stockcheck" if arguments == ["1"] else "d.stockcheck"  # where there is no marking, nobody has to say
    before = (filled / "d.stockcheck").read_bytes()
    assert said in run(filled, "redact", file, *arguments, status=status).stderr
    assert (filled / "d.stockcheck").read_bytes() == before


def test_of_two_names_one_has_to_say_which(filled: Path) -> None:
    assert "--part depot, --part marking" in run(filled, "redact", "d.stockcheck", "1", status=2).stderr


def test_a_text_too_long_is_refused_with_both_counts(depot: Path) -> None:
    longest, longer = "ñ" * 20_000, "ñ" * 20_001
    for line in (f":note {longer}", f"A-6={longer}", f"na: {longer}"):
        done = run(depot, "answer", "d.stockcheck", text=f":go A-1\n{line}\n", status=1)
        assert "20001 characters; at most 20000" in done.stderr
    run(depot, "answer", "d.stockcheck", text=f":go A-1\n:note {longest}\nA-6={longest}\nna: {longest}\n")
    questions = {one["id"]: one for one in scores(depot)["questions"]}  # type: ignore[attr-defined]
    assert questions["A-1"]["note"] == longest
    assert questions["A-6"]["answer"] == {"value": longest}
    assert questions["A-1"]["answer"] == {"na": longest}
    for option in ("--depot", "--marking", "--by"):
        run(depot, "new", "x.stockcheck", "--checklist", "depot.yaml", option, longer, status=2)
        assert not (depot / "x.stockcheck").exists()


def test_json_tells_of_a_broken_chain(filled: Path) -> None:
    alter(filled / "d.stockcheck", "UPDATE event SET by = 'somebody' WHERE seq = 4")
    found = json.loads(run(filled, "score", "d.stockcheck", "--json").stdout)
    assert found["history"]["chain_holds"] is False
