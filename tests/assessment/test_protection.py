"""Protection: what went in comes out to the letter, what was changed is told, and a stranger finds nothing."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import sqlite3
import sys
import unicodedata
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stockcheck.answers.answer import Answer
from stockcheck.assessment import protecting, unlocking, vault
from stockcheck.assessment.checks import FORMAT
from stockcheck.assessment.events import as_body
from stockcheck.assessment.file import open_file
from stockcheck.assessment.protecting import add_recipient, change_passphrase, protect, unprotect
from stockcheck.assessment.protection import MAX_SLOTS, Protection, by_passphrase
from stockcheck.errors import AssessmentFileError, ProtectedError, UsageError, WrongPassphraseError
from tests.assessment.crafting import alter, answered, checklist, clock, read, sql
from tests.assessment.protecting import PASSPHRASE, QUICK, asked, new_protected, protected

SECRETS = ("North", "SECRET", "tester", "Seen 1 times", "partial", "A-1", "Ammunition", checklist().digest)


@pytest.fixture(autouse=True)
def _nobody_knows() -> Iterator[None]:
    unlocking.forget()
    unlocking.use(None)
    yield
    unlocking.forget()
    unlocking.use(None)


def rows(path: Path, table: str = "event") -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


def holds(path: Path, text: str) -> bool:
    content = path.read_bytes()
    return any(text.encode(code) in content for code in ("utf-8", "utf-16-le", "utf-16-be"))


def test_what_was_recorded_comes_back_to_the_letter(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    plain, before = rows(path), read(path)
    protect(path, PASSPHRASE, cost=QUICK)
    assert not [text for text in SECRETS if holds(path, text)]
    assert path.stat().st_mode & 0o777 == 0o600
    asked(PASSPHRASE)
    assert read(path) == before
    unprotect(path)
    assert rows(path) == plain
    assert rows(path, "protection") == []
    unlocking.forget()
    assert read(path) == before


def test_what_is_answered_after_that_is_sealed_as_well(tmp_path: Path) -> None:
    path = protected(tmp_path / "d.stockcheck")
    asked(PASSPHRASE)
    with open_file(path, write=True, by="Zugzwang") as file:
        file.answer(file.checklist.question["A-1"], Answer("no"))
        file.note("A-2", "behind the stove")
        head, state = file.head, file.state
    assert not holds(path, "Zugzwang")
    assert not holds(path, "behind the stove")
    with open_file(path) as file:
        assert (file.head, file.state) == (head, state)
        assert file.record.chain_holds
        assert file.findings() == []


def test_a_new_one_is_sealed_from_the_start(tmp_path: Path) -> None:
    path = new_protected(tmp_path / "d.stockcheck")
    assert not [text for text in SECRETS if holds(path, text)]
    asked(PASSPHRASE)
    assert read(path).state.depot == "North"


def test_answers_cannot_be_told_by_their_length(tmp_path: Path) -> None:
    path = new_protected(tmp_path / "d.stockcheck")
    asked(PASSPHRASE)
    with open_file(path, write=True, by="tester") as file:
        for answer in ("yes", "no", "partial"):
            file.answer(file.checklist.question["A-1"], Answer(answer))
        file.flag("A-1", True)
    assert len({len(str(row[5])) for row in rows(path)}) == 1


def test_the_recipe_is_what_the_document_says(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    events = read(path).events
    passphrase = "ñandú y ombú"
    protect(path, unicodedata.normalize("NFD", passphrase), cost=QUICK)
    (_, about), (_, slot) = rows(path, "protection")
    file_id, found = json.loads(str(about))["id"], json.loads(str(slot))
    salt = b64decode(found["salt"])
    wrapping = Argon2id(salt=salt, length=32, iterations=1, lanes=1, memory_cost=32).derive(passphrase.encode())
    bound = json.dumps(["stockcheck", 1, file_id, "passphrase", found["salt"], 32, 1, 1], separators=(",", ":"))
    key = AESGCM(wrapping).decrypt(b64decode(found["nonce"]), b64decode(found["wrapped"]), bound.encode())

    def derived(purpose: str) -> bytes:
        return HKDF(SHA256(), 32, bytes.fromhex(file_id), f"stockcheck 1 {purpose}".encode()).derive(key)

    def opened(purpose: str, sealed: str, *place: object) -> bytes:
        content = b64decode(sealed)
        bound = json.dumps(["stockcheck", 1, file_id, purpose, *place], separators=(",", ":")).encode()
        framed = AESGCM(derived(purpose)).decrypt(content[:12], content[12:], bound)
        return framed[8 : 8 + int.from_bytes(framed[:8], "big")]

    previous = "0" * 64
    for row, event in zip(rows(path), events, strict=True):
        seq, at, by, kind, subject, body, before, own = row
        assert (at, by, kind, subject, before) == ("", "", "sealed", "", previous)
        assert own == hashlib.sha256(f'[{seq},"","","sealed","","{body}","{previous}"]'.encode()).hexdigest()
        assert json.loads(opened("event", str(body), seq, previous)) == [
            *(event.seq, event.at, event.by, event.kind, event.subject, event.body, event.previous, event.hash)
        ]
        previous = str(own)
    ((name, content),) = rows(path, "checklist")
    digest = checklist().digest
    assert name == hmac.new(derived("name"), digest.encode(), "sha256").hexdigest()
    assert opened("checklist", str(content), name) == f"{digest}\n{checklist().content}".encode()


# Who gets in


def test_nobody_who_is_not_asked_gets_in(tmp_path: Path) -> None:
    path = protected(tmp_path / "d.stockcheck")
    with pytest.raises(ProtectedError, match=r"d\.stockcheck is protected by a passphrase"):
        open_file(path)
    asked(None)
    with pytest.raises(ProtectedError):
        open_file(path, write=True)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["d.stockcheck"]


def test_a_wrong_passphrase_is_no_damage(tmp_path: Path) -> None:
    path = protected(tmp_path / "d.stockcheck")
    told = asked("wrong one", "wrong two", PASSPHRASE)
    assert read(path).state.depot == "North"
    assert len(told) == 3
    told = asked("wrong one", "wrong two", "wrong three", PASSPHRASE)
    with pytest.raises(WrongPassphraseError, match=r"That does not open d\.stockcheck"):
        open_file(path)
    assert len(told) == 3


def test_one_run_asks_once_and_tries_what_it_knows_first(tmp_path: Path) -> None:
    one, two = protected(tmp_path / "one.stockcheck"), protected(tmp_path / "two.stockcheck")
    other = new_protected(tmp_path / "other.stockcheck", "another passphrase")
    told = asked(PASSPHRASE, "another passphrase")
    for path in (one, two, one, other, two):
        read(path)
    assert told == [one, other]
    with unlocking.asking_nobody():
        read(two)


def test_another_passphrase_has_another_key_and_the_old_one_opens_nothing_any_more(tmp_path: Path) -> None:
    path = protected(tmp_path / "d.stockcheck")
    copy = Path(shutil.copy(path, tmp_path / "copy.stockcheck"))
    asked(PASSPHRASE)
    before = read(path)
    change_passphrase(path, "another passphrase", cost=QUICK)
    asked(PASSPHRASE, None)
    with pytest.raises(WrongPassphraseError):
        open_file(path)
    asked("another passphrase")
    assert read(path) == before
    new = unlocking._keys.popitem()[1].key
    asked(PASSPHRASE)
    read(copy)
    assert unlocking._keys.popitem()[1].key != new


def test_a_recipient_opens_it_with_a_private_key(tmp_path: Path) -> None:
    path, private = protected(tmp_path / "d.stockcheck"), X25519PrivateKey.generate()
    stranger = X25519PrivateKey.generate().private_bytes_raw()
    asked(PASSPHRASE)
    before = read(path)
    add_recipient(path, private.public_key().public_bytes_raw())
    change_passphrase(path, "another passphrase", cost=QUICK)
    asked(private.private_bytes_raw())
    assert read(path) == before
    asked("another passphrase")
    assert read(path) == before
    asked(stranger, b"short", None)
    with pytest.raises(WrongPassphraseError):
        open_file(path)


@pytest.mark.parametrize("public", [b"", b"x" * 31, bytes(32)])
def test_what_is_no_public_key_is_refused(tmp_path: Path, public: bytes) -> None:
    path = protected(tmp_path / "d.stockcheck")
    asked(PASSPHRASE)
    with pytest.raises(UsageError, match="no public key"):
        add_recipient(path, public)
    read(path)


def test_there_are_as_many_recipients_as_there_is_room_for(tmp_path: Path) -> None:
    path = protected(tmp_path / "d.stockcheck")
    asked(PASSPHRASE)
    made = by_passphrase(PASSPHRASE, QUICK).with_recipients(
        X25519PrivateKey.generate().public_key().public_bytes_raw() for _ in range(MAX_SLOTS - 1)
    )
    Protection.read(made.protection.rows())
    with pytest.raises(UsageError, match="16 ways"):
        made.with_recipients([X25519PrivateKey.generate().public_key().public_bytes_raw()])
    assert path.exists()


@pytest.mark.parametrize("passphrase", ["", "1234567", "x" * 1001])
def test_a_passphrase_that_will_not_do_is_refused(tmp_path: Path, passphrase: str) -> None:
    path = answered(tmp_path / "d.stockcheck")
    with pytest.raises(UsageError, match="8 to 1000 characters"):
        protect(path, passphrase)
    read(path)


def test_what_is_protected_is_not_protected_twice_and_what_is_plain_not_unprotected(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    for work in (unprotect, protecting.head_of, lambda path: change_passphrase(path, PASSPHRASE, cost=QUICK)):
        with pytest.raises(UsageError, match="is not protected"):
            work(path)
    protect(path, PASSPHRASE, cost=QUICK)
    with pytest.raises(UsageError, match="protected already"):
        protect(path, PASSPHRASE, cost=QUICK)


def test_a_second_name_of_the_file_would_stay_plain(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    (tmp_path / "second.stockcheck").hardlink_to(path)
    with pytest.raises(UsageError, match="second name"):
        protect(path, PASSPHRASE, cost=QUICK)


def test_where_a_link_leads_the_file_is_protected(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    path = answered(tmp_path / "real" / "d.stockcheck")
    link = tmp_path / "link.stockcheck"
    link.symlink_to(path)
    protect(link, PASSPHRASE, cost=QUICK)
    assert link.is_symlink()
    assert not holds(path, "North")


def test_nothing_is_written_where_another_program_has_the_file(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    with open_file(path, write=True, by="first"), pytest.raises(AssessmentFileError, match="open in another program"):
        protect(path, PASSPHRASE, cost=QUICK)
    read(path)


# What was changed


def spoilt(text: str) -> str:
    """`text` with one sign in its middle changed."""
    place = len(text) // 2
    return text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]


def flip(table: str, column: str, key: str, number: object) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            wanted = f"SELECT {column} FROM {table} WHERE {key} = ?"
            ((text,),) = connection.execute(wanted, (number,)).fetchall()
        alter(path, f"UPDATE {table} SET {column} = '{spoilt(text)}' WHERE {key} = {number!r}")

    return change


DAMAGED = "damaged or was changed by another program|is damaged"


@pytest.mark.parametrize("column", ["at", "by", "kind", "subject", "body", "previous", "hash"])
@pytest.mark.parametrize("seq", [1, 4, 8])
def test_a_changed_row_is_told(tmp_path: Path, column: str, seq: int) -> None:
    path = protected(tmp_path / "d.stockcheck")
    alter(path, f"UPDATE event SET {column} = replace({column}, substr({column}, 5, 3), '') || 'x' WHERE seq = {seq}")
    asked(PASSPHRASE)
    with pytest.raises(AssessmentFileError, match=DAMAGED):
        open_file(path)
    with pytest.raises(AssessmentFileError, match=DAMAGED):
        protecting.head_of(path)


def test_a_row_whose_hashes_were_reckoned_anew_is_told_by_its_seal(tmp_path: Path) -> None:
    path = protected(tmp_path / "d.stockcheck")
    flip("event", "body", "seq", 8)(path)
    ((*_, body, previous, _),) = [row for row in rows(path) if row[0] == 8]
    own = hashlib.sha256(as_body([8, "", "", "sealed", "", body, previous]).encode()).hexdigest()
    alter(path, f"UPDATE event SET hash = '{own}' WHERE seq = 8")
    assert protecting.head_of(path) == (8, own), "which nobody can see without the key"
    asked(PASSPHRASE)
    with pytest.raises(AssessmentFileError, match="entry 8 cannot be opened"):
        open_file(path)


def test_rows_that_were_swapped_or_come_from_elsewhere_are_told(tmp_path: Path) -> None:
    path, other = protected(tmp_path / "d.stockcheck"), protected(tmp_path / "other.stockcheck")
    swapped, mixed, short = (Path(shutil.copy(path, tmp_path / name)) for name in ("swapped", "mixed", "short"))
    five, six = rows(path)[4:6]
    alter(
        swapped,
        f"UPDATE event SET body = '{six[5]}' WHERE seq = 5",
        f"UPDATE event SET body = '{five[5]}' WHERE seq = 6",
    )
    alter(mixed, f"UPDATE event SET body = '{rows(other)[7][5]}' WHERE seq = 8")
    alter(short, "DELETE FROM event WHERE seq = 5")
    for one in (swapped, mixed, short):
        asked(PASSPHRASE)
        with pytest.raises(AssessmentFileError, match=DAMAGED):
            open_file(one)


def test_what_was_cut_off_the_end_only_a_code_shows(tmp_path: Path) -> None:
    path = protected(tmp_path / "d.stockcheck")
    asked(PASSPHRASE)
    head = read(path).events[-1].hash
    alter(path, "DELETE FROM event WHERE seq > 6")
    found = read(path)
    assert len(found.events) == 6
    assert found.broken is None
    assert head not in [event.hash for event in found.events]


@pytest.mark.parametrize("column", ["digest", "content"])
def test_a_changed_checklist_is_told(tmp_path: Path, column: str) -> None:
    path = protected(tmp_path / "d.stockcheck")
    ((name, content),) = rows(path, "checklist")
    alter(path, f"UPDATE checklist SET {column} = '{spoilt(str(content if column == 'content' else name))}'")
    asked(PASSPHRASE)
    with pytest.raises(AssessmentFileError, match=DAMAGED):
        open_file(path)


def test_a_plain_row_in_a_protected_file_is_told(tmp_path: Path) -> None:
    path = protected(tmp_path / "d.stockcheck")
    last = rows(path)[-1]
    plain = "'2026-03-01T10:00:00.000+00:00', 'me', 'answer', 'A-1', '{}'"
    alter(path, f"INSERT INTO event VALUES (9, {plain}, '{last[7]}', '{'0' * 64}')")
    asked(PASSPHRASE)
    with pytest.raises(AssessmentFileError, match=DAMAGED):
        open_file(path)


def test_without_its_slots_a_file_is_no_plain_assessment(tmp_path: Path) -> None:
    path = protected(tmp_path / "d.stockcheck")
    sql(path, "DELETE FROM protection")
    with pytest.raises(AssessmentFileError, match="holds no assessment"):
        open_file(path)


def slot(path: Path, **changes: object) -> str:
    """The slot of a file with something else in it, and a right check."""
    (_, about), (_, content) = rows(path, "protection")
    found = json.loads(str(content)) | changes
    names = ("kind", "salt", "memory", "iterations", "lanes", "nonce", "wrapped")
    listed = as_body([json.loads(str(about))["id"], *(found[name] for name in names)])
    found["check"] = hashlib.sha256(listed.encode()).hexdigest()
    return as_body(found)


def put(path: Path, *contents: str) -> None:
    """Put slots in the place of those of a file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM protection WHERE slot > 0")
        connection.executemany("INSERT INTO protection (content) VALUES (?)", [(content,) for content in contents])
        connection.commit()


