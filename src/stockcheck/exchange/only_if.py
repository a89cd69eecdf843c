"""When a question is asked: in words for people, and as a formula by which a form greys out what is not.

Neither decides anything: what is in scope is for `scoring.scope` to say, once the answers are in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from stockcheck.answers.worded import control_in_words
from stockcheck.checklist.conditions import AllOf, AnyOf, Condition, Leaf, Not, ProfileIs, Truth
from stockcheck.checklist.model import Asked, Checklist
from stockcheck.checklist.values import decimal, iso_date
from stockcheck.exchange.contract import key
from stockcheck.language import _, number

#: The longest formula that a cell takes. Source: Excel's specifications and limits.
_LONGEST = 8000
_TRUE, _FALSE = "TRUE", "FALSE"


def asked_by(leaf: Leaf, checklist: Checklist) -> Asked:
    """The fact or question that `leaf` reads."""
    return checklist.field[leaf.profile] if isinstance(leaf, ProfileIs) else checklist.question[leaf.question]


# In words


def said(condition: Condition, checklist: Checklist) -> str:
    """When a question is asked, as a sentence; as `in_words`."""
    return _("Only if {condition}.").format(condition=in_words(condition, checklist))


def in_words(condition: Condition, checklist: Checklist) -> str:
    """`condition` as a person reads it, in the language in use, which `checklist` has to be in."""
    match condition:
        case AllOf():
            return _(" and ").join(_part(one, checklist) for one in condition.all)
        case AnyOf():
            return _(" or ").join(_part(one, checklist) for one in condition.any)
        case Not():
            return _("not: {condition}").format(condition=_part(condition.not_, checklist))
    return _leaf_in_words(condition, checklist)


def _part(condition: Condition, checklist: Checklist) -> str:
    said = in_words(condition, checklist)
    several = (
        isinstance(condition, (AllOf, AnyOf))
        and len(condition.all if isinstance(condition, AllOf) else condition.any) > 1
    )
    return f"({said})" if several else said


def _leaf_in_words(leaf: Leaf, checklist: Checklist) -> str:
    asked = asked_by(leaf, checklist)
    what = _("“{text}”").format(text=asked.text) if isinstance(leaf, ProfileIs) else asked.id
    if leaf.listed:
        words = _(" or ").join(_("“{text}”").format(text=_word(asked, word)) for word in leaf.listed)
        return (_("{what} includes {words}") if asked.type == "several" else _("{what} is {words}")).format(
            what=what, words=words
        )
    if leaf.at_least is not None and leaf.at_most is not None:
        return _("{what} is from {least} to {most}").format(
            what=what, least=number(leaf.at_least), most=number(leaf.at_most)
        )
    if leaf.at_least is not None:
        return _("{what} is {least} or more").format(what=what, least=number(leaf.at_least))
    assert leaf.at_most is not None  # noqa: S101  # a leaf has a test
    return _("{what} is {most} or less").format(what=what, most=number(leaf.at_most))


def _word(asked: Asked, word: str) -> str:
    if asked.type == "control":
        return control_in_words().get(word, word)
    return asked.options[word].text if word in asked.options else word


# As a formula


@dataclass
class Formulas:
    """Formulas over the rows of a form. They look rows up by their keys, so they hold when rows are sorted.

    `known` tells what a leaf comes to whose question is not in the form; None while that is not determined.
    """

    checklist: Checklist
    known: Callable[[Leaf], Truth]
    #: The number of the sheet that each row is on, by key.
    sheets: dict[str, int] = field(default_factory=dict)
    #: Where the hidden sheet spells what a question offers, as a formula spells it, by key and the answer's word.
    offered: dict[tuple[str, str], str] = field(default_factory=dict)
    #: The defined name of a sheet's column.
    column: Callable[[int, str], str] = lambda sheet, column: f"{sheet}{column}"

    def mark(self, condition: Condition) -> str:
        """The formula of a cell that shows "-" where `condition` surely does not hold; empty where none can tell."""
        never = self._surely(condition, wanted=False)
        if never == _FALSE or len(never) > _LONGEST:
            return ""
        return f'=IF({never},"-","+")'

    def _surely(self, condition: Condition, *, wanted: bool) -> str:
        """A formula that is TRUE where `condition` is determined, and `wanted` is what it is."""
        match condition:
            case AllOf():
                parts = [self._surely(one, wanted=wanted) for one in condition.all]
                return _and(parts) if wanted else _or(parts)
            case AnyOf():
                parts = [self._surely(one, wanted=wanted) for one in condition.any]
                return _or(parts) if wanted else _and(parts)
            case Not():
                return self._surely(condition.not_, wanted=not wanted)
        asked = asked_by(condition, self.checklist)
        if key(asked) not in self.sheets:
            return _TRUE if self.known(condition) is wanted else _FALSE
        if isinstance(condition, ProfileIs):
            return self._leaf(condition, asked, wanted=wanted)
        # What is out of scope is as good as a "no" to whoever asks about it.
        out = f'{self._at(key(asked), "applies")}="-"'
        found = self._leaf(condition, asked, wanted=wanted)
        return _and([found, f"NOT({out})"]) if wanted else _or([found, out])

    def _leaf(self, leaf: Leaf, asked: Asked, *, wanted: bool) -> str:
        name = key(asked)
        answer = self._at(name, "answer")
        match asked.type:
            case "control" | "choice":
                words = [word for word in asked.words if (word in leaf.listed) is wanted]
                return _or(f"{answer}={self.offered[name, word]}" for word in words)
            case "several":
                return self._ticks(leaf, asked, answer, wanted=wanted)
            case "number":
                return self._figure(leaf, answer, wanted=wanted)
            case "date":
                days = [iso_date(word) for word in leaf.listed]
                same = _or(f"{answer}=DATE({day.year},{day.month},{day.day})" for day in days)
                return _and([f"ISNUMBER({answer})", same if wanted else f"NOT({same})"])
        return _FALSE

    def _ticks(self, leaf: Leaf, asked: Asked, answer: str, *, wanted: bool) -> str:
        ticked = {word: f'{self._at(key(asked, word), "answer")}<>""' for word in asked.options}
        some = _or(ticked[word] for word in leaf.listed if word in ticked)
        if wanted:
            return some
        none = self.offered.get((key(asked), "none"))
        said = _or([*ticked.values(), *([f"{answer}={none}"] if none else [])])
        return _and([said, f"NOT({some})"])

    def _figure(self, leaf: Leaf, answer: str, *, wanted: bool) -> str:
        if leaf.listed:
            holds = _or(f"{answer}={decimal(word):f}" for word in leaf.listed)
        else:
            bounds = [(">=", leaf.at_least), ("<=", leaf.at_most)]
            holds = _and(f"{answer}{sign}{bound:f}" for sign, bound in bounds if bound is not None)
        return _and([f"ISNUMBER({answer})", holds if wanted else f"NOT({holds})"])

    def _at(self, name: str, column: str) -> str:
        """The cell of a column in the row known by `name`."""
        sheet = self.sheets[name]
        return f'INDEX({self.column(sheet, column)},MATCH("{name}",{self.column(sheet, "key")},0))'


def _and(parts: Iterable[str]) -> str:
    every = [part for part in dict.fromkeys(parts) if part != _TRUE]
    if _FALSE in every:
        return _FALSE
    return every[0] if len(every) == 1 else f"AND({','.join(every)})" if every else _TRUE


def _or(parts: Iterable[str]) -> str:
    every = [part for part in dict.fromkeys(parts) if part != _FALSE]
    if _TRUE in every:
        return _TRUE
    return every[0] if len(every) == 1 else f"OR({','.join(every)})" if every else _FALSE
