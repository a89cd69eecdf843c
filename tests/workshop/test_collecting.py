"""What lies in the folder of a workshop: each kind of file, and each reason not to take one."""

from __future__ import annotations

import io
import os
import shutil
import time
from pathlib import Path

import pytest

from stockcheck.answers.answer import Answer
from stockcheck.checklist.loading import compose
from stockcheck.errors import StockcheckError
from stockcheck.exchange import form
from stockcheck.exchange.content import of_checklist
from stockcheck.spreadsheet.archive import save
from stockcheck.workshop import rehearsal
from stockcheck.workshop.collecting import MAX_LEFT, Room, collect
from stockcheck.workshop.content import not_taken
from tests.depot import SECTION_ONE
from tests.workshop.small import ON, assessment, checklist, go_on


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "room"
    path.mkdir()
    return path


def found(folder: Path, **more: list[Path]) -> Room:
    return collect(folder, checklist(folder.parent), ON, **more)


def why(room: Room) -> dict[str, str]:
    return {one.path.name: one.why for one in room.unread}


def form_of(folder: Path, name: str, facts: dict[str, Answer], answers: dict[str, Answer]) -> Path:
    content = rehearsal._filled(of_checklist(checklist(folder.parent), "en"), facts, answers)
    stream = io.BytesIO()
    import datetime as dt

    save(form.build(content, dt.datetime(2026, 3, 1, tzinfo=dt.UTC)), stream)
    (folder / name).write_bytes(stream.getvalue())
    return folder / name


def test_assessments_forms_and_lines_say_the_same(folder: Path) -> None:
    against = checklist(folder.parent)
    assessment(folder / "one.stockcheck", against, "kinds=arms", "A-1=partial", "A-4=3")
    (folder / "two.txt").write_text("kinds=arms\n> a-1: Partial\nlunch: at one\nA-4 = 3\n", encoding="utf-8")
    answers = {"A-1": Answer("partial"), "A-4": against_number(3)}
    form_of(folder, "three.xlsx", {"kinds": Answer(("arms",))}, answers)
    room = found(folder)
    assert why(room) == {}
    assert [one.name for one in room.participants] == ["one", "three", "two"]
    lines = [[line.answer for line in one.scorecard.lines] for one in room.participants]
    assert lines[0] == lines[1] == lines[2]
    assert [one.facts for one in room.participants] == [{"kinds": Answer(("arms",))}] * 3
    assert {one.answered for one in room.participants} == {2}


def against_number(value: int) -> Answer:
    from decimal import Decimal

    return Answer(Decimal(value))


