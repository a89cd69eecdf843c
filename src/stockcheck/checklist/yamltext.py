"""YAML 1.2 text as plain data, with the line and column of every key and value.

Only what a checklist needs is let in: maps, lists and scalars. A file that is too long, too deep or too wide is
refused while it is being scanned, before anything is built from it; so are anchors, aliases and tags, which let
a small file stand for a huge one or for a program's objects. Nothing in a file is ever evaluated.

PyYAML scans and splits; the meaning of plain scalars is decided here, by the core schema of YAML 1.2 (PyYAML's
own is that of YAML 1.1, where ``no`` is a boolean and ``1:30`` is ninety).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from stockcheck.checklist.faults import Blank, ChecklistError, Fault, Finding, Kind, Path_, Position
from stockcheck.language import _
from stockcheck.plaintext import reason

#: Largest file read, in bytes.
MAX_BYTES = 2 * 1024 * 1024
#: Deepest nesting of maps and lists.
MAX_DEPTH = 32
#: Most keys, values, maps and lists together.
MAX_NODES = 20_000
#: Most digits, and the furthest decimal exponent, of a number: exact arithmetic on more would only cost time.
MAX_DIGITS = 40

_Loader: Any = getattr(yaml, "CLoader", yaml.Loader)  # the C scanner is some ten times as fast; same events

# Looked for here, not by the scanner: the C scanner counts bytes where it should count characters, and fails on half
# characters.
_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INTEGER = re.compile(r"[-+]?[0-9]+")
#: How a decimal is written in YAML 1.2.
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


class SpeltInt(int):
    """A whole number whose spelling its value loses, such as 010."""

    spelling: str


class SpeltDecimal(Decimal):
    """A decimal whose spelling its value loses, such as 1e3 or .5."""

    spelling: str


def spelling(value: bool | int | Decimal) -> str:
    """A plain scalar as the file spells it: where a word is wanted, 010 is not 10.

    But for ``True`` and its like, which have no other spelling than ``true`` once they are read.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.spelling if isinstance(value, (SpeltInt, SpeltDecimal)) else str(value)


@dataclass
class Document:
    """What one YAML file says, and where. Lines and columns count from 1."""

    file: str
    data: Any = None
    values: dict[Path_, Position] = field(default_factory=dict)
    keys: dict[Path_, Position] = field(default_factory=dict)
    #: List items at fault, as (key of the list, place in it), that are left out of what the document becomes.
    left_out: set[Path_] = field(default_factory=set)

    def kept(self, group: str) -> list[int]:
        """The places in the file of those items of the list `group` that are not left out."""
        return [number for number in range(len(self.data.get(group) or ())) if (group, number) not in self.left_out]

    def fault(self, path: Path_, kind: Kind, /, **blanks: Blank) -> Fault:
        """A fault of the value at `path`, placed at the nearest value that the file really has."""
        known = path
        while known not in self.values:
            known = known[:-1]
        return Fault.at(self.file, kind, self.values[known], path, **blanks)

    def placed(self, finding: Finding, at: Path_ = (), /, **more: Blank) -> Fault:
        """The fault of what stands at `at`; `more` fills blanks that the finding leaves."""
        return self.fault((*at, *finding.path), finding.kind, **finding.blanks, **more)

    def fault_of_key(self, path: Path_, kind: Kind, /, **blanks: Blank) -> Fault:
        """A fault of the key at `path`; placed as `fault` does where there is none."""
        if path not in self.keys:
            return self.fault(path, kind, **blanks)
        return Fault.at(self.file, kind, self.keys[path], path, **blanks)


