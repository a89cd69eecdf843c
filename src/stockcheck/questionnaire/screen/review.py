"""Countersigning on the screen: the reason, who gave it, and whether somebody else agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from stockcheck.checklist.model import ProfileField, Question
from stockcheck.errors import AnswerError, StockcheckError
from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.questionnaire.screen.dialogs import Dialog, TextDialog
from stockcheck.questionnaire.screen.panels import plain
from stockcheck.questionnaire.session import Session
from stockcheck.scoring.scope import Standing

if TYPE_CHECKING:
    from stockcheck.questionnaire.screen.app import QuestionnaireApp

Decision = Literal["accept", "back"]


class ReviewDialog(Dialog[Decision]):
    """A question that is set aside: accept that it does not apply, or send it back. Not for whoever set it aside."""

    AUTO_FOCUS = "VerticalScroll"
    CLICKS: ClassVar[dict[str, str]] = {
        "a": "screen.decide('accept')",
        "b": "screen.decide('back')",
        "d": "screen.decide('back')",
        "Esc": "screen.cancel",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "decide('accept')"),
        Binding("b,d", "decide('back')"),
        Binding("escape,q,w,f9", "cancel"),
    ]

    def __init__(self, session: Session, item: Question) -> None:
        answer = session.answer_to(item)
        parts = [item.text, _("Reason: {why}").format(why=one_line(answer.justification) if answer else "")]
        parts += [session.set_aside_by(item), session.reviewed(item)]
        keys = _("a accepts that it does not apply, b sends it back, Esc closes")
        self._refusal = ""
        try:
            session.may_review(item)
        except AnswerError as error:
            self._refusal = one_line(str(error))
            parts.append(self._refusal)
            keys = _("Esc closes")
        body = "\n\n".join(part for part in parts if part)
        super().__init__(
            _("{id} is set aside: waits for a countersignature.").format(id=item.id),
            VerticalScroll(Static(plain(body))),
            keys=keys,
        )

    def action_decide(self, decision: Decision) -> None:
        """Accept it, or send it back."""
        if self._refusal:
            self.tell(self._refusal)
        else:
            self.dismiss(decision)


def _what_waits(session: Session) -> str:
    """Which questions could be reviewed instead; empty where there is none."""
    names = ", ".join(question.id for question in session.set_aside_to_review())
    return _("Set aside: {names}.").format(names=names) if names else ""


def review(app: QuestionnaireApp) -> None:
    """Have the current question reviewed, or tell why it cannot be."""
    session, item = app.session, app.session.current
    if isinstance(item, ProfileField) or session.standing(item) is not Standing.SET_ASIDE:
        try:
            session.may_review(item)
        except AnswerError as error:
            app.tell(f"{one_line(str(error))} {_what_waits(session)}".rstrip(), trouble=True)
        return
    question = item

    def send_back(why: str) -> None:
        session.review(question, False, why)
        app.show()
        app.tell(_("{id} is sent back.").format(id=question.id))

    def decided(decision: Decision | None) -> None:
        if decision == "back":
            heading = _("Why is {id} sent back?").format(id=question.id)
            app.push_screen(TextDialog(heading, "", send_back, needed=True, is_answer=True))
        elif decision == "accept":
            try:
                session.review(question, True)
            except StockcheckError as error:
                app.tell(one_line(str(error)), trouble=True)
                return
            app.show()
            app.tell_done(_("{id} is countersigned: it does not apply.").format(id=question.id), question)

    app.push_screen(ReviewDialog(session, question), decided)
