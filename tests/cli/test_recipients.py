"""A protected assessment that the holder of a key can open with a passphrase of their own, such as a ministry."""

from __future__ import annotations

from pathlib import Path

import pytest

from stockcheck.keys import own
from tests.cli.running import run
from tests.cli.test_protection import _nobody_knows, depot, with_passphrase

__all__ = ["_nobody_knows", "depot"]


@pytest.fixture
def ministry(depot: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a ministry that has a key; its line is in `ministry.pub`, its passphrase in `theirs`."""
    monkeypatch.setattr(own, "ROUNDS", 2)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(depot / "officer"))
    there = {"XDG_CONFIG_HOME": str(depot / "ministry")}
    (depot / "theirs").write_text("a ministry of few words\n")
    run(depot, "key", "new", "--name", "Ministry", "--passphrase-file", "theirs", env=there)
    run(depot, "key", "show", "-o", "ministry.pub", env=there)
    return there


def test_the_holder_of_a_key_opens_it_with_a_passphrase_of_their_own(depot: Path, ministry: dict[str, str]) -> None:
    given = ("--passphrase-file", "theirs", "score", "d.stockcheck")
    assert "That does not open" in run(depot, *given, env=ministry, status=1).stderr
    said = with_passphrase(depot, "protect", "d.stockcheck", "--for", "ministry.pub")
    assert "can open it as well." in said
    assert "(Ministry)" in said
    assert "North" in run(depot, *given, env=ministry).stdout
    assert "North" in with_passphrase(depot, "score", "d.stockcheck")
    assert "That does not open" in run(depot, *given, status=1).stderr, "the officer has no such key"
    run(depot, "--passphrase-file", "theirs", "answer", "d.stockcheck", env=ministry, text="A-1=yes\n")
    with_passphrase(depot, "protect", "d.stockcheck", "--change", "--passphrase-file", "wrong")
    assert "North" in run(depot, *given, env=ministry).stdout, "another passphrase leaves the recipients"


def test_a_plain_file_is_protected_and_opened_to_somebody_at_once(depot: Path, ministry: dict[str, str]) -> None:
    with_passphrase(depot, "unprotect", "d.stockcheck")
    run(depot, "key", "trust", "ministry.pub", "--name", "M")
    run(depot, "protect", "d.stockcheck", "--for", "M", "--passphrase-file", "right")
    assert "North" in run(depot, "--passphrase-file", "theirs", "score", "d.stockcheck", env=ministry).stdout


def test_somebody_unknown_is_refused_before_anything_is_written(depot: Path, ministry: dict[str, str]) -> None:
    before = (depot / "d.stockcheck").read_bytes()
    done = run(depot, "--passphrase-file", "right", "protect", "d.stockcheck", "--for", "nobody", status=2)
    assert "No key is known here as nobody." in done.stderr
    assert (depot / "d.stockcheck").read_bytes() == before
