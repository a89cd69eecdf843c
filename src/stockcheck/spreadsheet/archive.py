"""A workbook as a file: the same content gives the same bytes, and nothing of the machine is in it."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from io import BytesIO
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from stockcheck.spreadsheet import rows

#: Half the time of the usual level, for a file a few per cent larger.
_COMPRESSION = 3
#: The moments that a zip file can bear. Source: APPNOTE.TXT, 4.4.6.
_FIRST, _LAST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)


def save(workbook: Workbook, file: IO[bytes]) -> None:
    """Write `workbook` to `file`. Every member bears the moment the workbook says it was made."""
    made: dt.datetime = workbook.properties.created
    with _Archive(file, made) as archive:
        # Not `Workbook.save`, which sets the moment of change to the clock's.
        _Writer(workbook, archive).save()


class _SheetWriter(WorksheetWriter):
    """One that can be closed before it has opened its stream, and that leaves plain rows to `rows`."""

    xf: Any = None
    #: The rows that belong into the empty sheet data, as XML.
    rows_apart = ""

    def write_rows(self) -> None:
        """Write the rows here and now where they are not plain."""
        found, sheet = self.rows(), cast(Worksheet, self.ws)
        if not rows.plain(found):
            super().write_rows()
            return
        self.rows_apart = rows.as_xml(found, sheet.row_dimensions)
        stream = self.xf.send(True)
        with stream.element("sheetData"):
            pass
        self.xf.send(None)

    def whole(self, content: bytes) -> bytes:
        """`content`, which this has written, with its rows. Before them stands nothing that somebody typed."""
        if not self.rows_apart:
            return content
        before, _empty, after = re.split(rb"(<sheetData></sheetData>|<sheetData ?/>)", content, maxsplit=1)
        return b"".join((before, b"<sheetData>", self.rows_apart.encode(), b"</sheetData>", after))


class _Writer(ExcelWriter):
    """Writes every sheet in memory: the library's own leaves it as plain text in the system's temporary folder."""

    def write_worksheet(self, ws: Any) -> None:
        """Add a sheet."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        content = BytesIO()
        writer: Any = _SheetWriter.__new__(_SheetWriter)
        try:
            writer.__init__(ws, out=content)  # in the block, for it opens the stream
            writer.write()
        finally:  # cut short anywhere, it would complain when it is thrown away
            writer.close()
        ws._rels = writer._rels
        archive: Any = self._archive  # type: ignore[attr-defined]  # the stubs leave it out
        archive.writestr(ws.path[1:], writer.whole(content.getvalue()))
        self.manifest.append(ws)


class _Archive(ZipFile):
    """A zip file whose members all bear one moment, whatever the clock says.

    What a part is related to is named from where that part stands: viewers built on exceljs find it in no other way.
    """

    def __init__(self, file: IO[bytes], moment: dt.datetime) -> None:
        super().__init__(file, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION)
        bears = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
        self._moment = min(max(bears, _FIRST), _LAST)

    def writestr(self, name: str | ZipInfo, data: str | bytes, *_more: Any) -> None:  # type: ignore[override]
        """Add a member."""
        name = name if isinstance(name, str) else name.filename
        if name.endswith(".rels"):
            data = _relative(name, data if isinstance(data, str) else data.decode())
        member = ZipInfo(name, self._moment)
        member.external_attr = 0o600 << 16
        super().writestr(member, data, ZIP_DEFLATED, _COMPRESSION)


def _relative(name: str, relations: str) -> str:
    """The `relations` in the member `name`, with targets that go from the folder of the part whose they are."""
    folder = posixpath.dirname(posixpath.dirname(name))
    return re.sub(r'(?<= Target=")/([^"]*)', lambda found: posixpath.relpath(found[1], folder or "."), relations)
