"""What these tests need of the machine."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SmallDisk = Callable[[str, Path], tuple[str, ...]]


@pytest.fixture
def small_disk(tmp_path: Path) -> SmallDisk:
    """The command to run a program through that sees a disk of some size in the place of a folder."""

    def before(size: str, folder: Path) -> tuple[str, ...]:
        mount = 'mount -t tmpfs -o "size=$1" tmpfs "$2" && shift 2 && exec "$@"'
        return ("unshare", "--mount", "sh", "-c", mount, "sh", size, str(folder))

    try:
        subprocess.run([*before("8k", tmp_path), "true"], check=True, capture_output=True, timeout=10)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no file system can be mounted here")
    return before


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that everybody may look into, which pytest's own are not, for a program that `as_nobody` runs."""
    try:
        subprocess.run(["true"], check=True, user=65534, timeout=10)
    except OSError:
        pytest.skip("only root can become somebody else")
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(params=[False, True], ids=["read", "write"])
def write(request: pytest.FixtureRequest) -> bool:
    """Whether the file is opened to answer: what is refused is refused either way."""
    return bool(request.param)
