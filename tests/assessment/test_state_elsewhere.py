"""What another program may have written into a file, and what an assessment makes of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from stockcheck.answers.fitting import not_applicable
from stockcheck.assessment.events import EVENT_KINDS
from stockcheck.assessment.folding import apply, fold
from stockcheck.assessment.state import State
from stockcheck.errors import AssessmentFileError
from tests.assessment.crafting import chained, checklist, first_event, start
from tests.assessment.test_state import OLD

# What another program may have written


def happened(*deeds: tuple[str, str, Any, str], **at_first: object) -> State:
    """What an assessment of OLD comes to in which these things were recorded, each with who did it."""
    events = [chained(None, "start", "", start(OLD.digest, **at_first))]
    for kind, subject, data, by in deeds:
        events.append(chained(events[-1], kind, subject, json.dumps(data), by=by))
    return fold(events, OLD, lambda _digest: OLD)


@pytest.mark.parametrize(("said", "is_one"), [({}, False), ({"demo": True}, True), ({"demo": 1}, False)])
def test_a_demo_is_what_says_so(said: dict[str, object], is_one: bool) -> None:
    assert happened(**said).demo is is_one


def test_no_name_of_a_depot_is_cut() -> None:
    name = "North " * 4000 + "end"
    assert happened(depot=name, marking=name).depot == name
    assert happened(depot=name, marking=name).marking == name


IMPORT = {"source": "form", "sha256": "ab" * 32, "entries": 2}


@pytest.mark.parametrize(
    "wrong", [{"source": "letter"}, {"sha256": "ab"}, {"sha256": "ab" * 33}, {"entries": "2"}, {"entries": True}]
)
def test_an_import_that_does_not_say_what_was_read_is_refused(wrong: dict[str, object]) -> None:
    happened(("import", "", IMPORT, "clerk"))
    with pytest.raises(AssessmentFileError, match="it does not say what was imported"):
        happened(("import", "", {**IMPORT, **wrong}, "clerk"))


def test_a_kind_that_nobody_knows_is_named_with_those_that_there_are() -> None:
    kinds = ", ".join(sorted(EVENT_KINDS))
    with pytest.raises(AssessmentFileError, match=f"(?s)Event 2 .*guess is not one of {kinds}"):
        happened(("guess", "Q-1", {}, "clerk"))


def test_a_workbook_is_named_by_its_hash_or_the_action_means_nothing() -> None:
    happened(("action", "Q-1", {"owner": "X", "from": "ab" * 32}, "clerk"))
    for other in ("report.xlsx", "AB" * 32, "ab" * 31, 7, None):
        with pytest.raises(AssessmentFileError, match="a workbook is named by its SHA-256"):
            happened(("action", "Q-1", {"owner": "X", "from": other}, "clerk"))


def test_an_answer_moves_to_a_question_and_to_nothing_else() -> None:
    change = {"checklist": OLD.digest, "moved": {"Q-1": 2}, "review": []}
    with pytest.raises(AssessmentFileError, match=r"\(an answer moves to a question by its id\)"):
        happened(("checklist", "", change, "clerk"))


def test_after_too_many_changes_of_checklist_a_new_assessment_is_what_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stockcheck.assessment.folding.MAX_UPGRADES", 2)
    change = ("checklist", "", {"checklist": OLD.digest, "moved": {}, "review": []}, "clerk")
    assert happened(change, change).upgrades == 2
    with pytest.raises(AssessmentFileError, match="can be changed 2 times at most") as refused:
        happened(change, change, change)
    assert "stockcheck new" in refused.value.hint


def test_an_option_that_no_checklist_has_is_no_answer_whatever_an_entry_calls_it() -> None:
    """A change of checklist that renames options to what there is not: the answer is left, and no figure breaks."""
    for renamed in ({"yes": "no"}, {"open": "nowhere"}, {"shut": "locked"}):
        state = with_answer("A-2", {"value": "open"})
        body = {
            "checklist": checklist().digest,
            "moved": {},
            "review": [],
            "options": {"A-2": renamed, "A-1": {"yes": "x"}},
        }
        apply(state, chained(first_event(), "checklist", "", json.dumps(body)), lambda _digest: checklist())
        there = state.entries.get("A-2")
        assert (there is None) == ("open" in renamed)
        assert set(state.gone) == ({"A-2"} if there is None else set())


def with_answer(name: str, data: object) -> State:
    state = State(checklist())
    apply(state, first_event(), lambda _digest: checklist())
    apply(state, chained(first_event(), "answer", name, json.dumps(data)), lambda _digest: checklist())
    return state


def test_nobody_agreed_to_an_answer_that_came_in_the_place_of_another() -> None:
    """A question's own answer went elsewhere and another's came, as no upgrade has it but a file may."""
    state = happened(
        ("answer", "Q-1", {"na": "None here"}, "Ana"),
        ("answer", "Q-2", {"na": "None there"}, "Ana"),
        ("review", "Q-2", {"accept": True}, "Ben"),
        ("checklist", "", {"checklist": OLD.digest, "moved": {"Q-1": "Q-2", "Q-2": "Q-1"}, "review": []}, "Ben"),
    )
    assert state.answers == {"Q-2": not_applicable("None here"), "Q-1": not_applicable("None there")}
    assert state.accepted == {}
