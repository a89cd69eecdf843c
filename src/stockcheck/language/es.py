"""Spanish, as the defence forces of Latin America write it."""

from __future__ import annotations

from stockcheck.language.table import Keys, Table, Words

TABLE = Table(
    code="es",
    own_name="español",
    locale="es",
    decimal_mark=",",
    thousands_mark=" ",
    thousands_marks=".,",  # fifteen hundred is 1,500 in one country and 1.500 in another
    day_first=True,
    words=Words(
        yes=("sí", "s"),
        partial=("parcial", "p"),
        no=("no", "n"),
        unknown=("desconocido", "d", "no sé", "no se sabe"),
        not_applicable=("na", "n/a", "no aplica", "no se aplica"),
        none=("ninguno", "ninguna"),
        today=("hoy",),
    ),
    keys=Keys(yes="s", partial="p", no="n", unknown="d", not_applicable="a"),
)
