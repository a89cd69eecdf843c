"""The first page: whose result it is, what was found, the verdict, the figures in short, and the first orders."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from stockcheck import __version__, figures
from stockcheck.assessed import Assessed
from stockcheck.checklist.deadline import due
from stockcheck.checklist.provenance import Origin
from stockcheck.language import _, date, moment, ngettext
from stockcheck.questionnaire import headline
from stockcheck.report import sealed, standing, wording
from stockcheck.report.content import orders
from stockcheck.report.content.bars import bars_of_domains, bars_of_sections, what_the_bars_show
from stockcheck.report.content.parts import Cell, Column, Fact, Sentence, Table, Type, table
from stockcheck.report.content.verdict import verdict
from stockcheck.report.to_do import Load, actions, rows_of, today
from stockcheck.scoring.facts import critical_out_by_fact
from stockcheck.scoring.scorecard import Scorecard

#: The orders that stand on the first page.
ORDERS = 10


@dataclass(frozen=True)
class Summary:
    """What the first page says, part by part in the order in which it is read."""

    title: str
    depot: str
    about: tuple[Fact, ...]
    #: What has to be known before anything is read: that the past was changed, that a checklist is an adapted one.
    notices: tuple[Sentence, ...]
    findings: tuple[Sentence, ...]
    verdict: str
    tiles: Table
    #: The facts about the depot, what they leave out, what was set aside, whose levels these are.
    facts: tuple[Sentence, ...]
    domains: Table
    sections: Table
    bars: str
    orders: Table
    signatures: tuple[str, ...]
    record: tuple[Fact, ...]


def summary(assessed: Assessed, made: dt.datetime, before: Assessed | None = None) -> Summary:
    """The first page, in the language in use; `made` is the moment the report bears.

    `before`: the earlier assessment; then the bars say by how much each score has changed since.
    """
    card, was = assessed.scorecard, before.scorecard if before else None
    return Summary(
        title=_("Gap report"),
        depot=assessed.state.called,
        about=_about(assessed),
        notices=_notices(assessed),
        findings=_findings(assessed),
        verdict=" ".join(verdict(assessed)),
        tiles=tiles(card),
        facts=_facts(assessed),
        domains=bars_of_domains(card, was),
        sections=bars_of_sections(card, was),
        bars=what_the_bars_show(card),
        orders=first_orders(assessed),
        signatures=(_("Assessed by: name, date, signature"), _("Depot commander: name, date, signature")),
        record=_record(assessed, made),
    )


def _about(assessed: Assessed) -> tuple[Fact, ...]:
    state = assessed.state
    return (
        Fact(_("Date of assessment"), _dated(assessed)),
        Fact(_("Checklist"), f"{assessed.checklist.title}, {assessed.checklist.version}  ·  {_origin(assessed)}"),
        Fact(_("Answered by"), ", ".join(state.respondents) or _("nobody yet")),
        Fact(_("Seal"), " ".join(sealed.in_short(assessed.record))),
    )


def _origin(assessed: Assessed) -> str:
    """Where the checklist is from. That it passes for another has a line of its own, above (see `_notices`)."""
    origin = assessed.provenance
    return _("adapted") if origin.origin is Origin.ADAPTED else origin.statement


def _dated(assessed: Assessed) -> str:
    """The day, and the code by which this state of the file can be told from any other."""
    day, record = date(assessed.state.on), assessed.record
    if not record.chain_holds:
        return day
    return f"{day}  ·  " + _("code of the record {code}").format(code=record.code)


def _notices(assessed: Assessed) -> tuple[Sentence, ...]:
    card, record, origin = assessed.scorecard, assessed.record, assessed.provenance
    said = []
    if not record.chain_holds:
        said.append(Sentence(_("ENTRIES WERE CHANGED AFTER THEY WERE RECORDED"), "notice"))
    if origin.origin is Origin.ADAPTED:
        said.append(Sentence(origin.statement, "notice"))
    if rules := headline.rules(card):
        said.append(Sentence(rules, "notice"))
    if count := len(record.redactions):
        words = ngettext(
            "{n} thing was removed from the history: see “{sheet}”.",
            "{n} things were removed from the history: see “{sheet}”.",
            count,
        )
        said.append(Sentence(words.format(n=count, sheet=details_title())))
    if not card.overall.complete:
        words = ngettext(
            "NOT COMPLETE: {n} question is open", "NOT COMPLETE: {n} questions are open", card.overall.open
        )
        said.append(Sentence(words.format(n=card.overall.open), "notice"))
    return tuple(said)


def title() -> str:
    """What the sheet of the first page is called."""
    return _("Summary")


def about() -> str:
    """Its line in the contents."""
    return _("what was found, the verdict, the figures in short, and the first orders")


def more_sections(n: int, sheet: str) -> str:
    """Where the sections stand that the first page has no room for; they are the better ones."""
    words = ngettext(
        "… and {n} section that stands no worse: sheet “{sheet}”",
        "… and {n} sections that stand no worse: sheet “{sheet}”",
        n,
    )
    return words.format(n=n, sheet=sheet)


def more(n: int, sheet: str) -> str:
    """On which sheet what the first page has no room for stands: losses and dangers, orders."""
    words = ngettext("… and {n} more: sheet “{sheet}”", "… and {n} more: sheet “{sheet}”", n)
    return words.format(n=n, sheet=sheet)


def count_of_orders(assessed: Assessed) -> int:
    """How many rows the action plan has."""
    return len(rows_of(assessed))


def details_title() -> str:
    """What the sheet is called that has whole what the first page has no room for."""
    return _("Findings and facts")


def _findings(assessed: Assessed) -> tuple[Sentence, ...]:
    """Losses and dangers found, each in words; then what was not looked for."""
    found = tuple(Sentence(said, "notice") for said in standing.found(assessed))
    rest = standing.findings(assessed)[len(found) :]
    return (*found, Sentence("  ·  ".join(rest))) if rest else found


def _facts(assessed: Assessed) -> tuple[Sentence, ...]:
    card = assessed.scorecard
    said = []
    if facts := standing.facts(assessed):
        said.append(Sentence(_("Facts about the depot: {facts}").format(facts="  ·  ".join(facts))))
    if critical_out_by_fact(card):
        head, *lines = standing.out_by_fact(card)
        said.append(Sentence(f"{head} {'; '.join(lines)}"))
    if card.partly_met:
        head, *lines = standing.partly_met(card)
        said.append(Sentence(f"{head[:1].upper()}{head[1:]} {'; '.join(lines)}"))
    aside = standing.set_aside(card) or [_("No question is set aside")]
    said.append(Sentence("  ·  ".join(aside) + "."))
    if whose := wording.whose_levels(assessed.checklist):
        said.append(Sentence(whose))
    return tuple(said)


def tiles(card: Scorecard) -> Table:
    """A row a tile: what it is, the figure, and what belongs to it. Where nobody has answered there is no figure."""
    columns = (Column("label", _("What")), Column("figure", _("Figure")), Column("detail", _("With it")))
    rows: list[list[Cell]] = []
    untouched, overall, load = card.untouched, card.overall, today(card)
    if card.levels:
        rows.append([_("Level"), *_level(card)])
    if untouched:
        rows.append([_("Score"), "–", headline.nothing_answered(card)])
    else:
        upper = "" if overall.complete else _("up to {upper}").format(upper=figures.percent(overall.upper))
        rows.append([_("Score"), figures.percent(overall.lower), upper])
    count = overall.set_aside + overall.accepted
    aside = ngettext("{n} set aside", "{n} set aside", count).format(n=count)
    if overall.accepted and not overall.set_aside:
        aside += ", " + _("all agreed")
    elif overall.set_aside:
        aside += ", " + _("{n} not agreed").format(n=overall.set_aside)
    rows.append([_("Answered"), "–" if untouched else figures.percent(overall.answered), aside])
    rows.append([_("Do today"), str(load.total), _of_today(load)])
    if card.levels:
        rows.append([_("Shortest way"), *_way(card)])
    return table("tiles", columns, rows)


def _level(card: Scorecard) -> list[Cell]:
    if card.untouched:
        return ["–", headline.nothing_answered(card)]
    achieved = str(card.achieved) if card.achieved else _("none")
    if (result := card.next_level) is None:
        return [achieved, standing.nothing_above(card)]
    number = result.level.level
    if unmet := len(result.criticals):
        words = ngettext("{n} critical control stops level {level}", "{n} critical controls stop level {level}", unmet)
        return [achieved, words.format(n=unmet, level=number)]
    if result.points_missing:
        return [achieved, _("its score stops level {level}").format(level=number)]
    if result.domains_short:
        return [achieved, _("a weak domain stops level {level}").format(level=number)]
    return [achieved, _("something wholly absent stops level {level}").format(level=number)]


def _of_today(load: Load) -> str:
    gaps = ngettext("{n} immediate gap", "{n} immediate gaps", load.gaps).format(n=load.gaps)
    if not load.unchecked:
        return gaps
    unchecked = ngettext("{n} critical never checked", "{n} critical never checked", load.unchecked)
    return f"{gaps}, {unchecked.format(n=load.unchecked)}"


def _way(card: Scorecard) -> list[Cell]:
    if card.route is None:
        return ["–", _("no level is left to reach")]
    steps = card.route.steps
    by_effort = {effort: sum(step.line.question.effort == effort for step in steps) for effort in (1, 2, 3)}
    detail = ", ".join(f"{count} × {orders.effort(effort)}" for effort, count in by_effort.items() if count)
    to = _("to level {level}").format(level=card.route.result.level.level)
    return [str(len(steps)), f"{to}: {detail}"]


def first_orders(assessed: Assessed) -> Table:
    """The first orders of the action plan; who and by when is written in."""
    on = assessed.state.on
    columns = (
        Column("number", _("No."), Type.NUMBER),
        Column("id", _("Id"), Type.ID),
        Column("do", _("The first orders")),
        Column("owner", _("Owner")),
        Column("due", _("Due"), Type.DATE),
    )
    rows: list[list[Cell]] = [
        [number, one.line.question.id, orders.in_short(one.line), "", due(one.line.question, on)]
        for number, one in enumerate(actions(assessed.scorecard)[:ORDERS], start=1)
    ]
    return table("orders", columns, rows)


def _record(assessed: Assessed, made: dt.datetime) -> tuple[Fact, ...]:
    record = assessed.record
    code = record.head if record.chain_holds else _("the record does not hold")
    return (
        Fact(_("Record"), code),
        Fact(_("Checklist SHA-256"), assessed.provenance.digest),
        Fact(_("Report made"), f"{moment(made)}, stockcheck {__version__}"),
    )
