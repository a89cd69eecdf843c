"""What lies in the folder of a workshop: who is in, twice, half done, unreadable. No participant's file is changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from stockcheck.answers.answer import Answer
from stockcheck.assessment.checks import SUFFIX
from stockcheck.assessment.file import AssessmentFile, open_file
from stockcheck.assessment.unlocking import asking_nobody
from stockcheck.checklist.model import Checklist, ProfileField
from stockcheck.errors import ProtectedError, StockcheckError
from stockcheck.exchange.contract import by_key
from stockcheck.exchange.filled import read as filled_in
from stockcheck.exchange.opening import open_form
from stockcheck.language import _
from stockcheck.plaintext import folded, one_line, reason
from stockcheck.scoring.scorecard import Scorecard
from stockcheck.workshop import lines
from stockcheck.workshop.carried import carried

#: The most files that are looked at, and how deep in folders: a room has 140 people, not a disk.
MAX_FILES, MAX_DEPTH = 1000, 3
#: The largest text file that is read, in bytes.
MAX_TEXT_FILE = 1024 * 1024

Form = Literal["assessment", "form", "lines"]
_FORMS: dict[str, Form] = {SUFFIX: "assessment", ".xlsx": "form", ".txt": "lines"}
#: In these somebody may have answered, and they are not read: nobody's answers are passed over without a word.
_OTHERS = frozenset(
    (
        *(".csv", ".doc", ".docx", ".eml", ".md", ".msg", ".numbers", ".ods", ".odt"),
        *(".pdf", ".rtf", ".xls", ".xlsb", ".xlsm", ".zip"),
    )
)
#: How many of the answers of one file that were passed over are told one by one.
MAX_LEFT = 10


@dataclass(frozen=True)
class Participant:
    """What one file of the room has. `name` is what the file is called; `left` says, in words, what was passed over.

    `sha256` is of the file; of an assessment it is the hash of its last entry, and `entries` has those of all.
    """

    name: str
    path: Path
    form: Form
    sha256: str
    facts: Mapping[str, Answer]
    scorecard: Scorecard
    left: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()

    @property
    def asked(self) -> int:
        """How many scored questions apply to what was described."""
        return sum(line.counts for line in self.scorecard.lines)

    @property
    def answered(self) -> int:
        """How many of these have an answer, "unknown" and "not applicable" included."""
        return sum(line.counts and not line.is_unanswered for line in self.scorecard.lines)


@dataclass(frozen=True)
class Unread:
    """A file that has no answers for the room, and why, in words."""

    path: Path
    why: str


@dataclass
class Room:
    """Everything that was found. Participants, and those who answered nothing, in the order of their names."""

    participants: list[Participant] = field(default_factory=list)
    empty: list[Participant] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    @property
    def alike(self) -> list[tuple[str, list[Path]]]:
        """Names that stand for several participants, with their files."""
        found: dict[str, list[Path]] = defaultdict(list)
        for one in self.participants:
            found[folded(one.name)].append(one.path)
        return [(name, paths) for name, paths in found.items() if len(paths) > 1]

    @property
    def same(self) -> list[list[Path]]:
        """Files with the same lines, each of which counts."""
        found: dict[str, list[Path]] = defaultdict(list)
        for one in self.participants:
            found[one.sha256].append(one.path)
        return [paths for paths in found.values() if len(paths) > 1]


def collect(folder: Path, checklist: Checklist, on: dt.date, *, own: Sequence[Path] = ()) -> Room:
    """What the files in `folder` have, as answers to `checklist` on the date `on`; `own` are the room's own files.

    Nothing is written. Raises `StockcheckError` when the folder cannot be looked through.
    """
    room = Room()
    found: list[Participant] = []
    for path in _files(folder, own, room.unread):
        try:
            one = _read(path, checklist, on)
        except StockcheckError as error:
            room.unread.append(Unread(path, one_line(f"{error.message} {error.hint}")))
        except (OSError, ValueError) as error:
            room.unread.append(Unread(path, reason(error)))
        else:
            found.append(one)
    for one in sorted(_once(found, room.unread), key=lambda one: (folded(one.name), str(one.path))):
        (room.participants if one.answered else room.empty).append(one)
    return room


def _files(folder: Path, own: Sequence[Path], unread: list[Unread]) -> Iterator[Path]:
    """The files of participants, in alphabetical order. Links are not followed: they may lead anywhere."""
    skip = {os.path.abspath(path) for path in own}
    count = 0
    top = len(folder.parts)
    not_a_file = _("It is no file, but a link or something else; it was not opened.")

    def refuse(error: OSError) -> None:
        unread.append(Unread(Path(error.filename or folder), reason(error)))

    if not folder.is_dir():
        raise StockcheckError(_("There is no folder {folder}.").format(folder=one_line(str(folder), limit=200)))
    for here, below, names in os.walk(folder, onerror=refuse):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in list(below):
            if Path(here, name).is_symlink():
                unread.append(Unread(Path(here, name), not_a_file))
                below.remove(name)
        if below and len(Path(here).parts) - top >= MAX_DEPTH:
            deeper = _("Folders in it were not looked into; a file lies in folders up to {n} deep.").format(n=MAX_DEPTH)
            unread.append(Unread(Path(here), deeper))
            below.clear()
        for name in sorted(names):
            path = Path(here, name)
            kind = path.suffix.lower()
            if name.startswith((".", "~$")) or os.path.abspath(path) in skip or kind not in (*_FORMS, *_OTHERS):
                continue  # hidden, half open in a spreadsheet program, the room's own, or none of a participant's
            if path.is_symlink() or not path.is_file():
                unread.append(Unread(path, not_a_file))
                continue
            if kind in _OTHERS:
                said = _("Nothing is read from {kind}; save it as .xlsx, or as a text file in UTF-8 (.txt).")
                unread.append(Unread(path, said.format(kind=kind)))
                continue
            count += 1
            if count > MAX_FILES:
                unread.append(
                    Unread(folder, _("There are more than {n} files; the rest was not opened.").format(n=MAX_FILES))
                )
                return
            yield path


def _read(path: Path, checklist: Checklist, on: dt.date) -> Participant:
    """What one file has. Raises `StockcheckError`, and `OSError`."""
    form = _FORMS[path.suffix.lower()]
    match form:
        case "assessment":
            return _assessment(path, checklist, on)
        case "form":
            return _form(path, checklist, on)
        case "lines":
            return _lines(path, checklist, on)


def _assessment(path: Path, checklist: Checklist, on: dt.date) -> Participant:
    with _opened(path) as opened:
        state = opened.state
        if not opened.record.chain_holds:
            raise StockcheckError(_("Its record is broken: stockcheck verify tells where."))
        _same_checklist(state.checklist.id, checklist)
        return _participant(
            path,
            "assessment",
            checklist,
            on,
            (state.checklist, state.facts, state.answers),
            sha256=opened.head,
            entries=tuple(event.hash for event in opened.events),
        )


def _opened(path: Path) -> AssessmentFile:
    """The assessment at `path`; a room full of people is asked for no passphrase. Raises as `open_file`."""
    try:
        with asking_nobody():
            return open_file(path)
    except ProtectedError as error:
        raise StockcheckError(
            _("It is protected by a passphrase."),
            _("Put a plain copy into the folder: stockcheck unprotect makes one."),
        ) from error


def _form(path: Path, checklist: Checklist, on: dt.date) -> Participant:
    found = open_form(path)
    _same_checklist(found.about.checklist, checklist)
    of_form = found.checklist(lambda digest: checklist if digest == checklist.digest else None)
    asked = by_key(of_form)
    filled = filled_in(found.rows, asked, on, found.about.language)
    facts: dict[str, Answer] = {}
    answers: dict[str, Answer] = {}
    for given in filled.given:
        if given.answer is not None:
            one = asked[given.key]
            (facts if isinstance(one, ProfileField) else answers)[one.id] = given.answer
    left = [f"{refusal.place}: {refusal.why}" for refusal in filled.refusals]
    return _participant(path, "form", checklist, on, (of_form, facts, answers), left=left, sha256=found.sha256)


def _lines(path: Path, checklist: Checklist, on: dt.date) -> Participant:
    with path.open("rb") as file:
        content = file.read(MAX_TEXT_FILE + 1)
    if len(content) > MAX_TEXT_FILE:
        raise StockcheckError(_("It is larger than {limit} MiB.").format(limit=MAX_TEXT_FILE // 1024 // 1024))
    found = lines.read(content, checklist, on)
    left = [_("Line {number}: {message}").format(number=number, message=why) for number, why in found.refused]
    sha256 = hashlib.sha256(content).hexdigest()
    given = (checklist, found.facts, found.answers)
    return _participant(path, "lines", checklist, on, given, left=left, sha256=sha256)


def _same_checklist(theirs: str, checklist: Checklist) -> None:
    if theirs != checklist.id:
        raise StockcheckError(
            _("It is of the checklist {theirs}; the room's is {ours}.").format(
                theirs=one_line(theirs, limit=64), ours=checklist.id
            )
        )


def _participant(
    path: Path,
    form: Form,
    checklist: Checklist,
    on: dt.date,
    given: tuple[Checklist, Mapping[str, Answer], Mapping[str, Answer]],
    *,
    sha256: str,
    left: Sequence[str] = (),
    entries: tuple[str, ...] = (),
) -> Participant:
    """What has been `given`: facts and answers to a version of the checklist, as answers to the room's."""
    theirs, facts, answers = given
    fits = carried(theirs, checklist, facts, answers, on)
    more = [
        f"{name}: {why}"
        if why
        else _("{id} is no question of the room's checklist.").format(id=one_line(name, limit=64))
        for name, why in fits.left
    ]
    # Whatever is set aside stands as it was answered: nobody countersigns in a room.
    card = Scorecard(checklist, fits.answers, fits.facts, on)
    told = [*left, *more]
    if len(told) > MAX_LEFT:
        told = [*told[:MAX_LEFT], _("… and {n} more.").format(n=len(told) - MAX_LEFT)]
    return Participant(path.stem, path, form, sha256, fits.facts, card, tuple(told), entries)


def _once(found: list[Participant], unread: list[Unread]) -> list[Participant]:
    """Each participant once: of equal files one; of an assessment and an earlier copy of it the later.

    Two that began as copies of one file and went apart are two participants: that is how a trainer hands files out.
    Two groups may well write the same few lines, so those are a copy only where they are called alike.
    """
    kept: list[Participant] = []
    for one in sorted(found, key=lambda one: (-len(one.entries), str(one.path))):
        later = next((later for later in kept if _is_part_of(one, later)), None)
        if later is None:
            kept.append(one)
            continue
        said = _("It is a copy of {file}, or an earlier state of it.")
        unread.append(Unread(one.path, said.format(file=one_line(later.path.name, limit=80))))
    return kept


def _is_part_of(one: Participant, later: Participant) -> bool:
    if one.form == "lines" and folded(one.name) != folded(later.name):
        return False
    return one.sha256 == later.sha256 or one.sha256 in later.entries
