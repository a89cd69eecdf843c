"""The whole of an assessment at a glance: how each domain and section stands, which questions are of a kind, and what
is still to do before it is a report. It knows no screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from stockcheck.checklist.model import ProfileField, Question
from stockcheck.language import _, ngettext
from stockcheck.questionnaire import headline
from stockcheck.questionnaire.agenda import PROFILE, Agenda
from stockcheck.scoring.scope import Line, Standing
from stockcheck.scoring.scores import Score

Item = ProfileField | Question


class Filter(Enum):
    """Which questions are listed."""

    ALL = "all"
    OPEN = "open"
    GAPS = "gaps"
    CRITICAL = "critical"
    FINDINGS = "findings"
    FLAGGED = "flagged"
    NOTED = "noted"
    WAITING = "waiting"
    COUNTERSIGNED = "countersigned"
    TO_REVIEW = "to_review"
    TO_CONFIRM = "to_confirm"
    ROUTE = "route"

    @property
    def title(self) -> str:
        """What it is called."""
        return {
            Filter.ALL: _("all"),
            Filter.OPEN: _("open"),
            Filter.GAPS: _("gaps"),
            Filter.CRITICAL: _("critical not met"),
            Filter.FINDINGS: _("losses and dangers"),
            Filter.FLAGGED: _("with a flag"),
            Filter.NOTED: _("with a note"),
            Filter.WAITING: _("set aside, waiting"),
            Filter.COUNTERSIGNED: _("set aside, countersigned"),
            Filter.TO_REVIEW: _("to look at again"),
            Filter.TO_CONFIRM: _("to confirm"),
            Filter.ROUTE: _("on the way to the next level"),
        }[self]


@dataclass(frozen=True)
class Part:
    """How a domain or a section stands. `section` is its id, None for a domain; `answered` counts the questions of
    `asked` that have an answer which counts, or need none; `score` is None for the facts about the depot.
    """

    section: str | None
    title: str
    answered: int
    asked: int
    score: Score | None
    critical: int


def filters(agenda: Agenda) -> list[Filter]:
    """The kinds of questions that there can be: there is nothing to confirm where no earlier assessment is."""
    return [one for one in Filter if one is not Filter.TO_CONFIRM or agenda.state.earlier is not None]


def fits(agenda: Agenda, item: Item, wanted: Filter) -> bool:
    """Whether an item is of the kind that is wanted. Of the facts about the depot, only those without answer are."""
    if wanted is Filter.TO_CONFIRM:
        return agenda.to_confirm(item) is not None
    if isinstance(item, ProfileField):
        return wanted is Filter.ALL or (wanted is Filter.OPEN and agenda.standing(item) is Standing.UNANSWERED)
    line, state = agenda.scorecard.line[item.id], agenda.state
    match wanted:
        case Filter.ALL:
            return True
        case Filter.OPEN:
            return line.is_open
        case Filter.GAPS:
            return line.is_gap
        case Filter.CRITICAL:
            return line.is_critical_unmet
        case Filter.FINDINGS:
            return item.finding is not None and line.counts and line.credit < 1
        case Filter.FLAGGED:
            return item.id in state.flags
        case Filter.NOTED:
            return item.id in state.notes
        case Filter.WAITING:
            return line.standing is Standing.SET_ASIDE
        case Filter.COUNTERSIGNED:
            return line.standing is Standing.NOT_APPLICABLE
        case Filter.TO_REVIEW:
            return item.id in state.review
        case Filter.ROUTE:
            return item.id in agenda.scorecard.on_route


def listed(agenda: Agenda, wanted: Filter, section: str | None = None) -> list[Item]:
    """The items of a kind, in checklist order; of one section (`PROFILE` for the facts), or of all."""
    return [
        item
        for item in agenda.items
        if (section is None or agenda.section(item) == section) and fits(agenda, item, wanted)
    ]


def looked_at(agenda: Agenda, section: str | None = None) -> str:
    """That nothing was found, and among what: "None" alone could mean that nobody has looked."""
    items = [item for item in agenda.items if section is None or agenda.section(item) == section]
    questions = [agenda.scorecard.line[item.id] for item in items if isinstance(item, Question)]
    applies = [line for line in questions if line.in_scope]
    answered = sum(line.is_answered for line in applies)
    words = ngettext(
        "None. Looked at: {n} question, {answered} of the {applies} that apply answered.",
        "None. Looked at: {n} questions, {answered} of the {applies} that apply answered.",
        len(questions),
    )
    return words.format(n=len(questions), answered=answered, applies=len(applies))


def parts(agenda: Agenda) -> Iterator[Part]:
    """The facts about the depot, then each domain, and under it its sections, in checklist order."""
    card, checklist = agenda.scorecard, agenda.checklist
    progress = {one.section: one for one in agenda.progress()}
    if (facts := progress.get(PROFILE)) is not None:
        yield Part(PROFILE, facts.title, facts.settled, facts.asked, None, 0)
    sections = {section.id: score for section, score in card.sections}
    for domain, score in card.domains:
        own = [section for section in checklist.sections if section.domain == domain]
        lines = [card.line[question.id] for section in own for question in section.questions]
        yield Part(None, headline.domain(domain), *_answered(lines), score, _criticals(lines))
        for section in own:
            lines = [card.line[question.id] for question in section.questions]
            yield Part(section.id, section.title, *_answered(lines), sections[section.id], _criticals(lines))


def _answered(lines: list[Line]) -> tuple[int, int]:
    applies = [line for line in lines if line.in_scope]
    return sum(line.is_answered or line.standing is Standing.PART for line in applies), len(applies)


def _criticals(lines: list[Line]) -> int:
    return sum(line.is_critical_unmet for line in lines)


def still_to_do(agenda: Agenda) -> list[str]:
    """What is still open, flagged or set aside, each in a sentence; that nothing is, where nothing is."""
    return pending(agenda) or [_("Nothing is open, flagged, set aside or to be looked at again.")]


def pending(agenda: Agenda) -> list[str]:
    """What is still open, flagged or set aside, each in a sentence."""
    waiting = len(listed(agenda, Filter.WAITING))
    facts = len(listed(agenda, Filter.OPEN, PROFILE))
    unanswered = len(listed(agenda, Filter.OPEN)) - facts - waiting  # what is set aside is open too, and told by itself
    flagged, again = len(listed(agenda, Filter.FLAGGED)), len(listed(agenda, Filter.TO_REVIEW))
    said = [
        (facts, ngettext("{n} fact about the depot is open.", "{n} facts about the depot are open.", facts)),
        (unanswered, ngettext("{n} question is open.", "{n} questions are open.", unanswered)),
        (flagged, ngettext("{n} question is flagged.", "{n} questions are flagged.", flagged)),
        (waiting, ngettext("{n} waits for a countersignature.", "{n} wait for a countersignature.", waiting)),
        (again, ngettext("{n} answer is to be looked at again.", "{n} answers are to be looked at again.", again)),
    ]
    if agenda.state.earlier is not None and (confirm := len(listed(agenda, Filter.TO_CONFIRM))):
        words = ngettext(
            "{n} of them is to be confirmed as last time, or answered anew.",
            "{n} of them are to be confirmed as last time, or answered anew.",
            confirm,
        )
        said.insert(2, (confirm, words))
    return [words.format(n=n) for n, words in said if n]


def next_step(agenda: Agenda) -> str:
    """What to do from here, in words."""
    if not agenda.is_done and any(one.to_confirm for one in agenda.progress()):
        return _("Next: confirm last time’s answers (k) or answer what is open (o).")
    if not agenda.is_done:
        return _("Next: answer what is open (o), or leave with q; everything is saved.")
    if agenda.set_aside_to_review():
        return _(
            "Next: somebody else countersigns what is set aside (w). Then, on the home screen, r writes the report "
            "and z seals (or stockcheck report, stockcheck seal)"
        )
    return _(
        "Next: leave with q. On the home screen r writes the report and z seals (or stockcheck report, stockcheck seal)"
    )
