"""What two copies of an assessment have recorded differently, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stockcheck.answers.answer import Answer
from stockcheck.answers.worded import answer_in_words
from stockcheck.assessment import actions
from stockcheck.assessment.apart import Conflict, Version
from stockcheck.assessment.merging import LeftOut, Why
from stockcheck.assessment.redaction import name_of
from stockcheck.checklist.model import Asked, Checklist, ProfileField, Question
from stockcheck.checklist.values import iso_date
from stockcheck.language import _, date, moment
from stockcheck.plaintext import one_line

#: How much of a text is shown of each version.
_SHOWN = 300


def conflict_in_words(conflict: Conflict, checklist: Checklist, ours: str, theirs: str) -> Iterator[str]:
    """What is in conflict, what it was before, and what stands in the copies called `ours` and `theirs`, by lines."""
    item = _item(conflict, checklist)
    yield f"{conflict.key}: {one_line(item.text) if item is not None else _title(conflict)}"
    yield "  " + _("before: {said}").format(said=_said(conflict, conflict.before, item))
    for name, version in ((ours, conflict.ours), (theirs, conflict.theirs)):
        yield f"  {name}: {_said(conflict, version, item)}"


def version_in_words(conflict: Conflict, version: Version, checklist: Checklist) -> str:
    """What stands in one copy."""
    return _words(conflict, version, _item(conflict, checklist))


def _item(conflict: Conflict, checklist: Checklist) -> ProfileField | Question | None:
    known: Mapping[str, ProfileField] | Mapping[str, Question]
    known = checklist.field if conflict.kind == "profile" else checklist.question
    return known.get(conflict.subject)


def _title(conflict: Conflict) -> str:
    titles = {
        "set:depot": _("Depot"),
        "set:code": _("Code of the depot"),
        "set:marking": _("Marking"),
        "set:date": _("Date of the assessment"),
    }
    return titles.get(conflict.key, conflict.subject)


def _said(conflict: Conflict, version: Version, item: Asked | None) -> str:
    words = _words(conflict, version, item)
    if version.at is None:
        return words
    return _("{said} ({who}, {when})").format(said=words, who=version.by or "–", when=moment(version.at))


def _words(conflict: Conflict, version: Version, item: Asked | None) -> str:
    value = version.value
    match conflict.kind:
        case "answer" | "profile" if isinstance(value, Answer) and item is not None:
            return one_line(answer_in_words(item, value), limit=_SHOWN)
        case "answer" | "profile" if version.at is not None:
            return _("Answer taken back")
        case "note" if value or version.at is not None:
            return _("Note: {text}").format(text=one_line(str(value), limit=_SHOWN)) if value else _("Note taken back")
        case "flag" if value or version.at is not None:
            return _("Flagged") if value else _("Flag taken away")
        case "action" if isinstance(value, Mapping) and version.at is not None:
            return one_line(actions.in_words(value).replace("\n", "; "), limit=_SHOWN)
        case "set" if value:
            text = str(value)
            return date(iso_date(text)) if conflict.key == "set:date" else one_line(text, limit=_SHOWN)
    return "–"


def left_out_in_words(one: LeftOut, checklist: Checklist) -> str:
    """An entry of the second copy that does not come over, and why."""
    event = one.event
    kinds = {
        "review": _("countersignature or sending back"),
        "redact": _("removal of a text or a name"),
        "evidence": _("evidence"),
        "action": _("what is being done"),
        "seal": _("seal"),
        "reopen": _("reopening"),
    }
    why: dict[Why, str] = {
        "changed": _("the answer that it is about is another here"),
        "countersigned": _("it has been countersigned here already"),
        "sent_back": _("somebody has sent it back here"),
        "removed": _("it was removed in both"),
        "gone": _("the entry that it is about does not come over either"),
        "sealed": _("it holds for the other copy alone"),
        "unfit": _("it does not fit what stands here"),
    }
    about = one_line(f"{event.subject} {kinds.get(event.kind, event.kind)}".strip(), limit=100)
    return _("#{seq} {about}, by {who}, {when}: {why}").format(
        seq=event.seq, about=about, who=name_of(event) or "–", when=moment(event.moment), why=why[one.why]
    )
