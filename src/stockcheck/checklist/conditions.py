"""Conditions: when a question or a section applies. They are data; nothing is evaluated as code.

Three values are used: True, False and None for *undetermined* (what the condition reads is not known yet).
Source: scoring.md, "Scope".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from stockcheck.checklist.faults import Kind, Path_
from stockcheck.checklist.values import decimal, lies_within
from stockcheck.checklist.words import Identifier, Number, word

Truth = bool | None


def _words(value: Any) -> Any:
    """A lone word stands for a list of one; numbers and booleans stand for their text."""
    return tuple(word(item) for item in value) if isinstance(value, (list, tuple)) else (word(value),)


class _Condition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Leaf(_Condition):
    """Reads one earlier answer. Exactly one test is given."""

    is_: Annotated[tuple[str, ...] | None, BeforeValidator(_words)] = Field(None, alias="is", min_length=1)
    has: Annotated[tuple[str, ...] | None, BeforeValidator(_words)] = Field(None, min_length=1)
    at_least: Number | None = None
    at_most: Number | None = None

    @property
    def tests(self) -> frozenset[str]:
        """The names of the tests given, as the file spells them."""
        names = {"is": self.is_, "has": self.has, "at_least": self.at_least, "at_most": self.at_most}
        return frozenset(name for name, wanted in names.items() if wanted is not None)

    @property
    def listed(self) -> tuple[str, ...]:
        """The words that `is` or `has` lists."""
        return self.is_ or self.has or ()


class QuestionIs(_Leaf):
    """Reads the answer to an earlier question: false where that is out of scope, undetermined while it is open."""

    question: Identifier


class ProfileIs(_Leaf):
    """Reads a fact about the depot: undetermined while it is open."""

    profile: Identifier


class AllOf(_Condition):
    """Holds when every part holds."""

    all: tuple[Condition, ...] = Field(min_length=1)


class AnyOf(_Condition):
    """Holds when some part holds."""

    any: tuple[Condition, ...] = Field(min_length=1)


class Not(_Condition):
    """Holds when its part does not."""

    not_: Condition = Field(alias="not")


_FORMS = {"question": QuestionIs, "profile": ProfileIs, "all": AllOf, "any": AnyOf, "not": Not}
#: Tags stand between < and >, so that they can be told from real keys when an error names its place.
TAGS = frozenset(f"<{name}>" for name in _FORMS)


def _form(value: Any) -> str | None:
    if isinstance(value, dict):
        return next((f"<{name}>" for name in _FORMS if name in value), None)
    return next((f"<{name}>" for name, form in _FORMS.items() if isinstance(value, form)), None)


Leaf = QuestionIs | ProfileIs
Condition = Annotated[
    Annotated[QuestionIs, Tag("<question>")]
    | Annotated[ProfileIs, Tag("<profile>")]
    | Annotated[AllOf, Tag("<all>")]
    | Annotated[AnyOf, Tag("<any>")]
    | Annotated[Not, Tag("<not>")],
    Discriminator(_form),
]


def _written(value: Any) -> Any:
    if value is None:  # a condition begun and not finished would let a question apply everywhere
        raise PydanticCustomError(Kind.EMPTY, "empty")
    return value


#: A condition where there need be none.
When = Annotated[Condition | None, BeforeValidator(_written)]

AllOf.model_rebuild()
AnyOf.model_rebuild()
Not.model_rebuild()


def evaluate(condition: Condition, read: Callable[[Leaf], Truth]) -> Truth:
    """Whether `condition` holds, given what `read` says of each leaf.

    `all` is false if any part is false, else undetermined if any is, else true; `any` is the dual; `not` swaps
    true and false and leaves undetermined alone.
    """
    match condition:
        case AllOf():
            return _all(evaluate(part, read) for part in condition.all)
        case AnyOf():
            return _not(_all(_not(evaluate(part, read)) for part in condition.any))
        case Not():
            return _not(evaluate(condition.not_, read))
        case _:
            return read(condition)


class Ticks(NamedTuple):
    """Which options are ticked and which are not; of the others nothing is said yet."""

    on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()


def accepts(leaf: Leaf, value: str | Decimal | Ticks) -> Truth:
    """Whether `value`, a word, a number or options, is what `leaf` asks for; undetermined where too little is said.

    For several options, ``is`` and ``has`` both ask whether any of the listed ones is ticked.
    """
    match value:
        case Ticks():
            if not value.on.isdisjoint(leaf.listed):
                return True
            return False if value.off.issuperset(leaf.listed) else None
        case Decimal() if leaf.listed:
            return any(value == decimal(word) for word in leaf.listed)
        case Decimal():
            return lies_within(value, leaf.at_least, leaf.at_most)
    return value in leaf.listed


def _all(parts: Iterator[Truth]) -> Truth:
    values = set(parts)
    return False if False in values else None if None in values else True


def _not(value: Truth) -> Truth:
    return None if value is None else not value


def leaves(condition: Condition, at: Path_ = ()) -> Iterator[tuple[Leaf, Path_]]:
    """Every leaf of `condition`, with its place in the file below `at`."""
    match condition:
        case AllOf():
            for number, part in enumerate(condition.all):
                yield from leaves(part, (*at, "all", number))
        case AnyOf():
            for number, part in enumerate(condition.any):
                yield from leaves(part, (*at, "any", number))
        case Not():
            yield from leaves(condition.not_, (*at, "not"))
        case _:
            yield condition, at


def conjunction(first: Condition | None, second: Condition | None) -> Condition | None:
    """The condition that holds when both do; None stands for "always"."""
    if first is None or second is None:
        return first or second
    return AllOf(all=(first, second))
