"""A small checklist with one of everything, for tests that need files rather than objects."""

from __future__ import annotations

from pathlib import Path

SECTION_ONE = """\
id: one
title: Section one
domain: storage
questions:
  - id: A-1
    text: Is the fence whole?
    help: Walk it.
    evidence: Seen.
    remedy: Mend it.
    weight: 5
    critical: true
    references: ["DOC 1"]
  - id: A-2
    type: choice
    text: How is the gate closed?
    options:
      locked: {text: Locked, credit: 1}
      shut: {text: Shut, credit: 0.5}
      open: {text: Open, credit: 0}
    weight: 3
    when: {question: A-1, is: [yes, partial]}
  - id: A-3
    type: several
    text: What is checked?
    options:
      locks: {text: Locks, credit: 0.6}
      bars: {text: Bars, credit: 0.6}
      rust: {text: Rust seen, credit: -0.5}
    weight: 2
    level: 2
  - id: A-4
    type: number
    text: How many rounds a night?
    bands: [{at_least: 4, credit: 1}, {at_least: 2, credit: 0.5}]
    weight: 2
  - id: A-5
    type: date
    text: When was it last counted?
    bands: [{at_most: 31, credit: 1}, {at_most: 365, credit: 0.5}]
    weight: 4
  - id: A-6
    type: text
    text: What is missing?
"""

SECTION_TWO = """\
id: two
title: Section two
domain: management
questions:
  - id: B-1
    text: Is there a plan?
    weight: 4
    remedy: Write one.
  - id: B-2
    text: Is the plan practised?
    level: 2
    critical: true
    when: {question: B-1, is: yes}
"""

CHECKLIST = """\
id: depot
version: "1.0"
language: en
title: Small depot
levels:
  - {level: 1, title: Basic, threshold: 0.80}
  - {level: 2, title: Better, threshold: 0.80}
standards:
  DOC 1: {title: A document, edition: 2nd}
profile:
  - {id: kinds, type: several, text: What is held?, options: {arms: Arms, rounds: Rounds}}
  - {id: size, type: number, text: How many buildings?}
sections:
  - one
  - {use: two, when: {profile: kinds, has: rounds}}
"""


def checklist_file(folder: Path) -> Path:
    """The checklist's file, its sections beside it."""
    (folder / "sections").mkdir(parents=True, exist_ok=True)
    (folder / "sections" / "one.yaml").write_text(SECTION_ONE, encoding="utf-8")
    (folder / "sections" / "two.yaml").write_text(SECTION_TWO, encoding="utf-8")
    path = folder / "depot.yaml"
    path.write_text(CHECKLIST, encoding="utf-8")
    return path
