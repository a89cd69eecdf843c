"""The beginning of an assessment: a new file, and what it says of itself."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from stockcheck import files
from stockcheck.answers.keeping import MAX_CODE, MAX_NAME, kept_line
from stockcheck.assessment.attachments import attach
from stockcheck.assessment.carrying import Carried
from stockcheck.assessment.checks import APPLICATION_ID, FORMAT, MAX_FILE, SCHEMA, cannot_make, check_left_behind
from stockcheck.assessment.connection import prepare
from stockcheck.assessment.events import following
from stockcheck.assessment.folding import fold
from stockcheck.assessment.protection import Protected
from stockcheck.assessment.tables import Database, insert, put_protection, store
from stockcheck.checklist.model import Checklist
from stockcheck.errors import AnswerError, UsageError
from stockcheck.language import _
from stockcheck.plaintext import MAX_TEXT, named

Clock = Callable[[], dt.datetime]


def now_utc() -> dt.datetime:
    """This computer's clock."""
    return dt.datetime.now(dt.UTC)


def local_day(moment: dt.datetime) -> dt.date:
    """The day that `moment` is on where this computer stands."""
    try:
        return moment.astimezone().date()
    except (OverflowError, OSError, ValueError):  # a clock that is far off
        return moment.date()


def create(
    path: Path,
    checklist: Checklist,
    *,
    depot: str,
    marking: str,
    on: dt.date,
    by: str,
    code: str = "",
    clock: Clock = now_utc,
    carried: Carried | None = None,
    attached: Iterable[tuple[str, bytes]] = (),
    protected: Protected | None = None,
) -> None:
    """Start an assessment in a new file at `path`, dated `on`, readable by its owner alone, `protected` from the start.
    It begins with what is `carried` of an earlier one, and the contents that are `attached` there, by their SHA-256.

    The file appears whole or not at all. Raises `UsageError` when `path` exists, `AssessmentFileError` when the file
    cannot be written, and `StockcheckError` when it is there and the disk does not confirm it.
    """
    check_free(path)
    try:
        with files.draft(path) as new:
            start(
                new,
                checklist,
                depot=depot,
                code=code,
                marking=marking,
                on=on,
                by=by,
                clock=clock,
                carried=carried,
                attached=attached,
                protected=protected,
            )
            files.publish(new, path)
    except FileExistsError as error:
        raise UsageError(_("{file} exists already.").format(file=named(path))) from error
    except (sqlite3.Error, OSError, ValueError) as error:
        raise cannot_make(path, error) from error


def start(
    new: Path,
    checklist: Checklist,
    *,
    depot: str,
    marking: str,
    on: dt.date,
    by: str,
    code: str = "",
    clock: Clock = now_utc,
    demo: bool = False,
    carried: Carried | None = None,
    attached: Iterable[tuple[str, bytes]] = (),
    protected: Protected | None = None,
) -> None:
    """Start an assessment in `new`, an empty file. A `demo` is marked as one that the program has made up. What is
    `carried` of an earlier assessment is in the same transaction.

    Raises `UsageError` for a name that is too long, `AssessmentFileError`, `sqlite3.Error` and `OSError`.
    """
    files.keep_out_of_core_dumps()
    names = about_texts({"depot": depot, **({"code": code} if code.strip() else {}), "marking": marking})
    content: dict[str, object] = {"checklist": checklist.digest, **names, "on": on.isoformat()}
    content |= ({"demo": True} if demo else {}) | ({"from": carried.origin} if carried else {})
    now, name = clock(), kept_name(by, _("Who answers"), most=MAX_NAME)
    events = [following(None, now, name, "start", "", content)]
    for subject, body in carried.entries if carried else ():
        events.append(following(events[-1], now, name, "carry", subject, body))
    kept = [checklist, carried.checklist] if carried else [checklist]
    fold(events, checklist, {one.digest: one for one in kept}.__getitem__)  # what cannot be read back is not written
    with filling(new, protected) as connection:
        for one in kept:
            store(connection, one)
        for event in events:
            insert(connection, event)
        for digest, attachment in attached:
            attach(connection, digest, attachment)


@contextlib.contextmanager
def filling(new: Path, protected: Protected | None = None) -> Iterator[Database]:
    """The tables of an assessment with nothing in them, in `new`, an empty file; what is put there is one transaction.

    Where it is `protected`, nothing of it touches the disk in the clear. Raises `sqlite3.Error` and `OSError`.
    """
    with contextlib.closing(sqlite3.connect(new, isolation_level=None, factory=Database)) as connection:
        prepare(connection, write=True)
        connection.execute("BEGIN")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        (page_size,) = connection.execute("PRAGMA page_size").fetchone()
        connection.execute(f"PRAGMA max_page_count = {MAX_FILE // page_size}")
        for statement in SCHEMA:
            connection.execute(statement)
        if protected is not None:
            put_protection(connection, protected.protection)
            connection.vault = protected.vault
        yield connection
        connection.execute("COMMIT")


def about_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """The `depot`, `code` and `marking` of an assessment as they are kept, each on one line.

    Raises `UsageError` for one that is too long, and for a depot without a name.
    """
    called = {"depot": _("The depot's name"), "code": _("The depot's code"), "marking": _("The marking")}
    most = {"code": MAX_CODE}
    found = {name: kept_name(text, called[name], most=most.get(name, MAX_TEXT)) for name, text in texts.items()}
    if not found.get("depot", "-"):
        raise UsageError(_("The depot needs a name."))
    return found


def kept_name(text: str, what: str, *, most: int = MAX_TEXT) -> str:
    """`text` as it is kept, on one line. Raises `UsageError`, calling it `what`, when it is too long."""
    try:
        return kept_line(text, most=most)
    except AnswerError as error:
        raise UsageError(f"{what}: {error.message}", error.hint) from error


def check_free(path: Path) -> None:
    """Refuse a name that is taken, be it by a link to nowhere, or that a part of another file has.

    Raises `UsageError`, `AssessmentFileError`.
    """
    files.refuse_part(path)
    if os.path.lexists(path):
        raise UsageError(
            _("{file} exists already.").format(file=named(path)), _("Choose another name, or go on with it.")
        )
    check_left_behind(path)
