"""The rows of a form that somebody has filled in, as answers, reasons and notes; or why not, by cell.

Nothing is guessed, and nothing that was written is passed over: what cannot be understood is refused where it stands.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from stockcheck.answers.answer import Answer
from stockcheck.answers.fitting import fitting
from stockcheck.answers.keeping import kept
from stockcheck.answers.typed import read_answer
from stockcheck.checklist.model import Asked, ProfileField
from stockcheck.errors import AnswerError
from stockcheck.exchange import contract
from stockcheck.language import _, speaking
from stockcheck.language.typed import meaning
from stockcheck.language.typed import reason as reason_in
from stockcheck.plaintext import folded, one_line, whole

#: The most characters of a cell that a refusal quotes.
_QUOTED = 60


@dataclass(frozen=True)
class Cell:
    """One cell as it was read. `place` is what a person finds it by; `percent`: it shows a percentage."""

    place: str
    value: str | bool | int | float | Decimal | dt.date | None = None
    formula: bool = False
    percent: bool = False

    @property
    def text(self) -> str:
        """What it says as text; empty where nothing is written."""
        match self.value:
            case None:
                return ""
            case bool():
                return str(self.value).upper()
            case float() if self.value.is_integer():
                return f"{self.value:.0f}"
            case dt.datetime():
                return self.value.date().isoformat()
            case dt.date():
                return self.value.isoformat()
        return whole(str(self.value)).strip()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it: white space is nothing."""
        return not self.formula and not self.text


@dataclass(frozen=True)
class Row:
    """One row of a form: the key in it, and its cells."""

    key: str
    answer: Cell
    reason: Cell
    note: Cell

    @property
    def written(self) -> list[Cell]:
        """The cells in which something is written."""
        return [cell for cell in (self.answer, self.reason, self.note) if not cell.is_empty]


@dataclass(frozen=True)
class Given:
    """What a form has of one fact or question. Without an answer, or a note, that cell was empty.

    `place` and `note_place` are the cells of both.
    """

    key: str
    answer: Answer | None
    note: str
    place: str
    note_place: str


@dataclass(frozen=True)
class Refusal:
    """A cell that cannot be understood, and why. `key` is that of the question or fact, where there is one."""

    place: str
    why: str
    key: str = ""


@dataclass(frozen=True)
class Filled:
    """What a form has, in its order. A question that is refused is not among those given."""

    given: tuple[Given, ...]
    refusals: tuple[Refusal, ...]


class _RefusedError(Exception):
    def __init__(self, cell: Cell, why: str) -> None:
        super().__init__(why)
        self.cell, self.why = cell, why


def read(
    rows: Iterable[Row],
    asked: Mapping[str, Asked],
    on: dt.date,
    language: str,
    before: Mapping[str, Answer] | None = None,
) -> Filled:
    """What `rows` say, of a form in `language` of the questions `asked`, for an assessment on the date `on`.

    `before` are the answers that stood in it when it was made, by key: what of one is left behind beside a new answer,
    a reason or an "unknown", means nothing.
    """
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    refusals: list[Refusal] = []
    for row in rows:
        if not row.key and row.written:
            refusals.append(
                Refusal(row.written[0].place, _("This row belongs to no question: its hidden key is gone."))
            )
        elif row.key:
            name, option = contract.split(row.key)
            found[name][option].append(row)
    reader = _Reader(on, language, before or {})
    given = []
    for name, rows_of in found.items():
        every = [row for same in rows_of.values() for row in same]
        written = [cell for row in every for cell in row.written]
        if not written:
            continue
        try:
            _check_keys(name, rows_of, asked.get(name), written[0])
            if (
                one := reader.given(name, asked[name], {option: same[0] for option, same in rows_of.items()})
            ) is not None:
                given.append(one)
        except _RefusedError as refused:
            refusals.append(Refusal(refused.cell.place, refused.why, name))
    return Filled(tuple(given), tuple(refusals))


def _check_keys(name: str, rows: Mapping[str, list[Row]], asked: Asked | None, first: Cell) -> None:
    options = set(rows) - {""}
    if asked is None or (options and (asked.type != "several" or options - asked.options.keys())):
        raise _RefusedError(first, _("The checklist has no such question or option: {key}.").format(key=_short(name)))
    for same in rows.values():
        if len(same) > 1:
            places = ", ".join(row.answer.place for row in same)
            raise _RefusedError(
                first, _("{id} stands there more than once: {places}.").format(id=asked.id, places=places)
            )
    if "" not in rows:
        raise _RefusedError(first, _("{id}: the question's own row is missing.").format(id=asked.id))


