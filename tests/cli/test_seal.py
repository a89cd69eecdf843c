"""seal, reopen, key and what verify makes of them, as a person runs them; and what a forger gets said of his work."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pexpect
import pytest

from stockcheck.assessment.closing import seal as close
from stockcheck.assessment.file import open_file
from stockcheck.keys import own
from tests import volume
from tests.assessment.crafting import alter, answered, chained, insert, new, read
from tests.cli.running import RUN, called, environment, run
from tests.cli.test_record import TOO_MUCH

PHRASE = "correct horse battery\n"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trying a passphrase takes less work, here and in what forks from it."""
    monkeypatch.setattr(own, "ROUNDS", 2)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an assessment, a passphrase and a key called ana."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "ana"))
    (tmp_path / "phrase").write_text(PHRASE)
    answered(tmp_path / "d.stockcheck")
    own.new("ana", PHRASE.strip())
    return tmp_path


@pytest.fixture
def sealed(here: Path) -> Path:
    with open_file(here / "d.stockcheck", write=True, by="Ana Roca") as file:
        close(file, "Depot commander", still_open=3, set_aside=0, signer=own.chosen("ana").opened(PHRASE.strip()))
    return here


SEAL = ("--role", "Depot commander", "--by", "Ana Roca")


def fingerprint(folder: Path) -> str:
    found = re.search(r"Fingerprint: ((?:[0-9a-f]{4} ?){8})\n", run(folder, "key", "show").stdout)
    assert found
    return found[1]


