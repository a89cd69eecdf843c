"""A picture on a page: it is written as it is, and shown no larger than a box."""

from __future__ import annotations

from openpyxl.drawing.image import Image

from stockcheck.spreadsheet.page import Page

#: The most dots that a picture takes across and down on a sheet, of which 96 are an inch.
_BOX = (420, 300)
#: Points beside a picture in its row.
_ROOM = 6


class _AsItIs(Image):
    """The library's own asks another library, which this program has not, to read what is in the picture."""

    def __init__(self, content: bytes, form: str, across: int, down: int) -> None:
        self.ref = self._content = content
        self.format, self.width, self.height = form, across, down

    def _data(self) -> bytes:
        return self._content


def put_picture(page: Page, column: str, row: int, content: bytes, form: str, size: tuple[int, int]) -> None:
    """Show a picture, jpeg or png by its `form` and of so many dots across and down, in the cell of a row that is
    there, and make that as high as the picture.
    """
    across, down = size
    scale = min(_BOX[0] / across, _BOX[1] / down, 1)
    image = _AsItIs(content, form, max(round(across * scale), 1), max(round(down * scale), 1))
    page.sheet.add_image(image, f"{column}{row}")
    page.sheet.row_dimensions[row].height = image.height * 0.75 + _ROOM
