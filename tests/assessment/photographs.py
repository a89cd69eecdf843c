"""Pictures for tests, put together byte by byte: no camera has taken them, and nothing in them is a place."""

from __future__ import annotations

import struct
from zlib import compress, crc32

#: What stands in the scans of the JPEGs: a zero after 0xFF, a restart, fill.
SCAN = b"\x12\xff\x00\x34\xff\xd3\x56\xff\x00"
SCAN_HEADER = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2) + content


def exif(*, orientation: int = 0, position: bool = False, order: str = ">", first: int = 8) -> bytes:
    """An EXIF block as a camera writes one; `first` is where it says that its first table stands."""
    entries = [(0x010F, 2, 4, int.from_bytes(b"ACME"))]  # who made the camera
    if orientation:
        entries.append((0x0112, 3, 1, orientation << 16 if order == ">" else orientation))
    after = 8 + 2 + 12 * (len(entries) + position) + 4
    if position:
        entries.append((0x8825, 4, 1, after))
    block = (b"MM\0*" if order == ">" else b"II*\0") + struct.pack(order + "I", first)
    block += struct.pack(order + "H", len(entries))
    block += b"".join(struct.pack(order + "HHII", *entry) for entry in entries) + bytes(4)
    if position:
        block += struct.pack(order + "H", 2)
        block += struct.pack(order + "HHII", 2, 5, 3, 0) + struct.pack(order + "HHII", 4, 5, 3, 0) + bytes(4)
    return block


def jpeg(*more: bytes, jfif: bool = True, scans: int = 1, behind: bytes = b"") -> bytes:
    """A JPEG with segments `more` before its picture."""
    first = segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\1\1" + b"RGB") if jfif else b""
    tables = (
        segment(0xDB, bytes(65)) + segment(0xC2, b"\x08\x00\x20\x00\x30\x01\x01\x11\x00") + segment(0xC4, bytes(20))
    )
    return b"\xff\xd8" + first + b"".join(more) + tables + (SCAN_HEADER + SCAN) * scans + b"\xff\xd9" + behind


def chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + name + content + crc32(name + content).to_bytes(4)


PIXELS = chunk(b"IDAT", compress(bytes(2 * 7)))


def png(*more: bytes, behind: bytes = b"") -> bytes:
    """A PNG of two by two dots with chunks `more` before its picture."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + PIXELS + chunk(b"IEND", b"") + behind
