"""docs/report-data.md: the tables of data, by the very columns that write them."""

from __future__ import annotations

from typing import Any

from stockcheck.report.data.assessment import COMMON, FORMAT
from stockcheck.report.data.columns import Column
from stockcheck.report.data.tables import KINDS


def reference() -> str:
    """docs/report-data.md."""
    parts = [_HEAD.format(format=FORMAT), "## In every row of every table", _listed(COMMON)]
    for kind in KINDS:
        parts += [f"## {kind.name}", kind.meaning, _listed(kind.columns)]
    return "\n\n".join(parts) + "\n"


def _listed(columns: tuple[Column[Any], ...]) -> str:
    rows = [f"| `{one.name}` | {one.type}{'?' if one.optional else ''} | {one.meaning} |" for one in columns]
    return "\n".join(["| column | type | meaning |", "| --- | --- | --- |", *rows])


_HEAD = """\
# The data sheets of the gap report

Made by `python docs/report_data.py` from src/stockcheck/report/data/. S-1 to S-10 are rules of
[scoring.md](scoring.md).

The last sheets of every gap report, with grey tabs, are tables for programs. Their names, columns, codes, figures and
texts are the same whatever language the report is in: texts are in the checklist's own (`text_language`). Each sheet
has one Excel table of the same name, with its header in row 1. No cell is merged or cut. This is format {format}:
`format` in `sc_assessment` rises when a column is taken away or changes its meaning. Columns may be added, at the end.
Format 2 has in `sc_plan` the rows of the report's action plan, in its order, and what has been filled in about each;
format 1 had fewer rows, in the order of `sc_gaps`, and no priority for what is no gap.

200 reports join in one line, for instance with pandas:

```python
answers = pandas.concat(pandas.read_excel(path, sheet_name="sc_answers") for path in pathlib.Path().glob("*.xlsx"))
```

In Excel: *Data, Get Data, From Folder*, and the table `sc_answers`. Rows of one assessment have one `assessment_id`;
`question_id` joins `sc_answers` with `sc_gaps`, `sc_plan` and `sc_options`.

A type that ends in `?` may be empty. A *share* is a figure of 16 digits, and the column after it the same as an exact
*fraction*, such as `405/703`, as text. A *boolean* is TRUE or FALSE. A *date* is a real date, a *moment* one with
the time in UTC; before 1900-03-01, where a spreadsheet has no dates, either is text such as `1899-12-31`. Several names
in one cell are joined by `; `, and a semicolon in a name is then a comma. Controls and marks that steer the reading
order stand as pictures (U+2400 on), for all text is data.

A cell holds at most 32,767 characters. A longer text, such as several notes that an upgrade has joined, goes on in
further columns at the end of the table, `note_2`, `note_3` and so on, which are there only where something needs them:
put together without anything between, they are the whole text.

The sheets are not made for paper: of each, the first row prints."""