def refused_unasked(path: Path) -> None:
    told = asked(PASSPHRASE)
    with pytest.raises(AssessmentFileError, match="its protection cannot be read"):
        open_file(path)
    assert told == []


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "null",
        "{",
        "[" * 2000,
        "x" * 100_000,
        '{"kind":"passphrase"}',
        '{"kind":"other"}',
        '{"kind":[]}',
    ],
    ids=lambda text: text[:20],
)
def test_what_is_no_slot_is_refused_before_anybody_is_asked(tmp_path: Path, content: str) -> None:
    path = protected(tmp_path / "d.stockcheck")
    put(path, content)
    refused_unasked(path)


@pytest.mark.parametrize(
    "changes",
    [
        *({"memory": value} for value in (1 << 40, (256 << 10) + 1, 7, -1, True, "64", None, 64.0)),
        *({"iterations": value} for value in (17, 0)),
        *({"lanes": value} for value in (17, 0, 8)),
        *({"salt": value} for value in ("", "AA==", "!", 5, None)),
        *({"nonce": "AA=="}, {"nonce": None}, {"wrapped": "A"}, {"wrapped": "AA=="}),
    ],
    ids=str,
)
def test_a_hostile_slot_is_refused_before_anybody_is_asked(tmp_path: Path, changes: dict[str, object]) -> None:
    path = protected(tmp_path / "d.stockcheck")
    put(path, slot(path))
    asked(PASSPHRASE)
    read(path)
    put(path, slot(path, **changes))
    refused_unasked(path)


