"""released.lock: whether a checklist is the one that stockcheck ships is told by its content, not by its name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from stockcheck import __version__, language
from stockcheck.checklist import worded
from stockcheck.checklist.faults import ChecklistError
from stockcheck.checklist.loading import compose
from stockcheck.checklist.model import Checklist
from stockcheck.checklist.provenance import NAME, Origin, compared, provenance_of, register
from stockcheck.checklist.shipped import heads, shipped
from stockcheck.checklist.translation import in_language
from stockcheck.cli.checklists import lint as lint_command
from stockcheck.errors import UsageError
from tests.scoring.building import built, control
from tests.volume import long

SHIPPED = shipped()
HEADS = heads(SHIPPED)
CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"

#: What each checklist was in each release: the registry may gain lines, and never lose one of these.
RELEASED = """\
cca00a9f2c2e57694c9bda0ef4e638e8306bf5c0ee0aaf14896f964ea1c33077 0.1.0 ammunition 1.0
c723681d3f359354ad162341fb10a07ad2d8a23a23aef9d6fd61570dee753407 0.1.0 firearms 1.0
285581004752c3c710c97aed902ac002f6dc30138c52e9f3e170e53e6a1e5177 0.1.0 gender 1.0
0ddd52701311a9bb69570109df2c29f8738658527f433e9f2ab5c7400f9b9855 0.1.0 rapid 1.0
073b56d621c26c98ed7b629d697f760b6008b3e08b29039238d7548c78678ed1 0.1.0 tracing 1.0
ecfea54efe48cc30987232372aae972cd15ec6236b9bfcbcf8164c46be2ff7fd 0.1.0 transfers 1.0
"""


def lines(folder: Path) -> list[str]:
    return (folder / NAME).read_text(encoding="utf-8").splitlines()


def said(folder: Path, *checklists: Checklist) -> list[str]:
    return [str(fault.kind) for fault in compared(folder, [(folder / f"{one.id}.yaml", one) for one in checklists])]


# The registry that is shipped


@pytest.mark.parametrize("path", HEADS, ids=lambda path: path.stem)
def test_every_shipped_checklist_is_registered_as_it_stands(path: Path) -> None:
    found = [str(fault) for fault in compared(shipped(), [(path, compose(path)[0])])]
    assert found == [], "a checklist was edited; `stockcheck checklist lint --update-lock` registers it"


def test_what_was_released_stays_registered() -> None:
    assert set(RELEASED.splitlines()) <= set(lines(shipped()))


def test_every_line_of_the_registry_says_something_of_its_own() -> None:
    for line in lines(shipped()):
        assert re.fullmatch(r"[0-9a-f]{64} (-|\d+\.\d+\.\d+) [a-z-]+ \S.*", line), line
    digests = [line.split()[0] for line in lines(shipped())]
    assert len(set(digests)) == len(digests)


def test_no_version_of_a_checklist_is_released_with_two_contents() -> None:
    released = [line.split(maxsplit=2)[2] for line in lines(shipped()) if line.split()[1] != "-"]
    assert len(set(released)) == len(released)


def test_a_release_names_itself_in_the_registry() -> None:
    heading = re.search(r"^## (.*)$", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE)
    assert heading is not None
    if heading[1].startswith(__version__):
        release = {line.split()[0]: line.split()[1] for line in lines(shipped())}
        assert [path.stem for path in HEADS if release[compose(path)[0].digest] == "-"] == []


# What is said of a checklist


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copies") / "checklists"
    shutil.copytree(shipped(), folder)
    return folder


@pytest.fixture
def copy(copies: Path) -> Iterator[Path]:
    """A copy of the shipped checklists, mended again after the test."""
    yield copies
    shutil.copytree(shipped(), copies, dirs_exist_ok=True)


def origin(path: Path) -> Origin:
    return provenance_of(compose(path)[0]).origin


def change(file: Path, pattern: str, replacement: str) -> None:
    text, count = re.subn(pattern, replacement, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1, f"{pattern} is not in {file.name}"
    file.write_text(text, encoding="utf-8")


def test_a_copy_is_as_shipped_wherever_it_stands(copy: Path) -> None:
    assert {path.stem: origin(copy / path.name) for path in HEADS} == {path.stem: Origin.SHIPPED for path in HEADS}


EASIER = [
    ("ammunition.yaml", r"threshold: 0\.80", "threshold: 0.05"),
    ("ammunition.yaml", r"^title: .*", "title: Another title"),
    ("ammunition.yaml", r"edition: [^}]*", "edition: 1st"),
    ("ammunition.yaml", r"^  - perimeter$", "  - {use: perimeter, when: {profile: site, is: temporary}}"),
    ("ammunition.yaml", r"(      permanent: .*\n)(      temporary: .*\n)", r"\2\1"),
    ("sections/perimeter.yaml", r"critical: 0.5", "critical: false"),
    ("sections/perimeter.yaml", r"weight: 5", "weight: 4"),
    ("sections/perimeter.yaml", r"level: 1", "level: 2"),
    ("sections/perimeter.yaml", r"effort: 3", "effort: 1"),
    ("sections/perimeter.yaml", r"(    (?:evidence|remedy): )", r"\1Somewhat. "),
    ("sections/perimeter.yaml", r"references: \[", 'references: ["IATG 09.10 §99", '),
    ("translations/es/perimeter.yaml", r"(    text: )(¿?)", r"\1\2Tal vez "),
    ("translations/es/ammunition.yaml", r"^title: .*", "title: Otro título"),
]


@pytest.mark.parametrize(("file", "pattern", "replacement"), EASIER)
def test_whatever_is_read_or_scored_otherwise_makes_it_an_adapted_one(
    copy: Path, file: str, pattern: str, replacement: str
) -> None:
    change(copy / file, pattern, replacement)
    assert origin(copy / "ammunition.yaml") is Origin.ADAPTED


def test_a_checklist_of_another_name_is_somebodys_own(copy: Path) -> None:
    change(copy / "rapid.yaml", "^id: rapid", "id: our-rapid")
    assert origin(copy / "rapid.yaml") is Origin.OWN
    change(copy / "rapid.yaml", "^id: our-rapid", "id: RAPID")
    assert origin(copy / "rapid.yaml") is Origin.ADAPTED, "the case of a name makes it no other name"


def test_an_assessment_made_with_an_earlier_release_is_still_as_shipped(copy: Path) -> None:
    kept = compose(copy / "rapid.yaml")[0].content  # what an assessment file carries
    assert provenance_of(Checklist.model_validate_json(kept)).origin is Origin.SHIPPED


def test_the_digest_is_said_with_the_origin() -> None:
    source = compose(shipped() / "rapid.yaml")[0]
    said = provenance_of(source)
    assert said.line == f"Checklist: rapid {source.version}, as shipped with stockcheck ({source.digest[:12]})"
    adapted = provenance_of(in_language(source, "es"))
    with language.speaking("es"):
        assert adapted.statement.startswith("ADAPTADA: no es la lista que stockcheck distribuye")
        assert adapted.digest[:12] in adapted.statement


# Keeping the registry


def named(version: str = "1.0", **revisions: int) -> Checklist:
    questions = (control(name, revision=revision) for name, revision in revisions.items())
    return built(*questions).model_copy(update={"version": version})


def test_a_change_is_named_until_it_is_registered_and_nothing_is_forgotten(tmp_path: Path) -> None:
    assert said(tmp_path, named(A=1)) == [], "there is no registry"
    register(tmp_path, [named(A=1)])
    assert said(tmp_path, named(A=1)) == []
    assert said(tmp_path, named(A=2)) == ["not-registered"]
    for _again in range(2):
        register(tmp_path, [named(A=2)])
    assert said(tmp_path, named(A=1), named(A=2)) == []
    first, second = (f"{one.digest} - {one.id} 1.0" for one in (named(A=1), named(A=2)))
    assert lines(tmp_path) == [first, second]


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's folder of checklists, which a test may edit."""
    folder = tmp_path / "checklists"
    shutil.copytree(SHIPPED, folder)
    registry = (folder / NAME).read_text(encoding="utf-8")
    (folder / NAME).write_text(registry.replace(" - ", " 9.9.9 "), encoding="utf-8")  # as on the day of a release
    for module in ("shipped", "lint", "provenance"):
        monkeypatch.setattr(f"stockcheck.checklist.{module}.shipped", lambda: folder)
    monkeypatch.setattr(worded, "warnings", lambda *_: ())  # takes most of a lint's time, and is not the point
    return folder


