"""The plan of a scenario as an SVG drawing: a sketch in metres, legible in grey, each thing told apart by its pattern.

Every text is data and is escaped. Lines, patterns and letters are as large as the drawing asks for, whether it shows a
yard or a valley.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from stockcheck.plaintext import one_line
from stockcheck.workshop.scenario import Plan, Shape

#: How each kind of thing is drawn: fill, stroke, and in fine lines its width and dashes. Never told by colour alone.
_LOOKS = {
    "fence": ("none", "#222", 1.2, (6, 3)),
    "building": ("#e6e6e6", "#222", 1.0, ()),
    "store": ("url(#hatched)", "#111", 2.0, ()),
    "gate": ("#fff", "#111", 2.0, ()),
    "post": ("#444", "#111", 1.0, ()),
    "road": ("#f2f2f2", "#999", 0.6, ()),
    "wood": ("url(#dotted)", "none", 0.0, ()),
    "dwelling": ("#fff", "#222", 1.2, (2, 2)),
}
#: A fine line, the height of letters, and the margin of the scale, as shares of the plan's longer side.
_FINE, _LETTERS, _MARGIN = 1 / 400, 0.028, 0.02
#: How wide a letter is at most on average, and how high a line, as shares of the height of letters.
_WIDE, _HIGH = 0.53, 1.2


@dataclass(frozen=True)
class _Box:
    """A rectangle, in metres from the upper left corner."""

    x: float
    y: float
    width: float
    height: float

    def shared(self, other: _Box) -> float:
        """The area that both cover."""
        width = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        height = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return max(width, 0.0) * max(height, 0.0)

    def holds(self, other: _Box) -> bool:
        """Whether `other` lies within."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )


def svg(plan: Plan) -> str:
    """The drawing, as an element that stands in a page or in a file of its own."""
    width, depth = float(plan.width), float(plan.height)
    size = max(width, depth)
    view = f"0 0 {width:.2f} {depth + size * 3 * _MARGIN:.2f}"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" role="img" '
        f'aria-label={quoteattr(one_line(plan.caption))} font-family="sans-serif">',
        *_patterns(size * _FINE),
        *(_drawn(shape, size * _FINE) for shape in plan.shapes),
        *_labels(plan.shapes, _Box(0, 0, width, depth), size * _LETTERS),
        *_scale(width, depth, size),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _patterns(fine: float) -> Iterator[str]:
    at = f'width="{6 * fine:.3f}" height="{6 * fine:.3f}" patternUnits="userSpaceOnUse"'
    yield f'<defs><pattern id="hatched" {at} patternTransform="rotate(45)">'
    yield f'<rect width="{6 * fine:.3f}" height="{6 * fine:.3f}" fill="#fff"/>'
    yield f'<path d="M0 0 V{6 * fine:.3f}" stroke="#999" stroke-width="{2 * fine:.3f}"/></pattern>'
    yield f'<pattern id="dotted" {at}><circle cx="{2 * fine:.3f}" cy="{2 * fine:.3f}" r="{fine:.3f}" fill="#999"/>'
    yield "</pattern></defs>"


def _box(shape: Shape) -> _Box:
    return _Box(float(shape.x), float(shape.y), float(shape.width), float(shape.height))


def _drawn(shape: Shape, fine: float) -> str:
    box = _box(shape)
    fill, stroke, wide, dashes = _LOOKS[shape.kind]
    dashed = f' stroke-dasharray="{" ".join(f"{dash * fine:.3f}" for dash in dashes)}"' if dashes else ""
    return (
        f'<rect x="{box.x:.2f}" y="{box.y:.2f}" width="{box.width:.2f}" height="{box.height:.2f}" fill="{fill}" '
        f'stroke="{stroke}" stroke-width="{wide * fine:.3f}"{dashed}/>'
    )


def _labels(shapes: Sequence[Shape], drawing: _Box, letters: float) -> Iterator[str]:
    """The names of things, each where it covers least; a white edge keeps it legible over patterns."""
    things = [_box(shape) for shape in shapes]
    taken: list[_Box] = []
    for shape, thing in zip(shapes, things, strict=True):
        if not shape.label:
            continue
        text = one_line(shape.label, limit=80)
        width = letters * _WIDE * len(text)
        others = [(one.kind, box) for one, box in zip(shapes, things, strict=True) if one is not shape]
        places = [_within(drawing, one) for one in _places(thing, width, letters * _HIGH, letters / 3)]
        best = min(places, key=lambda place: _covered(place, thing, others, taken, drawing))
        taken.append(best)
        yield (
            f'<text x="{best.x + width / 2:.2f}" y="{best.y + letters * 0.95:.2f}" font-size="{letters:.2f}" '
            f'text-anchor="middle" paint-order="stroke" stroke="#fff" stroke-width="{letters / 4:.2f}" '
            f'stroke-linejoin="round">{escape(text)}</text>'
        )


def _places(thing: _Box, width: float, height: float, gap: float) -> Iterator[_Box]:
    """Where the name of a thing may stand, the most wanted first: in it, above, below, beside it."""
    x, y = thing.x + (thing.width - width) / 2, thing.y + (thing.height - height) / 2
    yield _Box(x, y, width, height)
    yield _Box(x, thing.y + gap, width, height)
    yield _Box(x, thing.y + thing.height - height - gap, width, height)
    yield _Box(x, thing.y - height - gap, width, height)
    yield _Box(x, thing.y + thing.height + gap, width, height)
    yield _Box(thing.x + thing.width + gap, y, width, height)
    yield _Box(thing.x - width - gap, y, width, height)


def _within(drawing: _Box, place: _Box) -> _Box:
    """`place`, moved into the drawing as far as it fits."""
    x = max(min(place.x, drawing.width - place.width), 0.0)
    y = max(min(place.y, drawing.height - place.height), 0.0)
    return _Box(x, y, place.width, place.height)


def _covered(place: _Box, own: _Box, others: Sequence[tuple[str, _Box]], taken: Sequence[_Box], drawing: _Box) -> float:
    """How much a name hides there, other names most of all; within a fence, or what holds the thing too, nothing.

    In another thing it would be taken for that one's name.
    """
    names = sum(place.shared(one) for one in taken)
    things = 0.0 if own.holds(place) else place.shared(own)
    for kind, one in others:
        if not (one.holds(place) and (kind == "fence" or one.holds(own))):
            things += place.shared(one) * (0.1 if kind == "fence" else 1)  # a fence hides a line alone
    return 10 * names + things + (0 if drawing.holds(place) else place.width * place.height)


def _scale(width: float, depth: float, size: float) -> Iterator[str]:
    """A bar that tells how long a round number of metres is, below the drawing."""
    metres = next((m for m in (500, 200, 100, 50, 20, 10, 5) if m * 4 <= width), 1)
    x, y = size * _MARGIN, depth + size * 1.5 * _MARGIN
    yield f'<path d="M{x:.2f} {y:.2f} h{metres}" stroke="#111" stroke-width="{size / 200:.3f}"/>'
    yield (
        f'<text x="{x + metres + size * _MARGIN / 2:.2f}" y="{y + size * _LETTERS / 3:.2f}" '
        f'font-size="{size * _LETTERS:.2f}">{metres} m</text>'
    )
