"""What every key of the JSON means, once: docs/json.md is made of it, and a test holds it against what is written.

A path joins keys with dots; ``[]`` stands for each entry of a list, ``*`` for each key that is a name. A type that is a
name of `SHAPES` has the keys listed there.
"""

from __future__ import annotations

from collections.abc import Iterator

from stockcheck.report.json_shapes import SHAPES, Key, keys

__all__ = ["SHAPES", "Key"]

SCORE = keys(
    """
    stockcheck | text | the version of the program
    depot | text | the depot
    depot_code | text | its code; empty where it has none
    marking | text | the marking of the assessment
    date | date | the date of the assessment
    checklist | checklist | what it was made against
    rules | integer | the version of the rules that scored it: 1 or 2
    nothing_answered | boolean | whether no scored question is answered, so that no figure says anything
    findings | findings | losses and dangers, before any figure
    score | score | the whole checklist
    domains.* | score | each domain
    sections.* | score | each section, by its id
    standards.* | score | the questions that cite each standard
    achieved | integer? | the level achieved (S-5), 0 for below level 1; null for a checklist without levels
    reachable | integer? | the same with every open question counting 1
    partly_met | text list | critical questions of the level achieved, or below it, that reach their floor and not
    | full credit
    levels[].level | integer | the number of the level
    levels[].title | text | its title
    levels[].threshold | decimal | its threshold as the checklist has it
    levels[].score | score | the questions that it stands on
    levels[].empty | boolean | whether none of them is in scope
    levels[].holds | boolean | whether it holds
    levels[].reachable | boolean | whether it would with every open question counting 1
    levels[].rule_a.holds | boolean | whether the score reaches the threshold (S-5 a)
    levels[].rule_a.threshold | share | the threshold
    levels[].rule_a.missing | share | what is missing to it
    levels[].rule_b.holds | boolean | whether no domain is abandoned (S-5 b)
    levels[].rule_b.domains.*.score | score | the questions of the level in that domain
    levels[].rule_b.domains.*.least | share | what the domain has to reach
    levels[].rule_b.domains.*.holds | boolean | whether it does
    levels[].rule_b.domains.*.reachable | boolean | whether it would with every open question counting 1
    levels[].rule_c.holds | boolean | whether every critical question is met (S-5 c)
    levels[].rule_c.short | text list | critical questions answered, or failing with a parent, and short of their floor
    levels[].rule_c.unseen | text list | critical questions that nobody has looked at
    levels[].rule_c.waiting | text list | critical questions set aside and not countersigned
    levels[].rule_c.partly_met | text list | critical questions that reach their floor and not full credit
    levels[].rule_d.holds | boolean | whether no question of weight 5 is wholly absent (S-5 d)
    levels[].rule_d.absent | text list | questions of weight 5 with credit 0, open ones included
    blocks_next_level | object? | what stops the next level; null when there is none
    blocks_next_level.level | integer | the next level
    blocks_next_level.missing_to_threshold | share | rule a
    blocks_next_level.domains | text list | rule b: the domains that fall short
    blocks_next_level.critical | text list | rule c: every critical question not met
    blocks_next_level.absent | text list | rule d
    begun_from | begun from? | the assessment that this one began from
    to_confirm | to confirm list | what was answered there and has not been here: it counts as open
    gaps | gap list | every gap, the most pressing first (S-7)
    to_check | gap list | critical questions and findings that nobody has answered, at the priority they would have
    open | text list | open questions, in checklist order
    set_aside | set aside list | set aside, waiting for a countersignature (S-3)
    accepted | set aside list | out of scope as not applicable; by the rules of version 1 without a countersignature
    not_applicable | text list | the same, ids only
    critical_out_by_fact[].id | text | a critical question that left scope by a fact (S-3)
    critical_out_by_fact[].text | text | its text
    facts.* | answer? | each fact about the depot, by its id
    route | object? | the least effort that makes the next level hold (S-8); null when there is no next level
    route.level | integer | the level that it leads to
    route.effort | integer | the sum of the efforts
    route.gain | fraction | the weighted credit that it adds
    route.questions | text list | every question on it, in checklist order
    route.steps[].id | text | the question to put right, in the order of the steps
    route.steps[].parts | text list | what is put right with it
    route.steps[].effort | integer | the effort of both
    route.steps[].gain | fraction | the weighted credit of both
    route.steps[].countersign | boolean | whether a countersignature would do as well
    route.steps[].standing | text | how the question stands
    route.steps[].score_after | share? | the score of the level's questions after this step
    questions[].id | text | the question
    questions[].section | text | its section
    questions[].standing | text | "answered", "unknown", "unanswered", "pending",
    | "set aside", "part" (fails with its parent), "na" (accepted), "dormant"
    questions[].answer | answer? | what is stored
    questions[].credit | fraction? | what it earns, 0 while open (S-1); null where it does not count
    questions[].upper | fraction? | the same, 1 while open
    questions[].weight | integer? | 1 to 5; null for free text
    questions[].level | integer? | its level; null for free text, and without levels
    questions[].floor | fraction? | the credit at which a critical question is met
    questions[].met | boolean? | whether it is; null where it is not critical or does not count
    questions[].finding | text? | "loss" or "danger"
    questions[].part_of | text? | what it is part of
    questions[].fails_with | text? | the parent that it fails with now
    questions[].note | text | the note
    questions[].evidence | evidence list | what is attached to it
    questions[].flagged | boolean | whether it is flagged
    questions[].by | text? | who answered
    questions[].at | moment? | when
    left | left list | what a newer checklist had no place for, and is in the history only
    history | record | what the file's own record shows
    """
)

