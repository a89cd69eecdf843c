"""Assessments: answers as events, their history, and the one file that holds them.

`events` says what is recorded, `state` what the events add up to, `file` how they are kept safely on disk, and
`lock` who may write. Nothing here knows of scores or screens.
"""
