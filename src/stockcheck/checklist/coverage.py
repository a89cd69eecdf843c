"""How many questions of each section cite each standard: the table in checklists/README.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from stockcheck.checklist.model import Checklist, Section


def table(checklists: Sequence[Checklist]) -> str:
    """A Markdown table, one line a section: its questions, the checklists that use it, the standards it cites."""
    sections: dict[str, Section] = {}
    users: dict[str, list[str]] = {}
    standards: dict[str, Counter[str]] = {}
    for checklist in checklists:
        for section in checklist.sections:
            known = sections.get(section.id)
            if known is None or len(known.questions) < len(section.questions):
                sections[section.id] = section
                standards[section.id] = _cited(checklist, section)
            users.setdefault(section.id, []).append(checklist.id)
    lines = ["| section | domain | questions | used by | cites (questions) |", "| --- | --- | ---: | --- | --- |"]
    for name in sorted(sections, key=lambda name: (sections[name].domain, name)):
        cites = ", ".join(f"{standard} ({count})" for standard, count in sorted(standards[name].items()))
        section = sections[name]
        used = ", ".join(users[name])
        lines.append(f"| {name} | {section.domain} | {len(section.questions)} | {used} | {cites} |")
    total = sum(len(section.questions) for section in sections.values())
    lines.append(f"| **total** | | **{total}** | | |")
    return "\n".join(lines) + "\n"


def _cited(checklist: Checklist, section: Section) -> Counter[str]:
    """How many questions cite each standard; one that cites two clauses of a standard counts once."""
    count: Counter[str] = Counter()
    for question in section.questions:
        count.update({name for reference in question.references if (name := checklist.cited(reference)) is not None})
    return count
