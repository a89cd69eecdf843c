"""Evidence in a sitting: a file or the number of a record attached to the question shown, as it is typed."""

from __future__ import annotations

import re
from pathlib import Path

from stockcheck.assessment.evidence import Item, in_a_line
from stockcheck.assessment.from_disk import read
from stockcheck.checklist.model import Asked, ProfileField
from stockcheck.errors import AnswerError
from stockcheck.language import _
from stockcheck.plaintext import folded, named
from stockcheck.questionnaire.session import Session


def attached(session: Session, item: Asked) -> tuple[Item, ...]:
    """What is attached to an item, the oldest first."""
    return () if isinstance(item, ProfileField) else session.state.evidence.get(item.id, ())


def attach(session: Session, item: Asked, typed: str, *, strip: bool = False) -> list[str]:
    """Attach the file at the path that was typed; what there is to say of it, the most important first.

    Raises `StockcheckError` as `from_disk.read` and `Evidence.attach` do, and for a fact about the depot.
    """
    _only_questions(item)
    found = read([path_of(typed)], session.file.path, strip=strip)
    items = session.file.evidence.attach(item.id, found)
    said = [_("Attached to {id}: {item}").format(id=item.id, item=in_a_line(one)) for one in items]
    return _with_notice(session, [*said, *(remark for one in found for remark in one.remarks)])


def record(session: Session, item: Asked, text: str) -> list[str]:
    """Note the number of a record, or where it lies. Raises as `attach`."""
    _only_questions(item)
    one = session.file.evidence.record(item.id, text)
    return _with_notice(session, [_("Attached to {id}: {item}").format(id=item.id, item=in_a_line(one))])


def withdraw(session: Session, one: Item) -> list[str]:
    """Take evidence back; it stays in the history. Raises `StockcheckError`."""
    id_, item = session.file.evidence.withdraw(one.entry)
    return _with_notice(session, [_("Taken back from {id}: {item}").format(id=id_, item=in_a_line(item))])


def from_line(session: Session, item: Asked, rest: str) -> list[str]:
    """Do what stands behind the command: a path; a path behind “strip:”, or a record's number behind “record:”, in
    English or in the language in use; nothing lists what is attached. Raises as `attach`.
    """
    if not rest:
        _only_questions(item)
        return [in_a_line(one) for one in attached(session, item)] or [
            _("Nothing is attached to {id}.").format(id=item.id)
        ]
    word, colon, text = rest.partition(":")
    if colon and folded(word) in ("record", folded(_("record"))):
        return record(session, item, text)
    if colon and folded(word) in ("strip", folded(_("strip"))):
        return attach(session, item, text, strip=True)
    return attach(session, item, rest)


def path_of(typed: str) -> Path:
    """The path that somebody has typed, or dropped on the terminal, which quotes it or puts \\ before its spaces.

    Raises `AnswerError` for an empty one.
    """
    text = typed.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    if not text:
        raise AnswerError(_("Type the path of a file."))
    try:
        path = Path(text).expanduser()
        if "\\" in text and not path.exists():
            path = Path(re.sub(r"\\(.)", r"\1", text)).expanduser()
    except (OSError, ValueError, RuntimeError) as error:
        raise AnswerError(_("There is no file {file}.").format(file=named(text))) from error
    return path


def _only_questions(item: Asked) -> None:
    if isinstance(item, ProfileField):
        raise AnswerError(_("Evidence belongs to questions; this is a fact about the depot."))


def _with_notice(session: Session, said: list[str]) -> list[str]:
    notice = session.file.take_notice()
    return [*said, notice] if notice else said
