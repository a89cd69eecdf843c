"""Names that a file may have, and paths that lead to none: told in words, and never waited for."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from stockcheck.answers.answer import Answer
from stockcheck.assessment.file import open_file
from stockcheck.errors import AssessmentFileError, UsageError
from tests.assessment.crafting import (
    checklist,
    new,
    read,
)

NOT_ONE = "is not a stockcheck assessment"


@pytest.mark.parametrize(
    "name",
    [
        b"a?mode=memory",
        b"a#b",
        b"a%41",
        b"a%00b",
        b"file:a?vfs=x",
        b":memory:",
        b" ",
        b"a\nb",
        b"\xff\xfe\x80",
        "ñandú — ".encode(),
        b"\x1b[2J",
        b"x" * 230,
    ],
)
def test_a_file_may_be_called_anything(tmp_path: Path, name: bytes) -> None:
    folder = os.fsencode(tmp_path) + b"/" + name[:100]
    os.mkdir(folder)
    path = Path(os.fsdecode(folder + b"/" + name))
    new(path)
    with open_file(path, write=True, by="tester") as file:
        file.answer(checklist().question["A-1"], Answer("yes"))
        assert os.listdir(folder) == [name, name + b".lock"] or os.listdir(folder) == [name + b".lock", name]
        with open_file(path, write=True) as second:
            assert second.read_only.isprintable()
    assert read(path).state.answers == {"A-1": Answer("yes")}
    assert os.listdir(folder) == [name]
    path.write_bytes(b"damaged")
    with pytest.raises(AssessmentFileError) as caught:
        read(path)
    assert str(caught.value).replace("\n", "").isprintable()


def _socket(path: Path) -> None:
    socket.socket(socket.AF_UNIX).bind(str(path))


def _link_to_a_pipe(path: Path) -> None:
    os.mkfifo("pipe")
    path.symlink_to("pipe")


NO_FILES: dict[str, tuple[Callable[[Path], object], type[Exception], str]] = {
    "nothing": (lambda _path: None, UsageError, "There is no file"),
    "a link to nowhere": (lambda path: path.symlink_to("nowhere"), UsageError, "There is no file"),
    "a link to itself": (lambda path: path.symlink_to(path.name), AssessmentFileError, "cannot be read: Too many"),
    "a folder": (lambda path: path.mkdir(), AssessmentFileError, "cannot be read: Is a directory"),
    "a pipe": (lambda path: os.mkfifo(path), AssessmentFileError, NOT_ONE),
    "a socket": (_socket, AssessmentFileError, NOT_ONE),
    "a device without end": (lambda path: path.symlink_to("/dev/zero"), AssessmentFileError, NOT_ONE),
    "a device that is full": (lambda path: path.symlink_to("/dev/full"), AssessmentFileError, NOT_ONE),
    "a link to a pipe": (_link_to_a_pipe, AssessmentFileError, NOT_ONE),
}


@pytest.mark.parametrize("what", NO_FILES)
def test_what_is_no_file_is_named_and_never_waited_for(
    tmp_path: Path, what: str, write: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path has to be short
    make, kind, said = NO_FILES[what]
    make(Path("d.stockcheck"))
    before = sorted(os.listdir())
    with pytest.raises(kind, match=said):
        open_file(Path("d.stockcheck"), write=write)
    assert sorted(os.listdir()) == before


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", AssessmentFileError),
        (".", AssessmentFileError),
        ("..", AssessmentFileError),
        ("", AssessmentFileError),
        ("x" * 300, AssessmentFileError),
        ("file/d.stockcheck", UsageError),
        ("absent/d.stockcheck", UsageError),
    ],
)
def test_a_path_that_leads_to_no_file_is_named(
    tmp_path: Path, path: str, kind: type[Exception], write: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    with pytest.raises(kind):
        open_file(Path(path), write=write)
    assert os.listdir() == ["file"]
