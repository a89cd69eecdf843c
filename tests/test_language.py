"""The program's own text: every message is in every language, with the same blanks to fill."""

from __future__ import annotations

import re
import string
from dataclasses import asdict
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from stockcheck import figures, language
from stockcheck.language.typed import keys, meaning
from stockcheck.questionnaire.screen.app import QuestionnaireApp
from tests.cli.running import called

SOURCE = Path(language.__file__).parents[1]
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def messages() -> dict[str, str]:
    """Every message that the program's source marks for translation, with its plural; empty where it has none."""
    found = [one[2] for one in extract_from_dir(SOURCE, keywords=KEYWORDS)]
    return dict((one, "") if isinstance(one, str) else (one[0], one[1]) for one in found)


#: What the library that reads the command line looks up among this program's messages.
BORROWED = {"Options", "Commands", "Arguments", "required"}


TRANSLATED = [code for code in language.LANGUAGES if code != language.SOURCE]


def catalogue(code: str) -> Catalog:
    with (SOURCE / f"locale/{code}/LC_MESSAGES/stockcheck.po").open("rb") as file:
        return read_po(file, locale=code)


def blanks(text: str) -> set[str]:
    return {name for _before, name, _spec, _conversion in string.Formatter().parse(text) if name}


def rendered(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, (tuple, list)) else (message.string or "",)


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_has_one_in_every_language(code: str) -> None:
    said = [one.id for one in catalogue(code) if one.id and all(rendered(one))]
    translated = dict((one, "") if isinstance(one, str) else (one[0], one[1]) for one in said)
    marked = messages()
    assert marked.keys() - translated.keys() == set()
    assert translated.keys() - marked.keys() == BORROWED, "messages that the program no longer has"
    plurals = {one: plural for one, plural in marked.items() if plural}
    assert plurals == {one: translated[one] for one in plurals}, "the plural as the program has it"


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_fill_the_same_blanks(code: str) -> None:
    for message in catalogue(code):
        sources = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
        for text in rendered(message):
            assert blanks(text) == blanks(sources[0]), text


def said(*arguments: str) -> str:
    done = called(Path.cwd(), "--lang", "es", *arguments)
    return done.stdout + done.stderr


COMMANDS = [
    "new",
    "answer",
    "verify",
    "redact",
    "upgrade",
    "show",
    "set",
    "score",
    "report",
    "compare",
    "plan",
    "plan import",
    "plan list",
    "plan set",
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

    assert figures.percent(Fraction(1, 8)) == "12.5 %"
    with language.speaking("es"):
        assert figures.percent(Fraction(1, 8)) == "12,5 %"
        assert figures.percent(None) == "no se aplica"
    assert language.current() == "en"


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_a_table_is_called_as_its_language_and_contradicts_nothing(code: str) -> None:
    table = language.table(code)
    assert table.code == code
    assert table.own_name
    Locale.parse(table.locale)
    assert {table.decimal_mark, *table.thousands_marks} <= {".", ","}
    screen = {key for binding in QuestionnaireApp.BINDINGS for key in binding.key.split(",")}
    letters = list(asdict(table.keys).values())
    assert len(set(letters)) == len(letters)
    assert not set(letters) & screen, "a key that is a command of the screen"
    for one in ("yes", "partial", "no", "unknown", "not_applicable"):
        words = getattr(table.words, one)
        assert words
        with language.speaking(code):
            assert {meaning(word) for word in words} == {one}
            assert keys(one)[0] == getattr(table.keys, one)


@pytest.mark.parametrize(
    ("code", "typed", "meant"),
    [
        ("en", "Sí", "yes"),
        ("es", "YES", "yes"),
        ("es", "desconocida", None),
        ("en", "no se", "unknown"),
        ("en", "ninguna", "none"),
        ("es", "?", "unknown"),
        ("es", "-", "none"),
    ],
)
def test_a_word_is_understood_in_every_language(code: str, typed: str, meant: str | None) -> None:
    with language.speaking(code):
        assert meaning(typed) == meant


def test_keys_of_other_languages_come_after_those_of_the_one_in_use() -> None:
    assert [keys("yes"), keys("unknown"), keys("no")] == ["ys", "ud", "n"]
    with language.speaking("es"):
        assert [keys("yes"), keys("unknown"), keys("no")] == ["sy", "du", "n"]


@pytest.mark.parametrize(
    ("environment", "chosen"), [("es_MX.UTF-8", "es"), ("es", "es"), ("pt_BR.UTF-8", "en"), ("C", "en"), ("", "en")]
)
def test_the_environment_chooses(environment: str, chosen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", environment)
    assert language.preferred() == chosen


def test_without_a_table_the_program_speaks_the_nearest_language_that_has_one() -> None:
    with language.speaking("fr"):
        assert (language.current(), figures.percent(None)) == ("fr", "not applicable")
    with language.speaking("es-MX"):
        assert (language.current(), figures.percent(None)) == ("es-MX", "no se aplica")


def test_no_message_stands_where_it_is_not_looked_for() -> None:
    """Within a formatted string: what collects the messages does not look there, and no translation is missed."""
    hidden = re.compile(r"""f(["'])(?:(?!\1).)*\{(?:_|ngettext)\(""")
    found = [str(path) for path in SOURCE.rglob("*.py") if hidden.search(path.read_text(encoding="utf-8"))]
    assert found == []