class _Reader:
    """Understands cells by the words of one language, and says what is wrong in the one in use."""

    def __init__(self, on: dt.date, language: str, before: Mapping[str, Answer]) -> None:
        self._on, self._language, self._before = on, language, before
        with speaking(language):
            self._set_aside = folded(_("Not applicable"))

    def given(self, name: str, asked: Asked, rows: Mapping[str, Row]) -> Given | None:
        """What the form has of one question; None when that is nothing."""
        own = rows[""]
        for row in rows.values():
            for cell in row.written:
                if cell.formula:
                    raise _RefusedError(cell, _("A formula is no answer; write what it comes to."))
        for option, row in rows.items():
            if option and (other := [cell for cell in (row.reason, row.note) if not cell.is_empty]):
                raise _RefusedError(other[0], _("Reasons and notes stand in the question's own row."))
        with speaking(self._language):
            words = {folded(text): answer for text, answer in contract.offered(asked).items()}
        ticked = self._ticked(asked, rows)
        answer = self._answer(asked, own.answer, words)
        if ticked:
            if answer is not None and not self._stood(name, answer):
                raise _RefusedError(own.answer, _("Options are marked as well; one of the two has to go."))
            answer = Answer(ticked)
        answer = self._with_reason(name, asked, answer, own)
        if answer is not None:
            answer = self._fitting(asked, answer, own)
        note = self._note(asked, own.note)
        if answer is None and not note:
            return None
        return Given(name, answer, note, own.answer.place, own.note.place)

    def _stood(self, name: str, answer: Answer) -> bool:
        """Whether the answer cell has what stood in it beforehand; a reason is another cell's."""
        stood = self._before.get(name)
        return stood is not None and (stood == answer or stood.status == answer.status == "na")

    def _ticked(self, asked: Asked, rows: Mapping[str, Row]) -> tuple[str, ...]:
        ticked = []
        for word in asked.options if asked.type == "several" else ():
            if word not in rows or rows[word].answer.is_empty:
                continue
            cell = rows[word].answer
            with speaking(self._language):
                is_tick = contract.is_tick(cell.text)
            if not is_tick:
                raise _RefusedError(cell, self._not_offered(asked, cell, word))
            ticked.append(word)
        return tuple(ticked)

    def _answer(self, asked: Asked, cell: Cell, words: Mapping[str, Answer]) -> Answer | None:
        """The answer in a cell; that of "not applicable" still lacks its reason."""
        if cell.is_empty:
            return None
        if asked.type == "text":
            return Answer(cell.text)
        word = folded(cell.text)
        if (answer := words.get(word)) is not None:
            return answer
        if word == self._set_aside or reason_in(cell.text) == "":
            return contract.NOT_APPLICABLE  # whether it may be is said with the reason
        match asked.type:
            case "control":
                with speaking(self._language):
                    meant = meaning(word, ("yes", "partial", "no", "unknown"))
                if meant is not None and not isinstance(cell.value, bool):
                    return fitting(asked, Answer(status="unknown") if meant == "unknown" else Answer(meant), self._on)
            case "number":
                return self._number(asked, cell)
            case "date":
                return self._date(asked, cell)
        raise _RefusedError(cell, self._not_offered(asked, cell))

    def _number(self, asked: Asked, cell: Cell) -> Answer:
        if cell.percent:
            raise _RefusedError(cell, _("The cell shows a percentage; write the number itself, such as 50 for 50 %."))
        match cell.value:
            case bool():
                pass
            case int() | Decimal():
                return Answer(Decimal(cell.value))
            case float():
                return Answer(Decimal(repr(cell.value)))
            case str():
                return self._typed(asked, cell)
        raise _RefusedError(cell, self._not_offered(asked, cell))

    def _date(self, asked: Asked, cell: Cell) -> Answer:
        if isinstance(cell.value, (dt.date, str)):
            return self._typed(asked, cell)
        raise _RefusedError(cell, self._not_offered(asked, cell))

    def _typed(self, asked: Asked, cell: Cell) -> Answer:
        """What was typed as text, as the form's language reads it. "Today" is not the day of the assessment."""
        with speaking(self._language):
            is_word = meaning(cell.text) == "today" or reason_in(cell.text) is not None
        if is_word:
            raise _RefusedError(cell, self._not_offered(asked, cell))
        try:
            with speaking(self._language):
                return read_answer(asked, cell.text, self._on)
        except AnswerError:
            pass
        try:  # what lies out of bounds is told as such, and in the language in use
            read_answer(asked, cell.text, self._on)
        except AnswerError as error:
            raise _RefusedError(cell, f"{error.message} {error.hint}".strip()) from error
        raise _RefusedError(cell, self._not_offered(asked, cell))

    def _with_reason(self, name: str, asked: Asked, answer: Answer | None, row: Row) -> Answer | None:
        """`answer`, with the reason if it needs one. A reason beside any other answer would be lost."""
        if answer is not None and answer.status == "na":
            if contract.may_be_set_aside(asked) and row.reason.is_empty:
                raise _RefusedError(row.reason, _("“Not applicable” needs a justification."))
            return Answer(status="na", justification=row.reason.text or "-")
        stood = self._before.get(name)
        if not row.reason.is_empty and (stood is None or row.reason.text != whole(stood.justification).strip()):
            raise _RefusedError(
                row.reason,
                _("A reason stands here, but the answer is not “Not applicable”. Write it as a note, or choose that."),
            )
        return answer

    def _fitting(self, asked: Asked, answer: Answer, row: Row) -> Answer:
        try:
            return fitting(asked, answer, self._on)
        except AnswerError as error:
            about_reason = answer.status == "na" and contract.may_be_set_aside(asked)
            raise _RefusedError(
                row.reason if about_reason else row.answer, f"{error.message} {error.hint}".strip()
            ) from error

    def _note(self, asked: Asked, cell: Cell) -> str:
        if cell.is_empty:
            return ""
        if isinstance(asked, ProfileField):
            raise _RefusedError(cell, _("Notes and flags belong to questions; this is a fact about the depot."))
        try:
            return kept(cell.text)
        except AnswerError as error:
            raise _RefusedError(cell, error.message) from error

    def _not_offered(self, asked: Asked, cell: Cell, option: str = "") -> str:
        with speaking(self._language):
            words = list(contract.offered(asked))
        said = _("“{text}” is no answer to {id}.").format(text=_short(cell.text), id=asked.id)
        return f"{said} {contract.wanted_in_cell(asked, option, words)}"


def _short(text: str) -> str:
    return one_line(text, limit=_QUOTED)