def forged(path: Path, *, seal: bool = True, was: str = '"partial"') -> None:
    """What a forger does with sqlite3 and hashlib alone: an answer is made better, and every hash reckoned anew."""
    alter(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        trigger = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'event_stays'").fetchone()[0]
        connection.execute("DROP TRIGGER event_stays")
        rows = connection.execute("SELECT seq, at, by, kind, subject, body FROM event ORDER BY seq").fetchall()
        previous = "0" * 64
        for seq, at, by, kind, subject, body in rows:
            body = body.replace(was, '"yes"')
            if kind == "seal":
                body = json.dumps({**json.loads(body), "head": previous}, separators=(",", ":"))
            fields = json.dumps([seq, at, by, kind, subject, body, previous], ensure_ascii=False, separators=(",", ":"))
            hash_ = hashlib.sha256(fields.encode()).hexdigest()
            connection.execute(
                "UPDATE event SET body = ?, previous = ?, hash = ? WHERE seq = ?", (body, previous, hash_, seq)
            )
            previous = hash_
        connection.execute(trigger)
    if not seal:
        alter(path, "DELETE FROM event WHERE kind = 'seal'")


def test_a_seal_tells_first_what_is_open_and_goes_on_only_where_that_is_wanted(here: Path) -> None:
    done = run(here, "seal", "d.stockcheck", *SEAL, "--unsigned", status=2)
    assert "Depot: North\n" in done.stdout
    assert re.search(r"\d questions are open\.\n1 question is flagged\.", done.stdout)
    assert "It is not sealed: not everything is done" in done.stderr
    assert read(here / "d.stockcheck").events[-1].kind == "flag"
    said = run(here, "seal", "d.stockcheck", *SEAL, "--unsigned", "--yes").stdout
    assert "Sealed by Ana Roca, Depot commander, " in said
    assert " – unsigned." in said
    assert "whoever can write the file can put such a seal into it, under any name" in said
    assert re.search(r"Whole code: [0-9a-f]{64}\n", said)


def test_a_signed_seal_is_told_by_its_fingerprint_and_who_is_known_here(sealed: Path) -> None:
    said = run(sealed, "verify", "d.stockcheck").stdout
    key = fingerprint(sealed)
    assert f"whoever holds the key {key} has signed entries 1 to 8, and this seal, as they stand here." in said
    assert "That key is one of your own, ana." in said
    run(sealed, "key", "show", "-o", "ana.pub")
    assert "exists already" in run(sealed, "key", "show", "-o", "ana.pub", status=2).stderr
    elsewhere = {"XDG_CONFIG_HOME": str(sealed / "inspector")}
    said = run(sealed, "verify", "d.stockcheck", env=elsewhere).stdout
    assert "This computer does not know that key. Anybody can make a key under any name" in said
    assert key in run(sealed, "key", "trust", "ana.pub", "--name", "Commander North", env=elsewhere).stdout
    assert "knows that key as Commander North" in run(sealed, "verify", "d.stockcheck", env=elsewhere).stdout
    for name in ("Commander North", key, "ana.pub", (sealed / "ana.pub").read_text()):
        run(sealed, "verify", "d.stockcheck", "--key", name, env=elsewhere)
    said = run(sealed, "verify", "d.stockcheck", "--key", "nobody", env=elsewhere, status=2).stderr
    assert "No key is known here as nobody." in said
    said = run(sealed, "verify", "d.stockcheck", "--key", "phrase", env=elsewhere, status=2).stderr
    assert "is no public key" in said
    said = run(sealed, "key", "trust", "ana.pub", "--name", "Colonel", env=elsewhere).stdout
    assert "That key was known here already, as Commander North." in said
    assert f"{key}  Colonel\n" in run(sealed, "key", "list", env=elsewhere).stdout
    assert key in run(sealed, "key", "forget", "Colonel", env=elsewhere).stdout
    assert "No key is known here." in run(sealed, "key", "list", env=elsewhere).stdout


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_forger_is_not_called_right(sealed: Path, language: str) -> None:
    path, name = sealed / "d.stockcheck", "ana"
    whole = path.read_bytes()
    forged(path)
    done = run(sealed, "--lang", language, "verify", "d.stockcheck", "--key", name, status=1)
    assert ("the signature does not fit" if language == "en" else "la firma no corresponde") in done.stderr
    assert "1 to 8" not in done.stdout
    assert not TOO_MUCH.search(done.stdout + done.stderr)
    run(sealed, "--lang", language, "verify", "d.stockcheck", status=1)

    path.write_bytes(whole)
    forged(path, seal=False)
    done = run(sealed, "--lang", language, "verify", "d.stockcheck")
    assert done.stdout.endswith("The file is not sealed.\n" if language == "en" else "El archivo no está sellado.\n")
    assert not TOO_MUCH.search(done.stdout)
    run(sealed, "--lang", language, "verify", "d.stockcheck", "--key", name, status=1)

    forger = {"XDG_CONFIG_HOME": str(sealed / "forger")}
    run(sealed, "key", "new", "--name", name, "--passphrase-file", "phrase", env=forger)
    run(sealed, "seal", "d.stockcheck", *SEAL, "--yes", "--passphrase-file", "phrase", env=forger)
    done = run(sealed, "--lang", language, "verify", "d.stockcheck")
    assert fingerprint(sealed) not in done.stdout
    unknown = "does not know that key" if language == "en" else "no conoce esa clave"
    assert unknown in done.stdout
    assert not TOO_MUCH.search(done.stdout)
    run(sealed, "--lang", language, "verify", "d.stockcheck", "--key", name, status=1)


def test_a_code_that_was_noted_in_part_is_not_called_the_whole(sealed: Path) -> None:
    head = read(sealed / "d.stockcheck").events[-1].hash
    said = run(sealed, "verify", "d.stockcheck", "--against", head[:12]).stdout
    assert "when that code was noted, unless somebody has had a computer search" in said
    assert "unless" not in run(sealed, "verify", "d.stockcheck", "--against", head).stdout
    forged(sealed / "d.stockcheck")
    assert "No entry has the code" in run(sealed, "verify", "d.stockcheck", "--against", head[:12], status=1).stderr


def test_what_another_program_adds_after_a_seal_is_said(sealed: Path) -> None:
    path = sealed / "d.stockcheck"
    last = chained(read(path).events[-1], "answer", "A-1", '{"value":"yes"}')
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        insert(connection, [last])
    done = run(sealed, "verify", "d.stockcheck", status=1)
    assert "entry 10 was recorded after it without a reopening" in done.stderr
    assert "The file is not sealed." in done.stdout
    assert "Not sealed: entry 10 was recorded after the seal of Ana Roca." in run(sealed, "show", "d.stockcheck").stdout


COMMANDS: dict[str, tuple[str, ...]] = {
    "set": ("set", "d.stockcheck", "--code", "X"),
    "answer": ("answer", "d.stockcheck", "--plain"),
    "plan set": ("plan", "set", "d.stockcheck", "A-1", "--owner", "x"),
    "redact": ("redact", "d.stockcheck", "5"),
    "review": ("review", "d.stockcheck", "--by", "x"),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_what_is_sealed_is_not_changed_by_any_command(sealed: Path, command: tuple[str, ...]) -> None:
    before = read(sealed / "d.stockcheck").events
    said = run(sealed, *command, text="A-1=yes\n", status=1).stderr
    assert "Sealed by Ana Roca (Depot commander) on " in said
    assert "(stockcheck reopen FILE --why REASON)" in said
    assert read(sealed / "d.stockcheck").events == before


def test_it_is_reopened_with_a_reason_that_stays(sealed: Path) -> None:
    assert "say why" in run(sealed, "reopen", "d.stockcheck", "--why", " ", status=2).stderr
    run(sealed, "reopen", "d.stockcheck", "--why", "A store was left out", "--by", "Ben")
    assert "Ben: Reopened: A store was left out" in run(sealed, "show", "d.stockcheck").stdout
    assert "is not sealed" in run(sealed, "reopen", "d.stockcheck", "--why", "x", status=2).stderr
    run(sealed, "set", "d.stockcheck", "--code", "X")
    said = run(sealed, "verify", "d.stockcheck").stdout
    assert "It does not stand: entry 10 reopened the assessment." in said
    assert "has signed entries 1 to 8" in said


def test_every_face_says_who_has_sealed(sealed: Path) -> None:
    line = f"– signed with the key {fingerprint(sealed)}."
    assert line in run(sealed, "show", "d.stockcheck").stdout
    assert "Ana Roca: Sealed as Depot commander" in run(sealed, "show", "d.stockcheck").stdout
    run(sealed, "report", "d.stockcheck", "-o", "gap.html")
    assert line in (sealed / "gap.html").read_text()
    found = json.loads(run(sealed, "score", "d.stockcheck", "--json").stdout)["history"]
    assert found["sealed"] is True
    (seal,) = found["seals"]
    assert (seal["entry"], seal["signature"], seal["stands"], seal["role"]) == (9, "fits", True, "Depot commander")
    new(sealed / "e.stockcheck")
    run(sealed, "report", "e.stockcheck", "-o", "other.html")
    assert "Not sealed." in (sealed / "other.html").read_text()


def test_a_file_that_is_called_as_another_depot_names_its_own(sealed: Path) -> None:
    (sealed / "d.stockcheck").rename(sealed / "south.stockcheck")
    for command in ("verify", "show"):
        assert "Depot: North\n" in run(sealed, command, "south.stockcheck").stdout


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("another horse\n", "The passphrase does not open the key ana."),
        ("", "is no password"),
        ("x" * 2000, "is no password"),
        ("\nsecond line", "is no password"),
    ],
)
def test_a_wrong_passphrase_seals_nothing(here: Path, phrase: str, said: str) -> None:
    (here / "wrong").write_text(phrase)
    done = called(here, "seal", "d.stockcheck", *SEAL, "--yes", "--passphrase-file", "wrong")
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert read(here / "d.stockcheck").events[-1].kind == "flag"


