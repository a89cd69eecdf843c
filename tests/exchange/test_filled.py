"""What is written into the cells of a form: what it means, and what is refused, where and why."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from stockcheck import language
from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.checklist.model import Asked, Checklist
from stockcheck.exchange import contract
from stockcheck.exchange.filled import Cell, Filled, Row, read
from tests.assessment.crafting import checklist
from tests.exchange.filling import ON


def asked(**more: object) -> dict[str, Asked]:
    """The questions of the small checklist; `more` changes A-4, which takes a number."""
    whole: Checklist = checklist()
    found = contract.by_key(whole)
    found["question:A-4"] = found["question:A-4"].model_copy(update=more)
    return found


def row(key: str, answer: object = None, reason: object = None, note: object = None, **cell: bool) -> Row:
    """A row as it is read; it stands in line 7."""
    values = {"E7": answer, "F7": reason, "G7": note}
    cells = [Cell(place, value, **(cell if place == "E7" else {})) for place, value in values.items()]  # type: ignore[arg-type]
    return Row(key, *cells)


def filled(*rows: Row, spoken: str = "en", before: dict[str, Answer] | None = None, **more: object) -> Filled:
    return read(rows, asked(**more), ON, spoken, before)


@pytest.mark.parametrize(
    ("key", "written", "answer"),
    [
        ("question:A-1", "Yes", Answer("yes")),
        ("question:A-1", " yES ", Answer("yes")),
        ("question:A-1", "sí", Answer("yes")),
        ("question:A-1", "Unknown", UNKNOWN),
        ("question:A-1", "?", UNKNOWN),
        ("question:A-2", "Shut", Answer("shut")),
        ("question:A-3", "None of these", Answer(())),
        ("question:A-4", 4, Answer(Decimal(4))),
        ("question:A-4", Decimal("2.5"), Answer(Decimal("2.5"))),
        ("question:A-4", "2,5", Answer(Decimal("2.5"))),
        ("question:A-4", "unknown", UNKNOWN),
        ("question:A-5", dt.date(2026, 1, 31), Answer(dt.date(2026, 1, 31))),
        ("question:A-5", dt.datetime(2026, 1, 31, 16, 30), Answer(dt.date(2026, 1, 31))),
        ("question:A-5", "2026-01-31", Answer(dt.date(2026, 1, 31))),
        ("question:A-5", "31/01/2026", Answer(dt.date(2026, 1, 31))),
        ("question:A-6", "n/a", Answer("n/a")),
        ("question:A-6", 12, Answer("12")),
        ("fact:size", 3, Answer(Decimal(3))),
    ],
)
def test_what_is_understood(key: str, written: object, answer: Answer) -> None:
    found = filled(row(key, written))
    assert (found.refusals, [one.answer for one in found.given]) == ((), [answer])


@pytest.mark.parametrize(
    ("key", "written", "why"),
    [
        ("question:A-1", "Perhaps", "“Perhaps” is no answer to A-1. One of: “Yes”, “Partial”, “No”, “Unknown”"),
        ("question:A-1", 1, "“1” is no answer to A-1"),
        ("question:A-1", True, "“TRUE” is no answer to A-1"),
        ("question:A-2", "2", "“2” is no answer to A-2"),
        ("question:A-2", "Lock", "“Lock” is no answer to A-2"),
        ("question:A-3", "Locks", "Mark what holds in the rows below"),
        ("question:A-4", "many", "“many” is not a number"),
        ("question:A-4", "1,500", "could mean two numbers"),
        ("question:A-4", dt.date(2026, 1, 2), "“2026-01-02” is no answer to A-4"),
        ("question:A-4", True, "“TRUE” is no answer to A-4"),
        ("question:A-4", "na: there is no guard", "is no answer to A-4"),
        ("question:A-5", "end of March", "“end of March” is not a date"),
        ("question:A-5", "3/4/2025", "could mean two dates"),
        ("question:A-5", "today", "“today” is no answer to A-5"),
        ("question:A-5", 46000, "“46000” is no answer to A-5"),
        ("question:A-5", dt.date(2026, 3, 2), "2026-03-02 lies after the last day of the assessment"),
        ("question:A-5", dt.date(226, 3, 2), "0226-03-02 lies before the year 1900"),
        ("question:Z-9", "Yes", "The checklist has no such question or option: question:Z-9"),
        ("question:A-1/locks", "X", "no such question or option: question:A-1"),
        ("question:A-3/gold", "X", "no such question or option: question:A-3"),
        ("fact:size", "Not applicable", "cannot be “not applicable”; leave it open instead"),
        ("", "Yes", "This row belongs to no question"),
    ],
)
def test_what_is_refused_is_named_by_its_cell(key: str, written: object, why: str) -> None:
    found = filled(row(key, written))
    assert found.given == ()
    (refusal,) = found.refusals
    assert refusal.place == "E7"
    assert why in refusal.why


def test_a_number_has_to_lie_within_its_limits() -> None:
    (refusal,) = filled(row("question:A-4", 25), maximum=Decimal(24)).refusals
    assert "25 is more than 24, the most there can be" in refusal.why


def test_a_percentage_is_not_taken_for_its_hundredth() -> None:
    (refusal,) = filled(row("question:A-4", Decimal("0.5"), percent=True)).refusals
    assert "write the number itself, such as 50 for 50 %" in refusal.why


@pytest.mark.parametrize("place", ["answer", "reason", "note"])
def test_a_formula_is_refused_in_every_cell(place: str) -> None:
    cells = {name: Cell(name, "Yes" if name == "answer" else None) for name in ("answer", "reason", "note")}
    cells[place] = Cell(place, None, formula=True)
    found = filled(Row("question:A-1", **cells))
    assert (found.given, [one.place for one in found.refusals]) == ((), [place])


def test_not_applicable_needs_its_reason() -> None:
    (refusal,) = filled(row("question:A-1", "Not applicable")).refusals
    assert (refusal.place, refusal.why) == ("F7", "“Not applicable” needs a justification.")
    (refusal,) = filled(row("question:A-1", "n/a", "…")).refusals
    assert refusal.place == "F7"
    (given,) = filled(row("question:A-1", "Not applicable", "There is no fence")).given
    assert given.answer == Answer(status="na", justification="There is no fence")


def test_not_applicable_is_refused_where_it_always_applies() -> None:
    (refusal,) = filled(row("question:A-4", "Not applicable", "No guard"), na=False).refusals
    assert (refusal.place, refusal.why) == (
        "E7",
        "A-4 cannot be “not applicable”: where it is asked, it applies. Answer it as it stands, or leave it open.",
    )


def test_a_reason_is_not_lost_beside_another_answer() -> None:
    for answer in ("Yes", None):
        (refusal,) = filled(row("question:A-1", answer, "There is no fence")).refusals
        assert (refusal.place, refusal.why[:21]) == ("F7", "A reason stands here,")
    stood = {"question:A-1": Answer(status="na", justification="There is no fence")}
    (given,) = filled(row("question:A-1", "Yes", "There is no fence"), before=stood).given
    assert given.answer == Answer("yes"), "it stood there before the answer was changed"


def test_options_are_marked_in_their_own_rows() -> None:
    marked = (
        row("question:A-3"),
        row("question:A-3/rust", "x"),
        row("question:A-3/locks", "✓"),
        row("question:A-3/bars"),
    )
    (given,) = filled(*marked).given
    assert given.answer == Answer(("locks", "rust"))
    (refusal,) = filled(row("question:A-3", "None of these"), row("question:A-3/rust", "x")).refusals
    assert "Options are marked as well" in refusal.why
    (refusal,) = filled(row("question:A-3"), row("question:A-3/rust", "No")).refusals
    assert "“No” is no answer to A-3. Write X, or leave it empty." in refusal.why
    (refusal,) = filled(row("question:A-3/rust", "x")).refusals
    assert "own row is missing" in refusal.why
    (given,) = filled(
        row("question:A-3", "Unknown"), row("question:A-3/rust", "x"), before={"question:A-3": UNKNOWN}
    ).given
    assert given.answer == Answer(("rust",)), "the “unknown” was there before"


def test_a_key_that_stands_there_twice_is_refused_if_anything_is_written() -> None:
    assert filled(row("question:A-1"), row("question:A-1")) == Filled((), ())
    (refusal,) = filled(row("question:A-1"), row("question:A-1", "Yes")).refusals
    assert "A-1 stands there more than once: E7, E7" in refusal.why


def test_empty_cells_mean_nothing() -> None:
    assert filled(row("question:A-1"), row("question:A-2", "  ", "", "\n"), row("question:Z-9"), row("")) == Filled(
        (), ()
    )


def test_notes_are_kept_whole_or_refused() -> None:
    (given,) = filled(row("question:A-1", note="By the river")).given
    assert (given.answer, given.note) == (None, "By the river")
    (refusal,) = filled(row("question:A-1", "Yes", note="x" * 20_001)).refusals
    assert (refusal.place, "at most 20000" in refusal.why) == ("G7", True)
    (refusal,) = filled(row("fact:size", 3, note="Three")).refusals
    assert refusal.place == "G7"


def test_a_form_is_read_by_its_own_language_and_refused_in_that_of_the_reader() -> None:
    (given,) = filled(row("question:A-1", "Parcial"), spoken="es").given
    assert given.answer == Answer("partial")
    (given,) = filled(row("question:A-5", "03/04/2025"), spoken="es").given
    assert given.answer == Answer(dt.date(2025, 4, 3))
    with language.speaking("es"):
        (refusal,) = filled(row("question:A-1", "Perhaps")).refusals
    assert "«Perhaps» no responde a A-1" in refusal.why
    assert "«Yes», «Partial»" in refusal.why, "what the English form offers"


def test_options_that_read_alike_are_told_apart() -> None:
    twins = checklist().question["A-2"]
    options = {word: option.model_copy(update={"text": "Unknown"}) for word, option in twins.options.items()}
    offered = contract.offered(twins.model_copy(update={"options": options}))
    assert list(offered) == [
        "Unknown (locked)", "Unknown (shut)", "Unknown (open)", "Unknown (unknown)", "Not applicable",
    ]  # fmt: skip
