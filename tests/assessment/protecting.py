"""Protected assessments for tests, with a passphrase that costs next to nothing to try."""

from __future__ import annotations

from pathlib import Path

from stockcheck.assessment import unlocking
from stockcheck.assessment.file import create
from stockcheck.assessment.protecting import protect
from stockcheck.assessment.protection import Cost, by_passphrase
from tests.assessment.crafting import ON, answered, checklist, clock

PASSPHRASE = "correct horse battery"
QUICK = Cost(memory=32, iterations=1, lanes=1)


def asked(*given: str | bytes | None) -> list[Path]:
    """Have that given, one after the other, from now on with all forgotten; the list says who asked."""
    unlocking.forget()
    told, left = [], list(given)

    def give(path: Path, _number: int) -> str | bytes | None:
        told.append(path)
        return left.pop(0)

    unlocking.use(give)
    return told


def protected(path: Path) -> Path:
    """A protected assessment with events of every kind but a change of checklist; nobody knows its key any more."""
    protect(answered(path), PASSPHRASE, cost=QUICK)
    unlocking.forget()
    return path


def new_protected(path: Path, passphrase: str = PASSPHRASE) -> Path:
    """An assessment that was protected from the start, and that nobody has answered."""
    created = by_passphrase(passphrase, QUICK)
    create(path, checklist(), depot="North", marking="SECRET", on=ON, by="tester", clock=clock, protected=created)
    return path
