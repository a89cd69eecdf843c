"""Two copies brought together line by line: of each thing that both have recorded differently, whose counts.

``ours``, ``theirs`` or, of a note, ``both`` is about the thing shown; ``ID=ours`` about any. Nothing is kept
until all is decided.
"""

from __future__ import annotations

from collections.abc import Sequence

from stockcheck.assessment.apart import Conflict
from stockcheck.assessment.merging import Side
from stockcheck.checklist.model import Checklist
from stockcheck.errors import AnswerError
from stockcheck.language import _, ngettext
from stockcheck.plaintext import folded, one_line
from stockcheck.questionnaire.differing import conflict_in_words
from stockcheck.questionnaire.linewise import Leave, LineByLine, Say


class Deciding(LineByLine):
    """Goes through conflicts; `sides` holds what is decided, by the key of each."""

    def __init__(
        self,
        conflicts: Sequence[Conflict],
        checklist: Checklist,
        names: tuple[str, str],
        say: Say,
        *,
        patient: bool,
        encoding: str = "utf-8",
    ) -> None:
        """As in `LineByLine`. `names` are what the two copies are called."""
        super().__init__(say, patient=patient, encoding=encoding)
        self.sides: dict[str, Side] = {}
        self._conflicts = {one.key: one for one in conflicts}
        self._checklist = checklist
        self._names = names

    def begin(self) -> None:
        """Say what counts, and show the first."""
        n = len(self._conflicts)
        self.say(
            ngettext(
                "{n} thing was recorded differently in both copies.",
                "{n} things were recorded differently in both copies.",
                n,
            ).format(n=n)
        )
        self.say(
            _(
                "ours: what {ours} has; theirs: what {theirs} has; both: two notes joined; quit: nothing is written."
            ).format(ours=self._names[0], theirs=self._names[1])
        )
        self._show()

    def take(self, line: str) -> None:
        """One decision. Raises `AnswerError` for what decides nothing."""
        text = line.strip()
        if not text:
            self._show()
            return
        key, found, said = text.rpartition("=")
        word = folded(said.strip())
        conflict = self._conflicts.get(key.strip()) if found else self._waiting[0]
        if conflict is None:
            raise AnswerError(_("{id} is not in conflict.").format(id=one_line(key.strip(), limit=60)))
        if not found and word in ("quit", ":quit", folded(_("quit"))):
            raise Leave
        side = next((side for side, words in _words().items() if word in words), None)
        if side is None or (side == "both" and conflict.kind != "note"):
            raise AnswerError(
                _("“{text}” decides nothing.").format(text=one_line(said, limit=60)),
                _("Answer ours or theirs, or both of a note; or ID=ours."),
            )
        self.sides[conflict.key] = side
        self.saved += 1
        if not self._waiting:
            raise Leave
        self._show()

    def end(self) -> None:
        """What is left undecided."""
        if n := len(self._waiting):
            self.say(ngettext("{n} is not decided.", "{n} are not decided.", n).format(n=n))

    @property
    def _waiting(self) -> list[Conflict]:
        return [one for key, one in self._conflicts.items() if key not in self.sides]

    def _show(self) -> None:
        for line in conflict_in_words(self._waiting[0], self._checklist, *self._names):
            self.say(line)


def _words() -> dict[Side, tuple[str, ...]]:
    """The words for each side, in English and in the language in use."""
    return {
        "ours": ("ours", folded(_("ours"))),
        "theirs": ("theirs", folded(_("theirs"))),
        "both": ("both", folded(_("both"))),
    }
