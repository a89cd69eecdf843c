"""What there is to say of a room, as content: who is in, how far it agreed, what is worth talking about.

Names are left out unless they are asked for: participants are told by number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from statistics import median

from stockcheck.checklist.model import Checklist, Question
from stockcheck.figures import percent
from stockcheck.language import _, number
from stockcheck.plaintext import one_line
from stockcheck.report.content.parts import (
    Cell,
    Column,
    Fact,
    Part,
    Sentence,
    Share,
    Table,
    Type,
    none,
    table,
)
from stockcheck.workshop.collecting import Room
from stockcheck.workshop.figures import QuestionFigures, RoomFigures
from stockcheck.workshop.scenario import Keyed
from stockcheck.workshop.tallies import said, tallies

#: How many questions worth talking about are told on the first page.
WORTH = 10


@dataclass(frozen=True)
class Told:
    """How a room is told: its figures, its checklist in the language in use, names or numbers, what the key says."""

    figures: RoomFigures
    checklist: Checklist
    names: bool = False
    key: Mapping[str, Keyed] | None = None

    def name(self, place: int) -> str:
        """What the participant at `place` is called."""
        if self.names:
            return one_line(self.figures.participants[place].name, limit=60)
        return _("Participant {n}").format(n=place + 1)

    def question(self, one: QuestionFigures) -> Question:
        """The question in the language in use."""
        return self.checklist.question[one.question.id]


def degree(alpha: Fraction | None) -> str:
    """Krippendorff's alpha as it is written: two decimals, towards disagreement, or why there is none."""
    if alpha is None:
        return _("not defined: nothing varies")
    return number(Decimal(floor(alpha * 100)).scaleb(-2), 2)  # down: 0.999 is not perfect agreement


def what_alpha_is() -> str:
    """How to read the figure."""
    return _(
        "Krippendorff's alpha over the credits of the answers: 1 is perfect agreement, 0 is what chance alone would "
        "give, below 0 people disagree by system. “Unknown” and “not applicable” have no credit and are left out."
    )


def presence(room: Room) -> Part:
    """Who is in, half done, answered nothing, unreadable."""
    half = [one for one in room.participants if one.answered < one.asked]
    facts: list[Sentence | Fact | Table] = [
        Fact(_("In"), str(len(room.participants))),
        Fact(_("Of these not finished"), str(len(half))),
        Fact(_("Answered nothing"), str(len(room.empty))),
        Fact(_("Not taken"), str(len(room.unread))),
    ]
    return Part("presence", _("Who is in"), tuple(facts))


def not_taken(room: Room) -> Table:
    """Every file that was not taken, and every answer that was passed over, with the reason."""
    columns = (Column("file", _("File")), Column("why", _("Why")))
    rows: list[list[Cell]] = [[one.path.name, one.why] for one in room.unread]
    rows += [[one.path.name, _("Nobody has answered anything in it.")] for one in room.empty]
    rows += [[one.path.name, why] for one in (*room.empty, *room.participants) for why in one.left]
    for name, paths in room.alike:
        alike = _("Called alike ({name}); each counts.").format(name=name)
        rows.append([", ".join(path.name for path in paths), alike])
    for paths in room.same:
        rows.append([", ".join(path.name for path in paths), _("The same lines; each counts.")])
    return table("not_taken", columns, rows)


def agreement(told: Told) -> Part:
    """How far the room agreed, as a whole and by section."""
    columns = (Column("section", _("Section")), Column("alpha", _("Agreement (alpha)")))
    titles = {section.id: section.title for section in told.checklist.sections}
    rows: list[list[Cell]] = [
        [titles[section.id], degree(alpha) if told.figures.paired(section) > 1 else _("not defined: one question")]
        for section, alpha in told.figures.sections
        if told.figures.paired(section)
    ]
    compared = sum(told.figures.paired(section) for section in told.checklist.sections)
    over_all = _("not defined: one question") if compared == 1 else degree(told.figures.alpha)
    whole = Fact(_("Agreement (alpha), all questions"), over_all)
    remark = Sentence(what_alpha_is(), "remark")
    return Part("agreement", _("Agreement"), (whole, remark, table("by_section", columns, rows)))


def scores(told: Told) -> Part:
    """The spread of the scores that participants came to, and of what they had right by the key."""
    found = sorted(score for score in told.figures.scores if score is not None)
    facts = [Fact(_("Scores"), _spread(found))]
    if told.key is not None:
        right = [told.figures.share_right(place) for place in range(len(told.figures.participants))]
        facts.append(
            Fact(_("Right by the key, of what was answered"), _spread(sorted(one for one in right if one is not None)))
        )
    return Part("scores", _("Scores"), tuple(facts))


def _spread(found: list[Fraction]) -> str:
    if not found:
        return _("none")
    return _("from {least} to {most}, median {median}").format(
        least=percent(found[0]), most=percent(found[-1]), median=percent(median(found))
    )


