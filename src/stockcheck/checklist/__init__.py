"""Checklists: the YAML files, the model they become, and what can be asked of it.

`loading` reads them, `model` says what they are, `conditions` decides what applies, `answers` says what fits a
question, `translation` renders them in another language, `upgrade` carries answers to a newer version and `lint`
holds the shipped ones to their editorial rules. Nothing here knows where answers are kept.
"""
