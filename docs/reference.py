"""Writes what the code says of itself: docs/commands.md and docs/assessment-file.md: python docs/reference.py"""

from __future__ import annotations

import re
from pathlib import Path

from typer.main import get_command

from stockcheck import language
from stockcheck.assessment import checks, events, evidence, folding, protection, sealing, tables, vault
from stockcheck.cli.app import build
from stockcheck.cli.usage import speak

COMMANDS = """\
# Commands

What each command says of itself with `--help`; `stockcheck --lang es … --help` says it in Spanish.

Made by `python docs/reference.py`; do not edit.
"""

FILE = """\
# The assessment file

For whoever wants to read an assessment without stockcheck, in thirty years as today. Everything in it is here.

Made by `python docs/reference.py` from the code that writes the file; do not edit.

An assessment is an SQLite 3 database in rollback-journal mode. Its `application_id` is {application:#010x} ("stck"), its
`user_version` the format. It holds at most {events:,} events of {event:,} characters each and {checklists} MiB of
checklists, and is at most {file} MiB large; more is refused. Beside it may lie `NAME{journal}` (SQLite's; it belongs to the
file and undoes what was half written) and `NAME.lock` (who has the file open).

## Formats

| format | what came with it |
| ---: | --- |
{formats}

A file of an older format opens as it is, and becomes one of format {current} with its first new event.

## Tables

```sql
{schema}
```

`checklist` holds every checklist that an event names: `digest` is the SHA-256 of `content` in hexadecimal, `content` the
checklist as JSON, texts in all its languages included (see checklist-format.md for the keys). It can change at most
{upgrades} times.

`attachment` holds the files that events of the kind `evidence` name: `digest` is the SHA-256 of `content` in hexadecimal,
however often one is attached. One has at most {content} MiB, all together at most {contents} MiB. A question has at
most 1,000 pieces of evidence. One that no entry names any
more, because a redaction has removed it, is deleted.

`event` is what happened, in order. Nothing is changed or deleted but by a redaction.

| column | meaning |
| --- | --- |
| `seq` | number, from 1, without a break |
| `at` | moment in UTC, ISO 8601, to the millisecond |
| `by` | who did it, as they called themselves |
| `kind` | what it is; see below |
| `subject` | what it is about; see below |
| `body` | what was recorded, JSON |
| `previous` | `hash` of the event before; of the first, 64 noughts |
| `hash` | SHA-256, in hexadecimal, of the UTF-8 of the JSON list `[seq,at,by,kind,subject,body,previous]`, without spaces, letters as they are |

## Kinds of events

| kind | subject | body |
| --- | --- | --- |
{kinds}

An assessment as it stands is what its events come to, one after the other: the last answer to each question counts.

## What the hashes show

An accident or a careless edit. Whoever can write the file can also reckon all hashes anew: compare the last `hash`, or its
first 12 signs, with one noted elsewhere (`stockcheck verify --against`).

## Seals

A `seal` closes the assessment: after it come further `seal` entries, each by another key, or a `reopen`, and stockcheck records
nothing else. Something else that another program has put there opens, and the seals before it do not stand any more. A seal
without `key` and `signature` is unsigned. There are at most {seals} in a file.

`key` is the public key of who sealed: the 32 bytes of an Ed25519 key and the 32 bytes of an X25519 key, each in base64, with a
space between. Its fingerprint is how the SHA-256 of these 64 bytes begins: 16 bytes, in hexadecimal, in groups of four.
`signature` is the Ed25519 signature (RFC 8032) in base64, by the first of the two keys, over the bytes

    {signed}

followed by the UTF-8 of the JSON list `[first,seq,at,by,previous,body]`, spelled without spaces, letters as they are, the keys of
objects in the order of their code points. `first` is the `hash` of the first entry of the file; `seq`, `at`, `by` and `previous` are
those of the seal; `body` is its body as an object, without `signature`. So a signature holds for this file, this place in it, this
name and moment, and, by `previous`, for all entries before it as far as the chain of their hashes holds; not for an entry that
was redacted after the seal, nor for what stands before that one.

Who holds the key is not in the file: compare the fingerprint with the signer by another way. By an Ed25519 key of low order
(8 points, and those spelled beyond the prime) anybody could sign anything: such a signature does not fit. A body that says a
thing twice is no seal.

## Redaction

The text or the name in question is replaced by a mark in `body` or `by`; `previous` and `hash` of the entry stay, so that the
chain goes on, and a `redact` event says who did it and when. The entry's own hash can then be reckoned by nobody any more.
Where a merge brings such an entry over, it keeps the hash that it had in the other copy, and `left` of its last `redact` event
is the hash of what remains of it here.

## Protection

A file whose table `protection` is empty, or missing, is plain. In any other, events, checklists and attachments are encrypted one by
one under a random file key of 32 bytes; SQLite, its journal and the tables stay as they are. The recipe, version {version}; base64 is
that of RFC 4648 with padding, JSON is without spaces, letters as they are, in UTF-8, and `‖` joins bytes:

- Slot 0 of `protection` is `{{"version":{version},"id":…}}`; the id is 16 random bytes in hexadecimal. Each other slot, {slots} at most, holds
  the file key, encrypted by AES-256-GCM under a key of its own, with `nonce` ({nonce} bytes) and `wrapped` (the key and its tag of {tag}
  bytes), both base64. `check` is the SHA-256, in hexadecimal, of the JSON list of the id, `kind`, the values in the order below,
  `nonce` and `wrapped`: it tells an accident to the slot from a wrong passphrase, and protects nothing.
- `kind` "passphrase", with {passphrase}: the slot's key is Argon2id (RFC 9106) of the passphrase, NFC and UTF-8, with 32 bytes, `memory` in
  KiB. New slots have {memory} KiB, {iterations} iterations and {lanes} lanes. Bound to it: the JSON list `["stockcheck",{version},id,"passphrase",salt,memory,iterations,lanes]`.
- `kind` "recipient", with {recipient}: X25519 (RFC 7748) of a key pair made for this once, whose public half is `ephemeral`, and the
  recipient's public `key`; the slot's key is HKDF-SHA256 of what that gives, 32 bytes, without salt, with the info `stockcheck {version} recipient ‖
  key ‖ ephemeral`. Bound to it: `["stockcheck",{version},id,"recipient",key,ephemeral]`.
- From the file key come four more, by HKDF-SHA256, 32 bytes, with the bytes of the id as salt and the info `stockcheck {version} PURPOSE`; the
  purposes are `event`, `checklist`, `attachment` and `name`.
- What is encrypted is its length, {length} bytes, the highest first, ‖ itself ‖ noughts up to a multiple of {blocks} bytes (event, checklist, attachment), for
  otherwise "yes" and "no" could be told by their length. It is kept as nonce ‖ AES-256-GCM with tag, in base64 where the column is text.
- A row of `event` has its `seq`, `kind` "{encrypted}", `at`, `by` and `subject` empty, and in `body` the encrypted JSON list `[seq,at,by,kind,subject,body,previous,hash]` of the event
  as it would stand in a plain file, its own two hashes included. Bound to it: `["stockcheck",{version},id,"event",seq,previous]`, with the `previous` of the row.
- There are two chains. The inner one is that of the events: it is the same before a file is protected, while it is, and after, so that codes and
  signatures stay good. `previous` and `hash` of the rows are the outer one, by the same recipe over the rows as they stand: it can be checked without the key
  (`stockcheck verify --without-passphrase`).
- A checklist or attachment is called by the HMAC-SHA256, in hexadecimal, of its digest (in hexadecimal, ASCII) under the key for names, and is encrypted with digest ‖ line feed before
  it. Bound to it: `["stockcheck",{version},id,"checklist",name]`, or "attachment".

What stays to be seen without the passphrase: that it is an assessment, how many entries and attachments it has, roughly how long those are that are long, when the
file was written, and its name. A row that was changed, moved, or comes from another file does not open. Entries cut off the end, and an older copy in the
place of the file, only a code shows that was noted elsewhere.
"""


