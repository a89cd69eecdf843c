"""The languages the program speaks: one table each (`en`, `es` …), the choice between them, and what people type.

To add a language, add its table here, its texts under ``locale/`` and, for the checklists, a folder under
``checklists/translations/``. Nothing else names a language.
"""

from stockcheck.language.spoken import (
    LANGUAGES,
    LOCALE_DIR,
    N_,
    SOURCE,
    _,
    current,
    date,
    moment,
    ngettext,
    number,
    preferred,
    speaking,
    table,
    table_in_use,
    use,
    whole_number,
)

__all__ = [
    "LANGUAGES",
    "LOCALE_DIR",
    "N_",
    "SOURCE",
    "_",
    "current",
    "date",
    "moment",
    "ngettext",
    "number",
    "preferred",
    "speaking",
    "table",
    "table_in_use",
    "use",
    "whole_number",
]
