"""The action plan in a workbook: what writer and reader have agreed on.

A row of the plan is known by the id in it, a column by a defined name that spreadsheet programs move along with it:
``plan_id``, and ``plan_owner`` and so on for each of `FIELDS`. Each name points to the column's header and all cells
below it, so that a new row at the end is read as well.

What was exported stands once more, out of sight, in the sheet `SHEET`, to which the name `EXPORTED` points, headers
included: a row a question, in no language; with it the assessment that it came from, the hash of the last entry then,
and the language of the workbook. Without it nobody could say which of two different values is the newer one.
"""

from __future__ import annotations

from stockcheck import language
from stockcheck.assessment.actions import FIELDS, STATUSES, status_in_words
from stockcheck.plaintext import folded

#: The sheet with what was exported, and the name that points to all of it.
SHEET, EXPORTED = "sc_plan", "plan_exported"
#: The headers of that sheet. `assessment_id` is the hash of the assessment's first entry, which no copy changes.
ASSESSMENT, HEAD, LANGUAGE, ID = "assessment_id", "head", "language", "id"
HEADERS: tuple[str, ...] = (ASSESSMENT, HEAD, LANGUAGE, ID, *FIELDS)


def name_of(column: str) -> str:
    """The defined name of a column of the plan: `ID`, or one of `FIELDS`."""
    return f"plan_{column}"


def statuses() -> dict[str, str]:
    """The words for a status that a plan may say, in every language, by how they are compared; with what they mean."""
    words: dict[str, str] = {folded(status): status for status in STATUSES}
    for code in language.LANGUAGES:
        with language.speaking(code):
            words |= {folded(status_in_words(status)): status for status in STATUSES}
    return words