COMPARE = keys(
    """
        assessments.before.depot | text | the depot of the earlier
        assessments.before.depot_code | text | its code; empty where it has none
        assessments.before.date | date | its date
        assessments.before.code | text | the first signs of the hash of its last entry
        assessments.after.depot | text | the depot of the later
        assessments.after.depot_code | text | its code
        assessments.after.date | date | its date
        assessments.after.code | text | the first signs of the hash of its last entry
        checklists.before | checklist | the earlier checklist
        checklists.after | checklist | the later one
        rules.before | integer | the version of the rules that scored the earlier
        rules.after | integer | and the later
        nothing_answered.before | boolean | as in `score`
        nothing_answered.after | boolean | as in `score`
        findings.before | findings | losses and dangers of the earlier
        findings.after | findings | and of the later
        achieved.before | integer? | the level achieved in the earlier
        achieved.after | integer? | and in the later
        partly_met.before | text list | as in `score`
        partly_met.after | text list | as in `score`
        before | share? | the earlier score
        after | share? | the later one
        change | share? | their difference; null when either is
        by_answers | share? | the part of it owed to answers (S-9)
        by_checklist | share? | the part owed to the checklist and to scope
        in_order | boolean | whether the one given as the earlier is not the newer one
        kinds.* | integer | how many questions are of each kind of change
        changes[].id | text | a question, as the newer checklist calls it where it can
        changes[].before_id | text? | as the older one calls it; null where it is new
        changes[].change | text | what became of it, the first that applies (S-9): one of the keys of `kinds`
        changes[].credit_before | fraction? | its credit in the earlier assessment; null where it did not count
        changes[].credit_after | fraction? | and in the later
        changes[].since | date? | the earlier date, where it fell short, or was open, both times; or that of the
        | first one since which it has fallen short, as far as the file tells
    """
)

SHOW = keys(
    """
    stockcheck | text | the version of the program
    depot | text | the depot
    depot_code | text | its code; empty where it has none
    marking | text | the marking of the assessment
    date | date | the date of the assessment, from which ages are reckoned
    first_day | date | the first day (UTC) on which something was answered, noted or reviewed
    last_day | date | the last
    demo | boolean | whether the program made the depot up
    checklist | checklist | what it is made against
    rules | integer | the version of the rules that score it
    people[].name | text | who has a hand in it, as they called themselves
    people[].answers | integer | how many answers that stand are theirs, facts included
    people[].countersigned | integer | how many they have countersigned
    answers | integer | questions with an answer
    facts | integer | facts about the depot with one
    open | integer | scored questions in scope that are open
    set_aside | integer | those that wait for a countersignature
    gaps | integer | those that are gaps
    left | left list | what a newer checklist had no place for, and is in the history only
    record | record | what the file's own record shows
    history[].entry | integer | with `--history`: each entry, by its number
    history[].at | moment | when it was recorded
    history[].by | text | by whom
    history[].kind | text | its kind (assessment-file.md)
    history[].id | text | what it is about; empty where it is about no question
    history[].text | text | what was asked, by the checklist of its time
    history[].words | text | what was recorded, in the language in use
    """
)


def paths(keys: tuple[Key, ...]) -> Iterator[str]:
    """Every path that is documented, down to what is no object and no list of them."""
    for key in keys:
        shape = SHAPES.get(key.shape.removesuffix(" list"))
        if shape is None:
            if not any(other.path.startswith(f"{key.path}.") for other in keys):
                yield key.path
            continue
        start = f"{key.path}[]" if key.shape.endswith(" list") else key.path
        yield from (f"{start}.{path}" for path in paths(shape))


def reference() -> str:
    """docs/json.md."""
    parts = [_HEAD, "## `score --json`", _table(SCORE), "## `compare --json`", _table(COMPARE)]
    parts += ["## `show --json`", _table(SHOW)]
    parts.append("## Shapes")
    for name, those in SHAPES.items():
        parts += [f"### {name}", _table(those)]
    return "\n\n".join(parts) + "\n"


def _table(keys: tuple[Key, ...]) -> str:
    rows = [f"| `{key.path}` | {key.type} | {key.meaning} |" for key in keys]
    return "\n".join(["| path | type | meaning |", "| --- | --- | --- |", *rows])


_HEAD = """\
# The JSON of `score`, `compare` and `show`

Made by `python docs/json_reference.py` from src/stockcheck/report/json_reference.py. S-1 to S-10 are rules of
[scoring.md](scoring.md).

A path joins keys with dots; `[]` stands for each entry of a list, `*` for each key that is a name. A type that ends in
`?` may be null. Those in the last part, such as *share* and *score*, are objects with the keys listed there. A
*fraction* is text such as `"11/24"` or `"1"`, exact; an *answer* is an object with `value` (text, or a list of words),
`na` (the reason) or `unknown`; a *moment* is ISO 8601 in UTC."""
