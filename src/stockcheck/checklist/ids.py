"""questions.lock: every question id ever shipped, with its revision. Answers hang on ids, so an id is for ever.

One line a question: ``PER-01 1``, or ``PER-01 gone`` for one that was taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from stockcheck.checklist.faults import ChecklistError, Fault, Kind
from stockcheck.checklist.model import Checklist
from stockcheck.plaintext import reason

NAME = "questions.lock"
_GONE = "gone"
_REVISION = re.compile(f"[0-9]{{1,9}}|{_GONE}")


def compared(checklists: Sequence[tuple[Path, Checklist]], *, whole_folder: bool) -> Iterator[Fault]:
    """Where the checklists and the lock file beside them disagree; nothing where there is no lock file.

    Only with `whole_folder` can an id be said to be gone.
    """
    for folder in dict.fromkeys(path.parent for path, _checklist in checklists):
        lock = folder / NAME
        if not lock.is_file():
            continue
        locked = _read(lock)
        mine = [checklist for path, checklist in checklists if path.parent == folder]
        current = _current(mine)
        replaced = {old for checklist in mine for question in checklist.questions for old in question.replaces}
        for name, revision in current.items():
            was = locked.get(name)
            if was is None:
                yield Fault.at(str(lock), Kind.NOT_LOCKED, id=name)
            elif was == _GONE:
                yield Fault.at(str(lock), Kind.ID_USED_AGAIN, id=name)
            elif int(was) > revision:
                yield Fault.at(str(lock), Kind.REVISION_FELL, id=name, locked=int(was), revision=revision)
            elif int(was) < revision:
                yield Fault.at(str(lock), Kind.REVISION_ROSE, id=name, revision=revision)
        if whole_folder:
            for name, was in locked.items():
                if name not in current and was != _GONE and name not in replaced:
                    yield Fault.at(str(lock), Kind.ID_GONE, id=name)


def update(folder: Path, checklists: Sequence[Checklist]) -> None:
    """Write the lock file of `folder` for all its checklists; what is no longer there is marked as gone.

    Confirms new ids and raised revisions only: what is gone stays gone and no revision falls, so `compared` goes on
    naming an id that is used again or a revision that went back. Raises `ChecklistError` where it cannot be written.
    """
    lock = folder / NAME
    merged = dict.fromkeys(locked := _read(lock) if lock.is_file() else {}, _GONE)
    for name, revision in _current(checklists).items():
        was = locked.get(name, "0")
        merged[name] = _GONE if was == _GONE else str(max(int(was), revision))
    lines = [f"{name} {merged[name]}\n" for name in sorted(merged)]
    try:
        lock.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise ChecklistError([Fault.at(str(lock), Kind.UNWRITABLE, why=reason(error))]) from error


def _current(checklists: Sequence[Checklist]) -> dict[str, int]:
    return {question.id: question.revision for checklist in checklists for question in checklist.questions}


def _read(lock: Path) -> dict[str, str]:
    """Ids and what is locked of them; a line that says neither a revision nor "gone" is passed over."""
    try:
        text = lock.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise ChecklistError([Fault.at(str(lock), Kind.UNREADABLE, why=reason(error))]) from error
    lines = (line.split() for line in text.splitlines())
    return {words[0]: words[1] for words in lines if len(words) == 2 and _REVISION.fullmatch(words[1])}
