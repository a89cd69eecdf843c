"""What was found and what was not looked for; the facts, what does not apply because of them; what the record shows."""

from __future__ import annotations

from stockcheck.answers.worded import answer_in_words
from stockcheck.assessed import Assessed
from stockcheck.language import _, ngettext
from stockcheck.report import sealed, standing, wording
from stockcheck.report.content.parts import Fact, Part, Sentence, none
from stockcheck.scoring.facts import critical_out_by_fact
from stockcheck.scoring.scope import Line

#: Removals from the history that are told one by one.
_REDACTIONS = 20
#: Seals that are told, the latest ones.
_SEALS = 5


def about() -> str:
    """The line of these parts in the contents."""
    return _("losses, dangers, facts, what was left out because of them, and what the record shows")


def findings_and_facts(assessed: Assessed) -> list[Part]:
    """A part each: losses and dangers; facts; critical questions out by a fact; partly met; set aside; the record."""
    card, state = assessed.scorecard, assessed.state
    found = standing.findings(assessed) or [_("The checklist asks about none.")]
    facts = tuple(
        Fact(asked.text, answer_in_words(asked, entry.answer) if entry else _("not answered"))
        for asked in assessed.checklist.profile
        for entry in [state.profile.get(asked.id)]
    )
    aside = standing.set_aside(card) or [_("No question is set aside")]
    return [
        Part("findings", _("Losses and dangers"), tuple(map(Sentence, found))),
        Part("facts", _("Facts about the depot"), facts or _none()),
        Part(
            "critical_out_by_fact",
            _("Critical questions that do not apply because of a fact"),
            _named(critical_out_by_fact(card)) or _none(),
        ),
        Part(
            "partly_met",
            _("Critical controls that are only partly met at the level reached")
            if card.levels
            else _("Critical controls that are only partly met"),
            _named(card.partly_met) or _none(),
        ),
        Part("set_aside", _("Set aside as not applicable"), tuple(map(Sentence, aside))),
        Part("record", _("History of the file"), _record(assessed)),
    ]


def _none() -> tuple[Sentence, ...]:
    return (Sentence(none()),)


def _named(lines: tuple[Line, ...]) -> tuple[Fact, ...]:
    return tuple(Fact(line.question.id, line.question.text) for line in lines)


def _record(assessed: Assessed) -> tuple[Fact | Sentence, ...]:
    record = assessed.record
    if not record.chain_holds:
        said: list[Fact | Sentence] = [Sentence(_("ENTRIES WERE CHANGED AFTER THEY WERE RECORDED"), "notice")]
    else:
        entries = ngettext("{n} entry.", "{n} entries.", record.entries).format(n=record.entries)
        said = [
            Sentence(f"{entries} {wording.what_the_chain_shows()} {wording.what_it_cannot_show()}"),
            Fact(_("Code of the record"), record.head),
        ]
    seals = (words for one in record.seals[-_SEALS:] for words in sealed.in_full(one))
    return (*said, *map(Sentence, wording.removed(record, _REDACTIONS)), *map(Sentence, seals))
