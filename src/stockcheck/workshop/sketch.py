"""The plan of a scenario as an SVG drawing: a sketch in metres, legible in grey, each thing told apart by its pattern.

Every text is data and is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from stockcheck.plaintext import one_line
from stockcheck.workshop.scenario import Plan, Shape

#: How each kind of thing is drawn, in SVG attributes; a pattern or a dash, never colour alone.
_LOOKS = {
    "fence": 'fill="none" stroke="#222" stroke-width="1" stroke-dasharray="4 2"',
    "building": 'fill="#e6e6e6" stroke="#222" stroke-width="0.8"',
    "store": 'fill="url(#hatched)" stroke="#111" stroke-width="1.6"',
    "gate": 'fill="#fff" stroke="#111" stroke-width="1.6"',
    "post": 'fill="#444" stroke="#111" stroke-width="0.8"',
    "road": 'fill="#f2f2f2" stroke="#999" stroke-width="0.4"',
    "wood": 'fill="url(#dotted)" stroke="none"',
    "dwelling": 'fill="#fff" stroke="#222" stroke-width="0.8" stroke-dasharray="1 1"',
}
#: The height of a label, and how far a hundred metres are, as shares of the plan's longer side.
_LABEL, _MARGIN = Decimal("0.022"), Decimal("0.02")
_PATTERNS = """\
<defs>
<pattern id="hatched" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<rect width="4" height="4" fill="#fff"/><line x1="0" y1="0" x2="0" y2="4" stroke="#777" stroke-width="1.4"/></pattern>
<pattern id="dotted" width="6" height="6" patternUnits="userSpaceOnUse">\
<circle cx="2" cy="2" r="1" fill="#999"/></pattern>
</defs>"""


def svg(plan: Plan) -> str:
    """The drawing, as an element that stands in a page or in a file of its own."""
    size = max(plan.width, plan.height)
    height = plan.height + size * 3 * _MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {plan.width} {height}" role="img" '
        f'aria-label={quoteattr(one_line(plan.caption))} font-family="sans-serif">',
        _PATTERNS,
        *(line for shape in plan.shapes for line in _shape(shape, size)),
        *_scale(plan, size),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _shape(shape: Shape, size: Decimal) -> Iterator[str]:
    yield (f'<rect x="{shape.x}" y="{shape.y}" width="{shape.width}" height="{shape.height}" {_LOOKS[shape.kind]}/>')
    if shape.label:
        # Beside a thing too flat to hold its name; a white edge keeps it legible over patterns.
        inside = shape.height >= size * _LABEL * 2 and shape.kind != "fence"
        x = shape.x + shape.width / 2
        y = shape.y + shape.height / 2 + size * _LABEL / 3 if inside else shape.y - size * _LABEL / 3
        yield (
            f'<text x="{x}" y="{y}" font-size="{size * _LABEL}" text-anchor="middle" paint-order="stroke" '
            f'stroke="#fff" stroke-width="{size * _LABEL / 4}">{escape(one_line(shape.label, limit=80))}</text>'
        )


def _scale(plan: Plan, size: Decimal) -> Iterator[str]:
    """A bar that tells how long a round number of metres is, below the drawing."""
    metres = next((m for m in (500, 200, 100, 50, 20, 10, 5) if m * 4 <= plan.width), 1)
    y = plan.height + size * _MARGIN
    x = size * _MARGIN
    yield f'<path d="M{x} {y} h{metres}" stroke="#111" stroke-width="{size / 200}"/>'
    yield f'<text x="{x + metres + size * _MARGIN / 2}" y="{y + size * _LABEL / 3}" font-size="{size * _LABEL}">'
    yield f"{metres} m</text>"
