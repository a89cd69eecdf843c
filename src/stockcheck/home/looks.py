"""How the screen can look, by a name that is remembered, and the theme of the full screen that goes with it."""

from __future__ import annotations

from stockcheck.home import remembered
from stockcheck.language import _

#: The themes, by what is remembered; the first is used where nothing was chosen.
THEMES = {"dark": "textual-dark", "light": "textual-light"}


def looks() -> dict[str, str]:
    """Every look, by name, in words."""
    words = {"dark": _("dark"), "light": _("light")}
    return {name: words[name] for name in THEMES}


def theme() -> str:
    """The theme that was chosen."""
    return THEMES.get(remembered.choice("look"), next(iter(THEMES.values())))
