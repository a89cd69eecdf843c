"""Countersigning, as the file keeps it: only somebody else's name lifts what was set aside. docs/scoring.md, S-3."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from stockcheck import language
from stockcheck.answers.answer import Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessment.countersigning import check_reviewer, check_rules
from stockcheck.assessment.file import create, open_file
from stockcheck.assessment.redaction import part_to_remove
from stockcheck.checklist.model import Checklist
from stockcheck.errors import AnswerError, AssessmentFileError, UsageError
from stockcheck.scoring.scorecard import Scorecard
from tests.assessment.crafting import ON, chained, crafted, read
from tests.scoring.building import built, control

DEPOT = built(control("A-1", weight=5), control("A-2"), control("A-3", na=False))
NA = not_applicable("No fence: the depot is a cave")


def ask(name: str, checklist: Checklist = DEPOT) -> Any:
    return checklist.question[name]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A depot with A-1 set aside by Ana Peña."""
    path = tmp_path / "d.stockcheck"
    create(path, DEPOT, depot="North", marking="", on=ON, by="Ana Peña")
    with open_file(path, write=True, by="Ana Peña") as file:
        file.answer(ask("A-1"), NA)
        file.answer(ask("A-2"), Answer("no"))
    return path


def score(path: Path) -> Any:
    state = read(path).state
    card = Scorecard(state.checklist, state.answers, state.facts, state.on, state.accepted)
    return card.overall.lower, card.overall.upper, card.achieved, card.reachable


def test_somebody_else_takes_it_out_of_scope_and_the_chain_holds(path: Path) -> None:
    lower, upper, _achieved, _reachable = score(path)
    with open_file(path, write=True, by="Ben Ito") as file:
        file.review("A-1", True)
        assert (file.events[-1].kind, file.events[-1].subject, file.events[-1].data) == (
            "review",
            "A-1",
            {"accept": True},
        )
        state = file.state
    found = read(path)
    assert found.state == state
    assert found.broken is None
    accepted = found.state.accepted["A-1"]
    assert (accepted.by, accepted.at) == ("Ben Ito", found.events[-1].moment)
    assert found.state.answers["A-1"] == NA, "the reason stays"
    assert (lower, upper) == (0, Fraction(6, 7)), "A-1 weighs 5 and A-3 1, both open; A-2 is a no"
    assert score(path)[:2] == (0, Fraction(1, 2)), "A-1 is out of the sum, above and below"


@pytest.mark.parametrize(
    "name",
    [
        "Ana Peña",
        "ANA PEÑA",
        "ana pena",
        "  Ana   Pen\u0303a ",
        "Ana.Peña",
        "AnaPeña",
        "Ana Peña\u200b",
        "\uff21na Peña",
    ],
)
@pytest.mark.parametrize("accept", [True, False])
def test_nobody_countersigns_their_own_however_they_write_their_name(path: Path, name: str, accept: bool) -> None:
    before = score(path)
    with open_file(path, write=True, by=name) as file:
        with pytest.raises(AnswerError, match="Nobody countersigns their own"):
            file.review("A-1", accept, "no")
        assert len(file.events) == 3
    assert score(path) == before


def test_one_person_alone_lifts_no_figure_by_not_applicable(path: Path) -> None:
    """Whatever they set aside, and by whichever spelling of their name they would agree to it."""
    before = score(path)
    for by in ("Ana Peña", "ana pena", "ANA  PEÑA"):
        with open_file(path, write=True, by=by) as file:
            file.answer(ask("A-2"), not_applicable("Also none"))
            for reviewer in ("A-1", "A-2"):
                with pytest.raises(AnswerError):
                    file.review(reviewer, True)
    lower, _upper, achieved, _reachable = score(path)
    assert (lower, achieved) <= (before[0], before[2])


def test_a_new_answer_or_reason_takes_the_countersignature_away(path: Path) -> None:
    for anew in (not_applicable("Another reason"), NA, Answer("yes"), None):
        with open_file(path, write=True, by="Ana Peña") as file:
            file.answer(ask("A-1"), NA)
        with open_file(path, write=True, by="Ben Ito") as file:
            file.review("A-1", True)
            assert set(file.state.accepted) == {"A-1"}
        with open_file(path, write=True, by="Carla Díaz") as file:
            file.answer(ask("A-1"), anew)
            assert file.state.accepted == {}
        assert read(path).state.accepted == {}


