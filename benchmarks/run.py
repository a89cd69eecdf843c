"""Speed, as ratios within one run: python benchmarks/run.py [NAME ...]

Each figure is taken beside what it is compared with, in turns, so that a noisy machine disturbs both alike.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

SIZES = (300, 3000)
ON = dt.date(2026, 1, 1)


def checklist_folder(folder: Path, questions: int) -> Path:
    """A checklist of `questions` controls in sections of 25, with the texts a real one has."""
    (folder / "sections").mkdir(parents=True)
    names = []
    for number in range(questions // 25):
        name = f"section-{number:03}"
        names.append(name)
        lines = [f"id: {name}", f"title: Section {number}", "domain: storage", "questions:"]
        for place in range(25):
            lines += [
                f"  - id: Q{number:03}-{place:02}",
                f"    text: Is control {place} of section {number} in place at the depot?",
                "    help: " + "Look at it and at its record. " * 8,
                "    evidence: Walked, read, photographed.",
                "    remedy: Put it in place this month and check it weekly.",
                f"    level: {place % 3 + 1}",
                f"    weight: {place % 5 + 1}",
                f"    effort: {place % 3 + 1}",
                '    references: ["DOC 1"]',
            ]
        (folder / "sections" / f"{name}.yaml").write_text("\n".join(lines) + "\n")
    head = ["id: bench", 'version: "1"', "language: en", "title: Benchmark", "levels:"]
    head += [f"  - {{level: {level}, title: L{level}, threshold: 0.80}}" for level in (1, 2, 3)]
    head += ["standards:", "  DOC 1: {title: A document}", "sections:", *(f"  - {name}" for name in names)]
    path = folder / "bench.yaml"
    path.write_text("\n".join(head) + "\n")
    return path


def median_of(
    rounds: int, *actions: Callable[[], object], clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """The median seconds of each action by `clock`, run in turns."""
    taken: list[list[float]] = [[] for _ in actions]
    for _round in range(rounds):
        for times, action in zip(taken, actions, strict=True):
            start = clock()
            action()
            times.append(clock() - start)
    return [statistics.median(times) for times in taken]


def start_up() -> None:
    """`stockcheck --help` against a bare interpreter; `import typer` shows what the library alone costs."""

    def run(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)

    code = "from stockcheck.cli import main; main(['--help'])"
    bare, typer, ours = median_of(25, run("-c", "pass"), run("-c", "import typer"), run("-c", code))
    print(f"start-up: bare {bare * 1e3:.0f} ms, import typer {typer / bare:.1f}x, --help {ours / bare:.1f}x (goal 3x)")


def loading_and_scoring() -> None:
    """300 against 3,000 questions: ten times as many should take ten times as long."""
    from stockcheck.answers.answer import Answer
    from stockcheck.checklist.loading import compose
    from stockcheck.scoring.scorecard import Scorecard

    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = checklist_folder(Path(folder, str(size)), size)
            checklist = compose(path)[0]
            answers = {q.id: Answer(("yes", "partial", "no")[n % 3]) for n, q in enumerate(checklist.questions)}

            def scores(checklist=checklist, answers=answers) -> None:  # type: ignore[no-untyped-def]
                card = Scorecard(checklist, answers, {}, ON)
                assert all((card.overall, card.sections, card.domains, card.standards, card.levels, card.gaps))

            def route(checklist=checklist, answers=answers) -> None:  # type: ignore[no-untyped-def]
                assert Scorecard(checklist, answers, {}, ON).route is not None

            figures[size] = median_of(5, lambda path=path: compose(path), scores, route)  # type: ignore[misc]
    small, large = (figures[size] for size in SIZES)
    for name, few, many in zip(("loading", "scoring", "route (with scope)"), small, large, strict=True):
        print(f"{name}: 300 questions {few * 1e3:.1f} ms, 3,000 {many * 1e3:.1f} ms: {many / few:.1f}x")


def routes() -> None:
    """The route where two domains lie far behind, where there is one domain, and where all questions weigh alike."""
    from stockcheck.answers.answer import Answer
    from stockcheck.checklist.model import DOMAINS, Checklist, Level, Question, Section
    from stockcheck.scoring.scorecard import Scorecard

    def checklist(size: int, domains: tuple[str, ...], *, alike: bool) -> Checklist:
        chance = random.Random(size)
        sections = tuple(
            Section(
                id=domain,
                title=domain,
                domain=domain,
                questions=tuple(
                    Question(
                        id=f"{domain}-{number}",
                        text="Is it in place?",
                        weight=1 if alike else chance.randint(1, 5),
                        effort=2 if alike else chance.randint(1, 3),
                    )
                    for number in range(size // len(domains))
                ),
            )
            for domain in domains
        )
        levels = (Level(level=1, title="Basic", threshold=Decimal("0.8")),)
        head = {"rules": 2, "id": "bench", "version": "1", "language": "en", "title": "Benchmark"}
        return Checklist(**head, levels=levels, standards={}, profile=(), sections=sections)

    for name, domains, alike in (
        ("uneven", DOMAINS, False),
        ("one domain", DOMAINS[1:2], False),
        ("alike", DOMAINS, True),
    ):
        figures = []
        for size in SIZES:
            made = checklist(size, domains, alike=alike)
            words = ["no"] if alike else ["yes", "partial", "no"]
            answers = {
                question.id: Answer("no" if place < size * 2 // 5 else words[place % len(words)])
                for place, question in enumerate(made.questions)
            }
            card = Scorecard(made, answers, {}, ON)
            assert not card.levels[0].holds
            start = time.perf_counter()
            assert card.route is not None
            figures.append(time.perf_counter() - start)
        few, many = figures
        print(f"route, {name}: 300 questions {few * 1e3:.0f} ms, 3,000 {many * 1e3:.0f} ms (goal 1 s)")
    large = checklist(10_000, DOMAINS, alike=False)
    answers = {q.id: Answer(("yes", "partial", "no")[n % 3]) for n, q in enumerate(large.questions)}
    start = time.perf_counter()
    card = Scorecard(large, answers, {}, ON)
    assert all((card.overall, card.sections, card.domains, card.levels, card.gaps))
    print(f"scoring: 10,000 questions {time.perf_counter() - start:.2f} s")


def yaml_loaders() -> None:
    """This project's reader (PyYAML's C scanner, own scalars) against ruamel.yaml, on the shipped sections."""
    from stockcheck.checklist.shipped import shipped
    from stockcheck.checklist.yamltext import read_text

    try:
        from ruamel.yaml import YAML
    except ImportError:
        print("yaml: ruamel.yaml is not installed, nothing to compare with")
        return
    texts = [path.read_text(encoding="utf-8") for path in sorted((shipped() / "sections").glob("*.yaml"))]
    safe, pure = YAML(typ="safe", pure=False), YAML(typ="rt")
    ours, ruamel_safe, ruamel_round = median_of(
        3,
        lambda: [read_text(text, "x") for text in texts],
        lambda: [safe.load(text) for text in texts],
        lambda: [pure.load(text) for text in texts],
    )
    print(
        f"yaml: {len(texts)} sections {ours * 1e3:.0f} ms with positions; ruamel.yaml safe, no positions "
        f"{ruamel_safe / ours:.1f}x; ruamel.yaml round-trip, with positions {ruamel_round / ours:.1f}x"
    )


def key_press() -> None:
    """From the command to the first question, and from a key to the next one, the answer on disk before that; beside a
    bare page. See `keys`.
    """
    import keys

    from stockcheck.assessment.file import create
    from stockcheck.checklist.loading import compose

    with tempfile.TemporaryDirectory() as folder:
        checklist = compose(checklist_folder(Path(folder, "c"), 300))[0]
        for columns, rows in keys.SIZES:
            path = Path(folder, f"{columns}.stockcheck")
            create(path, checklist, depot="Bench", marking="", on=ON, by="bench")
            print(keys.started(path, checklist, columns, rows), flush=True)
            print(keys.compare(path, checklist, columns, rows), flush=True)


def files_opened() -> None:
    """Opening, verifying and scoring one file of 300 answers whose checklist another one has had, against reading its
    rows and hashing what stands in them.
    """
    import hashlib
    import sqlite3

    from stockcheck.answers.answer import Answer
    from stockcheck.assessed import score_file
    from stockcheck.assessment.file import create, open_file
    from stockcheck.checklist.loading import compose

    with tempfile.TemporaryDirectory() as folder:
        checklist = compose(checklist_folder(Path(folder, "c"), 300))[0]
        path = Path(folder, "a.stockcheck")
        create(path, checklist, depot="Bench", marking="", on=ON, by="bench")
        with open_file(path, write=True, by="bench") as file:
            for number, question in enumerate(checklist.questions):
                file.answer(question, Answer(("yes", "partial", "no")[number % 3]))

        def ours() -> None:
            assert score_file(path, "en").scorecard.overall.complete

        def bare() -> None:
            connection = sqlite3.connect(path)
            for row in connection.execute("SELECT * FROM event ORDER BY seq"):
                hashlib.sha256(repr(row).encode()).hexdigest()
            connection.close()

        ours()
        whole, rows = median_of(40, ours, bare, clock=time.process_time)
    print(f"assessed: {whole * 1e3:.1f} ms of the processor a file (goal 5 ms), {whole / rows:.1f}x reading its rows")


def report() -> None:
    """The gap report of 300 answered questions against a bare openpyxl dump of the same cells."""
    import openpyxl

    from stockcheck.answers.answer import Answer
    from stockcheck.assessed import score_opened
    from stockcheck.assessment.file import create, open_file
    from stockcheck.checklist.loading import compose
    from stockcheck.report.excel import write

    with tempfile.TemporaryDirectory() as folder:
        checklist = compose(checklist_folder(Path(folder, "c"), 300))[0]
        path, output, dump = (Path(folder, name) for name in ("a.stockcheck", "a.xlsx", "dump.xlsx"))
        create(path, checklist, depot="Bench", marking="BENCHMARK", on=ON, by="bench")
        with open_file(path, write=True, by="bench") as file:
            for number, question in enumerate(checklist.questions):
                file.answer(question, Answer(("yes", "partial", "no")[number % 3]))
            found = score_opened(file, "en")
        made = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
        write(found, output, made=made)
        rows = {
            sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
            for sheet in openpyxl.load_workbook(output).worksheets
        }

        def bare() -> None:
            workbook = openpyxl.Workbook()
            for title, lines in rows.items():
                sheet = workbook.create_sheet(title)
                for line in lines:
                    sheet.append(line)
            workbook.save(dump)

        ours, plain = median_of(5, lambda: write(found, output, force=True, made=made), bare)
    cells = sum(len(line) for lines in rows.values() for line in lines)
    print(
        f"report: {ours * 1e3:.0f} ms, bare dump of {cells} cells {plain * 1e3:.0f} ms: {ours / plain:.2f}x (goal 2x)"
    )


def growth() -> None:
    """What once grew faster than its size. See `growth`."""
    import growth

    growth.grow()


def forms() -> None:
    """Commands over 300 questions: the form of them, and the import of one that has an answer and a note for each.

    In seconds, and of the processor's time as well: the goal is one second on a computer with nothing else to do.
    """
    sys.path.append(str(Path(__file__).parents[1]))
    from tests.exchange.filling import Filling

    from stockcheck.assessment.file import create
    from stockcheck.checklist.loading import compose

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = checklist_folder(folder / "checklist", 300)
        checklist = compose(path)[0]

        def taken(*arguments: str | Path) -> tuple[float, float]:
            start, before = time.perf_counter(), os.times()
            subprocess.run([sys.executable, "-m", "stockcheck", *arguments], check=True, stdout=subprocess.DEVNULL)
            after = os.times()
            busy = after.children_user + after.children_system - before.children_user - before.children_system
            return time.perf_counter() - start, busy

        figures: dict[str, list[tuple[float, float]]] = {"form": [], "import": []}
        for number in range(7):
            form, file = folder / f"{number}.xlsx", folder / f"{number}.stockcheck"
            figures["form"].append(taken("form", "--checklist", path, "-o", form))
            filled = Filling(form)
            for place, question in enumerate(checklist.questions):
                filled.write(f"question:{question.id}", ("Yes", "Partial", "No")[place % 3], note=f"Seen, {place}")
            filled.saved()
            create(file, checklist, depot="B", marking="", on=ON, by="bench")
            figures["import"].append(taken("import", file, form))
    for command, found in figures.items():
        whole, busy = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"{command} of 300 questions: {whole:.2f} s, {busy:.2f} s of the processor (goal 1 s)")


def plan_import() -> None:
    """A plan of 300 rows, each with a new owner, brought in by the command, start-up included: under a second."""
    from openpyxl import load_workbook

    from stockcheck.answers.answer import Answer
    from stockcheck.assessed import score_file
    from stockcheck.assessment.file import create, open_file
    from stockcheck.checklist.loading import compose
    from stockcheck.report.excel import write

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checklist = compose(checklist_folder(folder / "checklist", 300))[0]
        file = folder / "depot.stockcheck"
        create(file, checklist, depot="B", marking="", on=ON, by="bench")
        with open_file(file, write=True, by="bench") as opened:
            for question in checklist.questions:
                opened.answer(question, Answer("no"))
        write(score_file(file, "en"), folder / "plan.xlsx", made=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        workbook = load_workbook(folder / "plan.xlsx")
        sheet = workbook["Action plan"]
        owner = next(cell.column for cell in sheet[1] if cell.value == "Owner")
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, owner).value = f"Clerk {row}"
        workbook.save(folder / "plan.xlsx")
        call = [sys.executable, "-m", "stockcheck", "plan", "import", str(folder / "plan.xlsx"), "--into"]
        taken, worked = [], []
        for turn in range(5):
            copy = folder / f"{turn}.stockcheck"
            copy.write_bytes(file.read_bytes())
            began, before = time.perf_counter(), os.times()
            done = subprocess.run([*call, str(copy)], capture_output=True, text=True, check=True)
            taken.append(time.perf_counter() - began)
            after = os.times()
            worked.append(after.children_user + after.children_system - before.children_user - before.children_system)
        log = done.stdout.splitlines()[0]
        least = f"at best {min(taken):.2f} s, of which the processor worked {min(worked):.2f} s"
        print(f"plan import, start-up included: {statistics.median(taken):.2f} s, {least}. {log}")


def room() -> None:
    """A workshop of 142, collected and reported. See `rooms`."""
    import rooms

    print(rooms.collected())


BENCHMARKS = {
    "start-up": start_up,
    "scoring": loading_and_scoring,
    "routes": routes,
    "yaml": yaml_loaders,
    "key-press": key_press,
    "assessed": files_opened,
    "report": report,
    "forms": forms,
    "plan": plan_import,
    "room": room,
    "growth": growth,
}

if __name__ == "__main__":
    for wanted in sys.argv[1:] or BENCHMARKS:
        BENCHMARKS[wanted]()
