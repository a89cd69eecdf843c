"""What was found and what was not looked for; the facts, what does not apply because of them; what was set aside."""

from __future__ import annotations

from stockcheck.answers.worded import answer_in_words
from stockcheck.assessed import Assessed
from stockcheck.language import _
from stockcheck.plaintext import one_line
from stockcheck.report import standing
from stockcheck.report.content.parts import Fact, Part, Sentence
from stockcheck.scoring.facts import critical_out_by_fact
from stockcheck.scoring.scope import Line


def findings_and_facts(assessed: Assessed) -> list[Part]:
    """A part each: losses and dangers; facts; critical questions out by a fact; waiting; out of scope."""
    card, state = assessed.scorecard, assessed.state
    found = standing.findings(assessed) or [_("The checklist asks about none.")]
    out = tuple(Fact(line.question.id, line.question.text) for line in critical_out_by_fact(card))
    facts = tuple(
        Fact(asked.text, answer_in_words(asked, entry.answer) if entry else _("not answered"))
        for asked in assessed.checklist.profile
        for entry in [state.profile.get(asked.id)]
    )
    parts = [
        Part("findings", _("Losses and dangers"), tuple(map(Sentence, found))),
        Part("facts", _("Facts about the depot"), facts),
        Part(
            "critical_out_by_fact",
            _("Critical questions that do not apply because of a fact"),
            out or (Sentence(_("None.")),),
        ),
    ]
    for key, heading, lines in (
        ("set_aside", _("Set aside as not applicable, waiting for a countersignature"), card.set_aside),
        ("not_applicable", _("Out of scope as not applicable"), card.not_applicable),
    ):
        if lines:
            parts.append(Part(key, heading, tuple(Fact(line.question.id, _reason(assessed, line)) for line in lines)))
    return parts


def _reason(assessed: Assessed, line: Line) -> str:
    entry = assessed.state.entries.get(line.question.id)
    why = line.answer.justification if line.answer else ""
    by = _("set aside by {name}").format(name=entry.by) if entry else ""
    review = assessed.state.accepted.get(line.question.id)
    agreed = _("countersigned by {name}").format(name=review.by) if review else ""
    # A line of the reason may not pass as one of the report's own.
    return "\n".join(part for part in (line.question.text, f"→ {one_line(why)}", by, agreed) if part)
