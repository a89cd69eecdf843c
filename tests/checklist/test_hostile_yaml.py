"""YAML text that means harm, or nothing at all: refused quickly, in little memory, with a fault and nothing else."""

from __future__ import annotations

import time
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck.checklist.yamltext import MAX_DEPTH, MAX_NODES, read_file
from tests.checklist.folder import told
from tests.checklist.test_yamltext import faults, found


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


@pytest.mark.parametrize(
    "build", [nested, lambda depth: "{a: " * depth + "1" + "}" * depth, lambda depth: "- " * depth]
)
def test_depth_is_bounded(build: Any) -> None:
    assert not faults(build(MAX_DEPTH))
    (fault,) = faults(build(MAX_DEPTH + 1))
    assert told(fault).endswith(": too-deep limit=32")


def test_width_is_bounded() -> None:
    assert faults("[" + "1," * (MAX_NODES - 1) + "]") == ()
    (fault,) = faults("[" + "1," * MAX_NODES + "]")
    assert told(fault).endswith(": too-many-nodes limit=20000")
    assert faults("".join(f"k{number}: 1\n" for number in range(MAX_NODES // 2))), "keys count too"


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{after}: &{after} [{','.join([f'*{before}'] * 9)}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "a billion laughs": LAUGHS,
    "open brackets": "[" * 1_000_000,
    "open braces": "{" * 1_000_000,
    "nested flow maps": "{a: " * 300_000,
    "question marks": "? " * 500_000,
    "dashes": "- " * 500_000,
    "colons": ": " * 500_000,
    "commas": "[" + "," * 1_000_000,
    "ever deeper": "".join(" " * depth + "a:\n" for depth in range(1500)),
    "one long key": "a" * 1_500_000 + ": b",
    "many long keys": ("k" * 1000 + ": 1\n") * 1500,
    "anchors": "&a " * 500_000,
    "tags": "!a " * 500_000,
    "directives": "%TAG !a! x:\n" * 50_000 + "---\na: 1",
    "quotes": "'" * 1_000_001,
    "an open quote": '"' + "\n" * 1_000_000,
    "escapes": '"' + "\\x41" * 300_000,
    "documents": "---\n" * 300_000,
    "bars": "|\n" * 500_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_quickly_and_in_little_memory(name: str) -> None:
    text = HOSTILE[name]
    tracemalloc.start()
    start = time.process_time()
    try:
        assert faults(text)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert time.process_time() - start < 5
    assert peak < 16 * len(text) + 20_000_000


# Any text at all

SIGNS = st.text(alphabet="ab1.-:?,[]{}#&*!|>'\"%@` \n\t~<=é\r\x85\u2028\ufeff", max_size=60)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.one_of(st.text(max_size=60), SIGNS))
def test_any_text_is_data_or_a_checklist_error(text: str) -> None:
    faults(text)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.binary(max_size=60))
def test_any_bytes_are_data_or_a_checklist_error(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(content)
    assert all(one.line >= 0 and str(one).isprintable() for one in found(lambda: read_file(path)))
