"""What a room is shown, in which order: the question closed, the answers, the key; names only when they are wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from stockcheck.workshop.content import Told
from stockcheck.workshop.scenario import Keyed
from stockcheck.workshop.slides import Deck, Step
from tests.workshop.small import checklist
from tests.workshop.test_figures import ROOM, room

KEY = {
    "A-1": Keyed(answer="partial", why="One stretch is weak.", mistake="Looking at the front alone."),
    "A-4": Keyed(answer="3", why="By the book."),
}


def deck(folder: Path, *, with_key: bool = True) -> Deck:
    found = room(folder, ROOM, with_key=with_key)
    return Deck(Told(found, checklist(folder), names=True, key=KEY if with_key else None))


def test_answers_are_hidden_until_they_are_shown(tmp_path: Path) -> None:
    shown = deck(tmp_path)
    assert (shown.slide.title, shown.slide.rows, shown.slide.notes) == ("A-1  Is the fence whole?", (), ())
    assert shown.slide.hint == "Yes  ·  Partial  ·  No"
    shown.forward()
    assert [(row.answer, row.count, row.right) for row in shown.slide.rows] == [
        ("Yes", 1, False),
        ("Partial", 1, False),
        ("No", 2, False),
    ]
    assert shown.slide.notes == ("Pairs that agree: 16.7 %",)
    shown.forward()
    assert [row.answer for row in shown.slide.rows if row.right] == ["Partial"]
    assert shown.slide.notes == (
        "Key: Partial",
        "One stretch is weak.",
        "Usual mistake: Looking at the front alone.",
        "Right: 1; too lenient: 1; too strict: 2",
    )


def test_forward_and_back_are_each_others_way(tmp_path: Path) -> None:
    shown = deck(tmp_path)
    there = [shown.slide]
    while not shown.closing:
        shown.forward()
        there.append(shown.slide)
    assert shown.slide.title == "What the room found"
    back = [shown.slide]
    while (shown.at, shown.step) != (0, Step.QUESTION):
        shown.back()
        back.append(shown.slide)
    assert back == there[::-1]
    shown.back()
    assert shown.slide == there[0]


def test_without_a_key_there_is_no_third_step(tmp_path: Path) -> None:
    shown = deck(tmp_path, with_key=False)
    shown.forward()
    assert not any(row.right for row in shown.slide.rows)
    shown.forward()
    assert shown.slide.title.startswith("A-2")


def test_the_most_disputed_first_and_back_in_order(tmp_path: Path) -> None:
    shown = deck(tmp_path)
    shown.forward()
    shown.most_disputed()
    assert [one.question.id for one in shown.order][:3] == ["A-1", "B-1", "A-4"]
    assert (shown.at, shown.step) == (0, Step.QUESTION)
    shown.most_disputed()
    assert [one.question.id for one in shown.order] == ["A-1", "A-2", "A-4", "B-1"]


def test_names_are_hidden_until_they_are_wanted(tmp_path: Path) -> None:
    shown = deck(tmp_path)
    shown.forward()
    assert [row.who for row in shown.slide.rows] == ["", "", ""]
    shown.names = True
    assert [row.who for row in shown.slide.rows] == ["p1", "p2", "p3, p4"]


def test_the_closing_page_counts_and_names_what_is_worth_talking_about(tmp_path: Path) -> None:
    shown = deck(tmp_path)
    shown.at = len(shown.order)
    assert shown.slide.notes[0] == "4 participants"
    assert shown.slide.notes[-1] == "Most worth talking about: A-1, B-1, A-4"


def test_what_nobody_answered_is_not_shown(tmp_path: Path) -> None:
    assert "A-5" not in [one.question.id for one in deck(tmp_path).order]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            [["A-3=locks,bars"], ["A-3=locks"], ["A-3=-"]],
            [("Locks", 2), ("Bars", 1), ("Rust seen", 0), ("None of these", 1)],
        ),
        ([[f"A-4={n}"] for n in (1, 1, 2)], [("1", 2), ("2", 1)]),
        ([[f"A-4={n}"] for n in range(20)], [*((str(n), 1) for n in range(7)), ("13 other answers", 13)]),
    ],
)
def test_several_by_option_and_many_figures_in_short(
    lines: list[list[str]], expected: list[tuple[str, int]], tmp_path: Path
) -> None:
    found = room(tmp_path, {f"p{place:02}": ["A-1=yes", *own] for place, own in enumerate(lines)}, with_key=False)
    shown = Deck(Told(found, checklist(tmp_path)))
    shown.next_question()
    shown.forward()
    assert [(row.answer, row.count) for row in shown.slide.rows] == expected
