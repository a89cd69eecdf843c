"""protect, unprotect and the rest on a protected file: nothing readable is ever written, and nothing is half done."""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from stockcheck import files
from stockcheck.assessment import unlocking
from stockcheck.assessment.protecting import change_passphrase, protect, protection_of, unprotect
from stockcheck.errors import AssessmentFileError
from tests.assessment.crafting import ROOT, answered, read
from tests.assessment.programs import room
from tests.assessment.protecting import PASSPHRASE, QUICK, asked, protected
from tests.cli.running import RUN, environment, run
from tests.depot import checklist_file
from tests.volume import number


@pytest.fixture(autouse=True)
def _nobody_knows() -> Iterator[None]:
    unlocking.forget()
    unlocking.use(None)
    yield
    unlocking.forget()
    unlocking.use(None)


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    """A folder with a protected assessment, its passphrase in `right`, and another in `wrong`."""
    checklist_file(tmp_path)
    protected(tmp_path / "d.stockcheck")
    (tmp_path / "right").write_text(PASSPHRASE + "\n")
    (tmp_path / "wrong").write_text("something else\n")
    return tmp_path


def with_passphrase(folder: Path, *call: str, file: str = "right", **how: object) -> str:
    return run(folder, "--passphrase-file", file, *call, **how).stdout  # type: ignore[arg-type]


def test_every_command_opens_it_with_the_passphrase_in_a_file(depot: Path) -> None:
    with_passphrase(depot, "answer", "d.stockcheck", text="A-1=yes\n:go A-2\n:note behind the stove\n")
    assert "behind the stove" in with_passphrase(depot, "show", "d.stockcheck", "--history")
    with_passphrase(depot, "set", "d.stockcheck", "--depot", "South")
    assert "The file is protected: each entry opens" in with_passphrase(depot, "verify", "d.stockcheck")
    assert "South" in with_passphrase(depot, "score", "d.stockcheck")
    shutil.copy(depot / "d.stockcheck", depot / "copy.stockcheck")
    with_passphrase(depot, "compare", "d.stockcheck", "copy.stockcheck")


def test_without_it_one_sentence_says_how_to_give_it(depot: Path) -> None:
    for call in ("score", "verify", "show", "unprotect", "answer"):
        done = run(depot, call, "d.stockcheck", status=2)
        assert "d.stockcheck is protected by a passphrase." in done.stderr
        assert "--passphrase-file" in done.stderr
        assert "North" not in done.stdout + done.stderr


def test_a_wrong_one_is_told_and_changes_nothing(depot: Path) -> None:
    before = (depot / "d.stockcheck").read_bytes()
    for call in ("score", "unprotect", "answer"):
        done = run(depot, "--passphrase-file", "wrong", call, "d.stockcheck", status=1)
        assert "That does not open d.stockcheck." in done.stderr
    assert (depot / "d.stockcheck").read_bytes() == before
    assert "cannot be read" in run(depot, "--passphrase-file", "none", "score", "d.stockcheck", status=2).stderr


def test_without_the_passphrase_verify_can_look_at_the_sealed_entries(depot: Path) -> None:
    said = run(depot, "verify", "--without-passphrase", "d.stockcheck").stdout
    assert "8 entries, encrypted." in said
    assert "Nothing was opened" in said
    run(depot, "verify", "--without-passphrase", "d.stockcheck", "--against", "0" * 12, status=2)
    with_passphrase(depot, "unprotect", "d.stockcheck")
    assert "is not protected" in run(depot, "verify", "--without-passphrase", "d.stockcheck", status=2).stderr


def test_what_is_written_from_it_is_said_to_be_plain(depot: Path) -> None:
    for call in (["report", "d.stockcheck", "-o", "gap.html"], ["form", "d.stockcheck", "-o", "form.xlsx"]):
        done = run(depot, "--passphrase-file", "right", *call)
        assert "is not protected, and tells what the protected assessment tells" in done.stderr
    with_passphrase(depot, "unprotect", "d.stockcheck")
    assert "not protected" not in run(depot, "report", "d.stockcheck", "-o", "plain.html").stderr


