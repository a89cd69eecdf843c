"""The questionnaire's page with nothing behind it: what Textual alone takes to paint it after a key.

Called by `run.py key-press` with a JSON file: the style sheet, from how many columns on the sections are shown, the
title, the lines of the sections, and for each question its place, text, answers, help, score and message, all of them
ready. Nothing of the program is imported: how long Textual alone takes to start is measured as well.
"""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static


class Bare(App[None]):
    """The same parts under the same styles."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, page: dict) -> None:  # type: ignore[type-arg]
        super().__init__(css_path=page["styles"])
        self.page, self.at = page, 0
        self.sections, self.answers = OptionList(id="sections"), OptionList(id="answers")
        self.parts = {name: Static(id=name) for name in ("place", "text", "help", "score", "message")}

    def compose(self) -> ComposeResult:
        """From top to bottom, as `QuestionnaireApp` does."""
        yield Static(Content(self.page["title"]), id="title")
        with Horizontal(id="body"):
            yield self.sections
            with Vertical(id="main"), VerticalScroll(id="question"):
                yield from (self.parts["place"], self.parts["text"], self.answers, self.parts["help"])
        yield self.parts["score"]
        yield self.parts["message"]
        yield Static(Content("? help  q quit"), id="keys")

    def on_mount(self) -> None:
        """The first question."""
        self.sections.display = self.size.width >= self.page["wide"]
        self.sections.add_options(map(Content, self.page["sections"]))
        self.answers.focus()
        self.show()

    def show(self) -> None:
        """The next page."""
        question = self.page["questions"][self.at]
        for name, part in self.parts.items():
            part.update(Content(question[name]))
        self.answers.clear_options()
        self.answers.add_options(map(Content, question["answers"]))
        if self.sections.display:
            place = self.at // 25
            self.sections.replace_option_prompt_at_index(place, Content(f"{self.page['sections'][place]} {self.at}"))
            self.sections.highlighted = place

    def on_key(self) -> None:
        """Any key goes on."""
        self.at = (self.at + 1) % len(self.page["questions"])
        self.show()


if __name__ == "__main__":
    bare = Bare(json.loads(Path(sys.argv[1]).read_text()))
    gc.freeze()
    bare.run()