def test_sent_back_it_stays_open_with_who_and_why_until_it_is_answered_anew(path: Path) -> None:
    before = score(path)
    with open_file(path, write=True, by="Ben Ito") as file:
        file.review("A-1", False, "  There is a fence\x1b[2J at the mouth ")
    state = read(path).state
    assert (state.sent_back["A-1"].by, state.sent_back["A-1"].why) == ("Ben Ito", "There is a fence␛[2J at the mouth")
    assert state.answers["A-1"] == NA
    assert state.accepted == {}
    assert score(path) == before
    with open_file(path, write=True, by="Ana Peña") as file:
        file.answer(ask("A-1"), not_applicable("It is a hedge"))
        assert file.state.sent_back == {}


def test_who_agrees_after_all_leaves_nothing_sent_back(path: Path) -> None:
    with open_file(path, write=True, by="Ben Ito") as file:
        file.review("A-1", False, "Not seen")
        file.review("A-1", True)
        assert file.state.sent_back == {}
        assert set(file.state.accepted) == {"A-1"}


REFUSED: dict[str, tuple[Callable[[Any], None], str]] = {
    "answered": (lambda file: file.review("A-2", True), "A-2 is not set aside"),
    "unanswered": (lambda file: file.review("A-3", True), "A-3 is not set aside"),
    "without a reason": (lambda file: file.review("A-1", False, " \n."), "say why"),
    "too long a reason": (lambda file: file.review("A-1", False, "x" * 20_001), "20001 characters"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_review_leaves_no_trace(path: Path, name: str) -> None:
    attempt, words = REFUSED[name]
    with open_file(path, write=True, by="Ben Ito") as file:
        with pytest.raises(AnswerError, match=words):
            attempt(file)
        with pytest.raises(KeyError):
            file.review("Z-9", True)
    assert len(read(path).events) == 3


def test_once_countersigned_only_a_new_answer_reopens_it(path: Path) -> None:
    with open_file(path, write=True, by="Ben Ito") as file:
        file.review("A-1", True)
        for accept in (True, False):
            with pytest.raises(AnswerError, match="has been countersigned by Ben Ito already"):
                file.review("A-1", accept, "No")


def test_without_a_name_nobody_reviews(path: Path) -> None:
    for by in ("", " ", "--"):
        with open_file(path, write=True, by=by) as file, pytest.raises(AnswerError, match="gives a name"):
            file.review("A-1", True)


def test_version_1_of_the_rules_knows_no_countersigning(tmp_path: Path) -> None:
    old = built(control("A-1"), rules=1)
    create(tmp_path / "o.stockcheck", old, depot="D", marking="", on=ON, by="Ana")
    with open_file(tmp_path / "o.stockcheck", write=True, by="Ana") as file:
        file.answer(ask("A-1", old), NA)
    with (
        open_file(tmp_path / "o.stockcheck", write=True, by="Ben") as file,
        pytest.raises(AnswerError, match="version 1 of the rules"),
    ):
        file.review("A-1", True)


# What another program may have written


def forged(tmp_path: Path, *events: tuple[str, str, object, str]) -> Path:
    chain = [
        chained(
            None, "start", "", json.dumps({"checklist": DEPOT.digest, "depot": "N", "marking": "", "on": "2026-03-01"})
        )
    ]
    for kind, subject, data, by in events:
        chain.append(chained(chain[-1], kind, subject, json.dumps(data), by=by))
    return crafted(tmp_path / "f.stockcheck", chain, content=DEPOT.content)


SET_ASIDE = ("answer", "A-1", {"na": "None"}, "Ana")


@pytest.mark.parametrize(
    "events",
    [
        [("review", "A-1", {"accept": True}, "Ben")],
        [("answer", "A-1", {"value": "no"}, "Ana"), ("review", "A-1", {"accept": True}, "Ben")],
        [SET_ASIDE, ("review", "A-1", {"accept": True}, "ÁNA")],
        [SET_ASIDE, ("review", "A-1", {"accept": 1}, "Ben")],
        [SET_ASIDE, ("review", "A-1", {"accept": False}, "Ben")],
        [SET_ASIDE, ("review", "A-1", {"accept": False, "why": 3}, "Ben")],
        [SET_ASIDE, ("review", "A-1", None, "Ben")],
        [SET_ASIDE, ("review", "Z-9", {"accept": True}, "Ben")],
        [SET_ASIDE, ("review", "A-1", {"accept": True}, "Ben"), ("review", "A-1", {"accept": True}, "Ben")],
    ],
)
def test_a_review_that_means_nothing_is_refused_as_the_file_is_read(
    tmp_path: Path, events: list[tuple[str, str, object, str]]
) -> None:
    path = forged(tmp_path, *events)
    with pytest.raises(AssessmentFileError, match="cannot be understood"):
        read(path)


@pytest.mark.parametrize(
    ("before", "review", "why"),
    [
        ({"value": "no"}, {"accept": True}, "A-1 is not set aside"),
        ({"na": "None"}, {"accept": 1}, "a review accepts, or says why not"),
    ],
)
def test_it_is_told_why_a_review_means_nothing(tmp_path: Path, before: object, review: object, why: str) -> None:
    path = forged(tmp_path, ("answer", "A-1", before, "Ana"), ("review", "A-1", review, "Ben"))
    with pytest.raises(AssessmentFileError, match=rf"Event 3 .*\({why}\)"):
        read(path)


def test_it_is_told_that_somebody_countersigned_their_own(tmp_path: Path) -> None:
    path = forged(tmp_path, SET_ASIDE, ("review", "A-1", {"accept": True}, "ÁNA"))
    with pytest.raises(AssessmentFileError, match=r"\(A-1 is countersigned by who set it aside\)"):
        read(path)


# What helps


@pytest.mark.parametrize(
    ("by", "set_aside_by", "what", "helps"),
    [
        (" ", "Ana", "Whoever reviews gives a name.", "Give it with --by."),
        ("Ben", None, "A-1: the name of who set it aside has been removed", "Answer it anew first."),
        ("ana", "Ana", "Nobody countersigns their own: A-1 was set aside by Ana.", "Somebody else has to review it."),
        ("Ruiz Ana", "Ana Ruiz", "“Ruiz Ana” cannot be told from “Ana Ruiz”, who set A-1", "whose name is another"),
    ],
)
def test_who_may_not_review_is_told_why_and_what_helps(
    by: str, set_aside_by: str | None, what: str, helps: str
) -> None:
    with pytest.raises(AnswerError) as refused:
        check_reviewer("A-1", by=by, set_aside_by=set_aside_by)
    assert what in refused.value.message
    assert helps in refused.value.hint


def test_an_older_assessment_is_upgraded_before_it_is_countersigned() -> None:
    with pytest.raises(AnswerError) as refused:
        check_rules(built(control("A-1"), rules=1))
    assert "version 1 of the rules" in refused.value.message
    assert "stockcheck upgrade" in refused.value.hint
    check_rules(built(control("A-1"), rules=2))


def test_what_is_countersigned_is_reopened_by_a_new_answer_it_says(path: Path) -> None:
    with open_file(path, write=True, by="Ben Ito") as file:
        file.review("A-1", True)
        with pytest.raises(AnswerError) as refused:
            file.review("A-1", False, "No")
    assert "Only a new answer" in refused.value.hint


# Redaction


def test_who_is_called_as_a_removed_name_is_shown_is_not_everybody_whose_name_was_removed(tmp_path: Path) -> None:
    path = forged(tmp_path, ("answer", "A-1", {"na": "None"}, "[name removed]"))
    with open_file(path, write=True, by="Ben Ito") as file:
        file.review("A-1", True)
        file.redact(file.events[-1].seq, "name")
    found = read(path)
    assert found.broken is None
    assert set(found.state.accepted) == {"A-1"}


def test_why_it_was_sent_back_can_be_removed_and_the_rest_stands(path: Path) -> None:
    with open_file(path, write=True, by="Ben Ito") as file:
        file.review("A-1", False, "Colonel Zugzwang said so")
        seq = file.events[-1].seq
        assert part_to_remove(file.events[-1], free_text=False, wanted=None) == "text"
        file.redact(seq)
        assert file.state.sent_back["A-1"].why == "[removed]"
    assert b"Zugzwang" not in path.read_bytes()
    found = read(path)
    assert found.broken is None
    assert found.state.sent_back["A-1"].by == "Ben Ito"


def test_an_acceptance_has_no_text_to_remove(path: Path) -> None:
    with open_file(path, write=True, by="Ben Ito") as file:
        file.review("A-1", True)
        with pytest.raises(UsageError, match="no such text"):
            file.redact(file.events[-1].seq)


@pytest.mark.parametrize("tongue", ["en", "es"])
def test_removed_names_leave_a_countersignature_and_allow_no_new_one(path: Path, tongue: str) -> None:
    """Or whoever set it aside would have their name removed, and agree to it."""
    with open_file(path, write=True, by="Ana Peña") as file:
        file.redact(2, "name")
    with language.speaking(tongue), open_file(path, write=True, by="Ana Peña") as file:
        with pytest.raises(AnswerError):
            file.review("A-1", True)
        file.answer(ask("A-1"), NA)
    with open_file(path, write=True, by="Ben Ito") as file:
        file.review("A-1", True)
        answer, review = file.events[-2].seq, file.events[-1].seq
        file.redact(answer, "name")
        file.redact(review, "name")
    with language.speaking(tongue):
        assert set(read(path).state.accepted) == {"A-1"}
