"""Text from people: nothing in it steers a terminal or hides from a reader."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockcheck.plaintext import MAX_TEXT, clean, folded, one_line, unsafe_character

#: Any code points, lone halves and non-characters too, with more than their share of the troublesome ones.
ANY = st.text(st.one_of(st.characters(exclude_categories=()), st.sampled_from("\x1b\r\n\t\x85\u202e\u200b\ufeff")))


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("\x1b[2J", "␛[2J"),
        ("\x00\x07\x08", "␀␇␈"),
        ("\x7f", "␡"),
        ("\x9b31m", "\ufffd31m"),
        ("\u202eabc\u202c", "\ufffdabc\ufffd"),
        ("\u2066a\u2069", "\ufffda\ufffd"),
        ("a\u2028b", "a\ufffdb"),
        ("\ud800\udfff", "\ufffd\ufffd"),
        ("\ufffe\uffff\U0001fffe\U0010ffff", "\ufffd" * 4),
        ("\U000e0041", "\ufffd"),
        ("ñandú ½ – “x” 武器 🔫", "ñandú ½ – “x” 武器 🔫"),
        ("n\u0303 e\u200d", "n\u0303 e\u200d"),
    ],
)
def test_controls_are_shown_and_letters_of_all_scripts_kept(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@settings(max_examples=300, deadline=None, derandomize=True)
@given(ANY)
def test_clean_text_holds_no_control_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unsafe_character(cleaned) is None
    assert not [one for one in cleaned if unicodedata.category(one) in ("Cc", "Cs") and one != "\n"]
    cleaned.encode("utf-8")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(ANY, st.integers(1, 20))
def test_long_text_ends_in_an_ellipsis_and_keeps_to_its_limit(text: str, limit: int) -> None:
    for shorten in (clean, one_line):
        shortened = shorten(text, limit=limit)
        assert len(shortened) <= limit
        assert shortened == shorten(text) or shortened.endswith("…")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(ANY)
def test_one_line_is_one_line_without_white_space_at_its_ends(text: str) -> None:
    line = one_line(text)
    assert line.split() == line.split(" ") or line == ""
    assert line == line.strip()
    assert len(line.splitlines()) <= 1


def test_the_longest_text_kept_is_kept_whole() -> None:
    assert clean("é" * MAX_TEXT) == "é" * MAX_TEXT
    assert clean("é" * (MAX_TEXT + 1)) == "é" * (MAX_TEXT - 1) + "…"


@pytest.mark.parametrize(("text", "code"), [("a\x1bb", "U+001B"), ("\u202e", "U+202E"), ("é\n", None), ("", None)])
def test_the_first_unsafe_character_is_named(text: str, code: str | None) -> None:
    assert unsafe_character(text) == code


@pytest.mark.parametrize(
    ("one", "other"),
    [("SÍ", "si"), ("cañón", "CANON"), ("o\u0301", "ó"), ("Straße", "STRASSE"), ("a \n\u00a0b ", "a b"), ("İ", "i")],
)
def test_texts_that_differ_in_case_accents_or_spaces_are_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_vowel_signs_are_no_accents() -> None:
    assert folded("कि") != folded("कु")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(ANY)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded(text.upper()) == folded(text.upper().lower())
