"""What the tests of the questionnaire share."""

from __future__ import annotations

from itertools import count

import pytest

from stockcheck.questionnaire.screen import hand


@pytest.fixture(autouse=True)
def unhurried_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two seconds pass from one key to the next, however fast a test presses them."""
    seconds = count(step=2)
    monkeypatch.setattr(hand, "clock", lambda: float(next(seconds)))
