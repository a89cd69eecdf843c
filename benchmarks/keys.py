"""From a key to the next question on a pseudo-terminal: the questionnaire, and the same page with nothing behind it."""

from __future__ import annotations

import json
import os
import pty
import select
import statistics
import struct
import sys
import tempfile
import time
from pathlib import Path

from stockcheck.checklist.model import Checklist
from stockcheck.questionnaire import screen
from stockcheck.questionnaire.screen.app import WIDE

#: The two terminals that are measured: columns and rows.
SIZES = ((80, 24), (200, 50))


class Terminal:
    """A program on a terminal of its own."""

    def __init__(self, arguments: list[str], columns: int, rows: int) -> None:
        import fcntl
        import termios

        self.seen = b""
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLUMNS=str(columns), LINES=str(rows))
            os.execv(sys.executable, [sys.executable, *arguments])
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def until(self, text: str, seconds: float = 20) -> None:
        """Wait for `text` on the screen. Raises `TimeoutError`."""
        end = time.monotonic() + seconds
        while text.encode() not in self.seen:
            if not select.select([self.terminal], [], [], max(0, end - time.monotonic()))[0]:
                raise TimeoutError(f"{text} did not appear")
            self.seen += os.read(self.terminal, 1 << 16)

    def press(self, key: bytes, text: str) -> float:
        """Seconds from `key` to `text`; then everything else that it set off is waited for."""
        self.seen = b""
        start = time.perf_counter()
        os.write(self.terminal, key)
        self.until(text)
        taken = time.perf_counter() - start
        time.sleep(0.01)
        while select.select([self.terminal], [], [], 0.005)[0]:
            os.read(self.terminal, 1 << 16)
        return taken

    def worked(self) -> float:
        """Seconds that the processor has spent on it: a busy machine does not lengthen them by much. Linux alone."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def close(self) -> None:
        """End the program."""
        os.kill(self.pid, 9)
        os.close(self.terminal)
        os.waitpid(self.pid, 0)


def started(assessment: Path, checklist: Checklist, columns: int, rows: int, turns: int = 7) -> str:
    """From the command to the first question on the screen, in turns with the bare page; the figures in a line."""
    taken: tuple[list[float], list[float]] = ([], [])
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(_page(checklist), file)
        file.flush()
        calls = (_ours(assessment), [str(Path(__file__).with_name("bare_screen.py")), file.name])
        for _turn in range(turns):
            for call, times in zip(calls, taken, strict=True):
                start = time.perf_counter()
                program = Terminal(call, columns, rows)
                try:
                    program.until("? help")
                    times.append(time.perf_counter() - start)
                finally:
                    program.close()
    ours, bare = map(statistics.median, taken)
    return (
        f"start, {columns}x{rows}: {ours * 1e3:.0f} ms; bare page {bare * 1e3:.0f} ms: {ours / bare:.2f}x (goal 1.5x)"
    )


def _ours(assessment: Path) -> list[str]:
    return ["-c", f"from stockcheck.cli import main; main(['answer', {str(assessment)!r}])"]


def compare(assessment: Path, checklist: Checklist, columns: int, rows: int) -> str:
    """Answer every question, in turns with the bare page; the figures in a line."""
    ids = [question.id for question in checklist.questions]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(_page(checklist), file)
        file.flush()
        ours = Terminal(_ours(assessment), columns, rows)
        bare = Terminal([str(Path(__file__).with_name("bare_screen.py")), file.name], columns, rows)
        both = (ours, bare)
        try:
            for one in both:
                one.until("? help")
            time.sleep(1)
            before = [one.worked() for one in both]
            taken: tuple[list[float], list[float]] = ([], [])
            for place, name in enumerate(ids[:-1]):
                for one, times in zip(both, taken, strict=True):
                    times.append(one.press(b"ypn"[place % 3 : place % 3 + 1], f"Saved {name}"))
            worked = [(one.worked() - then) / len(ids[:-1]) for one, then in zip(both, before, strict=True)]
        finally:
            for one in both:
                one.close()
    medians = [statistics.median(times) for times in taken]
    p99 = [sorted(times)[int(len(times) * 0.99)] for times in taken]
    return (
        f"key press, {columns}x{rows}: median {medians[0] * 1e3:.1f} ms, p99 {p99[0] * 1e3:.1f} ms (goal 16 ms p99); "
        f"bare page {medians[1] * 1e3:.1f} and {p99[1] * 1e3:.1f} ms: {medians[0] / medians[1]:.2f}x; "
        f"processor {worked[0] * 1e3:.1f} against {worked[1] * 1e3:.1f} ms a key: {worked[0] / worked[1]:.2f}x"
    )


def _page(checklist: Checklist) -> dict[str, object]:
    """What the bare page shows. After a key it stands at the question after, and tells that the one before is saved."""
    names = [question.id for question in checklist.questions]
    answers = ["( ) y  Yes", "( ) p  Partial", "( ) n  No", "( ) u  Unknown", "( ) a  Not applicable, because …"]
    questions = [
        {
            "place": f"{checklist.section_of[question.id].title}  ·  1 of 25\n{question.id}  ·  level 1, weight 1",
            "text": question.text,
            "answers": answers,
            "help": f"{question.help}\n\nWhat shows it: {question.evidence}\n\nSource: DOC 1",
            "score": f"Score 0.1 % to 99.{number:03} %  ██▒▒▒▒▒▒▒▒  no level yet (up to 3) · {number} open · 0 gaps",
            "message": f"Saved {names[number - 1]}: Yes" if number else "Answers are saved at once.",
        }
        for number, question in enumerate(checklist.questions)
    ]
    sections = [f"·      0/25  {section.title}" for section in checklist.sections]
    title = f"Bench  ·  {checklist.title}"
    styles = str(Path(screen.__file__).with_name("style.tcss"))
    return {"styles": styles, "wide": WIDE, "title": title, "sections": sections, "questions": questions}
