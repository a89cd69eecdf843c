"""What changed since an earlier assessment of the depot, and what the change of the score is owed to (S-9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from stockcheck.assessed import Assessed
from stockcheck.assessment.actions import STATUSES, status_in_words
from stockcheck.errors import UsageError
from stockcheck.exchange.plan import is_overdue
from stockcheck.language import _, date
from stockcheck.questionnaire import headline
from stockcheck.report import standing, wording
from stockcheck.report.content import results
from stockcheck.report.content.parts import (
    Cell,
    Change,
    Column,
    Fact,
    NoFigure,
    Part,
    Sentence,
    Share,
    Table,
    Type,
    none,
    table,
)
from stockcheck.report.to_do import since
from stockcheck.scoring.comparison import Change as Changed
from stockcheck.scoring.comparison import ChangeKind, Comparison, compare
from stockcheck.scoring.scope import Line

#: In which order people want to know: what is worse, what is better, then what cannot be told from one another.
_ORDER = (
    ChangeKind.WORSENED,
    ChangeKind.IMPROVED,
    ChangeKind.STILL_A_GAP,
    ChangeKind.NO_LONGER_ANSWERED,
    ChangeKind.NEWLY_ANSWERED,
    ChangeKind.ENTERED_SCOPE,
    ChangeKind.LEFT_SCOPE,
    ChangeKind.NEW,
    ChangeKind.REMOVED,
)


def title() -> str:
    """What the sheet is called."""
    return _("Changes")


def about() -> str:
    """Its line in the contents."""
    return _("since the last assessment: improved, worsened, still a gap")


def check_order(before: Assessed, after: Assessed) -> None:
    """Raises `UsageError` unless `before` is the older one: improved would be called worsened."""
    was, now = before.state, after.state
    if before.record.first == after.record.first and before.record.head == after.record.head:
        raise UsageError(
            _("Both files hold the same assessment, so nothing can have changed."),
            _("With --previous, give the earlier assessment of the depot."),
        )
    if not standing.in_order(before, after):
        raise UsageError(
            _(
                "The assessment given with --previous is of {earlier}, the other of {later}: the older one comes first."
            ).format(earlier=date(was.on), later=date(now.on)),
            _("Exchange the two files."),
        )


def changes(before: Assessed, after: Assessed, today: dt.date) -> list[Part]:
    """What is compared, what the change is owed to, how many changed, what became of the actions, then each kind with
    its questions; `today` is the day by which it is told what is late.
    """
    found = compare(before.scorecard, after.scorecard)
    known = since(before, after)
    kinds = {kind: [one for one in found.changes if one.kind is kind] for kind in _ORDER}
    open_ = [one for one in found.changes if one.kind is ChangeKind.UNCHANGED and one.still_open]
    return [
        _compared(before, after),
        _owed(before, after, found),
        _counts(found),
        _actions(before, after, today),
        *(_listed(kind.name.lower(), _heading(kind, before), kinds[kind], before, after, known) for kind in _ORDER[:3]),
        _listed("still_open", _("Still open: not settled then, nor now"), open_, before, after, known),
        *(
            _listed(kind.name.lower(), wording.kind_of_change(kind), kinds[kind], before, after, known)
            for kind in _ORDER[3:]
            if kinds[kind]
        ),
    ]


def _heading(kind: ChangeKind, before: Assessed) -> str:
    words = wording.kind_of_change(kind)
    if kind is ChangeKind.STILL_A_GAP:
        return _("{kind}: since {date} or longer").format(kind=words, date=date(before.state.on))
    return words


def _compared(before: Assessed, after: Assessed) -> Part:
    notices = [Sentence(said, "notice") for said in standing.not_alike(before, after)]
    if before.carried_since is not None:
        notices.append(Sentence(_told_by_itself()))
    facts = (
        Fact(name, "\n".join((one.state.depot, date(one.state.on), one.provenance.line, one.record.code)))
        for name, one in ((_("Before"), before), (_("Now"), after))
    )
    return Part("compared", "", (*notices, *facts))


def _told_by_itself() -> str:
    """What there is to know of an earlier assessment that is read from the later one's own file."""
    return _(
        "What was before is told as the later file carries it, and the earlier code does not show that it is so: "
        "compare with the earlier file itself, with --previous, to be sure."
    )


