"""Texts too long for one row, whole, in as many rows as they need."""

from __future__ import annotations

from stockcheck.language import _
from stockcheck.report.xlsx import layout, styles
from stockcheck.report.xlsx.page import Page

WIDTHS = (14, 16, 9, 110)


def title() -> str:
    """The sheet's name."""
    return _("Long texts")


def about() -> str:
    """What the sheet holds."""
    return _("Answers and notes too long for a row elsewhere, in full")


class LongTexts:
    """The texts that other sheets could show only in part."""

    def __init__(self, title: str) -> None:
        self.title = title
        self._texts: dict[tuple[str, str], str] = {}

    def add(self, subject: str, heading: str, text: str) -> None:
        """Keep a text; the same one may be cut short on several sheets."""
        self._texts[subject, heading] = text

    def __bool__(self) -> bool:
        return bool(self._texts)

    def fill(self, page: Page) -> None:
        """Put every text down, in parts that a row can hold."""
        top = page.title(title(), about())
        page.put_row(top, (_("Question"), _("Text"), _("Part"), _("In full")), [styles.HEADER] * len(WIDTHS))
        row = top + 1
        most = layout.most_lines(styles.CELL)
        for (subject, heading), text in self._texts.items():
            starts = layout.line_starts(text, layout.room(text, WIDTHS[-1], styles.CELL))[::most]
            for part, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), 1):
                of = _("{part} of {parts}").format(part=part, parts=len(starts))
                look = (styles.CELL_STRONG, styles.CELL, styles.CELL_CENTRE, styles.CELL)
                page.put_row(row, (subject, heading, of, text[start:end]), look)
                row += 1
        page.sheet.freeze_panes = f"A{top + 1}"
        page.sheet.print_title_rows = f"{top}:{top}"
