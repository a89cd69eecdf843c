"""Photographs as bytes: what kind of file something is, how large a picture is, where it says it was taken, and the
same picture without what it says of itself.

Nothing here decodes a picture: JPEG and PNG are walked from one part to the next, within the bytes that are there. What
makes up the picture is passed on as it is, byte for byte. Sources: JPEG, ITU-T T.81, annex B; EXIF, CIPA DC-008; PNG,
W3C "Portable Network Graphics", chapter 5.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

JPEG, PNG = "image/jpeg", "image/png"
#: The kinds that `stripped` can take what they say of themselves out of.
STRIPPABLE = (JPEG, PNG)

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EXIF = b"Exif\0\0"
#: Segments of a JPEG that stay when it is stripped: the colours could not be shown as they were without them.
_NEEDED = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
#: Markers without a length: TEM, and the restarts, which stand inside the picture.
_BARE = {0x01, *range(0xD0, 0xD8)}
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
#: Chunks of a PNG that may be left out by their own account, and stay: they say how it looks, not where it is from.
_SHOWN = {
    *(b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"cICP", b"mDCV"),
    *(b"cLLI", b"acTL", b"fcTL", b"fdAT"),
}
_KNOWN = {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
#: The most parts of a JPEG that are read: far more than any has, and few enough to be looked at one by one.
_MOST_PARTS = 100_000
#: What fills up before a marker, and, in a scan, the next marker that is none of the picture's own.
_FILL, _NEXT = re.compile(rb"\xff*"), re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_ORIENTATION, _GPS, _LATITUDE, _LONGITUDE = 0x0112, 0x8825, 2, 4


@dataclass(frozen=True, slots=True)
class _Segment:
    """One part of a JPEG: its marker, what is in it, and all of its bytes. A scan's are those of the picture too."""

    marker: int
    content: bytes
    whole: bytes


def _segments(data: bytes) -> Iterator[_Segment]:
    """The parts of a JPEG up to its end; what may stand behind that is no part of it. Raises `ValueError`."""
    if not data.startswith(b"\xff\xd8"):
        raise ValueError("no JPEG")
    at = 2
    for _number in range(_MOST_PARTS):
        begins = at
        fill = _FILL.match(data, at)
        if fill is None or fill.end() == at:
            raise ValueError("no marker where one has to be")
        at = fill.end()
        marker = data[at] if at < len(data) else 0
        at += 1
        if marker == 0xD9:
            yield _Segment(marker, b"", b"\xff\xd9")
            return
        if marker in _BARE:
            yield _Segment(marker, b"", data[begins:at])
            continue
        length = int.from_bytes(data[at : at + 2])
        if marker in (0, 0xD8) or length < 2 or at + length > len(data):
            raise ValueError("a segment ends outside of the file")
        content = data[at + 2 : at + length]
        at += length
        if marker == 0xDA:
            at = _end_of_scan(data, at)
        yield _Segment(marker, content, data[begins:at])
    raise ValueError("it has no end")


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands that is none of the picture's own."""
    if (found := _NEXT.search(data, at)) is None:
        raise ValueError("it has no end")
    return found.start()


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """The chunks of a PNG up to its end: name, content, all of its bytes. Raises `ValueError`."""
    if not data.startswith(_PNG_SIGNATURE):
        raise ValueError("no PNG")
    at = len(_PNG_SIGNATURE)
    while at + 12 <= len(data):
        length, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(data) or not (name.isascii() and name.isalpha()):
            raise ValueError("a chunk ends outside of the file")
        yield name, data[at + 8 : end - 4], data[at:end]
        if name == b"IEND":
            return
        at = end
    raise ValueError("it has no end")


class _Exif:
    """What is looked for in an EXIF block. It is a TIFF; no more than two of its tables are read, and nothing twice."""

    def __init__(self, tiff: bytes) -> None:
        self._tiff = tiff
        self._order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4], "")
        first = self._table(self._number("I", 4)) if self._order else {}
        self.orientation = self._number("H", first.get(_ORIENTATION, len(tiff)))
        place = self._table(self._number("I", first[_GPS])) if _GPS in first else {}
        self.has_position = _LATITUDE in place and _LONGITUDE in place

    def _number(self, form: str, at: int) -> int:
        if at + struct.calcsize(form) > len(self._tiff):
            return 0
        return int(struct.unpack_from(self._order + form, self._tiff, at)[0])

    def _table(self, at: int) -> dict[int, int]:
        """Where the value of each entry of the table at `at` stands, by tag; as far as the block goes."""
        if not 8 <= at <= len(self._tiff) - 2:
            return {}
        entries = range(at + 2, min(at + 2 + 12 * self._number("H", at), len(self._tiff) - 11), 12)
        return {self._number("H", entry): entry + 8 for entry in entries}


