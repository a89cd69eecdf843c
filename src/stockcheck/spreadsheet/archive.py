"""A workbook as a file: the same content gives the same bytes, and nothing of the machine is in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

#: Half the time of the usual level, for a file a few per cent larger.
_COMPRESSION = 3


def save(workbook: Workbook, file: IO[bytes]) -> None:
    """Write `workbook` to `file`. Every member bears the moment the workbook says it was made."""
    made: dt.datetime = workbook.properties.created
    with _Archive(file, made) as archive:
        # Not `Workbook.save`, which sets the moment of change to the clock's.
        ExcelWriter(workbook, archive).save()


class _Archive(ZipFile):
    """A zip file whose members all bear one moment, whatever the clock says."""

    def __init__(self, file: IO[bytes], moment: dt.datetime) -> None:
        super().__init__(file, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION)
        self._moment = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)

    def writestr(self, name: str | ZipInfo, data: str | bytes, *_more: Any) -> None:  # type: ignore[override]
        """Add a member."""
        member = ZipInfo(name if isinstance(name, str) else name.filename, self._moment)
        member.external_attr = 0o600 << 16
        super().writestr(member, data, ZIP_DEFLATED, _COMPRESSION)

    def write(self, filename: str, arcname: str | None = None, *_more: Any) -> None:  # type: ignore[override]
        """Add a file as a member."""
        self.writestr(arcname or filename, Path(filename).read_bytes())
