"""A second year that begins from the first: what is carried, what of it can be confirmed, and that nothing counts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessed import begun_from, carried_from, score_file, still_to_confirm
from stockcheck.assessment.actions import Action, Change
from stockcheck.assessment.events import MAX_EVENT, Event
from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.assessment.last_year import last_year, to_confirm
from stockcheck.assessment.record import broken
from stockcheck.assessment.redaction import Part
from stockcheck.assessment.state import State
from stockcheck.assessment.upgrade import upgrade
from stockcheck.checklist.model import Checklist
from stockcheck.language import speaking
from stockcheck.scoring.comparison import compare
from stockcheck.scoring.scorecard import Scorecard
from tests.assessment.crafting import ON, checklist, read
from tests.assessment.test_redaction import holding
from tests.scoring.building import built, control, options
from tests.second_year import begin

SECRET = "Zugzwang"
CAVE = "A cave has none"


def answered(path: Path, given: dict[str, Answer], against: Checklist | None = None, *, by: str = "Ana") -> Path:
    """An assessment of `against`, the small checklist by default, with these answers."""
    create(path, against or checklist(), depot="North", marking="", on=ON, by=by)
    with open_file(path, write=True, by=by) as file:
        for name, answer in given.items():
            known = file.checklist.field if name in file.checklist.field else file.checklist.question
            file.answer(known[name], answer)
    return path


def first_year(folder: Path) -> Path:
    """One of everything."""
    path = answered(
        folder / "first",
        {
            "kinds": Answer(("arms", "rounds")),
            "A-1": Answer("no"),
            "A-2": Answer("shut"),
            "A-3": not_applicable(CAVE),
            "A-4": Answer(Decimal(3)),
            "A-5": Answer(dt.date(2026, 2, 1)),
            "A-6": Answer("Two lamps"),
            "B-1": UNKNOWN,
        },
    )
    with open_file(path, write=True, by="Cora") as file:
        file.review("A-3", True)
        file.note("A-1", "By the gate")
        file.flag("A-4", True)
        until = dt.date(2027, 1, 1)
        file.act({"A-1": {"status": "waived", "until": until, "measure": "A patrol", "owner": "Dan"}})
    return path


def waiting(state: State) -> dict[str, Answer]:
    items = [*state.checklist.profile, *state.checklist.questions]
    return {item.id: answer for item in items if (answer := to_confirm(state, item)) is not None}


def test_what_was_answered_waits_with_who_and_when_and_the_rest_stands_at_once(tmp_path: Path) -> None:
    old = first_year(tmp_path)
    was = read(old).state
    now = read(begin(old, tmp_path / "second")).state
    assert (now.entries, now.profile, now.accepted) == ({}, {}, {})
    assert waiting(now) == was.answers | was.facts
    found = last_year(now, now.checklist.question["A-3"])
    assert found is not None
    assert (found.entry, found.on, found.accepted, found.changed) == (
        was.entries["A-3"],
        ON,
        was.accepted["A-3"],
        False,
    )
    assert (now.notes, now.flags) == ({"A-1": "By the gate"}, {"A-4"})
    assert now.actions == was.actions
    assert isinstance(now.actions["A-1"], Action)
    assert now.actions["A-1"].by == "Cora"


def test_nothing_of_it_counts_until_it_is_answered(tmp_path: Path) -> None:
    old = first_year(tmp_path)
    begun, fresh = begin(old, tmp_path / "second"), tmp_path / "fresh"
    create(fresh, checklist(), depot="North", marking="", on=ON + dt.timedelta(365), by="Ben")
    one, other = score_file(begun, "en").scorecard, score_file(fresh, "en").scorecard
    assert one.lines == other.lines
    assert (one.overall, one.levels, one.gaps, one.route) == (other.overall, other.levels, other.gaps, other.route)
    assert one.untouched


def test_the_first_year_is_scored_from_the_second_years_file_alone(tmp_path: Path) -> None:
    old = first_year(tmp_path)
    whole = score_file(old, "en")
    found = begun_from(score_file(begin(old, tmp_path / "second"), "en"), "en")
    assert found is not None
    assert found.scorecard.lines == whole.scorecard.lines
    assert found.scorecard.overall == whole.scorecard.overall
    assert (found.record.head, found.record.first, found.record.entries) == (
        whole.record.head,
        whole.record.first,
        whole.record.entries,
    )
    assert (found.state.depot, found.state.on, found.state.actions) == ("North", ON, whole.state.actions)


def test_confirming_is_an_answer_by_whoever_confirms_and_aged_from_this_assessments_date(tmp_path: Path) -> None:
    path = begin(first_year(tmp_path), tmp_path / "second")
    with open_file(path, write=True, by="Eva") as file:
        for name in ("A-3", "A-5"):
            answer = to_confirm(file.state, file.checklist.question[name])
            file.answer(file.checklist.question[name], answer)
        state = file.state
    assert {name: entry.by for name, entry in state.entries.items()} == {"A-3": "Eva", "A-5": "Eva"}
    assert "A-3" not in state.accepted, "it needs a countersignature anew"
    assert waiting(state).keys().isdisjoint({"A-3", "A-5"})
    card = Scorecard(state.checklist, state.answers, state.facts, state.on, state.accepted)
    assert card.line["A-5"].credit == 0, "a year older: more than 365 days"
    assert "A-5" in {line.question.id for line in card.lines if line.is_gap}


def test_what_no_longer_fits_is_shown_and_cannot_be_confirmed(tmp_path: Path) -> None:
    was = built(control("A", type="choice", options=options(open="0", shut="1")), control("B"), control("C"))
    now = built(
        control("A", type="choice", options=options(locked="1", barred="0")),
        control("B", na=False),
        control("C", revision=2),
    )
    given = {"A": Answer("open"), "B": not_applicable(CAVE), "C": Answer("yes")}
    state = read(begin(answered(tmp_path / "a", given, was), tmp_path / "b", now)).state
    assert waiting(state) == {"C": Answer("yes")}
    for name in ("A", "B"):
        found = last_year(state, now.question[name])
        assert found is not None
        assert (found.answer, found.entry.answer) == (None, given[name])
    meant = last_year(state, now.question["C"])
    assert meant is not None
    assert meant.changed


def test_options_go_by_their_new_names(tmp_path: Path) -> None:
    was = built(control("A", type="choice", options=options(open="0", shut="1")), control("B"))
    renamed = {"ajar": {"text": "Ajar", "credit": Decimal(0), "replaces": ["open"]}, **options(shut="1")}
    now = built(control("A", type="choice", options=renamed), control("B"))
    state = read(begin(answered(tmp_path / "a", {"A": Answer("open")}, was), tmp_path / "b", now)).state
    assert waiting(state) == {"A": Answer("ajar")}
    again = {"gaping": {"text": "Gaping", "credit": Decimal(0), "replaces": ["ajar"]}, **options(shut="1")}
    with open_file(tmp_path / "b", write=True, by="Ben") as file:
        upgrade(file, built(control("A", type="choice", options=again), control("B")))
    assert waiting(read(tmp_path / "b").state) == {"A": Answer("gaping")}


@pytest.mark.parametrize(
    ("given", "place"), [({"A-5": "yes"}, "A-5"), ({"A-4": "no", "A-5": "yes"}, "A-4"), ({"A-6": "no"}, "A-4")]
)
def test_of_several_that_became_one_it_is_the_answer_that_a_comparison_takes(
    tmp_path: Path, given: dict[str, str], place: str
) -> None:
    was = built(control("A-4"), control("A-5"), control("A-6"))
    now = built(control("A-44", replaces=["A-4", "A-5"]), control("A-6"))
    old = answered(tmp_path / "a", {name: Answer(word) for name, word in given.items()}, was)
    with open_file(old, write=True, by="Ana") as file:
        for name in ("A-4", "A-5"):
            file.note(name, f"About {name}")
        file.act({"A-4": {"owner": "Dan"}, "A-5": {"owner": "Eva"}})
        file.flag("A-5", True)
    state = read(begin(old, tmp_path / "b", now)).state
    assert state.earlier is not None
    assert state.earlier.place["A-44"] == place
    before, after = (score_file(tmp_path / name, "en").scorecard for name in "ab")
    (change,) = (one for one in compare(before, after).changes if one.question.id == "A-44")
    assert change.before is not None
    assert change.before.question.id == place
    expected = Answer(given[place]) if place in given else None
    assert to_confirm(state, now.question["A-44"]) == expected
    assert sorted(state.notes["A-44"].split("\n")) == ["About A-4", "About A-5"]
    assert state.flags == {"A-44"}
    assert state.actions["A-44"].owner == ("Dan" if place == "A-4" else "Eva"), "of the one whose answer it is"


def test_what_waits_goes_where_its_question_goes_in_a_change_of_checklist(tmp_path: Path) -> None:
    old = answered(tmp_path / "a", {"A": Answer("no"), "B": Answer("yes")}, built(control("A"), control("B")))
    path = begin(old, tmp_path / "b")
    with open_file(path, write=True, by="Ben") as file:
        upgrade(file, built(control("N", replaces=["A"]), control("B")))
    state = read(path).state
    assert waiting(state) == {"N": Answer("no"), "B": Answer("yes")}
    found = last_year(state, state.checklist.question["N"])
    assert found is not None
    assert found.asked.id == "A"


def test_a_gap_knows_since_when_it_stands_over_three_years(tmp_path: Path) -> None:
    depot = built(control("A"), control("B"), control("C"))
    first = answered(tmp_path / "a", {"A": Answer("no"), "B": Answer("no"), "C": Answer("yes")}, depot)
    second = begin(first, tmp_path / "b")
    with open_file(second, write=True, by="Ben") as file:
        for name, word in (("A", "partial"), ("B", "yes"), ("C", "no")):
            file.answer(depot.question[name], Answer(word))
    assert score_file(second, "en").short_since == {"A": ON}
    third = begin(second, tmp_path / "c")
    with open_file(third, write=True, by="Ben") as file:
        for name in "ABC":
            file.answer(depot.question[name], Answer("no"))
    assert score_file(third, "en").short_since == {"A": ON, "C": ON + dt.timedelta(365)}


PARTS: list[tuple[str, Part]] = [
    ("A-1", "note"),
    ("A-1", "owner"),
    ("A-1", "measure"),
    ("A-1", "acted_by"),
    ("A-3", "text"),
    ("A-3", "answered_by"),
    ("A-3", "countersigned_by"),
    ("A-6", "text"),
]


def entry(file: AssessmentFile, subject: str) -> Event:
    (found,) = (event for event in file.history(subject) if event.kind == "carry")
    return found


@pytest.mark.parametrize(("subject", "part"), PARTS)
def test_every_text_and_every_name_that_was_carried_can_be_removed(tmp_path: Path, subject: str, part: Part) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    old = answered(
        tmp_path / "a", {"A-3": not_applicable(SECRET), "A-6": Answer(SECRET), "A-1": Answer("no")}, by=f"{SECRET} 1"
    )
    with open_file(old, write=True, by=f"{SECRET} 2") as file:
        file.review("A-3", True)
        file.note("A-1", SECRET)
        waived: Change = {"status": "waived", "until": ON, "measure": SECRET, "owner": SECRET}
        file.act({"A-1": waived})
    path = begin(old, folder / "b")
    with open_file(path, write=True, by="clerk") as file:
        before = len(entry(file, subject).body.split(SECRET))
        file.redact(entry(file, subject).seq, part)
        assert len(entry(file, subject).body.split(SECRET)) == before - 1
        assert not broken(file.events)
    found = read(path)
    assert not broken(found.events)
    if part == "text":
        assert subject not in waiting(found.state), "nobody confirms what cannot be read"


def test_all_of_it_removed_the_words_are_in_no_byte_and_the_file_opens(tmp_path: Path) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    path = begin(answered(tmp_path / "a", {"A-3": not_applicable(SECRET)}, by=SECRET), folder / "b")
    with open_file(path, write=True, by="clerk") as file:
        for part in ("text", "answered_by"):
            file.redact(entry(file, "A-3").seq, part)
    assert holding(folder, SECRET) == []
    with speaking("es"):
        assert last_year(read(path).state, checklist().question["A-3"]).entry.by == "[nombre suprimido]"


def test_the_depot_of_both_goes_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    old = tmp_path / "a"
    create(old, checklist(), depot=SECRET, marking="", on=ON, by="Ana")
    found = score_file(old, "en")
    create(
        folder / "b", checklist(), depot=SECRET, marking="", on=ON, by="Ben", carried=carried_from(found, checklist())
    )
    with open_file(folder / "b", write=True, by="clerk") as file:
        file.redact(1, "depot")
    assert holding(folder, SECRET) == []
    state = read(folder / "b").state
    assert state.earlier is not None
    assert (state.depot, state.earlier.state.depot) == ("[removed]", "[removed]")


def test_what_was_removed_from_the_first_year_does_not_come_back_and_breaks_nothing(tmp_path: Path) -> None:
    old = first_year(tmp_path)
    with open_file(old, write=True, by="clerk") as file:
        for event in list(file.events):
            parts: dict[str, list[Part]] = {
                "note": ["text", "name"],
                "action": ["measure", "owner", "name"],
                "review": ["name"],
                "start": ["depot"],
            }
            wanted = parts.get(event.kind, ["name"] if event.subject == "A-1" else [])
            if event.subject in ("A-3", "A-6") and event.kind == "answer":
                wanted = ["text", "name"]
            for part in wanted:
                file.redact(event.seq, part)
    whole = score_file(old, "en")
    path = begin(old, tmp_path / "second")
    found = read(path)
    assert not broken(found.events)
    assert found.state.notes == {}
    assert waiting(found.state).keys() == {"kinds", "A-1", "A-2", "A-4", "A-5", "B-1"}
    assert all(CAVE not in event.body and "Ana" not in event.body for event in found.events if event.subject == "A-3")
    earlier = begun_from(score_file(path, "en"), "en")
    assert earlier is not None
    assert earlier.scorecard.overall == whole.scorecard.overall
    assert earlier.state.entries["A-3"].nameless
    assert earlier.state.depot == "[removed]"


def test_a_long_note_comes_whole_in_as_many_entries_as_it_takes(tmp_path: Path) -> None:
    old = answered(tmp_path / "a", {"A-1": Answer("no")})
    note = ('"quoted"\n' * 30_000)[:180_000].strip()
    with open_file(old, write=True, by="Ana") as file:
        file.note("A-1", note, most=MAX_EVENT)
    found = read(begin(old, tmp_path / "b"))
    assert found.state.notes == {"A-1": note}
    assert sum(event.kind == "carry" for event in found.events) > 2


def test_the_first_year_is_not_changed_and_every_older_format_can_be_begun_from(tmp_path: Path) -> None:
    for fixture in sorted((Path(__file__).parent / "fixtures").glob("*.stockcheck")):
        old = tmp_path / fixture.name
        old.write_bytes(fixture.read_bytes())
        old.chmod(0o400)
        on = read(old).state.on
        state = read(begin(old, tmp_path / f"new-{fixture.name}", on=on + dt.timedelta(400))).state
        assert old.read_bytes() == fixture.read_bytes()
        assert waiting(state).keys() <= {*state.checklist.field, *state.checklist.question}
        assert waiting(state)


def test_still_to_confirm_are_those_that_can_be_answered_now(tmp_path: Path) -> None:
    path = begin(first_year(tmp_path), tmp_path / "second")
    found = score_file(path, "en")
    assert [item.id for item, _answer in still_to_confirm(found)] == ["kinds", "A-1", "A-3", "A-4", "A-5", "A-6"], (
        "A-2 and B-1 wait for what they hang on"
    )
