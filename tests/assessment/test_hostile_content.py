"""Files with a right header, schema and hashes, and nonsense in them: refused in words, or read as mere text."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck.answers.answer import Answer
from stockcheck.assessment.events import EVENT_KINDS
from stockcheck.assessment.file import open_file
from stockcheck.assessment.folding import apply
from stockcheck.assessment.state import State
from stockcheck.errors import AssessmentFileError
from tests.assessment.crafting import AT, Found, chained, checklist, crafted, first_event, read, start

TEXT = '{"text":"x"}'


def with_event(path: Path, kind: str, subject: str, body: str, **other: str) -> Path:
    """A file with one event more than it was made with, rightly chained."""
    first = first_event()
    return crafted(path, [first, chained(first, kind, subject, body, **other)])


def change(stored: object = None, **other: object) -> str:
    """The body of a change of checklist."""
    return json.dumps({"checklist": stored or checklist().digest, "moved": {}, "review": [], **other})


MEANINGLESS: dict[str, tuple[str, str, str]] = {
    "nothing set": ("set", "", "{}"),
    "a setting that there is not": ("set", "", '{"score":"100"}'),
    "a date that is none": ("set", "", '{"on":"2026-02-30"}'),
    "no date": ("set", "", '{"on":null}'),
    "a list of settings": ("set", "", '["on"]'),
    "options that are no map": ("checklist", "", change(options=["A-2"])),
    "options of a question that are no map": ("checklist", "", change(options={"A-2": ["open"]})),
    "options called by lists": ("checklist", "", change(options={"A-2": {"open": ["shut"]}})),
    "an unknown kind": ("delete", "A-1", "null"),
    "no kind": ("", "A-1", "null"),
    "a kind in capitals": ("ANSWER", "A-1", '{"value":"yes"}'),
    "a second start": ("start", "", start(checklist().digest, on="2020-01-01")),
    "a question that there is not": ("answer", "Z-9", '{"value":"yes"}'),
    "a question in small letters": ("answer", "a-1", '{"value":"yes"}'),
    "a field that there is not": ("profile", "A-1", '{"value":"yes"}'),
    "a question that is a field": ("answer", "kinds", '{"value":["arms"]}'),
    "a note on a field": ("note", "kinds", TEXT),
    "a flag on nothing": ("flag", "", '{"set":true}'),
    "nothing taken back": ("answer", "Z-9", "null"),
    "no JSON": ("answer", "A-1", "yes"),
    "nothing": ("answer", "A-1", ""),
    "half an object": ("answer", "A-1", '{"value":"yes"'),
    "an object and more": ("answer", "A-1", '{"value":"yes"}{}'),
    "an object behind a NUL": ("answer", "A-1", '\0{"value":"yes"}'),
    "a list": ("answer", "A-1", '["yes"]'),
    "a bare text": ("answer", "A-1", '"yes"'),
    "an empty object": ("answer", "A-1", "{}"),
    "deep nesting": ("answer", "A-1", "[" * 100_000),
    "deep nesting in a note": ("note", "A-1", '{"text":' + "[" * 100_000 + "]" * 100_000 + "}"),
    "a million digits": ("answer", "A-4", '{"value":' + "9" * 200_000 + "}"),
    "a note without text": ("note", "A-1", "{}"),
    "a note that is null": ("note", "A-1", "null"),
    "a flag without a word": ("flag", "A-1", "[]"),
    "an answer that is no option": ("answer", "A-1", '{"value":"maybe"}'),
    "an option of another question": ("answer", "A-2", '{"value":"yes"}'),
    "several where one is asked": ("answer", "A-2", '{"value":["shut"]}'),
    "one where several are asked": ("answer", "A-3", '{"value":"locks"}'),
    "options that are no texts": ("answer", "A-3", '{"value":[1]}'),
    "an option that is not offered": ("answer", "A-3", '{"value":["locks","doors"]}'),
    "a number that is none": ("answer", "A-4", '{"value":"NaN"}'),
    "a number without end": ("answer", "A-4", '{"value":"Infinity"}'),
    "a number past all bounds": ("answer", "A-4", '{"value":"1e999999"}'),
    "a number with too many digits": ("answer", "A-4", '{"value":"' + "9" * 50_000 + '"}'),
    "a number that is a JSON number": ("answer", "A-4", '{"value":4}'),
    "a number that JSON does not have": ("answer", "A-4", '{"value":NaN}'),
    "digits of another script": ("answer", "A-4", '{"value":"٤"}'),
    "a date in the future": ("answer", "A-5", '{"value":"2026-03-03"}'),
    "a date that there is not": ("answer", "A-5", '{"value":"2026-02-30"}'),
    "a date with a time": ("answer", "A-5", '{"value":"2026-02-01T00:00"}'),
    "an empty text": ("answer", "A-6", '{"value":" "}'),
    "a text that is not applicable": ("answer", "A-6", '{"na":"x"}'),
    "a reason that is empty": ("answer", "A-1", '{"na":" "}'),
    "a reason that is no text": ("answer", "A-1", '{"na":true}'),
    "a fact that is not applicable": ("profile", "size", '{"na":"x"}'),
    "unknown that is not so": ("answer", "A-1", '{"unknown":false}'),
    "an action on nothing": ("action", "Z-9", '{"owner":"x"}'),
    "an action on a field": ("action", "kinds", '{"owner":"x"}'),
    "an action that is null": ("action", "A-1", "null"),
    "an action of an unknown thing": ("action", "A-1", '{"boss":"x"}'),
    "an action with a list for an owner": ("action", "A-1", '{"owner":["x"]}'),
    "an action with a status that there is not": ("action", "A-1", '{"status":"verified"}'),
    "an action with no status": ("action", "A-1", '{"status":null}'),
    "an action with a date that there is not": ("action", "A-1", '{"due":"2026-02-30"}'),
    "a waiver without end": ("action", "A-1", '{"status":"waived","measure":"x"}'),
    "a waiver without a measure": ("action", "A-1", '{"status":"waived","until":"2026-02-03"}'),
    "an action from no workbook": ("action", "A-1", '{"owner":"x","from":"plan.xlsx"}'),
    "a checklist that is not there": ("checklist", "", change("ab" * 32)),
    "a checklist with a number for a name": ("checklist", "", change(10**30)),
    "a checklist with a small number for a name": ("checklist", "", change(7)),
    "a checklist with a list for a name": ("checklist", "", change([checklist().digest])),
    "a checklist with half a character for a name": ("checklist", "", change("\ud800")),
    "a checklist with a NUL in its name": ("checklist", "", change(checklist().digest + "\0")),
    "a change without moves": ("checklist", "", json.dumps({"checklist": checklist().digest, "review": []})),
    "moves that are no object": ("checklist", "", change(moved=[1, 2])),
    "a move to a list": ("checklist", "", change(moved={"A-1": []})),
    "a review of objects": ("checklist", "", change(review=[{}])),
    "a review of nothing": ("checklist", "", change(review=None)),
}


@pytest.mark.parametrize("what", MEANINGLESS)
def test_an_event_that_means_nothing_is_named(tmp_path: Path, what: str) -> None:
    path = with_event(tmp_path / "d.stockcheck", *MEANINGLESS[what])
    with pytest.raises(AssessmentFileError, match=r"Event 2 in the file cannot be understood|cannot be read") as caught:
        read(path)
    assert len(str(caught.value)) < 500
    assert str(caught.value).replace("\n", "").isprintable()


@pytest.mark.parametrize(
    "at",
    [
        "",
        "yesterday",
        "2026-03-01",
        "2026-03-01T10:00",
        "2026-03-01T10:00:00+05:00",
        "0001-01-01T00:00+23:59",
        "9" * 999,
    ],
)
@pytest.mark.parametrize(
    ("kind", "subject", "body"),
    [
        ("answer", "A-1", '{"value":"yes"}'),
        ("answer", "A-1", "null"),
        ("note", "A-1", TEXT),
        ("checklist", "", change()),
    ],
)
def test_an_event_of_no_moment_is_named(tmp_path: Path, at: str, kind: str, subject: str, body: str) -> None:
    path = with_event(tmp_path / "d.stockcheck", kind, subject, body, at=at)
    with pytest.raises(AssessmentFileError, match="Event 2 in the file cannot be understood") as caught:
        read(path)
    assert len(str(caught.value)) < 500


BEGINNINGS: dict[str, str] = {
    "no JSON": "{",
    "a list": "[]",
    "deep nesting": "[" * 100_000,
    "nothing": "{}",
    "no checklist": '{"depot":"","marking":"","on":"2026-03-01"}',
    "a number for a checklist": start(10**30),  # type: ignore[arg-type]
    "half a character for a checklist": start("\ud800"),
    "a checklist that is not there": start("ab" * 32),
    "no depot": json.dumps({"checklist": checklist().digest, "marking": "", "on": "2026-03-01"}),
    "no date": json.dumps({"checklist": checklist().digest, "depot": "", "marking": ""}),
    "a number for a date": start(checklist().digest, on=20260301),
    "a date that there is not": start(checklist().digest, on="2026-02-30"),
}


@pytest.mark.parametrize("what", BEGINNINGS)
def test_a_beginning_that_means_nothing_is_named(tmp_path: Path, what: str) -> None:
    path = crafted(tmp_path / "d.stockcheck", [chained(None, "start", "", BEGINNINGS[what])])
    with pytest.raises(AssessmentFileError, match=r"Event 1 in the file|the checklist in it cannot be read") as caught:
        read(path)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("seq", [-1, 0, 3, 1 << 62])
def test_a_number_out_of_turn_shows_even_with_a_right_hash(tmp_path: Path, seq: int) -> None:
    first = first_event()
    forged = chained(replace(first, seq=seq - 1), "note", "A-1", TEXT)
    path = crafted(tmp_path / "d.stockcheck", [first, forged])
    if seq < first.seq:
        with pytest.raises(AssessmentFileError, match="holds no assessment"):
            read(path)
    else:
        assert read(path).broken == forged


SHOWN: dict[str, tuple[tuple[str, str, str], Callable[[State], object], object]] = {
    "escapes in a note": (
        ("note", "A-1", json.dumps({"text": "\x1b[2J\u202e\r\nx"})),
        lambda state: state.notes["A-1"],
        "␛[2J\ufffd\nx",
    ),
    "half a character": (("note", "A-1", '{"text":"\\ud800"}'), lambda state: state.notes["A-1"], "\ufffd"),
    "a list for a text": (("note", "A-1", '{"text":["x"]}'), lambda state: state.notes["A-1"], "['x']"),
    "a long note": (
        ("note", "A-1", json.dumps({"text": "x" * 100_000})),
        lambda state: len(state.notes["A-1"]),
        100_000,
    ),
    "escapes in an action": (
        ("action", "A-1", json.dumps({"owner": "\x1b[2J\n\u202ex", "remarks": "a\x00\nb"})),
        lambda state: (state.actions["A-1"].owner, state.actions["A-1"].remarks),
        ("␛[2J \ufffdx", "a␀\nb"),
    ),
    "a flag that is a text": (("flag", "A-1", '{"set":"no"}'), lambda state: state.flags, set()),
    "more than is asked for": (
        ("answer", "A-1", '{"value":"yes","more":1}'),
        lambda state: state.answers["A-1"],
        Answer("yes"),
    ),
    "an option twice": (
        ("answer", "A-3", '{"value":["rust","locks","rust"]}'),
        lambda state: state.answers["A-3"].value,
        ("locks", "rust"),
    ),
    "a formula": (("answer", "A-6", '{"value":"=1+1"}'), lambda state: state.answers["A-6"].value, "=1+1"),
    "a review of what is not there": (
        ("checklist", "", change(review=["A-1", "Z-9"], moved={"Z-9": "A-1", "A-1": "Z-8"})),
        lambda state: state.review,
        set(),
    ),
}


@pytest.mark.parametrize("what", SHOWN)
def test_what_can_be_understood_is_only_text(tmp_path: Path, what: str) -> None:
    event, look, wanted = SHOWN[what]
    found = read(with_event(tmp_path / "d.stockcheck", *event, by="\x1b]0;x\x07" + "y" * 9000))
    assert look(found.state) == wanted
    assert found.broken is None
    assert all(len(one) <= 200 and one.isprintable() for one in found.state.respondents)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None), max_size=4)
    | st.sampled_from(["yes", "locks", "2026-02-01", "1e5", "A-1", "A-3", checklist().digest, "2026-03-01"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "na", "unknown", "text", "set", "checklist", "moved", "review", "A-1", "A-2"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@st.composite
def nonsense(draw: st.DrawFn) -> tuple[str, str, str]:
    kind = draw(st.sampled_from(sorted(EVENT_KINDS)))
    subject = draw(st.sampled_from(["", "A-1", "A-2", "A-3", "A-4", "A-5", "A-6", "B-1", "kinds", "size", "Z-9"]))
    body = draw(JSON)
    if kind == "checklist" and draw(st.booleans()):
        body = {"checklist": checklist().digest, "moved": draw(JSON), "review": draw(JSON)}
    return kind, subject, json.dumps(body)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(nonsense(), min_size=1, max_size=3))
def test_any_json_in_an_event_is_understood_or_named(events: list[tuple[str, str, str]]) -> None:
    last = first_event()
    state = State(checklist())
    apply(state, last, lambda _digest: checklist())
    for event in events:
        last = chained(last, *event)
        after = state.copy()
        try:
            apply(after, last, lambda _digest: checklist())
        except AssessmentFileError:
            continue
        state = after
    # What was understood is fit to be scored: every answer belongs to a question, and fits it.
    assert state.entries.keys() <= checklist().question.keys()
    assert state.profile.keys() <= checklist().field.keys()
    assert state.notes.keys() | state.flags <= checklist().question.keys()
    assert state.review <= state.entries.keys()
    assert all(entry.at.utcoffset() is not None for entry in state.entries.values())


# The checklist that a file carries


def edited(*path: str | int, to: Any) -> str:
    """The small checklist's JSON with one value put in the place of another."""
    whole = json.loads(checklist().content)
    inside = whole
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = to
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def nested(kind: str, depth: int) -> Any:
    condition: Any = {"question": "A-1", "is": ["yes"]}
    for _turn in range(depth):
        condition = {"not": condition} if kind == "not" else {kind: [condition]}
    return condition


