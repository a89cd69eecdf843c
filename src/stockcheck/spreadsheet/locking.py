"""A workbook that opens with a password alone, in Excel's own way: AES under a key made of the password.

Source: MS-OFFCRYPTO, 2.3.4.10 (agile encryption), as msoffcrypto-tool writes it. It is an optional library.
"""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO

from openpyxl import Workbook

from stockcheck.errors import UsageError
from stockcheck.language import _
from stockcheck.spreadsheet.archive import save

#: The longest password that Excel takes, in characters.
LONGEST = 255


def check_can_lock() -> None:
    """Raises `UsageError` where the library is not installed."""
    if find_spec("msoffcrypto") is None:
        raise UsageError(
            _("A report can be locked with a password only where the library msoffcrypto-tool is installed."),
            _("Install it with: pip install 'stockcheck[protect]'"),
        )


def locked(workbook: Workbook, password: str) -> bytes:
    """`workbook` as a file that opens with `password` alone; nothing of it touches the disk in the clear. Raises as
    `check_can_lock`. Each time the bytes are others, for the key is made with random ones.
    """
    check_can_lock()
    from msoffcrypto.format.ooxml import OOXMLFile  # an optional library

    plain, found = BytesIO(), BytesIO()
    save(workbook, plain)
    OOXMLFile(plain).encrypt(password, found)
    return found.getvalue()
