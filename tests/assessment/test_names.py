"""Whether two names are one: what somebody may do to their own so that it looks like another's. S-3."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockcheck import language
from stockcheck.answers.fitting import not_applicable
from stockcheck.assessment.file import create, open_file
from stockcheck.assessment.names import alike, same_person
from stockcheck.errors import AnswerError
from tests.assessment.crafting import ON, chained, crafted, read
from tests.scoring.building import built, control

ONE = [
    ("Ana Ruiz", "Ruiz Ana", "the same words in another order"),
    ("Ana Ruiz", "Ruiz, Ana", "with a comma"),
    ("Ana Ruiz", "RuizAna", "with nothing between"),
    ("AnaRuiz", "ruiz ana", "with nothing between the other's"),
    ("Ana Ruiz", "ruizana", "another order with nothing between"),
    ("Ana An Ruiz", "anruizana", "another order with nothing between, where one word begins like another"),
    ("Ana de la Paz", "de la Paz, Ana", "four words"),
    ("Ana B C D E F G Ruiz", "ruizanabcdefg", "eight words with nothing between"),
    ("Ana B C D E F G H Ruiz", "Ruiz H G F E D C B Ana", "nine words"),
    ("Ana B C D E F G H Ruiz", "anabcdefghruiz", "nine words with nothing between"),
    ("Ana B C D E F G H IJ", "AnaB C D E F G H I J", "nine words, set apart elsewhere"),
    ("Ana Ruiz", "\u0410na Ruiz", "a Cyrillic А"),
    ("ana ruiz", "\u0430n\u0430 ruiz", "a Cyrillic а"),
    ("BEN ITO", "\u0412\u0415\u039d \u0399\u0422\u041e", "nothing but Cyrillic and Greek"),
    ("Nikos", "\u039dikos", "a Greek Ν"),
    ("Oscar", "\u03bfscar", "a Greek ο"),
    ("Victor", "\u03bdictor", "a Greek ν, whose capital is another letter's"),
    ("Ursula", "\u03c5rsula", "a Greek υ, whose capital is another letter's"),
    ("Nina", "\u041fina", "a Cyrillic П, of which only the small one is like an n"),
    ("Ana Ruiz", "Ana Ru\u0131z", "an i without its dot"),
    ("Ana Ruiz", "A\u0332na R\u0336uiz", "marks over and under the letters"),
    ("Ana Ruiz", "Ana\u3164Ruiz", "a letter that shows nothing"),
    ("Ana Ruiz", "\u1d00\u0274\u1d00 \u0280\u1d1c\u026a\u1d22", "small capitals"),
    ("Lukasz", "\u0141ukasz", "a stroke through the L"),
    ("Sona", "\u054fona", "an Armenian letter"),
    ("Ana Ruiz", "\u13aana Ruiz", "a Cherokee letter"),
    ("Ivan", "lvan", "a small l for the I"),
    ("Ana Ruiz", "ANA RUlZ", "a small l among capitals"),
    ("Rosa", "R0SA", "a nought"),
    ("Pilar", "Pi1ar", "a one"),
    ("Pilar", "P1LAR", "a one among capitals"),
    ("Carmen Bernal", "Carmen Bemal", "rn for m"),
    ("Ana Ruiz", "ru\u0456z \u0430NA", "several of these together"),
]
TWO = [
    ("Ana Ruiz", "A. Ruiz"),
    ("Ana Ruiz", "A R"),
    ("Ana Ruiz", "Ana"),
    ("Ana Ruiz", "Ana Ruiz Peña"),
    ("María", "Amira"),
    ("Ana Mira", "Ana Mari"),
    ("Ian Ruiz", "Lan Ruiz"),
    ("Miia", "Mila"),
    ("Ab Ab Cd", "cdcdab"),
    ("Guard 1", "Guard 2"),
    ("Guard 1", "Guard 10"),
    ("Ана", "Ana"),
    ("李雷", "韩梅梅"),
]


@pytest.mark.parametrize(("one", "other", "how"), ONE)
def test_a_name_is_known_under_its_disguise(one: str, other: str, how: str) -> None:
    assert alike(one, other), how
    assert alike(other, one), how


@pytest.mark.parametrize(("one", "other"), TWO)
def test_other_names_are_others_initials_too(one: str, other: str) -> None:
    assert not alike(one, other)
    assert not alike(other, one)


@pytest.mark.parametrize(("one", "other"), [("ОСКАР РУИС", "Руис Оскар"), ("ΝΙΚΟΣ", "νίκος"), ("李 雷", "李雷")])
def test_names_of_other_scripts_are_compared_as_well(one: str, other: str) -> None:
    assert alike(one, other)


@given(st.text(max_size=30), st.text(max_size=30))
def test_what_is_one_name_to_the_letter_cannot_be_told_apart(one: str, other: str) -> None:
    assert alike(one, one)
    assert alike(one, other) is alike(other, one)
    assert alike(one, other) or not same_person(one, other)


DEPOT = built(control("A-1", weight=5), control("A-2"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A depot with A-1 set aside by Ana Ruiz."""
    path = tmp_path / "d.stockcheck"
    create(path, DEPOT, depot="North", marking="", on=ON, by="Ana Ruiz")
    with open_file(path, write=True, by="Ana Ruiz") as file:
        file.answer(DEPOT.question["A-1"], not_applicable("No fence: the depot is a cave"))
    return path


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_nobody_countersigns_their_own_under_a_name_that_only_looks_like_another(path: Path, code: str) -> None:
    with language.speaking(code), open_file(path, write=True, by="\u0410na Ruiz") as file:
        with pytest.raises(AnswerError, match="A-1") as refused:
            file.review("A-1", True)
        assert file.state.accepted == {}
    assert "“\u0410na Ruiz”" in refused.value.message or "«\u0410na Ruiz»" in refused.value.message
    assert "Ana Ruiz" in refused.value.message.replace("\u0410na Ruiz", "")


def test_a_file_that_holds_one_opens_and_it_counts_for_nothing(path: Path) -> None:
    events = read(path).events
    events.append(chained(events[-1], "review", "A-1", '{"accept": true}', by="Ruiz Ana"))
    state = read(crafted(path.with_name("other.stockcheck"), events, content=DEPOT.content)).state
    assert state.accepted == {}
    assert state.answers["A-1"].status == "na"
