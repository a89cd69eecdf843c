"""What a change of checklist did to the answers: told from the file, for a plan can only say where each would go."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from stockcheck.answers.answer import Answer
from stockcheck.assessment.file import create, open_file
from stockcheck.assessment.outcome import Outcome, outcome
from stockcheck.assessment.upgrade import upgrade
from stockcheck.checklist.model import Checklist
from tests.assessment.crafting import ON
from tests.scoring.building import built, control, options

WHERE = {"id": "where", "type": "choice", "text": "Where?", "options": {"hill": "Hill", "vale": "Vale"}}
SIZE = {"id": "size", "type": "number", "text": "How many buildings?"}
OWNER = {"id": "owner", "type": "text", "text": "Whose is it?"}

QUESTIONS = (
    control("STAYS"),
    control("KEY", type="choice", options=options(good="1", bad="0")),
    control("MOVES"),
    control("GOES"),
    control("ALSO"),
    control("SILENT"),
)
OLD = built(*QUESTIONS, profile=(WHERE, SIZE, OWNER))


def became(path: Path, new: Checklist) -> Outcome:
    """What becomes of OLD with every question but SILENT answered, the last first, and every fact but the owner."""
    create(path, OLD, depot="North", marking="", on=ON, by="tester")
    with open_file(path, write=True, by="tester") as file:
        for name in ("ALSO", "GOES", "MOVES", "KEY", "STAYS"):
            file.answer(OLD.question[name], Answer("good" if name == "KEY" else "yes"))
        file.answer(OLD.field["where"], Answer("vale"))
        file.answer(OLD.field["size"], Answer(Decimal(3)))
        before = file.state
        plan = upgrade(file, new)
        return outcome(plan, before, file.state)


def test_each_answer_is_told_of_once_in_the_order_of_its_checklist(tmp_path: Path) -> None:
    new = built(
        control("NOW", replaces=["ALSO"]),
        control("N", replaces=["MOVES"]),
        control("STAYS"),
        control("KEY", type="choice", options=options(good="1", bad="0")),
        profile=(SIZE, OWNER),
    )
    assert became(tmp_path / "a", new) == Outcome(
        carried=("STAYS", "KEY"),
        moved=("MOVES", "ALSO"),
        review=("NOW", "N"),
        gone=("GOES",),
        facts=("where",),
        kept_facts=("size",),
        renamed=(),
        notes=(),
        acts=(),
        evidence=(),
    )


def test_an_answer_that_no_longer_fits_is_gone_whatever_was_planned(tmp_path: Path) -> None:
    other = options(best="1", worst="0")
    new = built(
        control("STAYS"),
        control("KEY", type="choice", options=other),
        control("N", type="choice", options=other, replaces=["MOVES"]),
        control("GOES"),
        control("ALSO"),
        profile=(WHERE, SIZE),
    )
    assert became(tmp_path / "a", new) == Outcome(
        carried=("STAYS", "GOES", "ALSO"),
        moved=(),
        review=(),
        gone=("KEY", "MOVES"),
        facts=(),
        kept_facts=("where", "size"),
        renamed=(),
        notes=(),
        acts=(),
        evidence=(),
    )


def test_a_fact_that_nobody_gave_is_not_lost(tmp_path: Path) -> None:
    vale_is_gone = {**WHERE, "options": {"hill": "Hill"}}
    new = built(*QUESTIONS, profile=(vale_is_gone,))
    assert became(tmp_path / "a", new).facts == ("where", "size")
