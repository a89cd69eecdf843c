"""One writer at a time: a lock file beside the assessment that says who holds it.

The operating system's lock decides, so a crash leaves nothing to clear away by hand; the file's text only tells the
second program whom to ask.
"""

from __future__ import annotations

import atexit
import contextlib
import datetime as dt
import errno
import json
import os
import socket
import stat
from pathlib import Path

from stockcheck.assessment.checks import display_name
from stockcheck.assessment.events import user_name
from stockcheck.errors import AssessmentFileError, HeldByAnotherError
from stockcheck.interruption import undisturbed
from stockcheck.language import _
from stockcheck.plaintext import one_line, reason

try:
    import fcntl
except ImportError:  # Windows
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        # One byte far behind the text, so that others can still read who holds the lock.
        os.lseek(descriptor, 1 << 30, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)

else:

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


#: What a lock file says, in JSON on one line, how it begins, and how long it is at most, in bytes.
_WHO = {"user", "host", "process", "since"}
_BEGINS = b'{"user": "'
_MOST = 4096
#: How often a lock file is opened that turns out to be another one, or none any more, once it is locked.
_TRIES = 20


class Lock:
    """Held from `take` until `release`, or until the process ends in whatever way."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    @classmethod
    def take(cls, file: Path) -> Lock:
        """The lock on `file`.

        Raises `HeldByAnotherError`, `AssessmentFileError` where no lock would hold, `FileExistsError` where something
        else has the lock file's name, which stays as it is, and another `OSError` where no lock file can be made.
        """
        path = file.with_name(file.name + ".lock")
        with undisturbed():  # or its file would be there before anybody knows that it has to go
            lock = cls(path, _locked(path, file.name))
            _held.add(lock)
            try:
                lock._say_who()
            except BaseException:  # a full disk: nothing could be answered either
                lock.release()
                raise
        return lock

    def release(self) -> None:
        """Let others write, and take the lock file away."""
        with undisturbed():
            _held.discard(self)
            if self._descriptor < 0:
                return
            ours = _still_there(self._path, self._descriptor)  # or another program's, if ours was deleted by hand
            if os.name == "nt":  # an open file cannot be deleted there
                os.close(self._descriptor)
            with contextlib.suppress(OSError):  # left behind, it stops nobody
                if ours:
                    self._path.unlink(missing_ok=True)
            if os.name != "nt":
                os.close(self._descriptor)
            self._descriptor = -1

    def _say_who(self) -> None:
        who = {
            "user": one_line(user_name(), limit=200),
            "host": one_line(socket.gethostname(), limit=64),
            "process": os.getpid(),
            "since": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        }
        os.ftruncate(self._descriptor, 0)
        os.write(self._descriptor, json.dumps(who).encode())


#: Every lock that is held. A signal may end the program before whoever took one has put it where it would be released.
_held: set[Lock] = set()


@atexit.register
def _release_all() -> None:
    for lock in list(_held):
        lock.release()


def _locked(path: Path, name: str) -> int:
    """A descriptor of the lock file at `path`, open and locked, for the assessment called `name`. Raises as `take`."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    for _try in range(_TRIES):
        _refuse_foreign(path)
        descriptor = os.open(path, flags, 0o600)
        try:
            _try_lock(descriptor)
        except (BlockingIOError, PermissionError):
            holder = _read(descriptor)
            os.close(descriptor)
            raise HeldByAnotherError(
                _("{file} is open in another program: {holder}.").format(file=one_line(name), holder=holder)
            ) from None
        except OSError:
            os.close(descriptor)
            raise
        if _still_there(path, descriptor):
            if not _is_ours(descriptor):
                os.close(descriptor)
                raise _foreign(path)
            return descriptor
        os.close(descriptor)  # the last holder deleted it between our opening and our locking
    # Or the disk gives a file another number each time, as some network and user-space ones do.
    raise AssessmentFileError(
        _("{file} cannot be locked on this disk: it can be read, not answered. Copy it to another disk.").format(
            file=one_line(name)
        )
    )


def _refuse_foreign(path: Path) -> None:
    """A link, a pipe, a second name of some other file: taking the lock would write into it."""
    with contextlib.suppress(FileNotFoundError):
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            raise _foreign(path)


def _foreign(path: Path) -> FileExistsError:
    return FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def _is_ours(descriptor: int) -> bool:
    """Whether the file holds what a lock file holds, or as much of it as a crash has left: nothing, zeros, a part.

    Any other file is somebody's: taking the lock would empty it, and letting go of it delete it.
    """
    text = os.read(descriptor, _MOST + 1)
    os.lseek(descriptor, 0, os.SEEK_SET)
    if not text.strip(b"\0"):
        return len(text) <= _MOST
    try:
        return set(json.loads(text)) == _WHO
    except (ValueError, TypeError, RecursionError):
        return text.startswith(_BEGINS[: len(text)]) and len(text) <= _MOST and len(text.splitlines()) == 1


def _still_there(path: Path, descriptor: int) -> bool:
    try:
        ours, theirs = os.fstat(descriptor), os.stat(path, follow_symlinks=False)
    except OSError:
        return False
    return (ours.st_dev, ours.st_ino) == (theirs.st_dev, theirs.st_ino)


def _read(descriptor: int) -> str:
    """Who the lock file says holds it; it is a file like any other, so nothing in it is trusted."""
    try:
        who = json.loads(os.read(descriptor, _MOST))
        parts = _("user {user} on {host}, process {process}, since {since}").format(
            **{key: str(who[key]) for key in ("user", "host", "process", "since")}
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return _("it does not say which")
    return one_line(parts, limit=200)


def lock_or_why(path: Path) -> tuple[Lock | None, str]:
    """The lock on `path`, or why there is none and the file can only be read."""
    if not os.access(path, os.W_OK):
        return None, _("{file} is write-protected: it can be read, not answered.").format(file=display_name(path))
    try:
        return Lock.take(Path(os.path.realpath(path))), ""
    except AssessmentFileError as error:
        return None, error.message
    except FileExistsError as error:
        beside = Path(str(error.filename))
        return None, _("{file} was not made by this program. Take it away to answer.").format(file=display_name(beside))
    except OSError as error:
        return None, _("The folder of {file} takes no writing ({why}): it can be read, not answered.").format(
            file=display_name(path), why=reason(error)
        )
