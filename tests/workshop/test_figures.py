"""The figures of a room, by hand and against the library `krippendorff`; the questions worth talking about. S-11."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from pathlib import Path

import krippendorff
import numpy as np
import pytest

from stockcheck.scoring.scorecard import Scorecard
from stockcheck.workshop import scenarios
from stockcheck.workshop.collecting import collect
from stockcheck.workshop.content import Told, agreement, every_question, of_participant, participants, worth
from stockcheck.workshop.figures import RoomFigures, figures, unanimous
from stockcheck.workshop.scenario import Key
from tests.workshop.small import ON, checklist, scenario_file

#: What four participants answer. By the key A-1 is partial, A-2 shut, A-4 three rounds (half), B-1 yes.
ROOM = {
    "p1": ["A-1=yes", "A-2=shut", "A-4=4", "B-1=yes"],
    "p2": ["A-1=partial", "A-2=shut", "A-4=?", "B-1=yes"],
    "p3": ["A-1=no", "A-4=2", "B-1=na: none is wanted"],
    "p4": ["A-1=no", "A-4=2"],
}


def room(folder: Path, said: dict[str, list[str]], *, with_key: bool = True) -> RoomFigures:
    against = checklist(folder)
    (folder / "room").mkdir(exist_ok=True)
    for name, lines in said.items():
        (folder / "room" / f"{name}.txt").write_text("\n".join(["kinds=arms,rounds", f"# {name}", *lines]))
    key: Key | None = scenarios.read(scenario_file(folder), against).key if with_key else None
    return figures(against, collect(folder / "room", against, ON).participants, key)


def test_spread_pairs_and_key_by_hand(tmp_path: Path) -> None:
    by_id = {one.question.id: one for one in room(tmp_path, ROOM).questions}
    fence, gate, rounds, plan = (by_id[name] for name in ("A-1", "A-2", "A-4", "B-1"))
    # yes, partial, no, no: one pair of six agrees. The key is partial: one right, one too lenient, two too strict.
    assert fence.spread.pairwise == Fraction(1, 6)
    assert fence.against is not None
    assert (fence.against.right, fence.against.too_lenient, fence.against.too_strict) == (1, 1, 2)
    # A-2 is not asked of p3 and p4, whose fence is not there.
    assert (gate.spread.answers, gate.spread.pairwise) == (2, 1)
    # 4, unknown, 2, 2: unknown is an answer, and has no credit. Credits 1, 1/2, 1/2; the key's is 1/2.
    assert (rounds.spread.answers, rounds.spread.pairwise) == (4, Fraction(1, 6))
    assert rounds.credits == (1, Fraction(1, 2), Fraction(1, 2))
    assert rounds.against is not None
    assert (rounds.against.right, rounds.against.too_lenient) == (2, 1)
    # yes, yes, "not applicable": an answer, whatever its reason, without credit. p4 said nothing.
    assert (plan.spread.answers, plan.spread.pairwise, plan.credits) == (3, Fraction(1, 3), (1, 1))


def test_what_is_worth_talking_about_comes_by_weight_and_disagreement(tmp_path: Path) -> None:
    found = room(tmp_path, ROOM)
    # 5 × 5/6 = 25/6; B-1: 4 × 2/3 = 8/3; A-4: 2 × 5/6 = 5/3. On A-2 both agree with each other and with the key.
    assert [(one.question.id, one.worth) for one in found.disputed] == [
        ("A-1", Fraction(25, 6)),
        ("B-1", Fraction(8, 3)),
        ("A-4", Fraction(5, 3)),
    ]


def test_a_room_that_agrees_on_what_is_wrong_has_something_to_talk_about(tmp_path: Path) -> None:
    said = {"p1": ["A-1=yes"], "p2": ["A-1=yes"]}
    assert [one.question.id for one in room(tmp_path, said).disputed] == ["A-1"]
    assert room(tmp_path, said, with_key=False).disputed == ()


def test_each_participants_share_that_is_right(tmp_path: Path) -> None:
    found = room(tmp_path, ROOM)
    # p1: A-1 wrong (5), A-2 right (3), A-4 wrong (2), B-1 right (4): 7 of 14. p2: all that has a credit: 12 of 12.
    # p3: A-1 wrong (5), A-4 right (2). p4 the same.
    shares = [found.share_right(place) for place in range(4)]
    assert shares == [Fraction(1, 2), 1, Fraction(2, 7), Fraction(2, 7)]
    assert [found.scores[place] for place in range(4)] == [one.scorecard.overall.lower for one in found.participants]


def test_one_question_alone_has_no_agreement(tmp_path: Path) -> None:
    """Of one question alone alpha is 0, whether nearly all agree or nobody: it says nothing."""
    found = room(tmp_path, ROOM)
    sections = found.checklist.sections
    assert [found.paired(section) for section in sections] == [3, 1]
    (part,) = agreement(Told(found, found.checklist)).tables
    assert [row[1] for row in part.rows][1] == "not defined: one question"


@pytest.mark.parametrize("seed", range(12))
def test_alpha_is_the_librarys(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    words = {"A-1": ["yes", "partial", "no", "?"], "A-4": ["4", "2", "1"], "B-1": ["yes", "partial", "no"]}
    said = {
        f"p{n}": [f"{name}={chance.choice(those)}" for name, those in words.items() if chance.random() < 0.85]
        for n in range(chance.randrange(2, 7))
    }
    found = room(tmp_path, said, with_key=False)
    table = [
        [math.nan if line is None or not line.is_answered or line.answer is None or line.answer.value is None
         else float(line.credit) for line in one.given]
        for one in found.questions
    ]  # fmt: skip
    data = np.array(table).T
    pairable = data[:, (~np.isnan(data)).sum(axis=0) > 1]
    if len(set(pairable[~np.isnan(pairable)])) < 2:
        assert found.alpha is None
        return
    expected = krippendorff.alpha(reliability_data=data, level_of_measurement="interval")
    assert found.alpha is not None
    assert float(found.alpha) == pytest.approx(expected, abs=1e-12)


def test_alpha_by_section_leaves_the_others_out(tmp_path: Path) -> None:
    said = {"p1": ["A-1=yes", "A-4=4", "B-1=yes"], "p2": ["A-1=yes", "A-4=1", "B-1=no"], "p3": ["B-1=no"]}
    found = room(tmp_path, said, with_key=False)
    # Section one, credits (1, 1), (1, 0): observed 2/1; over 4 values 1, 1, 1, 0 expected 6: 1 − 3 × 2 / 6 = 0.
    # Section two is one question: 1, 0, 0: observed 4/2 = 2; expected 4: 1 − 2 × 2 / 4 = 0.
    assert [value for _section, value in found.sections] == [0, 0]


def test_a_proposal_is_what_all_say_and_counts(tmp_path: Path) -> None:
    said = {"p1": ["A-1=yes", "A-4=?", "B-1=na: no"], "p2": ["A-1=yes", "A-4=?", "B-1=na: no"], "p3": ["A-1=yes"]}
    by_id = {one.question.id: one.spread for one in room(tmp_path, said).questions}
    proposed = {name: unanimous(spread) for name, spread in by_id.items()}
    assert {name for name, answer in proposed.items() if answer is not None} == {"A-1"}
    assert unanimous(room(tmp_path, said).fact("kinds")) is not None


def test_names_are_left_out_unless_they_are_asked_for(tmp_path: Path) -> None:
    found = room(tmp_path, {"Rosalind": ["A-1=yes"], "Barbara": ["A-1=no"]})
    against = checklist(tmp_path)
    for names in (False, True):
        told = Told(found, against, names)
        parts = (participants(told), worth(told), every_question(told), of_participant(told, 0))
        assert ("Rosalind" in repr(parts)) is names


def test_the_key_is_a_scorecard_of_its_own(tmp_path: Path) -> None:
    key = scenarios.read(scenario_file(tmp_path), checklist(tmp_path)).key
    again = Scorecard(checklist(tmp_path), key.answers, key.facts, key.on)
    assert key.scorecard.overall == again.overall
