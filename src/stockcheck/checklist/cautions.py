"""Words of danger and words to avoid, in the texts of a checklist: what the lint warns of.

What to look for is data, one file a language: ``lint/LANGUAGE.yaml``, beside the checklist or with the program. It
holds plain phrases (see `phrases`). Source: docs/checklist-format.md, "Words of danger".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, Field, PrivateAttr, ValidationError

from stockcheck.checklist import validation
from stockcheck.checklist.faults import ChecklistError, Finding, Kind, finding
from stockcheck.checklist.phrases import finder, words_of
from stockcheck.checklist.shipped import shipped
from stockcheck.checklist.words import Identifier, Item, Text
from stockcheck.checklist.yamltext import read_file

#: The dangers that a list of words may speak of, and what is said of each.
KINDS = {
    "handling": Kind.CAUTION_HANDLING,
    "hot-work": Kind.CAUTION_HOT_WORK,
    "fumes": Kind.CAUTION_FUMES,
    "radio": Kind.CAUTION_RADIO,
    "unannounced": Kind.CAUTION_UNANNOUNCED,
}

Key = Literal["text", "help", "classroom", "evidence", "remedy"]
Phrases = tuple[Text, ...]

#: Where one sentence or clause ends: what is forbidden in one may be ordered in the next.
_SENTENCE = re.compile(r"(?<=[.;:!?])\s+")
_Model = TypeVar("_Model", bound=BaseModel)


class Danger(Item):
    """One way to say something dangerous: in one clause, one of `acts` and (if any) of `on`, none of `unless`.

    It is no danger where one of `caution` stands anywhere in the text.
    """

    danger: Literal["handling", "hot-work", "fumes", "radio", "unannounced"]
    keys: tuple[Key, ...] = Field(min_length=1)
    acts: Phrases = Field(min_length=1)
    on: Phrases = ()
    unless: Phrases = ()
    caution: Phrases = Field(min_length=1)


class Avoided(Item):
    """A form that means something else to some readers, and the better one; fine in a clause with one of `unless`."""

    form: Text
    better: Text
    unless: Phrases = ()


#: The texts of a question, each with its key.
_Texts = tuple[tuple[str, str | None], ...]


class WordList(Item):
    """A file of words: what to look for in the texts of one language."""

    language: Identifier
    before_an_order: Phrases = ()
    dangers: tuple[Danger, ...] = ()
    avoid: tuple[Avoided, ...] = ()
    #: What was found in the texts of a question: checklists share sections, and looking takes most of the lint's time.
    _known: dict[tuple[tuple[str, str | None], ...], tuple[tuple[str, Finding], ...]] = PrivateAttr(
        default_factory=dict
    )

    def found(self, texts: Mapping[str, str | None]) -> tuple[tuple[str, Finding], ...]:
        """Each danger and avoided form in the texts of one question, by key, with the name that `judged` has for it."""
        question = tuple(texts.items())
        if question not in self._known:
            self._known[question] = tuple(self._looked_for(question))
        return self._known[question]

    def _looked_for(self, texts: Iterable[tuple[str, str | None]]) -> Iterator[tuple[str, Finding]]:
        for key, text in texts:
            if not text:
                continue
            seen: set[str] = set()
            for danger in self.dangers:
                if key not in danger.keys or danger.danger in seen or finder(danger.caution).search(text):
                    continue
                if (words := self._dangerous(danger, text)) is not None:
                    seen.add(danger.danger)
                    yield danger.danger, finding((key,), KINDS[danger.danger], words=words, caution=danger.caution[0])
            yield from self.avoided(text, (key,))

    def avoided(self, text: str, path: tuple[str, ...]) -> Iterator[tuple[str, Finding]]:
        """Each avoided form in `text`, once."""
        clauses = _SENTENCE.split(text)
        for one in self.avoid:
            for clause in clauses:
                if (match := finder((one.form,)).search(clause)) and not finder(one.unless).search(clause):
                    yield one.form, finding(path, Kind.WORD_TO_AVOID, word=words_of(match), better=one.better)
                    break

    def _dangerous(self, danger: Danger, text: str) -> str | None:
        """The words that are dangerous in the first clause that has such; None if none has."""
        before = self.before_an_order
        for clause in _SENTENCE.split(text):
            match = finder(danger.acts, before).search(clause)
            if match is None or finder(danger.unless).search(clause):
                continue
            if not danger.on or finder(danger.on, before).search(clause):
                return words_of(match)
        return None


def word_list(language: str, *folders: Path) -> WordList:
    """The words of `language`, from the first of `folders`, then those of the program, that has them; else none.

    Raises `ChecklistError`.
    """
    places = (folder / "lint" / f"{language}.yaml" for folder in (*folders, shipped()))
    path = next((path for path in places if path.is_file()), None)
    return _read(path) if path is not None else WordList(language=language)


@cache
def _read(path: Path) -> WordList:
    document = read_file(path)
    try:
        return WordList.model_validate(document.data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        raise ChecklistError(validation.fault(document, one, WordList) for one in errors) from error
