"""Names are text: no file, folder, checklist, option or word steers the terminal it is named on, or makes a line."""

from __future__ import annotations

import ast
import json
import os
import subprocess
from pathlib import Path

import pytest

from stockcheck import cli
from tests.cli.running import RUN, begun, environment, run
from tests.depot import checklist_file
from tests.volume import long

#: Clears the screen, feigns a line of the program's own, reorders, marks up, and is no UTF-8.
HOSTILE = b"\x1b[2J\nstockcheck: all is well\x9b31m\xe2\x80\xae[bold]x[red]{file}\xff"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of a hostile name, with a checklist and an assessment of hostile names in it."""
    folder = tmp_path / os.fsdecode(HOSTILE)
    folder.mkdir()
    begun(folder, FILE)
    (folder / os.fsdecode(HOSTILE + b".yaml")).write_text("id: [\n")
    return folder


FILE, OTHER = HOSTILE + b".stockcheck", HOSTILE + b"2.stockcheck"
CALLS: list[tuple[list[bytes], int]] = [
    ([HOSTILE], 2),
    ([b"--lang", HOSTILE], 2),
    ([b"--lang", HOSTILE, b"score", FILE], 2),
    ([b"--lang=" + HOSTILE, b"score", FILE], 2),
    ([b"--" + HOSTILE], 2),
    ([b"new", OTHER, b"--checklist", b"depot.yaml"], 0),
    ([b"new", FILE, b"--checklist", b"depot.yaml"], 2),
    ([b"new", HOSTILE + b"/x", b"--checklist", b"depot.yaml"], 1),
    ([b"new", OTHER, b"--checklist", HOSTILE], 2),
    ([b"new", OTHER, b"--checklist", b"depot.yaml" + HOSTILE + b".yaml"], 2),
    ([b"new", OTHER, b"--checklist", HOSTILE + b".yaml"], 1),
    ([b"new", OTHER, b"--checklist", b"depot.yaml", b"--date", HOSTILE], 2),
    ([b"new", OTHER, b"--checklist", b"depot.yaml", b"--depot", HOSTILE, b"--by", HOSTILE], 0),
    ([b"new", OTHER, b"--date" + HOSTILE], 2),
    ([b"answer", FILE, b"--plain"], 0),
    ([b"answer", OTHER, b"--plain"], 2),
    ([b"verify", FILE], 0),
    ([b"verify", OTHER], 2),
    ([b"verify", FILE, b"--against=" + HOSTILE], 2),
    ([b"redact", FILE, HOSTILE], 2),
    ([b"redact", FILE, b"1", b"--part", HOSTILE], 2),
    ([b"verify", b"depot.yaml", HOSTILE], 2),
    ([b"upgrade", FILE, b"--checklist", HOSTILE], 2),
    ([b"upgrade", FILE, b"--checklist", b"depot.yaml"], 0),
    ([b"score", FILE], 0),
    ([b"score", FILE, b"--json"], 0),
    ([b"score", HOSTILE + b".yaml"], 1),
    ([b"compare", FILE, FILE], 0),
    ([b"report", FILE, b"-o", HOSTILE], 2),
    ([b"report", FILE, b"-o", HOSTILE + b".xlsx"], 0),
    ([b"report", FILE, b"-o", HOSTILE + b"/gap.xlsx"], 1),
    ([b"demo", HOSTILE], 0),
    ([b"demo", FILE], 1),
    ([b"checklist", HOSTILE], 2),
    ([b"checklist", b"show", HOSTILE + b".yaml"], 1),
    ([b"checklist", b"show", HOSTILE], 2),
    ([b"checklist", b"lint", HOSTILE + b".yaml", b"depot.yaml"], 1),
    ([b"checklist", b"lint", b"./" + HOSTILE + b"2.yaml"], 2),
]


@pytest.mark.usefixtures("quick_demo")
@pytest.mark.parametrize(("arguments", "status"), CALLS, ids=[str(number) for number in range(len(CALLS))])
def test_what_is_said_of_hostile_names_is_plain_text(folder: Path, arguments: list[bytes], status: int) -> None:
    done = run(folder, *arguments, status=status)
    said = done.stdout + done.stderr
    assert not {character for character in said if ord(character) < 32 or 127 <= ord(character) < 160} - {"\n"}
    assert "\u202e" not in said
    assert not [line for line in said.splitlines() if line.startswith("stockcheck: all is well")]


@pytest.mark.parametrize(
    "arguments",
    [
        ["redact", "FILE", "HOSTILE"],
        ["verify", "FILE", "--against=HOSTILE"],
        ["redact", "FILE", "1", "--part", "HOSTILE"],
    ],
)
def test_a_line_break_in_an_argument_makes_no_line(folder: Path, arguments: list[str]) -> None:
    filled = [{"FILE": FILE}.get(word, word.encode().replace(b"HOSTILE", b"nl\nFAKE")) for word in arguments]
    assert not [line for line in run(folder, *filled, status=2).stderr.splitlines() if line.startswith("FAKE")]


def test_the_name_of_a_checklist_in_the_users_own_folder_is_plain_text(tmp_path: Path) -> None:
    own = tmp_path / "stockcheck" / "checklists"
    own.mkdir(parents=True)
    path = checklist_file(own)
    path.rename(own / os.fsdecode(HOSTILE + b".yaml"))
    shown = run(tmp_path, "checklist", "list", XDG_DATA_HOME=str(tmp_path)).stdout
    assert "Small depot" in shown
    assert not {"\x1b", "\u202e", "\x9b"} & set(shown)
    said = run(tmp_path, "checklist", "show", "stockcheck", status=2, XDG_DATA_HOME=str(tmp_path)).stderr
    assert not {"\x1b", "\u202e", "\x9b"} & set(said)


@long
def test_json_is_utf_8_whatever_the_terminal_is(tmp_path: Path) -> None:
    checklist_file(tmp_path)
    run(tmp_path, "new", "d.stockcheck", "--checklist", "depot.yaml", "--depot", "Depósito 北 “uno”")
    for encoding in ("utf-8", "cp1252", "ascii", "utf-16"):
        command = ["score", "d.stockcheck", "--json"]
        out = tmp_path / "out"
        with out.open("wb") as file:
            subprocess.run(
                [*RUN, *command], cwd=tmp_path, stdout=file, env=environment(PYTHONIOENCODING=encoding), check=True
            )
        assert json.loads(out.read_bytes().decode("utf-8"))["depot"] == "Depósito 北 “uno”"


def test_the_commands_have_one_way_to_say_anything() -> None:
    """Everything else would have to be cleaned, and watched for a full disk, on its own."""
    for path in Path(cli.__file__).parent.glob("*.py"):
        if path.name == "saying.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Name) and node.id == "print"), path.name
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("echo", "secho"), path.name
                assert ast.unparse(node) not in ("sys.stdout.write", "sys.stderr.write"), path.name
