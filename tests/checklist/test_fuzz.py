"""The shipped texts, damaged at random: a checklist comes out of them, or a list of faults, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from stockcheck.checklist import lint, loading
from stockcheck.checklist.consistency import is_sound
from stockcheck.checklist.faults import ChecklistError, Fault
from stockcheck.checklist.model import Checklist
from stockcheck.checklist.shipped import shipped
from tests.volume import examples

#: Sections with conditions, options, bands of days and of numbers, and what reads the profile.
SECTIONS = ("perimeter", "explosive-limits", "ledgers", "field-storage", "stock-checks")

WORDS = [
    *(
        "null",
        "[]",
        "{}",
        "12",
        "1.5",
        "true",
        "''",
        "- x",
        "[[]]",
        "{a: b}",
        "na",
        "unknown",
        "&a",
        "*a",
        "!x",
        "|",
        ">",
    ),
    *(
        "?",
        "---",
        "...",
        ":",
        ",",
        "#",
        "@",
        "{",
        "]",
        '"',
        "'",
        "%",
        "id",
        "when",
        "options",
        "text",
        "PER-01",
        "LIM-01",
    ),
    *(".inf", "-1", "0o10", "2026-02-30", "1e99999999999999999999", "'9e99999999999999999999'", "'\u202e'", '"\\e[2J"'),
    *("{not: {all: []}}", "{question: PER-01}", "{question: PER-01, is: yes}", "{question: PER-11, at_least: .nan}"),
    *("{profile: storage}", "{profile: storage, is: 3, has: x}", "{any: [{profile: records, has: paper}]}", "[PER-01]"),
    *("\t", "\ufeff", "\x00", "\x85", "\u2028", "x" * 5000),
]

#: One damage: what is done, to which line (as a share of all), with which word or other line.
DAMAGE = st.tuples(
    st.sampled_from(["delete", "double", "swap", "cut", "value", "indent", "outdent", "word", "sign", "other"]),
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(WORDS),
)


def damaged(text: str, kind: str, where: float, share: float, word: str) -> str:
    lines = text.split("\n")
    number, other = int(where * len(lines)), int(share * len(lines))
    line = lines[number]
    words = line.split(" ")
    place = int(share * len(words))
    match kind:
        case "delete":
            del lines[number]
        case "double":
            lines.insert(other, line)
        case "swap":
            lines[number], lines[other] = lines[other], line
        case "cut":
            lines[number] = line[: int(share * len(line))]
        case "value":
            lines[number] = f"{line.split(':')[0]}: {word}"
        case "indent":
            lines[number] = " " * (1 + other % 5) + line
        case "outdent":
            lines[number] = line[1 + other % 4 :]
        case "word":
            lines[number] = " ".join([*words[:place], word, *words[place + 1 :]])
        case "sign":
            at = int(share * len(line))
            lines[number] = line[:at] + word[:1] + line[at + 1 :]
        case _:
            lines[number] = " ".join([*words[:place], *lines[other].split(" ")[place:]])
    return "\n".join(lines)


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, str]:
    """Part of the shipped ammunition checklist, as files of its own; the text of each."""
    source, folder = shipped(), tmp_path_factory.mktemp("fuzz")
    head = (source / "ammunition.yaml").read_text(encoding="utf-8")
    uses = [line for line in head.splitlines() if any(line.endswith((f"- {one}", f"[{one}]")) for one in SECTIONS)]
    uses += [line for line in head.splitlines() if "use: field-storage" in line]
    texts = {folder / "ammunition.yaml": head[: head.index("\nsections:")] + "\nsections:\n" + "\n".join(uses) + "\n"}
    for name in SECTIONS:
        texts[folder / "sections" / f"{name}.yaml"] = (source / f"sections/{name}.yaml").read_text(encoding="utf-8")
    for name in (*SECTIONS, "ammunition"):
        file = f"translations/es/{name}.yaml"
        texts[folder / file] = (source / file).read_text(encoding="utf-8")
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert len(loading.compose(folder / "ammunition.yaml")[0].sections) == len(SECTIONS)
    return texts


@examples(20, 200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_make_a_checklist_or_a_list_of_faults(
    copies: dict[Path, str], monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    head, *_others = copies
    monkeypatch.setattr(loading, "shipped", lambda: head.parent / "none")
    for path in data.draw(st.lists(st.sampled_from(list(copies)), min_size=1, max_size=2, unique=True)):
        text = copies[path]
        for damage in data.draw(st.lists(DAMAGE, min_size=1, max_size=2)):
            text = damaged(text, *damage)
        path.write_text(text, encoding="utf-8")
    try:
        outcome = composed(head)
        if not isinstance(outcome, Checklist):
            check_faults(outcome, copies)
            return
        # What was let through can be kept in an assessment and opened again, and looked at by the lint.
        assert is_sound(outcome)
        kept = Checklist.model_validate_json(outcome.content)
        assert kept.digest == outcome.digest
        lint.faults([head])
    finally:
        for path, text in copies.items():
            path.write_text(text, encoding="utf-8")


def composed(head: Path) -> Checklist | tuple[Fault, ...]:
    try:
        return loading.compose(head)[0]
    except ChecklistError as error:
        return error.faults


def check_faults(faults: tuple[Fault, ...], files: dict[Path, str]) -> None:
    """Each fault has a place in one of the files, and says in one printable line what is wrong."""
    assert faults
    for fault in faults:
        assert Path(fault.file) in files
        lines = Path(fault.file).read_text(encoding="utf-8").splitlines()
        assert 0 <= fault.line <= len(lines) + 1
        assert fault.column >= (1 if fault.line else 0)
        assert str(fault).isprintable()
        assert len(str(fault)) < 2000
