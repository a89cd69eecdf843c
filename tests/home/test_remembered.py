"""What the home screen remembers: for its owner alone, bounded, and as if there were nothing where it is not sound."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from stockcheck.home import remembered


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_holds_paths_alone_and_is_its_owners_alone(state: Path, depot: Path) -> None:
    before = os.umask(0)
    try:
        remembered.remember(Path("north.stockcheck"))
    finally:
        os.umask(before)
    assert json.loads((state / "recent.json").read_text()) == {"paths": [str(depot)]}
    assert (mode(state), mode(state / "recent.json")) == (0o700, 0o600)
    assert [path.name for path in state.iterdir()] == ["recent.json"]


def test_the_last_one_comes_first_once_and_there_are_not_too_many(state: Path) -> None:
    for number in range(remembered.MOST + 5):
        remembered.remember(Path(f"/depots/{number}.stockcheck"))
    remembered.remember(Path("/depots/20.stockcheck"))
    found = remembered.recent()
    assert (len(found), found[0].name, found[1].name) == (remembered.MOST, "20.stockcheck", "34.stockcheck")
    assert len(set(found)) == len(found)


def test_one_is_forgotten_or_all_and_the_files_stay(state: Path, depot: Path) -> None:
    remembered.remember(depot)
    remembered.remember(Path("/elsewhere.stockcheck"))
    remembered.forget(depot)
    assert remembered.recent() == [Path("/elsewhere.stockcheck")]
    remembered.forget()
    assert not (state / "recent.json").exists()
    assert depot.exists()


def test_who_wants_none_has_none(state: Path, depot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered.remember(depot)
    monkeypatch.setenv(remembered.NO_RECENT, "1")
    assert remembered.recent() == []
    remembered.remember(Path("/elsewhere.stockcheck"))
    monkeypatch.delenv(remembered.NO_RECENT)
    assert remembered.recent() == [depot]
    remembered.choose("recent", "none")
    assert remembered.recent() == []


def test_a_name_that_is_no_text_comes_back_as_it_was() -> None:
    path = Path(os.fsdecode(b"/depots/dep\xf3sito.stockcheck"))
    remembered.remember(path)
    assert remembered.recent() == [path]


HOSTILE: dict[str, bytes] = {
    "not JSON": b"\xff\xfe{",
    "cut off": b'{"paths": ["/a.stockcheck"',
    "nested too deep": b"[" * 200_000,
    "a number beyond every number": b'{"paths": ' + b"9" * 10_000 + b"}",
    "something else": b'["/a.stockcheck"]',
    "other things than paths": b'{"paths": [1, null, {"a": []}, "a.stockcheck", "/a\\u0000b", "/\\ud800x", ""]}',
    "a path without an end": json.dumps({"paths": ["/" + "a" * 100_000]}).encode(),
    "too large": json.dumps({"paths": ["/a.stockcheck"], "more": "x" * (1 << 18)}).encode(),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_list_that_is_not_sound_is_as_if_there_were_none(state: Path, content: bytes) -> None:
    state.mkdir(0o700, parents=True)
    (state / "recent.json").write_bytes(content)
    (state / "choices.json").write_bytes(content)
    assert (remembered.recent(), remembered.choice("language")) == ([], "")
    remembered.remember(Path("/b.stockcheck"))
    remembered.choose("language", "es")
    assert (remembered.recent(), remembered.choice("language")) == ([Path("/b.stockcheck")], "es")


def a_link(path: Path, elsewhere: Path) -> None:
    path.symlink_to(elsewhere)


def a_folder(path: Path, _elsewhere: Path) -> None:
    path.mkdir()


def a_pipe(path: Path, _elsewhere: Path) -> None:
    os.mkfifo(path)


def one_that_others_may_write(path: Path, elsewhere: Path) -> None:
    path.write_bytes(elsewhere.read_bytes())
    path.chmod(0o666)


@pytest.mark.parametrize("make", [a_link, a_folder, a_pipe, one_that_others_may_write])
def test_what_is_no_file_of_ours_is_not_read_and_what_it_leads_to_is_not_written(
    state: Path, tmp_path: Path, make: Callable[[Path, Path], None]
) -> None:
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_text('{"paths": ["/a.stockcheck"]}')
    state.mkdir(0o700, parents=True)
    make(state / "recent.json", elsewhere)
    assert remembered.recent() == []
    remembered.remember(Path("/b.stockcheck"))
    assert elsewhere.read_text() == '{"paths": ["/a.stockcheck"]}'
    mended = make in (a_link, one_that_others_may_write)
    assert remembered.recent() == ([Path("/b.stockcheck")] if mended else [])


def test_a_list_of_somebody_else_is_not_read(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered.remember(Path("/a.stockcheck"))
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert remembered.recent() == []
    remembered.remember(Path("/b.stockcheck"))
    monkeypatch.undo()


def test_where_nothing_can_be_written_nothing_is_remembered_and_nothing_is_said(state: Path, tmp_path: Path) -> None:
    state.parent.write_text("a file where a folder should be")
    remembered.remember(Path("/a.stockcheck"))
    remembered.choose("language", "es")
    remembered.forget()
    assert (remembered.recent(), remembered.choice("language")) == ([], "")
