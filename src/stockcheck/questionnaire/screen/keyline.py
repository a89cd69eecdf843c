"""The lines that say which keys work now. Each key in one can be clicked, and does what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from textual.content import Content
from textual.style import Style

from stockcheck.plaintext import clean

#: What stands between two keys on a line.
_GAP = "  "


def target(text: str, action: str) -> Content:
    """`text` that does `action` when it is clicked, such as ``app.next_open``."""
    return Content.styled(clean(text), Style.from_meta({"@click": action}))


def clickable(sentence: str, actions: Mapping[str, str]) -> Content:
    """`sentence` with each key that `actions` has, and the words after it, as a target."""
    sentence = clean(sentence)
    found = sorted(
        (match.start(), action)
        for key, action in actions.items()
        if (match := re.search(rf"(?<!\w){re.escape(key)}(?!\w)", sentence))
    )
    ends = [*(start for start, _action in found), len(sentence)]
    parts = [Content(sentence[: ends[0]])]
    for (start, action), end in zip(found, ends[1:], strict=True):
        words = sentence[start:end]
        said = words.rstrip(" ,")
        parts += [target(said, action), Content(words[len(said) :])]
    return Content.assemble(*parts)


def fitted(keys: Iterable[tuple[str, str]], width: int) -> Content:
    """As many of `keys`, each a text and its action, the most wanted first, as have room in `width` cells.

    The last, which leads to all others, always has its place.
    """
    *offered, last = keys
    room = width - Content(last[0]).cell_length
    shown = []
    for text, action in offered:
        room -= Content(text + _GAP).cell_length
        if room < 0:
            break
        shown.append(target(text, action))
    return Content(_GAP).join([*shown, target(*last)])
