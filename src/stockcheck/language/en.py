"""English, as the United Nations write it."""

from __future__ import annotations

from stockcheck.language.table import Keys, Table, Words

TABLE = Table(
    code="en",
    own_name="English",
    locale="en_GB",
    decimal_mark=".",
    thousands_mark=",",
    thousands_marks=",",
    day_first=False,  # 3/4/2026 is 4 March in one country, 3 April in the next
    words=Words(
        yes=("yes", "y"),
        partial=("partial", "p"),
        no=("no", "n"),
        unknown=("unknown", "u"),
        not_applicable=("na", "n/a", "not applicable"),
        none=("none",),
        today=("today",),
    ),
    keys=Keys(yes="y", partial="p", no="n", unknown="u", not_applicable="a"),
    joining="and or",
    # That no Spanish, French or Portuguese sentence has: enough to find a forgotten text.
    telltales="the and with without when where which what who whose from are this that these those of is was were "
    "been not have they their there each every any must should shall than then between before after until under into "
    "other does yes depot ammunition weapon weapons firearm firearms fence fences gate gates guard guards ledger "
    "ledgers storehouse storehouses padlock padlocks",
)
