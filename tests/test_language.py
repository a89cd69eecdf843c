"""The program's own text: every message has a Spanish one, with the same blanks to fill."""

from __future__ import annotations

import re
import string
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from stockcheck import language

SOURCE = Path(language.__file__).parent
KEYWORDS = {"_": None, "ngettext": (1, 2)}


def messages() -> set[str]:
    """Every message that the program's source marks for translation."""
    found = extract_from_dir(SOURCE, keywords=KEYWORDS)
    return {one[2][0] if isinstance(one[2], tuple) else one[2] for one in found}


#: What the library that reads the command line looks up among this program's messages.
BORROWED = {"Options", "Commands", "Arguments", "required"}


def spanish() -> Catalog:
    with (SOURCE / "locale/es/LC_MESSAGES/stockcheck.po").open("rb") as file:
        return read_po(file, locale="es")


def blanks(text: str) -> set[str]:
    return {name for _before, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_every_message_has_a_spanish_one() -> None:
    translated = {(one.id[0] if isinstance(one.id, tuple) else one.id) for one in spanish() if one.id and one.string}
    assert messages() - translated == set()
    assert translated - messages() == BORROWED, "messages that the program no longer has"


def test_translations_fill_the_same_blanks() -> None:
    for message in spanish():
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        rendered = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        for text in rendered:
            assert blanks(text) == blanks(sources[0]), text


def said(*arguments: str) -> str:
    code = "import sys; from stockcheck.cli import main; main(['--lang', 'es', *sys.argv[1:]])"
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=60)
    return done.stdout + done.stderr


COMMANDS = [
    "new",
    "answer",
    "verify",
    "redact",
    "upgrade",
    "score",
    "report",
    "compare",
    "demo",
    "checklist",
    "checklist list",
    "checklist show",
    "checklist lint",
    "checklist coverage",
]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_spanish_and_whole(command: str) -> None:
    shown = said(*command.split(), "--help")
    assert shown.startswith(f"Uso: stockcheck {command}".strip())
    assert "Mostrar esta ayuda." in shown
    assert not re.search(r"\b(the|Show|Options|required|Arguments|Commands|FILE|COMMAND)\b", shown)
    assert not re.search(r"\w\.\.\.\n", shown), "no line is cut off"
    assert "<" not in shown, "what to write there is said in Spanish"
    assert not re.search(r"\b(CHECKLIST|NAME|TEXT|DATE|CODE|FOLDER|path|str|marca)\b", shown)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("nex", "No existe el comando nex. ¿Quiso decir new?"),
        ("new", "Falta ARCHIVO."),
        ("new a", "Falta --checklist."),
        ("new a --no", "No existe la opción --no."),
        ("new a --date", "--date necesita un valor."),
        ("score a b c", "Sobra algo en la llamada: b c."),
        ("new a -c amunition", "No existe una lista llamada amunition.\n¿Quiso decir ammunition?"),
        ("score a --lang es", "--lang va antes del comando"),
        ("new a -c ammunition --date 31/12", "“31/12” no es una fecha."),
    ],
)
def test_a_mistaken_call_is_explained_in_spanish(arguments: str, expected: str) -> None:
    assert expected in said(*arguments.split()).replace("«", "“").replace("»", "”")


def test_numbers_and_percentages_follow_the_language() -> None:
    from fractions import Fraction

    assert language.percent(Fraction(1, 8)) == "12.5 %"
    with language.speaking("es"):
        assert language.percent(Fraction(1, 8)) == "12,5 %"
        assert language.percent(None) == "no se aplica"
    assert language.current() == "en"
