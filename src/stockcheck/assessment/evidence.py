"""Evidence: what shows that an answer is right, attached to its question. It changes no answer and no figure.

An item is a file, whose content is kept beside the events under its SHA-256, or the number of a record that lies
elsewhere. It is known by the number of its entry.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from stockcheck.answers.keeping import MAX_NAME
from stockcheck.assessment.events import Event, data_of
from stockcheck.assessment.media import ENDINGS, called
from stockcheck.assessment.redaction import MARK, is_hash, name_of, text_of
from stockcheck.language import _, ngettext, number
from stockcheck.plaintext import MAX_TEXT, one_line, whole

#: Most bytes of one file, of all that is attached in one assessment, and most items of a question. More is refused
#: when it is attached; what stands in a file is bounded by the file's own size.
MAX_CONTENT, MAX_CONTENTS, MAX_ITEMS = 16 << 20, 128 << 20, 64
#: The most items of a question that are read, each of which takes the longer the more there are. Far more than many
#: copies brought together come to.
_MOST_READ = 1000

_KEYS = {"name", "type", "size", "sha256", "stripped", "remark"}
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
#: Names that mean a device on Windows, whatever stands behind their dot.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """One thing that is attached: by the number of its `entry`, who attached it and when (UTC).

    `record` is the number of a record that lies elsewhere, or where it lies; a file has none, and `name`, media `type`
    and `size` in bytes. `sha256` is that of its content, empty where the content was removed. `stripped`: what the
    file said of itself was taken out when it was attached.
    """

    entry: int
    by: str
    at: dt.datetime
    record: str = ""
    name: str = ""
    type: str = ""
    size: int = 0
    sha256: str = ""
    stripped: bool = False
    remark: str = ""

    @property
    def is_file(self) -> bool:
        """Whether it is a file; else it is a record that lies elsewhere."""
        return not self.record

    @property
    def is_removed(self) -> bool:
        """Whether it was a file whose content was removed for good."""
        return self.is_file and not self.sha256

    @property
    def short_code(self) -> str:
        """How the hash of its content begins, as reports show it."""
        return self.sha256[:12]

    @property
    def called(self) -> str:
        """Its name, or the record's number, on one line."""
        return self.name if self.is_file else self.record


def item_of(event: Event) -> Item:
    """The item that `event` attaches. Raises as `item_from`."""
    return item_from(event.data, event.seq, name_of(event), event.moment)


def item_from(data: Mapping[str, Any], entry: int, by: str, at: dt.datetime) -> Item:
    """The item that the body of an event says, `data`. Raises `ValueError`, `TypeError` or `KeyError` for none."""
    remark = _text(data, "remark", most=MAX_TEXT)
    if "record" in data:
        if data.keys() - {"record", "remark"} or not data["record"]:
            raise ValueError("a record has a number and a remark, and nothing else")
        return Item(entry, by, at, record=_line(data, "record", MAX_TEXT), remark=remark)
    size, sha256 = data["size"], data["sha256"]
    if data.keys() - _KEYS or type(size) is not int or not 0 <= size <= MAX_CONTENT:
        raise ValueError("it does not say what was attached")
    if sha256 != MARK and not is_hash(sha256):
        raise ValueError("a content is named by its SHA-256")
    return Item(
        entry,
        by,
        at,
        name=_line(data, "name", MAX_NAME),
        type=_line(data, "type", 100),
        size=size,
        sha256="" if sha256 == MARK else sha256,
        stripped=data.get("stripped") is True,
        remark=remark,
    )


def file_as_data(name: str, type_: str, size: int, sha256: str, *, stripped: bool) -> dict[str, object]:
    """A file as an event keeps it."""
    data: dict[str, object] = {"name": name, "type": type_, "size": size, "sha256": sha256}
    return data | ({"stripped": True} if stripped else {})


def as_data(item: Item) -> dict[str, object]:
    """An item as an event would keep it now; a remark that was removed is none. Its content has to be there."""
    remark = {"remark": item.remark} if item.remark and item.remark != text_of(MARK) else {}
    if not item.is_file:
        return {"record": item.record, **remark}
    return {**file_as_data(item.name, item.type, item.size, item.sha256, stripped=item.stripped), **remark}


def after(items: tuple[Item, ...], event: Event) -> tuple[Item, ...]:
    """`items` of a question after an event about it. Raises as `item_of`, and `ValueError` for one that takes back what
    is not there.
    """
    data = event.data
    if "withdrawn" not in data:
        return with_item(items, item_of(event))
    number = data["withdrawn"]
    if type(number) is not int or all(one.entry != number for one in items):
        raise ValueError("it takes back what is not attached")
    return tuple(one for one in items if one.entry != number)


def with_item(items: tuple[Item, ...], item: Item) -> tuple[Item, ...]:
    """`items` of a question and one more. Raises `ValueError` where there are more than anybody attaches."""
    if len(items) >= _MOST_READ:
        raise ValueError(f"a question has {_MOST_READ} pieces of evidence at most")
    return (*items, item)


