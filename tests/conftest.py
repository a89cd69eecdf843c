"""What every test shares: nothing of the machine it runs on shows through."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import pytest

from stockcheck import language
from stockcheck.checklist.library import load
from stockcheck.checklist.shipped import shipped
from tests import idle, volume

for _variable in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
    os.environ.pop(_variable, None)

# What is compiled is kept, whatever the machine is told: else each program that a test starts compiles all of it anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def pytest_addoption(parser: pytest.Parser) -> None:
    help_ = "of the tests that try a sample in the ordinary suite, try everything, and run no others"
    parser.addoption("--thorough", action="store_true", help=help_)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: is tried with --thorough alone (tests/volume.py)")
    config.addinivalue_line("markers", "thorough: tries a sample, and with --thorough everything (tests/volume.py)")
    volume.choose(config.getoption("thorough"))
    idle.use()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    def wanted(item: pytest.Item) -> bool:
        if volume.thorough:
            return any(item.get_closest_marker(name) for name in ("thorough", "long"))
        return item.get_closest_marker("long") is None

    config.hook.pytest_deselected(items=[item for item in items if not wanted(item)])
    items[:] = [item for item in items if wanted(item)]


def pytest_collection_finish() -> None:
    """What has been read in stays to the end: no rubbish is looked for in it, which would have each fork copy it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _english() -> None:
    """Each test starts in English, whatever the one before it chose."""
    language.use("en")


@pytest.fixture
def no_shipped_checklists(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder in place of the shipped checklists, so that a test stands on its own files alone."""
    folder = tmp_path_factory.mktemp("shipped")
    for module in ("sources", "loading", "library"):
        monkeypatch.setattr(f"stockcheck.checklist.{module}.shipped", lambda: folder)
    return folder


def make_demos_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo has thirty questions in place of three hundred, in this process and in what forks from it."""
    monkeypatch.setattr("stockcheck.demo.load", lambda _path: load(str(shipped() / "rapid.yaml")))


@pytest.fixture
def quick_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for a test in which a demo is not the point."""
    make_demos_quick(monkeypatch)