def read_file(path: Path, name: str | None = None) -> Document:
    """The document in `path`; `name` is how errors call the file (default: the path as given).

    Raises `ChecklistError` for a file that cannot be read or is not YAML as described above.
    """
    name = name if name is not None else str(path)
    try:
        if path.exists() and not path.is_file():  # a pipe would be read for ever
            raise ChecklistError([Fault.at(name, Kind.UNREADABLE, why=_("it is no ordinary file"))])
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ChecklistError([Fault.at(name, Kind.UNREADABLE, why=reason(error))]) from error
    if len(content) > MAX_BYTES:
        raise ChecklistError([Fault.at(name, Kind.TOO_LARGE, limit=MAX_BYTES // 1024 // 1024)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        raise ChecklistError([Fault.at(name, Kind.NOT_UTF8, (line, column))]) from error
    return read_text(text, name)


def read_text(text: str, name: str) -> Document:
    """The document that `text` holds. Raises `ChecklistError`."""
    if match := _NOT_YAML.search(text):
        before = text[: match.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise ChecklistError([Fault.at(name, Kind.CONTROL_CHARACTER, (line, column))])
    try:
        return _Builder(name).build(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        said = ", ".join(part for part in (error.context, error.problem) if part)
    except yaml.YAMLError as error:
        place, said = (0, 0), str(error)
    kind = next((kind for kind, words in _SAID.items() if words.search(said)), Kind.NOT_YAML)
    blanks = {"said": said} if kind is Kind.NOT_YAML else {}
    raise ChecklistError([Fault.at(name, kind, place, **blanks)])


#: What the scanner says of the slips that are made most, in English only; the rest is quoted.
_SAID = {
    Kind.UNEXPECTED_COLON: re.compile("mapping values are not allowed"),
    Kind.MISSING_COLON: re.compile("could not find expected ':'"),
    Kind.UNQUOTED_SIGN: re.compile("cannot start any token"),
    Kind.NOT_CLOSED: re.compile("expected ',' or|unexpected end of stream"),
    Kind.MISPLACED: re.compile("block (mapping|collection|sequence).*expected"),
}


class _Builder:
    """Builds one document from the scanner's events, without recursion."""

    def __init__(self, name: str) -> None:
        self.document = Document(name)
        self.faults: list[Fault] = []
        self.nodes = 0

    def build(self, text: str) -> Document:
        loader = _Loader(text)
        try:
            self._run(loader)
        finally:
            loader.dispose()
        if self.faults:
            raise ChecklistError(self.faults)
        return self.document

    def _run(self, loader: Any) -> None:
        root: list[Any] = []
        # Each open collection: the collection, its path, and (for a map) the key that waits for its value.
        stack: list[tuple[dict[str, Any] | list[Any], Path_]] = [(root, ())]
        waiting: list[str | None] = [None]
        documents = 0
        self.document.values[()] = (1, 1)
        while (event := loader.get_event()) is not None:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refusal(event, (), Kind.SECOND_DOCUMENT)
            elif isinstance(event, CollectionEndEvent):
                stack.pop()
                waiting.pop()
            elif isinstance(event, NodeEvent):
                holder, at = stack[-1]
                self._check(event, at, len(stack))
                if isinstance(holder, dict) and waiting[-1] is None:
                    waiting[-1] = self._key(event, holder, at)
                    continue
                if isinstance(holder, dict):
                    key: str | int = waiting[-1] or ""
                    waiting[-1] = None
                else:
                    key = len(holder)
                path = () if holder is root else (*at, key)
                self.document.values[path] = _position(event)
                if isinstance(event, CollectionStartEvent):
                    value: Any = {} if isinstance(event, MappingStartEvent) else []
                    stack.append((value, path))
                    waiting.append(None)
                elif isinstance(event, ScalarEvent):
                    value = self._scalar(event, path)
                if isinstance(holder, dict):
                    holder[str(key)] = value
                else:
                    holder.append(value)
        self.document.data = root[0] if root else None

    def _check(self, event: Any, at: Path_, depth: int) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self._refusal(event, (), Kind.TOO_MANY_NODES, limit=MAX_NODES)
        if depth > MAX_DEPTH and isinstance(event, CollectionStartEvent):
            raise self._refusal(event, (), Kind.TOO_DEEP, limit=MAX_DEPTH)
        if isinstance(event, AliasEvent) or event.anchor is not None:
            raise self._refusal(event, at, Kind.ALIAS)
        if event.tag is not None:
            raise self._refusal(event, at, Kind.TAG)

    def _key(self, event: NodeEvent, holder: dict[str, Any], at: Path_) -> str:
        if not isinstance(event, ScalarEvent):
            raise self._refusal(event, at, Kind.COMPOUND_KEY)
        key = str(event.value)
        path = (*at, key)
        if key in holder:
            first, _column = self.document.keys[path]
            self._note(event, path, Kind.DUPLICATE_KEY, first=first)
        self.document.keys[path] = _position(event)
        return key

    def _scalar(self, event: ScalarEvent, path: Path_) -> Any:
        text = str(event.value)
        if not event.implicit[0]:  # quoted or block text is always text
            return text
        if text in _NULLS:
            return None
        if text in _BOOLEANS:
            return _BOOLEANS[text]
        whole = _INTEGER.fullmatch(text)
        if whole or DECIMAL.fullmatch(text):
            number = _number(text)
            if number is not None:
                return _spelt(int(text) if whole else number, text)
            self._note(event, path, Kind.LONG_NUMBER, limit=MAX_DIGITS)
        return text

    def _note(self, event: Event, path: Path_, kind: Kind, **blanks: Blank) -> None:
        self.faults.append(Fault.at(self.document.file, kind, _position(event), path, **blanks))

    def _refusal(self, event: Event, path: Path_, kind: Kind, **blanks: Blank) -> ChecklistError:
        self._note(event, path, kind, **blanks)
        return ChecklistError(self.faults)


def _number(text: str) -> Decimal | None:
    """The decimal that `text` spells; None for one that has too many digits, or too large or small an exponent."""
    try:
        number = Decimal(text) if len(text) <= MAX_DIGITS else None
    except InvalidOperation:  # an exponent beyond what the library can hold
        return None
    return number if number is not None and abs(number.adjusted()) <= MAX_DIGITS else None


def _spelt(number: int | Decimal, text: str) -> int | Decimal:
    if str(number) == text:
        return number
    spelt = SpeltInt(number) if isinstance(number, int) else SpeltDecimal(number)
    spelt.spelling = text
    return spelt


def _position(event: Any) -> Position:
    return int(event.start_mark.line) + 1, int(event.start_mark.column) + 1
