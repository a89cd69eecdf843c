"""Writing a report's file: whole or not at all, for its owner alone, and never over another by accident."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from stockcheck.errors import StockcheckError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import one_line


def write_file(path: Path, write: Callable[[IO[bytes]], object], *, force: bool = False) -> None:
    """Have `write` fill a new file, then put it at `path` with mode 0600.

    Raises `UsageError` when `path` exists and `force` is not given, and `StockcheckError` when it cannot be written.
    """
    if path.exists() and not force:
        raise UsageError(
            _("{file} exists already.").format(file=path), _("Give another name, or --force to write over it.")
        )
    draft = ""
    try:
        descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)  # mode 0600
        with os.fdopen(descriptor, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError as error:
        raise StockcheckError(
            _("{file} cannot be written: {why}.").format(file=path, why=one_line(error.strerror or str(error)))
        ) from error
    finally:
        if draft:
            Path(draft).unlink(missing_ok=True)
