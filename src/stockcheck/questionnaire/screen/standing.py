"""How the assessment stands, beside the question where there is room: levels, domains, criticals not met."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from stockcheck.language import _, ngettext
from stockcheck.plaintext import one_line
from stockcheck.questionnaire import headline
from stockcheck.questionnaire.screen.panels import bar, plain
from stockcheck.scoring.scorecard import Scorecard
from stockcheck.scoring.scores import Score

#: Columns of a line that is not to be broken.
_LINE = 40
#: Critical controls that are named.
_NAMED = 8


class _Row(Static):
    """Some lines that are painted anew only when they say something else: most answers change one level, one domain."""

    def __init__(self) -> None:
        super().__init__()
        self._said = ""

    def say(self, text: str) -> None:
        """Say `text`; the other rows move only when it has more lines, or fewer."""
        if text != self._said:
            grew = text.count("\n") != self._said.count("\n")
            self._said = text
            self.update(plain(text), layout=grew)


class StandingPanel(VerticalScroll, can_focus=False):
    """Brought up to date by what an answer has changed alone."""

    def __init__(self, card: Scorecard, *, began: bool = False) -> None:
        """`began`: the assessment began from an earlier one, whose answer is told as well."""
        super().__init__(id="standing")
        self._last_time = _Row() if began else None
        self._levels = [_Row() for _level in card.ladder]
        self._domains = [_Row() for _domain in card.checklist.by_domain()]
        self._criticals = _Row()

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        if self._last_time is not None:
            yield Static(plain((_("Last time’s answer"), "bold")))
            yield self._last_time
            yield Static(classes="part")
        if self._levels:
            yield Static(plain((_("Levels"), "bold")))
            yield from self._levels
        yield Static(plain((_("Score by domain"), "bold")), classes="part")
        yield from self._domains
        yield Static(plain((_("Critical controls not met"), "bold")), classes="part")
        yield self._criticals

    def show(self, card: Scorecard, last_time: str) -> None:
        """Bring it up to date, where it is in sight; `last_time` says what was answered to the question shown."""
        if not self.display:
            return
        if self._last_time is not None:
            self._last_time.say(last_time or _("none"))
        for row, (level, in_the_way) in zip(self._levels, headline.ladder(card), strict=True):
            row.say("\n".join((level, *(f"     {said}" for said in in_the_way))))
        untouched = bool(headline.nothing_answered(card))
        for row, (name, score) in zip(self._domains, card.domains, strict=True):
            row.say("\n".join(_domain(name, score, untouched=untouched)))
        self._criticals.say("\n".join(_criticals(card)))


def _domain(name: str, score: Score, *, untouched: bool) -> Iterator[str]:
    """Its bar and its score, in two lines always."""
    title = headline.domain(name)
    if score.lower is None or score.upper is None:
        yield f"{'–':<10}  {title}"
        yield f"{'':>10}  " + _("nothing applies")
    elif untouched:
        yield f"{'·' * 10}  {title}"
        yield f"{'':>10}  " + _("nothing answered")
    else:
        yield f"{bar(score.lower, score.upper)}  {title}"
        yield f"{'':>10}  " + headline.between(score)


def _criticals(card: Scorecard) -> Iterator[str]:
    short, unseen = headline.criticals_short(card)
    for line in short[:_NAMED]:
        yield one_line(f"{line.question.id}  {line.question.text}", limit=_LINE)
    if len(short) > _NAMED:
        yield _("and {n} more").format(n=len(short) - _NAMED)
    if unseen:
        yield ngettext("{n} not looked at yet", "{n} not looked at yet", unseen).format(n=unseen)
    if not short and not unseen:
        yield _("none")
