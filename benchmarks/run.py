"""Speed, as ratios within one run: python benchmarks/run.py [NAME ...]

Each figure is taken beside what it is compared with, in turns, so that a noisy machine disturbs both alike.
"""

from __future__ import annotations

import datetime as dt
import os
import pty
import random
import select
import statistics
import struct
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


def median_of(rounds: int, *actions: Callable[[], object]) -> list[float]:
    """The median seconds of each action, run in turns."""
    taken: list[list[float]] = [[] for _ in actions]
    for _round in range(rounds):
        for times, action in zip(taken, actions, strict=True):
            start = time.perf_counter()
            action()
            times.append(time.perf_counter() - start)
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
    """From a key written to a pseudo-terminal to the next question on it; the answer is on disk before that."""
    from stockcheck.assessment.file import create
    from stockcheck.checklist.loading import compose

    with tempfile.TemporaryDirectory() as folder:
        checklist = compose(checklist_folder(Path(folder, "c"), 300))[0]
        for columns, rows in ((80, 24), (200, 50)):
            path = Path(folder, f"{columns}.stockcheck")
            create(path, checklist, depot="Bench", marking="", on=ON, by="bench")
            taken = sorted(_answer_all(path, [question.id for question in checklist.questions], columns, rows))
            median, p99 = statistics.median(taken), taken[int(len(taken) * 0.99)]
            print(f"key press, {columns}x{rows}: median {median * 1e3:.1f} ms, p99 {p99 * 1e3:.1f} ms (goal 16 ms p99)")


def _answer_all(path: Path, ids: list[str], columns: int, rows: int) -> list[float]:
    import fcntl
    import termios

    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS=str(columns), LINES=str(rows))
        code = f"from stockcheck.cli import main; main(['answer', {str(path)!r}])"
        os.execv(sys.executable, [sys.executable, "-c", code])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    seen = b""

    def until(text: str, seconds: float = 20) -> None:
        nonlocal seen
        end = time.monotonic() + seconds
        while text.encode() not in seen:
            ready, _w, _x = select.select([terminal], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise TimeoutError(f"{text} did not appear")
            seen += os.read(terminal, 1 << 16)

    until("? help")
    time.sleep(1)
    taken = []
    try:
        for place, name in enumerate(ids[:-1]):
            seen = b""
            start = time.perf_counter()
            os.write(terminal, b"ypn"[place % 3 : place % 3 + 1])
            until(f"Saved {name}")
            taken.append(time.perf_counter() - start)
            time.sleep(0.01)
            while select.select([terminal], [], [], 0.005)[0]:
                os.read(terminal, 1 << 16)
        os.write(terminal, b"q")
        time.sleep(0.5)
    finally:
        os.close(terminal)
        os.waitpid(pid, 0)
    return taken


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
        f"report: {ours * 1e3:.0f} ms, bare dump of {cells} cells {plain * 1e3:.0f} ms: {ours / plain:.2f}x (goal 1.5x)"
    )


def growth() -> None:
    """Each case at one, two and four times its size: time and memory should double, and double again."""
    import tracemalloc

    with tempfile.TemporaryDirectory() as folder:
        for name, size, case in growing(Path(folder)):
            case(size)()  # what is worked out once and kept belongs to none
            taken, peaks = [], []
            for times in (1, 2, 4):
                action = case(size * times)
                start = time.process_time()
                action()
                taken.append(time.process_time() - start)
                action = case(size * times)
                tracemalloc.start()
                action()
                peaks.append(tracemalloc.get_traced_memory()[1] / 2**20)
                tracemalloc.stop()
            seconds = ", ".join(f"{one:.2f}" for one in taken)
            memory = ", ".join(f"{one:.0f}" for one in peaks)
            print(
                f"growth, {name}, {size:,} to {size * 4:,}: {seconds} s ({taken[2] / taken[1]:.1f}x the last time), "
                f"{memory} MiB ({peaks[2] / peaks[1]:.1f}x)",
                flush=True,
            )