def test_nothing_of_a_participant_is_changed(folder: Path) -> None:
    assessment(folder / "one.stockcheck", checklist(folder.parent), "A-1=yes")
    (folder / "two.txt").write_text("A-1=no\n")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    found(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_copy_and_an_earlier_state_count_once_and_branches_each(folder: Path) -> None:
    first = assessment(folder / "a.stockcheck", checklist(folder.parent), "A-1=yes")
    shutil.copy(first, folder / "b.stockcheck")  # stays behind
    shutil.copy(first, folder / "c.stockcheck")  # goes another way
    go_on(first, "A-4=3")
    go_on(folder / "c.stockcheck", "A-4=1")
    room = found(folder)
    assert [one.name for one in room.participants] == ["a", "c"]
    assert list(why(room)) == ["b.stockcheck"]
    assert "a.stockcheck" in why(room)["b.stockcheck"] or "c.stockcheck" in why(room)["b.stockcheck"]


def test_the_same_lines_are_a_copy_only_where_files_are_called_alike(folder: Path) -> None:
    (folder / "later").mkdir()
    for name in ("a.txt", "b.txt", "later/A.txt"):  # two groups agree, and one has handed in twice
        (folder / name).write_text("A-1=yes\n")
    room = found(folder)
    assert ([one.name for one in room.participants], len(why(room))) == (["a", "b"], 1)
    assert [str(row[1]) for row in not_taken(room).rows if "," in str(row[0])] == ["The same lines; each counts."]


def test_nobodys_file_is_passed_over_without_a_word(folder: Path) -> None:
    deep = folder / "one" / "two" / "three" / "four"
    deep.mkdir(parents=True)
    os.symlink(folder.parent, folder / "elsewhere")
    for path in (folder / "form.ods", folder / "group.DOCX", deep / "group.txt", deep.parent / "there.txt"):
        path.write_text("A-1=yes\n")
    room = found(folder)
    assert [one.name for one in room.participants] == ["there"]
    assert why(room).keys() == {"form.ods", "group.DOCX", "elsewhere", "three"}
    assert "save it as .xlsx" in why(room)["form.ods"]
    assert "up to 3 deep" in why(room)["three"]


def test_answers_that_do_not_fit_are_told_though_nothing_else_was_answered_and_not_without_end(folder: Path) -> None:
    (folder / "one.txt").write_text("A-1=maybe\n" * 5000)
    room = found(folder)
    told = [str(row[1]) for row in not_taken(room).rows]
    assert len(told) == 2 + MAX_LEFT
    assert told[1].startswith("Line 1: “maybe”")
    assert told[-1] == f"… and {5000 - MAX_LEFT} more."


def test_who_answered_nothing_and_who_is_called_alike(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "empty.txt").write_text("good morning\n")
    (folder / "Group.txt").write_text("A-1=yes\n")
    (folder / "sub" / "group.txt").write_text("A-1=no\n")
    room = found(folder)
    assert [one.name for one in room.empty] == ["empty"]
    assert len(room.participants) == 2
    assert [len(paths) for _name, paths in room.alike] == [2]


def test_the_rooms_own_files_and_those_of_other_programs_are_passed_over(folder: Path) -> None:
    own = assessment(folder / "room.stockcheck", checklist(folder.parent), "A-1=yes")
    for name in ("~$one.xlsx", ".hidden.txt", "photo.jpg", "one.stockcheck-journal"):
        (folder / name).write_text("A-1=yes\n")
    room = found(folder, own=[own])
    assert (room.participants, room.empty, room.unread) == ([], [], [])


def test_an_older_version_goes_by_succession(folder: Path) -> None:
    """A-4 is now called A-44 and replaces it; A-6 is gone."""
    assessment(folder / "old.stockcheck", checklist(folder.parent), "A-1=yes", "A-4=3", "A-6=nothing")
    newer = folder.parent / "newer"
    path = newer / "depot.yaml"
    checklist(newer)
    one = SECTION_ONE.replace("  - id: A-4\n", "  - id: A-44\n    replaces: [A-4]\n").partition("  - id: A-6")[0]
    (newer / "sections" / "one.yaml").write_text(one, encoding="utf-8")
    (participant,) = collect(folder, compose(path)[0], ON).participants
    line = participant.scorecard.line
    assert (line["A-1"].answer, line["A-44"].credit * 2) == (Answer("yes"), 1)
    assert participant.left == ("A-6 is no question of the room's checklist.",)


HOSTILE = {
    "text.xlsx": b"PK\x03\x04 no workbook",
    "zeros.stockcheck": bytes(4096),
    "latin.txt": "PER=sí\n".encode("latin-1"),
    "wide.txt": "A-1=yes\n".encode("utf-16"),
    "wider.txt": "A-1=yes\n".encode("utf-32"),
    "large.txt": b"A-1=yes\n" * 200_000,
}


def test_hostile_files_are_named_and_the_rest_is_taken(folder: Path) -> None:
    for name, content in HOSTILE.items():
        (folder / name).write_bytes(content)
    (folder / "good.txt").write_text("A-1=yes\n")
    os.symlink("/etc/passwd", folder / "link.txt")
    os.mkfifo(folder / "pipe.txt")
    room = found(folder)
    assert [one.name for one in room.participants] == ["good"]
    assert why(room).keys() == {*HOSTILE, "link.txt", "pipe.txt"}
    assert "UTF-16" in why(room)["wide.txt"]
    assert "UTF-32" in why(room)["wider.txt"]
    assert not any("\n" in told for told in why(room).values())
    assert "Line 1 is not UTF-8" in why(room)["latin.txt"]


def test_an_answer_that_does_not_fit_is_told_and_the_rest_counts(folder: Path) -> None:
    (folder / "one.txt").write_text("A-1=yes\nA-4=many\nA-5=2027-01-01\n")
    (one,) = found(folder).participants
    assert one.answered == 1
    assert [said.partition(":")[0] for said in one.left] == ["Line 2", "Line 3"]


def test_a_chat_puts_the_time_and_who_speaks_before_an_answer(folder: Path) -> None:
    lines = [
        "[10:32] Ana: A-1=no",
        "10:33 Luis Paz: kinds=arms",
        "Ana: I say B-1: partial.",
        "A-44 = yes",
        "so A-4:many",
    ]
    (folder / "one.txt").write_text("\n".join(lines))
    (one,) = found(folder).participants
    given = {line.question.id: line.answer for line in one.scorecard.lines if line.answer is not None}
    assert given == {"A-1": Answer("no"), "B-1": Answer("partial")}
    assert one.facts == {}  # a fact is called by a plain word, and talk is full of these
    assert [said.partition(":")[0] for said in one.left] == ["Line 5"]


def test_a_long_line_is_read_once(folder: Path) -> None:
    (folder / "one.txt").write_text("x=" * 400_000 + "\n" + " -" * 100_000 + "\nA-1=yes\n")
    start = time.process_time()
    assert found(folder).participants[0].answered == 1
    assert time.process_time() - start < 5


def test_another_checklist_is_not_taken(folder: Path) -> None:
    other = folder.parent / "other"
    checklist(other)
    path = other / "depot.yaml"
    path.write_text(path.read_text().replace("id: depot", "id: harbour"), encoding="utf-8")
    path.rename(other / "harbour.yaml")
    assessment(folder / "one.stockcheck", compose(other / "harbour.yaml")[0], "A-1=yes")
    assert why(found(folder)) == {"one.stockcheck": "It is of the checklist harbour; the room's is depot."}


def test_more_files_than_a_room_has_are_not_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stockcheck.workshop.collecting.MAX_FILES", 3)
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"A-1=yes\nA-4={number}\n")
    room = found(folder)
    assert [one.name for one in room.participants] == ["0", "1", "2"]
    assert "more than 3 files" in why(room)["room"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StockcheckError, match="no folder"):
        collect(tmp_path / "nowhere", checklist(tmp_path), ON)
