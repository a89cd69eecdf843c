"""What a long checklist, or a long list of faults, costs: as much more as it is longer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from stockcheck.checklist import consistency, lint
from stockcheck.checklist.consistency import is_sound
from stockcheck.checklist.faults import ChecklistError
from stockcheck.checklist.loading import compose
from tests.checklist.folder import told
from tests.growth import time_ratio
from tests.scoring.building import built, control
from tests.volume import long

HEAD = """\
id: long
version: "1"
language: en
title: Long
levels: [{level: 1, title: One, threshold: 0.8}]
sections:
"""
SECTION = "title: Long\ndomain: storage\nquestions:\n"


def question(number: int, keys: str = "") -> str:
    return f"  - {{id: Q{number}, text: Is it in place{keys}}}\n"


LONG: dict[str, Callable[[int], str]] = {
    "questions": lambda n: "".join(map(question, range(n))),
    "conditions, each on the question before": lambda n: "".join(
        question(one, f", when: {{question: Q{one - 1}, is: [yes]}}" if one else "") for one in range(n)
    ),
    "ids that stand twice": lambda n: "".join(question(one % (n // 2)) for one in range(n)),
    "misspelt conditions": lambda n: "".join(
        question(one, f", when: {{question: Q{one}-x, is: [yes]}}") for one in range(n)
    ),
    "misspelt keys": lambda n: "".join(question(one, ", wieght: 3") for one in range(n)),
}


@long
@pytest.mark.parametrize("what", LONG)
def test_four_times_the_checklist_takes_some_four_times_as_long(
    tmp_path: Path, no_shipped_checklists: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr("stockcheck.checklist.loading.MAX_FAULTS", 10**9)

    def case(number: int) -> Callable[[], object]:
        head = tmp_path / str(number) / "long.yaml"
        (head.parent / "sections").mkdir(parents=True)
        head.write_text(HEAD + "  - one\n")
        (head.parent / "sections" / "one.yaml").write_text(f"id: one\n{SECTION}{LONG[what](number)}")
        return lambda: lint.faults([head])

    assert time_ratio(case(400), case(1_600), rounds=2) < 8


def test_a_checklist_of_more_than_is_ever_answered_is_refused(
    tmp_path: Path, no_shipped_checklists: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consistency, "MAX_ASKED", 3)
    profile = "profile: [{id: who, type: text, text: Who?}]\n"
    (tmp_path / "sections").mkdir()
    (tmp_path / "long.yaml").write_text(HEAD.replace("sections:", f"{profile}sections:") + "  - one\n")
    for number in (2, 3):
        (tmp_path / "sections" / "one.yaml").write_text(f"id: one\n{SECTION}{''.join(map(question, range(number)))}")
        if number == 2:
            compose(tmp_path / "long.yaml")
        else:
            with pytest.raises(ChecklistError) as caught:
                compose(tmp_path / "long.yaml")
            (fault,) = caught.value.faults
            assert told(fault) == f"{tmp_path}/long.yaml:8:3: sections: too-many-asked count=4 limit=3"
    assert is_sound(built(*(control(f"Q{one}") for one in range(3)), thresholds=("0.8",)))
    assert not is_sound(built(*(control(f"Q{one}") for one in range(4)), thresholds=("0.8",)))
