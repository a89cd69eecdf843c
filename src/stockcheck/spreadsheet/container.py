"""The container of a workbook from outside: a zip file that is bounded before anything in it is unpacked.

Nothing of it is trusted: its list of members is looked at first, and what is unpacked never exceeds what was declared.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import zlib
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from stockcheck.errors import StockcheckError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import named, one_line, reason

#: Most bytes of a file, of one of its members unpacked, and of all of them. Far above what any form or plan needs.
MAX_FILE, MAX_MEMBER, MAX_UNPACKED = 32 << 20, 32 << 20, 128 << 20
#: How many times its packed size a member may have unpacked, if it is larger than a harmless one. Sheets have 10 to 50.
_MAX_RATIO, _HARMLESS = 200, 1 << 20
#: Most members, and most bytes of the list of them.
_MAX_MEMBERS, _MAX_DIRECTORY = 1_000, 1 << 20
#: The record that ends a zip file without a comment, and the one before it in a file that needs larger numbers.
#: Source: APPNOTE.TXT, 4.3.15 and 4.3.16.
_END, _END_SIZE, _LOCATOR, _LOCATOR_SIZE = b"PK\5\6", 22, b"PK\6\7", 20
#: The fixed part of what stands before each member's content. Source: APPNOTE.TXT, 4.3.7.
_LOCAL_HEADER = 30
#: How the container of old workbooks begins, and of those under a password. Source: [MS-CFB], 2.2.
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")

#: Parts that do something, or fetch something, when the workbook is opened; by how their names begin, in lower case.
_MACROS = re.compile(r"(.*/)?vba[^/]*|xl/(macrosheets|dialogsheets|activex|ctrlprops|embeddings)/.*|customui/.*")
_FETCHES = re.compile(r"xl/(externallinks|querytables)/.*|xl/connections\.xml")
_NAME = re.compile(r"[^\\:\x00-\x1f]{1,260}")


class WorkbookError(StockcheckError):
    """A workbook cannot be read, or holds what it may not; the message says where."""


class Container:
    """The members of a workbook, none of them unpacked yet. `name` is what to call the file, `sha256` its digest."""

    def __init__(self, path: Path) -> None:
        """Read the file. Raises `UsageError` when there is none, and `WorkbookError` for what is no plain workbook."""
        self.name = named(path.name or path)
        content = _content(path)
        self.sha256 = hashlib.sha256(content).hexdigest()
        if content.startswith(_OLD):
            raise WorkbookError(
                _("{file} is an old .xls workbook, or one under a password.").format(file=self.name),
                _("Save it as .xlsx, without a password."),
            )
        if not is_small_zip(BytesIO(content), most=MAX_FILE, members=_MAX_MEMBERS, directory=_MAX_DIRECTORY):
            raise self.damaged()
        try:
            self._archive = ZipFile(BytesIO(content))
            members = self._archive.infolist()
        except (BadZipFile, ValueError, EOFError, NotImplementedError, OverflowError) as error:
            raise self.damaged() from error
        self._members = {member.filename: member for member in members}
        self._check(members)

    def _check(self, members: list[ZipInfo]) -> None:
        names = [member.filename.casefold() for member in members]
        if len(set(names)) < len(names) or not all(map(_is_plain, names)):
            raise self.damaged()
        end = 0
        for member in sorted(members, key=lambda one: one.header_offset):
            if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or member.flag_bits & 1:
                raise self.damaged()
            if member.header_offset < end:  # one content listed many times over
                raise self._too_large()
            end = member.header_offset + _LOCAL_HEADER + member.compress_size
            ratio = member.file_size / max(member.compress_size, 1)
            if member.file_size > MAX_MEMBER or (member.file_size > _HARMLESS and ratio > _MAX_RATIO):
                raise self._too_large()
        if sum(member.file_size for member in members) > MAX_UNPACKED:
            raise self._too_large()
        for name in names:
            if _MACROS.fullmatch(name):
                raise WorkbookError(
                    _("{file} has macros or embedded objects in it ({part}).").format(
                        file=self.name, part=one_line(name, limit=80)
                    ),
                    _("Save it as .xlsx, without them."),
                )
            if _FETCHES.fullmatch(name):
                raise WorkbookError(
                    _("{file} is linked to other files or to a source of data ({part}).").format(
                        file=self.name, part=one_line(name, limit=80)
                    ),
                    _("Break the links in the spreadsheet program, and save it."),
                )

    def __contains__(self, part: str) -> bool:
        return part in self._members

    def read(self, part: str) -> bytes:
        """The content of a member. Raises `WorkbookError` when there is none, or it is not what was declared."""
        member = self._members.get(part)
        if member is None:
            raise self.damaged(part)
        try:
            with self._archive.open(member) as content:
                return content.read(member.file_size + 1)
        except (BadZipFile, ValueError, EOFError, NotImplementedError, OverflowError, zlib.error) as error:
            raise self.damaged(part) from error

    def damaged(self, part: str = "") -> WorkbookError:
        """What to say of a file, or of one of its parts, that no spreadsheet program has written so."""
        hint = _("Open it in Excel or LibreOffice and save it as .xlsx, or use a copy.")
        if part:
            said = _("{file} is damaged: its part {part} cannot be read.")
            return WorkbookError(said.format(file=self.name, part=one_line(part, limit=80)), hint)
        return WorkbookError(_("{file} is no .xlsx workbook, or it is damaged.").format(file=self.name), hint)

    def _too_large(self) -> WorkbookError:
        return WorkbookError(
            _("{file} would be far larger when it is unpacked than any report or form.").format(file=self.name),
            _("Nothing of it was unpacked."),
        )


def _is_plain(name: str) -> bool:
    """Whether a member's name leads nowhere else."""
    return bool(_NAME.fullmatch(name)) and not name.startswith("/") and ".." not in name.split("/")


def _content(path: Path) -> bytes:
    """The bytes of the file at `path`, which stay what they are while they are looked at."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # to open a pipe or a device may take for ever
            raise WorkbookError(_("{file} is no file.").format(file=named(path)))
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageError(_("There is no file {file}.").format(file=named(path))) from error
    except (OSError, ValueError) as error:
        raise WorkbookError(_("{file} cannot be read: {why}.").format(file=named(path), why=reason(error))) from error
    if len(content) > MAX_FILE:
        raise WorkbookError(
            _("{file} is larger than {most} MB.").format(file=named(path.name or path), most=MAX_FILE >> 20),
            _("A report or a form is much smaller."),
        )
    return content


def is_small_zip(file: IO[bytes], *, most: int, members: int, directory: int) -> bool:
    """Whether a list of what is in the file can be read without a great deal of memory.

    `most` are the bytes of the file, `directory` those of the list.
    """
    size = file.seek(0, os.SEEK_END)
    if not _END_SIZE <= size <= most:
        return False
    file.seek(max(size - _END_SIZE - _LOCATOR_SIZE, 0))
    tail = file.read(_END_SIZE + _LOCATOR_SIZE)
    end = tail[-_END_SIZE:]
    return (
        end.startswith(_END)
        and not tail[:-_END_SIZE].startswith(_LOCATOR)
        and int.from_bytes(end[10:12], "little") <= members
        and int.from_bytes(end[12:16], "little") <= directory
    )
