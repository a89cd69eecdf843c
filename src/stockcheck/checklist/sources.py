"""Where checklist files are found: in the user's own folder, with the program, or at a path."""

from __future__ import annotations

import os
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from stockcheck.errors import UsageError
from stockcheck.language import _
from stockcheck.plaintext import clean


def folders() -> list[Path]:
    """Where checklists are looked for by name: the user's own folder, then the ones that come with the program."""
    from platformdirs import user_data_path  # late: most commands open a file that carries its checklist

    return [user_data_path("stockcheck") / "checklists", shipped()]


@cache
def shipped() -> Path:
    """The folder of the checklists that come with the program."""
    package = Path(__file__).parent.parent
    return next(path for path in (package / "_checklists", package.parents[1] / "checklists") if path.is_dir())


def names() -> dict[str, Path]:
    """Every checklist that can be called by name; one of the user's own stands before a shipped one of that name."""
    found: dict[str, Path] = {}
    for folder in folders():
        for path in sorted(folder.glob("*.yaml")):
            found.setdefault(path.stem, path)
    return found


def find(name: str) -> Path:
    """The file of the checklist called `name`, or at the path `name`. Raises `UsageError`."""
    if name.endswith((".yaml", ".yml")) or os.sep in name:
        if not os.path.isfile(name):
            raise UsageError(_("There is no checklist file {file}.").format(file=clean(name, limit=200)))
        return Path(name)
    known = names()
    if name not in known:
        near = get_close_matches(name, known, n=1)
        raise UsageError(
            _("There is no checklist called {name}.").format(name=clean(name, limit=200)),
            _("Did you mean {name}?").format(name=near[0])
            if near
            else _("There are: {names}.").format(names=", ".join(known)),
        )
    return known[name]
