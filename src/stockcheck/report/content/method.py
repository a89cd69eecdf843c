"""How the figures are made, in plain words, and what they are measured against."""

from __future__ import annotations

from stockcheck import figures
from stockcheck.assessed import Assessed
from stockcheck.checklist.glossary import in_order
from stockcheck.checklist.model import Checklist
from stockcheck.checklist.words import as_fraction
from stockcheck.language import _
from stockcheck.report import differences, wording
from stockcheck.report.content import orders
from stockcheck.report.content.parts import Fact, Part, Sentence, none
from stockcheck.report.content.results import named
from stockcheck.scoring.gaps import PRIORITY_OF, Rule
from stockcheck.scoring.rules import VERSION_1


def method(assessed: Assessed) -> list[Part]:
    """A part each: how it is reckoned; the levels, if there are any; the priorities; what it is measured against."""
    rules, levels = assessed.scorecard.rules, assessed.checklist.levels
    version = _("Scored by the rules of version {version}").format(version=rules.version) + "."
    parts = [Part("reckoning", "", tuple(map(Sentence, (version, *_paragraphs(assessed)))))]
    if levels:
        thresholds = (
            Fact(named(level), _("threshold {share}").format(share=figures.threshold(as_fraction(level.threshold))))
            for level in levels
        )
        parts.append(Part("levels", _("Levels"), (Sentence(wording.whose_levels(assessed.checklist)), *thresholds)))
    priorities = (Fact(wording.priority(PRIORITY_OF[rule]), wording.rule(rule, levels=bool(levels))) for rule in Rule)
    parts.append(Part("priorities", _("Priorities: the first rule that applies"), tuple(priorities)))
    origin = assessed.provenance
    checklist = f"{assessed.checklist.title}, {origin.version}\n{origin.statement}\nSHA-256 {origin.digest}"
    standards = (
        Fact(name, f"{standard.title}. {standard.edition}" if standard.edition else standard.title)
        for name, standard in assessed.checklist.standards.items()
    )
    parts.append(Part("measured_against", _("Measured against"), (Fact(_("Checklist"), checklist), *standards)))
    return [*parts, *_annex(assessed.checklist), *words(assessed), *_glossary(assessed.checklist)]


def title() -> str:
    """What the sheet is called."""
    return _("Method and words")


def about() -> str:
    """Its line in the contents."""
    return _("how the figures are made, what each answer is worth, and against what")


def words(assessed: Assessed) -> list[Part]:
    """What each answer is worth, where it is not yes, partial and no."""
    usual = Sentence(_("Yes is worth all of a question’s weight, partial half of it, no nothing; elsewhere:"))
    scales = [
        Fact(question.id, scale) for question in assessed.checklist.questions if (scale := orders.scale(question))
    ]
    return [Part("scales", _("What each answer is worth"), (usual, *(scales or (Sentence(none()),))))]


def _annex(checklist: Checklist) -> list[Part]:
    """How a national annex differs from what it extends, question by question; no part for any other checklist."""
    if checklist.annex is None:
        return []
    said = (differences.changed, differences.dropped, differences.added)
    facts = (Fact(label, text) for told in said for label, text in told(checklist))
    extends = Fact(_("Extends"), differences.extends(checklist.annex))
    return [Part("annex", _("What the national annex changes"), (extends, *facts))]


def _glossary(checklist: Checklist) -> list[Part]:
    """The terms of art that the checklist uses, in alphabetical order; no part where it explains none."""
    terms = tuple(Fact(term.term, term.text) for term in in_order(checklist.glossary))
    return [Part("glossary", _("Words that the checklist uses"), terms)] if terms else []


def _paragraphs(assessed: Assessed) -> list[str]:
    first = assessed.scorecard.rules is VERSION_1
    levels = bool(assessed.checklist.levels)
    said = [
        _(
            "Each question has a weight from 1 to 5. An answer earns a credit from nothing to full. The score of any "
            "set of questions is weight times credit, summed, divided by the sum of the weights. Sections are not "
            "averaged: every score is reckoned from its questions."
        ),
        _of_version_1_scope() if first else _scope(),
        _(
            "Losses and dangers found come before any figure, for no score outweighs them. One that nobody has looked "
            "for is not checked; it is not absent."
        ),
    ]
    if levels:
        said.append(_of_version_1_levels() if first else _levels())
        said.append(
            _(
                "The route to the next level is the set of controls with the least total effort that makes the level "
                "hold. Effort 1 is an order or a day’s work, 2 weeks or some money, 3 construction, procurement or "
                "staff. The route is reckoned with today’s scope: a changed answer may open new questions."
            )
        )
    return [
        *said,
        _(
            "Every entry in the file bears the hash of the one before, and the code on the first page is how the last "
            "one begins. That shows an accident or a careless edit. It does not show who wrote the entries, nor a "
            "history that somebody has written anew: for that, compare the code with one noted elsewhere by "
            "“stockcheck verify --against”."
        ),
        _(
            "Figures are exact and are rounded, half up, only where they are shown. One that is not nothing, not "
            "everything and not the threshold it stands beside has as many decimals as it takes to differ."
        ),
    ]


def _scope() -> str:
    return _(
        "Open questions, whether unanswered, unknown or set aside, count as nothing in the score and as full in “up "
        "to”. Unknown is also a gap: nobody can vouch for the control. A question set aside as not applicable stays "
        "open until somebody of another name has countersigned it; then it counts nowhere. A name is only a name. What "
        "is part of a control falls short with it."
    )


def _of_version_1_scope() -> str:
    return _(
        "Open questions, whether unanswered or unknown, count as nothing in the score and as full in “up to”. "
        "Unknown is also a gap: nobody can vouch for the control. Questions that do not apply count nowhere."
    )


def _levels() -> str:
    return _(
        "Each level stands on its own questions. It holds when the level below holds and, of its questions, (a) the "
        "score reaches the threshold, (b) no domain lies more than 20 points below it, (c) every critical control "
        "reaches its floor, and (d) no control of weight 5 is wholly absent. An open question counts as nothing in all "
        "four. The level achieved is the highest that holds and has a question that applies."
    )


def _of_version_1_levels() -> str:
    return _(
        "A level holds when the score of all questions up to it reaches its threshold and every critical control "
        "among them is fully met. The level achieved is the highest that holds with all below it."
    )
