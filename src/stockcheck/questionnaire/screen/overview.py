"""The overview on the screen: how each part stands, the questions of a kind, what is still to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from stockcheck.checklist.model import Question
from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.questionnaire.overview import (
    Filter,
    Item,
    Part,
    filters,
    listed,
    looked_at,
    next_step,
    parts,
    still_to_do,
)
from stockcheck.questionnaire.screen.dialogs import Dialog
from stockcheck.questionnaire.screen.options import Options
from stockcheck.questionnaire.screen.panels import bar, plain
from stockcheck.questionnaire.session import Session
from stockcheck.scoring.scope import Standing

#: Columns of an answer in the list of questions.
_ANSWER = 14


@dataclass
class Place:
    """Where somebody was in the overview, to come back to: what is listed, of which section (None: of all), and which
    part and which question the highlight stood on.
    """

    filter: Filter = Filter.ALL
    section: str | None = None
    part: int = 0
    question: int = 0


class OverviewDialog(Dialog[Item]):
    """Domains and sections above, the questions of the chosen kind below."""

    AUTO_FOCUS = "#overview-questions"
    CLICKS: ClassVar[dict[str, str]] = {
        "←": "screen.filter(-1)",
        "→": "screen.filter(1)",
        "Tab": "app.focus_next",
        "Enter": "screen.take",
        "Esc": "screen.cancel",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "filter(1)"),
        Binding("left", "filter(-1)"),
        Binding("escape,v,f10", "cancel"),
        Binding("q,ctrl+q", "leave"),
    ]

    def __init__(self, session: Session, place: Place, heading: str) -> None:
        self._session = session
        self._at = place
        self._parts = list(parts(session))
        self._items: list[Item] = []
        names = (_("Score"), _("Answers"), _("Open"), _("Gaps"), _("Criticals"))
        self._widths = [max(least, len(name)) for least, name in zip((10, 7, 4, 4, 4), names, strict=True)]
        head = "  ".join(name.ljust(width) for name, width in zip(names, self._widths, strict=True))
        self._sections = Options(*(Option(plain(self._row(part))) for part in self._parts), id="overview-parts")
        self._kind = Static(id="overview-kind")
        self._questions = Options(id="overview-questions")
        still = plain(" ".join(still_to_do(session)), "\n", (next_step(session), "bold"))
        super().__init__(
            heading,
            Static(plain(head), id="overview-head"),
            self._sections,
            self._kind,
            self._questions,
            Static(still, id="overview-still"),
            keys=_("← → which ones, Tab to the parts, Enter goes there, Esc closes"),
        )

    def compose(self) -> ComposeResult:
        """It covers the whole screen but for the marking, which nothing may cover."""
        if marking := self._session.state.marking:
            yield Static(plain(marking), classes="marking")
        yield from super().compose()

    def on_mount(self) -> None:
        """As it was left."""
        self._sections.highlighted = min(self._at.part, len(self._parts) - 1) if self._parts else None
        self._list(self._at.question)

    def _row(self, part: Part) -> str:
        score = part.score
        shares = bar(score.lower, score.upper) if score and score.lower is not None and score.upper is not None else "–"
        counts = [f"{part.answered}/{part.asked}", *(str(n) if score else "–" for n in _counts(part))]
        cells = [shares.ljust(self._widths[0])]
        cells += [count.rjust(width) for count, width in zip(counts, self._widths[1:], strict=True)]
        return "  ".join(cells) + ("  ▪ " if part.section is None else "    ") + part.title

    def _list(self, highlight: int = 0) -> None:
        """List what is chosen."""
        at = self._at
        self._items = listed(self._session, at.filter, at.section)
        found = [Option(plain(self._question(item))) for item in self._items]
        self._questions.clear_options()
        self._questions.add_options(found or [Option(looked_at(self._session, at.section), disabled=True)])
        self._questions.highlighted = min(highlight, len(found) - 1) if found else None
        kinds = filters(self._session)
        kind = f"◂ {at.filter.title}: {len(found)} ▸  ({kinds.index(at.filter) + 1}/{len(kinds)})"
        titles = {part.section: part.title for part in self._parts if part.section is not None}
        where = _("only: {section}").format(section=titles[at.section]) if at.section is not None else _("all sections")
        self._kind.update(plain((kind, "bold"), f"  ·  {where}"))

    def _question(self, item: Item) -> str:
        session = self._session
        match session.standing(item):
            case Standing.UNANSWERED:
                said = _("to answer") if session.to_confirm(item) is None else _("to confirm")
            case Standing.PENDING:
                said = _("pending")
            case Standing.DORMANT:
                said = _("does not apply")
            case Standing.PART:
                said = _("fails with it")
            case Standing.SET_ASIDE:
                said = _("set aside")
            case Standing.NOT_APPLICABLE:
                said = _("not applicable")
            case _:
                said = session.said(item)
        name = f"{item.id}  " if isinstance(item, Question) else ""
        return f"{one_line(said, limit=_ANSWER):<{_ANSWER}}  {name}{one_line(item.text)}"

    def action_filter(self, step: int) -> None:
        """List another kind of questions."""
        kinds = filters(self._session)
        self._at.filter = kinds[(kinds.index(self._at.filter) + step) % len(kinds)]
        self._list()

    def action_take(self) -> None:
        """As Enter does, on the part or the question that is highlighted."""
        (self._sections if self._sections.has_focus else self._questions).action_select()

    def action_leave(self) -> None:
        """Leave the program, as it says that q does: what was typed was kept before this was opened."""
        if not self.closed:
            self.app.exit()

    @on(OptionList.OptionHighlighted)
    def remember(self, event: OptionList.OptionHighlighted) -> None:
        """Where one comes back to."""
        if event.option_list is self._sections:
            self._at.part = event.option_index
        elif self._items:
            self._at.question = event.option_index

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """A part: only its questions are listed, or those of all again. A question: go there."""
        event.stop()
        if event.option_list is self._questions:
            if event.option_index < len(self._items):
                self.dismiss(self._items[event.option_index])
            return
        section = self._parts[event.option_index].section
        self._at.section = None if section == self._at.section else section
        self._list()


def _counts(part: Part) -> tuple[int, int, int]:
    return (part.score.open, part.score.gaps, part.critical) if part.score else (0, 0, 0)
