"""How time and memory grow, as ratios within one run, so that neither the machine nor its load decides a test."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable


def time_ratio(small: Callable[[], object], large: Callable[[], object], *, rounds: int = 3) -> float:
    """How many times as much processor time `large` takes as `small`; the quickest of `rounds` of each, in turns."""
    small()  # what is worked out once and kept belongs to neither
    quickest = [float("inf"), float("inf")]
    for _round in range(rounds):
        for place, action in enumerate((small, large)):
            start = time.process_time()
            action()
            quickest[place] = min(quickest[place], time.process_time() - start)
    return quickest[1] / max(quickest[0], 1e-4)


def memory_ratio(small: Callable[[], object], large: Callable[[], object]) -> float:
    """How many times as much memory `large` needs, at its peak, as `small`."""
    peaks = []
    for action in (small, large):
        action()
        tracemalloc.start()
        try:
            action()
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    return peaks[1] / peaks[0]
