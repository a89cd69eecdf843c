"""A scorecard as terminal text. What comes from checklists and people is printed as it is, never as markup."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from stockcheck.assessed import Assessed
from stockcheck.checklist.model import Checklist, Question
from stockcheck.checklist.provenance import Origin, Provenance
from stockcheck.figures import change, percent
from stockcheck.language import _, date, ngettext
from stockcheck.questionnaire import headline
from stockcheck.report import differences, standing, wording
from stockcheck.report.content import results
from stockcheck.report.content.parts import Part, in_words
from stockcheck.scoring.comparison import ChangeKind, Comparison
from stockcheck.scoring.gaps import Priority
from stockcheck.scoring.scorecard import Scorecard

#: Gaps printed before the rest is only counted.
GAPS_SHOWN = 20

#: Redactions printed before the rest is only counted.
REDACTIONS_SHOWN = 5

_STYLE = {Priority.IMMEDIATE: "bold red", Priority.HIGH: "bold", Priority.MEDIUM: "", Priority.LOW: "dim"}


def print_scorecard(console: Console, assessed: Assessed, *, every_gap: bool = False) -> None:
    """What was found; then scores, levels, gaps with their rules, and the route."""
    card = assessed.scorecard
    _print_heading(console, assessed)
    _print_findings(console, assessed)
    nothing = headline.nothing_answered(card)
    if nothing:
        waiting = ngettext("{n} question is open.", "{n} questions are open.", card.overall.open)
        console.print(Text(f"{nothing}. {waiting.format(n=card.overall.open)}", style="bold"))
    else:
        console.print(Text(_("Score: {interval}").format(interval=wording.interval(card.overall)), style="bold"))
        answered = percent(card.overall.answered)
        console.print(Text(_("Answered, by weight: {share}").format(share=answered)))
    for line in standing.set_aside(card) or [_("No question is set aside")]:
        console.print(Text(f"{line}."))
    _print_list(console, standing.out_by_fact(card))
    _print_record(console, assessed)
    console.print()
    most = len(card.pressing) if every_gap else GAPS_SHOWN
    if not nothing:
        console.print(_scores(_("Domain"), results.domains(card)))
        console.print(_scores(_("Section"), results.sections(card)))
        _print_levels(console, card)
    _print_gaps(console, card, most)
    if not nothing:
        _print_route(console, card, most)


def _print_findings(console: Console, assessed: Assessed) -> None:
    """Losses and dangers, before any figure."""
    graver = len(standing.found(assessed))
    for number, line in enumerate(standing.findings(assessed)):
        console.print(Text(line, style="bold red" if number < graver else ""))


def _print_list(console: Console, said: list[str]) -> None:
    """What it is about, then each on a line of its own."""
    for number, line in enumerate(said):
        if number:
            _print_indented(console, Text(line))
        else:
            console.print(Text(line))


def _print_heading(console: Console, assessed: Assessed) -> None:
    card, state = assessed.scorecard, assessed.state
    if state.marking:
        console.print(Text(state.marking, style="bold"))
    console.print(Text(f"{state.called}  ·  {card.checklist.title}  ·  {date(card.on)}", style="bold"))
    _print_origin(console, assessed.provenance)
    if rules := headline.rules(card):
        console.print(Text(f"{rules}.", style="bold"))


def _print_origin(console: Console, provenance: Provenance) -> None:
    console.print(Text(provenance.line, style="" if provenance.origin is Origin.SHIPPED else "bold"))


def _print_record(console: Console, assessed: Assessed) -> None:
    record = assessed.record
    if not record.chain_holds:
        console.print(Text(_("The history of this file was changed after it was recorded."), style="bold red"))
        return
    said = _("Short code of the file: {code}").format(code=record.code)
    console.print(Text(f"{said}. {wording.what_the_chain_shows()} {wording.what_it_cannot_show()}", style="dim"))
    for line in wording.removed(record, REDACTIONS_SHOWN):
        console.print(Text(line))


def _scores(title: str, part: Part) -> RichTable:
    """Of each score what a line has room for; nothing where there is none of it, nor where nothing can be added."""
    table = RichTable(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column(title, overflow="fold", min_width=24)
    (scores,) = (one.only(("name", "score", "up_to", "open", "set_aside", "accepted", "gaps")) for one in part.tables)
    for column in scores.columns[1:]:
        table.add_column(column.title, justify="right", no_wrap=True)
    for name, score, up_to, waiting, *counts in scores.rows:
        upper = in_words(up_to) if waiting else ""
        table.add_row(Text(in_words(name)), in_words(score), upper, *(in_words(n or None) for n in (waiting, *counts)))
    table.add_row()
    return table


def _print_levels(console: Console, card: Scorecard) -> None:
    if not card.levels:
        return
    console.print(Text(_("Achieved: {level}").format(level=wording.level(card, card.achieved)), style="bold"))
    _print_list(console, standing.partly_met(card))
    console.print(Text(wording.whose_levels(card.checklist), style="dim"))
    if card.reachable > card.achieved:
        reachable = wording.level(card, card.reachable)
        console.print(Text(_("Within reach, if every open question turns out well: {level}").format(level=reachable)))
    if (result := card.next_level) is not None:
        console.print(Text(_("What blocks level {level}:").format(level=result.level.level)))
        for reason in standing.blockers(result):
            _print_indented(console, Text(f"- {reason}"))
    console.print()


def _print_gaps(console: Console, card: Scorecard, most: int) -> None:
    """What is to check stands beside the gaps, at the priority that it would have."""
    if card.to_check:
        heading = ngettext("{n} to check: {counts}", "{n} to check: {counts}", len(card.to_check))
        counts = standing.counts(card.to_check)
        console.print(Text(heading.format(n=len(card.to_check), counts=counts), style="bold"))
    if card.gaps:
        heading = ngettext("{n} gap: {counts}", "{n} gaps: {counts}", len(card.gaps))
        console.print(Text(heading.format(n=len(card.gaps), counts=standing.counts(card.gaps)), style="bold"))
    elif not card.untouched:
        console.print(Text(_("No gaps among the answers so far.")))
    for gap in card.pressing[:most]:
        question = gap.line.question
        marks = (wording.priority(gap.priority), *([_("to check")] if gap.to_check else []), question.id)
        console.print(Text(f"{'  '.join(marks)}  {question.text}", style=_STYLE[gap.priority]))
        _print_indented(
            console, Text(_("why: {rule}").format(rule=wording.rule(gap.rule, levels=bool(card.levels))), style="dim")
        )
        for part in gap.parts:
            _print_indented(console, Text(wording.part(part)))
        if remedy := wording.remedy(gap.line):
            _print_indented(console, Text(f"→ {remedy}"))
    if len(card.pressing) > most:
        console.print(Text(_("… and {n} more: --all prints them.").format(n=len(card.pressing) - most)))
    console.print()


def _print_route(console: Console, card: Scorecard, most: int) -> None:
    """The steps to the next level, with the score of that level after each."""
    if not card.levels:
        return
    route = card.route
    if route is None:
        console.print(Text(standing.nothing_above(card)))
        return
    console.print(Text(standing.route(route), style="bold"))
    for number, step in enumerate(route.steps[:most], start=1):
        words = _("{number}. {id}: {todo}, effort {effort}; then the level is at {score}")
        said = words.format(
            number=number,
            id=", ".join(line.question.id for line in step.lines),
            todo=standing.to_do(step),
            effort=step.effort,
            score=standing.after(step, route.result),
        )
        _print_indented(console, Text(said))
    if len(route.steps) > most:
        console.print(Text(_("… and {n} more: --all prints them.").format(n=len(route.steps) - most)))
    console.print(Text(_("Reckoned with today's scope: a changed answer may open new questions."), style="dim"))


def print_comparison(console: Console, before: Assessed, after: Assessed, comparison: Comparison) -> None:
    """Which two are compared, the change of the score, what it is owed to, and every question that changed."""
    both = (before, after)
    for one in both:
        _print_heading(console, one)
        _print_findings(console, one)
        if nothing := headline.nothing_answered(one.scorecard):
            console.print(Text(f"{nothing}.", style="bold"))
    for said in standing.not_alike(before, after):
        console.print(Text(said, style="bold"))
    console.print()
    was_at, now_at = (headline.nothing_answered(one.scorecard) or percent(one.scorecard.overall.lower) for one in both)
    console.print(Text(_("Score: {before} → {after}").format(before=was_at, after=now_at), style="bold"))
    if any(one.scorecard.untouched for one in both):
        console.print(Text(_("No change is given: where nothing was answered there is no score to compare with.")))
    elif comparison.before is not None and comparison.after is not None:
        difference = change(comparison.after - comparison.before)
        console.print(Text(_("Change: {change}").format(change=difference)))
        console.print(
            Text(
                _("Owed to answers: {answers}; to the checklist, or to what of it applies: {checklist}").format(
                    answers=change(comparison.by_answers), checklist=change(comparison.by_checklist)
                )
            )
        )
    for kind in ChangeKind:
        changes = [one for one in comparison.changes if one.kind is kind]
        if not changes or kind is ChangeKind.UNCHANGED:
            continue
        console.print(Text(f"\n{wording.kind_of_change(kind)} ({len(changes)})", style="bold"))
        for one_change in changes:
            console.print(Text(f"  {one_change.question.id}  {one_change.question.text}"))


def _print_indented(console: Console, text: Text) -> None:
    """Print what belongs to the line above; every line it wraps to is indented alike."""
    for line in text.wrap(console, console.width - 4):
        line.rstrip()
        console.print(Text("    ").append_text(line))


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the command line, for which a reader that goes away is no error."""
        raise BrokenPipeError


