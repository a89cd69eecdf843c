"""YAML text: the scalars of YAML 1.2, exact places, and nothing that a file could do harm with."""

from __future__ import annotations

import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck.checklist.faults import ChecklistError, Fault, Kind
from stockcheck.checklist.yamltext import (
    MAX_BYTES,
    MAX_DIGITS,
    Document,
    read_file,
    read_text,
    spelling,
)
from tests.checklist.folder import told


def found(read: Callable[[], object]) -> tuple[Fault, ...]:
    """The faults that reading names; no other exception may come of it."""
    try:
        read()
    except ChecklistError as error:
        return error.faults
    return ()


def faults(text: str) -> tuple[Fault, ...]:
    """What is wrong with `text`; a fault always has a sensible place and one printable line of words."""
    named = found(lambda: read_text(text, "f.yaml"))
    for fault in named:
        assert fault.line >= 0
        assert fault.column >= 0
        assert str(fault).isprintable()
        assert len(str(fault)) < 2000
    return named


# Scalars


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "y", "n", "Yes", "NO", "On", "OFF", "Y", "N", "Norway"])
def test_words_that_older_yaml_takes_for_booleans_are_words(word: str) -> None:
    assert read_text(f"{word}: [{word}]", "f").data == {word: [word]}


@pytest.mark.parametrize(
    "text",
    [
        "1:30",
        "1:30:45",
        "190:20:30",
        "0o10",
        "0x1F",
        "0b11",
        "1_000",
        ".inf",
        "-.inf",
        "+.INF",
        ".nan",
        ".NaN",
        "NaN",
        "Infinity",
        "2026-03-31",
        "2026-03-31T10:00:00Z",
        "tRue",
        "nULL",
        "=",
        "<<",
        "1e",
        "e1",
        "1.2.3",
        ".",
        "+",
        "1 000",
        "1,5",
        "١٢",
        "½",
        "²",
    ],
)
def test_what_only_looks_like_another_kind_is_text(text: str) -> None:
    assert read_text(f"a: {text}", "f").data == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-7", -7),
        ("9" * MAX_DIGITS, int("9" * MAX_DIGITS)),
        ("0.1", Decimal("0.1")),
        ("1.10", Decimal("1.10")),
        ("0.80", Decimal("0.80")),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("NULL", None),
    ],
)
def test_plain_scalars_of_the_core_schema(text: str, value: object) -> None:
    found = read_text(f"a: {text}", "f").data["a"]
    assert found == value
    assert type(found) is type(value)
    assert str(found) == str(value), "a trailing zero is kept"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("010", 10),
        ("007", 7),
        ("-0", 0),
        ("+12", 12),
        ("-.5", Decimal("-0.5")),
        ("5.", Decimal(5)),
        ("1e3", Decimal("1E+3")),
        ("1E-3", Decimal("0.001")),
    ],
)
def test_a_number_keeps_the_spelling_that_its_value_loses(text: str, value: int | Decimal) -> None:
    found = read_text(f"a: {text}", "f").data["a"]
    assert found == value
    assert isinstance(found, type(value))
    assert spelling(found) == text
    assert spelling(value) == str(value)


@pytest.mark.parametrize("text", ["'no'", '"12"', "'~'", '""', "'true'", "|\n 12\n", ">-\n 12\n", '"1.5"'])
def test_quoted_and_block_text_is_always_text(text: str) -> None:
    assert isinstance(read_text(f"a: {text}", "f").data["a"], str)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=None, min_value=-(10**15), max_value=10**15))
def test_decimals_are_exact_to_the_last_digit(number: Decimal) -> None:
    text = f"{number:f}"
    if len(text) > MAX_DIGITS:
        assert faults(f"a: {text}")
    else:
        assert str(read_text(f"a: {text}", "f").data["a"]) == str(Decimal(text) if "." in text else int(text))


@pytest.mark.parametrize(
    "text",
    ["1" * (MAX_DIGITS + 1), "0." + "1" * MAX_DIGITS, "1e41", "1e-41", "1e999999999", "1e99999999999999999999", "0e50"],
)
def test_numbers_that_would_only_cost_time_are_refused(text: str) -> None:
    (fault,) = faults(f"a:\n  - {text}")
    assert (fault.line, fault.column, fault.path) == (2, 5, "a[0]")
    assert fault.kind == "long-number"
    assert read_text(f"a: '{text}'", "f").data == {"a": text}, "in quotes it is text"


