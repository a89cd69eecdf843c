"""A made-up room of 142, looked through by the command, start-up included: `rooms.collected()`.

The room is that of `workshop new --rehearse`: the same files each time, an assessment, a form and lines in turn.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PARTICIPANTS = 142


def collected(rounds: int = 5) -> str:
    """What `workshop collect` and `workshop report` take: in seconds, and of the processor's."""
    with tempfile.TemporaryDirectory() as name:
        room = str(Path(name, "room"))
        _run("new", room, "--scenario", "police-store", "--groups", "142", "--rehearse", str(PARTICIPANTS))
        collect = [_run("collect", room) for _round in range(rounds)]
        report = [_run("report", room, "-o", str(Path(name, f"{turn}.xlsx"))) for turn in range(rounds)]
    said = [
        f"{what} {statistics.median(whole for whole, _busy in taken):.2f} s, "
        f"{statistics.median(busy for _whole, busy in taken):.2f} s of the processor"
        for what, taken in (("collect", collect), ("report", report))
    ]
    return f"a room of {PARTICIPANTS}: {'; '.join(said)} (goal: collect in 20 s)"


def _run(*arguments: str) -> tuple[float, float]:
    start, before = time.perf_counter(), os.times()
    call = [sys.executable, "-m", "stockcheck", "workshop", *arguments]
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, busy