def test_a_short_passphrase_makes_no_key(here: Path) -> None:
    (here / "short").write_text("1234567")
    done = run(here, "key", "new", "--name", "b", "--passphrase-file", "short", status=2)
    assert "has 8 to 1000 characters" in done.stderr


def test_nobody_is_asked_where_there_is_no_terminal(here: Path) -> None:
    for command in (("seal", "d.stockcheck", *SEAL, "--yes"), ("key", "new", "--name", "b")):
        done = run(here, *command, text=PHRASE * 2, status=2)
        assert "no terminal to type a passphrase at" in done.stderr
        assert "--passphrase-file" in done.stderr


@pytest.fixture
def at_a_terminal(here: Path) -> Iterator[Callable[..., pexpect.spawn[str]]]:
    opened: list[pexpect.spawn[str]] = []

    def start(*arguments: str) -> pexpect.spawn[str]:
        opened.append(
            pexpect.spawn(RUN[0], [*RUN[1:], *arguments], cwd=here, env=environment(), encoding="utf-8", timeout=60)
        )
        return opened[-1]

    yield start
    for one in opened:
        one.close(force=True)


def test_at_a_terminal_the_passphrase_is_asked_for_and_never_shown(
    here: Path, at_a_terminal: Callable[..., pexpect.spawn[str]]
) -> None:
    making = at_a_terminal("key", "new", "--name", "ben")
    for prompt in ("New passphrase: ", "The same again: "):
        making.expect_exact(prompt)
        making.sendline("velvet anchor seven")
    making.expect_exact("The key ben is made.")
    making.expect(pexpect.EOF)
    assert "velvet" not in making.before
    sealing = at_a_terminal("seal", "d.stockcheck", *SEAL, "--key", "ben")
    sealing.expect_exact("Seal it all the same? [y/N]")
    sealing.sendline("y")
    sealing.expect_exact("Passphrase of the key ben: ")
    sealing.sendline("velvet anchor seven")
    sealing.expect_exact("signed with the key")
    sealing.expect(pexpect.EOF)
    assert "velvet" not in sealing.before
    assert read(here / "d.stockcheck").events[-1].kind == "seal"


