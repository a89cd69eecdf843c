"""Whether two names are one: however they are written, and however one is made to look unlike the other.

A name is only a name: nothing here shows who sat at the keyboard, and a name that was made up is as good as any.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from stockcheck.plaintext import folded

#: Letters that are taken for those of the Latin alphabet, by the letter that they are taken for. Source: Unicode
#: Technical Standard 39, confusables.txt, for the scripts that keyboards and fonts have; what NFKC folds is not listed.
_TAKEN_FOR = {
    "A": "ΑАᎪᗅꓮ",
    "B": "ΒВᏴᗷꓐꞴ",
    "C": "ϹСᏟⲤꓚ",
    "D": "Ꭰᗞᗪꓓ",
    "E": "ΕЕᎬⴹꓰ",
    "F": "ϜᖴꓝꞘ",
    "G": "ԌᏀᏳꓖ",
    "H": "ΗНᎻᕼⲎꓧ",
    "I": "ΙІӀⲒꓲ",
    "J": "ͿЈᎫᒍꓙꞲ",
    "K": "ΚКᏦᛕⲔꓗ",
    "L": "ᏞᒪⳐꓡ",
    "M": "ΜϺМᎷᗰᛖⲘꓟ",
    "N": "ΝⲚꓠ",
    "O": "ΟОՕⲞⵔ〇ꓳ",
    "P": "ΡРᏢᑭⲢꓑ",
    "Q": "ⵕ",
    "R": "ƦᎡᏒᖇꓣ",
    "S": "ЅՏᏕᏚꓢ",
    "T": "ΤТᎢⲦꓔ",
    "U": "Սᑌꓴ",
    "V": "ѴᏙᐯⴸꓦ",
    "W": "ԜᎳᏔꓪ",
    "X": "ΧХⲬⵝꓫꞳ",
    "Y": "ΥϒУҮᎩᎽⲨꓬ",
    "Z": "ΖᏃꓜ",
    "a": "ɑαа",
    "b": "ƄЬᏏᑲᖯ",
    "c": "ϲсⲥꮯ",
    "d": "ԁᏧᑯ",
    "e": "еҽ℮ꬲ",
    "f": "քꞙꬵ",
    "g": "ƍɡց",
    "h": "һհᏂ",
    "i": "ıɩιіӏᎥꙇꭵ",
    "j": "ȷϳј",
    "k": "ĸкκ",
    "l": "ƖǀᛁⅠⵏ",
    "n": "ոռηп",
    "o": "οσоօჿᴑⲟꬽ",
    "p": "ρϱрⲣ",
    "q": "ԛգզ",
    "r": "гᴦⲅꭇꭈꮁ",
    "s": "ƽѕꮪ",
    "u": "ʋυսꞟꭎꭒ",
    "v": "νѵꮩ",
    "w": "ɯωѡԝաꮃ",
    "x": "хχᕁᕽ×",
    "y": "ɣʏγуүყᶌỿꭚ",
    "z": "ꮓ",
}
_LATIN = {character: letter for letter, others in _TAKEN_FOR.items() for character in others}
#: What else of the Latin script is read as one of its plain letters: "ł", "ø", small capitals.
_PLAIN = re.compile(r"LATIN (?:(?:CAPITAL|SMALL) LETTER|LETTER SMALL CAPITAL) (?:DOTLESS )?([A-Z])(?: WITH .*)?")
#: Signs that one font shows as another.
_ONE_SIGN = str.maketrans({"0": "o", "O": "o", "1": "l", "I": "l", "|": "l"})
_WORDS = re.compile(r"[^\W_]+")
#: Where a word begins that nothing sets apart, as in "AnaPeña".
_INNER = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
#: Letters that show nothing, and the categories of what stands over others or shows nothing.
_FILLERS = "\u115f\u1160"
_OVER_LETTERS = ("Mn", "Me", "Cf")
#: The most words that are tried in every order.
_MOST_WORDS = 8


def same_person(one: str, other: str) -> bool:
    """Whether two names are one but for case, accents, white space, the width of letters and marks such as a stop."""
    return _letters(one) == _letters(other)


def alike(one: str, other: str) -> bool:
    """Whether two names are one, or cannot be told apart: the same words in another order, or letters that look the
    same, such as a Cyrillic or Greek letter in the place of a Latin one, "ı" for "i", or "0" for "O".

    Other names of one person, such as initials, are other names.
    """
    return any(_same_words(a, b) for a, b in zip(_readings(one), _readings(other), strict=True))


def _letters(name: str) -> str:
    return "".join(character for character in folded(unicodedata.normalize("NFKC", name)) if character.isalnum())


def _readings(name: str) -> tuple[list[str], list[str], list[str]]:
    """The words of a name: as they are written; as a reader of the Latin alphabet takes them, whatever their case; and
    as they look to somebody in a hurry, for whom "I", "l" and "1" are one sign, and "rn" is "m".
    """
    name = _without_marks(unicodedata.normalize("NFKC", name))
    latin = _WORDS.sub(_read_figures, "".join(_read_as_latin(character) for character in name))
    looks = "".join(_LATIN.get(character, character) for character in name).translate(_ONE_SIGN).replace("rn", "m")
    return _words(name), _words(latin), _WORDS.findall(looks)


def _without_marks(text: str) -> str:
    """`text` without what is written over, under or through its letters, and without what does not show."""
    letters = unicodedata.normalize("NFD", text)
    return "".join(one for one in letters if unicodedata.category(one) not in _OVER_LETTERS and one not in _FILLERS)


def _read_as_latin(character: str) -> str:
    """The Latin letter that `character` is taken for, in small or capital form; itself where it is none."""
    for form in (character, character.upper(), character.lower()):
        if form in _LATIN:
            return _LATIN[form]
    plain = _PLAIN.fullmatch(unicodedata.name(character, ""))
    if not plain:
        return character
    return plain[1].lower() if character.islower() else plain[1]


def _read_figures(word: re.Match[str]) -> str:
    """A word with the letters that its figures stand for; among capitals, "l" stands for one too."""
    letters = [one for one in word[0].replace("l", "") if one.isalpha()]
    if not letters:
        return word[0]
    capitals = all(one.isupper() for one in letters)
    return word[0].translate(str.maketrans("01l", "OII") if capitals else str.maketrans("01", "ol"))


def _words(name: str) -> list[str]:
    return [folded(word) for word in _WORDS.findall(_INNER.sub(" ", name))]


def _same_words(one: list[str], other: list[str]) -> bool:
    """Whether the same words stand in both, in whatever order, and whether or not they are set apart."""
    whole, others = "".join(one), "".join(other)
    if len(whole) != len(others):
        return False
    if whole == others or sorted(one) == sorted(other):
        return True
    return bool(whole) and (_made_of(one, others) or _made_of(other, whole))


def _made_of(words: list[str], text: str) -> bool:
    """Whether `text` is made of exactly these words, one after the other."""
    if len(words) > _MOST_WORDS:
        return False

    def rest_is(left: Counter[str], start: int) -> bool:
        return start == len(text) or any(
            rest_is(left - Counter([word]), start + len(word)) for word in left if text.startswith(word, start)
        )

    return rest_is(Counter(words), 0)
