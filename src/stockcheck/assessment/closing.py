"""An assessment sealed, and taken up again: what `sealing` says of a seal, recorded in a file."""

from __future__ import annotations

from stockcheck.assessment import sealing
from stockcheck.assessment.checks import display_name
from stockcheck.assessment.file import AssessmentFile
from stockcheck.assessment.record import broken
from stockcheck.errors import AssessmentFileError, UsageError
from stockcheck.language import _


def seal(
    file: AssessmentFile, role: str, *, still_open: int, set_aside: int, signer: sealing.Signer | None
) -> sealing.Seal:
    """Close the assessment, or sign as well what is sealed; the seal. It says how many questions were `still_open`, and
    how many of them `set_aside` without a countersignature. Without a `signer` it is unsigned.

    Raises `UsageError` as `sealing.body` and `sealing.check_key` do; `AssessmentFileError` where nothing can be written
    or the chain does not hold.
    """
    file.catch_up(closing=True)
    sealing.check_key(file.state.seals, signer)
    if odd := broken(file.events):
        raise AssessmentFileError(
            _("Entry {entry} does not fit the chain: what was changed is not sealed.").format(entry=odd[0].seq),
            _("stockcheck verify tells what is wrong."),
        )
    now = file.now
    said = sealing.body(file.events, now, file.by, role=role, still_open=still_open, set_aside=set_aside, signer=signer)
    file.record_all([("seal", "", said)], now=now)
    return file.state.seals[-1]


def reopen(file: AssessmentFile, why: str) -> None:
    """Take up again what was sealed. Raises `UsageError` without a reason or a seal, and `AssessmentFileError`."""
    file.catch_up(closing=True)
    if not file.state.seals:
        raise UsageError(_("{file} is not sealed.").format(file=display_name(file.path)))
    file.record_all([("reopen", "", {"why": sealing.why_reopened(why)})])
