"""Which standard a reference names."""

from __future__ import annotations

from pathlib import Path

import pytest

from stockcheck.checklist.loading import compose
from tests.depot import CHECKLIST, checklist_file


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("DOC 1", "DOC 1"),
        ("DOC 1 §8", "DOC 1"),
        ("DOC 1 Annex B §2", "DOC 1 Annex B"),
        ("DOC 1 Annex C", "DOC 1"),
        ("DOC 10", None),
        ("DOC", None),
        ("", None),
    ],
)
def test_the_longest_listed_name_that_a_reference_begins_with(tmp_path: Path, reference: str, name: str | None) -> None:
    path = checklist_file(tmp_path)
    path.write_text(CHECKLIST.replace("  DOC 1: {", "  DOC 1 Annex B: {title: An annex}\n  DOC 1: {"), encoding="utf-8")
    assert compose(path)[0].cited(reference) == name
