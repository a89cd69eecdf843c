"""Where the checklists that come with the program are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
#: Where they stand in an installed program; in the project's own folder they stand at its top.
INSTALLED = _PACKAGE / "_checklists"


#: The file of terms, which stands with the checklists and is none.
GLOSSARY = "glossary.yaml"


def heads(folder: Path) -> list[Path]:
    """The files of the checklists in `folder`, in alphabetical order."""
    return [path for path in sorted(folder.glob("*.yaml")) if path.name != GLOSSARY]


@cache
def shipped() -> Path:
    """The folder of the checklists that come with the program."""
    return next(path for path in (INSTALLED, _PACKAGE.parents[1] / "checklists") if path.is_dir())
