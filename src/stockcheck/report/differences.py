"""How a national annex differs from the checklist that it extends, in words."""

from __future__ import annotations

from collections.abc import Iterator

from stockcheck.checklist.differing import Annex
from stockcheck.checklist.model import Checklist
from stockcheck.language import _


def extends(annex: Annex) -> str:
    """What an annex says that it extends, the nearest first, each with the beginning of its digest."""
    return "\n".join(f"{one.id} {one.version} ({one.digest[:12]})" for one in annex.extends)


def changed(checklist: Checklist) -> Iterator[tuple[str, str]]:
    """Each changed question or fact, by its id, with the keys that are changed."""
    if checklist.annex is not None:
        for name, keys in checklist.annex.changed.items():
            yield name, changed_keys(keys)


def changed_keys(keys: tuple[str, ...]) -> str:
    """That the annex has changed these keys of a question."""
    return _("changed by the annex: {keys}").format(keys=", ".join(keys))


def dropped(checklist: Checklist) -> Iterator[tuple[str, str]]:
    """Each question left out, by its id, with its text and the reason."""
    for one in checklist.annex.dropped if checklist.annex is not None else ():
        said = _("left out by the annex: {reason}").format(reason=one.reason)
        yield one.id, f"{one.text}\n{said}" if one.text else said


def added(checklist: Checklist) -> Iterator[tuple[str, str]]:
    """Each section of the annex's own, with its title."""
    for section in checklist.sections:
        if checklist.annex is not None and section.id in checklist.annex.added:
            yield section.id, _("added by the annex: {title}").format(title=section.title)
