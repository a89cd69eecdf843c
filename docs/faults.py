"""Writes docs/checklist-faults.md from the table of faults: python docs/faults.py"""

from __future__ import annotations

from pathlib import Path

from stockcheck.checklist.faults import Kind
from stockcheck.language import _, speaking

HEAD = """\
# Faults of checklist files

What `stockcheck checklist lint`, and every command that reads a checklist, may say of its files, by the code that
stands at the end of each line. Braces are filled with the key, the id or the word that is meant; where one is misspelt,
"Did you mean …?" follows.

Lo que pueden decir de los archivos de una lista `stockcheck checklist lint` y todo comando que la lee, por el código
que cierra cada línea. Las llaves se completan con la clave, el id o la palabra del caso; si alguna está mal escrita,
sigue «¿Quiso decir …?».

Made by `python docs/faults.py`; do not edit.

| code / código | English | español |
| --- | --- | --- |
"""


def page() -> str:
    """The whole page, by code in alphabetical order."""
    return HEAD + "".join(f"| `{kind}` | {_said(kind, 'en')} | {_said(kind, 'es')} |\n" for kind in sorted(Kind))


def _said(kind: Kind, language: str) -> str:
    with speaking(language):
        texts = [_(text).replace("{{", "{").replace("}}", "}") for text in (kind.message, kind.hint) if text]
    return " ".join(texts).replace("|", "\\|")


if __name__ == "__main__":
    Path(__file__).with_name("checklist-faults.md").write_text(page(), encoding="utf-8")
