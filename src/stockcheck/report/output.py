"""Where a report may go: to a new name, or over an earlier report; never over an assessment or somebody else's file."""

from __future__ import annotations

import datetime as dt
import os
import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from stockcheck import files
from stockcheck.assessment.checks import is_assessment
from stockcheck.errors import StockcheckError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import named, reason
from stockcheck.spreadsheet.book import CREATOR
from stockcheck.spreadsheet.container import is_small_zip

#: What a report of the demo depot has among its keywords.
DEMO = "stockcheck-demo"

#: How what a page is made by begins; its version comes after.
GENERATOR = "stockcheck gap report"

#: How a page of this program begins. What another program has saved begins otherwise, and is somebody else's by then.
_PAGE = re.compile(
    rb'<!DOCTYPE html>\n<html lang="[A-Za-z-]{2,35}" translate="no"><head>\s*<meta charset="utf-8">\s*'
    rb'<meta name="generator" content="' + GENERATOR.encode() + rb' [0-9A-Za-z.+-]{1,40}">'
)
_MAX_BEGINNING = 1 << 10

#: A workbook's properties, and the most bytes and files that one of this program may have. Far above any report.
_PROPERTIES = "docProps/core.xml"
_MAX_FILE, _MAX_PROPERTIES, _MAX_MEMBERS, _MAX_DIRECTORY = 64 << 20, 64 << 10, 1_000, 1 << 20


def write_file(path: Path, write: Callable[[IO[bytes]], object], may_replace: files.Judge) -> None:
    """Have `write` fill a new file, then put it at `path` with mode 0600.

    Raises `UsageError` when what is at `path` has to stay, and `StockcheckError` when it cannot be written.
    """
    try:
        files.write(path, write, may_replace)
    except (OSError, ValueError) as error:
        raise _cannot_write(path, error) from error


def check(path: Path, may_replace: files.Judge) -> None:
    """Refuse before the work what `write_file` would refuse after it. Raises as that does."""
    try:
        files.destination(path, may_replace)
    except (OSError, ValueError) as error:
        raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: Exception) -> StockcheckError:
    return StockcheckError(_("{file} cannot be written: {why}.").format(file=named(path), why=reason(error)))


def only_new(path: Path) -> None:
    """Nothing may be replaced: what somebody has written into an earlier form is nowhere else."""
    raise UsageError(_("{file} exists already.").format(file=named(path)), _("Give another name."))


def over_reports(
    *, force: bool, made_from: Iterable[Path] = (), unread: Callable[[Path, bool], object] | None = None
) -> files.Judge:
    """With `force`, a report of this program may be replaced; an assessment never, such as it is `made_from`.

    `unread` is asked last, about the report, and whether another program has saved it, and may refuse by raising.
    """
    inputs = list(made_from)

    def judge(path: Path) -> None:
        _refuse_inputs(path, inputs)
        found = _refuse_others(path)
        _refuse_unless(force, path)
        if unread is not None:
            unread(path, not found.is_as_written)

    return judge


def over_pages(*, force: bool, made_from: Iterable[Path] = ()) -> files.Judge:
    """With `force`, a report of this program that is a page may be replaced; nothing else, as `over_reports`."""
    inputs = list(made_from)

    def judge(path: Path) -> None:
        _refuse_inputs(path, inputs)
        _refuse_assessments(path)
        with path.open("rb") as file:
            if not _PAGE.match(file.read(_MAX_BEGINNING)):
                raise UsageError(
                    _("{file} is not an HTML report of this program, and stays as it is.").format(file=named(path)),
                    _("Give another name, or take it away first."),
                )
        _refuse_unless(force, path)

    return judge


def _refuse_inputs(path: Path, inputs: Iterable[Path]) -> None:
    if any(_same(path, one) for one in inputs):
        raise UsageError(
            _("{file} is the assessment that the report is made from.").format(file=named(path)),
            _("Give another name."),
        )


