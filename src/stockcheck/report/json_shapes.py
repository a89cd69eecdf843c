"""What a key of the JSON is, and what stands in several places of it: `json_reference` says what stands where."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """One key: where it stands, what it holds, what it means. `type` ends in ``?`` where it may be null."""

    path: str
    type: str
    meaning: str

    @property
    def shape(self) -> str:
        """The name of the shape that it has, if it has one."""
        return self.type.removesuffix("?")


def keys(text: str) -> tuple[Key, ...]:
    """Keys from lines of ``path | type | meaning``; a line that begins with a stroke goes on with the one before."""
    lines = re.sub(r"\n\s*\| ", " ", text.strip()).splitlines()
    return tuple(Key(*(part.strip() for part in line.split(" | "))) for line in lines)


#: What stands in several places.
SHAPES: dict[str, tuple[Key, ...]] = {
    "share": keys(
        """
        exact | fraction | the figure, exactly
        percent | text | the same as a percentage as it is shown, without its sign: one decimal,
        | or up to six where it would seem to be what it is not, or "just below 100.0" (S-10)
        """
    ),
    "score": keys(
        """
        lower | share? | open questions counting 0: the headline (S-4); null: nothing in scope
        upper | share? | open questions counting 1
        answered | share? | the share of weight that is not unanswered
        assessed | share? | the share of weight that is not accepted as not applicable
        weight | integer | the sum of the weights in scope
        questions | integer | scored questions in scope
        open | integer | those of them that are open
        gaps | integer | those of them that are gaps
        set_aside | integer | those of them that wait for a countersignature
        set_aside_weight | integer | their weight
        accepted | integer | questions out of scope as not applicable
        accepted_weight | integer | their weight
        """
    ),
    "finding": keys(
        """
        id | text | the question
        kind | text | "loss" or "danger"
        text | text | the question's text
        standing | text | as in `questions[].standing`
        answer | answer? | the answer
        note | text | the note with it
        """
    ),
    "findings": keys(
        """
        found | finding list | losses and dangers found, in checklist order (S-6)
        not_checked | finding list | those that are open, or fail with what they are part of: nobody has looked
        """
    ),
    "gap": keys(
        """
        id | text | the question
        section | text | its section
        priority | text | "immediate", "high", "medium" or "low" (S-7)
        rule | text | the rule that gives it: "critical_level_1", "found", "critical_level_2", "finding",
        | "heavy_and_absent", "critical_level_3" (3 or above), "heavy", "other"
        level | integer? | the level that it belongs to; null without levels
        critical | boolean | whether it is critical
        floor | fraction? | the credit at which a critical question is met
        finding | text? | "loss" or "danger", where it is one
        weight | integer | 1 to 5
        effort | integer | 1 to 3
        within | integer? | days in which it should be put right
        credit | fraction | what the answer earns
        shortfall | fraction | weight times the credit that is missing
        parts | text list | the questions that fail with it (S-3)
        since | date? | the date of the first assessment in which it fell short and has ever since, as far as the file
        | tells; null where it tells of none
        """
    ),
    "set aside": keys(
        """
        id | text | the question
        weight | integer? | its weight; null for free text
        critical | boolean | whether it is critical
        reason | text? | why it does not apply
        by | text? | who said so; a name is only a name
        countersigned_by | text? | who else has agreed; null while nobody has, and by the rules of version 1
        countersigned_at | moment? | when
        """
    ),
    "annex": keys(
        """
        extends[].id | text | what it extends, the nearest first
        extends[].version | text | its version
        extends[].sha256 | text | the digest of its content
        changed.* | text list | the changed keys of each question or fact, by its id
        dropped[].id | text | a question that is left out
        dropped[].reason | text | why
        added | text list | the sections of its own
        """
    ),
    "evidence": keys(
        """
        item | integer | its number, that of its entry
        by | text | who attached it; a name is only a name
        at | moment | when
        record | text? | the number of a record that lies elsewhere, or where it lies; null for a file
        name | text? | the file's name; null, as the next two, for a record
        type | text? | its media type, by what is in it
        size | integer? | its size in bytes
        sha256 | text? | the SHA-256 of its content, in hexadecimal; null for a record, and where it was removed
        stripped | boolean | whether what the file said of itself was taken out when it was attached
        removed | boolean | whether its content was removed for good
        remark | text | what somebody remarked on it
        """
    ),
    "begun from": keys(
        """
        depot | text | the depot of that assessment
        depot_code | text | its code; empty where it has none
        date | date | its date
        head | text | the hash of its last entry
        """
    ),
    "to confirm": keys(
        """
        id | text | the question or the fact
        fact | boolean | whether it is a fact about the depot
        answer | answer | what was answered there
        """
    ),
    "left": keys(
        """
        id | text | the question or the fact
        fact | boolean | whether it is a fact about the depot
        text | text | what was asked
        checklist_version | text | the version of the checklist that asked it
        answer | answer? | the answer; null where there was a note, or evidence, alone
        by | text? | who answered
        at | moment? | when
        note | text | the note with it
        evidence | evidence list | what was attached to it
        """
    ),
    "record": keys(
        """
        entries | integer | entries in the file
        chain_holds | boolean | whether each bears the hash of the one before
        head | text | the hash of the last
        code | text | its first signs, to note elsewhere
        redacted[].entry | integer | an entry of which something was removed
        redacted[].removed | text | which part
        redacted[].by | text | by whom
        redacted[].at | moment | when
        redacted[].recorded_in_entry | integer | the entry that says so
        sealed | boolean | whether a seal stands
        seals[].entry | integer | the entry that seals, the oldest first
        seals[].by | text | by whom, as they called themselves
        seals[].role | text | in what role, as they called it
        seals[].at | moment | when
        seals[].head | text | the hash of the entry before, by the seal
        seals[].open | integer | how many questions were open, by the seal
        seals[].set_aside | integer | how many of them were set aside without a countersignature, by the seal
        seals[].stands | boolean | whether nothing was recorded after it but further seals
        seals[].signature | text | "none"; "fits"; "wrong"; "unchecked": a library is missing; "removed": the name was
        seals[].binds_entries_before | boolean | whether its key has signed the entries before it as they stand
        seals[].redacted_up_to | integer | the last entry redacted since, so that it binds none up to there; or 0
        seals[].key | text? | the public key as it is handed on; null where it is unsigned
        seals[].fingerprint | text? | its fingerprint
        """
    ),
    "checklist": keys(
        """
        id | text | its name
        version | text | its version
        sha256 | text | the digest of its content
        provenance | text | "shipped", "adapted" or "own"
        levels_of | text? | the standard whose levels the checklist follows; null where the levels are its own
        annex | annex? | by its own account, how a national annex differs from what it extends; null for any other
        """
    ),
}