def commands() -> str:
    """Every command with its help, in English, 100 columns wide."""
    language.use("en")
    speak()
    pages = [COMMANDS]
    for path, command in _all(get_command(build()), ["stockcheck"]):
        context = command.make_context(path[-1], [], resilient_parsing=True, terminal_width=100, max_content_width=100)
        context.info_name = " ".join(path)
        lines = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        pages.append(f"\n## {' '.join(path)}\n\n```text\n{lines}\n```\n")
    return "".join(pages)


def _all(command: object, path: list[str]) -> list[tuple[list[str], object]]:
    found = [(path, command)]
    for name, below in getattr(command, "commands", {}).items():
        found += _all(below, [*path, name])
    return found


def assessment_file() -> str:
    """The format of the file, from its own schema and tables."""
    return FILE.format(
        application=checks.APPLICATION_ID,
        events=tables.MAX_EVENTS,
        event=events.MAX_EVENT,
        checklists=tables.MAX_CHECKLISTS >> 20,
        file=checks.MAX_FILE >> 20,
        content=evidence.MAX_CONTENT >> 20,
        contents=evidence.MAX_CONTENTS >> 20,
        journal=checks.JOURNAL,
        formats="\n".join(f"| {number} | {what} |" for number, what in checks.FORMATS.items()),
        current=checks.FORMAT,
        schema="\n".join(re.sub(r"\s+", " ", line) + ";" for line in checks.SCHEMA),
        upgrades=folding.MAX_UPGRADES,
        seals=sealing.MAX_SEALS,
        signed=sealing.SIGNED.decode("ascii").rstrip("\n") + "\\n",
        version=vault.VERSION,
        encrypted=vault.ENCRYPTED,
        nonce=vault.NONCE,
        tag=vault.TAG,
        length=vault.LENGTH,
        blocks=", ".join(f"{size:,}" for size in vault.BLOCKS.values()),
        slots=protection.MAX_SLOTS,
        passphrase=_listed(protection.NAMES["passphrase"]),
        recipient=_listed(protection.NAMES["recipient"]),
        memory=f"{protection.STANDARD.memory:,}",
        iterations=protection.STANDARD.iterations,
        lanes=protection.STANDARD.lanes,
        kinds="\n".join(f"| `{kind}` | {subject} | {body} |" for kind, (subject, body) in events.MEANINGS.items()),
    )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


PAGES = {"commands.md": commands, "assessment-file.md": assessment_file}

if __name__ == "__main__":
    for name, page in PAGES.items():
        Path(__file__).with_name(name).write_text(page(), encoding="utf-8")
