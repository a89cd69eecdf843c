"""The program's own text: every message has a Spanish one, with the same blanks to fill."""

from __future__ import annotations

import string
import subprocess
import sys
from pathlib import Path

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


def spanish() -> Catalog:
    with (SOURCE / "locale/es/LC_MESSAGES/stockcheck.po").open("rb") as file:
        return read_po(file, locale="es")


def blanks(text: str) -> set[str]:
    return {name for _before, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_every_message_has_a_spanish_one() -> None:
    translated = {(one.id[0] if isinstance(one.id, tuple) else one.id) for one in spanish() if one.id and one.string}
    assert messages() - translated == set()
    assert translated - messages() == set(), "messages that the program no longer has"


def test_translations_fill_the_same_blanks() -> None:
    for message in spanish():
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        rendered = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        for text in rendered:
            assert blanks(text) == blanks(sources[0]), text


def test_the_help_of_every_command_is_in_spanish() -> None:
    code = "from stockcheck.cli import main; main(['--lang', 'es', '--help'])"
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60).stdout
    assert "Empezar una evaluación en un archivo nuevo." in shown
    assert "Start an assessment" not in shown


def test_numbers_and_percentages_follow_the_language() -> None:
    from fractions import Fraction

    assert language.percent(Fraction(1, 8)) == "12.5 %"
    with language.speaking("es"):
        assert language.percent(Fraction(1, 8)) == "12,5 %"
        assert language.percent(None) == "no se aplica"
    assert language.current() == "en"