CONTENT = checklist().content
UNREADABLE: dict[str, str] = {
    "nothing": "",
    "no JSON": "id: depot",
    "null": "null",
    "a list": "[]",
    "an empty object": "{}",
    "deep nesting": "[" * 1_000_000,
    "deep nesting inside": CONTENT.replace('"Small depot"', "[" * 100_000 + "]" * 100_000),
    "deep conditions": edited("sections", 0, "questions", 5, "when", to=nested("not", 150)),
    "deeper conditions": edited("sections", 0, "questions", 5, "when", to=nested("all", 300)),
    "cut off": CONTENT[:-1],
    "more at the end": CONTENT + "{}",
    "a NUL at the end": CONTENT + "\0",
    "half a character": CONTENT.replace("Small depot", "\\ud800"),
    "no number": CONTENT.replace('"threshold":"0.80"', '"threshold":NaN'),
    "a number without end": CONTENT.replace('"threshold":"0.80"', '"threshold":1e999'),
    "a million digits": CONTENT.replace('"weight":5', '"weight":' + "9" * 1_000_000),
    "a million digits in a text": CONTENT.replace('"threshold":"0.80"', '"threshold":"' + "9" * 1_000_000 + '"'),
    "a million digits where text belongs": CONTENT.replace('"version":"1.0"', '"version":' + "9" * 1_000_000),
    "an unknown key": edited("more", to=1),
    "escapes": CONTENT.replace("Small depot", "\\u001b[2J"),
    "no sections": edited("sections", to=[]),
    "a level too high": edited("sections", 0, "questions", 0, "level", to=7),
    "levels out of order": edited("levels", 0, "level", to=2),
    "a question twice": edited("sections", 1, "questions", 0, "id", to="A-1"),
    "a field twice": edited("profile", 1, "id", to="kinds"),
    "a condition on what comes later": edited(
        "sections", 0, "questions", 0, "when", to={"question": "B-1", "is": ["yes"]}
    ),
    "a condition on nothing": edited("sections", 0, "when", to={"profile": "none", "is": ["x"]}),
    "a condition on itself": edited("sections", 0, "questions", 0, "when", to={"question": "A-1", "is": ["yes"]}),
    "a choice without options": edited("sections", 0, "questions", 1, "options", to={}),
    "a credit above one": edited("sections", 0, "questions", 1, "options", "shut", "credit", to="2"),
    "a reference to nothing": edited("sections", 0, "questions", 0, "references", to=["DOC 2"]),
    "an option that every question has": edited("profile", 0, "options", "unknown", to={"text": "x"}),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_stored_checklist_that_no_author_could_have_written_is_refused(tmp_path: Path, what: str) -> None:
    path = crafted(tmp_path / "d.stockcheck", content=UNREADABLE[what])
    with pytest.raises(AssessmentFileError, match=r"d\.stockcheck is damaged: the checklist in it cannot be read"):
        read(path)


def test_a_stored_checklist_that_was_changed_is_refused(tmp_path: Path) -> None:
    kinder = CONTENT.replace('"credit":"0"', '"credit":"1"')
    assert kinder != CONTENT
    path = crafted(tmp_path / "d.stockcheck", content=kinder, stored=checklist().digest)
    with pytest.raises(AssessmentFileError, match="the checklist in it cannot be read"):
        read(path)
    honest = crafted(tmp_path / "e.stockcheck", content=kinder)
    assert read(honest).state.checklist.digest != checklist().digest, "it says that it is another one"


def test_the_same_checklist_written_otherwise_is_the_same(tmp_path: Path) -> None:
    loose = json.dumps(json.loads(CONTENT), indent=1)
    path = crafted(tmp_path / "d.stockcheck", content=loose, stored=checklist().digest)
    assert read(path).state.checklist == checklist()


def test_a_checklist_that_comes_later_is_checked_like_the_first(tmp_path: Path) -> None:
    path = with_event(tmp_path / "d.stockcheck", "checklist", "", change("cd" * 32))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO checklist VALUES (?, ?)", ("cd" * 32, CONTENT))
    with pytest.raises(AssessmentFileError, match="the checklist in it cannot be read"):
        read(path)


def test_an_assessment_goes_on_where_somebody_else_left_it(tmp_path: Path) -> None:
    """What other tests craft is no different from what this program writes."""
    path = with_event(tmp_path / "d.stockcheck", "answer", "A-1", '{"value":"yes"}', at=AT)
    with open_file(path, write=True, by="second") as file:
        file.note("A-1", "Seen")
        kept = Found(file.events, file.state, None)
    assert read(path) == kept
    assert kept.state.respondents == ["tester"]