# What a file may not hold


REFUSED: list[tuple[str, int, int, str]] = [
    ("a: 1\nb: {a: 1, a: 2}\n", 2, 11, "b.a: duplicate-key first=2"),
    ("a: 1\nb: 2\n'a': 3\n", 3, 1, "a: duplicate-key first=1"),
    ("yes: 1\nyes: 2\n", 2, 1, "yes: duplicate-key first=1"),
    ("1: a\n1: b\n", 2, 1, "1: duplicate-key first=1"),
    ("a: &x 1\nb: *x\n", 1, 4, "alias"),
    ("&x a: 1\n", 1, 1, "alias"),
    ("a:\n  - *x\n", 2, 5, "a: alias"),
    ("a: [&x [1]]\n", 1, 5, "a: alias"),
    ("a: !!python/object/apply:os.system [ls]\n", 1, 4, "tag"),
    ("a: !!str 12\n", 1, 4, "tag"),
    ("a: ! 12\n", 1, 4, "tag"),
    ("!!map {a: 1}\n", 1, 1, "tag"),
    ("a: !!binary aGk=\n", 1, 4, "tag"),
    ("a: 1\n---\nb: 1\n", 2, 1, "second-document"),
    ("a: 1\n...\n---\n", 3, 1, "second-document"),
    ("[a]: 1\n", 1, 1, "compound-key"),
    ("{a: b}: 1\n", 1, 1, "compound-key"),
    ("? - a\n: 1\n", 1, 3, "compound-key"),
    ("a: b: c\n", 1, 5, "unexpected-colon"),
    ("a:\n\tb: 1\n", 2, 1, "unquoted-sign"),
    ("a: [1, 2\n", 2, 1, "not-closed"),
    ("a: 'x\n", 2, 1, "not-closed"),
    ("a: @x\n", 1, 4, "unquoted-sign"),
    ("%YAML 3.0\n---\na: 1\n", 1, 1, "not-yaml said=found incompatible YAML document"),
    (
        'a: "\\ud800"\n',
        1,
        7,
        "not-yaml said=while parsing a quoted scalar, found invalid Unicode character escape code",
    ),
    ("a: 1\nb\n", 3, 1, "missing-colon"),
    ("a:\n   b: 1\n  c: 1\n", 3, 3, "misplaced"),
    ("a: [b]]\n", 1, 7, "misplaced"),
    ("ñañá: é\nü: \x01\n", 2, 4, "control-character"),
    ("ñañá: é\nü: \uffff\n", 2, 4, "control-character"),
    ("a: \x00\n", 1, 4, "control-character"),
    ("a: \x7f\n", 1, 4, "control-character"),
    ("áéíóú: \ud800\n", 1, 8, "control-character"),
]


@pytest.mark.parametrize(("text", "line", "column", "code"), REFUSED)
def test_refusals_name_the_place_and_the_fault(text: str, line: int, column: int, code: str) -> None:
    (fault,) = faults(text)
    assert (fault.line, fault.column) == (line, column)
    assert code == told(fault).split(": ", 1)[1]


def test_every_doubled_key_is_named_not_only_the_first() -> None:
    assert [(one.line, one.path) for one in faults("a: 1\na: 2\nb:\n  c: 1\n  c: 2\na: 3\n")] == [
        (2, "a"),
        (5, "b.c"),
        (6, "a"),
    ]


def test_a_merge_key_merges_nothing() -> None:
    assert read_text("a: {x: 1}\n<<: {y: 2}\n", "f").data == {"a": {"x": 1}, "<<": {"y": 2}}


def test_what_a_file_says_cannot_steer_a_terminal_through_an_error() -> None:
    (fault,) = faults('"\\e[2Ja\\nb": 1\n"\\e[2Ja\\nb": 2\n')
    assert "\x1b" not in str(fault)
    assert "\n" not in str(fault)
    (fault,) = faults(f'"{"k" * 100_000}": 1\n"{"k" * 100_000}": 2\n')
    assert len(str(fault)) < 500


