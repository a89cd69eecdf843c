"""Workbooks changed from outside: a part of the zip file put in the place of another, as an attacker would."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile


def changed(source: Path, target: Path, parts: Mapping[str, bytes | None]) -> Path:
    """`source` with other contents in the parts named, added where there were none; None leaves a part out."""
    with ZipFile(source) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = parts.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in parts.items():
            if content is not None and name not in old.namelist():
                new.writestr(name, content)
    return target


def with_text(source: Path, target: Path, part: str, old: str, new: str) -> Path:
    """`source` with `old`, which has to be in a part, replaced there by `new`."""
    with ZipFile(source) as archive:
        text = archive.read(part).decode()
    assert old in text, f"{old} is not in {part}"
    return changed(source, target, {part: text.replace(old, new, 1).encode()})
