"""A search among what is asked: what it finds, and which comes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from stockcheck.plaintext import compact, sought


@dataclass(frozen=True)
class Searched:
    """What a search looks at of one item: its id, its own texts, and the title of its section."""

    id: str
    texts: str
    title: str = ""

    @cached_property
    def id_in_a_hurry(self) -> str:
        """The id as `compact` has it."""
        return compact(self.id)

    @cached_property
    def own(self) -> tuple[str, str]:
        """Its id and texts with accents, and without."""
        return _both(f"{self.id} {self.texts}")

    @cached_property
    def whole(self) -> tuple[str, str]:
        """The same with the section's title."""
        return _both(f"{self.id} {self.texts} {self.title}")


@lru_cache(maxsize=4096)  # at each key of a search nearly all is as it was
def _both(text: str) -> tuple[str, str]:
    return sought(text, accents=True), sought(text)


def found(words: str, among: Iterable[tuple[Searched, str]]) -> list[int]:
    """The places of those that hold every one of `words`, the best first, else in their order.

    Each comes with what was written there by those who answer. The one that is called so comes first, by its id in
    any case and with or without its hyphen; then what holds the words as they are typed, then what does but for
    accents; then what does only with its section's title.
    """
    called, typed, bare = compact(words), sought(words, accents=True).split(), sought(words).split()
    if not bare:
        return []
    ranks = []
    for place, (item, written) in enumerate(among):
        with_accents, without = _both(written) if written else ("", "")
        if item.id_in_a_hurry == called:
            rank = 0
        elif _holds(typed, f"{item.own[0]} {with_accents}"):
            rank = 1
        elif _holds(bare, f"{item.own[1]} {without}") or (_is_begun(called) and item.id_in_a_hurry.startswith(called)):
            rank = 2
        elif _holds(typed, f"{item.whole[0]} {with_accents}"):
            rank = 3
        elif _holds(bare, f"{item.whole[1]} {without}"):
            rank = 4
        else:
            continue
        ranks.append((rank, place))
    return [place for _rank, place in sorted(ranks)]


def _holds(words: list[str], text: str) -> bool:
    return all(word in text for word in words)


def _is_begun(called: str) -> bool:
    """Whether that is how an id begins, and no word: it has letters, then figures."""
    return called[:1].isalpha() and called[-1:].isdigit()