# Files


def of_file(path: Path, content: bytes) -> Document:
    path.write_bytes(content)
    return read_file(path, "f.yaml")


def test_byte_order_mark_and_line_ends_change_nothing(tmp_path: Path) -> None:
    text = "a: [1, é]\nb:\n  c: >-\n    two\n    lines\n  d: x\n"
    plain = of_file(tmp_path / "f", text.encode())
    for content in (b"\xef\xbb\xbf" + text.encode(), text.replace("\n", "\r\n").encode()):
        other = of_file(tmp_path / "f", content)
        assert other == plain
    assert plain.data["b"]["c"] == "two lines"


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"a: 1\nb: \xff\n", 2, 4),
        (b"\xff\xfea\x00:\x00", 1, 1),
        (b"a: caf\xe9\n", 1, 7),
        (b"a: \xed\xa0\x80\n", 1, 4),
        (b"a: \xc0\xaf\n", 1, 4),
    ],
)
def test_other_encodings_are_refused_in_words(tmp_path: Path, content: bytes, line: int, column: int) -> None:
    with pytest.raises(ChecklistError) as caught:
        of_file(tmp_path / "f", content)
    (fault,) = caught.value.faults
    assert (fault.line, fault.column) == (line, column)
    assert told(fault).endswith(": not-utf8")


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent", tmp_path / ("x" * 5000)):
        with pytest.raises(ChecklistError, match="cannot be read"):
            read_file(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "f.yaml")
    with pytest.raises(ChecklistError, match=r"it is no ordinary file\. \[unreadable\]"):
        read_file(tmp_path / "f.yaml")


def test_files_up_to_two_mebibytes_are_read(tmp_path: Path) -> None:
    content = b"a: 1\n".ljust(MAX_BYTES, b"\n")
    assert of_file(tmp_path / "f", content).data == {"a": 1}
    with pytest.raises(ChecklistError, match=r"larger than 2 MiB, .* \[too-large\]"):
        of_file(tmp_path / "f", content + b"\n")


# Places

WORDS = st.text(alphabet="abcé:#-' \"1", min_size=1, max_size=12)
DATA = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, min_size=1, max_size=4) | st.dictionaries(WORDS, inner, min_size=1, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(DATA, st.sampled_from([None, True, False]), st.sampled_from([None, '"', "'"]), st.integers(1, 4))
def test_every_key_and_value_is_where_it_is_said_to_be(
    data: Any, flow: bool | None, quotes: str | None, indent: int
) -> None:
    text = yaml.safe_dump(
        data, default_flow_style=flow, default_style=quotes, indent=indent, allow_unicode=True, width=10_000
    )
    document = read_text(text, "f")
    lines = text.split("\n")

    def at(position: tuple[int, int]) -> str:
        line, column = position
        return lines[line - 1][column - 1 :]

    def check(value: Any, path: tuple[str | int, ...]) -> None:
        written = at(document.values[path])
        if isinstance(value, dict):
            for key, inner in value.items():
                assert starts(at(document.keys[(*path, key)]), key)
                check(inner, (*path, key))
        elif isinstance(value, list):
            assert written.startswith(("[", "-"))
            for number, inner in enumerate(value):
                check(inner, (*path, number))
        else:
            assert starts(written, value)

    check(document.data, ())


def starts(written: str, value: object) -> bool:
    return written.startswith(("'", '"', str(value)))


def test_a_fault_below_what_the_file_has_is_placed_at_the_nearest_that_it_has() -> None:
    document = read_text("a:\n  - b: 1\n", "f")
    fault = document.fault(("a", 0, "missing", 3), Kind.EMPTY)
    assert (fault.line, fault.column, fault.path) == (2, 5, "a[0].missing[3]")
    assert document.fault(("a", 0, "b"), Kind.EMPTY).column == 8
    assert document.fault_of_key(("a", 0, "b"), Kind.EMPTY).column == 5
    assert document.fault(("a", 9), Kind.EMPTY).line == 2
    assert (document.fault((), Kind.EMPTY).line, document.fault((), Kind.EMPTY).column) == (1, 1)
