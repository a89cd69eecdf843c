"""From a checklist and its answers to a scorecard: pure functions, exact arithmetic, no clock and no files.

The rules are those of docs/scoring.md, section by section: `credit`, `scope`, `scores`, `levels`, `gaps`, `route`,
`comparison`. `scorecard` puts them together.
"""