def console() -> Console:
    """The console that commands print to: as wide as the terminal, or 100 columns into a pipe; no colour there."""
    return _Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else 100)


def print_checklist(console: Console, checklist: Checklist, provenance: Provenance, *, full: bool) -> None:
    """Every question, by section; with `full`, also what goes with it."""
    console.print(Text(f"{checklist.title}  ·  {checklist.id} {checklist.version}", style="bold"))
    _print_origin(console, provenance)
    if whose := wording.whose_levels(checklist):
        console.print(Text(whose))
    for section in checklist.sections:
        console.print(Text(f"\n{section.title}  ({wording.domain(section.domain)})", style="bold"))
        for question in section.questions:
            marks = _("level {level}, weight {weight}") if checklist.levels else _("weight {weight}")
            marks = marks.format(level=question.level, weight=question.weight)
            if question.critical:
                marks += ", " + _("critical")
            if checklist.annex is not None and (keys := checklist.annex.changed.get(question.id)):
                marks += ", " + differences.changed_keys(keys)
            console.print(Text.assemble((question.id, "bold"), "  ", question.text, ("  [" + marks + "]", "dim")))
            for label, text in _particulars(question) if full else ():
                _print_indented(console, Text(f"{label}: {text}"))
    if checklist.annex is not None:
        _print_annex(console, checklist)


def _print_annex(console: Console, checklist: Checklist) -> None:
    """What an annex changes of the profile, leaves out and adds; what it changes of a question stands with it."""
    console.print(Text("\n" + _("What the national annex changes"), style="bold"))
    facts = ((name, said) for name, said in differences.changed(checklist) if name in checklist.field)
    for name, said in (*facts, *differences.dropped(checklist), *differences.added(checklist)):
        console.print(Text.assemble((name, "bold"), "  ", said))


def _particulars(question: Question) -> Iterator[tuple[str, str]]:
    """What goes with a question, each with its label."""
    for word, option in question.options.items():
        yield word, option.text
    if question.help:
        yield _("help"), question.help
    if question.classroom:
        yield _("in the classroom"), question.classroom
    if question.evidence:
        yield _("evidence"), question.evidence
    if question.remedy:
        yield _("remedy"), question.remedy
    if question.references:
        yield _("references"), ", ".join(question.references)
