"""A signal does not cut in half what would leave something behind."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from stockcheck import files
from stockcheck.assessment import lock
from stockcheck.assessment.lock import Lock
from stockcheck.cli.signals import Stopped, ending_in_order
from stockcheck.interruption import undisturbed


@pytest.fixture(autouse=True)
def asked_to_end() -> Iterator[None]:
    with ending_in_order():
        yield


def term() -> None:
    signal.raise_signal(signal.SIGTERM)


def test_a_signal_waits_for_the_end_of_the_outermost_block() -> None:
    done: list[str] = []

    def work() -> None:
        with undisturbed():
            with undisturbed():
                term()
                done.append("inner")
            done.append("outer")

    with pytest.raises(Stopped) as caught:
        work()
    assert done == ["inner", "outer"]
    assert caught.value.code == 128 + signal.SIGTERM
    with undisturbed():  # it was said once
        done.append("after")
    assert done == ["inner", "outer", "after"]


def test_outside_of_a_block_it_comes_at_once() -> None:
    with pytest.raises(Stopped):
        term()


def test_another_thread_holds_nothing_back() -> None:
    entered, leave = threading.Event(), threading.Event()

    def work() -> None:
        with undisturbed():
            entered.set()
            leave.wait(10)

    other = threading.Thread(target=work)
    other.start()
    entered.wait(10)
    try:
        with pytest.raises(Stopped):
            term()
    finally:
        leave.set()
        other.join()


@pytest.mark.parametrize("where", ["_try_lock", "_is_ours", "user_name"])
def test_a_lock_that_nobody_has_got_yet_goes_with_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    whole = getattr(lock, where)

    def interrupted(*given: object) -> object:
        term()
        return whole(*given)

    monkeypatch.setattr(lock, where, interrupted)
    with pytest.raises(Stopped):
        Lock.take(tmp_path / "d.stockcheck")
    lock._release_all()
    assert os.listdir(tmp_path) == []


def test_letting_go_of_a_lock_is_done_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Lock.take(tmp_path / "d.stockcheck")
    there = lock._still_there

    def interrupted(path: Path, descriptor: int) -> bool:
        term()
        return there(path, descriptor)

    monkeypatch.setattr(lock, "_still_there", interrupted)
    with pytest.raises(Stopped):
        held.release()
    assert os.listdir(tmp_path) == []


def test_clearing_a_draft_away_is_done_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unlink = Path.unlink

    def interrupted(path: Path, missing_ok: bool = False) -> None:
        monkeypatch.setattr(Path, "unlink", unlink)
        term()
        unlink(path, missing_ok=missing_ok)

    with pytest.raises(Stopped), files.draft(tmp_path / "d.xlsx"):
        monkeypatch.setattr(Path, "unlink", interrupted)
    assert os.listdir(tmp_path) == []
