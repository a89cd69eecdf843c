"""Actions: what is being done about a question, by whom, by when and how far. An action never changes an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal, get_args

from stockcheck.answers.keeping import MAX_NAME, kept, kept_line
from stockcheck.checklist.values import iso_date
from stockcheck.errors import AnswerError
from stockcheck.language import _
from stockcheck.plaintext import MAX_TEXT, one_line, whole

Status = Literal["open", "under_way", "done", "waived"]
STATUSES: tuple[Status, ...] = get_args(Status)

#: What an action holds, by how it is kept: names on one line, longer texts, dates. A status is one of `STATUSES`.
NAMES, TEXTS, DATES = ("owner", "verified_by"), ("evidence", "remarks", "measure"), ("due", "done_on", "until")

#: What is new about an action: a text, a date, a status; None and an empty text take away what was there.
Change = Mapping[str, str | dt.date | None]


@dataclass(frozen=True)
class Action:
    """What is done about a question, as it stands. A waiver holds `until` a date, with a `measure` that compensates;
    `by` and `at` (UTC) say who recorded the latest change and when.
    """

    owner: str = ""
    due: dt.date | None = None
    status: Status = "open"
    done_on: dt.date | None = None
    verified_by: str = ""
    evidence: str = ""
    remarks: str = ""
    until: dt.date | None = None
    measure: str = ""
    by: str = ""
    at: dt.datetime | None = None

    @property
    def values(self) -> dict[str, str | dt.date | None]:
        """What it holds, by each of `FIELDS`; None for what is empty."""
        return {name: getattr(self, name) or None for name in FIELDS}

    @property
    def says_something(self) -> bool:
        """Whether anything about it differs from an action of which nobody has said a word."""
        return any(getattr(self, name) != getattr(NOTHING, name) for name in FIELDS)


NOTHING = Action()
#: The names of what an action holds, in the order in which people read them.
FIELDS: tuple[str, ...] = tuple(one.name for one in fields(Action) if one.name not in ("by", "at"))


def as_data(action: Action, change: Change) -> dict[str, str | None]:
    """What of `change` is new to `action`, as an event keeps it; empty when nothing is.

    Raises `AnswerError` for what cannot be kept, or does not go together with what stands; `KeyError` for a name that
    is not one of `FIELDS`.
    """
    data: dict[str, str | None] = {}
    for name, value in change.items():
        if name not in FIELDS:
            raise KeyError(name)
        before = getattr(action, name)
        new = _kept(name, value)
        if new != (before.isoformat() if isinstance(before, dt.date) else before or None):
            data[name] = new
    if data and (changed := after(action, data)).done_on and changed.status != "done":
        raise AnswerError(
            _("There is a date on which it was done, and its status is not done."),
            _("Set the status to done, or take the date away."),
        )
    return data


def _kept(name: str, value: str | dt.date | None) -> str | None:
    if name in DATES:
        if value is not None and (not isinstance(value, dt.date) or isinstance(value, dt.datetime)):
            raise AnswerError(_("“{text}” is not a date.").format(text=one_line(str(value), limit=60)))
        return None if value is None else value.isoformat()
    text = "" if value is None else str(value)
    if name == "status":
        if (text or "open") not in STATUSES:
            raise AnswerError(
                _("“{text}” is no status.").format(text=one_line(text, limit=60)),
                _("One of: {words}.").format(words=", ".join(STATUSES)),
            )
        return text or "open"
    text = kept_line(text, most=MAX_NAME) if name in NAMES else kept(text, most=MAX_TEXT)
    return text or None


def after(action: Action, data: Mapping[str, object], *, by: str = "", at: dt.datetime | None = None) -> Action:
    """`action` with what an event has kept about it. Raises `ValueError`, `TypeError` or `AnswerError`."""
    new: dict[str, object] = {}
    for name, value in data.items():
        if name not in FIELDS or not isinstance(value, str | None):
            raise TypeError("an action holds no such thing")
        if name in DATES:
            new[name] = None if value is None else iso_date(value)
        elif name == "status":
            if value not in STATUSES:
                raise ValueError(f"{one_line(str(value), limit=40)} is no status")
            new[name] = value
        else:
            text = whole(value or "")
            new[name] = one_line(text, limit=len(text) + 1) if name in NAMES else text
    changed = replace(action, **new, by=by, at=at)  # type: ignore[arg-type]  # each was looked at above
    if changed.status == "waived" and not (changed.until and changed.measure):
        raise AnswerError(
            _("A waiver needs a date until which it holds, and a measure that compensates."),
            _("Give both, or another status."),
        )
    return changed


def status_in_words(status: str) -> str:
    """A status as people read it, in the language in use."""
    words = {"open": _("To do"), "under_way": _("Under way"), "done": _("Done"), "waived": _("Waived")}
    return words[status]


def titles() -> dict[str, str]:
    """What each of `FIELDS` is called, in the language in use."""
    return {
        "owner": _("Owner"),
        "due": _("Due"),
        "status": _("Status"),
        "done_on": _("Done on"),
        "verified_by": _("Verified by"),
        "evidence": _("Evidence"),
        "remarks": _("Remarks"),
        "until": _("Waived until"),
        "measure": _("Compensating measure"),
    }


def in_words(data: Mapping[str, object]) -> str:
    """What an event says of an action, on a line for each thing; what is empty was taken away."""
    said = []
    for name, title in titles().items():
        if name in data:
            value = data[name]
            shown = status_in_words(str(value)) if name == "status" else whole(str(value)) if value else "–"
            said.append(f"{title}: {shown}")
    return "\n".join(said)
