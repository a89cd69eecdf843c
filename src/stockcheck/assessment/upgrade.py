"""An assessment brought to a newer version of its checklist: what was said of a question goes where that went."""

from __future__ import annotations

from dataclasses import replace

from stockcheck.assessment.actions import FIELDS
from stockcheck.assessment.events import MAX_EVENT
from stockcheck.assessment.file import AssessmentFile
from stockcheck.assessment.redaction import MARK, text_of
from stockcheck.assessment.state import State
from stockcheck.checklist import succession
from stockcheck.checklist.model import Checklist


def upgrade(file: AssessmentFile, newer: Checklist) -> succession.Upgrade:
    """Go on with `newer`; the plan that was carried out. Raises `AssessmentFileError`.

    Where a question replaces several, the answer of one is carried, the notes and the evidence of all are joined, and
    it is flagged if any was; of the actions that of one is carried.
    """
    older, state = file.checklist, file.state
    plan = succession.upgrade(older, newer, state.entries.keys())
    earlier = succession.predecessors(older, newer, state.entries.keys())
    moved = dict(plan.moved)
    for old, new in succession.replaced(older, newer).items():
        said_of = (state.notes, state.flags, state.actions, state.evidence, state.asked_before)
        if not any(old in said for said in said_of):
            continue
        if old not in state.entries:
            moved[old] = new
        elif old not in moved:  # its answer stays behind; what moves is joined to the question that does
            _join(file, old, earlier[new])
    options, renamed = _renamed_options(older, newer, earlier, state)
    review = [*plan.review, *(name for name in renamed if name not in plan.review)]
    file.change_checklist(newer, moved, review, options)
    return replace(plan, review=tuple(review))


def _renamed_options(
    older: Checklist, newer: Checklist, earlier: dict[str, str], state: State
) -> tuple[dict[str, dict[str, str]], list[str]]:
    """What the options are called from here on, by question or field, as an event has it; and the questions whose
    answer is one of them, for its words may be others now.
    """
    options = succession.options_by_key(older, newer, earlier)
    review = [
        new
        for new, old in earlier.items()
        if new in options
        and (entry := state.entries.get(old)) is not None
        and entry.answer.renamed(options[new]) != entry.answer
    ]
    return options, review


def _join(file: AssessmentFile, old: str, carried: str) -> None:
    """Put note, evidence, flag and action of one old question to another.

    Before the change: what breaks off loses nothing.
    """
    removed = text_of(MARK)  # says only that something was there; the entry it stands in goes on saying so
    note, already = (file.state.notes.get(name, "") for name in (old, carried))
    if note not in ("", removed) and f"\n{note}\n" not in f"\n{already}\n":
        joined = "\n".join(text for text in (already, note) if text and text != removed)
        file.note(carried, joined, most=MAX_EVENT)  # each was within bounds when it was written
    file.evidence.put_to(old, carried)
    if old in file.state.flags and carried not in file.state.flags:
        file.flag(carried, True)
    if (action := file.state.actions.get(old)) is not None and carried not in file.state.actions:
        file.act({carried: {name: getattr(action, name) for name in FIELDS}})
