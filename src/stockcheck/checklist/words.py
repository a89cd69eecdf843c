"""The small types that checklist files are made of: words, texts, numbers."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from stockcheck.checklist.faults import Kind
from stockcheck.checklist.values import is_bounded
from stockcheck.checklist.yamltext import DECIMAL, MAX_DIGITS, spelling
from stockcheck.closest import closest
from stockcheck.plaintext import one_line, unsafe_character


def word(value: Any) -> Any:
    """A number or a boolean as the word that the file spells; anything else unchanged."""
    return spelling(value) if isinstance(value, (bool, int, Decimal)) else value


def _exact(value: Any) -> Any:
    spelt = isinstance(value, str) and len(value) <= 2 * MAX_DIGITS and DECIMAL.fullmatch(value) is not None
    if isinstance(value, (bool, float)) or (isinstance(value, str) and not spelt):
        raise PydanticCustomError(Kind.NOT_A_NUMBER, "no number")
    return value


def _bounded(value: Decimal) -> Decimal:
    if not is_bounded(value):
        raise PydanticCustomError(Kind.LONG_NUMBER, "too many digits", {"limit": MAX_DIGITS})
    return value


def _printable(value: str) -> str:
    if code := unsafe_character(value):
        raise PydanticCustomError(Kind.INVISIBLE_CHARACTER, "not printable", {"character": code})
    if not value.strip():
        raise PydanticCustomError(Kind.EMPTY, "empty")
    return value.strip()


#: How what is called by a word is called.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
#: A finite, exact decimal.
Number = Annotated[Decimal, BeforeValidator(_exact), Field(allow_inf_nan=False), AfterValidator(_bounded)]
#: A whole number, written as one (never 1.0, never true).
Whole = Annotated[int, Field(strict=True)]
#: What questions, options, sections and profile fields are called: letters, digits and ``- _ .``.
Identifier = Annotated[str, BeforeValidator(word), StringConstraints(pattern=f"^{NAME.pattern}$", max_length=64)]
#: A text shown to people: not empty, without controls or marks that reorder it.
Text = Annotated[str, StringConstraints(max_length=4000), AfterValidator(_printable)]
#: A standard's name, with a clause perhaps.
Reference = Annotated[Text, StringConstraints(max_length=400)]
#: A text that authors often write as a bare number, such as a version or an edition.
Label = Annotated[Text, BeforeValidator(word)]


class Item(BaseModel):
    """Base of everything in a checklist: immutable, and no key that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def suggestion(name: str, known: Collection[str]) -> dict[str, str]:
    """What fills the hint of a fault: the nearest of what is known, or all of it when that is short."""
    if (found := closest(name, known)) is not None:
        return {"nearest": one_line(found, limit=60)}
    return {"known": ", ".join(one_line(one, limit=60) for one in known)} if 0 < len(known) <= 12 else {}


def as_fraction(number: Decimal) -> Fraction:
    """`number` as a fraction: 0.1 is exactly 1/10."""
    return Fraction(number)
