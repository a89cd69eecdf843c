"""Protection: what went in comes out to the letter, what was changed is told, and a stranger finds nothing."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import sqlite3
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
from stockcheck.assessment import protecting, unlocking
from stockcheck.assessment.file import open_file
from stockcheck.assessment.protecting import add_recipient, change_passphrase, protect, unprotect
from stockcheck.assessment.protection import MAX_SLOTS, Protection, by_passphrase
from stockcheck.errors import AssessmentFileError, ProtectedError, UsageError, WrongPassphraseError
from tests.assessment.crafting import alter, answered, checklist, read
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
        assert (at, by, kind, subject, before) == ("", "", "encrypted", "", previous)
        assert own == hashlib.sha256(f'[{seq},"","","encrypted","","{body}","{previous}"]'.encode()).hexdigest()
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
