"""Keys: kept under a passphrase for their owner alone, handed on as a line, and known by a name that is given here."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import stat
import sys
from pathlib import Path

import pytest

from stockcheck import ciphers
from stockcheck.errors import StockcheckError, UsageError
from stockcheck.keys import folder, own, trusted
from stockcheck.keys.public import MAX_NAME, PublicKey, as_fingerprint, from_line

PHRASE = "correct horse battery"
ONE, OTHER = PublicKey(b"\1" * 32, b"\2" * 32, "Ana"), PublicKey(b"\1" * 32, b"\3" * 32)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of keys; trying a passphrase takes less work than it does for anybody else."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr(own, "ROUNDS", 2)
    return tmp_path / "stockcheck" / "keys"


def test_a_key_is_kept_for_its_owner_alone_and_never_in_the_clear(place: Path) -> None:
    public = own.new("Ana", PHRASE)
    (path,) = place.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    opened = own.chosen("").opened(PHRASE)
    kept = path.read_bytes()
    for half in (opened.signing, opened.receiving):
        assert half not in kept
        assert base64.b64encode(half) not in kept
        assert half.hex().encode() not in kept
        assert repr(half) not in repr(opened)
    assert ciphers.signature_fits(opened.sign(b"x"), b"x", public.signing)
    assert not ciphers.signature_fits(opened.sign(b"x"), b"y", public.signing)


def test_it_takes_real_work_to_try_a_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert own.ROUNDS >= 1 << 17, "128 MiB for each"


def test_another_passphrase_does_not_open_it_and_accents_do_however_they_are_typed() -> None:
    own.new("Ana", "contrase\u00f1a l\u00e1rga")
    assert own.chosen("Ana").opened("contrasen\u0303a la\u0301rga")
    with pytest.raises(StockcheckError, match="does not open the key Ana"):
        own.chosen("Ana").opened("contrasena larga")


@pytest.mark.parametrize("name", ["name", "public", "rounds", "salt", "nonce", "secret", "check", "stockcheck_key"])
def test_a_damaged_key_is_told_from_a_wrong_passphrase(place: Path, name: str) -> None:
    own.new("Ana", PHRASE)
    (path,) = place.iterdir()
    content = json.loads(path.read_text())
    path.write_text(json.dumps({**content, name: "x"}))
    with pytest.raises(StockcheckError, match=r"own-[0-9a-f]{32}\.json is damaged"):
        own.own()
    del content[name]
    path.write_text(json.dumps(content))
    with pytest.raises(StockcheckError, match="is damaged"):
        own.own()


@pytest.mark.parametrize("rounds", [1 << 30, 3, 0, 2.0, True])
def test_a_key_file_cannot_ask_for_all_the_memory_there_is(place: Path, rounds: object) -> None:
    own.new("Ana", PHRASE)
    (path,) = place.iterdir()
    content = {**json.loads(path.read_text()), "rounds": rounds}
    content.pop("check")
    path.write_text(json.dumps({**content, "check": own._check(content)}))
    with pytest.raises(StockcheckError, match="is damaged"):
        own.own()


def test_names_of_ones_own_keys_are_told_apart() -> None:
    first = own.new("Ana", PHRASE)
    with pytest.raises(UsageError, match="called Ana already"):
        own.new(" Ana ", PHRASE)
    own.new("Ben", PHRASE)
    with pytest.raises(UsageError, match="Several keys could be meant: Ana"):
        own.chosen("")
    assert own.chosen("Ben").public.name == "Ben"
    assert own.chosen(first.fingerprint.upper().replace(" ", "")).public == first
    with pytest.raises(UsageError, match="no key of yours called Eva"):
        own.chosen("Eva")


def test_without_a_key_it_is_said_how_to_make_one() -> None:
    with pytest.raises(UsageError, match="stockcheck key new"):
        own.chosen("")


def test_the_fingerprint_is_of_both_halves() -> None:
    digest = hashlib.sha256(b"\1" * 32 + b"\2" * 32).hexdigest()
    assert ONE.fingerprint.replace(" ", "") == digest[:32]
    assert [len(part) for part in ONE.fingerprint.split(" ")] == [4] * 8
    assert ONE.fingerprint != OTHER.fingerprint
    assert as_fingerprint(digest[:32].upper()) == as_fingerprint(ONE.fingerprint.replace(" ", ":")) == ONE.fingerprint
    assert as_fingerprint(digest[:31]) is None


def test_a_line_that_is_handed_on_comes_back_as_it_was() -> None:
    assert ONE.line.startswith("stockcheck-key-1 ")
    assert (from_line(ONE.line + "\n"), from_line(ONE.line).name) == (ONE, "Ana")
    assert from_line(OTHER.line).name == ""
    assert "\x1b" not in from_line(ONE.line.replace("Ana", "\x1b[31mAna")).name


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Ana",
        "stockcheck-key-1",
        ONE.line.replace("key-1", "key-2"),
        ONE.line.replace("AQEB", "AQE", 1),
        ONE.line.replace("=", ""),
        ONE.line.replace("E=", "F="),  # the same bytes, spelled in another way
        "stockcheck-key-1 é é",
        ONE.line + "x" * 1000,
    ],
)
def test_what_is_no_public_key_is_refused(line: str) -> None:
    with pytest.raises(UsageError, match="is no public key"):
        from_line(line)


def test_a_key_is_known_by_the_name_that_is_given_here() -> None:
    assert trusted.trusted() == []
    assert trusted.trust(ONE, "Inspector") is None
    before = trusted.trust(ONE, "Ana Roca")
    assert before is not None
    assert before.name == "Inspector", "that it was known under another name is said"
    assert [key.name for key in trusted.trusted()] == ["Ana Roca"]
    with pytest.raises(UsageError, match="what another key is known as here"):
        trusted.trust(OTHER, "Ana Roca")
    trusted.trust(OTHER, "Ben")
    assert trusted.forget(ONE.fingerprint) == ONE
    assert [key.name for key in trusted.trusted()] == ["Ben"]
    with pytest.raises(UsageError, match="No key is known here as Ana Roca"):
        trusted.forget("Ana Roca")


@pytest.mark.parametrize("name", ["", "–", "x" * (MAX_NAME + 1)])
def test_a_name_that_says_nothing_is_none(name: str) -> None:
    with pytest.raises(UsageError, match="A key needs a name"):
        trusted.trust(ONE, name)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff",
        b"[]",
        b"{}",
        b'{"keys":7}',
        b'{"keys":[7]}',
        b'{"keys":[{"public":"x","name":"y"}]}',
        b"[" * 100_000,
        b'{"keys":[' + b" " * (1 << 19) + b"]}",
        json.dumps({"keys": [{"public": ONE.text, "name": "x"}] * 1001}).encode(),
    ],
    ids=range(9),
)
def test_a_list_of_keys_that_is_damaged_or_huge_is_not_believed_and_not_written_over(
    place: Path, content: bytes
) -> None:
    trusted.trust(ONE, "Ana")
    path = place / "trusted.json"
    path.write_bytes(content)
    for attempt in (trusted.trusted, lambda: trusted.trust(OTHER, "Ben"), lambda: trusted.forget("Ana")):
        with pytest.raises(StockcheckError, match=r"trusted\.json is damaged"):
            attempt()
    assert path.read_bytes() == content


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such owner")
def test_a_list_that_others_can_write_is_not_believed(place: Path) -> None:
    trusted.trust(ONE, "Ana")
    (place / "trusted.json").chmod(0o666)
    with pytest.raises(StockcheckError, match="can be written by somebody else"):
        trusted.trusted()
    (place / "trusted.json").rename(place / "elsewhere")
    (place / "trusted.json").symlink_to(place / "elsewhere")
    with pytest.raises(StockcheckError, match="cannot be read"):
        trusted.trusted()


class Panic(BaseException):
    """What a library of another system may fail with while it is read in."""


Panic.__name__ = "PanicException"


@pytest.mark.parametrize("broken", ["missing", "panics"])
def test_where_the_library_is_missing_or_broken_that_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    own.new("Ana", PHRASE)
    key = own.chosen("")
    if broken == "missing":
        for name in [name for name in sys.modules if name.split(".")[0] == "cryptography"]:
            monkeypatch.setitem(sys.modules, name, None)
    else:
        monkeypatch.setattr("cryptography.hazmat.primitives.kdf.scrypt.Scrypt", Panicking)
        monkeypatch.setattr("cryptography.hazmat.primitives.asymmetric.ed25519.Ed25519PrivateKey", Panicking)
    for attempt in (lambda: own.new("Ben", PHRASE), lambda: key.opened(PHRASE)):
        with pytest.raises(ciphers.NoLibraryError) as caught:
            attempt()
        assert (caught.value.hint or "").endswith("pip install 'stockcheck[protect]'")
        assert "\n" not in caught.value.message
    assert folder.folder().is_dir()
    assert len(own.own()) == 1, "what needs no library goes on"


class _Panics(type):
    def generate(cls) -> object:
        raise Panic

    from_private_bytes = generate

    def __call__(cls, *_given: object, **_more: object) -> object:
        raise Panic


class Panicking(metaclass=_Panics):
    """What fails whatever is asked of it."""
