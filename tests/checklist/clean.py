"""A checklist in two sections, and its translation, that no editorial rule finds fault with."""

from __future__ import annotations

from stockcheck.checklist.lint import LONGEST, STRETCH

HEAD = "depot.yaml"
GATES = "sections/gates.yaml"
STOCK = "sections/stock.yaml"
ES = "translations/es"
ES_DEPOT, ES_GATES, ES_STOCK = (f"{ES}/{name}.yaml" for name in ("depot", "gates", "stock"))

#: Parts of the files below that many a test changes.
WHEN = "when: {question: G-1, is: [yes, partial]}"
S2 = "  - id: S-2\n    type: text\n"
S2_REST = "    text: What else?\n    help: Ask.\n    evidence: Notes.\n    references: [DOC 2]\n"

FILES = {
    HEAD: """\
id: depot
version: "1.0"
language: en
title: Depot checklist
levels:
  - {level: 1, title: Basic, threshold: 0.80}
  - {level: 2, title: Total, threshold: 0.80}
standards:
  DOC 1: {title: Rules for depots}
  DOC 2: {title: Small Arms Survey}
profile:
  - {id: kinds, type: several, text: What is held?, help: Tick each., options: {arms: Small arms, rounds: Loose rounds}}
  - {id: night, type: choice, text: Is there a night guard?, options: {yes: Yes, no: No}}
  - {id: size, type: number, text: How many buildings stand here?}
sections:
  - gates
  - {use: stock, when: {profile: kinds, has: arms}}
""",
    GATES: """\
id: gates
title: The gates
domain: physical-security
questions:
  - id: G-1
    text: Is the gate locked?
    help: Try it.
    classroom: Tell how it is shut.
    evidence: Lock seen.
    remedy: Lock it.
    references: ["DOC 1 §2"]
  - id: G-2
    type: choice
    text: Who holds the keys?
    help: Ask.
    evidence: Key list.
    remedy: Name a holder.
    references: ["DOC 1"]
    options:
      one: {text: The storekeeper alone, credit: 1}
      many: {text: Manual, credit: 0}
    part_of: G-1
    when: {question: G-1, is: [yes, partial]}
""",
    STOCK: """\
id: stock
title: Stock
domain: inventory
questions:
  - id: S-1
    text: Does the count match?
    help: Count it.
    evidence: Count sheet.
    remedy: Order a count.
    level: 2
    references: ["DOC 2"]
  - id: S-2
    type: text
    text: What is missing?
    help: Write it down.
    evidence: Count sheet.
    references: ["DOC 2"]
""",
    ES_DEPOT: """\
id: depot
language: es
title: Lista del depósito
levels: {1: Básico, 2: Total}
standards: {DOC 1: Reglas para depósitos, DOC 2: Small Arms Survey}
profile:
  - id: kinds
    text: ¿Qué se guarda?
    help: Marque cada uno.
    options: {arms: Armas pequeñas, rounds: Tiros sueltos}
  - {id: night, text: ¿Hay guardia nocturna?, options: {yes: Sí, no: No}}
  - {id: size, text: ¿Cuántos edificios hay aquí?}
""",
    ES_GATES: """\
id: gates
language: es
title: Los portones
questions:
  - id: G-1
    text: ¿Está cerrado el portón?
    help: Pruébelo.
    classroom: Cuente cómo se cierra.
    evidence: Candado visto.
    remedy: Ciérrelo.
  - id: G-2
    text: ¿Quién tiene las llaves?
    help: Pregunte.
    evidence: Lista de llaves.
    remedy: Nombre un responsable.
    options: {one: Solo el encargado, many: Manual}
""",
    ES_STOCK: """\
id: stock
language: es
title: Existencias
questions:
  - {id: S-1, text: ¿Coincide el conteo?, help: Cuéntelo., evidence: Hoja de conteo., remedy: Ordene un conteo.}
  - {id: S-2, text: ¿Qué falta?, help: Anótelo., evidence: Hoja de conteo.}
""",
}

#: Texts as long as may be.
LONG = {key: "x" * (longest - 2) + " y" for key, longest in LONGEST.items()}
LONG_ES = {key: "x" * (int(longest * STRETCH) - 2) + " y" for key, longest in LONGEST.items()}
