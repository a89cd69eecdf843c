"""How the screen may look: which themes there are, what they are called, and which one is wanted.

It knows no screen; the colours are in `screen/colours.py`. Whoever keeps a person's choice keeps one of `NAMES`.
"""

from __future__ import annotations

import os

from stockcheck.errors import UsageError
from stockcheck.language import N_, _
from stockcheck.plaintext import one_line

_WORDS = {"dark": N_("Dark"), "light": N_("Light"), "contrast": N_("High contrast")}
#: Every theme, in the order in which a key goes through them; the first is that of somebody who has chosen none.
NAMES = tuple(_WORDS)
#: The environment's word for the theme, where no option gives one.
VARIABLE = "STOCKCHECK_THEME"


def in_words(name: str) -> str:
    """What one of `NAMES` is called in the language in use."""
    return _(_WORDS[name])


def next_after(name: str) -> str:
    """The theme that comes after `name`, round the end; the first after one that is not of `NAMES`."""
    return NAMES[(NAMES.index(name) + 1) % len(NAMES)] if name in NAMES else NAMES[0]


def wanted(option: str = "", kept: str = "") -> str:
    """The theme that `option` asks for, else the environment, else the one that somebody has `kept`, else the first.

    Raises `UsageError` where the option or the environment asks for one that there is not.
    """
    for asked, where in ((option, "--theme"), (os.environ.get(VARIABLE, ""), VARIABLE)):
        name = asked.strip().casefold()
        if name in NAMES:
            return name
        if name:
            message = _("{where}: there is no theme {name}.").format(where=where, name=one_line(asked, limit=40))
            raise UsageError(message, _("One of: {names}").format(names=", ".join(NAMES)))
    return kept if kept in NAMES else NAMES[0]
