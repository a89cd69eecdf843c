"""What an answer did is said: the figures before and after, levels, criticals, what is asked now, and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.assessment.file import AssessmentFile, create, open_file
from stockcheck.questionnaire.effect import effect, remedy, scope
from stockcheck.questionnaire.plain import PlainQuestionnaire
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.screen.standing import StandingPanel
from stockcheck.questionnaire.session import Session
from stockcheck.scoring.scorecard import Scorecard
from tests.questionnaire.test_screen import drive, file, shown
from tests.scoring.building import ON, answers, built, control
from tests.scoring.depots import Depots

__all__ = ["file"]  # the fixture

FENCE = built(
    control("C-1", critical=True, remedy="Mend it.", within=30),
    control("C-2", weight=3),
    control("C-3", weight=3, finding="loss"),
    control("C-4", weight=2, when={"question": "C-2", "is": ["yes"]}),
    thresholds=("0.8",),
)


def after(before: dict[str, str], name: str, word: str | None) -> tuple[Scorecard, Scorecard]:
    card = Scorecard(FENCE, answers(before), {}, ON)
    now = {one: value for one, value in {**before, name: word}.items() if value is not None}
    return card, card.after(FENCE.question[name], answers(now), {})


def said(before: dict[str, str], name: str, word: str | None) -> list[str]:
    return effect(FENCE.question[name], *after(before, name, word))


def test_a_critical_control_that_falls_short_puts_its_level_out_of_reach() -> None:
    found = said({"C-2": "yes"}, "C-1", "no")
    assert found[0] == "level 1 out of reach: critical"
    assert found[1].startswith("up to 100.0 → ")
    again = said({"C-1": "no", "C-2": "yes"}, "C-1", None)
    assert "critical control not met" not in again, "nobody has looked at it"


def test_a_critical_control_that_falls_short_is_told_where_its_level_is_lost_already() -> None:
    before = {"C-1": "yes", "C-2": "no", "C-3": "no"}
    assert Scorecard(FENCE, answers(before), {}, ON).reachable == 0
    assert said(before, "C-1", "no")[0] == "critical control not met"


def test_a_critical_control_put_right_brings_its_level_within_reach_again() -> None:
    found = said({"C-1": "no", "C-2": "yes"}, "C-1", "yes")
    assert found[:2] == ["critical control met", "level 1 within reach again"]


def test_a_level_that_is_reached_or_lost_is_told() -> None:
    every = {"C-1": "yes", "C-2": "yes", "C-3": "yes"}
    assert "level 1 reached" in said(every, "C-4", "yes")
    assert "level 1 no longer reached" in said({**every, "C-4": "yes"}, "C-1", None)


def test_a_loss_found_comes_first() -> None:
    assert said({"C-2": "yes"}, "C-3", "no")[0] == "FOUND: a loss"
    assert "FOUND: a loss" not in said({"C-3": "no"}, "C-3", "no")


def test_each_end_of_the_score_is_told_that_moved() -> None:
    assert said({"C-1": "yes"}, "C-2", "partial")[-1].count("→") == 2
    only_upper = said({"C-1": "yes"}, "C-3", "no")[-1]
    assert only_upper.startswith("up to ")
    assert said({}, "C-2", "yes")[-1].startswith("score 3"), "before the first answer there was no score"
    assert said({"C-2": "yes"}, "C-2", None) == [], "and after the last was taken away there is none"


def test_when_everything_is_answered_the_score_is_one() -> None:
    every = {"C-1": "yes", "C-2": "yes", "C-3": "yes", "C-4": "yes"}
    assert said(every, "C-4", "no")[-1] == "score 100.0 → 77.8 %"


def test_questions_that_begin_or_cease_to_apply_are_told() -> None:
    assert scope(FENCE.question["C-2"], after({}, "C-2", "yes")[1]) == "1 question applies now: C-4."
    assert scope(FENCE.question["C-2"], after({"C-2": "yes"}, "C-2", "no")[1]) == (
        "1 question does not apply any more: C-4."
    )
    revived = after({"C-2": "no", "C-4": "no"}, "C-2", "yes")[1]
    assert scope(FENCE.question["C-2"], revived) == "1 answer applies again: C-4."


@pytest.mark.parametrize(("word", "shown_"), [("no", True), ("partial", True), ("yes", False), ("unknown", False)])
def test_what_to_do_is_told_of_what_falls_short(word: str, shown_: bool) -> None:
    card = Scorecard(FENCE, answers({"C-1": word}), {}, ON)
    assert bool(remedy(FENCE.question["C-1"], card)) is shown_
    if shown_:
        assert remedy(FENCE.question["C-1"], card).endswith(": Mend it.")


@pytest.mark.parametrize("seed", range(3))
def test_an_answer_that_changes_nothing_tells_nothing(seed: int) -> None:
    depots = Depots(seed)
    for _time in range(30):
        case = depots.one()
        card = case.card
        for name in case.given:
            question = case.checklist.question[name]
            same = card.after(question, answers(case.given), answers(case.profile), case.accepted)
            assert (effect(question, card, same), scope(question, same)) == ([], "")


@pytest.mark.parametrize("seed", range(3))
def test_domains_carried_along_are_those_reckoned_anew(seed: int) -> None:
    depots = Depots(seed)
    for _time in range(30):
        case = depots.one()
        empty = Scorecard(case.checklist, {}, answers(case.profile), ON)
        assert empty.domains
        so_far: dict[str, Any] = {}
        card = empty
        for name, value in case.given.items():
            so_far[name] = value
            card = card.after(case.checklist.question[name], answers(so_far), answers(case.profile))
        assert card.domains == Scorecard(case.checklist, answers(case.given), answers(case.profile), ON).domains


def test_the_message_says_what_an_answer_did_and_what_to_do(file: AssessmentFile) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("n")
        assert "Saved A-1: No" in shown(app, "#message")
        assert "level 1 out of reach: critical" in shown(app, "#message")
        assert "To do: Mend it." in shown(app, "#message")
        await pilot.press("left", "r", "p")
        assert "Mend it." not in shown(app, "#message")
        await pilot.press("left", "r", "p")
        assert "Mend it." in shown(app, "#message")

    drive(file, script, at="A-1")


def test_lines_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "d.stockcheck"
    create(path, FENCE, depot="N", marking="", on=ON, by="tester")
    heard: list[str] = []
    with open_file(path, write=True, by="tester") as opened:
        PlainQuestionnaire(Session(opened, "en"), heard.append, patient=False).run(
            [b"C-1=no\n", b"C-2=yes\n", b"C-4=no\n", b"C-2=no\n", b"C-2=yes\n"]
        )
    assert "1 answer applies again: C-4." in heard
    assert "Level 1 out of reach: critical." in heard


def test_how_it_stands_is_told_beside_the_question_where_there_is_room(file: AssessmentFile) -> None:
    async def wide(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        panel = app.query_one(StandingPanel)
        assert panel.display
        await pilot.press("n")
        told = "\n".join(str(row.render()) for row in panel.query("Static").results())
        assert "1  Basic: out of reach\n     1 critical control not met" in told
        assert "A-1 Is the fence whole?" in told

    async def narrow(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        assert not app.query_one(StandingPanel).display

    drive(file, wide, size=(140, 40), at="A-1")
    drive(file, narrow, size=(139, 40), at="A-1")


def test_unknown_is_no_remedy_to_follow() -> None:
    assert remedy(FENCE.question["C-1"], Scorecard(FENCE, {"C-1": UNKNOWN}, {}, ON)) == ""
    assert remedy(FENCE.question["C-2"], Scorecard(FENCE, {"C-2": Answer("no")}, {}, ON)) == ""