def test_a_workshop_says_that_a_file_is_protected_and_asks_nobody(depot: Path) -> None:
    run(depot, "workshop", "new", "room", "--checklist", "depot.yaml")
    shutil.copy(depot / "d.stockcheck", depot / "room" / "group.stockcheck")
    done = run(depot, "--passphrase-file", "right", "workshop", "collect", "room", status=1)
    assert "group.stockcheck: It is protected by a passphrase." in done.stdout


def test_protect_says_what_it_means_before_and_a_new_one_is_sealed_from_the_start(depot: Path) -> None:
    call = ["new", "e.stockcheck", "--checklist", "depot.yaml", "--depot", "Zugzwang", "--protect"]
    done = run(depot, "--passphrase-file", "wrong", *call)
    assert "A passphrase that is forgotten cannot be got back" in done.stderr
    assert b"Zugzwang" not in (depot / "e.stockcheck").read_bytes()
    assert "Zugzwang" in with_passphrase(depot, "show", "e.stockcheck", file="wrong")
    assert "no terminal to type a passphrase at" in run(depot, *call[:1], "f.stockcheck", *call[2:], status=2).stderr
    with_passphrase(depot, "unprotect", "d.stockcheck")
    done = run(depot, "protect", "d.stockcheck", "--passphrase-file", "right")
    assert "cannot be got back" in done.stderr
    assert "Copies, backups and reports made before" in done.stderr
    assert "protected already" in run(depot, "protect", "d.stockcheck", status=2).stderr


def test_another_passphrase_takes_the_place_of_the_first(depot: Path) -> None:
    with_passphrase(depot, "protect", "--change", "d.stockcheck", "--passphrase-file", "wrong")
    run(depot, "--passphrase-file", "right", "score", "d.stockcheck", status=1)
    with_passphrase(depot, "score", "d.stockcheck", file="wrong")


def test_however_a_file_spells_accents_it_has_as_many_characters(depot: Path) -> None:
    with_passphrase(depot, "unprotect", "d.stockcheck")
    for name, length in (("short", 7), ("long", 1000)):
        (depot / name).write_text(unicodedata.normalize("NFD", "ü" * length))
    assert "has 8 to 1000" in run(depot, "protect", "d.stockcheck", "--passphrase-file", "short", status=2).stderr
    run(depot, "protect", "d.stockcheck", "--passphrase-file", "long")
    (depot / "composed").write_text("ü" * 1000)
    with_passphrase(depot, "score", "d.stockcheck", file="composed")


def test_at_a_terminal_it_is_asked_for_without_being_shown(depot: Path) -> None:
    def call(*words: str) -> pexpect.spawn[str]:
        return pexpect.spawn(
            RUN[0], [*RUN[1:], *words], cwd=str(depot), env=environment(), encoding="utf-8", timeout=30
        )

    asked_ = call("verify", "d.stockcheck")
    for given in ("something else", "something else", PASSPHRASE):
        asked_.expect("Passphrase of d.stockcheck: ")
        asked_.sendline(given)
    asked_.expect("The file is protected")
    asked_.expect(pexpect.EOF)
    assert PASSPHRASE not in asked_.before
    asked_ = call("new", "e.stockcheck", "--checklist", "depot.yaml", "--protect")
    asked_.expect("New passphrase: ")
    asked_.sendline("four plain words")
    asked_.expect("The same again: ")
    asked_.sendline("four plain word")
    asked_.expect("The two are not the same")
    asked_.expect(pexpect.EOF)
    assert not (depot / "e.stockcheck").exists()


# What is written


