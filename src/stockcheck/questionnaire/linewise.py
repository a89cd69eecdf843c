"""A sitting line by line: what answering and reviewing have in common.

At a terminal a wrong line is asked again. From a pipe the first wrong line ends the sitting: what follows was meant
for questions that would no longer match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from stockcheck.checklist.model import ProfileField, Question
from stockcheck.errors import AnswerError, AssessmentFileError, StockcheckError
from stockcheck.language import _, ngettext
from stockcheck.plaintext import clean, one_line
from stockcheck.questionnaire.lines import text_of
from stockcheck.questionnaire.session import Session

Say = Callable[[str], None]

#: A line that is about an item by its id: ``ID=…``.
BY_ID = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*=(.*)", re.DOTALL)


def named(session: Session, name: str) -> ProfileField | Question:
    """The item that a line calls `name`. Raises `AnswerError` when there is none."""
    item = session.find(name)
    if item is None:
        hint = ""
        if any(id_ == name for _fact, id_ in session.state.left):
            hint = _("What was recorded of it is in the history: stockcheck show FILE --history")
        raise AnswerError(_("There is no question {id}.").format(id=one_line(name, limit=60)), hint)
    return item


class Leave(Exception):  # noqa: N818  # not an error: the person is done
    """The person asked to stop."""


class LineByLine:
    """Reads lines, says one thing at a time through `say`. `saved` counts what it has kept; `gap` says that a script
    had an empty line since the question asked was shown.
    """

    def __init__(self, say: Say, *, patient: bool, encoding: str = "utf-8") -> None:
        """`patient`: ask again after a wrong line, as one does with a person, instead of raising.

        `encoding`: what the lines are written in.
        """
        self.patient = patient
        self.saved = 0
        self.gap = False
        self._say = say
        self._encoding = encoding

    def say(self, text: str) -> None:
        """Say `text`, line by line. Everything that is said goes through here, and none of it steers the terminal."""
        for line in text.split("\n"):
            self._say(clean(line))

    def check_no_gap(self) -> None:
        """Raises `AnswerError` for a line without an id where an empty one came before: perhaps an answer is missing
        there, and this one is about the question after.
        """
        if self.gap:
            raise AnswerError(
                _("An empty line, or a comment, came before: which question is this about?"),
                _("Write ID= before the answer, or take that line out."),
            )

    def begin(self) -> None:
        """Before the first line. Raises `Leave` when there is nothing to do."""
        raise NotImplementedError

    def take(self, line: str) -> None:
        """Do what `line` says. Raises `StockcheckError`, and `Leave` when it says to stop."""
        raise NotImplementedError

    def end(self) -> None:
        """After the last line."""
        raise NotImplementedError

    def run(self, lines: Iterable[bytes]) -> None:
        """Go through `lines` until they end or say to stop.

        Raises `StockcheckError` naming the line, unless `patient`, for one that cannot be kept; whatever came before
        is saved. When nothing can be written any more, raises in either case.
        """
        try:
            self.begin()
        except Leave:
            lines = ()
        for number, line in enumerate(lines, start=1):
            try:
                self.take(text_of(line, self._encoding))
            except Leave:
                break
            except StockcheckError as error:
                if not self.patient:
                    raise self._at_line(number, error) from error
                if isinstance(error, AssessmentFileError):
                    raise
                self.say(str(error))
        self.end()

    def _at_line(self, number: int, error: StockcheckError) -> StockcheckError:
        """`error` with the place where it arose, and what was kept before."""
        place = _("Line {number}: {message}").format(number=number, message=error.message)
        hint = ngettext(
            "Nothing from this line on was read; {n} entry before it is saved.",
            "Nothing from this line on was read; {n} entries before it are saved.",
            self.saved,
        ).format(n=self.saved)
        kind = AssessmentFileError if isinstance(error, AssessmentFileError) else AnswerError
        return kind(place, f"{error.hint}\n{hint}".strip())
