"""A picture without what it says of itself is the same picture; what is no sound picture is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockcheck.assessment.media import OTHER, TEXT, kind_of
from stockcheck.assessment.pictures import JPEG, PNG, has_position, size_of, stripped
from tests.assessment.photographs import PIXELS, SCAN, SCAN_HEADER, chunk, exif, jpeg, png, segment
from tests.volume import examples

SECRET = b"Sergeant at 18 degrees north"
APP1 = b"Exif\0\0"
XMP = b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='18,2N'/>" + SECRET

TOLD = {
    JPEG: [
        segment(0xE1, APP1 + exif(position=True) + SECRET),
        segment(0xE1, XMP),
        segment(0xED, b"Photoshop 3.0\0" + SECRET),
        segment(0xFE, SECRET),
        segment(0xE2, b"MPF\0" + SECRET),
        segment(0xE0, b"JFXX\0\x10" + SECRET),
        segment(0xEB, SECRET),
        segment(0xF7, SECRET),
    ],
    PNG: [chunk(name, SECRET) for name in (b"tEXt", b"iTXt", b"zTXt", b"tIME", b"eXIf", b"prIv")],
}
LOOKS = {
    JPEG: [segment(0xE2, b"ICC_PROFILE\0\1\1colours"), segment(0xEE, b"Adobe\0\x64\0\0\0\0\1"), segment(0xDD, b"\0\4")],
    PNG: [chunk(b"gAMA", bytes(4)), chunk(b"pHYs", bytes(9)), chunk(b"iCCP", b"x\0\0")],
}


def made(kind: str, parts: list[bytes]) -> bytes:
    return jpeg(*parts, scans=2) if kind == JPEG else png(*parts)


@pytest.mark.parametrize("kind", [JPEG, PNG])
@examples(40, 1000)
@given(data=st.data())
def test_the_picture_stays_byte_for_byte_and_all_that_it_says_of_itself_goes(kind: str, data: st.DataObject) -> None:
    looks = data.draw(st.lists(st.sampled_from(LOOKS[kind]), max_size=3))
    told = data.draw(st.lists(st.sampled_from(TOLD[kind]), max_size=5))
    mixed = data.draw(st.permutations([*looks, *told]))
    whole = made(kind, mixed)
    # What is left is the picture that never had the others; and of JFIF no small picture is left.
    expected = made(kind, [one for one in mixed if one in looks])
    expected = expected.replace(b"\x01\x01RGB", b"\0\0").replace(b"\xff\xe0\x00\x13", b"\xff\xe0\x00\x10")
    found = stripped(whole, kind)
    assert found == expected
    assert stripped(found, kind) == found
    assert not has_position(found, kind)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", [JPEG, PNG])
def test_which_way_is_up_stays_and_nothing_beside_it(kind: str, order: str) -> None:
    block = exif(orientation=6, position=True, order=order)
    whole = jpeg(segment(0xE1, APP1 + block)) if kind == JPEG else png(chunk(b"eXIf", block))
    assert has_position(whole, kind)
    found = stripped(whole, kind)
    assert b"ACME" not in found
    assert not has_position(found, kind)
    assert size_of(found, kind) == size_of(whole, kind) == ((32, 48) if kind == JPEG else (2, 2))
    assert stripped(found, kind) == found


def test_the_orientation_comes_first_where_there_is_no_jfif() -> None:
    found = stripped(jpeg(segment(0xE1, APP1 + exif(orientation=3)), jfif=False), JPEG)
    assert found.startswith(b"\xff\xd8\xff\xe1\x00\x22Exif\0\0MM\0*")


@pytest.mark.parametrize("kind", [JPEG, PNG])
def test_what_stands_behind_the_picture_goes(kind: str) -> None:
    whole = jpeg(behind=SECRET) if kind == JPEG else png(behind=SECRET)
    assert SECRET not in stripped(whole, kind)
    assert (SCAN_HEADER + SCAN if kind == JPEG else PIXELS) in stripped(whole, kind)


def test_a_position_in_words_is_found_too() -> None:
    assert has_position(jpeg(segment(0xE1, XMP)), JPEG)
    assert not has_position(jpeg(segment(0xE1, APP1 + exif(orientation=1))), JPEG)


@pytest.mark.parametrize(
    "block",
    [
        exif(position=True)[:-30],
        exif(first=0),
        exif(first=2**32 - 1),
        exif(first=9, position=True),
        b"MM\0*" + bytes(4),
        b"MM\0*\0\0\0\x08\xff\xff" + b"\x88\x25\0\4\0\0\0\1\0\0\0\x08" * 5,  # a table of positions that is itself
        b"II*\0",
        b"",
        b"??*\0\0\0\0\x08",
    ],
)
def test_an_exif_that_leads_nowhere_or_in_a_circle_is_read_once(block: bytes) -> None:
    whole = jpeg(segment(0xE1, APP1 + block))
    assert not has_position(whole, JPEG)
    assert stripped(whole, JPEG) == stripped(jpeg(), JPEG)


@pytest.mark.parametrize(
    ("kind", "damaged"),
    [
        (JPEG, jpeg()[:-2]),
        (JPEG, jpeg()[:-9]),
        (JPEG, b"\xff\xd8\xff"),
        (JPEG, b"\xff\xd8\xff\xe1\xff\xff" + bytes(10)),
        (JPEG, b"\xff\xd8\xff\xe1\x00\x01" + bytes(10)),
        (JPEG, b"\xff\xd8" + bytes(10)),
        (JPEG, b"\xff\xd8" + b"\xff" * 1000),
        (PNG, png()[:-4]),
        (PNG, png(b"\xff\xff\xff\xfftEXt" + bytes(8))),
        (PNG, png(b"\x7f\xff\xff\xfftEXt")),
        (PNG, png(chunk(b"ABCD", b""))),
        (PNG, png(chunk(b"\0\0\0\0", b""))),
        (PNG, b"\x89PNG\r\n\x1a\n"),
        ("image/heic", jpeg()),
    ],
)
def test_what_cannot_be_read_to_its_end_is_not_said_to_be_stripped(kind: str, damaged: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        stripped(damaged, kind)


@examples(60, 3000)
@given(content=st.binary(max_size=200), begins=st.sampled_from([b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b""]))
def test_whatever_it_is_it_is_stripped_or_refused(content: bytes, begins: bytes) -> None:
    for kind in (JPEG, PNG):
        has_position(begins + content, kind)
        try:
            stripped(begins + content, kind)
            size_of(begins + content, kind)
        except ValueError:
            continue


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (jpeg(), JPEG),
        (png(), PNG),
        (b"\0\0\0\x18ftypheic\0\0", "image/heic"),
        (b"\0\0\0\x18ftypmp42\0\0", OTHER),
        (b"II*\0\x08", "image/tiff"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"GIF89a", "image/gif"),
        (b"%PDF-1.7", "application/pdf"),
        (
            b"PK\3\4" + bytes(26) + b"[Content_Types].xml word/document.xml",
            "application/vnd.openxmlformats-officedocument",
        ),
        (b"PK\3\4" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.textPK", "application/vnd.oasis"),
        (b"PK\3\4" + bytes(26) + b"setup.exe", OTHER),
        ("Fila 12, año 2026\r\n".encode(), TEXT),
        (b"MZ\x90\0", OTHER),
        (b"\x1b[2J", OTHER),
    ],
)
def test_a_kind_is_told_by_what_is_in_a_file(content: bytes, kind: str) -> None:
    assert kind_of(content).startswith(kind)
