"""Running the program as a person does, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

RUN = [sys.executable, "-m", "stockcheck"]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C.UTF-8", **more}


def run(folder: Path, *arguments: str | bytes | Path, status: int = 0, **more: str) -> subprocess.CompletedProcess[str]:
    """Run stockcheck in `folder`, see that it leaves with `status` and never with a traceback."""
    done = subprocess.run(
        [*RUN, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=environment(**more),
        timeout=120,
    )
    assert "Traceback" not in done.stderr + done.stdout
    assert "Exception ignored" not in done.stderr
    assert done.returncode == status, done.stderr + done.stdout
    return done
