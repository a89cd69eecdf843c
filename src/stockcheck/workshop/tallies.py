"""How often each answer was given, as a room reads it."""

from __future__ import annotations

from dataclasses import dataclass

from stockcheck.answers.answer import Answer
from stockcheck.answers.worded import answer_in_words
from stockcheck.checklist.model import ProfileField, Question
from stockcheck.language import _, ngettext
from stockcheck.scoring.agreement import Spread

#: How many different figures, dates or texts are told one by one.
MOST = 8


@dataclass(frozen=True)
class Tally:
    """One line of a spread: its words, how many gave it, and what counts for it: these answers, or an option ticked."""

    text: str
    count: int
    answers: frozenset[Answer] = frozenset()
    option: str = ""

    def is_given_by(self, answer: Answer) -> bool:
        """Whether `answer` is counted in this line."""
        return answer in self.answers or (bool(self.option) and self.option in answer.ticked)


def said(question: Question | ProfileField, answer: Answer) -> str:
    """An answer as a room reads it: "not applicable" without anybody's reason."""
    return _("Not applicable") if answer.status == "na" else answer_in_words(question, answer)


def tallies(question: Question, found: Spread[Answer]) -> list[Tally]:
    """The lines of a spread.

    Of a control and a choice every answer, in its own order, so that one that nobody gave is seen too; of several each
    option with how many ticked it. Then what else was said, the most frequent first, and, of many different figures,
    the rest in one line.
    """
    counts = found.counts
    lines: list[Tally] = []
    own: list[Answer] = []
    if question.type in ("control", "choice"):
        own = [Answer(word) for word in question.words]
        lines = [_line(question, answer, counts.get(answer, 0)) for answer in own]
    elif question.type == "several":
        own = [answer for answer in counts if answer.ticked]
        for word in question.words:
            ticked = sum(count for answer, count in counts.items() if word in answer.ticked)
            lines.append(Tally(question.options[word].text, ticked, option=word))
    rest = sorted((answer for answer in counts if answer not in own), key=lambda answer: -counts[answer])
    if len(rest) > MOST:
        rest, more = rest[: MOST - 1], rest[MOST - 1 :]
    else:
        more = []
    lines += [_line(question, answer, counts[answer]) for answer in rest]
    if more:
        n = len(more)
        words = ngettext("{n} other answer", "{n} other answers", n).format(n=n)
        lines.append(Tally(words, sum(counts[answer] for answer in more), frozenset(more)))
    return lines


def _line(question: Question, answer: Answer, count: int) -> Tally:
    return Tally(said(question, answer), count, frozenset((answer,)))