def _owed(before: Assessed, after: Assessed, found: Comparison) -> Part:
    columns = (
        Column("what", _("Score")),
        Column("share", _("Share"), Type.SHARE),
        Column("change", _("Change"), Type.CHANGE),
    )
    rows: list[tuple[Cell, ...]] = [
        (name, *results.interval(one.scorecard.overall)[:1], None)
        for name, one in ((_("Before"), before), (_("Now"), after))
    ]
    silent = [said for one in (before, after) if (said := headline.nothing_answered(one.scorecard))]
    if silent or found.before is None or found.after is None:
        why = _("No change is given: where nothing was answered there is no score to compare with.")
        return Part("owed", _("What the change is owed to"), (Table("owed", columns, tuple(rows)), Sentence(why)))
    rows += [
        (_("Change"), None, Change(found.after - found.before)),
        (_("owed to answers"), None, Change(found.by_answers)),
        (_("owed to the checklist, or to what of it applies"), None, Change(found.by_checklist)),
    ]
    return Part("owed", _("What the change is owed to"), (Table("owed", columns, tuple(rows)),))


def _counts(found: Comparison) -> Part:
    kinds = (*_ORDER, ChangeKind.UNCHANGED)
    rows = tuple((wording.kind_of_change(kind), sum(one.kind is kind for one in found.changes)) for kind in kinds)
    columns = (Column("kind", _("What became of the questions")), Column("questions", _("Questions"), Type.NUMBER))
    return Part("counts", _("In short"), (Table("counts", columns, rows),))


def _actions(before: Assessed, after: Assessed, today: dt.date) -> Part:
    """How many actions, of which anything was said, stand at each status."""
    columns = (
        Column("status", _("Actions")),
        Column("before", _("Before"), Type.NUMBER),
        Column("now", _("Now"), Type.NUMBER),
    )
    then, now = ([one for one in a.state.actions.values() if one.says_something] for a in (before, after))
    if not (then or now):
        return Part("actions", _("What became of the actions"), (Sentence(none()),))
    rows: list[tuple[Cell, ...]] = [
        (status_in_words(status), *(sum(one.status == status for one in found) for found in (then, now)))
        for status in reversed(STATUSES)
    ]
    late = sum(is_overdue(one, today) for one in now)
    rows.append((_("Overdue on {date}").format(date=date(today)), None, late))
    return Part("actions", _("What became of the actions"), (Table("actions", columns, tuple(rows)),))


def _listed(
    key: str, heading: str, found: Iterable[Changed], before: Assessed, after: Assessed, known: Mapping[str, dt.date]
) -> Part:
    columns = (
        Column("question", _("Question")),
        Column("before", _("Before")),
        Column("credit_before", _("Credit then"), Type.SHARE),
        Column("now", _("Now")),
        Column("credit_now", _("Credit now"), Type.SHARE),
        Column("since", _("Since"), Type.DATE),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            f"{one.question.id}  {one.question.text}",
            *_stood(one.before, before),
            *_stood(one.after, after),
            known.get(one.question.id) if one.after is not None else None,
        )
        for one in found
    )
    table_ = table(key, columns, rows, without=() if any(row[-1] for row in rows) else ("since",))
    heading = f"{heading} ({len(rows)})"
    return Part(key, heading, (table_ if rows else Sentence(none()),))


def _stood(line: Line | None, one: Assessed) -> tuple[Cell, Cell]:
    """How a question stood, and what it earned."""
    if line is None:
        return "–", NoFigure()
    return wording.state_of(line, one.state.on), Share(line.credit) if line.counts else NoFigure()