def growing(folder: Path) -> list[tuple[str, int, Callable[[int], Callable[[], object]]]]:
    """Cases that once grew faster than their size: name, smallest size, and what to run for a size."""
    from itertools import count

    from stockcheck.answers.answer import Answer
    from stockcheck.assessment.events import Event, following
    from stockcheck.assessment.file import create, open_file
    from stockcheck.assessment.state import fold
    from stockcheck.checklist import lint
    from stockcheck.checklist.model import Checklist
    from stockcheck.questionnaire.plain import PlainQuestionnaire
    from stockcheck.questionnaire.session import Session
    from stockcheck.scoring.scorecard import Scorecard

    number = count()
    now = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)

    def checklist(questions: int, version: str = "1", **keys: object) -> Checklist:
        levels = [{"level": level, "title": f"L{level}", "threshold": "0.8"} for level in (1, 2, 3)]
        asked = [
            {"id": f"Q{n}", "text": "Is it in place?", "weight": n % 5 + 1, "effort": n % 3 + 1, "level": n % 3 + 1}
            for n in range(questions)
        ]
        one = {"id": "one", "title": "One", "domain": "storage", "questions": asked}
        head = {"id": "bench", "version": version, "language": "en", "title": "B", "standards": {}, "profile": []}
        return Checklist.model_validate({**head, "levels": levels, "sections": [one], **keys})

    def history(first: Checklist, happened: list[tuple[str, str, object]]) -> list[Event]:
        start = {"checklist": first.digest, "depot": "B", "marking": "", "on": ON.isoformat()}
        events = [following(None, now, "bench", "start", "", start)]
        for kind, subject, data in happened:
            events.append(following(events[-1], now, "bench", kind, subject, data))  # type: ignore[arg-type]
        return events

    def route(size: int) -> Callable[[], object]:
        long = checklist(size)
        answers = {q.id: Answer(("no", "partial")[n % 2]) for n, q in enumerate(long.questions)}
        return lambda: Scorecard(long, answers, {}, ON).route

    def upgrades(size: int) -> Callable[[], object]:
        old, new = checklist(size), checklist(size, "2")
        changed = [
            ("checklist", "", {"checklist": (new, old)[n % 2].digest, "moved": {}, "review": []}) for n in range(200)
        ]
        events = history(old, [*(("answer", q.id, {"value": "yes"}) for q in old.questions[:1_000]), *changed])
        known = {old.digest: old, new.digest: new}
        return lambda: fold(events, old, known.__getitem__)

    def answers_folded(size: int) -> Callable[[], object]:
        long = checklist(500)
        events = history(long, [("answer", f"Q{n % 500}", {"value": "yes"}) for n in range(size)])
        return lambda: fold(events, long, lambda _digest: long)

    def linted(lines: Callable[[int], list[str]]) -> Callable[[int], Callable[[], object]]:
        def case(size: int) -> Callable[[], object]:
            path = folder / str(next(number)) / "bench.yaml"
            (path.parent / "sections").mkdir(parents=True)
            head = ["id: bench", 'version: "1"', "language: en", "title: B"]
            head += ["levels: [{level: 1, title: L, threshold: 0.8}]"]
            names = []
            asked = lines(size)
            for start in range(0, len(asked), 1_000):
                names.append(f"section-{start}")
                text = [f"id: {names[-1]}", "title: S", "domain: storage", "questions:", *asked[start : start + 1_000]]
                (path.parent / "sections" / f"{names[-1]}.yaml").write_text("\n".join(text) + "\n")
            head += ["profile: [{id: kinds, type: several, text: Which?, options: {"]
            head += [", ".join(f"o{n}: One" for n in range(40)) + "}}]", f"sections: [{', '.join(names)}]"]
            path.write_text("\n".join(head) + "\n")
            return lambda: lint.faults([path])

        return case

    def question(n: int, when: str = "") -> str:
        return f"  - {{id: Q{n}, text: Is it in place?{', when: ' + when if when else ''}}}"

    def contradictory(options: int) -> list[str]:
        parts = ", ".join(f"{{profile: kinds, has: [o{n}]}}" for n in range(options))
        return [question(0, f"{{all: [{parts}, {{not: {{profile: kinds, has: [o{options - 1}]}}}}]}}")]

    def piped(size: int) -> Callable[[], object]:
        path = folder / f"{next(number)}.stockcheck"
        create(path, checklist(size), depot="B", marking="", on=ON, by="bench")

        def answer() -> None:
            with open_file(path, write=True, by="bench") as file:
                PlainQuestionnaire(Session(file, "en"), lambda _line: None, patient=False).run(["no\n"] * size)

        return answer

    return [
        ("route of questions", 750, route),
        ("200 changes of a checklist of questions", 2_500, upgrades),
        ("answers folded", 10_000, answers_folded),
        (
            "lint of conditions",
            1_000,
            linted(
                lambda n: [question(one, f"{{question: Q{one - 1}, is: [yes]}}" if one else "") for one in range(n)]
            ),
        ),
        (
            "lint of misspelt conditions",
            250,
            linted(lambda n: [question(one, f"{{question: X{one}, is: [yes]}}") for one in range(n)]),
        ),
        ("lint of a contradiction of options", 5, linted(contradictory)),
        ("answers through a pipe", 500, piped),
    ]


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


BENCHMARKS = {
    "start-up": start_up,
    "scoring": loading_and_scoring,
    "routes": routes,
    "yaml": yaml_loaders,
    "key-press": key_press,
    "report": report,
    "plan": plan_import,
    "growth": growth,
}

if __name__ == "__main__":
    for wanted in sys.argv[1:] or BENCHMARKS:
        BENCHMARKS[wanted]()
