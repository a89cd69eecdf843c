"""The colours of each theme. Every text stands out from its ground by 4.5 to 1 at least, as WCAG 2.2 measures it.

Nothing is see-through: a colour that is mixed from two is one that nobody has measured. Where a terminal has sixteen
colours, each of these becomes one of them that keeps the distance.
"""

from __future__ import annotations

from textual.theme import Theme


def _theme(
    name: str,
    *,
    ink: str,
    quiet: str,
    paper: str,
    raised: str,
    band: str,
    cursor: tuple[str, str],
    passive: str,
    line: str,
) -> Theme:
    """A theme: `ink` on `paper`; `quiet` is text that stands back, `raised` the ground of what floats, `band` that of
    a line across, `cursor` the text and ground of what the keys are on, `passive` the ground of what the mouse is on,
    and of what the keys are on while they are elsewhere.
    """
    text, ground = cursor
    return Theme(
        name=name,
        dark=name != "light",
        primary=ground,
        secondary=ground,
        accent=ground,
        warning=ink,
        error=ink,
        success=ink,
        foreground=ink,
        background=paper,
        surface=raised,
        panel=band,
        boost=raised,
        variables={
            "text": ink,
            "text-muted": quiet,
            "text-disabled": quiet,
            "foreground-muted": quiet,
            "foreground-disabled": quiet,
            "block-cursor-foreground": text,
            "block-cursor-background": ground,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-foreground": ink,
            "block-cursor-blurred-background": passive,
            "block-cursor-blurred-text-style": "bold",
            "block-hover-background": passive,
            "border": line,
            "border-blurred": line,
            "surface-active": raised,
            "input-cursor-foreground": paper,
            "input-cursor-background": ink,
            "input-cursor-text-style": "none",
            "input-selection-foreground": text,
            "input-selection-background": ground,
            "screen-selection-foreground": text,
            "screen-selection-background": ground,
            "link-color": ink,
            "link-background": "transparent",
            "link-style": "none",
            "link-color-hover": text,
            "link-background-hover": ground,
            "link-style-hover": "bold underline",
            "scrollbar": line,
            "scrollbar-hover": ground,
            "scrollbar-active": ground,
            "scrollbar-background": band,
            "scrollbar-background-hover": band,
            "scrollbar-background-active": band,
            "scrollbar-corner-color": band,
        },
    )


THEMES = (
    _theme(
        "dark",
        ink="#ececec",
        quiet="#b9c0c7",
        paper="#101317",
        raised="#191e24",
        band="#1e2226",
        cursor=("#0a0d10", "#9cc9ff"),
        passive="#282828",
        line="#7d8a97",
    ),
    _theme(
        "light",
        ink="#101317",
        quiet="#48525c",
        paper="#ffffff",
        raised="#f6f7f9",
        band="#e4e8ec",
        cursor=("#ffffff", "#0a3f80"),
        passive="#d9e4f0",
        line="#66717c",
    ),
    _theme(
        "contrast",
        ink="#ffffff",
        quiet="#ffffff",
        paper="#000000",
        raised="#000000",
        band="#1c1c1c",
        cursor=("#000000", "#ffff55"),
        passive="#000080",
        line="#ffffff",
    ),
)
