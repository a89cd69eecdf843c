"""The table of sections and standards: every number can be counted by hand."""

from __future__ import annotations

from stockcheck.checklist.coverage import table
from tests.scoring.building import built, control, section


def test_the_table_counts_questions_once_for_each_standard_they_cite() -> None:
    cites = ["DOC 1", "DOC 1 §2", "DOC 10"]
    first = section("b", control("B-1", references=cites), control("B-2", references=["DOC 1"]), control("B-3"))
    second = section("a", control("A-1", references=["DOC 10"]), domain="inventory")
    whole = built(first, second, standards=("DOC 1", "DOC 10"))
    part = built(section("b", control("B-2", references=["DOC 1"])), standards=("DOC 1",))
    part = part.model_copy(update={"id": "part"})
    wanted = """\
| section | domain | questions | used by | cites (questions) |
| --- | --- | ---: | --- | --- |
| a | inventory | 1 | test | DOC 10 (1) |
| b | storage | 3 | part, test | DOC 1 (2), DOC 10 (1) |
| **total** | | **4** | | |
"""
    assert table([part, whole]) == wanted
    assert table([whole, part]) == wanted.replace("part, test", "test, part")