def test_without_the_library_all_else_works_and_the_refusal_is_a_sentence(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in {"cryptography", *(name for name in sys.modules if name.split(".")[0] == "cryptography")}:
        monkeypatch.setitem(sys.modules, name, None)
    answered(sealed / "e.stockcheck")
    for command in (
        ("seal", "e.stockcheck", *SEAL, "--yes", "--passphrase-file", "phrase"),
        ("key", "new", "--name", "b", "--passphrase-file", "phrase"),
    ):
        said = run(sealed, *command, status=2).stderr
        assert "needs the library cryptography" in said
        assert said.rstrip().endswith("pip install 'stockcheck[protect]'")
    run(sealed, "seal", "e.stockcheck", *SEAL, "--yes", "--unsigned")
    said = run(sealed, "verify", "d.stockcheck").stdout
    assert "NOT CHECKED" in said
    assert "The signature fits" not in said
    assert "signed, but the signature was not checked here" in run(sealed, "show", "d.stockcheck").stdout
    run(sealed, "verify", "d.stockcheck", "--key", "ana", status=1)
    assert "ana: your own" in run(sealed, "key", "list").stdout
    run(sealed, "report", "d.stockcheck", "-o", "gap.html")


def test_a_damaged_key_seals_nothing_and_a_damaged_list_stops_no_look_at_a_file(sealed: Path) -> None:
    keys = sealed / "ana" / "stockcheck" / "keys"
    (keys / "trusted.json").write_text("[" * 100_000)
    said = run(sealed, "verify", "d.stockcheck").stdout
    assert "Whether this computer knows that key cannot be told." in said
    assert "trusted.json is damaged" in run(sealed, "key", "list", status=1).stderr
    (mine,) = keys.glob("own-*.json")
    mine.write_text(mine.read_text()[:-40])
    answered(sealed / "e.stockcheck")
    done = run(sealed, "seal", "e.stockcheck", *SEAL, "--yes", "--passphrase-file", "phrase", status=1)
    assert "is damaged: it is not as stockcheck wrote it" in done.stderr
    assert read(sealed / "e.stockcheck").events[-1].kind == "flag"


def test_ones_own_key_is_not_forgotten_by_a_slip(here: Path) -> None:
    assert "is a key of your own" in run(here, "key", "forget", "ana", status=2).stderr
    assert "ana: your own" in run(here, "key", "list").stdout


@volume.number("times", 12, 200)
def test_a_program_killed_while_it_seals_leaves_a_file_that_is_sealed_or_not(here: Path, times: int) -> None:
    path = here / "d.stockcheck"
    untouched, signer = path.read_bytes(), own.chosen("ana").opened(PHRASE.strip())
    ends: list[str] = []
    start = time.perf_counter()
    _sealed_by_a_fork(path, signer)
    taken = time.perf_counter() - start
    for turn in range(times):
        for left in here.glob("d.stockcheck*"):
            left.unlink()
        path.write_bytes(untouched)
        _sealed_by_a_fork(path, signer, taken * (turn + 1) / times)
        with open_file(path, write=True, by="after") as file:
            seals = file.record.seals
            ends.append(file.events[-1].kind)
            assert [one.binds for one in seals] == [True] * (ends[-1] == "seal")
            assert bool(file.read_only) == (ends[-1] == "seal")
    assert set(ends) <= {"flag", "seal"}


def _sealed_by_a_fork(path: Path, signer: own.Identity, after: float | None = None) -> None:
    """Seal in a process of its own, killed so many seconds after its start, or left to end."""
    process = os.fork()
    if process == 0:
        try:
            with open_file(path, write=True, by="Ana Roca") as file:
                close(file, "Depot commander", still_open=0, set_aside=0, signer=signer)
        finally:
            os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
