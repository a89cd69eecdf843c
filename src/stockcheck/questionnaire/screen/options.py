"""A list to pick from that stands any key and click, also where it has no room or has changed meanwhile."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.widgets import OptionList


class Options(OptionList):
    """Textual's, which looks up lines that it has not laid out, and options that it has no more.

    Of what is not public in it this replaces `_move_page` and comes before `_on_click`, and reads `_lines` and
    `_index_to_line`, as of 8.2.
    """

    def _move_page(self, direction: Any) -> None:
        """Move by a page; where the terminal leaves no room for one, there is none to move by."""
        if self._lines and (self.highlighted or 0) in self._index_to_line:
            super()._move_page(direction)

    async def _on_click(self, event: events.Click) -> None:
        """Pass over a click on an option that was painted and is no longer there. Textual's own comes after this."""
        place = event.style.meta.get("option")
        if place is not None and place >= self.option_count:
            event.prevent_default()
