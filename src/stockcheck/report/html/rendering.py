"""Content as it stands on a page: the one place that knows how a cell, a sentence, a fact or a bar looks there."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from itertools import groupby
from math import ceil, floor

from stockcheck.assessment.shown import Picture
from stockcheck.report.content.parts import (
    Bar,
    Cell,
    Column,
    Fact,
    Part,
    Sentence,
    Table,
    Type,
    in_words,
    none,
    ranked,
)
from stockcheck.report.html.element import Element, element
from stockcheck.scoring.gaps import Priority

#: Where what an id names is told: the name of its place on the page, by id.
Links = Mapping[str, str]

#: The name of the pattern that open parts of bars are drawn with.
HATCHING = "hatching"
#: The columns whose figures are bold, by their keys.
_STRONG = frozenset(("score",))
#: A bar is drawn to so many parts of its width.
_PIECES = 1000


def heading(level: int, text: str) -> Element:
    """A heading of that level, 1 to 6."""
    return element(f"h{level}", text)


def parts(content: Iterable[Part], links: Links, *, level: int = 3) -> list[Element]:
    """Parts below one another, their headings of that level."""
    return [one for part in content for one in _part(part, links, level)]


def _part(part: Part, links: Links, level: int) -> list[Element]:
    made = [heading(level, part.heading)] if part.heading else []
    for is_fact, pieces in groupby(part.content, key=lambda one: isinstance(one, Fact)):
        if is_fact:
            made.append(facts((one for one in pieces if isinstance(one, Fact)), links))
            continue
        for one in pieces:
            if isinstance(one, Sentence):
                made.append(sentence(one))
            elif isinstance(one, Table):
                made.append(table(one, links, caption=part.heading))
    return made


def sentence(one: Sentence) -> Element:
    """One paragraph, by its weight."""
    return element("p", one.text, class_=one.weight, dir="auto")


def facts(said: Iterable[Fact], links: Links, *, class_: str = "facts") -> Element:
    """Labels, each with what is said; a label that is an id leads to where that is told."""
    return element(
        "dl",
        (element("div", element("dt", named(one.label, links)), element("dd", one.text, dir="auto")) for one in said),
        class_=class_,
    )


def picture(one: Picture) -> Element:
    """An attached picture, which stands in the page itself."""
    source = f"data:{one.item.type};base64,{base64.b64encode(one.content).decode()}"
    shown = element("img", src=source, alt=one.item.name, width=str(one.across), height=str(one.down))
    caption = element("figcaption", f"#{one.item.entry} {one.item.name}", dir="auto")
    return element("figure", shown, caption)


def named(id_: str, links: Links) -> Element | str:
    """An id, as a link where there is a place that it leads to."""
    return element("a", id_, href=f"#{links[id_]}") if id_ in links else id_


def table(
    one: Table,
    links: Links,
    *,
    caption: str,
    beside: Table | None = None,
    class_: str = "",
    told: Links | None = None,
) -> Element:
    """A table; on a narrow page each row of it is a card. `caption` says what it is to whoever hears the page.

    A table `beside` it has as many rows, in cells that somebody writes in. With `told`, the rows are the places that
    those names are of.
    """
    columns = [*one.columns, *(beside.columns if beside else ())]
    rows = [(*row, *more) for row, more in zip(one.rows, beside.rows, strict=True)] if beside else one.rows
    looks = [_look(column, writable=place >= len(one.columns)) for place, column in enumerate(columns)]
    names = _that_names(one.columns)
    head = (
        element("th", column.title, scope="col", class_=f"of-{column.key} {look}", data_column=column.key)
        for column, look in zip(columns, looks, strict=True)
    )
    body = [
        element(
            "tr",
            (
                _cell(value, column, look, links, names=place == names)
                for place, (column, look, value) in enumerate(zip(columns, looks, row, strict=True))
            ),
            id=(told or {}).get(in_words(row[names])),
        )
        for row in rows
    ]
    if not body:
        body = [element("tr", element("td", none(), colspan=str(len(columns)), class_="none"))]
    return element(
        "div",
        element(
            "table",
            element("caption", caption, class_="unseen") if caption else None,
            element("thead", element("tr", head)),
            element("tbody", body),
            data_table=one.key,
        ),
        class_=f"table {class_}".strip(),
    )


def _cell(value: Cell, column: Column, look: str, links: Links, *, names: bool) -> Element:
    """A cell; one that names its row heads it. What it is called is seen where the row is a card."""
    content = cell(value, column, links)
    if content == "":
        return element("th" if names else "td", class_=look, scope="row" if names else None)
    return element(
        "th" if names else "td",
        content,
        class_=look,
        scope="row" if names else None,
        data_label=column.title,
        dir="auto" if column.type is Type.TEXT else None,
    )


def _that_names(columns: Iterable[Column]) -> int:
    """The place of the column that names a row: the one with ids, else the first with words."""
    places = {column.type: place for place, column in reversed(list(enumerate(columns)))}
    return places.get(Type.ID, places.get(Type.TEXT, 0))


def _look(column: Column, *, writable: bool) -> str:
    strong = "strong" if column.key in _STRONG else ""
    return " ".join(filter(None, (column.type.value, strong, "write" if writable else "")))


def cell(value: Cell, column: Column, links: Links) -> Element | str:
    """What stands in a cell of that column."""
    if isinstance(value, Bar):
        return bar(value)
    if isinstance(value, Priority):
        words = ranked(value) if column.type is Type.RANK else in_words(value)
        return element("span", words, class_=f"urgency {value.name.lower()}")
    if column.type is Type.ID and isinstance(value, str):
        return named(value, links)
    return in_words(value)


def bar(one: Bar) -> Element:
    """A bar, drawn and in words. What is begun is not full, and it reaches the line only where the share does."""
    if one.words:
        return element("span", one.words, class_="no-bar")
    met, up_to = (_percent(floor(share * _PIECES)) for share in (one.met, one.up_to))
    drawn = [
        element("rect", width="100%", height="100%", class_="rest"),
        element("rect", width=up_to, height="100%", class_="open", fill=f"url(#{HATCHING})"),
        element("rect", width=met, height="100%", class_="met"),
    ]
    if one.line is not None:
        at = _percent(ceil(one.line * _PIECES))
        drawn += [element("line", x1=at, x2=at, y1="0", y2="100%", class_=look) for look in ("around-limit", "limit")]
    return element("svg", drawn, class_="drawn", role="img", aria_label=in_words(one))


def _percent(pieces: int) -> str:
    return f"{pieces * 100 / _PIECES:g}%"
