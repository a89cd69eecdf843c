"""What the screen shows of the item that is being asked, taken from the sitting once for each time it is painted."""

from __future__ import annotations

from dataclasses import dataclass

from stockcheck.answers.answer import Answer
from stockcheck.assessment.evidence import counted
from stockcheck.checklist.model import ProfileField, Question
from stockcheck.language import _
from stockcheck.questionnaire.consequences import NOT_ASKED
from stockcheck.questionnaire.session import Session
from stockcheck.scoring.scope import Standing

#: Types that are typed rather than picked.
TYPED = frozenset({"number", "date", "text"})


@dataclass(frozen=True)
class View:
    """An item as it is shown: `number` of the `count` in its part, which is called `title`.

    `help` says how to find the answer, `notice` what there is to know before it is answered, `note` is what somebody
    has noted with it, `attached` how much evidence there is; each may be empty. `levels` says whether the
    checklist has any; of the part, `to_confirm` wait to be confirmed.
    """

    key: tuple[bool, str]
    item: ProfileField | Question
    answer: Answer | None
    title: str
    number: int
    count: int
    takes_an_answer: bool
    help: str
    notice: str
    note: str
    flagged: bool
    attached: str
    levels: bool
    to_confirm: int = 0


def view_of(session: Session) -> View:
    """The current item of `session`."""
    item = session.current
    answer, standing, state = session.answer_to(item), session.standing(item), session.state
    checklist, is_question = session.checklist, isinstance(item, Question)
    part = checklist.section_of[item.id].questions if is_question else checklist.profile
    return View(
        key=session.key(item),
        item=item,
        answer=answer,
        title=session.title(item),
        number=[one.id for one in part].index(item.id) + 1,
        count=len(part),
        takes_an_answer=standing not in NOT_ASKED,
        help=session.help(item),
        notice=_notice(session, item, answer),
        note=state.notes.get(item.id, "") if is_question else "",
        attached=counted(state.evidence.get(item.id, ())) if is_question else "",
        flagged=is_question and item.id in state.flags,
        levels=bool(checklist.levels),
        to_confirm=_waiting(session, item) if state.earlier is not None else 0,
    )


def _waiting(session: Session, item: ProfileField | Question) -> int:
    here = session.section(item)
    return next((one.to_confirm for one in session.progress() if one.section == here), 0)


def how_to_confirm(item: ProfileField | Question) -> str:
    """Which key confirms the answer of last time: in a field, letters are text."""
    return _("F12 confirms it") if item.type in TYPED else _("k confirms it")


def _last_time(session: Session, item: ProfileField | Question, answer: Answer | None) -> list[str]:
    """What was answered last time, while nobody has answered."""
    before = session.last_time(item) if answer is None else ""
    if before and session.to_confirm(item) is not None:
        before += f"  ·  {how_to_confirm(item)}"
    return [before] if before else []


def _notice(session: Session, item: ProfileField | Question, answer: Answer | None) -> str:
    said = _last_time(session, item, answer)
    if isinstance(item, ProfileField):
        return "\n".join(said)
    standing = session.standing(item)
    if standing is Standing.PENDING:
        return _("Pending: asked once {ids} is known.").format(ids=", ".join(session.waits_for(item)))
    if standing is Standing.DORMANT:
        return _("Does not apply to this depot as things stand. An answer given before is kept and counts nowhere.")
    if standing is Standing.PART:
        return _("Fails with {parent}: not asked, and counts as not met.").format(parent=session.fails_with(item))
    if item.id in session.state.review:
        said.append(_("The question has changed since it was answered: please look at the answer again."))
    if answer is not None and answer.status == "na":
        said.append(session.said(item))
        if standing is Standing.SET_ASIDE:
            said[-1] += f"  ·  {session.set_aside_by(item)}  ·  " + _("w reviews it")
    if reviewed := session.reviewed(item):
        said.append(reviewed)
    return "\n".join(said)
