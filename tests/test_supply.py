"""requirements.lock: what is installed by it is what the program asks for, whole, and told by its hash."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED = [Requirement(one) for one in PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]]
RENEW = "make it anew, with the command in its header"


def locked() -> dict[str, tuple[str, list[str]]]:
    """Version and hashes of each package in the lock file, by name."""
    found: dict[str, tuple[str, list[str]]] = {}
    lines = re.sub(r"^\s*#.*\n", "", LOCK, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    for line in lines:
        match = re.fullmatch(r"([\w.-]+)==(\S+)(?: ; [^-]+?)?((?: +--hash=sha256:[0-9a-f]{64})+)\s*", line)
        assert match, f"{line!r} is no package at one version with its hashes"
        found[str(canonicalize_name(match[1]))] = (match[2], match[3].split())
    return found


VERSIONS = {name: version for name, (version, _hashes) in locked().items()}


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_the_lock_has_every_library_in_a_version_that_the_project_allows(asked: Requirement) -> None:
    version = VERSIONS.get(canonicalize_name(asked.name))
    assert version is not None, RENEW
    assert asked.specifier.contains(version), RENEW


def needed(asked: Requirement, seen: set[tuple[str, str]]) -> Iterator[Requirement]:
    """`asked` and all that it needs in turn, as far as it is installed here."""
    yield asked
    for extra in ("", *asked.extras):
        if (key := (asked.name, extra)) in seen:
            continue
        seen.add(key)
        try:
            further = requires(asked.name) or []
        except PackageNotFoundError:  # only needed to build
            continue
        for one in map(Requirement, further):
            if one.marker is None or one.marker.evaluate({"extra": extra}):
                yield from needed(one, seen)


def test_the_lock_is_whole() -> None:
    seen: set[tuple[str, str]] = set()
    wanted = {str(one): one for asked in ASKED for one in needed(asked, seen)}
    assert len(wanted) > len(ASKED)
    wrong = [
        text
        for text, one in wanted.items()
        if (version := VERSIONS.get(canonicalize_name(one.name))) is None or not one.specifier.contains(version)
    ]
    assert wrong == [], RENEW


def test_what_is_locked_is_what_the_tests_pass_with() -> None:
    pinned = [Requirement(one) for one in PROJECT["project"]["optional-dependencies"]["test"] if "==" in one]
    assert {one.name: VERSIONS[one.name] for one in pinned if not one.specifier.contains(VERSIONS[one.name])} == {}


def test_the_lock_names_no_server_and_no_machine() -> None:
    assert not re.search(r"://|--index|--find-links|--extra|(^|\s)/\w", LOCK)


def test_what_building_needs_is_written_once_and_repeated_for_the_lock() -> None:
    assert PROJECT["dependency-groups"]["build"] == PROJECT["build-system"]["requires"]


def test_libraries_whose_inner_parts_are_used_have_an_upper_bound() -> None:
    bounded = {one.name for one in ASKED if any(part.operator == "<" for part in one.specifier)}
    assert {"openpyxl", "textual", "typer"} <= bounded
