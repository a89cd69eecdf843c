"""An import that is killed at any moment has brought in all of the plan, or nothing of it."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

from stockcheck.assessed import score_file
from stockcheck.assessment.file import create, open_file
from stockcheck.report.excel import write
from tests.assessment.crafting import ON, clock, journal_of, read
from tests.cli.running import RUN, environment
from tests.exchange.test_plan_comes_back import columns
from tests.scoring.building import built, control
from tests.volume import number

QUESTIONS = 60


@number("turns", 2, 12)
def test_it_is_old_or_whole(tmp_path: Path, turns: int) -> None:
    chance = random.Random(11)
    file, plan = tmp_path / "d.stockcheck", tmp_path / "plan.xlsx"
    checklist = built(*(control(f"Q-{number:02}", critical=True) for number in range(QUESTIONS)))
    create(file, checklist, depot="North", marking="", on=ON, by="tester", clock=clock)
    write(score_file(file, "en"), plan, made=clock())
    workbook = load_workbook(plan)
    sheet = workbook["Action plan"]
    for row in range(2, QUESTIONS + 2):
        sheet.cell(row, columns(sheet)["owner"]).value = f"Clerk {row}"
    workbook.save(plan)
    old, content = read(file).events, file.read_bytes()
    command = [*RUN, "plan", "import", "plan.xlsx", "--into", "d.stockcheck"]
    began = time.perf_counter()
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, env=environment(), timeout=60)
    took = time.perf_counter() - began
    assert len(read(file).events) == len(old) + QUESTIONS
    for turn in range(turns):
        file.write_bytes(content)
        running = subprocess.Popen(
            command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()
        )
        if turn % 2:  # anywhere, or just when it has begun to write, or when it has written for the first time
            time.sleep(took * (0.5 + 0.6 * chance.random()))
        else:
            wait(running, journal_of(file).exists)
            if turn % 4:
                wait(running, lambda: not journal_of(file).exists())
        running.kill()
        running.wait()
        found = read(file, write=True)
        assert found.broken is None
        assert found.events[: len(old)] == old
        assert len(found.events) - len(old) in (0, QUESTIONS)


def wait(running: subprocess.Popen[bytes], until: Callable[[], bool]) -> None:
    while running.poll() is None and not until():
        pass


def test_while_another_program_has_the_file_nothing_is_brought_in(tmp_path: Path) -> None:
    file, plan = tmp_path / "d.stockcheck", tmp_path / "plan.xlsx"
    create(file, built(control("Q", critical=True)), depot="North", marking="", on=ON, by="tester", clock=clock)
    write(score_file(file, "en"), plan, made=clock())
    command = [*RUN, "plan", "import", "plan.xlsx", "--into", "d.stockcheck"]
    with open_file(file, write=True, by="other"):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment(), timeout=60)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
