"""merge: two copies of an assessment that went apart, brought together in a new file."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args

import typer

from stockcheck import language
from stockcheck.cli.arguments import AsJson
from stockcheck.cli.saying import complain, say, say_json
from stockcheck.cli.standard_input import line_by_line
from stockcheck.cli.usage import App
from stockcheck.errors import StockcheckError, UsageError
from stockcheck.language import _, ngettext
from stockcheck.plaintext import folded, named, one_line

if TYPE_CHECKING:
    from stockcheck.assessment.apart import Conflict, Version
    from stockcheck.assessment.events import Event
    from stockcheck.assessment.merged_file import Pair
    from stockcheck.assessment.merging import Merge, Merged, Side
    from stockcheck.checklist.model import Checklist
    from stockcheck.questionnaire.deciding import Deciding


def add_to(app: App) -> None:
    """Register the command of this module."""
    app.command(
        help=_(
            "Bring two copies of an assessment together in a new file. It holds what both have, then what each was "
            "given since. Where both recorded something different about the same thing, nothing is written until "
            "somebody has decided. The copies stay as they are; the codes noted from the first one go on holding."
        )
    )(merge)


def merge(
    ours: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("One copy, such as depot.stockcheck."))],
    theirs: Annotated[Path, typer.Argument(metavar=_("OTHER"), help=_("The other copy of the same assessment."))],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar=_("FILE"), help=_("The file to write; nothing is replaced."))
    ],
    all_ours: Annotated[bool, typer.Option("--ours", help=_("Where the two differ: keep what the first has."))] = False,
    all_theirs: Annotated[
        bool, typer.Option("--theirs", help=_("Where the two differ: take what the second has."))
    ] = False,
    take: Annotated[
        list[str] | None,
        typer.Option(
            "--take",
            metavar=_("ID=ours|theirs|both"),
            help=_("Decide one thing by its id, as the list has it; may be given again. both joins two notes."),
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar=_("NAME"),
            help=_("Who brings them together (default: the account's name)."),
            show_default=False,
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Bring two copies together; what is in conflict is asked at a terminal. Raises `StockcheckError`."""
    asks = not as_json and all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    side: Side | None = "ours" if all_ours else "theirs" if all_theirs else None
    if all_ours and all_theirs:
        raise UsageError(_("--ours and --theirs exclude each other."))
    bring_together(ours, theirs, output, side=side, take=take or (), by=by, as_json=as_json, asks=asks)


def bring_together(
    ours: Path,
    theirs: Path,
    output: Path,
    *,
    side: Side | None,
    take: Sequence[str] = (),
    by: str = "",
    as_json: bool = False,
    asks: bool = False,
) -> None:
    """Bring two copies together, and say what came from where.

    `side` decides what `take` does not, by ids; what is left is asked, if it `asks`. Raises `StockcheckError` where
    anything is not decided, and as `assessment.merged_file.open_pair` and `write`.
    """
    from stockcheck.assessment.beginning import check_free
    from stockcheck.assessment.events import user_name
    from stockcheck.assessment.merged_file import open_pair, write
    from stockcheck.checklist.translation import in_language

    check_free(output)
    with open_pair(ours, theirs) as pair:
        names = named(ours), named(theirs)
        found = pair.merge
        if found is None:
            _nothing_to_do(pair, names, as_json=as_json)
            return
        checklist = in_language(found.ours.checklist, language.current())
        sides = _taken(found.conflicts, take)
        waiting = [one for one in found.conflicts if one.key not in sides]
        if side is not None:
            sides |= {one.key: side for one in waiting}
        elif waiting and asks:
            sides |= _asked(waiting, checklist, names)
        waiting = [one for one in found.conflicts if one.key not in sides]
        if waiting:
            _refuse(found, waiting, checklist, names, as_json=as_json)
        merged = write(pair, found, output, sides, by=by or user_name())
        if as_json:
            say_json(_as_json(output, found, sides, merged))
        else:
            _tell(output, found, sides, merged, checklist, names)


def _nothing_to_do(pair: Pair, names: tuple[str, str], *, as_json: bool) -> None:
    if as_json:
        say_json(
            {"written": None, "conflicts": [], "in_first": pair.nothing_of_theirs, "in_second": pair.nothing_of_ours}
        )
        return
    if pair.nothing_of_ours and pair.nothing_of_theirs:
        said = _("{ours} and {theirs} hold the same: there is nothing to bring together.")
    elif pair.nothing_of_theirs:
        said = _("{ours} holds all that is in {theirs}: there is nothing to bring together. Go on with {ours}.")
    else:
        said = _("{theirs} holds all that is in {ours}: there is nothing to bring together. Go on with {theirs}.")
    say(said.format(ours=names[0], theirs=names[1]), _("Nothing was written."))


# Deciding


def _taken(conflicts: Sequence[Conflict], take: Iterable[str]) -> dict[str, Side]:
    """What `take` decides: by the key of a conflict, or by the id of a question all that is in conflict about it.

    Raises `UsageError` for what decides nothing.
    """
    from stockcheck.assessment.merging import Side

    sides: dict[str, Side] = {}
    exact: dict[str, Side] = {}
    for text in take:
        name, found, word = text.rpartition("=")
        name = name.strip()
        if not found or word not in get_args(Side):
            raise UsageError(
                _("--take {text} decides nothing.").format(text=one_line(text, limit=80)),
                _("Such as: --take {id}=ours").format(id=conflicts[0].key if conflicts else "PER-01"),
            )
        about = [one for one in conflicts if one.key == name or one.key.startswith(f"{name}:")]
        if not about or (word == "both" and not any(one.kind == "note" for one in about)):
            keys = ", ".join(one.key for one in conflicts[:20])
            raise UsageError(
                _("--take {text}: that is not in conflict, or cannot be both.").format(text=one_line(text, limit=80)),
                _("In conflict: {ids}.").format(ids=keys or "–"),
            )
        for one in about:
            if word != "both" or one.kind == "note":
                (exact if one.key == name and one.key != one.subject else sides)[one.key] = cast("Side", word)
    return sides | exact