def worth(told: Told, most: int | None = WORTH, *, short: bool = False) -> Part:
    """The questions worth talking about, the most first; `short`: as far as there is room for on one page."""
    found = told.figures.disputed[:most]
    columns = (
        Column("id", _("No."), Type.ID),
        Column("question", _("Question")),
        Column("spread", _("Answers")),
        Column("pairwise", _("Pairs that agree"), Type.SHARE),
        *_key_columns(told),
    )
    rows = [
        [
            *_id_and_text(told, one, short=short),
            *_answers(told, one, short=short),
            *_key(told, one, short=short),
        ]
        for one in found
    ]
    said = _("Ranked by weight times the pairs of answers that disagree")
    if told.key is not None:
        said = _("Ranked by weight times the pairs that disagree or the share that is not right, whichever is more")
    return Part("worth", _("Worth talking about"), (Sentence(f"{said}.", "remark"), table("worth", columns, rows)))


def _key_columns(told: Told) -> tuple[Column, ...]:
    if told.key is None:
        return ()
    return (
        Column("key", _("Key")),
        Column("right", _("Right"), Type.NUMBER),
        Column("lenient", _("Too lenient"), Type.NUMBER),
        Column("strict", _("Too strict"), Type.NUMBER),
    )


def _key(told: Told, one: QuestionFigures, *, short: bool = False) -> list[Cell]:
    if told.key is None:
        return []
    if one.key is None or one.key.answer is None:
        return [None, None, None, None]
    against = one.against
    counts: list[Cell] = [None] * 3 if against is None else [against.right, against.too_lenient, against.too_strict]
    words = said(told.question(one), one.key.answer)
    return [one_line(words, limit=60) if short else words, *counts]


def spread_in_words(told: Told, one: QuestionFigures, *, most: int = 100, limit: int = 120) -> str:
    """How a question was answered: each answer with its count, the most frequent first, `most` of them at most."""
    found = [tally for tally in tallies(told.question(one), one.spread) if tally.count]
    found.sort(key=lambda tally: -tally.count)
    words = [f"{tally.count} × {one_line(tally.text, limit=limit)}" for tally in found[:most]]
    return "; ".join([*words, *(["…"] if len(found) > most else [])]) or none()


def _id_and_text(told: Told, one: QuestionFigures, *, short: bool = False) -> list[Cell]:
    text = told.question(one).text
    return [one.question.id, one_line(text, limit=120) if short else text]


def _answers(told: Told, one: QuestionFigures, *, short: bool = False) -> list[Cell]:
    words = spread_in_words(told, one, most=3, limit=40) if short else spread_in_words(told, one)
    return [words, Share(one.spread.pairwise)]


def why(keyed: Keyed | None) -> str:
    """Why the key says what it says, and the mistake that is usual."""
    if keyed is None:
        return ""
    mistake = _("Usual mistake: {text}").format(text=keyed.mistake) if keyed.mistake else ""
    return "\n".join(text for text in (keyed.why, mistake) if text)


def every_question(told: Told) -> Part:
    """Question by question: for the archive."""
    columns = (
        Column("id", _("No."), Type.ID),
        Column("question", _("Question")),
        Column("answers", _("Answered"), Type.NUMBER),
        Column("spread", _("Answers")),
        Column("pairwise", _("Pairs that agree"), Type.SHARE),
        *_key_columns(told),
        *((Column("why", _("Why")),) if told.key is not None else ()),
    )
    rows: list[list[Cell]] = []
    for one in told.figures.questions:
        texts: list[Cell] = [] if told.key is None else [why(told.key.get(one.question.id)) or None]
        rows.append(
            [
                *_id_and_text(told, one),
                one.spread.answers,
                *_answers(told, one),
                *_key(told, one),
                *texts,
            ]
        )
    return Part("questions", _("Question by question"), (table("questions", columns, rows),))


def participants(told: Told) -> Part:
    """A row a participant: how much was answered, the score, what is right by the key."""
    columns = (
        Column("participant", _("Participant")),
        Column("answered", _("Answered"), Type.NUMBER),
        Column("asked", _("Asked"), Type.NUMBER),
        Column("score", _("Score"), Type.SHARE),
        *((Column("right", _("Right by the key, of what was answered"), Type.SHARE),) if told.key is not None else ()),
    )
    rows: list[list[Cell]] = []
    for place, one in enumerate(told.figures.participants):
        row: list[Cell] = [told.name(place), one.answered, one.asked, Share(told.figures.scores[place])]
        if told.key is not None:
            row.append(Share(told.figures.share_right(place)))
        rows.append(row)
    return Part("participants", _("Participants"), (table("participants", columns, rows),))


def of_participant(told: Told, place: int) -> Part:
    """What one participant answered where the room, or the key, says otherwise, and all the rest."""
    columns = (
        Column("id", _("No."), Type.ID),
        Column("question", _("Question")),
        Column("answer", _("Answer")),
        Column("room", _("Most of the room")),
        *((Column("key", _("Key")), Column("why", _("Why"))) if told.key is not None else ()),
    )
    rows: list[list[Cell]] = []
    for one in told.figures.questions:
        line, question = one.given[place], told.question(one)
        answer = _("Open") if line is None or line.answer is None else said(question, line.answer)
        modal = " / ".join(said(question, answer) for answer in one.spread.modal)
        row: list[Cell] = [one.question.id, question.text, answer, modal or None]
        if told.key is not None:
            keyed = told.key.get(one.question.id)
            given = one.key.answer if one.key is not None else None
            row += [said(question, given) if given is not None else None, why(keyed) or None]
        rows.append(row)
    return Part(f"participant_{place + 1}", told.name(place), (table(f"participant_{place + 1}", columns, rows),))
