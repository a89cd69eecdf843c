"""The languages that checklists can be shown in, beside those that the program itself speaks."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from stockcheck.errors import StockcheckError


def of_checklists(arguments: Iterable[str]) -> set[str]:
    """The languages of the checklists that can be called by name, and of those in the files that a call names.

    What cannot be read has none: the command itself says what is wrong with it.
    """
    from stockcheck.checklist.library import load
    from stockcheck.checklist.sources import names

    found: set[str] = set()
    for path in {*map(str, names().values()), *_files(arguments, ".yaml", ".yml")}:
        with contextlib.suppress(StockcheckError):
            found.update(load(path).languages)
    from stockcheck.assessment.file import open_file
    from stockcheck.assessment.unlocking import asking_nobody

    for path in _files(arguments, ""):
        with contextlib.suppress(StockcheckError), asking_nobody(), open_file(Path(path)) as opened:
            found.update(opened.checklist.languages)
    return found


def _files(arguments: Iterable[str], *endings: str) -> Iterator[str]:
    """The files among the words of a call, also behind an option's ``=``, whose names end so."""
    for argument in arguments:
        for word in (argument, argument.partition("=")[2]):
            if word.endswith(endings) and word and Path(word).is_file():
                yield word
