"""A second year that begins from what there cannot be: it is refused, and nothing is written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from stockcheck.answers.answer import Answer
from stockcheck.assessed import carried_from, score_file
from stockcheck.assessment.file import create, open_file
from stockcheck.errors import AssessmentFileError
from tests.assessment.crafting import ON, alter, checklist, read
from tests.assessment.test_carrying import answered
from tests.second_year import begin


def test_a_first_year_whose_history_was_changed_is_refused(tmp_path: Path) -> None:
    old = answered(tmp_path / "a", {"A-1": Answer("no")})
    alter(old, 'UPDATE event SET body = \'{"value":"yes"}\' WHERE seq = 2')
    with pytest.raises(AssessmentFileError, match="was changed after it was recorded"):
        begin(old, tmp_path / "b")
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    ("subject", "data"),
    [
        ("A-1", {}),
        ("A-1", {"text": "no"}),
        ("Z-1", {"flag": True}),
        ("profile.kinds", {"flag": True}),
        ("profile.A-1", {"answer": {"unknown": True}, "at": "2026-03-01T10:00:00+00:00"}),
        ("A-1", {"answer": {"value": "perhaps"}, "at": "2026-03-01T10:00:00+00:00"}),
        ("A-1", {"answer": {"value": "yes"}, "at": "yesterday"}),
        ("A-1", {"answer": {"value": "yes"}, "at": "2026-03-01T10:00:00+02:00"}),
        ("A-1", {"answer": {"value": "yes"}}),
        ("A-1", {"accepted": {"at": "2026-03-01T10:00:00+00:00"}}),
        ("A-1", {"action": {"status": "waived"}}),
        ("A-1", {"since": "soon"}),
        ("A-1", {"answer": []}),
    ],
)
def test_what_an_earlier_assessment_cannot_have_said_is_refused(
    tmp_path: Path, subject: str, data: dict[str, object]
) -> None:
    path = begin(answered(tmp_path / "a", {"A-2": Answer("shut")}), tmp_path / "b")
    events = [(event.kind, event.subject, event.data) for event in read(path).events]
    with (
        open_file(path, write=True, by="Ben") as file,
        pytest.raises(AssessmentFileError, match="cannot be understood"),
    ):
        file.record_all([("carry", subject, data)])
    assert [(event.kind, event.subject, event.data) for event in read(path).events] == events
    assert json.dumps(data)


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": "abc"},
        {"head": None},
        {"entries": "3"},
        {"checklist": "0" * 64},
        {"on": "spring"},
        {"moved": {"A-1": "Z-1"}},
        {"moved": {"Z-1": "A-1"}},
        {"moved": ["A-1"]},
        {"options": {"A-2": {"shut": ["open"]}}},
        {"options": {"A-2": 1}},
    ],
)
def test_an_earlier_assessment_that_there_cannot_be_is_refused_before_a_file_is_made(
    tmp_path: Path, wrong: dict[str, object]
) -> None:
    found = score_file(answered(tmp_path / "a", {"A-2": Answer("shut")}), "en")
    what = carried_from(found, checklist())
    what = replace(what, origin=what.origin | wrong)
    with pytest.raises(AssessmentFileError, match="cannot be understood"):
        create(tmp_path / "b", checklist(), depot="North", marking="", on=ON, by="Ben", carried=what)
    assert not (tmp_path / "b").exists()
