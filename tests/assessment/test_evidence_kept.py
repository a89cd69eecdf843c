"""Evidence as it is kept: taken back, moved, removed for good, damaged."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from stockcheck.answers.answer import Answer
from stockcheck.assessment import evidence
from stockcheck.assessment.checks import SCHEMA
from stockcheck.assessment.evidence import Item, counted, file_name
from stockcheck.assessment.file import create, open_file
from stockcheck.assessment.from_disk import read
from stockcheck.assessment.outcome import outcome
from stockcheck.assessment.upgrade import upgrade
from stockcheck.errors import AssessmentFileError, UsageError
from tests.assessment.crafting import (
    alter,
    answered,
    chained,
    clock,
    crafted,
    first_event,
    new,
    sql,
)
from tests.assessment.crafting import read as read_file
from tests.assessment.test_evidence import PHOTO, SHA, found, opened, photo
from tests.scoring.building import built, control


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"%PDF-1.7", "only JPEG and PNG pictures can"), (PHOTO[:-2], "it is cut off or damaged")],
)
def test_what_cannot_be_stripped_is_not_attached_as_if_it_were(tmp_path: Path, content: bytes, why: str) -> None:
    one = tmp_path / "one"
    one.write_bytes(content)
    with pytest.raises(UsageError, match=why):
        read([one], tmp_path / "d.stockcheck", strip=True)


# Names


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("fence.jpg", "fence.jpg"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        (".bashrc", "bashrc"),
        ("..", "evidence-7.jpg"),
        ("a\x1b[2Jb.jpg", "a[2Jb.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("con.jpg", "_con.jpg"),
        ('a<b>:"c|?*.jpg', "a_b___c___.jpg"),
        ("end. ", "end"),
        ("ñandú 1.jpg", "ñandú 1.jpg"),
        ("é" * 100 + ".jpg", "é" * 73 + ".jpg"),
        ("\u200b", "evidence-7.jpg"),
    ],
)
def test_a_name_leads_nowhere_and_hides_nothing(tmp_path: Path, name: str, safe: str) -> None:
    path = new(tmp_path / "d.stockcheck")
    with opened(path) as file:
        (item,) = file.evidence.attach("A-1", [photo(name)])
    assert file_name(Item(7, item.by, item.at, name=item.name, type=item.type)) == safe


def test_a_long_name_keeps_its_ending(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 240 + ".jpeg")
    path.write_bytes(PHOTO)
    (one,) = read([path], tmp_path / "d.stockcheck")
    assert len(one.name) == 200
    assert one.name.endswith("x….jpeg")


# What somebody else has changed


def test_a_content_that_was_changed_taken_out_or_put_in_is_found_and_the_file_opens(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    with opened(path) as file:
        items = file.evidence.attach("A-1", [photo(), photo("b", b"bb"), photo("c", b"cc")])
    alter(
        path,
        f"UPDATE attachment SET content = x'00' WHERE digest = '{SHA}'",
        f"DELETE FROM attachment WHERE digest = '{items[1].sha256}'",
        "INSERT INTO attachment VALUES ('stray', x'00')",
        f"INSERT INTO attachment VALUES ('{'long' * 100}', x'00')",
    )
    assert sorted(found(path)) == ["altered 2", "missing 3", "unnamed ?", "unnamed stra"]
    with opened(path) as file:
        for item, why in zip(items, ("is not what was attached", "is missing"), strict=False):
            with pytest.raises(AssessmentFileError, match=why):
                file.evidence.content(item)
        with pytest.raises(AssessmentFileError, match="changed by another program"):
            file.evidence.attach("A-2", [photo()])
        assert file.evidence.content(items[2]) == b"cc"


def test_a_content_longer_than_was_ever_written_is_never_read(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    with opened(path) as file:
        (item,) = file.evidence.attach("A-1", [photo()])
    alter(path, f"UPDATE attachment SET content = zeroblob({evidence.MAX_CONTENT + 1})")
    assert found(path) == ["altered 2"]
    with open_file(path) as file, pytest.raises(AssessmentFileError, match="is missing"):
        file.evidence.content(item)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "a", "type": "b", "size": -1, "sha256": SHA},
        {"name": "a", "type": "b", "size": True, "sha256": SHA},
        {"name": "a", "type": "b", "size": 1 << 40, "sha256": SHA},
        {"name": "a", "type": "b", "size": 1, "sha256": "../x"},
        {"name": "a", "type": ["b"], "size": 1, "sha256": SHA},
        {"name": "a", "type": "b", "size": 1, "sha256": SHA, "path": "/"},
        {"record": ""},
        {"record": "1", "sha256": SHA},
        {"withdrawn": 1},
        {"withdrawn": "2"},
        [],
    ],
)
def test_an_entry_that_attaches_nothing_is_refused(tmp_path: Path, body: object) -> None:
    path = crafted(
        tmp_path / "d.stockcheck", [first_event(), chained(first_event(), "evidence", "A-1", json.dumps(body))]
    )
    with pytest.raises(AssessmentFileError, match="cannot be understood"):
        open_file(path)


def test_a_file_of_an_earlier_format_that_names_a_content_opens(tmp_path: Path) -> None:
    body = json.dumps({"name": "a", "type": "b", "size": len(PHOTO), "sha256": SHA})
    path = crafted(tmp_path / "d.stockcheck", [first_event(), chained(first_event(), "evidence", "A-1", body)])
    tables = [line for line in SCHEMA if " attachment" in line or " protection" in line]
    sql(path, *(f"DROP TABLE {name}" for name in ("attachment", "protection")), "PRAGMA user_version = 3")
    assert len(tables) == 4
    assert found(path) == ["missing 2"]
    with opened(path) as file:
        file.evidence.attach("A-2", [photo("whole.jpg")])
    assert found(path) == []


# Removing for good


def test_a_file_that_is_redacted_is_in_no_byte_of_the_assessment(tmp_path: Path) -> None:
    path = answered(tmp_path / "d.stockcheck")
    content = b"\xff\xd8\xff" + bytes(range(256)) * 100 + b"the gate code is seen here"
    with opened(path) as file:
        file.evidence.attach("A-1", [photo("gate code.jpg", content)], "Shows the keypad")
        entry = file.events[-1].seq
        with pytest.raises(UsageError, match=r"several texts"):
            file.redact(entry)
        for part in ("file", "file_name", "remarks"):
            file.redact(entry, part)
        (item,) = file.state.evidence["A-1"]
        assert (item.name, item.remark, item.is_removed) == ("[removed]", "[removed]", True)
        assert file_name(item) == f"evidence-{entry}.jpg"
        with pytest.raises(AssessmentFileError, match="was removed"):
            file.evidence.content(item)
    kept = path.read_bytes()
    for secret in (
        content[:64],
        b"the gate code is seen here",
        b"gate code.jpg",
        b"keypad",
        item.sha256.encode() or b"\1!",
    ):
        assert secret not in kept
    assert hashlib.sha256(content).hexdigest().encode() not in kept
    with open_file(path) as file:
        assert file.record.chain_holds
        assert file.findings() == []
    with opened(path) as file:  # and the triggers are back
        file.evidence.attach("A-1", [photo()])
    with pytest.raises(Exception, match="attachments are never deleted"):
        sql(path, "DELETE FROM attachment")


def test_a_content_stays_while_another_entry_names_it_and_goes_with_the_last(tmp_path: Path) -> None:
    path = new(tmp_path / "d.stockcheck")
    with opened(path) as file:
        file.evidence.attach("A-1", [photo()])
        file.evidence.attach("A-2", [photo()])
        file.redact(2, "file")
        assert file.evidence.content(file.state.evidence["A-2"][0]) == PHOTO
        file.evidence.withdraw(3)
        assert SHA[:4].encode() in path.read_bytes()
        file.redact(3, "file")
    assert PHOTO not in path.read_bytes()
    assert found(path) == []


# A newer checklist


def test_evidence_goes_where_its_question_goes_and_is_left_where_that_is_gone(tmp_path: Path) -> None:
    older = built(control("Q-1"), control("Q-2"), control("Q-3"), control("Q-4"))
    newer = built(control("Q-1"), control("N-1", replaces=["Q-2", "Q-3"]))
    path = tmp_path / "d.stockcheck"
    create(path, older, depot="North", marking="", on=clock().date(), by="clerk", clock=clock)
    with opened(path) as file:
        for name in ("Q-2", "Q-3"):
            file.answer(older.question[name], Answer("yes"))
        for number, name in enumerate(("Q-1", "Q-2", "Q-3", "Q-4")):
            file.evidence.attach(name, [photo(f"{number}.jpg", PHOTO + bytes([number]))])
        file.evidence.attach("Q-3", [photo("1.jpg", PHOTO + bytes([1]))])
        before = file.state
        plan = upgrade(file, newer)
        after = file.state
        assert {id_: sorted(item.name for item in items) for id_, items in after.evidence.items()} == {
            "Q-1": ["0.jpg"],
            "N-1": ["1.jpg", "2.jpg"],
        }
        assert outcome(plan, before, after).evidence == ("Q-4",)
        assert [item.name for item in after.left[False, "Q-4"].evidence] == ["3.jpg"]
        for items in after.evidence.values():
            for item in items:
                assert hashlib.sha256(file.evidence.content(item)).hexdigest() == item.sha256
    assert read_file(path).state == after


def test_items_are_counted_in_words() -> None:
    at = clock()
    assert counted([]) == ""
    assert counted([Item(1, "", at, record="12")]) == "1 record"
    assert counted([Item(1, "", at, name="a"), Item(2, "", at, name="b")]) == "2 files"