def has_position(data: bytes, kind: str) -> bool:
    """Whether a JPEG or PNG says where it was taken, as far as it can be read."""
    try:
        for content in _said_of_itself(data, kind):
            if _Exif(content.removeprefix(_EXIF)).has_position or b"GPSLatitude" in content:  # XMP has it in words
                return True
    except ValueError:
        pass
    return False


def _said_of_itself(data: bytes, kind: str) -> Iterator[bytes]:
    if kind == JPEG:
        yield from (segment.content for segment in _segments(data) if segment.marker == 0xE1)
    else:
        yield from (content for name, content, _whole in _chunks(data) if name in (b"eXIf", b"iTXt", b"tEXt"))


def stripped(data: bytes, kind: str) -> bytes:
    """A JPEG or PNG without what it says of itself, small pictures inside of it included; which way is up stays.

    Raises `ValueError` for one that cannot be read to its end, or not be told to be clean.
    """
    if kind == JPEG:
        return b"".join(_stripped_jpeg(data))
    if kind == PNG:
        return b"".join(_stripped_png(data))
    raise ValueError(f"no {kind} can be stripped")


def _turned(data: bytes, kind: str) -> int:
    """Which way up a picture is to be shown, 2 to 8; 0 for as it is."""
    for content in _said_of_itself(data, kind):
        if 2 <= (found := _Exif(content.removeprefix(_EXIF)).orientation) <= 8:
            return found
    return 0


def _only_turned(orientation: int) -> bytes:
    """An EXIF block that holds which way up the picture is, and nothing else."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)


def _stripped_jpeg(data: bytes) -> Iterator[bytes]:
    yield b"\xff\xd8"
    turned = _turned(data, JPEG)
    for place, segment in enumerate(_segments(data)):
        is_first = place == 0 and segment.marker == 0xE0 and segment.content.startswith(_NEEDED[0xE0])
        if is_first:  # without the small picture that may stand in it
            yield _segment(0xE0, segment.content[:12] + bytes(2))
        if turned and place == 0:
            yield _segment(0xE1, _EXIF + _only_turned(turned))
        needed = segment.marker != 0xE0 and segment.content.startswith(_NEEDED.get(segment.marker, b"\0none"))
        if 0xC0 <= segment.marker <= 0xDF or needed:
            yield segment.whole


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2) + content


def _stripped_png(data: bytes) -> Iterator[bytes]:
    yield _PNG_SIGNATURE
    turned = _turned(data, PNG)
    for name, _content, whole in _chunks(data):
        if name not in _KNOWN and name[:1].isupper():
            raise ValueError("it has a chunk that nobody knows and that cannot be left out")
        if name in _KNOWN or name in _SHOWN:
            yield whole
        if name == b"IHDR" and turned:
            yield _chunk(b"eXIf", _only_turned(turned))


def _chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + name + content + crc32(name + content).to_bytes(4)


def size_of(data: bytes, kind: str) -> tuple[int, int]:
    """Width and height of a JPEG or PNG, in dots as they are shown. Raises `ValueError`."""
    if kind == PNG:
        name, content, _whole = next(_chunks(data))
        if name != b"IHDR" or len(content) != 13:
            raise ValueError("it does not say how large it is")
        across, down = int.from_bytes(content[:4]), int.from_bytes(content[4:8])
    else:
        frame = next((one.content for one in _segments(data) if one.marker in _FRAMES), b"")
        across, down = int.from_bytes(frame[3:5]), int.from_bytes(frame[1:3])
    if not across or not down:
        raise ValueError("it does not say how large it is")
    return (down, across) if is_turned(data, kind) else (across, down)


def is_turned(data: bytes, kind: str) -> bool:
    """Whether a JPEG or PNG has to be turned by a quarter to be seen upright. Raises `ValueError`."""
    return _turned(data, kind) >= 5
