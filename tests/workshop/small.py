"""A small scenario of the small checklist of `tests.depot`, and the files that participants hand in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from stockcheck.answers.typed import read_answer
from stockcheck.assessment.file import create, open_file
from stockcheck.checklist.loading import compose
from stockcheck.checklist.model import Checklist
from tests.depot import checklist_file

ON = dt.date(2026, 3, 1)

SCENARIO = """\
id: small
language: en
checklist: depot
on: "2026-03-01"
depot: Depot of nowhere
title: A small depot
situation: |
  You come on a Sunday.
facts:
  kinds: [arms, rounds]
  size: 3
plan:
  caption: The site
  width: 100
  height: 50
  shapes:
    - {id: fence, kind: fence, x: 0, y: 0, width: 100, height: 50}
    - {id: store, kind: store, x: 10, y: 10, width: 20, height: 10, label: Store}
scenes:
  - id: gate
    title: At the gate
    see: [The gate is shut with a rope.]
    told: [{who: The guard, says: It has always been so.}]
key:
  A-1: {answer: partial, why: One stretch is weak., mistake: Looking at the front alone., scenes: [gate]}
  A-2: {answer: shut, why: A rope is no lock., scenes: [gate]}
  A-3: {answer: [locks], why: Only these.}
  A-4: {answer: 3, why: By the book.}
  A-5: {answer: "2026-02-01", why: By the sheets.}
  B-1: {answer: yes, why: It was shown.}
  B-2: {answer: no, why: Nobody has tried it.}
"""

SPANISH = """\
language: es
depot: Depósito de ninguna parte
title: Un depósito pequeño
situation: Usted llega un domingo.
plan: {caption: El sitio, labels: {store: Almacén}}
scenes:
  - id: gate
    title: En el portón
    see: [El portón está atado con una cuerda.]
    told: [{who: El guardia, says: Siempre fue así.}]
key:
  A-1: {why: Un tramo es débil., mistake: Mirar solo el frente.}
  A-2: {why: Una cuerda no es un candado.}
  A-3: {why: Solo estos.}
  A-4: {why: Según el libro.}
  A-5: {why: Según las planillas.}
  B-1: {why: Se mostró.}
  B-2: {why: Nadie lo probó.}
"""


def checklist(folder: Path) -> Checklist:
    return compose(checklist_file(folder))[0]


def scenario_file(folder: Path, text: str = SCENARIO, spanish: str | None = SPANISH) -> Path:
    """The scenario's file, and its translation where there is one."""
    path = folder / "scenarios" / "small.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    if spanish is not None:
        said = folder / "translations" / "es" / "scenarios" / "small.yaml"
        said.parent.mkdir(parents=True, exist_ok=True)
        said.write_text(spanish, encoding="utf-8")
    return path


def assessment(path: Path, against: Checklist, *lines: str, by: str = "somebody") -> Path:
    """An assessment in which those lines, `id=answer`, were answered."""
    create(path, against, depot="Nowhere", marking="", on=ON, by=by)
    go_on(path, *lines, by=by)
    return path


def go_on(path: Path, *lines: str, by: str = "somebody") -> None:
    with open_file(path, write=True, by=by) as file:
        for line in lines:
            name, _sign, typed = line.partition("=")
            asked = file.checklist.field.get(name) or file.checklist.question[name]
            file.answer(asked, read_answer(asked, typed, ON))
