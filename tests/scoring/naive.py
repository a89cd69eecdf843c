"""The rules of docs/scoring.md a second time, written from their text alone: slow, plain, and sharing nothing with
`stockcheck.scoring`. What the program says is held against what this says, on thousands of random depots.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

from stockcheck.answers.answer import Answer
from stockcheck.checklist.model import Checklist, Question

Answers = Mapping[str, Answer]
ZERO, ONE = Fraction(0), Fraction(1)


# --- S-1


def credit_of(question: Question, value: Any, on: dt.date) -> Fraction:
    if question.type == "control":
        return {"yes": Fraction(1), "partial": Fraction(1, 2), "no": Fraction(0)}[value]
    if question.type == "choice":
        return Fraction(question.options[value].credit or 0)
    if question.type == "several":
        total = ZERO
        for word in value:
            total += Fraction(question.options[word].credit or 0)
        return ZERO if total < 0 else ONE if total > 1 else total
    measured = Fraction(value) if question.type == "number" else Fraction((on - value).days)
    for band in question.bands:
        if band.at_least is not None and measured < Fraction(band.at_least):
            continue
        if band.at_most is not None and measured > Fraction(band.at_most):
            continue
        return Fraction(band.credit)
    return ZERO


# --- S-2 and S-3


@dataclass
class Asked:
    """One question: `how` is out, accepted, pending, unanswered, aside, unknown, answered, or fails with its parent."""

    question: Question
    domain: str
    section: str
    place: int
    how: str
    credit: Fraction = ZERO
    upper: Fraction = ZERO
    parts: list[int] = field(default_factory=list)

    @property
    def in_scope(self) -> bool:
        return self.how not in ("out", "accepted")

    @property
    def scored(self) -> bool:
        return self.in_scope and self.question.type != "text"

    @property
    def open(self) -> bool:
        return self.how in ("pending", "unanswered", "aside", "unknown")

    @property
    def unanswered(self) -> bool:
        return self.how in ("pending", "unanswered")

    @property
    def gap(self) -> bool:
        return self.scored and self.how in ("answered", "unknown") and self.credit < 1

    @property
    def floor(self) -> Fraction | None:
        critical = self.question.critical
        if critical is False:
            return None
        return ONE if critical is True else Fraction(critical)

    @property
    def unmet(self) -> bool:
        return self.scored and self.floor is not None and (self.open or self.credit < self.floor)


class Depot:
    """A checklist with its answers, by the second version of the rules."""

    def __init__(
        self, checklist: Checklist, answers: Answers, profile: Answers, on: dt.date, accepted: Collection[str] = ()
    ) -> None:
        self.checklist, self.answers, self.profile, self.on = checklist, answers, profile, on
        self.asked: list[Asked] = []
        self.by_id: dict[str, Asked] = {}
        for section in checklist.sections:
            for question in section.questions:
                one = Asked(question, section.domain, section.id, len(self.asked), "")
                whens = [when for when in (section.when, question.when) if when is not None]
                one.how = self._how(question, [self._truth(when) for when in whens], question.id in accepted)
                if one.how == "fails":
                    one.credit = one.upper = ZERO
                elif one.open:
                    one.credit, one.upper = ZERO, ONE
                elif one.how == "answered" and question.type != "text":
                    one.credit = one.upper = credit_of(question, answers[question.id].value, on)
                self.asked.append(one)
                self.by_id[question.id] = one

    def _how(self, question: Question, truths: list[str], accepted: bool) -> str:
        if "false" in truths:
            parent = self.by_id.get(question.part_of or "")
            if parent is not None and question.type != "text" and (parent.gap or parent.how == "fails"):
                return "fails"
            return "out"
        if "?" in truths:
            return "pending"
        answer = self.answers.get(question.id)
        if answer is None:
            return "unanswered"
        if answer.status == "na":
            return "accepted" if accepted else "aside"
        return "unknown" if answer.status == "unknown" else "answered"

    def _truth(self, condition: Any) -> str:
        raw = condition.model_dump(by_alias=True, exclude_none=True)
        return self._truth_of(raw)

    def _truth_of(self, when: dict[str, Any]) -> str:
        if "not" in when:
            return {"true": "false", "false": "true", "?": "?"}[self._truth_of(when["not"])]
        if "all" in when:
            values = [self._truth_of(part) for part in when["all"]]
            return "false" if "false" in values else "?" if "?" in values else "true"
        if "any" in when:
            values = [self._truth_of(part) for part in when["any"]]
            return "true" if "true" in values else "?" if "?" in values else "false"
        if "profile" in when:
            answer = self.profile.get(when["profile"])
        else:
            read = self.by_id[when["question"]]
            if not read.in_scope or read.how == "fails":
                return "false"
            if read.open:
                return "?"
            answer = self.answers[when["question"]]
        if answer is None or answer.status == "unknown":
            return "?"
        return "true" if self._says(when, answer.value) else "false"

    def _says(self, when: dict[str, Any], value: Any) -> bool:
        wanted = [*when.get("is", ()), *when.get("has", ())]
        if isinstance(value, tuple):
            return len(set(value) & set(wanted)) > 0
        if isinstance(value, Decimal):
            if "is" in when:
                return value in [Decimal(one) for one in wanted]
            return bool(when.get("at_least", value) <= value <= when.get("at_most", value))
        return str(value) in wanted

    # --- S-4

    def score(self, asked: list[Asked]) -> dict[str, Any]:
        inside = [one for one in asked if one.scored]
        weight = sum(one.question.weight for one in inside)
        aside = sum(one.question.weight for one in asked if one.how == "accepted")
        if weight == 0:
            return {"lower": None, "upper": None, "answered": None, "assessed": None}
        return {
            "lower": sum((one.question.weight * one.credit for one in inside), ZERO) / weight,
            "upper": sum((one.question.weight * one.upper for one in inside), ZERO) / weight,
            "answered": Fraction(sum(one.question.weight for one in inside if not one.unanswered), weight),
            "assessed": Fraction(weight, weight + aside),
        }

    # --- S-5

    def own(self, level: int) -> list[Asked]:
        return [one for one in self.asked if one.scored and one.question.level == level]

    def meets(self, level: int, credit: Mapping[int, Fraction]) -> bool:
        """Rules a to d, for the credits given by place."""
        own = self.own(level)
        threshold = Fraction(self.checklist.levels[level - 1].threshold)

        def share(asked: list[Asked]) -> Fraction:
            weight = sum(one.question.weight for one in asked)
            return sum((one.question.weight * credit[one.place] for one in asked), ZERO) / weight

        if not own:
            return True
        a = share(own) >= threshold
        b = all(
            share([one for one in own if one.domain == domain]) >= threshold - Fraction(1, 5)
            for domain in {one.domain for one in own}
        )
        c = all(one.floor is None or credit[one.place] >= one.floor for one in own)
        d = all(one.question.weight != 5 or credit[one.place] != 0 for one in own)
        return a and b and c and d

    def highest(self, *, reachable: bool) -> int:
        credit = {one.place: one.upper if reachable else one.credit for one in self.asked}
        found = 0
        for level in range(1, len(self.checklist.levels) + 1):
            if not self.meets(level, credit):
                break
            if self.own(level):
                found = level
        return found

    # --- S-6

    def findings(self) -> tuple[list[str], list[str]]:
        bad = [one for one in self.asked if one.scored and one.question.finding]
        found = [one.question.id for one in bad if one.how == "answered" and one.credit < 1]
        return found, [one.question.id for one in bad if one.open or one.how == "fails"]

    # --- S-7

    def priority(self, one: Asked) -> int:
        question = one.question
        if one.unmet and question.level == 1:
            return 1
        if question.finding and one.how == "answered" and one.credit == 0:
            return 1
        if one.unmet and question.level == 2:
            return 2
        if question.finding or (question.weight >= 4 and one.credit == 0):
            return 2
        if one.unmet or question.weight >= 3:
            return 3
        return 4

    def _listed(self, asked: list[Asked]) -> list[tuple[str, int]]:
        asked = sorted(asked, key=lambda o: (self.priority(o), -o.question.weight * (1 - o.credit), o.place))
        return [(one.question.id, self.priority(one)) for one in asked]

    def gaps(self) -> list[tuple[str, int]]:
        return self._listed([one for one in self.asked if one.gap])

    def to_check(self) -> list[tuple[str, int]]:
        weighty = [one for one in self.asked if one.scored and (one.floor is not None or one.question.finding)]
        return self._listed([one for one in weighty if one.unanswered])

    # --- S-8

    def next_level(self) -> int | None:
        achieved = self.highest(reachable=False)
        above = [level.level for level in self.checklist.levels if level.level > achieved and self.own(level.level)]
        return min(above, default=None)

    def head_of(self, one: Asked) -> Asked:
        while one.how == "fails":
            one = self.by_id[str(one.question.part_of)]
        return one

    def together(self, level: int) -> list[tuple[int, ...]]:
        """What is put right together, by place: a gap or open question with what fails with it at this level."""
        found: dict[int, set[int]] = {}
        for one in self.own(level):
            head = self.head_of(one)
            if head.gap or head.open:
                found.setdefault(head.place, {head.place}).add(one.place)
        return [tuple(sorted(places)) for places in found.values()]

    def route(self) -> list[int] | None:
        """Every choice is tried."""
        level = self.next_level()
        if level is None:
            return None
        own = {one.place for one in self.own(level)}
        ways = []
        together = self.together(level)
        for size in range(len(together) + 1):
            for choice in combinations(together, size):
                places = sorted(place for group in choice for place in group)
                credit = {one.place: ONE if one.place in places else one.credit for one in self.asked}
                if not self.meets(level, credit):
                    continue
                gain = sum(
                    (self.asked[p].question.weight * (1 - self.asked[p].credit) for p in places if p in own), ZERO
                )
                effort = sum(self.asked[place].question.effort for place in places)
                ways.append((effort, -gain, len(places), places))
        return min(ways)[3]

    def steps(self) -> list[tuple[int, Fraction]]:
        """The first place of each step, and the score of the level after it."""
        level = self.next_level()
        places = self.route()
        if level is None or places is None:
            return []
        own = self.own(level)
        counted = {one.place for one in own}

        def order(group: tuple[int, ...]) -> tuple[Any, ...]:
            asked = [self.asked[place] for place in group]
            head = asked[0]
            check = head.unanswered and bool(head.floor is not None or head.question.finding)
            critical = any(one.floor is not None for one in asked if one.place in counted)
            gain = sum((one.question.weight * (1 - one.credit) for one in asked if one.place in counted), ZERO)
            return not check, not critical, -gain / sum(one.question.effort for one in asked), head.place

        credit = {one.place: one.credit for one in own}
        found = []
        for group in sorted((g for g in self.together(level) if g[0] in places), key=order):
            credit.update({place: ONE for place in group if place in counted})
            weight = sum(one.question.weight for one in own)
            found.append((group[0], sum((one.question.weight * credit[one.place] for one in own), ZERO) / weight))
        return found
