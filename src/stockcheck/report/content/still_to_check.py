"""Still to check: what is open, as the form asks it, with what hangs on each question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stockcheck import language
from stockcheck.answers.worded import answer_in_words
from stockcheck.assessed import Assessed
from stockcheck.exchange import contract, only_if
from stockcheck.exchange.content import Content, Item, of_open
from stockcheck.language import _
from stockcheck.report.content import questions
from stockcheck.report.content.parts import Fact


@dataclass(frozen=True)
class Asking:
    """One question of a form on paper: what is asked, what belongs to it, what is ticked and what is written."""

    id: str
    question: str
    more: tuple[Fact, ...]
    boxes: tuple[str, ...]
    to_write: tuple[str, ...]


@dataclass(frozen=True)
class Sheetful:
    """What is open of one section."""

    title: str
    asked: tuple[Asking, ...]


def title() -> str:
    """What the sheet is called."""
    return _("Still to check")


def about() -> str:
    """Its line in the contents."""
    return _("what still has to be settled: print it, or fill it in and import it")


def asked(assessed: Assessed) -> Content:
    """What the form asks, for a face that can be filled in and brought back."""
    return of_open(assessed, language.current(), remarks=questions.why_open(assessed))


def on_paper(assessed: Assessed) -> Iterator[Sheetful]:
    """The same for one that is only printed."""
    form = asked(assessed)
    for block in form.blocks:
        yield Sheetful(block.title, tuple(_asking(item, form) for item in block.items))


def _asking(item: Item, form: Content) -> Asking:
    asked = item.asked
    when = only_if.said(item.when, form.checklist) if item.when is not None else ""
    several = [option.text for option in asked.options.values()] if asked.type == "several" else []
    said = (
        (_("Standing"), "\n".join(filter(None, (when, item.remark)))),
        (_("What to look at"), item.help),
        (_("What shows it"), item.evidence),
        (_("Answer so far"), answer_in_words(asked, item.answer)),
        (_("Note so far"), item.note),
    )
    figure = asked.type in ("number", "date")
    to_write = {
        contract.by_hand(asked) if figure else _("Answer"): figure or asked.type == "text",
        _("Reason, if not applicable"): contract.may_be_set_aside(asked),
        _("Note"): item.takes_notes,
    }
    return Asking(
        asked.id if item.takes_notes else "",
        asked.text,
        tuple(Fact(label, text) for label, text in said if text),
        (*several, *contract.offered(asked)),
        tuple(label for label, wanted in to_write.items() if wanted),
    )
