"""What a change of checklist did to the answers, as the file has it: a plan can only say where each would go."""

from __future__ import annotations

from dataclasses import dataclass

from stockcheck.assessment.state import State
from stockcheck.checklist.succession import Upgrade


@dataclass(frozen=True)
class Outcome:
    """Ids in checklist order. `carried`, `moved` and `gone` are those of the old questions, `review` of the new;
    `facts` are the profile fields whose answer, as that of what is `gone`, is in the history only.
    """

    carried: tuple[str, ...]
    moved: tuple[str, ...]
    review: tuple[str, ...]
    gone: tuple[str, ...]
    facts: tuple[str, ...]


def outcome(plan: Upgrade, before: State, after: State) -> Outcome:
    """What became of the answers of `before` in `after`, the checklist of which was changed by `plan`.

    An answer is where its question went, or it no longer fits there: an option that went, a value out of bounds, "not
    applicable" or "none of these" where they are refused.
    """
    there = {name for name, entry in before.entries.items() if after.entries.get(plan.moved.get(name, name)) == entry}
    answered = [question.id for question in before.checklist.questions if question.id in before.entries]
    return Outcome(
        carried=tuple(name for name in answered if name in there and name not in plan.moved),
        moved=tuple(name for name in answered if name in there and name in plan.moved),
        review=tuple(question.id for question in after.checklist.questions if question.id in after.review),
        gone=tuple(name for name in answered if name not in there),
        facts=tuple(field.id for field in before.checklist.profile if _is_lost(field.id, before, after)),
    )


def _is_lost(field: str, before: State, after: State) -> bool:
    return field in before.profile and field not in after.profile
