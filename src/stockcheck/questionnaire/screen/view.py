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


@dataclass(frozen=True)
class View:
    """An item as it is shown: `number` of the `count` in its part, which is called `title`.

    `help` says how to find the answer, `notice` what there is to know before it is answered, `note` is what somebody
    has noted with it, `attached` how much evidence there is; each may be empty. `levels` says whether the
    checklist has any.
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
    )


def _notice(session: Session, item: ProfileField | Question, answer: Answer | None) -> str:
    if isinstance(item, ProfileField):
        return ""
    standing = session.standing(item)
    if standing is Standing.PENDING:
        return _("Pending: asked once {ids} is known.").format(ids=", ".join(session.waits_for(item)))
    if standing is Standing.DORMANT:
        return _("Does not apply to this depot as things stand. An answer given before is kept and counts nowhere.")
    if standing is Standing.PART:
        return _("Fails with {parent}: not asked, and counts as not met.").format(parent=session.fails_with(item))
    said = []
    if item.id in session.state.review:
        said.append(_("The question has changed since it was answered: please look at the answer again."))
    if answer is not None and answer.status == "na":
        said.append(session.said(item))
        if standing is Standing.SET_ASIDE:
            said[-1] += f"  ·  {session.set_aside_by(item)}  ·  " + _("w reviews it")
    if reviewed := session.reviewed(item):
        said.append(reviewed)
    return "\n".join(said)
