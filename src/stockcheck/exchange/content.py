"""What a form asks, in the language of its checklist: all of a checklist, or what is open in an assessment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from stockcheck.answers.answer import Answer
from stockcheck.answers.meets import meets
from stockcheck.assessed import Assessed
from stockcheck.checklist.conditions import Condition, Leaf, ProfileIs, Truth, conjunction
from stockcheck.checklist.model import Asked, Checklist, ProfileField, Question
from stockcheck.checklist.translation import in_language
from stockcheck.exchange.contract import About
from stockcheck.language import _
from stockcheck.scoring.scope import seen


@dataclass(frozen=True)
class Item:
    """One fact or question as the form asks it; `answer` and `note` are what stands in its cells beforehand."""

    asked: Asked
    help: str = ""
    evidence: str = ""
    when: Condition | None = None
    answer: Answer | None = None
    note: str = ""
    remark: str = ""

    @property
    def takes_notes(self) -> bool:
        """Whether there can be a note: facts have none."""
        return isinstance(self.asked, Question)


@dataclass(frozen=True)
class Block:
    """The facts about the depot, or the questions of one section."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Content:
    """Everything a form asks. `checklist` is in the form's language; `on` is the date of the assessment, if any."""

    checklist: Checklist
    about: About
    blocks: tuple[Block, ...]
    known: Callable[[Leaf], Truth] = lambda _leaf: None
    depot: str = ""
    marking: str = ""
    on: dt.date | None = None


def of_checklist(checklist: Checklist, language: str, *, classroom: bool = False) -> Content:
    """All of `checklist`, nothing answered. `classroom`: with the help for where nobody can go and look."""
    spoken = in_language(checklist, language)
    facts = tuple(_item(asked, classroom=classroom) for asked in spoken.profile)
    sections = (
        Block(
            section.title,
            tuple(
                _item(question, conjunction(section.when, question.when), classroom=classroom)
                for question in section.questions
            ),
        )
        for section in spoken.sections
    )
    about = About(checklist.id, checklist.version, checklist.digest, language)
    return Content(spoken, about, tuple(_filled(facts, sections)))


def of_open(
    assessed: Assessed, language: str, *, classroom: bool = False, remarks: Mapping[str, str] | None = None
) -> Content:
    """What is open in an assessment, with what is known of it. `remarks`: what else to say of a question, by its id."""
    state, card, spoken = assessed.state, assessed.scorecard, assessed.checklist
    facts = tuple(
        _item(asked, answer=answer, classroom=classroom)
        for asked in spoken.profile
        if (answer := state.facts.get(asked.id)) is None or answer.status == "unknown"
    )
    waiting = {line.question.id for line in card.lines if line.is_open}  # free text, which no figure counts, as well
    sections = (
        Block(
            section.title,
            tuple(
                _item(
                    question,
                    conjunction(section.when, question.when),
                    answer=state.answers.get(question.id),
                    note=state.notes.get(question.id, ""),
                    remark=(remarks or {}).get(question.id, ""),
                    classroom=classroom,
                )
                for question in section.questions
                if question.id in waiting
            ),
        )
        for section in spoken.sections
    )

    def known(leaf: Leaf) -> Truth:
        if isinstance(leaf, ProfileIs):
            return meets(leaf, state.facts.get(leaf.profile))
        return seen(leaf, card.line[leaf.question])

    checklist, record = state.checklist, assessed.record
    about = About(checklist.id, checklist.version, checklist.digest, language, record.first, record.head)
    blocks = tuple(_filled(facts, sections))
    return Content(spoken, about, blocks, known, state.depot, state.marking, state.on)


def _filled(facts: tuple[Item, ...], sections: Iterator[Block]) -> Iterator[Block]:
    """The blocks that ask anything, the facts first: what applies hangs on them."""
    if facts:
        yield Block(_("About the depot"), facts)
    yield from (block for block in sections if block.items)


def _item(
    asked: ProfileField | Question,
    when: Condition | None = None,
    *,
    answer: Answer | None = None,
    note: str = "",
    remark: str = "",
    classroom: bool,
) -> Item:
    evidence = (asked.evidence or "") if isinstance(asked, Question) else ""
    own = asked.classroom if classroom and isinstance(asked, Question) else None
    return Item(asked, own or asked.help or "", evidence, when, answer, note, remark)