def test_slots_that_are_too_many_or_cost_too_much_together_are_refused(tmp_path: Path) -> None:
    path = protected(tmp_path / "d.stockcheck")
    dear, cheap = slot(path, memory=256 << 10, iterations=3), slot(path)
    for contents in ([dear] * 5, [cheap] * (MAX_SLOTS + 1), []):
        put(path, *contents)
        refused_unasked(path)
        put(path, cheap)
    put(path, *[cheap] * MAX_SLOTS)
    asked(PASSPHRASE)
    read(path)
    sql(path, "DELETE FROM protection WHERE slot = 0")
    refused_unasked(path)


@pytest.mark.parametrize("number", [0, 1])
def test_an_accident_to_a_slot_is_no_wrong_passphrase(tmp_path: Path, number: int) -> None:
    path = protected(tmp_path / "d.stockcheck")
    content = str(rows(path, "protection")[number][1])
    for place in range(0, len(content), 3):
        with closing(sqlite3.connect(path)) as connection:
            spoilt_ = content[:place] + ("0" if content[place] != "0" else "1") + content[place + 1 :]
            connection.execute("UPDATE protection SET content = ? WHERE slot = ?", (spoilt_, number))
            connection.commit()
        asked(PASSPHRASE)
        with pytest.raises(AssessmentFileError, match=r"its protection cannot be read|does not know"):
            open_file(path)


