"""What an answer did to other questions, in words: nothing begins or ceases to count without a word."""

from __future__ import annotations

from collections.abc import Iterable

from stockcheck.checklist.model import Checklist
from stockcheck.language import ngettext
from stockcheck.plaintext import one_line
from stockcheck.scoring.scope import Line, Standing

#: How a question stands whose answer, if it has one, counts nowhere: there is nothing to ask, or not yet.
NOT_ASKED = frozenset({Standing.DORMANT, Standing.PENDING, Standing.PART})


def consequence(changed: Iterable[tuple[Line, Line]], checklist: Checklist) -> str:
    """What became of the questions that were `changed` by the answer to another one; empty when nothing to tell."""
    told: dict[str, list[str]] = {"gone": [], "waiting": [], "again": [], "now": []}
    fail: dict[str, list[str]] = {}
    fail_no_more: dict[str, list[str]] = {}
    for was, now in changed:
        name = now.question.id
        if now.answer is not None and (was.standing in NOT_ASKED) != (now.standing in NOT_ASKED):
            if now.standing in NOT_ASKED:
                told["waiting" if now.standing is Standing.PENDING else "gone"].append(name)
            else:
                told["now" if was.standing is Standing.PENDING else "again"].append(name)
        if was.parent != now.parent:
            for line, by_parent in ((was, fail_no_more), (now, fail)):
                if line.parent is not None:
                    by_parent.setdefault(checklist.questions[line.parent].id, []).append(name)
    said = [
        _answers(kind, len(names)).format(n=len(names), ids=_listed(names)) for kind, names in told.items() if names
    ]
    for parent, names in fail.items():
        words = ngettext("{ids} fails with {parent}.", "{ids} fail with {parent}.", len(names))
        said.append(words.format(ids=_listed(names), parent=parent))
    for parent, names in fail_no_more.items():
        words = ngettext("{ids} no longer fails with {parent}.", "{ids} no longer fail with {parent}.", len(names))
        said.append(words.format(ids=_listed(names), parent=parent))
    return " ".join(said)


def _answers(kind: str, n: int) -> str:
    """What has become of `n` answers."""
    match kind:
        case "gone":
            return ngettext(
                "{n} answer does not apply any more: {ids}.", "{n} answers do not apply any more: {ids}.", n
            )
        case "waiting":
            return ngettext("{n} answer does not count for now: {ids}.", "{n} answers do not count for now: {ids}.", n)
        case "again":
            return ngettext("{n} answer applies again: {ids}.", "{n} answers apply again: {ids}.", n)
    return ngettext("{n} answer counts now: {ids}.", "{n} answers count now: {ids}.", n)


def _listed(names: list[str]) -> str:
    return one_line(", ".join(names), limit=80)
