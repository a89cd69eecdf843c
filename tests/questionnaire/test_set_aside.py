"""What is set aside, what fails with its parent, and what counts again: as both faces ask, say and count it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from stockcheck import language
from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessment.file import create, open_file
from stockcheck.errors import AnswerError
from stockcheck.questionnaire.consequences import consequence
from stockcheck.questionnaire.plain import PlainQuestionnaire
from stockcheck.questionnaire.reviewing import PlainReview
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from stockcheck.questionnaire.screen.dialogs import HelpDialog, TextDialog
from stockcheck.questionnaire.screen.review import ReviewDialog
from stockcheck.questionnaire.session import Session
from stockcheck.scoring.scope import Standing
from stockcheck.scoring.scorecard import Scorecard
from tests.questionnaire.test_screen import drive, shown
from tests.scoring.building import built, control

ON = dt.date(2026, 3, 1)
BARS = {"id": "kinds", "type": "several", "text": "What is held?", "options": {"arms": "Arms", "rounds": "Rounds"}}
WITH_FENCE = {"question": "F-1", "is": ["yes", "partial"]}
DEPOT = built(
    control("F-1", text="Is there a fence?"),
    control("F-2", text="Is it lit?", part_of="F-1", when=WITH_FENCE),
    control("F-3", text="Is it walked?", part_of="F-1", when=WITH_FENCE),
    control("G-1", text="Is there a gate?", na=False),
    control("G-2", text="Is the gate watched?", when={"question": "G-1", "is": ["yes"]}),
    profile=({**BARS, "least": 1},),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "d.stockcheck"
    create(path, DEPOT, depot="North", marking="", on=ON, by="Ana")
    return path


def sitting(path: Path, by: str = "Ana") -> Any:
    return open_file(path, write=True, by=by)


def ask(name: str) -> Any:
    return DEPOT.question.get(name) or DEPOT.field[name]


def answered_by_ana(path: Path, **answers: Answer) -> None:
    with sitting(path) as file:
        for name, answer in answers.items():
            file.answer(ask(name.replace("_", "-")), answer)


YES, NO, NA = Answer("yes"), Answer("no"), not_applicable("It is a cave")
ARMS = Answer(("arms",))


def progress(session: Session) -> tuple[int, int]:
    parts = list(session.progress())
    return sum(part.settled for part in parts), sum(part.asked for part in parts)


def test_an_assessment_is_complete_when_nothing_more_can_be_asked(path: Path) -> None:
    answered_by_ana(path, kinds=ARMS, F_1=NO, G_1=NO)
    with sitting(path) as file:
        session = Session(file, "en")
        assert [session.standing(ask(name)) for name in ("F-2", "F-3")] == [Standing.PART] * 2
        assert progress(session) == (5, 5), "the two parts fail with the fence; G-2 is out of scope"
        assert session.is_done
        session.answer(ask("F-1"), NA)
        assert session.standing(ask("F-1")) is Standing.SET_ASIDE
        session.answer(ask("G-1"), YES)
        assert session.first_open() is not None
        session.answer(ask("G-2"), NA)
        open_now = [item.id for item in session.items if session.standing(item) is Standing.UNANSWERED]
        assert open_now == []
    with sitting(path, "Ben") as file:
        session = Session(file, "en")
        session.review(ask("F-1"), True)
        session.review(ask("G-2"), True)
        assert session.is_done
        assert progress(session)[0] == progress(session)[1]
    with sitting(path) as file:
        standings = [Session(file, "en").standing(ask(name)) for name in ("F-1", "G-2")]
        assert standings == [Standing.NOT_APPLICABLE] * 2, "agreed to in an earlier sitting"


def test_it_is_said_who_has_agreed_and_who_sent_it_back(path: Path) -> None:
    answered_by_ana(path, kinds=ARMS, F_1=NA, G_1=YES, G_2=NA)
    with sitting(path, "Ben") as file:
        session = Session(file, "en")
        session.review(ask("F-1"), True)
        session.review(ask("G-2"), False, "There is a hut")
        moment = r"\d{1,2} \w+ \d{4} \d\d:\d\d UTC"
        assert re.fullmatch(f"Countersigned by Ben, {moment}\\.", session.reviewed(ask("F-1")))
        assert re.fullmatch(f"Sent back by Ben, {moment}: There is a hut", session.reviewed(ask("G-2")))
        assert session.reviewed(ask("G-1")) == session.reviewed(ask("kinds")) == ""


def test_what_was_sent_back_waits_for_an_answer_again(path: Path) -> None:
    answered_by_ana(path, kinds=ARMS, F_1=NO, G_1=YES, G_2=NA)
    with sitting(path, "Ben") as file:
        session = Session(file, "en")
        assert session.is_done
        assert progress(session) == (6, 6)
        with pytest.raises(AnswerError, match="say why"):
            session.review(ask("G-2"), False)
        session.review(ask("G-2"), False, "There is a hut")
        assert progress(session) == (5, 6)
    with sitting(path) as file:
        session = Session(file, "en")
        assert session.current.id == "G-2"
        session.answer(ask("G-2"), not_applicable("The hut is empty"))
        assert session.is_done


def test_a_sitting_counts_what_is_accepted_as_a_fresh_reading_does(path: Path) -> None:
    answered_by_ana(path, kinds=ARMS, F_1=NA, G_1=YES, G_2=NA)
    with sitting(path, "Ben") as file:
        session = Session(file, "en")
        for act in (
            lambda: session.review(ask("F-1"), True),
            lambda: session.review(ask("G-2"), True),
            lambda: session.answer(ask("F-1"), YES),
            lambda: session.answer(ask("G-1"), NO),
            lambda: session.answer(ask("G-1"), YES),
        ):
            act()
            state = file.state
            afresh = Scorecard(DEPOT, state.answers, state.facts, ON, state.accepted)
            assert session.scorecard.lines == afresh.lines
            assert session.scorecard.overall == afresh.overall
        assert session.standing(ask("G-2")) is Standing.NOT_APPLICABLE, "agreed to before, and not answered since"


def test_only_what_stands_set_aside_is_reviewed(path: Path) -> None:
    answered_by_ana(path, G_1=YES, G_2=NA)
    with sitting(path) as file:
        file.answer(ask("G-1"), NO)
    with sitting(path, "Ben") as file:
        session = Session(file, "en")
        assert session.set_aside_to_review() == []
        for name, words in (
            ("G-2", "^G-2 does not apply as things stand"),
            ("G-1", "not set aside"),
            ("kinds", "What is"),
        ):
            with pytest.raises(AnswerError, match=words):
                session.review(session.find(name) or ask(name), True)


@pytest.mark.parametrize(
    ("first", "then", "words"),
    [
        (YES, NO, "F-2, F-3 fail with F-1."),
        (NO, YES, "1 answer applies again: F-2. F-2, F-3 no longer fail with F-1."),
        (YES, None, "1 answer does not count for now: F-2."),
        (None, YES, "1 answer counts now: F-2."),
    ],
)
def test_it_is_said_when_parts_fail_or_revive(
    path: Path, first: Answer | None, then: Answer | None, words: str
) -> None:
    answered_by_ana(path, F_1=YES, F_2=YES)
    with sitting(path) as file:
        session = Session(file, "en")
        session.answer(ask("F-1"), first)
        session.answer(ask("F-1"), then)
        assert words in session.consequence()


def test_it_is_said_when_an_answer_counts_again(path: Path) -> None:
    answered_by_ana(path, G_1=YES, G_2=NA)
    with sitting(path) as file:
        session = Session(file, "en")
        session.answer(ask("G-1"), NO)
        assert session.consequence() == "1 answer does not apply any more: G-2."
        session.answer(ask("G-1"), YES)
        assert session.consequence() == "1 answer applies again: G-2."
        session.answer(ask("G-1"), YES)
        assert session.consequence() == ""


def test_of_many_ids_as_many_are_told_as_fit_a_line() -> None:
    parts = [control(f"F-{n}", part_of="F-1", when={"question": "F-1", "is": ["yes"]}) for n in range(10, 40)]
    made = built(control("F-1"), *parts)
    before = Scorecard(made, {"F-1": YES}, {}, ON)
    after = before.after(made.question["F-1"], {"F-1": NO}, {})
    others = [(was, now) for was, now in after.changed if now.parent is not None]
    told = consequence(others, made)
    assert told == f"{', '.join(part['id'] for part in parts)[:79]}… fail with F-1."


# Line by line


def said(path: Path, *lines: str, by: str = "Ana", patient: bool = False, tongue: str = "en") -> str:
    told: list[str] = []
    with language.speaking(tongue), sitting(path, by) as file:
        plain = PlainQuestionnaire(Session(file, tongue), told.append, patient=patient)
        plain.run(line.encode() + b"\n" for line in lines)
    return "\n".join(told)


def test_plain_lines_say_that_it_waits_and_never_only_not_applicable(path: Path) -> None:
    text = said(path, "kinds=arms", "F-1=na: It is a cave", ":go F-1", patient=True)
    assert "Saved F-1: Set aside: waits for a countersignature. Reason: It is a cave" in text
    assert "Now: Set aside: waits for a countersignature. Reason: It is a cave" in text
    assert "1 question is set aside: waits for a countersignature (stockcheck review)." in text
    assert "Not applicable" not in text
    with sitting(path, "Ben") as file:
        file.review("F-1", False, "There is one")
    text = said(path, ":go F-1", patient=True)
    assert "Sent back by Ben" in text
    assert ": There is one" in text


def test_plain_lines_do_not_ask_a_part_that_fails_and_say_why(path: Path) -> None:
    text = said(path, "kinds=arms", "F-1=no", ":go F-2", "yes")
    assert "F-2, F-3 fail with F-1." in text
    asked = text[text.index("fail with") :]
    assert asked.index("G-1: Is there a gate?") < asked.index("F-2: Is it lit?"), "it goes on with the gate"
    assert "Fails with F-1: not asked, and counts as not met." in asked
    assert "F-2 fails with F-1; the answer is kept and counts nowhere." in asked


def test_plain_lines_offer_nothing_that_is_refused(path: Path) -> None:
    text = said(path, ":go G-1", "na: none", ":go kinds", "-", patient=True)
    ways = text[text.index("G-1: ") :]
    assert "yes, partial, no; ? for unknown\n" in ways
    assert "na: and why" not in ways
    assert "G-1 cannot be “not applicable”: where it is asked, it applies." in ways
    assert "Type the numbers of all that apply, such as 1, 3.\n" in ways
    assert "“none of these” is no answer here" in ways


def test_spanish_says_it_too(path: Path) -> None:
    text = said(path, "kinds=arms", "F-1=no", "F-1=na: Es una cueva", tongue="es")
    assert "F-2, F-3 fallan con F-1." in text
    assert "Guardado: F-1 – Apartada: espera el refrendo. Motivo: Es una cueva" in text


# On the screen


def test_another_person_countersigns_on_the_screen(path: Path) -> None:
    answered_by_ana(path, F_1=NA)

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        assert "Set aside: waits for a countersignature. Reason: It is a cave" in shown(app, "#notice")
        assert "Set aside by Ana" in shown(app, "#notice")
        await pilot.press("w")
        assert isinstance(app.screen, ReviewDialog)
        told = "\n".join(str(one.render()) for one in app.screen.query("Static"))
        assert "Is there a fence?" in told
        assert "Reason: It is a cave" in told
        assert "Set aside by Ana" in told
        await pilot.press("a")
        assert "F-1 is countersigned: it does not apply." in shown(app, "#message")
        assert "Countersigned by Ben" in shown(app, "#notice")

    with sitting(path, "Ben") as file:
        drive(file, script, at="F-1", size=(120, 40))
        assert set(file.state.accepted) == {"F-1"}


def test_another_person_sends_it_back_with_a_reason(path: Path) -> None:
    answered_by_ana(path, F_1=NA)

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("f9", "b")
        assert isinstance(app.screen, TextDialog)
        await pilot.press("f10")
        assert "A reason is needed" in shown(app, ".keys")
        app.screen.query_one(TextArea).text = "There is one"
        await pilot.press("f10")
        assert len(app.screen_stack) == 1
        assert "F-1 is sent back." in shown(app, "#message")
        assert "Sent back by Ben" in shown(app, "#notice")

    with sitting(path, "Ben") as file:
        drive(file, script, at="F-1", size=(120, 40))
        assert file.state.sent_back["F-1"].why == "There is one"
        assert file.state.accepted == {}


@pytest.mark.parametrize("by", ["Ana", "ÁNA"])
def test_nobody_countersigns_their_own_on_the_screen(path: Path, by: str) -> None:
    answered_by_ana(path, F_1=NA)

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("w", "a", "b")
        assert isinstance(app.screen, ReviewDialog)
        assert "Nobody countersigns their own" in shown(app, ".keys")
        await pilot.press("escape")
        assert len(app.screen_stack) == 1

    with sitting(path, by) as file:
        events = len(file.events)
        drive(file, script, at="F-1", size=(120, 40))
        assert len(file.events) == events


def test_where_nothing_is_set_aside_the_key_says_so(path: Path) -> None:
    answered_by_ana(path, F_1=UNKNOWN)

    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        for name in ("F-1", "kinds"):
            app.session.go_to(ask(name))
            await pilot.press("w")
            assert len(app.screen_stack) == 1
            assert "is not set aside: there is nothing to review" in shown(app, "#message")
            assert "Set aside" not in shown(app, "#message")

    with sitting(path, "Ben") as file:
        drive(file, script, at="F-1", size=(120, 40))


def test_the_screen_offers_nothing_that_is_refused(path: Path) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        offered = [option.id for option in app.panel.answers.options]
        assert offered == ["word:yes", "word:partial", "word:no", "unknown"]
        await pilot.press("a")
        assert len(app.screen_stack) == 1
        app.session.go_to(ask("kinds"))
        app.show()
        assert "none" not in [option.id for option in app.panel.answers.options]
        await pilot.press("0")
        await pilot.press("1", "1")
        assert "“none of these” is no answer here" in shown(app, "#message"), "the last tick cannot be taken away"

    with sitting(path) as file:
        drive(file, script, at="G-1", size=(120, 40))
        assert file.state.facts == {"kinds": ARMS}


def test_the_screen_says_what_a_part_fails_with_and_passes_it_over(path: Path) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("n")
        assert "F-2, F-3 fail with F-1." in shown(app, "#message")
        assert "Is there a gate?" in shown(app, "#text")
        app.session.go_to(ask("F-2"))
        app.show()
        assert "Fails with F-1: not asked, and counts as not met." in shown(app, "#notice")
        await pilot.press("y")
        assert "F-2 fails with F-1: it is not asked." in shown(app, "#message")

    with sitting(path) as file:
        drive(file, script, at="F-1", size=(120, 40))
        assert set(file.state.answers) == {"F-1"}


def test_setting_aside_on_the_screen_says_that_it_waits(path: Path) -> None:
    async def script(pilot: Pilot[None], app: QuestionnaireApp) -> None:
        await pilot.press("a")
        app.screen.query_one(TextArea).text = "It is a cave"
        await pilot.press("f10")
        assert "Set aside: waits for a countersignature" in shown(app, "#message")
        assert "Not applicable" not in shown(app, "#message")

    with sitting(path) as file:
        drive(file, script, at="F-1", size=(120, 40))


def test_help_names_the_key(path: Path) -> None:
    with sitting(path) as file:
        text = HelpDialog(Session(file, "en")).body()
    assert "review a question that somebody else has set aside" in text
    assert "F9 review" in text


def test_at_a_terminal_nothing_is_decided_that_was_not_shown(path: Path) -> None:
    said(path, "kinds=arms", "G-2=na: It is a tunnel", "F-1=na: It is a cave", "G-1=yes")
    with open_file(path, write=True, by="Ben Ito") as file:
        told: list[str] = []
        review = PlainReview(Session(file, "en"), told.append, patient=True)
        review.run([b"G-2=accept\n", b":quit\n"])
    assert told.index("  Reason: It is a tunnel") < next(at for at, line in enumerate(told) if "G-2 is counter" in line)
