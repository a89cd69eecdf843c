"""What kind of file something is, by what is in it; its name is never asked. Nothing is opened or unpacked for it."""

from __future__ import annotations

from stockcheck.language import _

#: What the program has no name for. It is kept as it is.
OTHER = "application/octet-stream"
TEXT = "text/plain"

_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_INSIDE_ZIP = (
    (b"word/document.xml", _OFFICE + "wordprocessingml.document"),
    (b"xl/workbook.xml", _OFFICE + "spreadsheetml.sheet"),
    (b"ppt/presentation.xml", _OFFICE + "presentationml.presentation"),
)
_OPEN = "application/vnd.oasis.opendocument."
_OPEN_KINDS = ("text", "spreadsheet", "presentation", "graphics")

#: How a file of each kind is called where it has to be given a name.
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/heic": ".heic",
    "image/tiff": ".tif",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
    _INSIDE_ZIP[0][1]: ".docx",
    _INSIDE_ZIP[1][1]: ".xlsx",
    _INSIDE_ZIP[2][1]: ".pptx",
    _OPEN + "text": ".odt",
    _OPEN + "spreadsheet": ".ods",
    _OPEN + "presentation": ".odp",
    _OPEN + "graphics": ".odg",
    TEXT: ".txt",
}


def kind_of(content: bytes) -> str:
    """The media type of a file, by what is in it; `OTHER` for one of no kind that is known here."""
    for begins, kind in _BEGINNINGS:
        if content.startswith(begins):
            return kind
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF:
        return "image/heic"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    return TEXT if _is_text(content) else OTHER


def _kind_of_zip(content: bytes) -> str:
    if content[30:38] == b"mimetype":  # an OpenDocument says first, and not packed, what it is
        for kind in _OPEN_KINDS:
            if content[38:].startswith((_OPEN + kind).encode()):
                return _OPEN + kind
    if b"[Content_Types].xml" in content:
        for name, kind in _INSIDE_ZIP:
            if name in content:
                return kind
    return OTHER


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(ord(sign) < 0x20 and sign not in "\t\n\r\f" for sign in set(text))


def called(kind: str) -> str:
    """What a kind of file is called, in the language in use."""
    if kind.startswith(_OFFICE) or kind.startswith(_OPEN):
        return _("office document")
    words = {
        "image/jpeg": _("JPEG picture"),
        "image/png": _("PNG picture"),
        "image/heic": _("HEIC picture"),
        "image/tiff": _("TIFF picture"),
        "image/webp": _("WebP picture"),
        "image/gif": _("GIF picture"),
        "application/pdf": _("PDF document"),
        TEXT: _("text"),
    }
    return words.get(kind, _("another kind of file"))


def may_say_more(kind: str) -> bool:
    """Whether a file of this kind often says who made it, when and where, and the program cannot take that out."""
    return kind not in ("image/jpeg", "image/png", "image/gif", TEXT)
