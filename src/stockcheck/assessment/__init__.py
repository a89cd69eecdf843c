"""Assessments: answers as events, their history, and the one file that holds them.

`events` says what is recorded, `state` what the events add up to, `file` how they are kept safely on disk, `checks`
what a file must be before it is trusted, and `lock` who may write. Nothing here knows of scores or screens.
"""