# With the rest of the program


def test_a_redaction_takes_the_words_out_and_leaves_both_chains(tmp_path: Path) -> None:
    path = protected(tmp_path / "d.stockcheck")
    asked(PASSPHRASE)
    bodies = [str(row[5]) for row in rows(path)]
    with open_file(path, write=True, by="clerk", clock=clock) as file:
        file.redact(5)
    with open_file(path) as file:
        assert file.record.chain_holds
        assert len(file.record.redactions) == 1
        assert "Seen 0 times" not in "".join(event.body for event in file.events)
    assert protecting.head_of(path)[0] == 9
    assert [holds(path, body) for body in bodies] == [True] * 4 + [False] * 4
    unprotect(path)
    assert read(path).broken is None


def test_an_older_file_becomes_one_of_the_present_format(tmp_path: Path) -> None:
    path = tmp_path / "old.stockcheck"
    shutil.copy(sorted((Path(__file__).parent / "fixtures").glob("*3*.stockcheck"))[0], path)
    before = read(path)
    protect(path, PASSPHRASE, cost=QUICK)
    assert read(path) == before
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)


def test_attachments_go_along_by_digest_and_content(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    digest = hashlib.sha256(b"a picture").hexdigest()
    sql(path, f"INSERT INTO attachment VALUES ('{digest}', x'{b'a picture'.hex()}')")
    protect(path, PASSPHRASE, cost=QUICK)
    assert not holds(path, "a picture")
    assert not holds(path, digest)
    unprotect(path)
    assert rows(path, "attachment") == [(digest, b"a picture")]


def test_a_missing_library_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, plain = protected(tmp_path / "d.stockcheck"), answered(tmp_path / "plain.stockcheck")
    monkeypatch.setitem(sys.modules, "stockcheck.assessment.ciphers", None)
    monkeypatch.delattr("stockcheck.assessment.ciphers", raising=False)
    asked(PASSPHRASE)
    for work in (lambda: open_file(path), lambda: protect(plain, PASSPHRASE, cost=QUICK)):
        with pytest.raises(UsageError, match="needs the library cryptography"):
            work()
    read(plain)


def test_a_broken_library_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        """As one of a library written in Rust: no `Exception`."""

    class Finder:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "stockcheck.assessment.ciphers":
                raise Panic

    monkeypatch.delitem(sys.modules, "stockcheck.assessment.ciphers", raising=False)
    monkeypatch.delattr("stockcheck.assessment.ciphers", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    with pytest.raises(UsageError, match="needs the library cryptography"):
        vault.ciphers()
