"""A file written whole or not at all, for its owner alone, and never in the place of what has to stay.

A file grows as a draft in a hidden folder beside its place, with a mark in it that the living writer has locked.
Nobody can clear up after a program that is killed outright but the next one that writes into the same folder: it takes
the hidden folders away whose mark nobody holds any more.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from stockcheck.errors import StockcheckError, UsageError
from stockcheck.interruption import undisturbed
from stockcheck.language import _
from stockcheck.plaintext import named, reason

try:
    import fcntl
    import resource
except ImportError:  # Windows
    fcntl = resource = None  # type: ignore[assignment]

#: Asked about a file that is there and would be replaced; raises `UsageError` for one that has to stay.
Judge = Callable[[Path], None]

#: What the hidden folders are called.
_HIDDEN = re.compile(r"\.stockcheck-[0-9a-f]{8}")
_MARK, _DRAFT = "mark", "draft"
_MARKED = b"A draft of stockcheck. What is here goes when the file is finished, or when stockcheck runs here again.\n"
#: Everything that ever lies in such a folder: SQLite's journal and the lock file belong to a draft that is a database.
_INSIDE = {_MARK, _DRAFT, f"{_DRAFT}-journal", f"{_DRAFT}.lock"}
#: How the names of files end that belong to another file: SQLite's, which it reads, writes and deletes, and the lock's.
_PARTS = ("-journal", "-wal", "-shm", ".lock")
#: How old, in seconds, a folder without a finished mark has to be: younger, somebody may be about to make it.
_SETTLED = 60
#: How a system says that it cannot confirm writes of this kind at all; any other error is one of the disk.
_CANNOT_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EACCES, errno.EPERM, errno.EBADF, errno.ENOSYS}


def write(path: Path, fill: Callable[[IO[bytes]], object], may_replace: Judge) -> None:
    """Have `fill` write a new file, then put it at `path` with mode 0600.

    Raises `UsageError` when what is at `path` has to stay, `OSError` when the file cannot be written, and
    `StockcheckError` when it is in place and the disk does not confirm it.
    """
    target = destination(path, may_replace)
    with draft(target) as new:
        with new.open("wb") as file:
            fill(file)
            file.flush()
            _sync(file.fileno())
        place(new, target, may_replace)


def destination(path: Path, may_replace: Judge) -> Path:
    """Where a file called `path` goes: there, or to where a link of that name leads.

    Raises `UsageError` for what is there and is no file, or has to stay, or would be taken for a part of another file,
    and `OSError`.
    """
    refuse_part(path)
    try:
        found = path.lstat()
    except FileNotFoundError:
        return path
    target = path
    if stat.S_ISLNK(found.st_mode):
        target = Path(os.path.realpath(path))
        refuse_part(target)
        try:
            found = target.stat()
        except OSError as error:
            raise UsageError(
                _("{file} is a link that leads nowhere.").format(file=named(path)), _("Give another name.")
            ) from error
    if not stat.S_ISREG(found.st_mode):
        message = _("{file} is a folder.") if stat.S_ISDIR(found.st_mode) else _("{file} is a device, no file.")
        raise UsageError(message.format(file=named(path)), _("Give the name of a file."))
    may_replace(target)
    return target


def refuse_part(path: Path) -> None:
    """Refuse a name for a new file by which it would be taken for a part of another one. Raises `UsageError`."""
    if path.name.casefold().endswith(_PARTS):  # some disks take both cases for one
        raise UsageError(
            _("{file} would be taken for a part of another file.").format(file=named(path)),
            _("Give a name that does not end in {endings}.").format(endings=", ".join(_PARTS)),
        )


@contextlib.contextmanager
def draft(path: Path) -> Iterator[Path]:
    """An empty file in a hidden folder beside `path`, to be filled and put in its place; then it is gone.

    Raises `OSError` where none can be made.
    """
    _check_name(path)
    sweep(path.parent)
    hidden, mark = None, -1
    try:
        while hidden is None:
            hidden = path.parent / f".stockcheck-{secrets.token_hex(4)}"
            try:
                hidden.mkdir(0o700)
            except FileExistsError:
                hidden = None
        hidden.chmod(0o700)  # a umask may have taken even these bits
        mark = os.open(hidden / _MARK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        if fcntl is not None:
            with contextlib.suppress(OSError):  # where nothing can be locked, nothing will be swept either
                fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.write(mark, _MARKED)
        new = hidden / _DRAFT
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        new.chmod(0o600)
        yield new
    finally:
        with undisturbed():
            _clear(hidden, mark)


def _clear(hidden: Path | None, mark: int) -> None:
    """Take away the folder of a draft, as far as there is one already."""
    if os.name == "nt" and mark >= 0:  # an open file cannot be deleted there
        os.close(mark)
    if hidden is not None:
        for name in sorted(_INSIDE):  # the mark is the last of them
            with contextlib.suppress(OSError):
                (hidden / name).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            hidden.rmdir()
    if os.name != "nt" and mark >= 0:
        os.close(mark)


def place(new: Path, path: Path, may_replace: Judge) -> None:
    """Put the finished draft `new` at `path`, in the place of a file only if `may_replace` still lets it go.

    Raises as `write` does.
    """
    if destination(path, may_replace) == path and os.path.lexists(path):
        new.replace(path)
        sync_folder(path)
        return
    try:
        publish(new, path)
    except FileExistsError as error:  # it came there this very moment
        raise UsageError(_("{file} exists already.").format(file=named(path)), _("Give another name.")) from error


def publish(new: Path, path: Path) -> None:
    """Give the finished draft `new` the name `path`, and never that of another file.

    Raises `FileExistsError` when the name is taken, and otherwise as `write` does.
    """
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, such as most memory sticks
        with undisturbed():
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # ours from here on, nobody else's
            try:
                new.replace(path)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
    sync_folder(path)


def sync_folder(path: Path) -> None:
    """Have the name of the file `path` on disk, where the system can. Raises `StockcheckError`: the file is there."""
    try:
        try:
            folder = os.open(path.parent, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        except PermissionError:  # it may be written and not read; or this is Windows
            return
        try:
            _sync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise StockcheckError(
            _("{file} is in its place, but the disk has not confirmed it: {why}.").format(
                file=named(path), why=reason(error)
            ),
            _("It may be gone after a power cut. Look after the disk, then make it again."),
        ) from error


def keep_out_of_core_dumps() -> None:
    """Have the system write no picture of this program's memory to disk, should it crash."""
    if resource is not None:
        with contextlib.suppress(OSError, ValueError):
            _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
            resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