def _refuse_unless(force: bool, path: Path) -> None:
    if not force:
        raise UsageError(
            _("{file} exists already.").format(file=named(path)),
            _("Give another name, or --force to write over it."),
        )


def over_demo_reports(*, force: bool, made: dt.datetime) -> files.Judge:
    """A demo's report that is as it was `made` may be replaced; with `force`, also one that somebody has changed."""

    def judge(path: Path) -> None:
        found = _refuse_others(path)
        if not found.of_demo:
            raise UsageError(
                _("{file} is a report, and not the demo's.").format(file=named(path)),
                _("Make the demo in another folder: stockcheck demo FOLDER"),
            )
        if not force and not found.is_as_made(made):
            raise UsageError(
                _("{file} was changed since the demo was made.").format(file=named(path)),
                _("Make the demo again with --force, or in another folder: stockcheck demo FOLDER"),
            )

    return judge


def _same(path: Path, other: Path) -> bool:
    """Whether two names lead to one file, be it by a link, a second name or another case."""
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False


@dataclass(frozen=True)
class _Properties:
    """What a workbook says of itself, and the moments that the files in it bear, each to two seconds."""

    creator: str
    keywords: str
    changed_by: str
    changed: str
    moments: frozenset[tuple[int, int, int, int, int, int]]

    @property
    def of_demo(self) -> bool:
        return DEMO in self.keywords.split()

    @property
    def is_as_written(self) -> bool:
        """Whether no other program seems to have saved it: all of it bears the moment that it says it was made."""
        try:
            return self.is_as_made(dt.datetime.fromisoformat(self.changed))
        except ValueError:
            return False

    def is_as_made(self, made: dt.datetime) -> bool:
        """Whether no other program has saved it since the moment `made`."""
        utc = made.astimezone(dt.UTC)
        at = (utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second // 2 * 2)
        return self.changed_by == CREATOR and self.changed == f"{utc:%Y-%m-%dT%H:%M:%SZ}" and self.moments == {at}


def _refuse_assessments(path: Path) -> None:
    if is_assessment(path):
        raise UsageError(
            _("{file} is an assessment; no report is written over it.").format(file=named(path)),
            _("Give another name."),
        )


def _refuse_others(path: Path) -> _Properties:
    """What the report at `path` says of itself. Raises `UsageError` for anything but a report of this program."""
    _refuse_assessments(path)
    found = _properties(path)
    if found is None or found.creator != CREATOR:
        raise UsageError(
            _("{file} is not a report of this program, and stays as it is.").format(file=named(path)),
            _("Give another name, or take it away first."),
        )
    return found


def _properties(path: Path) -> _Properties | None:
    """What a workbook says of itself, or None for what is no workbook. It is hostile until it has been checked."""
    with path.open("rb") as file:
        if not is_small_zip(file, most=_MAX_FILE, members=_MAX_MEMBERS, directory=_MAX_DIRECTORY):
            return None
        try:
            with ZipFile(file) as archive:
                member = archive.getinfo(_PROPERTIES)
                if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or member.flag_bits & 1:
                    return None
                with archive.open(member) as content:
                    text = content.read(_MAX_PROPERTIES + 1)
                moments = frozenset(one.date_time for one in archive.infolist())
            if len(text) > _MAX_PROPERTIES or b"<!" in text or b"\0" in text:  # no entity that could grow
                return None
            text.decode("utf-8")
            root = ElementTree.fromstring(text)  # noqa: S314  # bounded, and without a document type
        except (BadZipFile, KeyError, ValueError, EOFError, NotImplementedError, ElementTree.ParseError, zlib.error):
            return None
    said = {one.tag.rpartition("}")[2]: (one.text or "").strip() for one in root}
    creator, keywords, changed_by, changed = (
        said.get(name, "") for name in ("creator", "keywords", "lastModifiedBy", "modified")
    )
    return _Properties(creator, keywords, changed_by, changed, moments)
