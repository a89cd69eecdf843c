"""What was answered in the assessment that this one began from, in words, with its age and by whom."""

from __future__ import annotations

import datetime as dt

from stockcheck.answers.worded import answer_in_words
from stockcheck.assessment.last_year import LastYear
from stockcheck.checklist.model import Asked
from stockcheck.language import _, date, ngettext
from stockcheck.plaintext import one_line

#: The most days that an age is told in days; after that it is told in months, after two years in years.
_DAYS, _MONTHS = 45, 24
#: Characters of an answer that are shown where there is room for a line or two.
_ANSWER = 120


def answered_ago(day: dt.date, on: dt.date) -> str:
    """How long before the day `on` something was answered on `day`, in whole days, months or years."""
    days = max(0, (on - day).days)
    if days <= _DAYS:
        return ngettext("answered {n} day ago", "answered {n} days ago", days).format(n=days)
    months = 12 * (on.year - day.year) + on.month - day.month - (on.day < day.day)
    if months < _MONTHS:
        return ngettext("answered {n} month ago", "answered {n} months ago", months).format(n=months)
    return ngettext("answered {n} year ago", "answered {n} years ago", months // 12).format(n=months // 12)


def in_words(found: LastYear, spoken: Asked, on: dt.date) -> str:
    """What was answered to what is `spoken` in the language in use, how long before the day `on`, and by whom."""
    said = [
        _("Last time ({date}): {answer}").format(
            date=date(found.on), answer=one_line(answer_in_words(spoken, found.entry.answer), limit=_ANSWER)
        ),
        _("{age} by {who}").format(age=answered_ago(found.entry.at.date(), on), who=one_line(found.entry.by, limit=60)),
    ]
    if found.accepted is not None:
        said.append(_("countersigned by {who}").format(who=one_line(found.accepted.by, limit=60)))
    if found.answer is None:
        said.append(_("it no longer fits: answer anew"))
    elif found.changed:
        said.append(_("the question has changed since"))
    return "  ·  ".join(said)


def said_to_confirm(n: int) -> str:
    """That `n` answers wait to be confirmed."""
    return ngettext("{n} to confirm", "{n} to confirm", n).format(n=n)


def for_a_room(found: LastYear, spoken: Asked) -> str:
    """The same for a room to see: no name, and no reason, which may hold one."""
    answer = found.entry.answer
    said = _("Not applicable") if answer.status == "na" else one_line(answer_in_words(spoken, answer), limit=_ANSWER)
    return _("Last time ({date}): {answer}").format(date=date(found.on), answer=said)
