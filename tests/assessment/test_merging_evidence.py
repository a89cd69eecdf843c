"""What two copies that are brought together have attached, and that they stay protected."""

from __future__ import annotations

from pathlib import Path

import pytest

from stockcheck.assessment import unlocking
from stockcheck.assessment.attachments import contents
from stockcheck.assessment.file import AssessmentFile, open_file
from stockcheck.assessment.from_disk import Attachment
from stockcheck.assessment.protecting import protect, protection_of
from stockcheck.errors import ProtectedError
from tests.assessment.crafting import read
from tests.assessment.protecting import PASSPHRASE, QUICK
from tests.assessment.test_merging import Do, copies, done, merged, notes

__all__ = ["copies"]


def attaches(name: str, content: bytes) -> Do:
    one = Attachment(f"{content.decode()}.txt", content, "text/plain")
    return lambda file: file.evidence.attach(name, [one])


def withdraws(name: str, called: str) -> Do:
    def do(file: AssessmentFile) -> None:
        (item,) = (one for one in file.state.evidence[name] if one.called == called)
        file.evidence.withdraw(item.entry)

    return do


@pytest.fixture
def apart(copies: tuple[Path, Path]) -> tuple[Path, Path]:
    """Both have "common" from before; each has attached more, of the same length, and taken something back."""
    ours, theirs = copies
    done(ours, "Ana", attaches("A-1", b"common"), attaches("A-1", b"old"))
    theirs.write_bytes(ours.read_bytes())
    done(ours, "Ana", attaches("A-1", b"a-one"), withdraws("A-1", "common.txt"))
    done(theirs, "Ben", attaches("A-1", b"b-one"), attaches("A-2", b"b-two"), withdraws("A-1", "b-one.txt"))
    done(theirs, "Ben", withdraws("A-1", "old.txt"), attaches("A-1", b"b-six"))
    return ours, theirs


def attached(path: Path) -> dict[str, list[str]]:
    return {name: sorted(item.called for item in items) for name, items in read(path).state.evidence.items() if items}


@pytest.mark.parametrize("turned", [False, True])
def test_what_is_taken_back_is_the_same_thing_in_the_new_file(apart: tuple[Path, Path], turned: bool) -> None:
    """Its number is another one there, and may be that of something else in the first copy."""
    path = merged(*(reversed(apart) if turned else apart))
    assert attached(path) == {"A-1": ["a-one.txt", "b-six.txt"], "A-2": ["b-two.txt"]}
    with open_file(path) as file:
        held = sorted(content for _digest, content in contents(file.connection))
        assert not list(file.evidence.findings())
    assert held == [b"a-one", b"b-one", b"b-six", b"b-two", b"common", b"old"], "what was taken back stays in the log"


@pytest.mark.parametrize("protected", [0, 1])
def test_where_one_is_protected_the_new_one_is(apart: tuple[Path, Path], protected: int) -> None:
    protect(apart[protected], PASSPHRASE, cost=QUICK)
    path = merged(*apart)
    assert protection_of(path) is not None
    assert attached(path) == {"A-1": ["a-one.txt", "b-six.txt"], "A-2": ["b-two.txt"]}
    whole = path.read_bytes()
    assert not [word for word in (b"a-one", b"b-two", b"Colonel Z.") if word in whole]
    unlocking.forget()
    with pytest.raises(ProtectedError):
        open_file(path)
    unlocking.use(lambda _file, _number: PASSPHRASE)
    try:
        done(path, "Mia", notes("A-1", "gone on with"))
    finally:
        unlocking.use(None)
        unlocking.forget()