@long
def test_who_edits_a_shipped_checklist_is_told_the_command_and_the_command_registers_it(source: Path) -> None:
    rapid, before = source / "rapid.yaml", lines(source)
    version = compose(rapid)[0].version
    change(rapid, r"^title: .*", "title: A rapid one")
    with pytest.raises(ChecklistError, match=rf"rapid {version} was released with other content\. Raise its version"):
        lint_command([str(rapid)], update_lock=True)
    change(rapid, r"^version: .*", "version: next one")
    with pytest.raises(ChecklistError, match=r"rapid next one is not registered as it stands\. .*lint --update-lock"):
        lint_command([str(rapid)])
    lint_command([str(rapid)], update_lock=True)
    assert origin(rapid) is Origin.SHIPPED
    assert lines(source)[:-1] == before


def test_in_an_installed_program_no_checklist_can_be_made_a_shipped_one(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stockcheck.checklist.shipped.INSTALLED", source)
    before = {path: path.read_bytes() for path in source.glob("*.lock")}
    change(source / "rapid.yaml", r"^title: .*", "title: A rapid one")
    with pytest.raises(UsageError, match="Adapt a copy"):
        lint_command([], update_lock=True)
    assert {path: path.read_bytes() for path in source.glob("*.lock")} == before


def test_a_copy_elsewhere_need_not_be_registered_even_with_the_registry_beside_it(tmp_path: Path) -> None:
    register(tmp_path, [named(A=1)])
    (tmp_path / "copy").mkdir()
    shutil.copy(tmp_path / NAME, tmp_path / "copy")
    changed = [(tmp_path / "copy" / "test.yaml", named(A=2))]
    assert list(compared(tmp_path, changed)) == []
    assert len(list(compared(tmp_path / "copy" / "..", [(tmp_path / "test.yaml", named(A=2))]))) == 1


def test_a_released_version_takes_no_other_content(tmp_path: Path) -> None:
    register(tmp_path, [named(A=1)])
    (tmp_path / NAME).write_text(lines(tmp_path)[0].replace(" - ", " 0.1.0 "))  # as somebody does who makes a release
    before = lines(tmp_path)
    register(tmp_path, [named(A=2)])
    assert lines(tmp_path) == before
    assert said(tmp_path, named(A=2)) == ["released-otherwise"]
    register(tmp_path, [named("1.1", A=2)])
    assert said(tmp_path, named("1.1", A=2)) == []
    assert lines(tmp_path)[:1] == before


@pytest.mark.parametrize("noise", ["", "<<<<<<< HEAD\n", "\ufeff\n", "not a line\n", "abc 0.1.0 depot 1.0\n"])
def test_lines_that_say_nothing_are_passed_over_and_kept(tmp_path: Path, noise: str) -> None:
    (tmp_path / NAME).write_text(noise, encoding="utf-8")
    register(tmp_path, [named(A=1)])
    assert said(tmp_path, named(A=1)) == []
    assert (tmp_path / NAME).read_text(encoding="utf-8").startswith(noise)


def test_a_registry_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError, match=r"released\.lock.*cannot be written"):
        register(tmp_path / "absent", [named(A=1)])