def _asked(waiting: Sequence[Conflict], checklist: Checklist, names: tuple[str, str]) -> Mapping[str, Side]:
    from stockcheck.questionnaire.deciding import Deciding

    made: list[Deciding] = []

    def make(tell: Any, patient: bool, encoding: str) -> Deciding:
        made.append(Deciding(waiting, checklist, names, tell, patient=patient, encoding=encoding))
        return made[0]

    line_by_line(make)
    return made[0].sides


def _refuse(
    found: Merge, waiting: Sequence[Conflict], checklist: Checklist, names: tuple[str, str], *, as_json: bool
) -> None:
    """Say what is not decided. Raises `StockcheckError`."""
    from stockcheck.questionnaire.differing import conflict_in_words

    if as_json:
        say_json({"written": None, "conflicts": [_conflict_as_json(one, None) for one in found.conflicts]})
    else:
        complain(*(line for one in waiting for line in conflict_in_words(one, checklist, *names)))
    n = len(waiting)
    raise StockcheckError(
        ngettext(
            "Nothing was written: {n} thing was recorded differently in both copies.",
            "Nothing was written: {n} things were recorded differently in both copies.",
            n,
        ).format(n=n),
        _(
            "Take what {ours} has with --ours, what {theirs} has with --theirs, or decide one by one: --take {id}=ours"
        ).format(ours=names[0], theirs=names[1], id=waiting[0].key),
    )


# What was done


def _tell(
    output: Path,
    found: Merge,
    sides: Mapping[str, Side],
    merged: Merged,
    checklist: Checklist,
    names: tuple[str, str],
) -> None:
    from stockcheck.assessment.merging import joined
    from stockcheck.assessment.record import CODE_LENGTH
    from stockcheck.questionnaire.differing import left_out_in_words, version_in_words

    parting = found.parting
    say(
        ngettext(
            "Written: {file}. The two copies have {n} entry in common.",
            "Written: {file}. The two copies have {n} entries in common.",
            parting.seen,
        ).format(file=named(output), n=parting.seen),
        _branch(names[0], parting.our_branch),
        _branch(names[1], found.kept),
    )
    for one in found.conflicts:
        side = sides[one.key]
        if side == "both":
            said = one_line(joined(one), limit=300)
        else:
            said = version_in_words(one, one.ours if side == "ours" else one.theirs, checklist)
        whose = {"ours": names[0], "theirs": names[1], "both": _("both")}[side]
        say(_("  decided: {id} as in {file}: {said}").format(id=one.key, file=whose, said=said))
    for out in found.left_out:
        say(_("  left out of {file}: {said}").format(file=names[1], said=left_out_in_words(out, checklist)))
    for fallen in merged.fallen:
        say(
            _("  {id} counts as open: what {who} countersigned was answered or sent back in the other copy.").format(
                id=fallen.question, who=fallen.review.by
            )
        )
    say(
        _(
            "New code: {code}. Codes noted from {ours} go on holding; those from {theirs} are found in that copy only."
        ).format(code=merged.events[-1].hash[:CODE_LENGTH], ours=names[0], theirs=names[1]),
        _("Go on with {file}, and put the two copies away.").format(file=named(output)),
    )


def _branch(name: str, events: Sequence[Event]) -> str:
    """What came from one copy, and from whom."""
    from stockcheck.assessment.redaction import name_of

    answers = sum(event.kind in ("answer", "profile") for event in events)
    said = [
        ngettext("{n} entry since", "{n} entries since", len(events)).format(n=len(events)),
        ngettext("of them {n} answer", "of them {n} answers", answers).format(n=answers),
    ]
    people = Counter(name_of(event) or "–" for event in events)
    who = ", ".join(f"{one} ({people[one]})" for one in sorted(people, key=folded))
    return f"  {name}: {', '.join(said)}" + (_("; by {names}").format(names=who) if who else "")


def _as_json(output: Path, found: Merge, sides: Mapping[str, Side], merged: Merged) -> dict[str, Any]:
    from stockcheck.assessment.redaction import name_of

    parting = found.parting
    return {
        "written": str(output),
        "common": parting.seen,
        "first": len(parting.our_branch),
        "second": len(found.kept),
        "conflicts": [_conflict_as_json(one, sides[one.key]) for one in found.conflicts],
        "left_out": [
            {
                "entry": one.event.seq,
                "kind": one.event.kind,
                "id": one.event.subject,
                "by": name_of(one.event),
                "at": one.event.at,
                "why": one.why,
            }
            for one in found.left_out
        ],
        "no_longer_countersigned": [{"id": one.question, "by": one.review.by} for one in merged.fallen],
        "head": merged.events[-1].hash,
    }


def _conflict_as_json(conflict: Conflict, side: Side | None) -> dict[str, Any]:
    return {
        "id": conflict.key,
        "kind": conflict.kind,
        "before": _version_as_json(conflict.before),
        "ours": _version_as_json(conflict.ours),
        "theirs": _version_as_json(conflict.theirs),
        "decided": side,
    }


def _version_as_json(version: Version) -> dict[str, Any]:
    from stockcheck.answers.answer import Answer
    from stockcheck.answers.stored import to_json

    value = version.value
    return {
        "value": to_json(value) if isinstance(value, Answer) else value,
        "by": version.by,
        "at": version.at.isoformat() if version.at else None,
    }
