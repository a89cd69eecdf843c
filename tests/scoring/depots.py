"""Random depots: a checklist with everything that the rules speak of, and answers to it."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from stockcheck.checklist.model import DOMAINS, Checklist
from tests.scoring.building import ON, Given, answers, built, card, control, options, section
from tests.scoring.naive import Depot

PROFILE = (
    {"id": "p", "type": "choice", "text": "p", "options": {"a": "a", "b": "b"}},
    {"id": "s", "type": "several", "text": "s", "options": {"a": "a", "b": "b", "c": "c"}},
    {"id": "n", "type": "number", "text": "n"},
)
FACTS: dict[str, tuple[Given, ...]] = {
    "p": (None, "unknown", "a", "b"),
    "s": (None, "unknown", (), ("a",), ("b",), ("a", "c")),
    "n": (None, "unknown", Decimal(1), Decimal("2.5")),
}
NUMBERS = [
    {"at_most": 0, "credit": 0},
    {"at_least": 1, "at_most": 2, "credit": Decimal("0.4")},
    {"at_least": 2, "credit": 1},
]
#: For each kind: its own keys, then its answers from the worst to the best, with what credit each earns.
KINDS: dict[str, tuple[dict[str, Any], tuple[Any, ...]]] = {
    "control": ({}, ("no", "partial", "yes")),
    "choice": ({"options": options(c0="0", c3="0.3", c5="0.5", c1="1")}, ("c0", "c3", "c5", "c1")),
    "several": ({"options": options(x="0.4", y="0.7", z="-0.5")}, (("z",), (), ("x",), ("y",), ("x", "y"))),
    "number": ({"bands": NUMBERS}, (Decimal(-3), Decimal("0.5"), Decimal(1), Decimal(2), Decimal("2.5"))),
    "date": (
        {"bands": [{"at_most": 7, "credit": 1}, {"at_most": 31, "credit": Decimal("0.5")}]},
        tuple(ON - dt.timedelta(days=days) for days in (400, 31, 7, 0)),
    ),
    "text": ({}, ("Words.",)),
}


@dataclass(frozen=True)
class Case:
    """What a scorecard is made of."""

    checklist: Checklist
    given: dict[str, Given]
    profile: dict[str, Given]
    accepted: tuple[str, ...]

    @property
    def card(self) -> Any:
        return card(self.checklist, self.given, self.profile, accepted=self.accepted)

    @property
    def naive(self) -> Depot:
        return Depot(self.checklist, answers(self.given), answers(self.profile), ON, self.accepted)

    def answering(self, **given: Given) -> Case:
        """The same depot, with other answers to some of the questions."""
        return replace(self, given={**self.given, **given})


def best_words(kind: str) -> list[Any]:
    """What a condition may ask for of a question of this kind: some of its better answers, written as in a file."""
    values = KINDS[kind][1]
    return [value.isoformat() if isinstance(value, dt.date) else str(value) for value in values]


class Depots:
    """A stream of random cases. With `orderly`, conditions read the profile, or the better answers of the question
    that one is part of: nothing else may come and go with an answer. With `pure`, a part's condition reads nothing but
    the better answers of what it is part of.
    """

    def __init__(
        self,
        seed: int,
        *,
        orderly: bool = False,
        pure: bool = False,
        most: int = 9,
        kinds: tuple[str, ...] = tuple(KINDS),
    ) -> None:
        self.chance = random.Random(seed)
        self.orderly = orderly
        self.pure = pure
        self.most = most
        self.kinds = kinds

    def one(self) -> Case:
        chance = self.chance
        sections: list[dict[str, Any]] = []
        asked: list[tuple[str, str]] = []  # id and kind
        number_of_levels = chance.choice([0, 1, 2, 3, 3])
        left = chance.randint(1, self.most)
        while left > 0:
            size = min(left, chance.randint(1, 4))
            left -= size
            keys = {"when": self._condition(asked)} if chance.random() < 0.3 and not self.pure else {}
            questions = [self._question(asked, number_of_levels) for _number in range(size)]
            sections.append(section(f"S{len(sections)}", *questions, domain=chance.choice(DOMAINS[:3]), **keys))
        thresholds = tuple(
            chance.choice(["0.1", "0.15", "0.3", "0.5", "0.8", "0.95", "1"]) for _ in range(number_of_levels)
        )
        checklist = built(*sections, thresholds=thresholds, profile=PROFILE, standards=("DOC 1", "DOC 2"))
        given = {name: self._answer(kind) for name, kind in asked}
        given = {
            name: value for name, value in given.items() if not (value == "na" and not checklist.question[name].na)
        }
        aside = [name for name, value in given.items() if value == "na"]
        profile = {name: chance.choice(values) for name, values in FACTS.items()}
        return Case(checklist, given, profile, tuple(name for name in aside if chance.random() < 0.5))

    def _answer(self, kind: str) -> Given:
        if kind == "text":
            return self.chance.choice([None, "Words."])
        values = KINDS[kind][1]
        return self.chance.choice([None, "unknown", "na", *values, values[-1], values[-1], values[-1]])  # type: ignore[no-any-return]

    def _question(self, asked: list[tuple[str, str]], levels: int) -> dict[str, Any]:
        chance = self.chance
        kind = chance.choice((*self.kinds, "control", "control"))
        name = f"Q{len(asked)}"
        keys: dict[str, Any] = dict(KINDS[kind][0])
        scored = [(one, of) for one, of in asked if of != "text"]
        if kind != "text" and scored and chance.random() < 0.4:
            parent, of = chance.choice(scored[-3:])
            leaf = self._asks_for_better(parent, of)
            keys["part_of"] = parent
            keys["when"] = leaf if self.pure or chance.random() < 0.7 else {"all": [leaf, self._fact()]}
        elif chance.random() < 0.3:
            keys["when"] = self._condition(asked)
        if kind != "text":
            keys["critical"] = chance.choice([False] * 6 + [True, Decimal("0.5"), Decimal("0.3")])
            keys["finding"] = chance.choice([None] * 6 + ["loss", "danger"])
            keys["na"] = chance.random() < 0.8
        keys |= {
            "level": chance.randint(1, max(1, levels)),
            "weight": chance.choice([1, 2, 3, 4, 5, 5]),
            "effort": chance.randint(1, 3),
            "references": chance.choice([[], ["DOC 1"], ["DOC 1 §2", "DOC 1 §3", "DOC 2"]]),
        }
        asked.append((name, kind))
        return control(name, type=kind, **keys)

    def _asks_for_better(self, name: str, kind: str) -> dict[str, Any]:
        if kind == "number":
            return {"question": name, "at_least": self.chance.choice([1, 2])}
        if kind == "several":
            return {"question": name, "is": self.chance.choice([["y"], ["x", "y"]])}
        words = best_words(kind)
        return {"question": name, "is": words[self.chance.randint(1, len(words) - 1) :]}

    def _fact(self) -> dict[str, Any]:
        low, high = sorted(self.chance.choices([0, 1, 2, 3], k=2))
        return self.chance.choice(
            [
                {"profile": "p", "is": self.chance.choice(["a", "b", ["a", "b"]])},
                {"profile": "s", "has": self.chance.choice(["a", ["b", "c"]])},
                {"profile": "s", "is": "a"},
                {"profile": "n", "at_least": low},
                {"profile": "n", "at_least": low, "at_most": high},
                {"profile": "n", "is": self.chance.choice([[1], ["2.50", 3]])},
            ]
        )

    def _condition(self, asked: list[tuple[str, str]], deep: int = 0) -> dict[str, Any]:
        chance = self.chance
        if deep < 3 and chance.random() < 0.5:
            word = chance.choice(["all", "any", "not"])
            if word == "not":
                return {"not": self._condition(asked, deep + 1)}
            return {word: [self._condition(asked, deep + 1) for _ in range(chance.randint(1, 3))]}
        if self.orderly or not asked or chance.random() < 0.4:
            return self._fact()
        name, kind = chance.choice(asked)
        if kind == "number":
            return {"question": name, chance.choice(["at_least", "at_most"]): chance.choice([0, 1, 2])}
        words = ["x", "y", "z"] if kind == "several" else best_words(kind)
        return {"question": name, "is": chance.sample(words, chance.randint(1, len(words)))}
