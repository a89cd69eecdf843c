"""What an answer that was picked from a list means for what is kept."""

from __future__ import annotations

from stockcheck.answers.answer import UNKNOWN, Answer
from stockcheck.checklist.model import Asked


def answer_for(choice: str, item: Asked, before: Answer | None) -> Answer:
    """The answer that picking `choice` from the answers to `item` gives, after the one `before`.

    Where several can be ticked it turns one tick; "none of these" takes all away. "Not applicable" is none of them: it
    needs a reason.
    """
    if choice == "unknown":
        return UNKNOWN
    word = choice.removeprefix("word:")
    if item.type != "several":
        return Answer(word)
    if choice == "none":
        return Answer(())
    ticked = before.value if before and isinstance(before.value, tuple) else ()
    return Answer(tuple(one for one in ticked if one != word) if word in ticked else (*ticked, word))
