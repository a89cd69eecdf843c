"""Checklists: the YAML files, the model they become, and what can be asked of it.

From the ground up: `faults` says what may be wrong, `yamltext` reads text and `sources` finds files, `model` and
`conditions` say what a checklist is. `loading` composes one from its files, held to the rules of `validation` and
`consistency`; `library` gives it by name, `translation` in another language, `lint` holds it to editorial rules.
`answers` says what fits a question, `succession` which question another continues. Nothing here knows where answers
are kept. An import-linter contract in pyproject.toml keeps the order.
"""
