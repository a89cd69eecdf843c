"""A form brought into an assessment: checked whole, compared three ways, then written in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from stockcheck.answers.stored import to_json
from stockcheck.assessment.events import EventKind
from stockcheck.assessment.file import AssessmentFile
from stockcheck.checklist.model import Checklist, ProfileField
from stockcheck.errors import StockcheckError
from stockcheck.exchange.contract import by_key, keyed
from stockcheck.exchange.filled import Filled, read
from stockcheck.exchange.merging import Change, Merge, merge
from stockcheck.exchange.opening import Form
from stockcheck.language import _
from stockcheck.plaintext import one_line


@dataclass(frozen=True)
class Read:
    """A form against an assessment: how much stood in it, and what it comes to."""

    filled: Filled
    merge: Merge

    @property
    def answers(self) -> int:
        """How many answers and notes could be understood."""
        return sum((one.answer is not None) + bool(one.note) for one in self.filled.given)


def against(file: AssessmentFile, form: Form) -> Read:
    """What `form` changes in `file`. Raises `StockcheckError` for a form of another checklist, version or depot."""
    now, about = file.state, form.about
    if about.checklist != now.checklist.id:
        raise StockcheckError(
            _("The form is of the checklist {form}; the assessment is of {file}.").format(
                form=one_line(about.checklist, limit=64), file=now.checklist.id
            ),
            _("Make a form of this assessment: stockcheck form"),
        )
    if about.start and about.start != file.record.first:
        raise StockcheckError(
            _("The form was made of another assessment."), _("Import it into that one. Nothing of it was taken over.")
        )
    of_form = form.checklist(file.checklist_by_digest)
    _refuse_newer(of_form, now.checklist)
    before = file.as_of(about.head) if about.head else None
    stood = {} if before is None else keyed(before.facts, before.answers)
    filled = read(form.rows, by_key(of_form), file.last_day, about.language, stood)
    found = merge(filled.given, of_form, now, before)
    found.refusals[:0] = filled.refusals
    return Read(filled, found)


def _refuse_newer(form: Checklist, now: Checklist) -> None:
    for question in form.questions:
        if (known := now.question.get(question.id)) is not None and question.revision > known.revision:
            raise StockcheckError(
                _(
                    "The form is of version {form} of the checklist, which is newer than the assessment's, {file}."
                ).format(form=one_line(form.version, limit=64), file=now.version),
                _("Bring the assessment up to it first: stockcheck upgrade"),
            )


def write(file: AssessmentFile, changes: list[Change], review: list[str], sha256: str) -> int:
    """Record `changes`, and the flags of the questions to `review`, in one transaction; how many entries they make.

    Raises `AssessmentFileError`, and nothing is recorded.
    """
    entries: list[tuple[EventKind, str, object]] = []
    for change in changes:
        if change.answer is not None:
            kind: EventKind = "profile" if isinstance(change.asked, ProfileField) else "answer"
            entries.append((kind, change.asked.id, to_json(change.answer)))
        else:
            entries.append(("note", change.asked.id, {"text": change.note}))
    written = {change.asked.id for change in changes}
    entries += [("flag", name, {"set": True}) for name in review if name in written and name not in file.state.flags]
    if entries:
        about: tuple[EventKind, str, object] = (
            "import",
            "",
            {"source": "form", "sha256": sha256, "entries": len(entries)},
        )
        file.record_all([about, *entries])
    return len(entries)
