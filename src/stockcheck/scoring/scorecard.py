"""Everything that scoring says of one assessment, each part reckoned when it is first asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from functools import cached_property

from stockcheck.checklist.model import Asked, Checklist, Question, Section
from stockcheck.scoring.findings import Findings, findings
from stockcheck.scoring.gaps import Gap, gaps, to_check
from stockcheck.scoring.levels import LevelResult, LevelTally, highest, level_results
from stockcheck.scoring.route import Route, route
from stockcheck.scoring.rules import rules_of
from stockcheck.scoring.scope import Answers, Line, Standing, changed_lines, lines
from stockcheck.scoring.scores import Score, Tally, score


class Scorecard:
    """The figures for `answers` to `checklist`, about a depot described by `profile`, on the date `on`.

    `accepted` names the questions whose "not applicable" somebody else has countersigned.
    """

    def __init__(
        self, checklist: Checklist, answers: Answers, profile: Answers, on: dt.date, accepted: Collection[str] = ()
    ) -> None:
        self.checklist = checklist
        self.on = on
        self.rules = rules_of(checklist)
        self.lines = lines(checklist, answers, profile, on, accepted)
        #: How lines were before, and how they are, that the last answer has changed; see `after`.
        self.changed: tuple[tuple[Line, Line], ...] = ()

    def after(self, asked: Asked, answers: Answers, profile: Answers, accepted: Collection[str] = ()) -> Scorecard:
        """The scorecard once the answer to `asked` is what `answers` or `profile` has, and whether it is `accepted`; no
        other may have changed.

        The same as a new one, in the time that it takes to look at what reads that answer.
        """
        found = changed_lines(self.line, asked, self.checklist, answers, profile, self.on, accepted)
        card = Scorecard.__new__(Scorecard)
        card.checklist, card.on, card.rules = self.checklist, self.on, self.rules
        lines = list(self.lines)
        for line in found:
            lines[line.position] = line
        card.lines = tuple(lines)
        card.changed = tuple((self.line[line.question.id], line) for line in found)
        card.line = self.line | {line.question.id: line for line in found}
        card._tally = self._tally.copy()
        for was, line in card.changed:
            card._tally.count(was, -1)
            card._tally.count(line)
        card.ladder = tuple(tally.after(card.changed) for tally in self.ladder)
        if "_domain_tallies" in self.__dict__:  # somebody looks at them after each answer
            card._domain_tallies = dict(self._domain_tallies)
            for domain in {line.section.domain for line in found}:
                own = card._domain_tallies[domain] = self._domain_tallies[domain].copy()
                for was, line in card.changed:
                    if line.section.domain == domain:
                        own.count(was, -1)
                        own.count(line)
        if all(line.question.finding is None for line in found):
            card.findings = self.findings
        return card

    @cached_property
    def _tally(self) -> Tally:
        tally = Tally()
        for line in self.lines:
            tally.count(line)
        return tally

    @cached_property
    def ladder(self) -> tuple[LevelTally, ...]:
        """What decides each level, counted; quicker than `levels`, which names the questions."""
        return tuple(LevelTally(level, self.rules, self.lines) for level in self.checklist.levels)

    @cached_property
    def line(self) -> dict[str, Line]:
        """Lines by question id."""
        return {line.question.id: line for line in self.lines}

    @cached_property
    def overall(self) -> Score:
        """The score of the whole checklist."""
        return self._tally.score

    @cached_property
    def sections(self) -> tuple[tuple[Section, Score], ...]:
        """The score of each section, in checklist order."""
        return tuple((section, self._of(section.questions)) for section in self.checklist.sections)

    @cached_property
    def domains(self) -> tuple[tuple[str, Score], ...]:
        """The score of each domain that the checklist has."""
        return tuple((domain, tally.score) for domain, tally in self._domain_tallies.items())

    @cached_property
    def _domain_tallies(self) -> dict[str, Tally]:
        tallies = {}
        for domain, questions in self.checklist.by_domain():
            tallies[domain] = Tally()
            for question in questions:
                tallies[domain].count(self.line[question.id])
        return tallies

    @cached_property
    def standards(self) -> tuple[tuple[str, Score], ...]:
        """The score of the questions that cite each standard; standards that none cites are left out."""
        citing: dict[str, list[Line]] = {name: [] for name in self.checklist.standards}
        for line in self.lines:
            names = (self.checklist.cited(reference) for reference in line.question.references)
            for name in dict.fromkeys(name for name in names if name is not None):
                citing[name].append(line)
        return tuple((name, score(cited)) for name, cited in citing.items() if cited)

    @cached_property
    def levels(self) -> tuple[LevelResult, ...]:
        """How each level stands."""
        return level_results(self.ladder, self.lines, self.rules)

    @cached_property
    def achieved(self) -> int:
        """The highest level that holds and has a question in scope; 0 is "below level 1"."""
        return highest(self.ladder, self.rules)

    @cached_property
    def reachable(self) -> int:
        """The achieved level if every open question turned out well."""
        return highest(self.ladder, self.rules, reachable=True)

    @cached_property
    def partly_met(self) -> tuple[Line, ...]:
        """Every critical question that is only partly met at the level achieved, or below it, in checklist order."""
        if not self.achieved:
            return ()
        return tuple(
            line for line in self.lines if line.question.level <= self.achieved and line.is_critical_partly_met
        )

    @property
    def next_level(self) -> LevelResult | None:
        """The lowest level above the achieved one that has a question in scope; None when there is none."""
        return self.route.result if self.route else None

    @cached_property
    def findings(self) -> Findings:
        """Losses and dangers found, and those that nobody has looked for."""
        return findings(self.lines)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Every gap, the most pressing first."""
        return gaps(self.lines)

    @cached_property
    def to_check(self) -> tuple[Gap, ...]:
        """Every unanswered critical question or finding, the most pressing first."""
        return to_check(self.lines)

    @cached_property
    def pressing(self) -> tuple[Gap, ...]:
        """Gaps and what is to check in one list: at each priority, what is to check comes first."""
        return tuple(sorted((*self.to_check, *self.gaps), key=lambda one: (one.priority, not one.to_check)))

    @property
    def untouched(self) -> bool:
        """Whether no scored question has been answered, so that no figure says anything yet: what is set aside, on one
        person's word or on two, is no answer. Where everything was accepted as not applicable, nothing is left to be.
        """
        return not self.overall.given and bool(self.overall.questions or not self.overall.accepted)

    @cached_property
    def open(self) -> tuple[Line, ...]:
        """Every open question that is scored, in checklist order."""
        return tuple(line for line in self.lines if line.counts and line.is_open)

    @cached_property
    def not_applicable(self) -> tuple[Line, ...]:
        """Every question that is out of scope as not applicable, in checklist order."""
        return tuple(line for line in self.lines if line.standing is Standing.NOT_APPLICABLE)

    @property
    def accepted(self) -> tuple[Line, ...]:
        """Every scored question that is out of scope as not applicable, in checklist order."""
        return tuple(line for line in self.not_applicable if line.question.scored)

    @cached_property
    def set_aside(self) -> tuple[Line, ...]:
        """Every question set aside on one person's word, in checklist order: open until somebody else has agreed."""
        return tuple(line for line in self.lines if line.standing is Standing.SET_ASIDE)

    @cached_property
    def route(self) -> Route | None:
        """The least effort that makes the next level hold; None when there is none to reach."""
        return route(self.levels, self.achieved, self.lines, self.rules)

    @cached_property
    def on_route(self) -> frozenset[str]:
        """The questions on the route, by id."""
        return frozenset(line.question.id for line in self.route.lines) if self.route else frozenset()

    def _of(self, questions: Iterable[Question]) -> Score:
        return score(self.line[question.id] for question in questions)
