"""When a screen under test has done all that a key set off: as soon as nothing is left to do.

Textual's own pilot waits twice for 20 ms after each key and takes the screen to be ready when the process has used
little of the processor meanwhile. That is most of what a test of the screen takes; and where other programs use the
processor, a screen that has not had its turn looks ready, too. Here the event loop is asked.
"""

from __future__ import annotations

import asyncio
import time
from functools import cache
from typing import Any

from textual import app, pilot
from textual._context import active_app
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.screen import Screen

#: What is due in so many seconds is waited for.
SOON = 0.03
#: So often the screen is painted without waiting for the 1/60 s after which Textual does it; it may want it for ever.
AT_ONCE = 8
#: What repeats itself without end is not waited for any longer, in seconds.
LONGEST = 1.0


async def nothing_left(_min_sleep: float = 0, max_sleep: float = LONGEST) -> None:
    """Wait until the loop has nothing to run, now or soon, and no thread is at work for the screen."""
    loop = asyncio.get_running_loop()
    until = time.monotonic() + max_sleep
    painted = 0
    while time.monotonic() < until:
        await asyncio.sleep(0)
        if loop._ready:  # type: ignore[attr-defined]
            continue
        due = min((one.when() for one in loop._scheduled if not one.cancelled()), default=float("inf"))  # type: ignore[attr-defined]
        wait = due - loop.time()
        if wait > SOON:
            return
        if painted < AT_ONCE and (waiting := _to_be_painted()):
            painted += 1
            waiting._on_timer_update()
        else:
            await asyncio.sleep(max(wait, 0))


def _to_be_painted() -> Screen[Any] | None:
    """The screen that is seen, if it waits for its time to be painted."""
    running = active_app.get(None)
    shown = running.screen_stack[-1] if running and running.screen_stack else None
    return shown if shown and shown.is_running and shown._update_timer._active.is_set() else None


def use() -> None:
    """Have every pilot wait so."""
    Stylesheet._parse_rules = _shared  # type: ignore[assignment, method-assign]
    for module in (app, pilot):
        module.wait_for_idle = nothing_left  # type: ignore[attr-defined]


_parse_rules = Stylesheet._parse_rules


@cache
def _rules(variables: tuple[tuple[str, str], ...], *source: Any) -> list[RuleSet]:
    """What a style sheet says, read once for all apps of this process: each app has one of its own."""
    return _parse_rules(Stylesheet(variables=dict(variables)), *source)


def _shared(
    sheet: Stylesheet,
    css: str,
    read_from: CSSLocation,
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    variables = tuple(sheet._variables.items())
    return _rules(variables, css, read_from, is_default_rules, tie_breaker, scope)
