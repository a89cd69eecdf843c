"""How the screen looks: the theme that was chosen, here or while answering, is remembered."""

from __future__ import annotations

from stockcheck.home import remembered
from stockcheck.questionnaire import themes


def looks() -> dict[str, str]:
    """Every theme, by name, in words."""
    return {name: themes.in_words(name) for name in themes.NAMES}


def theme() -> str:
    """The theme that the environment asks for, else the one that was chosen. Raises `UsageError` where it is none."""
    return themes.wanted(kept=remembered.choice("look"))


def keep(name: str) -> None:
    """Remember a theme that somebody has chosen."""
    if name != theme():
        remembered.choose("look", name)
