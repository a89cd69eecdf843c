"""Attached pictures that a report shows: few and small ones, each without what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stockcheck.assessment.attaching import Evidence
from stockcheck.assessment.evidence import Item
from stockcheck.assessment.pictures import STRIPPABLE, is_turned, size_of, stripped
from stockcheck.assessment.state import State
from stockcheck.errors import StockcheckError

#: Most pictures of a report, most bytes of one and of all, and most dots across or down, and in all, of one.
MAX_PICTURES, MAX_PICTURE, MAX_TOGETHER, MAX_SIDE, MAX_DOTS = 40, 4 << 20, 24 << 20, 12_000, 50_000_000


@dataclass(frozen=True)
class Picture:
    """A picture to be shown. `across` and `down` are its dots as they are to be seen; it `is_turned` where the dots
    lie on their side in the file, and a note in it says so.
    """

    item: Item
    content: bytes
    across: int
    down: int
    is_turned: bool


@dataclass(frozen=True)
class Pictures:
    """Those that are shown, by the number of their entry, and the items that are pictures and left out."""

    shown: Mapping[int, Picture] = field(default_factory=dict)
    left_out: tuple[Item, ...] = ()


def pictures(evidence: Evidence, state: State) -> Pictures:
    """The pictures of an assessment for a report, in the order of its questions, as far as the bounds let them in."""
    shown: dict[int, Picture] = {}
    left_out: list[Item] = []
    together = 0
    for id_ in sorted(state.evidence, key=state.checklist.place.__getitem__):
        for item in state.evidence[id_]:
            if not item.type.startswith("image/") or item.is_removed:
                continue
            room = len(shown) < MAX_PICTURES and together + item.size <= MAX_TOGETHER
            picture = _picture(evidence, item) if room and item.size <= MAX_PICTURE else None
            if picture is None:
                left_out.append(item)
            else:
                shown[item.entry] = picture
                together += item.size
    return Pictures(shown, tuple(left_out))


def _picture(evidence: Evidence, item: Item) -> Picture | None:
    """The picture of an item; None for one that cannot be shown as it should."""
    if item.type not in STRIPPABLE:
        return None
    try:
        content = stripped(evidence.content(item), item.type)
        across, down = size_of(content, item.type)
    except (StockcheckError, ValueError):
        return None
    if max(across, down) > MAX_SIDE or across * down > MAX_DOTS:
        return None
    return Picture(item, content, across, down, is_turned(content, item.type))
