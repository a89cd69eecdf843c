"""What once grew faster than its size, at one, two and four times it: time and memory should double each time."""

from __future__ import annotations

import datetime as dt
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from itertools import count
from pathlib import Path

from stockcheck.answers.answer import Answer
from stockcheck.assessment.events import Event, following
from stockcheck.assessment.file import create, open_file
from stockcheck.assessment.folding import fold
from stockcheck.checklist import lint
from stockcheck.checklist.model import Checklist
from stockcheck.questionnaire.plain import PlainQuestionnaire
from stockcheck.questionnaire.session import Session
from stockcheck.scoring.scorecard import Scorecard

ON = dt.date(2026, 1, 1)


def grow() -> None:
    """Print the figures of every case."""
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
