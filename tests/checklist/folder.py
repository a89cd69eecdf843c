"""The small checklist of `tests.depot` as files that a test changes, and what is then said of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from stockcheck.checklist import lint, loading
from stockcheck.checklist.composition import Composition
from stockcheck.checklist.faults import ChecklistError, Fault
from stockcheck.checklist.model import Checklist
from stockcheck.language import speaking
from tests.depot import checklist_file

HEAD = "depot.yaml"
ONE = "sections/one.yaml"
TWO = "sections/two.yaml"


class Folder:
    """A folder of checklist files. Names of files are relative to it, and so are those in faults."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.head = checklist_file(path)

    def write(self, name: str, content: str | bytes) -> Folder:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def change(self, name: str, *changes: tuple[str, str]) -> Folder:
        """Replace text in a file; what is replaced has to be there, once."""
        text = (self.path / name).read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
            text = text.replace(old, new)
        return self.write(name, text)

    def marked(self, name: str) -> str:
        """Take the mark ^ out of a file; returns its place as faults write it."""
        before, mark, after = (self.path / name).read_text(encoding="utf-8").partition("^")
        assert mark
        self.write(name, before + after)
        return f"{name}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"

    def compose(self) -> tuple[Checklist, Composition]:
        return loading.compose(self.head)

    def checklist(self) -> Checklist:
        return self.compose()[0]

    def faults(self) -> list[str]:
        """What composing finds wrong, as `told`; nothing else may come of a wrong file."""
        try:
            self.compose()
        except ChecklistError as error:
            return self.told(error.faults)
        return []

    def lint(self) -> list[str]:
        return self.told(lint.faults([self.head]))

    def told(self, faults: Iterable[Fault]) -> list[str]:
        return [told(fault).replace(f"{self.path}/", "") for fault in faults]


def told(fault: Fault) -> str:
    """A fault without words: its place, the key's path, its code, and what fills the blanks, by name."""
    for language in ("es", "en"):
        with speaking(language):
            assert str(fault).isprintable()
    blanks = "".join(f" {name}={blank}" for name, blank in fault.blanks)
    return f"{fault.place}: {fault.path + ': ' if fault.path else ''}{fault.kind}{blanks}"
