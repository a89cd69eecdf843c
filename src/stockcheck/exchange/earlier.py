"""The checklist of a form that nobody has any more, as far as the form itself tells: enough to carry answers over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from stockcheck.checklist.model import Checklist, Option, ProfileField, Question, Section
from stockcheck.errors import StockcheckError
from stockcheck.exchange.contract import About
from stockcheck.language import _

#: What stands in the place of a text that the form does not tell again.
_NO_TEXT = "-"


def checklist_of(about: About, offered: Iterable[tuple[str, str, str, str, str]]) -> Checklist:
    """The checklist that a form was made of: ids, types, revisions and options. Raises `StockcheckError`.

    `offered` are the rows of the form's own table: key, type, revision, option and text. Bounds, "not applicable" and
    all else is for the checklist of the assessment to decide.
    """
    facts: dict[str, dict[str, Any]] = {}
    questions: dict[str, dict[str, Any]] = {}
    try:
        for key, type_, revision, option, text in offered:
            kind, _colon, name = key.partition(":")
            if not kind:
                continue  # a list that a drop-down shows
            one = (facts if kind == "fact" else questions).setdefault(
                name, {"id": name, "type": type_, "text": _NO_TEXT, "options": {}}
            )
            if kind != "fact":
                one["revision"] = int(revision)
            if option:
                one["options"][option] = Option(text=text)
        return _checklist(
            about, [ProfileField(**one) for one in facts.values()], [Question(**one) for one in questions.values()]
        )
    except (ValidationError, ValueError) as error:
        raise StockcheckError(
            _("The form is damaged: its hidden sheet does not say what it offers."),
            _("Make a new one: stockcheck form"),
        ) from error


def _checklist(about: About, facts: list[ProfileField], questions: list[Question]) -> Checklist:
    """Not validated as a whole: a form may have no question at all."""
    section = Section.model_construct(
        id="form", title=_NO_TEXT, domain="management", when=None, questions=tuple(questions)
    )
    return Checklist.model_construct(
        id=about.checklist,
        version=about.version,
        language=about.language,
        title=_NO_TEXT,
        levels=(),
        standards={},
        profile=tuple(facts),
        sections=(section,),
        translations={},
    )