SESSION = '''\
import io, sys
from stockcheck.cli import main

def run(*words, text=""):
    sys.stdin = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
    try:
        main(words)
    except SystemExit as left:
        assert not left.code, words

LINES = """A-1=yes
A-2=shut
:go A-1
:note behind the stove
A-6=Réti
"""
how = sys.argv[1:]
opened = ["--passphrase-file", "right"] if how else []
run(*opened, "new", "d.stockcheck", "--checklist", "depot.yaml", "--depot", "Zugzwang", *how)
run(*opened, "answer", "d.stockcheck", "--by", "Tartakower", text=LINES)
run(*opened, "set", "d.stockcheck", "--marking", "VERTRAULICH")
run(*opened, "redact", "d.stockcheck", "4")
run(*opened, "verify", "d.stockcheck")
if how:
    run(*opened, "protect", "--change", "d.stockcheck", "--passphrase-file", "other")
else:
    run("--passphrase-file", "right", "protect", "d.stockcheck")
'''
WORDS = ("Zugzwang", "Tartakower", "shut", "behind the stove", "Réti", "VERTRAULICH", "A-2", "weight")


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that has all that is written to files written to the one that RECORD names, too."""
    if shutil.which("gcc") is None:
        pytest.skip("there is no compiler here")
    library = tmp_path_factory.mktemp("recording") / "recording.so"
    source = Path(__file__).with_name("recording.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", library, source], check=True)
    return library


def written(folder: Path, recording: Path, *how: str) -> bytes:
    """All that a sitting writes to files, drafts and journals included."""
    work = folder / "work"
    work.mkdir()
    checklist_file(work)
    (work / "right").write_text(PASSPHRASE)
    (work / "other").write_text("something else")
    env = environment(
        LD_PRELOAD=str(recording), RECORD=str(folder / "record"), PYTHONDONTWRITEBYTECODE="1", PYTHONPATH=str(ROOT)
    )
    subprocess.run([sys.executable, "-c", SESSION, *how], cwd=work, env=env, check=True, capture_output=True)
    kept = b"".join(path.read_bytes() for path in work.iterdir() if path.name == "d.stockcheck")
    return (folder / "record").read_bytes() + kept


def found_in(content: bytes) -> list[str]:
    return [word for word in WORDS if any(word.encode(code) in content for code in ("utf-8", "utf-16-le"))]


def test_nothing_that_was_said_is_ever_written_in_the_clear(tmp_path: Path, recording: Path) -> None:
    for name in ("sealed", "plain"):
        (tmp_path / name).mkdir()
    assert found_in(written(tmp_path / "sealed", recording, "--protect")) == []
    assert found_in(written(tmp_path / "plain", recording)) == list(WORDS), "which this would have found"


# Stopped half way


def _in_a_fork(work: Callable[[], object]) -> int:
    process = os.fork()
    if process == 0:
        try:
            work()
        finally:
            os._exit(0)
    return process


@number("turns", 12, 60)
def test_killed_at_any_moment_it_leaves_the_old_file_or_the_new_one(tmp_path: Path, turns: int) -> None:
    chance, path = random.Random(5), tmp_path / "d.stockcheck"
    plain = answered(path).read_bytes()
    whole = read(path)
    ways = {
        "protect": lambda: protect(path, PASSPHRASE, cost=QUICK),
        "change": lambda: change_passphrase(path, "another passphrase", cost=QUICK),
        "unprotect": lambda: unprotect(path),
    }
    asked(*[PASSPHRASE] * 100)
    began = time.perf_counter()
    protect(path, PASSPHRASE, cost=QUICK)
    took, sealed = time.perf_counter() - began, path.read_bytes()
    seen = set()
    for turn in range(turns):
        way = list(ways)[turn % 3]
        path.write_bytes(plain if way == "protect" else sealed)
        process = _in_a_fork(ways[way])
        if turn >= 3:  # the first three are left to the end
            time.sleep(took * chance.random() if turn >= 6 else 0)
            os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        asked(PASSPHRASE, "another passphrase")
        unlocking._known[:] = [PASSPHRASE, "another passphrase"]
        assert read(path, write=True) == whole
        seen.add(path.read_bytes() in (plain, sealed))
        asked(*[PASSPHRASE] * 3)
    assert seen == {True, False}
    protect(path, PASSPHRASE, cost=QUICK) if protection_of(path) is None else unprotect(path)
    left = [part for one in tmp_path.glob(".stockcheck-*") for part in one.iterdir()]
    assert all(part.name == "mark" and part.stat().st_size == 0 for part in left), "the next one clears up"


@pytest.mark.parametrize("way", ["protect", "unprotect", "change"])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, way: str) -> None:
    path = answered(tmp_path / "d.stockcheck") if way == "protect" else protected(tmp_path / "d.stockcheck")
    before = path.read_bytes()
    ways = {
        "protect": lambda: protect(path, PASSPHRASE, cost=QUICK),
        "change": lambda: change_passphrase(path, "another passphrase", cost=QUICK),
        "unprotect": lambda: unprotect(path),
    }
    refused: list[str] = []
    for size in range(5000, 1 << 20, 20_000):
        asked(PASSPHRASE)
        if way != "protect":
            read(path)
        try:
            with room(size):
                ways[way]()
            break
        except AssessmentFileError as error:
            refused.append(str(error))
        assert path.read_bytes() == before
        assert os.listdir(tmp_path) == ["d.stockcheck"]
    assert refused
    assert all(said.startswith("d.stockcheck stays as it was: ") for said in refused)
    assert path.read_bytes() != before


def test_a_missing_library_is_said_in_one_sentence_and_all_else_works(depot: Path) -> None:
    (depot / "cryptography").mkdir()
    (depot / "cryptography" / "__init__.py").write_text("raise ImportError('no')")
    for call in (["--passphrase-file", "right", "score", "d.stockcheck"], ["protect", "e.stockcheck"]):
        env = environment(PYTHONPATH=str(depot))
        if call[0] == "protect":
            run(depot, "new", "e.stockcheck", "--checklist", "depot.yaml")
        done = subprocess.run([*RUN, *call], cwd=depot, env=env, capture_output=True, text=True)
        assert done.returncode == 2
        assert "needs the library cryptography" in done.stderr
        assert "Traceback" not in done.stderr
    done = subprocess.run([*RUN, "verify", "e.stockcheck"], cwd=depot, env=env, capture_output=True, text=True)
    assert done.returncode == 0


def test_no_command_reads_the_library_in_that_does_not_need_it() -> None:
    code = "import sys; import stockcheck.cli.app; print([n for n in sys.modules if n.startswith('cryptography')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_what_is_sealed_can_be_protected_and_stays_sealed(depot: Path) -> None:
    with_passphrase(depot, "unprotect", "d.stockcheck")
    run(depot, "seal", "d.stockcheck", "--role", "Commander", "--by", "Ana Roca", "--unsigned", "--yes")
    before = run(depot, "verify", "d.stockcheck").stdout
    run(depot, "protect", "d.stockcheck", "--passphrase-file", "right")
    assert before.splitlines()[-2:] == with_passphrase(depot, "verify", "d.stockcheck").splitlines()[-2:]
    done = run(depot, "--passphrase-file", "right", "answer", "d.stockcheck", text="A-1=yes\n", status=1)
    assert "Sealed by Ana Roca" in done.stderr
    with_passphrase(depot, "unprotect", "d.stockcheck")
    assert run(depot, "verify", "d.stockcheck").stdout == before


def test_what_a_killed_unprotect_leaves_in_the_clear_goes_when_somebody_answers(depot: Path) -> None:
    shutil.copy(depot / "d.stockcheck", depot / "plain.stockcheck")
    with_passphrase(depot, "unprotect", "plain.stockcheck")
    left, held = depot / ".stockcheck-0123abcd", depot / ".stockcheck-4567cdef"
    for hidden in (left, held):
        hidden.mkdir(0o700)
        (hidden / "mark").write_bytes(files._MARKED)
        shutil.copy(depot / "plain.stockcheck", hidden / "draft")
    with (held / "mark").open("rb") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)  # its writer is alive
        with_passphrase(depot, "score", "d.stockcheck")
        assert left.exists(), "who only reads takes nothing away"
        with_passphrase(depot, "answer", "d.stockcheck", text="A-1=yes\n")
        assert (left.exists(), held.exists()) == (False, True)
