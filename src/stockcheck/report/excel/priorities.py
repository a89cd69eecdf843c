"""How the priorities of gaps look. They keep their order in black and white."""

from __future__ import annotations

from stockcheck.scoring.gaps import Priority
from stockcheck.spreadsheet.styles import BLACK, WHITE, Style

#: From dark to light with falling urgency, so that a grey copy keeps the order.
_COLOUR = {
    Priority.IMMEDIATE: "7B1E22",
    Priority.HIGH: "D08A6E",
    Priority.MEDIUM: "F0D3A8",
    Priority.LOW: "F7F4EC",
}
STYLE = {
    priority: Style(
        bold=priority <= Priority.HIGH,
        colour=WHITE if priority is Priority.IMMEDIATE else BLACK,
        fill=colour,
        frame="all",
    )
    for priority, colour in _COLOUR.items()
}
