"""What a change of checklist did to the answers, as the file has it: a plan can only say where each would go."""

from __future__ import annotations

from dataclasses import dataclass

from stockcheck.assessment.state import State
from stockcheck.checklist.succession import Upgrade


@dataclass(frozen=True)
class Outcome:
    """Ids in checklist order. `carried`, `moved` and `gone` are those of the old questions, `review` of the new;
    `facts` are the profile fields whose answer, as that of what is `gone`, is in the history only, and `kept_facts`
    those whose answer came along. `renamed` holds, by old and new id, the questions whose answer has options by other
    names now. Of the questions in `notes` the note is in the history only, of those in `acts` what is
    done, and of those in `evidence` what was attached.
    """

    carried: tuple[str, ...]
    moved: tuple[str, ...]
    review: tuple[str, ...]
    gone: tuple[str, ...]
    facts: tuple[str, ...]
    kept_facts: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    acts: tuple[str, ...]
    evidence: tuple[str, ...]


def outcome(plan: Upgrade, before: State, after: State) -> Outcome:
    """What became of the answers of `before` in `after`, the checklist of which was changed by `plan`.

    An answer is where its question went, or it no longer fits there: an option that went, a value out of bounds, "not
    applicable" or "none of these" where they are refused.
    """
    left = [one for one in after.left.values() if one.checklist is before.checklist]
    lost = {one.id for one in left if one.entry is not None and not one.fact}
    answered = [question.id for question in before.checklist.questions if question.id in before.entries]
    there = [name for name in answered if name not in lost]
    facts = [field.id for field in before.checklist.profile if field.id in before.profile]
    goes = {name: plan.moved.get(name, name) for name in there}
    return Outcome(
        carried=tuple(name for name in there if name not in plan.moved),
        moved=tuple(name for name in there if name in plan.moved),
        review=tuple(question.id for question in after.checklist.questions if question.id in after.review),
        gone=tuple(name for name in answered if name in lost),
        facts=tuple(name for name in facts if name not in after.profile),
        kept_facts=tuple(name for name in facts if name in after.profile),
        renamed=tuple(
            (name, to) for name, to in goes.items() if before.entries[name].answer != after.entries[to].answer
        ),
        notes=tuple(one.id for one in left if one.note and one.note not in after.notes.values()),
        acts=tuple(name for name, act in before.actions.items() if act not in after.actions.values()),
        evidence=tuple(one.id for one in left if one.evidence),
    )
