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

from stockcheck.errors import ChecklistError, Problem
from stockcheck.plaintext import one_line, reason

#: Largest file read, in bytes.
MAX_BYTES = 2 * 1024 * 1024
#: Deepest nesting of maps and lists.
MAX_DEPTH = 32
#: Most keys, values, maps and lists together.
MAX_NODES = 20_000
#: Most digits, and the furthest decimal exponent, of a number: exact arithmetic on more would only cost time.
MAX_DIGITS = 40

#: Longest message of a fault, in characters: it may quote the file, and a file may hold a word of any length.
_MAX_MESSAGE = 400

Path_ = tuple[str | int, ...]
Position = tuple[int, int]

_Loader: Any = getattr(yaml, "CLoader", yaml.Loader)  # the C scanner is some ten times as fast; same events

# Looked for here, not by the scanner: the C scanner counts bytes where it should count characters, and fails on half
# characters.
_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INTEGER = re.compile(r"[-+]?[0-9]+")
#: How a decimal is written in YAML 1.2.
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


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

    def problem(self, path: Path_, message: str, hint: str = "", *, at_key: bool = False) -> Problem:
        """A fault at `path`, placed at the nearest key or value that the file really has."""
        known = path
        while known not in self.values:
            known = known[:-1]
        at_key = at_key and known == path
        line, column = (self.keys if at_key and path in self.keys else self.values)[known]
        return _fault(self.file, (line, column), path, message, hint)


def _fault(file: str, at: Position, path: Path_, message: str, hint: str) -> Problem:
    """A fault whose message may quote the file: what is quoted is data, and may not steer the reader's terminal."""
    line, column = at
    return Problem(file, line, column, shown(path), one_line(message, limit=_MAX_MESSAGE), one_line(hint))


def shown(path: Path_) -> str:
    """A key's path as a person writes it: ``questions[3].bands[0].credit``; list places count from 0."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{one_line(part, limit=60)}" for part in path)
    return text.removeprefix(".")


def read_file(path: Path, name: str | None = None) -> Document:
    """The document in `path`; `name` is how errors call the file (default: the path as given).

    Raises `ChecklistError` for a file that cannot be read or is not YAML as described above.
    """
    name = name if name is not None else str(path)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ChecklistError([Problem(name, 0, 0, "", f"cannot be read: {reason(error)}.")]) from error
    if len(content) > MAX_BYTES:
        message = f"is larger than {MAX_BYTES // 1024 // 1024} MiB, the most a checklist file may have."
        raise ChecklistError([Problem(name, 0, 0, "", message, "Split it into sections.")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        problem = Problem(name, line, column, "", "is not UTF-8 text.", "Save the file with the encoding UTF-8.")
        raise ChecklistError([problem]) from error
    return read_text(text, name)


def read_text(text: str, name: str) -> Document:
    """The document that `text` holds. Raises `ChecklistError`."""
    if match := _NOT_YAML.search(text):
        before = text[: match.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        problem = Problem(name, line, column, "", "holds a control character that YAML does not allow.", "Delete it.")
        raise ChecklistError([problem])
    try:
        return _Builder(name).build(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        said = one_line(", ".join(part for part in (error.context, error.problem) if part), limit=200)
        problem = Problem(name, line, column, "", f"is not valid YAML: {said}.", _advice(said))
    except yaml.YAMLError as error:
        problem = Problem(name, 0, 0, "", f"is not valid YAML: {one_line(str(error), limit=200)}.")
    raise ChecklistError([problem])


def _advice(said: str) -> str:
    if "mapping values are not allowed" in said:
        return 'Put a text that holds ": " in double quotes.'
    if "cannot start any token" in said:
        return "Indent with spaces, never tabs; put a text that starts with a sign in double quotes."
    return ""


class _Builder:
    """Builds one document from the scanner's events, without recursion."""

    def __init__(self, name: str) -> None:
        self.document = Document(name)
        self.problems: list[Problem] = []
        self.nodes = 0

    def build(self, text: str) -> Document:
        loader = _Loader(text)
        try:
            self._run(loader)
        finally:
            loader.dispose()
        if self.problems:
            raise ChecklistError(self.problems)
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
                    raise self._refusal(event, (), "holds a second document.", "Delete everything from this --- on.")
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
            raise self._refusal(event, (), f"has more than {MAX_NODES:,} keys and values.", "Split it into sections.")
        if depth > MAX_DEPTH and isinstance(event, CollectionStartEvent):
            raise self._refusal(event, (), f"is nested deeper than {MAX_DEPTH} levels.")
        if isinstance(event, AliasEvent) or event.anchor is not None:
            raise self._refusal(
                event, at, "anchors and aliases (& and *) are not allowed.", "Write the text out in full."
            )
        if event.tag is not None:
            raise self._refusal(event, at, "tags (!) are not allowed.", "Delete the tag, or quote the text.")

    def _key(self, event: NodeEvent, holder: dict[str, Any], at: Path_) -> str:
        if not isinstance(event, ScalarEvent):
            raise self._refusal(event, at, "a key is a single word, not a list or a map.")
        key = str(event.value)
        path = (*at, key)
        if key in holder:
            line, _ = self.document.keys[path]
            self._note(event, path, f"the key stands twice; it is already on line {line}.", "Delete one of the two.")
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
                return int(text) if whole else number
            self._note(event, path, f"the number is too long (at most {MAX_DIGITS} digits).", "Quote it if it is text.")
        return text

    def _note(self, event: Event, path: Path_, message: str, hint: str = "") -> None:
        self.problems.append(_fault(self.document.file, _position(event), path, message, hint))

    def _refusal(self, event: Event, path: Path_, message: str, hint: str = "") -> ChecklistError:
        self._note(event, path, message, hint)
        return ChecklistError(self.problems)


def _number(text: str) -> Decimal | None:
    """The decimal that `text` spells; None for one that has too many digits, or too large or small an exponent."""
    try:
        number = Decimal(text) if len(text) <= MAX_DIGITS else None
    except InvalidOperation:  # an exponent beyond what the library can hold
        return None
    return number if number is not None and abs(number.adjusted()) <= MAX_DIGITS else None


def _position(event: Any) -> Position:
    return int(event.start_mark.line) + 1, int(event.start_mark.column) + 1