def moved(
    evidence: Mapping[str, tuple[Item, ...]], moved: Mapping[str, str], known: Mapping[str, object]
) -> dict[str, tuple[Item, ...]]:
    """Where the evidence is once questions are called otherwise: joined where several meet, in the order of entries;
    what belongs to none of the `known` questions is not among it.
    """
    found: dict[str, tuple[Item, ...]] = {}
    for name, items in evidence.items():
        if (to := moved.get(name, name)) in known:
            found[to] = tuple(sorted((*found.get(to, ()), *items), key=lambda item: item.entry))
    return found


def digests(events: Iterable[Event]) -> set[str]:
    """The SHA-256 of every content that an entry names, be its item taken back or not."""
    bodies = (body_of(event) for event in events)
    found = (body.get("sha256") for body in bodies if body is not None)
    return {digest for digest in found if isinstance(digest, str) and is_hash(digest)}


def body_of(event: Event) -> Mapping[str, Any] | None:
    """What `event` says of an item, be it attached here or carried from an earlier assessment; None for no item."""
    if event.kind == "evidence":
        return data_of(event)
    carried = data_of(event).get("evidence") if event.kind == "carry" else None
    return carried if isinstance(carried, dict) else None


def withdrawn(event: Event) -> int | None:
    """The number of the item that `event` takes back; None where it takes none back."""
    found = data_of(event).get("withdrawn") if event.kind == "evidence" else None
    return found if type(found) is int else None


def file_name(item: Item) -> str:
    """What the file of an item may safely be called on any disk: one plain name, which hides nothing."""
    plain = "".join(sign for sign in item.name if sign.isprintable() and sign not in "\u2400\ufffd")
    plain = _UNFIT.sub("_", plain.replace("\\", "/").rpartition("/")[2]).strip(" .")
    plain = re.sub(r"[\u2400-\u2421]", "", plain).strip(" .")
    if item.name == text_of(MARK):
        plain = ""
    while len(plain.encode()) > 150:
        stem, dot, ending = plain.rpartition(".")
        plain = f"{stem[:-1]}{dot}{ending}" if stem and len(ending) < 20 else plain[:-1]
    if not plain:
        return f"evidence-{item.entry}{ENDINGS.get(item.type, '')}"
    return f"_{plain}" if _DEVICES.match(plain) else plain


def in_words(data: Mapping[str, object]) -> str:
    """What an event of the kind says, `data` as `redaction.readable` has it."""
    if "withdrawn" in data:
        return _("Evidence taken back: #{entry}").format(entry=data["withdrawn"])
    if "record" in data:
        said = [_("Evidence, a record: {text}").format(text=one_line(str(data["record"])))]
    else:
        words = _("Evidence attached: {name} ({size}, SHA-256 {code})")
        code = data.get("sha256")
        said = [
            words.format(
                name=one_line(str(data.get("name")), limit=MAX_NAME),
                size=size_in_words(int(str(data.get("size")))),
                code=str(code)[:12] if is_hash(code) else one_line(str(code), limit=40),
            )
        ]
    if data.get("stripped") is True:
        said.append(_("stripped of what it said of itself"))
    if remark := data.get("remark"):
        said.append(whole(str(remark)))
    return "; ".join(said)


def counted(items: Iterable[Item]) -> str:
    """How many files and records: “2 files, 1 record”. Empty for none."""
    items = tuple(items)
    files = sum(item.is_file for item in items)
    said = []
    if files:
        said.append(ngettext("{n} file", "{n} files", files).format(n=files))
    if records := len(items) - files:
        said.append(ngettext("{n} record", "{n} records", records).format(n=records))
    return ", ".join(said)


def listed(items: Iterable[Item]) -> str:
    """The same, and each by its name, a file by the beginning of its hash as well. Empty for none."""
    items = tuple(items)
    if not items:
        return ""
    return counted(items) + ": " + "; ".join(map(_briefly, items))


def in_a_line(item: Item) -> str:
    """An item with its number and what it is, such as “#12 fence.jpg (JPEG picture, 2.1 MiB, SHA-256 …)”."""
    if not item.is_file:
        return f"#{item.entry} " + _("record: {text}").format(text=item.record)
    said = [called(item.type), size_in_words(item.size)]
    said += [f"SHA-256 {item.short_code}"] if item.sha256 else [_("removed")]
    said += [_("stripped")] if item.stripped else []
    return f"#{item.entry} {item.name} ({', '.join(said)})"


def _briefly(item: Item) -> str:
    if not item.is_file:
        return item.called
    return "{name} ({code})".format(name=item.name, code=item.short_code or _("removed"))


def size_in_words(size: int) -> str:
    """A number of bytes as people read it: 812 B, 40 KiB, 3.2 MiB."""
    from decimal import Decimal  # a start pays nothing for it

    if size < 1024:
        return f"{size} B"
    if size < 1 << 20:
        return f"{-(-size // 1024)} KiB"
    return f"{number(Decimal(size) / (1 << 20), 1)} MiB"


def _text(data: Mapping[str, object], key: str, *, most: int) -> str:
    stored = data.get(key, "")
    if not isinstance(stored, str):
        raise TypeError(f"its {key} is no text")
    return text_of(stored)[:most]


def _line(data: Mapping[str, object], key: str, most: int) -> str:
    return one_line(_text(data, key, most=most + 1), limit=most)
