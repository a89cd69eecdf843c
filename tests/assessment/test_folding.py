"""What holds of any assessment whatever happened in it: read in two goes it is the same, nothing stands about what is
not asked, who acts on one question touches no other, and what was removed is nowhere."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stockcheck.assessment.events import Event
from stockcheck.assessment.folding import apply, fold
from stockcheck.assessment.record import broken
from stockcheck.assessment.redaction import MARK, Part, body, marked, redactions, takes_free_text, text_of, without
from stockcheck.assessment.state import State
from stockcheck.errors import AssessmentFileError
from tests.assessment.crafting import chained, start
from tests.scoring.building import built, control, options

ANY = settings(max_examples=60, deadline=None, derandomize=True)

WHERE = {"id": "where", "type": "choice", "text": "Where?", "options": {"hill": "Hill", "vale": "Vale"}}
KEY = control("Q-3", type="choice", options=options(good="1", bad="0"))
OLD = built(control("Q-1"), control("Q-2"), KEY, control("Q-4", type="text"), profile=(WHERE,))
#: Q-1 and Q-2 are one question there, an option of Q-3 is another, and there is a new one.
NEW = built(
    control("N-1", replaces=["Q-1", "Q-2"]),
    control("Q-3", type="choice", options=options(fair="1", bad="0")),
    control("Q-4", type="text"),
    control("N-2"),
    profile=({**WHERE, "options": {"hill": "Hill"}},),
)
CHECKLISTS = {one.digest: one for one in (OLD, NEW)}
QUESTIONS = sorted({*OLD.question, *NEW.question})
NAMES = ("Ana Peña", "Ben Ito", "Carla Díaz")

#: In the place of a text. Each is another in the end, so that it can be looked for.
SAID = "(said)"

ANSWERS: list[Any] = [{"value": word} for word in ("yes", "good", SAID)]
ANSWERS += [{"na": SAID}, {"na": SAID}, {"na": SAID}, {"unknown": True}, None]
ACTIONS: list[Any] = [
    {"owner": SAID, "due": "2026-06-30"},
    {"status": "waived", "until": "2026-06-30", "measure": SAID},
    {"status": "done", "verified_by": SAID, "evidence": SAID},
    {"remarks": SAID, "status": None},
    {"remarks": None, "status": "open"},
]
CHANGES: list[Any] = [
    {"checklist": NEW.digest, "moved": {"Q-1": "N-1", "Q-2": "N-1"}, "review": ["N-1"]},
    {"checklist": NEW.digest, "moved": {"Q-2": "N-1"}, "review": []},
    {"checklist": OLD.digest, "moved": {"N-1": "Q-2"}, "review": ["Q-2", "Q-3"]},
    {"checklist": OLD.digest, "moved": {}, "review": []},
    {"checklist": OLD.digest, "moved": {"Q-1": "Q-2", "Q-2": "Q-1"}, "review": []},
]
DEEDS: dict[str, tuple[list[str], list[Any]]] = {
    "answer": (QUESTIONS, ANSWERS),
    "profile": (["where"], [{"value": "hill"}, {"value": "vale"}, {"unknown": True}, None]),
    "note": (QUESTIONS, [{"text": SAID}, {"text": SAID}, {"text": ""}, {"text": " \n"}]),
    "flag": (QUESTIONS, [{"set": True}, {"set": False}]),
    "review": (QUESTIONS, [{"accept": True}, {"accept": False, "why": SAID}]),
    "action": (QUESTIONS, ACTIONS),
    "checklist": ([""], CHANGES),
    "import": ([""], [{"source": "form", "sha256": "ab" * 32, "entries": 2}]),
}
KINDS = [kind for kind, often in {"answer": 5, "review": 3, "note": 2}.items() for _turn in range(often)] + list(DEEDS)


def after(state: State, event: Event) -> State | None:
    """The state after `event`; None where that means nothing."""
    later = state.copy()
    try:
        apply(later, event, CHECKLISTS.__getitem__)
    except AssessmentFileError:
        return None
    return later


@st.composite
def assessments(draw: st.DrawFn) -> list[Event]:
    """Events that a file may hold, of every kind but a redaction."""
    events = [chained(None, "start", "", start(OLD.digest, depot="(depot)", marking="(marking)"))]
    state = folded(events)
    for kind in draw(st.lists(st.sampled_from(KINDS), min_size=8, max_size=20)):
        subjects, said = DEEDS[kind]
        if kind == "review":  # of what there is to review
            subjects = [name for name, answer in state.answers.items() if answer.status == "na"] or subjects
        subject, data, by = (draw(st.sampled_from(one)) for one in (subjects, said, NAMES))
        spelt = json.dumps(data)
        for number in range(spelt.count(SAID)):
            spelt = spelt.replace(SAID, f"(said {len(events)}.{number})", 1)
        event = chained(events[-1], kind, subject, spelt, by=by)
        if (later := after(state, event)) is not None:
            events.append(event)
            state = later
    return events


def folded(events: list[Event]) -> State:
    return fold(events, OLD, CHECKLISTS.__getitem__)


def shown(state: State) -> dict[str, str]:
    """All that the state holds beside the checklist, spelt."""
    return {one.name: repr(getattr(state, one.name)) for one in fields(State) if one.name != "checklist"}


@ANY
@given(assessments(), st.data())
def test_read_in_two_goes_it_is_the_same_and_the_first_part_stays_as_it_was(
    events: list[Event], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, len(events)))
    first, kept = folded(events[:cut]), folded(events[:cut])
    later = first.copy()
    for event in events[cut:]:
        apply(later, event, CHECKLISTS.__getitem__)
    assert later == folded(events)
    assert first == kept


def test_a_copy_shares_nothing_that_can_change() -> None:
    state = folded([chained(None, "start", "", start(OLD.digest))])
    copy = state.copy()
    assert copy == state
    shared = {one.name for one in fields(State) if getattr(copy, one.name) is getattr(state, one.name)}
    assert not {name for name in shared if isinstance(getattr(state, name), dict | set)}


@ANY
@given(assessments())
def test_nothing_stands_about_what_is_not_asked_and_nobody_is_agreed_with_who_set_nothing_aside(
    events: list[Event],
) -> None:
    state = folded(events)
    asked = state.checklist.question
    for about in (state.entries, state.notes, state.flags, state.actions):
        assert set(about) <= set(asked)
    assert set(state.profile) <= set(state.checklist.field)
    assert state.review <= set(state.entries)
    assert all(text.strip() for text in state.notes.values())
    aside = {name for name, answer in state.answers.items() if answer.status == "na"}
    assert set(state.accepted) <= aside
    assert set(state.sent_back) <= aside
    assert not set(state.accepted) & set(state.sent_back)
    assert all(state.accepted[name].by != state.entries[name].by for name in state.accepted)


@ANY
@given(assessments(), st.data())
def test_who_acts_on_one_question_touches_no_other(events: list[Event], data: st.DataObject) -> None:
    """So what two people did about two questions comes to the same in either order."""
    beside = [
        place
        for place in range(1, len(events) - 1)
        if events[place].subject != events[place + 1].subject
        and "checklist" not in (events[place].kind, events[place + 1].kind)
    ]
    assume(beside)
    place = data.draw(st.sampled_from(beside))
    other = events.copy()
    other[place], other[place + 1] = other[place + 1], other[place]
    assert folded(other) == folded(events)


@ANY
@given(assessments(), st.data())
def test_a_text_that_was_removed_is_nowhere_and_all_else_stays(events: list[Event], data: st.DataObject) -> None:
    texts = [(place, part) for place, event in enumerate(events) for part in removable(event, events)]
    place, part = data.draw(st.sampled_from(texts))
    event, bare = events[place], without(events[place], part)
    there, gone = json.loads(event.body), json.loads(bare.body)
    (secret,) = (there[key] for key in there if there[key] != gone[key])
    left = [*events[:place], bare, *events[place + 1 :]]
    left.append(chained(events[-1], "redact", event.subject, json.dumps(body(event, part)), by="clerk"))

    assert broken(left) == []
    assert marked(bare) == {part}
    assert [(one.entry, one.removed, one.by) for one in redactions(left)] == [(event.seq, part, "clerk")]
    assert secret not in "".join(one.body for one in left)
    now = folded(left)
    assert secret not in repr(now)
    assert shown(now) == {name: text.replace(secret, text_of(MARK)) for name, text in shown(folded(events)).items()}


@ANY
@given(assessments(), st.data())
def test_a_name_that_was_removed_is_nowhere_and_no_answer_changes(events: list[Event], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(events) - 1))
    for later in range(place, len(events)):  # by somebody whose name stands nowhere else
        one = events[later]
        last, by = (events[later - 1] if later else None), ("Zugzwang" if later == place else one.by)
        events[later] = chained(last, one.kind, one.subject, one.body, by=by)
    before = folded(events)
    bare = without(events[place], "name")
    left = [*events[:place], bare, *events[place + 1 :]]
    left.append(chained(events[-1], "redact", bare.subject, json.dumps(body(events[place], "name")), by="clerk"))
    now = folded(left)
    assert broken(left) == []
    assert "Zugzwang" not in repr(now)
    assert (now.answers, now.facts, now.notes, now.flags) == (before.answers, before.facts, before.notes, before.flags)
    assert (set(now.accepted), set(now.sent_back)) == (set(before.accepted), set(before.sent_back))


def removable(event: Event, events: list[Event]) -> list[Part]:
    """The parts of `event` that are texts which stand nowhere else."""
    free_text = takes_free_text(event, events, CHECKLISTS.__getitem__)
    there = json.loads(event.body) or {}
    parts: dict[str, dict[Part, str]] = {
        "start": {"depot": "depot", "marking": "marking"},
        "note": {"text": "text"},
        "review": {"text": "why"},
        "action": {"owner": "owner", "verified_by": "verified_by", "evidence": "evidence", "remarks": "remarks",
                   "measure": "measure"},
        "answer": {"text": "value" if free_text else "na"},
    }  # fmt: skip
    return [part for part, key in parts.get(event.kind, {}).items() if str(there.get(key)).startswith("(")]
