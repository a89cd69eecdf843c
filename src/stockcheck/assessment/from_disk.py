"""Files that are to be attached, read from the disk: within bounds, and as they are for as long as they are read."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from stockcheck.answers.keeping import MAX_NAME
from stockcheck.assessment.checks import JOURNAL, WAL
from stockcheck.assessment.evidence import MAX_CONTENT, MAX_CONTENTS, MAX_ITEMS, size_in_words
from stockcheck.assessment.media import kind_of, may_say_more
from stockcheck.assessment.pictures import STRIPPABLE, has_position, stripped
from stockcheck.errors import UsageError
from stockcheck.language import _, ngettext
from stockcheck.plaintext import named, one_line, reason, whole


@dataclass(frozen=True)
class Attachment:
    """A file that was read, to be attached. `remarks` are sentences that whoever attaches it should know."""

    name: str
    content: bytes
    type: str
    stripped: bool = False
    remarks: tuple[str, ...] = field(default=(), compare=False)

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def read(paths: Sequence[Path], assessment: Path, *, strip: bool = False) -> list[Attachment]:
    """The files at `paths`, to be attached to the one at `assessment`; with `strip`, pictures without what they say of
    themselves.

    Raises `UsageError` for what is no file, is too large, or cannot be stripped, before any of them is read as far as
    that can be told.
    """
    if len(paths) > MAX_ITEMS:
        raise too_many()
    found = [(path, *_looked_at(path, assessment)) for path in paths]
    if sum(status.st_size for _path, _target, status in found) > MAX_CONTENTS:
        raise too_much()
    return [_read(path, target, status, strip=strip) for path, target, status in found]


def _looked_at(path: Path, assessment: Path) -> tuple[Path, os.stat_result]:
    """Where `path` leads and what is there; nothing is opened."""
    try:
        target = Path(os.path.realpath(path, strict=True))
        status = target.stat()
        is_own = any(
            os.path.exists(own) and os.path.samefile(target, own)
            for own in (str(assessment), *(f"{assessment}{ending}" for ending in (JOURNAL, WAL, ".lock")))
        )
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageError(_("There is no file {file}.").format(file=named(path))) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise _unreadable(path, error) from error
    if stat.S_ISDIR(status.st_mode):
        raise UsageError(_("{file} is a folder.").format(file=named(path)), _("Name the files in it."))
    if not stat.S_ISREG(status.st_mode):
        raise UsageError(_("{file} is a device, no file.").format(file=named(path)))
    if is_own:  # to read it would let go of SQLite's lock on it as well
        raise UsageError(_("{file} is the assessment itself.").format(file=named(path)))
    if status.st_size > MAX_CONTENT:
        raise _too_large(path, status.st_size)
    if status.st_size == 0:
        raise UsageError(_("{file} is empty.").format(file=named(path)))
    return target, status


def _read(path: Path, target: Path, looked_at: os.stat_result, *, strip: bool) -> Attachment:
    content = _content(path, target, looked_at)
    kind = kind_of(content)
    remarks = []
    if target.name != path.name:
        remarks.append(_("{file} is a link: attached is {target}.").format(file=named(path), target=named(target)))
    if strip:
        if kind not in STRIPPABLE:
            raise UsageError(
                _("{file} cannot be stripped: only JPEG and PNG pictures can.").format(file=named(path)),
                _("Attach it as it is, or save it as one of these first."),
            )
        try:
            content = stripped(content, kind)
        except ValueError as error:
            raise UsageError(
                _("{file} cannot be stripped: it is cut off or damaged.").format(file=named(path)),
                _("Attach it as it is, or save it anew with another program first."),
            ) from error
    elif has_position(content, kind) if kind in STRIPPABLE else False:
        remarks.append(
            _("{file} says where it was taken. With --strip it is attached without that.").format(file=named(path))
        )
    elif may_say_more(kind):
        remarks.append(
            _("{file} may say who made it, when and where: this program cannot tell, and does not take it out.").format(
                file=named(path)
            )
        )
    return Attachment(_name(target.name), content, kind, strip, tuple(remarks))


def _content(path: Path, target: Path, looked_at: os.stat_result) -> bytes:
    """What stands in the file, if it is the one that was looked at, and stays as it is meanwhile."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(target, flags), "rb") as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode) or before.st_size > MAX_CONTENT:
                raise _changed(path)
            content = file.read(MAX_CONTENT + 1)
            after = os.fstat(file.fileno())
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if len({_mark(status) for status in (looked_at, before, after)}) > 1 or len(content) != before.st_size:
        raise _changed(path)
    return content


def _mark(status: os.stat_result) -> tuple[int, ...]:
    return status.st_ino, status.st_dev, status.st_size, status.st_mtime_ns


def _name(name: str) -> str:
    """A file's name as it is kept: its last part, one line, its ending whole."""
    plain = one_line(whole(name).replace("\\", "/").rpartition("/")[2])
    if len(plain) <= MAX_NAME:
        return plain
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[: MAX_NAME - len(ending) - 2]}…{dot}{ending}" if stem and len(ending) < 20 else plain[:MAX_NAME]


def too_many() -> UsageError:
    """More than a question takes."""
    return UsageError(
        ngettext(
            "A question takes {n} piece of evidence at most.",
            "A question takes {n} pieces of evidence at most.",
            MAX_ITEMS,
        ).format(n=MAX_ITEMS),
        _("Nothing was attached."),
    )


def too_much() -> UsageError:
    """More than an assessment takes."""
    return UsageError(
        _("An assessment takes {most} of evidence at most.").format(most=size_in_words(MAX_CONTENTS)),
        _("Nothing was attached. Make the files smaller, or note where they lie: stockcheck evidence record"),
    )


def _too_large(path: Path, size: int) -> UsageError:
    return UsageError(
        _("{file} has {size}: a piece of evidence has {most} at most.").format(
            file=named(path), size=size_in_words(size), most=size_in_words(MAX_CONTENT)
        ),
        _("Nothing was attached. Make it smaller, or note where it lies: stockcheck evidence record"),
    )


def _changed(path: Path) -> UsageError:
    return UsageError(
        _("{file} was changed while it was read.").format(file=named(path)), _("Try again when nobody writes to it.")
    )


def _unreadable(path: Path, error: Exception) -> UsageError:
    return UsageError(_("{file} cannot be read: {why}.").format(file=named(path), why=reason(error)))