def _sync(descriptor: int) -> None:
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise


def _check_name(path: Path) -> None:
    """Refuse now what the system would only refuse as the name of the finished file."""
    with contextlib.suppress(FileNotFoundError):
        path.lstat()


def sweep(folder: Path) -> None:
    """Take away what programs that were killed have left in `folder`, and nothing else."""
    if fcntl is None or os.unlink not in os.supports_dir_fd:
        return
    with contextlib.suppress(OSError, ValueError), os.scandir(folder) as entries:
        left = [entry.name for entry in entries if _HIDDEN.fullmatch(entry.name)]
        for name in left:
            with contextlib.suppress(OSError):
                _sweep_away(folder / name)


def _sweep_away(hidden: Path) -> None:
    """Take `hidden` away if it is a folder of ours whose writer is gone. Raises `OSError` when that cannot be said."""
    at = os.open(hidden, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        found, names = os.fstat(at), set(os.listdir(at))
        if found.st_uid != os.geteuid() or not names <= _INSIDE:
            return
        if any(not stat.S_ISREG(os.stat(name, dir_fd=at, follow_symlinks=False).st_mode) for name in names):
            return
        if names <= {_MARK} and _without_a_word(at, names):  # killed before there was anything to mark
            if time.time() - found.st_mtime < _SETTLED:
                return
        elif not _forsaken(at):
            return
        for name in sorted(names):  # the mark is the last of them
            os.unlink(name, dir_fd=at)
    finally:
        os.close(at)
    hidden.rmdir()


def _without_a_word(at: int, names: set[str]) -> bool:
    return not names or os.stat(_MARK, dir_fd=at, follow_symlinks=False).st_size == 0


def _forsaken(at: int) -> bool:
    """Whether the mark in the folder `at` is a right one that nobody holds. Who has written it, holds it."""
    mark = os.open(_MARK, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=at)
    try:
        if os.read(mark, len(_MARKED) + 1) != _MARKED:
            return False
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
    finally:
        os.close(mark)
